"""The page of a facet and those of its terms."""

from __future__ import annotations

import pytest

from gen.corpus.tables import FACETS
from tests import markup
from tests.build import page, sound


@pytest.fixture(scope="module")
def ct() -> markup.Reading:
    return page("modalities/ct.md")


def test_a_facet_lists_every_term_with_its_number_share_and_definition() -> None:
    listed = page("modalities/index.md")
    head, *rows = listed.rows("tab-terms")
    assert head == ["Modality", "Included", "Share", "Drawn", "What it means"]
    assert len(rows) > 15
    (ct,) = [row for row in rows if row[0] == "CT"]
    assert ct[1:4] == ["1", "50%", "0"]
    assert ct[4].startswith("Computed tomography in all its forms")
    assert listed.links["Fundus photography"] == "/modalities/fundus/"
    assert (
        "2 studies of 6 included ones are coded for this; one may carry several terms."
        in listed.text
    )


def test_a_facet_of_one_value_says_nothing_of_several() -> None:
    assert "one may carry several terms" not in page("family/index.md").text


def test_every_facet_has_its_page_and_leads_to_its_terms() -> None:
    assert len(FACETS) > 5
    for facet in FACETS:
        terms = {p for p in sound() if p.startswith(f"{facet}/") and p.endswith(".md")}
        terms -= {f"{facet}/index.md"}
        assert terms
        addresses = {f"/{path.removesuffix('.md')}/" for path in terms}
        assert addresses <= page(f"{facet}/index.md").targets


def test_a_term_says_how_many_studies_carry_it_of_those_coded(ct: markup.Reading) -> None:
    assert (
        "1 study, 50% of the 2 included ones for which modality is coded (95% CI 9% to 91%)."
        in ct.text
    )
    assert ct.headings[0] == "CT"
    assert "Computed tomography in all its forms" in ct.text
    assert "Also called computed tomography, CT scan" in ct.text


def test_a_term_lists_its_studies_newest_first_by_label(ct: markup.Reading) -> None:
    assert ct.rows("tab-studies") == [
        ["Study", "First appeared", "Family", "Modalities", "Weights"],
        ["AlphaSeg", "2023-05-06", "Vision-only", "MRI, CT", "Open"],
    ]
    dates = [row[1] for row in page("family/vision-only.md").rows("tab-studies")[1:]]
    assert len(dates) == 5
    assert dates == sorted(dates, reverse=True)


def test_a_term_gives_its_list_in_every_format(ct: markup.Reading) -> None:
    links = ct.part("studies").links
    for words, suffix in (
        ("CSV", "csv"),
        ("BibTeX", "bib"),
        ("RIS", "ris"),
        ("CSL-JSON", "csl.json"),
        ("feed of new studies", "xml"),
    ):
        assert links[words] == f"/modalities/ct.{suffix}"
        assert f"modalities/ct.{suffix}" in sound()


def test_a_term_without_studies_says_so_and_asks_for_one() -> None:
    empty = page("modalities/x-ray.md")
    assert "No study yet. No coded study carries this term; add one." in empty.text
    assert empty.links["add one"] == "/contribute/"
    assert empty.rows() == []
    assert "modalities/x-ray.csv" not in sound()


def test_narrower_and_broader_terms_lead_to_each_other(ct: markup.Reading) -> None:
    assert ct.links["Modalities"] == "/modalities/"
    parents = [
        (path, document)
        for path in sound()
        if path.startswith("modalities/") and path.endswith(".md")
        if "A kind of" in (document := page(path)).text
    ]
    assert parents
    for path, document in parents:
        above = document.text.split("A kind of ")[1].split(".")[0]
        broader = page(f"{document.links[above].strip('/')}.md")
        assert f"/{path.removesuffix('.md')}/" in broader.targets


def test_what_goes_with_a_term_is_compared_with_all_studies() -> None:
    term = page("family/vision-only.md")
    rows = {row[0]: row[1] for row in term.rows("tab-together")[1:]}
    # Two of the five vision-only studies are trained with supervision, as are two of all six.
    assert rows["Training"].startswith("Supervised 40% (33%)")


def test_too_few_studies_are_said_to_show_no_trend() -> None:
    term = page("family/vision-only.md")
    assert "Too few studies in too few full years to test a trend." in term.part("trend").text
    rows = term.part("fig-per-year").rows()
    assert [row[:2] for row in rows[1:]] == [["2023", "1"], ["2024", "3"], ["2025", "1"]]
