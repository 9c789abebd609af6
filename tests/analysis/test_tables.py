"""Counts against counts by hand, intervals against published ones, likeness against its rules."""

from __future__ import annotations

import math
import random
from itertools import pairwise
from typing import Any

import pandas as pd
import pytest

from gen.analysis import tables
from gen.corpus.tables import FACETS, Study
from tests.real import corpus


def study(id_: str, date: str = "2024", family: str = "vision-only", **columns: Any) -> Study:  # noqa: ANN401 - what a column may hold
    """A study of which only the given columns are coded."""
    return Study(
        id=id_,
        name=id_,
        title=id_,
        authors=("Alt, Anna",),
        date=date,
        doi=f"10.1234/{id_}",
        summary="Invented.",
        contribution="adaptation",
        family=family,
        evidence=("https://example.org",),
        coded_from=("abstract",),
        **columns,
    )


FEW = tables.frame(
    [
        study("a", "2021-03-31", modalities=("ct", "mri"), train_data=("x",)),
        study("b", "2021-04", family="vision-language", modalities=("ct",), train_data=("x", "y")),
        study("c", "2021", modalities=()),
        study("d", "2022-01-01"),
        study("e", "2024-12-31", modalities=("mri",), eval_data=("y",), venue="Nature"),
    ]
)


def rows(table: pd.DataFrame, *names: str) -> list[tuple[Any, ...]]:
    return list(table[list(names)].itertuples(index=False, name=None))


def test_a_frame_has_one_row_a_study() -> None:
    assert rows(FEW, "id", "year", "quarter", "preprint", "family", "modalities") == [
        ("a", 2021, "2021-Q1", True, ("vision-only",), ("ct", "mri")),
        ("b", 2021, "2021-Q2", True, ("vision-language",), ("ct",)),
        ("c", 2021, "", True, ("vision-only",), ()),
        ("d", 2022, "2022-Q1", True, ("vision-only",), ()),
        ("e", 2024, "2024-Q4", False, ("vision-only",), ("mri",)),
    ]


def test_years_have_no_gaps() -> None:
    assert tables.years(FEW) == [2021, 2022, 2023, 2024]


def test_quarters_have_no_gaps_and_no_studies_without_a_month() -> None:
    table = tables.per_quarter(FEW)
    counts = {(quarter, family): n for quarter, family, n in table.itertuples(index=False)}
    assert {key: n for key, n in counts.items() if n} == {
        ("2021-Q1", "vision-only"): 1,
        ("2021-Q2", "vision-language"): 1,
        ("2022-Q1", "vision-only"): 1,
        ("2024-Q4", "vision-only"): 1,
    }
    assert sorted({quarter for quarter, _ in counts}) == [
        *(f"2021-Q{n}" for n in (1, 2, 3, 4)),
        *(f"2022-Q{n}" for n in (1, 2, 3, 4)),
        *(f"2023-Q{n}" for n in (1, 2, 3, 4)),
        *(f"2024-Q{n}" for n in (1, 2, 3, 4)),
    ]
    assert len(counts) == 16 * 2


def test_years_alone_make_no_quarters() -> None:
    assert tables.per_quarter(tables.frame([study("a", "2021"), study("b", "2022")])).empty


def test_a_term_is_counted_by_year_among_the_studies_coded_for_its_facet() -> None:
    table = tables.term_per_year(FEW, "modalities")
    assert sorted(rows(table, "term", "year", "studies", "coded")) == [
        ("ct", 2021, 2, 2),
        ("ct", 2022, 0, 0),
        ("ct", 2023, 0, 0),
        ("ct", 2024, 0, 1),
        ("mri", 2021, 1, 2),
        ("mri", 2022, 0, 0),
        ("mri", 2023, 0, 0),
        ("mri", 2024, 1, 1),
    ]


def test_a_year_without_a_coded_study_has_no_share() -> None:
    table = tables.term_per_year(FEW, "modalities").set_index(["term", "year"])
    assert table.loc[("ct", 2022), ["share", "low", "high"]].isna().all()
    assert table.loc[("ct", 2024), "share"] == 0
    assert table.loc[("mri", 2021), "share"] == 0.5


# Newcombe, Two-sided confidence intervals for the single proportion, Statistics in Medicine 17
# (1998), 857-872, table I, method 3 (score without continuity correction, which is Wilson's).
@pytest.mark.parametrize(
    ("count", "total", "low", "high"),
    [
        (81, 263, 0.2553, 0.3662),
        (15, 148, 0.0624, 0.1605),
        (0, 20, 0.0000, 0.1611),
        (1, 29, 0.0061, 0.1718),
    ],
)
def test_intervals_are_those_published_as_wilsons(
    count: int, total: int, low: float, high: float
) -> None:
    share = tables.shares({"x": count}, total)["x"]
    assert round(share["low"], 4) == low
    assert round(share["high"], 4) == high
    assert share["share"] == count / total


@pytest.mark.parametrize("total", [1, 2, 7, 100])
def test_an_interval_holds_its_share_and_stays_within_0_and_1(total: int) -> None:
    for share in tables.shares({str(n): n for n in range(total + 1)}, total).values():
        ends = [0, share["low"], share["share"], share["high"], 1]
        assert all(before <= after + 1e-12 for before, after in pairwise(ends))


