"""Rows that people propose: checked among all the others, and as the lines of their files."""

from __future__ import annotations

import csv
import io
from bisect import bisect_left
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Final

from gen.corpus import load
from gen.corpus.columns import columns
from gen.corpus.rules.lines import Line, Tables
from gen.corpus.tables import FILES, FIRST_LINE
from gen.problems import DataError, Problem, in_order

PROPOSED: Final = ("studies", "datasets", "base_models")  # tables to which anybody may add a row

Cells = dict[str, str]


@dataclass(frozen=True, slots=True)
class Change:
    """A row of a table, new or in the place of another; what it lacks is empty."""

    table: str
    cells: Cells
    of: str = ""  # id of the row that it replaces

    @property
    def whole(self) -> Cells:
        """Every cell of the row in the order of the file."""
        return {name: self.cells.get(name, "") for name in names(self.table)}

    @property
    def line(self) -> str:
        """As the file holds it, with its line end."""
        text = io.StringIO()
        csv.writer(text, lineterminator="\n").writerow(self.whole.values())
        return text.getvalue()


def names(table: str) -> list[str]:
    return [column.name for column in columns(FILES[table])]


def placed(rows: Iterable[Mapping[str, str]], change: Change) -> list[Mapping[str, str]]:
    """The rows of a table with the change among them: in its place, or where its id belongs."""
    found = list(rows)
    if change.of:
        return [change.whole if row["id"] == change.of else row for row in found]
    found.insert(bisect_left([row["id"] for row in found], change.cells["id"]), change.whole)
    return found


def checked(data: Path, changes: Sequence[Change]) -> tuple[list[Change], list[Problem]]:
    """Join a study to the record of its work that waits, and say what the checker says of it all.

    The changes come back with those that joining makes. The problems are of the whole data where
    they are errors, and of the proposed rows where they are warnings. New rows are read after all
    others, so that what is there twice is told of them. Raises Unreadable as the checker does.
    """
    tables, problems = load.read(data)
    found = [*changes]
    told = _problems(tables, problems, found)
    if joining := [each for change in changes for each in _joined(tables, change, told)]:
        kept = [c for c in found if not any(j.table == c.table and _same(j, c) for j in joining)]
        found = [*kept, *joining]
        told = _problems(tables, problems, found)
    return found, told


def _same(one: Change, other: Change) -> bool:
    return one.cells.get("id") == other.cells.get("id")


def _joined(tables: Tables, change: Change, told: Iterable[Problem]) -> list[Change]:
    """The study with the record that it names or the checker misses, and that record with it."""
    id_ = change.cells.get("id", "")
    missed = (p.fix for p in told if (p.column, p.id) == ("record_id", id_) and not p.value)
    record = tables.by_id("records").get(change.cells.get("record_id") or next(missed, ""))
    if change.table != "studies" or record is None:
        return []
    if record.cells["decision"] == "exclude" or record.cells["study"]:
        return []
    study = replace(change, cells=change.cells | {"record_id": record.id})
    cells = record.cells | {"decision": "include", "study": id_}
    return [study, Change("records", cells, record.id)]


def _problems(
    tables: Tables, before: Sequence[Problem], changes: Iterable[Change]
) -> list[Problem]:
    lines = {name: list(of) for name, of in tables.lines.items()}
    for change in changes:
        _put(lines[change.table], change, tables.folder)
    problems = [*before]
    try:
        problems += load.checked(replace(tables, lines=lines), []).warnings
    except DataError as error:
        problems += error.problems
    ids = {(f"{tables.folder}/{c.table}.csv", c.cells.get("id", "")) for c in changes}
    return in_order(p for p in problems if p.is_error or (p.file, p.id) in ids)


def _put(lines: list[Line], change: Change, folder: str) -> None:
    """Put the row in the place of another, or after all of its table."""
    places = {line.id: place for place, line in enumerate(lines)}
    place = places.get(change.of, len(lines))
    number = lines[place].number if place < len(lines) else len(lines) + FIRST_LINE
    row = Line(change.table, f"{folder}/{change.table}.csv", number, change.whole)
    lines[place : place + 1] = [row]
