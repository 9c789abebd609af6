"""Studies drawn from the deferred records are listed like all others and told apart in numbers."""

from __future__ import annotations

from pathlib import Path

import pytest

from gen.corpus.load import load
from gen.pages.categories import facet_pages
from gen.pages.data_sets import data_set_pages
from gen.pages.foundations import foundation_pages
from gen.pages.home import home
from gen.pages.view import View
from gen.trends import compute
from gen.trends.base import Context
from tests import invented, markup


@pytest.fixture
def view(tmp_path: Path) -> View:
    """AlphaSeg was drawn, and DeltaFit, which builds on it, was not."""
    data = invented.write(tmp_path / "data")
    invented.change(data, "records", 2, draw="1")
    invented.change(data, "studies", 5, modalities="ct; fundus")
    return View.of(load(data))


def text(content: str | bytes) -> str:
    return " ".join(markup.text(markup.html(str(content))).split())


def test_shares_and_trends_are_of_the_included_frame(view: View) -> None:
    ids = [study.id for study in view.corpus.studies]
    assert list(view.df["id"]) == [id_ for id_ in ids if id_ != "alphaseg"]
    assert [study.id for study in view.corpus.counted] == list(view.df["id"])


def test_home_leaves_drawn_studies_out_of_its_figure_and_its_note(tmp_path: Path) -> None:
    data = invented.write(tmp_path / "data")
    note = "1 with a year only are left out."  # GammaTest
    assert note in text(home(View.of(load(data))))
    invented.change(data, "studies", 2, record_id="")
    invented.change(data, "studies", 4, record_id="r1")
    invented.change(data, "records", 2, draw="1", study="gamma-test")
    assert "with a year only" not in text(home(View.of(load(data))))


def test_a_term_lists_drawn_studies_and_shares_the_others(view: View) -> None:
    categories = compute.categories(view.df, Context(view.corpus, view.incomplete_year))
    pages = dict(facet_pages(view, "modalities", categories["modalities"]))
    ct = text(pages["modalities/ct.md"])
    assert (
        "2 studies, 1 of them drawn from the deferred records; the others are 100% of the 1" in ct
    )
    assert "AlphaSeg" in ct
    mri = text(pages["modalities/mri.md"])
    assert "1 study, drawn from the deferred records." in mri
    assert "included ones" not in mri
    (row,) = [
        row for row in markup.rows(markup.html(str(pages["modalities/index.md"]))) if row[0] == "CT"
    ]
    assert row[1:4] == ["1", "100%", "1"]


def test_a_data_set_and_a_base_model_tell_them_apart(view: View) -> None:
    pages = dict(data_set_pages(view))
    assert "2 studies, 1 of them drawn from the" in text(pages["datasets/made-up-eyes.md"])
    assert "1 study, drawn from the deferred" in text(pages["datasets/made-up-mri.md"])
    pages = dict(foundation_pages(view))
    assert "1 study, drawn from the deferred" in text(pages["foundations/stemnet.md"])


def test_a_retracted_study_counts_for_nothing(tmp_path: Path) -> None:
    data = invented.write(tmp_path / "data")
    invented.change(
        data, "studies", 2, status="retracted", status_url="https://example.org/retraction"
    )
    view = View.of(load(data))
    assert "alphaseg" not in set(view.df["id"])
    assert "alphaseg" in view.links.study


def test_a_data_set_says_that_its_figure_counts_the_included_studies(tmp_path: Path) -> None:
    data = invented.write(tmp_path / "data")
    for line in (5, 6):
        invented.change(data, "studies", line, eval_data="made-up-eyes")
    path, said = "datasets/made-up-eyes.md", "3 of the 4 studies are included: the figure counts"
    assert "are included: the figure" not in text(dict(data_set_pages(View.of(load(data))))[path])
    invented.change(data, "records", 2, draw="1")
    assert said in text(dict(data_set_pages(View.of(load(data))))[path])
