"""Versions: what releases.toml and changes.csv must keep, and the status box that can be late."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest
from playwright.sync_api import Browser

from gen.__main__ import main
from gen.corpus.load import load
from gen.corpus.tables import Change
from tests import invented
from tests.real import ROOT


@pytest.fixture
def data(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The invented corpus with a second version, which removed a study."""
    monkeypatch.chdir(tmp_path)
    return invented.second(invented.write(Path("data")))


def reported(capsys: pytest.CaptureFixture[str], *arguments: str) -> tuple[int, list[str]]:
    code = main([*arguments] or ["check"])
    return code, capsys.readouterr().out.splitlines()[:-1]


def test_a_second_version_is_sound(data: Path) -> None:
    assert [release.version for release in load(data).releases] == ["2025.01", "2025.07"]


# What is there -> what comes in its place, and what is reported.
FAULTS: dict[str, tuple[str, str, str]] = {
    "an address for a DOI": (
        'changed = "Second version."',
        'changed = "Second version."\ndoi = "https://doi.org/10.1/x"',
        (
            "releases.1.doi: 'https://doi.org/10.1/x' must be a bare DOI such as "
            "10.5281/zenodo.1234567"
        ),
    ),
    "no month": (
        'version = "2025.07"',
        'version = "2025.13"',
        (
            "releases.1.version: '2025.13' must be year and month such as 2026.11; a second "
            "one in a month is 2026.11.1"
        ),
    ),
    "twice": (
        'version = "2025.07"',
        'version = "2025.01"',
        (
            "releases.1.version: '2025.01' must come after 2025.01, the version before it; "
            "newest last"
        ),
    ),
    "an older date": (
        "date = 2025-07-31\nsearched = 2025-07-30",
        "date = 2025-01-20\nsearched = 2025-07-30",
        "releases.1.date: '2025-01-20' is before 2025-01-31, the date of 2025.01",
    ),
    "due before it appeared": (
        "next_due = 2025-12-31",
        "next_due = 2025-07-31",
        "releases.1.next_due: '2025-07-31' must be after 2025-07-31, the version's own date",
    ),
    "another status": (
        'status = "living"\nchanged = "Second',
        'status = "dead"\nchanged = "Second',
        "releases.1.status: 'dead' must be 'living', 'paused' or 'retired'",
    ),
    "searched later": (
        "searched = 2025-07-30\noldest",
        "searched = 2025-07-29\noldest",
        (
            "releases.1.searched: '2025-07-30' must be 2025-07-29, the newest day under "
            "[[releases.searches]]"
        ),
    ),
    "versions newer than the search": (
        "newest = 2025-06-30",
        "newest = 2025-08-30",
        "releases.1.searches.0.newest: '2025-08-30' is after 2025-07-30, the day of the search",
    ),
    "oldest and newest exchanged": (
        "oldest = 2025-01-02",
        "oldest = 2025-07-02",
        "releases.1.searches.0.oldest: '2025-07-02' is after newest, 2025-06-30",
    ),
    "a search without its source": (
        'source = "Memory"',
        "",
        "releases.1.searches.1.source: is missing; add a line `source = …`",
    ),
    "a reason that is none": (
        '"It was never *made*."',
        '" "',
        "releases.1.removed.zeta: must say why the study was removed",
    ),
    "no number of missed versions": (
        "missed = 2",
        "missed = 0",
        "retirement.missed: '0' must be a whole number above zero",
    ),
}


@pytest.mark.parametrize("how", FAULTS)
def test_a_fault_of_a_version_is_reported_with_its_keys(
    data: Path, capsys: pytest.CaptureFixture[str], how: str
) -> None:
    old, new, message = FAULTS[how]
    invented.replace(data / "releases.toml", old, new)
    code, lines = reported(capsys)
    assert code in {1, 2}
    assert f"data/releases.toml: {message}" in lines


