"""The gap map, counted by hand."""

from __future__ import annotations

import json
import math
import re
from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, Page, Route

from gen.analysis import tables
from gen.corpus.tables import FACETS, Study
from gen.trends import gaps
from gen.trends.base import Context
from gen.trends.combinations import Cell, Map, empty, maps, ranked
from tests.answers import (
    absent,
    answered,
    context,
    copies,
    figure,
    sound,
    study,
)
from tests.real import ROOT


def of(number: int, domain: str, task: str, year: int = 2024) -> list[Study]:
    return copies(number, year, domains=(domain,), tasks=(task,))


# 20 chest studies, 16 of them classification; 20 eye studies, 4 of them; the rest segmentation.
SPLIT = [
    *of(16, "chest", "classification"),
    *of(4, "chest", "segmentation"),
    *of(4, "eye", "classification"),
    *of(16, "eye", "segmentation"),
]


def domains_by_tasks(studies: list[Study]) -> Map:
    found, _ = maps(tables.frame(studies), context(studies))
    return found


def cell(studies: list[Study], domain: str, task: str) -> Cell:
    cells = domains_by_tasks(studies).cells
    (one,) = [each for each in cells if (each.first, each.second) == (domain, task)]
    return one


def test_a_cell_counts_what_is_there_and_what_would_be_without_a_relation() -> None:
    found = cell(SPLIT, "chest", "classification")
    assert len(found.studies) == 16
    assert found.expected == 10  # 20 · 20 / 40
    # (16 − 10) / √(10 · ½ · ½)
    assert found.residual == pytest.approx(6 / math.sqrt(2.5))
    assert found.mark == "more"
    assert cell(SPLIT, "chest", "segmentation").mark == "less"


def test_every_combination_of_the_taxonomy_has_a_cell() -> None:
    found = domains_by_tasks(SPLIT)
    taxonomy = context(SPLIT).corpus.taxonomy
    assert len(found.cells) == len(taxonomy["domains"].terms) * len(taxonomy["tasks"].terms)
    assert found.coded == 40


def test_a_study_with_two_terms_of_each_facet_counts_in_four_cells_once() -> None:
    both = study("both", 2024, domains=("chest", "eye"), tasks=("classification", "segmentation"))
    found = domains_by_tasks([both])
    assert found.coded == 1
    assert sum(len(each.studies) for each in found.cells) == 4


def test_studies_not_coded_for_both_facets_are_left_out() -> None:
    half = copies(7, 2024, domains=("chest",))
    assert domains_by_tasks([*SPLIT, *half]).coded == 40


def test_a_term_without_a_study_has_no_residual() -> None:
    found = cell(SPLIT, "skin", "classification")
    assert found.studies == ()
    assert found.residual is None
    assert found.mark == ""


def test_a_rare_combination_is_tested_exactly() -> None:
    rare = [*SPLIT, *of(2, "skin", "tracking")]
    found = cell(rare, "skin", "tracking")
    assert found.expected < 1
    # Of the 861 pairs of 42 studies, one is that of the two that track.
    assert found.p == pytest.approx(1 / 861)
    assert found.mark == "more"


def test_empty_cells_come_with_the_most_expected_first() -> None:
    studies = [*of(8, "chest", "classification"), *of(2, "eye", "segmentation")]
    found = domains_by_tasks(studies).cells
    assert [(each.first, each.second) for each in empty(found)] == [
        ("chest", "segmentation"),
        ("eye", "classification"),
    ]
    assert [each.second for each in ranked(found, "more")] == ["classification", "segmentation"]


def test_the_answer_says_of_which_empty_combination_most_is_expected() -> None:
    studies = [*of(9, "chest", "classification"), *of(9, "eye", "segmentation")]
    studies += copies(9, 2024, modalities=("ct",), tasks=("detection",))
    answer = answered(gaps.QUESTION, studies)
    terms = {f: len(context(studies).corpus.taxonomy[f].terms) for f in ("domains", "modalities")}
    tasks = len(context(studies).corpus.taxonomy["tasks"].terms)
    cells = sum(terms.values()) * tasks
    assert answer.sentence == (
        f"Of {cells} combinations of a domain or modality with a task, {cells - 3} have no coded "
        "study; most would be expected of Chest × Segmentation."
    )


