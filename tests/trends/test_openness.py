"""Openness, counted by hand: an unseen cell is never a “no”."""

from __future__ import annotations

import pytest

from gen.analysis import statistics
from gen.corpus.tables import Study
from gen.trends.base import Answer
from gen.trends.openness import question as openness
from tests.answers import (
    INCOMPLETE_YEAR,
    absent,
    answered,
    benjamini_hochberg,
    copies,
    figure,
    study,
)

CODE = "https://example.org/code"
FIELD = [
    study("a", 2023, code=CODE, weights_access="open", data_access="public", domains=("eye",)),
    study("b", 2023, weights_access="gated", data_access="private", domains=("eye", "chest")),
    study("c", 2024, code=CODE, weights_access="open", family="vision-language"),
    study("d", 2024, weights_access="none", data_access="mixed"),
    study("e", 2024, missing={"weights_access": "n/a", "code": "n/a", "data_access": "n/a"}),
    study("f", 2024, missing={"weights_access": "not-reported"}),
]


def asked(studies: list[Study] = FIELD) -> Answer:
    return answered(openness.QUESTION, studies)


def test_shares_are_of_the_coded_and_code_of_all_to_which_it_applies() -> None:
    answer = asked()
    assert answer.sentence.startswith(
        "Of studies where it is known, 50% have open weights and 33% trained on public data only;"
    )
    assert answer.sentence.endswith("too few studies to say how that changes.")


def test_every_state_is_counted_and_the_unseen_bound_the_share() -> None:
    code, weights, data = asked().values["states"]
    assert weights == {
        "title": "Weights",
        "counts": {"Open weights": 2, "Gated weights": 1, "No weights offered": 1},
        "unseen": 1,
        "not_applicable": 1,
        "open": "Open weights",
        "least": 2 / 5,
        "most": 3 / 5,
    }
    assert (code["unseen"], code["not_applicable"], code["least"], code["most"]) == (3, 1, 0.4, 1)
    assert (data["unseen"], data["not_applicable"]) == (2, 1)


def test_a_year_is_counted_with_wilson_s_interval() -> None:
    rows = figure(asked(), "fig-weights").rows
    assert [(r["series"], r["year"], r["studies"], r["coded"]) for r in rows] == [
        ("Open weights", "2023", 1, 2),
        ("Open weights", "2024", 1, 2),
        ("Gated weights", "2023", 1, 2),
        ("Gated weights", "2024", 0, 2),
        ("No weights offered", "2023", 0, 2),
        ("No weights offered", "2024", 1, 2),
    ]
    low, high = statistics.wilson([1], [2])
    assert rows[0]["value"] == 0.5
    assert (rows[0]["low"], rows[0]["high"]) == pytest.approx((low[0], high[0]), abs=1e-4)


def test_families_and_domains_are_counted_each() -> None:
    groups = {row["term"]: row for row in asked().values["groups"]}
    assert list(groups) == ["vision-only", "vision-language", "eye", "chest"]
    assert groups["eye"]["studies"] == 2
    weights = groups["eye"]["measures"]["weights"]
    assert (weights["studies"], weights["of"], weights["share"]) == (1, 2, 0.5)
    assert groups["vision-language"]["measures"]["data"]["of"] == 0
    assert groups["vision-language"]["measures"]["data"]["share"] is None


def test_groups_are_compared_where_enough_studies_are() -> None:
    studies = [
        *copies(8, 2024, domains=("eye",), weights_access="open"),
        *copies(2, 2024, domains=("eye",), weights_access="none"),
        *copies(10, 2024, domains=("chest",), weights_access="none"),
        *copies(9, 2024, domains=("skin",), weights_access="open"),
    ]
    drawn = figure(asked(studies), "fig-weights-by")
    assert drawn.reading == (
        "Of the domains with at least 10 studies, lowest: Chest 0% (0 of 10); highest: Eye 80% "
        "(8 of 10)."
    )
    assert [(row["label"], row["strong"]) for row in drawn.rows] == [
        ("Vision-only", True),
        ("Chest", True),
        ("Eye", True),
        ("Skin", False),
    ]


