"""What is built on what: log-odds, roots and lineage, counted by hand."""

from __future__ import annotations

import json
import math

import pytest

from gen.analysis import tables
from gen.analysis.statistics import logistic_trend, wilson
from gen.corpus.tables import Study
from gen.figures import draw
from gen.trends.base import Answer
from gen.trends.foundations import lineage
from gen.trends.foundations import question as foundations
from gen.trends.foundations.question import Specific, specific
from tests.answers import (
    INCOMPLETE_YEAR,
    absent,
    answered,
    base_model,
    benjamini_hochberg,
    context,
    copies,
    figure,
    study,
)

BASES = [base_model("stemnet", year=2020), base_model("leafnet", arxiv="2103.00020")]


def on(number: int, base: str, domain: str = "chest", year: int = 2024) -> list[Study]:
    return copies(number, year, builds_on=(base,), domains=(domain,))


def found(studies: list[Study]) -> Answer:
    return answered(foundations.QUESTION, studies, base_models=BASES)


# Eight chest studies build on stemnet and two on leafnet; of ten eye studies it is one and nine.
SPLIT = [
    *on(8, "stemnet"),
    *on(2, "leafnet"),
    *on(1, "stemnet", "eye"),
    *on(9, "leafnet", "eye"),
]


def specific_to(
    studies: list[Study], facet: str, term: str, column: str = "builds_on"
) -> list[Specific]:
    return specific(tables.frame(studies), facet, context(studies), column).get(term, [])


def test_a_pair_is_tested_exactly_and_claimed_after_correction() -> None:
    first, second = specific_to(SPLIT, "domains", "chest")
    (eye,) = specific_to(SPLIT, "domains", "eye")
    # 8 of 10 chest studies and 1 of 10 others: of 167,960 ways, 1,260 are no likelier on each side.
    p = 2 * (math.comb(9, 8) * math.comb(11, 2) + math.comb(9, 9) * 11) / math.comb(20, 10)
    # leafnet, in the 11 others, has the same p in both domains.
    assert [each.q for each in (first, second, eye)] == pytest.approx([p, p, p])
    assert (first.over, second.over, eye.over) == (True, False, True)


def test_log_odds_compare_a_category_with_the_rest() -> None:
    first, second = specific_to(SPLIT, "domains", "chest")
    assert (first.id, first.here, first.everywhere) == ("stemnet", 8, 9)
    # The prior is worth two namings, one for each model: 2 · 9/20 for stemnet, 2 · 11/20 for the
    # other. Here 8.9 to 3.1, elsewhere 1.9 to 10.1.
    delta = math.log(8.9 / 3.1) - math.log(1.9 / 10.1)
    error = math.sqrt(1 / 8.9 + 1 / 1.9)
    assert first.estimate == pytest.approx(delta)
    assert first.low == pytest.approx(delta - 1.96 * error, abs=1e-4)
    assert first.over
    assert (second.id, second.over) == ("leafnet", False)
    assert second.estimate == pytest.approx(-delta)


def test_a_model_that_one_study_of_the_category_names_is_not_listed() -> None:
    eye = specific_to(SPLIT, "domains", "eye")
    assert [each.id for each in eye] == ["leafnet"]


def test_studies_not_coded_for_the_facet_do_not_count_as_elsewhere() -> None:
    more = [*SPLIT, *copies(9, 2024, builds_on=("stemnet",))]
    assert specific_to(more, "domains", "chest") == specific_to(SPLIT, "domains", "chest")


def test_data_sets_are_compared_like_models() -> None:
    studies = [
        *copies(5, 2024, train_data=("alpha",), tasks=("segmentation",)),
        *copies(5, 2024, train_data=("beta",), tasks=("retrieval",)),
    ]
    (one,) = specific_to(studies, "tasks", "retrieval", "training_data")
    assert (one.id, one.here, one.everywhere) == ("beta", 5, 5)


