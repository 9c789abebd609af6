"""The page of a base model, and the list of all that studies start from."""

from __future__ import annotations

import pytest

from tests import markup
from tests.build import page


@pytest.fixture(scope="module")
def stemnet() -> markup.Reading:
    return page("foundations/stemnet.md")


def test_a_base_model_says_how_many_build_on_it(stemnet: markup.Reading) -> None:
    assert (
        "StemNet is a base model on which 1 study of the review builds directly and 2 more "
        "through others."
    ) in stemnet.text


def test_its_kind_is_shown_by_its_label(stemnet: markup.Reading) -> None:
    assert [row for row in stemnet.rows() if row[0] == "Kind"] == [["Kind", "Vision"]]
    assert ["Year", "2020"] in stemnet.rows()
    assert ["Kind", "Language"] in page("foundations/wordnet-x.md").rows()


def test_children_and_their_children_are_listed_apart(stemnet: markup.Reading) -> None:
    direct, through = (
        [row[0] for row in stemnet.part(id_).rows() if row[0] != "Study"]
        for id_ in ("children", "descendants")
    )
    assert direct == ["AlphaSeg"]
    assert through == ["DeltaFit", "BetaRead"]
    assert stemnet.links["AlphaSeg"] == "/studies/alphaseg/"


def test_what_nobody_builds_on_through_others_has_no_such_section() -> None:
    wordnet = page("foundations/wordnet-x.md")
    assert "Studies that build on it" in wordnet.headings
    assert "Studies that build on it through others" not in wordnet.headings


def test_a_row_can_be_mended(stemnet: markup.Reading) -> None:
    assert stemnet.links["Edit the table"].endswith("/edit/main/data/base_models.csv")
    assert "row=base_models%2Fstemnet" in stemnet.links["Report an error"]


def test_the_list_ranks_base_models_and_studies_that_became_some() -> None:
    listed = page("foundations/index.md")
    assert listed.rows("tab-base-models") == [
        ["Base model", "Directly", "Through others"],
        ["StemNet", "1", "2"],
        ["WordNet-X", "1", "0"],
    ]
    assert listed.rows("tab-studies") == [
        ["Study", "Directly", "Through others"],
        ["AlphaSeg", "2", "0"],
    ]
    assert listed.links["StemNet"] == "/foundations/stemnet/"
    assert listed.links["AlphaSeg"] == "/studies/alphaseg/"
