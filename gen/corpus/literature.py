"""Reads data/references.bib: base models' papers and other literature; pybtex lives here."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from typing import Final

from pybtex.database import Entry, Person
from pybtex.database.input.bibtex import Parser
from pybtex.exceptions import PybtexError

from gen.corpus import cells, characters
from gen.corpus.identifiers import doi_address, work
from gen.corpus.rules.text import apart, unclean
from gen.corpus.settings import Reference
from gen.problems import Problem, Unreadable

KEY: Final = re.compile(r"[a-z0-9]+(?:-[a-z0-9]+)*")
OTHERS: Final = ("", "others")  # how BibTeX says that there are more
ENTRY: Final = re.compile(
    r"^[ \t]*@(?!comment|string|preamble)\w+\s*\{\s*([^\s,}]+)", re.IGNORECASE | re.MULTILINE
)
NEEDED: Final = ("author", "title", "year")
# Fields of which the form is that of a cell of the tables.
KINDS: Final[dict[str, Callable[[str], str]]] = {
    "doi": cells.doi,
    "eprint": cells.arxiv,
    "url": cells.url,
}


def references(file: str, text: str) -> tuple[dict[str, Reference], list[Problem]]:
    """Return the sound entries by their key, and the problems of the others.

    Raises Unreadable where the file is not BibTeX.
    """
    sound: dict[str, Reference] = {}
    problems = list(_unclean(file, text))
    repeated = list(_repeated(file, text))
    if repeated:
        raise Unreadable(repeated)
    try:
        entries = Parser().parse_string(text).entries.items()
        for key, entry in entries:
            if found := list(_problems(file, text, key, entry)):
                problems += found
            else:
                sound[key] = _reference(key, entry, _line(text, key))
    except PybtexError as error:
        line = getattr(error, "lineno", None) or 0
        what = f"is not valid BibTeX: {error.args[0]}"
        if type(error).__name__ == "UndefinedMacro":
            what = (
                f"{error.args[0]!r} is no word of BibTeX's (months are jan, feb …); put a text "
                "between braces"
            )
        raise Unreadable([Problem(file=file, line=line, message=what)]) from None
    return sound, problems


def _unclean(file: str, text: str) -> Iterator[Problem]:
    """Characters that no cell of a table may hold either."""
    for number, line in enumerate(text.split("\n"), start=1):
        content = line.strip("\t\r ")
        if not content.isascii() or not content.isprintable():
            for fault in filter(None, (unclean(content), apart(content))):
                what, fix = fault
                value = content if fix else ""
                yield Problem(file=file, line=number, value=value, message=what, fix=fix)


def _repeated(file: str, text: str) -> Iterator[Problem]:
    """The keys that stand twice, at the second place: pybtex says neither line."""
    first: dict[str, int] = {}
    for match in re.finditer(
        r"^[ \t]*@(?!comment|string|preamble)\w+\s*\{\s*([^\s,}]+)",
        text,
        re.IGNORECASE | re.MULTILINE,
    ):
        key, number = match[1], text[: match.start(1)].count("\n") + 1
        if first.setdefault(key.lower(), number) != number:
            what = f"is already the key on line {first[key.lower()]}; remove one of the entries"
            yield Problem(file=file, line=number, id=key, value=key, message=what)


def _line(text: str, key: str, field: str = "") -> int:
    """The line of an entry, or of one of its fields."""
    start = text.index(f"{{{key}")
    if field and (found := re.compile(rf"\b{field}\s*=", re.IGNORECASE).search(text, start)):
        start = found.start()
    return text[:start].count("\n") + 1


def _problems(file: str, text: str, key: str, entry: Entry) -> Iterator[Problem]:
    for what in _messages(key, entry):
        yield Problem(file=file, line=_line(text, key), id=key, message=what)
    for field, kind in KINDS.items():
        value = entry.fields.get(field, "")
        try:
            if value:
                kind(value)
        except cells.InvalidCell as error:
            yield Problem(
                file=file,
                line=_line(text, key, field),
                column=field,
                id=key,
                value=value,
                message=error.message,
                fix=error.fix,
            )


def _messages(key: str, entry: Entry) -> Iterator[str]:
    if not KEY.fullmatch(key):
        yield f"{key!r} must be lower-case letters and digits with hyphens between them"
    for name in NEEDED:
        if not (entry.persons if name == "author" else entry.fields).get(name):
            yield f"{key!r} must have a field {name!r}"
    if not re.fullmatch(r"\d{4}", entry.fields.get("year", "2000")):
        yield f"{key!r} must have a year of four digits"


def _reference(key: str, entry: Entry, line: int) -> Reference:
    fields = entry.fields
    names = ("journal", "booktitle", "publisher")
    venue = next((fields[name] for name in names if name in fields), "")
    authors = tuple(map(_name, entry.persons["author"]))
    return Reference(
        key=key,
        title=_plain(fields["title"]),
        authors=tuple(name for name in authors if name != OTHERS),
        more=OTHERS in authors,
        year=int(fields["year"]),
        venue=_plain(venue) or ("arXiv" if "eprint" in fields else ""),
        link=_link(entry),
        works=tuple(work(fields[name]) for name in KINDS if name in fields),
        line=line,
    )


def _link(entry: Entry) -> str:
    """The page to open, as for a study: the published version before the preprint; "" if none."""
    if "doi" in entry.fields:
        return doi_address(entry.fields["doi"])
    if "eprint" in entry.fields:
        return f"https://arxiv.org/abs/{entry.fields['eprint']}"
    return str(entry.fields.get("url", ""))


def _name(person: Person) -> tuple[str, str]:
    """(given names, family name); a body's whole name is its family name."""
    family = [*person.prelast_names, *person.last_names, *person.lineage_names]
    given = [*person.first_names, *person.middle_names]
    return _plain(" ".join(given)), _plain(" ".join(family))


def _plain(text: str) -> str:
    return characters.without_tex(text) if re.search(r"[\\{}$~]", text) else text
