"""The report on a change: what it lists, what it stops, and that no cell can forge it."""

from __future__ import annotations

import re
import subprocess
from pathlib import Path

import pytest

from gen.__main__ import main
from tests import invented

CODE = re.compile(r"(?<!`)(`+)(?!`)(.+?)(?<!`)\1(?!`)")  # a code span, as CommonMark defines it


@pytest.fixture(autouse=True)
def _place(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    invented.write(Path("then"))
    invented.write(Path("data"))


def run(capsys: pytest.CaptureFixture[str], *arguments: str) -> tuple[int, str]:
    code = main(["report", "then", *arguments])
    return code, capsys.readouterr().out


def test_nothing_to_report_is_said(capsys: pytest.CaptureFixture[str]) -> None:
    code, text = run(capsys)
    assert code == 0
    assert "**The data pass the check.**" in text
    assert "No table, term or setting differs." in text
    assert "No headline number and no category moves." in text


def test_rows_numbers_and_categories_are_told(capsys: pytest.CaptureFixture[str]) -> None:
    data = Path("data")
    added = invented.STUDIES[4] | {"id": "eta", "name": "Eta", "arxiv": "2501.00009"}
    invented.append(data, "studies", **added, modalities="ct")
    invented.change(data, "studies", 2, train_size="15001", note="N")
    invented.append(data, "base_models", id="rootnet", name="RootNet", kind="vision")
    invented.replace(data / "references.bib", "Inventing", "Finding")
    code, text = run(capsys)
    assert code == 0
    for line in (
        "### Studies: 1 added, 1 changed",
        "- added: `eta`, `Eta`",
        "- changed: `alphaseg`\n  - `train_size`: `15000` → `15001`\n  - `note`: *(empty)* → `N`",
        "### Base models: 1 added",
        "- `references.bib`: changed",
        "- Studies: 6 → 7",
        "- Vision-language, share of studies: 16.7% → 14.3%",
        "- `family: vision-only` 5 → 6",
        "- `modalities: ct` 1 → 2",
    ):
        assert line in text, text
    assert "`modalities: mri`" not in text


def test_problems_are_named_and_numbers_wait(capsys: pytest.CaptureFixture[str]) -> None:
    invented.change(Path("data"), "studies", 2, train_unit="image")
    code, text = run(capsys)
    assert code == 1
    assert "**1 problem in the data.**" in text
    assert "- `data/studies.csv:2: train_unit: 'image' must be one of " in text
    assert "(did you mean 'images'?)`" in text
    assert "  - `train_unit`: `volumes` → `image`" in text
    assert "It can be told once the problems above are mended." in text


def test_what_cannot_be_read_is_said(capsys: pytest.CaptureFixture[str]) -> None:
    Path("data/studies.csv").write_text('id,name\n"a', encoding="utf-8")
    code, text = run(capsys)
    assert code == 2
    assert "- `data/studies.csv:1: the header lacks " in text
    assert "The rest cannot be told before the files above can be read." in text
    assert run(capsys, "--data", "nowhere")[0] == 2
    assert main(["report", "never-made"]) == 2
    said = "never-made: is neither a folder nor a revision that holds data; see `git log`\n"
    assert capsys.readouterr().out.startswith(said)


def test_what_is_gone_names_its_addresses_and_terms(capsys: pytest.CaptureFixture[str]) -> None:
    for folder in (Path("then"), Path("data")):
        for anchor in ("", "top"):
            invented.append(
                folder, "permalinks", page="/studies/zeta/", anchor=anchor, since="2025.01"
            )
    data = Path("data")
    invented.write_table(data, "studies", invented.STUDIES[:-1])
    invented.write_table(data, "second_coding", [])
    invented.write_table(data, "permalinks", invented.read_table(data, "permalinks")[1:])
    taxonomy = data / "taxonomy.toml"
    text = taxonomy.read_text(encoding="utf-8")
    term = '\n[tasks.terms.tasting]\nlabel = "Tasting"\ndefinition = "By mouth."\n'
    taxonomy.write_text(text + term, encoding="utf-8")
    text = run(capsys)[1]
    assert "- removed: `zeta`, `Zeta`" in text
    assert "- `/studies/zeta/` goes, with 2 recorded addresses: **it needs a line in " in text
    assert "- no longer recorded: `/ | 2025.01`" in text
    assert "- new: `tasks: tasting`" in text
    invented.append(data, "renames", kind="studies", old="zeta", new="epsilon", since="2025.01")
    text = run(capsys)[1]
    assert "- `studies: zeta` was joined with `epsilon`: 1 line named it, and 2 recorded" in text
    assert "goes, with" not in text


def test_what_was_renamed_is_neither_new_nor_gone(capsys: pytest.CaptureFixture[str]) -> None:
    for folder in (Path("then"), Path("data")):
        for page in ("/modalities/ct/", "/studies/alphaseg/", "/datasets/made-up-ct/"):
            invented.append(folder, "permalinks", page=page, since="2025.01")
        invented.append(folder, "second_coding", **invented.STUDIES[0] | {"modalities": "ct"})
        quoted = {"first": "mri; ct", "second": "ct", "decision": "mri; ct", "why": "It reads."}
        invented.append(folder, "adjudication", study="alphaseg", field="modalities", **quoted)
    invented.rename(Path("data"), "modalities", "ct", "tomography")
    invented.rename(Path("data"), "studies", "alphaseg", "alpha-seg")
    invented.rename(Path("data"), "datasets", "made-up-ct", "made-up-mri")  # which is there
    code, text = run(capsys)
    assert code == 0, text
    on = ", and 1 recorded address of it leads on"
    assert [line for line in text.splitlines() if line] == [
        "## What this changes",
        "**The data pass the check.**",
        "### Other files",
        "- `renames.csv`: 3 lines new, 0 gone",
        "### Renamed",
        f"- `datasets: made-up-ct` was joined with `made-up-mri`: 3 lines named it{on}",
        f"- `modalities: ct` is now called `tomography`: 4 lines named it{on}",
        f"- `studies: alphaseg` is now called `alpha-seg`: 7 lines named it{on}",
        "### Effect on numbers",
        "- Data sets: 3 → 2",
    ]


def many(folder: str, number: int) -> None:
    for file in Path(folder).iterdir():
        file.unlink()
    Path(folder).rmdir()
    invented.many(Path(folder), number)


@pytest.mark.parametrize(("number", "what"), [(15, "lines are gone"), (28, "lines are new")])
def test_a_sudden_change_of_size_waits_for_a_label(
    capsys: pytest.CaptureFixture[str], number: int, what: str
) -> None:
    many("then", 20)
    many("data", number)
    code, text = run(capsys)
    assert code == 1
    assert text.startswith("## What this changes\n\n### A sudden change\n")  # before all it breaks
    assert f"of 26 {what}, more than 10%; where that is meant, a maintainer sets the label" in text
    code, text = run(capsys, "--allow-size")
    assert code == 0
    assert "sudden" not in text
    many("data", 21)  # one line more of 26 is no sudden change
    assert run(capsys)[0] == 0


def test_a_column_that_was_emptied_is_a_sudden_change(capsys: pytest.CaptureFixture[str]) -> None:
    many("then", 20)
    many("data", 20)
    rows = invented.read_table(Path("data"), "studies")
    gone = {"backbone": "", "train_size": "", "train_unit": "", "adaptation": "", "tasks": ""}
    invented.write_table(Path("data"), "studies", [row | gone for row in rows])
    code, text = run(capsys)
    assert code == 1
    assert "cells were emptied, more than 10%" in text


HOSTILE = [
    "<img src=x onerror=alert(1)>",
    "@octocat closes #1",
    "[here](https://evil.example) ![x](https://evil.example/x.png)",
    "a | b",
    "``` `code` ``",
    "`",
    "a\u202eb\u2028c",
    "**x** $`x`$ https://evil.example &lt; ::error::",
    "# heading",
]


@pytest.mark.parametrize("text", HOSTILE)
def test_no_cell_can_forge_the_report(capsys: pytest.CaptureFixture[str], text: str) -> None:
    invented.change(Path("data"), "studies", 2, note=f"{text}\n\n# {text}", name=text, tasks=text)
    invented.append(Path("data"), "base_models", id=text, name=text, kind=text)
    said = run(capsys)[1]
    assert re.split("[`\u202e]", text)[0] in said
    for line in said.splitlines():
        rest = CODE.sub("", line)
        assert not re.search(r"[<>@|`\[\]$\u202e\u2028]|https?:|&", rest), line
        assert re.match(r"(#{2,3} |\s*- |[A-Z*]|$)", rest), line


def test_a_summary_is_appended_and_problems_become_annotations(
    capsys: pytest.CaptureFixture[str],
) -> None:
    Path("summary.md").write_text("before\n", encoding="utf-8")
    invented.change(Path("data"), "studies", 2, train_unit="image")
    code, text = run(capsys, "--summary", "summary.md")
    assert code == 1
    assert text.startswith("::error file=data/studies.csv,line=2,title=train_unit::")
    assert text.count("\n") == 1
    assert Path("summary.md").read_text(encoding="utf-8").startswith("before\n## What this ")


def test_a_revision_stands_for_its_data(capsys: pytest.CaptureFixture[str]) -> None:
    def git(*arguments: str) -> None:
        who = ["-c", "user.name=A", "-c", "user.email=a@example.org"]
        subprocess.run(["git", *who, *arguments], check=True, capture_output=True)  # noqa: S607

    git("init", "--quiet")
    git("add", "data")
    git("commit", "--quiet", "-m", "data")
    invented.change(Path("data"), "studies", 2, train_unit="image")
    decided = {"study": "alphaseg", "field": "family", "first": "vision-only", "why": "It reads."}
    both = {"second": "vision-language", "decision": "vision-language"}
    invented.append(Path("data"), "adjudication", **decided, **both)
    git("commit", "--quiet", "-a", "-m", "wrong")
    assert main(["report", "HEAD^"]) == 1
    working = capsys.readouterr().out
    assert main(["report", "HEAD^", "HEAD"]) == 1
    assert capsys.readouterr().out == working
    assert "`data/studies.csv:2: train_unit: 'image' " in working
    assert "is not what the study's row holds (data/studies.csv:2)" in working
    assert main(["report", "--", "--output=evil"]) == 2
    assert not Path("evil").exists()


def test_a_long_text_is_shown_where_it_differs(capsys: pytest.CaptureFixture[str]) -> None:
    for folder, end in (("then", "old end."), ("data", "new end.")):
        invented.change(Path(folder), "studies", 2, note=f"{'word ' * 100}{end}")
    shown = re.search(r"`note`: `…(.*)` → `…(.*)`", run(capsys)[1])
    assert shown
    assert shown[1].endswith("old end.")
    assert shown[2].endswith("new end.")
