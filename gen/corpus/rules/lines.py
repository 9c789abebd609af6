"""The lines of the tables as they stand in the files, and what every rule asks of them."""

from __future__ import annotations

import difflib
import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import lru_cache
from itertools import chain, product
from typing import Final, Literal

from gen.corpus.cells import MARKERS
from gen.corpus.characters import has_entity
from gen.corpus.columns import Column, Row, columns
from gen.corpus.settings import (
    Hosts,
    Picking,
    Reference,
    Release,
    Retirement,
    Review,
    Searches,
    Vocabulary,
)
from gen.corpus.tables import FILES, KINDS, TABLES
from gen.corpus.wordings import missing, month_and_number
from gen.problems import Problem

# In a table longer than this a near id is sought only among those that begin with the same letter:
# typing errors there are rare, and a column that is wrong in every line would take an hour.
MAX_COMPARED: Final = 1000
# How near a suggestion must be: to a term of a short list, to an id among thousands of others.
TERM: Final = 0.75
ID: Final = 0.85


@lru_cache(maxsize=100_000)  # several rules ask for the same cells, and cells repeat down a column
def split(cell: str) -> tuple[str, ...]:
    """The values of a cell; none where it is empty or holds a marker of missing."""
    if not cell or cell in MARKERS:
        return ()
    return tuple(value for part in cell.split(";") if (value := part.strip()))


@dataclass(frozen=True, slots=True)
class Line:
    """A line of a table as it stands in the file, under a right header."""

    table: str
    file: str
    number: int
    cells: dict[str, str]

    @property
    def id(self) -> str:
        return self.cells.get("id", self.cells.get("study", ""))

    def values(self, column: str) -> tuple[str, ...]:
        return split(self.cells[column])

    def is_told(self, column: Column) -> bool:
        """Whether a rule speaks of the whole cell, so that its values need no message each."""
        cell = self.cells[column.name]
        return (
            len(cell) > column.longest
            or is_worded(self, column)
            or (column.name == "id" and month_and_number(cell) is not None)
            or (column.many and column.free and has_entity(cell))
        )

    def problem(
        self,
        column: str,
        message: str,
        *,
        value: str = "",
        fix: str = "",
        severity: Literal["error", "warning"] = "error",
    ) -> Problem:
        return Problem(
            file=self.file,
            line=self.number,
            column=column,
            id=self.id,
            value=value,
            message=message,
            fix=fix,
            severity=severity,
        )


@dataclass(frozen=True, slots=True)
class Tables:
    """Everything in data/ as it was read, not yet checked."""

    folder: str
    lines: dict[str, list[Line]]
    broken: list[Line]  # lines with too many or too few cells: references to them still hold
    taxonomy: dict[str, Vocabulary]
    releases: tuple[Release, ...]
    retirement: Retirement
    review: Review
    hosts: Hosts
    picking: Picking
    searching: Searches
    references: dict[str, Reference]

    def by_id(self, name: str) -> dict[str, Line]:
        """The whole lines of a table by id; the first one where an id is taken twice."""
        by_id: dict[str, Line] = {}
        for line in self.lines[name]:
            by_id.setdefault(line.id, line)
        by_id.pop("", None)
        return by_id

    def ids(self, *names: str) -> dict[str, None]:
        """Every id in the named tables in their order, those of broken lines too."""
        return {
            line.cells["source" if line.table == "sources" else "id"]: None
            for name in names
            for line in (*self.lines[name], *self.broken)
            if line.table == name
        }

    def ids_of(self, kind: str) -> Iterable[str]:
        """The ids of a kind of thing that has pages."""
        name = KINDS[kind]
        return self.ids(name) if name in TABLES else self.taxonomy[name].terms


def is_worded(line: Line, column: Column) -> bool:
    """Whether a cell says in other words than ours that there is no value."""
    cell = line.cells[column.name]
    if line.table not in TABLES or line.table == "adjudication" or column.required:
        return False
    kind = missing(cell)
    # `none` is a term of some vocabularies, and likely meant where it is written.
    likely = cell.lower() == "none" and bool(column.vocabulary)
    return kind is not None and cell not in MARKERS and not likely


def cells(
    tables: Tables,
    wanted: Callable[[Column], bool] = lambda _: True,
    files: Mapping[str, type[Row]] = FILES,
) -> Iterator[tuple[Line, Column]]:
    """Line by line: looking down the columns of ten thousand lines takes four times as long."""
    return chain.from_iterable(
        product(tables.lines[table], filter(wanted, columns(model)))
        for table, model in files.items()
    )


def same(known: Iterable[str]) -> dict[str, str]:
    """Spellings of ids: in lower case."""
    return {id_.lower(): id_ for id_ in known}


def near(value: str, spellings: Mapping[str, str], cutoff: float = TERM) -> str:
    """The id that a person most likely meant; empty if none is near.

    Other digits are another thing: `unimed-5m` is not `unimed`.
    """
    wanted = value.strip().lower()
    if wanted in spellings:
        return spellings[wanted]
    digits = re.findall("[0-9]+", wanted)
    among = list(spellings)
    if len(among) > MAX_COMPARED:
        among = [spelling for spelling in among if spelling[:1] == wanted[:1]]
    among = [spelling for spelling in among if re.findall("[0-9]+", spelling) == digits]
    found = difflib.get_close_matches(wanted, among, n=1, cutoff=cutoff)
    return spellings[found[0]] if found else ""
