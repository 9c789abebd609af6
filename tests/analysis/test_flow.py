"""The flow of records: it adds up, or there is no site."""

from __future__ import annotations

from collections import Counter
from pathlib import Path

import pytest

from gen.analysis.flow import Flow, covered
from gen.corpus.load import load
from gen.corpus.rules.flow import DEFERRED, UNDECIDED
from gen.corpus.tables import Source
from gen.problems import DataError
from tests import invented
from tests.real import corpus as real


@pytest.fixture
def data(tmp_path: Path) -> Path:
    return invented.write(tmp_path / "data")


def flow(data: Path) -> Flow:
    return Flow.of(load(data))


def reported(data: Path) -> list[str]:
    with pytest.raises(DataError) as error:
        load(data)
    return [str(problem).replace(f"{data.parent}/", "") for problem in error.value.problems]


# It adds up.


@pytest.mark.parametrize(
    "where", ["invented", "deferred", "undecided", pytest.param("real", marks=pytest.mark.corpus)]
)
def test_every_sum_of_the_diagram_holds(where: str, data: Path) -> None:
    if where == "deferred":  # the sound corpus has no record that is
        invented.change(data, "records", 3, decision=DEFERRED, reason="", stage="", draw="2")
        invented.change(data, "records", 2, draw="1")
    if where == "undecided":
        invented.change(data, "records", 4, decision=UNDECIDED)
    loaded = real() if where == "real" else load(data)
    found = Flow.of(loaded)
    # Counted here once more, row by row: most numbers of the flow are defined by the others.
    decisions = Counter(record.decision for record in loaded.records)
    backlog = decisions[DEFERRED]
    late = sum(record.stage == "coding" for record in loaded.records)
    repeated = sum(source.raw_records for source in loaded.sources) - len(loaded.records)
    assert found.undecided.number == decisions.pop(UNDECIDED, 0) == (where == "undecided")
    assert found.screened == decisions.total() > 0
    assert (found.entries, found.duplicates) == (repeated + len(loaded.records), repeated)
    assert found.included == decisions["include"]
    assert (found.deferred.number, found.rejected) == (backlog, late)
    assert found.removed == decisions["exclude"] - late
    assert found.screened == found.removed + found.put_off + found.passed
    assert found.passed + found.drawn.number == found.rejected + found.included
    named = {study.record_id for study in loaded.studies} - {None}
    assert found.coded.number == len(named)
    assert found.contributed == sum(study.record_id is None for study in loaded.studies)
    assert sum(kind.box.number for kind in found.kinds) == len(loaded.records)
    assert sum(kind.duplicates for kind in found.kinds) == repeated
    assert 0 <= found.within <= repeated
    assert found.studies == len(loaded.studies)
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


def test_a_source_without_records_is_counted_as_such(data: Path) -> None:
    invented.append(
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
            {"decision": "exclude", "reason": "non-medical", "stage": "coding"},
            "data/studies.csv:2: record_id: 'r1' was excluded (data/records.csv:2)",
        ),
        (
            "studies",
            7,
            {"record_id": "r1"},
            "data/studies.csv:7: record_id: 'r1' is already that of 'alphaseg' on line 2",
        ),
        (
            "records",
            4,
            {"reason": "non-medical"},
            "data/records.csv:4: reason: 'non-medical' must be empty for a record that is included",
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
    invented.change(data, table, line, **cells)
    assert any(found.startswith(message) for found in reported(data)), reported(data)


def test_a_record_more_needs_its_source_to_hold_it(data: Path) -> None:
    invented.append(
        data, "records", id="r4", title="New", sources="hand search", decision="include"
    )
    assert len(reported(data)) == 2
    invented.change(data, "sources", 3, raw_records="4", unique_new_records="3")
    assert flow(data).screened == 4


def test_a_problem_of_the_flow_carries_the_id_of_its_row(data: Path) -> None:
    """Programs that read the JSON find the row by it."""
    with (data / "taxonomy.toml").open("a", encoding="utf-8") as file:
        file.write('\n[decision.terms.maybe]\nlabel = "Maybe"\ndefinition = "Undecided."\n')
    invented.change(data, "records", 4, decision="maybe")
    invented.change(data, "sources", 2, raw_records="0")
    invented.change(data, "sources", 3, unique_new_records="1")
    cells = {"source": "hand search", "raw_records": "0", "unique_new_records": "0"}
    invented.append(data, "sources", kind="listing", **cells)
    with pytest.raises(DataError) as error:
        load(data)
    assert [(p.line, p.column, p.id) for p in error.value.problems] == [
        (4, "decision", "r3"),
        (2, "raw_records", "inventors/list"),
        (2, "unique_new_records", "inventors/list"),
        (3, "unique_new_records", "hand search"),
        (4, "kind", "hand search"),
    ]


def test_a_source_is_of_one_kind(data: Path) -> None:
    cells = {"source": "hand search", "raw_records": "0", "unique_new_records": "0"}
    invented.append(data, "sources", kind="listing", **cells)
    assert reported(data) == [
        (
            "data/sources.csv:4: kind: 'listing' must be 'targeted-search', as on line 3: a source "
            "is of one kind"
        )
    ]


def test_a_decision_without_a_box_is_reported(data: Path) -> None:
    with (data / "taxonomy.toml").open("a", encoding="utf-8") as file:
        file.write('\n[decision.terms.maybe]\nlabel = "Maybe"\ndefinition = "Undecided."\n')
    invented.change(data, "records", 4, decision="maybe")
    assert reported(data) == [
        (
            "data/records.csv:4: decision: 'maybe' must be include, deferred, exclude or "
            "undecided: no box of the flow diagram is for others"
        )
    ]


def test_a_box_without_its_term_is_reported(data: Path) -> None:
    taxonomy = data / "taxonomy.toml"
    invented.replace(taxonomy, "decision.terms.deferred", "decision.terms.later")
    assert reported(data) == [
        (
            "data/taxonomy.toml: decision.terms.deferred: is missing, and the flow "
            "diagram has a box for it; restore the term"
        )
    ]


@pytest.mark.parametrize(
    ("days", "last"),
    [
        ({"2021-02-01": 10, "2023-08-05T23:59:59+08:00": 90}, "2023-Q2"),
        ({"2021-02-01": 11, "2023-08-05": 89}, "2020-Q4"),
        ({"2021-05-01": 11, "2023-08-05": 89}, "2021-Q1"),
        ({"2024-12-31": 100, "2020-01-01": 0, "": 1000}, "2023-Q4"),  # of 2024, nothing is whole
        ({}, "2023-Q4"),
    ],
)
def test_a_quarter_is_covered_while_nine_tenths_of_the_entries_are(
    days: dict[str, int], last: str
) -> None:
    sources = [
        Source.model_construct(commit_date=day or None, raw_records=n) for day, n in days.items()
    ]
    assert covered(sources, 2024) == last
