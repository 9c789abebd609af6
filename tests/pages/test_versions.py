"""The pages of the versions, and the status that programs read."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from gen.corpus.corpus import Corpus
from gen.corpus.load import load
from gen.pages.versions import from_difference, version_pages
from gen.pages.view import View
from tests import invented, markup


@pytest.fixture
def data(tmp_path: Path) -> Path:
    """The invented corpus with a second version, which removed a study."""
    return invented.second(invented.write(tmp_path / "data"))


def change(**cells: str) -> dict[str, str]:
    return {"version": "2025.07", "kind": "added", "table": "studies", "id": "epsilon"} | cells


NUMBER = {"kind": "number", "table": "", "id": "studies", "field": "value", "after": "6"}


def made(loaded: Corpus) -> dict[str, str]:
    return {path: str(content) for path, content in version_pages(View.of(loaded))}


def read(data: Path, version: str) -> markup.Reading:
    return markup.read(made(load(data)), f"about/versions/{version}.md")


def test_a_version_page_shows_each_kind_of_change(data: Path) -> None:
    number = change(**NUMBER)
    rows = [
        change(after="Epsilon"),
        change(id="gone-since", after="Gone *since*"),
        change(table="datasets", id="made-up-ct", after="Made-up CT"),
        change(kind="corrected", field="date", before="2024-12", after="n/a"),
        change(kind="corrected", field="title", before="<i>|"),
        change(kind="renamed", before="eps-2", after="epsilon"),
        change(
            kind="renamed", table="datasets", id="made-up-ct", before="ct<1", after="made-up-ct"
        ),
        change(kind="removed", id="zeta", before="Zeta"),
        number | {"id": "growth", "before": "2.014", "after": "1.006"},
        number | {"before": "5"},
        number | {"id": "weights", "field": "high", "after": "0.625"},
        number | {"id": "weights", "field": "low", "after": "0.4"},
        number | {"id": "weights", "before": "0.5", "after": "0.5125"},
    ]
    invented.write_table(data, "changes", rows)
    page = read(data, "2025.07")
    assert "Compared with version 2025.01: 2 studies added, 1 corrected, 1 removed." in page.text
    assert page.rows("tab-numbers")[1:] == [
        ["Studies", "5", "6", "+1", "–"],
        ["Open weights, share of studies coded for it", "50.0%", "51.2%", "+1.2 points",
         "40.0 to 62.5%"],
        ["New studies a year, growth factor", "2.01", "1.01", "−1.00", "–"],
    ]  # fmt: skip
    assert page.rows("tab-corrected")[1:] == [["First appeared", "1"], ["Title", "1"]]
    assert read(data, "2025.07/cells").rows("tab-cells")[1:] == [
        ["Epsilon", "First appeared", "2024-12", "n/a"],
        ["Epsilon", "Title", "<i>|", "not coded"],
    ]
    assert page.part("added").links == {"Epsilon": "/studies/epsilon/"}
    assert "Gone *since*" in page.part("added").text
    assert "Zeta (zeta): It was never *made*." in page.part("removed").text
    assert ["made-up-ct", "Made-up CT"] in page.part("others").rows()
    assert page.rows("tab-renamed") == [["Id before", "Id now"], ["eps-2", "Epsilon"]]
    assert page.part("renamed").links == {"Epsilon": "/studies/epsilon/"}
    assert page.rows("tab-datasets-renamed")[1:] == [["ct<1", "made-up-ct"]]


def test_a_version_page_tells_its_searches_and_methods(data: Path) -> None:
    page = read(data, "2025.07")
    assert page.rows("tab-searches")[1:] == [
        ["Inventors' list", "30 July 2025", "2 January 2025 to 30 June 2025", ""],
        ["Memory", "not dated", "not known", ""],
    ]
    assert "A database was searched." in page.part("methods").text
    assert "searched up to 30 July 2025" in page.text
    assert page.links["As it was on that day"] == "https://example.org/review/v/2025.07/"
    assert page.links["2025.01"] == "/about/versions/2025.01/"


def test_the_first_version_says_what_it_holds(data: Path) -> None:
    first = change(**NUMBER) | {"version": "2025.01"}
    invented.write_table(data, "changes", [first])
    page = read(data, "2025.01")
    assert "This is the first version, so that there is nothing to compare it with" in page.text
    assert page.rows("tab-numbers")[1:] == [["Studies", "6", "–"]]
    assert page.links["2025.07"] == "/about/versions/2025.07/"
    assert "Its changes have not been recorded yet." in read(data, "2025.07").text


def test_the_versions_are_listed_newest_first_with_the_plan(data: Path) -> None:
    page = read(data, "index")
    rows = page.rows("tab-versions")[1:]
    assert [row[0] for row in rows] == ["2025.07", "2025.01"]
    assert rows[1][4] == "first version"
    assert page.links["v/2025.01"] == "https://example.org/review/v/2025.01/"
    assert "After 2 missed versions in a row" in page.text
    assert "The files stay." in page.part("retirement").text


def test_the_status_is_told_to_programs(data: Path) -> None:
    loaded = load(data)
    assert json.loads(made(loaded)["status.json"]) == {
        "schema": 1,
        "title": "Invented Models: a Living Review",
        "version": "2025.07",
        "date": "2025-07-31",
        "status": "living",
        "searched": "2025-07-30",
        "searches": [
            {
                "source": "Inventors' list",
                "searched": "2025-07-30",
                "oldest": "2025-01-02",
                "newest": "2025-06-30",
            },
            {"source": "Memory", "searched": None, "oldest": None, "newest": None},
        ],
        "next_due": "2025-12-31",
        "counts": {"studies": 6, "datasets": 3, "base_models": 2, "results": 2, "records": 3},
        "doi": None,
        "latest": "https://example.org/review/",
        "permalink": "https://example.org/review/v/2025.07/",
        "changes": "https://example.org/review/about/versions/2025.07/",
    }


def test_the_status_box_names_version_search_and_due_date(data: Path) -> None:
    said = read(data, "index").part("status").text
    for words in ("2025.07, living", "30 July 2025", "Studies 6", "due 31 December 2025"):
        assert words in said


def test_a_retired_review_is_due_no_more(data: Path) -> None:
    invented.replace(
        data / "releases.toml",
        'status = "living"\nchanged = "Second',
        'status = "retired"\nchanged = "Second',
    )
    assert json.loads(made(load(data))["status.json"])["next_due"] is None
    box = read(data, "index").part("status")
    assert "data-lsr-due" not in box.html
    assert "Next version due none" in box.text


def test_corrections_are_listed_with_the_version_that_made_them(data: Path) -> None:
    mistake = '[[releases.corrections]]\nwhat = "<i>|"\nsince = "2025.01"\nfinding = "A *share*."\n'
    invented.replace(data / "releases.toml", "[retirement]", f"{mistake}[retirement]")
    invented.write_table(data, "changes", [change(kind="corrected", field="date", before="2024")])
    page = markup.read(made(load(data)), "about/corrections.md")
    assert page.rows("tab-mistakes")[1:] == [["2025.07", "<i>|", "2025.01", "A *share*."]]
    assert "2025.07: 1 cell of studies corrected" in page.text
    assert "2025.01: no cell of a study corrected, as it is the first version" in page.text


def test_contributors_are_named_as_they_wish(data: Path) -> None:
    assert "Nobody has asked" in markup.read(made(load(data)), "about/contributors.md").text
    with (data / "review.toml").open("a", encoding="utf-8") as file:
        file.write('[[contributors]]\nname = "Ada <b>"\ndid = "coded"\nagreed = 2025-07-01\n')
    page = markup.read(made(load(data)), "about/contributors.md")
    assert "Ada <b>: coded" in page.text
    assert "Nobody has asked" not in page.text


def test_a_doi_of_a_version_is_shown_where_it_has_one(data: Path) -> None:
    assert json.loads(made(load(data))["status.json"])["doi"] is None
    doi = "10.5281/zenodo.1"
    invented.replace(
        data / "releases.toml", 'changed = "Second', f'doi = "{doi}"\nchanged = "Second'
    )
    files = made(load(data))
    assert json.loads(files["status.json"])["doi"] == doi
    for path in ("about/versions/2025.07.md", "about/versions/index.md"):
        assert f'<a href="https://doi.org/{doi}">doi:{doi}</a>' in files[path], path
    assert "doi.org" not in files["about/versions/2025.01.md"]


@pytest.mark.parametrize(
    ("before", "after", "shown"),
    [
        ("short", "shorter", ("short", "shorter")),
        ("a " * 60, "", ("a " * 49 + "a…", "")),
        ("x" * 101, "y" * 101, ("x" * 99 + "…", "y" * 99 + "…")),
        (
            "word " * 30 + "old end",
            "word " * 30 + "new end",
            ("…word word word word old end", "…word word word word new end"),
        ),
    ],
)
def test_long_cells_are_cut_and_shown_from_where_they_differ(
    before: str, after: str, shown: tuple[str, str]
) -> None:
    assert from_difference(before, after) == shown
