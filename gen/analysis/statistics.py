"""Inference: numbers in, numbers out. The only user of scipy and statsmodels for inference.

No method of our own where the field has one. What cannot be said is `None`, never nan, infinity or
a warning; each docstring says when. Arguments whose sizes should agree and do not are a mistake of
the caller and raise, as numpy does. Every interval is 95%; how often the intervals hold the truth
was measured by tests/analysis/test_simulation.py, and is told where it is not 93 to 97%.
"""

from __future__ import annotations

import warnings
from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Any, Literal, NamedTuple

import numpy as np
from numpy.typing import ArrayLike, NDArray
from scipy import optimize, special, stats
from statsmodels.duration.survfunc import SurvfuncRight
from statsmodels.genmod import families
from statsmodels.genmod.generalized_linear_model import GLM
from statsmodels.stats.meta_analysis import combine_effects
from statsmodels.stats.multitest import multipletests
from statsmodels.stats.proportion import proportion_confint
from statsmodels.tools.sm_exceptions import ConvergenceWarning, PerfectSeparationWarning

Floats = NDArray[np.float64]
Indices = NDArray[np.int_]

# Of the time an interval may miss. A p or q below it is called a trend, a difference, a finding: q
# where several tests were made, over the family that each module names.
ALPHA = 0.05
Z = float(stats.norm.isf(ALPHA / 2))

MIN_GROWTH_YEARS = 3  # fewer leave no degree of freedom to judge the scatter by
MIN_GROWTH_STUDIES = 10  # fewer have an interval that spans every speed worth naming
MIN_TURN_POINTS = 6  # on either side of a turn; with 4, its interval held the truth 88% of the time
TURN_LEAD = 2  # in QAICc; fits that differ by less are about as good (Burnham and Anderson 2002)
MIN_TREND_EITHER = 5  # successes, and failures; with fewer, Wald's normal approximation fails
MIN_SLOPE_POINTS = 5  # with 4, no slope can leave 0 out: the sharpest Kendall test has p = 0.083
MIN_POOLED = 5  # studies; below, the variance between studies is guesswork
EPS = 1e-12  # relative; what differs by less is the same
MAX_ITER = 100  # of the negative binomial fit; ten are usual
RTOL = 1e-4  # relative, of its dispersion
MIN_DISPERSION = 1e-6  # where the negative binomial is a Poisson for any count here


@dataclass(frozen=True, slots=True)
class Growth:
    """The factor by which counts grow in a year, its interval, and how it was found."""

    factor: float
    low: float
    high: float
    p: float  # of no growth, factor 1
    model: Literal["Poisson", "negative binomial"]
    dispersion: float  # Pearson chi-square of the Poisson fit per degree of freedom; 1 is Poisson
    n: int  # studies


@dataclass(frozen=True, slots=True)
class Turn:
    """Growth at one factor until a turn and at another since."""

    at: float  # on the scale of the years that were given
    earliest: float  # of the turns that fit about as well
    latest: float
    before: Growth
    since: Growth
    means: tuple[float, ...]  # what is expected at each of the years that were given
    lead: float  # how much lower its QAICc is than that of a single factor


class Survival(NamedTuple):
    """The share to whom something has happened by each of some times."""

    share: Floats
    low: Floats
    high: Floats


@dataclass(frozen=True, slots=True)
class Trend:
    """The factor by which the odds of a success change in a year."""

    odds_ratio: float
    low: float
    high: float
    p: float  # of no trend, odds ratio 1
    n: int  # trials: coded studies


@dataclass(frozen=True, slots=True)
class Slope:
    """A line through log10 values: log10 units a year, and the years in which values double.

    A negative doubling time is the years in which they halve.
    """

    slope: float
    low: float
    high: float
    intercept: float  # log10 value at year 0 of the x that were given
    doubling: float | None  # None: the slope is 0
    doubling_low: float | None  # the ends are None where the slope's interval includes 0
    doubling_high: float | None
    p: float  # Kendall's
    n: int  # points


class LogOdds(NamedTuple):
    """For every item: how much more likely it is here than elsewhere, on the log-odds scale."""

    delta: Floats
    low: Floats
    high: Floats
    z: Floats  # delta in standard errors


@dataclass(frozen=True, slots=True)
class Pooled:
    """A random-effects mean, on the scale of the effects."""

    estimate: float
    low: float
    high: float
    prediction_low: float  # where the effect of a further study is expected
    prediction_high: float
    i2: float  # share, 0 to 1, of the variance that is not sampling error
    tau2: float  # variance between studies
    k: int  # studies


