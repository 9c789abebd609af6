"""How soon medical studies take up general base models."""

from __future__ import annotations

from statistics import median
from typing import Any, Final

import pandas as pd

from gen.corpus.tables import Foundation
from gen.trends.base import Context

MIN_USES: Final = 5  # dated studies, for a median to say something
NOT_IMAGES: Final = "language"  # the kind of base model that reads no images


def lags(df: pd.DataFrame, context: Context) -> list[dict[str, Any]]:
    """A line a base model: months from its paper to the first and to the median study.

    Of those that read images and have an arXiv number, which tells the month. A study uses one if
    it takes its weights or tests it as it is. Studies known to the year alone are left out.
    """
    counted = set(df["id"]) if len(df) else set()
    corpus = context.corpus
    studies = [each for each in corpus.studies if each.id in counted and each.quarter]
    rows = []
    for base in corpus.base_models:
        if base.kind == NOT_IMAGES or not base.arxiv:
            continue
        start = appeared(base)
        uses = sorted(
            (each.date, each.id, months(int(each.date[:4]), int(each.date[5:7])) - start)
            for each in studies
            if base.id in {*each.weights_from, *each.tests}
        )
        if len(uses) >= MIN_USES:
            _, first, lag = uses[0]
            rows.append(
                {
                    "id": base.id,
                    "name": base.name,
                    "appeared": f"{start // 12}-{start % 12 + 1:02}",
                    "first": lag,
                    "first_name": corpus.labels[first],
                    "first_path": f"studies/{first}.md",
                    "median": median(lag for _, _, lag in uses),
                    "studies": len(uses),
                }
            )
    return sorted(rows, key=lambda row: (row["appeared"], row["id"]))


def appeared(base: Foundation) -> int:
    """The month of its arXiv number, in months since the year 0."""
    number = base.arxiv or ""
    return months(2000 + int(number[:2]), int(number[2:4]))


def months(year: int, month: int) -> int:
    return 12 * year + month - 1
