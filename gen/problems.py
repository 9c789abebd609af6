"""What can be wrong with data and pages, and how it is reported: as text, for GitHub, as JSON."""

from __future__ import annotations

import difflib
import json
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from dataclasses import asdict, dataclass, replace
from pathlib import Path
from typing import Literal


@dataclass(frozen=True, kw_only=True, slots=True)
class Problem:
    """One thing that a person must fix, or look at, at the place where they must do so."""

    file: str
    line: int = 0  # 0: the file as a whole
    column: str = ""  # of a table, or a path of keys in a TOML file
    id: str = ""  # of the row
    value: str = ""  # what is there now
    message: str  # what must be, in words that follow the value
    fix: str = ""  # what to write instead, where that is clear
    # An error must be mended; a warning may be wrong, and stops nothing.
    severity: Literal["error", "warning"] = "error"

    @property
    def is_error(self) -> bool:
        return self.severity == "error"

    def renamed(self, at: Path, folder: Path) -> Problem:
        """As one of another folder, also where its message names another line."""
        file, message = (
            text.replace(at.as_posix(), folder.as_posix()) for text in (self.file, self.message)
        )
        return replace(self, file=file, message=message)

    def __str__(self) -> str:
        place = f"{self.file}:{self.line}: " if self.line else f"{self.file}: "
        place += "" if self.is_error else "warning: "
        column = f"{self.column}: " if self.column else ""
        value = f"{shown(self.value)} " if self.value else ""
        hint = f" (did you mean {shown(self.fix, 2000)}?)" if self.fix else ""  # to be copied
        return _visible(f"{place}{column}{value}{self.message}{hint}")


class DataError(Exception):
    """Every problem in the data at once, so that one run is enough to fix them.

    Without a number of studies it is a command that refuses, before it writes anything.
    """

    exit_code = 1

    def __init__(self, problems: Iterable[Problem], studies: int | None = None) -> None:
        self.studies = studies
        self.problems = in_order(problems)
        super().__init__("\n".join(map(str, self.problems)))

    @property
    def summary(self) -> str:
        if self.studies is None:
            return f"{_counted(self.problems)}; nothing was written"
        return summary(self.problems, self.studies)


class Unreadable(DataError):
    """A file that cannot be read as the table it should be, so that no rule could be tried."""

    exit_code = 2

    @property
    def summary(self) -> str:
        return f"{_counted(self.problems)}; the rest was not checked"


class PageError(DataError):
    """Pages that cannot be published as they are, by whichever file they are made from."""

    @property
    def summary(self) -> str:
        return f"{_counted(self.problems)} in the pages"


def in_order(problems: Iterable[Problem]) -> list[Problem]:
    """Errors before warnings, each by file and line."""
    return sorted(problems, key=lambda p: (not p.is_error, p.file, p.line, p.column, p.message))


@contextmanager
def collecting(problems: list[Problem]) -> Iterator[None]:
    """Keep the problems of an error that is raised within, so that what follows is read too."""
    try:
        yield
    except DataError as error:
        problems += error.problems


def studies(number: int) -> str:
    return f"{number} {'study' if number == 1 else 'studies'}"


def summary(problems: list[Problem], number: int) -> str:
    """What a check found in so many studies."""
    return f"{_counted(problems)} in {studies(number)}"


def _counted(problems: list[Problem]) -> str:
    """How many errors, and after them the warnings if there are any."""
    errors = sum(problem.is_error for problem in problems)
    warnings = len(problems) - errors
    counted = f"{errors or 'no'} problem{'' if errors == 1 else 's'}"
    if warnings:
        counted += f" and {warnings} warning{'' if warnings == 1 else 's'}"
    return counted


def _visible(line: str) -> str:
    """One line whatever it quotes: a break in it could pass for a workflow command of its own."""
    return "".join(c if c.isprintable() else repr(c)[1:-1] for c in line)


def shown(value: str, longest: int = 120) -> str:
    """A value between quotes on one line, with control characters made visible and cut if long."""
    text = value if len(value) <= longest else value[: longest - 1] + "…"
    return repr(text)


def unknown(value: str, what: str, among: Iterable[str]) -> str:
    """Say that a value is not what it should be, and which one was most likely meant."""
    near = difflib.get_close_matches(value, list(among), n=1)
    return f"{value!r} is not {what}" + (f" (did you mean {near[0]!r}?)" if near else "")


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
        f"::{p.severity} file={attribute(p.file)},line={max(p.line, 1)},"
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
