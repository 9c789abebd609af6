"""The rules of works: the same one stands here once, under whichever identifier.

The first sentence of a rule's docstring is the rule as the codebook page states it.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from gen.corpus.cells import MARKERS
from gen.corpus.characters import words
from gen.corpus.identifiers import work
from gen.corpus.rules.lines import Line, Tables
from gen.problems import Problem

IDENTIFIERS: Final = ("doi", "arxiv", "url")


def unique_works(tables: Tables) -> Iterator[Problem]:
    """No two studies share a record or are the same work by DOI, arXiv id or address, whichever of them is given (an arXiv DOI or address is the arXiv id)."""  # noqa: E501 - the codebook page shows it as one sentence
    first: dict[str, Line] = {}
    records: dict[str, Line] = {}
    for line in tables.lines["studies"]:
        for key, column in _works(line).items():
            if (other := first.setdefault(key, line)) is not line:
                what = f"is already that of {other.id!r} on line {other.number}"
                yield line.problem(column, what, value=line.cells[column])
        record = line.cells["record_id"]
        if record and (other := records.setdefault(record.lower(), line)) is not line:
            what = f"is already that of {other.id!r} on line {other.number}"
            yield line.problem("record_id", what, value=record)


def similar_titles(tables: Tables) -> Iterator[Problem]:
    """Two studies with the same title are warned of, and so are a record and a study without one, since they may be one work."""  # noqa: E501 - the codebook page shows it as one sentence
    studies: dict[str, Line] = {}  # by title
    for line in tables.lines["studies"]:
        title = words(line.cells["title"])
        other = studies.setdefault(title, line)
        if title and other is not line:
            yield _alike(line, other, "it is a study already, remove this line")
    known = _records(tables)
    titles = {words(line.cells["title"]): line for line in tables.lines["records"][::-1]}
    for line in tables.lines["studies"]:
        title = words(line.cells["title"])
        record = titles.get(title)
        if not record or line.cells["record_id"] or _found(known, line):
            continue
        if record.cells["study"] not in {line.id, studies[title].id}:  # of the same title itself
            yield _alike(line, record, f"it is the same work, write {record.id} in record_id")


def _alike(line: Line, other: Line, then: str) -> Problem:
    what = (
        f"is also the title of {other.id!r} ({other.file}:{other.number}); if {then}, and if it is "
        "another, leave it"
    )
    return line.problem("title", what, value=line.cells["title"], severity="warning")


def known_records(tables: Tables) -> Iterator[Problem]:
    """A study whose work is that of a record names it, so that the flow of records knows what became of it."""  # noqa: E501 - the codebook page shows it as one sentence
    records, studies = _records(tables), tables.by_id("studies")
    for line in tables.lines["studies"]:
        record = None if line.cells["record_id"] else _found(records, line)
        if record is None or record.cells["study"] == line.id:  # the latter: see records_agree
            continue
        coded = studies.get(record.cells["study"])
        if coded and _works(coded).keys() & _works(line).keys():  # see unique_works
            continue
        place = f"{record.id!r} ({record.file}:{record.number})"
        decision, of = record.cells["decision"], record.cells["study"]
        if of:
            what = f"is missing: the work is that of record {place}, which is coded as {of!r}"
            yield line.problem("record_id", what)
        elif decision == "exclude":
            reason = tables.taxonomy["reason"].terms.get(record.cells["reason"])
            why = reason.label if reason else record.cells["reason"]
            what = (
                f"is missing: the work is that of record {place}, which was excluded ({why}); if "
                "it belongs here, change that decision to include in the same pull request"
            )
            yield line.problem("record_id", what)
        elif decision in {"deferred", "undecided"}:
            what = (
                f"is missing: the work is that of record {place}, which is {decision}; name it "
                "here, and set its decision to include in the same pull request"
            )
            yield line.problem("record_id", what, fix=record.id)
        else:
            what = f"is missing: the work is that of record {place}, which waits to be coded"
            yield line.problem("record_id", what, fix=record.id)


def cited_studies(tables: Tables) -> Iterator[Problem]:
    """No entry of references.bib has the key or is the work of a study: pages cite the study instead."""  # noqa: E501 - the codebook page shows it as one sentence
    studies = tables.by_id("studies")
    models = tables.ids("base_models")  # a study cannot have such an id, which is told elsewhere
    keys = {key: line for line in tables.lines["studies"][::-1] for key in _works(line)}
    for key, entry in tables.references.items():
        same = next((keys[work] for work in entry.works if work in keys), None)
        if key in models:  # a base model may come from the paper of a study
            continue
        if key in studies:
            what = "is the id of a study; remove the entry or give it another key"
        elif same:
            what = f"is the work of the study {same.id!r} ({same.file}:{same.number}); cite that"
            what += " and remove the entry"
        else:
            continue
        file = f"{tables.folder}/references.bib"
        yield Problem(file=file, line=entry.line, id=key, value=key, message=what)


def _works(line: Line) -> dict[str, str]:
    """The keys of the work in a row, each with the column that gives it."""
    found: dict[str, str] = {}
    for column in IDENTIFIERS:
        cell = line.cells[column]
        if cell and cell not in MARKERS:
            found.setdefault(work(cell), column)
    return found


def _records(tables: Tables) -> dict[str, Line]:
    """The records by the keys of their works; the first one where two have the same."""
    return {key: line for line in tables.lines["records"][::-1] for key in _works(line)}


def _found(records: dict[str, Line], line: Line) -> Line | None:
    return next((records[key] for key in _works(line) if key in records), None)
