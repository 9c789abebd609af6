"""Pages lead to the explorer with the filter set that they are about."""

from __future__ import annotations

import pytest

from tests.build import page, sound


@pytest.mark.parametrize(
    ("path", "text", "address"),
    [
        ("modalities/ct.md", "Filter these studies", "/studies/?modalities=ct"),
        ("modalities/ct.md", "Filter, sort and compare them", "/studies/?modalities=ct"),
        ("datasets/made-up-ct.md", "Filter these studies", "/studies/?data=made-up-ct"),
        ("foundations/stemnet.md", "Filter these studies", "/studies/?roots=stemnet"),
    ],
)
def test_a_page_leads_to_its_studies_filtered(path: str, text: str, address: str) -> None:
    assert page(path).links[text] == address


def test_a_number_of_a_facet_leads_to_the_studies_that_it_counts() -> None:
    assert "/studies/?modalities=ct&frame=included" in page("modalities/index.md").targets


def test_a_number_of_the_gap_map_leads_to_the_studies_that_it_counts() -> None:
    asked = "modalities=ct&tasks=segmentation&frame=included"
    assert f"/studies/?{asked}" in page("trends/gaps.md").targets
    assert f"/studies/?{asked}" in page("trends/gaps/modalities-tasks.md").targets


def test_a_term_without_a_study_leads_to_no_empty_list() -> None:
    assert "No study yet." in str(sound()["modalities/dental.md"])
    assert "/studies/?" not in str(page("modalities/dental.md").targets)
