"""Data-set use, counted by hand: who names which set, when, in which role."""

from __future__ import annotations

from itertools import combinations
from statistics import mean

import numpy as np
import pytest

from gen.analysis import statistics
from gen.corpus.tables import Dataset, Study
from gen.trends.base import Answer
from gen.trends.data_sets import niches
from gen.trends.data_sets import question as data_sets
from tests.answers import (
    INCOMPLETE_YEAR,
    absent,
    answered,
    copies,
    dataset,
    figure,
    result,
    study,
)
from tests.trends.by_hand import asked, included

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


def used(
    studies: list[Study] = FIELD, sets: tuple[Dataset, ...] = SETS, **others: object
) -> Answer:
    return answered(data_sets.QUESTION, studies, datasets=sets, **others)


def test_the_values_count_studies_sets_and_uses() -> None:
    answer = used()
    assert answer.values["naming"] == 4
    assert answer.values["n"] == 5
    assert answer.values["uses"] == 8
    assert (answer.values["named"], answer.values["once"]) == (4, 2)
    assert answer.sentence == "Too few studies to say which sets a domain leans on: none has 20."


def test_the_table_says_where_a_set_was_first_named_and_who_tests_on_it_too() -> None:
    results = [result("a", 0.9, dataset="alpha"), result("b", 0.9, dataset="beta")]
    (alpha,) = [row for row in used(results=results).values["sets"] if row["id"] == "alpha"]
    assert alpha == {
        "id": "alpha",
        "name": "ALPHA",
        "access": "public",
        "first": 2023,
        "first_name": "A",
        "first_path": "studies/a.md",
        "last": 2024,
        "studies": 3,
        "training": 3,
        "both": 1,
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


def test_access_asks_studies_and_not_uses() -> None:
    answer = used()
    rows = {row["label"]: (row["studies"], row["coded"]) for row in answer.values["access"]}
    assert rows == {
        "Training: public": (3, 3),
        "Training: on request": (1, 3),
        "Training: private": (1, 3),
        "Evaluation only: public": (0, 2),
        "Evaluation only: on request": (2, 2),
        "Evaluation only: private": (0, 2),
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
    assert "raining on private sets grew more frequent" in figure(plain, "fig-access").reading
    # What the incomplete year says changes no test.
    later = used([*studies, *copies(9, INCOMPLETE_YEAR, train_data=("alpha",))])
    (again,) = [each for each in later.findings if each.id == "training-private"]
    assert again == finding


def test_modalities_are_those_of_the_set() -> None:
    ct, mri = used().values["modalities"]
    assert (ct["term"], ct["sets"], ct["studies"]) == ("ct", 2, 4)
    assert ct["top"] == [
        {"id": "alpha", "name": "ALPHA", "studies": 3},
        {"id": "beta", "name": "BETA", "studies": 3},
    ]
    assert (mri["term"], mri["sets"], mri["studies"]) == ("mri", 1, 3)


def test_rarefied_is_the_mean_over_all_ways_to_choose_studies(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    table = np.eye(6, 15, dtype=np.float32)
    table[:, 6:12] = [[n < k for n in range(6)] for k in (1, 6, 6, 3, 2, 5)]
    table[0, 12:] = 1

    def top(rows: tuple[int, ...]) -> float:
        counts = sorted(table[list(rows)].sum(axis=0))
        return sum(counts[-10:]) / sum(counts)

    expected = mean(top(rows) for rows in combinations(range(6), 4))
    monkeypatch.setattr(niches, "DRAWS", 20_000)
    assert niches.rarefied(table, 4) == pytest.approx(expected, abs=0.002)
    assert niches.rarefied(table, 6) == pytest.approx(top((0, 1, 2, 3, 4, 5)))


def two_domains(narrow: int) -> tuple[list[Study], tuple[Dataset, ...]]:
    """Thirty studies of the eye and sixty of the skin, two sets each; `narrow` eyes share one."""
    sets = tuple(dataset(f"set-{n}") for n in range(180))
    studies = []
    for n in range(90):
        domain = "eye" if n < 30 else "skin"
        names = [f"set-{2 * n}", "set-0" if n < narrow else f"set-{2 * n + 1}"]
        year = 2023 + n % 3
        cells = {"train_data": tuple(dict.fromkeys(names)), "domains": (domain,)}
        studies.append(study(f"s{n}", year, **cells))
    return studies, sets


def test_a_domain_that_shares_a_set_is_named_with_it() -> None:
    answer = used(*two_domains(20))
    assert answer.sentence == (
        "Only one domain leans on few data sets: 67% of the eye studies that name any use SET-0."
    )
    eye, skin = answer.values["niches"]
    assert (eye["term"], eye["id"], eye["some"], eye["total"]) == ("eye", "set-0", 20, 30)
    assert (eye["narrow"], skin["narrow"]) == (True, False)
    assert eye["top"] > answer.values["all"] > skin["top"]
    assert [(c["name"], c["studies"], c["of"]) for c in eye["years"]] == [
        ("SET-0", 7, 10),
        ("SET-0", 7, 10),
        ("SET-0", 6, 10),
    ]
    assert [cell["id"] for cell in skin["years"]] == ["", "", ""]
    drawn = figure(answer, "fig-niches")
    assert drawn.title == "Eye leans most on one set: SET-0"
    assert [(row["label"], row["strong"]) for row in drawn.rows] == [
        ("Eye: SET-0", True),
        ("Skin: SET-100", False),
    ]


def test_domains_that_share_nothing_lean_on_nothing() -> None:
    assert used(*two_domains(0)).sentence == (
        "No domain clearly leans on fewer data sets than as many studies of any domain do."
    )


@pytest.mark.slow
def test_a_domain_given_at_random_is_seldom_called_narrow(monkeypatch: pytest.MonkeyPatch) -> None:
    # 200 null corpora. One side of a test at 5% claims 5; it claims more than 10 in one of 70.
    monkeypatch.setattr(niches, "DRAWS", 199)
    rng = np.random.default_rng(7)
    fame = 1 / np.arange(1, 101)
    claimed = 0
    for _ in range(200):
        table = np.zeros((80, 100), dtype=np.float32)
        for line in table:
            line[rng.choice(100, 3, replace=False, p=fame / fame.sum())] = 1
        own = np.isin(np.arange(80), rng.choice(80, 25, replace=False))
        more, p = niches.against_any(table, own)
        claimed += more and p < 0.05
    assert claimed <= 10


def falling(*, within: bool) -> list[Study]:
    """ALPHA falls: with the studies of the eye, or (`within`) among them alone."""
    found = []
    for year, eyes in ((2022, 32), (2023, 24), (2024, 16), (2025, 8)):
        number = 32 if within else eyes
        named = eyes if within else eyes * 3 // 4
        found += copies(named, year, train_data=("alpha",), domains=("eye",))
        found += copies(number - named, year, train_data=("beta",), domains=("eye",))
        for n in range(40 - number):  # ten sets, so that none of them is followed
            found += copies(1, year, train_data=(f"set-{n % 10}",), domains=("skin",), note=str(n))
    return found


@pytest.mark.parametrize(
    ("within", "said"),
    [(False, "no clear change."), (True, "it became rarer.")],
)
def test_a_set_that_falls_with_its_domain_is_told_from_one_that_falls_in_it(
    *, within: bool, said: str
) -> None:
    drawn = figure(
        used(falling(within=within), (*SETS, *(dataset(f"set-{n}") for n in range(10)))),
        "fig-spread",
    )
    assert drawn.title.startswith("ALPHA ")
    assert "ALPHA: " in drawn.reading
    assert f"Among eye studies alone, which it leads: {said}" in drawn.reading


def test_a_set_is_followed_from_twenty_studies_on() -> None:
    assert absent(used(copies(19, 2024, train_data=("alpha",))), "fig-spread").reason == (
        "no set is named by 20 studies"
    )


def test_testing_elsewhere_is_asked_of_studies_that_name_their_training_data() -> None:
    studies = [
        one
        for year, other in ((2022, 18), (2023, 14), (2024, 8), (2025, 3))
        for one in (
            *copies(other, year, train_data=("alpha",), eval_data=("beta",)),
            *copies(20 - other, year, train_data=("alpha",), coded_from=("abstract", "repository")),
            *copies(2, year, eval_data=("beta",)),
        )
    ]
    drawn = figure(used(studies), "fig-elsewhere")
    assert drawn.title == "Fewer studies name other data to test on"
    every = [row for row in drawn.rows if row["series"] == "All such studies"]
    assert [(row["studies"], row["coded"]) for row in every] == [
        (18, 20),
        (14, 20),
        (8, 20),
        (3, 20),
    ]
    read = [row for row in drawn.rows if row["series"] == "Repository read"]
    assert [(row["studies"], row["coded"]) for row in read] == [(0, 2), (0, 6), (0, 12), (0, 17)]


def test_overlap_asks_whether_another_study_trained_on_the_set_before() -> None:
    studies = [
        study("z", 2021, train_data=("dark",), eval_data=("dark",)),
        study("a", 2022, eval_data=("alpha",)),
        study("b", 2023, train_data=("alpha",), eval_data=("beta",)),
        study("c", 2024, eval_data=("alpha", "beta", "own")),
        study("d", 2024, train_data=("own",)),
    ]
    rows = [tuple(row.values()) for row in used(studies).values["overlap"]]
    assert rows == [(2021, 1, 0, 1, 0), (2022, 1, 0, 1, 0), (2023, 1, 0, 1, 0), (2024, 3, 2, 1, 1)]


def test_sets_are_followed_after_the_year_that_first_names_them() -> None:
    sets = tuple(dataset(f"set-{n:02}", access="private") for n in range(12))
    named = tuple(each.id for each in sets)
    studies = [
        study("a", 2022, train_data=named[:10]),
        study("b", 2023, train_data=(named[0], *named[10:])),
        study("c", 2024, eval_data=named[:3]),
        study("d", INCOMPLETE_YEAR, train_data=named),
    ]
    answer = used(studies, sets)
    assert answer.values["lifetimes"] == [
        {"year": 2022, "sets": 10, "again": 3, "later": [None, 1, 3, 0]}
    ]
    assert answer.values["kinds"] == [{"access": "private", "sets": 12, "alone": 0}]


@pytest.mark.corpus
def test_the_sentence_by_plain_pandas() -> None:
    studies = included()
    columns = ("train_data", "eval_data")
    named = [{*cells} for cells in studies[[*columns]].agg("; ".join, axis=1).str.split("; ")]
    studies["named"] = [each - {""} for each in named]
    studies = studies[studies["named"].map(bool)]
    shares = {}
    for domain in ("chest", "surgery"):
        sets = studies.loc[studies["domains"].str.split("; ").map(set) >= {domain}, "named"]
        counts = sets.explode().value_counts()
        shares[domain] = (counts.index[0], f"{100 * counts.iloc[0] / len(sets):.0f}%")
    (chest_set, chest), (surgery_set, surgery) = shares["chest"], shares["surgery"]
    assert (chest_set, surgery_set) == ("mimic-cxr", "cholec80")
    assert asked(data_sets.QUESTION).sentence == (
        f"Some domains lean on few data sets: {chest} of the chest studies that name any use "
        f"MIMIC-CXR, {surgery} of those in surgery use Cholec80."
    )


@pytest.mark.parametrize(
    "studies", [[], [study("a", 2024)], [study("a", 2024, train_data=("alpha",))], copies(9, 2024)]
)
def test_too_few_studies_are_said_and_nothing_is_drawn(studies: list[Study]) -> None:
    answer = used(studies)
    assert answer.sentence.startswith("Too few studies to say")
    assert all(figure.reading.startswith("Too few studies to say") for figure in answer.figures)
