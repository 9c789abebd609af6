"""Every function against an outside reference; what cannot be said is None."""

from __future__ import annotations

import dataclasses
import math

import numpy as np
import pytest
from scipy import stats
from scipy.optimize import fsolve
from scipy.special import ndtr
from statsmodels.genmod import families
from statsmodels.stats.contingency_tables import Table
from statsmodels.stats.inter_rater import cohens_kappa
from statsmodels.stats.meta_analysis import combine_effects

from gen.analysis import statistics
from gen.analysis.resampling import bootstrap, cohen, jaccard, joint_trend
from gen.analysis.statistics import (
    Share,
    adjusted,
    fisher,
    growth,
    happened_by,
    is_significant,
    log_odds,
    logistic_trend,
    pool,
    residuals,
    shannon,
    theil_sen,
    top_share,
    turn,
    wilson,
)

# Measures of how unequal counts are, of one line or of every line of a table.
MEASURES = (shannon, lambda counts: top_share(counts, 3))

# Newcombe (1998), Statistics in Medicine 17:857-872, table I, method 3.
NEWCOMBE = [
    (81, 263, 0.2553, 0.3662),
    (15, 148, 0.0624, 0.1605),
    (0, 20, 0.0000, 0.1611),
    (1, 29, 0.0061, 0.1718),
]

# Agresti (2007), An Introduction to Categorical Data Analysis, table 3.1: snoring (scores 0, 2, 4,
# 5) and heart disease. Logit: R's glm gives -3.86625 + 0.39734 x, standard error 0.05001.
SNORING = ([0, 2, 4, 5], [24, 35, 21, 30], [1379, 638, 213, 254])

# Bliss (1935) in Dobson (2002), An Introduction to Generalized Linear Models, table 7.2: beetles
# killed by log dose. Logit: -60.72 (5.18) + 34.27 (2.91) x.
BEETLES = (
    [1.6907, 1.7242, 1.7552, 1.7842, 1.8113, 1.8369, 1.8610, 1.8839],
    [6, 13, 18, 28, 52, 53, 61, 60],
    [59, 60, 62, 56, 63, 59, 62, 60],
)

# Whyte et al. (1987) in Dobson and Barnett, exercise 4.1: deaths from AIDS in Australia by quarter,
# 1983 to 1986. Poisson, log link, R's glm: 0.33963 + 0.25652 x, standard error 0.02204.
AIDS = (range(1, 15), [0, 1, 2, 3, 1, 4, 9, 18, 23, 31, 20, 25, 37, 45])

# Benjamini and Hochberg (1995), section 3.2: fifteen p-values, of which four are rejected at 5%.
BH = [
    *(0.0001, 0.0004, 0.0019, 0.0095, 0.0201, 0.0278, 0.0298, 0.0344, 0.0459),
    *(0.3240, 0.4262, 0.5719, 0.6528, 0.7590, 1.0000),
]

# Sen (1968), section 6: the slope is 4; the intercept of the medians is 20 - 4 * 4.
SEN = ([1, 2, 3, 4, 10, 12, 18], [9, 15, 19, 20, 45, 55, 78])

# Kacker (2004), computed with R metafor, rma(y, v, method="PM", control=list(tol=1e-9)); values as
# in statsmodels, stats/tests/results/results_meta.py (exk1_metafor).
KACKER = (
    [61.0, 61.4, 62.21, 62.3, 62.34, 62.6, 62.7, 62.84, 65.9],
    [0.2025, 1.2100, 0.0900, 0.2025, 0.3844, 0.5625, 0.0676, 0.0225, 1.8225],
)

# Cohen (1960), table 1, as counts of 200: observed agreement 0.70, expected 0.41, kappa 0.492.
COHEN = [[88, 10, 2], [14, 40, 6], [18, 10, 12]]


def codings(table: list[list[int]]) -> tuple[list[int], list[int]]:
    cells = [(i, j) for i, row in enumerate(table) for j, n in enumerate(row) for _ in range(n)]
    return [i for i, _ in cells], [j for _, j in cells]


@pytest.fixture
def nothing_is_fitted(monkeypatch: pytest.MonkeyPatch) -> None:
    """What has no estimate is known before: no fit has to fail first."""
    monkeypatch.delattr(statistics, "_regression")


def test_wilson_is_newcombes() -> None:
    count, total, low, high = zip(*NEWCOMBE, strict=True)
    assert np.round(wilson(count, total), 4).tolist() == [list(low), list(high)]


def test_wilson_excludes_nothing_where_nothing_was_observed() -> None:
    low, high = wilson([0, 1], [0, 1])
    assert (low[0], high[0]) == (0, 1)
    assert 0 < low[1] < high[1] == 1


def test_a_share_has_wilsons_interval_and_of_nothing_there_is_none() -> None:
    some, total, low, high = NEWCOMBE[0]
    found = Share.of(some, total)
    assert (found.some, found.total, found.value) == (some, total, some / total)
    assert (round(found.low, 4), round(found.high, 4)) == (low, high)
    assert Share.of(0, 0) == Share(0, 0, None, None, None)


