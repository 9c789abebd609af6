"""Agreement of two codings, counted by hand."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

import pytest

from gen.analysis import tables
from gen.corpus.tables import Study
from gen.figures.figure import Absent
from gen.trends.agreement import listing
from gen.trends.agreement import question as agreement
from gen.trends.agreement.decisions import OUTCOMES
from gen.trends.base import Answer
from tests.answers import (
    absent,
    answered,
    as_first,
    base_model,
    context,
    dataset,
    decided,
    figure,
    study,
)

BOTH = "vision-only", "vision-language"


def coded(**values: Iterable[object]) -> list[Study]:
    """Twelve studies; each keyword holds the twelve cells of a column, None for not coded."""
    columns = {name: list(cells) for name, cells in values.items()}
    return [
        study(
            f"s{n}", 2024, **{k: cells[n] for k, cells in columns.items() if cells[n] is not None}
        )
        for n in range(12)
    ]


def asked(first: list[Study], second: list[Study], **others: object) -> Answer:
    """The answer where every controlled cell that differs was decided as coded first."""
    return answered(
        agreement.QUESTION,
        first,
        second_coding=second,
        **{"adjudication": as_first(first, second)} | others,
    )


def field(answer: Answer, name: str) -> dict[str, Any]:
    (row,) = [row for row in answer.values["fields"] if row["name"] == name]
    return row


def families(*runs: int) -> list[str]:
    """As many studies of the one and the other family in turn."""
    return [BOTH[place % 2] for place, run in enumerate(runs) for _ in range(run)]


def test_kappa_of_a_table_of_four_is_that_of_the_textbook() -> None:
    # 6 and 2 alike, 1 and 3 not: p_o = 8/12; p_e = (7 * 9 + 5 * 3) / 144; kappa = 3/11.
    first = families(6, 2, 1, 3)
    second = families(6, 3, 3)
    assert sum(a == b for a, b in zip(first, second, strict=True)) == 8
    row = field(asked(coded(family=first), coded(family=second)), "family")
    agreed = 8 / 12
    chance = (
        first.count(BOTH[0]) * second.count(BOTH[0]) + first.count(BOTH[1]) * second.count(BOTH[1])
    ) / 144
    assert row["raw"] == pytest.approx(agreed, abs=1e-4)
    assert row["kappa"] == pytest.approx((agreed - chance) / (1 - chance), abs=1e-4)
    assert row["kappa_low"] < row["kappa"] < row["kappa_high"]
    assert (row["cells"], row["stated"]) == (12, 12)


def test_raw_agreement_has_wilsons_interval() -> None:
    first, second = coded(family=families(12)), coded(family=families(11, 1))
    row = field(asked(first, second), "family")
    # R: binom::binom.wilson(11, 12)
    assert (row["raw"], row["raw_low"], row["raw_high"]) == (
        pytest.approx(0.9167, abs=1e-4),
        pytest.approx(0.6461, abs=1e-4),
        pytest.approx(0.9851, abs=1e-4),
    )


def test_missing_states_count_for_raw_agreement_and_not_for_kappa() -> None:
    kinds = ["vit-encoder"] * 4 + ["cnn"] * 4 + [None] * 4
    first = coded(architecture=kinds)
    second = [
        *coded(architecture=kinds)[:8],
        *(study(f"s{n}", 2024) for n in (8, 9)),
        *(study(f"s{n}", 2024, missing={"architecture": "not-reported"}) for n in (10, 11)),
    ]
    row = field(asked(first, second), "architecture")
    # Ten of twelve are the same: eight values and two cells that neither coding fills.
    assert (row["cells"], row["stated"]) == (12, 8)
    assert row["raw"] == pytest.approx(10 / 12, abs=1e-4)
    assert row["kappa"] == 1.0


def test_jaccard_is_the_mean_over_cells_that_both_state() -> None:
    first = coded(tasks=[("segmentation", "detection")] * 6 + [("detection",)] * 5 + [None])
    second = coded(
        tasks=[("segmentation",)] * 6 + [("detection",)] * 4 + [("segmentation",), ("detection",)]
    )
    row = field(asked(first, second), "tasks")
    # Six of 1/2, four of 1, one of 0; the twelfth is stated by one coding only.
    assert row["stated"] == 11
    assert row["jaccard"] == pytest.approx(7 / 11, abs=1e-4)
    assert row["jaccard_low"] < row["jaccard"] < row["jaccard_high"]
    assert row["kappa"] is None


def test_the_order_of_several_values_is_no_disagreement() -> None:
    first = coded(tasks=[("segmentation", "detection")] * 12)
    second = coded(tasks=[("detection", "segmentation")] * 12)
    assert field(asked(first, second), "tasks")["raw"] == 1.0


def test_each_term_has_its_kappa_and_the_field_their_mean() -> None:
    first = coded(tasks=[("segmentation", "detection")] * 6 + [("detection",)] * 6)
    second = coded(
        tasks=[("segmentation", "detection")] * 5
        + [("detection", "retrieval")]
        + [("segmentation", "detection")]
        + [("detection",)] * 5
    )
    answer = asked(first, second)
    (terms,) = answer.values["terms"]
    rows = {row["id"]: row for row in terms["rows"]}
    assert set(rows) == {"segmentation", "detection", "retrieval"}
    # Segmentation: 5 both, 5 neither of 12, half and half: (10/12 - 1/2) / (1/2) = 2/3.
    segmentation = rows["segmentation"]
    assert (segmentation["first"], segmentation["second"], segmentation["both"]) == (6, 6, 5)
    assert segmentation["kappa"] == pytest.approx(2 / 3, abs=1e-4)
    # Detection is in every cell of both: no kappa. Retrieval is in one cell of one: 0.
    assert rows["detection"]["kappa"] is None
    assert rows["retrieval"]["kappa"] == pytest.approx(0, abs=1e-4)
    row = field(answer, "tasks")
    assert row["mean_kappa"] == pytest.approx(1 / 3, abs=1e-4)
    assert row["terms"] == 2
    assert row["mean_kappa_low"] <= row["mean_kappa"] <= row["mean_kappa_high"]


def test_ids_have_jaccard_and_no_kappa_of_terms() -> None:
    sets = {"datasets": [dataset("eyes"), dataset("lungs")]}
    answer = asked(
        coded(train_data=[("eyes",)] * 12), coded(train_data=[("eyes", "lungs")] * 12), **sets
    )
    row = field(answer, "train_data")
    assert row["jaccard"] == 0.5
    assert row["mean_kappa"] is None
    assert answer.values["terms"] == []


def test_full_agreement_has_a_kappa_of_one_and_no_feigned_certainty() -> None:
    both = coded(family=families(6, 6))
    row = field(asked(both, both), "family")
    assert (row["raw"], row["kappa"]) == (1.0, 1.0)
    # Wilson's lower end of 12 of 12 is 0.757, chance is 1/2: (0.757 - 0.5) / 0.5.
    assert (row["raw_low"], row["raw_high"]) == (0.7575, 1.0)
    assert (row["kappa_low"], row["kappa_high"]) == (0.515, 1.0)


def test_sets_that_are_all_the_same_have_an_interval_too() -> None:
    both = coded(tasks=[("segmentation",)] * 6 + [("classification", "detection")] * 6)
    row = field(asked(both, both), "tasks")
    assert (row["jaccard"], row["jaccard_low"], row["jaccard_high"]) == (1.0, 0.7575, 1.0)


def test_one_category_only_has_no_kappa() -> None:
    both = coded(family=families(12))
    row = field(asked(both, both), "family")
    assert (row["raw"], row["kappa"]) == (1.0, None)


def test_what_nobody_coded_twice_is_said() -> None:
    first = coded(tasks=[("segmentation",)] * 12, architecture=["cnn"] * 12)
    second = coded(architecture=["cnn"] * 12)
    answer = asked(first, second, datasets=[dataset("eyes")], base_models=[base_model("stemnet")])
    assert field(answer, "tasks")["cells"] == 0
    assert "Tasks (studies.csv)" in answer.values["not_yet"]
    assert "Architecture (studies.csv)" not in answer.values["not_yet"]
    assert {"datasets.csv", "base_models.csv"} <= set(answer.values["not_yet"])
    assert not any("Tasks" in row["label"] for row in figure(answer, "fig-raw").rows)


def test_studies_that_are_coded_once_do_not_count() -> None:
    twice = coded(family=families(6, 6))
    answer = asked([*twice, study("once", 2024)], twice)
    assert (answer.values["n"], answer.values["total"]) == (12, 13)


def test_two_studies_are_too_few() -> None:
    both = coded(family=families(12))[:2]
    answer = asked(both, both)
    assert answer.sentence == "Too few studies to say: 2 studies with a second coding."
    assert all(isinstance(each, Absent) for each in answer.figures)
    assert absent(answer, "fig-raw").reason == "fewer than 3 studies are coded twice"


def test_the_answer_says_what_agreement_cannot_show() -> None:
    both = coded(family=families(6, 6))
    assert asked(both, both).sentence.endswith(
        "Both codings are machine-assisted: that they agree does not make them right."
    )


def test_captions_read_the_rows_that_are_drawn() -> None:
    first = coded(family=families(6, 6), architecture=["cnn"] * 6 + ["vit-encoder"] * 6)
    second = coded(family=families(5, 7), architecture=["cnn"] * 6 + ["vit-encoder"] * 6)
    answer = asked(first, second)
    rows = figure(answer, "fig-kappa").rows
    # Family: 11 of 12 alike, chance (6 * 5 + 6 * 7) / 144 = 1/2: kappa = 5/6.
    assert [(row["label"], row["value"]) for row in rows] == [
        ("Architecture", 1.0),
        ("Family", 0.8333),
    ]
    assert figure(answer, "fig-kappa").reading == (
        "Half of the fields have 0.92 or more; the least is Family with 0.83."
    )
    assert figure(answer, "fig-raw").rows[-1]["value"] == field(answer, "family")["raw"] == 0.9167


def test_a_field_in_which_no_cell_agrees_is_said_to_agree_in_none() -> None:
    answer = asked(coded(family=families(12)), coded(family=families(0, 12)))
    # Two fields have controlled terms and are coded: family, and contribution, which agrees.
    assert answer.sentence.startswith(
        "In 12 studies coded twice, 50% of the cells with controlled terms are wholly the same."
    )
    assert figure(answer, "fig-raw").reading.endswith("the least is Family with 0%.")


def test_a_cell_that_is_recoded_moves_the_numbers() -> None:
    first = coded(family=families(6, 6))
    before = field(asked(first, coded(family=families(6, 6))), "family")
    after = field(asked(first, coded(family=families(5, 7))), "family")
    assert before["raw"] == 1.0
    assert after["raw"] == pytest.approx(11 / 12, abs=1e-4)
    assert after["kappa"] < before["kappa"]


def upheld(answer: Answer, name: str) -> dict[str, Any]:
    (row,) = [row for row in answer.values["upheld"] if row["name"] == name]
    return row


def test_codings_are_compared_as_they_were_made() -> None:
    """Neither a decision nor a later correction of the row makes the codings agree or differ."""
    second = coded(family=families(6, 6))
    rows = coded(family=families(5, 7))  # s5: decided for what was not coded first; see s6
    lines = [decided("s6", "family", BOTH[0], BOTH[1], BOTH[1])]
    answer = asked(rows, second, adjudication=lines)
    assert field(answer, "family")["raw"] == pytest.approx(11 / 12, abs=1e-4)
    (share,) = [row for row in figure(answer, "fig-upheld").rows if row["label"] == "Family"]
    # One of twelve was overruled; s5 agreed and was mended afterwards, which is told apart.
    assert share["value"] == upheld(answer, "family")["upheld"] == pytest.approx(11 / 12, abs=1e-4)
    assert upheld(answer, "family")["changed"] == 1
    # R: binom::binom.wilson(11, 12)
    assert (share["low"], share["high"]) == (
        pytest.approx(0.6461, abs=1e-4),
        pytest.approx(0.9851, abs=1e-4),
    )


def test_a_decision_follows_the_first_coding_the_second_both_or_neither() -> None:
    cells = [
        ("segmentation; detection", "detection", "detection; segmentation"),  # the first's
        ("", "detection", "detection"),  # the second's
        ("n/a", "detection", "n/a"),  # the first's
        ("segmentation", "detection", "segmentation; detection"),  # joined
        ("segmentation; detection", "detection; retrieval", "retrieval"),  # another
        ("segmentation", "detection", ""),  # another
    ]
    held = coded(tasks=[("detection",)] * 12)
    lines = [decided(f"s{n}", "tasks", *each) for n, each in enumerate(cells)]
    row = upheld(asked(held, held, adjudication=lines), "tasks")
    assert (row["cells"], row["differing"]) == (12, 6)
    assert dict(zip(OUTCOMES.values(), row["outcomes"], strict=True)) == {
        "The first coding’s": 2,
        "The second coding’s": 1,
        "Both joined": 1,
        "Another": 2,
    }
    assert row["upheld"] == pytest.approx(8 / 12, abs=1e-4)


def test_the_answer_tells_in_numbers_what_was_decided_and_on_what_it_rests() -> None:
    held = coded(tasks=[("detection",)] * 12, family=families(6, 6))
    lines = [
        decided("s0", "tasks", "segmentation", "detection", "detection"),
        decided("s1", "tasks", "detection", "segmentation", "detection").model_copy(
            update={"why": "Evidence not reached; the note of the first coder says so."}
        ),
    ]
    answer = asked(held, held, adjudication=lines)
    assert answer.values["decided"] == (
        "The codings differ in 2 of 36 cells with controlled values; the decision is the first "
        "coding’s in 1, the second’s in 1, both joined in 0 and another in 0, so that 97% of "
        "first codings stand (1 of the decisions rests on the coders’ notes alone, because the "
        "evidence was not reached). Each decision was made by one machine-assisted reader who saw "
        "both codings; where these err alike, nothing was decided."
    )
    # Contribution is coded in every study. Cells of a study do not err independently.
    assert [row["name"] for row in answer.values["upheld"]] == [
        "contribution",
        "family",
        "tasks",
        "",
    ]
    assert answer.values["upheld"][-1]["low"] is None


def test_what_a_study_builds_on_is_compared_as_before_its_split() -> None:
    models = {"base_models": [base_model("stemnet"), base_model("leafnet")]}
    rows = coded(weights_from=[("stemnet",)] * 12, method_from=[("leafnet",)] * 12)
    second = coded(builds_on=[("stemnet", "leafnet")] * 11 + [("stemnet",)])
    lines = [decided("s11", "builds_on", "stemnet; leafnet", "stemnet", "stemnet; leafnet")]
    answer = asked(rows, second, adjudication=lines, **models)
    row = field(answer, "builds_on")
    assert (row["label"], row["raw"]) == ("Builds on", pytest.approx(11 / 12, abs=1e-4))
    assert upheld(answer, "builds_on")["changed"] == 0
    assert "weights_from" not in {row["name"] for row in answer.values["fields"]}


def test_a_column_that_no_second_coding_holds_is_not_compared() -> None:
    rows = coded(dimension=[("2d",)] * 12, partial=[("authors",)] * 12)
    answer = asked(rows, coded(family=families(12)), adjudication=[])
    assert not {"dimension", "partial", "status"} & {
        row["name"] for row in answer.values["fields"] if row["cells"]
    }
    assert {"Dimension (studies.csv)", "Incomplete lists (studies.csv)"} <= set(
        answer.values["not_yet"]
    )


def test_tables_that_check_others_need_no_second_coding() -> None:
    first, second = coded(family=families(12)), coded(family=families(0, 12))
    assert not any("adjudication" in name for name in asked(first, second).values["not_yet"])


def test_every_decision_is_listed_under_its_column_by_the_names_that_readers_know() -> None:
    lines = [
        decided("s1", "eval_data", "eyes", "unheard-of", ""),
        decided("s1", "tasks", "segmentation; detection", "", "n/a"),
        decided("s0", "tasks", "segmentation", "detection", "segmentation"),
    ]
    rows = coded(family=families(12))
    given = context(
        rows, second_coding=rows, adjudication=lines, datasets=[dataset("eyes", name="Eyes")]
    )
    ((path, shown),) = listing.files(tables.frame(rows), given, lambda *_, **values: values)
    assert path == "trends/agreement/decisions.md"
    tasks, evaluation = shown["groups"]
    assert (shown["n"], tasks["label"], evaluation["label"]) == (3, "Tasks", "Evaluation data")
    assert [row["study"] for row in tasks["rows"]] == ["s0", "s1"]
    assert tasks["rows"][1]["cells"] == [
        {"named": ["Segmentation", "Detection"], "state": None},
        {"named": [], "state": "not-coded"},
        {"named": [], "state": "n/a"},
    ]
    assert [each["named"] for each in evaluation["rows"][0]["cells"]] == [
        ["Eyes"],
        ["unheard-of"],
        [],
    ]
    assert tasks["rows"][0]["outcome"] == "The first coding’s"


def test_without_decisions_the_list_is_empty_and_nothing_is_said_of_them() -> None:
    answer = answered(agreement.QUESTION, [])
    assert (answer.values["upheld"], answer.values["decided"]) == ([], "")
    ((_, shown),) = listing.files(tables.frame([]), context([]), lambda *_, **values: values)
    assert (shown["n"], shown["groups"]) == (0, [])
