"""What one cell may hold: each kind turns its text into a value or says what must be there."""

from __future__ import annotations

import re
from datetime import date as Date
from enum import StrEnum
from typing import Annotated

from pydantic import BeforeValidator

SEPARATOR = "; "  # between the values of one cell


class Missing(StrEnum):
    """The three kinds of missing, by the word that the code knows them by."""

    NOT_CODED = "not-coded"  # an empty cell
    NOT_REPORTED = "not-reported"
    NOT_APPLICABLE = "n/a"

    @property
    def label(self) -> str:
        """As a reader sees it."""
        return "does not apply" if self is Missing.NOT_APPLICABLE else self.replace("-", " ")

    @property
    def about(self) -> str:
        """What it says of a cell: the one definition, for every page."""
        return MEANINGS[self]

    @property
    def css(self) -> str:
        """As the style sheet names it."""
        return self.replace("/", "")


MEANINGS = {
    Missing.NOT_CODED: "What was read so far does not say, or, of modalities, domains and tasks, "
    "names none; that is not the same as “no”.",
    Missing.NOT_REPORTED: "The full text was read and does not say.",
    Missing.NOT_APPLICABLE: "The question does not arise, as with the training size of an "
    "evaluation.",
}

# The two that are written into a cell.
MARKERS = {kind.value: kind.value for kind in (Missing.NOT_REPORTED, Missing.NOT_APPLICABLE)}

# ASCII throughout: \d alone would also take the digits of other scripts.
# An id is an address, and `index` is the address of the page that lists all ids.
SLUG = re.compile(r"(?!index\Z)[a-z0-9]+(?:-[a-z0-9]+)*")
DATE = re.compile(r"(\d{4})(?:-(\d\d)(?:-(\d\d))?)?", re.ASCII)
ARXIV = re.compile(r"\d{4}\.\d{4,5}", re.ASCII)
# DOIs carry nearly any character after the slash; only these are surely an error or an attack.
DOI = re.compile(r"10\.[0-9]{4,9}/[^\s\"<>\\]+")
# A host with a dot, then anything that can't end an attribute, a Markdown link or a table cell.
URL = re.compile(r"https://[A-Za-z0-9.-]+\.[A-Za-z]{2,}(?::[0-9]+)?(?:[/?#][^\s\"<>\\`|]*)?")
# Addresses of the site itself: a page, and the id of a place in it.
PAGE = re.compile(r"/(?:[a-z0-9][a-z0-9._-]*/)*")
ANCHOR = re.compile(r"[a-z0-9]+(?:[-_]+[a-z0-9]+)*")
# Fifteen digits: any more is surely an error, and would not survive a spreadsheet.
WHOLE = re.compile(r"[1-9][0-9]{0,14}")
FIRST_YEAR, LAST_YEAR = 1950, 2100


class InvalidCell(ValueError):
    """A value that no cell of the kind holds: what must be there, and what to write if clear."""

    def __init__(self, message: str, fix: str = "") -> None:
        super().__init__(message)
        self.message, self.fix = message, fix


def slug(value: str) -> str:
    if SLUG.fullmatch(value):
        return value
    if value == "index":
        raise InvalidCell("is the name of the page that lists them all; choose another")
    fix = re.sub(r"[^a-z0-9]+", "-", value.lower()).strip("-")
    what = "must be lower-case letters and digits joined by single hyphens"
    raise InvalidCell(what, fix if SLUG.fullmatch(fix) else "")


def date(value: str) -> str:
    """Keep YYYY, YYYY-MM or YYYY-MM-DD: text, since its length tells how much is known."""
    match = DATE.fullmatch(value)
    if not match:
        raise InvalidCell("must be a date as YYYY-MM-DD, YYYY-MM or YYYY")
    try:
        Date(*(int(part or 1) for part in match.groups()))
    except ValueError:
        raise InvalidCell("is not a day that exists") from None
    if not FIRST_YEAR <= int(match[1]) <= LAST_YEAR:
        raise InvalidCell(f"must be a year from {FIRST_YEAR} to {LAST_YEAR}")
    return value


