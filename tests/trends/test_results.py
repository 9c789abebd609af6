"""Headline results as stated, and that nothing is pooled but what may be."""

from __future__ import annotations

import math
from typing import Any

import pytest

from gen.corpus.tables import Result, Study
from gen.trends.base import Answer
from gen.trends.results import pooling
from gen.trends.results import question as results
from tests.answers import (
    absent,
    answered,
    base_model,
    context,
    copies,
    dataset,
    figure,
    result,
    study,
)

STUDIES = copies(6, 2024)
IDS = [each.id for each in STUDIES]
SETS = [dataset("eyes"), dataset("lungs")]
SAME = {"dataset": "eyes", "setting": "zero-shot"}


def asked(rows: list[Result], studies: list[Study] = STUDIES) -> Answer:
    return answered(
        results.QUESTION, studies, results=rows, datasets=SETS, base_models=[base_model("stemnet")]
    )


def certain(of: str, value: float, **cells: object) -> Result:
    """A result with an interval of ± 0.04."""
    ends = {"ci_low": round(value - 0.04, 4), "ci_high": round(value + 0.04, 4)}
    return result(of, value, **SAME | ends | cells)


POOLABLE = [
    certain(of, value) for of, value in zip(IDS[:5], (0.7, 0.8, 0.75, 0.78, 0.72), strict=True)
]


def closest(answer: Answer) -> dict[str, Any]:
    return answer.values["close"][-1]


def test_what_is_stated_is_counted_by_task_and_metric() -> None:
    answer = asked(
        [
            result(IDS[0], 0.8),
            result(IDS[0], 0.9),
            result(IDS[1], 0.7),
            result(IDS[2], 0.6, task="detection", metric="f1"),
            result(IDS[3], 0.6, metric="other"),
        ]
    )
    rows = {(row["row"], row["column"]): row for row in figure(answer, "fig-overview").rows}
    assert (rows["Segmentation", "Dice"]["text"], rows["Segmentation", "Dice"]["results"]) == (
        2,
        3,
    )
    assert rows["Detection", "F1"]["text"] == 1
    assert rows["Detection", "Dice"]["text"] == rows["Detection", "Dice"]["value"] == 0
    assert len(rows) == 4
    assert (answer.values["n"], answer.values["studies"], answer.values["other"]) == (5, 4, 1)


def test_a_forest_shows_every_value_as_stated() -> None:
    answer = asked(
        [
            result(IDS[0], 0.874, ci_low=0.85, ci_high=0.9, n=120, **SAME),
            result(IDS[1], 0.5, comparator="stemnet", comparator_value=0.6),
            result(IDS[2], 0.9, comparator="A rival", comparator_value=0.7, detail="liver"),
        ]
    )
    drawn = figure(answer, "fig-segmentation-dice")
    assert [(row["value"], row["low"], row["high"], row["other"]) for row in drawn.rows] == [
        (0.874, 0.85, 0.9, None),
        (0.5, None, None, 0.6),
        (0.9, None, None, 0.7),
    ]
    assert [row["comparator"] for row in drawn.rows] == ["", "STEMNET", "A rival"]
    assert [row["setting"] for row in drawn.rows] == ["Zero-shot", *["Setting not stated"] * 2]
    assert drawn.rows[0]["label"].endswith(" · EYES")
    assert drawn.rows[2]["label"].endswith(" · liver")
    assert drawn.reading == (
        "3 results of 3 studies lie between 0.5 and 0.9, with a median of 0.874; 1 with an "
        "interval. 1 of the 2 that name a comparator’s value are above it."
    )


def test_two_studies_are_in_the_table_and_not_drawn() -> None:
    answer = asked([result(IDS[0], 0.8), result(IDS[1], 0.7)])
    assert len(answer.figures) == 1
    assert absent(answer, "fig-overview")
    (task,) = answer.values["tasks"]
    assert [row["value"] for row in task["rows"]] == [0.8, 0.7]
    assert task["figures"] == []


def test_a_metric_without_a_name_is_listed_and_never_charted() -> None:
    rows = [result(of, 0.5, metric="other", detail="a score") for of in IDS]
    answer = asked(rows)
    assert len(answer.figures) == 1
    assert absent(answer, "fig-overview")
    assert len(answer.values["tasks"][0]["rows"]) == 6
    assert closest(answer)["groups"] == 0


def test_results_that_look_alike_have_a_line_each() -> None:
    answer = asked([*[result(of, 0.5) for of in IDS[:3]], result(IDS[0], 0.6)])
    labels = [row["label"] for row in figure(answer, "fig-segmentation-dice").rows]
    assert len(set(labels)) == 4


def test_results_come_by_data_set_and_not_by_value() -> None:
    answer = asked(
        [
            result(IDS[0], 0.9),
            result(IDS[1], 0.8, dataset="lungs"),
            result(IDS[2], 0.7, dataset="eyes"),
        ]
    )
    rows = figure(answer, "fig-segmentation-dice").rows
    assert [row["dataset"] for row in rows] == ["EYES", "LUNGS", ""]


def test_five_alike_with_intervals_are_pooled() -> None:
    answer = asked(POOLABLE)
    (pooled,) = answer.values["pooled"]
    assert (pooled["k"], pooled["task"], pooled["metric"]) == (5, "Segmentation", "Dice")
    assert (pooled["dataset"], pooled["setting"]) == ("eyes", "Zero-shot")
    assert 0.65 < pooled["low"] < pooled["estimate"] < pooled["high"] < 0.8
    assert pooled["prediction_low"] <= pooled["low"]
    assert pooled["high"] <= pooled["prediction_high"]
    assert answer.sentence.endswith(", 1 group of like ones could be pooled.")
    assert closest(answer)["poolable"] == 1


