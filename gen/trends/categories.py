"""What the meta-analysis says of one category: its trend, foundations, data sets and gaps."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import asdict, replace
from typing import Any, Final

import pandas as pd

from gen.corpus.tables import FACETS
from gen.trends import combinations, shares
from gen.trends.base import Context
from gen.trends.foundations.question import Specific, specific

# The facet on the other side of the map of the page Gaps that shows a facet.
ACROSS: Final = {"domains": "tasks", "modalities": "tasks", "tasks": "domains"}
MAX_LISTED: Final = 8  # lines of a list on a category page

Category = dict[str, Any]


def categories(df: pd.DataFrame, context: Context) -> dict[str, dict[str, Category]]:
    """What each term's page shows, by facet and term: trend, bases, data_sets and gaps."""
    taxonomy = context.corpus.taxonomy
    drawn = combinations.maps(df, context)
    return {facet: of_facet(df, facet, taxonomy[facet].terms, context, drawn) for facet in FACETS}


def of_facet(
    df: pd.DataFrame,
    facet: str,
    terms: Iterable[str],
    context: Context,
    drawn: Sequence[combinations.Map],
) -> dict[str, Category]:
    """What the pages of these terms show; tests are adjusted for all of the site."""
    tested = shares.trends(df, shares.per_year(df, facet), facet, context)
    trends = {row["term"]: row for row in shares.table(tested, facet)}
    across = ACROSS.get(facet, "")
    bases, data_sets = (
        specific(df, facet, context, column) for column in ("builds_on", "training_data")
    )
    cells = _across(facet, across, drawn) if across else []
    return {
        term: {
            "trend": trends.get(term),
            "bases": _listed(bases.get(term, [])),
            "data_sets": _listed(data_sets.get(term, [])),
            "gaps": _gaps([cell for cell in cells if cell.first == term], across),
        }
        for term in terms
    }


def _across(facet: str, across: str, drawn: Sequence[combinations.Map]) -> list[combinations.Cell]:
    """The cells of the map of two facets, seen from the first."""
    for each in drawn:
        if (each.first, each.second) == (facet, across):
            return list(each.cells)
        if (each.first, each.second) == (across, facet):
            return [replace(cell, first=cell.second, second=cell.first) for cell in each.cells]
    raise LookupError(facet)


def _listed(named: list[Specific]) -> list[dict[str, Any]]:
    return [{**asdict(each), "over": each.over} for each in named[:MAX_LISTED]]


def _gaps(cells: list[combinations.Cell], across: str) -> dict[str, Any] | None:
    """Terms of the other facet that are studied more or less than expected, or not at all."""
    kinds = {
        "more": combinations.ranked(cells, "more"),
        "less": combinations.ranked(cells, "less"),
        "none": [cell for cell in combinations.empty(cells) if cell.expected >= 1],
    }
    if not any(kinds.values()):
        return None
    return {
        "across": across,
        **{
            kind: [
                {"term": c.second, "studies": len(c.studies), "expected": round(c.expected, 1)}
                for c in listed[:MAX_LISTED]
            ]
            for kind, listed in kinds.items()
        },
    }