@pytest.mark.parametrize(
    ("data", "slope", "error", "digits"),
    [(SNORING, 0.39734, 0.05001, 5), (BEETLES, 34.27, 2.91, 2)],
)
def test_logistic_trend_is_the_published_one(
    data: tuple[list[float], list[int], list[int]], slope: float, error: float, digits: int
) -> None:
    found = logistic_trend(*data)
    assert found
    assert round(math.log(found.odds_ratio), digits) == slope
    width = math.log(found.high) - math.log(found.low)
    assert round(width / 2 / 1.959964, digits) == error
    assert found.p == pytest.approx(math.erfc(slope / error / math.sqrt(2)), rel=0.1)
    assert found.n == sum(data[2])


def test_logistic_trend_does_not_depend_on_the_origin_of_years_or_on_empty_ones() -> None:
    x, k, n = SNORING
    moved = logistic_trend([*(2019 + each for each in x), 2030], [*k, 0], [*n, 0])
    here = logistic_trend(x, k, n)
    assert here
    assert moved
    assert dataclasses.astuple(moved) == pytest.approx(dataclasses.astuple(here))


@pytest.mark.parametrize(
    ("successes", "totals"),
    [
        ([0, 0, 0], [20, 20, 20]),
        ([20, 20, 20], [20, 20, 20]),
        ([1, 1, 2], [20, 20, 20]),  # four successes
        ([19, 18, 19], [20, 20, 20]),  # four failures
        ([0, 9, 0], [0, 20, 0]),  # one year
        ([0, 0, 20], [20, 20, 20]),  # separation
        ([0, 0, 9], [20, 20, 20]),  # all but for the last year
        ([20, 9, 0], [20, 20, 20]),
        ([0, 0, 0], [0, 0, 0]),
    ],
)
@pytest.mark.usefixtures("nothing_is_fitted")
def test_no_logistic_trend(successes: list[int], totals: list[int]) -> None:
    assert logistic_trend([2020, 2021, 2022], successes, totals) is None


def test_a_logistic_trend_of_five_and_five_can_be_told() -> None:
    assert logistic_trend([1, 2, 3, 4], [0, 1, 1, 3], [2, 3, 2, 3])


def test_a_logistic_trend_of_two_years_is_their_odds_ratio() -> None:
    found = logistic_trend([2020, 2021], [5, 10], [20, 20])
    assert found
    error = math.sqrt(1 / 5 + 1 / 15 + 1 / 10 + 1 / 10)  # Woolf (1955)
    assert found.odds_ratio == pytest.approx(3)
    assert found.high == pytest.approx(3 * math.exp(1.959964 * error), rel=1e-5)
    assert found.p == pytest.approx(math.erfc(math.log(3) / error / math.sqrt(2)), rel=1e-5)


def test_a_logistic_trend_is_the_same_of_studies_one_by_one_as_of_years() -> None:
    years, successes, totals = [1, 2, 3, 4], [1, 1, 1, 3], [3, 3, 2, 4]
    each = [
        (year, int(n < k))
        for year, k, total in zip(years, successes, totals, strict=True)
        for n in range(total)
    ]
    alone = logistic_trend([year for year, _ in each], [won for _, won in each], [1] * len(each))
    together = logistic_trend(years, successes, totals)
    assert alone
    assert together
    assert dataclasses.astuple(alone) == pytest.approx(dataclasses.astuple(together), rel=1e-5)


def test_poisson_regression_is_the_published_one() -> None:
    x, y = (np.asarray(each, float) for each in AIDS)
    fit = statistics._regression(x, y, families.Poisson())  # noqa: SLF001  growth finds more scatter
    assert fit.params[1].round(5) == 0.25652
    assert fit.bse[1].round(5) == 0.02204
    assert (fit.params[0] - fit.params[1] * x.mean()).round(5) == 0.33963


def test_growth_without_more_scatter_than_chance_is_poissons() -> None:
    # Agresti (2007), exercises of chapter 3, imperfections of wafers: means of 5 and 9 without
    # over-dispersion; Poisson regression gives the ratio 1.8, log standard error 0.1764. A pair of
    # 7 and 6 half-way, about the geometric mean, adds the third date and moves this little.
    a, b = [8, 7, 6, 6, 3, 4, 7, 2, 3, 4], [9, 9, 8, 14, 8, 13, 11, 5, 7, 6]
    found = growth([0] * 10 + [1] * 10 + [0.5] * 2, [*a, *b, 7, 6])
    assert found
    assert found.model == "Poisson"
    assert found.dispersion < 1
    assert found.factor == pytest.approx(1.8, rel=0.01)
    assert math.log(found.high / found.factor) / 1.959964 == pytest.approx(0.1764, rel=0.01)
    assert found.n == sum(a) + sum(b) + 13


