"""What people and spreadsheets write in place of a value, and the value that it stands for."""

from __future__ import annotations

import re
from typing import Final

from gen.corpus.cells import Missing

# Wordings of each kind of missing, in lower case, without spaces, hyphens and full stops.
_WORDINGS: Final = {
    Missing.NOT_REPORTED: (
        "notreported notstated notgiven notspecified notavailable notdisclosed notmentioned nr n/r "
        "unreported unspecified unstated undisclosed unavailable unknown"
    ),
    Missing.NOT_APPLICABLE: "n/a na #n/a #na notapplicable doesnotapply inapplicable",
    Missing.NOT_CODED: (
        "none null nil nan ? ?? ??? – — … tba tbc tbd todo missing empty notcoded notyetcoded"
    ),
}
MISSING: Final = {word: kind for kind, words in _WORDINGS.items() for word in words.split()}


def missing(cell: str) -> Missing | None:
    """The kind of missing that a cell puts in words; None where it holds a value or nothing."""
    if len(cell) > 20 or not cell:  # noqa: PLR2004 - longer than any of them
        return None
    word = re.sub(r"[\s_.-]", "", cell.lower())
    return MISSING.get(word, None if word else Missing.NOT_CODED)


_MONTH: Final = (
    r"(?P<month>jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)"
    r"(?:(?<=jan)uary|(?<=feb)ruary|(?<=mar)ch|(?<=apr)il|(?<=jun)e|(?<=jul)y|(?<=aug)ust"
    r"|(?<=sep)t(?:ember)?|(?<=oct)ober|(?<=nov)ember|(?<=dec)ember)?"
)
_DATED: Final = (
    re.compile(rf"{_MONTH}[- /](?P<number>[0-9]{{2}}|[0-9]{{4}})", re.IGNORECASE),
    re.compile(rf"(?P<number>[0-9]{{1,2}})[- /]{_MONTH}(?:[- /][0-9]{{2,4}})?", re.IGNORECASE),
)
_NAMED: Final = re.compile(rf"{_MONTH}(?P<number>[0-9]{{1,4}})", re.IGNORECASE)


def month_and_number(text: str) -> tuple[str, int] | None:
    """What a spreadsheet kept of a name that it took for a date: `Oct-17` of `OCT2017`."""
    if not text[:1].isalnum() or len(text) > 20:  # noqa: PLR2004 - longer than any of them
        return None
    return next((_parts(found) for form in _DATED if (found := form.fullmatch(text))), None)


def as_dated(name: str) -> tuple[str, int] | None:
    """What a spreadsheet would keep of a name; None where it would not take it for a date."""
    found = _NAMED.fullmatch(re.sub(r"[-_ ]", "", name))
    return _parts(found) if found else None


def _parts(found: re.Match[str]) -> tuple[str, int]:
    return found["month"].lower(), int(found["number"]) % 100


# Servers of preprints, as a venue names them, by how the wordings of others begin.
SERVERS: Final = {
    "arxiv": "arXiv",
    "corr": "arXiv",
    "computing research repository": "arXiv",
    "biorxiv": "bioRxiv",
    "medrxiv": "medRxiv",
    "research square": "Research Square",
    "ssrn": "SSRN",
    "techrxiv": "TechRxiv",
}
_SERVER: Final = re.compile(
    rf"[\[(]?(?:(?:a )?pre-?prints?(?: (?:at|on|in))?[:,]? )?"
    rf"(?P<server>{'|'.join(SERVERS)})(?![a-z])(?P<rest>.*)",
    re.IGNORECASE,
)
# What may follow the name of a server and says nothing more: preprint, (cs.CV), an id, a year.
_REST: Final = re.compile(
    r"(?:[\s,;:.'’/()\[\]-]|\.(?:org|com)|(?:e-?|pre-?)prints?|papers?|archive|server|abs|arxiv"
    r"|cs|eess|stat|q-bio|[a-z]{2}(?=[)\]])|[0-9][0-9.v]*|preprint|electronic journal)*",
    re.IGNORECASE,
)
_NOT_YET: Final = re.compile(
    r"(?:currently )?(?:(?:under|in) (?:review|submission|revision|preparation)|submitted|in prep"
    r"|unpublished|manuscript\b|work in progress|to be (?:submitted|announced|published)"
    r"|open ?review(?:\.net)?(?: (?:archive|preprint|submission|[0-9]{4}))?$)",
    re.IGNORECASE,
)
_ACCEPTED: Final = re.compile(
    r"(?:accepted|to appear|forthcoming|in press|published)(?: (?:at|by|for|in|to))?:? ",
    re.IGNORECASE,
)


def venue(text: str) -> str | None:
    """How a venue in other words is written here: a server, "" for none; None where it is right.

    The text itself where it names a server and something else besides: what is meant is not clear.
    """
    if missing(text) or _NOT_YET.match(text):
        return ""
    if found := _SERVER.fullmatch(text):
        right = SERVERS[found["server"].lower()]
        return None if text == right else right if _REST.fullmatch(found["rest"]) else text
    if text.lower() in {"preprint", "preprints", "pre-print", "e-print", "eprint"}:
        return ""
    if found := _ACCEPTED.match(text):
        return text[found.end() :]
    return None
