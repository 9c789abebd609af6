"""The page of the flow of records, and the lists that its numbers open."""

from __future__ import annotations

import csv
import re
from pathlib import Path

import pytest

from gen.analysis.flow import Flow
from gen.corpus.load import load
from gen.pages.flow import MAX_LINES, flow_pages
from gen.pages.view import View
from tests import invented, markup
from tests.build import page as shown
from tests.real import DATA
from tests.real import corpus as real


@pytest.fixture
def data(tmp_path: Path) -> Path:
    return invented.write(tmp_path / "data")


def flow(data: Path) -> Flow:
    return Flow.of(load(data))


def made(data: Path) -> dict[str, str]:
    """The pages and files of the flow alone."""
    return {path: str(content) for path, content in flow_pages(View.of(load(data)))}


def lines(page: str) -> int:
    """The records that a page lists."""
    return page.count("<tr><td>")


# The diagram.


def test_the_flow_moves_with_a_decision(data: Path) -> None:
    invented.change(data, "records", 4, decision="deferred", draw="1")
    found = flow(data)
    assert (found.waiting.number, found.deferred.number, found.included) == (0, 1, 1)
    assert lines(made(data)["about/records/deferred.md"]) == 1


def test_the_flow_moves_when_a_record_is_coded(data: Path) -> None:
    invented.change(data, "studies", 7, record_id="r3")  # the study alone: records.csv may follow
    found = flow(data)
    assert (found.waiting.number, found.coded.number, found.contributed) == (0, 2, 4)
    assert "coded as" in made(data)["about/records/coded.md"]


def test_the_diagram_moves_with_the_family_of_a_study(data: Path) -> None:
    before = made(data)["about/flow.md"]
    invented.change(data, "studies", 7, family="vision-language")
    after = made(data)["about/flow.md"]
    for page, numbers in ((before, ["5", "1"]), (after, ["4", "2"])):
        assert re.findall(r'family/vision-[\w-]+\.md">(\d+)<', page) == numbers


def test_the_page_tells_the_numbers_in_sentences_that_add_up() -> None:
    page = shown("about/flow.md")
    assert "From 5 entries in 2 files and searches to 6 coded studies." in page.text
    for said in (
        "5 entries − 2 duplicates = 3 records screened.",
        "3 records screened = 1 excluded + 0 deferred + 2 included.",
        "0 deferred = 0 drawn + 0 not drawn yet.",
        "2 included + 0 drawn = 2 taken up for coding = 0 excluded at coding + 1 waiting + 1 coded",
        "6 studies = 1 from records included at screening + 0 from drawn ones + 5 contributed",
    ):
        assert said in page.part("sums").text
    assert ["Targeted search", "1", "0", "3", "1", "2"] in page.rows("kinds")
    assert page.links["All records (CSV)"] == "/data/records.csv"


def test_sources_are_listed_with_what_each_brought() -> None:
    page = shown("about/sources.md")
    assert "3 records screened, from 2 files and searches." in page.text
    assert [row[0:1] + row[2:4] for row in page.rows("tab-sources")[1:]] == [
        ["inventors/listREADME.md", "2", "1"],
        ["hand search", "3", "2"],
    ]


# The lists.


@pytest.mark.parametrize("where", ["invented", pytest.param("real", marks=pytest.mark.corpus)])
def test_a_number_opens_as_many_records(where: str, data: Path) -> None:
    files = made(data if where == "invented" else DATA)
    found = Flow.of(load(data) if where == "invented" else real())
    diagram = files["about/flow.md"]
    for box in found.boxes:
        parts = [
            page
            for path, page in files.items()
            if re.fullmatch(rf"about/records/{box.slug}(-(\d{{4}}|undated))?\.md", path)
        ]
        assert sum(map(lines, parts)) == box.number, box.slug
        assert max(map(lines, parts)) <= MAX_LINES, box.slug
        assert len(list(csv.reader(files[f"about/records/{box.slug}.csv"].splitlines()))) > 0
        opened = re.findall(rf'records/{box.slug}\.md">([\d,]+)</a>', diagram)
        assert opened == ([f"{box.number:,}"] if box.number else []), box.slug


def test_a_download_holds_the_records_of_its_box(data: Path) -> None:
    table = made(data)["about/records/excluded-non-medical.csv"]
    assert [row["id"] for row in csv.DictReader(table.splitlines())] == ["r2"]


def test_a_record_that_nobody_screened_is_counted_apart(data: Path) -> None:
    invented.change(data, "records", 4, decision="undecided")
    files = made(data)
    flow = files["about/flow.md"]
    assert "5 entries − 2 duplicates = 2 records screened + 1 not screened yet." in flow
    assert '<a href="/about/records/undecided.md">1</a></b> more are not screened yet' in flow
    assert "<td>not screened yet</td>" in files["about/records/undecided.md"]
    test_the_numbers_can_be_downloaded_and_add_up(data)


def test_the_numbers_can_be_downloaded_and_add_up(data: Path) -> None:
    sums: dict[str, int] = {}
    for row in csv.DictReader(made(data)["about/flow.csv"].splitlines()):
        sums[row["stage"]] = sums.get(row["stage"], 0) + int(row["number"])
    found = sums["records screened"] + sums["records not screened yet"]
    assert sums["entries identified"] - sums["duplicates removed"] == found
    assert sums["records screened"] == sum(
        sums.get(f"records {stage}", 0)
        for stage in ("excluded", "excluded at coding", "deferred", "eligible")
    )


def test_a_list_that_is_too_long_is_a_page_for_each_year(
    data: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("gen.pages.flow.MAX_LINES", 1)
    invented.change(data, "records", 3, year="2024")
    files = made(data)
    whole = files["about/records/from-targeted-search.md"]
    assert lines(whole) == 0
    for year in ("2024", "undated"):
        assert f'from-targeted-search-{year}.md">' in whole
        assert lines(files[f"about/records/from-targeted-search-{year}.md"]) == 1


NASTY = "</td></table><script>alert(1)</script> | *a* [b](javascript:c) {{ 7 * 7 }} &lt \"'"


def test_no_text_of_a_record_makes_an_element(data: Path) -> None:
    shapes = []
    for text in ("quiet", NASTY):
        for line in (2, 3, 4):
            cells = {"title": text, "sections": text, "venue": text}
            invented.change(data, "records", line, **cells, url=f"https://example.org/?{line}&b")
        files = made(data)
        found = {path: markup.html(page) for path, page in files.items() if path.endswith(".md")}
        shapes.append(
            {path: [e.shape for e in markup.elements(page)] for path, page in found.items()}
        )
    assert shapes[0] == shapes[1]
    page = files["about/records/excluded-non-medical.md"]
    assert markup.text(page).count(NASTY) == 2
    assert 'href="https://example.org/?3&amp;b"' in page


def test_lists_of_records_stay_out_of_the_search(data: Path) -> None:
    files = made(data)
    lists = [p for p in files if p.startswith("about/records/") and p.endswith(".md")]
    assert len(lists) > 10
    for path in lists:
        assert '\nsearch: {"exclude": true}\n' in files[path], path
