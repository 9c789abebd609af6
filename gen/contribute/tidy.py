"""Brings the files of data/ into their one right form; what they say stays as it is.

Mended are byte-order marks, line ends, letters apart from their accents, spaces, needless quotes,
empty lines, the order of columns, and in tables sorted by id the order of lines.
"""

from __future__ import annotations

import csv
import io
import re
import unicodedata
from pathlib import Path
from typing import Final

from gen.contribute.lines import names
from gen.corpus.cells import SEPARATOR
from gen.corpus.characters import SPACES
from gen.corpus.columns import columns
from gen.corpus.load import read_text
from gen.corpus.tables import FILES
from gen.problems import Problem, Unreadable, collecting

SORTED: Final = ("studies", "datasets", "base_models")
OTHERS: Final = ("*.toml", "*.bib")


def tidied(data: Path) -> dict[Path, str]:
    """The files that are not in form, with the text that they should hold.

    Raises Unreadable, with every file that cannot be read as what it should be.
    """
    found: dict[Path, str] = {}
    unreadable: list[Problem] = []
    files = [data / f"{table}.csv" for table in FILES]
    for file in (*files, *(file for form in OTHERS for file in sorted(data.glob(form)))):
        with collecting(unreadable):
            content = read_text(file)
            form = table(file, plain(content)) if file in files else lines(plain(content))
            # Bytes, since reading as text would turn the line ends.
            if form.encode() != file.read_bytes():
                found[file] = form
    if unreadable:
        raise Unreadable(unreadable)
    return found


def plain(content: str) -> str:
    """Without a byte-order mark, with Unix line ends, and with whole letters."""
    content = content.removeprefix("\ufeff").replace("\r\n", "\n").replace("\r", "\n")
    return unicodedata.normalize("NFC", content)


def lines(content: str) -> str:
    """Without spaces at the ends of lines, and with one line end at the last."""
    return "\n".join(line.rstrip(" \t") for line in content.rstrip().split("\n")) + "\n"


def table(file: Path, content: str) -> str:
    """A table as it should stand in its file. Raises Unreadable where its quotes do not match."""
    reader = csv.reader(io.StringIO(content, newline=""), strict=True)
    start = 1
    rows = []
    try:
        for cells in reader:
            rows.append(cells)
            start = reader.line_num + 1
    except csv.Error as error:
        what = f"the quotes do not match up from this line on ({error})"
        raise Unreadable([Problem(file=file.as_posix(), line=start, message=what)]) from None
    form = ([spaced(cell) for cell in row] for row in rows)
    header, *rest = [row for row in form if any(row)] or [[]]
    right = names(file.stem)
    if sorted(header) == sorted(right):
        many = {column.name for column in columns(FILES[file.stem]) if column.many}
        places = [header.index(name) for name in right]
        # A line with too few or too many cells stays as it is: nobody knows which one is missing.
        rest = [
            [_values(row[at]) if header[at] in many else row[at] for at in places]
            if len(row) == len(right)
            else row
            for row in rest
        ]
        header = right
    if file.stem in SORTED and header == right:
        rest.sort(key=lambda row: row[0])
    made = io.StringIO()
    csv.writer(made, lineterminator="\n").writerows([header, *rest] if header else [])
    return made.getvalue()


def spaced(cell: str) -> str:
    """With common spaces, one at a time, and none at the ends."""
    return re.sub(r"[ \t\n]+", " ", SPACES.sub(" ", cell)).strip(" ")


def _values(cell: str) -> str:
    """Several values, separated as the checker wants them."""
    return SEPARATOR.join(value for part in cell.split(";") if (value := part.strip()))
