"""How often whole sites claim trends: none where there are none, those that are planted.

    python -m tests.trends.sites 200

prints the shares that docs/about/methods.md gives, in about 15 minutes. It writes nothing.
A site is the corpus with its dates dealt out anew among its studies, so that what goes together
still does, and no share or size changes with the years; every test of every page is made of it.
"""

from __future__ import annotations

import sys
from collections.abc import Iterator
from dataclasses import dataclass, replace
from functools import cached_property
from typing import Final

import numpy as np
import pandas as pd
from scipy import special

from gen.analysis import tables
from gen.analysis.statistics import Share, is_significant, logistic_trend
from gen.corpus.load import load
from gen.corpus.tables import FACETS
from gen.trends import compute, growth, series, shares, sizes, transparency
from gen.trends.base import Context
from gen.trends.corrections import Corrections, Qs
from gen.trends.data_sets import over_time
from gen.trends.data_sets.niches import Niche, niches
from gen.trends.data_sets.uses import DataSetUse
from gen.trends.domains import changes, diversity
from gen.trends.domains import question as domains
from gen.trends.foundations import lineage, roots
from gen.trends.openness import kinds
from tests.real import DATA

DATES: Final = ["date", "year", "quarter", "when", "published"]
# The p of a family counts only where that of its gate is small too.
GATES: Final = {f"terms {facet}": f"facet {facet}" for facet in FACETS}


@dataclass(frozen=True)
class Simulation:
    """The corpus, and what of it no date changes."""

    df: pd.DataFrame
    context: Context

    @classmethod
    def of_corpus(cls) -> Simulation:
        corpus = load(DATA)
        return cls(tables.frame(corpus.counted), Context(corpus, corpus.release.searched.year))

    @cached_property
    def found_niches(self) -> list[Niche]:
        return niches(DataSetUse.of(self.df, self.blank))

    @property
    def blank(self) -> Context:
        return replace(self.context, corrections=Corrections())

    @cached_property
    def all_tests(self) -> Corrections:
        """Every test of the corpus as it is."""
        return compute.all_tests(self.df, self.blank)

    @cached_property
    def qs(self) -> Qs:
        return self.all_tests.together()

    def trends(self, df: pd.DataFrame) -> dict[str, list[float | None]]:
        """The p of every test of a trend: family -> p, as the pages make them."""
        context = self.blank
        growth.answer(df, context)
        for facet in FACETS:
            shares.trends(df, shares.per_year(df, facet), facet, context)
        use = DataSetUse.of(df, context)
        over_time.single_sets(use)
        over_time.in_niches(use, self.found_niches)
        over_time.elsewhere(use)
        over_time.access(use)
        every = [each for measure in kinds.MEASURES for each in kinds.series(df, measure)]
        series.tested(df, every, context)
        changes.within(df, context)
        changes.beside(df, context)
        roots.roots(df, lineage.studies_by_root(df, self.descent), context)
        sizes.panels(df, context)
        series.tested(df, transparency.series_of(df, context), context)
        domains.trends(df, diversity.diversity(df, "domains"), context)
        return context.corrections.p

    @cached_property
    def descent(self) -> lineage.Descent:
        return lineage.Descent.of(self.context.corpus)

    def claims(self, df: pd.DataFrame) -> set[tuple[str, int]]:
        """Family and place of every trend that the site of these studies would claim."""
        trends = self.trends(df)
        together = Corrections()
        together.p = {**self.all_tests.p, **trends}
        qs = together.together()
        gates = GATES | {
            family: "data sets as a whole" for family in trends if family.startswith("series set-")
        }
        found = set()
        for family in trends:
            gate = qs[gates[family]][0] if family in gates else 0.0
            found |= {
                (family, place)
                for place, q in enumerate(qs[family])
                if is_significant(q) and is_significant(gate)
            }
        return found

    def dealt(self, rng: np.random.Generator, *, flat: bool) -> pd.DataFrame:
        """The studies with each other's dates; `flat`, with as many in every quarter."""
        df = self.df.copy()
        df[DATES] = df[DATES].to_numpy()[rng.permutation(len(df))]
        if flat:
            quarters = [f"{year}-Q{n}" for year in range(2019, 2026) for n in range(1, 5)]
            df["quarter"] = rng.choice(quarters, len(df))
            df["year"] = df["quarter"].str[:4].astype(int)
            df["when"] = df["year"] + (df["quarter"].str[-1].astype(int) - rng.random(len(df))) / 4
            df["date"] = [
                f"{quarter[:4]}-{3 * int(quarter[-1]) - 1:02}" for quarter in df["quarter"]
            ]
            df["published"] = ""
        df = df.sort_values(["when", "id"], ignore_index=True)
        return df.astype({"year": int, "when": float})

    @cached_property
    def planted(self) -> list[Planted]:
        """What the site claims today of codes, a term a column of one value."""
        found = []
        for column in (*FACETS, *(measure.column for measure in kinds.MEASURES)):
            family, own = self._series(column)
            gate = self.qs[GATES[family]][0] if family in GATES else 0.0
            clear = [
                Planted(column, each.id.split("-", 1)[1], family, place, self._fitted(each))
                for place, each in own
                if is_significant(self.qs[family][place]) and is_significant(gate)
            ]
            found += clear if column in FACETS else clear[-1:]
        return found

    def _series(self, column: str) -> tuple[str, list[tuple[int, series.Series]]]:
        """The family of the tests of a column, and its series with their places in the family."""
        if column in FACETS:
            every = shares.series_of(self.df, column, self.context)
            return f"terms {column}", [*enumerate(each for each in every if each.yes.any())]
        every = [one for measure in kinds.MEASURES for one in kinds.series(self.df, measure)]
        own = {each.id for each in kinds.series(self.df, measure_of(column))}
        family = f"series {' '.join(each.id for each in every)}"
        return family, [(place, each) for place, each in enumerate(every) if each.id in own]

    def _fitted(self, own: series.Series) -> pd.Series:
        """Year -> share, on the line of the trend."""
        held = own.of & (self.df["year"] < self.context.incomplete_year)
        years, place = np.unique(self.df.loc[held, "year"], return_inverse=True)
        totals, yes = np.bincount(place), np.bincount(place, own.yes[held])
        trend = logistic_trend(years, yes, totals)
        assert trend
        levels = np.linspace(-12, 12, 4801)[:, None]
        shares_of = special.expit(levels + np.log(trend.odds_ratio) * (years - years.mean()))
        # The level at which as many studies are expected as there are.
        best = np.abs(shares_of @ totals - yes.sum()).argmin()
        return pd.Series(shares_of[best], index=years)

    def sown(self, rng: np.random.Generator) -> pd.DataFrame:
        """A site without trends in shares but for those of `planted`; growth as it is."""
        df = self.dealt(rng, flat=False)
        for each in self.planted:
            of = coded(df, each.column)
            share = df["year"].map(each.share).fillna(each.share.iloc[-1])
            yes = rng.random(len(df)) < share
            now = carries(df, each.column, each.term)
            cells = df[each.column].tolist()
            spare = [cells[row] for row in np.flatnonzero(of & ~now)]
            for row in np.flatnonzero(of & (yes != now)):
                cell = cells[row]
                if yes[row]:
                    new = each.term if isinstance(cell, str) else with_term(cell, each)
                else:
                    kept = [] if isinstance(cell, str) else [t for t in cell if t != each.term]
                    new = tuple(kept)
                cells[row] = new or spare[rng.integers(len(spare))]
            df[each.column] = pd.Series(cells, index=df.index)
        return df


