"""What the meta-analysis says of one category: its trend, foundations, data sets and gaps."""

from __future__ import annotations

from dataclasses import asdict
from typing import Any, Final

import pandas as pd

from gen.model import FACETS
from gen.trends import combinations, shares
from gen.trends.base import Context
from gen.trends.foundations import Specific, specific

# The maps of the page Gaps that concern a facet: facet -> the facet on the other side.
ACROSS: Final = {"domains": "tasks", "modalities": "tasks", "tasks": "domains"}
MAX_LISTED: Final = 8  # lines of a list on a category page

Category = dict[str, Any]


def categories(df: pd.DataFrame, context: Context) -> dict[str, dict[str, Category]]:
    """What each term's page shows, by facet and term: trend, bases, data_sets and gaps."""
    return {facet: _of_facet(df, facet, context) for facet in FACETS}


def _of_facet(df: pd.DataFrame, facet: str, context: Context) -> dict[str, Category]:
    terms = shares.trends(shares.per_year(df, facet), facet, context)
    trends = {row["term"]: row for row in shares.table(terms, facet)}
    across = ACROSS.get(facet, "")
    cells = combinations.cells(df, facet, across, context)[0] if across else []
    return {
        term: {
            "trend": trends.get(term),
            "bases": _listed(specific(df, facet, term)),
            "data_sets": _listed(specific(df, facet, term, "training_data")),
            "gaps": _gaps([cell for cell in cells if cell.first == term], across),
        }
        for term in context.corpus.taxonomy[facet].terms
    }


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
