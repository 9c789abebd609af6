"""Growth, counted by hand; and what every question owes to a corpus that says nothing."""

from __future__ import annotations

import json
from dataclasses import asdict
from pathlib import Path

import pandas as pd
import pytest

from gen.analysis import tables
from gen.corpus.tables import Study
from gen.figures.figure import Absent
from gen.trends import compute, growth
from gen.trends.base import SUBSETS, SWITCHES, Answer, Context, Finding, Question, subset
from gen.trends.questions import QUESTIONS
from gen.trends.sensitivity import change, sensitivity, sentence, significant
from tests.answers import (
    INCOMPLETE_YEAR,
    absent,
    answered,
    base_model,
    context,
    copies,
    dataset,
    figure,
    result,
    sound,
    study,
)

DOUBLING = [*copies(5, 2022), *copies(10, 2023), *copies(20, 2024), *copies(40, 2025)]


def grown(studies: list[Study]) -> Answer:
    return answered(growth.QUESTION, studies)


def test_a_field_that_doubles_each_year_grows_by_two() -> None:
    answer = grown([*DOUBLING, *copies(3, INCOMPLETE_YEAR)])
    (finding,) = answer.findings
    assert finding.estimate == pytest.approx(2, abs=1e-3)
    assert finding.low < 2 < finding.high
    assert "From 2022 to 2025 the number of new studies a year grew by a factor of 2.00" in (
        answer.sentence
    )
    told = answer.values
    assert (told["n"], told["left_out"]) == (75, 3)


def test_cumulative_studies_count_the_incomplete_year_and_mark_it() -> None:
    drawn = figure(grown([*DOUBLING, *copies(3, INCOMPLETE_YEAR)]), "fig-cumulative")
    assert [(row["year"], row["value"], row["partial"]) for row in drawn.rows] == [
        ("2022", 5, False),
        ("2023", 15, False),
        ("2024", 35, False),
        ("2025", 75, False),
        ("2026", 78, True),
    ]
    assert drawn.reading == "78 studies had appeared by 2026, 5 by 2022."


def test_a_year_without_studies_is_a_zero_and_not_a_gap() -> None:
    drawn = figure(grown([*copies(2, 2021), *copies(2, 2023)]), "fig-cumulative")
    assert [row["value"] for row in drawn.rows] == [2, 2, 4]


def test_what_is_published_is_told_from_preprints() -> None:
    published = copies(2, 2024, venue="Journal of Invention")
    drawn = figure(grown([*published, *copies(3, 2024, venue="arXiv")]), "fig-publication")
    assert [(row["series"], row["studies"]) for row in drawn.rows] == [
        ("Published in a venue", 2),
        ("Preprint only", 3),
    ]
    assert drawn.reading == (
        "2 of 5 studies are known to be published in a venue; 3 are known as preprints only."
    )


def test_a_study_more_moves_caption_and_numbers() -> None:
    before, after = grown(DOUBLING), grown([*DOUBLING, study("late", 2025)])
    assert figure(before, "fig-cumulative").reading.startswith("75 studies")
    assert figure(after, "fig-cumulative").reading.startswith("76 studies")
    assert after.findings[0].estimate > before.findings[0].estimate


def test_a_steady_field_is_not_said_to_grow() -> None:
    steady = [each for year in range(2019, 2026) for each in copies(10, year)]
    assert grown(steady).sentence.endswith("no clear growth.")


def test_two_full_years_are_too_few() -> None:
    answer = grown([*copies(9, 2024), *copies(9, 2025), *copies(9, INCOMPLETE_YEAR)])
    assert answer.sentence.startswith("Too few studies to say")
    assert answer.findings[0].estimate is None


def test_two_studies_are_not_drawn() -> None:
    answer = grown(copies(2, 2024))
    assert absent(answer, "fig-cumulative").reading == (
        "Too few studies to say: fewer than 3 studies are left."
    )


# What every question owes.

