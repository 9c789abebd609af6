"""The only reader of data/: files to lines, lines through the rules, lines to a Corpus."""

from __future__ import annotations

import csv
import io
import re
import tomllib
from collections.abc import Iterator, Mapping
from dataclasses import replace
from functools import cache
from pathlib import Path
from typing import Any, Final

from pydantic import TypeAdapter, ValidationError

from gen.corpus import literature
from gen.corpus.cells import MARKERS
from gen.corpus.columns import Column, Row, columns
from gen.corpus.corpus import Corpus
from gen.corpus.rules import flow as flow_rules
from gen.corpus.rules import versions as version_rules
from gen.corpus.rules.lines import Line, Tables
from gen.corpus.rules.register import rule_problems
from gen.corpus.settings import (
    Hosts,
    Picking,
    Reference,
    Releases,
    Review,
    Searches,
    Vocabulary,
)
from gen.corpus.tables import FILES, TABLES
from gen.problems import DataError, Problem, Unreadable, collecting, in_order

# Above every cell that the tables hold, so that the csv module never gives up on one.
csv.field_size_limit(10_000_000)


# file -> what it holds
TOML_FILES: Final[dict[str, Any]] = {
    "taxonomy": dict[str, Vocabulary],
    "releases": Releases,
    "review": Review,
    "hosts": Hosts,
    "picks": Picking,
    "search": Searches,
}


def load(data: Path) -> Corpus:
    """Return everything in data/, with the warnings.

    Raises Unreadable or DataError with every problem, where one of them is an error.
    """
    return checked(*read(data))


def checked(tables: Tables, problems: list[Problem]) -> Corpus:
    """Return what was read, checked; the problems are those found on the way, and grow.

    Raises DataError with every problem, where one of them is an error.
    """
    corpus = Corpus(
        **rows(FILES, tables.lines, problems),
        taxonomy=tables.taxonomy,
        releases=tables.releases,
        review=tables.review,
        hosts=tables.hosts,
        picking=tables.picking,
        searching=tables.searching,
        references=tables.references,
        retirement=tables.retirement,
        lines={line.id: line.number for line in tables.lines["studies"]},
        folder=tables.folder,
    )
    problems += rule_problems(tables)
    if not has_error(problems):  # the numbers of rows that break a rule would not add up either
        problems += flow_rules.problems(corpus, tables.folder)
    if has_error(problems):
        raise DataError(problems, len(tables.lines["studies"]))
    return replace(corpus, warnings=tuple(in_order(problems)))


def has_error(problems: list[Problem]) -> bool:
    return any(problem.is_error for problem in problems)


def rows(
    files: Mapping[str, type[Row]], lines: Mapping[str, list[Line]], problems: list[Problem]
) -> dict[str, Any]:
    """The rows of each file, studies oldest first; problems of the other lines are added."""

    def of(model: type[Row], line: Line) -> Iterator[Row]:
        try:
            yield model.model_validate(values(model, line))
        except ValidationError as error:
            told = {column.name for column in columns(model) if line.is_told(column)}
            errors = [dict(each) for each in error.errors() if each["loc"][0] not in told]
            problems.extend(_cell_problem(line, each) for each in errors)

    made: dict[str, Any] = {
        name: tuple(row for line in lines[name] for row in of(model, line))
        for name, model in files.items()
    }
    made["studies"] = tuple(sorted(made["studies"], key=lambda study: (study.date, study.id)))
    return made


def values(model: type[Row], line: Line) -> dict[str, Any]:
    """What pydantic validates: cells split where they hold several values, markers set apart."""
    present: dict[str, Any] = {}
    missing: dict[str, str] = {}
    for column in columns(model):
        name, cell = column.name, line.cells[column.name]
        if cell in MARKERS or (column.coded and not cell):
            missing[name] = MARKERS.get(cell, "not-coded")
        elif cell:
            present[name] = line.values(name) if column.many else cell
    return {**present, "missing": missing}


