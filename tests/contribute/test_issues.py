"""Issues, as GitHub's forms write them, and what `from-issue` makes of them."""

from __future__ import annotations

import random
from pathlib import Path

import pytest

from gen.__main__ import main
from gen.contribute import issue_forms
from gen.contribute.issues import blocks
from gen.corpus.load import load
from tests import invented
from tests.real import DATA, ROOT

SUGGESTION = {
    "Title": "EtaNet: an invented model",
    "Address, arXiv id or DOI": "https://arxiv.org/abs/2501.00009v2",
    "Why it belongs here": "A new model for CT.",
}
STUDY = {
    "Title": "EtaNet: an invented model",
    "arXiv": "2501.00009",
    "DOI": "_No response_",
    "Authors": "Alt, Anna\nBerg, Bo",
    "First appeared": "2025-01-02",
    "Id": "etanet",
    "Name": "EtaNet",
    "Summary": "Made up, for the tests.",
    "Contribution": "Foundation model",
    "Family": "Vision-only",
    "Evidence": "https://example.org/paper",
    "Coded from": "- [x] Abstract\n- [ ] Full text\n- [X] Repository",
    "Other cells": "```text\nmodalities: ct; mri\ntrain_data: eta-set\n```",
    "New data sets and base models": "datasets\nid: eta-set\nname: Eta, the Set",
}
CORRECTION = {
    "Row": "https://example.org/review/studies/alphaseg/#facts",
    "What it should say": "- `modalities`: ct",
    "Where that is stated": "https://example.org/full",
}
TERM = {
    "Vocabulary": "modalities",
    "Term": "Thermography",
    "Definition": "Heat.",
    "Studies that need it": "alphaseg",
}


