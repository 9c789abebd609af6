"""Data-set use, counted by hand: who names which set, when, in which role."""

from __future__ import annotations

import numpy as np
import pandas as pd
import pytest

from gen.analysis import statistics
from gen.corpus.tables import Dataset, Study
from gen.trends.base import Answer
from gen.trends.data_sets import concentration, uses
from gen.trends.data_sets import question as data_sets
from tests.answers import INCOMPLETE_YEAR, absent, answered, copies, dataset, figure, study

ALPHA = dataset("alpha", year=2020, access="public", modalities=("ct",), domains=("chest",))
BETA = dataset("beta", year=2022, access="credentialed", modalities=("ct", "mri"))
OWN = dataset("own", access="private")
DARK = dataset("dark")
SETS = (ALPHA, BETA, OWN, DARK)

FIELD = [
    study("a", 2023, train_data=("alpha", "beta")),
    study("b", 2023, train_data=("alpha",), eval_data=("beta",)),
    study("c", 2024, train_data=("alpha", "own")),
    study("d", 2024, eval_data=("beta", "dark")),
    study("e", 2024),
]


def used(studies: list[Study] = FIELD, sets: tuple[Dataset, ...] = SETS) -> Answer:
    return answered(data_sets.QUESTION, studies, datasets=sets)


def test_the_sentence_and_the_values_count_studies_sets_and_uses() -> None:
    answer = used()
    assert answer.sentence == "4 studies name 4 data sets, 2 of them only once."
    assert answer.values["naming"] == 4
    assert answer.values["n"] == 5
    assert answer.values["uses"] == 8
    assert answer.values["dated"] == 6
    assert answer.values["once"] == 2


def test_a_set_that_leads_is_named_once_more_sets_than_the_top_are_in_use() -> None:
    sets = (*SETS, *(dataset(f"set-{n}") for n in range(10)))
    studies = [*FIELD, *(study(f"s{n}", 2024, train_data=(f"set-{n}",)) for n in range(10))]
    assert (
        "for training, ALPHA leads (named by 3 of 13 studies) and the 10 most used sets take 80 % "
        "of uses"
    ) in used(studies, sets).sentence


def test_a_heat_map_a_role_counts_studies_by_year() -> None:
    drawn = figure(used(), "fig-training-sets")
    assert [(row["row"], row["column"], row["studies"]) for row in drawn.rows] == [
        ("ALPHA", "2023", 2),
        ("ALPHA", "2024", 1),
        ("BETA", "2023", 1),
        ("BETA", "2024", 0),
        ("OWN", "2023", 0),
        ("OWN", "2024", 1),
    ]
    assert drawn.reading == (
        "ALPHA is named for training most often: by 3 of the 3 studies that name a set for "
        "training."
    )
    assert "evaluation" in absent(used(), "fig-evaluation-sets").reason


def test_spread_counts_a_study_once_whatever_its_roles() -> None:
    rows = figure(used(), "fig-spread").rows
    so_far = {(row["series"], row["year"]): row["value"] for row in rows}
    assert (so_far["BETA", "2023"], so_far["BETA", "2024"]) == (2, 3)
    assert (so_far["DARK", "2023"], so_far["DARK", "2024"]) == (0, 1)


def test_the_table_says_where_a_set_was_first_named() -> None:
    (alpha,) = [row for row in used().values["sets"] if row["id"] == "alpha"]
    assert alpha == {
        "id": "alpha",
        "name": "ALPHA",
        "access": "public",
        "released": 2020,
        "first": 2023,
        "first_name": "A",
        "first_path": "studies/a.md",
        "last": 2024,
        "studies": 3,
        "training": 3,
        "evaluation": 0,
    }


def test_a_set_is_new_in_the_year_that_first_names_it() -> None:
    drawn = figure(used(), "fig-new")
    assert [(row["year"], row["series"], row["studies"]) for row in drawn.rows] == [
        ("2023", "Named before", 0),
        ("2023", "Named for the first time", 2),
        ("2024", "Named before", 2),
        ("2024", "Named for the first time", 2),
    ]
    assert drawn.reading == "In 2024, 4 sets were in use; 2 of them had not been named before."


def test_age_is_the_median_over_dated_uses_and_says_how_few_are_dated() -> None:
    sets = (ALPHA, BETA, *(dataset(f"x-{n}") for n in range(9)))
    studies = [
        study("a", 2024, train_data=("alpha",)),
        study("b", 2024, train_data=("alpha", "beta")),
        study("c", 2024, train_data=("alpha",)),
        study("d", 2024, train_data=tuple(f"x-{n}" for n in range(9))),
    ]
    drawn = figure(used(studies, sets), "fig-age")
    (row,) = [row for row in drawn.rows if row["value"] is not None]
    assert (row["series"], row["year"], row["studies"], row["uses"]) == ("Training", "2024", 3, 4)
    assert row["value"] == 4  # of 4, 4, 4 and 2 years
    assert (row["low"], row["high"]) == (None, None)  # three studies have no bootstrap
    assert drawn.reading.startswith("Only 4 of 13 uses are of sets whose release is coded, and 1 ")
    assert drawn.reading.endswith("Training: 4.0 in 2024 (3 studies).")


