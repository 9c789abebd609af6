"""Answers how the challenges that studies address, and their strategies, change."""

from __future__ import annotations

from typing import Final

import pandas as pd

from gen.trends.base import Answer, Context, Question
from gen.trends.methods import answer_of

FACETS: Final = ("challenges", "strategies")


def answer(df: pd.DataFrame, context: Context) -> Answer:
    return answer_of(FACETS, df, context, "on")


QUESTION: Final = Question(
    slug="challenges",
    title="Challenges and strategies",
    ask="Which challenges do studies say they address, by which strategies, and does that change?",
    answer=answer,
)
