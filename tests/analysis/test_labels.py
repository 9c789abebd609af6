"""What a study is called in a list: its name, told apart from others, with what a notice says."""

from __future__ import annotations

from pathlib import Path

import pytest

from gen.analysis.links import Links
from gen.chapters.expressions import Expressions
from gen.citations.in_text import works
from gen.corpus.load import load
from gen.trends.foundations.lineage import Descent
from tests import invented


@pytest.fixture
def data(tmp_path: Path) -> Path:
    return invented.write(tmp_path / "data")


def labels(data: Path) -> dict[str, str]:
    return load(data).labels


def test_a_name_of_its_own_needs_no_more(data: Path) -> None:
    found = labels(data)
    assert found["alphaseg"] == "AlphaSeg"
    assert found["stemnet"] == "StemNet"


def test_first_author_and_year_tell_apart_what_is_called_the_same(data: Path) -> None:
    invented.change(data, "studies", 4, name="Alike", authors="van Alt, Anna; Berg, Bo")
    invented.change(data, "studies", 5, name="ALIKE", authors="The Group")
    found = labels(data)
    assert found["gamma-test"] == "Alike (van Alt 2024)"
    assert found["deltafit"] == "ALIKE (The Group 2024)"


def test_where_these_are_the_same_too_the_id_does(data: Path) -> None:
    for line in (4, 5, 7):
        invented.change(data, "studies", line, name="Alike", authors="Alt, Anna")
    found = labels(data)
    assert found["gamma-test"] == "Alike (gamma-test)"
    assert found["deltafit"] == "Alike (deltafit)"
    assert found["zeta"] == "Alike (Alt 2025)"


def test_a_study_is_told_apart_from_a_base_model(data: Path) -> None:
    invented.change(data, "studies", 7, name="stemnet", authors="Alt, Anna")
    assert labels(data)["zeta"] == "stemnet (Alt 2025)"
    assert labels(data)["stemnet"] == "StemNet"


def test_a_notice_goes_with_the_name(data: Path) -> None:
    notice = {"status": "withdrawn", "status_url": "https://example.org/notice"}
    invented.change(data, "studies", 2, **notice)
    invented.change(data, "studies", 7, name="Epsilon", authors="Alt, Anna", **notice)
    found = labels(data)
    assert found["alphaseg"] == "AlphaSeg (withdrawn)"
    assert found["zeta"] == "Epsilon (Alt 2025; withdrawn)"


def test_chapters_citations_and_lineage_call_it_so(data: Path) -> None:
    invented.change(data, "studies", 7, name="AlphaSeg", authors="Alt, Anna")
    corpus = load(data)
    told = Expressions(corpus, Links.of(corpus)).these(["zeta"])
    assert told == "[AlphaSeg (Alt 2025)](/studies/zeta.md)"
    assert works(corpus)["zeta"].about.startswith("AlphaSeg (Alt 2025): ")
    assert Descent.of(corpus).names["zeta"] == "AlphaSeg (Alt 2025)"
