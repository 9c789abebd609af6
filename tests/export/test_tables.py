"""What other programs read, read back by parsers that are not ours."""

from __future__ import annotations

import csv
import io
import re
from pathlib import Path

import pytest

from gen.corpus.cells import SEPARATOR
from gen.corpus.columns import columns
from gen.corpus.load import load
from gen.corpus.tables import TABLES, Study
from gen.export import tables as export
from tests import invented
from tests.analysis.test_tables import study as made
from tests.real import ROOT, files

# Columns that hold any number: 86.0 and 86 are the same in them.
NUMBERS = {"parameters_m", "value", "ci_low", "ci_high", "comparator_value"}


@pytest.mark.corpus
@pytest.mark.parametrize("table", TABLES)
def test_a_downloaded_table_holds_the_cells_of_the_table(table: str) -> None:
    with (ROOT / "data" / f"{table}.csv").open(encoding="utf-8", newline="") as file:
        kept = list(csv.DictReader(file))
    text = str(dict(files())[f"data/{table}.csv"])
    assert text.endswith("\n")
    assert "\r" not in text
    sheet = list(csv.DictReader(io.StringIO(text)))
    if table == "studies":
        sheet.sort(key=lambda row: row["id"])
        kept.sort(key=lambda row: row["id"])
    assert len(sheet) == len(kept)
    for row, line in zip(sheet, kept, strict=True):
        for column, cell in line.items():
            if column in NUMBERS and re.fullmatch(r"[\d.]+", cell):
                assert float(row[column]) == float(cell)
            else:
                assert row[column] == ("'" + cell if cell.startswith(export.FORMULA) else cell)


def test_a_downloaded_table_passes_the_checker(tmp_path: Path) -> None:
    """So that a reader may edit it and send it back."""
    data = invented.write(tmp_path / "data")
    invented.change(data, "studies", 2, parameters_m="307", train_size="900000000000000")
    invented.change(data, "results", 2, value="0.0000001", ci_low="0")
    before = load(data)
    for table, model in TABLES.items():
        text = export.rows_csv(model, getattr(before, table))
        (data / f"{table}.csv").write_text(text, encoding="utf-8", newline="")
    after = load(data)
    for table in TABLES:
        assert getattr(after, table) == getattr(before, table)
    assert "307" in (data / "studies.csv").read_text(encoding="utf-8").split(",")


@pytest.mark.parametrize("start", ["=", "+", "-", "@", "\t", "\r"])
def test_no_cell_is_a_formula(start: str) -> None:
    cell = f'{start}HYPERLINK("https://evil.example","x")'
    (sheet,) = csv.DictReader(io.StringIO(export.table_csv(["a", "b"], [{"a": cell, "b": "b"}])))
    assert sheet == {"a": "'" + cell, "b": "b"}


def test_no_cell_of_a_study_is_a_formula() -> None:
    text = export.rows_csv(
        Study,
        [made("a").model_copy(update={"title": "=1+1", "authors": ("@x", "=y"), "note": "-1"})],
    )
    (row,) = csv.DictReader(io.StringIO(text))
    assert (row["title"], row["authors"], row["note"]) == ("'=1+1", "'@x; =y", "'-1")


def test_numbers_stay_numbers_and_nothing_stays_nothing() -> None:
    assert export.table_csv(["a", "b"], [{"a": -0.5, "b": None}]) == "a,b\n-0.5,\n"


def test_the_kinds_of_missing_survive_a_download() -> None:
    kept = made("a").model_copy(
        update={"missing": {"training": "n/a", "train_size": "not-reported", "code": "not-coded"}}
    )
    cells = {column.name: export.cell(kept, column.name) for column in columns(Study)}
    assert (cells["training"], cells["train_size"], cells["code"]) == ("n/a", "not-reported", "")
    assert (cells["note"], cells["authors"]) == ("", "Alt, Anna")
    assert export.cell(made("a", modalities=("ct", "mri")), "modalities") == f"ct{SEPARATOR}mri"


def test_json_is_one_line_the_same_each_time() -> None:
    assert export.as_json({"b": "é", "a": [1, None]}) == '{"a":[1,null],"b":"é"}\n'
