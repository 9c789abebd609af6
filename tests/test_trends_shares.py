"""Shares and their trends, counted by hand: families and methods, and all that share them."""

from __future__ import annotations

from typing import Any

import pytest

from gen import tables
from gen.model import Study
from gen.trends import methods, shares
from gen.trends.base import Absent, Answer
from tests.trends import PARTIAL, absent, answered, context, copies, figure

# Vision-language in 10, 20 and 30 of 40 studies: odds of 1/3, 1 and 3, a ratio of 3 each year.
TREBLED = [
    each
    for year, n in ((2023, 10), (2024, 20), (2025, 30))
    for each in (
        *copies(n, year, family="vision-language"),
        *copies(40 - n, year, family="vision-only"),
    )
]


def asked(studies: list[Study]) -> Answer:
    return answered(methods.QUESTION, studies)


def term(answer: Answer, label: str) -> dict[str, Any]:
    (row,) = [
        row for table in answer.values["tables"] for row in table["rows"] if row["label"] == label
    ]
    return row


def test_odds_that_treble_each_year_have_a_ratio_of_three() -> None:
    row = term(asked(TREBLED), "Vision-language")
    assert row["ratio"] == pytest.approx(3, abs=1e-3)
    assert row["low"] < 3 < row["high"]
    assert row["studies"] == 60
    assert row["claimed"]


def test_the_other_of_two_families_falls_as_one_rises() -> None:
    answer = asked(TREBLED)
    assert term(answer, "Vision-only")["ratio"] == pytest.approx(1 / 3, abs=1e-3)
    assert answer.sentence == (
        "Clear trends after correction: families rising: Vision-language; falling: Vision-only."
    )
    assert {finding.id for finding in answer.findings} == {
        "family-vision-only",
        "family-vision-language",
    }


def test_the_incomplete_year_is_drawn_and_not_tested() -> None:
    late = copies(40, PARTIAL, family="vision-only")
    answer = asked([*TREBLED, *late])
    assert term(answer, "Vision-language")["ratio"] == pytest.approx(3, abs=1e-3)
    rows = figure(answer, "fig-family-shares").rows
    assert [(row["year"], row["partial"]) for row in rows if row["series"] == "Vision-only"] == [
        ("2023", False),
        ("2024", False),
        ("2025", False),
        ("2026", True),
    ]


def test_shares_are_of_the_studies_for_which_the_facet_is_coded() -> None:
    studies = [
        *copies(3, 2024, tasks=("segmentation",)),
        *copies(1, 2024, tasks=("detection", "segmentation")),
        *copies(6, 2024),
    ]
    given, df = context(studies), tables.frame(studies)
    drawn = shares.multiples(
        shares.per_year(df, "tasks"),
        "tasks",
        shares.trends(shares.per_year(df, "tasks"), "tasks", given),
        given,
    )
    counted = {row["series"]: (row["studies"], row["coded"], row["value"]) for row in drawn.rows}
    assert counted == {"Segmentation": (4, 4, 1.0), "Detection": (1, 4, 0.25)}
    # Wilson's interval of 1 of 4, as R's prop.test(1, 4, correct = FALSE) gives it.
    (row,) = [row for row in drawn.rows if row["series"] == "Detection"]
    assert (row["low"], row["high"]) == (
        pytest.approx(0.0456, abs=1e-4),
        pytest.approx(0.6994, abs=1e-4),
    )


def test_rare_terms_are_listed_and_not_tested() -> None:
    rare = copies(4, 2024, training=("supervised",))
    answer = asked([*TREBLED, *rare])
    row = term(answer, "Supervised")
    assert (row["studies"], row["ratio"], row["q"], row["claimed"]) == (4, None, None, False)
    assert absent(answer, "fig-training-odds").reading == (
        "Too few studies to say: no term has enough studies in enough years."
    )


def test_a_term_that_no_study_carries_is_not_listed() -> None:
    labels = {row["label"] for table in asked(TREBLED).values["tables"] for row in table["rows"]}
    assert labels == {"Vision-language", "Vision-only"}


def test_q_is_corrected_over_the_terms_of_the_facet() -> None:
    rows = [row for row in asked(TREBLED).values["tables"][0]["rows"] if row["q"] is not None]
    # Two terms that complement each other have the same p, and of two equal ps q is p.
    assert len(rows) == 2
    assert all(row["q"] == pytest.approx(row["p"]) for row in rows)


def test_terms_come_by_strength_of_evidence() -> None:
    mixed = [
        each
        for year, n in ((2023, 10), (2024, 20), (2025, 30))
        for each in (
            *copies(n, year, training=("supervised",)),
            *copies(20, year, training=("clustering",)),
            *copies(40 - n, year, training=("captioning",)),
        )
    ]
    given, df = context(mixed), tables.frame(mixed)
    found = shares.trends(shares.per_year(df, "training"), "training", given)
    assert found[-1].term == "clustering"
    assert [each.q for each in found] == sorted(each.q for each in found)
    assert {each.term for each in found if each.claimed} == {"supervised", "captioning"}


def test_only_the_most_frequent_terms_are_drawn_and_the_note_says_so() -> None:
    names = list(context([]).corpus.taxonomy["tasks"].terms)[:10]
    studies = [each for n, name in enumerate(names) for each in copies(12 - n, 2024, tasks=(name,))]
    given, df = context(studies), tables.frame(studies)
    drawn = shares.multiples(
        shares.per_year(df, "tasks"),
        "tasks",
        shares.trends(shares.per_year(df, "tasks"), "tasks", given),
        given,
    )
    assert len({row["series"] for row in drawn.rows}) == 9
    assert drawn.note.startswith("The 9 most frequent of 10 terms.")


def test_a_planted_change_moves_odds_shares_and_caption() -> None:
    flat = [
        each
        for year in (2023, 2024, 2025)
        for each in (
            *copies(20, year, family="vision-language"),
            *copies(20, year, family="vision-only"),
        )
    ]
    before, after = asked(flat), asked(TREBLED)
    assert before.sentence == "None of the 2 terms tested shows a clear trend after correction."
    assert figure(before, "fig-family-odds").reading == (
        "0 of 2 terms tested show a trend after correction."
    )
    assert figure(after, "fig-family-odds").reading.startswith("2 of 2 terms tested")
    (row,) = [
        row
        for row in figure(after, "fig-family-shares").rows
        if row["series"] == "Vision-language" and row["year"] == "2025"
    ]
    assert (row["studies"], row["coded"], row["value"]) == (30, 40, 0.75)


def test_captions_tables_and_findings_agree() -> None:
    answer = asked(TREBLED)
    drawn = {row["label"]: row for row in figure(answer, "fig-family-odds").rows}
    for row in answer.values["tables"][0]["rows"]:
        assert [drawn[row["label"]][name] for name in ("low", "high")] == [row["low"], row["high"]]
        assert drawn[row["label"]]["value"] == row["ratio"]
    labels = {"family-vision-only": "Vision-only", "family-vision-language": "Vision-language"}
    assert {finding.id for finding in answer.findings} == labels.keys()
    for finding in answer.findings:
        row = drawn[labels[finding.id]]
        said = (finding.estimate, finding.low, finding.high)
        assert (row["value"], row["low"], row["high"]) == pytest.approx(said, abs=5e-4)


def test_one_year_has_shares_and_no_trend() -> None:
    answer = asked(copies(20, 2024, training=("supervised",)))
    assert answer.sentence.startswith("Too few studies to say")
    assert figure(answer, "fig-training-shares").rows[0]["value"] == 1.0
    assert isinstance(absent(answer, "fig-training-odds"), Absent)
    assert answer.findings == ()
