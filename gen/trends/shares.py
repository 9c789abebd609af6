"""Shares of a facet's terms per year and their trends: what several questions have in common."""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import Any, Final

import pandas as pd

from gen.analysis.resampling import joint_trend
from gen.analysis.statistics import Trend, is_significant, logistic_trend
from gen.analysis.tables import term_per_year
from gen.figures import charts
from gen.figures.figure import (
    BARS,
    CI_COLUMNS,
    MIN_STUDIES,
    Q_COLUMN,
    Absent,
    Figure,
    Slot,
    incomplete,
)
from gen.figures.theme import MAX_LINES
from gen.text.format import CI, inside, interval, listed, percent, rounded
from gen.trends import series
from gen.trends.base import SEED, Context, Finding

MIN_CODED: Final = 10  # coded studies of a year that a reading names
MAX_NAMED: Final = 3  # terms that a reading names


@dataclass(frozen=True, slots=True)
class TermTrend:
    """The trend of one term: odds ratio per year, and q after Benjamini-Hochberg.

    It is claimed only where the facet as a whole changes too.
    """

    term: str
    label: str
    studies: int
    trend: Trend | None
    q: float | None
    facet_q: float | None  # that any term of its facet changes
    last: float  # share of the studies of the last full year that are coded for the facet, or nan

    @property
    def significant(self) -> bool:
        return is_significant(self.q) and is_significant(self.facet_q)


def per_year(df: pd.DataFrame, facet: str) -> pd.DataFrame:
    """`tables.term_per_year`, of no studies too."""
    return term_per_year(df, facet) if len(df) else pd.DataFrame(columns=["term"])


def as_a_whole(df: pd.DataFrame, facet: str, context: Context) -> float | None:
    """The q that the mix of a facet's terms changes over the full years; None where none can."""
    held = df[(df["year"] < context.incomplete_year) & (df[facet].map(len) > 0)] if len(df) else df
    terms = context.corpus.taxonomy[facet].terms
    carried = [[term in own for term in terms] for own in held[facet]] if len(held) else []
    p = joint_trend(held["year"].to_numpy(), carried, SEED) if carried else None
    (q,) = context.corrections.adjusted(f"facet {facet}", [p])
    return q


def trends(df: pd.DataFrame, table: pd.DataFrame, facet: str, context: Context) -> list[TermTrend]:
    """Every term of a facet, strongest evidence first; only full years count.

    `table`: see `per_year`.
    """
    facet_q = as_a_whole(df, facet, context)
    fitted: list[tuple[str, int, float, Trend | None]] = []
    by_term = dict(iter(table.groupby("term")))
    for term in context.corpus.taxonomy[facet].terms:
        of_term = by_term.get(term)
        studies = 0 if of_term is None else int(of_term["studies"].sum())
        if of_term is None or not studies:
            continue
        full = of_term[of_term["year"] < context.incomplete_year]
        # None for a rare term: its trend would be noise, and to test it costs the others power.
        trend = logistic_trend(full["year"], full["studies"], full["coded"])
        last = float(full["share"].iloc[-1]) if len(full) else math.nan
        fitted.append((term, studies, last, trend))
    ps = [trend.p if trend else None for *_, trend in fitted]
    qs = context.corrections.adjusted(f"terms {facet}", ps)
    terms = [
        TermTrend(term, context.label(facet, term), studies, trend, q, facet_q, last)
        for (term, studies, last, trend), q in zip(fitted, qs, strict=True)
    ]
    return sorted(terms, key=lambda t: (t.q is None, t.q or 0, -t.studies, t.term))


def table(terms: list[TermTrend], facet: str) -> list[dict[str, Any]]:
    """The rows of a page's table of trends."""
    return [
        {
            "facet": facet,
            "term": each.term,
            "label": each.label,
            "studies": each.studies,
            "ratio": each.trend.odds_ratio if each.trend else None,
            "low": each.trend.low if each.trend else None,
            "high": each.trend.high if each.trend else None,
            "p": each.trend.p if each.trend else None,
            "q": each.q,
            "significant": each.significant,
        }
        for each in terms
    ]


def findings(terms: list[TermTrend], facet: str) -> list[Finding]:
    """One finding for every term whose trend could be estimated.

    Its p is the larger of the term's and its facet's: it is claimed only where both are small.
    """
    return [
        Finding(
            f"{facet}-{each.term}",
            f"{each.label}: odds ratio per year",
            each.trend.odds_ratio,
            each.trend.low,
            each.trend.high,
            max(each.q or 0, 1 if each.facet_q is None else each.facet_q),
        )
        for each in terms
        if each.trend
    ]


def series_of(df: pd.DataFrame, facet: str, context: Context) -> list[series.Series]:
    """Which studies carry each term of a facet, of those coded for it; ids as of `findings`."""
    of = df[facet].map(len) > 0
    return [
        series.Series(f"{facet}-{term}", context.label(facet, term), own, of)
        for term in context.corpus.taxonomy[facet].terms
        for own in [df[facet].map(lambda terms, term=term: term in terms)]
    ]


def clause(terms: list[TermTrend]) -> str:
    """The significant trends as a clause: "rising: X, Y; falling: Z"."""
    rising = [t.label for t in terms if t.significant and t.trend and t.trend.odds_ratio > 1]
    falling = [t.label for t in terms if t.significant and t.trend and t.trend.odds_ratio < 1]
    parts = [f"rising: {', '.join(rising)}"] if rising else []
    parts += [f"falling: {', '.join(falling)}"] if falling else []
    return "; ".join(parts) or "no clear trend in any term"


