"""Shares and their trends, counted by hand: families and methods, and all that share them."""

from __future__ import annotations

from typing import Any

import pytest

from gen.analysis import tables
from gen.corpus.tables import Study
from gen.figures.figure import Absent
from gen.trends import methods, shares
from gen.trends.base import Answer
from tests.answers import (
    INCOMPLETE_YEAR,
    absent,
    answered,
    benjamini_hochberg,
    context,
    copies,
    figure,
)

# Vision-language in 10, 20 and 30 of 40 studies: odds of 1/3, 1 and 3, a ratio of 3 each year.
SHARES = "fig-family-shares"
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
    assert row["significant"]


def test_the_other_of_two_families_falls_as_one_rises() -> None:
    answer = asked(TREBLED)
    assert term(answer, "Vision-only")["ratio"] == pytest.approx(1 / 3, abs=1e-3)
    assert answer.sentence == (
        "Most clearly, the share of studies with vision-language rose (75% in the last full year) "
        "and that with vision-only fell (25%)."
    )
    assert {finding.id for finding in answer.findings} == {
        "family-vision-only",
        "family-vision-language",
    }


def test_the_incomplete_year_is_drawn_and_not_tested() -> None:
    late = copies(40, INCOMPLETE_YEAR, family="vision-only")
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
    drawn = shares.small_multiples(
        shares.per_year(df, "tasks"),
        "tasks",
        shares.trends(df, shares.per_year(df, "tasks"), "tasks", given),
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
    assert (row["studies"], row["ratio"], row["q"], row["significant"]) == (4, None, None, False)
    assert absent(answer, "fig-training-odds").reading == (
        "Too few studies to say: no term has enough studies in enough years."
    )


def test_a_term_that_no_study_carries_is_not_listed() -> None:
    labels = {row["label"] for table in asked(TREBLED).values["tables"] for row in table["rows"]}
    assert labels == {"Vision-language", "Vision-only"}


# Of three terms one rises, one falls a little less clearly, and one changes least.
THREE_TERMS = [
    each
    for year, up, down in ((2023, 10, 25), (2024, 20, 22), (2025, 30, 19))
    for each in (
        *copies(up, year, training=("supervised",)),
        *copies(down, year, training=("captioning",)),
        *copies(20, year, training=("clustering",)),
    )
]


def test_q_is_adjusted_for_the_number_of_terms_tested() -> None:
    answer = asked(THREE_TERMS)
    rows = sorted(answer.values["tables"][2]["rows"], key=lambda row: row["p"])
    q = benjamini_hochberg([row["p"] for row in rows])
    assert [row["q"] for row in rows] == pytest.approx(q)
    assert [finding.p for finding in answer.findings] == pytest.approx(q)


def test_a_trend_is_significant_by_q_and_not_by_p() -> None:
    rows = {row["label"]: row for row in asked(THREE_TERMS).values["tables"][2]["rows"]}
    captioning = rows["Captioning"]
    assert captioning["p"] < 0.05 < captioning["q"] < 0.2
    assert [name for name, row in rows.items() if row["significant"]] == ["Supervised"]


@pytest.mark.parametrize(("studies", "tested"), [((1, 1, 2), False), ((1, 2, 2), True)])
def test_a_term_is_tested_from_five_studies_on(studies: tuple[int, ...], tested: bool) -> None:  # noqa: FBT001
    few = [
        each
        for year, n in zip((2023, 2024, 2025), studies, strict=True)
        for each in (
            *copies(n, year, training=("supervised",)),
            *copies(20, year, training=("clustering",)),
        )
    ]
    assert (term(asked(few), "Supervised")["ratio"] is not None) is tested


def test_a_reading_names_the_first_and_the_last_full_year_of_ten_studies() -> None:
    late = copies(40, INCOMPLETE_YEAR, family="vision-only")
    early = copies(9, 2022, family="vision-only")
    drawn = figure(
        asked([*early, *copies(10, 2021, family="vision-only"), *TREBLED, *late]), SHARES
    )
    assert drawn.reading == (
        "Rising: Vision-language; falling: Vision-only. "
        "Vision-only: 100% in 2021 (10 of 10; 95%\u00a0CI 72% to 100%), "
        "25% in 2025 (10 of 40; 95%\u00a0CI 14% to 40%). "
        "Vision-language: 0% in 2021 (0 of 10; 95%\u00a0CI 0% to 28%), "
        "75% in 2025 (30 of 40; 95%\u00a0CI 60% to 86%)."
    )
    without = figure(asked([*early, *TREBLED, *late]), SHARES).reading
    assert "Vision-language: 25% in 2023 (10 of 40; 95%\u00a0CI 14% to 40%)" in without


def test_a_reading_names_no_more_than_three_terms() -> None:
    kinds = ("supervised", "captioning", "clustering", "contrastive-image")
    studies = [
        each
        for year, up in ((2023, 10), (2024, 20), (2025, 30))
        for place, kind in enumerate(kinds)
        for each in copies(up if place % 2 else 40 - up, year, training=(kind,))
    ]
    answer = asked(studies)
    assert sum(row["significant"] for row in answer.values["tables"][2]["rows"]) == 4
    assert figure(answer, "fig-training-shares").reading.count(" in 2023 (") == 3


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
    found = shares.trends(df, shares.per_year(df, "training"), "training", given)
    assert found[-1].term == "clustering"
    assert [each.q for each in found] == sorted(each.q for each in found)
    assert {each.term for each in found if each.significant} == {"supervised", "captioning"}


def test_only_the_most_frequent_terms_are_drawn_and_the_note_says_so() -> None:
    names = list(context([]).corpus.taxonomy["tasks"].terms)[:10]
    studies = [each for n, name in enumerate(names) for each in copies(12 - n, 2024, tasks=(name,))]
    given, df = context(studies), tables.frame(studies)
    drawn = shares.small_multiples(
        shares.per_year(df, "tasks"),
        "tasks",
        shares.trends(df, shares.per_year(df, "tasks"), "tasks", given),
        given,
    )
    assert len({row["series"] for row in drawn.rows}) == 8
    assert drawn.note.startswith("The 8 most frequent of 10 terms.")


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
    assert before.sentence == "No change can be told in the share of any of 2 terms."
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
    rows = answer.values["tables"][0]["rows"]
    findings = {finding.id: finding for finding in answer.findings}
    assert len(rows) == len(drawn) == len(findings) == 2
    for row in rows:
        finding = findings[f"family-{row['term']}"]
        ratio = (finding.estimate, finding.low, finding.high)
        assert (row["ratio"], row["low"], row["high"]) == ratio
        # A term is claimed only where its facet as a whole changes.
        assert finding.p == max(row["q"], answer.values["tables"][0]["q"])
        shown = drawn[row["label"]]
        assert [shown["value"], shown["low"], shown["high"]] == [
            round(row[name], 3) for name in ("ratio", "low", "high")
        ]


def test_one_year_has_shares_and_no_trend() -> None:
    answer = asked(copies(20, 2024, training=("supervised",)))
    assert answer.sentence.startswith("Too few studies to say")
    assert figure(answer, "fig-training-shares").rows[0]["value"] == 1.0
    assert isinstance(absent(answer, "fig-training-odds"), Absent)
    assert answer.findings == ()
