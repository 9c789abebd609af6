"""What is behind the changing share of a domain, and what changes within each domain."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, Final

import pandas as pd

from gen.analysis.flow import covered
from gen.figures import charts
from gen.figures.figure import Absent, Figure, Slot, incomplete
from gen.text.format import counted, inside, percent
from gen.trends import series
from gen.trends.base import Context
from gen.trends.series import Series, Tested
from gen.trends.shares import MIN_CODED, TermTrend

MIN_OF_DOMAIN: Final = 20  # studies, for what changes within a domain to be tested
MIN_OF_CELL: Final = 5  # studies, for a share to be shown
RECENT: Final = 2  # full years that are set against all before
OTHERS: Final = "All other domains"
# What is asked within a domain: a facet and terms of it, one of which a study carries.
WITHIN: Final[dict[str, tuple[str, str, frozenset[str]]]] = {
    "vision-language": ("Vision-language", "family", frozenset({"vision-language"})),
    "segmentation": ("Segmentation", "tasks", frozenset({"segmentation"})),
    "words": (
        "Reports or answers",
        "tasks",
        frozenset({"report-generation", "visual-question-answering"}),
    ),
}


@dataclass(frozen=True, slots=True)
class Count:
    """A year: the studies of a domain, and those coded for others alone."""

    year: int
    own: int
    others: int

    @property
    def share(self) -> float:
        return self.own / (self.own + self.others)


@dataclass(frozen=True, slots=True)
class Change:
    """How the studies of a domain and those of all others change in number."""

    label: str
    counts: tuple[Count, ...]  # every year
    first: Count | None  # of the full years with enough studies; None without two of them
    last: Count | None
    known: tuple[Count, ...]  # the full years after which no list of records had ended yet
    significant: bool  # whether the share has a trend


def change(df: pd.DataFrame, terms: list[TermTrend], context: Context) -> Change | None:
    """Of the domain with the surest trend, or of the most frequent where there is none."""
    clear = [each for each in terms if each.significant]
    if not terms:
        return None
    told = (clear or sorted(terms, key=lambda each: (-each.studies, each.term)))[0]
    coded = df[df["domains"].map(len) > 0]
    own = coded["domains"].map(lambda terms: told.term in terms)
    counts = tuple(
        Count(year, int((own & there).sum()), int((~own & there).sum()))
        for year in range(int(coded["year"].min()), int(coded["year"].max()) + 1)
        for there in [coded["year"] == year]
    )
    full = [
        each
        for each in counts
        if each.year < context.incomplete_year and each.own + each.others >= MIN_CODED
    ]
    first, last = (full[0], full[-1]) if len(full) > 1 else (None, None)
    end = covered(context.corpus.sources, context.incomplete_year)
    known = tuple(each for each in full if f"{each.year}-Q4" <= end)
    return Change(told.label, counts, first, last, known, bool(clear))


def sentence(found: Change | None) -> str:
    if not found:
        return "Too few studies to say: none is coded for a domain."
    if not found.first or not found.last:
        return f"Too few studies to say: fewer than two full years have {MIN_CODED} coded ones."
    if not found.significant:
        return "No change can be told in any domain’s share of the studies."
    first, last = found.first, found.last
    way = "rose" if last.share > first.share else "fell"
    shares = f"from {percent(first.share)} to {percent(last.share)} of a year’s studies"
    why = f": {_why(found.known)}" if len(found.known) > 1 else ""
    return f"{found.label} {way} {shares}{why}."


def _why(known: tuple[Count, ...]) -> str:
    """Whether its own studies or those of all others made the difference, in number."""
    first, last = known[0], known[-1]
    own = _way(first.own, last.own)
    others = _way(first.others, last.others)
    told = f"its number of studies {own}"
    if own != others:
        return f"{told} while that of all others {others}"
    if (last.share > first.share) == (own == "rose"):
        return f"{told} faster than that of all others"
    # How its own number went between the two years is not tested, so that nothing is said of it.
    return f"the number of all others {own} faster"


def _way(before: int, after: int) -> str:
    return "rose" if after > before else "fell" if after < before else "stayed"


def figure(found: Change | None, context: Context) -> Figure | Absent:
    """The studies of the domain and of all others, in number."""
    slot = Slot.of("domains", "change", "A domain and all others")
    if not found or not found.first or not found.last:
        return slot.absent(f"fewer than two full years have {MIN_CODED} studies coded for a domain")
    rows = [
        {"year": str(each.year), "series": label, "studies": studies}
        for each in found.counts
        for label, studies in ((found.label, each.own), (OTHERS, each.others))
    ]
    known = found.known if len(found.known) > 1 else (found.first, found.last)
    first, last = known[0], known[-1]
    most = max((c for c in found.counts if c.year <= last.year), key=lambda c: (c.own, c.year))
    since = ""
    if first.year < most.year < last.year:
        since = (
            f" Most of its studies, {most.own}, are of {most.year}; from then to {last.year} they "
            f"went to {last.own} and the others from {most.others} to {last.others}."
        )
    how = "more" if last.own > first.own else "fewer"
    title = f"{found.label}: {how} studies in {last.year} than in {first.year}, a smaller part"
    if last.share >= first.share:
        title = f"{found.label}: {how} studies in {last.year} than in {first.year}, a larger part"
    return slot.figure(
        finding=title,
        reading=f"{found.label}: {counted(first.own, 'study')} of {first.own + first.others} in "
        f"{first.year}, {last.own} of {last.own + last.others} in {last.year}.{since}",
        note="Studies coded for a domain; one of several counts as one of the domain that is told. "
        "Lists were last searched at different dates, so the newest counts may be low. "
        f"{incomplete(context.incomplete_year)}",
        chart=charts.stacks((found.label, OTHERS), ("c1", "c3")),
        columns={"year": "Year", "series": "Domain", "studies": "Studies"},
        rows=rows,
    )


def within(df: pd.DataFrame, context: Context) -> list[tuple[str, list[Tested]]]:
    """For each domain with enough studies: what is asked within it, tested over the years."""
    asked = series_within(df, context) if len(df) else []
    if not asked:
        return []
    tested = series.tested(df, [each for _, each in asked], context)
    by_domain: dict[str, list[Tested]] = {}
    for (domain, _), each in zip(asked, tested, strict=True):
        by_domain.setdefault(domain, []).append(each)
    return list(by_domain.items())


def series_within(df: pd.DataFrame, context: Context) -> list[tuple[str, Series]]:
    """Each domain with enough studies and what is asked within it."""
    asked: list[tuple[str, Series]] = []
    for domain in context.corpus.taxonomy["domains"].terms:
        of = df["domains"].map(lambda own, domain=domain: domain in own)
        if int(of.sum()) < MIN_OF_DOMAIN:
            continue
        for id_, (label, facet, terms) in WITHIN.items():
            yes = df[facet].map(lambda own, terms=terms: bool(terms.intersection(own)))
            coded = of & (df[facet].map(len) > 0)
            name = f"{context.label('domains', domain)}: {inside(label)}"
            asked.append((domain, Series(f"{domain}-{id_}", name, yes & coded, coded)))
    return asked


def beside(df: pd.DataFrame, context: Context) -> Tested | None:
    """The share of X-ray where the chest does not take part: most chest studies use it.

    Of a field that knows no X-rays, or no chest, nothing is asked.
    """
    taxonomy = context.corpus.taxonomy
    is_asked = "chest" in taxonomy["domains"].terms and "x-ray" in taxonomy["modalities"].terms
    if df.empty or not is_asked:
        return None
    of = df["domains"].map(lambda own: bool(own) and "chest" not in own)
    of &= df["modalities"].map(len) > 0
    yes = df["modalities"].map(lambda own: "x-ray" in own) & of
    x_ray = context.label("modalities", "x-ray")
    return series.tested(df, [Series("x-ray-beside-chest", x_ray, yes, of)], context)[0]


def within_row(
    domain: str, tested: list[Tested], df: pd.DataFrame, context: Context
) -> dict[str, Any]:
    """A line of the table: before and in the recent full years, and whether that is a trend."""
    since = context.incomplete_year - RECENT
    cells = []
    for each in tested:
        full = each.series.of & (df["year"] < context.incomplete_year)
        parts = []
        for there in (full & (df["year"] < since), full & (df["year"] >= since)):
            of, some = int(there.sum()), int((there & each.series.yes).sum())
            parts.append(
                {"some": some, "of": of, "share": some / of if of >= MIN_OF_CELL else None}
            )
        rises = bool(each.trend and each.trend.odds_ratio > 1)
        word = ("rising" if rises else "falling") if each.significant else ""
        cells.append({"before": parts[0], "since": parts[1], "word": word, "q": each.q})
    return {"term": domain, "label": context.label("domains", domain), "cells": cells}
