"""Other words for a missing value, a venue and a name are understood, and values are left."""

from __future__ import annotations

import pytest

from gen.corpus import wordings
from gen.corpus.cells import Missing


@pytest.mark.parametrize(
    ("kind", "cells"),
    [
        (
            Missing.NOT_REPORTED,
            [
                "not reported",
                "Not-Reported",
                "unknown",
                "not stated",
                "NR",
                "n.r.",
                "Not specified",
            ],
        ),
        (Missing.NOT_APPLICABLE, ["N/A", "NA", "n.a.", "not applicable", "#N/A"]),
        (Missing.NOT_CODED, ["None", "-", "?", "TBD", "null", "nan", "\u2013", "--", "missing"]),
    ],
)
def test_each_kind_of_missing_is_known_by_its_wordings(kind: Missing, cells: list[str]) -> None:
    assert {cell: wordings.missing(cell) for cell in cells} == dict.fromkeys(cells, kind)


@pytest.mark.parametrize("cell", ["", "ViT-B/16", "NAS-Net", "Unknown-Net", "none of them", "0"])
def test_a_value_is_no_wording_of_missing(cell: str) -> None:
    assert wordings.missing(cell) is None


@pytest.mark.parametrize(
    ("right", "venues"),
    [
        (
            "arXiv",
            [
                "arXiv preprint arXiv:2610.11111",
                "CoRR",
                "CoRR abs/2401.01234",
                "arXiv (cs.CV)",
                "arXiv.org",
                "arxiv",
                "arXiv [eess.IV], 2024",
                "Preprint on arXiv",
                "arXiv'26",
                "ArXiv e-prints",
            ],
        ),
        ("bioRxiv", ["bioRxiv preprint", "biorxiv", "bioRxiv 2024.01.02.573000"]),
        ("medRxiv", ["MedRxiv, 2023", "preprint: medRxiv"]),
        ("SSRN", ["SSRN Electronic Journal", "ssrn"]),
        (
            "",
            [
                "OpenReview",
                "openreview.net",
                "OpenReview 2025",
                "N/A",
                "none",
                "Preprint",
                "Under review at MICCAI 2026",
                "Submitted to Medical Image Analysis",
                "in submission",
                "In preparation",
                "Unpublished manuscript",
            ],
        ),
        (
            "MICCAI 2026",
            ["Accepted at MICCAI 2026", "To appear in MICCAI 2026", "accepted: MICCAI 2026"],
        ),
    ],
)
def test_a_venue_in_other_words_has_a_right_form(right: str, venues: list[str]) -> None:
    assert {venue: wordings.venue(venue) for venue in venues} == dict.fromkeys(venues, right)


@pytest.mark.parametrize(
    "venue",
    [
        "arXiv",
        "bioRxiv",
        "Nature",
        "Correlation Letters",
        "Manuscripta Medica",
        "",
        "Open Review J",
    ],
)
def test_a_right_venue_is_left(venue: str) -> None:
    assert wordings.venue(venue) is None


def test_a_server_with_something_else_is_wrong_and_nothing_is_suggested() -> None:
    assert wordings.venue("arXiv and MICCAI 2024") == "arXiv and MICCAI 2024"


@pytest.mark.parametrize(
    ("name", "date"),
    [("OCT2017", "Oct-17"), ("oct2018", "Oct-18"), ("SEPT2", "2-Sep"), ("mar-15", "15-Mar")],
)
def test_a_date_is_known_for_the_name_that_it_was(name: str, date: str) -> None:
    assert wordings.month_and_number(date) == wordings.as_dated(name) is not None


@pytest.mark.parametrize(
    "name", ["OCT2017", "OCTA-500", "Decathlon-10", "MARS-2", "SEP", "May", ""]
)
def test_a_name_is_no_date(name: str) -> None:
    assert wordings.month_and_number(name) is None
