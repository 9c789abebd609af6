"""The numbers of the PRISMA 2020 flow diagram: where every record came from and what became of it.

A record is counted at the first of its sources, and so once. That everything adds up was checked
when the data were loaded (corpus/rules/flow.py).
"""

from __future__ import annotations

from dataclasses import dataclass

from gen.corpus.corpus import Corpus
from gen.corpus.rules.flow import DEFERRED, INCLUDED, first_sources
from gen.corpus.tables import Record


@dataclass(frozen=True, slots=True)
class Box:
    """A box that opens the list of its records: its number is the length of that list."""

    slug: str
    label: str
    about: str
    records: tuple[Record, ...]

    @property
    def number(self) -> int:
        return len(self.records)

    @property
    def path(self) -> str:
        """Where the list lives under docs/. Other pages link here, so it never changes."""
        return f"about/records/{self.slug}.md"


@dataclass(frozen=True, slots=True)
class Kind:
    """One kind of source: what it held, and the records that no source before had brought."""

    box: Box
    entries: int
    files: int  # that held any
    names: int  # sources by name: one may be kept in several files
    barren: int  # sources that gave none

    @property
    def duplicates(self) -> int:
        return self.entries - self.box.number


@dataclass(frozen=True, slots=True)
class Flow:
    """Every number of the diagram, from identification to inclusion."""

    kinds: tuple[Kind, ...]
    within: int  # entries that repeat one of the same source; other duplicates repeat another's
    excluded: tuple[Box, ...]  # one for each reason but the backlog
    deferred: Box
    waiting: Box
    coded: Box
    screened: int
    studies: int
    families: tuple[tuple[str, str, int], ...]  # id, label, studies
    contributed: int  # studies that no record led to

    @classmethod
    def of(cls, corpus: Corpus) -> Flow:
        records, reasons = corpus.records, corpus.taxonomy["reason"].terms
        led = {study.record_id for study in corpus.studies}
        included = [record for record in records if record.decision == INCLUDED]

        def excluded(slug: str, reason: str) -> Box:
            term, left_out = reasons[reason], tuple(r for r in records if r.reason == reason)
            return Box(slug, term.label, term.definition, left_out)

        return cls(
            kinds=_kinds(corpus),
            within=sum(source.raw_records for source in corpus.sources)
            - sum(len(set(record.sources)) for record in records),
            excluded=tuple(excluded(f"excluded-{id_}", id_) for id_ in reasons if id_ != DEFERRED),
            deferred=excluded("deferred", DEFERRED),
            waiting=Box(
                "waiting",
                "Waiting to be coded",
                "Included at screening, and not yet coded as a study.",
                tuple(record for record in included if record.id not in led),
            ),
            coded=Box(
                "coded",
                "Coded as studies",
                "Included at screening, and coded as a study of this review.",
                tuple(record for record in included if record.id in led),
            ),
            screened=len(records),
            studies=len(corpus.studies),
            families=tuple(
                (id_, term.label, sum(study.family == id_ for study in corpus.studies))
                for id_, term in corpus.taxonomy["family"].terms.items()
            ),
            contributed=sum(study.record_id is None for study in corpus.studies),
        )

    @property
    def entries(self) -> int:
        return sum(kind.entries for kind in self.kinds)

    @property
    def databases(self) -> int:
        """Entries from bibliographic databases and registers, which PRISMA sets apart."""
        return sum(kind.entries for kind in self.kinds if kind.box.slug == "from-database")

    @property
    def duplicates(self) -> int:
        return self.entries - self.screened

    @property
    def removed(self) -> int:
        """Records excluded for a reason other than the backlog."""
        return sum(box.number for box in self.excluded)

    @property
    def included(self) -> int:
        return self.waiting.number + self.coded.number

    @property
    def outcomes(self) -> tuple[Box, ...]:
        """Boxes that between them hold every record once."""
        return (*self.excluded, self.deferred, self.waiting, self.coded)

    @property
    def boxes(self) -> tuple[Box, ...]:
        """Every box that opens a list."""
        return (*(kind.box for kind in self.kinds), *self.outcomes)


def _kinds(corpus: Corpus) -> tuple[Kind, ...]:
    first = first_sources(corpus)
    kind = {source.source: source.kind for source in corpus.sources}
    kinds = []
    for id_, term in corpus.taxonomy["source_kind"].terms.items():
        of_kind = [source for source in corpus.sources if source.kind == id_]
        fertile = [source for source in of_kind if source.raw_records]
        records = tuple(record for record in corpus.records if kind[first[record.id]] == id_)
        kinds.append(
            Kind(
                box=Box(f"from-{id_}", term.label, term.definition, records),
                entries=sum(source.raw_records for source in of_kind),
                files=len(fertile),
                names=len({source.source for source in fertile}),
                barren=len({s.source for s in of_kind} - {s.source for s in fertile}),
            )
        )
    return tuple(kinds)
