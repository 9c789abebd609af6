"""Answers what the studies state, and what is missing."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any, Final

import pandas as pd

from gen.analysis.statistics import Share
from gen.analysis.tables import years
from gen.corpus.cells import Missing
from gen.corpus.columns import Column, columns
from gen.corpus.tables import Study
from gen.figures import charts
from gen.figures.figure import MIN_STUDIES, Absent, Figure, Slot, incomplete
from gen.text.format import counted, percent, rounded
from gen.trends.base import Answer, Context, File, Question

# In the order of the page. Keys are those of Study.missing, and "stated".
STATES: Final = dict(
    zip(
        ("stated", Missing.NOT_REPORTED, Missing.NOT_APPLICABLE, Missing.NOT_CODED),
        charts.STATES,
        strict=True,
    )
)
# Kind of missing -> how its lists are addressed; permanent.
SLUGS: Final = {
    Missing.NOT_REPORTED: "unreported",
    Missing.NOT_APPLICABLE: "na",
    Missing.NOT_CODED: "not-coded",
}
TOO_FEW: Final = f"fewer than {MIN_STUDIES} studies are left"


def fields() -> tuple[Column, ...]:
    """The columns that know kinds of missing, in the order of the table."""
    return tuple(column for column in columns(Study) if column.coded)


def studies_of(df: pd.DataFrame, context: Context) -> list[Study]:
    """The studies of the frame, which does not know why a cell is empty; oldest first."""
    kept = set(df["id"]) if len(df) else set()
    return [study for study in context.corpus.studies if study.id in kept]


def state(study: Study, column: str) -> str:
    return study.missing.get(column, "stated")


def answer(df: pd.DataFrame, context: Context) -> Answer:
    studies = studies_of(df, context)
    by_year = [(str(year), [s for s in studies if s.year == year]) for year in years(df)]
    terms = context.corpus.taxonomy["modalities"].terms
    by_modality = [
        (id_, term.label, [s for s in studies if id_ in s.modalities])
        for id_, term in terms.items()
    ]
    by_modality = [each for each in by_modality if each[2]]
    modalities = [(label, in_group) for _, label, in_group in by_modality]
    rows = [field_row(column, studies) for column in fields()]
    return Answer(
        sentence=sentence(rows, studies),
        figures=(
            states(rows, studies),
            grid("year", "year", by_year, incomplete(context.incomplete_year)),
            grid("modality", "imaging modality", modalities, "A study counts in each of its own."),
        ),
        values={
            "n": len(studies),
            "fields": rows,
            "years": [year for year, _ in by_year],
            "by_year": [cells(column, by_year) for column in fields()],
            "modalities": [[id_, label] for id_, label, _ in by_modality],
            "by_modality": [cells(column, modalities) for column in fields()],
        },
    )


def counts(column: str, studies: list[Study]) -> dict[str, int]:
    """How many of the studies are in each state."""
    states = [state(study, column) for study in studies]
    return {name: states.count(name) for name in STATES}


def field_row(column: Column, studies: list[Study]) -> dict[str, Any]:
    """Its states, and the share stated of the studies to which it applies (None if to none)."""
    states = counts(column.name, studies)
    share = Share.of(states["stated"], len(studies) - states[Missing.NOT_APPLICABLE])
    return {
        "name": column.name,
        "label": column.label,
        "states": states,
        "applies": share.total,
        "missing": len(studies) - states["stated"],
        "share": rounded(share.value),
        "low": rounded(share.low),
        "high": rounded(share.high),
    }


def cells(column: Column, groups: list[tuple[str, list[Study]]]) -> list[dict[str, Any]]:
    """The cells of a column's line in the tables by year and by modality."""
    rows = [field_row(column, in_group) for _, in_group in groups]
    return [{"share": row["share"], "missing": row["missing"]} for row in rows]


def sentence(rows: list[dict[str, Any]], studies: list[Study]) -> str:
    if len(studies) < MIN_STUDIES:
        return f"Too few studies to say: {TOO_FEW}."
    applies = sum(row["applies"] for row in rows)
    stated = sum(row["states"]["stated"] for row in rows)
    known = [(float(row["share"]), row["name"], row) for row in rows if row["share"] is not None]
    if not known:
        return "Too few studies to say: no column applies to any."
    worst = min(known)[2]
    return (
        f"{percent(stated / applies)} of the cells that apply hold a value; {worst['label']} is "
        f"the least complete column, with a value in {percent(float(worst['share']))} of its cells."
    )