def test_growth_solves_the_moment_equations_of_the_negative_binomial() -> None:
    # Breslow (1984); R MASS::theta.mm. Solved here without statsmodels.
    x, y = (np.asarray(each, float) for each in AIDS)
    x = x - x.mean()

    def equations(unknown: tuple[float, float, float]) -> list[float]:
        level, slope, dispersion = unknown
        mean = np.exp(level + slope * x)
        score = (y - mean) / (1 + dispersion * mean)
        scatter = ((y - mean) ** 2 / (mean + dispersion * mean**2)).sum()
        return [score.sum(), (score * x).sum(), scatter - (len(x) - 2)]

    level, slope, dispersion = fsolve(equations, (2.3, 0.25, 0.1))
    mean = np.exp(level + slope * x)
    weight = mean / (1 + dispersion * mean)
    spread = (weight * x**2).sum() - (weight * x).sum() ** 2 / weight.sum()
    found = growth(*AIDS)
    assert found
    assert found.model == "negative binomial"
    assert found.dispersion > 1
    assert found.factor == pytest.approx(math.exp(slope), rel=1e-4)
    # 2.178813 is Student's t for 95% and 12 degrees of freedom.
    assert found.low == pytest.approx(math.exp(slope - 2.178813 / math.sqrt(spread)), rel=1e-4)
    assert found.high == pytest.approx(math.exp(slope + 2.178813 / math.sqrt(spread)), rel=1e-4)
    assert found.p < 0.001


def test_doubling_every_year_is_growth_by_two() -> None:
    found = growth([2019, 2020, 2021, 2022], [2, 4, 8, 16])
    assert found
    assert found.factor == pytest.approx(2)
    assert found.dispersion == pytest.approx(0)


def test_any_scatter_beyond_chance_makes_growth_negative_binomial() -> None:
    found = growth(range(6), [4, 4, 9, 13, 31, 31])
    assert found
    assert 1 < found.dispersion < 2
    assert found.model == "negative binomial"


def test_a_single_study_in_another_year_is_enough_for_growth() -> None:
    assert growth([2020, 2021, 2022], [1, 0, 30])


def test_what_did_not_converge_is_no_fit(monkeypatch: pytest.MonkeyPatch) -> None:
    class Lost:
        converged = False

    monkeypatch.setattr(statistics.GLM, "fit", lambda *_, **__: Lost())
    assert logistic_trend(*SNORING) is None
    assert growth(*AIDS) is None


