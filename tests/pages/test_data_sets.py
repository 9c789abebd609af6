"""The page of a data set, and the list of all."""

from __future__ import annotations

import pytest

from tests import markup
from tests.build import page


@pytest.fixture(scope="module")
def eyes() -> markup.Reading:
    return page("datasets/made-up-eyes.md")


def test_a_data_set_says_who_names_it_and_for_what(eyes: markup.Reading) -> None:
    said = "is named by 2 studies: 0 for training, 2 for evaluation only."
    assert f"Made-up Eyes {said}" in eyes.text
    assert "Made-up MRI is named by 1 study: 1 for training, 0 for evaluation" in (
        page("datasets/made-up-mri.md").text
    )


def test_the_facts_of_a_data_set_are_labels_and_numbers_with_units(eyes: markup.Reading) -> None:
    assert eyes.rows("tab-facts")[1:] == [["First released", "2021"], ["Access", "Public"]]
    assert "not coded: modalities, domains, size." in eyes.text
    ct = page("datasets/made-up-ct.md")
    assert ct.rows("tab-facts")[1:] == [["Modalities", "CT"], ["Size", "900 volumes"]]
    assert ct.part("tab-facts").links["CT"] == "/modalities/ct/"


def test_studies_are_listed_by_role_newest_first(eyes: markup.Reading) -> None:
    assert [row[0] for row in eyes.part("evaluation").rows()] == ["Study", "GammaTest", "AlphaSeg"]
    assert "Used for evaluation only" in eyes.headings
    assert not any(heading.startswith("Used for training") for heading in eyes.headings)
    assert eyes.links["GammaTest"] == "/studies/gamma-test/"


def test_results_on_a_data_set_are_shown_as_stated(eyes: markup.Reading) -> None:
    assert [
        "AlphaSeg",
        "Segmentation",
        "Dice",
        "0.874 (0.85 to 0.9)",
        "",
        "Project page",
    ] in eyes.rows()
    assert "not comparable between studies" in eyes.text


def test_where_the_facts_come_from_is_said_and_can_be_mended(eyes: markup.Reading) -> None:
    assert "No page is recorded for this row." in eyes.text
    assert eyes.links["Edit the table"].endswith("/edit/main/data/datasets.csv")
    assert "row=datasets%2Fmade-up-eyes" in eyes.links["Report an error"]
    assert "https://example.org/mri" in page("datasets/made-up-mri.md").targets


def test_the_list_counts_uses_the_most_used_first() -> None:
    listed = page("datasets/index.md")
    assert listed.rows("tab-data-sets") == [
        ["Data set", "Studies", "Access"],
        ["Made-up CT", "2", ""],
        ["Made-up Eyes", "2", "Public"],
        ["Made-up MRI", "1", ""],
    ]
    assert listed.links["Made-up Eyes"] == "/datasets/made-up-eyes/"
    assert listed.links["CSV"] == "/data/datasets.csv"
    assert "3 data sets that the coded studies train or test on" in listed.text
