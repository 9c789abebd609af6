"""Shares of a facet's terms per year and their trends: what several questions have in common."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, Final

import pandas as pd

from gen import charts
from gen.figures import FEWEST, MOST_LINES, Figure, incomplete, rounded
from gen.format import percent
from gen.statistics import Trend, benjamini_hochberg, logistic_trend
from gen.tables import term_per_year
from gen.trends import by_year
from gen.trends.base import SIGNIFICANT, Absent, Context, Finding

ENOUGH: Final = 10  # coded studies of a year that a reading names
MOST_TOLD: Final = 3  # terms that a reading names
FEWEST_OF_TERM: Final = 5  # studies; a rarer term's trend would be noise and costs the others power


@dataclass(frozen=True, slots=True)
class TermTrend:
    """The trend of one term: odds ratio per year, and q after Benjamini-Hochberg."""

    term: str
    label: str
    studies: int
    trend: Trend | None
    q: float | None

    @property
    def claimed(self) -> bool:
        return self.q is not None and self.q < SIGNIFICANT


def per_year(df: pd.DataFrame, facet: str) -> pd.DataFrame:
    """`tables.term_per_year`, of no studies too."""
    return term_per_year(df, facet) if len(df) else pd.DataFrame(columns=["term"])


def trends(table: pd.DataFrame, facet: str, context: Context) -> list[TermTrend]:
    """Every term of a facet, strongest evidence first; only full years count.

    `table`: see `per_year`.
    """
    fitted: list[tuple[str, int, Trend | None]] = []
    by_term = dict(iter(table.groupby("term")))
    for term in context.corpus.taxonomy[facet].terms:
        own = by_term.get(term)
        studies = 0 if own is None else int(own["studies"].sum())
        if own is None or not studies:
            continue
        full = own[own["year"] < context.partial]
        trend = (
            logistic_trend(full["year"], full["studies"], full["coded"])
            if studies >= FEWEST_OF_TERM
            else None
        )
        fitted.append((term, studies, trend))
    tested = [trend.p for _, _, trend in fitted if trend]
    corrected = iter(benjamini_hochberg(tested)) if tested else iter(())
    found = [
        TermTrend(
            term,
            context.label(facet, term),
            studies,
            trend,
            float(next(corrected)) if trend else None,
        )
        for term, studies, trend in fitted
    ]
    return sorted(found, key=lambda t: (t.q is None, t.q or 0, -t.studies, t.term))


def table(found: list[TermTrend], facet: str) -> list[dict[str, Any]]:
    """The rows of a page's table of trends."""
    return [
        {
            "facet": facet,
            "term": each.term,
            "label": each.label,
            "studies": each.studies,
            "ratio": round(each.trend.odds_ratio, 3) if each.trend else None,
            "low": round(each.trend.low, 3) if each.trend else None,
            "high": round(each.trend.high, 3) if each.trend else None,
            "p": each.trend.p if each.trend else None,
            "q": each.q,
            "claimed": each.claimed,
        }
        for each in found
    ]


def findings(found: list[TermTrend], facet: str) -> list[Finding]:
    """One finding for every term whose trend could be estimated."""
    return [
        Finding(
            f"{facet}-{each.term}",
            f"{each.label}: odds ratio per year",
            each.trend.odds_ratio,
            each.trend.low,
            each.trend.high,
            each.q,
        )
        for each in found
        if each.trend
    ]


def claims(found: list[TermTrend]) -> str:
    """The claimed trends as a clause: "rising: X, Y; falling: Z"."""
    rising = [t.label for t in found if t.claimed and t.trend and t.trend.odds_ratio > 1]
    falling = [t.label for t in found if t.claimed and t.trend and t.trend.odds_ratio < 1]
    parts = [f"rising: {', '.join(rising)}"] if rising else []
    parts += [f"falling: {', '.join(falling)}"] if falling else []
    return "; ".join(parts) or "no clear trend in any term"