def test_the_reading_says_what_is_empty_and_what_stands_out() -> None:
    answer = answered(gaps.QUESTION, SPLIT)
    assert figure(answer, "fig-domains-tasks").reading == (
        "Of 399 combinations of application domains by tasks, 395 have no coded study; 2 have "
        "clearly fewer studies than expected, most of all Chest × Segmentation (4; expected 10.0); "
        "2 have clearly more studies than expected, most of all Chest × Classification (16; "
        "expected 10.0)."
    )
    absent(answer, "fig-modalities-tasks")


def test_a_term_that_stands_for_several_leaves_no_gap() -> None:
    studies = [*of(9, "general", "classification"), *of(9, "eye", "segmentation")]
    assert [(each.first, each.second) for each in empty(domains_by_tasks(studies).cells)] == [
        ("eye", "classification")
    ]


def test_figure_table_and_short_lists_agree() -> None:
    answer = answered(gaps.QUESTION, SPLIT)
    drawn = figure(answer, "fig-domains-tasks")
    assert len(drawn.rows) == 399
    by_cell = {(row["row"], row["column"]): row for row in drawn.rows}
    assert by_cell["Chest", "Classification"]["text"] == 16
    assert by_cell["Chest", "Tracking"]["text"] == 0
    assert by_cell["Chest", "Tracking"]["value"] is None
    given = answer.values["maps"][0]
    counts = [cell["studies"] for row in given["rows"] for cell in row["cells"]]
    assert counts == [row["text"] for row in drawn.rows]
    assert [cell["second"] for cell in given["less"]] == ["segmentation", "classification"]
    assert given["tested"] == 4


def test_a_study_more_moves_figure_and_sentence() -> None:
    more = [*SPLIT, study("new", 2025, domains=("skin",), tasks=("tracking",))]
    answer = answered(gaps.QUESTION, more)
    assert "394 have no coded study" in figure(answer, "fig-domains-tasks").reading


def test_q_is_adjusted_for_the_combinations_of_both_maps() -> None:
    numbers = {"chest": (19, 6), "eye": (7, 18), "skin": (11, 14)}
    studies = [
        each
        for domain, (one, other) in numbers.items()
        for each in (*of(one, domain, "classification"), *of(other, domain, "segmentation"))
    ]
    ct = [*copies(9, 2024, modalities=("ct",), tasks=("tracking",)), *of(1, "eye", "tracking")]
    ct += copies(5, 2024, modalities=("mri",), tasks=("detection",))
    found = maps(tables.frame([*studies, *ct]), context([*studies, *ct]))
    tested = [each for one in found for each in one.cells if each.p is not None]
    assert all(any(each.p is not None for each in one.cells) for one in found)
    # Benjamini and Hochberg (1995): p times the number of tests over its rank, never falling.
    tested.sort(key=lambda each: -each.p)
    q = 1.0
    for rank, each in zip(range(len(tested), 0, -1), tested, strict=True):
        q = min(q, each.p * len(tested) / rank)
        assert each.q == pytest.approx(q)


def test_unrelated_facets_show_no_gap() -> None:
    even = [
        each
        for domain in ("chest", "eye", "skin")
        for task in ("classification", "segmentation")
        for each in of(10, domain, task)
    ]
    answer = sound(gaps.QUESTION, tables.frame(even), context(even))
    assert "clearly" not in answer.sentence


# The files beside the page.


def page(template: str, path: str, *, cells: list[Cell], **_: str) -> str:
    return json.dumps([template, path, [(c.first, c.second, c.studies) for c in cells]])


def files(studies: list[Study]) -> dict[str, str]:
    given: Context = context(studies)
    return dict(gaps.files(tables.frame(studies), given, page))


def test_every_linked_cell_has_its_list() -> None:
    made = files(SPLIT)
    assert sorted(made) == [
        "trends/gaps/domains-tasks.md",
        "trends/gaps/modalities-tasks.md",
        "trends/gaps/studies.json",
    ]
    template, path, lists = json.loads(made["trends/gaps/domains-tasks.md"])
    assert (template, path) == ("trends/gaps-lists.md.jinja", "trends/gaps/domains-tasks.md")
    assert [(first, second, len(ids)) for first, second, ids in lists] == [
        ("chest", "classification", 16),
        ("chest", "segmentation", 4),
        ("eye", "classification", 4),
        ("eye", "segmentation", 16),
    ]


