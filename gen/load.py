"""The only reader of data/: files to lines, lines through the rules, lines to a Corpus."""

from __future__ import annotations

import csv
import io
import re
import tomllib
from collections import Counter
from pathlib import Path
from typing import Any, TypeVar

from pydantic import TypeAdapter, ValidationError

from gen import balance, literature, releases
from gen.cells import MARKERS
from gen.check import Line, Tables, rule_problems
from gen.model import (
    FILES,
    TABLES,
    Base,
    Change,
    Column,
    Corpus,
    Dataset,
    Permalink,
    Record,
    Reference,
    Releases,
    Rename,
    Result,
    Review,
    Row,
    Source,
    Study,
    Vocabulary,
    columns,
)
from gen.problems import DataError, Problem, Unreadable

AnyRow = TypeVar("AnyRow", bound=Row)

# Above every cell that the tables hold, so that the csv module never gives up on one.
csv.field_size_limit(10_000_000)


def load(data: Path) -> Corpus:
    """Return everything in data/, or raise Unreadable or DataError with every problem."""
    tables, wrong = read(data)
    studies = rows(Study, tables, "studies", wrong)
    corpus = Corpus(
        studies=tuple(sorted(studies, key=lambda s: (s.date, s.id))),
        datasets=rows(Dataset, tables, "datasets", wrong),
        base_models=rows(Base, tables, "base_models", wrong),
        results=rows(Result, tables, "results", wrong),
        records=rows(Record, tables, "records", wrong),
        sources=rows(Source, tables, "sources", wrong),
        second_coding=rows(Study, tables, "second_coding", wrong),
        permalinks=rows(Permalink, tables, "permalinks", wrong),
        renames=rows(Rename, tables, "renames", wrong),
        taxonomy=tables.taxonomy,
        releases=tables.releases,
        review=tables.review,
        references=tables.references,
        retirement=tables.retirement,
        changes=rows(Change, tables, "changes", wrong),
        lines={line.id: line.number for line in tables.lines["studies"]},
        folder=tables.folder,
    )
    if found := [*wrong, *rule_problems(tables)]:
        raise DataError(found, len(tables.lines["studies"]))
    if found := list(balance.problems(corpus, tables.folder)):
        raise DataError(found, len(corpus.studies))
    return corpus


def rows(
    model: type[AnyRow], tables: Tables, name: str, wrong: list[Problem]
) -> tuple[AnyRow, ...]:
    """Turn the lines of a table into rows; what is wrong in the others is added to `wrong`."""
    found: list[AnyRow] = []
    for line in tables.lines[name]:
        try:
            found.append(model.model_validate(values(model, line)))
        except ValidationError as error:
            long = {column.name for column in columns(model) if line.is_long(column)}
            faults = [dict(fault) for fault in error.errors() if fault["loc"][0] not in long]
            wrong += [_cell_problem(line, fault) for fault in faults]
    return tuple(found)


def values(model: type[Row], line: Line) -> dict[str, Any]:
    """What pydantic validates: cells split where they hold several values, markers set apart."""
    found: dict[str, Any] = {}
    missing: dict[str, str] = {}
    for column in columns(model):
        name, cell = column.name, line.cells[column.name]
        if cell in MARKERS or (column.coded and not cell):
            missing[name] = MARKERS.get(cell, "not-coded")
        elif cell:
            found[name] = line.values(name) if column.many else cell
    return {**found, "missing": missing}


