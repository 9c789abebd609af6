"""All tables as one SQLite file, whose foreign keys say what names what.

A column for several values is a table of its own, `studies_tasks`: key of the row, position, value.
A vocabulary is a table too, `terms_tasks`, and so are the reasons why values are missing,
`studies_missing`. Rows that have no id are numbered by `row`.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Final

from gen.corpus.columns import Column, Row, columns
from gen.corpus.settings import Term, Vocabulary
from gen.corpus.tables import DOWNLOADS, KEYED
from gen.export.tables import MISSING, has_missing, record

TYPES: Final = {"string": "TEXT", "integer": "INTEGER", "number": "REAL"}
BLIND: Final = "second_coding"  # may name what the other tables lack, but is of their studies
LISTS: Final = {"aliases"}  # of a term: joined into one text
TERM: Final = tuple(name for name in Term.model_fields if name not in LISTS)


def database(
    tables: Mapping[str, Sequence[Row]],
    taxonomy: Mapping[str, Vocabulary],
    about: Mapping[str, str],
) -> bytes:
    """The file; `about` are the names and texts that it says of itself."""
    held = [Table(name, DOWNLOADS[name]) for name in tables]
    file = sqlite3.connect(":memory:")
    _fill(file, "about", {"name": "TEXT PRIMARY KEY", "value": "TEXT NOT NULL"}, about.items())
    for name, vocabulary in taxonomy.items():
        _terms(file, name, vocabulary)
    for named in sorted({c.refers for table in held for c in table.columns if c.refers}):
        if (to := _target(named)) not in tables:
            ids = sorted({id_ for name in named for id_ in _named(name, tables[name])})
            _fill(file, to, {"id": "TEXT PRIMARY KEY"}, ([id_] for id_ in ids))
    for table in held:
        table.write(file, [record(row) for row in tables[table.name]])
    file.commit()
    return file.serialize()


@dataclass(frozen=True, slots=True)
class Table:
    """A table of the data with those that its many-valued columns need."""

    name: str
    model: type[Row]

    @property
    def columns(self) -> tuple[Column, ...]:
        return columns(self.model)

    @property
    def key(self) -> str:
        return "id" if self.name in KEYED else "row"

    def to(self, column: Column) -> str:
        """The table of the values that the column may hold; "" for any."""
        if column.vocabulary:
            return f"terms_{column.vocabulary}"
        if self.name == BLIND:
            return "studies" if column.name == "id" else ""
        return _target(column.refers) if column.refers else ""

    def write(self, file: sqlite3.Connection, rows: Sequence[dict[str, Any]]) -> None:
        single = [column for column in self.columns if not column.many]
        number = {} if self.key == "id" else {"row": "INTEGER PRIMARY KEY"}
        rows = [{"row": place, **row} for place, row in enumerate(rows, start=1)]
        kept = [*number, *(column.name for column in single)]
        _fill(
            file,
            self.name,
            number | {column.name: self._type(column) for column in single},
            ([row[name] for name in kept] for row in rows),
        )
        for column in self.columns:
            if column.many:
                self._link(file, f"{self.name}_{column.name}", self._values(column, rows), column)
        if has_missing(self.model):
            told = ((r[self.key], name, r[MISSING][name]) for r in rows for name in r[MISSING])
            own = {self.key: self._own, "field": "TEXT NOT NULL", "kind": "TEXT NOT NULL"}
            _fill(file, f"{self.name}_{MISSING}", own, told, f"{self.key}, field")

    @property
    def _own(self) -> str:
        kind = "TEXT" if self.key == "id" else "INTEGER"
        return f"{kind} NOT NULL REFERENCES {self.name} ({self.key})"

    def _type(self, column: Column) -> str:
        to = self.to(column)
        parts = [
            TYPES[column.value["type"]],
            "PRIMARY KEY" if column.name == self.key else "",
            "NOT NULL" if column.required or column.many else "",
            f"REFERENCES {to} (id)" if to else "",
        ]
        return " ".join(filter(None, parts))

    def _values(self, column: Column, rows: Sequence[dict[str, Any]]) -> Iterator[Sequence[Any]]:
        for row in rows:
            for position, value in enumerate(row[column.name], start=1):
                yield row[self.key], position, value

    def _link(
        self, file: sqlite3.Connection, name: str, rows: Iterable[Sequence[Any]], column: Column
    ) -> None:
        own = {self.key: self._own, "position": "INTEGER NOT NULL", "value": self._type(column)}
        _fill(file, name, own, rows, f"{self.key}, position")


def _terms(file: sqlite3.Connection, name: str, vocabulary: Vocabulary) -> None:
    own = {"id": "TEXT PRIMARY KEY", "position": "INTEGER NOT NULL"}
    own |= dict.fromkeys((*TERM, *sorted(LISTS)), "TEXT NOT NULL")
    _fill(
        file,
        f"terms_{name}",
        own,
        (
            [id_, place, *(getattr(term, n) for n in TERM), "; ".join(term.aliases)]
            for place, (id_, term) in enumerate(vocabulary.terms.items(), start=1)
        ),
    )


def _target(refers: Sequence[str]) -> str:
    """The table with the ids of those tables: their own, or one for them all."""
    (first, *others) = refers
    return first if first in KEYED and not others else f"ids_{'_'.join(refers)}"


def _named(table: str, rows: Iterable[Row]) -> Iterator[str]:
    """What other tables call the rows of a table; a source, which has no id, by its name."""
    return (getattr(row, "id" if table in KEYED else "source") for row in rows)


def _fill(
    file: sqlite3.Connection,
    name: str,
    own: Mapping[str, str],
    rows: Iterable[Sequence[Any]],
    key: str = "",
) -> None:
    """Make a table (column -> its type) with its rows."""
    parts = [f'"{column}" {kind}' for column, kind in own.items()]
    parts += [f"PRIMARY KEY ({key})"] if key else []
    tail = ", WITHOUT ROWID" if key else ""
    file.execute(f'CREATE TABLE "{name}" ({", ".join(parts)}) STRICT{tail}')
    marks = ", ".join("?" * len(own))
    file.executemany(f'INSERT INTO "{name}" VALUES ({marks})', rows)  # noqa: S608 - our own names