@dataclass(frozen=True, slots=True)
class Share:
    """Some of a total with Wilson's interval; no share, and no interval, of nothing."""

    some: int
    total: int
    value: float | None
    low: float | None
    high: float | None

    @classmethod
    def of(cls, some: int, total: int) -> Share:
        if not total:
            return cls(some, total, None, None, None)
        low, high = wilson(some, total)
        return cls(some, total, some / total, float(low), float(high))


def wilson(successes: ArrayLike, totals: ArrayLike) -> tuple[Floats, Floats]:
    """The lower and the upper end of the interval of each share, in the shape of the arguments.

    Wilson (1927), doi:10.1080/01621459.1927.10502953. Nothing observed (a total of 0) excludes
    nothing: 0 to 1, which is also the formula's limit.
    """
    count, total = np.broadcast_arrays(np.asarray(successes, float), np.asarray(totals, float))
    some = total > 0
    low, high = proportion_confint(
        np.where(some, count, 0), np.where(some, total, 1), alpha=ALPHA, method="wilson"
    )
    return np.where(some, low, 0.0), np.where(some, high, 1.0)


def growth(years: ArrayLike, counts: ArrayLike) -> Growth | None:
    """The growth factor per year, from the number of studies in each year (decimals for quarters).

    Poisson regression of the counts on the year, log link, with Wald's interval. Where the counts
    scatter more than a Poisson's (dispersion above 1), negative binomial regression instead, whose
    extra variance is the moment estimate (Breslow 1984, doi:10.2307/2347661: Pearson chi-square =
    degrees of freedom) and whose interval and p are Student's, with n - 2 degrees of freedom.

    There is no test of over-dispersion in between, because over seven years it misses most:
    at a realistic extra variance of 0.05 to 0.1 the test at 5% finds 24 to 42%, and intervals
    after it held the truth 87% of the time. Deciding by the estimate, they hold it 94 to 97%.
    Quasi-Poisson regression with Student's t, which would be half of the code, held it 92 to 95%
    where this holds it 94 to 95% (600 simulated corpora a cell).

    None with fewer than three different years or ten studies, where all studies fall into the
    first or the last year (the factor has no estimate), or where the fit does not converge. Years
    without a study are to be given, as zeros, and a year that is not over is to be left out.
    """
    x, y = np.asarray(years, float), np.asarray(counts, float)
    if len(np.unique(x)) < MIN_GROWTH_YEARS or y.sum() < MIN_GROWTH_STUDIES:
        return None
    used = x[y > 0]
    if used.min() == used.max() and used[0] in (x.min(), x.max()):
        return None
    fit = _regression(x, y, families.Poisson())
    if fit is None:
        return None
    dispersion = float(fit.pearson_chi2 / fit.df_resid)
    over = dispersion > 1
    if over:
        fit = _negative_binomial(x, y, fit)
    found = _slope(fit, len(x) - 2 if over else np.inf)
    model: Literal["Poisson", "negative binomial"] = "negative binomial" if over else "Poisson"
    return found and Growth(*found, model=model, dispersion=dispersion, n=int(y.sum()))


def turn(years: ArrayLike, counts: ArrayLike) -> Turn | None:
    """Where growth changes its speed, if the counts ask for it; arguments as for `growth`, sorted.

    Two straight pieces on the log scale that meet half-way between two of the years given, with
    `MIN_TURN_POINTS` on either side, at the place of the best Poisson fit. They are asked for where
    their QAICc is lower than that of a single line by more than `TURN_LEAD` (Burnham and Anderson
    2002, doi:10.1007/b97636; the place, and the dispersion of the pieces, count as parameters). The
    factors are those of `growth`'s models. As their intervals would take the place for known, they
    are stretched over those at every place whose fit is about as good; p is the largest of these.

    Of simulated fields of 24 quarters with one factor, 1 to 6% were given a turn; of those that
    turned as the field did, 43 to 75% were, and then the intervals before it held the truth 92 to
    95% of the time, those since 94 to 97%.

    None where a single factor does, or nothing could be fitted.
    """
    x, y = np.asarray(years, float), np.asarray(counts, float)
    single = _regression(x, y, families.Poisson()) if growth(x, y) else None
    places = ((x[1:] + x[:-1]) / 2)[MIN_TURN_POINTS - 1 : len(x) - MIN_TURN_POINTS]
    tried = {float(at): _regression(x, y, families.Poisson(), turn=at) for at in places}
    fits = {at: fit for at, fit in tried.items() if fit is not None}
    if single is None or not fits:
        return None
    best = min(fits, key=lambda at: float(fits[at].deviance))
    spread = max(1.0, float(fits[best].pearson_chi2 / fits[best].df_resid))
    least = fits[best].deviance / spread
    lead = float(single.deviance / spread + _penalty(3, len(x)) - least - _penalty(5, len(x)))
    near = [at for at in fits if fits[at].deviance / spread - least <= TURN_LEAD]
    if lead <= TURN_LEAD:
        return None
    found = {at: _pieces(x, y, fits[at], at) for at in near}
    pieces = {at: each for at, each in found.items() if each}
    if len(pieces) < len(found):
        return None
    before, since = (
        replace(
            of[best],
            low=min(each.low for each in of.values()),
            high=max(each.high for each in of.values()),
            p=max(each.p for each in of.values()),
        )
        for of in (
            {at: piece.before for at, piece in pieces.items()},
            {at: piece.since for at, piece in pieces.items()},
        )
    )
    return replace(
        pieces[best], earliest=min(near), latest=max(near), before=before, since=since, lead=lead
    )