def moved(terms: list[TermTrend]) -> str:
    """Which terms clearly became rarer or more frequent, as a title; "" for none."""
    clear = [(each.label, each.trend) for each in terms if each.significant]
    return series.became(
        [label for label, trend in clear if trend and trend.odds_ratio < 1],
        [label for label, trend in clear if trend and trend.odds_ratio > 1],
    )


def clearest(clear: list[TermTrend], on: str) -> str:
    """The clearest rise and the clearest fall of trends that are clear, as a clause.

    `on`: what joins studies to a term.
    """
    order = sorted(clear, key=lambda each: (each.q or 0, each.term))
    ways: list[str] = []
    for word, rises in (("rose", True), ("fell", False)):
        found = [each for each in order if each.trend and (each.trend.odds_ratio > 1) is rises]
        if found:
            of = "that" if ways else "the share of studies"
            when = "" if ways else " in the last full year"
            ways.append(
                f"{of} {on} {inside(found[0].label)} {word} ({percent(found[0].last)}{when})"
            )
    return listed(ways)


def then_and_now(rows: list[dict[str, Any]], terms: list[TermTrend]) -> str:
    """The shares of the terms with a clear trend, or else of the most frequent, first and last.

    In the first and the last full year with `MIN_CODED` studies; "" without two such years.
    """
    shown = {row["series"] for row in rows}
    named = [each for each in terms if each.significant and each.label in shown]
    named = named or sorted(terms, key=lambda each: (-each.studies, each.term))[:1]
    sentences = []
    for each in named[:MAX_NAMED]:
        full = [
            row
            for row in rows
            if row["series"] == each.label and not row["partial"] and row["coded"] >= MIN_CODED
        ]
        if len(full) > 1:
            first, last = (
                f"{percent(row['value'])} in {row['year']} ({row['studies']} of {row['coded']}; "
                f"{CI} {interval(row['low'], row['high'], '%')})"
                for row in (full[0], full[-1])
            )
            sentences.append(f"{each.label}: {first}, {last}.")
    return " ".join(sentences)


def small_multiples(
    table: pd.DataFrame, facet: str, terms: list[TermTrend], context: Context
) -> Figure | Absent:
    """Small multiples of the shares of a facet's most frequent terms. `table`: see `per_year`."""
    vocabulary = context.corpus.taxonomy[facet]
    slot = Slot(
        f"trends-{facet}-shares",
        f"fig-{facet}-shares",
        f"{vocabulary.plural}: share of studies per year",
    )
    coded = int(table.drop_duplicates("year")["coded"].sum()) if len(table) else 0
    if coded < MIN_STUDIES:
        return slot.absent(f"fewer than {MIN_STUDIES} studies are coded for it")
    order = list(vocabulary.terms)
    largest = sorted(terms, key=lambda t: (-t.studies, order.index(t.term)))[:MAX_LINES]
    shown = [term for term in order if term in {each.term for each in largest}]
    rows = [
        {
            "year": str(row["year"]),
            "series": context.label(facet, row["term"]),
            "studies": int(row["studies"]),
            "coded": int(row["coded"]),
            "value": rounded(row["share"]),
            "low": rounded(row["low"]),
            "high": rounded(row["high"]),
            "partial": row["year"] >= context.incomplete_year,
        }
        for row in table[table["term"].isin(shown)].to_dict("records")
    ]
    rows.sort(key=lambda row: [context.label(facet, t) for t in shown].index(row["series"]))
    left, trends_shown = len(terms) - len(shown), clause(terms)
    colours = tuple((context.label(facet, term), term) for term in shown if facet == "family")
    return slot.figure(
        finding=moved(terms) or f"{vocabulary.plural}: no share clearly changed"
        if any(each.trend for each in terms)
        else "",
        reading=f"{trends_shown[0].upper()}{trends_shown[1:]}. {then_and_now(rows, terms)}".strip(),
        note=(
            (f"The {len(shown)} most frequent of {len(terms)} terms. " if left else "")
            + f"{BARS} {incomplete(context.incomplete_year)}"
        ),
        chart=charts.small_multiples(
            tuple(context.label(facet, term) for term in shown), colours=colours
        ),
        columns={
            "series": vocabulary.label,
            **series.COLUMNS,
        },
        rows=rows,
        percent=True,
    )


def forest_plot(terms: list[TermTrend], facet: str, context: Context) -> Figure | Absent:
    """Odds ratios per year of every term that could be fitted, strongest evidence first."""
    vocabulary = context.corpus.taxonomy[facet]
    slot = Slot(
        f"trends-{facet}-odds", f"fig-{facet}-odds", f"{vocabulary.plural}: odds ratio per year"
    )
    fitted = [each for each in terms if each.trend]
    if not fitted:
        return slot.absent("no term has enough studies in enough years")
    rows = [
        {
            "label": each.label,
            "value": round(each.trend.odds_ratio, 3),
            "low": round(each.trend.low, 3),
            "high": round(each.trend.high, 3),
            "q": f"{each.q:.2g}",
            "strong": each.significant,
            "note": f"q = {each.q:.2g}, {each.studies} studies",
        }
        for each in fitted
        if each.trend
    ]
    clear = sum(each.significant for each in fitted)
    verb = "shows" if clear == 1 else "show"
    return slot.figure(
        finding=f"{clear or 'None'} of {len(fitted)} {vocabulary.plural.lower()} clearly changed",
        reading=f"{clear} of {len(fitted)} terms tested {verb} a trend after correction"
        + (f": {clause(terms)}." if clear else "."),
        note=f"Odds of carrying the term, from one year to the next; full years only. {BARS} "
        "Grey: not clear after correction.",
        chart=charts.forest_plot(x="Odds ratio per year"),
        columns={
            "label": vocabulary.label,
            "value": "Odds ratio per year",
            **CI_COLUMNS,
            **Q_COLUMN,
        },
        rows=rows,
    )