def then_and_now(rows: list[dict[str, Any]], found: list[TermTrend]) -> str:
    """The shares of the claimed terms, or else of the most frequent, first and last.

    In the first and the last full year with `ENOUGH` studies; "" without two such years.
    """
    shown = {row["series"] for row in rows}
    told = [each for each in found if each.claimed and each.label in shown]
    told = told or sorted(found, key=lambda each: (-each.studies, each.term))[:1]
    said = []
    for each in told[:MOST_TOLD]:
        own = [row for row in rows if row["series"] == each.label and not row["partial"]]
        own = [row for row in own if row["coded"] >= ENOUGH]
        if len(own) > 1:
            first, last = (
                f"{percent(row['value'])} in {row['year']} ({row['studies']} of {row['coded']}; "
                f"95 % CI {percent(row['low'])} to {percent(row['high'])})"
                for row in (own[0], own[-1])
            )
            said.append(f"{each.label}: {first}, {last}.")
    return " ".join(said)


def multiples(
    table: pd.DataFrame, facet: str, found: list[TermTrend], context: Context
) -> Figure | Absent:
    """Small multiples of the shares of a facet's most frequent terms. `table`: see `per_year`."""
    vocabulary = context.corpus.taxonomy[facet]
    slug, anchor = f"trends-{facet}-shares", f"fig-{facet}-shares"
    title = f"{vocabulary.plural}: share of studies per year"
    coded = int(table.drop_duplicates("year")["coded"].sum()) if len(table) else 0
    if coded < FEWEST:
        return Absent(slug, anchor, title, f"fewer than {FEWEST} studies are coded for it")
    order = list(vocabulary.terms)
    largest = sorted(found, key=lambda t: (-t.studies, order.index(t.term)))[: MOST_LINES + 1]
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
            "partial": row["year"] >= context.partial,
        }
        for row in table[table["term"].isin(shown)].to_dict("records")
    ]
    rows.sort(key=lambda row: [context.label(facet, t) for t in shown].index(row["series"]))
    left, claimed = len(found) - len(shown), claims(found)
    colours = tuple((context.label(facet, term), term) for term in shown if facet == "family")
    return Figure(
        slug=slug,
        anchor=anchor,
        title=title,
        reading=f"{claimed[0].upper()}{claimed[1:]}. {then_and_now(rows, found)}".strip(),
        note=(
            (f"The {len(shown)} most frequent of {len(found)} terms. " if left else "")
            + "Bars are 95 % Wilson intervals. "
            + incomplete(context.partial)
        ),
        chart=charts.multiples(
            tuple(context.label(facet, term) for term in shown), y="Share", colours=colours
        ),
        columns={
            "series": vocabulary.label,
            **by_year.COLUMNS,
        },
        rows=rows,
        percent=frozenset({"value", "low", "high"}),
    )


def forest(found: list[TermTrend], facet: str, context: Context) -> Figure | Absent:
    """Odds ratios per year of every term that could be fitted, strongest evidence first."""
    vocabulary = context.corpus.taxonomy[facet]
    slug, anchor = f"trends-{facet}-odds", f"fig-{facet}-odds"
    title = f"{vocabulary.plural}: odds ratio per year"
    fitted = [each for each in found if each.trend]
    if not fitted:
        return Absent(slug, anchor, title, "no term has enough studies in enough years")
    rows = [
        {
            "label": each.label,
            "value": round(each.trend.odds_ratio, 3),
            "low": round(each.trend.low, 3),
            "high": round(each.trend.high, 3),
            "q": f"{each.q:.2g}",
            "strong": each.claimed,
            "note": f"q = {each.q:.2g}, {each.studies} studies",
        }
        for each in fitted
        if each.trend
    ]
    claimed = sum(each.claimed for each in fitted)
    verb = "shows" if claimed == 1 else "show"
    return Figure(
        slug=slug,
        anchor=anchor,
        title=title,
        reading=f"{claimed} of {len(fitted)} terms tested {verb} a trend after correction"
        + (f": {claims(found)}." if claimed else "."),
        note="Odds of carrying the term, from one year to the next; full years only. Pale: not "
        f"below {SIGNIFICANT} after Benjamini-Hochberg.",
        chart=charts.forest(x="Odds ratio per year"),
        columns={
            "label": vocabulary.label,
            "value": "Odds ratio per year",
            "low": "95 % CI, low",
            "high": "95 % CI, high",
            "q": "q (Benjamini-Hochberg)",
        },
        rows=rows,
        percent=frozenset(),
    )
