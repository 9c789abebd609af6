"""Which study names which data set: the counts behind the page of data sets."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

import numpy as np
import pandas as pd

from gen.analysis.tables import years
from gen.corpus.corpus import Corpus
from gen.trends.base import Context

# A set that serves both stands under training alone, as it is coded; see `tested_too`.
ROLES: Final = {"training": "Training", "evaluation": "Evaluation only"}
COLUMNS: Final = ("study", "year", "role", "dataset", "access")
LETTERS: Final = 16  # of a short name; where a set has none,
LONGEST: Final = 36  # what two lines over a panel hold


@dataclass(frozen=True, slots=True)
class DataSetUse:
    """Who uses which data set: what everything on the page is made from."""

    df: pd.DataFrame
    used: pd.DataFrame  # see `uses`
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

    def by(self, role: str = "", dataset: str = "") -> pd.Series:
        """Whether each study of the frame names a set: in this role, this set."""
        found = self.used
        found = found[found["role"] == role] if role else found
        found = found[found["dataset"] == dataset] if dataset else found
        return self.df["id"].isin(found["study"])

    def in_domain(self, domain: str) -> pd.Series:
        return self.df["domains"].map(lambda own: domain in own)

    def short(self, dataset: str) -> str:
        """The name without its brackets, or what is in them; if neither is short, the name."""
        name, _, inside = self.names[dataset].rstrip(")").partition(" (")
        short = next((each for each in (name, inside) if 0 < len(each) <= LETTERS), "")
        return short or (name if len(name) <= LONGEST else f"{name[: LONGEST - 1].rstrip()}…")


def uses(df: pd.DataFrame, corpus: Corpus) -> pd.DataFrame:
    """One row a study, role and data set; access is "" where it is not coded."""
    access = {dataset.id: dataset.access or "" for dataset in corpus.datasets}
    rows = [
        (study["id"], int(study["year"]), role, id_, access[id_])
        for study in df.to_dict("records")
        for role in ROLES
        for id_ in sorted(set(study[f"{role}_data"]))
    ]
    return pd.DataFrame(rows, columns=list(COLUMNS))


def tested_too(used: pd.DataFrame, corpus: Corpus) -> pd.Series:
    """By data set, how many studies train on it and have headline results on it as well."""
    shown = {(result.study, result.dataset) for result in corpus.results}
    trained = used[used["role"] == "training"]
    pairs = zip(trained["study"], trained["dataset"], strict=True)
    both = np.fromiter((pair in shown for pair in pairs), dtype=bool)
    return trained[both].groupby("dataset").size()


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
