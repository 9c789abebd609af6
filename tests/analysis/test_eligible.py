"""How many of the identified records are eligible."""

from __future__ import annotations

import shutil
from math import hypot, sqrt
from pathlib import Path

import pytest
from scipy import stats

from gen.analysis.eligible import Eligible, Sample, per_year
from gen.analysis.flow import Flow
from gen.corpus.corpus import Frame
from gen.corpus.load import load
from tests import invented
from tests.real import DATA
from tests.real import corpus as real


def wilson(some: float, n: float) -> tuple[float, float]:
    """By the formula in Wilson (1927), apart from the library that the code asks."""
    z = stats.norm.isf(0.025)
    middle = (some + z**2 / 2) / (n + z**2)
    half = z / (n + z**2) * sqrt(some * (n - some) / n + z**2 / 4)
    return middle - half, middle + half


def test_an_estimate_is_the_share_judged_eligible_of_the_population() -> None:
    sample = Sample(population=1000, taken=120, judged=100, eligible=80)
    assert sample.unclear == 20
    n = 100 * 999 / 900
    low, high = wilson(0.8 * n, n)
    assert sample.share == pytest.approx((0.8, low, high))
    found = sample.estimate
    assert (found.value, found.low, found.high) == (800, round(1000 * low), round(1000 * high))


def test_all_judged_leaves_nothing_to_chance() -> None:
    assert Sample(population=7, taken=7, judged=7, eligible=5).share == (5 / 7, 5 / 7, 5 / 7)


def test_none_judged_excludes_nothing() -> None:
    assert Sample(population=9, taken=2, judged=0, eligible=0).share == (0.0, 0.0, 1.0)


def test_the_interval_of_the_sum_joins_those_of_its_parts() -> None:
    drawn, missed = Sample(100, 20, 20, 18), Sample(200, 30, 25, 5)
    total = Eligible(50, drawn, missed, ()).total
    assert total.value == (50 + 90 + 40)
    below = hypot(100 * (0.9 - drawn.share[1]), 200 * (0.2 - missed.share[1]))
    above = hypot(100 * (drawn.share[2] - 0.9), 200 * (missed.share[2] - 0.2))
    assert (total.low, total.high) == (round(180 - below), round(180 + above))


@pytest.fixture
def data(tmp_path: Path) -> Path:
    """r1 is included at screening and coded; five records were deferred, and three drawn."""
    folder = invented.write(tmp_path / "data")
    cells = {"title": "Of the draw", "sources": "hand search"}
    for place, (decision, reason) in enumerate(
        (
            ("include", ""),
            ("exclude", "not-imaging"),
            ("exclude", "insufficient-information"),
            ("deferred", ""),
            ("deferred", ""),
        ),
        start=1,
    ):
        stage = "coding" if reason else ""
        more = {"decision": decision, "reason": reason, "stage": stage, "draw": str(place)}
        invented.append(folder, "records", id=f"d{place}", **cells, **more)
    invented.change(folder, "sources", 3, raw_records="8", unique_new_records="7")
    return folder


def test_the_draw_is_counted_from_the_records(data: Path) -> None:
    found = Eligible.of(load(data))
    assert found.included == 2
    assert found.deferred == Sample(population=5, taken=3, judged=2, eligible=1)
    assert found.ahead == 0


def test_what_is_taken_up_ahead_of_its_turn_is_no_part_of_the_sample(data: Path) -> None:
    invented.change(data, "records", 9, decision="include", study="zeta")
    invented.change(data, "studies", 7, record_id="d5")
    corpus = load(data)
    found = Eligible.of(corpus)
    assert (corpus.reached, found.ahead) == (3, 1)
    assert found.deferred == Sample(population=5, taken=3, judged=2, eligible=1)
    assert corpus.frames["zeta"] is Frame.AHEAD
    assert "zeta" not in {study.id for study in corpus.counted}
    invented.change(data, "records", 8, decision="include")
    corpus = load(data)
    assert Eligible.of(corpus).deferred == Sample(population=5, taken=5, judged=4, eligible=3)
    assert corpus.frames["zeta"] is Frame.DRAWN


def test_a_duplicate_found_at_screening_is_no_part_of_the_deferred(data: Path) -> None:
    invented.change(
        data, "records", 8, decision="exclude", reason="duplicate-version", stage="screening"
    )
    corpus = load(data)
    found = Eligible.of(corpus).deferred
    assert found == Sample(population=4, taken=3, judged=2, eligible=1)
    assert Flow.of(corpus).put_off == found.population


def test_the_audit_speaks_for_what_was_excluded_as_no_foundation_model(data: Path) -> None:
    invented.change(data, "records", 3, reason="not-foundation-model")
    invented.write_table(
        data,
        "screening_audit",
        [
            {"record": "r2", "verdict": "eligible"},
            {"record": "r2", "verdict": "not-eligible"},
            {"record": "r2", "verdict": "cannot-tell"},
        ],
    )
    assert Eligible.of(load(data)).excluded == Sample(1, 3, 2, 1)


@pytest.mark.corpus
def test_one_more_is_drawn_by_a_line_in_two_tables(tmp_path: Path) -> None:
    """The first of the list of deferred records is the next of the draw."""
    data = shutil.copytree(DATA, tmp_path / "data")
    before, next_ = Eligible.of(real()).deferred, Flow.of(real()).deferred.records[0]
    assert next_.draw == before.taken + 1
    lines = [row["id"] for row in invented.read_table(data, "records")]
    line = lines.index(next_.id) + 2
    invented.change(data, "records", line, decision="include", study="drawn")
    own = {"id": "drawn", "name": "Drawn", "title": next_.title, "date": "2025"}
    work = {"arxiv": next_.arxiv or "", "doi": next_.doi or "", "url": next_.url or ""}
    invented.append(data, "studies", **invented.STUDY, **own, **work, record_id=next_.id)
    corpus = load(data)
    after = Eligible.of(corpus).deferred
    assert (after.taken, after.eligible) == (before.taken + 1, before.eligible + 1)
    assert corpus.frames["drawn"] is Frame.DRAWN
    assert len(corpus.counted) == len(real().counted)


@pytest.mark.corpus
def test_the_draw_of_the_review_was_passed_over_nowhere() -> None:
    found = Eligible.of(real())
    assert found.ahead == 0
    assert 0 < found.deferred.eligible <= found.deferred.judged <= found.deferred.taken
    assert found.deferred.taken <= found.deferred.population


@pytest.mark.corpus
def test_records_of_a_year_are_the_included_and_a_share_of_the_deferred() -> None:
    corpus = real()
    found = per_year(corpus)
    whole = Eligible.of(corpus)
    assert sum(included for included, _ in found.values()) == whole.included
    deferred = [estimate.value - included for included, estimate in found.values()]
    assert sum(deferred) == pytest.approx(whole.deferred.estimate.value, abs=len(found) / 2)
    assert all(
        included <= e.low <= e.value <= e.high and (e.high > e.low or e.value == included)
        for included, e in found.values()
    )
