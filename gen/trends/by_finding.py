"""The yes-or-no series behind the findings of all questions, of any studies."""

from __future__ import annotations

from typing import Final

import pandas as pd

from gen.trends import challenges, methods, shares, transparency
from gen.trends.base import Context
from gen.trends.data_sets import over_time
from gen.trends.data_sets.uses import DataSetUse
from gen.trends.domains import changes
from gen.trends.domains import question as domains
from gen.trends.foundations import lineage, roots
from gen.trends.openness import kinds
from gen.trends.series import Series

FACETS: Final = {
    "methods": methods.FACETS,
    "domains": domains.FACETS,
    "challenges": challenges.FACETS,
}

ByFinding = dict[str, dict[str, Series]]  # slug of a question -> id of a finding -> its series


def coded(df: pd.DataFrame, context: Context) -> ByFinding:
    """What a coder gives by terms of the codebook."""
    made = {
        slug: [each for facet in facets for each in shares.series_of(df, facet, context)]
        for slug, facets in FACETS.items()
    }
    made["domains"] += [each for _, each in changes.series_within(df, context)]
    made["openness"] = [each for of in kinds.MEASURES for each in kinds.series(df, of)]
    return _by_id(made)


def named(df: pd.DataFrame, context: Context) -> ByFinding:
    """What hangs on rows of other tables, or on more than one column."""
    use = DataSetUse.of(df, context)
    by_root = lineage.studies_by_root(df, lineage.Descent.of(context.corpus))
    return _by_id(
        {
            "data-sets": [
                *over_time.series_of_sets(use),
                *over_time.series_elsewhere(use),
                *over_time.series_of_access(use),
            ],
            "foundations": roots.series_of(df, by_root, context),
            "transparency": transparency.series_of(df, context),
        }
    )


def _by_id(made: dict[str, list[Series]]) -> ByFinding:
    return {slug: {each.id: each for each in own} for slug, own in made.items()}
