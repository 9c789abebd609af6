"""The flow of records: it adds up or there is no site, and a number opens as many records."""

from __future__ import annotations

import csv
import re
from pathlib import Path

import pytest

from gen.flow import Flow
from gen.flow_pages import LONGEST, pages
from gen.load import load
from gen.problems import DataError
from gen.site import View
from tests import corpus, markup
from tests.real import ROOT
from tests.real import corpus as real


@pytest.fixture
def data(tmp_path: Path) -> Path:
    return corpus.write(tmp_path / "data")


def flow(data: Path) -> Flow:
    return Flow.of(load(data))


def made(data: Path) -> dict[str, str]:
    """The pages and files of the flow alone."""
    loaded = load(data)
    view = View.of(loaded)
    return {path: str(content) for path, content in pages(loaded, view.flow, view.page)}


def lines(page: str) -> int:
    """The records that a page lists."""
    return page.count("<tr><td>")


def told(data: Path) -> list[str]:
    with pytest.raises(DataError) as error:
        load(data)
    return [str(problem).replace(f"{data.parent}/", "") for problem in error.value.problems]


# It adds up.


@pytest.mark.parametrize("where", ["invented", "real"])
def test_every_sum_of_the_diagram_holds(where: str, data: Path) -> None:
    loaded = load(data) if where == "invented" else real()
    found = Flow.of(loaded)
    assert found.entries - found.duplicates == found.screened == len(loaded.records)
    assert sum(kind.box.number for kind in found.kinds) == found.screened
    assert sum(kind.duplicates for kind in found.kinds) == found.duplicates
    assert 0 <= found.within <= found.duplicates
    assert found.removed + found.deferred.number + found.included == found.screened
    assert found.waiting.number + found.coded.number == found.included
    assert found.coded.number + found.contributed == found.studies == len(loaded.studies)
    assert sum(studies for _, _, studies in found.families) == found.studies
    ids = sorted(record.id for record in loaded.records)
    assert sorted(record.id for box in found.outcomes for record in box.records) == ids
    assert sorted(record.id for kind in found.kinds for record in kind.box.records) == ids


def test_the_numbers_of_the_invented_corpus(data: Path) -> None:
    found = flow(data)
    assert (found.entries, found.duplicates, found.within, found.screened) == (5, 2, 1, 3)
    kinds = {k.box.slug: (k.entries, k.duplicates, k.files, k.barren) for k in found.kinds}
    assert kinds["from-curated-list"] == (2, 1, 1, 0)
    assert kinds["from-targeted-search"] == (3, 1, 1, 0)
    assert kinds["from-database"] == (0, 0, 0, 0)
    assert (found.removed, found.deferred.number, found.waiting.number) == (1, 0, 1)
    assert (found.coded.number, found.studies, found.contributed) == (1, 6, 5)


def test_the_flow_moves_with_a_decision(data: Path) -> None:
    corpus.change(data, "records", 4, decision="exclude", reason="deferred-incremental")
    found = flow(data)
    assert (found.waiting.number, found.deferred.number, found.included) == (0, 1, 1)
    assert lines(made(data)["about/records/deferred.md"]) == 1


def test_the_flow_moves_when_a_record_is_coded(data: Path) -> None:
    corpus.change(data, "studies", 7, record_id="r3")  # the study alone: records.csv may follow
    found = flow(data)
    assert (found.waiting.number, found.coded.number, found.contributed) == (0, 2, 4)
    assert "coded as" in made(data)["about/records/coded.md"]


def test_the_diagram_moves_with_the_family_of_a_study(data: Path) -> None:
    before = made(data)["about/flow.md"]
    corpus.change(data, "studies", 7, family="vision-language")
    after = made(data)["about/flow.md"]
    for page, numbers in ((before, ["5", "1"]), (after, ["4", "2"])):
        assert re.findall(r'family/vision-[\w-]+\.md">(\d+)<', page) == numbers


def test_a_source_without_records_is_counted_as_such(data: Path) -> None:
    corpus.append(
        data,
        "sources",
        source="empty list",
        kind="curated-list",
        raw_records="0",
        unique_new_records="0",
    )
    lists = next(kind for kind in flow(data).kinds if kind.box.slug == "from-curated-list")
    assert (lists.files, lists.barren) == (1, 1)


# What does not add up.


