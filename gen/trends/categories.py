"""What the meta-analysis says of one category: its trend, foundations, data sets and gaps."""

from __future__ import annotations

from collections.abc import Iterable
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
    return {facet: of_facet(df, facet, taxonomy[facet].terms, context) for facet in FACETS}


def of_facet(
    df: pd.DataFrame, facet: str, terms: Iterable[str], context: Context
) -> dict[str, Category]:
    """What the pages of these terms show; the tests are corrected over all terms of the facet."""
    tested = shares.trends(shares.per_year(df, facet), facet, context)
    trends = {row["term"]: row for row in shares.table(tested, facet)}
    across = ACROSS.get(facet, "")
    cells = _across(df, facet, across, context) if across else []
    return {
        term: {
            "trend": trends.get(term),
            "bases": _listed(specific(df, facet, term)),
            "data_sets": _listed(specific(df, facet, term, "training_data")),
            "gaps": _gaps([cell for cell in cells if cell.first == term], across),
        }
        for term in terms
    }


def _across(df: pd.DataFrame, facet: str, across: str, context: Context) -> list[combinations.Cell]:
    """The cells of the map, seen from the facet: what the page Gaps says of each."""
    for drawn in combinations.maps(df, context):
        if (drawn.first, drawn.second) == (facet, across):
            return list(drawn.cells)
        if (drawn.first, drawn.second) == (across, facet):
            return [replace(cell, first=cell.second, second=cell.first) for cell in drawn.cells]
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