CODED = {
    "family": "vision-language",
    "architecture": "vit-encoder",
    "training": ("supervised",),
    "adaptation": ("linear-probe",),
    "modalities": ("ct",),
    "domains": ("chest",),
    "tasks": ("segmentation",),
    "challenges": ("label-scarcity",),
    "strategies": ("scaling",),
    "builds_on": ("stemnet",),
    "train_data": ("made-up",),
    "eval_data": ("made-up",),
    "train_size": 1000,
    "train_unit": "images",
    "parameters_m": 86.0,
    "data_access": "public",
    "code": "https://example.org/code",
    "weights": "https://example.org/weights",
    "weights_access": "open",
}
MISSING = {name: ("not-reported", "n/a")[n % 2] for n, name in enumerate(CODED) if name != "family"}
OF_ONE_YEAR = copies(8, 2024, **CODED)
DEGENERATE = {
    "no study": [],
    "one study": [study("only", 2024, **CODED)],
    "one study, nothing coded": [study("only", 2024)],
    "two studies": [study("one", 2023, **CODED), study("two", 2024)],
    "one year": OF_ONE_YEAR,
    "the incomplete year only": copies(8, INCOMPLETE_YEAR, **CODED),
    "no facet coded": [each for year in range(2020, 2027) for each in copies(4, year)],
    "all missing with a reason": [
        each for year in range(2020, 2027) for each in copies(4, year, missing=MISSING)
    ],
    "all the same": [
        study(f"same-{year}-{n}", year, **CODED) for year in range(2020, 2027) for n in range(12)
    ],
    "two years far apart": [*copies(3, 1990, **CODED), *copies(3, 2024, **CODED)],
}
OTHERS = {
    "datasets": [dataset("made-up", year=2020, access="public", modalities=("ct",))],
    "base_models": [base_model("stemnet", year=2019)],
}
SILENT = ("no study", "one study, nothing coded")  # of which no question can say anything


@pytest.mark.parametrize("name", DEGENERATE)
@pytest.mark.parametrize("question", QUESTIONS, ids=lambda question: question.slug)
def test_no_corpus_breaks_a_question(question: Question, name: str) -> None:
    studies = DEGENERATE[name]
    results = [result(each.id, 0.5, dataset="made-up") for each in studies]
    answer = answered(question, studies, results=results[:9], second_coding=studies[:9], **OTHERS)
    assert answer.sentence


@pytest.mark.parametrize("name", SILENT)
@pytest.mark.parametrize("question", QUESTIONS, ids=lambda question: question.slug)
def test_where_nothing_can_be_said_that_is_what_is_said(question: Question, name: str) -> None:
    answer = answered(question, DEGENERATE[name])
    assert answer.sentence.startswith("Too few studies to say")
    assert all(isinstance(each, Absent) for each in answer.figures)
    assert all(each.reading.startswith("Too few studies to say") for each in answer.figures)
    assert all(finding.estimate is None for finding in answer.findings)


@pytest.mark.parametrize("question", QUESTIONS, ids=lambda question: question.slug)
def test_a_switch_that_leaves_nothing_breaks_nothing(question: Question) -> None:
    given = context(OF_ONE_YEAR, **OTHERS)
    df = tables.frame(OF_ONE_YEAR)
    answer = sound(question, df[df["preprint"] & ~df["preprint"]], given)
    assert answer.sentence.startswith("Too few studies to say")


def test_addresses_are_unique_and_in_their_order() -> None:
    assert [question.slug for question in QUESTIONS] == [
        "growth",
        "methods",
        "data-sets",
        "scale",
        "domains",
        "challenges",
        "openness",
        "gaps",
        "foundations",
        "completeness",
        "results",
        "agreement",
    ]


# The subsets, the cache and the table of sensitivity.


def test_each_switch_keeps_what_it_says() -> None:
    df = tables.frame(
        [
            study("venue", 2024, venue="Journal", contribution="evaluation"),
            study("preprint", 2024, venue="arXiv"),
            study("model", 2024, venue="Journal"),
        ]
    )
    assert list(subset(df, "")["id"]) == ["venue", "preprint", "model"]
    assert list(subset(df, "published")["id"]) == ["venue", "model"]
    assert list(subset(df, "models")["id"]) == ["preprint", "model"]
    assert list(subset(df, "published+models")["id"]) == ["model"]
    assert len(SUBSETS) == 4


def test_a_corpus_without_studies_can_be_asked_everything() -> None:
    found = compute.ask_all(tables.frame([]), context([]))
    assert list(found) == [question.slug for question in QUESTIONS]
    assert all(
        answer.sentence.startswith("Too few studies to say")
        for by_subset in found.values()
        for answer in by_subset.values()
    )


def answer_of(estimate: float | None, p: float | None) -> Answer:
    low = None if estimate is None else estimate * 0.9
    high = None if estimate is None else estimate * 1.1
    return Answer("A sentence.", findings=(Finding("it", "It", estimate, low, high, p),))


