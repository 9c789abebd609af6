"""What a row looks like in JSON: JSON Schema, from the columns and the vocabularies."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any, Final

from gen.corpus.cells import Missing
from gen.corpus.columns import Column, Row, columns
from gen.corpus.settings import Vocabulary
from gen.export.tables import MISSING, has_missing

DRAFT: Final = "https://json-schema.org/draft/2020-12/schema"
TEXT: Final[dict[str, Any]] = {"type": "string"}
ADDRESS: Final[dict[str, Any]] = {"type": "string", "pattern": "^https://"}
NUMBER: Final[dict[str, Any]] = {"type": "integer", "minimum": 0}
KINDS: Final[dict[str, Any]] = {
    "type": "object",
    "description": "Why a coded column has no value: column -> kind of missing.",
    "additionalProperties": {"enum": [kind.value for kind in Missing]},
}


def a_list(of: Mapping[str, Any]) -> dict[str, Any]:
    return {"type": "array", "items": of}


def an_object(required: Mapping[str, Any], about: str = "") -> dict[str, Any]:
    """An object that has at least these, by name; a version may add others."""
    told = {"description": about} if about else {}
    return {"type": "object", **told, "required": list(required), "properties": {**required}}


def or_null(of: Mapping[str, Any]) -> dict[str, Any]:
    return {"anyOf": [of, {"type": "null"}]}


def value(column: Column, taxonomy: Mapping[str, Vocabulary]) -> dict[str, Any]:
    """One value of a column."""
    if column.vocabulary:
        return {"type": "string", "enum": list(taxonomy[column.vocabulary].terms)}
    return dict(column.value)


def row(
    model: type[Row], taxonomy: Mapping[str, Vocabulary], only: Iterable[str] = ()
) -> dict[str, Any]:
    """A row as `export.tables.record` gives it, or some of its columns."""
    kept = list(only) or [column.name for column in columns(model)]
    parts = {c.name: _cell(c, taxonomy) for c in columns(model) if c.name in kept}
    return parts | {MISSING: KINDS} if has_missing(model) else parts


def _cell(column: Column, taxonomy: Mapping[str, Vocabulary]) -> dict[str, Any]:
    one = value(column, taxonomy)
    told = {"title": column.label, "description": column.about}
    if column.many:
        return told | a_list(one)
    return told | (one if column.required else or_null(one))
