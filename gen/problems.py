"""What can be wrong with data and pages, and how it is told: as text, for GitHub, as JSON."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable
from dataclasses import asdict, dataclass


@dataclass(frozen=True, slots=True)
class Problem:
    """One thing that a person must mend, at the place where they must mend it."""

    file: str
    line: int
    column: str
    id: str
    value: str
    message: str
    fix: str = ""

    def __str__(self) -> str:
        place = f"{self.file}:{self.line}: " if self.line else f"{self.file}: "
        column = f"{self.column}: " if self.column else ""
        value = f"{shown(self.value)} " if self.value else ""
        hint = f" (did you mean {shown(self.fix)}?)" if self.fix else ""
        return _visible(f"{place}{column}{value}{self.message}{hint}")


class DataError(Exception):
    """Every problem in the data at once, so that one run is enough to mend them."""

    exit_code = 1

    def __init__(self, problems: Iterable[Problem], studies: int = 0) -> None:
        self.studies = studies
        self.problems = sorted(problems, key=lambda p: (p.file, p.line, p.column, p.message))
        super().__init__("\n".join(map(str, self.problems)))

    @property
    def summary(self) -> str:
        return f"{_counted(self.problems, 'problem')} in {studies(self.studies)}"


class Unreadable(DataError):
    """A file that cannot be read as the table it should be, so that no rule could be tried."""

    exit_code = 2

    @property
    def summary(self) -> str:
        return f"{_counted(self.problems, 'fault')}; the rest was not checked"


class PageError(DataError):
    """Pages that cannot be published as they are, by whichever file they are made from."""

    @property
    def summary(self) -> str:
        return f"{_counted(self.problems, 'problem')} in the pages"


def studies(number: int) -> str:
    return f"{number} {'study' if number == 1 else 'studies'}"


def _counted(problems: list[Problem], what: str) -> str:
    return f"{len(problems)} {what}{'' if len(problems) == 1 else 's'}"


def _visible(line: str) -> str:
    """One line whatever it quotes: a break in it could pass for a workflow command of its own."""
    return "".join(c if c.isprintable() else repr(c)[1:-1] for c in line)


def shown(value: str, longest: int = 120) -> str:
    """A value between quotes on one line, with control characters made visible and cut if long."""
    text = value if len(value) <= longest else value[: longest - 1] + "…"
    return repr(text)


def text(problems: list[Problem]) -> str:
    return "".join(f"{problem}\n" for problem in problems)


def github(problems: list[Problem]) -> str:
    """Workflow commands, which GitHub shows beside the line in the pull request.

    Escaping as in https://github.com/actions/toolkit/blob/main/packages/core/src/command.ts.
    """

    def data(value: str) -> str:
        return value.replace("%", "%25").replace("\r", "%0D").replace("\n", "%0A")

    def attribute(value: str) -> str:
        return data(value).replace(":", "%3A").replace(",", "%2C")

    return "".join(
        f"::error file={attribute(p.file)},line={max(p.line, 1)},"
        f"title={attribute(p.column or p.file)}::{data(str(p))}\n"
        for p in problems
    )


def as_json(problems: list[Problem]) -> str:
    return json.dumps([asdict(p) for p in problems], ensure_ascii=False, indent=1) + "\n"


FORMATS: dict[str, Callable[[list[Problem]], str]] = {
    "text": text,
    "github": github,
    "json": as_json,
}