@pytest.mark.parametrize(
    ("table", "line", "cells", "message"),
    [
        (
            "sources",
            2,
            {"unique_new_records": "2"},
            (
                "data/sources.csv:2: unique_new_records: inventors/list brought 2 new records "
                "by this file, and 1 of records.csv have it as their first source; correct the "
                "one or the other"
            ),
        ),
        (
            "sources",
            3,
            {"raw_records": "2"},
            (
                "data/sources.csv:3: raw_records: hand search held 2 entries by this file, and 3 "
                "of records.csv name it; correct the one or the other"
            ),
        ),
        (
            "sources",
            2,
            {"raw_records": "0", "unique_new_records": "1"},
            (
                "data/sources.csv:2: unique_new_records: '1' cannot be more than the 0 that it "
                "held (raw_records)"
            ),
        ),
        (
            "sources",
            3,
            {"raw_records": "about 3"},
            (
                "data/sources.csv:3: raw_records: 'about 3' must be a whole number, 0 or above, "
                "digits only"
            ),
        ),
        (
            "sources",
            3,
            {"kind": "hand-search"},
            (
                "data/sources.csv:3: kind: 'hand-search' must be one of database, curated-list, "
                "listing, targeted-search, expert-knowledge"
            ),
        ),
        (
            "records",
            3,
            {"sources": "inventors/list; hand search"},
            (
                "data/sources.csv:2: unique_new_records: inventors/list brought 1 new records "
                "by this file, and 2 of records.csv have it as their first source; correct the "
                "one or the other"
            ),
        ),
        (
            "records",
            2,
            {"decision": "exclude", "reason": "non-medical"},
            "data/studies.csv:2: record_id: 'r1' was excluded at screening (data/records.csv:2)",
        ),
        (
            "studies",
            7,
            {"record_id": "r1"},
            "data/studies.csv:7: record_id: 'r1' is already that of 'alphaseg' in line 2",
        ),
        (
            "records",
            4,
            {"reason": "non-medical"},
            "data/records.csv:4: reason: 'non-medical' must be empty for an included record",
        ),
        (
            "records",
            3,
            {"sources": "a list that nobody read"},
            "data/records.csv:3: sources: 'a list that nobody read' is no id in sources.csv",
        ),
    ],
)
def test_numbers_that_contradict_each_other_are_named(
    table: str, line: int, cells: dict[str, str], message: str, data: Path
) -> None:
    corpus.change(data, table, line, **cells)
    assert any(found.startswith(message) for found in told(data)), told(data)


def test_a_record_more_needs_its_source_to_hold_it(data: Path) -> None:
    corpus.append(data, "records", id="r4", title="New", sources="hand search", decision="include")
    assert len(told(data)) == 2
    corpus.change(data, "sources", 3, raw_records="4", unique_new_records="3")
    assert flow(data).screened == 4


def test_a_source_is_of_one_kind(data: Path) -> None:
    cells = {"source": "hand search", "raw_records": "0", "unique_new_records": "0"}
    corpus.append(data, "sources", kind="listing", **cells)
    assert told(data) == [
        (
            "data/sources.csv:4: kind: 'listing' must be 'targeted-search', as in line 3: a source "
            "is of one kind"
        )
    ]


def test_a_decision_without_a_box_is_told(data: Path) -> None:
    with (data / "taxonomy.toml").open("a", encoding="utf-8") as file:
        file.write('\n[decision.terms.maybe]\nlabel = "Maybe"\ndefinition = "Undecided."\n')
    corpus.change(data, "records", 4, decision="maybe")
    assert told(data) == [
        (
            "data/records.csv:4: decision: 'maybe' must be include or exclude: no box of the flow "
            "diagram is for others"
        )
    ]


def test_a_box_without_its_term_is_told(data: Path) -> None:
    taxonomy = data / "taxonomy.toml"
    corpus.replace(taxonomy, "reason.terms.deferred-incremental", "reason.terms.backlog")
    assert told(data) == [
        (
            "data/taxonomy.toml: reason.terms.deferred-incremental: is missing, and the flow "
            "diagram has a box for it; restore the term"
        )
    ]


# The lists.


@pytest.mark.parametrize("where", ["invented", "real"])
def test_a_number_opens_as_many_records(where: str, data: Path) -> None:
    files = made(data if where == "invented" else ROOT / "data")
    found = Flow.of(load(data) if where == "invented" else real())
    diagram = files["about/flow.md"]
    for box in found.boxes:
        parts = [
            page
            for path, page in files.items()
            if re.fullmatch(rf"about/records/{box.slug}(-(\d{{4}}|undated))?\.md", path)
        ]
        assert sum(map(lines, parts)) == box.number, box.slug
        assert max(map(lines, parts)) <= LONGEST, box.slug
        assert len(list(csv.reader(files[f"about/records/{box.slug}.csv"].splitlines()))) > 0
        opened = re.findall(rf'records/{box.slug}\.md">([\d,]+)</a>', diagram)
        assert opened == ([f"{box.number:,}"] if box.number else []), box.slug


def test_a_download_holds_the_records_of_its_box(data: Path) -> None:
    table = made(data)["about/records/excluded-non-medical.csv"]
    assert [row["id"] for row in csv.DictReader(table.splitlines())] == ["r2"]


def test_the_numbers_can_be_downloaded_and_add_up(data: Path) -> None:
    sums: dict[str, int] = {}
    for row in csv.DictReader(made(data)["about/flow.csv"].splitlines()):
        sums[row["stage"]] = sums.get(row["stage"], 0) + int(row["number"])
    assert sums["entries identified"] - sums["duplicates removed"] == sums["records screened"]
    assert sums["records screened"] == sum(
        sums[f"records {stage}"] for stage in ("excluded", "deferred", "included")
    )


def test_a_list_that_is_too_long_is_a_page_for_each_year(
    data: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("gen.flow_pages.LONGEST", 1)
    corpus.change(data, "records", 3, year="2024")
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
            corpus.change(data, "records", line, **cells, url=f"https://example.org/?{line}&b")
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
    for path, page in made(data).items():
        if path.startswith("about/records/") and path.endswith(".md"):
            assert '\nsearch: {"exclude": true}\n' in page, path