def happened_by(times: ArrayLike, happened: ArrayLike, by: ArrayLike) -> Survival:
    """The share to whom it has happened by each time; others were watched until their own time.

    One minus the estimate of Kaplan and Meier (1958, doi:10.1080/01621459.1958.10501452), with the
    interval on the scale log(-log) (Kalbfleisch and Prentice 2002, doi:10.1002/9781118032985).
    Shares of 0 and 1 have none: there both ends are the share. `times` must not be empty.
    """
    curve = SurvfuncRight(np.asarray(times, float), np.asarray(happened, float))
    # What happens at a time has happened by it.
    place = np.searchsorted(curve.surv_times, np.asarray(by, float), side="right")
    left = np.concatenate([[1.0], curve.surv_prob])[place]
    se = np.concatenate([[0.0], curve.surv_prob_se])[place]
    inside = (left > 0) & (left < 1)
    safe = np.where(inside, left, 0.5)
    width = np.exp(np.where(inside, Z * se / (safe * -np.log(safe)), 0))
    low, high = 1 - safe ** (1 / width), 1 - safe**width
    return Survival(1 - left, *(np.where(inside, end, 1 - left) for end in (low, high)))


def logistic_trend(years: ArrayLike, successes: ArrayLike, totals: ArrayLike) -> Trend | None:
    """The odds ratio per year of a share: one line a year, successes among totals.

    Logistic regression of grouped counts (McCullagh and Nelder 1989, doi:10.1201/9780203753736),
    with Wald's interval and test, which agree with each other. The likelihood-ratio test has more
    power for rare terms but is too bold for them: with it, 4.9 to 5.9% of null corpora of 16
    terms had a trend after Benjamini-Hochberg, with Wald's 0.7 to 3.6%. (Wald's caution is
    greatest for a term that appears all of a sudden; Hauck and Donner 1977,
    doi:10.1080/01621459.1977.10479969.)

    None with fewer than five successes or five failures, with a single year, or where the years of
    the successes and those of the failures overlap in one year at most: then no finite odds ratio
    fits best (separation; Albert and Anderson 1984, doi:10.1093/biomet/71.1.1). Lines whose total
    is 0 say nothing and do not count.
    """
    x, k, n = (np.asarray(each, float) for each in (years, successes, totals))
    x, k, n = x[n > 0], k[n > 0], n[n > 0]
    if min(k.sum(), (n - k).sum()) < MIN_TREND_EITHER or len(np.unique(x)) < 2:  # noqa: PLR2004
        return None
    won, lost = x[k > 0], x[k < n]
    if won.max() <= lost.min() or lost.max() <= won.min():
        return None
    fit = _regression(x, np.column_stack([k, n - k]), families.Binomial())
    found = _slope(fit)
    return found and Trend(*found, n=int(n.sum()))


def adjusted(p: Sequence[float | None]) -> list[float | None]:
    """The q of each p: adjusted for the number of tests made; None where there was no test.

    Benjamini and Hochberg (1995), doi:10.1111/j.2517-6161.1995.tb02031.x.
    """
    tested = [each for each in p if each is not None]
    q = iter(multipletests(tested, method="fdr_bh")[1] if tested else ())
    return [None if each is None else float(next(q)) for each in p]


