"""What one cell may hold: each kind turns its text into a value or says what must be there."""

from __future__ import annotations

import re
from datetime import date as Date
from decimal import Decimal
from enum import StrEnum
from typing import Annotated

from pydantic import BeforeValidator, WithJsonSchema

from gen.corpus import identifiers
from gen.corpus.characters import UNSEEN, folded
from gen.corpus.identifiers import ARXIV, URL

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
# Addresses of the site itself: a page, and the id of a place in it.
PAGE = re.compile(r"/(?:[a-z0-9][a-z0-9._-]*/)*")
ANCHOR = re.compile(r"[a-z0-9]+(?:[-_]+[a-z0-9]+)*")
# Fifteen digits: any more is surely an error, and would not survive a spreadsheet.
WHOLE = re.compile(r"[1-9][0-9]{0,14}")
POSITIVE = re.compile(r"[0-9]{1,9}(\.[0-9]{1,6})?")
FIRST_YEAR, LAST_YEAR = 1950, 2100

# A number with the words and separators of spreadsheets and papers: 1.2E+06, 15,000, 86.4 M, 7B.
NUMBER = re.compile(
    r"(?P<number>[0-9]{1,3}(?:[ ,_'\u2009\u202f][0-9]{3})+(?:\.[0-9]+)?|[0-9]+(?:[.,][0-9]+)?)"
    r"(?:[eE]\+?(?P<power>-?[0-9]{1,2}))?"
    r"(?: ?(?P<unit>k|thousand|m|mio|million|b|bn|billion|g|t|trillion))?(?: ?params)?",
    re.IGNORECASE | re.ASCII,
)
GROUPS = re.compile(r"[0-9]{1,3}(?:([ ,_'\u2009\u202f])[0-9]{3})(?:\1[0-9]{3})*(?:\.[0-9]+)?")
UNITS = {"k": 3, "th": 3, "m": 6, "b": 9, "g": 9, "t": 12}  # by how the word begins
MILLION = 6


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
    letters = folded(UNSEEN.sub("", value.strip()))
    fix = re.sub(r"[^a-z0-9]+", "-", letters).strip("-")
    whole = letters.isascii() or not any(c.isalnum() for c in letters if not c.isascii())
    what = "must be lower-case letters and digits joined by single hyphens"
    raise InvalidCell(what, fix if whole and SLUG.fullmatch(fix) else "")


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
    what = "must be a bare arXiv id such as 2304.12306"
    if identifiers.is_shortened(value):
        what = "is an arXiv id that a spreadsheet has shortened to a number; all its digits count"
    elif re.fullmatch(r"[0-9]{4}\.[0-9]{4,5}", value):
        what = (
            "is no id that arXiv gave: year and month, then four digits until 2014 and five since"
        )
    raise InvalidCell(what, identifiers.bare_arxiv(value))


def doi(value: str) -> str:
    if identifiers.is_bare_doi(value):
        return value
    bare = identifiers.bare_doi(value)
    raise InvalidCell("must be a bare DOI such as 10.1038/s41586-023-05881-4", bare)


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
    meant = number(value)
    fix = str(int(meant)) if meant is not None and meant == int(meant) else ""
    what = "must be a whole number above zero, digits only"
    raise InvalidCell(what, fix if WHOLE.fullmatch(fix) else "")


def count(value: str) -> int:
    if value == "0":
        return 0
    try:
        return whole(value)
    except InvalidCell as error:
        what = "must be a whole number, 0 or above, digits only"
        raise InvalidCell(what, error.fix) from None


def positive(value: str) -> float:
    """A number of millions."""
    if POSITIVE.fullmatch(value) and float(value) > 0:
        return float(value)
    # 8.64E+07 is more likely a number of parameters than one of millions of them.
    meant = None if re.search(r"[0-9]e\+?[0-9]", value, re.IGNORECASE) else number(value, MILLION)
    fix = "" if meant is None or meant <= 0 else f"{meant.normalize():f}"
    what = "must be a number above zero such as 86.4, digits only"
    raise InvalidCell(what, fix if POSITIVE.fullmatch(fix) else "")


def fraction(value: str) -> float:
    if re.fullmatch(r"0(\.[0-9]+)?|1(\.0+)?", value):
        return float(value)
    percent = re.fullmatch(r"([0-9]{1,2}(?:[.,][0-9]+)?|100) ?%", value)
    decimal = re.fullmatch(r"[0-9][.,][0-9]+(?:[eE]-[0-9]{1,2})?", value)
    fix = ""
    if percent or decimal:
        meant = Decimal((percent[1] if percent else value).replace(",", "."))
        meant = meant / 100 if percent else meant
        fix = f"{meant:.6f}".rstrip("0").rstrip(".") if meant <= 1 else ""
    raise InvalidCell("must be a fraction from 0 to 1 such as 0.874", fix)


def number(value: str, unit: int = 0) -> Decimal | None:
    """The number that is meant, in powers of ten of the unit; None where it is not clear.

    A number without a word of its own is one of units: `86,4` is 86.4 millions, `86M` as well.
    """
    match = NUMBER.fullmatch(value)
    if not match:
        return None
    digits = match["number"]
    if groups := GROUPS.fullmatch(digits):
        # One group after a comma may be a fraction, unless only whole numbers are asked for.
        if unit and groups[1] == "," and digits.count(",") == 1:
            return None
        digits = digits.replace(groups[1], "")
    found = Decimal(digits.replace(",", "."))
    word = (match["unit"] or "").lower()
    power = int(match["power"] or 0)
    if word:
        power += next(p for begin, p in UNITS.items() if word.startswith(begin)) - unit
    return found.scaleb(power)


def priority(value: str) -> int:
    if value in {"1", "2", "3"}:
        return int(value)
    raise InvalidCell("must be 1, 2 or 3")


def _text(form: re.Pattern[str]) -> WithJsonSchema:
    """What programs are told of the form: a pattern for the whole text, in words that all know."""
    pattern = form.pattern.replace(r"\Z", "$")
    return WithJsonSchema({"type": "string", "pattern": f"^(?:{pattern})$"})


def _number(kind: str, **bounds: int) -> WithJsonSchema:
    return WithJsonSchema({"type": kind, **bounds})


YEARS = {"minimum": FIRST_YEAR, "maximum": LAST_YEAR}
Slug = Annotated[str, BeforeValidator(slug), _text(SLUG)]
When = Annotated[str, BeforeValidator(date), _text(DATE)]
Year = Annotated[int, BeforeValidator(year), _number("integer", **YEARS)]
Arxiv = Annotated[str, BeforeValidator(arxiv), _text(ARXIV)]
Doi = Annotated[str, BeforeValidator(doi)]
Url = Annotated[str, BeforeValidator(url), _text(URL)]
Page = Annotated[str, BeforeValidator(page), _text(PAGE)]
Anchor = Annotated[str, BeforeValidator(anchor), _text(ANCHOR)]
Whole = Annotated[int, BeforeValidator(whole), _number("integer", minimum=1)]
Count = Annotated[int, BeforeValidator(count), _number("integer", minimum=0)]
Positive = Annotated[float, BeforeValidator(positive), _number("number", exclusiveMinimum=0)]
Fraction = Annotated[float, BeforeValidator(fraction), _number("number", minimum=0, maximum=1)]
Priority = Annotated[int, BeforeValidator(priority), _number("integer", minimum=1, maximum=3)]
