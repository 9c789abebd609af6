"""Answers what each part of the field builds on, more than the rest of the field does."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from typing import Any, Final

import pandas as pd

from gen.analysis.statistics import fisher, is_significant, log_odds
from gen.export import tables as export
from gen.figures import charts
from gen.figures.figure import CI_COLUMNS, MIN_STUDIES, Absent, Figure, Slot
from gen.text.format import CI, counted, inside, listed, percent
from gen.trends.base import Answer, Context, File, Question
from gen.trends.foundations import lineage, roots
from gen.trends.foundations.roots import Root

FACETS: Final = ("family", "domains", "modalities", "tasks")
MIN_OF_CATEGORY: Final = 5  # studies; a smaller category has no foundations of its own
MAX_OF_CATEGORY: Final = 5  # models that the page lists of a category; its table has them all
MIN_HERE: Final = 2  # studies; one alone tells nothing of a category
MAX_SHOWN: Final = 20  # lines of the figure
MAX_FIRST: Final = 3  # models that the answer names side by side


@dataclass(frozen=True, slots=True)
class Specific:
    """How specifically a category uses a base model or data set: log-odds ratio to the rest."""

    id: str
    here: int  # studies of the category that name it
    everywhere: int  # studies that name it, of those coded for the facet
    estimate: float
    low: float
    high: float
    q: float | None = None  # of Fisher's exact test, adjusted for all tests of the site

    @property
    def over(self) -> bool:
        """Whether it is clearly named more often than elsewhere."""
        return self.estimate > 0 and is_significant(self.q)


def specific(
    df: pd.DataFrame, facet: str, context: Context, column: str = "builds_on"
) -> dict[str, list[Specific]]:
    """Term of a facet -> what its studies name, the most specific first.

    That is, by the lower end of the interval. `column` of the frame: builds_on or training_data.
    Values that only one study of a category names are left out, and terms without any other. The
    prior is the mix of all these studies, worth one naming for each different value.
    """
    named = [
        (terms, values)
        for terms, values in (zip(df[facet], df[column], strict=True) if len(df) else ())
        if terms and values
    ]
    everywhere = Counter(value for _, values in named for value in values)
    found: dict[str, list[Specific]] = {}
    ps: list[float] = []
    for term in context.corpus.taxonomy[facet].terms:
        own = [values for terms, values in named if term in terms]
        here = Counter(value for values in own for value in values)
        often = [value for value in sorted(here) if here[value] >= MIN_HERE]
        if not often or here.total() == everywhere.total():
            continue
        counts = [here[value] for value in often], [everywhere[value] for value in often]
        odds = log_odds(
            counts[0],
            here.total(),
            [everywhere[value] - here[value] for value in often],
            everywhere.total() - here.total(),
            [everywhere[value] / everywhere.total() * len(everywhere) for value in often],
            len(everywhere),
        )
        found[term] = [
            Specific(value, here[value], everywhere[value], *map(float, each))
            for value, *each in zip(often, odds.delta, odds.low, odds.high, strict=True)
        ]
        ps += map(float, fisher(counts[0], len(own), counts[1], len(named)))
    qs = iter(context.corrections.adjusted(f"specific {facet} {column}", ps))
    return {
        term: sorted(
            (replace(each, q=next(qs)) for each in every), key=lambda each: (-each.low, each.id)
        )
        for term, every in found.items()
    }


def answer(df: pd.DataFrame, context: Context) -> Answer:
    by_root = lineage.studies_by_root(df, lineage.Descent.of(context.corpus))
    coded = int((df["builds_on"].map(len) > 0).sum()) if len(df) else 0
    all_roots = roots.roots(df, by_root, context)
    pairs = categories(df, context)
    return Answer(
        sentence=sentence(all_roots, coded, pairs, context),
        figures=(
            most_specific(pairs, context),
            roots.figure(df, by_root, context),
            lineage.drawing(df, by_root, context),
        ),
        findings=tuple(
            roots.finding(root, root.trend, context) for root in all_roots if root.trend
        ),
        values={
            "n": len(df),
            "coded": coded,
            "roots": [roots.row(root, coded) for root in all_roots],
            "pairs": len(pairs),
            "facets": [{"facet": facet, "rows": clearest(pairs, facet)} for facet in FACETS],
        },
    )


def categories(df: pd.DataFrame, context: Context) -> list[tuple[str, str, Specific]]:
    """(facet, term, base model) of every category large enough, the most specific first."""
    sizes = {facet: Counter(t for terms in df[facet] for t in terms) for facet in FACETS if len(df)}
    pairs = [
        (facet, term, each)
        for facet in FACETS
        for term, every in specific(df, facet, context).items()
        if sizes[facet][term] >= MIN_OF_CATEGORY
        for each in every
    ]
    return sorted(pairs, key=lambda pair: (-pair[2].low, pair[2].id, pair[0], pair[1]))


def clearest(pairs: list[tuple[str, str, Specific]], facet: str) -> list[dict[str, Any]]:
    """What the page lists of a facet: of each category the most specific of its clear models."""
    shown: Counter[str] = Counter()
    rows = []
    for _, term, each in (pair for pair in pairs if pair[0] == facet and pair[2].over):
        if shown[term] < MAX_OF_CATEGORY:
            shown[term] += 1
            rows.append(_row(facet, term, each))
    return rows


def sentence(
    all_roots: list[Root], coded: int, pairs: list[tuple[str, str, Specific]], context: Context
) -> str:
    if coded < MIN_STUDIES or not all_roots:
        return f"Too few studies to say: {counted(coded, 'study')} coded for what they build on."
    named, share = context.corpus.labels, percent(all_roots[0].studies / coded)
    # Those whose shares look the same stand together.
    first = [root.id for root in all_roots if percent(root.studies / coded) == share][:MAX_FIRST]
    text = (
        f"More studies rest on {listed([lineage.short(named[id_]) for id_ in first])} than on any "
        f"other model, directly or indirectly: {share}{' each' * (len(first) > 1)} of those coded"
    )
    if clear := [pair for pair in pairs if pair[2].over]:
        facet, term, each = clear[0]
        model = lineage.short(named[each.id])
        text += f"; the most specific is {model}, for {inside(context.label(facet, term))}"
    return f"{text}."


def most_specific(pairs: list[tuple[str, str, Specific]], context: Context) -> Figure | Absent:
    """The log-odds ratios of the most specific pairs of base model and category."""
    slot = Slot.of(
        "foundations",
        "specific",
        "Base models that a category builds on more than the rest of the field",
    )
    if not pairs:
        return slot.absent(f"no category has {MIN_HERE} studies that build on the same model")
    named = context.corpus.labels
    over = sum(each.over for _, _, each in pairs)
    rows = [
        {
            "label": f"{lineage.short(named[each.id])} · {context.label(facet, term)}",
            "value": round(each.estimate, 2),
            "low": round(each.low, 2),
            "high": round(each.high, 2),
            "here": each.here,
            "everywhere": each.everywhere,
            "strong": each.over,
            "note": f"{each.here} of the {each.everywhere} studies that build on it",
        }
        for facet, term, each in pairs[:MAX_SHOWN]
    ]
    return slot.figure(
        finding=f"{over or 'None'} of {len(pairs)} pairs of base model and category stand out",
        reading=f"The most specific is {rows[0]['label']} ({rows[0]['note']}).",
        note=(
            f"The first {len(rows)} of {len(pairs)} pairs, by the lower end of the interval. "
            "0 is as often as elsewhere, 0.7 about twice, 2.3 about ten times as often; "
            f"bars: {CI}. Grey: not clear after correction."
        ),
        chart=charts.forest_plot(x="Less or more often than elsewhere", null=0.0, log=False),
        columns={
            "label": "Base model · category",
            "value": "Log-odds ratio (0: as elsewhere)",
            **CI_COLUMNS,
            "here": "Studies here",
            "everywhere": "In all",
        },
        rows=rows,
    )


def _row(facet: str, term: str, each: Specific) -> dict[str, Any]:
    return {
        "facet": facet,
        "term": term,
        "id": each.id,
        "here": each.here,
        "everywhere": each.everywhere,
        "estimate": round(each.estimate, 2),
        "low": round(each.low, 2),
        "high": round(each.high, 2),
        "q": each.q,
        "over": each.over,
    }


def files(df: pd.DataFrame, context: Context, _: Callable[..., str]) -> Iterator[File]:
    """Every pair of a category and a model, of which the page lists the clearest."""
    rows = [_row(*pair) for pair in categories(df, context)]
    names = ("facet", "term", "id", "here", "everywhere", "estimate", "low", "high", "q")
    yield "trends/foundations/specific.csv", export.table_csv(names, rows)


QUESTION: Final = Question(
    slug="foundations",
    title="Foundations",
    ask="What does each part of the field build on, and how much of it rests on a few models?",
    answer=answer,
    small="roots",
    files=files,
)
