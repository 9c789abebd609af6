"""How a column is described, and what a row of any table is."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from typing import Any, Final, get_args

from pydantic import BaseModel, BeforeValidator, ConfigDict, Field
from pydantic.fields import FieldInfo

KEYWORDS: Final = ("type", "pattern", "minimum", "exclusiveMinimum", "maximum")
TEXTS: Final[tuple[Any, ...]] = (str, str | None, tuple[str, ...])


def column(  # noqa: PLR0913 - one keyword for each thing that a column can be
    label: str,
    about: str,
    *,
    required: bool = False,
    many: bool = False,
    vocabulary: str = "",
    refers: str = "",
    coded: bool = False,
    longest: int = 2000,
) -> Any:  # noqa: ANN401 - what pydantic itself declares
    """Describe one column of a table.

    `coded` columns know three kinds of missing: empty, `not-reported` and `n/a`; in the others an
    empty cell means that there is none. `refers` names the tables in which the value must be an id.
    """
    default: Any = ... if required else () if many else None
    return Field(
        default,
        title=label,
        description=about,
        json_schema_extra={
            "required": required,
            "many": many,
            "vocabulary": vocabulary,
            "refers": [*refers.split()],
            "coded": coded,
            "longest": longest,
        },
    )


class Row(BaseModel):
    """One line of a table that passed every rule."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    # column -> "not-coded", "not-reported" or "n/a", for each coded column without a value.
    missing: dict[str, str] = {}

    def __hash__(self) -> int:
        """Of the values: `missing` is none, and only says why some are not there."""
        return hash(tuple(value for value in vars(self).values() if not isinstance(value, dict)))


@dataclass(frozen=True, slots=True)
class Column:
    """What the checker, the codebook and the pages need to know of a column."""

    name: str
    label: str
    about: str
    required: bool
    many: bool
    vocabulary: str
    refers: tuple[str, ...]
    coded: bool
    longest: int
    kind: str  # the function of cells.py that takes one value; "": any text
    free: bool  # a text in a person's words: no term, id, number, date or address
    value: dict[str, Any]  # the form of one value, as JSON Schema; terms are in the vocabulary


@cache
def columns(model: type[Row]) -> tuple[Column, ...]:
    """The columns of a table in the order of the file."""
    described = []
    forms = model.model_json_schema()["properties"]
    for name, info in model.model_fields.items():
        extra: Any = info.json_schema_extra
        if extra:  # `missing` is no column
            about = info.description or ""
            traits = {**extra, "refers": tuple(extra["refers"])}
            # The kinds of cells.py are annotations of their own, or leave metadata.
            free = info.annotation in TEXTS and not info.metadata
            free = free and not extra["vocabulary"] and not extra["refers"]
            label = info.title or name
            value = _value(forms[name])
            kind = _kind(info)
            column = Column(
                name=name, label=label, about=about, kind=kind, free=free, value=value, **traits
            )
            described.append(column)
    return tuple(described)


def _kind(info: FieldInfo) -> str:
    """The annotation is that of one value, or one of the parts of several or none."""
    parts = (getattr(part, "__metadata__", ()) for part in get_args(info.annotation))
    found = (each for part in (info.metadata, *parts) for each in part)
    return next((each.func.__name__ for each in found if isinstance(each, BeforeValidator)), "")


def _value(form: dict[str, Any]) -> dict[str, Any]:
    """The form of one value, out of that of a column that may hold several or none."""
    filled = next(part for part in form.get("anyOf", [form]) if part["type"] != "null")
    one = filled.get("items", filled)
    return {keyword: one[keyword] for keyword in KEYWORDS if keyword in one}
