"""The page of a study, and the list of all."""

from __future__ import annotations

import re
from itertools import pairwise
from pathlib import Path

import pytest

from gen.corpus.columns import columns
from gen.corpus.corpus import Corpus
from gen.corpus.load import load
from gen.corpus.tables import FACETS, Study
from tests import invented, markup
from tests.build import generated, page, sound


@pytest.fixture(scope="module")
def loaded(tmp_path_factory: pytest.TempPathFactory) -> Corpus:
    """The corpus behind the pages."""
    return load(invented.write(tmp_path_factory.mktemp("sound") / "data"))


def facts(study: str) -> dict[str, str]:
    return dict(page(f"studies/{study}.md").rows("tab-facts")[1:])


def test_every_controlled_term_is_shown_by_its_label_and_never_by_its_id(loaded: Corpus) -> None:
    seen = set()
    for study in loaded.studies:
        shown = facts(study.id)
        for column in columns(Study):
            value = getattr(study, column.name)
            if not column.vocabulary or not value or column.label not in shown:
                continue
            terms = loaded.taxonomy[column.vocabulary].terms
            ids = value if column.many else [value]
            assert shown[column.label] == ", ".join(terms[id_].label for id_ in ids), column.name
            seen.add(column.name)
    assert seen >= {"architecture", "training", "modalities", "domains", "tasks", "data_access"}


def test_a_term_of_a_facet_opens_its_category(loaded: Corpus) -> None:
    links = page("studies/alphaseg.md").part("tab-facts").links
    study = next(study for study in loaded.studies if study.id == "alphaseg")
    found = {
        loaded.taxonomy[facet].terms[id_].label: f"/{facet}/{id_}/"
        for facet in FACETS
        if facet != "family"
        for id_ in study.terms(facet)
    }
    assert len(found) > 8
    assert found.items() <= links.items()


def test_numbers_dates_and_addresses_are_written_for_readers() -> None:
    shown = facts("alphaseg")
    assert shown["Training size"] == "15,000 volumes"
    assert shown["Parameters (millions)"] == "86.4"
    assert shown["First appeared"] == "6 May 2023"
    assert shown["Code"] == "example.org/alphaseg"
    links = page("studies/alphaseg.md").links
    assert links["example.org/alphaseg"] == "https://example.org/alphaseg"
    assert links["2305.00001"] == "https://arxiv.org/abs/2305.00001"
    assert facts("betaread")["First appeared"] == "February 2024"


def test_the_three_kinds_of_missing_are_told_apart() -> None:
    shown = facts("betaread")
    assert shown["Training size"] == shown["Training data access"] == "not reported"
    assert facts("gamma-test")["Architecture"] == "does not apply"
    # What nobody coded is no row of the table; all of it stands in one sentence.
    assert "Backbone" not in shown
    said = re.search(r"not coded: ([^.]*)\.", page("studies/betaread.md").text)
    assert said
    assert said[1].split(", ")[:3] == ["Backbone", "Adaptation", "Modalities"]
    (unsaid,) = markup.named(
        page("studies/betaread.md").html, "span", class_="lsr-missing lsr-missing--not-coded"
    )
    assert unsaid.text == "not coded"


@pytest.mark.parametrize(
    ("study", "badges"),
    [
        ("alphaseg", ["Vision-only", "Foundation model", "Weights: open", "Code", "Preprint"]),
        (
            "betaread",
            ["Vision-language", "Foundation model", "Weights: not offered", "Published in a venue"],
        ),
        ("gamma-test", ["Vision-only", "Evaluation", "Preprint"]),
    ],
)
def test_badges_say_what_kind_of_study_it_is(study: str, badges: list[str]) -> None:
    found = [
        element.text
        for tag in ("a", "span")
        for element in markup.named(page(f"studies/{study}.md").html, tag)
        if "lsr-badge" in element.attributes.get("class", "").split()
    ]
    assert sorted(found) == sorted(badges)


