"""Which study names which data set: the counts behind the page of data sets."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, Final

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from gen.model import Corpus
from gen.statistics import bootstrap, gini, herfindahl, top_share
from gen.tables import years
from gen.trends.base import SEED, Context

ROLES: Final = {"training": "Training", "evaluation": "Evaluation"}
COLUMNS: Final = ("study", "year", "role", "dataset", "age", "access")
TOP: Final = 10  # data sets whose share is followed
RESAMPLES: Final = 400  # enough for the two digits that are shown, and quick
FEWEST_NAMING: Final = 5  # studies a year that name a set; with fewer a distribution says nothing
Estimate = dict[str, float | None]  # value, low, high
BLANK: Final[Estimate] = {"value": None, "low": None, "high": None}

# How unequal the numbers of studies are among the sets in use.
MEASURES: Final[dict[str, Callable[[NDArray[Any]], float | None]]] = {
    "top-ten": lambda counts: top_share(counts, TOP),
    "gini": gini,
    "herfindahl": herfindahl,
}


@dataclass(frozen=True, slots=True)
class Material:
    """What every figure of the page is made from."""

    df: pd.DataFrame
    used: pd.DataFrame
    span: list[int]
    context: Context
    names: dict[str, str]  # of data sets, by id

    @classmethod
    def of(cls, df: pd.DataFrame, context: Context) -> Material:
        names = {dataset.id: dataset.name for dataset in context.corpus.datasets}
        return cls(df, uses(df, context.corpus), years(df), context, names)

    @property
    def naming(self) -> int:
        """Studies that name a data set."""
        return int(self.used["study"].nunique())


def uses(df: pd.DataFrame, corpus: Corpus) -> pd.DataFrame:
    """One row a study, role and data set; age in years, NaN where the release is not coded."""
    sets = {dataset.id: dataset for dataset in corpus.datasets}
    rows = [
        {
            "study": study["id"],
            "year": int(study["year"]),
            "role": role,
            "dataset": id_,
            "age": study["year"] - sets[id_].year if sets[id_].year else None,
            "access": sets[id_].access or "",
        }
        for study in df.to_dict("records")
        for role in ROLES
        for id_ in sorted(set(study[f"{role}_data"]))
    ]
    return pd.DataFrame(rows, columns=list(COLUMNS)).astype({"age": float})


def per_set(used: pd.DataFrame) -> pd.DataFrame:
    """A row a data set, most named first: dataset, studies, training, evaluation, first, last."""
    if used.empty:
        return pd.DataFrame(columns=["dataset", "studies", *ROLES, "first", "last"])
    by_set = used.groupby("dataset")
    per_role = used.groupby(["dataset", "role"]).size().unstack(fill_value=0)
    table = (
        per_role.reindex(columns=list(ROLES), fill_value=0)
        .assign(
            studies=by_set["study"].nunique(), first=by_set["year"].min(), last=by_set["year"].max()
        )
        .reset_index()
    )
    return table.sort_values(["studies", "dataset"], ascending=[False, True], ignore_index=True)


def concentration(used: pd.DataFrame, measure: str) -> Estimate:
    """A measure of `MEASURES` over the numbers of studies of the sets in use, with its interval.

    Nothing where there are no more sets than the top holds: its share could only be all.

    The estimate plus and minus Student's t times the bootstrap's standard error. The percentile
    interval would not do: a study drawn twice counts its sets twice, so that every resample looks
    more concentrated than the field (in a simulation it held the expected value in 7 to 76 of 100
    runs, this one in 93 to 99). It is about the value to expect from as many studies, not from
    all there could be: see `bootstrap` for why no interval is about that.
    """
    if used["dataset"].nunique() <= TOP:
        return dict(BLANK)
    codes = pd.factorize(used["dataset"], sort=True)[0]

    def of(weights: NDArray[Any]) -> float | None:
        counts = np.bincount(codes, weights=weights)
        return MEASURES[measure](counts[counts > 0])

    found = resampled(used, of, corrected=True)
    value, low, high = found["value"], found["low"], found["high"]
    if value is None or low is None or high is None:
        return found
    half = (high - low) / 2
    return {"value": value, "low": max(0.0, value - half), "high": min(1.0, value + half)}


def median_age(used: pd.DataFrame) -> Estimate:
    """The median age of the sets at use, each use once, with its interval; uses must be dated."""
    ages = used["age"].to_numpy()
    return resampled(used, lambda weights: float(np.median(np.repeat(ages, weights))))


def resampled(
    used: pd.DataFrame,
    statistic: Callable[[NDArray[Any]], float | None],
    *,
    corrected: bool = False,
) -> Estimate:
    """A statistic of the uses and its interval from drawing whole studies.

    A study names its sets together, so its uses are not independent of each other; studies are.
    The statistic is given how often each use was drawn.
    """
    study, ids = pd.factorize(used["study"], sort=True)
    value = statistic(np.ones(len(used), dtype=int))
    if value is None:
        return dict(BLANK)

    def drawn(indices: NDArray[Any]) -> float:
        found = statistic(np.bincount(indices, minlength=len(ids))[study])
        return np.nan if found is None else found

    low, high = bootstrap(len(ids), drawn, SEED, RESAMPLES, corrected=corrected) or (None, None)
    return {"value": value, "low": low, "high": high}


def per_year(
    used: pd.DataFrame,
    span: list[int],
    fewest: int,
    measured: Callable[[pd.DataFrame], Estimate],
) -> list[dict[str, Any]]:
    """A row a role and year, with studies, uses, sets and the estimate; none for thin years."""
    rows = []
    for role in ROLES:
        for year in span:
            own = used[(used["role"] == role) & (used["year"] == year)]
            studies = int(own["study"].nunique())
            rows.append(
                {
                    "role": role,
                    "year": year,
                    "studies": studies,
                    "uses": len(own),
                    "sets": int(own["dataset"].nunique()),
                    **(measured(own) if studies >= fewest else BLANK),
                }
            )
    return rows
