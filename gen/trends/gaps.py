"""Answers which combinations are studied more than expected, which less, which not at all."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any, Final

import pandas as pd

from gen.corpus.tables import FACETS
from gen.export import tables as export
from gen.figures import charts
from gen.figures.figure import MIN_STUDIES, Absent, Figure, Slot
from gen.text.format import counted
from gen.trends.base import Answer, Context, File, Question
from gen.trends.combinations import MIN_EXPECTED, Cell, cells, empty, ranked

PAIRS: Final = (("domains", "tasks"), ("modalities", "tasks"))
MAX_LISTED: Final = 10  # combinations in each short list


def answer(df: pd.DataFrame, context: Context) -> Answer:
    maps = [(first, second, *cells(df, first, second, context)) for first, second in PAIRS]
    return Answer(
        sentence=" ".join(sentence(*each, context) for each in maps)
        if len(df) >= MIN_STUDIES
        else f"Too few studies to say: fewer than {MIN_STUDIES} studies are left.",
        figures=tuple(figure(*each, context) for each in maps),
        values={
            "maps": [table(*each) for each in maps],
            "facets": [[facet, context.corpus.taxonomy[facet].plural] for facet in FACETS],
        },
    )


def named(cell: Cell, first: str, second: str, context: Context) -> str:
    return f"{context.label(first, cell.first)} × {context.label(second, cell.second)}"


def sentence(first: str, second: str, grid: list[Cell], coded: int, context: Context) -> str:
    """The map in a sentence: how many combinations are empty, and what stands out."""
    taxonomy = context.corpus.taxonomy
    kinds = f"{taxonomy[first].plural.lower()} by {taxonomy[second].plural.lower()}"
    if coded < MIN_STUDIES:
        return f"Too few studies to say for {kinds}: {counted(coded, 'study')} coded for both."
    none = sum(not cell.studies for cell in grid)
    text = f"Of {len(grid)} combinations of {kinds}, {none} have no study"
    for mark, word in (("less", "fewer"), ("more", "more")):
        marked = ranked(grid, mark)
        if marked:
            top = marked[0]
            text += (
                f"; {len(marked)} {'has' if len(marked) == 1 else 'have'} clearly {word} studies "
                f"than expected, most of all {named(top, first, second, context)} "
                f"({len(top.studies)}; expected {top.expected:.0f})"
            )
    return f"{text}."


def figure(
    first: str, second: str, grid: list[Cell], coded: int, context: Context
) -> Figure | Absent:
    one, other = context.corpus.taxonomy[first], context.corpus.taxonomy[second]
    slot = Slot.of("gaps", f"{first}-{second}", f"{one.plural} by {other.plural.lower()}")
    if coded < MIN_STUDIES:
        return slot.absent(f"fewer than {MIN_STUDIES} studies are coded for both")
    tested = sum(cell.q is not None for cell in grid)
    return slot.figure(
        reading=sentence(first, second, grid, coded, context),
        note=(
            f"Numbers are studies, of {coded} coded for both; a study may count in several cells. "
            "Colour is the adjusted residual: brown for fewer studies than expected if the two "
            "were unrelated, green for more; none where a term has no study at all. Pale: not "
            f"tested, as fewer than {MIN_EXPECTED} are expected; {tested} combinations are."
        ),
        chart=charts.matrix(
            title="Adjusted residual",
            form="+d",
            domain=(-4, 0, 4),
        ),
        columns={
            "row": one.label,
            "column": other.label,
            "text": "Studies",
            "expected": "Expected",
            "value": "Adjusted residual",
            "q": "q (Benjamini-Hochberg)",
        },
        rows=[
            {
                "row": context.label(first, cell.first),
                "column": context.label(second, cell.second),
                "text": len(cell.studies),
                "expected": round(cell.expected, 1),
                "value": None if cell.residual is None else round(cell.residual, 2),
                "q": None if cell.q is None else f"{cell.q:.2g}",
                "strong": cell.q is not None,
            }
            for cell in grid
        ],
    )


def table(first: str, second: str, grid: list[Cell], coded: int) -> dict[str, Any]:
    """What the page's table of a map and its short lists show."""

    def plain(cell: Cell) -> dict[str, Any]:
        return {
            "first": cell.first,
            "second": cell.second,
            "studies": len(cell.studies),
            "expected": round(cell.expected, 1),
            "residual": None if cell.residual is None else round(cell.residual, 1),
            "q": cell.q,
            "mark": cell.mark,
        }

    rows: dict[str, list[dict[str, Any]]] = {}
    for cell in grid:
        rows.setdefault(cell.first, []).append(plain(cell))
    return {
        "first": first,
        "second": second,
        "coded": coded,
        "tested": sum(cell.q is not None for cell in grid),
        "rows": [{"term": term, "cells": each} for term, each in rows.items()],
        "less": [plain(cell) for cell in ranked(grid, "less")[:MAX_LISTED]],
        "more": [plain(cell) for cell in ranked(grid, "more")[:MAX_LISTED]],
        "empty": [plain(cell) for cell in empty(grid)[:MAX_LISTED]],
    }


def files(df: pd.DataFrame, context: Context, page: Callable[..., str]) -> Iterator[File]:
    """The lists that cells of the two maps link to, and what a map of any two facets needs."""
    for first, second in PAIRS:
        path = f"trends/gaps/{first}-{second}.md"
        grid = [cell for cell in cells(df, first, second, context)[0] if cell.studies]
        yield (
            path,
            page("trends/gaps-lists.md.jinja", path, first=first, second=second, cells=grid),
        )
    taxonomy = context.corpus.taxonomy
    yield (
        "trends/gaps/studies.json",
        export.as_json(
            {
                # Lists, not objects: their order is that of the facets and of their terms.
                "facets": [
                    [facet, [[id_, term.label] for id_, term in taxonomy[facet].terms.items()]]
                    for facet in FACETS
                ],
                "studies": [
                    [study.id, study.name, *(list(study.terms(facet)) for facet in FACETS)]
                    for study in context.corpus.counted
                ],
            }
        ),
    )


QUESTION: Final = Question(
    slug="gaps",
    title="Gap map",
    ask="Which combinations are studied more than expected, which less, and which not at all?",
    answer=answer,
    switches=False,
    files=files,
)
