"""Training scale: a line a unit, never mixed, through points whose slope is known."""

from __future__ import annotations

import numpy as np
import pandas as pd
import pytest

from gen.analysis.statistics import Slope, theil_sen
from gen.corpus.tables import Study
from gen.trends import scale, sizes
from gen.trends.base import Answer, Finding
from tests.answers import INCOMPLETE_YEAR, absent, answered, context, figure, study


def doubling(number: int = 12, unit: str = "images", start: int = 1000) -> list[Study]:
    """A study a half-year from 2019, each half-year √2 as large, with a little scatter."""
    return [
        study(
            f"{unit}-{n}",
            2019 + n // 2,
            date=f"{2019 + n // 2}-{'03' if n % 2 == 0 else '09'}",
            train_size=round(start * 2 ** (n / 2) * (1.02 if n % 3 else 0.97)),
            train_unit=unit,
        )
        for n in range(number)
    ]


def study_times(one: Study, factor: int) -> Study:
    return one.model_copy(update={"train_size": one.train_size * factor})


def asked(studies: list[Study]) -> Answer:
    return answered(scale.QUESTION, studies)


def found(answer: Answer, id_: str) -> Finding:
    (finding,) = [each for each in answer.findings if each.id == id_]
    return finding


def test_what_doubles_every_year_has_factor_two_and_doubles_in_a_year() -> None:
    answer = asked(doubling())
    finding = found(answer, "train-images")
    assert finding.estimate == pytest.approx(2, abs=0.03)
    assert finding.low < 2 < finding.high
    assert finding.p < 0.001
    assert answer.sentence == (
        "Training sets of images grew 2.0-fold a year; neither other training sets nor models "
        "clearly changed in size."
    )
    reading = figure(answer, "fig-train-images").reading
    assert "12 studies; doubles in 1.0 years, 1.0 to 1.0" in reading


def test_units_are_never_mixed() -> None:
    slides = doubling(9, "slides", start=7)
    answer = asked([*doubling(), *slides])
    assert [panel["id"] for panel in answer.values["panels"]] == [
        "train-images",
        "train-slides",
        "parameters",
        "parameters-vision-only",
        "parameters-vision-only-whole",
        "parameters-vision-language",
        "parameters-vision-language-encoders",
    ]
    drawn = figure(answer, "fig-train-slides")
    assert [row["value"] for row in drawn.rows] == [one.train_size for one in slides]
    alone, beside = found(asked(doubling()), "train-images"), found(answer, "train-images")
    assert (beside.estimate, beside.low, beside.high) == (alone.estimate, alone.low, alone.high)


def test_the_incomplete_year_is_shown_but_not_fitted() -> None:
    late = study("late", INCOMPLETE_YEAR, train_size=3, train_unit="images")
    answer = asked([*doubling(), late])
    drawn = figure(answer, "fig-train-images")
    assert [row["fit"] is None for row in drawn.rows] == [False] * 12 + [True]
    alone, beside = found(asked(doubling()), "train-images"), found(answer, "train-images")
    assert (beside.estimate, beside.low, beside.high) == (alone.estimate, alone.low, alone.high)
    assert drawn.note.endswith("1 study of 2026 shown but not fitted.")
    assert figure(asked(doubling()), "fig-train-images").note == (
        "Logarithmic scale. The line has the middle one of all slopes between two studies; studies "
        "far from it are named."
    )


def test_the_line_drawn_is_the_line_said() -> None:
    drawn = figure(asked(doubling()), "fig-train-images")
    first, last = drawn.rows[0], drawn.rows[-1]
    years = last["when"] - first["when"]
    assert (last["fit"] / first["fit"]) ** (1 / years) == pytest.approx(2, abs=0.03)


def test_a_study_far_from_the_line_is_named_and_linked() -> None:
    planted = study("giant", 2022, date="2022-06", train_size=10**9, train_unit="images")
    answer = asked([*(study_times(one, n % 4 + 1) for n, one in enumerate(doubling())), planted])
    assert answer.values["outliers"] == [
        {
            "panel": "Training images",
            "name": "Giant",
            "path": "studies/giant.md",
            "date": "2022-06",
            "value": 10**9,
        }
    ]
    drawn = figure(answer, "fig-train-images")
    assert [row["name"] for row in drawn.rows if row["outlier"]] == ["Giant"]
    assert answer.values["panels"][0]["largest"][0]["path"] == "studies/giant.md"


ENCODER = {"family": "vision-only", "architecture": "vit-encoder"}
LANGUAGE = {"family": "vision-language", "architecture": "multimodal-llm"}


