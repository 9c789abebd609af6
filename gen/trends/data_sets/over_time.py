"""What is tested from year to year: single sets, the leading sets of niches, other test data."""

from __future__ import annotations

from typing import Final

import pandas as pd

from gen.analysis.resampling import joint_trend
from gen.analysis.statistics import is_significant
from gen.trends import series
from gen.trends.base import SEED
from gen.trends.data_sets.niches import Niche
from gen.trends.data_sets.uses import DataSetUse, per_set
from gen.trends.series import Series, Tested

MIN_OF_SET: Final = 20  # studies that name it, for a set to be followed

# Kinds of access as a reader asks for them; registration and credentialing both take a request.
ACCESS: Final = {
    "public": ("public", "public sets", {"public"}),
    "request": ("on request", "sets given on request", {"registration", "credentialed"}),
    "private": ("private", "private sets", {"private"}),
}


def single_sets(use: DataSetUse) -> tuple[list[Tested], bool]:
    """The share of the most named sets among studies that name any; whether they change at all.

    As for the terms of a facet, a set's trend is claimed only where the sets as a whole change.
    """
    all_series = series_of_sets(use)
    if not all_series:
        return [], False
    full = use.by() & (use.df["year"] < use.context.incomplete_year)
    carried = pd.DataFrame({each.id: each.yes for each in all_series})[full].to_numpy()
    p = joint_trend(use.df.loc[full, "year"].to_numpy(), carried, SEED) if full.any() else None
    (q,) = use.context.corrections.adjusted("data sets as a whole", [p])
    return series.tested(use.df, all_series, use.context), is_significant(q)


def series_of_sets(use: DataSetUse) -> list[Series]:
    """Who names each of the most named sets, the most named first."""
    table = per_set(use.used)
    sets = list(table.loc[table["studies"] >= MIN_OF_SET, "dataset"]) if len(table) else []
    naming = use.by()
    return [Series(f"set-{id_}", use.short(id_), use.by("", id_), naming) for id_ in sets]


def in_niches(use: DataSetUse, found: list[Niche]) -> list[Tested]:
    """The share of each niche's leading set among the studies of the niche that name any."""
    all_series = [
        Series(
            f"niche-{each.domain}",
            f"{each.label}: {use.short(each.leader)}",
            use.by("", each.leader),
            use.by() & use.in_domain(each.domain),
        )
        for each in sorted(found, key=lambda each: each.domain)
    ]
    return series.tested(use.df, all_series, use.context) if all_series else []


def elsewhere(use: DataSetUse) -> list[Tested]:
    """Studies that name a set for evaluation only, of those that name their training data."""
    if use.df.empty:
        return []
    return series.tested(use.df, series_elsewhere(use), use.context)


def series_elsewhere(use: DataSetUse) -> list[Series]:
    """All such studies; and those of which a repository was read, which lists more sets."""
    read = {s.id for s in use.context.corpus.studies if "repository" in s.coded_from}
    trained, other = use.by("training"), use.by("evaluation")
    listed = trained & use.df["id"].isin(read)
    return [
        Series("elsewhere", "All such studies", other, trained),
        Series("elsewhere-read", "Repository read", other, listed),
    ]


def access(use: DataSetUse) -> list[Tested]:
    """For each role and kind of access: which studies name at least one such set."""
    if use.df.empty:
        return []
    return series.tested(use.df, series_of_access(use), use.context)


def series_of_access(use: DataSetUse) -> list[Series]:
    all_series = []
    for role, label in (("training", "Training"), ("evaluation", "Evaluation only")):
        of_role = use.used[(use.used["role"] == role) & (use.used["access"] != "")]
        of = use.df["id"].isin(of_role["study"])
        for id_, (kind, phrase, kinds) in ACCESS.items():
            yes = use.df["id"].isin(of_role.loc[of_role["access"].isin(kinds), "study"])
            wording = f"{'training' if role == 'training' else 'evaluation'} on {phrase}"
            all_series.append(Series(f"{role}-{id_}", f"{label}: {kind}", yes, of, wording))
    return all_series
