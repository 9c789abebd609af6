"""The question of how domains, modalities and tasks change, and whether the field broadens."""

from __future__ import annotations

import math
from dataclasses import replace
from typing import Any, Final

import pandas as pd

from gen.figures import charts
from gen.figures.figure import CI_COLUMNS, Absent, Figure, Slot, incomplete
from gen.text.format import CI, interval
from gen.trends import series, shares
from gen.trends.base import Answer, Context, Finding, Question
from gen.trends.domains import changes, lag
from gen.trends.domains.diversity import (
    MIN_OF_YEAR,
    MIN_YEARS,
    PERMUTATIONS,
    Broadening,
    YearDiversity,
    broadening,
    diversity,
    without_first,
)
from gen.trends.methods import answer_of

FACETS: Final = ("domains", "modalities", "tasks")
SERIES: Final = {"corrected": "Corrected for few studies", "counted": "As counted"}
TOO_FEW: Final = "no year has enough studies coded for a domain"


def answer(df: pd.DataFrame, context: Context) -> Answer:
    terms = answer_of(FACETS, df, context, "on")
    yearly = diversity(df, "domains")
    trend, later = trends(df, yearly, context)
    broadens = reading(trend, later, yearly)
    of_domains = shares.trends(df, shares.per_year(df, "domains"), "domains", context)
    changed = changes.change(df, of_domains, context)
    within, beside = changes.within(df, context), changes.beside(df, context)
    return replace(
        terms,
        sentence=changes.sentence(changed),
        figures=(
            changes.figure(changed, context),
            # The odds ratios stand in the tables.
            *(each for each in terms.figures if not each.anchor.endswith("-odds")),
            figure(yearly, broadens, context),
        ),
        findings=(
            finding(trend),
            *terms.findings,
            *series.findings([each for _, tested in within for each in tested]),
        ),
        values={
            **(terms.values or {}),
            "within": [changes.within_row(*each, df, context) for each in within],
            "beside": f"{beside.series.label} in studies of other domains than the chest: "
            + series.change(beside)
            if beside
            else "",
            "asked": [label for label, _, _ in changes.WITHIN.values()],
            "since": context.incomplete_year - changes.RECENT,
            "fewest_within": changes.MIN_OF_DOMAIN,
            "lags": lag.lags(df, context),
            "fewest_uses": lag.MIN_USES,
            "diversity": [row(each, context) for each in yearly],
            "fewest": MIN_OF_YEAR,
            "permutations": PERMUTATIONS,
            "trend": {"studies": trend.studies, "years": list(trend.years), "p": trend.p}
            if trend
            else None,
        },
    )


def trends(
    df: pd.DataFrame, yearly: list[YearDiversity], context: Context
) -> tuple[Broadening | None, Broadening | None]:
    """The trend of diversity with and without its first year, each p corrected for all tests."""
    found = broadening(df, "domains", yearly, context.incomplete_year)
    later = without_first(df, "domains", yearly, found, context.incomplete_year) if found else None
    ps = [each.p if each else None for each in (found, later)]
    first, second = context.corrections.adjusted("diversity", ps)
    return (
        replace(found, p=first) if found and first is not None else None,
        replace(later, p=second) if later and second is not None else None,
    )


def reading(trend: Broadening | None, later: Broadening | None, yearly: list[YearDiversity]) -> str:
    """Whether the field broadens, saying no more than the numbers do."""
    if trend is None:
        return (
            f"Whether the field is broadening cannot be said: fewer than {MIN_YEARS} full years "
            f"have {MIN_OF_YEAR} studies coded for a domain, or no study differs from another."
        )
    of = {each.year: each for each in yearly}
    first, last = of[trend.years[0]], of[trend.years[-1]]
    size = (
        f"the effective number of domains, corrected for few studies, was "
        f"{math.exp(first.estimate):.1f} in {first.year} ({first.studies} studies) and "
        f"{math.exp(last.estimate):.1f} in {last.year} ({last.studies} studies), {change(trend)}"
    )
    if not trend.significant:
        return f"There is no clear broadening or narrowing of the field: {size}."
    word = "broadening" if trend.factor > 1 else "narrowing"
    if later and not (later.significant and (later.factor > 1) == (trend.factor > 1)):
        return (
            f"Whether the field is {word} hangs on {first.year}: {size}; without that year there "
            f"is no clear trend, {change(later)}."
        )
    also = ", and so it is without that first year" if later else ""
    return f"The field is {word}: {size}{also}."


def change(trend: Broadening) -> str:
    return (
        f"a factor of {trend.factor:.2f} a year ({CI} {interval(trend.low, trend.high)}; "
        f"q = {trend.p:.2g})"
    )


def row(each: YearDiversity, context: Context) -> dict[str, Any]:
    """A year of the page's table."""
    return {
        "year": str(each.year),
        "partial": each.year >= context.incomplete_year,
        "studies": each.studies,
        "terms": each.terms,
        "shannon": each.shannon,
        "shannon_corrected": each.bias_corrected,
        "shannon_low": each.low,
        "shannon_high": each.high,
        "counted": _effective(each.shannon),
        "corrected": _effective(each.bias_corrected),
        "low": _effective(each.low),
        "high": _effective(each.high),
    }


def figure(yearly: list[YearDiversity], broadens: str, context: Context) -> Figure | Absent:
    slot = Slot.of("domains", "diversity", "Effective number of domains per year")
    if all(each.shannon is None for each in yearly):
        return slot.absent(TOO_FEW)
    rows: list[dict[str, Any]] = []
    for kind, label in SERIES.items():
        for year in (row(each, context) for each in yearly):
            corrected = kind == "corrected"
            rows.append(
                {
                    "series": label,
                    "year": year["year"],
                    "studies": year["studies"],
                    "value": year[kind],
                    "low": year["low"] if corrected else None,
                    "high": year["high"] if corrected else None,
                    "partial": year["partial"],
                }
            )
    return slot.figure(
        reading=broadens,
        note="The number of equally frequent domains that would be as diverse. A year "
        "with few studies looks narrower than it was: compare the corrected values. Bars are their "
        f"{CI}, too narrow still for fewer than 30 studies. " + incomplete(context.incomplete_year),
        chart=charts.lines(tuple(SERIES.values()), ("c1", "c2"), y="Effective number"),
        columns={
            "series": "Estimate",
            "year": "Year",
            "studies": "Studies coded",
            "value": "Effective number",
            **CI_COLUMNS,
        },
        rows=rows,
    )


def finding(trend: Broadening | None) -> Finding:
    return Finding(
        "diversity",
        "Effective number of domains: factor per year",
        trend.factor if trend else None,
        trend.low if trend else None,
        trend.high if trend else None,
        trend.p if trend else None,
    )


def _effective(entropy: float | None) -> float | None:
    """The effective number that belongs to an entropy."""
    return None if entropy is None else round(math.exp(entropy), 2)


QUESTION: Final = Question(
    slug="domains",
    title="Application domains",
    ask="How do application domains, modalities and tasks change, and is the field broadening?",
    answer=answer,
    primary={"domains-chest": "Does the share of the largest domain, the chest, change?"},
)
