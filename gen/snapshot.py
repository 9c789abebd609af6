"""The data folder of any version, read as far as today's columns go: for comparing versions.

Columns change between versions. One that an older folder lacks is empty in what this gives, one
that is no longer known is left out, and of the rules only those of a single cell are tried.
"""

from __future__ import annotations

import csv
import io
import tomllib
from dataclasses import dataclass, replace
from pathlib import Path

from gen.check import Line, Tables
from gen.load import check_folder, read_text, rows
from gen.model import DOWNLOADS, Base, Corpus, Dataset, Record, Result, Row, Source, Study, columns
from gen.problems import Problem, Unreadable


@dataclass(frozen=True, slots=True)
class Snapshot:
    """A version's data: its lines as text, for comparing cells, and as rows, for counting."""

    version: str
    incomplete_year: int  # the year of its newest search
    columns: dict[str, tuple[str, ...]]  # table -> the columns that its file has, and we know
    lines: dict[str, list[Line]]
    corpus: Corpus


def read(folder: Path, today: Corpus) -> Snapshot:
    """Read a folder; what is no row, such as the terms, is taken from today's corpus."""
    check_folder(folder)
    version, incomplete_year = release(folder / "releases.toml")
    found = {name: table(folder / f"{name}.csv", model) for name, model in DOWNLOADS.items()}
    lines = {name: each for name, (_, each) in found.items()}
    read_as = Tables(
        folder=folder.as_posix(),
        lines=lines,
        broken=[],
        taxonomy=today.taxonomy,
        releases=today.releases,
        retirement=today.retirement,
        review=today.review,
        references=today.references,
    )
    wrong: list[Problem] = []
    studies = rows(Study, read_as, "studies", wrong)
    corpus = replace(
        today,
        studies=tuple(sorted(studies, key=lambda study: (study.date, study.id))),
        datasets=rows(Dataset, read_as, "datasets", wrong),
        base_models=rows(Base, read_as, "base_models", wrong),
        results=rows(Result, read_as, "results", wrong),
        records=rows(Record, read_as, "records", wrong),
        sources=rows(Source, read_as, "sources", wrong),
        second_coding=(),
        changes=(),
        lines={},
    )
    if wrong:
        raise Unreadable(wrong)
    return Snapshot(
        version, incomplete_year, {n: names for n, (names, _) in found.items()}, lines, corpus
    )


def release(file: Path) -> tuple[str, int]:
    """Version and year of the newest search, whatever else the file holds."""
    try:
        newest = tomllib.loads(read_text(file))["releases"][-1]
        return str(newest["version"]), int(newest["searched"].year)
    except (tomllib.TOMLDecodeError, LookupError, TypeError, AttributeError):
        what = "names no version with the day of its newest search; is this a data folder?"
        raise Unreadable([Problem(file.as_posix(), 0, "", "", "", what)]) from None


def table(file: Path, model: type[Row]) -> tuple[tuple[str, ...], list[Line]]:
    """The columns of a file that are known today, and its lines; none of a file not there yet."""
    known = [column.name for column in columns(model)]
    if not file.exists():
        return (), []
    try:
        reader = csv.DictReader(io.StringIO(read_text(file), newline=""), strict=True)
        had = tuple(name for name in known if name in (reader.fieldnames or ()))
        lines = [
            Line(file.stem, file.as_posix(), number, {name: row.get(name) or "" for name in known})
            for number, row in enumerate(reader, start=2)
        ]
    except csv.Error as error:
        what = f"is no table of cells with commas between them: {error}"
        raise Unreadable([Problem(file.as_posix(), 0, "", "", "", what)]) from None
    return had, lines
