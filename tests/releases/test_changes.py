"""What a version changed: each kind of change, the headline numbers, and what is refused."""

from __future__ import annotations

import csv
from pathlib import Path

import pytest

from gen.__main__ import main
from gen.corpus.load import load
from gen.releases.headlines import NUMBERS, headlines
from tests import invented


@pytest.fixture
def then(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The data of the first version."""
    monkeypatch.chdir(tmp_path)
    return invented.write(Path("then"))


@pytest.fixture
def data(then: Path) -> Path:
    """The data of the second version, in which every kind of change occurs once."""
    data = invented.write(then.parent / "data")
    invented.second(data)
    studies = invented.STUDIES[:-1]  # without zeta
    added = studies[4] | {"id": "eta", "name": "Eta", "arxiv": "2507.00001", "date": "2025-07"}
    invented.write_table(data, "studies", [*studies, added])
    invented.write_table(data, "second_coding", [])
    invented.change(data, "studies", 2, weights_access="gated", train_size="15001")
    invented.change(data, "studies", 3, train_unit="", train_size="")
    invented.change(data, "datasets", 2, name="Made-up CT, second edition")
    invented.append(data, "base_models", id="rootnet", name="RootNet", kind="vision")
    invented.change(data, "results", 2, value="0.86")
    return data


def lines(data: Path) -> list[tuple[str, ...]]:
    with (data / "changes.csv").open(encoding="utf-8", newline="") as file:
        return [tuple(row) for row in csv.reader(file)]


def run(*arguments: str) -> int:
    return main(["changes", *arguments])


def test_every_kind_of_change_is_recorded(data: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert run("--since", "then", "--record") == 0
    assert capsys.readouterr().out.endswith("studies: 1 added, 2 corrected, 0 renamed, 1 removed\n")
    result = (
        "made-up-eyes | segmentation | dice | {} | 0.85 | 0.9 | 120 | https://example.org/paper"
    )
    found = lines(data)
    assert found[0] == ("version", "kind", "table", "id", "field", "before", "after")
    assert [line[1:] for line in found[1:] if line[1] != "number"] == [
        ("added", "studies", "eta", "", "", "Eta"),
        ("added", "base_models", "rootnet", "", "", "RootNet"),
        ("corrected", "studies", "alphaseg", "train_size", "15000", "15001"),
        ("corrected", "studies", "alphaseg", "weights_access", "open", "gated"),
        ("corrected", "studies", "betaread", "train_size", "not-reported", ""),
        ("corrected", "studies", "betaread", "train_unit", "image-text-pairs", ""),
        (
            "corrected",
            "datasets",
            "made-up-ct",
            "name",
            "Made-up CT",
            "Made-up CT, second edition",
        ),
        ("corrected", "results", "alphaseg", "", result.format(0.874), result.format(0.86)),
        ("removed", "studies", "zeta", "", "Zeta", ""),
    ]
    numbers = {line[3:5]: line[5:] for line in found[1:] if line[1] == "number"}
    assert numbers["studies", "value"] == ("6", "6")
    assert numbers["base-models", "value"] == ("2", "3")
    assert numbers["weights", "value"] == ("0.5", "0")  # of the two coded: open and none
    assert numbers["vision-language", "value"] == ("0.1667", "0.1667")
    assert load(data).changes  # what was recorded passes the rules


def test_what_was_renamed_is_recorded_as_such(data: Path) -> None:
    invented.rename(data, "modalities", "ct", "tomography")
    invented.rename(data, "studies", "betaread", "beta-read")
    invented.rename(data, "datasets", "made-up-ct", "made-up-mri")  # which is there
    assert run("--since", "then", "--record") == 0
    found = [line[1:] for line in lines(data) if line[1] not in {"kind", "number"}]
    assert [line for line in found if line[0] in {"renamed", "removed"}] == [
        ("renamed", "studies", "beta-read", "", "betaread", "beta-read"),
        ("renamed", "datasets", "made-up-mri", "", "made-up-ct", "made-up-mri"),
        ("removed", "studies", "zeta", "", "Zeta", ""),
    ]
    assert [line[2:4] for line in found if line[0] == "corrected"] == [
        ("alphaseg", "train_size"),
        ("alphaseg", "weights_access"),
        ("beta-read", "train_size"),
        ("beta-read", "train_unit"),
        ("alphaseg", ""),
    ]
    assert load(data).changes


def test_recording_again_changes_nothing_and_keeps_other_versions(data: Path) -> None:
    kept = {"version": "2025.01", "kind": "number", "id": "studies", "field": "value", "after": "6"}
    invented.write_table(data, "changes", [kept])
    run("--since", "then", "--record")
    once = (data / "changes.csv").read_bytes()
    run("--since", "then", "--record")
    assert (data / "changes.csv").read_bytes() == once
    assert lines(data)[1] == ("2025.01", "number", "", "studies", "value", "", "6")


def test_without_record_nothing_is_written(data: Path) -> None:
    assert run("--since", "then") == 0
    assert len(lines(data)) == 1


def test_the_first_version_records_what_it_holds(then: Path) -> None:
    assert run("--data", "then", "--record") == 0
    found = lines(then)[1:]
    assert {line[1] for line in found} == {"number"}
    assert all(line[5] == "" for line in found)
    assert ("2025.01", "number", "", "studies", "value", "", "6") in found


def test_a_column_that_only_one_version_has_is_no_correction(data: Path, then: Path) -> None:
    rows = invented.read_table(then, "studies")
    with (then / "studies.csv").open("w", encoding="utf-8", newline="") as file:
        names = [name for name in rows[0] if name != "weights_access"] + ["colour"]
        writer = csv.DictWriter(file, names, extrasaction="ignore", lineterminator="\n")
        writer.writeheader()
        writer.writerows(row | {"colour": "red"} for row in rows)
    (then / "sources.csv").unlink()
    assert run("--since", "then", "--record") == 0
    fields = {line[4] for line in lines(data) if line[1] == "corrected"}
    assert fields == {"train_size", "train_unit", "name", ""}


def reported(capsys: pytest.CaptureFixture[str], *arguments: str) -> tuple[int, str]:
    code = run(*arguments)
    return code, capsys.readouterr().out.splitlines()[0]


def test_a_removed_study_needs_a_reason(data: Path, capsys: pytest.CaptureFixture[str]) -> None:
    invented.replace(data / "releases.toml", 'zeta = "', 'theta = "')
    assert run("--since", "then", "--record") == 1
    assert capsys.readouterr().out == (
        "data/releases.toml: removed: 'zeta' is not in version 2025.07 any longer: say why under "
        '[releases.removed] of that version, as zeta = "…"\n'
        "data/releases.toml: removed: 'theta' was not removed by version 2025.07: take it out of "
        "[releases.removed]\n"
        "2 problems in 6 studies\n"
    )
    assert len(lines(data)) == 1


def test_the_version_before_is_asked_for(
    data: Path, then: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert reported(capsys, "--data", str(data)) == (
        1,
        (
            "data/releases.toml: 2025.07 is compared with 2025.01: name the data folder of "
            "2025.01, out of its archive, with --since"
        ),
    )
    assert reported(capsys, "--since", "data") == (
        1,
        "data: is of version 2025.07, but the version before 2025.07 is 2025.01",
    )
    assert reported(capsys, "--data", "then", "--since", "then") == (
        1,
        "then/releases.toml: 2025.01 is the first version: leave --since out",
    )
    (then / "releases.toml").write_text("releases = 1", encoding="utf-8")
    assert reported(capsys, "--since", "then") == (
        2,
        (
            "then/releases.toml: names no version with the day of its newest search; is this a "
            "data folder?"
        ),
    )
    assert reported(capsys, "--since", "nowhere") == (
        2,
        "nowhere/releases.toml: is missing; restore it from the repository",
    )


def test_what_is_said_in_another_form_was_not_corrected(data: Path, then: Path) -> None:
    """Persons were written Given Family, and one column told what a study builds on."""
    rows = invented.read_table(then, "studies")
    for row in rows:
        row["authors"] = "Anna Alt; Bo Berg"
        for column in ("weights_from", "method_from", "tests"):
            del row[column]
    rows[1]["builds_on"] = "alphaseg; wordnet-x"
    rows[3]["builds_on"] = "stemnet"
    names = [name for name in invented.names("studies") if name in rows[0]]
    text = "".join(",".join(f'"{row[name]}"' for name in names) + "\n" for row in rows)
    (then / "studies.csv").write_text(",".join(names) + "\n" + text, encoding="utf-8")
    invented.change(data, "studies", 3, builds_on="wordnet-x", weights_from="alphaseg")
    assert run("--since", "then", "--record") == 0
    corrected = [(line[3], line[4]) for line in lines(data) if line[1] == "corrected"]
    assert ("betaread", "builds_on") not in corrected
    assert ("deltafit", "builds_on") in corrected
    assert not [id_ for id_, field in corrected if field == "authors"]


def test_a_cell_that_only_later_rules_refuse_counts_as_empty(data: Path, then: Path) -> None:
    invented.change(then, "records", 2, doi="no-doi")
    assert run("--since", "then", "--record") == 0
    assert ("2025.07", "number", "", "records", "value", "3", "3") in lines(data)


def test_a_spoilt_older_table_is_reported(
    data: Path, then: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    invented.change(then, "studies", 2, date="soon")
    assert reported(capsys, "--since", "then") == (
        2,
        "then/studies.csv:2: date: 'soon' must be a date as YYYY-MM-DD, YYYY-MM or YYYY",
    )
    assert data


def test_every_headline_number_is_measured(then: Path) -> None:
    found = headlines(load(then), 2025)
    assert [each.id for each in found] == list(NUMBERS)
    by_id = {each.id: each for each in found}
    # alphaseg and, through it, betaread and deltafit rest on stemnet; three are coded for it.
    assert by_id["most-used-root"].value == 1
    assert by_id["public-data"].value == 1
    assert by_id["published"].value == round(1 / 6, 4)
    low, high = by_id["published"].low, by_id["published"].high
    assert low is not None
    assert high is not None
    assert 0 < low < 1 / 6 < high < 1
    assert by_id["growth"].value is None  # six studies in two full years say nothing


def test_no_study_has_no_shares(then: Path) -> None:
    for table in ("studies", "second_coding", "results"):
        invented.write_table(then, table, [])
    invented.change(then, "records", 2, study="")
    found = {each.id: each.value for each in headlines(load(then), 2025)}
    assert found["studies"] == 0
    assert {found[id_] for id_, (_, form) in NUMBERS.items() if form == "share"} == {None}
