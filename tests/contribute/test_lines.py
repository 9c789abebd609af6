"""Proposed rows: the line that they make, and what the checker says of them."""

from __future__ import annotations

import io
from pathlib import Path

import pytest

from gen.contribute.lines import Change, checked, placed
from gen.corpus.load import load
from tests import invented

NEW = invented.STUDY | {
    "id": "etanet",
    "name": "EtaNet",
    "title": "EtaNet, “quoted”, and more",
    "date": "2025-01-02",
    "arxiv": "2501.00009",
}


@pytest.fixture
def data(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    return invented.write(Path("data"))


def told(data: Path, *changes: Change) -> list[str]:
    return [str(problem) for problem in checked(data, changes)[1]]


def test_a_line_is_what_the_file_would_hold() -> None:
    change = Change("studies", NEW)
    assert change.line == invented.csv_line("studies", NEW)
    assert '"EtaNet, “quoted”, and more"' in change.line


def test_a_sound_row_has_no_problems_and_its_line_appended_passes(data: Path) -> None:
    (change,), problems = checked(data, [Change("studies", NEW)])
    assert problems == []
    with (data / "studies.csv").open("a", encoding="utf-8", newline="") as file:
        file.write(change.line)
    assert any(study.id == "etanet" for study in load(data).studies)


def test_a_row_with_new_data_sets_and_base_models_passes_with_their_rows(data: Path) -> None:
    study = Change("studies", NEW | {"train_data": "eta-set", "builds_on": "etastem"})
    dataset = Change("datasets", {"id": "eta-set", "name": "Eta Set"})
    model = Change("base_models", {"id": "etastem", "name": "EtaStem", "kind": "vision"})
    assert told(data, study, dataset, model) == []
    (missing,) = told(data, study, model)
    assert missing.startswith("data/studies.csv:8: train_data: 'eta-set' is no id in datasets.csv")


def test_a_work_that_is_there_is_refused_with_the_sentence_of_the_checker(data: Path) -> None:
    doubled = NEW | {"id": "aaa", "arxiv": "", "url": "https://arxiv.org/abs/2305.00001v2"}
    (refused,) = told(data, Change("studies", doubled))
    assert refused.endswith("is already that of 'alphaseg' on line 2")


def test_a_correction_takes_the_place_of_its_row(data: Path) -> None:
    row = invented.STUDIES[0] | {"modalities": "ct; xray"}
    (found,) = told(data, Change("studies", row, "alphaseg"))
    assert found.startswith("data/studies.csv:2: modalities: 'xray' must be one of")
    assert told(data, Change("studies", row | {"modalities": "ct"}, "alphaseg")) == []


@pytest.mark.parametrize("named", ["", "r3"])
@pytest.mark.parametrize(("decision", "draw"), [("include", ""), ("deferred", "1")])
def test_a_waiting_record_and_its_study_are_joined(
    data: Path, decision: str, draw: str, named: str
) -> None:
    invented.change(data, "records", 4, arxiv=NEW["arxiv"], decision=decision, draw=draw)
    changes, problems = checked(data, [Change("studies", NEW | {"record_id": named})])
    assert problems == []
    study, record = changes
    assert (study.cells["record_id"], record.of) == ("r3", "r3")
    assert (record.cells["decision"], record.cells["study"]) == ("include", "etanet")


def test_an_excluded_record_is_for_people_to_decide(data: Path) -> None:
    invented.change(data, "records", 3, arxiv=NEW["arxiv"])
    (found,) = told(data, Change("studies", NEW))
    assert "which was excluded" in found


def test_a_row_is_placed_by_its_id_and_a_correction_stays() -> None:
    rows = [{"id": "alpha", "name": "A"}, {"id": "gamma", "name": "C"}]
    new = Change("base_models", {"id": "beta", "name": "B"})
    assert [row["id"] for row in placed(rows, new)] == ["alpha", "beta", "gamma"]
    other = Change("base_models", {"id": "gamma", "name": "D"}, "gamma")
    assert [row["name"] for row in placed(rows, other)] == ["A", "D"]


def test_a_table_of_placed_rows_is_as_its_lines_say(data: Path) -> None:
    change = Change("studies", NEW)
    rows = placed(invented.read_table(data, "studies"), change)
    text = io.StringIO("".join(Change("studies", dict(row)).line for row in rows))
    assert change.line in text.getvalue().splitlines(keepends=True)
