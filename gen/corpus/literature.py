"""Reads data/references.bib: base models' papers and other literature; pybtex lives here."""

from __future__ import annotations

import re
from collections.abc import Iterator

from pybtex.database import Entry, Person, parse_string
from pybtex.exceptions import PybtexError
from pybtex.richtext import Text

from gen.corpus.settings import Reference
from gen.problems import Problem, Unreadable

KEY = re.compile(r"[a-z0-9]+(?:-[a-z0-9]+)*")
OTHERS = ("", "others")  # how BibTeX says that there are more
NEEDED = ("author", "title", "year")


def references(file: str, text: str) -> tuple[dict[str, Reference], list[Problem]]:
    """Return the sound entries by their key, and the problems of the others.

    Raises Unreadable where the file is not BibTeX.
    """
    sound: dict[str, Reference] = {}
    problems: list[Problem] = []
    try:
        entries = parse_string(text, "bibtex").entries.items()
        for key, entry in entries:
            if messages := list(_messages(key, entry)):
                line = text[: text.index(f"{{{key}")].count("\n") + 1
                problems += [
                    Problem(file=file, line=line, id=key, message=what) for what in messages
                ]
            else:
                sound[key] = _reference(key, entry)
    except PybtexError as error:
        line = getattr(error, "lineno", None) or 0
        what = f"is not valid BibTeX: {error.args[0]}"
        raise Unreadable([Problem(file=file, line=line, message=what)]) from None
    return sound, problems


def _messages(key: str, entry: Entry) -> Iterator[str]:
    if not KEY.fullmatch(key):
        yield f"{key!r} must be lower-case letters and digits with hyphens between them"
    for name in NEEDED:
        if not (entry.persons if name == "author" else entry.fields).get(name):
            yield f"{key!r} must have a field {name!r}"
    if not re.fullmatch(r"\d{4}", entry.fields.get("year", "2000")):
        yield f"{key!r} must have a year of four digits"
    if not entry.fields.get("url", "https://").startswith("https://"):
        yield f"{key!r} must have a url that starts with https://"


def _reference(key: str, entry: Entry) -> Reference:
    fields = entry.fields
    names = ("journal", "booktitle", "publisher")
    venue = next((fields[name] for name in names if name in fields), "")
    return Reference(
        key=key,
        title=_plain(fields["title"]),
        authors=tuple(name for name in map(_name, entry.persons["author"]) if name != OTHERS),
        year=int(fields["year"]),
        venue=_plain(venue) or ("arXiv" if "eprint" in fields else ""),
        link=_link(entry),
    )


def _link(entry: Entry) -> str:
    """The page to open, as for a study: the published version before the preprint; "" if none."""
    if "doi" in entry.fields:
        return f"https://doi.org/{entry.fields['doi']}"
    if "eprint" in entry.fields:
        return f"https://arxiv.org/abs/{entry.fields['eprint']}"
    return str(entry.fields.get("url", ""))


def _name(person: Person) -> tuple[str, str]:
    """(given names, family name); a body's whole name is its family name."""
    family = [*person.prelast_names, *person.last_names, *person.lineage_names]
    given = [*person.first_names, *person.middle_names]
    return _plain(" ".join(given)), _plain(" ".join(family))


def _plain(text: str) -> str:
    return str(Text.from_latex(text)) if re.search(r"[\\{}$~]", text) else text
