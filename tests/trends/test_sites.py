"""A few of the simulated sites; `python -m tests.trends.sites` makes hundreds."""

from __future__ import annotations

import numpy as np
import pytest

from tests.trends.sites import Simulation

pytestmark = [pytest.mark.corpus, pytest.mark.slow]


@pytest.fixture(scope="module")
def simulation() -> Simulation:
    return Simulation.of_corpus()


def test_the_simulation_makes_the_tests_of_the_pages(simulation: Simulation) -> None:
    made = simulation.trends(simulation.df)
    assert made.items() <= simulation.all_tests.p.items()
    left = simulation.all_tests.p.keys() - made.keys()
    assert all(name.startswith(("combinations", "niches of", "specific ")) for name in left)


def test_sites_without_trends_claim_none(simulation: Simulation) -> None:
    rng = np.random.default_rng(5)
    claims = [simulation.claims(simulation.dealt(rng, flat=True)) for _ in range(4)]
    assert not any(claims)


def test_trends_that_are_planted_are_found(simulation: Simulation) -> None:
    rng = np.random.default_rng(5)
    wanted = {(each.family, each.place) for each in simulation.planted}
    assert len(wanted) > 8
    found = [len(wanted & simulation.claims(simulation.sown(rng))) for _ in range(2)]
    assert sum(found) > len(wanted)  # of twice as many
