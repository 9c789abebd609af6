"""What has one right form is given it, and no value changes."""

from __future__ import annotations

from contextlib import suppress
from pathlib import Path

import pytest

from gen.__main__ import main
from gen.contribute.tidy import spaced, tidied
from gen.corpus.load import load
from gen.problems import Unreadable
from tests import invented, real


@pytest.fixture
def data(tmp_path: Path) -> Path:
    return invented.write(tmp_path / "data")


def mended(data: Path) -> list[str]:
    """Mend, hold that a second time would change nothing, and name the files."""
    found = tidied(data)
    for file, text in found.items():
        file.write_bytes(text.encode())
    assert tidied(data) == {}
    return sorted(file.name for file in found)


def rewrite(file: Path, old: str, new: str) -> None:
    content = file.read_bytes().decode()
    assert old in content
    file.write_bytes(content.replace(old, new).encode())


# What an editor or a spreadsheet does to studies.csv: the old text, and what it becomes.
DAMAGES = {
    "a byte-order mark": ("id,name", "\ufeffid,name"),
    "line ends of Windows": ("\n", "\r\n"),
    "line ends of old": ("\n", "\r"),
    "accents apart": ("É", "E\u0301"),
    "a special space": ("Reading, with", "Reading,\u00a0with"),
    "two spaces": ("Reading, with", "Reading,  with"),
    "a break in a cell": ("Reading, with", "Reading,\nwith"),
    "spaces at the ends": ('"Reading, with commas"', '" Reading, with commas "'),
    "no space after the separator": ("Alt, Anna; Berg, Bo", "Alt, Anna;Berg, Bo"),
    "a separator at the end": ("Alt, Anna; Berg, Bo", "Alt, Anna; Berg, Bo;"),
    "needless quotes": ("alphaseg,AlphaSeg,", '"alphaseg","AlphaSeg",'),
    "an empty line": ("\nbetaread,", "\n\n,,\nbetaread,"),
    "no line end": (",2025-01-01,", ",2025-01-01,"),
}


@pytest.mark.parametrize("damage", DAMAGES)
def test_a_damage_is_mended_and_nothing_else_changes(damage: str, data: Path) -> None:
    file = data / "studies.csv"
    mended(data)
    before = file.read_bytes()
    rewrite(file, *DAMAGES[damage])
    if damage == "no line end":
        file.write_bytes(before.removesuffix(b"\n"))
    assert mended(data) == ["studies.csv"]
    assert file.read_bytes() == before
    load(data)


def test_lines_are_sorted_by_id_and_columns_as_the_codebook_has_them(data: Path) -> None:
    rows = invented.read_table(data, "datasets")
    order = list(reversed(invented.names("datasets")))
    lines = [",".join(order), *(",".join(row[name] for name in order) for row in reversed(rows))]
    right = (data / "datasets.csv").read_bytes()
    (data / "datasets.csv").write_text("\n".join(lines), encoding="utf-8")
    assert "datasets.csv" in mended(data)
    assert (data / "datasets.csv").read_bytes() == right


def test_records_keep_their_order_which_is_that_of_the_searches(data: Path) -> None:
    invented.write_table(data, "records", list(reversed(invented.SOUND["records"])))
    assert "records.csv" not in mended(data)


def test_a_line_with_too_few_cells_and_a_strange_header_stay_as_they_are(data: Path) -> None:
    with (data / "studies.csv").open("a", encoding="utf-8") as file:
        file.write("zz,too few\n")
    mended(data)
    assert (data / "studies.csv").read_text(encoding="utf-8").endswith("zz,too few\n")
    (data / "datasets.csv").write_text("b,a\n2,1\n1,2\n", encoding="utf-8")
    assert mended(data) == []


@pytest.mark.parametrize("name", ["review.toml", "references.bib"])
def test_other_files_lose_marks_and_spaces_at_the_ends_of_lines(name: str, data: Path) -> None:
    mended(data)
    before = (data / name).read_bytes()
    damaged = b"\xef\xbb\xbf" + before.replace(b"\n", b" \t\r\n") + b"\r\n\r\n"
    (data / name).write_bytes(damaged)
    assert mended(data) == [name]
    assert (data / name).read_bytes() == before


def test_what_cannot_be_read_is_named_and_left(data: Path) -> None:
    (data / "studies.csv").write_bytes(b"id,name\n\xff\n")
    (data / "datasets.csv").write_bytes(b'id,name\n"a,b\n')
    (data / "results.csv").unlink()
    with pytest.raises(Unreadable) as error:
        tidied(data)
    said = [str(problem).partition("data/")[2] for problem in error.value.problems]
    assert said == [
        "datasets.csv:2: the quotes do not match up from this line on (unexpected end of data)",
        "results.csv: is missing; restore it from the repository",
        "studies.csv:2: is not UTF-8 here; save the file again with the encoding UTF-8",
    ]


@pytest.mark.parametrize("content", ["", "\n", "\ufeff", ",,,\n", "id\n", '"""', "\x00", '"\r"'])
def test_no_content_ends_in_a_traceback(content: str, data: Path) -> None:
    (data / "studies.csv").write_text(content, encoding="utf-8", newline="")
    with suppress(Unreadable):  # which is a sentence
        mended(data)


def test_values_that_look_odd_are_no_form() -> None:
    for cell in ("=1+1", "n/a", "a\u200bb", "“x”", "10.1/A", "a;b"):
        assert spaced(cell) == cell


def test_the_command_says_what_it_mends(data: Path, capsys: pytest.CaptureFixture[str]) -> None:
    mended(data)
    rewrite(data / "studies.csv", "\n", "\r\n")
    damaged = (data / "studies.csv").read_bytes()
    assert main(["fmt", "--check", "--data", str(data)]) == 1
    assert capsys.readouterr().out.endswith("studies.csv: not in form\n")
    assert (data / "studies.csv").read_bytes() == damaged
    assert main(["fmt", "--data", str(data)]) == 0
    assert capsys.readouterr().out.endswith("studies.csv: mended\n")
    assert main(["fmt", "--check", "--data", str(data)]) == 0
    assert capsys.readouterr().out == "Every file is in form.\n"


@pytest.mark.corpus
def test_the_data_are_in_form() -> None:
    assert [file.name for file in tidied(real.DATA)] == []
