"""The home page: where the review stands, how large it is, and the ways into it."""

from __future__ import annotations

import pytest

from gen.trends.questions import QUESTIONS
from tests import markup
from tests.build import page


@pytest.fixture(scope="module")
def home() -> markup.Reading:
    return page("index.md")


def test_home_says_where_the_review_stands(home: markup.Reading) -> None:
    status = home.part("status")
    for said in ("2025.01, living", "15 January 2025", "Studies 6", "due 30 June 2025"):
        assert said in status.text
    assert status.links["What changed"] == "/about/versions/2025.01/"
    assert status.links["Methods"] == "/about/methods/"


def test_home_counts_the_tables_and_each_count_opens_them(home: markup.Reading) -> None:
    assert home.part("numbers").links == {
        "6 studies coded": "/studies/",
        "3 data sets": "/datasets/",
        "2 base models": "/foundations/",
        "3 records screened": "/about/flow/",
    }


def test_home_leads_to_terms_by_label_with_their_number_the_most_frequent_first(
    home: markup.Reading,
) -> None:
    # Of as many studies each, in the order of the taxonomy.
    tiles = home.part("find").links
    assert list(tiles.items()) == [
        ("CT 1", "/modalities/ct/"),
        ("MRI 1", "/modalities/mri/"),
        ("Fundus photography 1", "/modalities/fundus/"),
    ]
    assert home.part("find-domains").links == {"Neuro 1": "/domains/neuro/"}
    assert home.part("find-tasks").links["Segmentation 1"] == "/tasks/segmentation/"


def test_home_leads_to_trends_review_and_contribution(home: markup.Reading) -> None:
    assert {"/trends/", "/review/", "/contribute/", "/studies/"} <= home.targets
    questions = {f"/trends/{question.slug}/" for question in QUESTIONS}
    assert questions <= home.targets


def test_home_shows_the_figure_of_studies_with_its_caption(home: markup.Reading) -> None:
    figure = home.part("fig-studies-per-quarter")
    assert (
        "5 studies since 2023; the busiest quarter is the fourth of 2024 with 2 studies."
        in figure.text
    )
    assert "1 with a year only are left out. 2025 is incomplete." in figure.text
    assert ["2024-Q4", "Vision-only", "2"] in figure.rows()
