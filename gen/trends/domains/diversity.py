"""How many terms of a facet a year's studies spread over, and whether that changes.

The Shannon entropy of the mentions of a year's terms, and its exponential, the effective number of
terms (Hill 1973, doi:10.2307/1934352). Few studies can only show few terms, so a year with few
looks narrower than it was; years are compared after the bootstrap's correction for that. For a
dozen studies its interval is still too narrow, so significance is by a permutation test alone,
which is exact whatever the numbers.
"""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import Final

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from gen.analysis.resampling import bootstrap
from gen.analysis.statistics import Z, is_significant, shannon
from gen.analysis.tables import years
from gen.figures.figure import MIN_STUDIES
from gen.trends.base import SEED

MIN_OF_YEAR: Final = 10  # coded studies, for a year to count for the trend
MIN_YEARS: Final = 3  # for a trend
PERMUTATIONS: Final = 999

Table = NDArray[np.int_]
Sizes = NDArray[np.int_]
Weights = NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class YearDiversity:
    """Shannon entropy (natural logarithm) of one year; None where too few studies are coded."""

    year: int
    studies: int  # coded for the facet
    terms: int  # that occur
    shannon: float | None  # as counted
    bias_corrected: float | None = None  # for few studies; the middle of the interval
    low: float | None = None
    high: float | None = None

    @property
    def estimate(self) -> float:
        """Corrected; as counted where no two studies differ, so that nothing can be corrected."""
        return (self.shannon or 0.0) if self.bias_corrected is None else self.bias_corrected

    @property
    def se(self) -> float:
        """The standard error that belongs to the interval."""
        return 0.0 if self.low is None or self.high is None else (self.high - self.low) / 2 / Z


@dataclass(frozen=True, slots=True)
class Broadening:
    """The factor by which the effective number changes from a year to the next."""

    factor: float
    low: float
    high: float
    p: float  # by permutation; on the page corrected for all tests of the site
    years: tuple[int, ...]
    studies: int

    @property
    def significant(self) -> bool:
        return is_significant(self.p)


def diversity(df: pd.DataFrame, facet: str) -> list[YearDiversity]:
    """Every year of the frame, also those with too few studies to say."""
    return [_of_year(year, df.loc[df["year"] == year, facet]) for year in years(df)]


def broadening(
    df: pd.DataFrame, facet: str, yearly: list[YearDiversity], incomplete_year: int
) -> Broadening | None:
    """The weighted least-squares slope of the corrected entropy on the year, full years only.

    Weights are the numbers of studies. None with fewer than three years of ten coded studies, or
    where no study differs from another.
    """
    used = [
        (each.year, each.studies, each.estimate, each.se)
        for each in yearly
        if each.year < incomplete_year and each.studies >= MIN_OF_YEAR
    ]
    if len(used) < MIN_YEARS:
        return None
    columns = zip(*used, strict=True)
    year, studies, entropy, se = (np.array(each, dtype=float) for each in columns)
    centred = studies * (year - np.average(year, weights=studies))
    weights = centred / float(centred @ year)
    slope = float(weights @ entropy)
    spread = math.sqrt(float(weights**2 @ se**2))
    if spread == 0:
        return None
    rows = df[df["year"].isin(year)].sort_values(["year", "id"])
    return Broadening(
        factor=math.exp(slope),
        low=math.exp(slope - Z * spread),
        high=math.exp(slope + Z * spread),
        p=_permuted(_mentions(rows[facet]), studies.astype(int), weights),
        years=tuple(int(each) for each in year),
        studies=int(studies.sum()),
    )


def without_first(
    df: pd.DataFrame,
    facet: str,
    yearly: list[YearDiversity],
    trend: Broadening,
    incomplete_year: int,
) -> Broadening | None:
    """The same without the first year that counts, which often has the fewest studies."""
    later = [each for each in yearly if each.year > trend.years[0]]
    return broadening(df, facet, later, incomplete_year)


def _permuted(table: Table, sizes: Sizes, weights: Weights) -> float:
    """How often years given to studies at random make as steep a slope of the entropy as counted.

    `table` holds the studies year by year. Random years keep their numbers of studies, so that
    what few studies hide, they hide in every permutation too.
    """
    starts = np.cumsum(sizes) - sizes

    def per_year(order: Table) -> Table:
        return np.add.reduceat(table[order], starts)

    rng = np.random.default_rng(SEED)
    counts = [per_year(rng.permutation(len(table))) for _ in range(PERMUTATIONS)]
    drawn = shannon(np.array(counts)) @ weights
    middle = float(drawn.mean())
    observed = abs(float(shannon(per_year(np.arange(len(table)))) @ weights) - middle)
    # The observed order is one of the permutations; the margin keeps ties despite rounding.
    return float((1 + (np.abs(drawn - middle) >= observed - 1e-12).sum()) / (1 + PERMUTATIONS))


def _of_year(year: int, cells: pd.Series) -> YearDiversity:
    table = _mentions(cells)
    n, terms = table.shape
    if n < MIN_STUDIES:
        return YearDiversity(year, n, terms, None)
    entropy = float(shannon(table.sum(axis=0)))
    interval = bootstrap(
        n, lambda weights: shannon(weights @ table), SEED + year, bias_corrected=True
    )
    if interval is None:
        return YearDiversity(year, n, terms, entropy)
    low, high = interval
    return YearDiversity(year, n, terms, entropy, (low + high) / 2, low, high)


def _mentions(cells: pd.Series) -> Table:
    """A line a coded study, a column a term: whether the study carries it."""
    coded = [set(terms) for terms in cells if terms]
    terms = sorted(set().union(*coded))
    return np.array([[term in own for term in terms] for own in coded], dtype=int).reshape(
        len(coded), len(terms)
    )
