"""What is cited, as one record: a study, or the review and its parts; and that record as text."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass
from functools import cache
from typing import Final

from gen.corpus.tables import Study
from gen.text.format import format_date

# Whatever any reader takes for the end of a line: in RIS that is the end of a field.
BREAKS: Final = re.compile(r"\s*[\n\r\v\f\x1c-\x1e\x85\u2028\u2029]\s*")

# A name with one of these words is no person's.
GROUP: Final = re.compile(
    r"\b(Alliance|Association|Collaborat(ion|ors)|Committee|Consortium|Contributors|Group|Initiative"
    r"|Institute|Investigators|Laboratory|Network|Project|Society|Team|University)\b"
)
SUFFIXES: Final = frozenset({"Jr", "Sr", "II", "III", "IV"})
MAX_AUTHORS: Final = 6  # in a citation as text; the other formats name them all


@dataclass(frozen=True, slots=True)
class Name:
    """An author. What is no person, or cannot be told apart, has `text` only and stays whole."""

    text: str
    given: str = ""
    particle: str = ""  # van der
    family: str = ""
    suffix: str = ""  # Jr., III


@dataclass(frozen=True, kw_only=True, slots=True)
class Entry:
    """Something that can be cited. What there is not is ""."""

    key: str  # ASCII, permanent
    kind: str  # article, preprint, section, figure or review
    title: str
    authors: tuple[Name, ...]
    date: str  # as precise as it is known: 2024, 2024-05 or 2024-05-06
    url: str
    container: str = ""  # the venue, or the work of which it is a part
    version: str = ""
    permalink: str = ""  # the address at which this version stays as it is
    doi: str = ""
    arxiv: str = ""

    @property
    def note(self) -> str:
        return f"Permalink of this version: {self.permalink}" if self.permalink else ""


@cache  # many wrote several studies, and a study is on many pages
def person(text: str) -> Name:
    """A name written as "Given Family", with particles (van der Laak) and suffixes (Jr.) apart."""
    words = text.split()
    whole = len(words) < 2 or "," in text or "and" in text.lower().split()  # noqa: PLR2004
    if whole or GROUP.search(text):
        return Name(text)
    suffix = words.pop() if len(words) > 1 and words[-1].rstrip(".") in SUFFIXES else ""
    last = len(words) - 1
    while last > 1 and words[last - 1].islower():
        last -= 1
    given, particle = " ".join(words[:last]), " ".join(words[last:-1])
    return Name(text, given, particle, words[-1], suffix) if given else Name(text)


def study_entry(study: Study) -> Entry:
    return Entry(
        key=study.id,
        kind="preprint" if study.is_preprint else "article",
        title=study.title,
        authors=tuple(map(person, study.authors)),
        date=study.date,
        url=study.link,
        container=study.venue or "",
        doi=study.doi or "",
        arxiv=study.arxiv or "",
    )


def sentence(
    entry: Entry, *, year: str = "", escape: Callable[[str], str] = str, link: str = ""
) -> str:
    """The citation as text, without the addresses that follow it.

    In a list of references `year` may have a letter, and in Markdown text from the data is escaped
    and the title linked.
    """
    names = ", ".join(name.text for name in entry.authors[:MAX_AUTHORS])
    more = " et al." if len(entry.authors) > MAX_AUTHORS else ""
    title = f"[{escape(entry.title)}]({link})" if link else escape(entry.title)
    stop = "" if entry.title.endswith((".", "?", "!")) else "."
    sentences = [f"{escape(names)}{more} ({year or entry.date[:4]}). {title}{stop}"]
    if entry.container:
        sentences.append(f"{'In: ' if entry.version else ''}{escape(entry.container)}.")
    if entry.version:
        sentences.append(f"Version {entry.version}, {format_date(entry.date)}.")
    return line(" ".join(sentences))


def line(value: str) -> str:
    """Text without line breaks, each a space."""
    return BREAKS.sub(" ", value)