def meaning(kind: Missing) -> str:
    return f"{kind.label.capitalize()}: {kind.about}"


def states(rows: list[dict[str, Any]], studies: list[Study]) -> Figure | Absent:
    """A bar a column, split by state."""
    slot = Slot.of("completeness", "states", "What is known of each column")
    if len(studies) < MIN_STUDIES:
        return slot.absent(TOO_FEW)
    full = [row["label"] for row in rows if row["states"]["stated"] == row["applies"] > 0]
    return slot.figure(
        finding=f"Columns without a gap: {len(full)} of {len(rows)}",
        reading=f"Wherever they apply, {len(full)} of {len(rows)} columns always hold a value"
        + (f": {', '.join(full)}." if full else "."),
        note=" ".join([f"Of {counted(len(studies), 'study')}.", *map(meaning, Missing)]),
        chart=charts.states(tuple(row["label"] for row in rows)),
        columns={"label": "Column", "state": "State", "studies": "Studies"},
        rows=[
            {"label": row["label"], "state": STATES[name], "studies": n}
            for row in rows
            for name, n in row["states"].items()
        ],
    )


def grid(name: str, what: str, groups: list[tuple[str, list[Study]]], note: str) -> Figure | Absent:
    """A heat map of the share stated, by column and group of studies."""
    slot = Slot.of("completeness", name, f"Share stated, by column and {what}")
    if len({study.id for _, in_group in groups for study in in_group}) < MIN_STUDIES:
        return slot.absent(TOO_FEW)
    rows = [grid_cell(column, label, studies) for column in fields() for label, studies in groups]
    half = [row for row in rows if row["value"] is not None and row["value"] < 0.5]  # noqa: PLR2004
    return slot.figure(
        finding=f"{len(rows) - len(half)} of {len(rows)} cells are at least half full, by {what}",
        reading=f"In {len(half)} of {len(rows)} cells fewer than half of the studies have a value.",
        note=f"Per cent of the studies to which the column applies. {note}",
        chart=charts.matrix(ends=(0, 1), step=26 if name == "year" else 29),
        columns={
            "row": "Column",
            "column": what.capitalize(),
            "value": "Share stated",
            **STATES,
        },
        rows=rows,
        percent=True,
    )


def grid_cell(column: Column, label: str, studies: list[Study]) -> dict[str, Any]:
    """The column in one group of studies."""
    row = field_row(column, studies)
    return {
        "row": column.label,
        "column": label,
        "text": "" if row["share"] is None else f"{row['share'] * 100:.0f}",
        "value": row["share"],
        "strong": True,
        **row["states"],
    }


def files(df: pd.DataFrame, context: Context, page: Callable[..., str]) -> Iterator[File]:
    """A page a column: the studies without a value, by kind of missing, year and modality."""
    studies = studies_of(df, context)
    terms = context.corpus.taxonomy["modalities"].terms
    for column in fields():
        missing = [study for study in studies if column.name in study.missing]
        path = f"trends/completeness/{column.name}.md"
        years_ = sorted({study.year for study in missing}, reverse=True)
        yield (
            path,
            page(
                "trends/completeness-lists.md.jinja",
                path,
                column=column,
                n=len(missing),
                states=[
                    (slug, STATES[name], _in_state(missing, column.name, name))
                    for name, slug in SLUGS.items()
                ],
                years=[(year, [s for s in missing if s.year == year]) for year in years_],
                modalities=[
                    (id_, [s for s in missing if id_ in s.modalities])
                    for id_ in terms
                    if any(id_ in s.modalities for s in missing)
                ],
            ),
        )


def _in_state(missing: list[Study], column: str, name: str) -> list[Study]:
    return [study for study in missing if study.missing[column] == name]


QUESTION: Final = Question(
    slug="completeness",
    title="Completeness",
    ask="What do the studies state, and what is missing?",
    answer=answer,
    switches=False,
    files=files,
)
