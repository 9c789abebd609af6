"""What is cited, as one record, and that record as text, BibTeX, RIS and CSL-JSON."""

from __future__ import annotations

import json
import re
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any, Final

from gen.model import Study
from gen.render import when

# Kind of entry -> its type in BibTeX, RIS and CSL-JSON, and where BibTeX says what it appeared in.
KINDS: Final = {
    "article": ("article", "JOUR", "article-journal", "journal"),
    "preprint": ("misc", "UNPB", "article", "howpublished"),
    "part": ("incollection", "CHAP", "chapter", "booktitle"),
    "figure": ("incollection", "FIGURE", "figure", "booktitle"),
    "whole": ("misc", "ELEC", "webpage", ""),
}

# Characters that BibTeX or TeX would take for markup. Braces become words: BibTeX counts even those
# that a backslash precedes, so that a single one would swallow the rest of the file.
TEX: Final = str.maketrans(
    {
        "\\": r"\textbackslash{}",
        "{": r"\textbraceleft{}",
        "}": r"\textbraceright{}",
        "&": r"\&",
        "%": r"\%",
        "$": r"\$",
        "#": r"\#",
        "_": r"\_",
        "~": r"\textasciitilde{}",
        "^": r"\textasciicircum{}",
    }
)
# The same two in an address.
PERCENT: Final = str.maketrans({"{": "%7B", "}": "%7D"})

# In RIS a line is a field: whatever any reader takes for the end of one.
BREAKS: Final = re.compile(r"\s*[\n\r\v\f\x1c-\x1e\x85\u2028\u2029]\s*")

# A name with one of these words is no person's.
GROUP: Final = re.compile(
    r"\b(Alliance|Association|Collaborat(ion|ors)|Committee|Consortium|Contributors|Group|Initiative"
    r"|Institute|Investigators|Laboratory|Network|Project|Society|Team|University)\b"
)
SUFFIXES: Final = frozenset({"Jr", "Sr", "II", "III", "IV"})
MOST_AUTHORS: Final = 6  # in a citation as text; the other formats name them all


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
    """Something that can be cited: a study, or the review and its parts. "" is what there is not."""

    key: str  # ASCII, permanent
    kind: str  # of KINDS
    title: str
    authors: tuple[Name, ...]
    date: str  # as precise as it is known: 2024, 2024-05 or 2024-05-06
    url: str
    container: str = ""  # the venue, or the work of which it is a part
    version: str = ""
    pinned: str = ""  # the address at which this version stays as it is
    doi: str = ""
    arxiv: str = ""

    @property
    def note(self) -> str:
        return f"Permalink of this version: {self.pinned}" if self.pinned else ""


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


def sentence(entry: Entry) -> str:
    """The citation as text, without the addresses that follow it."""
    names = ", ".join(name.text for name in entry.authors[:MOST_AUTHORS])
    more = " et al." if len(entry.authors) > MOST_AUTHORS else ""
    stop = "" if entry.title[-1:] in tuple(".?!") else "."
    said = [f"{names}{more} ({entry.date[:4]}). {entry.title}{stop}"]
    if entry.container:
        said.append(f"{'In: ' if entry.version else ''}{entry.container}.")
    if entry.version:
        said.append(f"Version {entry.version}, {when(entry.date)}.")
    return _line(" ".join(said))


def text(entry: Entry) -> str:
    """The whole citation as text."""
    pinned = f" (this version: {entry.pinned})" if entry.pinned else ""
    return f"{sentence(entry)} {entry.url}{pinned}"


def bibtex(entry: Entry) -> str:
    """One entry. What is surely no person's name is kept whole by braces."""
    kind, _, _, container = KINDS[entry.kind]
    if entry.kind == "preprint" and entry.arxiv:
        container = ""  # the eprint says it
    values = {
        "title": "{" + entry.title.translate(TEX) + "}",
        "author": " and ".join(map(_bibtex_name, entry.authors)),
        container: entry.container.translate(TEX),
        "year": entry.date[:4],
        "month": entry.date[5:7].lstrip("0"),
        "version": entry.version.translate(TEX),
        "doi": entry.doi.translate(PERCENT),
        "eprint": entry.arxiv,
        "archiveprefix": "arXiv" if entry.arxiv else "",
        "url": entry.url.translate(PERCENT),
        "note": _version_note(entry).translate(TEX),
    }
    body = "".join(f"  {key} = {{{_line(value)}}},\n" for key, value in values.items() if key and value)
    return f"@{kind}{{{entry.key},\n{body}}}\n"


def _version_note(entry: Entry) -> str:
    """For the styles of BibTeX, which know neither versions nor days."""
    return f"Version {entry.version}, {when(entry.date)}. {entry.note}" if entry.version else ""


def _bibtex_name(name: Name) -> str:
    if not name.family:
        return "{" + name.text.translate(TEX) + "}"
    family = f"{name.particle} {name.family}".strip()
    parts = (family, name.suffix, name.given) if name.suffix else (family, name.given)
    return ", ".join(parts).translate(TEX)


def ris(entry: Entry) -> str:
    """One record. Its names are "Family, Given, Suffix"; one without a comma stays whole."""
    lines = [("TY", KINDS[entry.kind][1]), ("ID", entry.key)]
    for name in entry.authors:
        parts = (f"{name.particle} {name.family}".strip(), name.given, name.suffix)
        lines.append(("AU", ", ".join(filter(None, parts)) or name.text))
    lines += [
        ("TI", entry.title),
        ("PY", entry.date[:4]),
        ("DA", "/".join([*entry.date.split("-"), "", "", ""][:3]) + "/"),
        ("T2", entry.container),
        ("ET", f"Version {entry.version}" if entry.version else ""),
        ("DO", entry.doi),
        ("UR", entry.url),
        ("N1", f"arXiv:{entry.arxiv}" if entry.arxiv else entry.note),
    ]
    return "".join(f"{tag}  - {_line(value)}\n" for tag, value in lines if value) + "ER  - \n"


def csl_json(entries: Iterable[Entry]) -> str:
    """A list of items, as reference managers import it, an item a line."""
    items = (json.dumps(csl(entry), ensure_ascii=False) for entry in entries)
    return "[" + ",\n".join(items) + "]\n"


def csl(entry: Entry) -> dict[str, Any]:
    """One item of CSL-JSON 1.0.2."""
    container = "publisher" if entry.kind == "preprint" else "container-title"
    values = {
        "id": entry.key,
        "type": KINDS[entry.kind][2],
        "title": _line(entry.title),
        "author": list(map(_csl_name, entry.authors)),
        container: _line(entry.container),
        "issued": {"date-parts": [[int(part) for part in entry.date.split("-")]]},
        "version": entry.version,
        "DOI": entry.doi,
        "number": f"arXiv:{entry.arxiv}" if entry.arxiv else "",
        "URL": entry.url,
        "note": entry.note,
    }
    return {name: value for name, value in values.items() if value}


def _csl_name(name: Name) -> dict[str, str]:
    if not name.family:
        return {"literal": _line(name.text)}
    parts = {
        "family": name.family,
        "given": name.given,
        "non-dropping-particle": name.particle,
        "suffix": name.suffix,
    }
    return {part: value for part, value in parts.items() if value}


def _line(value: str) -> str:
    return BREAKS.sub(" ", value)