@pytest.fixture
def data(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    return invented.write(Path("data"))


def issue(answers: dict[str, str]) -> str:
    return "\n\n".join(f"### {label}\n\n{answer}" for label, answer in answers.items()) + "\n"


def said(capsys: pytest.CaptureFixture[str], answers: dict[str, str] | str) -> tuple[int, str]:
    text = answers if isinstance(answers, str) else issue(answers)
    Path("issue.md").write_text(text, encoding="utf-8", newline="")
    return main(["from-issue", "issue.md"]), capsys.readouterr().out


@pytest.mark.corpus
def test_the_forms_are_those_that_the_columns_make() -> None:
    for path, text in issue_forms.written(load(DATA)).items():
        assert (ROOT / path).read_text(encoding="utf-8") == text, "run `python -m gen issue-forms`"


@pytest.mark.usefixtures("data")
def test_three_fields_are_a_suggestion(capsys: pytest.CaptureFixture[str]) -> None:
    assert said(capsys, SUGGESTION) == (0, "A suggestion: accepted\n")


@pytest.mark.usefixtures("data")
def test_a_suggestion_of_what_is_here_is_refused(capsys: pytest.CaptureFixture[str]) -> None:
    known = SUGGESTION | {"Address, arXiv id or DOI": "10.48550/arXiv.2305.00001"}
    code, text = said(capsys, known)
    assert code == 1
    assert "is already that of 'alphaseg' on line 2" in text
    code, text = said(capsys, SUGGESTION | {"Why it belongs here": "_No response_"})
    assert (code, text.split("\n")[0]) == (
        1,
        "issue.md: lacks an answer to “Why it belongs here”",
    )


def test_a_study_with_a_new_data_set_is_lines_that_pass(
    data: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    code, text = said(capsys, STUDY)
    assert code == 0, text
    assert text.endswith("A study: accepted\n")
    for table in ("studies", "datasets"):
        line = text.split(f"data/{table}.csv: a new line\n")[1].split("\n")[0]
        with (data / f"{table}.csv").open("a", encoding="utf-8", newline="") as file:
            file.write(f"{line}\n")
    study = next(study for study in load(data).studies if study.id == "etanet")
    assert study.authors == ("Alt, Anna", "Berg, Bo")
    assert study.coded_from == ("abstract", "repository")
    assert (study.modalities, study.train_data) == (("ct", "mri"), ("eta-set",))


@pytest.mark.usefixtures("data")
def test_a_study_with_a_wrong_cell_is_refused(capsys: pytest.CaptureFixture[str]) -> None:
    code, text = said(capsys, STUDY | {"First appeared": "02/01/2025"})
    assert code == 1
    assert "date: '02/01/2025' must be a date as YYYY-MM-DD" in text
    assert text.endswith("A study: refused\n")


def test_a_correction_is_the_row_with_another_cell(
    data: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    code, text = said(capsys, CORRECTION)
    assert code == 0, text
    before = invented.read_table(data, "studies")[0]
    evidence = "https://example.org/paper; https://example.org/full"
    line = invented.csv_line("studies", before | {"modalities": "ct", "evidence": evidence})
    assert f"data/studies.csv: in place of alphaseg\n{line}" in text


@pytest.mark.usefixtures("data")
def test_a_term_is_for_people_unless_it_is_there(capsys: pytest.CaptureFixture[str]) -> None:
    assert said(capsys, TERM) == (0, "A term: accepted\n")
    code, text = said(capsys, TERM | {"Term": "CT"})
    assert code == 1
    assert "is 'ct' of modalities already" in text


BROKEN = {
    "nothing": "",
    "a letter": "Dear all, please add my study.",
    "another form": "### What happened?\n\nIt fell.",
    "a study without an id": issue(STUDY | {"Id": "_No response_"}),
    "an unknown column": issue(STUDY | {"Other cells": "colour: red"}),
    "no column": issue(STUDY | {"Other cells": "<script>alert(1)</script>"}),
    "cells before their table": issue(STUDY | {"New data sets and base models": "id: x"}),
    "a row without an id": issue(STUDY | {"New data sets and base models": "datasets\nname: x"}),
    "an unknown row": issue(CORRECTION | {"Row": "studies/alpha"}),
    "a row outside": issue(CORRECTION | {"Row": "../../etc/passwd"}),
    "a row of another kind": issue(CORRECTION | {"Row": "records/r1"}),
    "no correction": issue(CORRECTION | {"What it should say": ""}),
    "an unknown vocabulary": issue(TERM | {"Vocabulary": "colours"}),
}


@pytest.mark.usefixtures("data")
@pytest.mark.parametrize("text", BROKEN.values(), ids=BROKEN)
def test_a_broken_issue_ends_in_one_sentence(capsys: pytest.CaptureFixture[str], text: str) -> None:
    code, answer = said(capsys, text)
    assert code == 1
    assert answer.startswith("issue.md: ")
    assert answer.count("\n") == 2  # the sentence, and how many problems there are


@pytest.mark.usefixtures("data")
@pytest.mark.parametrize("content", [b"\xff\xfe### Title", b"### Title\n" * 30_000])
def test_what_is_no_issue_cannot_be_read(
    capsys: pytest.CaptureFixture[str], content: bytes
) -> None:
    Path("issue.md").write_bytes(content)
    assert main(["from-issue", "issue.md"]) == 2
    assert capsys.readouterr().out.startswith("issue.md:")


@pytest.mark.usefixtures("data")
def test_a_missing_file_is_said(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["from-issue", "none.md"]) == 2
    assert capsys.readouterr().out.startswith(
        "none.md: is missing; save the text of the issue in it\n"
    )


def test_any_text_has_blocks() -> None:
    chance = random.Random(14)  # noqa: S311 - no secret
    marks = ["### ", "```", "\n", "\r\n", "- [x] ", "_No response_", "Title", ":", "\0", "é"]
    for _ in range(2000):
        found = blocks("".join(chance.choices(marks, k=30)))
        assert all(label.strip() for label in found)
