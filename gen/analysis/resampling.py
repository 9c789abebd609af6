"""Estimators whose interval comes from resampling, agreement of two coders among them."""

from __future__ import annotations

from collections.abc import Callable, Collection, Hashable, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike
from scipy import stats
from statsmodels.stats.inter_rater import cohens_kappa

from gen.analysis.statistics import EPS, Floats, Indices, _t, wilson

MIN_BOOTSTRAP_UNITS = 5  # fewer resample into almost nothing new


RESAMPLES = 1000


PERMUTATIONS = 1999


MAX_UNDEFINED = 0.05  # of the resamples may leave a statistic undefined before its interval is


@dataclass(frozen=True, slots=True)
class Kappa:
    """Agreement of two codings."""

    kappa: float | None  # None: both use one and the same category only
    low: float | None  # None: no kappa, or a bootstrap without an answer; see `bootstrap`
    high: float | None
    raw: float  # share of units coded alike
    n: int  # units


@dataclass(frozen=True, slots=True)
class Overlap:
    """The mean Jaccard index of two codings of sets."""

    mean: float
    low: float | None  # None: a bootstrap without an answer; see `bootstrap`
    high: float | None
    n: int  # units


def bootstrap(
    n: int,
    statistic: Callable[[Indices], Floats],
    seed: int,
    resamples: int = RESAMPLES,
    *,
    bias_corrected: bool = False,
) -> tuple[float, float] | None:
    """The interval of a statistic of `n` units, by drawing units with replacement.

    `statistic` is computed of all resamples at once: it is given a table, a line a resample and a
    column a unit, of how often the unit was drawn, and gives a value a line; nan where it is
    undefined. The same seed gives the same interval.

    The percentile interval, with the percentiles expanded for small n (Hesterberg 2015,
    doi:10.1080/00031305.2015.1089789). It suits means, medians, shares and kappa: the mean of ten
    or more symmetric values is held 94 to 96% of the time, of a skewed ten 86 to 91%.

    It does not suit measures of diversity and concentration, which repeated units bias: the
    entropy of 60 studies over 16 terms is held 40% of the time (by BCa 67%). With
    `bias_corrected`, the interval is the statistic minus the bootstrap's estimate of its bias, plus
    and minus Student's t times the bootstrap's standard error (Davison and Hinkley 1997,
    doi:10.1017/CBO9780511802843, section 5.2). Its middle, not the statistic as counted, is the
    estimate that belongs to it. It holds the entropy 92 to 96% of the time where there are
    about four studies or more for each term, but 85% with 30 studies of one term each over 16
    terms. No interval rescues the share of the top k of few studies, where many kinds are yet
    unseen: then it describes this corpus, not the field.

    None for fewer than five units, where every resample gives the same (the interval would claim
    certainty), or where the statistic is undefined in more than 5% of the resamples (the others
    are used).
    """
    if n < MIN_BOOTSTRAP_UNITS:
        return None
    # Drawn here, because in scipy.stats.bootstrap one undefined resample undoes the interval, and
    # it has neither expanded percentiles nor the bias-corrected normal interval.
    rng = np.random.Generator(np.random.PCG64(seed))
    places = rng.integers(0, n, (resamples, n)) + n * np.arange(resamples)[:, None]
    weights = np.bincount(places.ravel(), minlength=n * resamples).reshape(resamples, n)
    drawn = statistic(weights)
    if not bias_corrected:
        return _percentiles(n, drawn)
    return _bias_corrected(n, drawn, float(statistic(np.ones((1, n), dtype=int))[0]))


def joint_trend(
    years: ArrayLike, carried: ArrayLike, seed: int, permutations: int = PERMUTATIONS
) -> float | None:
    """The p that no share changes with the year, of many shares at once.

    `carried` has a line a study and a column a share: whether the study counts for it. The
    statistic is the sum over shares of the squared trend statistic of Cochran and Armitage (1955,
    doi:10.2307/3001775); years are given to the studies anew at random, so that shares of the same
    studies may hang together as they do. None where no share or no year varies.
    """
    x, table = np.asarray(years, float), np.asarray(carried, float)
    table = table[:, np.ptp(table, axis=0) > 0]
    if not table.size or np.ptp(x) == 0:
        return None
    scaled = (table - table.mean(axis=0)) / table.std(axis=0)

    rng = np.random.Generator(np.random.PCG64(seed))
    orders = np.tile(x - x.mean(), (1 + permutations, 1))
    orders[1:] = rng.permuted(orders[1:], axis=1)
    observed, *drawn = ((orders @ scaled) ** 2).sum(axis=1)
    # The observed order is one of them, and what differs by rounding alone is as large.
    return float(1 + (np.array(drawn) >= observed * (1 - EPS)).sum()) / (1 + permutations)


