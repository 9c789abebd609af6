"""How much of the field rests on each root model, and whether that changes."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from typing import Any

import pandas as pd

from gen.analysis.statistics import Share, Trend, is_significant, logistic_trend
from gen.analysis.tables import years
from gen.figures import charts
from gen.figures.figure import MIN_STUDIES, Absent, Figure, Slot, incomplete
from gen.figures.theme import MAX_LINES
from gen.text.format import CI, counted, rounded
from gen.trends import series
from gen.trends.base import Context, Finding


@dataclass(frozen=True, slots=True)
class Root:
    """A root model: how much of the field rests on it, and the trend of that share."""

    id: str
    studies: int
    direct: int
    trend: Trend | None
    q: float | None


@dataclass(frozen=True, slots=True)
class StudiesByYear:
    """By year, the studies for which it is coded what they build on."""

    span: list[int]
    totals: list[int]
    year: dict[str, int]  # study -> its year

    @classmethod
    def of(cls, df: pd.DataFrame) -> StudiesByYear:
        if df.empty:
            return cls([], [], {})
        year = {
            str(id_): int(when)
            for id_, when, bases in zip(df["id"], df["year"], df["builds_on"], strict=True)
            if bases
        }
        counts = Counter(year.values())
        return cls(years(df), [counts[when] for when in years(df)], year)

    def per_year(self, studies: list[str]) -> list[int]:
        """How many of the studies fall into each year; only coded studies count."""
        counts = Counter(self.year[id_] for id_ in studies if id_ in self.year)
        return [counts[when] for when in self.span]


def roots(df: pd.DataFrame, by_root: dict[str, list[str]], context: Context) -> list[Root]:
    """Every root model, most studies first; trends over full years only."""
    if not by_root:
        return []
    direct = Counter(base for bases in df["builds_on"] for base in bases)
    coded = StudiesByYear.of(df[df["year"] < context.incomplete_year])
    fitted = {
        root: logistic_trend(coded.span, coded.per_year(studies), coded.totals)
        for root, studies in by_root.items()
    }
    ps = [trend.p if trend else None for trend in fitted.values()]
    q = dict(zip(fitted, context.corrections.adjusted("roots", ps), strict=True))
    return [
        Root(root, len(studies), direct[root], fitted[root], q[root])
        for root, studies in by_root.items()
    ]


def series_of(
    df: pd.DataFrame, by_root: dict[str, list[str]], context: Context
) -> list[series.Series]:
    """Which studies rest on each root model, of those coded for it; ids as of `finding`."""
    coded, named = df["builds_on"].map(len) > 0, context.corpus.labels
    return [
        series.Series(f"root-{root}", named[root], df["id"].isin(studies) & coded, coded)
        for root, studies in by_root.items()
    ]


def shares(span: list[int], studies: list[int], coded: list[int]) -> list[dict[str, Any]]:
    """A row a year; share and interval are None for a year without a coded study."""
    parts = map(Share.of, studies, coded)
    return [
        {
            "year": str(year),
            "studies": share.some,
            "coded": share.total,
            "value": rounded(share.value),
            "low": rounded(share.low),
            "high": rounded(share.high),
        }
        for year, share in zip(span, parts, strict=True)
    ]


def figure(df: pd.DataFrame, by_root: dict[str, list[str]], context: Context) -> Figure | Absent:
    """Small multiples: the share of the field that rests on each of the largest root models."""
    slot = Slot.of("foundations", "roots", "Share of the field that rests on each root model")
    large = [root for root, studies in by_root.items() if len(studies) >= MIN_STUDIES]
    if not large:
        return slot.absent(f"on no model do {MIN_STUDIES} studies rest")
    named = context.corpus.labels
    shown = large[:MAX_LINES]
    coded = StudiesByYear.of(df)
    rows: list[dict[str, Any]] = [
        {"series": named[root], "partial": int(each["year"]) >= context.incomplete_year} | each
        for root in shown
        for each in shares(coded.span, coded.per_year(by_root[root]), coded.totals)
    ]
    return slot.figure(
        finding=f"{named[shown[0]]} carries the most studies, "
        f"{len(by_root[shown[0]])} of {sum(coded.totals)}",
        reading=f"{named[shown[0]]} carries {counted(len(by_root[shown[0]]), 'study')}, directly "
        "or through others"
        + (f", {named[shown[1]]} {len(by_root[shown[1]])}." if len(shown) > 1 else "."),
        note=(
            f"The {len(shown)} root models with the most studies, of {len(by_root)}; a study may "
            "rest on several. Of the studies of each year for which what they build on is coded; "
            f"bars: {CI}. {incomplete(context.incomplete_year)}"
        ),
        chart=charts.small_multiples(tuple(named[root] for root in shown)),
        columns={
            "series": "Root model",
            **series.COLUMNS,
        },
        rows=rows,
        percent=True,
    )


def row(root: Root, coded: int) -> dict[str, Any]:
    """What the page's table shows of it."""
    trend = root.trend
    return {
        "id": root.id,
        "studies": root.studies,
        "direct": root.direct,
        "share": root.studies / coded if coded else 0.0,
        "ratio": trend.odds_ratio if trend else None,
        "low": trend.low if trend else None,
        "high": trend.high if trend else None,
        "q": root.q,
        "significant": is_significant(root.q),
    }


def finding(root: Root, trend: Trend, context: Context) -> Finding:
    return Finding(
        f"root-{root.id}",
        f"Share resting on {context.corpus.labels[root.id]}: odds ratio per year",
        trend.odds_ratio,
        trend.low,
        trend.high,
        root.q,
    )