def many(popular: int) -> pd.DataFrame:
    """Twelve studies, each with a set of its own; the first `popular` name set 0 as well."""
    rows = [(f"s{n:02}", f"own-{n}") for n in range(12)]
    rows += [(f"s{n:02}", "own-0") for n in range(1, popular)]
    return pd.DataFrame(rows, columns=["study", "dataset"])


def test_concentration_follows_the_counts() -> None:
    even = concentration.concentration(many(1), "herfindahl")
    assert even["value"] == pytest.approx(1 / 12)
    assert concentration.concentration(many(1), "gini")["value"] == pytest.approx(0)
    assert concentration.concentration(many(1), "top-ten")["value"] == pytest.approx(10 / 12)
    # Now set 0 has 7 of 18 uses and eleven sets have one each.
    uneven = concentration.concentration(many(7), "herfindahl")
    assert uneven["value"] == pytest.approx((49 + 11) / 18**2)
    assert concentration.concentration(many(7), "top-ten")["value"] == pytest.approx(16 / 18)


def test_the_interval_of_concentration_is_around_its_value() -> None:
    for measure in concentration.MEASURES:
        found = concentration.concentration(many(7), measure)
        assert found["low"] <= found["value"] <= found["high"]
        assert found["low"] < found["high"]
        assert found == concentration.concentration(many(7), measure)


def test_a_median_of_all_resamples_at_once_is_that_of_each() -> None:
    rng = np.random.default_rng(6)
    values, times = np.sort(rng.integers(-1, 9, 12).astype(float)), rng.integers(0, 3, (300, 12))
    one_by_one = [np.median(np.repeat(values, line)) for line in times]
    assert uses.medians(values, times).tolist() == one_by_one


def test_no_share_of_the_top_ten_where_no_more_sets_are_in_use() -> None:
    few = many(7)[lambda df: df["dataset"].isin([f"own-{n}" for n in range(10)])]
    assert concentration.concentration(few, "top-ten") == uses.BLANK


def field(rng: np.random.Generator) -> pd.DataFrame:
    """Twenty-five studies that name sets of very unequal fame, half also one of their own."""
    fame = 1 / np.arange(1, 101)
    rows = []
    for n in range(25):
        named = sorted(set(rng.choice(100, 3, p=fame / fame.sum())))
        rows += [(f"s{n:02}", f"public-{name}") for name in named]
        rows += [(f"s{n:02}", f"own-{n}")] if n % 2 else []
    return pd.DataFrame(rows, columns=["study", "dataset"])


@pytest.mark.slow
@pytest.mark.parametrize("measure", concentration.MEASURES)
def test_intervals_hold_what_as_many_studies_are_expected_to_show(
    measure: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(uses, "RESAMPLES", 50)
    rng = np.random.default_rng(7)
    values = [
        concentration.MEASURES[measure](field(rng)["dataset"].value_counts().to_numpy())
        for _ in range(200)
    ]
    found = [concentration.concentration(field(rng), measure) for _ in range(100)]
    held = np.mean([each["low"] <= np.mean(values) <= each["high"] for each in found])
    assert held >= 0.9


def test_access_asks_studies_and_not_uses() -> None:
    answer = used()
    rows = {row["label"]: (row["studies"], row["coded"]) for row in answer.values["trends"]}
    assert rows == {
        "Training: public": (3, 3),
        "Training: on request": (1, 3),
        "Training: private": (1, 3),
        "Evaluation: public": (0, 2),
        "Evaluation: on request": (2, 2),
        "Evaluation: private": (0, 2),
    }


def test_a_planted_rise_of_private_data_is_found_and_said() -> None:
    studies = [
        one
        for year, private in ((2022, 2), (2023, 6), (2024, 12), (2025, 18))
        for one in (
            *copies(private, year, train_data=("own",)),
            *copies(20 - private, year, train_data=("alpha",)),
        )
    ]
    plain = used(studies)
    (finding,) = [each for each in plain.findings if each.id == "training-private"]
    table = statistics.logistic_trend([2022, 2023, 2024, 2025], [2, 6, 12, 18], [20] * 4)
    assert finding.estimate == pytest.approx(table.odds_ratio)
    assert "training on private sets grew more frequent" in plain.sentence
    # What the incomplete year says changes no test.
    later = used([*studies, *copies(9, INCOMPLETE_YEAR, train_data=("alpha",))])
    (again,) = [each for each in later.findings if each.id == "training-private"]
    assert again == finding


def test_modalities_are_those_of_the_set() -> None:
    ct, mri = used().values["facets"][0]["rows"]
    assert (ct["term"], ct["sets"], ct["studies"], ct["training"], ct["evaluation"]) == (
        ("ct", 2, 4, 3, 2)
    )
    assert ct["top"] == [
        {"id": "alpha", "name": "ALPHA", "studies": 3},
        {"id": "beta", "name": "BETA", "studies": 3},
    ]
    assert (mri["term"], mri["sets"], mri["studies"]) == ("mri", 1, 3)
    assert used().values["facets"][0]["coded"] == 6


@pytest.mark.parametrize(
    "studies", [[], [study("a", 2024)], [study("a", 2024, train_data=("alpha",))], copies(9, 2024)]
)
def test_too_few_studies_are_said_and_nothing_is_drawn(studies: list[Study]) -> None:
    answer = used(studies)
    assert answer.sentence.startswith("Too few studies to say")
    assert all(figure.reading.startswith("Too few studies to say") for figure in answer.figures)