@pytest.mark.parametrize("studies", [[], SPLIT[:8], copies(3, 2024, domains=("chest",))])
def test_without_a_rest_of_the_field_nothing_is_specific(studies: list[Study]) -> None:
    assert specific_to(studies, "domains", "chest") == []


def test_a_category_with_four_studies_has_no_foundations_of_its_own() -> None:
    four, five = (foundations_of([*SPLIT, *on(n, "skinnet", "skin")]) for n in (4, 5))
    assert {term for term, _ in four} == {"chest", "eye"}
    assert {term for term, _ in five} == {"chest", "eye", "skin"}


def foundations_of(studies: list[Study]) -> list[tuple[str, str]]:
    """(domain, base model) of the rows that the page lists."""
    bases = [*BASES, base_model("skinnet")]
    answer = answered(foundations.QUESTION, studies, base_models=bases)
    (domains,) = [each for each in answer.values["facets"] if each["facet"] == "domains"]
    return [(row["term"], row["id"]) for row in domains["rows"]]


def test_the_page_lists_five_models_of_a_category_at_most_and_the_table_all() -> None:
    names = [f"net-{n}" for n in range(7)]
    studies = [
        *(each for name in names for each in on(6, name)),
        *on(40, "stemnet", "eye"),
    ]
    answer = answered(foundations.QUESTION, studies, base_models=[*BASES, *map(base_model, names)])
    (domains,) = [each for each in answer.values["facets"] if each["facet"] == "domains"]
    assert [row["term"] for row in domains["rows"]].count("chest") == 5
    ((path, table),) = foundations.files(
        tables.frame(studies), context(studies, base_models=BASES), str
    )
    assert path == "trends/foundations/specific.csv"
    listed = [line.split(",")[:3] for line in str(table).splitlines()]
    assert {id_ for _, term, id_ in listed if term == "chest"} == {*names}
    assert len(listed) == 1 + answer.values["pairs"]


def test_the_figure_shows_the_rows_of_the_table() -> None:
    answer = found(SPLIT)
    drawn = figure(answer, "fig-specific")
    assert [(row["label"], row["here"], row["everywhere"]) for row in drawn.rows] == [
        ("LEAFNET · Eye", 9, 11),
        ("STEMNET · Chest", 8, 9),
        ("LEAFNET · Chest", 2, 11),
    ]
    rows = [row for table in answer.values["facets"] for row in table["rows"]]
    assert [row["low"] for row in rows] == [row["low"] for row in drawn.rows if row["strong"]]
    assert drawn.reading == (
        "The most specific is LEAFNET · Eye (9 of the 11 studies that build on it)."
    )


# Roots.

CHAIN = [
    study("first", 2022, builds_on=("stemnet",)),
    study("second", 2023, builds_on=("first",)),
    study("third", 2024, builds_on=("second", "leafnet")),
    study("alone", 2024),
]


def test_a_study_rests_on_a_root_through_others() -> None:
    by_root = lineage.studies_by_root(
        tables.frame(CHAIN), lineage.Descent.of(context(CHAIN).corpus)
    )
    assert by_root == {"stemnet": ["first", "second", "third"], "leafnet": ["third"]}


def test_what_a_study_only_tests_it_does_not_rest_on() -> None:
    studies = [
        study("tuned", 2024, weights_from=("stemnet",), tests=("leafnet",)),
        study("recipe", 2024, method_from=("leafnet",)),
    ]
    assert lineage.studies_by_root(
        tables.frame(studies), lineage.Descent.of(context(studies).corpus)
    ) == {"leafnet": ["recipe"], "stemnet": ["tuned"]}


def test_a_study_without_a_coded_parent_is_a_root_itself() -> None:
    studies = [*CHAIN, study("late", 2025, builds_on=("alone",))]
    by_root = lineage.studies_by_root(
        tables.frame(studies), lineage.Descent.of(context(studies).corpus)
    )
    assert by_root["alone"] == ["late"]


