"""What is open, gated or closed: the columns that tell, and which studies a share is of."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, Final

import pandas as pd

from gen.figures.figure import MIN_STUDIES
from gen.trends.series import Series

TOO_FEW: Final = f"fewer than {MIN_STUDIES} studies are coded for it"

# How a sentence names a label that does not read as a part of one.
PHRASES: Final = {"Code address seen": "a known code address"}


@dataclass(frozen=True, slots=True)
class Measure:
    """A column that tells what is open; its kinds in order, the open one first."""

    column: str  # of the frame
    anchor: str
    title: str
    kinds: dict[str, str]  # value -> label
    subject: str  # what the open value says, to follow "N of M studies"


MEASURES: Final = (
    Measure("code", "code", "Code", {"stated": "Code address seen"}, "state where their code is"),
    Measure(
        "weights_access",
        "weights",
        "Weights",
        {"open": "Open weights", "gated": "Gated weights", "none": "No weights offered"},
        "have open weights",
    ),
    Measure(
        "data_access",
        "data",
        "Training data",
        {
            "public": "Public training data",
            "mixed": "Mixed training data",
            "private": "Private training data",
        },
        "trained on public data only",
    ),
)


def applicable(df: pd.DataFrame, measure: Measure) -> pd.Series:
    """Which studies a share is of: those that are coded for it; for code all but n/a.

    No study is coded as having no code, so a share of the coded ones would always be 100%.
    """
    if measure.column == "code":
        return df["code"] != "n/a"
    return df[measure.column].isin(list(measure.kinds))


def series(df: pd.DataFrame, measure: Measure) -> list[Series]:
    of = applicable(df, measure)
    return [
        Series(
            f"{measure.anchor}-{value}",
            label,
            df[measure.column] == value,
            of,
            PHRASES.get(label, ""),
        )
        for value, label in measure.kinds.items()
    ]


def states(df: pd.DataFrame, measure: Measure) -> dict[str, Any]:
    """How often each state occurs, and the share of the open one were none, or all, unseen open."""
    column = df[measure.column]
    unseen = int((~column.isin([*measure.kinds, "n/a"])).sum())
    counts = {label: int((column == value).sum()) for value, label in measure.kinds.items()}
    first = next(iter(counts.values()))
    applies = sum(counts.values()) + unseen
    return {
        "title": measure.title,
        "counts": counts,
        "unseen": unseen,
        "not_applicable": int((column == "n/a").sum()),
        "open": next(iter(measure.kinds.values())),
        "least": first / applies if applies else None,
        "most": (first + unseen) / applies if applies else None,
    }