def test_a_study_can_be_cited_in_each_format() -> None:
    part = page("studies/betaread.md").part("citation")
    assert "Anna Alt, Bo Berg (2024). Reading, with commas. Journal of Invention." in part.text
    assert part.links["https://doi.org/10.1234/beta%2824%291"].startswith("https://doi.org/10.1234")
    for words, suffix in (("BibTeX", "bib"), ("RIS", "ris"), ("CSL-JSON", "csl.json")):
        assert part.links[words] == f"/studies/betaread.{suffix}"
        assert part.links[words][1:] in sound()


def test_data_sets_are_named_by_what_they_were_used_for() -> None:
    part = page("studies/alphaseg.md").part("data-sets")
    assert "Training (2) Made-up CT Made-up MRI Evaluation only (1) Made-up Eyes" in part.text
    assert part.links["Made-up Eyes"] == "/datasets/made-up-eyes/"
    other = page("studies/gamma-test.md").part("data-sets")
    assert "Training does not apply Evaluation only (2)" in other.text


def test_lineage_names_parents_and_children() -> None:
    part = page("studies/alphaseg.md").part("lineage")
    assert part.links["StemNet"] == "/foundations/stemnet/"
    assert (part.links["DeltaFit"], part.links["BetaRead"]) == (
        "/studies/deltafit/",
        "/studies/betaread/",
    )
    assert "Lineage" not in page("studies/epsilon.md").headings


def test_headline_results_are_shown_as_stated() -> None:
    assert page("studies/alphaseg.md").rows("tab-results")[1][:4] == [
        "Segmentation",
        "Made-up Eyes",
        "Dice",
        "0.874 (0.85 to 0.9)",
    ]
    assert "not comparable between studies" in page("studies/alphaseg.md").part("results").text


def test_how_a_row_was_coded_is_said_and_can_be_mended() -> None:
    part = page("studies/zeta.md").part("coding")
    assert "Coded from: Abstract. Coded a second time, blind, to measure agreement." in part.text
    assert "Coded once; nobody has coded it" in page("studies/alphaseg.md").part("coding").text
    repository = "https://example.org/inventors/review"
    assert part.links["See this row"] == f"{repository}/blob/main/data/studies.csv?plain=1#L7"
    assert part.links["Edit the table"] == f"{repository}/edit/main/data/studies.csv"
    assert "Error+in+studies%3A+zeta" in part.links["Report an error"]


def test_a_study_page_names_its_neighbours_in_time(loaded: Corpus) -> None:
    for before, after in pairwise(loaded.studies):
        for own, words, other in ((before, "Later", after), (after, "Earlier", before)):
            document = page(own.path)
            assert document.links[f"{words}: {other.name}"] == f"/studies/{other.id}/"
            rel = {"Later": "next", "Earlier": "prev"}[words]
            (link,) = markup.named(document.html, "a", rel=rel)
            assert link.text == f"{words}: {other.name}"


def test_studies_that_share_terms_are_similar_and_say_what_they_are() -> None:
    part = page("studies/deltafit.md").part("similar")
    assert part.links["AlphaSeg"] == "/studies/alphaseg/"
    assert "AlphaSeg (2023): A model that was made up for the tests." in part.text


def test_the_list_holds_every_study_once_newest_first(loaded: Corpus) -> None:
    listed = page("studies/index.md")
    rows = [row for row in listed.rows() if row[0] != "Study"]
    assert [row[0] for row in rows] == [study.name for study in loaded.studies[::-1]]
    assert ["AlphaSeg", "2023-05-06", "Vision-only", "MRI, CT", "Open"] in rows
    assert {f"/studies/{study.id}/" for study in loaded.studies} <= listed.targets


def test_a_cell_of_the_table_reaches_its_page(tmp_path: Path) -> None:
    data = invented.write(tmp_path / "data")
    invented.change(data, "studies", 2, data_access="mixed", weights_access="gated", note="Odd.")
    changed = markup.read(generated(data), "studies/alphaseg.md")
    assert ["Training data access", "Mixed"] in changed.rows("tab-facts")
    assert "Weights: gated" in changed.text
    assert "Coder’s note. Odd." in changed.part("coding").text
