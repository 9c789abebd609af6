"""The only counter; pandas lives here. Studies in, tidy tables out."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

import numpy as np
import pandas as pd

from gen.analysis.statistics import wilson
from gen.corpus.cells import Missing
from gen.corpus.tables import FACETS, Study

ROLES = ("training", "evaluation")


def frame(studies: Iterable[Study]) -> pd.DataFrame:
    """One row a study.

    Columns: id, date, year, quarter ("" where only the year is known), when (decimal year),
    published (a date as `date`; "" where none is known), preprint, contribution; then the facets,
    builds_on, training_data and evaluation_data, each as a tuple of ids; train_size and
    parameters_m (NaN where missing), train_unit; then code ("stated" or missing), weights_access
    and data_access, each the value or its kind of missing.
    """
    return pd.DataFrame(
        [
            {
                "id": study.id,
                "date": study.date,
                "year": study.year,
                "quarter": study.quarter or "",
                "when": study.decimal_year,
                "published": study.published or "",
                "preprint": study.is_preprint,
                "contribution": study.contribution,
                **{facet: study.terms(facet) for facet in FACETS},
                "builds_on": study.starts_from,
                "training_data": study.train_data,
                "evaluation_data": study.eval_data,
                "train_size": study.train_size,
                "train_unit": study.train_unit,
                "parameters_m": study.parameters_m,
                "code": "stated" if study.code else state(study, "code"),
                "weights_access": state(study, "weights_access"),
                "data_access": state(study, "data_access"),
            }
            for study in studies
        ]
    )


def state(study: Study, column: str) -> str:
    """The one value of a coded column, or its kind of missing: not-coded, not-reported or n/a."""
    value: str | None = getattr(study, column)
    return value or study.missing.get(column, Missing.NOT_CODED)


def years(df: pd.DataFrame) -> list[int]:
    """Every year from the first study to the last, those without a study too."""
    return list(range(int(df["year"].min()), int(df["year"].max()) + 1)) if len(df) else []


def per_quarter(df: pd.DataFrame) -> pd.DataFrame:
    """Studies by quarter and family, zeros included. Columns: quarter, family, studies."""
    dated = df[df["quarter"] != ""].explode("family")
    if dated.empty:
        return pd.DataFrame(columns=["quarter", "family", "studies"])
    first, last = dated["quarter"].min(), dated["quarter"].max()
    quarters = [
        quarter
        for year in range(int(first[:4]), int(last[:4]) + 1)
        for quarter in (f"{year}-Q{n}" for n in range(1, 5))
        if first <= quarter <= last
    ]
    counts = (
        dated.groupby(["quarter", "family"])
        .size()
        .unstack(fill_value=0)
        .reindex(quarters, fill_value=0)
    )
    return counts.reset_index().melt("quarter", var_name="family", value_name="studies")


def term_per_year(df: pd.DataFrame, facet: str) -> pd.DataFrame:
    """Every term of a facet by year, with its share of the studies for which the facet is coded.

    Columns: term, year, studies, coded, share, low, high. The interval is Wilson's, 95%
    (Wilson 1927, doi:10.1080/01621459.1927.10502953); share, low and high are NaN for a year
    without a coded study.
    """
    long = df.explode(facet).dropna(subset=[facet])
    span = pd.Index(years(df), name="year")
    coded = df[df[facet].map(len) > 0].groupby("year").size().reindex(span, fill_value=0)
    counts = long.groupby([facet, "year"]).size().unstack(fill_value=0)
    counts = counts.reindex(columns=span, fill_value=0).rename_axis("term")
    table = counts.reset_index().melt("term", var_name="year", value_name="studies")
    table["coded"] = table["year"].map(coded)
    return with_share(table, "studies", "coded")


def with_share(table: pd.DataFrame, count: str, total: str) -> pd.DataFrame:
    """Add share, low and high (Wilson, 95%); NaN where the total is zero."""
    # In plain arrays: pandas would take most of the time, hundreds of times a build.
    studies, of = table[count].to_numpy(float), table[total].to_numpy(float)
    some = of > 0
    low, high = wilson(studies, of)
    ends = {"share": studies / np.where(some, of, 1), "low": low, "high": high}
    return table.assign(**{name: np.where(some, each, np.nan) for name, each in ends.items()})


def shares(counts: Mapping[str, int], total: int) -> dict[str, dict[str, float]]:
    """For each key its studies, coded, share, low and high; see `with_share`."""
    table = pd.DataFrame({"studies": list(counts.values()), "coded": total}, index=list(counts))
    return {str(key): row for key, row in with_share(table, "studies", "coded").T.to_dict().items()}


def data_use(df: pd.DataFrame) -> pd.DataFrame:
    """Studies that name each data set, by year and role. Columns: dataset, year, role, studies.

    Zeros are included between the first and the last year of the whole corpus.
    """
    parts = [
        df[["id", "year", f"{role}_data"]]
        .explode(f"{role}_data")
        .dropna()
        .rename(columns={f"{role}_data": "dataset"})
        .assign(role=role)
        for role in ROLES
    ]
    long = pd.concat(parts)
    full = pd.MultiIndex.from_product(
        [sorted(long["dataset"].unique()), years(df), ROLES], names=["dataset", "year", "role"]
    )
    return (
        long.groupby(["dataset", "year", "role"])
        .size()
        .reindex(full, fill_value=0)
        .rename("studies")
        .reset_index()
    )


def similar(df: pd.DataFrame, most: int = 5) -> dict[str, list[str]]:
    """For each study the ids of those whose coded terms are most alike, best first.

    Cosine of the facets' terms weighted by inverse document frequency (Spärck Jones 1972,
    doi:10.1108/eb026526); ties go to the order of `df`. A study without any likeness is left out.
    """
    parts = []
    for facet in FACETS:
        part = df[["id", facet]].explode(facet).dropna()
        parts.append(pd.DataFrame({"id": part["id"], "term": facet + "/" + part[facet]}))
    long = pd.concat(parts)
    matrix = pd.crosstab(long["id"], long["term"]).reindex(df["id"], fill_value=0)
    weights = np.log(len(df) / np.maximum(matrix.to_numpy().sum(axis=0), 1)) + 1
    vectors = matrix.to_numpy() * weights
    vectors = vectors / np.maximum(np.linalg.norm(vectors, axis=1, keepdims=True), 1e-12)
    ids = df["id"].to_numpy()
    alike: dict[str, list[str]] = {}
    for row, id_ in enumerate(ids):
        # Rounded, so that the last bits of a sum never decide an order.
        likeness = np.round(vectors @ vectors[row], 6)
        likeness[row] = -1
        order = np.argsort(-likeness, kind="stable")[:most]
        alike[id_] = [ids[n] for n in order if likeness[n] > 0]
    return alike
