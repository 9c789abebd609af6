"""What a category's page takes over from the meta-analysis, held to what the questions say."""

from __future__ import annotations

import pandas as pd

from gen.analysis import tables
from gen.corpus.tables import FACETS, Study
from gen.trends import categories as category
from gen.trends import combinations
from gen.trends.base import Context
from gen.trends.categories import Category, categories
from gen.trends.domains import question as domains
from gen.trends.foundations.question import specific
from tests.answers import answered, context, copies
from tests.trends import field


def of_facet(df: pd.DataFrame, facet: str, terms: list[str], given: Context) -> dict[str, Category]:
    return category.of_facet(df, facet, terms, given, combinations.maps(df, given))


def test_a_category_shows_its_line_of_the_table_of_trends() -> None:
    studies = field.studies()
    made = of_facet(tables.frame(studies), "domains", ["chest", "skin"], context(studies))
    assert list(made) == ["chest", "skin"]
    answer = answered(domains.QUESTION, studies)
    (row,) = [row for row in answer.values["tables"][0]["rows"] if row["term"] == "chest"]
    assert made["chest"]["trend"] == row
    assert row["significant"]


def test_a_category_lists_the_eight_most_specific_models_and_data_sets() -> None:
    studies = field.studies()
    df = tables.frame(studies)
    chest = of_facet(df, "domains", ["chest"], context(studies))["chest"]
    bases = specific(df, "domains", context(studies))["chest"]
    assert [(each["id"], each["low"], each["over"]) for each in chest["bases"]] == [
        (each.id, each.low, each.over) for each in bases
    ]
    sets = specific(df, "domains", context(studies), "training_data")["chest"]
    assert len(sets) > 8
    assert [(each["id"], each["here"]) for each in chest["data_sets"]] == [
        (each.id, each.here) for each in sets[:8]
    ]


def test_a_category_shows_its_gaps_on_the_other_side_of_the_map() -> None:
    studies = field.studies()
    df, given = tables.frame(studies), context(studies)
    assert of_facet(df, "domains", ["chest"], given)["chest"]["gaps"] == {
        "across": "tasks",
        "more": [{"term": "segmentation", "studies": 67, "expected": 42.9}],
        "less": [{"term": "classification", "studies": 12, "expected": 36.9}],
        "none": [],
    }
    assert of_facet(df, "tasks", ["segmentation"], given)["segmentation"]["gaps"] == {
        "across": "domains",
        "more": [{"term": "chest", "studies": 67, "expected": 42.9}],
        "less": [
            {"term": "eye", "studies": 7, "expected": 18.2},
            {"term": "neuro", "studies": 14, "expected": 23.1},
        ],
        "none": [],
    }
    assert of_facet(df, "family", ["vision-only"], given)["vision-only"]["gaps"] is None


def apart(chest: int, eye: int) -> list[Study]:
    return [
        *copies(chest, 2024, domains=("chest",), tasks=("classification",)),
        *copies(eye, 2024, domains=("eye",), tasks=("segmentation",)),
    ]


def test_a_combination_without_a_study_is_a_gap_where_one_is_expected() -> None:
    for numbers, expected in (((5, 5), 2.5), ((2, 2), 1.0)):
        studies = apart(*numbers)
        chest = of_facet(tables.frame(studies), "domains", ["chest"], context(studies))["chest"]
        assert chest["gaps"]["none"] == [
            {"term": "segmentation", "studies": 0, "expected": expected}
        ]
    studies = apart(9, 1)  # 0.9 are expected
    chest = of_facet(tables.frame(studies), "domains", ["chest"], context(studies))["chest"]
    assert chest["gaps"] is None


def test_every_term_of_every_facet_has_its_part_if_only_an_empty_one() -> None:
    given = context([])
    made = categories(tables.frame([]), given)
    assert {facet: list(terms) for facet, terms in made.items()} == {
        facet: list(given.corpus.taxonomy[facet].terms) for facet in FACETS
    }
    nothing = {"trend": None, "bases": [], "data_sets": [], "gaps": None}
    assert made["domains"]["skin"] == made["training"]["supervised"] == nothing