def test_answers_are_the_same_from_the_cache(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(compute, "CACHE", tmp_path)
    asked = []

    def count(df: pd.DataFrame, given: Context) -> Answer:
        asked.append(len(df))
        return growth.answer(df, given)

    monkeypatch.setattr(compute, "QUESTIONS", (Question("growth", "Growth", "How?", count),))
    df, given = tables.frame(DOUBLING), context(DOUBLING)
    first = compute.answers(df, given)
    assert asked == [75, 0, 0]  # subsets of the same studies once, and what tests they make
    assert compute.answers(df, given) == first
    assert asked == [75, 0, 0]
    assert first["growth"][""].findings == growth.answer(df, given).findings
    fewer = DOUBLING[1:]
    assert compute.answers(tables.frame(fewer), context(fewer)) != first
    assert asked == [75, 0, 0, 74, 0, 0]


def test_what_categories_take_over_is_the_same_from_the_cache(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(compute, "CACHE", tmp_path)
    asked = []

    def count(df: pd.DataFrame, given: Context) -> dict[str, dict[str, int]]:
        asked.append(len(df))
        return {"domains": {"chest": len(df) + len(given.corpus.studies)}}

    monkeypatch.setattr(compute, "category_values", count)
    df, given = tables.frame(DOUBLING), context(DOUBLING)
    for _ in range(2):
        assert compute.categories(df, given) == {"domains": {"chest": 150}}
    assert asked == [75]
    fewer = DOUBLING[1:]
    assert compute.categories(tables.frame(fewer), context(fewer)) == {"domains": {"chest": 148}}
    assert asked == [75, 74]


def test_packing_loses_nothing() -> None:
    found = {"growth": {"": grown(DOUBLING)}}
    plain = json.loads(compute._packed(found))  # noqa: SLF001 - what the cache holds
    unpacked = compute._answer(plain["growth"][""])  # noqa: SLF001
    assert unpacked == found["growth"][""]
    assert asdict(unpacked) == asdict(found["growth"][""])


@pytest.mark.parametrize(
    ("other", "said"),
    [
        (Finding("it", "It", 1.5, 1.2, 1.9, 0.01), "holds"),
        (Finding("it", "It", 1.5, 0.9, 2.5, 0.2), "loses significance"),
        (Finding("it", "It", 0.8, 0.7, 0.9, 0.01), "changes sign"),
        (Finding("it", "It", None, None, None, None), "cannot be tested"),
        (None, "cannot be tested"),
    ],
)
def test_what_becomes_of_a_finding_is_said(other: Finding | None, said: str) -> None:
    assert change(Finding("it", "It", 2.0, 1.5, 2.5, 0.001), other) == said


def test_a_finding_without_p_is_judged_by_its_interval() -> None:
    assert significant(Finding("it", "It", 0.3, 0.1, 0.5, None, null=0.0))
    assert not significant(Finding("it", "It", 0.3, -0.1, 0.5, None, null=0.0))
    assert not significant(Finding("it", "It", 0.3, 0.0, 0.5, None, null=0.0))
    assert not significant(Finding("it", "It", 0.3, None, 0.5, None))
    assert not significant(Finding("it", "It", 0.3, 0.1, None, None))


def test_only_headlines_stand_in_the_table_of_sensitivity(monkeypatch: pytest.MonkeyPatch) -> None:
    question = Question("made-up", "Made up", "What?", growth.answer)
    monkeypatch.setattr("gen.trends.sensitivity.QUESTIONS", (question,))
    found = {
        "": answer_of(2.0, 0.01),
        "published": answer_of(2.0, 0.01),
        "models": answer_of(0.5, 0.01),
    }
    (row,) = sensitivity({"made-up": found})
    (untested,) = sensitivity({"made-up": found | {"models": answer_of(None, None)}})
    assert (row["slug"], row["title"]) == ("made-up", "Made up")
    assert row["finding"] == found[""].findings[0]
    assert [each["finding"] for each in row["under"]] == [
        found[name].findings[0] for name in ("published", "models")
    ]
    assert [each["change"] for each in row["under"]] == ["holds", "changes sign"]
    assert [each["change"] for each in untested["under"]] == ["holds", "cannot be tested"]
    assert sensitivity({"made-up": found | {"": answer_of(2.0, 0.2)}}) == []
    assert sentence([row, untested]) == (
        "2 findings are significant in all studies; without preprints, 2 of 2 that can be tested "
        "hold; foundation models only, 0 of 1 that can be tested hold."
    )
    assert sentence([row]).startswith("1 finding is significant in all studies; without")
    assert sentence([]) == "Too few studies to say: no finding is significant in all studies."


def test_a_question_without_switches_has_no_line_in_the_table_of_sensitivity(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    fixed = Question("fixed", "Fixed", "What?", growth.answer, switches=False)
    switched = Question("made-up", "Made up", "What?", growth.answer)
    monkeypatch.setattr("gen.trends.sensitivity.QUESTIONS", (fixed, switched))
    found = {"fixed": {"": answer_of(2.0, 0.01)}, "made-up": {}}
    found["made-up"] = dict.fromkeys(["", *SWITCHES], answer_of(2.0, 0.01))
    assert [row["slug"] for row in sensitivity(found)] == ["made-up"]
