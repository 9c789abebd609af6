"""The living search: what is new in each database since the last time, added to the records.

Each answer is kept before the next question, in a file for each database. A search that was cut off
goes on from there, whatever day it is by then; the tables are written when all have answered.
"""

from __future__ import annotations

import itertools
import json
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date as Date
from datetime import timedelta
from pathlib import Path
from typing import Final

from gen import cache
from gen.contribute import written
from gen.contribute.lines import Cells
from gen.corpus.cells import SEPARATOR
from gen.corpus.corpus import Corpus
from gen.corpus.rules.flow import UNDECIDED
from gen.corpus.rules.lines import split
from gen.corpus.settings import Question
from gen.problems import DataError, Problem, unknown
from gen.watch import arxiv, openalex, pubmed
from gen.watch.client import Client, unanswered
from gen.watch.work import Work, keys

Ask = Callable[[Client, str, Date, Date, int], tuple[list[Work], int]]
# source in search.toml -> who is asked, and its host
DATABASES: Final[dict[str, tuple[Ask, str]]] = {
    "arXiv": (arxiv.search, arxiv.HOST),
    "PubMed": (pubmed.search, pubmed.HOST),
    "OpenAlex": (openalex.search, openalex.HOST),
}
DATABASE: Final = "database"  # the kind of such a source
FOLDER: Final = Path(".cache/search")


@dataclass(slots=True)
class Search:
    """A search of one database, and what it found so far."""

    source: str
    query: str
    since: Date
    until: Date
    works: list[Work] = field(default_factory=list)
    asked: int = 0  # entries that were read, those that no record can be made of included
    is_done: bool = False

    def go_on(self, client: Client, keep: Callable[[Search], None]) -> None:
        """Ask for one page after the other, and keep each. Raises Unanswered."""
        ask, host = DATABASES[self.source]
        while not self.is_done:
            page, total = ask(client, self.query, self.since, self.until, self.asked)
            self.works += [work for work in page if work.title and work.page]
            self.asked += len(page)
            self.is_done = self.asked >= total
            if not page and not self.is_done:
                what = (
                    f"said that it found {total} works and handed out {self.asked}; try again later"
                )
                raise unanswered(host, what)
            keep(self)


@dataclass(frozen=True, slots=True)
class Counts:
    """What a search of one database brought, for the flow of records."""

    search: Search
    found: int
    known: int  # as records or studies from before
    twice: int  # already found by this search, here or in a database asked before
    new: tuple[str, ...]  # titles of the records that were added


def run(
    client: Client, data: Path, corpus: Corpus, until: Date, *, folder: Path = FOLDER
) -> list[Counts]:
    """Search every database up to a day, and write what is new. Raises DataError, or writes."""
    searches = [_begun(corpus, question, until, folder) for question in _questions(corpus)]
    for search in searches:
        search.go_on(client, lambda search: _keep(folder, search))
    counts = _written(data, corpus, searches)
    for search in searches:
        _file(folder, search.source).unlink(missing_ok=True)
    return counts


def _questions(corpus: Corpus) -> tuple[Question, ...]:
    for each in corpus.searching.searches:
        if each.source not in DATABASES:
            what = unknown(each.source, "a database that can be asked", DATABASES)
            raise DataError([Problem(file=f"{corpus.folder}/search.toml", message=what)])
    return corpus.searching.searches


def last(corpus: Corpus, source: str) -> Date | None:
    """Up to which day a database was searched."""
    days = [
        each.commit_date[:10]
        for each in corpus.sources
        if each.source == source and each.commit_date
    ]
    return max(map(Date.fromisoformat, days), default=None)