def year(value: str) -> int:
    if re.fullmatch(r"[0-9]{4}", value) and FIRST_YEAR <= int(value) <= LAST_YEAR:
        return int(value)
    raise InvalidCell(f"must be a year from {FIRST_YEAR} to {LAST_YEAR}")


def arxiv(value: str) -> str:
    if ARXIV.fullmatch(value):
        return value
    bare = re.search(rf"(?<![0-9]){ARXIV.pattern}(?![0-9])", value, re.ASCII)
    raise InvalidCell("must be a bare arXiv id such as 2304.12306", bare[0] if bare else "")


def doi(value: str) -> str:
    if DOI.fullmatch(value):
        return value
    bare = DOI.search(value)
    raise InvalidCell(
        "must be a bare DOI such as 10.1038/s41586-023-05881-4", bare[0] if bare else ""
    )


def url(value: str) -> str:
    if URL.fullmatch(value):
        return value
    fix = re.sub(r"^(?:http://|(?=www\.))", "https://", value)
    what = 'must be an address that starts with https:// and contains none of: space " < > \\ ` |'
    raise InvalidCell(what, fix if URL.fullmatch(fix) else "")


def page(value: str) -> str:
    if PAGE.fullmatch(value):
        return value
    fix = f"/{value.strip('/').lower()}/"
    what = "must be the address of a page from the site's root, such as /studies/medsam/"
    raise InvalidCell(what, fix if PAGE.fullmatch(fix) else "")


def anchor(value: str) -> str:
    if ANCHOR.fullmatch(value):
        return value
    what = "must be an id of lower-case letters and digits joined by hyphens, without #"
    raise InvalidCell(what, value[1:] if ANCHOR.fullmatch(value[1:]) else "")


def whole(value: str) -> int:
    if WHOLE.fullmatch(value):
        return int(value)
    digits = re.sub(r"[ ,_']", "", value)
    what = "must be a whole number above zero, digits only"
    raise InvalidCell(what, digits if WHOLE.fullmatch(digits) else "")


def count(value: str) -> int:
    if value == "0":
        return 0
    try:
        return whole(value)
    except InvalidCell as error:
        what = "must be a whole number, 0 or above, digits only"
        raise InvalidCell(what, error.fix) from None


def positive(value: str) -> float:
    if re.fullmatch(r"[0-9]{1,9}(\.[0-9]{1,6})?", value) and float(value) > 0:
        return float(value)
    raise InvalidCell("must be a number above zero such as 86.4, digits only")


def fraction(value: str) -> float:
    if re.fullmatch(r"0(\.[0-9]+)?|1(\.0+)?", value):
        return float(value)
    percent = re.fullmatch(r"([0-9]{1,2}(?:\.[0-9]+)?|100) ?%", value)
    fix = f"{float(percent[1]) / 100:.6f}".rstrip("0").rstrip(".") if percent else ""
    raise InvalidCell("must be a fraction from 0 to 1 such as 0.874", fix)


def priority(value: str) -> int:
    if value in {"1", "2", "3"}:
        return int(value)
    raise InvalidCell("must be 1, 2 or 3")


Slug = Annotated[str, BeforeValidator(slug)]
When = Annotated[str, BeforeValidator(date)]
Year = Annotated[int, BeforeValidator(year)]
Arxiv = Annotated[str, BeforeValidator(arxiv)]
Doi = Annotated[str, BeforeValidator(doi)]
Url = Annotated[str, BeforeValidator(url)]
Page = Annotated[str, BeforeValidator(page)]
Anchor = Annotated[str, BeforeValidator(anchor)]
Whole = Annotated[int, BeforeValidator(whole)]
Count = Annotated[int, BeforeValidator(count)]
Positive = Annotated[float, BeforeValidator(positive)]
Fraction = Annotated[float, BeforeValidator(fraction)]
Priority = Annotated[int, BeforeValidator(priority)]
