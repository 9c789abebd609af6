"""What a venue is, by its name: a journal, an event with proceedings, or neither."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache
from typing import Final

YEAR: Final = re.compile(r"\b(?:19|20)\d\d\b")
# The year, with the comma that sets it off.
DATED: Final = re.compile(rf",? ?{YEAR.pattern}")
UNREVIEWED: Final = re.compile(
    r"\b(?:GitHub|repository|technical re(?:lease|port)|web page)\b", re.IGNORECASE
)
JOURNAL: Final = re.compile(r"\b(?:Annals|Journal|Letters|Magazine|Transactions)\b", re.IGNORECASE)
EVENT: Final = re.compile(
    r" @ |\b(?:Challenges?|Conference|Congress|LNCS|Meeting|PMLR|Symposium|Workshops?)\b",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class Venue:
    """Where a work was published."""

    container: str  # its name without a year
    kind: str  # journal, event or other
    year: str  # "" where its name has none


@cache
def venue(name: str) -> Venue:
    """Read the name of a venue.

    Words decide first; then an event is held in a year (`MICCAI 2024`), and a journal goes on.
    """
    found = YEAR.search(name)
    year = found[0] if found else ""
    if UNREVIEWED.search(name):
        kind = "other"
    elif JOURNAL.search(name):
        kind = "journal"
    else:
        kind = "event" if year or EVENT.search(name) else "journal"
    return Venue(DATED.sub("", name).strip(), kind, year)