def test_families_keep_their_order_and_domains_come_by_size() -> None:
    studies = [
        *copies(3, 2024, family="vision-only", domains=("chest",)),
        *copies(5, 2024, family="vision-language", domains=("eye",)),
    ]
    assert [row["term"] for row in asked(studies).values["groups"]] == [
        "vision-only",
        "vision-language",
        "eye",
        "chest",
    ]


def planted(shares: list[tuple[int, int]]) -> list[Study]:
    return [
        one
        for year, public in shares
        for one in (
            *copies(public, year, data_access="public"),
            *copies(20 - public, year, data_access="private"),
        )
    ]


def test_a_planted_fall_of_public_data_is_found_and_said() -> None:
    falling = planted([(2022, 18), (2023, 14), (2024, 9), (2025, 4)])
    answer = asked(falling)
    (finding,) = [each for each in answer.findings if each.id == "data-public"]
    expected = statistics.logistic_trend([2022, 2023, 2024, 2025], [18, 14, 9, 4], [20] * 4)
    assert finding.estimate == pytest.approx(expected.odds_ratio)
    assert "public training data became rarer" in answer.sentence
    reading = figure(answer, "fig-data").reading
    assert "private training data grew more frequent" in reading
    assert "Public training data: 90% (18 of 20; " in reading
    assert " in 2022, 20% (4 of 20; " in reading
    assert (
        "no change over the years" in asked(planted([(y, 10) for y in range(2022, 2026)])).sentence
    )


def test_the_incomplete_year_is_in_no_test() -> None:
    falling = planted([(2022, 18), (2023, 14), (2024, 9), (2025, 4)])
    late = copies(9, INCOMPLETE_YEAR, data_access="public")
    assert asked([*falling, *late]).findings == asked(falling).findings


def test_q_is_adjusted_over_the_whole_page() -> None:
    # Of 80 studies a year: how many are open, gated and not offered.
    numbers = {2022: (20, 40, 20), 2023: (24, 32, 24), 2024: (28, 25, 27), 2025: (31, 21, 28)}
    studies = [
        one
        for year, of in numbers.items()
        for access, n in zip(("open", "gated", "none"), of, strict=True)
        for one in copies(n, year, weights_access=access)
    ]
    trends = [
        statistics.logistic_trend(list(numbers), n, [80] * 4)
        for n in zip(*numbers.values(), strict=True)
    ]
    answer = asked(studies)
    found = [each.p for each in answer.findings if each.id.startswith("weights-")]
    assert sorted(found) == pytest.approx(benjamini_hochberg([trend.p for trend in trends]))
    shown = {row["label"]: row for row in answer.values["trends"]}
    for label, trend in zip(("Open", "Gated", "No"), trends, strict=True):
        (row,) = [row for name, row in shown.items() if name.startswith(f"{label} weights")]
        assert [row["ratio"], row["low"], row["high"]] == [trend.odds_ratio, trend.low, trend.high]
        assert row["significant"] is (row["q"] < 0.05)
    assert sum(trend.p < 0.05 for trend in trends) == 2
    assert sum(row["significant"] for row in shown.values()) == 1


@pytest.mark.parametrize("studies", [[], [study("a", 2024)], copies(2, 2024, code=CODE)])
def test_too_few_studies_are_said_and_nothing_is_drawn(studies: list[Study]) -> None:
    answer = asked(studies)
    assert answer.sentence.startswith("Too few studies to say")
    for anchor in ("fig-code", "fig-weights", "fig-data", "fig-code-by", "fig-data-by"):
        assert absent(answer, anchor)


def test_an_uncoded_column_is_absent_while_others_are_drawn() -> None:
    answer = asked(copies(12, 2024, code=CODE))
    assert figure(answer, "fig-code").rows
    assert absent(answer, "fig-weights").reason == "fewer than 3 studies are coded for it"
    assert "weights" not in answer.sentence
