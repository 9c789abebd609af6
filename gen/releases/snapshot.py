"""The data folder of any version, read as far as today's columns go: for comparing versions.

Columns change between versions. One that an older folder lacks is empty in what this gives, one
that is no longer known is left out, and of the rules only those of a single cell are tried.
"""

from __future__ import annotations

import csv
import io
import tomllib
from collections.abc import Container
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any, Final

from gen.corpus.columns import Row, columns
from gen.corpus.corpus import Corpus
from gen.corpus.load import check_folder, read_text, rows
from gen.corpus.rules.lines import Line
from gen.corpus.tables import FILES, FIRST_LINE, KINDS, TABLES
from gen.problems import Problem, Unreadable
from gen.releases import renames
from gen.releases.renames import Names, Renamed, Terms

# The tables that headline numbers are made from.
COUNTED: Final = {name: model for name, model in TABLES.items() if name != "second_coding"}
NONE: Final[Names] = {}


@dataclass(frozen=True, slots=True)
class Written:
    """The tables of a folder as text, for comparing cells."""

    columns: dict[str, tuple[str, ...]]  # table -> the columns that its file has, and we know
    lines: dict[str, list[Line]]
    terms: Terms
    renamed: tuple[Renamed, ...]  # what has another name in `lines` and `terms` than in the folder

    def ids(self, kind: str) -> set[str]:
        """The ids of a kind of thing that has pages."""
        rows = {line.id for line in self.lines.get(KINDS[kind], ())}
        return rows | self.terms.get(kind, {}).keys()

    @property
    def names(self) -> Names:
        """What ids of older versions are called in this one."""
        lines = [line.cells for line in self.lines["renames"]]
        return {
            (cells["kind"], cells["old"]): cells["new"]
            for cells in lines
            if cells["kind"] in KINDS and cells["new"] in self.ids(cells["kind"])
        }


@dataclass(frozen=True, slots=True)
class Snapshot(Written):
    """A version's data: as text, and as rows, for counting."""

    version: str
    incomplete_year: int  # the year of its newest search
    corpus: Corpus


def read(folder: Path, today: Corpus, names: Names = NONE) -> Snapshot:
    """Read a folder; what is no row, such as the terms, is taken from today's corpus.

    `names` are those that its ids have today.
    """
    version, incomplete_year = release(folder / "releases.toml")
    text = written(folder, names)
    counted = rows_then(text.lines)
    corpus = replace(today, **counted, second_coding=(), changes=(), lines={})
    own = (text.columns, text.lines, text.terms, text.renamed)
    return Snapshot(*own, version, incomplete_year, corpus)


def written(folder: Path, names: Names = NONE) -> Written:
    """The tables and terms of a folder under these names, whether or not they keep the rules."""
    check_folder(folder)
    had = {name: table(folder / f"{name}.csv", model) for name, model in FILES.items()}
    lines = {name: of for name, (_, of) in had.items()}
    terms = terms_of(folder / "taxonomy.toml")
    return Written(
        {name: columns for name, (columns, _) in had.items()},
        renames.renamed(names, lines),
        renames.terms_renamed(names, terms),
        tuple(renames.found(names, lines, terms)),
    )


def terms_of(file: Path) -> Terms:
    """Vocabulary -> its terms as they are written; nothing where that cannot be read."""
    try:
        tables = tomllib.loads(file.read_text(encoding="utf-8"))
        return {name: dict(each["terms"]) for name, each in tables.items()}
    except (OSError, ValueError, LookupError, TypeError):
        return {}


def rows_then(lines: dict[str, list[Line]]) -> dict[str, Any]:
    """The rows of each table that is counted; a cell that only later rules refuse is empty.

    Raises Unreadable where a row is none without it.
    """
    refused: list[Problem] = []
    made = rows(COUNTED, lines, refused)
    if not refused:
        return made
    at = {(problem.file, problem.line, problem.column) for problem in refused}
    still: list[Problem] = []
    made = rows(
        COUNTED,
        {name: [_without(line, at) for line in each] for name, each in lines.items()},
        still,
    )
    if still:
        raise Unreadable(refused)
    return made


def _without(line: Line, at: Container[tuple[str, int | None, str]]) -> Line:
    """The line, its cells at those places empty."""
    return replace(
        line,
        cells={
            column: "" if (line.file, line.number, column) in at else cell
            for column, cell in line.cells.items()
        },
    )


def release(file: Path) -> tuple[str, int]:
    """Version and year of the newest search, whatever else the file holds."""
    try:
        newest = tomllib.loads(read_text(file))["releases"][-1]
        return str(newest["version"]), int(newest["searched"].year)
    except (tomllib.TOMLDecodeError, LookupError, TypeError, AttributeError):
        what = "names no version with the day of its newest search; is this a data folder?"
        raise Unreadable([Problem(file=file.as_posix(), message=what)]) from None


def table(file: Path, model: type[Row]) -> tuple[tuple[str, ...], list[Line]]:
    """The columns of a file that are known today, and its lines; none of a file not there yet."""
    known = [column.name for column in columns(model)]
    if not file.exists():
        return (), []
    try:
        reader = csv.DictReader(io.StringIO(read_text(file), newline=""), strict=True)
        had = tuple(name for name in known if name in (reader.fieldnames or ()))
        lines = [
            Line(file.stem, file.as_posix(), number, {name: row.get(name) or "" for name in known})
            for number, row in enumerate(reader, start=FIRST_LINE)
        ]
    except csv.Error as error:
        what = f"is no table of cells with commas between them: {error}"
        raise Unreadable([Problem(file=file.as_posix(), message=what)]) from None
    return had, lines
