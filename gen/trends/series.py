"""Series of yes or no: the share of studies that say yes in each year, and its trend."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, Final

import numpy as np
import pandas as pd

from gen.analysis.statistics import Trend, is_significant, logistic_trend
from gen.analysis.tables import with_share, years
from gen.figures.figure import CI_COLUMNS
from gen.text.format import CI, inside, interval, listed, percent, rounded
from gen.trends.base import Context, Finding

MOST_NAMED: Final = 3  # series that a title names
MIN_OF_YEAR: Final = 10  # studies of a year that a reading names

COLUMNS: Final = {
    "year": "Year",
    "studies": "Studies",
    "coded": "Of",
    "value": "Share",
    **CI_COLUMNS,
}


@dataclass(frozen=True, slots=True)
class Series:
    """Which studies say yes, of those that can be asked. Both are columns of truth values."""

    id: str  # permanent: part of a finding's id
    label: str
    yes: pd.Series
    of: pd.Series
    phrase: str = ""  # how a sentence names it, where the label of a panel is too short

    @property
    def wording(self) -> str:
        return self.phrase or inside(self.label)


@dataclass(frozen=True, slots=True)
class Tested:
    """A series with its trend; None where too few studies are left to say."""

    series: Series
    trend: Trend | None
    q: float | None

    @property
    def significant(self) -> bool:
        return is_significant(self.q)


def counts(df: pd.DataFrame, series: Series) -> pd.DataFrame:
    """Every year of the frame. Columns: year, studies, coded, share, low, high."""
    span = years(df)
    place = df["year"].to_numpy() - min(span, default=0)
    yes, of = series.yes.to_numpy(bool), series.of.to_numpy(bool)
    studies, coded = (np.bincount(place[mask], minlength=len(span)) for mask in (yes & of, of))
    table = pd.DataFrame({"year": span, "studies": studies, "coded": coded})
    return with_share(table, "studies", "coded")


def rows(df: pd.DataFrame, all_series: Sequence[Series], context: Context) -> list[dict[str, Any]]:
    """The rows of a figure with a line a series: `charts.lines` or `charts.small_multiples`."""
    return [
        {
            "series": series.label,
            "year": str(row["year"]),
            "studies": int(row["studies"]),
            "coded": int(row["coded"]),
            "value": rounded(row["share"]),
            "low": rounded(row["low"]),
            "high": rounded(row["high"]),
            "partial": row["year"] >= context.incomplete_year,
        }
        for series in all_series
        for row in counts(df, series).to_dict("records")
    ]


def tested(df: pd.DataFrame, all_series: Sequence[Series], context: Context) -> list[Tested]:
    """The trend of every series over the full years, adjusted for all tests of the site."""
    tables = [counts(df, series) for series in all_series]
    full = [table[table["year"] < context.incomplete_year] for table in tables]
    trends = [logistic_trend(each["year"], each["studies"], each["coded"]) for each in full]
    family = f"series {' '.join(series.id for series in all_series)}"
    qs = context.corrections.adjusted(family, [each.p if each else None for each in trends])
    return [Tested(*each) for each in zip(all_series, trends, qs, strict=True)]


def findings(trends: Sequence[Tested]) -> tuple[Finding, ...]:
    return tuple(
        Finding(
            each.series.id,
            f"{each.series.wording[0].upper()}{each.series.wording[1:]}: odds ratio per year",
            each.trend.odds_ratio if each.trend else None,
            each.trend.low if each.trend else None,
            each.trend.high if each.trend else None,
            each.q,
        )
        for each in trends
    )


def clause(trends: Sequence[Tested]) -> str:
    """What changed, as a clause: "X grew more frequent", or that nothing clearly did."""
    changes = [
        f"{each.series.wording} grew {'more frequent' if each.trend.odds_ratio > 1 else 'rarer'}"
        for each in trends
        if each.significant and each.trend
    ]
    if changes:
        return "; ".join(changes)
    if any(each.trend for each in trends):
        return "no clear change from year to year"
    return "too few studies to say how they change"


def reading(trends: Sequence[Tested], rows: list[dict[str, Any]]) -> str:
    """What changed, and of what clearly did the share then and now. `rows`: of the figure."""
    changes = clause(trends)
    then = (then_and_now(rows, each.series.label) for each in trends if each.significant)
    return " ".join(filter(None, [f"{changes[0].upper()}{changes[1:]}.", *then]))


def then_and_now(rows: list[dict[str, Any]], label: str) -> str:
    """A share in the first and the last full year of enough studies; "" without two."""
    full = [
        row
        for row in rows
        if row["series"] == label and not row["partial"] and row["coded"] >= MIN_OF_YEAR
    ]
    if len(full) < 2:  # noqa: PLR2004 - then and now
        return ""
    first, last = (f"{share_of(row)} in {row['year']}" for row in (full[0], full[-1]))
    return f"{label}: {first}, {last}."


def share_of(row: dict[str, Any]) -> str:
    """The share of a row with its numbers and interval."""
    return (
        f"{percent(row['value'])} ({row['studies']} of {row['coded']}; "
        f"{CI} {interval(row['low'], row['high'], '%')})"
    )


def became(rarer: Sequence[str], more_frequent: Sequence[str]) -> str:
    """What became rarer and what more frequent, as a title that names a few; "" for nothing."""
    ways = []
    for word, names in (("rarer", rarer), ("more frequent", more_frequent)):
        left = len(names) - MOST_NAMED
        more = f" and {left} more" if left > 0 else ""
        shown = ", ".join(names[:MOST_NAMED]) if more else listed(names)
        if names:
            ways.append(f"{shown}{more} became {word}")
    return "; ".join(ways)


def moved(trends: Sequence[Tested]) -> str:
    """`became` of the clear trends."""
    clear = [(each.series.label, each.trend) for each in trends if each.significant]
    return became(
        [label for label, trend in clear if trend and trend.odds_ratio < 1],
        [label for label, trend in clear if trend and trend.odds_ratio > 1],
    )


def clearest(trends: Sequence[Tested]) -> str:
    """The clearest rise and the clearest fall, as a clause; or that no change can be told."""
    ways = []
    for word, rises in (("more frequent", True), ("rarer", False)):
        found = [
            (each.q, each.series.wording)
            for each in trends
            if each.significant and each.trend and (each.trend.odds_ratio > 1) is rises
        ]
        ways += [f"{min(found)[1]} became {word}"] if found else []
    if ways:
        return listed(ways)
    if any(each.trend for each in trends):
        return "no change over the years can be told"
    return "too few studies to say how that changes"


def change(each: Tested) -> str:
    """What is known of one trend: the end of a sentence."""
    if not each.trend:
        return "too few to say how it changes."
    if not each.significant:
        return "no clear change."
    return f"it became {'more frequent' if each.trend.odds_ratio > 1 else 'rarer'}."


def table(trends: Sequence[Tested]) -> list[dict[str, Any]]:
    """The rows of a page's table of trends."""
    return [
        {
            "label": each.series.label,
            "studies": int((each.series.yes & each.series.of).sum()),
            "coded": int(each.series.of.sum()),
            "ratio": each.trend.odds_ratio if each.trend else None,
            "low": each.trend.low if each.trend else None,
            "high": each.trend.high if each.trend else None,
            "q": each.q,
            "significant": each.significant,
        }
        for each in trends
    ]
