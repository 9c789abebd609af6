"""The tables of a version under the ids of today, so that what was renamed is not taken for new.

A row or a term with another id is still the same: nothing was added or removed, and no cell that
names it was corrected. Where two were joined, cells that named either name the one that is left.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from functools import cache
from typing import Any, Final

from gen.corpus.cells import SEPARATOR
from gen.corpus.columns import columns
from gen.corpus.rules.lines import Line, split
from gen.corpus.tables import KINDS, QUOTING, TABLES

Names = Mapping[tuple[str, str], str]  # kind and old id -> id of today
Lines = dict[str, list[Line]]
Terms = dict[str, dict[str, Any]]  # vocabulary -> id -> the term as it is written

QUOTED: Final = ("first", "second", "decision", "value", "right")  # cells of the column in `field`


@dataclass(frozen=True, slots=True)
class Renamed:
    """An id of a version that has another name today."""

    kind: str
    old: str
    new: str
    is_joined: bool  # with what had the new id before
    lines: int  # that held the old one


def found(names: Names, lines: Lines, terms: Terms) -> Iterator[Renamed]:
    """What the names change in tables and terms."""
    for (kind, old), new in sorted(names.items()):
        ids = terms.get(kind, {}).keys() | {line.id for line in lines.get(KINDS[kind], ())}
        if old in ids:
            after = renamed({(kind, old): new}, lines)
            pairs = ((a, b) for table in lines for a, b in zip(lines[table], after[table]))  # noqa: B905 - line by line
            yield Renamed(kind, old, new, new in ids, sum(a is not b for a, b in pairs))


def renamed(names: Names, lines: Lines) -> Lines:
    """The lines with the ids of today; a row that was joined with another one keeps its own."""
    ids = {table: {line.id for line in of} for table, of in lines.items()}
    return {
        table: [_line(names, line, ids[table]) for line in of] if table in TABLES else of
        for table, of in lines.items()
    }


def terms_renamed(names: Names, terms: Terms) -> Terms:
    """The terms with the ids of today, without those that were joined with another one."""
    return {
        kind: {
            names.get((kind, id_), id_): _term(names, kind, term)
            for id_, term in of.items()
            if names.get((kind, id_)) not in of
        }
        for kind, of in terms.items()
    }


def _term(names: Names, kind: str, term: dict[str, Any]) -> dict[str, Any]:
    parent = term.get("parent")
    return term | {"parent": names.get((kind, parent), parent)} if parent else term


def _line(names: Names, line: Line, ids: set[str]) -> Line:
    changed = {}
    for name, cell in line.cells.items():
        kinds = _kinds(line.table, name)
        if name in QUOTED and line.table in QUOTING:
            kinds = _kinds("studies", line.cells["field"])
        values = split(cell) if kinds else ()
        new = [next((names[kind, v] for kind in kinds if (kind, v) in names), v) for v in values]
        if tuple(new) != values and not (name == "id" and new[0] in ids):
            changed[name] = SEPARATOR.join(dict.fromkeys(new))
    return replace(line, cells=line.cells | changed) if changed else line


@cache
def _kinds(table: str, name: str) -> tuple[str, ...]:
    """The kinds of things with pages whose ids stand in a column."""
    own = "studies" if table == "second_coding" else table
    column = next((each for each in columns(TABLES[table]) if each.name == name), None)
    if column is None:
        return ()
    among = {own} if name == "id" else {column.vocabulary, *column.refers}
    return tuple(kind for kind, place in KINDS.items() if place in among)