def is_significant(q: float | None) -> bool:
    """Whether there was a test and its p, adjusted where several were made, is below ALPHA."""
    return q is not None and q < ALPHA


def theil_sen(x_years: ArrayLike, y: ArrayLike) -> Slope | None:
    """The median of the slopes between all pairs of points; `y` is given as log10.

    Sen (1968), doi:10.1080/01621459.1968.10480934, with his interval; p is that of Kendall's tau
    (1938, doi:10.1093/biomet/30.1-2.81), the test that the interval turns round. The intercept is
    that of the medians of x and y. Intervals of 5 to 7 points hold the truth up to 99% of the
    time: ranks leave no interval in between.

    None with fewer than five points, where all fall on one date, or where so many dates or values
    are the same that scipy finds no interval (the root of a negative variance).
    """
    x, values = np.asarray(x_years, float), np.asarray(y, float)
    if len(x) < MIN_SLOPE_POINTS or np.ptp(x) == 0:
        return None
    with np.errstate(invalid="ignore"):
        found = stats.theilslopes(values, x, alpha=1 - ALPHA)
    slope, low, high = (float(each) for each in (found.slope, found.low_slope, found.high_slope))
    if not np.isfinite([low, high]).all():
        return None
    sure = low > 0 or high < 0
    return Slope(
        slope=slope,
        low=low,
        high=high,
        intercept=float(found.intercept),
        doubling=_doubling(slope) if slope else None,
        doubling_low=_doubling(high) if sure else None,
        doubling_high=_doubling(low) if sure else None,
        p=float(stats.kendalltau(x, values).pvalue) if np.ptp(values) else 1.0,
        n=len(x),
    )


def top_share(counts: ArrayLike, k: int) -> Floats:
    """The share of the `k` largest counts in the sum of each line.

    nan for a line with no counts, a negative one, or a sum of 0.
    """
    return np.asarray(np.sort(_shares(counts), axis=-1)[..., ::-1][..., :k].sum(axis=-1))


def shannon(counts: ArrayLike) -> Floats:
    """Shannon's entropy of each line; natural logarithm, doi:10.1002/j.1538-7305.1948.tb01338.x.

    As counted: a sample of n shows too little, about (kinds - 1) / 2n. `bootstrap` with
    `bias_corrected` gives an interval that makes up for it. Its exponential is the effective number
    of kinds (Hill 1973, doi:10.2307/1934352). nan as for `top_share`.
    """
    shares = _shares(counts)
    # A single kind has no entropy, whatever rounding says, and no -0.0 either.
    return np.asarray(np.maximum(-special.xlogy(shares, shares).sum(axis=-1), 0.0) + 0.0)


def log_odds(  # noqa: PLR0913, PLR0917  two samples and a prior, each a count and a total
    count_here: ArrayLike,
    n_here: float,
    count_elsewhere: ArrayLike,
    n_elsewhere: float,
    prior_count: ArrayLike,
    prior_total: float,
) -> LogOdds:
    """For items, how much more often they are named here than elsewhere; arrays of one length.

    Monroe, Colaresi and Quinn (2008), doi:10.1093/pan/mpn018, equations 16, 19 and 22: the
    difference of log-odds under an informative Dirichlet prior, over the approximate standard
    error. Totals are of namings (sums of counts over all items), not of studies. Prior counts
    must be above 0; they may be fractions, and sum over all items to `prior_total`.

    Without another item, in a sample and in the prior, there is nothing to be more frequent than:
    delta and z are 0.
    """
    here, elsewhere, prior = np.broadcast_arrays(
        np.asarray(count_here, float),
        np.asarray(count_elsewhere, float),
        np.asarray(prior_count, float),
    )
    own, other = here + prior, elsewhere + prior
    own_rest, other_rest = n_here + prior_total - own, n_elsewhere + prior_total - other
    rest = (own_rest > 0) & (other_rest > 0)
    odds = np.log(own / np.where(rest, own_rest, 1)) - np.log(other / np.where(rest, other_rest, 1))
    delta = np.where(rest, odds, 0.0)
    se = np.sqrt(1 / own + 1 / other)
    return LogOdds(delta, delta - Z * se, delta + Z * se, delta / se)


