"""Which sets come back, who tests on what others trained on, and whose own sets are used again."""

from __future__ import annotations

from typing import Any, Final

import pandas as pd

from gen.corpus.corpus import Corpus
from gen.trends.data_sets.uses import DataSetUse, per_set

MIN_COHORT: Final = 10  # sets first named in a year, for their return to be told


def overlap(use: DataSetUse) -> list[dict[str, Any]]:
    """By year, the uses for evaluation only, and those of sets that another study trained on.

    That study appeared in the same year or before, so the share can only grow as studies gather.
    """
    trained = use.used[use.used["role"] == "training"]
    rows = []
    for year in use.span:
        before = trained[trained["year"] <= year].groupby("dataset")["study"].agg(set).to_dict()
        tests = use.used[(use.used["role"] == "evaluation") & (use.used["year"] == year)]
        met = [bool(before.get(each.dataset, set()) - {each.study}) for each in tests.itertuples()]
        if len(tests):
            rows.append(
                {
                    "year": year,
                    "uses": len(tests),
                    "met": sum(met),
                    "studies": int(tests["study"].nunique()),
                    "meeting": int(tests.loc[met, "study"].nunique()),
                }
            )
    return rows


def lifetimes(use: DataSetUse) -> list[dict[str, Any]]:
    """By the year that first named them, how many sets were named in each later full year."""
    full = use.used[use.used["year"] < use.context.incomplete_year]
    first = full.groupby("dataset")["year"].min()
    last = full.groupby("dataset")["year"].max()
    span = [year for year in use.span if year < use.context.incomplete_year]
    rows = []
    for year in span[:-1]:
        cohort = first.index[first == year]
        if len(cohort) >= MIN_COHORT:
            named = full[full["dataset"].isin(cohort)]
            in_year = named.groupby("year")["dataset"].nunique()
            rows.append(
                {
                    "year": year,
                    "sets": len(cohort),
                    "again": int((last[cohort] > year).sum()),
                    "later": [int(in_year.get(each, 0)) if each > year else None for each in span],
                }
            )
    return rows


def by_access(use: DataSetUse, corpus: Corpus) -> list[dict[str, Any]]:
    """By kind of access, the sets in use and how many of them one study names alone."""
    table = per_set(use.used)
    access = {dataset.id: dataset.access or "" for dataset in corpus.datasets}
    kind = table["dataset"].map(access) if len(table) else pd.Series(dtype=str)
    return [
        {
            "access": each or None,
            "sets": int((kind == each).sum()),
            "alone": int(((kind == each) & (table["studies"] == 1)).sum()),
        }
        for each in (*corpus.taxonomy["dataset_access"].terms, "")
        if (kind == each).any()
    ]
