"""A row for a study from its arXiv id or DOI: what databases know of it, checked among others."""

from __future__ import annotations

from dataclasses import dataclass, replace
from pathlib import Path
from typing import Final

from gen.contribute import written
from gen.contribute.lines import Cells, Change, checked
from gen.corpus.characters import words
from gen.corpus.columns import columns
from gen.corpus.identifiers import work
from gen.corpus.names import name
from gen.corpus.rules.works import IDENTIFIERS
from gen.corpus.tables import Study
from gen.problems import DataError, Problem
from gen.watch import arxiv, crossref
from gen.watch.client import Client, Unanswered, unanswered
from gen.watch.work import Work

LONGEST_NAME: Final = 40  # of what stands before the colon of a title, to be a model's name
TOPIC: Final = 3  # words of a title in an id


@dataclass(frozen=True, slots=True)
class Draft:
    """The row of a study, the row of its record if one waits, and what is still missing."""

    changes: tuple[Change, ...]
    problems: tuple[Problem, ...]


def draft(client: Client, data: Path, identifier: str) -> Draft:
    """A row with what is known, the rest empty. Raises DataError: offline, unknown, or here."""
    key = work(identifier)
    kind, _, id_ = key.partition(":")
    if kind not in {"arxiv", "doi"}:
        what = f"{identifier!r} is neither an arXiv id such as 2304.12306 nor a DOI"
        raise DataError([Problem(file="add", message=what)])
    # Before anything is asked, and again by what the answer says of other identifiers.
    _refuse(data, {"id": "new", "arxiv" if kind == "arxiv" else "doi": id_})
    found = found_by(client, kind, id_)
    cells = found.cells | named(found)
    if cells["id"] in {row["id"] for row in written.rows(data, "studies")}:
        cells["id"] += f"-{found.date[:4] or 2}"
    changes, problems = _refuse(data, cells)
    own = (p for p in problems if p.id == cells["id"] or p.column == "id")
    return Draft(tuple(changes), tuple(own))


def found_by(client: Client, kind: str, id_: str) -> Work:
    """The work of an identifier, its preprint and its publication together. Raises Unanswered."""
    if kind == "doi":
        return crossref.by_doi(client, id_).work
    preprint = next(arxiv.by_ids(client, [id_]), None)
    if preprint is None:
        raise unanswered(arxiv.HOST, f"knows no work with the id {id_}")
    if not preprint.doi:
        return preprint
    try:
        later = crossref.by_doi(client, preprint.doi).work
    except Unanswered:
        return preprint  # with the DOI that it names, and its own venue, which the coder corrects
    return replace(preprint, venue=later.venue or preprint.venue, published=later.published)


def named(found: Work) -> Cells:
    """Name and id: what stands before the colon of the title, else first author and topic."""
    before, colon, _ = found.title.partition(": ")
    if colon and len(before) <= LONGEST_NAME and before[:1].isalnum():
        return {"name": before, "id": "-".join(words(before).split())}
    first = words(name(found.authors[0]).last).split() if found.authors else ["unknown"]
    topic = [word for word in words(found.title).split() if len(word) > TOPIC][:TOPIC]
    return {"name": found.title[:80], "id": "-".join((*first, *topic))[:60].strip("-")}


def _refuse(data: Path, cells: Cells) -> tuple[list[Change], list[Problem]]:
    """What the checker says. Raises DataError where the work is a study, or was excluded."""
    changes, problems = checked(data, [Change("studies", cells)])
    names = {*IDENTIFIERS, "record_id"}
    if known := [
        problem
        for problem in problems
        if (problem.id, problem.column in names) == (cells["id"], True)
        and problem.message.startswith(("is already", "is missing"))
    ]:
        raise DataError(known)
    return changes, problems


def missing(changed: Draft) -> list[str]:
    """The required columns that nobody but the coder can fill."""
    cells = next(change for change in changed.changes if change.table == "studies").whole
    return [each.name for each in columns(Study) if each.required and not cells[each.name]]
