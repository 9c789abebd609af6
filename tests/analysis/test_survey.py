"""Weighted and clustered trends against statsmodels, and how often their intervals hold."""

from __future__ import annotations

import numpy as np
import pytest
from statsmodels.genmod import families
from statsmodels.genmod.generalized_linear_model import GLM

from gen.analysis.groups import research_groups
from gen.analysis.statistics import logistic_trend
from gen.analysis.survey import weighted_trend
from tests.answers import study

RNG = np.random.default_rng(7)
YEARS = RNG.integers(2019, 2026, 200)
YES = RNG.random(200) < 0.2 + 0.08 * (YEARS - 2019)
ONE = np.ones(200)


def test_clusters_vary_as_statsmodels_has_it() -> None:
    groups = np.arange(200) % 50
    found = weighted_trend(YEARS, YES, ONE, ONE, groups)
    design = np.column_stack([ONE, YEARS - YEARS.mean()])
    fit = GLM(YES.astype(float), design, family=families.Binomial()).fit(
        cov_type="cluster", cov_kwds={"groups": groups, "use_correction": False}
    )
    assert found
    assert np.log(found.odds_ratio) == pytest.approx(fit.params[1])
    # The scores of one stratum vary about their mean, which is 0, with n - 1.
    se = fit.bse[1] * np.sqrt(50 / 49)
    assert np.log(found.high) == pytest.approx(fit.params[1] + 2.009575 * se, rel=1e-5)


def test_weights_count_a_study_more_than_once() -> None:
    weights = np.where(YEARS % 2, 1.0, 3.0)
    found = weighted_trend(YEARS, YES, weights, weights, np.arange(200))
    again = np.repeat(np.arange(200), weights.astype(int))
    plain = logistic_trend(YEARS[again], YES[again], np.ones(len(again)))
    assert found
    assert plain
    assert found.odds_ratio == pytest.approx(plain.odds_ratio)
    assert found.high / found.low > plain.high / plain.low  # it has no more studies than it has


def test_what_cannot_be_said_is_none() -> None:
    assert weighted_trend(YEARS, ONE, ONE, ONE, np.arange(200)) is None
    assert weighted_trend(YEARS, YES, ONE, ONE, ONE) is None  # one group


@pytest.mark.slow
@pytest.mark.parametrize("clustered", [False, True])
def test_intervals_hold_the_truth(*, clustered: bool) -> None:
    """Two strata of 150 studies, one of which weighs double, in groups that err alike or alone."""
    rng = np.random.default_rng(11)
    hits = []
    strata = np.repeat([0, 1], 150)
    groups = np.arange(300) // (3 if clustered else 1)
    for _ in range(1000):
        years = rng.integers(2019, 2026, 300)
        shift = rng.normal(0, 1 if clustered else 0, 300)[groups]
        # A logistic mixture has the slope of 0 exactly where there is none.
        yes = rng.random(300) < 1 / (1 + np.exp(0.5 - shift))
        found = weighted_trend(years, yes, 1.0 + strata, strata, groups)
        assert found
        hits.append(found.low <= 1 <= found.high)
    assert 0.93 <= np.mean(hits) <= 0.97


def test_groups_share_three_authors_or_a_repository_owner() -> None:
    people = ("Alt, A", "Neu, B", "Rot, C", "Blau, D")
    made = [
        study("three", 2023, authors=people[:3]),
        study("same-three", 2023, authors=(*people[:3], "Grau, E")),
        study("two", 2023, authors=(*people[:2], "Gelb, F")),
        study("owned", 2023, code="https://github.com/Lab/a", authors=("Gelb, G",)),
        study("weighed", 2023, weights="https://huggingface.co/lab2/b", authors=people[1:]),
        study("both", 2023, code="https://github.com/lab/c", weights="https://huggingface.co/lab2"),
        study("elsewhere", 2023, code="https://example.org/lab/a", authors=("Gelb, H",)),
        study("project", 2023, code="https://example.org/lab/b", authors=("Gelb, I",)),
    ]
    groups = research_groups(made)
    together = [{a for a in groups if groups[a] == of} for of in dict.fromkeys(groups.values())]
    assert together == [
        {"three", "same-three"},
        {"two"},
        {"owned", "weighed", "both"},
        {"elsewhere"},
        {"project"},
    ]