def test_the_pooled_value_lies_where_the_logits_say() -> None:
    # Intervals are equally wide on the logit scale, so that the mean of logits is the estimate.
    values = (0.6, 0.7, 0.8, 0.75, 0.65)

    def ends(value: float) -> dict[str, float]:
        centre = math.log(value / (1 - value))
        return {
            name: 1 / (1 + math.exp(-(centre + shift)))
            for name, shift in (("ci_low", -0.2), ("ci_high", 0.2))
        }

    rows = [result(of, v, **SAME, **ends(v)) for of, v in zip(IDS[:5], values, strict=True)]
    (pooled,) = asked(rows).values["pooled"]
    mean = sum(math.log(v / (1 - v)) for v in values) / 5
    assert pooled["estimate"] == pytest.approx(1 / (1 + math.exp(-mean)), abs=1e-3)


@pytest.mark.parametrize(
    "change",
    [
        {"dataset": "lungs"},
        {"setting": "fine-tuned"},
        {"task": "detection"},
        {"metric": "jaccard"},
        {"dataset": None},
        {"setting": None},
        {"ci_low": None, "ci_high": None},
        {"study": IDS[0]},
    ],
    ids=str,
)
def test_one_that_differs_undoes_the_pooling(change: dict[str, str | None]) -> None:
    odd = POOLABLE[4].model_copy(update=change)
    answer = asked([*POOLABLE[:4], odd])
    assert answer.values["pooled"] == []
    assert "nothing is pooled" in answer.sentence
    assert closest(answer)["poolable"] == 0


def test_an_interval_that_ends_at_one_has_no_logit_and_is_left_out() -> None:
    rows = [*POOLABLE[:4], certain(IDS[4], 0.97, ci_high=1.0)]
    assert asked(rows).values["pooled"] == []


def test_several_results_of_one_study_weigh_as_one() -> None:
    twice = [*POOLABLE, certain(IDS[0], 0.7)]
    (once,), (pooled,) = asked(POOLABLE).values["pooled"], asked(twice).values["pooled"]
    assert (pooled["k"], pooled["results"]) == (5, 6)
    assert pooled["estimate"] == once["estimate"]
    assert (pooled["low"], pooled["high"]) == (once["low"], once["high"])


def test_errors_are_pooled_on_the_log_scale() -> None:
    rows = [
        result(of, v, **SAME, metric="mae", task="measurement", ci_low=v / 1.5, ci_high=v * 1.5)
        for of, v in zip(IDS[:5], (0.02, 0.04, 0.08, 0.04, 0.03), strict=True)
    ]
    (pooled,) = asked(rows).values["pooled"]
    geometric = (0.02 * 0.04 * 0.08 * 0.04 * 0.03) ** (1 / 5)
    assert pooled["estimate"] == pytest.approx(geometric, rel=0.02)


def test_groups_are_counted_by_how_close_they_come() -> None:
    rows = [
        *(result(of, 0.5, **SAME) for of in IDS[:5]),
        result(IDS[0], 0.6, dataset="lungs", setting="zero-shot"),
        certain(IDS[0], 0.6, dataset="lungs"),
        result(IDS[1], 0.6, dataset="lungs"),
        result(IDS[2], 0.6),
    ]
    task, data_set, setting = asked(rows).values["close"]
    assert [each["results"] for each in (task, data_set, setting)] == [9, 8, 7]
    assert [each["groups"] for each in (task, data_set, setting)] == [1, 2, 2]
    assert [each["two_studies"] for each in (task, data_set, setting)] == [1, 2, 1]
    assert [each["five"] for each in (task, data_set, setting)] == [1, 1, 1]
    assert [each["five_studies"] for each in (task, data_set, setting)] == [1, 1, 1]
    assert setting["most_studies"] == 5
    assert setting["most_certain"] == 1
    assert setting["poolable"] == 0


def test_the_sentence_says_how_close_the_closest_come() -> None:
    rows = [result(of, 0.5, **SAME) for of in IDS[:5]]
    assert asked(rows).sentence == (
        "Of 5 headline results none state an interval; nothing is pooled, as too few of those that "
        "are alike do."
    )


def test_results_of_studies_that_are_left_out_are_left_out() -> None:
    rows = [result(of, 0.5) for of in IDS]
    given = context(STUDIES, results=rows)
    assert len(given.corpus.results) == 6
    answer = asked(rows[:4], STUDIES[:4])
    assert answer.values["n"] == 4


def test_no_result_is_too_few() -> None:
    answer = asked([], [study("only", 2024)])
    assert answer.sentence == "Too few studies to say: 0 studies with a headline result."
    assert answer.values["tasks"] == []
    assert all(row["groups"] == 0 for row in answer.values["close"])


def test_a_changed_value_is_followed_by_chart_and_caption() -> None:
    rows = [result(of, 0.5) for of in IDS[:3]]
    rows[1] = rows[1].model_copy(update={"value": 0.25})
    drawn = figure(asked(rows), "fig-segmentation-dice")
    assert drawn.reading.startswith("3 results of 3 studies lie between 0.25 and 0.5")
    assert sorted(row["value"] for row in drawn.rows) == [0.25, 0.5, 0.5]


def test_the_widest_rule_comes_first() -> None:
    assert next(iter(pooling.SHARED.values())) == ("task", "metric")
    assert pooling.ALL == ("task", "metric", "dataset", "setting")
