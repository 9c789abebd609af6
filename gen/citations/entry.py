"""What is cited, as one record: a study, or the review and its parts; and that record as text."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass
from typing import Final

from gen.corpus.names import Name, name
from gen.corpus.tables import Study
from gen.corpus.venues import venue
from gen.text.format import format_date

# Whatever any reader takes for the end of a line: in RIS that is the end of a field.
BREAKS: Final = re.compile(r"\s*[\n\r\v\f\x1c-\x1e\x85\u2028\u2029]\s*")

# What is said of a work -> what stands before its title, as publishers print it.
TAKEN_BACK: Final = {"retracted": "RETRACTED: ", "withdrawn": "WITHDRAWN: "}
# The same, in a note.
NOTICES: Final = {
    "retracted": "Retracted",
    "withdrawn": "Withdrawn",
    "concern": "Expression of concern",
    "corrected": "Corrected",
}
# What a venue is -> what is published in it.
PUBLISHED: Final = {"journal": "article", "event": "paper", "other": "report"}
NO_DATE: Final = "n.d."
MAX_AUTHORS: Final = 6  # in a citation as text; the other formats name them all


@dataclass(frozen=True, kw_only=True, slots=True)
class Entry:
    """Something that can be cited, in one version. What there is not is ""."""

    key: str  # ASCII, permanent
    kind: str  # article, paper (of an event), report, preprint, section, figure or review
    title: str
    authors: tuple[Name, ...]
    more: bool = False  # whether there are further authors, whose names nobody has seen
    date: str  # of that version, as precise as it is known: 2024, 2024-05 or 2024-05-06
    url: str
    container: str = ""  # the venue, or the work of which it is a part
    version: str = ""
    permalink: str = ""  # the address at which this version stays as it is
    doi: str = ""
    arxiv: str = ""
    status: str = ""  # what has been said of it since: retracted, withdrawn, concern, corrected
    status_url: str = ""

    @property
    def year(self) -> str:
        return self.date[:4] or NO_DATE

    @property
    def archive_id(self) -> str:
        """Under which number the archive of a preprint keeps it."""
        return f"arXiv:{self.arxiv}" if self.kind == "preprint" and self.arxiv else ""

    @property
    def notice(self) -> str:
        """What has been said of the work since, and where."""
        return ": ".join(filter(None, (NOTICES.get(self.status, ""), self.status_url)))

    @property
    def notes(self) -> tuple[str, ...]:
        """What no field of any format holds."""
        permalink = f"Permalink of this version: {self.permalink}" if self.permalink else ""
        return tuple(filter(None, (self.notice, permalink)))


def study_entry(study: Study) -> Entry:
    """The version to cite: the published one where there is one, else the preprint.

    Kind, date and container are of that version and never of the other. The address is the one to
    open, and an arXiv id that of the preprint, whichever is cited.
    """
    if study.is_preprint:
        kind, date, container = "preprint", study.date, study.venue or ""
    else:
        place = venue(study.venue or "")
        kind, date, container = PUBLISHED[place.kind], study.published or "", place.container
    status = study.status or ""
    before = TAKEN_BACK.get(status, "")
    said = study.title.lower().startswith(before.rstrip(": ").lower())
    return Entry(
        key=study.id,
        kind=kind,
        title=study.title if said else before + study.title,
        authors=tuple(map(name, study.authors)),
        more="authors" in study.partial,
        date=date,
        url=study.link,
        container=container,
        doi=study.doi or "",
        arxiv=study.arxiv or "",
        status=status,
        status_url=study.status_url or "",
    )


def sentence(
    entry: Entry, *, year: str = "", escape: Callable[[str], str] = str, link: str = ""
) -> str:
    """The citation as text, without the addresses that follow it.

    In a list of references `year` may have a letter, and in Markdown text from the data is escaped
    and the title linked.
    """
    names = ", ".join(author.text for author in entry.authors[:MAX_AUTHORS])
    more = " et al." if entry.more or len(entry.authors) > MAX_AUTHORS else ""
    title = f"[{escape(entry.title)}]({link})" if link else escape(entry.title)
    stop = "" if entry.title.endswith((".", "?", "!")) else "."
    sentences = [f"{escape(names)}{more} ({year or entry.year}). {title}{stop}"]
    if entry.container:
        sentences.append(f"{'In: ' if entry.version else ''}{escape(entry.container)}.")
    if entry.version:
        sentences.append(f"Version {entry.version}, {format_date(entry.date)}.")
    if entry.notice:
        sentences.append(f"{escape(entry.notice)}.")
    return line(" ".join(sentences))


def line(value: str) -> str:
    """Text without line breaks, each a space."""
    return BREAKS.sub(" ", value)
