"""Transparency: nine items by a rule on the row, counted by hand."""

from __future__ import annotations

import numpy as np
import pandas as pd
import pytest
import statsmodels.api as sm

from gen.analysis import statistics
from gen.analysis.transparency import Profile
from gen.corpus.tables import Study
from gen.trends import transparency
from gen.trends.base import Answer
from tests.answers import absent, answered, copies, figure, result, study
from tests.real import DATA
from tests.trends import by_hand

CODE = "https://example.org/code"
READ = ("abstract", "repository")
WHOLE = study(
    "whole",
    2024,
    code=CODE,
    code_licence="mit",
    weights=CODE,
    weights_access="gated",
    weights_licence="mit",
    train_data=("a",),
    data_access="private",
    train_size=5,
    parameters_m=86,
    eval_data=("b",),
)


def states(one: Study, *results: object) -> dict[str, bool | None]:
    return Profile.of(one, results).states


def test_a_study_that_states_all_it_is_asked() -> None:
    profile = Profile.of(WHOLE, [result("whole", 0.9, ci_low=0.8, ci_high=0.95)])
    assert (profile.stated, profile.asked, profile.unseen) == (9, 9, [])


def test_what_is_not_seen_is_not_stated() -> None:
    profile = Profile.of(study("silent", 2024, missing={"code": "not-reported"}), [])
    assert [item for item, state in profile.states.items() if state is None] == [
        "licence",  # there is nothing that one would be of
        "interval",
    ]
    assert (profile.stated, profile.asked) == (0, 7)
    assert profile.unseen == [
        "Code",
        "Weights",
        "Training data",
        "Data access",
        "Training size",
        "Parameters",
        "Tested elsewhere",
    ]


@pytest.mark.parametrize(
    ("item", "cells", "state"),
    [
        ("code", {"missing": {"code": "n/a"}}, None),
        ("weights", {"weights_access": "open"}, True),
        ("weights", {"weights_access": "none"}, False),
        ("weights", {"weights_access": "open", "contribution": "evaluation"}, None),
        ("licence", {"code": CODE, "code_licence": "mit"}, True),
        ("licence", {"code": CODE, "code_licence": "none"}, False),
        ("licence", {"code": CODE, "code_licence": "mit", "weights": CODE}, False),
        ("train_data", {"missing": {"train_data": "n/a"}}, None),
        ("elsewhere", {"missing": {"train_data": "n/a"}, "eval_data": ("b",)}, None),
        ("parameters", {"missing": {"parameters_m": "n/a"}}, None),
    ],
)
def test_an_item_is_stated_by_its_rule(item: str, cells: dict[str, object], state: object) -> None:
    assert states(study("one", 2024, **cells))[item] is state


def test_one_end_is_no_interval() -> None:
    assert states(WHOLE, result("whole", 0.9, ci_low=0.8))["interval"] is False


def asked(studies: list[Study]) -> Answer:
    return answered(transparency.QUESTION, studies)


def test_a_share_is_of_those_who_are_asked() -> None:
    studies = [
        *copies(3, 2024, code=CODE),
        *copies(1, 2024),
        *copies(2, 2024, missing={"code": "n/a", "train_data": "n/a"}, eval_data=("b",)),
    ]
    drawn = figure(asked(studies), "fig-items")
    shares = {row["label"]: (row["studies"], row["of"]) for row in drawn.rows}
    assert shares["Code"] == (3, 4)
    assert shares["Tested elsewhere"] == (0, 4)
    assert drawn.rows[0]["label"] == "Code"
    low, high = statistics.wilson([3], [4])
    assert (drawn.rows[0]["low"], drawn.rows[0]["high"]) == pytest.approx(
        (low[0], high[0]), abs=1e-4
    )


def test_families_are_counted_each() -> None:
    studies = [
        *copies(2, 2024, code=CODE, family="vision-language"),
        *copies(1, 2024, family="vision-only"),
    ]
    code = asked(studies).values["items"][0]
    assert [(one["studies"], one["of"]) for one in code["families"]] == [(0, 1), (2, 2)]


