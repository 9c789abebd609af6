"""The real corpus for tests that count it anew, and what the site says of it."""

from __future__ import annotations

import pandas as pd

from gen.analysis import tables
from gen.trends import compute
from gen.trends.base import Answer, Context, Question
from tests.real import DATA, corpus


def included() -> pd.DataFrame:
    """The lines of studies.csv of which trends speak, all cells as text, found without `gen`."""
    studies, records = (
        pd.read_csv(DATA / f"{name}.csv", dtype=str, keep_default_na=False)
        for name in ("studies", "records")
    )
    drawn = set(records.loc[records["draw"] != "", "id"])
    kept = ~studies["record_id"].isin(drawn) & ~studies["status"].isin(["retracted", "withdrawn"])
    return studies[kept].assign(year=studies["date"].str[:4].astype(int))


def asked(question: Question) -> Answer:
    """The answer as the site gives it, corrected for all of its tests."""
    df = tables.frame(corpus().counted)
    context = compute.corrected(df, Context(corpus(), corpus().release.searched.year))
    return question.answer(df, context)
