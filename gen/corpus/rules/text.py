"""The rules of the characters in a cell: that all are seen, and that none is markup.

The first sentence of a rule's docstring is the rule as the codebook page states it.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Iterator

from gen.corpus import characters
from gen.corpus.characters import LOST, SPACES, UNSEEN
from gen.corpus.rules.lines import Tables, cells
from gen.corpus.tables import TABLES
from gen.problems import Problem


def clean_cells(tables: Tables) -> Iterator[Problem]:
    """A cell holds no line break, control or invisible character, no space but the common one, and none at its ends."""  # noqa: E501 - the codebook page shows it as one sentence
    for line, column in cells(tables):
        cell = line.cells[column.name]
        if not (cell.isascii() and cell.isprintable()) and (fault := unclean(cell)):
            what, fix = fault
            yield line.problem(column.name, what, value=cell if fix else "", fix=fix)
        elif cell != cell.strip():
            what = "has a space at its start or end"
            yield line.problem(column.name, what, value=cell, fix=cell.strip())


def unclean(cell: str) -> tuple[str, str] | None:
    """The first character that nobody sees, or that stands for a lost one: message and fix."""
    if unseen := UNSEEN.search(cell):
        if unseen[0] == "\n":
            return "contains a line break; put the text on one line", ""
        return f"contains the invisible character U+{ord(unseen[0]):04X}; remove it", ""
    if LOST in cell:
        return "contains U+FFFD, which stands for a letter that was lost; write the letter", ""
    if space := SPACES.search(cell):
        what = f"contains the special space U+{ord(space[0]):04X}; write a common one"
        return what, characters.shown(cell)
    return None


def composed(tables: Tables) -> Iterator[Problem]:
    """Letters are whole: not a letter and its accent apart (Unicode NFC), and not UTF-8 read in another encoding."""  # noqa: E501 - the codebook page shows it as one sentence
    for line, column in cells(tables, files=TABLES):
        cell = line.cells[column.name]
        if not cell.isascii() and (fault := apart(cell)):
            yield line.problem(column.name, fault[0], value=cell, fix=fault[1])


def apart(cell: str) -> tuple[str, str] | None:
    """Letters in pieces: message and fix."""
    whole = unicodedata.normalize("NFC", cell)
    if whole != cell:
        return "has letters apart from their accents, so that no search finds it (write NFC)", whole
    whole = unicodedata.normalize("NFC", characters.decoded(cell))
    if whole != cell:
        return "was read in a wrong encoding on its way here", whole
    return None


def markup(tables: Tables) -> Iterator[Problem]:
    """A text is plain: no HTML entities or tags and no TeX, as publishers' pages and BibTeX have them."""  # noqa: E501 - the codebook page shows it as one sentence
    for line, column in cells(tables, lambda c: c.free, TABLES):
        cell = line.cells[column.name]
        if characters.has_markup(cell):
            what = "contains HTML or TeX, which is shown as it stands; write plain text"
            fix = characters.without_markup(cell)
            yield line.problem(column.name, what, value=cell, fix=fix)


def length(tables: Tables) -> Iterator[Problem]:
    """No cell is longer than its column allows (a summary has at most 240 characters)."""
    for line, column in cells(tables):
        size = len(line.cells[column.name])
        if size > column.longest:
            what = f"has {size} characters and must have at most {column.longest}"
            yield line.problem(column.name, what)