def planted(told: list[int], **cells: object) -> list[Study]:
    """Of 20 studies a year from 2022 on, so many that state the training size."""
    return [
        one
        for year, n in enumerate(told, 2022)
        for one in (
            *copies(n, year, train_size=100, **cells),
            *copies(20 - n, year, **cells),
        )
    ]


def test_a_planted_rise_is_found_and_said() -> None:
    answer = asked(planted([4, 8, 13, 17], coded_from=READ, code=CODE))
    assert answer.sentence == (
        "In what was read, 100% of studies state their code, 0% a test on other data; newer ones "
        "with code state training size more often."
    )
    (finding,) = [each for each in answer.findings if each.id == "train_size"]
    expected = statistics.logistic_trend([2022, 2023, 2024, 2025], [4, 8, 13, 17], [20] * 4)
    assert expected is not None
    assert finding.estimate == pytest.approx(expected.odds_ratio)
    drawn = figure(answer, "fig-years")
    assert drawn.title == "Newer studies state training size more often"
    assert drawn.reading == "Over the years more state training size."


def test_a_planted_fall_is_said_as_one() -> None:
    answer = asked(planted([17, 13, 8, 4], coded_from=READ, code=CODE))
    assert answer.sentence.endswith("newer ones with code state training size less often.")


def test_no_trend_is_read_from_studies_of_which_only_the_abstract_was_read() -> None:
    answer = asked(planted([17, 13, 8, 4]))
    assert answer.sentence.endswith("changes cannot be tested yet.")
    assert absent(answer, "fig-years")
    steady = [*planted([10] * 4, coded_from=READ, code=CODE), *planted([17, 13, 8, 4])]
    answer = asked(steady)
    assert answer.sentence.endswith("nothing clearly changes over the years.")


@pytest.mark.parametrize("studies", [[], copies(2, 2024)], ids=["none", "two"])
def test_too_few_studies_say_nothing(studies: list[Study]) -> None:
    answer = asked(studies)
    assert answer.sentence.startswith("Too few studies to say")
    assert absent(answer, "fig-items")


@pytest.mark.corpus
def test_the_real_sentence_recounted_with_plain_pandas() -> None:
    table = by_hand.included()
    shares = {}
    for column in ("code", "parameters_m", "train_data", "data_access", "train_size"):
        asked_ = table.loc[table[column] != "n/a", column]
        shares[column] = (~asked_.isin(["", "not-reported"])).mean()
    results = pd.read_csv(DATA / "results.csv", dtype=str, keep_default_na=False)
    results = results[results["study"].isin(table["id"])]
    shares["interval"] = (results["ci_low"] != "").groupby(results["study"]).any().mean()
    assert max(shares, key=lambda column: shares[column]) == "code"
    assert min(shares, key=lambda column: shares[column]) == "interval"
    code, interval = (f"{100 * shares[column]:.0f}%" for column in ("code", "interval"))
    sentence = by_hand.asked(transparency.QUESTION).sentence
    assert f"{code} of studies state their code, {interval} a confidence interval;" in sentence
    assert len(sentence.split()) <= 30


@pytest.mark.corpus
def test_the_real_trends_of_what_was_read_alike_by_statsmodels() -> None:
    table = by_hand.included()
    full = table[table["coded_from"].str.contains("repository") & (table["year"] < 2026)]
    answer = by_hand.asked(transparency.QUESTION)
    for item, column in (("train_size", "train_size"), ("data_access", "data_access")):
        part = full[full[column] != "n/a"]
        yes = ~part[column].isin(["", "not-reported"])
        years = sm.add_constant(part["year"] - 2023)
        fitted = sm.Logit(yes.astype(float), years.astype(float)).fit(disp=0)
        (finding,) = [each for each in answer.findings if each.id == item]
        assert finding.estimate == pytest.approx(np.exp(fitted.params["year"]), rel=1e-3)