@dataclass(frozen=True)
class Planted:
    """A trend of the size seen: the share of studies that carry a term, year for year."""

    column: str
    term: str
    family: str
    place: int
    share: pd.Series


def with_term(cell: tuple[str, ...], planted: Planted) -> tuple[str, ...]:
    """An architecture is one term, of other facets a study may have several."""
    return (planted.term,) if planted.column == "architecture" else (*cell, planted.term)


def measure_of(column: str) -> kinds.Measure:
    return next(measure for measure in kinds.MEASURES if measure.column == column)


def coded(df: pd.DataFrame, column: str) -> pd.Series:
    if column in FACETS:
        return df[column].map(len) > 0
    return kinds.applicable(df, measure_of(column))


def carries(df: pd.DataFrame, column: str, term: str) -> pd.Series:
    return df[column].map(lambda own: own == term if isinstance(own, str) else term in own)


def of_sites(some: int, sites: int) -> str:
    share = Share.of(some, sites)
    return f"{some} of {sites} ({share.low:.1%} to {share.high:.1%})"


def report(sites: int) -> Iterator[str]:
    """A line for each kind of site, then one for each planted trend."""
    simulation, rng = Simulation.of_corpus(), np.random.default_rng(20261126)
    for flat in (True, False):
        claims = [simulation.claims(simulation.dealt(rng, flat=flat)) for _ in range(sites)]
        false = sum(any(flat or family != "growth" for family, _ in own) for own in claims)
        growing = "no growth" if flat else "growth as seen"
        yield f"{growing}, no other trend: {of_sites(false, sites)} claim one"
    found = [simulation.claims(simulation.sown(rng)) for _ in range(sites)]
    each = [
        sum((planted.family, planted.place) in own for own in found) / sites
        for planted in simulation.planted
    ]
    yield f"{len(each)} planted trends: {np.mean(each):.0%} found on average"
    for planted, share in zip(simulation.planted, each, strict=True):
        yield f"  {planted.column} {planted.term}: {share:.0%}"


if __name__ == "__main__":
    for line in report(int(sys.argv[1])):
        sys.stdout.write(f"{line}\n")
        sys.stdout.flush()