def residuals(both: ArrayLike, first: ArrayLike, second: ArrayLike, total: ArrayLike) -> Floats:
    """How far the number of studies in both of two categories is from independence.

    The adjusted residual (Haberman 1973, doi:10.2307/2529686) of the 2 x 2 table "in the first or
    not" by "in the second or not": standard normal under independence. All arguments count
    studies, each once, and are broadcast: a table of `both`, a column of `first`, a row of
    `second`.

    0 where no study or every study is in one of the categories: what is expected is what is there.
    """
    there, one, other, n = np.broadcast_arrays(
        *(np.asarray(each, float) for each in (both, first, second, total))
    )
    whole = np.maximum(n, 1)
    expected = one * other / whole
    variance = expected * (1 - one / whole) * (1 - other / whole)
    varied = variance > 0
    return np.where(varied, there - expected, 0.0) / np.sqrt(np.where(varied, variance, 1.0))


def fisher(both: ArrayLike, first: ArrayLike, second: ArrayLike, total: ArrayLike) -> Floats:
    """The p of independence of two categories, of the same arguments as `residuals`.

    Fisher's exact test (1935, doi:10.2307/2342435), two-sided: the chance of a table that is no
    likelier than the one there is, with its margins. It holds however few are expected, and errs on
    the side of no difference where they are few. 1 where `residuals` is 0 by its last paragraph.
    """
    k, a, b, n = np.broadcast_arrays(
        *(np.asarray(each, int)[..., None] for each in (both, first, second, total))
    )
    chance = stats.hypergeom.pmf(np.arange(np.max(a, initial=0) + 1), n, a, b)
    there = np.take_along_axis(chance, k, axis=-1)
    # What is as likely but for rounding is no likelier; as in scipy's own, which takes one table.
    rare = np.where(chance <= there * (1 + 1e-7), chance, 0)
    return np.asarray(np.minimum(rare.sum(axis=-1), 1))


def pool(effects: ArrayLike, variances: ArrayLike) -> Pooled | None:
    """The random-effects mean of effects with known sampling variances, one of each a study.

    Variance between studies: Paule and Mandel (1982), doi:10.6028/jres.087.022. Interval of the
    mean: Hartung and Knapp (2001), doi:10.1002/sim.791. Prediction interval: Higgins, Thompson
    and Spiegelhalter (2009), doi:10.1111/j.1467-985X.2008.00552.x, with k - 2 degrees of freedom;
    where studies differ little it holds a further effect 84 to 96% of the time, a known weakness
    with few studies (Partlett and Riley 2017, doi:10.1002/sim.7140). I2: Higgins and Thompson
    (2002), doi:10.1002/sim.1186.

    None with fewer than five studies, a variance that is not above 0, effects that are all equal
    (there is no scatter to take the interval from), or where the variance does not converge.
    """
    y, v = np.asarray(effects, float), np.asarray(variances, float)
    k = len(y)
    if k < MIN_POOLED or not (v > 0).all() or np.ptp(y) == 0:
        return None
    found = combine_effects(y, v, method_re="pm", use_t=True, maxiter=1000)
    # At the Paule-Mandel estimate the weighted scatter is what is expected, unless it is 0.
    if found.tau2 > 0 and not np.isclose(found.scale_hksj_re, 1, atol=1e-3):
        return None
    estimate, tau2 = float(found.mean_effect_re), float(found.tau2)
    low, high = found.conf_int()[3]  # the fourth is Hartung and Knapp's
    margin = stats.t.isf(ALPHA / 2, k - 2) * np.sqrt(tau2 + found.var_hksj_re)
    return Pooled(
        estimate=estimate,
        low=float(low),
        high=float(high),
        prediction_low=float(estimate - margin),
        prediction_high=float(estimate + margin),
        i2=max(0.0, float(1 - (k - 1) / found.q)),
        tau2=tau2,
        k=k,
    )


def _penalty(parameters: int, n: int) -> float:
    """What AICc adds for its parameters."""
    return 2 * parameters * (1 + (parameters + 1) / (n - parameters - 1))


def _pieces(
    x: Floats,
    y: Floats,
    fit: Any,  # noqa: ANN401  untyped
    at: float,
) -> Turn | None:
    """A turn that is known to be there, from its Poisson fit; None without a fit."""
    dispersion = float(fit.pearson_chi2 / fit.df_resid)
    over = dispersion > 1
    if over:
        fit = _negative_binomial(x, y, fit, at)
    model: Literal["Poisson", "negative binomial"] = "negative binomial" if over else "Poisson"
    df_resid = len(x) - 3 if over else np.inf
    before, since = _slope(fit, df_resid, (0, 1, 0)), _slope(fit, df_resid, (0, 1, 1))
    if before is None or since is None:
        return None
    n = int(y[x < at].sum()), int(y[x > at].sum())
    return Turn(
        at=at,
        earliest=at,
        latest=at,
        before=Growth(*before, model=model, dispersion=dispersion, n=n[0]),
        since=Growth(*since, model=model, dispersion=dispersion, n=n[1]),
        means=tuple(float(mean) for mean in fit.mu),
        lead=0.0,
    )


