"""The pages of the section Trends, in their order."""

from __future__ import annotations

from typing import Final

from gen.trends import (
    agreement,
    completeness,
    data_sets,
    domains,
    foundations,
    gaps,
    growth,
    methods,
    openness,
    results,
    scale,
)
from gen.trends.base import Question

QUESTIONS: Final[tuple[Question, ...]] = (
    growth.QUESTION,
    methods.QUESTION,
    data_sets.QUESTION,
    scale.QUESTION,
    domains.QUESTION,
    openness.QUESTION,
    gaps.QUESTION,
    foundations.QUESTION,
    completeness.QUESTION,
    results.QUESTION,
    agreement.QUESTION,
)
