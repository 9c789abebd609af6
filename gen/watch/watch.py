"""What became of the studies: published, retracted, moved, gone. It proposes and changes nothing.

What was asked is kept with what came of it, so that a run that ends early, by the clock or because
a server fails, is carried on by the next one.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator, Sequence
from dataclasses import asdict, dataclass, field
from functools import partial
from pathlib import Path
from typing import Final
from urllib.parse import urlsplit

from gen import cache
from gen.corpus.characters import folded, words
from gen.corpus.corpus import Corpus
from gen.corpus.names import name
from gen.corpus.tables import Study
from gen.text.format import number
from gen.watch import arxiv, crossref
from gen.watch.client import GONE, Client, Unanswered, unanswered
from gen.watch.prisma import quoted
from gen.watch.work import Work

FILE: Final = Path(".cache/watch.json")
# A notice never takes the place of a graver one.
GRAVITY: Final = ("corrected", "concern", "withdrawn", "retracted")
# table -> columns whose addresses are looked at
ADDRESSES: Final = {
    "studies": ("url", "status_url", "code", "weights", "evidence"),
    "datasets": ("url", "evidence"),
    "base_models": ("url",),
}
# Of these the databases tell more than their pages.
REGISTERED: Final = frozenset({"doi.org", "arxiv.org"})
ALIVE: Final = (
    "https://doi.org/"  # asked where no server answers: is it the server, or the network?
)
OFFLINE: Final = (
    "cannot be reached, and nor can doi.org; is this machine connected to the internet?"
)
HOSTS_OF_REPOSITORIES: Final = frozenset({"github.com", "gitlab.com", "huggingface.co"})


@dataclass(frozen=True, slots=True)
class Finding:
    """A cell that may have to change."""

    table: str
    id: str
    column: str
    now: str
    proposed: str  # "" where a person has to find out
    why: str


Ask = Callable[[], Iterator[Finding]]


@dataclass(frozen=True, slots=True)
class Question:
    """What is asked at once: the group that fails together, and a key for what was asked."""

    group: str
    key: str
    ask: Ask


@dataclass(slots=True)
class Outcome:
    """What a run found, with what earlier runs found that were cut off."""

    findings: list[Finding] = field(default_factory=list)
    asked: int = 0
    left: int = 0  # for the next run
    faults: list[Unanswered] = field(default_factory=list)


def run(client: Client, corpus: Corpus, minutes: float, *, file: Path = FILE) -> Outcome:
    """Ask until all is answered or time is up; what fails is told, and asked by the next run."""
    until, kept, outcome = client.clock() + minutes * 60, _kept(file), Outcome()
    failed: set[str] = set()
    for question in questions(client, corpus):
        if question.key not in kept:
            if question.group in failed or client.clock() > until:
                outcome.left += 1
                continue
            try:
                kept[question.key] = list(question.ask())
            except Unanswered as error:
                outcome.faults.append(error)
                outcome.left += 1
                failed.add(question.group)
                continue
            _keep(file, kept)
        outcome.asked += 1
        outcome.findings += kept[question.key]
    if not outcome.left:
        file.unlink(missing_ok=True)
    return outcome


def questions(client: Client, corpus: Corpus) -> Iterator[Question]:
    """Everything that is asked, in the order of what matters most."""
    by_doi = {study.doi.lower(): study for study in corpus.studies if study.doi}
    for dois in _groups(list(by_doi), crossref.SIZE):
        yield Question("Crossref", f"doi {' '.join(dois)}", partial(_by_doi, client, dois, by_doi))
    by_id = {study.arxiv: study for study in corpus.studies if study.arxiv}
    for ids in _groups(list(by_id), arxiv.SIZE):
        yield Question("arXiv", f"arxiv {' '.join(ids)}", partial(_by_id, client, ids, by_id))
    for study in corpus.studies:
        if study.is_preprint:
            key = f"title {study.id} {study.title}"
            yield Question("Crossref", key, partial(_by_title, client, study))
    for address, places in _addresses(corpus).items():
        yield Question("links", f"link {address}", partial(_look, client, address, places))


def _groups(values: list[str], size: int) -> Iterator[list[str]]:
    yield from (values[start : start + size] for start in range(0, len(values), size))


def _by_doi(client: Client, dois: Sequence[str], by_doi: dict[str, Study]) -> Iterator[Finding]:
    for entry in crossref.by_dois(client, dois):
        study = by_doi[entry.work.doi]
        for status, notice in sorted(entry.notices, key=lambda each: -GRAVITY.index(each[0]))[:1]:
            yield from _noticed(study, status, notice, "a notice that Crossref lists")
        if entry.published_as and study.is_preprint:
            why = "Crossref: the preprint has this published version"
            yield Finding("studies", study.id, "doi", study.doi or "", entry.published_as, why)


def _by_id(client: Client, ids: Sequence[str], by_id: dict[str, Study]) -> Iterator[Finding]:
    for work in arxiv.by_ids(client, ids):
        study = by_id[work.arxiv]
        if work.notice:
            yield from _noticed(study, "withdrawn", work.page, f"arXiv: “{work.notice[:120]}”")
        if work.doi and work.doi != (study.doi or "").lower() and study.is_preprint:
            why = "arXiv: the authors name this published version"
            yield Finding("studies", study.id, "doi", study.doi or "", work.doi, why)


def _by_title(client: Client, study: Study) -> Iterator[Finding]:
    for entry in crossref.by_title(client, study.title):
        known = {(study.doi or "").lower()}
        if not entry.is_preprint and entry.work.doi not in known and _is_same(study, entry.work):
            why = f"Crossref: of the same title and first author, in {entry.work.venue or '?'}"
            yield Finding("studies", study.id, "doi", study.doi or "", entry.work.doi, why)
            return


def _is_same(study: Study, work: Work) -> bool:
    """Of one title and one first author: other works share a title, or a name."""
    if words(study.title) != words(work.title) or not (study.authors and work.authors):
        return False
    one, other = (folded(name(authors[0]).family) for authors in (study.authors, work.authors))
    return one == other


def _noticed(study: Study, status: str, notice: str, why: str) -> Iterator[Finding]:
    if study.status and GRAVITY.index(status) <= GRAVITY.index(study.status):
        return
    yield Finding("studies", study.id, "status", study.status or "", status, why)
    yield Finding("studies", study.id, "status_url", study.status_url or "", notice, why)


Place = tuple[str, str, str]  # table, id, column


def _addresses(corpus: Corpus) -> dict[str, list[Place]]:
    """Every address to be looked at, once, with the places where it stands."""
    found: dict[str, list[Place]] = {}
    for table, columns in ADDRESSES.items():
        for row in getattr(corpus, table):
            for column in columns:
                value = getattr(row, column) or ()
                for address in (value,) if isinstance(value, str) else value:
                    if urlsplit(address).netloc not in REGISTERED:
                        found.setdefault(address, []).append((table, row.id, column))
    return found


def _look(client: Client, address: str, places: Sequence[Place]) -> Iterator[Finding]:
    seen = client.look(address)
    if not seen.status and not client.look(ALIVE).status:
        raise unanswered(urlsplit(address).netloc, OFFLINE)
    if seen.status in GONE:
        proposed, why = "", f"the page is gone ({seen.status})"
    elif not seen.status:
        proposed, why = "", "no server answers there"
    elif seen.status == 200 and seen.moved and (proposed := _elsewhere(address, seen.final)):  # noqa: PLR2004
        why = "moved for good"
    else:
        return
    for table, id_, column in places:
        yield Finding(table, id_, column, address, proposed, why)


def _elsewhere(address: str, final: str) -> str:
    """Where an address should lead, or "" where it differs in form only."""
    before, after = urlsplit(address), urlsplit(final)
    if before.netloc in HOSTS_OF_REPOSITORIES and after.netloc == before.netloc:
        one, other = (part.path.strip("/").lower() for part in (before, after))
    else:
        one, other = (
            f"{part.netloc.removeprefix('www.')}{part.path.rstrip('/')}" for part in (before, after)
        )
    is_front = after.path.strip("/") == "" != before.path.strip("/")  # where lost pages often lead
    return "" if one == other or is_front or after.scheme != "https" else final


def _kept(file: Path) -> dict[str, list[Finding]]:
    try:
        values = json.loads(file.read_text(encoding="utf-8"))
        return {key: [Finding(**each) for each in found] for key, found in values.items()}
    except (OSError, ValueError, TypeError, AttributeError):
        return {}


def _keep(file: Path, kept: dict[str, list[Finding]]) -> None:
    values = {key: list(map(asdict, found)) for key, found in kept.items()}
    cache.write(file, json.dumps(values, ensure_ascii=False).encode())


def markdown(outcome: Outcome) -> str:
    """The findings as a table for a person, who changes what is right."""
    found = sorted(outcome.findings, key=lambda each: (each.table, each.id, each.column, each.now))
    rows = "".join(
        f"| {each.table} | {each.id} | {each.column} | {quoted(each.now)} | "
        f"{quoted(each.proposed) or '?'} | {quoted(each.why)} |\n"
        for each in found
    )
    head = (
        "| Table | Row | Column | Now | Proposed | Why |\n| --- | --- | --- | --- | --- | --- |\n"
    )
    said = f"{number(outcome.asked)} questions were answered, {number(outcome.left)} are left.\n"
    faults = "".join(f"- {quoted(str(error))}\n" for error in outcome.faults)
    table = head + rows if found else "No change was found."
    return f"## What became of the studies\n\n{said}\n{table}\n" + (
        f"\n### Not answered\n\n{faults}" if faults else ""
    )
