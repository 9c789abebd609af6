"""The facts table of a row: what its cells hold, as readers know it."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from typing import Any

from gen.corpus.cells import Missing
from gen.corpus.columns import Column, Row, columns
from gen.corpus.identifiers import URL
from gen.corpus.settings import Vocabulary
from gen.corpus.tables import FACETS, Study
from gen.text.format import format_date, number, parameters

# A size -> the column that says of what.
UNITS = {"train_size": "train_unit", "size": "unit"}
# A column of bare identifiers -> where they lead.
RESOLVERS = {"arxiv": "https://arxiv.org/abs/", "doi": "https://doi.org/"}
# A column that pages call otherwise than the codebook, as their values have a unit or need no way.
LABELS = {"parameters_m": "Parameters", "builds_on": "Builds on"}

Taxonomy = Mapping[str, Vocabulary]


def published(study: Study) -> str:
    """When and where the version appeared that counts, and when the first did."""
    venue = f", {study.venue}" if study.venue else ""
    first = f"; first appeared {format_date(study.date)}" * (study.date != study.published)
    return f"{format_date(study.published or '')}{venue}{first}"


# A column that is told in a sentence of its own -> how.
SENTENCES: dict[str, Callable[[Any], str]] = {
    "parameters_m": lambda study: parameters(study.parameters_m),
    "published": published,
}


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
                "label": LABELS.get(name, column.label),
                "state": state,
                "facet": facet,
                "value": "" if state else values(value) if facet else fact(row, column, taxonomy),
                "url": "" if state else address(row, name),
                "whole": name not in getattr(row, "partial", ()),
            }
        )
    return lines


def not_coded(row: Row, names: Iterable[str]) -> list[str]:
    """The labels of those columns that nobody has coded yet."""
    labels = {column.name: column.label for column in columns(type(row))} | LABELS
    return [labels[name] for name in names if row.missing.get(name) == Missing.NOT_CODED]


def values(value: Any) -> tuple[Any, ...]:  # noqa: ANN401 - what a cell may hold
    """Of any column, whether it holds one or many."""
    return value if isinstance(value, tuple) else (value,)


def fact(row: Row, column: Column, taxonomy: Taxonomy) -> str:
    """A value in words: the label of a term, a date or number as it is read, with its unit."""
    value = getattr(row, column.name)
    if column.name in SENTENCES:
        return SENTENCES[column.name](row)
    if column.vocabulary == "licence":
        term = taxonomy["licence"].terms[value]
        return f"{term.label} · commercial use {term.commercial or 'unclear'}"
    if column.vocabulary:
        terms = taxonomy[column.vocabulary].terms
        return ", ".join(terms[id_].label for id_ in values(value))
    if column.name in UNITS:
        unit = getattr(row, UNITS[column.name])
        return f"{number(value)} {taxonomy['unit'].terms[unit].label.lower() if unit else ''}"
    if column.name == "date":
        return format_date(value)
    return ", ".join(number(v) if isinstance(v, float) else str(v) for v in values(value))


def address(row: Row, name: str) -> str:
    """Where the value of a column leads; empty where it is no address."""
    text = RESOLVERS.get(name, "") + str(getattr(row, "status_url" if name == "status" else name))
    return text if URL.fullmatch(text) else ""
