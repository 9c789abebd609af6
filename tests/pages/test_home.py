"""The home page: where the review stands, how large it is, and the ways into it."""

from __future__ import annotations

import json
from dataclasses import replace
from pathlib import Path

import pytest

from gen.analysis.picks import Pick
from gen.corpus.load import load
from gen.corpus.tables import Study
from gen.pages.home import NEW
from gen.pages.home import home as home_page
from gen.pages.view import View
from gen.trends.questions import QUESTIONS
from tests import invented, markup
from tests.build import page, sound
from tests.real import ROOT, corpus, pages


@pytest.fixture
def data(tmp_path: Path) -> Path:
    return invented.write(tmp_path / "data")


@pytest.fixture(scope="module")
def home() -> markup.Reading:
    return page("index.md")


def test_home_says_where_the_review_stands(home: markup.Reading) -> None:
    status = home.part("status")
    for said in ("2025.01, living", "15 January 2025", "due 30 June 2025"):
        assert said in status.text
    assert status.links["What changed"] == "/about/versions/2025.01/"
    assert status.links["Methods"] == "/about/methods/"


def test_home_counts_the_tables_and_each_count_opens_them(home: markup.Reading) -> None:
    assert home.part("numbers").links == {
        "6 studies": "/studies/",
        "3 data sets": "/datasets/",
        "2 base models": "/foundations/",
        "3 records screened": "/about/flow/",
    }


def test_home_leads_to_terms_by_label_with_their_number_the_most_frequent_first(
    home: markup.Reading,
) -> None:
    # Of as many studies each, in the order of the taxonomy.
    tiles = home.part("find-modalities").links
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
    assert "5 of the included studies since 2023, per quarter and family." in figure.text
    assert "1 with a year only are left out." in figure.text
    assert "Hatched (pale when interactive): the quarters after the fourth of 2024." in figure.text
    assert ["2024-Q4", "Vision-only", "2"] in figure.rows()


def test_the_box_asks_the_list_of_studies_by_the_names_that_it_filters_by() -> None:
    text = str(sound()["index.md"])
    (form,) = markup.named(text, "form")
    assert (form.attributes["method"], form.attributes["action"]) == ("get", "./studies/")
    choices = list(markup.named(text, "select"))
    assert [each.attributes["name"] for each in choices] == ["modalities", "tasks", "weights"]
    values = [each.attributes["value"] for each in markup.named(text, "option")]
    assert values == ["", "ct", "mri", "fundus", "", "segmentation", "", "open", "none"]
    labels = {each.attributes["for"] for each in markup.named(text, "label")}
    fields = [*choices, *markup.named(text, "input")]
    assert labels == {each.attributes["id"] for each in fields}


def test_what_is_new_comes_from_the_feed(home: markup.Reading) -> None:
    new = [target for target in home.part("new-studies").links.values() if "/studies/" in target]
    entries = json.loads(sound()["studies/feed.json"])["items"]
    addresses = [entry["id"].removeprefix("https://example.org/review") for entry in entries]
    assert new[:NEW] == addresses[:NEW]
    assert "Added 31 January 2025" in home.part("new-studies").text
    assert {"/studies/feed.xml", "/studies/corrected.json"} <= home.targets


def pick(study: Study, reason: str) -> Pick:
    return Pick(study=study, points=1, reasons=(reason,))


def test_the_first_pick_of_the_largest_modalities_is_where_one_may_start(data: Path) -> None:
    view = View.of(load(data))
    alpha, _, _, delta, *_ = view.corpus.studies
    picks = {
        ("modalities", "fundus"): [pick(delta, "Small & <new>."), pick(alpha, "Second.")],
        ("modalities", "ct"): [pick(alpha, "Open weights.")],
        ("modalities", "oct"): [pick(alpha, "No study is of it.")],
        ("domains", "neuro"): [pick(alpha, "No modality.")],
    }
    read = markup.read({"index.md": home_page(replace(view, picks=picks))}, "index.md")
    assert read.part("starts").links == {
        "CT": "/modalities/ct/",
        "AlphaSeg": "/studies/alphaseg/",
        "Fundus photography": "/modalities/fundus/",
        "DeltaFit": "/studies/deltafit/",
    }
    assert "Small & <new>." in read.part("starts").text
    assert 'id="start"' not in str(sound()["index.md"])


@pytest.mark.corpus
def test_the_site_has_one_name() -> None:
    config = (ROOT / "mkdocs.yml").read_text(encoding="utf-8")
    assert f"site_name: {corpus().review.name}  #" in config
    assert markup.read(pages(), "index.md").headings[0].startswith(corpus().review.name)
