"""Tables as other programs read them: CSV and JSON."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Iterable, Mapping
from decimal import Decimal
from functools import cache
from typing import Any, Final

from gen.corpus.cells import SEPARATOR, Missing
from gen.corpus.columns import Row, columns

MISSING: Final = "missing"  # the name under which a row says why values are missing
# A spreadsheet runs a cell that starts with one of these as a formula (OWASP, "CSV Injection").
FORMULA = ("=", "+", "-", "@", "\t", "\r")


def table_csv(names: Iterable[str], rows: Iterable[Mapping[str, Any]]) -> str:
    """A table as CSV with cells that no spreadsheet takes for formulas."""
    names = list(names)
    return _lines(names, *([row[name] for name in names] for row in rows))


def rows_csv(model: type[Row], rows: Iterable[Row]) -> str:
    """A table of data/ as CSV: the columns and cells of the file."""
    return _lines([column.name for column in columns(model)]) + "".join(map(_row_csv, rows))


@cache  # a study is in the tables of many terms
def _row_csv(row: Row) -> str:
    return _lines([cell(row, column.name) for column in columns(type(row))])


def _lines(*lines: list[Any]) -> str:
    file = io.StringIO()
    writer = csv.writer(file, lineterminator="\n")
    writer.writerows(map(_safe, line) for line in lines)
    return file.getvalue()


def cell(row: Row, name: str) -> str:
    """The cell as it stands in the file, its kind of missing included."""
    value = getattr(row, name)
    if value is None or value == ():
        state = row.missing.get(name, Missing.NOT_CODED)
        return "" if state == Missing.NOT_CODED else state
    if isinstance(value, float):
        return format(Decimal(str(value)), "f").removesuffix(".0")
    return SEPARATOR.join(value) if isinstance(value, tuple) else str(value)


def record(row: Row) -> dict[str, Any]:
    """The row with its types: text, a number, a list or None in each column.

    Where columns are coded, `missing` says of each without a value why it has none.
    """
    names = columns(type(row))
    values = {column.name: getattr(row, column.name) for column in names}
    found = {n: list(value) if isinstance(value, tuple) else value for n, value in values.items()}
    return found | {MISSING: row.missing} if has_missing(type(row)) else found


def has_missing(model: type[Row]) -> bool:
    """Whether a value of the table can be missing in more than one way."""
    return any(column.coded for column in columns(model))


def rows_json(rows: Iterable[Row]) -> str:
    """A table as a JSON array, a row a line."""
    return "[" + ",\n".join(map(_row_json, rows)) + "]\n"


@cache
def _row_json(row: Row) -> str:
    return json_line(record(row))


def json_line(value: object) -> str:
    """JSON without spaces, its names in the order in which they came."""
    return json.dumps(value, ensure_ascii=False, separators=(",", ":"))


def _safe(value: object) -> object:
    if isinstance(value, str) and value.startswith(FORMULA):
        return "'" + value
    return "" if value is None else value


def as_json(value: object) -> str:
    return json.dumps(value, ensure_ascii=False, sort_keys=True, separators=(",", ":")) + "\n"
