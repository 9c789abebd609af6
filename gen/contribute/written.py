"""The rows of a table as texts, read and written as they stand in the file."""

from __future__ import annotations

import csv
import io
import shutil
from collections.abc import Iterable, Mapping
from pathlib import Path
from tempfile import TemporaryDirectory

from gen import cache
from gen.contribute.lines import Cells, names
from gen.corpus.load import load, read_text
from gen.problems import DataError


def rows(data: Path, table: str) -> list[Cells]:
    """The rows of a table that the checker has read."""
    return list(csv.DictReader(io.StringIO(read_text(data / f"{table}.csv"), newline="")))


def text(header: Iterable[str], rows: Iterable[Mapping[str, str]]) -> str:
    """A table as its file holds it; what a row lacks is empty."""
    file = io.StringIO()
    writer = csv.DictWriter(file, list(header), restval="", lineterminator="\n")
    writer.writeheader()
    writer.writerows(rows)
    return file.getvalue()


def replace(data: Path, changed: Mapping[str, Iterable[Mapping[str, str]]]) -> None:
    """Give tables other rows, if the whole of the data passes the check with them.

    Raises DataError, and then has changed nothing.
    """
    with TemporaryDirectory() as folder:
        trial = shutil.copytree(data, Path(folder) / data.name)
        for table, of in changed.items():
            put(trial, table, of)
        try:
            load(trial)
        except DataError as error:
            own = (each.renamed(trial, data) for each in error.problems if each.is_error)
            raise DataError(own) from None
        for table in changed:
            cache.write(data / f"{table}.csv", (trial / f"{table}.csv").read_bytes())


def put(data: Path, table: str, rows: Iterable[Mapping[str, str]]) -> None:
    """Give a table other rows, whatever the check says of them."""
    cache.write(data / f"{table}.csv", text(names(table), rows).encode())
