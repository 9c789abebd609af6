"""Entries in the formats of reference managers: BibTeX, RIS and CSL-JSON."""

from __future__ import annotations

import json
import re
from collections.abc import Iterable
from functools import cache
from typing import Any, Final

from gen.citations.entry import Entry, line
from gen.corpus.names import Name
from gen.text.format import format_date

# Kind of entry -> its type in BibTeX, RIS and CSL-JSON, and where BibTeX says what it appeared in.
# Zotero reads every unknown type of RIS (UNPB, an unpublished work, too) as a journal article, and
# of figures no format of Zotero keeps in what they appeared: they are parts like any other.
KINDS: Final = {
    "article": ("article", "JOUR", "article-journal", "journal"),
    "paper": ("inproceedings", "CPAPER", "paper-conference", "booktitle"),
    "report": ("techreport", "RPRT", "report", "institution"),
    "preprint": ("misc", "MANSCPT", "article", "howpublished"),
    "section": ("incollection", "CHAP", "chapter", "booktitle"),
    "figure": ("incollection", "CHAP", "chapter", "booktitle"),
    "review": ("misc", "ELEC", "webpage", ""),
}

# Kinds that come from an archive or an institution and are in no container.
NO_CONTAINER: Final = {"preprint", "report"}

# What has no field for it, but in BibTeX, where the list of authors ends with "others".
INCOMPLETE: Final = "The list of authors is not complete."

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
# TeX draws two hyphens as a dash, which is what titles mean by them and addresses do not.
HYPHENS: Final = re.compile("-(?=-)")
# Braces in an address.
PERCENT: Final = str.maketrans({"{": "%7B", "}": "%7D"})


@cache  # a study is in the bibliographies of many pages
def bibtex(entry: Entry) -> str:
    """One entry. What is surely no person's name is kept whole by braces."""
    kind, _, _, container = KINDS[entry.kind]
    if entry.kind == "preprint" and entry.arxiv:
        container = ""  # the eprint says it
    values = {
        "title": "{" + entry.title.translate(TEX) + "}",
        "author": " and ".join([*map(_bibtex_name, entry.authors), *["others"] * entry.more]),
        container: entry.container.translate(TEX),
        "year": entry.date[:4],
        "month": entry.date[5:7].lstrip("0"),
        "version": entry.version.translate(TEX),
        "doi": entry.doi.translate(PERCENT),
        "eprint": entry.arxiv,
        "archiveprefix": "arXiv" if entry.arxiv else "",
        "eprinttype": "arXiv" if entry.arxiv else "",  # BibLaTeX and Zotero call it so
        "url": entry.url.translate(PERCENT),
        "note": HYPHENS.sub("-{}", _note(entry).translate(TEX)),
    }
    body = "".join(
        f"  {key} = {{{line(value)}}},\n" for key, value in values.items() if key and value
    )
    return f"@{kind}{{{entry.key},\n{body}}}\n"


def _note(entry: Entry) -> str:
    """With the version: the styles of BibTeX know neither versions nor days."""
    version = f"Version {entry.version}, {format_date(entry.date)}" if entry.version else ""
    return ". ".join(filter(None, (version, *entry.notes)))


def _bibtex_name(name: Name) -> str:
    """A lower-case word within the family name would be taken for the end of a particle."""
    family = name.family.translate(TEX)
    if name.is_whole or any(word.islower() for word in name.family.split()[:-1]):
        family = "{" + family + "}"
    last = f"{name.particle.translate(TEX)} {family}".strip()
    return ", ".join(filter(None, (last, name.suffix.translate(TEX), name.given.translate(TEX))))


@cache
def ris(entry: Entry) -> str:
    """One record. Its names are "Family, Given, Suffix"; one without a comma stays whole.

    An arXiv id is the number of a preprint and of nothing else. What no field holds is in M2, which
    Zotero keeps with the item: of N1 and of every unknown tag it makes a note beside it.
    """
    container = "PB" if entry.kind in NO_CONTAINER else "T2"
    lines = [
        ("TY", KINDS[entry.kind][1]),
        ("M3", "Preprint" if entry.kind == "preprint" else ""),
        ("ID", entry.key),
        *(("AU", name.cited) for name in entry.authors),
        ("TI", entry.title),
        ("PY", entry.date[:4]),
        ("DA", "/".join([*entry.date.split("-"), "", "", ""][:3]) + "/" if entry.date else ""),
        (container, entry.container),
        ("ET", f"Version {entry.version}" if entry.version else ""),
        ("AN", entry.archive_id),
        ("DO", entry.doi),
        ("UR", entry.url),
        ("M2", ". ".join(_notes(entry))),
    ]
    return "".join(f"{tag}  - {line(value)}\n" for tag, value in lines if value) + "ER  - \n"


def _notes(entry: Entry) -> list[str]:
    """What RIS and CSL-JSON have no field for: in both, an author "et al." would be a person."""
    return [*entry.notes, *[INCOMPLETE] * entry.more]


def csl_json(entries: Iterable[Entry]) -> str:
    """A list of items, as reference managers import it, an item a line."""
    return "[" + ",\n".join(map(_csl_line, entries)) + "]\n"


@cache
def _csl_line(entry: Entry) -> str:
    return json.dumps(csl(entry), ensure_ascii=False)


def csl(entry: Entry) -> dict[str, Any]:
    """One item of CSL-JSON 1.0.2. An arXiv id is the number of a preprint and of nothing else."""
    container = "publisher" if entry.kind in NO_CONTAINER else "container-title"
    parts = [int(part) for part in entry.date.split("-") if part]
    values = {
        "id": entry.key,
        "type": KINDS[entry.kind][2],
        "title": line(entry.title),
        "author": list(map(_csl_name, entry.authors)),
        container: line(entry.container),
        "issued": {"date-parts": [parts]} if parts else None,
        "edition" if entry.container else "version": (
            f"Version {entry.version}" if entry.version else ""
        ),
        "DOI": entry.doi,
        "number": entry.archive_id,
        "URL": entry.url,
        "note": ". ".join(_notes(entry)),
    }
    return {name: value for name, value in values.items() if value}


def _csl_name(name: Name) -> dict[str, str]:
    """Zotero reads family and given names only; from these, styles tell particles and suffixes."""
    if name.is_whole:
        return {"literal": line(name.text)}
    return {"family": name.last, "given": ", ".join(filter(None, (name.given, name.suffix)))}