def test_a_version_without_searches_or_a_plan_is_reported(
    data: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    text = invented.RELEASES
    searches = text[text.index("[[releases.searches]]") : text.index("[retirement]")]
    (data / "releases.toml").write_text(text.replace(searches, ""), encoding="utf-8")
    assert reported(capsys)[1] == [
        (
            "data/releases.toml: releases.0.searches: is missing: add a [[releases.searches]] "
            "for each kind of source that was searched"
        )
    ]
    (data / "releases.toml").write_text(text.partition("[retirement]")[0], encoding="utf-8")
    assert reported(capsys)[1] == [
        (
            "data/releases.toml: must contain a [retirement] with `missed` and `plan`; restore it "
            "from the repository"
        )
    ]


def change(**cells: str) -> dict[str, str]:
    return {"version": "2025.07", "kind": "added", "table": "studies", "id": "epsilon"} | cells


NUMBER = {"kind": "number", "table": "", "id": "studies", "field": "value", "after": "6"}

CHANGES: dict[str, tuple[list[dict[str, str]], str]] = {
    "an unknown version": (
        [change(version="2025.08")],
        "2: version: '2025.08' is no version in releases.toml",
    ),
    "an unknown kind": (
        [change(kind="moved")],
        "2: kind: 'moved' must be one of added, corrected, renamed, removed, number",
    ),
    "an unknown table": (
        [change(table="sources")],
        "2: table: 'sources' must be one of studies, datasets, base_models, results",
    ),
    "a table of a number": (
        [change(**NUMBER) | {"table": "studies"}],
        "2: table: 'studies' must be empty for a number",
    ),
    "no part of a number": (
        [change(**NUMBER) | {"field": "mean"}],
        "2: field: 'mean' must be value, low or high for a number",
    ),
    "a number that is none": (
        [change(**NUMBER) | {"after": "many"}],
        "2: after: 'many' must be a number or empty",
    ),
    "removed in silence": (
        [change(kind="removed", id="zeta"), change(kind="removed", id="zeta-2")],
        (
            "3: id: 'zeta-2' was removed without a reason; give it in releases.toml under "
            "[releases.removed] of version 2025.07"
        ),
    ),
    "another order": (
        [change(id="zeta"), change()],
        "3: is not in its place; write the file with python -m gen changes --record",
    ),
    "another order of tables": (
        [change(table="base_models", id="a"), change(table="datasets", id="b")],
        "3: is not in its place; write the file with python -m gen changes --record",
    ),
    "an id that is none": (
        [change(id="<b>")],
        (
            "2: id: '<b>' must be lower-case letters and digits joined by single hyphens "
            "(did you mean 'b'?)"
        ),
    ),
}


@pytest.mark.parametrize("how", CHANGES)
def test_a_fault_of_the_changes_is_reported_with_its_line(
    data: Path, capsys: pytest.CaptureFixture[str], how: str
) -> None:
    rows, message = CHANGES[how]
    invented.write_table(data, "changes", rows)
    code, lines = reported(capsys)
    assert (code, lines) == (1, [f"data/changes.csv:{message}"])


def test_every_fault_of_the_changes_is_reported_at_once(
    data: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    rows = [
        change(version="2025.08"),
        change(kind="moved"),
        change(table="sources"),
        change(),
        change(),  # twice the same line is in its place
        change(**NUMBER),
    ]
    invented.write_table(data, "changes", rows)
    code, lines = reported(capsys)
    assert code == 1
    assert [line.partition(": ")[2].partition(":")[0] for line in lines] == [
        "version",
        "kind",
        "table",
    ]


def test_missing_changes_are_reported(data: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (data / "changes.csv").unlink()
    assert reported(capsys) == (2, ["data/changes.csv: is missing; restore it from the repository"])


# The status box, in a browser.


BOX = """\
<div class="lsr-status" data-lsr-due="2025-12-31"><dl><dt>Next version due</dt>
<dd><time datetime="2025-12-31">31 December 2025</time></dd></dl></div>
"""
OLD = '<aside class="lsr-old"></aside>'


@pytest.mark.parametrize(
    ("today", "before", "said"),
    [
        ("2025-12-31T23:00:00", "", []),
        (
            "2026-01-01T01:00:00",
            "",
            ["Overdue: the next version was due on 31 December 2025 and has not appeared."],
        ),
        ("2026-01-01T01:00:00", OLD, []),  # an old version is not late, it is old
    ],
)
def test_the_status_box_says_when_the_next_version_is_late(
    browser: Browser, today: str, before: str, said: list[str]
) -> None:
    page = browser.new_page()
    page.clock.set_fixed_time(today)
    page.set_content(before + BOX)
    page.add_script_tag(path=ROOT / "docs/assets/js/overdue.js")
    assert page.locator(".lsr-overdue").all_text_contents() == said
    page.close()


# The real versions.


@pytest.mark.corpus
def test_the_dates_of_the_lists_are_those_of_the_sources() -> None:
    """Typed in releases.toml and known from sources.csv: they must not drift apart."""
    loaded = load(ROOT / "data")
    kinds = {"curated-list": "Curated lists", "listing": "arXiv listing"}
    read: dict[str, list[date]] = {}
    for source in loaded.sources:
        if source.raw_records and source.commit_date:
            read.setdefault(kinds[source.kind], []).append(
                date.fromisoformat(source.commit_date[:10])
            )
    searches = {search.source: search for search in loaded.release.searches}
    for kind, days in read.items():
        assert (searches[kind].oldest, searches[kind].newest) == (min(days), max(days)), kind


@pytest.mark.corpus
def test_the_newest_version_has_its_changes_recorded() -> None:
    loaded = load(ROOT / "data")
    recorded = [change for change in loaded.changes if change.version == loaded.release.version]
    assert all(isinstance(change, Change) for change in recorded)
    assert {"studies", "growth"} <= {change.id for change in recorded if change.kind == "number"}


CORRECTION = '[[releases.corrections]]\nwhat = "{}"\nsince = "{}"\nfinding = "{}"\n'
PERSON = '[[contributors]]\nname = "{}"\ndid = "coded"\norcid = "{}"\nagreed = {}\n'


@pytest.mark.parametrize(
    ("values", "message"),
    [
        (
            ("Wrong.", "2025.07", "None."),
            "since: '2025.07' must be a version before 2025.07: one of 2025.01",
        ),
        (("", "2025.01", "None."), "what: must be a sentence"),
        (("Wrong.", "2025.01", " "), "finding: ' ' must be a sentence"),
    ],
)
def test_a_correction_says_what_was_wrong_since_when(
    data: Path, capsys: pytest.CaptureFixture[str], values: tuple[str, ...], message: str
) -> None:
    file = data / "releases.toml"
    invented.replace(file, "[retirement]", CORRECTION.format(*values) + "[retirement]")
    said = f"data/releases.toml: releases.1.corrections.0.{message}"
    assert reported(capsys) == (1, [said])


@pytest.mark.parametrize(
    ("values", "message"),
    [
        ((" ", "", "2025-07-01"), "name: ' ' must be the name as the person writes it"),
        (
            ("Ada", "https://orcid.org/0000-0002-1825-0097", "2025-07-01"),
            (
                "orcid: 'https://orcid.org/0000-0002-1825-0097' must be a bare ORCID iD such as "
                "0000-0002-1825-0097"
            ),
        ),
        (
            ("Ada", "", "2026-01-01"),
            (
                "agreed: '2026-01-01' is after next_due of the newest version; write the day on "
                "which they agreed"
            ),
        ),
    ],
)
def test_a_contributor_is_named_with_the_day_of_consent(
    data: Path, capsys: pytest.CaptureFixture[str], values: tuple[str, ...], message: str
) -> None:
    with (data / "review.toml").open("a", encoding="utf-8") as file:
        file.write(PERSON.format(*values))
    assert reported(capsys) == (1, [f"data/review.toml: contributors.0.{message}"])