def test_parameters_have_a_line_for_each_kind_of_model_and_none_for_all() -> None:
    """Encoders stay as they are and so do language models; only their mix changes."""
    studies = [
        study(f"{name}-{year}-{n}", year, parameters_m=size + n % 3, **kind)
        for year in range(2019, 2026)
        for name, size, kind, number in (
            ("encoder", 90, ENCODER, 2026 - year),
            ("language", 7000, LANGUAGE, year - 2018),
        )
        for n in range(number)
    ]
    segmenter = study("segmenter", 2025, parameters_m=94, architecture="promptable-segmenter")
    several = study("several", 2025, parameters_m=5, architecture="several")
    answer = asked([*studies, segmenter, several])
    by_id = {panel["id"]: panel for panel in answer.values["panels"]}
    assert by_id["parameters"]["studies"] == 58
    assert by_id["parameters"]["trend"] == ""
    assert by_id["parameters-vision-only"]["studies"] == 28
    assert by_id["parameters-vision-only-whole"]["studies"] == 1
    assert by_id["parameters-vision-language"]["studies"] == 28
    for id_ in ("parameters-vision-only", "parameters-vision-language"):
        assert found(answer, id_).estimate == pytest.approx(1)
    drawn = figure(answer, "fig-parameters")
    assert drawn.reading == "58 studies state it."
    assert drawn.note.startswith("Logarithmic scale. No line, since")
    assert answer.sentence.startswith("Neither training sets nor models clearly grew")


def test_the_answer_names_two_series_at_most() -> None:
    units = ("images", "slides", "volumes")
    answer = asked(
        [one for n, unit in enumerate(units) for one in doubling(12, unit, 10 ** (n + 2))]
    )
    assert answer.sentence == (
        "Training sets of images grew 2.0-fold a year and training sets of slides grew 2.0-fold a "
        "year; others changed too."
    )


def test_a_slope_whose_interval_holds_zero_is_no_trend_and_has_no_doubling_time() -> None:
    sizes_ = (5, 800, 40, 9, 700, 60, 5, 300, 90, 30)
    studies = [
        study(f"s{n}", 2018 + n // 2, date=f"{2018 + n // 2}-0{1 + n % 2}", train_unit="images",
              train_size=size)
        for n, size in enumerate(sizes_)
    ]  # fmt: skip
    answer = asked(studies)
    assert answer.sentence == (
        "Neither training sets nor models clearly grew or shrank, in any unit."
    )
    assert "doubles" not in answer.values["panels"][0]["trend"]
    assert figure(answer, "fig-train-images").reading.endswith("no clear trend after correction.")


def test_too_few_for_a_line_are_drawn_without_one() -> None:
    drawn = figure(asked(doubling(7)), "fig-train-images")
    assert drawn.reading == "7 studies state it: too few to fit a line."
    assert all(row["fit"] is None and not row["outlier"] for row in drawn.rows)


@pytest.mark.parametrize(
    "studies",
    [
        [],
        [study("a", 2024)],
        [study("a", 2024, train_size=5, train_unit="images")],
        [study(f"a{n}", 2024, train_size=5, train_unit="images") for n in range(12)],
        [
            study(f"a{n}", 2023 + (n > 10), train_size=5 + (n > 10), train_unit="images")
            for n in range(12)
        ],
    ],
)
def test_too_few_or_all_the_same_is_said(studies: list[Study]) -> None:
    answer = asked(studies)
    assert answer.sentence.startswith("Too few studies to say")
    assert absent(answer, "fig-pace")
    assert all(finding.estimate is None for finding in answer.findings)


def test_outliers_follow_the_modified_z_score() -> None:
    # Distances from the median 3 are 2, 1, 0, 1, 97: their median is 1, so beyond 5.19 is far.
    residual = pd.Series([1.0, 2, 3, 4, 100])
    assert list(sizes.outlying(residual)) == [False, False, False, False, True]
    assert not sizes.outlying(pd.Series([0.0] * 9 + [5.0])).any()


def fitted(drawn: pd.DataFrame) -> Slope | None:
    return theil_sen(drawn["when"], np.log10(drawn["value"]))


@pytest.mark.slow
def test_corpora_without_a_trend_rarely_show_one() -> None:
    rng = np.random.default_rng(11)
    claimed = 0
    runs = 150
    for _ in range(runs):
        found_ = [
            sizes.Panel(str(n), str(n), pd.DataFrame(), fitted(points(rng, n)))
            for n in (8, 12, 20, 30, 40)
        ]
        claimed += any(panel.significant for panel in sizes.with_q(found_, context([])))
    assert claimed / runs <= 0.1  # 5%, and three standard errors of so few runs


def points(rng: np.random.Generator, n: int) -> pd.DataFrame:
    return pd.DataFrame({"when": rng.uniform(2019, 2026, n), "value": 10 ** rng.normal(5, 1, n)})