def _begun(corpus: Corpus, question: Question, until: Date, folder: Path) -> Search:
    """The search that was cut off, or a new one."""
    source, since = question.source, corpus.searching.since
    if before := last(corpus, source):
        since = before - timedelta(days=corpus.searching.overlap)
    try:
        kept = json.loads(_file(folder, source).read_text(encoding="utf-8"))
        search = Search(
            source,
            kept["query"],
            Date.fromisoformat(kept["since"]),
            Date.fromisoformat(kept["until"]),
            list(map(Work.kept, kept["works"])),
            kept["asked"],
            kept["is_done"],
        )
        if (search.query, search.since) == (question.query, since):
            return search
    except (OSError, ValueError, KeyError, TypeError):
        pass  # none is kept, or not as it is now; of another question it would be another answer
    if until < since:
        what = f"a search of {source} begins on {since}, which is after {until}"
        raise DataError([Problem(file=f"{corpus.folder}/search.toml", message=what)])
    return Search(source, question.query, since, until)


def _file(folder: Path, source: str) -> Path:
    return folder / f"{source}.json"


def _keep(folder: Path, search: Search) -> None:
    values = {
        "query": search.query,
        "since": search.since.isoformat(),
        "until": search.until.isoformat(),
        "works": [work.as_json() for work in search.works],
        "asked": search.asked,
        "is_done": search.is_done,
    }
    content = json.dumps(values, ensure_ascii=False, indent=1)
    cache.write(_file(folder, search.source), content.encode())


def _written(data: Path, corpus: Corpus, searches: Iterable[Search]) -> list[Counts]:
    """Add records and sources, each database after the one before."""
    records, sources = written.rows(data, "records"), written.rows(data, "sources")
    place: dict[str, int] = {}
    for source in sources:
        place.setdefault(source["source"], len(place))
    known = {key: record for record, key in _keys(corpus, records)}
    before = {id(record) for record in records}
    numbers = itertools.count(max(int(record["id"].lstrip("r") or 0) for record in records) + 1)
    counts = []
    for search in searches:
        place.setdefault(search.source, len(place))
        new: list[str] = []
        old = twice = 0
        for work in search.works:
            record = next((known[key] for key in work.keys if key in known), None)
            if record is None:
                record = _record(work, f"r{next(numbers):04}", search.source)
                records.append(record)
                new.append(work.title)
            elif id(record) in before or not record:
                old += 1
            else:
                twice += 1
            _found_in(record, search.source, place)
            for name in ("arxiv", "doi"):  # of the same work: a preprint and its publication
                if record.get("decision") == UNDECIDED and not record[name]:
                    record[name] = getattr(work, name)
            known |= dict.fromkeys(work.keys, record)
        sources.append(_source(search, len(new)))
        counts.append(Counts(search, len(search.works), old, twice, tuple(new)))
    written.replace(data, {"records": records, "sources": sources})
    return counts


def _keys(corpus: Corpus, records: list[Cells]) -> Iterator[tuple[Cells, str]]:
    """Each record by the keys of its work and of its study; a study without one is an empty row."""
    by_id = {record["id"]: record for record in records}
    for study in corpus.studies:
        record = by_id.get(study.record_id or "", {})
        for key in keys(study.title, (study.doi or "", study.arxiv or "", study.url or "")):
            yield record, key
    for record in records:
        for key in keys(record["title"], (record["doi"], record["arxiv"], record["url"])):
            yield record, key


def _record(work: Work, id_: str, source: str) -> Cells:
    return {
        "id": id_,
        "title": work.title,
        "arxiv": work.arxiv,
        "doi": work.doi,
        "url": work.page,
        "year": work.date[:4],
        "venue": work.venue,
        "sources": source,
        "decision": UNDECIDED,
    }


def _found_in(record: Cells, source: str, place: Mapping[str, int]) -> None:
    """Name the source in a record, unless it would become the first.

    A record is counted at the first of its sources. One that was counted elsewhere stays there.
    """
    names = split(record.get("sources", ""))
    if names and source not in names and place[source] > min(map(place.__getitem__, names)):
        record["sources"] = SEPARATOR.join((*names, source))


def _source(search: Search, new: int) -> Cells:
    return {
        "source": search.source,
        "kind": DATABASE,
        "commit_date": search.until.isoformat(),
        "raw_records": str(len(search.works)),
        "unique_new_records": str(new),
        "note": f"Searched from {search.since} for: {search.query}",
    }
