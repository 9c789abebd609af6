"""Training sizes and parameters against date, a panel a unit: units are never mixed."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Final

import numpy as np
import pandas as pd

from gen.analysis.statistics import Slope, is_significant, theil_sen
from gen.trends.base import Context

MIN_TO_FIT: Final = 8  # studies of full years; with fewer a slope's interval says nothing
# Iglewicz and Hoaglin (1993): a modified z-score beyond 3.5 marks an outlier. 0.6745 makes the
# median absolute deviation comparable to a standard deviation.
OUTLYING: Final = 3.5
MAD_TO_SD: Final = 0.6745
# Kinds of models whose numbers of parameters may be set side by side: family, words, designs. Of an
# encoder alone its own size is stated, of the others that of the whole. Studies of several designs
# do not tell.
KINDS: Final = {
    "vision-only": (
        "vision-only",
        "image encoders",
        {
            "vit-encoder",
            "cnn",
            "hierarchical-transformer",
            "hybrid-cnn-transformer",
            "state-space",
            "slide-aggregator",
        },
    ),
    "vision-only-whole": (
        "vision-only",
        "whole vision-only models",
        {
            "promptable-segmenter",
            "encoder-decoder",
            "diffusion",
            "unrolled-network",
            "graph-network",
        },
    ),
    "vision-language": (
        "vision-language",
        "multimodal language models",
        {"multimodal-llm", "agent"},
    ),
    "vision-language-encoders": (
        "vision-language",
        "image-text encoders and the like",
        {
            "dual-encoder",
            "fusion-encoder",
            "encoder-decoder",
            "text-prompted-segmenter",
            "text-conditioned-generator",
            "diffusion",
        },
    ),
}


@dataclass(frozen=True, slots=True)
class Panel:
    """What is counted in one unit: the studies that state it, and the line through them."""

    id: str
    label: str
    points: pd.DataFrame  # id, when, year, value, fit (NaN outside the fit), outlier; oldest first
    slope: Slope | None
    q: float | None = None  # None without a slope

    @property
    def counted(self) -> str:
        """The label with what the numbers are in."""
        return self.label if self.id.startswith("train-") else f"{self.label} (millions)"

    @property
    def axis(self) -> str:
        """The same without the kind of model, which a title has room for and an axis has not."""
        return self.label if self.id.startswith("train-") else "Parameters (millions)"

    @property
    def of(self) -> str:
        """What grows or shrinks, as the subject of a sentence."""
        kind, _, what = self.label.partition(" ")
        return f"{kind} sets of {what}" if self.id.startswith("train-") else what.capitalize()

    @property
    def factor(self) -> tuple[float, float, float] | None:
        """By how much a year multiplies it, with the interval."""
        s = self.slope
        return (10**s.slope, 10**s.low, 10**s.high) if s else None

    @property
    def significant(self) -> bool:
        return is_significant(self.q)


def panels(df: pd.DataFrame, context: Context) -> list[Panel]:
    """Training size by unit, the corpus' most frequent first; then parameters, by kind of model.

    Parameters of all studies have no line: kinds differ a hundredfold, and their mix changes.

    The units are those of the whole corpus, so that every subset has the same figures.
    """
    held = [study.train_unit for study in context.corpus.counted if study.train_size]
    units = sorted({unit for unit in held if unit}, key=lambda unit: (-held.count(unit), unit))
    all_panels = [
        panel(
            f"train-{unit}",
            f"Training {context.label('unit', unit).lower()}",
            df[df["train_unit"] == unit] if len(df) else df,
            "train_size",
            context,
        )
        for unit in units
    ]
    of_all = panel("parameters", "Parameters", df, "parameters_m", context)
    all_panels.append(
        replace(of_all, points=of_all.points.assign(fit=np.nan, outlier=False), slope=None)
    )
    kinds = list(map(kind_of, df["family"], df["architecture"])) if len(df) else []
    for id_, (_, what, _) in KINDS.items():
        kind = df[[each == id_ for each in kinds]] if len(df) else df
        label = f"Parameters, {what}"
        all_panels.append(panel(f"parameters-{id_}", label, kind, "parameters_m", context))
    return with_q(all_panels, context)


def kind_of(families: Sequence[str], designs: Sequence[str]) -> str:
    """Of whose size a row speaks; "" where its design does not tell."""
    for id_, (family, _, own) in KINDS.items():
        if family in families and own.issuperset(designs) and designs:
            return id_
    return ""


def with_q(all_panels: list[Panel], context: Context) -> list[Panel]:
    """The panels with q, adjusted for all tests of the site."""
    ps = [each.slope.p if each.slope else None for each in all_panels]
    qs = context.corrections.adjusted("sizes", ps)
    return [replace(each, q=q) for each, q in zip(all_panels, qs, strict=True)]


def panel(id_: str, label: str, df: pd.DataFrame, column: str, context: Context) -> Panel:
    """Fit a line to the studies that state the number, those of the incomplete year left out."""
    stated = df[df[column].notna()].sort_values(["when", "id"]) if len(df) else df
    if stated.empty:
        return Panel(id_, label, pd.DataFrame(columns=["id", "when", "value"]), None)
    points = stated[["id", "when", "year"]].assign(value=stated[column].astype(float))
    full = points[points["year"] < context.incomplete_year]
    enough = len(full) >= MIN_TO_FIT
    slope = theil_sen(full["when"], np.log10(full["value"])) if enough else None
    if slope is None:
        return Panel(id_, label, points.assign(fit=np.nan, outlier=False), None)
    line = slope.intercept + slope.slope * points["when"]
    residual = np.log10(points["value"]) - line
    fit = (10**line).where(points["year"] < context.incomplete_year)
    return Panel(id_, label, points.assign(fit=fit, outlier=outlying(residual)), slope)


def outlying(residual: pd.Series) -> pd.Series:
    """Whose distance from the line has a modified z-score beyond the limit."""
    distance = (residual - residual.median()).abs()
    spread = distance.median()
    return (distance * MAD_TO_SD > OUTLYING * spread) & (spread > 0)