def _regression(
    x: Floats,
    y: Floats,
    family: families.Family,
    start: Floats | None = None,
    turn: float | None = None,
) -> Any:  # noqa: ANN401  untyped
    """The fit of y on x, centred so that years are no larger than decades; None if it fails.

    With a `turn`, the third coefficient is what the slope changes by there.
    """
    columns = [np.ones_like(x), x - x.mean()]
    if turn is not None:
        columns.append(np.maximum(x - turn, 0))
    design = np.column_stack(columns)
    with warnings.catch_warnings(), np.errstate(all="ignore"):
        # Warned of at any perfect fit, as of 2, 4, 8; separation was ruled out before.
        warnings.simplefilter("ignore", PerfectSeparationWarning)
        warnings.simplefilter("ignore", ConvergenceWarning)
        try:
            fit = GLM(y, design, family=family).fit(start_params=start)
        except ValueError:  # weights that overflow: counts of 0 beside thousands
            return None
    return fit if fit.converged else None


def _negative_binomial(x: Floats, y: Floats, fit: Any, turn: float | None = None) -> Any:  # noqa: ANN401  untyped
    """The fit whose Pearson chi-square is its degrees of freedom; begins with the Poisson fit.

    In turns, as Breslow has it: the dispersion given the means, the means given the dispersion.
    """
    before = 0.0
    for _ in range(MAX_ITER):
        dispersion = _dispersion(y, fit.mu, fit.df_resid)
        if dispersion is None or abs(dispersion - before) <= RTOL * dispersion:
            return fit if dispersion else None
        before = dispersion
        fit = _regression(x, y, families.NegativeBinomial(alpha=dispersion), fit.params, turn)
        if fit is None:
            return None
    return None


def _dispersion(y: Floats, mean: Floats, df_resid: float) -> float | None:
    """The extra variance, in squares of the mean, that explains the scatter; None if none can."""

    def excess(dispersion: float) -> float:
        return float(((y - mean) ** 2 / (mean + dispersion * mean**2)).sum() - df_resid)

    with np.errstate(all="ignore"):
        most = float((((y - mean) / mean) ** 2).sum() / df_resid)
        if not np.isfinite(most):
            return None
        if excess(MIN_DISPERSION) <= 0:
            return MIN_DISPERSION
        return float(optimize.brentq(excess, MIN_DISPERSION, most))


def _slope(
    fit: Any,  # noqa: ANN401  untyped
    df_resid: float = np.inf,
    of: tuple[int, ...] = (0, 1),
) -> tuple[float, float, float, float] | None:
    """The exp of the slope, its Wald interval and p-value; None where one has no finite value.

    The slope is the sum of the coefficients in `of`. By Student's t; with infinite degrees of
    freedom that is the normal distribution.
    """
    if fit is None:
        return None
    slope, se = float(fit.params @ of), float(np.sqrt(of @ fit.cov_params() @ of))
    margin = stats.t.isf(ALPHA / 2, df_resid) * se
    with np.errstate(over="ignore", invalid="ignore", divide="ignore"):
        found = np.exp([slope, slope - margin, slope + margin])
        p = 2 * stats.t.sf(abs(slope) / se, df_resid)
    if not np.isfinite([*found, p]).all():
        return None
    return float(found[0]), float(found[1]), float(found[2]), float(p)


def _doubling(slope: float) -> float:
    return float(np.log10(2) / slope)


def _shares(counts: ArrayLike) -> Floats:
    """Of the sum of each line; nan for a line with nothing to share."""
    found = np.asarray(counts, float)
    if not found.shape[-1]:  # no counts are like a count of 0
        found = np.zeros((*found.shape[:-1], 1))
    total = found.sum(axis=-1, keepdims=True)
    known = (total > 0) & (found >= 0).all(axis=-1, keepdims=True)
    return np.where(known, found, np.nan) / np.where(known, total, 1)


def _t(n: int) -> float:
    """Student's t in standard errors of a bootstrap, which divides by n instead of n - 1."""
    return float(stats.t.isf(ALPHA / 2, n - 1) * np.sqrt(n / (n - 1)))
