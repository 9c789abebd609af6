"""Diversity of domains by hand, and that breadth is neither invented nor overlooked."""

from __future__ import annotations

import math
from typing import Any

import numpy as np
import pytest

from gen.analysis import tables
from gen.corpus.tables import Study
from gen.trends import diversity, domains
from gen.trends.base import Answer
from tests.answers import INCOMPLETE_YEAR, absent, answered, copies, figure, study

FOUR = ("chest", "neuro", "eye", "skin")


def even(number: int, year: int, terms: tuple[str, ...] = FOUR) -> list[Study]:
    """As many studies of each domain."""
    return [each for term in terms for each in copies(number, year, domains=(term,))]


def asked(studies: list[Study]) -> Answer:
    return answered(domains.QUESTION, studies)


def year(answer: Answer, number: int | str) -> dict[str, Any]:
    (row,) = [row for row in answer.values["diversity"] if row["year"] == str(number)]
    return row


def test_four_equally_frequent_domains_count_as_four() -> None:
    row = year(asked(even(3, 2024)), 2024)
    assert row["counted"] == 4.0
    assert row["shannon"] == pytest.approx(math.log(4), abs=1e-3)
    assert (row["studies"], row["terms"]) == (12, 4)


def test_entropy_of_one_to_three_is_that_of_the_textbook() -> None:
    studies = [*copies(3, 2024, domains=("chest",)), *copies(1, 2024, domains=("eye",))]
    # -(3/4 ln 3/4 + 1/4 ln 1/4)
    assert year(asked(studies), 2024)["shannon"] == pytest.approx(0.562, abs=5e-4)


def test_a_study_of_two_domains_counts_for_both() -> None:
    studies = [*copies(2, 2024, domains=("chest", "eye")), *copies(2, 2024, domains=("chest",))]
    row = year(asked(studies), 2024)
    # 4 and 2 of 6 mentions: -(2/3 ln 2/3 + 1/3 ln 1/3) = 0.6365
    assert (row["studies"], row["shannon"]) == (4, pytest.approx(0.637, abs=5e-4))


def test_years_without_enough_coded_studies_have_no_diversity() -> None:
    answer = asked([*even(3, 2022), *copies(2, 2023, domains=("chest",)), *copies(9, 2024)])
    for number, coded in ((2023, 2), (2024, 0)):
        row = year(answer, number)
        assert row["studies"] == coded
        assert row["shannon"] is row["counted"] is row["corrected"] is row["low"] is None


def test_correction_raises_what_few_studies_show() -> None:
    row = year(asked(even(3, 2024)), 2024)
    assert row["corrected"] > row["counted"]
    assert row["low"] < row["corrected"] < row["high"]


def test_a_field_that_narrows_is_said_to_narrow() -> None:
    terms = (*FOUR, "breast", "abdomen", "urology", "dental")
    shrinking = [
        each
        for number, kept in ((2021, 8), (2022, 6), (2023, 4), (2024, 3), (2025, 2))
        for each in even(48 // kept, number, terms[:kept])
    ]
    answer = asked(shrinking)
    assert answer.sentence.startswith("The field is narrowing: the effective number of domains")
    assert "and so it is without that first year" in answer.sentence
    (finding,) = [each for each in answer.findings if each.id == "diversity"]
    # From 8 to 2 domains in four years is a factor of 2 ** -0.5 a year.
    assert finding.estimate == pytest.approx(0.707, abs=0.02)
    assert finding.p < 0.01


def test_a_change_that_hangs_on_the_first_year_is_said_to() -> None:
    studies = [
        *copies(11, 2022, domains=("chest",)),
        study("other", 2022, domains=("eye",)),
        *(each for number in (2023, 2024, 2025) for each in even(10, number)),
    ]
    sentence = asked(studies).sentence
    assert sentence.startswith("Whether the field is broadening hangs on 2022:")
    assert "without that year there is no clear trend" in sentence


def test_more_studies_alone_are_no_broadening() -> None:
    answer = asked([each for n in range(4) for each in even(3 * 2**n, 2022 + n)])
    assert answer.sentence.startswith("There is no clear broadening or narrowing of the field:")
    assert "4.0 in 2025 (96 studies)" in answer.sentence.replace("4.1", "4.0")


def test_the_incomplete_year_is_drawn_and_not_tested() -> None:
    full = [each for number in (2023, 2024, 2025) for each in even(5, number)]
    late = copies(20, INCOMPLETE_YEAR, domains=("chest",))
    with_late, without = asked([*full, *late]), asked(full)
    assert with_late.values["trend"] == without.values["trend"]
    assert figure(with_late, "fig-diversity").rows[3]["partial"]


def test_two_years_of_ten_studies_are_too_few_for_a_trend() -> None:
    answer = asked([*even(3, 2023), *even(3, 2024)])
    assert answer.values["trend"] is None
    assert figure(answer, "fig-diversity").reading.startswith(
        "Whether the field is broadening cannot be said: fewer than 3 full years"
    )


def test_where_all_studies_are_alike_there_is_no_trend() -> None:
    alike = [each for number in (2022, 2023, 2024) for each in copies(12, number, domains=("eye",))]
    answer = asked(alike)
    assert answer.values["trend"] is None
    row = year(answer, 2023)
    assert (row["counted"], row["corrected"], row["low"]) == (1.0, None, None)


def test_without_a_coded_domain_nothing_is_drawn() -> None:
    answer = asked(copies(9, 2024))
    assert absent(answer, "fig-diversity").reading == (
        "Too few studies to say: no year has enough studies coded for a domain."
    )


def test_the_chart_the_caption_and_the_table_hold_the_same_numbers() -> None:
    answer = asked([each for n in range(4) for each in even(3 + n, 2022 + n)])
    drawn = figure(answer, "fig-diversity")
    for row in drawn.rows:
        told = year(answer, row["year"])
        kind = "corrected" if row["low"] is not None else "counted"
        assert row["value"] == told[kind]
    assert f"{year(answer, 2022)['corrected']:.1f} in 2022" in drawn.reading
    assert f"{year(answer, 2025)['corrected']:.1f} in 2025" in drawn.reading


def test_a_study_of_a_new_domain_moves_the_numbers() -> None:
    before = year(asked(even(3, 2024)), 2024)
    after = year(asked([*even(3, 2024), study("new", 2024, domains=("urology",))]), 2024)
    assert (after["studies"], after["terms"]) == (13, 5)
    assert after["counted"] > before["counted"]


@pytest.mark.slow
def test_a_steady_mix_is_seldom_said_to_change(monkeypatch: pytest.MonkeyPatch) -> None:
    # 100 null corpora of very different numbers of studies a year; a test at 5 % claims at most
    # 10 of them with a probability of 0.99. The claim rests on the permutations alone.
    monkeypatch.setattr(diversity, "bootstrap", lambda *_, **__: (0.5, 1.5))
    monkeypatch.setattr(diversity, "PERMUTATIONS", 199)
    rng = np.random.default_rng(7)
    claimed = 0
    for _ in range(100):
        drawn = [
            study(f"s{number}-{n}", number, domains=(str(term),))
            for number, size in ((2022, 11), (2023, 25), (2024, 50))
            for n, term in enumerate(rng.choice(FOUR, size, p=[0.6, 0.2, 0.1, 0.1]))
        ]
        df = tables.frame(drawn)
        found = diversity.diversity(df, "domains")
        trend = diversity.broadening(df, "domains", found, INCOMPLETE_YEAR)
        assert trend is not None
        claimed += trend.significant
    assert claimed <= 10