def test_nothing_of_nothing_has_no_share() -> None:
    assert all(math.isnan(tables.shares({"x": 0}, 0)["x"][name]) for name in ("share", "low"))


def test_the_use_of_a_data_set_is_counted_by_year_and_role() -> None:
    table = tables.data_use(FEW)
    assert [row for row in rows(table, "dataset", "year", "role", "studies") if row[3]] == [
        ("x", 2021, "training", 2),
        ("y", 2021, "training", 1),
        ("y", 2024, "evaluation", 1),
    ]
    assert len(table) == 2 * 4 * 2  # data sets, years, roles: zeros stand in the table


@pytest.mark.corpus
def test_every_count_of_the_real_corpus_is_the_count_of_its_studies() -> None:
    studies = corpus().studies
    df = tables.frame(studies)
    for facet in FACETS:
        for term, year, counted, coded in rows(
            tables.term_per_year(df, facet), "term", "year", "studies", "coded"
        ):
            of_year = [study for study in studies if study.year == year]
            assert counted == sum(term in study.terms(facet) for study in of_year)
            assert coded == sum(bool(study.terms(facet)) for study in of_year)
    for dataset, year, role, counted in rows(
        tables.data_use(df), "dataset", "year", "role", "studies"
    ):
        column = {"training": "train_data", "evaluation": "eval_data"}[role]
        assert counted == sum(
            dataset in getattr(study, column) for study in studies if study.year == year
        )


ALIKE = [
    study("ct-1", modalities=("ct",), tasks=("segmentation",)),
    study("ct-2", modalities=("ct",), tasks=("segmentation",)),
    study("ct-3", modalities=("ct",), tasks=("classification",)),
    study("eyes", modalities=("fundus",), tasks=("classification",)),
    study("text", family="vision-language"),
]


def test_studies_are_similar_by_the_terms_they_share() -> None:
    similar = tables.similar(tables.frame(ALIKE))
    assert similar["ct-1"][0] == "ct-2"
    assert similar["ct-2"][0] == "ct-1"
    assert similar["ct-3"][0] in {"ct-1", "eyes"}
    assert all(id_ not in found for id_, found in similar.items())


def test_a_study_that_shares_nothing_is_similar_to_none() -> None:
    similar = tables.similar(tables.frame(ALIKE))
    assert not similar.get("text")
    assert all("text" not in found for found in similar.values())


def test_likeness_is_mutual() -> None:
    similar = tables.similar(tables.frame(ALIKE), most=len(ALIKE))
    assert all(id_ in similar[other] for id_, found in similar.items() for other in found)


def test_a_rare_term_weighs_more_than_a_common_one() -> None:
    shared = [
        study("this", modalities=("ct",), tasks=("segmentation",)),
        study("common", modalities=("ct",), tasks=("classification",)),
        study("rare", modalities=("mri",), tasks=("segmentation",)),
        *(study(f"more-{n}", modalities=("ct",), tasks=(f"task-{n}",)) for n in range(5)),
    ]
    assert tables.similar(tables.frame(shared))["this"][0] == "rare"


def test_equal_likeness_keeps_the_order_of_the_corpus() -> None:
    """Of many kinds, as a sort that is not stable keeps the order of a few by chance."""
    df = tables.frame(study(f"s{n}", modalities=(f"kind-{n % 7}", "ct")) for n in range(300))
    similar = tables.similar(df, most=4)
    assert similar["s9"] == ["s2", "s16", "s23", "s30"]
    assert similar["s299"] == ["s5", "s12", "s19", "s26"]


def test_likeness_does_not_depend_on_the_order_in_which_terms_were_written() -> None:
    dice = random.Random(1)  # noqa: S311 - a shuffle, not a secret
    ordered, mixed = [], []
    terms = [f"term-{n}" for n in range(40)]
    for n in range(60):
        own = dice.sample(terms, 7)
        ordered.append(study(f"s{n}", modalities=tuple(own)))
        mixed.append(study(f"s{n}", modalities=tuple(reversed(own))))
    assert tables.similar(tables.frame(ordered)) == tables.similar(tables.frame(mixed))


@pytest.mark.corpus
def test_the_most_similar_stand_first() -> None:
    studies = corpus().studies
    terms = {s.id: {(f, term) for f in FACETS for term in s.terms(f)} for s in studies}
    frequency = {
        term: sum(term in own for own in terms.values()) for term in set().union(*terms.values())
    }
    weight = {term: math.log(len(studies) / n) + 1 for term, n in frequency.items()}

    def length(id_: str) -> float:
        return math.sqrt(sum(weight[term] ** 2 for term in terms[id_]))

    def cosine(one: str, other: str) -> float:
        shared = sum(weight[term] ** 2 for term in terms[one] & terms[other])
        return shared / length(one) / length(other)

    similar = tables.similar(tables.frame(studies))
    for id_ in list(terms)[::20]:
        found = [cosine(id_, other) for other in similar[id_]]
        assert all(before > after - 1e-6 for before, after in pairwise(found))
        others = [cosine(id_, o) for o in terms if o not in {id_, *similar[id_]}]
        assert max(others) < found[-1] + 1e-6
