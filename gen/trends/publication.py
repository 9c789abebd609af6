"""How long studies wait from their first appearance to their publication.

Many a date is known to the year only, so that a wait lies between two bounds; the share published
by an age then does too. What is exact is whether a study was published by the end of the next year.
"""

from __future__ import annotations

from typing import Any, Final

import pandas as pd

from gen.analysis.statistics import Share, happened_by
from gen.analysis.tables import years
from gen.figures import charts
from gen.figures.figure import MIN_STUDIES, Absent, Figure, Slot
from gen.text.format import CI, counted, format_date, interval, percent, rounded
from gen.trends.base import Context

SLOT: Final = Slot.of("growth", "publication", "Time from first appearance to publication")
WINDOWS: Final = (12, 18)  # months
NAMED: Final = (12, 18, 24)  # months of which the reading speaks
SHOWN: Final = range(0, 37, 3)
MIN_OF_YEAR: Final = 10  # studies of a year that the reading names


def figure(df: pd.DataFrame, context: Context) -> Figure | Absent:
    """The share published by each age, after Kaplan and Meier."""
    last = watched(context)
    known = waits(df, last)
    if len(known) < MIN_STUDIES:
        return SLOT.absent(f"fewer than {MIN_STUDIES} studies are left")
    if known["published"].all():
        return SLOT.absent("none is left that was not published")
    curves = [happened_by(known[name], known["published"], SHOWN) for name in ("least", "most")]
    rows = [
        {
            "x": month,
            "least": rounded(min(curve.share[n] for curve in curves)),
            "most": rounded(max(curve.share[n] for curve in curves)),
            "low": rounded(min(curve.low[n] for curve in curves)),
            "high": rounded(max(curve.high[n] for curve in curves)),
        }
        for n, month in enumerate(SHOWN)
    ]
    by_month = {row["x"]: _between(row["least"] or 0, row["most"] or 0) for row in rows}
    vague = int((known["published"] & (known["most"] > known["least"])).sum())
    *_, shortest = WINDOWS
    return Slot(
        SLOT.slug, SLOT.anchor, f"{by_month[shortest]} of studies are published within 18 months"
    ).figure(
        reading=f"Of {counted(len(known), 'study')}, "
        f"{', '.join(f'{by_month[month]} within {month} months' for month in NAMED)}."
        f"{_by_next_year(df, context)}",
        note=f"Months from first appearance to publication; what is not published was watched "
        f"until {format_date(_date(last))}. Dark: between the curves of the earliest and of the "
        f"latest possible dates, as for {vague} of {int(known['published'].sum())} published "
        f"studies a date is known to the year only, of others to the month. Pale: with the {CI}."
        f"{_left_out(len(df) - len(known))}",
        chart=charts.bounds(
            x="Months since first appearance", y="Published", ticks=tuple(range(0, 37, 6))
        ),
        columns={
            "x": "Months",
            "least": "Lower curve",
            "most": "Higher curve",
            "low": f"{CI}, low",
            "high": f"{CI}, high",
        },
        rows=rows,
        percent=True,
    )


def by_year(df: pd.DataFrame, context: Context) -> list[dict[str, Any]]:
    """For each year old enough: how many were published by the end of the next, or so soon.

    `windows` has the least and the most of each of WINDOWS, in months.
    """
    last = watched(context)
    known = waits(df, last)
    rows = []
    for year in years(known):
        of = known[known["year"] == year]
        if not len(of) or year + 1 >= context.incomplete_year or _ends(year) + max(WINDOWS) > last:
            continue
        done = of[of["published"]]
        share = Share.of(int((done["in"] <= year + 1).sum()), len(of))
        rows.append(
            {
                "year": year,
                "studies": len(of),
                "by": share.some,
                "value": share.value,
                "low": share.low,
                "high": share.high,
                "windows": [
                    [int((done[name] <= months).sum()) for name in ("most", "least")]
                    for months in WINDOWS
                ],
            }
        )
    return rows


def waits(df: pd.DataFrame, last: int) -> pd.DataFrame:
    """Every study of which it is known whether and when it was published.

    Columns: year; least and most, the months that it waited or was watched until `last`;
    published; in (the year of it, 0 where not published). Months are counted from month to month.
    """
    names = ["year", "least", "most", "published", "in"]
    rows = []
    columns = df.reindex(columns=["date", "published", "preprint"])
    for date, published, preprint in columns.itertuples(index=False, name=None):
        first, latest = _months(date)
        year = int(date[:4])
        if published:
            start, end = _months(published)
            bounds = max(start - latest, 0), max(min(end, max(last, start)) - first, 0)
            rows.append((year, *bounds, True, int(published[:4])))
        elif preprint:
            watched_for = max(last - (first + latest) // 2, 0)
            rows.append((year, watched_for, watched_for, False, 0))
    return pd.DataFrame(rows, columns=names).astype({"published": bool})


def watched(context: Context) -> int:
    """The month until which it would be known that a study was published.

    That of the newest source that was read, which may be older than the day on which it was.
    """
    release = context.corpus.release
    newest = max((each.newest for each in release.searches if each.newest), default=None)
    day = min(newest or release.searched, release.searched)
    return day.year * 12 + day.month - 1


def _months(date: str) -> tuple[int, int]:
    """The first and the last month that a date may mean, counted from the year 0."""
    year, month = int(date[:4]), date[5:7]
    first, last = (int(month) - 1,) * 2 if month else (0, 11)
    return year * 12 + first, year * 12 + last


def _ends(year: int) -> int:
    return year * 12 + 11


def _date(month: int) -> str:
    return f"{month // 12}-{month % 12 + 1:02}"


def _between(least: float, most: float) -> str:
    low, high = percent(least), percent(most)
    return low if low == high else f"{low} to {high}"


def _left_out(n: int) -> str:
    return f" {n} in a venue without a date are left out." if n else ""


def _by_next_year(df: pd.DataFrame, context: Context) -> str:
    """Of the last years old enough, the share published by the end of the next."""
    large = [row for row in by_year(df, context) if row["studies"] >= MIN_OF_YEAR][-2:]
    told = [
        f"{percent(row['value'])} of those of {row['year']} ({row['by']} of {row['studies']}; "
        f"{CI} {interval(row['low'], row['high'], '%')})"
        for row in large
    ]
    return f" By the end of the next year: {', '.join(told)}." if told else ""