def test_the_file_for_any_two_facets_holds_every_study_and_term() -> None:
    made = json.loads(files([study("one", 2024, tasks=("tracking",))])["trends/gaps/studies.json"])
    assert [facet for facet, _ in made["facets"]] == list(FACETS)
    (one,) = made["studies"]
    assert one[:2] == ["one", "One"]
    assert dict(zip(FACETS, one[2:], strict=True))["tasks"] == ["tracking"]
    assert dict(zip(FACETS, one[2:], strict=True))["domains"] == []


def test_the_script_is_small_and_needs_no_other() -> None:
    script = (ROOT / "docs/assets/js/gaps.js").read_text(encoding="utf-8")
    assert len(script.encode()) < 4608
    assert not re.search(r"import\b|https?:", script)


# The script, in a browser, on a page of its own.

DOCUMENT = """<!doctype html><meta charset="utf-8"><title>Gaps</title>
<div data-lsr-gaps="studies.json" data-studies="studies" hidden>
<select name="rows"><option>domains</option><option>tasks</option></select>
<select name="columns"><option>tasks</option><option>domains</option></select>
<p role="status"></p><table></table><section tabindex="-1"></section></div>
<script src="gaps.js" defer></script>"""


@pytest.fixture
def opened(browser: Browser) -> Iterator[Page]:
    made = files(SPLIT)["trends/gaps/studies.json"]
    script = (ROOT / "docs/assets/js/gaps.js").read_text(encoding="utf-8")
    bodies = {"/": DOCUMENT, "/gaps.js": script, "/studies.json": made}
    kinds = {"/": "text/html", "/gaps.js": "text/javascript", "/studies.json": "application/json"}
    tab = browser.new_page()

    def answer(route: Route) -> None:
        path = "/" + route.request.url.split("/", 3)[3].split("?")[0]
        if path in bodies:
            route.fulfill(body=bodies[path], content_type=kinds[path])
        else:
            route.abort()

    tab.route("**/*", answer)
    yield tab
    tab.close()


def test_the_script_draws_the_numbers_of_the_build(opened: Page) -> None:
    opened.goto("https://gaps.test/")
    opened.wait_for_selector("tbody td")
    titles = opened.eval_on_selector_all("tbody td", "all => all.map((td) => td.title)")
    found = domains_by_tasks(SPLIT).cells
    assert len(titles) == len(found)
    for title, each in zip(titles, found, strict=True):
        assert title.endswith(
            f": {len(each.studies)}, expected {each.expected:.1f}; "
            f"{each.residual or 0:.1f} standard errors from it"
        )


def test_a_number_lists_its_studies_and_the_address_remembers(opened: Page) -> None:
    opened.goto("https://gaps.test/")
    opened.click("tbody button >> nth=1")  # chest × segmentation
    links = opened.eval_on_selector_all(
        "section li a", "all => all.map((a) => a.getAttribute('href'))"
    )
    assert links == [f"studies/{id_}/" for id_ in cell(SPLIT, "chest", "segmentation").studies]
    assert "cell=chest--segmentation" in opened.url
    opened.goto(opened.url.replace("#any", ""))
    opened.wait_for_selector("section a")
    assert opened.inner_text("section p") == (
        "Chest × Segmentation: 4 Open these studies in the list"
    )
    assert opened.get_attribute("section p a", "href") == (
        "studies/?domains=chest&tasks=segmentation&frame=included"
    )


def test_a_click_brings_the_reader_to_the_list_and_an_address_does_not(opened: Page) -> None:
    focused = "document.activeElement === document.querySelector('section')"
    opened.goto("https://gaps.test/?cell=chest--segmentation")
    opened.wait_for_selector("section a")
    assert not opened.evaluate(focused)
    opened.set_viewport_size({"width": 600, "height": 300})
    opened.focus("tbody button >> nth=0")
    opened.keyboard.press("Enter")
    assert opened.evaluate(focused)
    box = opened.locator("section").bounding_box()
    assert box is not None
    assert 0 <= box["y"] < 300, "it is in view"


def test_the_same_facet_twice_is_refused(opened: Page) -> None:
    opened.goto("https://gaps.test/?rows=tasks&columns=tasks")
    opened.wait_for_function("document.querySelector('[role=status]').textContent !== ''")
    assert opened.inner_text("[role=status]") == "Choose two different facets."
    assert opened.query_selector("tbody") is None