def read(data: Path) -> tuple[Tables, list[Problem]]:
    """Read every file of data/; the problems are of lines that are none of a table.

    Raises Unreadable with the problems of every file that cannot be read.
    """
    check_folder(data)
    unreadable: list[Problem] = []
    problems: list[Problem] = []
    lines: dict[str, list[Line]] = {}
    broken: list[Line] = []
    parts: dict[str, Any] = {}
    for name, model in FILES.items():
        with collecting(unreadable):
            lines[name], short, form = read_table(data / f"{name}.csv", columns(model))
            problems += form
            broken += short
    for name, kind in TOML_FILES.items():
        with collecting(unreadable):
            parts[name] = read_toml(data / f"{name}.toml", kind)
    with collecting(unreadable):
        parts["references"], form = read_references(data / "references.bib")
        problems += form
    unreadable += lacking(data, parts)
    if unreadable:
        raise Unreadable(unreadable)
    tables = Tables(
        folder=data.as_posix(),
        lines=lines,
        broken=broken,
        taxonomy=parts["taxonomy"],
        releases=parts["releases"].releases,
        retirement=parts["releases"].retirement,
        review=parts["review"],
        hosts=parts["hosts"],
        picking=parts["picks"],
        searching=parts["search"],
        references=parts["references"],
    )
    return tables, [*problems, *version_rules.problems(tables)]


def check_folder(data: Path) -> None:
    """One sentence instead of one for each file in it."""
    try:
        next(data.iterdir(), None)
    except OSError:
        what = "is no folder that can be read; --data names the one that holds studies.csv"
        raise Unreadable([Problem(file=data.as_posix(), message=what)]) from None


def lacking(data: Path, parts: dict[str, Any]) -> list[Problem]:
    """The problems of TOML files that could be read and lack what they must contain."""
    problems = []
    if "releases" in parts and not parts["releases"].releases:
        problems.append(
            Problem(
                file=(data / "releases.toml").as_posix(),
                message="must contain at least one [[releases]]",
            )
        )
    elif "releases" in parts and not parts["releases"].retirement:
        what = (
            "must contain a [retirement] with `missed` and `plan`; restore it from the repository"
        )
        problems.append(Problem(file=(data / "releases.toml").as_posix(), message=what))
    used = {column.vocabulary for model in TABLES.values() for column in columns(model)} - {""}
    if "taxonomy" in parts and (absent := sorted(used - parts["taxonomy"].keys())):
        what = f"lacks the vocabulary {', '.join(absent)}, from which a column draws its terms"
        problems.append(Problem(file=(data / "taxonomy.toml").as_posix(), message=what))
    return problems


def read_text(path: Path) -> str:
    try:
        content = path.read_bytes()
        return content.decode("utf-8")
    except FileNotFoundError:
        raise Unreadable(
            [Problem(file=path.as_posix(), message="is missing; restore it from the repository")]
        ) from None
    except OSError:
        raise Unreadable(
            [Problem(file=path.as_posix(), message="must be a file that can be read")]
        ) from None
    except UnicodeDecodeError as error:
        number = content[: error.start].count(b"\n") + 1
        what = "is not UTF-8 here; save the file again with the encoding UTF-8"
        raise Unreadable([Problem(file=path.as_posix(), line=number, message=what)]) from None


# What pydantic finds in a TOML file -> what must be there.
TOML_MESSAGES = {
    "date_from_datetime_parsing": "must be a date as YYYY-MM-DD, without quotes",
    "date_from_datetime_inexact": "must be a date as YYYY-MM-DD, without a time",
    "date_type": "must be a date as YYYY-MM-DD, without quotes",
    "dict_type": "must be a table, with a header in brackets",
    "extra_forbidden": "is no known key; correct or remove it",
    "float_parsing": "must be a number, without quotes",
    "float_type": "must be a number, without quotes",
    "greater_than": "must be a whole number above zero",
    "greater_than_equal": "must be a number, zero or above",
    "int_type": "must be a whole number, without quotes",
    "int_parsing": "must be a whole number, without quotes",
    "literal_error": "must be {expected}",
    "missing": "is missing; add a line `{key} = …`",
    "model_type": "must be a table, with a header in brackets",
    "string_type": "must be text between double quotes",
    "tuple_type": 'must be a list such as ["one", "two"]',
}


def read_toml(path: Path, kind: Any) -> Any:  # noqa: ANN401 - the type given is the type returned
    content = read_text(path)
    file = path.as_posix()
    if content.startswith("\ufeff"):
        raise Unreadable([byte_order_mark(file)])
    try:
        return TypeAdapter(kind).validate_python(_toml(content))
    except ValidationError as error:
        raise Unreadable(_toml_problem(file, dict(each)) for each in error.errors()) from None
    except tomllib.TOMLDecodeError as error:
        at = re.search(r"at line (\d+)", str(error))
        number = int(at[1]) if at else content.rstrip().count("\n") + 1
        what = f"is not valid TOML: {error}; fix it or restore the line from the repository"
        raise Unreadable([Problem(file=file, line=number, message=what)]) from None
    except (ValueError, RecursionError):
        what = "contains a number or a nest of brackets too long to be read"
        raise Unreadable([Problem(file=path.as_posix(), message=what)]) from None