def read(data: Path) -> tuple[Tables, list[Problem]]:
    """Read every file of data/ as far as that is possible; raise Unreadable if any is not."""
    check_folder(data)
    unreadable: list[Problem] = []
    wrong: list[Problem] = []
    lines: dict[str, list[Line]] = {}
    broken: list[Line] = []
    for name, model in FILES.items():
        try:
            lines[name], short, slips = read_table(data / f"{name}.csv", columns(model))
            wrong += slips
            broken += short
        except Unreadable as error:
            unreadable += error.problems
    parts: dict[str, Any] = {}
    for name, kind in (
        ("taxonomy", dict[str, Vocabulary]),
        ("releases", Releases),
        ("review", Review),
    ):
        try:
            parts[name] = read_toml(data / f"{name}.toml", kind)
        except Unreadable as error:
            unreadable += error.problems
    try:
        parts["references"], slips = read_references(data / "references.bib")
        wrong += slips
    except Unreadable as error:
        unreadable += error.problems
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
        references=parts["references"],
    )
    content = read_text(data / "releases.toml")
    wrong += releases.problems(tables, lambda *where: _toml_line(content, [*where]))
    return tables, wrong


def check_folder(data: Path) -> None:
    """One sentence instead of one for each file in it."""
    try:
        next(data.iterdir(), None)
    except OSError:
        what = "is no folder that can be read; --data names the one that holds studies.csv"
        raise Unreadable([Problem(file=data.as_posix(), message=what)]) from None