def test_lineage_passes_through_studies_that_are_switched_off() -> None:
    df = tables.frame(CHAIN)
    by_root = lineage.studies_by_root(
        df[df["year"] == 2024], lineage.Descent.of(context(CHAIN).corpus)
    )
    assert by_root == {"leafnet": ["third"], "stemnet": ["third"]}


def test_a_circle_of_studies_ends() -> None:
    circle = [study("egg", 2023, builds_on=("hen",)), study("hen", 2023, builds_on=("egg",))]
    assert lineage.Descent.of(context(circle).corpus).roots("egg") == set()
    assert found(circle).sentence.startswith("Too few studies to say")


def test_shares_are_of_the_studies_of_which_it_is_coded() -> None:
    answer = found(CHAIN)
    (first, *_) = answer.values["roots"]
    assert (first["id"], first["studies"], first["direct"]) == ("stemnet", 3, 1)
    assert first["share"] == 1.0
    assert answer.values["coded"] == 3
    drawn = figure(answer, "fig-roots")
    assert [(row["year"], row["studies"], row["coded"]) for row in drawn.rows] == [
        ("2022", 1, 1),
        ("2023", 1, 1),
        ("2024", 1, 1),
    ]
    low, high = wilson([1], [1])
    assert (drawn.rows[0]["low"], drawn.rows[0]["high"]) == (
        round(float(low[0]), 4),
        round(float(high[0]), 4),
    )


def test_a_year_without_a_coded_study_has_no_share() -> None:
    studies = [*on(3, "stemnet", year=2021), *on(3, "stemnet", year=2023), study("none", 2022)]
    rows = figure(found(studies), "fig-roots").rows
    assert [(row["value"], row["low"]) for row in rows if row["year"] == "2022"] == [(None, None)]


# From 2021 to 2025, stemnet loses to leafnet.
SHIFT = [
    each
    for place, year in enumerate(range(2021, 2026))
    for each in (*on(9 - 2 * place, "stemnet", year=year), *on(1 + 2 * place, "leafnet", year=year))
]


def test_a_planted_shift_is_found() -> None:
    findings = {each.id: each for each in found(SHIFT).findings}
    assert findings["root-leafnet"].estimate > 1.5
    assert findings["root-leafnet"].p < 0.001
    assert findings["root-stemnet"].estimate == pytest.approx(
        1 / findings["root-leafnet"].estimate, rel=1e-3
    )


def test_q_is_adjusted_for_the_number_of_roots_tested() -> None:
    # By year, how many studies build on each of three models.
    numbers = {2021: (10, 21, 20), 2022: (16, 20, 20), 2023: (24, 17, 20), 2024: (30, 17, 20)}
    models = ("stemnet", "leafnet", "rootnet")
    studies = [
        each
        for year, of in numbers.items()
        for model, n in zip(models, of, strict=True)
        for each in on(n, model, year=year)
    ]
    totals = [sum(of) for of in numbers.values()]
    trends = {
        model: logistic_trend(list(numbers), n, totals)
        for model, n in zip(models, zip(*numbers.values(), strict=True), strict=True)
    }
    bases = [*BASES, base_model("rootnet")]
    answer = answered(foundations.QUESTION, studies, base_models=bases)
    rows = {row["id"]: row for row in answer.values["roots"]}
    q = benjamini_hochberg([trend.p for trend in trends.values()])
    assert sorted(row["q"] for row in rows.values()) == pytest.approx(q)
    assert sorted(finding.p for finding in answer.findings) == pytest.approx(q)
    for model, trend in trends.items():
        row = rows[model]
        assert [row["ratio"], row["low"], row["high"]] == [trend.odds_ratio, trend.low, trend.high]
        assert row["significant"] is (row["q"] < 0.05)
    assert sum(trend.p < 0.05 for trend in trends.values()) == 2
    assert sum(row["significant"] for row in rows.values()) == 1


