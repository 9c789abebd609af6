"""Chooses rows by conditions, as pages written by hand ask for them."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any, TypeVar

from gen.corpus.columns import Row, columns
from gen.corpus.corpus import Corpus
from gen.corpus.tables import TABLES, Study
from gen.problems import unknown

AnyRow = TypeVar("AnyRow", bound=Row)

# What may be asked for like a column and joins several -> one of these, with what they may hold.
JOINED = {"roots": "builds_on"}
# What may be asked of studies besides.
ASKED = ("year", "since", "published")


def meeting(
    rows: Iterable[AnyRow], model: type[AnyRow], conditions: Mapping[str, object], corpus: Corpus
) -> list[AnyRow]:
    """Return the rows that meet every condition.

    A condition names a column and its value, or a list of which any will do; None asks for an
    empty cell. `stated` names columns that hold a value; of studies, `year` and `since` ask for
    the year of first appearance, `published` for a venue, and `roots` for whatever they start from
    or test.

    Raises ValueError for a condition that no row could meet.
    """
    chosen = list(rows)
    for name, wanted in conditions.items():
        values = wanted if isinstance(wanted, list) else [wanted]
        if name == "stated":
            stated = [known(str(value), model) for value in values]
            chosen = [row for row in chosen if all(has(row, each) for each in stated)]
        elif model is Study and name in ASKED:
            chosen = [row for row in chosen if isinstance(row, Study) and _is(row, name, values)]
        else:
            _check(known(name, model), model, values, corpus)
            wants = {None if value is None else str(value) for value in values}
            chosen = [row for row in chosen if wants & _cell(row, name)]
    return chosen


def known(name: str, model: type[Row]) -> str:
    """Return the name of a column of a table.

    Raises ValueError if it has none of the name.
    """
    names = [column.name for column in columns(model)]
    if JOINED.get(name, name) not in names:
        table = next(table for table, each in TABLES.items() if each is model)
        raise ValueError(unknown(name, f"a column of {table}.csv", names))
    return name


def has(row: Row, name: str) -> bool:
    """Whether a cell holds a value; one that is marked as missing holds none."""
    return getattr(row, name) not in (None, ())


def _check(name: str, model: type[Row], values: Iterable[object], corpus: Corpus) -> None:
    """Raise ValueError for a value that no row may hold."""
    column = next(each for each in columns(model) if each.name == JOINED.get(name, name))
    allowed = list(corpus.taxonomy[column.vocabulary].terms) if column.vocabulary else []
    for table in column.refers:
        key = "source" if table == "sources" else "id"
        allowed += [getattr(row, key) for row in getattr(corpus, table)]
    for value in values:
        if allowed and value is not None and value not in allowed:
            raise ValueError(unknown(str(value), f"a value of {name}", allowed))


def _is(study: Study, name: str, values: list[Any]) -> bool:
    if name == "published":
        return (not study.is_preprint) in values
    return study.year >= values[0] if name == "since" else study.year in values


def _cell(row: Row, name: str) -> set[str | None]:
    """The values of a cell as text; None for an empty one."""
    value = getattr(row, name)
    if isinstance(value, tuple):
        return set(value) or {None}
    return {None if value is None else str(value)}