def cohen(first: Sequence[Hashable], second: Sequence[Hashable], seed: int) -> Kappa | None:
    """Cohen's kappa of two codings of the same units, one category each.

    Cohen (1960), doi:10.1177/001316446002000104; the interval is a bootstrap over units. Where all
    units are coded alike, no resample differs: then the lower end is the kappa of Wilson's lower
    end of raw agreement, chance as it is. None for no units.
    """
    if not len(first):
        return None
    codes: dict[Hashable, int] = {}
    a, b = (
        np.array([codes.setdefault(value, len(codes)) for value in coding])
        for coding in (first, second)
    )
    raw = float((a == b).mean())
    if len(codes) == 1:
        return Kappa(None, None, None, raw, len(a))
    table = np.zeros((len(codes), len(codes)))
    np.add.at(table, (a, b), 1)
    # All resamples at once: statsmodels would take a second for every thousand tables.
    ours, theirs = (each[:, None] == np.arange(len(codes)) for each in (a, b))

    def kappas(weights: Indices) -> Floats:
        parts = weights / len(a)
        same, chance = parts @ (a == b), ((parts @ ours) * (parts @ theirs)).sum(axis=1)
        varied = chance < 1 - EPS
        return np.where(varied, (same - chance) / np.where(varied, 1 - chance, 1), np.nan)

    low, high = bootstrap(len(a), kappas, seed) or (None, None)
    if raw == 1:
        chance = float((table.sum(axis=0) / len(a) @ table.sum(axis=1)) / len(a))
        low, high = (_all_alike(len(a)) - chance) / (1 - chance), 1.0
    return Kappa(float(cohens_kappa(table, return_results=False)), low, high, raw, len(a))


def jaccard(
    first_sets: Sequence[Collection[Hashable]],
    second_sets: Sequence[Collection[Hashable]],
    seed: int,
) -> Overlap | None:
    """The mean over units of the shared part of two sets; two empty sets agree.

    Jaccard (1912), doi:10.1111/j.1469-8137.1912.tb05611.x; the interval is a bootstrap over units.
    Where all sets are the same, the lower end is Wilson's of their share: others share nothing, at
    worst. None for no units.
    """
    pairs = [(set(a), set(b)) for a, b in zip(first_sets, second_sets, strict=True)]
    if not pairs:
        return None
    parts = np.array([len(a & b) / len(a | b) if a | b else 1.0 for a, b in pairs])
    n = len(parts)
    low, high = bootstrap(n, lambda weights: weights / n @ parts, seed) or (None, None)
    if parts.min() == 1:
        low, high = _all_alike(n), 1.0
    return Overlap(float(parts.mean()), low, high, n)


def _all_alike(n: int) -> float:
    """Wilson's lower end of a share that is 1 in n units."""
    return float(wilson(n, n)[0])


def _varied(values: Floats) -> Floats | None:
    """The defined values; None where too few are, or where all are the same but for rounding."""
    known = values[np.isfinite(values)]
    if known.size < (1 - MAX_UNDEFINED) * values.size:
        return None
    return known if np.ptp(known) > EPS * np.abs(known).max() else None


def _bias_corrected(n: int, values: Floats, observed: float) -> tuple[float, float] | None:
    known = _varied(values)
    if known is None or not np.isfinite(observed):
        return None
    middle, half = 2 * observed - known.mean(), _t(n) * known.std()
    return float(middle - half), float(middle + half)


def _percentiles(n: int, values: Floats) -> tuple[float, float] | None:
    known = _varied(values)
    if known is None:
        return None
    low, high = np.quantile(known, stats.norm.cdf([-_t(n), _t(n)]))
    return float(low), float(high)