@cache  # who serves the site reads the same again after each change of another file
def _toml(content: str) -> dict[str, Any]:
    return tomllib.loads(content)


def read_references(path: Path) -> tuple[dict[str, Reference], list[Problem]]:
    """Return the sound entries of a BibTeX file, and the problems of the others."""
    return literature.references(path.as_posix(), read_text(path))


def _toml_problem(file: str, error: dict[str, Any]) -> Problem:
    """A problem at a path of keys, such as releases.0.next_due: TOML's reader knows no lines."""
    keys = [str(part) for part in error["loc"]]
    value = str(error["input"]) if isinstance(error["input"], str | int | float) else ""
    message = TOML_MESSAGES.get(error["type"], error["msg"]).replace("{key}", keys[-1])
    message = message.replace("{expected}", str(error.get("ctx", {}).get("expected", "")))
    return Problem(file=file, column=".".join(keys), value=value, message=message)


def read_table(
    path: Path, wanted: tuple[Column, ...]
) -> tuple[list[Line], list[Line], list[Problem]]:
    """Return the whole lines under a right header, the broken ones, and the problems of form."""
    content = read_text(path)
    file = path.as_posix()
    problems = form_problems(file, content)
    content = content.removeprefix("\ufeff").replace("\r\n", "\n").replace("\r", "\n")
    if not content.strip():
        raise Unreadable(
            [
                Problem(
                    file=path.as_posix(),
                    message="is empty; restore its header line from the repository",
                )
            ]
        )
    reader = csv.reader(io.StringIO(content, newline=""), strict=True)
    names = [column.name for column in wanted]
    lines: list[Line] = []
    broken: list[Line] = []
    start = 1
    try:
        check_header(path, next(reader), names)
        start = reader.line_num + 1
        for cells in reader:
            number, start = start, reader.line_num + 1
            filled = cells + [""] * (len(names) - len(cells))
            line = Line(path.stem, file, number, dict(zip(names, filled, strict=False)))
            if len(cells) == len(names):
                lines.append(line)
            elif not cells:
                problems.append(
                    Problem(file=file, line=number, message="is an empty line; remove it")
                )
            else:
                what = (
                    f"must have {len(names)} cells and has {len(cells)}; a cell that contains a "
                    "comma or a quote goes between double quotes"
                )
                broken.append(line)
                problems.append(Problem(file=file, line=number, id=line.id, message=what))
    except csv.Error as error:
        what = (
            "the quotes do not match up from this line on: a cell that contains a comma or a quote "
            f"goes between double quotes, and a quote inside it is written twice ({error})"
        )
        raise Unreadable([Problem(file=file, line=start, message=what)]) from None
    return lines, broken, problems


def form_problems(file: str, content: str) -> list[Problem]:
    """What a spreadsheet or an editor leaves behind and a line-based review cannot live with."""
    problems = [byte_order_mark(file)] if content.startswith("\ufeff") else []
    if "\r" in content:
        number = content[: content.index("\r")].count("\n") + 1
        what = "ends with a carriage return; save with Unix line ends (LF)"
        problems.append(Problem(file=file, line=number, message=what))
    return problems


def byte_order_mark(file: str) -> Problem:
    what = "starts with a byte-order mark; save as UTF-8 without BOM"
    return Problem(file=file, line=1, message=what)


def check_header(path: Path, header: list[str], wanted: list[str]) -> None:
    if header == wanted:
        return
    if len(header) == 1 and any(mark in header[0] for mark in ";\t"):
        what = "has semicolons or tabs between the cells; save it with commas between them"
    elif not set(header) & set(wanted):
        what = f"must be the header: {','.join(wanted)}"
    elif absent := [name for name in wanted if name not in header]:
        what = f"the header lacks {', '.join(absent)}; it must be {','.join(wanted)}"
    elif extra := [name for name in header if name not in wanted]:
        what = f"the header has {', '.join(map(repr, extra))} too many; remove it in every line"
    else:
        what = f"the columns must be there once each, in this order: {','.join(wanted)}"
    raise Unreadable([Problem(file=path.as_posix(), line=1, message=what)])


def _cell_problem(line: Line, error: dict[str, Any]) -> Problem:
    column = str(error["loc"][0])
    if error["type"] == "missing":
        marker = line.cells[column]
        what = "is required" if not marker else "is required, so it cannot be marked as missing"
        return line.problem(column, what, value=marker)
    reason = error.get("ctx", {}).get("error")
    return line.problem(
        column,
        getattr(reason, "message", error["msg"]),
        value=str(error["input"]),
        fix=getattr(reason, "fix", ""),
    )
