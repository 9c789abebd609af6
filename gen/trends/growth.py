"""Answers how fast the field is growing."""

from __future__ import annotations

from dataclasses import replace
from typing import Final

import pandas as pd

from gen import charts
from gen.figures import MIN_STUDIES, Figure, incomplete, studies_per_quarter
from gen.statistics import Growth, growth
from gen.tables import per_quarter, years
from gen.trends.base import Absent, Answer, Context, Finding, Question

TOO_FEW = f"fewer than {MIN_STUDIES} studies are left"
SERIES: Final = {"published": "Published in a venue", "preprint": "Preprint only"}


def answer(df: pd.DataFrame, context: Context) -> Answer:
    span = years(df)
    counts = [int((df["year"] == year).sum()) for year in span]
    full = [
        (year, n) for year, n in zip(span, counts, strict=True) if year < context.incomplete_year
    ]
    fitted = growth([year for year, _ in full], [n for _, n in full])
    return Answer(
        sentence=sentence(fitted, full),
        figures=(
            quarterly(df, context),
            cumulative(df, span, context),
            by_publication(df, span, context),
        ),
        findings=(
            Finding(
                "factor",
                "Growth factor per year",
                fitted.factor if fitted else None,
                fitted.low if fitted else None,
                fitted.high if fitted else None,
                fitted.p if fitted else None,
            ),
        ),
        values={
            "model": fitted.model if fitted else "",
            "dispersion": fitted.dispersion if fitted else None,
            "first": full[0][0] if full else None,
            "last": full[-1][0] if full else None,
            "n": sum(n for _, n in full),
            "left_out": sum(counts) - sum(n for _, n in full),
        },
    )


def sentence(fitted: Growth | None, full: list[tuple[int, int]]) -> str:
    if fitted is None:
        return "Too few studies to say how fast the field grows: fewer than three full years."
    first, last = full[0][0], full[-1][0]
    interval = f"(95 % CI {fitted.low:.2f} to {fitted.high:.2f})"
    if fitted.low <= 1 <= fitted.high:
        return (
            f"From {first} to {last} the number of new studies a year changed by a factor of "
            f"{fitted.factor:.2f} a year {interval}: no clear growth."
        )
    how = "grew" if fitted.factor > 1 else "shrank"
    return (
        f"From {first} to {last} the number of new studies a year {how} by a factor of "
        f"{fitted.factor:.2f} a year {interval}."
    )


def quarterly(df: pd.DataFrame, context: Context) -> Figure | Absent:
    """The figure of the home page, here for any subset."""
    slug, anchor, title = "trends-growth-quarters", "fig-quarters", "Studies per quarter, by family"
    dated = int((df["quarter"] != "").sum()) if len(df) else 0
    if dated < MIN_STUDIES:
        return Absent(slug, anchor, title, TOO_FEW)
    family = context.corpus.taxonomy["family"]
    found = studies_per_quarter(per_quarter(df), family, context.incomplete_year, len(df) - dated)
    return replace(found, slug=slug, anchor=anchor) if found else Absent(slug, anchor, title, "")


def cumulative(df: pd.DataFrame, span: list[int], context: Context) -> Figure | Absent:
    slug, anchor, title = "trends-growth-cumulative", "fig-cumulative", "Cumulative studies"
    if len(df) < MIN_STUDIES:
        return Absent(slug, anchor, title, TOO_FEW)
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
    return Figure(
        slug=slug,
        anchor=anchor,
        title=title,
        reading=f"{rows[-1]['value']} studies had appeared by {rows[-1]['year']}, "
        f"{rows[0]['value']} by {rows[0]['year']}.",
        note=incomplete(context.incomplete_year),
        chart=charts.lines(("All studies",), ("c1",), y="Studies so far", band=False),
        columns={"year": "Year", "value": "Studies so far"},
        rows=rows,
    )


def by_publication(df: pd.DataFrame, span: list[int], context: Context) -> Figure | Absent:
    slug, anchor = "trends-growth-publication", "fig-publication"
    title = "Preprints and published studies"
    if len(df) < MIN_STUDIES:
        return Absent(slug, anchor, title, TOO_FEW)
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
    return Figure(
        slug=slug,
        anchor=anchor,
        title=title,
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
