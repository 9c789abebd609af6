"""Which study names which data set: the counts behind the page of data sets."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, Final

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from gen.analysis.resampling import bootstrap
from gen.analysis.tables import years
from gen.corpus.corpus import Corpus
from gen.trends.base import SEED, Context

ROLES: Final = {"training": "Training", "evaluation": "Evaluation"}
COLUMNS: Final = ("study", "year", "role", "dataset", "age", "access")
RESAMPLES: Final = 400  # enough for the two digits that are shown, and quick
MIN_NAMING: Final = 5  # studies a year that name a set; with fewer a distribution says nothing
Estimate = dict[str, float | None]  # value, low, high
BLANK: Final[Estimate] = {"value": None, "low": None, "high": None}

Counts = NDArray[np.int_]
Values = NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class DataSetUse:
    """Who uses which data set: what every figure of the page is made from."""

    df: pd.DataFrame
    used: pd.DataFrame
    span: list[int]
    context: Context
    names: dict[str, str]  # of data sets, by id

    @classmethod
    def of(cls, df: pd.DataFrame, context: Context) -> DataSetUse:
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


def median_age(used: pd.DataFrame) -> Estimate:
    """The median age of the sets at use, each use once, with its interval; uses must be dated."""
    used = used.sort_values("age")
    ages = used["age"].to_numpy()
    low, high = resampled(used, lambda weights: medians(ages, weights)) or (None, None)
    return {"value": float(np.median(ages)), "low": low, "high": high}


def medians(ordered: Values, weights: Counts) -> Values:
    """The median of ordered values for every line that says how often each counts."""
    up_to = weights.cumsum(axis=1)
    last = up_to[:, -1:]
    # The middle one, or the two in the middle, counted from 0.
    lower, upper = ((up_to > place).argmax(axis=1) for place in ((last - 1) // 2, last // 2))
    middle: Values = (ordered[lower] + ordered[upper]) / 2
    return middle


def resampled(
    used: pd.DataFrame, statistic: Callable[[Counts], Values], *, bias_corrected: bool = False
) -> tuple[float, float] | None:
    """The interval of a statistic of the uses, from drawing whole studies.

    A study names its sets together, so its uses are not independent of each other; studies are.
    The statistic is given a line a resample, in it how often each use was drawn.
    """
    study, ids = pd.factorize(used["study"], sort=True)
    return bootstrap(
        len(ids),
        lambda weights: statistic(weights[:, study]),
        SEED,
        RESAMPLES,
        bias_corrected=bias_corrected,
    )


def per_year(
    used: pd.DataFrame,
    span: list[int],
    min_studies: int,
    measured: Callable[[pd.DataFrame], Estimate],
) -> list[dict[str, Any]]:
    """A row a role and year, with studies, uses, sets and the estimate; none for thin years."""
    rows = []
    for role in ROLES:
        of_role = used[used["role"] == role]
        for year in span:
            of_year = of_role[of_role["year"] == year]
            studies = int(of_year["study"].nunique())
            rows.append(
                {
                    "role": role,
                    "year": year,
                    "studies": studies,
                    "uses": len(of_year),
                    "sets": int(of_year["dataset"].nunique()),
                    **(measured(of_year) if studies >= min_studies else BLANK),
                }
            )
    return rows
