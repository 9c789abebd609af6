"""The pages of the section Trends, in their order."""

from __future__ import annotations

from typing import Final

from gen.trends import (
    appraisal,
    challenges,
    completeness,
    gaps,
    growth,
    methods,
    scale,
    transparency,
)
from gen.trends.agreement import question as agreement
from gen.trends.base import Question
from gen.trends.data_sets import question as data_sets
from gen.trends.domains import question as domains
from gen.trends.foundations import question as foundations
from gen.trends.openness import question as openness
from gen.trends.results import question as results

QUESTIONS: Final[tuple[Question, ...]] = (
    growth.QUESTION,
    methods.QUESTION,
    data_sets.QUESTION,
    scale.QUESTION,
    domains.QUESTION,
    challenges.QUESTION,
    openness.QUESTION,
    transparency.QUESTION,
    gaps.QUESTION,
    foundations.QUESTION,
    completeness.QUESTION,
    results.QUESTION,
    appraisal.QUESTION,
    agreement.QUESTION,
)
