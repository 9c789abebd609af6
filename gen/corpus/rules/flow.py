"""What must hold between sources and records, or the flow diagram does not add up.

Asked only of data that break no rule of rows.py: there every id is unique and every reference
resolves, a record has a reason if and only if it was excluded, and is that of one study.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator

from gen.corpus.corpus import Corpus
from gen.corpus.tables import FIRST_LINE
from gen.problems import Problem

INCLUDED, DEFERRED, EXCLUDED, UNDECIDED = "include", "deferred", "exclude", "undecided"
DECISIONS = (INCLUDED, DEFERRED, EXCLUDED, UNDECIDED)
SCREENING, CODING = "screening", "coding"


def first_sources(corpus: Corpus) -> dict[str, str]:
    """Id of a record -> the first of its sources in the order of sources.csv."""
    place: dict[str, int] = {}
    for source in corpus.sources:
        place.setdefault(source.source, len(place))
    return {record.id: min(record.sources, key=place.__getitem__) for record in corpus.records}


def problems(corpus: Corpus, folder: str) -> Iterator[Problem]:
    """Every place where two numbers of the diagram would contradict each other."""
    yield from _terms(corpus, f"{folder}/taxonomy.toml")
    yield from _sources(corpus, f"{folder}/sources.csv")
    yield from _decisions(corpus, f"{folder}/records.csv")


def _terms(corpus: Corpus, file: str) -> Iterator[Problem]:
    needed = {"decision": DECISIONS, "stage": (SCREENING, CODING)}
    for name, id_ in ((name, id_) for name, ids in needed.items() for id_ in ids):
        if id_ not in corpus.taxonomy[name].terms:
            where = f"{name}.terms.{id_}"
            what = "is missing, and the flow diagram has a box for it; restore the term"
            yield Problem(file=file, column=where, message=what)


def _sources(corpus: Corpus, file: str) -> Iterator[Problem]:
    """Counted for all lines of a source together: records.csv does not tell its files apart."""
    line: dict[str, int] = {}
    kind: dict[str, str] = {}
    held, new = Counter[str](), Counter[str]()
    for number, row in enumerate(corpus.sources, start=FIRST_LINE):
        name = row.source
        line.setdefault(name, number)
        held[name] += row.raw_records
        new[name] += row.unique_new_records
        if kind.setdefault(name, row.kind) != row.kind:
            what = f"must be {kind[name]!r}, as on line {line[name]}: a source is of one kind"
            yield Problem(
                file=file, line=number, column="kind", id=name, value=row.kind, message=what
            )
        if row.unique_new_records > row.raw_records:
            value = str(row.unique_new_records)
            what = f"cannot be more than the {row.raw_records} that it held (raw_records)"
            yield Problem(
                file=file,
                line=number,
                column="unique_new_records",
                id=name,
                value=value,
                message=what,
            )
    named = Counter(name for record in corpus.records for name in set(record.sources))
    first = Counter(first_sources(corpus).values())
    for name, number in line.items():
        if named[name] > held[name]:
            what = (
                f"{name} held {held[name]} entries by this file, and {named[name]} of records.csv "
                "name it; correct the one or the other"
            )
            yield Problem(file=file, line=number, column="raw_records", id=name, message=what)
        if first[name] != new[name]:
            what = (
                f"{name} brought {new[name]} new records by this file, and {first[name]} of "
                "records.csv have it as their first source; correct the one or the other"
            )
            yield Problem(
                file=file, line=number, column="unique_new_records", id=name, message=what
            )


def _decisions(corpus: Corpus, file: str) -> Iterator[Problem]:
    for number, record in enumerate(corpus.records, start=FIRST_LINE):
        if record.decision not in DECISIONS:
            what = (
                f"must be {INCLUDED}, {DEFERRED}, {EXCLUDED} or {UNDECIDED}: no box of the flow "
                "diagram is for others"
            )
            yield Problem(
                file=file,
                line=number,
                column="decision",
                id=record.id,
                value=record.decision,
                message=what,
            )