def test_a_fit_that_does_not_converge_is_none(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(statistics, "_regression", lambda *_: None)
    assert growth([2020, 2021, 2022], [2, 3, 5]) is None
    assert logistic_trend(*SNORING) is None


@pytest.mark.parametrize(
    ("years", "counts"),
    [
        ([], []),
        ([2020], [30]),
        ([2020, 2021], [10, 30]),
        ([2020, 2020, 2021], [10, 10, 30]),
        ([2020, 2021, 2022], [2, 3, 4]),  # nine studies
        ([2020, 2021, 2022], [0, 0, 30]),
        ([2020, 2021, 2022], [30, 0, 0]),
    ],
)
@pytest.mark.usefixtures("nothing_is_fitted")
def test_no_growth(years: list[int], counts: list[int]) -> None:
    assert growth(years, counts) is None


def test_ten_studies_in_three_years_are_enough_for_growth() -> None:
    found = growth([2020, 2021, 2022], [2, 3, 5])
    assert found
    assert found.low < 1 < found.factor < found.high


STEEP_THEN_FLAT = [1, 2, 2, 3, 4, 6, 8, 12, 16, 24, 25, 23, 24, 26, 24, 23, 25, 24]


def test_a_turn_is_found_where_it_is() -> None:
    x = np.arange(18) / 4
    found = turn(x, STEEP_THEN_FLAT)
    assert found
    assert found.at == pytest.approx(9.5 / 4)
    assert found.earliest <= found.at <= found.latest
    assert found.lead > 2
    assert (found.before.n, found.since.n) == (sum(STEEP_THEN_FLAT[:10]), sum(STEEP_THEN_FLAT[10:]))
    # By least squares on the logarithms, apart from the library.
    design = np.column_stack([np.ones(18), x, np.maximum(x - found.at, 0)])
    level = np.linalg.lstsq(design, np.log(STEEP_THEN_FLAT), rcond=None)[0]
    assert found.before.factor == pytest.approx(math.exp(level[1]), rel=0.05)
    assert found.since.factor == pytest.approx(math.exp(level[1] + level[2]), rel=0.05)
    assert found.since.low < 1 < found.since.high
    assert np.asarray(found.means) == pytest.approx(np.exp(design @ level), rel=0.1)


def test_a_turn_leads_by_the_small_sample_criterion() -> None:
    counts = np.array([1, 2, 2, 5, 2, 6, 12, 9, 19, 30, 18, 33, 14, 36, 16, 30, 20, 32], float)
    x = np.arange(18) / 4
    found = turn(x, counts)
    assert found
    assert found.earliest < found.latest

    def fitted(*columns: object) -> tuple[float, float]:
        """Deviance and Pearson's X2 of a Poisson line, by scoring, apart from the library."""
        design = np.column_stack([np.ones(18), *columns])
        b = np.linalg.lstsq(design, np.log(counts), rcond=None)[0]
        for _ in range(50):
            mu = np.exp(design @ b)
            b += np.linalg.solve(design.T @ (mu[:, None] * design), design.T @ (counts - mu))
        mu = np.exp(design @ b)
        deviance = 2 * (counts * np.log(counts / mu) - counts + mu).sum()
        return float(deviance), float(((counts - mu) ** 2 / mu).sum())

    single, _ = fitted(x)
    pieces, pearson = fitted(x, np.maximum(x - found.at, 0))
    spread = pearson / (18 - 3)
    assert spread > 1

    def qaicc(deviance: float, k: int) -> float:
        return deviance / spread + 2 * k + 2 * k * (k + 1) / (18 - k - 1)

    assert found.lead == pytest.approx(qaicc(single, 3) - qaicc(pieces, 5), rel=1e-4)


def test_the_interval_reaches_over_all_turns_that_fit_about_as_well() -> None:
    x = np.arange(18) / 4
    found = turn(x, STEEP_THEN_FLAT)
    assert found
    assert found.earliest < found.latest
    known = statistics._pieces(  # noqa: SLF001 - the interval of a turn that is known
        x,
        np.asarray(STEEP_THEN_FLAT, float),
        statistics._regression(  # noqa: SLF001
            x, np.asarray(STEEP_THEN_FLAT, float), families.Poisson(), turn=found.at
        ),
        found.at,
    )
    assert known
    assert found.before.low <= known.before.low
    assert found.before.high > known.before.high
    assert found.since.high > known.since.high
    assert found.since.p >= known.since.p


@pytest.mark.parametrize(
    "counts",
    [
        [1, 1, 2, 2, 3, 4, 4, 6, 8, 10, 13, 16, 20, 26, 32, 41, 52, 66],  # one speed
        STEEP_THEN_FLAT[:11],  # not six on either side
        [0] * 18,
    ],
)
def test_no_turn(counts: list[int]) -> None:
    assert turn(np.arange(len(counts)) / 4, counts) is None


def test_kaplan_and_meier_by_hand() -> None:
    # 1, 2 (watched until), 3, 3, 4 (until): 1/5, then 2 of the 3 that are left.
    found = happened_by([1, 2, 3, 3, 4], [1, 0, 1, 1, 0], [0, 1, 2, 3, 9])
    left = np.array([1, 0.8, 0.8, 0.8 / 3, 0.8 / 3])
    assert found.share == pytest.approx(1 - left)
    # Greenwood's variance on the scale log(-log).
    error = math.sqrt(1 / (5 * 4)) / -math.log(0.8)
    ends = [1 - 0.8 ** math.exp(side * 1.959964 * error) for side in (-1, 1)]
    assert (found.low[1], found.high[1]) == pytest.approx(tuple(ends))
    assert (found.low[0], found.high[0]) == (0, 0)
    assert happened_by([1, 1], [1, 1], [1]).low == [1]


def test_benjamini_and_hochberg_reject_four() -> None:
    found = adjusted(BH)
    assert sum(q <= 0.05 for q in found) == 4
    assert found[3] == pytest.approx(0.0095 * 15 / 4)
    assert found[7] == pytest.approx(0.0344 * 15 / 8)
    # 0.0201 * 15 / 5 = 0.0603 is below what follows it; 0.0278 * 15 / 6 = 0.0695 is not.
    assert found[5] == pytest.approx(0.0298 * 15 / 7)


def test_benjamini_and_hochberg_keep_the_order() -> None:
    assert adjusted([0.04, 0.01]) == pytest.approx([0.04, 0.02])
    assert adjusted([]) == []


def test_what_was_not_tested_takes_no_part_in_the_adjustment() -> None:
    assert adjusted([None, 0.04, None, 0.01]) == [None, pytest.approx(0.04), None, 0.02]
    assert adjusted([None]) == [None]


def test_one_test_in_twenty_may_claim_what_is_not_there() -> None:
    assert [is_significant(q) for q in (0.0499, 0.05, 0.2, None)] == [True, False, False, False]


def test_theil_sen_is_sens() -> None:
    x, y = SEN
    found = theil_sen(x, y)
    slopes = sorted((y[j] - y[i]) / (x[j] - x[i]) for i in range(7) for j in range(i + 1, 7))
    assert found
    assert (found.slope, found.intercept, found.n) == (4, 4, 7)
    # By Sen's (2.6): (21 -+ 1.96 * sqrt(7 * 6 * 19 / 18)) / 2 = 3.98 and 17.02, so that the 4th
    # of the 21 slopes and the 18th (the one after the 17th) are the ends.
    assert (found.low, found.high) == pytest.approx((slopes[3], slopes[17]))


def test_the_p_of_theil_sen_is_kendalls() -> None:
    # Of 7! orders one rises throughout and one falls throughout.
    rising = theil_sen(*SEN)
    assert rising
    assert rising.p == pytest.approx(2 / math.factorial(7))
    flat = theil_sen(range(6), [3] * 6)
    assert flat
    assert flat.p == 1


def test_doubling_time_is_that_of_the_slope() -> None:
    years = np.arange(2018, 2026)
    found = theil_sen(years, np.log10(1000 * 2.0 ** ((years - 2018) / 1.5)))
    assert found
    assert found.doubling == pytest.approx(1.5)
    assert found.doubling_low == pytest.approx(1.5)
    assert 10 ** (found.intercept + found.slope * 2018) == pytest.approx(1000)


def test_ends_of_the_doubling_time_are_the_other_way_round() -> None:
    found = theil_sen(range(12), [0, 1, 2.2, 2, 4.1, 5, 5.3, 7, 8.4, 8, 10.1, 11])
    assert found
    assert found.low < found.slope < found.high
    assert found.doubling
    assert found.doubling_low == pytest.approx(math.log10(2) / found.high)
    assert found.doubling_high == pytest.approx(math.log10(2) / found.low)


def test_a_negative_doubling_time_is_that_of_halving() -> None:
    found = theil_sen(range(6), [5, 4.1, 3.2, 2, 1.1, 0])
    assert found
    assert found.doubling == pytest.approx(math.log10(2) / found.slope)
    assert found.doubling_low is not None
    assert found.doubling_high is not None
    assert found.doubling_low <= found.doubling <= found.doubling_high < 0


def test_no_doubling_time_where_the_slope_may_be_nothing() -> None:
    unsure = theil_sen(range(6), [1, 3, 2, 3, 1, 2.5])
    assert unsure
    assert unsure.low <= 0 <= unsure.high
    assert (unsure.doubling_low, unsure.doubling_high) == (None, None)
    flat = theil_sen(range(6), [3] * 6)
    assert flat
    assert (flat.slope, flat.doubling, flat.doubling_low) == (0, None, None)


def test_five_points_are_enough_for_theil_sen() -> None:
    found = theil_sen([1, 2, 3, 4, 5], [1, 2, 3, 4, 5])
    assert found
    assert found.n == 5


def test_no_theil_sen() -> None:
    assert theil_sen([1, 2, 3, 4], [1, 2, 3, 4]) is None
    assert theil_sen([2020] * 6, [1, 2, 3, 4, 5, 6]) is None
    assert theil_sen([], []) is None


def test_the_share_of_the_largest() -> None:
    assert top_share([20, 30, 20, 30], 2) == pytest.approx(0.6)
    assert top_share([20, 30], 10) == 1


def test_shannon_of_the_horse_race() -> None:
    # Cover and Thomas, Elements of Information Theory, example 1.1.2: two bits.
    odds = [32, 16, 8, 4, 1, 1, 1, 1]
    assert shannon(odds) == pytest.approx(2 * math.log(2))
    # As diverse as four equally frequent kinds.
    assert math.exp(shannon(odds)) == pytest.approx(4)
    assert math.exp(shannon([3, 3, 3, 0])) == pytest.approx(3)


@pytest.mark.parametrize("values", [[], [0, 0], [3, -1]])
def test_no_concentration_of_nothing(values: list[int]) -> None:
    assert all(np.isnan(measure(values)) for measure in MEASURES)


def test_a_line_with_nothing_to_measure_leaves_the_others_alone() -> None:
    assert np.isnan(top_share([[3, -1], [0, 0], [1, 1]], 1)).tolist() == [True, True, False]
    assert top_share(np.zeros((2, 0)), 1).shape == (2,)


def test_measures_of_a_table_are_those_of_its_lines() -> None:
    table = np.random.default_rng(5).integers(0, 9, (40, 12))
    table[0] = 0
    for measure in MEASURES:
        alone = [float(measure(line)) for line in table]
        assert np.isnan(alone[0])
        assert measure(table).tolist() == pytest.approx(alone, nan_ok=True)
        assert len(set(alone)) > 30


def test_one_kind_is_wholly_concentrated() -> None:
    assert (top_share([5], 1), top_share([1], 1)) == (1, 1)
    assert (float(shannon([5])), math.copysign(1, shannon([5]))) == (0, 1)


def test_bootstrap_of_a_mean_is_students_interval() -> None:
    # For a mean of normal scores, expanded percentiles come close to t (Hesterberg 2015).
    values = np.array([2.1, 3.4, 1.9, 4.0, 2.8, 3.1, 2.2, 3.7, 2.9, 3.3])
    margin = 2.262157 * values.std(ddof=1) / math.sqrt(10)
    for corrected in (False, True):
        found = bootstrap(
            10, lambda weights: weights @ values / 10, 7, 20_000, bias_corrected=corrected
        )
        assert found == pytest.approx(
            (values.mean() - margin, values.mean() + margin), abs=0.05 * margin
        )


def test_bootstrap_intervals_are_those_of_hesterberg_and_of_davison_and_hinkley() -> None:
    values = np.array([2.1, 3.4, 1.9, 4.0, 2.8, 3.1, 2.2, 3.7, 2.9, 9.3])
    drawn = []

    def squares(weights: np.ndarray) -> np.ndarray:
        found = (weights @ values / 10) ** 2
        drawn.append(found)
        return found

    # 2.262157 is Student's t for 95% and 9 degrees of freedom.
    t = 2.262157 * math.sqrt(10 / 9)
    plain = bootstrap(10, squares, 7)
    assert len(drawn[0]) == 1000
    assert plain == pytest.approx(tuple(np.quantile(drawn[0], [ndtr(-t), ndtr(t)])), rel=1e-5)
    corrected = bootstrap(10, squares, 7, bias_corrected=True)
    _, resamples, observed = drawn
    assert observed == pytest.approx(values.mean() ** 2)
    middle = 2 * float(observed[0]) - resamples.mean()
    half = t * resamples.std()
    assert corrected == pytest.approx((middle - half, middle + half), rel=1e-5)


def test_corrected_bootstrap_moves_against_the_bias() -> None:
    counts = [9, 7, 5, 4, 3, 2, 2, 1, 1, 1, 1, 1]
    kinds = np.repeat(np.eye(12, dtype=int), counts, axis=0)  # a line a unit: its kind

    def entropy(weights: np.ndarray) -> np.ndarray:
        return shannon(weights @ kinds)

    plain = bootstrap(len(kinds), entropy, 1, 500)
    corrected = bootstrap(len(kinds), entropy, 1, 500, bias_corrected=True)
    assert plain
    assert corrected
    assert sum(plain) / 2 < shannon(counts) < sum(corrected) / 2


def test_bootstrap_is_the_same_for_the_same_seed_only() -> None:
    values = np.arange(30.0)
    found = [bootstrap(30, lambda weights: weights @ values, seed) for seed in (1, 1, 2)]
    assert found[0] == found[1] != found[2]


def test_no_bootstrap() -> None:
    def mean(weights: np.ndarray) -> np.ndarray:
        return weights @ np.arange(weights.shape[1]) / weights.shape[1]

    def where(defined: np.ndarray, values: np.ndarray) -> np.ndarray:
        return np.where(defined, values, np.nan)

    assert bootstrap(5, mean, 1)
    assert bootstrap(4, mean, 1) is None
    assert bootstrap(0, mean, 1) is None
    assert bootstrap(9, lambda weights: np.full(len(weights), 0.1 + 0.2), 1) is None
    # All the same but for the order in which they are added up.
    assert bootstrap(9, lambda weights: weights @ np.full(9, 0.1) / 9, 1) is None
    assert bootstrap(9, lambda weights: np.full(len(weights), np.nan), 1) is None
    # Undefined without unit 0, which 35% of the resamples of nine miss.
    assert bootstrap(9, lambda weights: where(weights[:, 0] > 0, mean(weights)), 1) is None
    # Undefined without all of four units, as 1% of the resamples of thirty are.
    assert bootstrap(30, lambda weights: where(weights[:, :4].any(axis=1), mean(weights)), 1)


@pytest.mark.parametrize("corrected", [False, True])
def test_no_bootstrap_claims_certainty_of_nothing(corrected: bool) -> None:  # noqa: FBT001
    def none(weights: np.ndarray) -> np.ndarray:
        return np.zeros(len(weights))

    assert bootstrap(9, none, 1, bias_corrected=corrected) is None


def test_one_resample_in_twenty_may_leave_a_statistic_undefined() -> None:
    def but_for(n: int) -> tuple[float, float] | None:
        def statistic(weights: np.ndarray) -> np.ndarray:
            return np.where(np.arange(len(weights)) < n, np.nan, weights @ np.arange(9.0))

        return bootstrap(9, statistic, 1, 20)

    assert but_for(1)
    assert but_for(2) is None


def test_no_corrected_bootstrap_of_what_is_undefined_as_counted() -> None:
    def unlike(weights: np.ndarray) -> np.ndarray:
        return np.where((weights == 1).all(axis=1), np.nan, weights @ np.arange(9.0))

    assert bootstrap(9, unlike, 1)
    assert bootstrap(9, unlike, 1, bias_corrected=True) is None


def test_the_bootstrap_resamples_units_with_replacement() -> None:
    drawn = []

    def noted(weights: np.ndarray) -> np.ndarray:
        drawn.append(weights)
        return weights @ np.arange(7.0)

    bootstrap(7, noted, 1, 300)
    assert drawn[0].shape == (300, 7)
    assert set(drawn[0].sum(axis=1)) == {7}
    assert drawn[0].min() == 0
    assert drawn[0].max() > 1


def test_log_odds_by_hand() -> None:
    # Monroe, Colaresi and Quinn (2008), (16), (19) and (22), for 6 of 40 here, 10 of 200 elsewhere
    # and a prior of 1.6 of 24: ln(7.6 / 56.4) - ln(11.6 / 212.4), variance 1 / 7.6 + 1 / 11.6.
    found = log_odds([6], 40, [10], 200, [1.6], 24)
    delta = math.log(7.6 / 56.4) - math.log(11.6 / 212.4)
    error = math.sqrt(1 / 7.6 + 1 / 11.6)
    assert found.delta[0] == pytest.approx(delta)
    assert found.z[0] == pytest.approx(delta / error)
    assert found.low[0] == pytest.approx(delta - 1.959964 * error)
    assert found.high[0] == pytest.approx(delta + 1.959964 * error)


def test_log_odds_take_any_rest_however_small() -> None:
    # The rest is a part of the prior only, here, elsewhere and in both.
    for here, elsewhere, rests in ((5, 12, (0.5, 3.5)), (8, 9, (3.5, 0.5)), (5, 9, (0.5, 0.5))):
        found = log_odds([5], here, [9], elsewhere, [1], 1.5)
        assert found.delta[0] == pytest.approx(math.log(6 / rests[0]) - math.log(10 / rests[1]))


def test_log_odds_shrink_what_is_seen_once() -> None:
    # The point of the prior: one naming of a rare item is no evidence, many of a frequent one are.
    found = log_odds([1, 30], 60, [0, 30], 240, [0.1, 6], 30)
    assert abs(found.z[0]) < 1.96 < found.z[1]


def test_log_odds_of_nothing_to_compare_with_are_nothing() -> None:
    found = log_odds([5, 0], 5, [9, 0], 9, [1, 0.5], 1)
    assert found.delta[0] == found.z[0] == 0
    assert found.low[0] < 0 < found.high[0]
    assert np.isfinite(np.array(log_odds([], 0, [], 0, [], 0))).all()
    # Another item in one of the two samples only.
    for one in (log_odds([5], 5, [9], 12, [1], 1), log_odds([5], 8, [9], 9, [1], 1)):
        assert one.delta[0] == one.z[0] == 0


def test_residuals_are_agrestis() -> None:
    # Agresti (2007), table 2.5 and section 2.4.5: party by gender; standardised residuals of the
    # Democrats 4.50, Independents 0.70 and Republicans -5.32.
    table = np.array([[762, 327, 468], [484, 239, 477]])
    found = residuals(table, table.sum(axis=1)[:, None], table.sum(axis=0), table.sum())
    assert found[0].round(2).tolist() == [4.50, 0.70, -5.32]
    assert found == pytest.approx(np.asarray(Table(table).standardized_resids))


def test_the_lady_tasting_tea_is_fishers() -> None:
    # Agresti (2007), section 2.6.2: three of four cups guessed right; two-sided 0.486.
    assert fisher([3, 2, 4], [4], [4], 8) == pytest.approx([34 / 70, 1, 2 / 70])


def test_fishers_p_is_scipys_for_every_table_of_nine() -> None:
    tables = [
        (k, a, b)
        for a in range(10)
        for b in range(10)
        for k in range(max(0, a + b - 9), min(a, b) + 1)
    ]
    found = fisher(*zip(*tables, strict=True), 9)
    for (k, a, b), p in zip(tables, found, strict=True):
        given = stats.fisher_exact([[k, a - k], [b - k, 9 - a - b + k]]).pvalue
        assert p == pytest.approx(given)


def test_fishers_p_of_a_category_that_is_full_or_empty_is_1() -> None:
    assert fisher([0, 4, 0], [0, 10, 4], [4, 4, 0], 10) == pytest.approx([1, 1, 1])
    assert fisher([], [], [], 0).tolist() == []


def test_residuals_of_four_studies_by_hand() -> None:
    # Two in both and two in none: expected 1, variance 1 · ½ · ½.
    assert residuals([2], [2], [2], [4]).tolist() == [2]


def test_residuals_of_full_and_empty_categories_are_nothing() -> None:
    assert residuals([0, 4, 0], [0, 10, 4], [4, 4, 0], 10).tolist() == [0, 0, 0]
    assert residuals([0], [0], [0], [0]).tolist() == [0]


def test_kappa_is_cohens() -> None:
    found = cohen(*codings(COHEN), 1)
    assert found
    assert found.kappa
    assert round(found.kappa, 3) == 0.492
    assert (found.raw, found.n) == (0.7, 200)
    # Fleiss, Cohen and Everitt (1969): the large-sample error, by statsmodels.
    error = cohens_kappa(COHEN).std_kappa
    assert (found.low, found.high) == pytest.approx(
        (found.kappa - 1.96 * error, found.kappa + 1.96 * error), abs=0.15 * error
    )


def test_kappas_interval_is_the_bootstrap_of_statsmodels_kappa() -> None:
    first, second = (np.array(each) for each in codings([[9, 2, 0], [1, 7, 2], [1, 0, 8]]))

    def kappa(weights: np.ndarray) -> float:
        table = np.zeros((3, 3))
        np.add.at(table, (first, second), weights)
        return float(cohens_kappa(table, return_results=False))

    found = cohen(first.tolist(), second.tolist(), 3)
    assert found
    assert (found.low, found.high) == pytest.approx(
        bootstrap(30, lambda weights: np.array([*map(kappa, weights)]), 3)
    )


def test_kappa_needs_two_categories() -> None:
    found = cohen(["yes"] * 9, ["yes"] * 9, 1)
    assert found
    assert (found.kappa, found.low, found.high, found.raw, found.n) == (None, None, None, 1, 9)
    assert cohen([], [], 1) is None


def test_perfect_agreement_has_the_interval_of_its_number_of_units() -> None:
    found = cohen([*"aabbcc"], [*"aabbcc"], 1)
    assert found
    # Wilson's lower end of 6 of 6 is 6 / (6 + 1.96 squared) = 0.6097, and chance is 1/3.
    assert (found.kappa, found.high) == (1, 1)
    assert found.low == pytest.approx((0.6097 - 1 / 3) / (2 / 3), abs=1e-4)
    shared = jaccard(["ab"] * 6, ["ab"] * 6, 1)
    assert shared
    assert (shared.mean, shared.high) == (1, 1)
    assert shared.low == pytest.approx(0.6097, abs=1e-4)


def test_kappa_of_rare_disagreement_has_no_interval() -> None:
    # Half of the resamples see one category only.
    found = cohen([True] + [False] * 25, [False] * 26, 1)
    assert found
    assert found.kappa == pytest.approx(0)
    assert found.low is None


def test_jaccard_by_hand() -> None:
    first = [{"ct", "mr"}, {"ct"}, set(), {"us"}, ["mr", "ct"], {"pet"}]
    second = [{"ct"}, {"ct"}, set(), {"mr"}, ["ct", "mr"], set()]
    found = jaccard(first, second, 1)
    assert found
    assert found.mean == pytest.approx((1 / 2 + 1 + 1 + 0 + 1 + 0) / 6)
    assert found.low is not None
    assert found.high is not None
    assert found.low < found.mean < found.high
    assert found.n == 6
    assert jaccard(first, second, 1) == found
    assert jaccard([], [], 1) is None


def test_codings_of_different_numbers_of_units_are_a_mistake() -> None:
    with pytest.raises(ValueError, match="shorter"):
        jaccard([{"ct"}, {"mr"}], [{"ct"}], 1)


def test_pooling_is_metafors() -> None:
    found = pool(*KACKER)
    assert found
    assert found.tau2 == pytest.approx(0.705395309224248, rel=1e-5)
    assert found.estimate == pytest.approx(62.4076199113286)
    # At Paule and Mandel's estimate, Hartung and Knapp's error is metafor's; t has 8 and 7
    # degrees of freedom.
    error = 0.338030602684471
    assert found.low == pytest.approx(found.estimate - 2.306004 * error, abs=1e-5)
    assert found.high == pytest.approx(found.estimate + 2.306004 * error, abs=1e-5)
    margin = 2.364624 * math.sqrt(0.705395309224248 + error**2)
    assert found.prediction_low == pytest.approx(found.estimate - margin, abs=1e-5)
    assert found.prediction_high == pytest.approx(found.estimate + margin, abs=1e-5)
    assert found.i2 == pytest.approx(1 - 8 / 24.801897741835)
    assert found.k == 9


def test_pooling_without_more_scatter_than_chance_has_no_variance_between() -> None:
    found = pool([0.1, 0.12, 0.09, 0.11, 0.1], [0.04] * 5)
    assert found
    assert (found.tau2, found.i2) == (0, 0)
    assert found.estimate == pytest.approx(0.104)


def test_a_variance_between_studies_that_does_not_converge_pools_nothing(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    def hasty(*given: np.ndarray, **how: object) -> object:
        return combine_effects(*given, **how | {"maxiter": 2})

    monkeypatch.setattr(statistics, "combine_effects", hasty)
    assert pool(*KACKER) is None


@pytest.mark.parametrize(
    ("effects", "variances"),
    [
        ([1, 2, 3, 4], [1, 1, 1, 1]),
        ([1, 2, 3, 4, 5], [1, 1, 0, 1, 1]),
        ([3, 3, 3, 3, 3], [1, 1, 1, 1, 1]),
        ([], []),
    ],
)
def test_nothing_is_pooled(effects: list[float], variances: list[float]) -> None:
    assert pool(effects, variances) is None


# A joint test of many shares.


def joint(by_year: dict[int, list[list[int]]]) -> float | None:
    years = [year for year, rows in by_year.items() for _ in rows]
    return joint_trend(years, [row for rows in by_year.values() for row in rows], seed=1)


def test_a_share_that_moves_is_seen_among_others_that_do_not() -> None:
    def rows(moving: int) -> list[list[int]]:
        return [[int(n < moving), n % 2, n % 3 == 0] for n in range(20)]

    assert joint({2023: rows(2), 2024: rows(10), 2025: rows(18)}) == pytest.approx(1 / 2000)
    assert (joint({2023: rows(9), 2024: rows(11), 2025: rows(10)}) or 0) > 0.5


def test_three_studies_have_their_six_orders() -> None:
    # Only the observed order and its mirror are as large: a third of the orders.
    assert joint({2023: [[0]], 2024: [[0]], 2025: [[1]]}) == pytest.approx(2 / 3, abs=0.03)
    assert joint({2023: [[0, 1]], 2024: [[1, 0]], 2025: [[1, 1]]}) is not None


@pytest.mark.parametrize("by_year", [{2023: [[1], [0]]}, {2023: [[1]], 2024: [[1]]}])
def test_what_does_not_vary_has_no_joint_trend(by_year: dict[int, list[list[int]]]) -> None:
    assert joint(by_year) is None
