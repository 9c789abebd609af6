"""What is stated and what is missing, counted by hand."""

from __future__ import annotations

from typing import Any

import pytest

from gen.analysis import tables
from gen.analysis.statistics import wilson
from gen.corpus.columns import columns
from gen.corpus.tables import Study
from gen.figures import charts
from gen.figures.figure import Figure
from gen.trends import completeness
from gen.trends.base import Answer
from tests.answers import absent, answered, context, figure, study

STUDIES = [
    study("stated", 2023, code="https://example.org/code", modalities=("ct", "mri")),
    study("silent", 2023, missing={"code": "not-reported"}, modalities=("ct",)),
    study("moot", 2024, missing={"code": "n/a"}, modalities=("ct",)),
    study("unread", 2024),
]


def found(studies: list[Study]) -> Answer:
    return answered(completeness.QUESTION, studies)


def code(rows: list[dict[str, Any]]) -> dict[str, Any]:
    (row,) = [row for row in rows if row["name"] == "code"]
    return row


def test_four_states_are_kept_apart() -> None:
    row = code(found(STUDIES).values["fields"])
    assert row["states"] == {"stated": 1, "not-reported": 1, "n/a": 1, "not-coded": 1}
    assert row["missing"] == 3


def test_the_share_is_of_the_studies_to_which_the_column_applies() -> None:
    row = code(found(STUDIES).values["fields"])
    assert row["applies"] == 3
    assert row["share"] == 0.3333
    low, high = wilson([1], [3])
    assert (row["low"], row["high"]) == (round(float(low[0]), 4), round(float(high[0]), 4))


def test_a_column_that_applies_to_none_has_no_share() -> None:
    studies = [study(f"s{n}", 2024, missing={"code": "n/a"}) for n in range(3)]
    answer = found(studies)
    row = code(answer.values["fields"])
    assert (row["share"], row["low"], row["high"]) == (None, None, None)
    drawn = [row for row in figure(answer, "fig-year").rows if row["row"] == "Code"]
    assert [(row["value"], row["text"]) for row in drawn] == [(None, "")]


def test_every_column_that_may_be_missing_is_shown() -> None:
    names = [row["name"] for row in found(STUDIES).values["fields"]]
    assert names == [column.name for column in columns(Study) if column.coded]


def test_years_and_modalities_count_their_own() -> None:
    answer = found(STUDIES)
    place = [row["name"] for row in answer.values["fields"]].index("code")
    assert answer.values["years"] == ["2023", "2024"]
    assert answer.values["by_year"][place] == [
        {"share": 0.5, "missing": 1},
        {"share": 0.0, "missing": 2},
    ]
    assert [id_ for id_, _ in answer.values["modalities"]] == ["ct", "mri"]
    assert answer.values["by_modality"][place] == [
        {"share": 0.5, "missing": 2},
        {"share": 1.0, "missing": 0},
    ]


def test_figures_and_tables_agree() -> None:
    answer = found(STUDIES)
    states = {
        (row["label"], row["state"]): row["studies"] for row in figure(answer, "fig-states").rows
    }
    for row in answer.values["fields"]:
        for state, label in completeness.STATES.items():
            assert states[row["label"], label] == row["states"][state]
    drawn = [row["value"] for row in figure(answer, "fig-year").rows]
    assert drawn == [cell["share"] for line in answer.values["by_year"] for cell in line]


def test_the_answer_counts_cells_and_names_the_least_complete_column() -> None:
    # 19 columns of 4 studies, less one to which code does not apply; of these hold a value: code
    # once, modalities three times.
    answer = found(STUDIES)
    assert answer.sentence == (
        "5% of the cells that apply hold a value; Adaptation is the least complete column, with a "
        "value in 0% of its cells."
    )


def test_a_value_more_moves_sentence_and_figures() -> None:
    before = figure(found(STUDIES), "fig-modality")
    more = [*STUDIES[:1], study("silent", 2023, code="https://example.org/c", modalities=("ct",))]
    after = figure(found([*more, *STUDIES[2:]]), "fig-modality")

    def share(drawn: Figure) -> float:
        return next(
            row["value"] for row in drawn.rows if (row["row"], row["column"]) == ("Code", "CT")
        )

    assert (share(before), share(after)) == (0.5, 1.0)


def test_two_studies_are_too_few() -> None:
    answer = found(STUDIES[:2])
    assert answer.sentence == "Too few studies to say: fewer than 3 studies are left."
    for anchor in ("fig-states", "fig-year", "fig-modality"):
        absent(answer, anchor)


def test_only_the_studies_of_the_frame_count() -> None:
    df = tables.frame(STUDIES)
    kept = completeness.answer(df[df["year"] == 2023], context(STUDIES))
    assert kept.values["n"] == 2


def test_states_have_the_greys_of_missing_values_and_never_a_data_colour() -> None:
    assert list(charts.STATES) == list(completeness.STATES.values())
    for state in ("not-coded", "not-reported", "na"):
        assert sum(f"--lsr-{state}," in colour for colour in charts.STATES.values()) == 1


# The lists that cells link to.


def pages(studies: list[Study]) -> dict[str, dict[str, Any]]:
    def page(_template: str, path: str, **values: object) -> str:
        made[path] = values
        return path

    made: dict[str, dict[str, Any]] = {}
    list(completeness.files(tables.frame(studies), context(studies), page))
    return made


@pytest.fixture
def listed() -> dict[str, Any]:
    return pages(STUDIES)["trends/completeness/code.md"]


def ids(groups: list[tuple[Any, list[Study]]]) -> list[tuple[Any, list[str]]]:
    return [(key, [each.id for each in studies]) for key, studies in groups]


def test_every_kind_of_missing_has_its_list(listed: dict[str, Any]) -> None:
    assert [(slug, [each.id for each in own]) for slug, _, own in listed["states"]] == [
        ("unreported", ["silent"]),
        ("na", ["moot"]),
        ("not-coded", ["unread"]),
    ]


def test_every_linked_year_and_modality_has_its_list(listed: dict[str, Any]) -> None:
    assert ids(listed["years"]) == [(2024, ["moot", "unread"]), (2023, ["silent"])]
    assert ids(listed["modalities"]) == [("ct", ["silent", "moot"])]


def test_every_column_has_its_page() -> None:
    assert set(pages(STUDIES)) == {
        f"trends/completeness/{column.name}.md" for column in columns(Study) if column.coded
    }
