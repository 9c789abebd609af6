"""On which models the studies rest, directly or through others, and the drawing of it."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Final

import pandas as pd

from gen.corpus.corpus import Corpus
from gen.corpus.tables import Foundation, Study
from gen.figures import charts
from gen.figures.figure import Absent, Figure, Slot
from gen.figures.labels import name_notable
from gen.trends.base import Context

MIN_DESCENDANTS: Final = 3  # studies; a root with fewer is no lineage to look at
MAX_ROOTS: Final = 16  # lanes; more would not fit a screen, and the table holds all
MIN_NOTABLE: Final = 4  # children; a study with as many is labelled, in its first lane
APART: Final = 0.17  # years between two nodes of one row: a node's width
ROW: Final = 9  # height of a row of nodes
GAP: Final = 9  # between lanes
BASE: Final = "Base model"  # the legend's word for what has no family


@dataclass(frozen=True, slots=True)
class Descent:
    """Who descends from whom in the whole corpus."""

    parents: dict[str, tuple[str, ...]]  # study -> what it builds on
    children: Counter[str]  # model -> studies that build on it directly
    rows: dict[str, Foundation | Study]  # every model by id
    names: dict[str, str]  # id -> its name as lists give it

    @classmethod
    def of(cls, corpus: Corpus) -> Descent:
        models: tuple[Foundation | Study, ...] = (*corpus.base_models, *corpus.studies)
        return cls(
            {study.id: study.starts_from for study in corpus.studies},
            Counter(parent for study in corpus.studies for parent in study.starts_from),
            {row.id: row for row in models},
            corpus.labels,
        )

    def ancestors(self, study: str) -> set[str]:
        reached: set[str] = set()
        queue = list(self.parents.get(study, ()))
        while queue:
            one = queue.pop()
            if one not in reached:
                reached.add(one)
                queue.extend(self.parents.get(one, ()))
        return reached

    def roots(self, study: str) -> set[str]:
        """The models at the ends of its chains: those of which no parent is coded."""
        return {one for one in self.ancestors(study) if not self.parents.get(one)}


def studies_by_root(df: pd.DataFrame, descent: Descent) -> dict[str, list[str]]:
    """Root -> the studies of `df` that rest on it, oldest first; most studies first, then by id."""
    by_root: dict[str, list[str]] = {}
    if len(df):
        for id_ in df.sort_values(["when", "id"])["id"]:
            for root in sorted(descent.roots(id_)):
                by_root.setdefault(root, []).append(id_)
    return dict(sorted(by_root.items(), key=lambda item: (-len(item[1]), item[0])))


def packed(whens: list[float]) -> list[int]:
    """A row for each node so that none overlap: 0, 1, -1, 2, … from the middle of the lane."""
    last: dict[int, float] = {}
    rows: list[int] = []
    for when in whens:
        row = next(n for n in range(len(whens)) if last.get(n, -APART) + APART <= when)
        last[row] = when
        rows.append((row + 1) // 2 * (1 if row % 2 else -1))
    return rows


def drawing(
    df: pd.DataFrame, by_root: Mapping[str, list[str]], context: Context
) -> Figure | Absent:
    """The lineage graph of the roots on which the most studies rest."""
    slot = Slot.of("foundations", "lineage", "Lineage over time")
    large = [root for root, studies in by_root.items() if len(studies) >= MIN_DESCENDANTS]
    if not large:
        return slot.absent(f"on no model do {MIN_DESCENDANTS} studies rest")
    shown = large[:MAX_ROOTS]
    descent = Descent.of(context.corpus)
    rows, lanes, height = layout(df, {root: by_root[root] for root in shown}, descent, context)
    top = descent.names[shown[0]]
    through = sum(shown[0] not in descent.parents[id_] for id_ in by_root[shown[0]])
    terms = context.corpus.taxonomy["family"].terms
    whens = [row["when"] for row in rows]
    return slot.figure(
        finding=f"{top} has the most descendants: {len(by_root[shown[0]])} studies",
        reading=f"{top} has the most descendants: {len(by_root[shown[0]])} studies, {through} of "
        "them only through another study.",
        note=(
            f"A lane for each of the {len(shown)} root models on which the most studies rest, of "
            f"{len(large)} with at least {MIN_DESCENDANTS}. A study that rests on several "
            "stands in each of their lanes. Thin lines: builds on the root itself; thicker: on "
            "another study. A base model stands at the month of its preprint or the start of its "
            "year, one of unknown or earlier date at the left edge. Explored, the graph can be "
            "dragged and zoomed, and each node opens its page."
        ),
        chart=charts.lineage(
            lanes,
            (("axis", BASE), *((id_, term.label) for id_, term in terms.items())),
            span=(min(whens) - 0.15, max(whens) + 0.5),
            height=height,
        ),
        columns={"name": "Model", "when": "First appeared", "parent": "Builds on", "root": "Lane"},
        rows=rows,
    )


def layout(
    df: pd.DataFrame, by_root: Mapping[str, list[str]], descent: Descent, context: Context
) -> tuple[list[dict[str, Any]], tuple[tuple[str, int], ...], int]:
    """Rows of the drawing (a root, then a row a link), its lanes, and its height."""
    when = {str(id_): float(date) for id_, date in zip(df["id"], df["when"], strict=True)}
    start = min(when[id_] for studies in by_root.values() for id_ in studies) - 0.4
    rows: list[dict[str, Any]] = []
    lanes: list[tuple[str, int]] = []
    height = GAP
    labelled = set[str]()
    for root, studies in by_root.items():
        slots = packed([when[id_] for id_ in studies])
        middle = height - ROW * min(0, *slots)
        height = middle + ROW * max(0, *slots) + ROW + GAP
        lanes.append((short(descent.names[root]), middle))
        place = {root: (_began(descent.rows[root], start), middle)}
        place |= {
            id_: (when[id_], middle + ROW * slot) for id_, slot in zip(studies, slots, strict=True)
        }
        notable = {id_ for id_ in studies if descent.children[id_] >= MIN_NOTABLE} - labelled
        labelled |= notable
        for id_ in (root, *studies):
            shown = _node(descent.rows[id_], root, context) | {
                "root": descent.names[root],
                "notable": id_ in notable,
            }
            rows += [shown | link for link in _links(id_, root, place, descent)]
    name_notable(rows, height)
    return rows, tuple(lanes), height


def _node(row: Foundation | Study, root: str, context: Context) -> dict[str, Any]:
    return {
        "name": context.corpus.labels[row.id],
        "family": context.label("family", row.family)
        if isinstance(row, Study) and row.id != root
        else BASE,
        "href": f"../../{row.path.removesuffix('.md')}/",
    }


def _links(
    id_: str, root: str, place: Mapping[str, tuple[float, int]], descent: Descent
) -> list[dict[str, Any]]:
    """Where a node stands, once for each parent in its lane; once without one if there is none.

    A study has none where it rests on the root through one that the reader has switched off.
    """
    at = {"when": round(place[id_][0], 2), "y": place[id_][1]}
    parents = [parent for parent in descent.parents.get(id_, ()) if parent in place]
    return [
        at
        | {
            "parent": descent.names[parent],
            "from_when": round(place[parent][0], 2),
            "from_y": place[parent][1],
            "direct": parent == root,
        }
        for parent in parents
    ] or [at | {"parent": "", "from_when": None, "from_y": None, "direct": False}]


def short(name: str) -> str:
    """A name without what stands in brackets at its end: "Segment Anything (SAM)"."""
    return re.sub(r" \([^()]*\)$", "", name)


def _began(row: Foundation | Study, start: float) -> float:
    """Where a root stands: at its date as far as it is known, never left of the edge."""
    if isinstance(row, Study):
        return max(start, row.decimal_year)
    if row.arxiv and row.arxiv[:4].isdigit():  # a new-style id begins with year and month
        return max(start, 2000 + int(row.arxiv[:2]) + (int(row.arxiv[2:4]) - 1) / 12)
    return max(start, row.year) if row.year else start
