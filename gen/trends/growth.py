"""Answers how fast the field is growing."""

from __future__ import annotations

from typing import Final

import pandas as pd

from gen.analysis.flow import covered
from gen.analysis.statistics import Growth, growth
from gen.analysis.tables import per_quarter, years
from gen.figures import charts
from gen.figures.by_category import studies_per_quarter
from gen.figures.figure import MIN_STUDIES, Absent, Figure, Slot, incomplete
from gen.text.format import CI, interval
from gen.trends.base import Answer, Context, Finding, Question

TOO_FEW = f"fewer than {MIN_STUDIES} studies are left"
SERIES: Final = {"published": "Published in a venue", "preprint": "Preprint only"}


def answer(df: pd.DataFrame, context: Context) -> Answer:
    span = years(df)
    full = full_years(df, context)
    trend = fitted(df, context)
    return Answer(
        sentence=sentence(trend, full),
        figures=(
            quarterly(df, context),
            cumulative(df, span, context),
            by_publication(df, span, context),
        ),
        findings=(
            Finding(
                "factor",
                "Growth factor per year",
                trend.factor if trend else None,
                trend.low if trend else None,
                trend.high if trend else None,
                trend.p if trend else None,
            ),
        ),
        values={
            "model": trend.model if trend else "",
            "dispersion": trend.dispersion if trend else None,
            "first": full[0][0] if full else None,
            "last": full[-1][0] if full else None,
            "n": sum(n for _, n in full),
            "left_out": len(df) - sum(n for _, n in full),
        },
    )


def full_years(df: pd.DataFrame, context: Context) -> list[tuple[int, int]]:
    """(year, studies) of every year but the incomplete one."""
    full = (year for year in years(df) if year < context.incomplete_year)
    return [(year, int((df["year"] == year).sum())) for year in full]


def fitted(df: pd.DataFrame, context: Context) -> Growth | None:
    full = full_years(df, context)
    return growth([year for year, _ in full], [n for _, n in full])


def sentence(trend: Growth | None, full: list[tuple[int, int]]) -> str:
    if trend is None:
        return "Too few studies to say how fast the field grows: fewer than three full years."
    first, last = full[0][0], full[-1][0]
    ends = f"({CI} {interval(trend.low, trend.high)})"
    if trend.low <= 1 <= trend.high:
        return (
            f"From {first} to {last} the number of new studies a year changed by a factor of "
            f"{trend.factor:.2f} a year {ends}: no clear growth."
        )
    how = "grew" if trend.factor > 1 else "shrank"
    return (
        f"From {first} to {last} the number of new studies a year {how} by a factor of "
        f"{trend.factor:.2f} a year {ends}."
    )


def quarterly(df: pd.DataFrame, context: Context) -> Figure | Absent:
    """The figure of the home page, here for any subset."""
    slot = Slot.of("growth", "quarters", "Studies per quarter, by family")
    dated = int((df["quarter"] != "").sum()) if len(df) else 0
    if dated < MIN_STUDIES:
        return slot.absent(TOO_FEW)
    family = context.corpus.taxonomy["family"]
    drawn = studies_per_quarter(
        per_quarter(df),
        family,
        covered(context.corpus.sources, context.incomplete_year),
        len(df) - dated,
        slot,
    )
    return drawn or slot.absent(TOO_FEW)


def cumulative(df: pd.DataFrame, span: list[int], context: Context) -> Figure | Absent:
    slot = Slot.of("growth", "cumulative", "Cumulative studies")
    if len(df) < MIN_STUDIES:
        return slot.absent(TOO_FEW)
    rows = [
        {
            "year": str(year),
            "series": "All studies",
            "value": int((df["year"] <= year).sum()),
            "low": None,
            "high": None,
            "partial": year >= context.incomplete_year,
        }
        for year in span
    ]
    return slot.figure(
        reading=f"{rows[-1]['value']} studies had appeared by {rows[-1]['year']}, "
        f"{rows[0]['value']} by {rows[0]['year']}.",
        note=incomplete(context.incomplete_year),
        chart=charts.lines(("All studies",), ("c1",), y="Studies so far", band=False),
        columns={"year": "Year", "value": "Studies so far"},
        rows=rows,
    )


def by_publication(df: pd.DataFrame, span: list[int], context: Context) -> Figure | Absent:
    slot = Slot.of("growth", "publication", "Preprints and published studies")
    if len(df) < MIN_STUDIES:
        return slot.absent(TOO_FEW)
    rows = [
        {
            "year": str(year),
            "series": label,
            "studies": int(((df["year"] == year) & (df["preprint"] == (kind == "preprint"))).sum()),
        }
        for year in span
        for kind, label in SERIES.items()
    ]
    preprints = int(df["preprint"].sum())
    return slot.figure(
        reading=f"{len(df) - preprints} of {len(df)} studies are known to be published in a venue; "
        f"{preprints} are known as preprints only.",
        note=f"By first appearance, preprint or not. {incomplete(context.incomplete_year)}",
        chart=charts.stacks(tuple(SERIES.values()), ("c1", "c3")),
        columns={"year": "Year", "series": "Kind", "studies": "Studies"},
        rows=rows,
    )


QUESTION: Final = Question(
    slug="growth",
    title="Growth",
    ask="How fast is the field growing?",
    answer=answer,
)
