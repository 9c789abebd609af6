"""Answers how fast the field is growing."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import asdict, replace
from typing import Any, Final

import pandas as pd

from gen.analysis.eligible import per_year
from gen.analysis.flow import covered
from gen.analysis.statistics import Growth, Turn, growth, is_significant, turn
from gen.analysis.tables import per_quarter, years
from gen.figures import charts
from gen.figures.by_category import studies_per_quarter
from gen.figures.figure import CI_COLUMNS, HATCHED, MIN_STUDIES, Absent, Figure, Slot
from gen.text.format import CI, counted, format_date, interval, number
from gen.trends import publication
from gen.trends.base import Answer, Context, Finding, Question

TOO_FEW = f"fewer than {MIN_STUDIES} studies are left"
MIN_QUARTERS: Final = 12  # three full years
CODED: Final = "Coded"
ELIGIBLE: Final = "Eligible, estimated"


def answer(df: pd.DataFrame, context: Context) -> Answer:
    quarters = known_quarters(df, context)
    turned, single = fitted(quarters)
    speeds = [each for each in (single, *((turned.before, turned.since) if turned else ())) if each]
    qs = context.corrections.adjusted("growth", [each.p for each in speeds])
    n = sum(quarters.values())
    covered_years = {int(quarter[:4]) for quarter in quarters}
    undated = sum((df["quarter"] == "") & df["year"].isin(covered_years)) if len(df) else 0
    return Answer(
        sentence=sentence(turned, single, qs, quarters),
        figures=(
            quarterly(df, turned, quarters, context),
            yearly(df, context),
            publication.figure(df, context),
        ),
        findings=(finding(single, qs[0] if single else None),),
        values={
            "turn": turned and asdict(turned) | {"when": _until(turned.at), "last": _end(quarters)},
            "earliest": turned and _until(turned.earliest),
            "latest": turned and _until(turned.latest),
            "single": single and asdict(single),
            "qs": qs,
            "first": min(quarters, default="")[:4],
            "last": _end(quarters),
            "n": n,
            "undated": int(undated),
            "later": len(df) - n - int(undated),
            "watched": len(publication.waits(df, publication.watched(context))),
            "published": publication.by_year(df, context),
            "windows": list(publication.WINDOWS),
        },
    )


def known_quarters(df: pd.DataFrame, context: Context) -> dict[str, int]:
    """Quarter -> studies, from the first year on, up to the last that the sources cover."""
    last = covered(context.corpus.sources, context.incomplete_year)
    counts = df["quarter"].value_counts().to_dict() if len(df) else {}
    named = (f"{year}-Q{n}" for year in years(df) for n in (1, 2, 3, 4))
    return {quarter: counts.get(quarter, 0) for quarter in named if quarter <= last}


def fitted(quarters: dict[str, int]) -> tuple[Turn | None, Growth | None]:
    """Growth with a turn, if the quarters ask for one; and with none."""
    if len(quarters) < MIN_QUARTERS:
        return None, None
    x, counts = middles(quarters), list(quarters.values())
    return turn(x, counts), growth(x, counts)


def middles(quarters: Iterable[str]) -> list[float]:
    """The middle of each quarter, as a decimal year."""
    return [int(quarter[:4]) + (int(quarter[-1]) - 0.5) / 4 for quarter in quarters]


def average(df: pd.DataFrame, context: Context) -> list[Finding]:
    """The growth on average, of any studies, as `answer` finds it; its p is not corrected."""
    quarters = known_quarters(df, context)
    if len(quarters) < MIN_QUARTERS:
        return []
    single = growth(middles(quarters), list(quarters.values()))
    return [finding(single, single.p)] if single else []


def finding(single: Growth | None, p: float | None) -> Finding:
    return Finding(
        "factor",
        "Growth factor per year, on average",
        single.factor if single else None,
        single.low if single else None,
        single.high if single else None,
        p,
    )


def sentence(
    turned: Turn | None, single: Growth | None, qs: list[float | None], quarters: dict[str, int]
) -> str:
    if turned:
        before, since = pace(turned.before, qs[1]), pace(turned.since, qs[2])
        # Two speeds are the two numbers that a sentence may hold, so that no date fits in.
        if before and since:
            return f"The number of new studies first {before}; later it {since}."
        slower = turned.since.factor < turned.before.factor
        unsure = f"it grew {'more slowly' if slower else 'faster'}, if at all"
        told = f"the number of new studies {before or 'hardly changed'}"
        if since:
            return f"Up to {_end(quarters)}, {told} at first; later it {since}."
        return f"Until {_until(turned.at)}, {told}; {_then(turned.at, quarters)}, {unsure}."
    if single is None:
        return "Too few studies to say how fast the field grows: fewer than three full years."
    told = pace(single, qs[0])
    if told:
        return f"Up to {_end(quarters)}, the number of new studies {told}."
    return f"Up to {_end(quarters)}, no change can be told in the number of new studies."


def pace(of: Growth, q: float | None) -> str:
    """How the number of new studies moved, as a verb; "" if it did not clearly."""
    if not is_significant(q):
        return ""
    if of.factor > 1:
        return f"grew {of.factor:.1f}-fold a year"
    return f"fell to {of.factor:.0%} of itself every year"


def quarterly(
    df: pd.DataFrame, turned: Turn | None, quarters: dict[str, int], context: Context
) -> Figure | Absent:
    """The figure of the home page, here for any subset, with the fit of a growth that turned."""
    slot = Slot.of("growth", "quarters", "Studies per quarter, by family")
    dated = int((df["quarter"] != "").sum()) if len(df) else 0
    if dated < MIN_STUDIES:
        return slot.absent(TOO_FEW)
    table = per_quarter(df)
    if turned:
        expected = dict(zip(quarters, turned.means, strict=True))
        table["expected"] = table["quarter"].map(expected)
    drawn = studies_per_quarter(
        table,
        context.corpus.taxonomy["family"],
        covered(context.corpus.sources, context.incomplete_year),
        len(df) - dated,
        slot,
    )
    if drawn and turned:
        drawn = replace(drawn, note=f"{drawn.note} Line: the fit of growth that changed its speed.")
    return drawn or slot.absent(TOO_FEW)


def yearly(df: pd.DataFrame, context: Context) -> Figure | Absent:
    """Studies a year, within all records that are eligible where those are all studies."""
    slot = Slot.of("growth", "cumulative", "Eligible records per year")
    if len(df) < MIN_STUDIES:
        return slot.absent(TOO_FEW)
    corpus = context.corpus
    whole = len(df) == len(corpus.counted)
    eligible = per_year(corpus) if whole else {}
    last = covered(corpus.sources, context.incomplete_year)
    rows: list[dict[str, Any]] = []
    for year in years(df):
        estimate = eligible[year][1] if year in eligible else None
        rows.append(
            {
                "year": str(year),
                "studies": int((df["year"] == year).sum()),
                "value": estimate and estimate.value,
                "low": estimate and estimate.low,
                "high": estimate and estimate.high,
                "partial": f"{year}-Q4" > last,
            }
        )
    full = [row for row in rows if not row["partial"]]
    pale = [row["year"] for row in rows if row["partial"]]
    waiting = sum(included for included, _ in eligible.values()) - len(df) if whole else 0
    note = "By first public appearance."
    if pale:
        note += (
            f" {HATCHED}: {pale[0]} and later, of which records are missing, as some of the lists "
            "that they came from had ended."
        )
    if whole:
        note += (
            " The points add the records that screening deferred: of these a random sample was "
            f"judged, and their intervals are those of the sample ({CI})."
        )
    if waiting > 0:
        note += f" They also add {counted(waiting, 'included record')} not coded yet."
    return Slot(slot.slug, slot.anchor, _title(full) or slot.title).figure(
        reading=_reading(full, rows),
        note=note,
        chart=charts.counts_and_estimate(CODED, ELIGIBLE),
        columns={"year": "Year", "studies": CODED, "value": ELIGIBLE, **CI_COLUMNS},
        rows=rows,
    )


def _title(full: list[dict[str, Any]]) -> str:
    """From the estimates of the last two years that are covered; "" without them."""
    two = [row for row in full if row["value"]][-2:]
    if len(two) < 2:  # noqa: PLR2004 - from and to
        return ""
    before, after = two
    return (
        f"Eligible records: about {number(before['value'])} in {before['year']}, "
        f"{number(after['value'])} in {after['year']}"
    )


def _reading(full: list[dict[str, Any]], rows: list[dict[str, Any]]) -> str:
    row = (full or rows)[-1]
    said = f"Of {row['year']}, {counted(row['studies'], 'record')} coded"
    if row["value"] is None:
        return f"{said}."
    ends = interval(row["low"], row["high"], ".0f")
    return f"{said}; about {number(row['value'])} eligible ({CI} {ends})."


def _until(turn: float) -> str:
    """The month that ends the quarter before a turn: June 2023 for 2023.5."""
    months = round(turn * 12) - 1
    return format_date(f"{months // 12}-{months % 12 + 1:02}")


def _end(quarters: dict[str, int]) -> str:
    """The month that ends the last quarter."""
    last = max(quarters, default="")
    return _until(int(last[:4]) + int(last[-1]) / 4) if last else ""


def _then(turn: float, quarters: dict[str, int]) -> str:
    """From a turn to the last quarter, without one more number where the next year holds it."""
    month, year = _end(quarters).split()
    before = int(_until(turn).split()[1])
    if int(year) != before + 1:
        return "later, as far as the lists reach"
    return f"from then to {month} of the next year"


QUESTION: Final = Question(
    slug="growth",
    title="Growth",
    ask="How fast is the field growing?",
    answer=answer,
    primary={"factor": "Does the number of new studies grow?"},
)
