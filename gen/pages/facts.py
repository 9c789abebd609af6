"""The facts table of a row: what its cells hold, as readers know it."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from gen.corpus.cells import Missing
from gen.corpus.columns import Column, Row, columns
from gen.corpus.identifiers import URL
from gen.corpus.settings import Vocabulary
from gen.corpus.tables import FACETS
from gen.text.format import format_date, number

# A size -> the column that says of what.
UNITS = {"train_size": "train_unit", "size": "unit"}
# A column of bare identifiers -> where they lead.
RESOLVERS = {"arxiv": "https://arxiv.org/abs/", "doi": "https://doi.org/"}

Taxonomy = Mapping[str, Vocabulary]


def facts(row: Row, names: Iterable[str], taxonomy: Taxonomy) -> list[dict[str, Any]]:
    """The lines of the table, in the order of the names; none where nothing is coded."""
    by_name = {column.name: column for column in columns(type(row))}
    lines: list[dict[str, Any]] = []
    for name in names:
        column, value = by_name[name], getattr(row, name)
        state = row.missing.get(name, "")
        if state == Missing.NOT_CODED or (not value and not state):
            continue
        facet = name if name in FACETS else ""
        lines.append(
            {
                "label": column.label,
                "state": state,
                "facet": facet,
                "value": "" if state else values(value) if facet else fact(row, column, taxonomy),
                "url": "" if state else address(name, value),
            }
        )
    return lines


def not_coded(row: Row, names: Iterable[str]) -> list[str]:
    """The labels of those columns that nobody has coded yet."""
    labels = {column.name: column.label for column in columns(type(row))}
    return [labels[name] for name in names if row.missing.get(name) == Missing.NOT_CODED]


def values(value: Any) -> tuple[Any, ...]:  # noqa: ANN401 - what a cell may hold
    """Of any column, whether it holds one or many."""
    return value if isinstance(value, tuple) else (value,)


def fact(row: Row, column: Column, taxonomy: Taxonomy) -> str:
    """A value in words: the label of a term, a date or number as it is read, with its unit."""
    value = getattr(row, column.name)
    if column.vocabulary:
        terms = taxonomy[column.vocabulary].terms
        return ", ".join(terms[id_].label for id_ in values(value))
    if column.name in UNITS:
        unit = getattr(row, UNITS[column.name])
        return f"{number(value)} {taxonomy['unit'].terms[unit].label.lower() if unit else ''}"
    if column.name == "date":
        return format_date(value)
    return ", ".join(number(v) if isinstance(v, float) else str(v) for v in values(value))


def address(name: str, value: Any) -> str:  # noqa: ANN401 - what a cell may hold
    """Where the value leads; empty where it is no address."""
    text = RESOLVERS.get(name, "") + str(value)
    return text if URL.fullmatch(text) else ""
