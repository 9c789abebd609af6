"""Answers which combinations are studied more than expected, which less, which not at all."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any, Final

import pandas as pd

from gen.corpus.tables import FACETS
from gen.export import tables as export
from gen.figures import charts
from gen.figures.figure import MIN_STUDIES, Q_COLUMN, Absent, Figure, Slot, explored
from gen.text.format import listed, number
from gen.trends.base import Answer, Context, File, Question
from gen.trends.combinations import Cell, Map, empty, maps, ranked

MAX_LISTED: Final = 10  # combinations in each short list


def answer(df: pd.DataFrame, context: Context) -> Answer:
    drawn = maps(df, context)
    return Answer(
        sentence=sentence(drawn, context)
        if len(df) >= MIN_STUDIES
        else f"Too few studies to say: fewer than {MIN_STUDIES} studies are left.",
        figures=tuple(figure(each, context) for each in drawn),
        values={
            "maps": [table(each) for each in drawn],
            "facets": [[facet, context.corpus.taxonomy[facet].plural] for facet in FACETS],
        },
    )


def named(cell: Cell, one: Map, context: Context) -> str:
    return f"{context.label(one.first, cell.first)} × {context.label(one.second, cell.second)}"


def sentence(drawn: list[Map], context: Context) -> str:
    """How many combinations are empty, and of which of each map most studies would be expected."""
    cells = [cell for each in drawn for cell in each.cells]
    none = sum(not cell.studies for cell in cells)
    of = f"Of {number(len(cells))} combinations of a domain or modality with a task"
    text = f"{of}, {number(none)} {'has' if none == 1 else 'have'} no coded study"
    gaps = [named(cell, each, context) for each in drawn for cell in empty(each.cells)[:1]]
    return text + (f"; most would be expected of {listed(gaps)}." if gaps else ".")


def reading(one: Map, context: Context) -> str:
    """The map in words: what is empty, and what stands out, each with the clearest of its kind."""
    taxonomy = context.corpus.taxonomy
    kinds = f"{taxonomy[one.first].plural.lower()} by {taxonomy[one.second].plural.lower()}"
    none = sum(not cell.studies for cell in one.cells)
    text = f"Of {len(one.cells)} combinations of {kinds}, {none} have no coded study"
    if gaps := empty(one.cells):
        top = gaps[0]
        text += f", most expected of {named(top, one, context)} (expected {top.expected:.1f})"
    for mark, word in (("less", "fewer"), ("more", "more")):
        marked = ranked(one.cells, mark)
        if marked:
            top = next((cell for cell in marked if cell.is_niche), marked[0])
            text += (
                f"; {len(marked)} {'has' if len(marked) == 1 else 'have'} clearly {word} studies "
                f"than expected, most of all {named(top, one, context)} "
                f"({len(top.studies)}; expected {top.expected:.1f})"
            )
    return f"{text}."


def figure(drawn: Map, context: Context) -> Figure | Absent:
    first, second = drawn.first, drawn.second
    one, other = context.corpus.taxonomy[first], context.corpus.taxonomy[second]
    slot = Slot.of("gaps", f"{first}-{second}", f"{one.plural} by {other.plural.lower()}")
    if drawn.coded < MIN_STUDIES:
        return slot.absent(f"fewer than {MIN_STUDIES} studies are coded for both")
    none = sum(not cell.studies for cell in drawn.cells)
    return slot.figure(
        finding=f"{none} of {len(drawn.cells)} combinations of {one.plural.lower()} and "
        f"{other.plural.lower()} have no coded study",
        reading=reading(drawn, context),
        note=(
            f"Numbers are studies, of {drawn.coded} coded for both; a study may count in several "
            "cells. Brown: fewer studies than expected if the two were unrelated; green: more; "
            "none where a term has no study at all. Depth: how far from expected, in standard "
            "errors (what chance commonly does). Pale: not clear; all "
            f"{drawn.tested} combinations of terms in use were tested."
        ),
        chart=charts.matrix(ends=(-4, 4), linked=True),
        columns={
            "row": one.label,
            "column": other.label,
            "text": "Studies",
            "expected": "Expected",
            "value": "Standard errors from expected",
            **Q_COLUMN,
        },
        rows=[
            {
                "row": context.label(first, cell.first),
                "column": context.label(second, cell.second),
                "text": len(cell.studies),
                "expected": round(cell.expected, 1),
                "value": None if cell.residual is None else round(cell.residual, 2),
                "q": None if cell.q is None else f"{cell.q:.2g}",
                "strong": bool(cell.mark),
                "href": explored(**{first: cell.first, second: cell.second})
                if cell.studies
                else "",
            }
            for cell in drawn.cells
        ],
    )


def table(drawn: Map) -> dict[str, Any]:
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
    for cell in drawn.cells:
        rows.setdefault(cell.first, []).append(plain(cell))
    return {
        "first": drawn.first,
        "second": drawn.second,
        "coded": drawn.coded,
        "tested": drawn.tested,
        "rows": [{"term": term, "cells": each} for term, each in rows.items()],
        "less": [plain(cell) for cell in ranked(drawn.cells, "less")[:MAX_LISTED]],
        "more": [plain(cell) for cell in ranked(drawn.cells, "more")[:MAX_LISTED]],
        "empty": [plain(cell) for cell in empty(drawn.cells)[:MAX_LISTED]],
    }


def files(df: pd.DataFrame, context: Context, page: Callable[..., str]) -> Iterator[File]:
    """The lists that cells of the two maps link to, and what a map of any two facets needs."""
    for drawn in maps(df, context):
        first, second = drawn.first, drawn.second
        path = f"trends/gaps/{first}-{second}.md"
        held = [cell for cell in drawn.cells if cell.studies]
        yield (
            path,
            page("trends/gaps-lists.md.jinja", path, first=first, second=second, cells=held),
        )
    taxonomy, labels = context.corpus.taxonomy, context.corpus.labels
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
                    [study.id, labels[study.id], *(list(study.terms(facet)) for facet in FACETS)]
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
