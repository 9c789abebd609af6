"""Where and when a study was published, in the words of the checker."""

from __future__ import annotations

from pathlib import Path

import pytest

from gen.corpus import load
from gen.corpus.rules import publication
from tests import invented


@pytest.fixture
def data(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The sound corpus in data/ under the working directory."""
    monkeypatch.chdir(tmp_path)
    return invented.write(Path("data"))


PREPRINT = "must be empty for a preprint; else name the journal or conference in venue"
REQUIRED = "is required where the venue names a year: when it was published there"
UNKNOWN = "is not known: until it is, citations have no year"
FIRST = "its first appearance"


@pytest.mark.parametrize(
    ("cells", "message"),
    [
        # Line 3 is of 2024-02, in the Journal of Invention, published 2024-06.
        ({}, ""),
        ({"venue": "arXiv"}, f"'2024-06' {PREPRINT}"),
        ({"venue": ""}, f"'2024-06' {PREPRINT}"),
        ({"venue": "bioRxiv", "published": ""}, ""),
        ({"venue": "MICCAI 2024", "published": ""}, f"{REQUIRED} (did you mean '2024'?)"),
        ({"published": ""}, UNKNOWN),
        ({"venue": "MICCAI 2024", "published": "2025-01"}, ""),
        ({"venue": "MICCAI 2024", "published": "2023"}, f"'2023' is before 2024-02, {FIRST}"),
        ({"venue": "MIDL 2024", "published": "2026"}, "'2026' is not the year of the venue, 2024"),
        ({"venue": "MIDL 2023", "published": "2025"}, "'2025' is not the year of the venue, 2023"),
        ({"published": "2024"}, ""),
        ({"date": "2024-02-10", "published": "2024-01-11"}, ""),
        (
            {"date": "2024-02-10", "published": "2024-01-09"},
            f"'2024-01-09' is before 2024-02-10, {FIRST}",
        ),
        ({"date": "2024-01-20", "published": "2023"}, ""),
        ({"date": "2024-03", "published": "2023"}, f"'2023' is before 2024-03, {FIRST}"),
        ({"published": "June 2024"}, ""),  # the cell has a problem of its own
    ],
)
def test_where_and_when_belong_together(data: Path, cells: dict[str, str], message: str) -> None:
    invented.change(data, "studies", 3, **cells)
    tables, _ = load.read(data)
    found = [str(problem) for problem in publication.published(tables)]
    said = [problem.partition(": published: ")[2] for problem in found]
    assert said == ([message] if message else [])


def test_a_date_that_nobody_knows_stops_nothing(data: Path) -> None:
    invented.change(data, "studies", 3, published="")
    assert [line.id for line in load.load(data).studies if line.id == "betaread"]


def forms(data: Path) -> list[str]:
    return [str(problem) for problem in publication.one_form(load.read(data)[0])]


def test_a_conference_names_its_year_as_it_does_elsewhere(data: Path) -> None:
    invented.change(data, "studies", 2, venue="MICCAI 2023", published="2023")
    invented.change(data, "studies", 3, venue="MICCAI")
    invented.change(data, "studies", 6, venue="MICCAI")
    invented.change(data, "studies", 7, venue="MICCAI 2025", published="2025")
    what = "venue: 'MICCAI' must name the year, as 'MICCAI 2023' does"
    assert forms(data) == [
        f"data/studies.csv:3: {what} (did you mean 'MICCAI 2024'?)",
        f"data/studies.csv:6: {what}",
    ]


def test_a_journal_names_no_year_as_it_does_nowhere_else(data: Path) -> None:
    invented.change(data, "studies", 2, venue="Journal of Invention", published="2023")
    invented.change(data, "studies", 7, venue="Journal of Invention 2025", published="2025")
    (said,) = forms(data)
    assert said == (
        "data/studies.csv:7: venue: 'Journal of Invention 2025' must not name the year, which "
        "stands in published (did you mean 'Journal of Invention'?)"
    )
    invented.change(data, "studies", 7, venue="Nature")
    assert forms(data) == []
