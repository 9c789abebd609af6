"""Rules within a row as data: the checker and the form of the site both go by them."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Final, Literal

from gen.corpus.rules.lines import Line, Tables, split
from gen.problems import Problem

# Of a cell: equals, differs, holds values (no marker of missing), holds several, holds this one.
Test = Literal["is", "is not", "has any", "has several", "has"]


@dataclass(frozen=True, slots=True)
class Condition:
    """Where all tests hold, the cell of the column is wrong."""

    tests: tuple[tuple[str, Test, str], ...]  # column, test, value
    column: str
    message: str
    fix: str = ""

    @property
    def value(self) -> str:
        """The one of several values that is wrong; "" for the whole cell."""
        found = (
            value for column, test, value in self.tests if (column, test) == (self.column, "has")
        )
        return next(found, "")


def holds(cell: str, test: Test, value: str) -> bool:
    match test:
        case "is":
            return cell == value
        case "is not":
            return cell != value
        case "has any":
            return bool(split(cell))
        case "has several":
            return len(split(cell)) > 1
        case "has":
            return value in split(cell)


def broken(tables: Tables, table: str, conditions: Iterable[Condition]) -> Iterator[Problem]:
    """Each line of a table for which a condition holds."""
    of = list(conditions)
    return (
        line.problem(
            each.column,
            each.message,
            value=each.value or line.cells[each.column],
            fix=each.fix,
        )
        for line in tables.lines[table]
        for each in of
        if _is_broken(line, each)
    )


def _is_broken(line: Line, condition: Condition) -> bool:
    return all(holds(line.cells[column], test, value) for column, test, value in condition.tests)


FINDABLE: Final = (
    Condition(
        (("arxiv", "is", ""), ("doi", "is", ""), ("url", "is", "")),
        "url",
        "is required where arxiv and doi are empty",
    ),
)
LICENCES: Final = (
    *(
        Condition(
            ((column, "is", "custom"), ("licence_note", "is", "")),
            "licence_note",
            f"is required where {column} is custom: what it allows or forbids",
        )
        for column in ("code_licence", "weights_licence")
    ),
    Condition(
        (("status", "is not", ""), ("status_url", "is", "")),
        "status_url",
        "is required where there is a status: the notice",
    ),
    Condition(
        (("status_url", "is not", ""), ("status", "is", "")),
        "status",
        "is required where there is a notice",
    ),
)


def _together(one: str, other: str) -> tuple[Condition, ...]:
    return tuple(
        Condition(
            ((full, "has any", ""), (empty, "is", "")), empty, f"is required where {full} is given"
        )
        for empty, full in ((one, other), (other, one))
    )


TRAIN_SIZES: Final = _together("train_size", "train_unit")
SIZES: Final = _together("size", "unit")
EVALUATIONS: Final = (
    Condition(
        (("training", "has", "none"), ("training", "has several", "")),
        "training",
        "must be the only value: it says that nothing was trained",
    ),
    Condition(
        (("training", "has", "none"), ("contribution", "is not", "evaluation")),
        "contribution",
        "must be evaluation where training is none",
    ),
    *(
        Condition(
            (("training", "has", "none"), (column, "is not", "n/a")),
            column,
            "must be n/a where training is none",
            "n/a",
        )
        for column in ("train_data", "train_size", "train_unit", "data_access")
    ),
)
WEIGHTS: Final = (
    Condition(
        (("weights", "has any", ""), ("weights_access", "is", "none")),
        "weights_access",
        "cannot be right where weights has an address",
    ),
)
# Table -> all of them.
CONDITIONS: Final = {
    "studies": (*FINDABLE, *LICENCES, *TRAIN_SIZES, *EVALUATIONS, *WEIGHTS),
    "datasets": SIZES,
    "base_models": (),
}
