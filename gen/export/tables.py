"""Tables as other programs read them: CSV and JSON."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Iterable, Mapping
from decimal import Decimal
from typing import Any

from gen.corpus.cells import SEPARATOR, Missing
from gen.corpus.columns import Row, columns

# A spreadsheet runs a cell that starts with one of these as a formula (OWASP, "CSV Injection").
FORMULA = ("=", "+", "-", "@", "\t", "\r")


def table_csv(names: Iterable[str], rows: Iterable[Mapping[str, Any]]) -> str:
    """A table as CSV with cells that no spreadsheet takes for formulas."""
    file = io.StringIO()
    writer = csv.writer(file, lineterminator="\n")
    names = list(names)
    writer.writerow(names)
    for row in rows:
        writer.writerow([_safe(row[name]) for name in names])
    return file.getvalue()


def rows_csv(model: type[Row], rows: Iterable[Row]) -> str:
    """A table of data/ as CSV: the columns and cells of the file."""
    names = [column.name for column in columns(model)]
    return table_csv(names, ({name: cell(row, name) for name in names} for row in rows))


def cell(row: Row, name: str) -> str:
    """The cell as it stands in the file, its kind of missing included."""
    value = getattr(row, name)
    if value is None or value == ():
        state = row.missing.get(name, Missing.NOT_CODED)
        return "" if state == Missing.NOT_CODED else state
    if isinstance(value, float):
        return format(Decimal(str(value)), "f").removesuffix(".0")
    return SEPARATOR.join(value) if isinstance(value, tuple) else str(value)


def _safe(value: object) -> object:
    if isinstance(value, str) and value.startswith(FORMULA):
        return "'" + value
    return "" if value is None else value


def as_json(value: object) -> str:
    return json.dumps(value, ensure_ascii=False, sort_keys=True, separators=(",", ":")) + "\n"
