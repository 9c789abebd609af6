"""A work that is here already is told once, whatever of it is found where."""

from __future__ import annotations

from pathlib import Path

import pytest

from gen.corpus import load
from gen.problems import DataError
from tests import invented

NEW = invented.STUDY | {"id": "eta", "name": "Eta", "title": "Eta", "date": "2025-01-01"}
TITLE = invented.STUDIES[0]["title"]


@pytest.fixture
def data(tmp_path: Path) -> Path:
    """The sound corpus, in which the record of AlphaSeg has its title and arXiv id."""
    data = invented.write(tmp_path / "data")
    invented.change(data, "records", 2, title=TITLE, arxiv="2305.00001")
    return data


def found(data: Path) -> list[tuple[str, str]]:
    try:
        problems = list(load.load(data).warnings)
    except DataError as error:
        problems = error.problems
    return [(problem.severity, problem.column) for problem in problems]


@pytest.mark.parametrize(
    ("cells", "column"),
    [
        ({"arxiv": "2305.00001"}, "arxiv"),
        ({"doi": "10.48550/arXiv.2305.00001"}, "doi"),
        ({"url": "https://arxiv.org/abs/2305.00001v2"}, "url"),
        ({"url": "https://doi.org/10.48550/ARXIV.2305.00001"}, "url"),
    ],
)
def test_a_study_again_is_told_by_its_identifier_and_not_by_its_record(
    data: Path, cells: dict[str, str], column: str
) -> None:
    invented.append(data, "studies", **NEW | cells)
    assert found(data) == [("error", column)]


@pytest.mark.parametrize("title", [TITLE, TITLE.upper(), f"{TITLE}.", TITLE.replace(",", ":")])
def test_a_title_again_is_told_by_the_study_and_not_by_its_record(data: Path, title: str) -> None:
    invented.append(data, "studies", **NEW | {"title": title, "doi": "10.1234/eta"})
    assert found(data) == [("warning", "title")]


def test_a_record_of_another_study_is_told(data: Path) -> None:
    """The study lost the identifier that its record has."""
    invented.change(data, "studies", 2, arxiv="", doi="10.1234/alpha")
    invented.append(data, "studies", **NEW | {"arxiv": "2305.00001"})
    assert found(data) == [("error", "record_id")]


def test_a_study_that_names_its_record_is_not_told_of_it(data: Path) -> None:
    invented.change(data, "records", 4, arxiv="2411.00002", title="Fitting AlphaSeg to eyes")
    assert found(data) == [("error", "record_id")]
    invented.change(data, "studies", 5, record_id="r3")
    assert found(data) == []