def test_no_more_than_eight_roots_are_drawn_and_the_note_says_so() -> None:
    names = [f"root-{n}" for n in range(10)]
    studies = [each for n, name in enumerate(names) for each in on(12 - n, name)]
    bases = [base_model(name) for name in names]
    drawn = figure(answered(foundations.QUESTION, studies, base_models=bases), "fig-roots")
    assert [row["series"] for row in drawn.rows] == [name.upper() for name in names[:8]]
    assert drawn.note.startswith("The 8 root models with the most studies, of 10;")
    assert drawn.reading == "ROOT-0 carries 12 studies, directly or through others, ROOT-1 11."


def test_the_incomplete_year_is_drawn_and_not_tested() -> None:
    more = [*SHIFT, *on(30, "stemnet", year=INCOMPLETE_YEAR)]
    before = {each.id: each.estimate for each in found(SHIFT).findings}
    after = {each.id: each.estimate for each in found(more).findings}
    assert after == before
    last = [
        row for row in figure(found(more), "fig-roots").rows if row["year"] == str(INCOMPLETE_YEAR)
    ]
    assert [row["partial"] for row in last] == [True, True]


def test_the_answer_names_the_root_of_most_studies() -> None:
    assert found(SPLIT).sentence == (
        "More studies rest on LEAFNET than on any other model, directly or indirectly: 55% of "
        "those coded; the most specific is LEAFNET, for eye."
    )


# The drawing.


def test_the_graph_has_a_row_a_link_and_one_for_the_root() -> None:
    drawn = figure(found(CHAIN), "fig-lineage")
    assert [(row["name"], row["parent"], row["root"]) for row in drawn.rows] == [
        ("STEMNET", "", "STEMNET"),
        ("First", "STEMNET", "STEMNET"),
        ("Second", "First", "STEMNET"),
        ("Third", "Second", "STEMNET"),
    ]
    assert [row["direct"] for row in drawn.rows] == [False, True, False, False]
    assert drawn.rows[1]["href"] == "../../studies/first/"
    assert drawn.reading == (
        "STEMNET has the most descendants: 3 studies, 2 of them only through another study."
    )


def test_a_line_begins_where_the_parent_stands() -> None:
    rows = figure(found(CHAIN), "fig-lineage").rows
    at = {row["name"]: (row["when"], row["y"]) for row in rows}
    for row in rows[2:]:
        assert (row["from_when"], row["from_y"]) == at[row["parent"]]


def test_two_descendants_are_no_lineage() -> None:
    assert absent(found(CHAIN[:2]), "fig-lineage").reason == "on no model do 3 studies rest"


def test_nodes_of_a_lane_do_not_overlap() -> None:
    whens = [2024.0, 2024.05, 2024.1, 2024.5, 2024.52]
    assert lineage.packed(whens) == [0, 1, -1, 0, 1]


def test_a_base_model_stands_at_its_preprint_and_never_left_of_the_edge() -> None:
    assert lineage._began(BASES[1], 2019.0) == pytest.approx(2021 + 2 / 12)  # noqa: SLF001
    assert lineage._began(BASES[0], 2019.0) == 2020  # noqa: SLF001
    assert lineage._began(base_model("old", year=1998), 2019.0) == 2019.0  # noqa: SLF001
    assert lineage._began(base_model("undated"), 2019.0) == 2019.0  # noqa: SLF001


def test_a_drawn_graph_holds_no_address_and_the_live_one_does() -> None:
    drawn = figure(found(CHAIN), "fig-lineage")
    assert "<a " not in draw.svg(drawn.spec(["Here"]))
    assert '"field": "href"' in json.dumps(drawn.chart)


def test_a_name_in_brackets_is_left_out_of_labels() -> None:
    assert lineage.short("Segment Anything (SAM)") == "Segment Anything"
    assert lineage.short("(odd)") == "(odd)"


def test_a_hostile_name_stays_text_in_the_drawing() -> None:
    bases = [base_model("stemnet", name="'] || alert(1) || ['\"</script>")]
    answer = answered(foundations.QUESTION, CHAIN, base_models=[*bases, BASES[1]])
    assert "alert(1)" in draw.svg(figure(answer, "fig-lineage").spec(["Here"]))
