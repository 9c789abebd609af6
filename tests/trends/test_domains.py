"""Diversity of domains by hand, and that breadth is neither invented nor overlooked."""

from __future__ import annotations

import math
from typing import Any

import numpy as np
import pytest

from gen.analysis import tables
from gen.corpus.tables import Study
from gen.trends.base import Answer
from gen.trends.domains import changes, diversity
from gen.trends.domains import question as domains
from tests.answers import (
    INCOMPLETE_YEAR,
    absent,
    answered,
    base_model,
    copies,
    figure,
    study,
)
from tests.trends.by_hand import asked as asked_of_all
from tests.trends.by_hand import included

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
    assert figure(answer, "fig-diversity").reading.startswith(
        "The field is narrowing: the effective number of domains"
    )
    assert "and so it is without that first year" in figure(answer, "fig-diversity").reading
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
    sentence = figure(asked(studies), "fig-diversity").reading
    assert sentence.startswith("Whether the field is broadening hangs on 2022:")
    assert "without that year there is no clear trend" in sentence


def test_more_studies_alone_are_no_broadening() -> None:
    answer = asked([each for n in range(4) for each in even(3 * 2**n, 2022 + n)])
    said = figure(answer, "fig-diversity").reading
    assert said.startswith("There is no clear broadening or narrowing of the field:")
    assert "4.0 in 2025 (96 studies)" in said.replace("4.1", "4.0")


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


def falling(own: dict[int, int], others: dict[int, int]) -> Answer:
    """So many studies of the chest, and of six other domains, by year."""
    rest = ("eye", "skin", "neuro", "breast", "dental", "urology")
    return asked(
        [
            each
            for number in own
            for each in (
                *copies(own[number], number, domains=("chest",)),
                *(
                    study(f"other-{number}-{n}", number, domains=(rest[n % 6],))
                    for n in range(others[number])
                ),
            )
        ]
    )


OTHERS = {2022: 12, 2023: 30, 2024: 60, 2025: 90}


@pytest.mark.parametrize(
    ("own", "others", "said"),
    [
        (
            {2022: 12, 2023: 15, 2024: 16, 2025: 18},
            OTHERS,
            "the number of all others rose faster",
        ),
        (
            {2022: 12, 2023: 20, 2024: 20, 2025: 18},
            OTHERS,
            "the number of all others rose faster",
        ),
        (
            {2022: 30, 2023: 20, 2024: 15, 2025: 10},
            OTHERS,
            "its number of studies fell while that of all others rose",
        ),
        (
            {2022: 90, 2023: 50, 2024: 20, 2025: 5},
            {2022: 40, 2023: 35, 2024: 33, 2025: 30},
            "its number of studies fell faster than that of all others",
        ),
    ],
)
def test_a_falling_share_is_told_by_numbers(
    own: dict[int, int], others: dict[int, int], said: str
) -> None:
    answer = falling(own, others)
    before, after = (own[n] / (own[n] + others[n]) for n in (2022, 2025))
    assert answer.sentence == (
        f"Chest fell from {100 * before:.0f}% to {100 * after:.0f}% of a year’s studies: {said}."
    )
    rows = figure(answer, "fig-change").rows
    assert [row["studies"] for row in rows if row["series"] == "Chest"] == list(own.values())
    assert [row["studies"] for row in rows if row["series"] != "Chest"] == list(others.values())


def test_numbers_are_compared_while_the_lists_were_kept_up(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(changes, "covered", lambda *_: "2024-Q3")
    answer = falling({2022: 12, 2023: 15, 2024: 20, 2025: 10}, OTHERS)
    assert answer.sentence.endswith(": the number of all others rose faster.")
    assert figure(answer, "fig-change").title.startswith("Chest: more studies in 2023 than in 2022")


def test_the_year_of_most_studies_is_told_where_it_lies_between() -> None:
    drawn = figure(falling({2022: 12, 2023: 20, 2024: 15, 2025: 13}, OTHERS), "fig-change")
    assert drawn.title == "Chest: more studies in 2025 than in 2022, a smaller part"
    assert drawn.reading == (
        "Chest: 12 studies of 24 in 2022, 13 of 103 in 2025. Most of its studies, 20, are of 2023; "
        "from then to 2025 they went to 13 and the others from 30 to 90."
    )


def test_no_share_that_moves_is_said_so() -> None:
    even_years = dict.fromkeys((2022, 2023, 2024, 2025), 20)
    assert falling(even_years, even_years).sentence == (
        "No change can be told in any domain’s share of the studies."
    )


def test_within_a_domain_a_planted_rise_is_found_and_shares_are_of_the_domain() -> None:
    studies = [
        each
        for number, language in ((2022, 2), (2023, 6), (2024, 12), (2025, 18))
        for each in (
            *copies(language, number, domains=("chest",), family="vision-language"),
            *copies(20 - language, number, domains=("chest",), tasks=("segmentation",)),
            *copies(4, number, domains=("eye",), family="vision-language"),
        )
    ]
    (chest,) = asked(studies).values["within"]
    family, segmentation, words = chest["cells"]
    assert (chest["term"], family["word"]) == ("chest", "rising")
    assert (family["before"]["some"], family["before"]["of"]) == (8, 40)
    assert (family["since"]["some"], family["since"]["of"]) == (30, 40)
    # Studies without a coded task are not asked for one.
    assert (segmentation["since"]["some"], segmentation["since"]["of"]) == (10, 10)
    assert words["q"] is None


def test_the_lag_counts_months_from_the_number_of_the_paper() -> None:
    bases = [
        base_model("stem", arxiv="2304.02643"),
        base_model("late", arxiv="2412.00001"),
        base_model("words", arxiv="2304.00001", kind="language"),
        base_model("undated"),
    ]
    names = tuple(each.id for each in bases)
    dates = ("2023-04-30", "2023-06-01", "2024-04", "2024-12-31", "2025-04-02", "2025")
    studies = [
        study(f"s{n}", 2025, date=date, **{("weights_from", "tests")[n % 2]: names})
        for n, date in enumerate(dates)
    ]
    studies.append(study("recipe", 2023, date="2023-04-01", method_from=("stem",)))
    (stem, late) = answered(domains.QUESTION, studies, base_models=bases).values["lags"]
    assert (stem["id"], stem["appeared"], stem["first"], stem["median"], stem["studies"]) == (
        ("stem", "2023-04", 0, 12, 5)
    )
    assert (stem["first_name"], late["first"]) == ("S0", -20)


@pytest.mark.corpus
def test_the_sentence_by_plain_pandas() -> None:
    studies = included()
    coded = studies[studies["domains"] != ""]
    chest = coded["domains"].str.split("; ").map(set) >= {"chest"}
    shares = chest.groupby(coded["year"]).mean()
    numbers = chest.groupby(coded["year"]).sum()
    others = (~chest).groupby(coded["year"]).sum()
    # Numbers are compared to the end of 2024, after which the first lists had ended.
    assert numbers[2024] > numbers[2022]
    assert others[2024] / others[2022] > numbers[2024] / numbers[2022]
    assert asked_of_all(domains.QUESTION).sentence == (
        f"Chest fell from {100 * shares[2022]:.0f}% to "
        f"{100 * shares[2025]:.0f}% of a year’s studies: the number of all others rose faster."
    )


@pytest.mark.slow
def test_a_steady_mix_is_seldom_said_to_change(monkeypatch: pytest.MonkeyPatch) -> None:
    # 100 null corpora of very different numbers of studies a year; a test at 5% claims at most
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
