"""What keeps pages from being linked at for good, reported at the line that a person must fix."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from difflib import SequenceMatcher
from functools import lru_cache
from itertools import chain
from pathlib import Path

from gen.corpus.cells import ANCHOR, MARKERS
from gen.problems import Problem
from gen.text.markdown import CODE, HTML_ID, ids_of, lines

# The line below the header of a table, and the one below a heading that no # marks.
DELIMITER = re.compile(r" {0,3}\|?(?: *:?-+:? *\|)+(?: *:?-+:?)? *")
UNDERLINE = re.compile(r"(?:=+|-+) *")
TAG = re.compile(r"<(/?)(figure|table|h[1-6])\b([^<>]*)>")

NO_TABLE_ID = (
    'the table has no id; put it into an element with one: <div id="tab-…" markdown>, '
    "an empty line, the table, an empty line, </div>"
)

Rows = list[tuple[int, str]]  # number and text of a line
Message = tuple[int, str]  # line, and what is wrong there and how to fix it


def problems(pages: Mapping[str, str], docs: Path) -> Iterator[Problem]:
    """The problems of all pages; what a template does to many is reported of the first."""
    reported: set[tuple[str, str]] = set()
    for path, text in pages.items():
        source, folder = docs / path, path.rpartition("/")[0]
        for line, message in messages(text):
            if source.is_file():
                number = source_line(source.read_text(encoding="utf-8"), text, line)
                yield Problem(file=source.as_posix(), line=number, message=message)
            elif (folder, message) not in reported:
                reported.add((folder, message))
                yield Problem(file=f"the generated page {path}", line=line, message=message)


def source_line(source: str, text: str, line: int) -> int:
    """The line of a page written by hand that became a line of the page as it is filled in."""
    for kind, start, _, first, last in _filled_in(source, text):
        if first < line <= last:
            return start + (line - first if kind == "equal" else 1)
    return 1


@lru_cache(maxsize=1)  # for all the problems of a page
def _filled_in(source: str, text: str) -> Sequence[tuple[str, int, int, int, int]]:
    match = SequenceMatcher(None, source.split("\n"), text.split("\n"), autojunk=False)
    return match.get_opcodes()


def messages(text: str) -> Iterator[Message]:
    rows = list(lines(text))
    return chain(invalid_ids(rows), headings_without_id(rows), tables_without_id(rows))


def invalid_ids(rows: Rows) -> Iterator[Message]:
    first: dict[str, int] = {}
    for number, line in rows:
        for id_ in ids_of(line):
            if not ANCHOR.fullmatch(id_):
                yield number, f"the id {id_!r} must be lower-case words joined by hyphens"
            elif id_ in MARKERS:  # permalinks.csv could not name it
                yield number, f"the id {id_!r} means a missing value in the tables; choose another"
            elif id_ in first:
                yield number, f"the id {id_!r} is already that of another place; choose another"
            first.setdefault(id_, number)


def headings_without_id(rows: Rows) -> Iterator[Message]:
    """Also figures, and headings that are written in another way."""
    above = ""
    for number, line in rows:
        if line.startswith("#") and not ids_of(line):
            yield number, f"the heading {line!r} has no id; end it with one, such as {{#methods}}"
        elif above and UNDERLINE.fullmatch(line):
            yield number, "makes a heading of the line above; write that with # and an id"
        for closes, name, attributes in tags(line):
            if name != "table" and not closes and ' id="' not in attributes:
                yield number, f'the element <{name}> has no id; give it one: <{name} id="…">'
        above = line.strip()


def tables_without_id(rows: Rows) -> Iterator[Message]:
    """A table has its id from the element around it; one within a figure belongs to that."""
    before = above = ""  # the last lines that are not blank
    figure = False
    for number, line in rows:
        if DELIMITER.fullmatch(line) and not opens_with_id(before):
            yield number - 1, NO_TABLE_ID
        for closes, name, attributes in tags(line):
            figure = not closes if name == "figure" else figure
            if name == "table" and not (closes or figure or ' id="' in attributes):
                ahead = CODE.sub("", line).partition("<table")[0]
                if not opens_with_id(ahead.strip() or above):
                    yield number, NO_TABLE_ID
        if line.strip():
            before, above = above, line


def tags(line: str) -> list[tuple[str, str, str]]:
    if "<" not in line:
        return []
    return TAG.findall(CODE.sub("", line) if "`" in line else line)


def opens_with_id(line: str) -> bool:
    """Whether a line ends with the opening tag of an element that has an id."""
    elements = list(HTML_ID.finditer(line))
    return bool(elements) and not line[elements[-1].end() :].strip()