def lacking(data: Path, parts: dict[str, Any]) -> list[Problem]:
    """What the TOML files that could be read must hold and do not."""
    found = []
    if "releases" in parts and not parts["releases"].releases:
        found.append(
            Problem(
                file=(data / "releases.toml").as_posix(),
                message="must hold at least one [[releases]]",
            )
        )
    elif "releases" in parts and not parts["releases"].retirement:
        what = "must hold a [retirement] with `missed` and `plan`; restore it from the repository"
        found.append(Problem(file=(data / "releases.toml").as_posix(), message=what))
    used = {column.vocabulary for model in TABLES.values() for column in columns(model)} - {""}
    if "taxonomy" in parts and (absent := sorted(used - parts["taxonomy"].keys())):
        what = f"lacks the vocabulary {', '.join(absent)}, from which a column draws its terms"
        found.append(Problem(file=(data / "taxonomy.toml").as_posix(), message=what))
    return found


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
TOML_FAULTS = {
    "date_from_datetime_parsing": "must be a date as YYYY-MM-DD, without quotes",
    "date_from_datetime_inexact": "must be a date as YYYY-MM-DD, without a time",
    "date_type": "must be a date as YYYY-MM-DD, without quotes",
    "dict_type": "must be a table, with a header in brackets",
    "extra_forbidden": "is no known key; correct or remove it",
    "greater_than": "must be a whole number above zero",
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
    if slips := [slip for slip in form_problems(file, content) if content.startswith("\ufeff")]:
        raise Unreadable(slips)
    try:
        return TypeAdapter(kind).validate_python(tomllib.loads(content))
    except ValidationError as error:
        raise Unreadable(
            _toml_problem(file, content, dict(fault)) for fault in error.errors()
        ) from None
    except tomllib.TOMLDecodeError as error:
        at = re.search(r"at line (\d+)", str(error))
        number = int(at[1]) if at else content.rstrip().count("\n") + 1
        what = f"is not valid TOML: {error}; mend it or restore the line from the repository"
        raise Unreadable([Problem(file=file, line=number, message=what)]) from None
    except (ValueError, RecursionError):
        what = "holds a number or a nest of brackets too long to be read"
        raise Unreadable([Problem(file=path.as_posix(), message=what)]) from None


def read_references(path: Path) -> tuple[dict[str, Reference], list[Problem]]:
    """Return the sound entries of a BibTeX file, and what is wrong in the others."""
    return literature.references(path.as_posix(), read_text(path))


def _toml_problem(file: str, content: str, fault: dict[str, Any]) -> Problem:
    where = [str(part) for part in fault["loc"]]
    value = str(fault["input"]) if isinstance(fault["input"], str | int | float) else ""
    what = TOML_FAULTS.get(fault["type"], fault["msg"]).replace("{key}", where[-1])
    what = what.replace("{expected}", str(fault.get("ctx", {}).get("expected", "")))
    return Problem(
        file=file,
        line=_toml_line(content, where),
        column=".".join(where),
        value=value,
        message=what,
    )


def _toml_line(content: str, where: list[str]) -> int:
    """The line of the innermost table or key that the path names; 0 if none is written out."""
    best, deepest = 0, 0
    table: list[str] = []
    lists = Counter[tuple[str, ...]]()  # how many [[…]] of this path there have been
    for number, line in enumerate(content.split("\n"), start=1):
        if head := re.match(r"\[(\[?)([^\]]+)\]", line.strip()):
            table, parts = [], head[2].split(".")
            for depth, part in enumerate(parts, start=1):
                table.append(part.strip(" \"'"))
                name = tuple(table)
                lists[name] += bool(head[1]) and depth == len(parts)
                if lists[name]:
                    table.append(str(lists[name] - 1))
            path = table
        elif key := re.match(r"([\w-]+)\s*=", line.strip()):
            path = [*table, key[1]]
        else:
            continue
        if len(path) > deepest and path == where[: len(path)]:
            best, deepest = number, len(path)
    return best


def read_table(
    path: Path, wanted: tuple[Column, ...]
) -> tuple[list[Line], list[Line], list[Problem]]:
    """Return the whole lines under a right header, the broken ones, and what is wrong in form."""
    content = read_text(path)
    file = path.as_posix()
    slips = list(form_problems(file, content))
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
                slips.append(Problem(file=file, line=number, message="is an empty line; remove it"))
            else:
                what = (
                    f"must have {len(names)} cells and has {len(cells)}; a cell that contains a "
                    "comma or a quote goes between double quotes"
                )
                broken.append(line)
                slips.append(Problem(file=file, line=number, id=line.id, message=what))
    except csv.Error as error:
        what = (
            "the quotes do not match up from this line on: a cell that contains a comma or a quote "
            f"goes between double quotes, and a quote inside it is written twice ({error})"
        )
        raise Unreadable([Problem(file=file, line=start, message=what)]) from None
    return lines, broken, slips


def form_problems(file: str, content: str) -> list[Problem]:
    """What a spreadsheet or an editor leaves behind and a line-based review cannot live with."""
    found = []
    if content.startswith("\ufeff"):
        what = "starts with a byte-order mark; save as UTF-8 without BOM"
        found.append(Problem(file=file, line=1, message=what))
    if "\r" in content:
        number = content[: content.index("\r")].count("\n") + 1
        what = "ends with a carriage return; save with Unix line ends (LF)"
        found.append(Problem(file=file, line=number, message=what))
    return found


def check_header(path: Path, found: list[str], wanted: list[str]) -> None:
    if found == wanted:
        return
    if len(found) == 1 and any(mark in found[0] for mark in ";\t"):
        what = "has semicolons or tabs between the cells; save it with commas between them"
    elif not set(found) & set(wanted):
        what = f"must be the header: {','.join(wanted)}"
    elif absent := [name for name in wanted if name not in found]:
        what = f"the header lacks {', '.join(absent)}; it must be {','.join(wanted)}"
    elif extra := [name for name in found if name not in wanted]:
        what = f"the header has {', '.join(map(repr, extra))} too many; remove it in every line"
    else:
        what = f"the columns must stand once each, in this order: {','.join(wanted)}"
    raise Unreadable([Problem(file=path.as_posix(), line=1, message=what)])


def _cell_problem(line: Line, fault: dict[str, Any]) -> Problem:
    column = str(fault["loc"][0])
    if fault["type"] == "missing":
        marker = line.cells[column]
        what = "is required" if not marker else "is required, so it cannot be marked as missing"
        return line.problem(column, what, value=marker)
    reason = fault.get("ctx", {}).get("error")
    return line.problem(
        column,
        getattr(reason, "message", fault["msg"]),
        value=str(fault["input"]),
        fix=getattr(reason, "fix", ""),
    )
