"""The numbers of the PRISMA 2020 flow diagram: where every record came from and what became of it.

A record is counted at the first of its sources, and so once. That everything adds up was checked
when the data were loaded (corpus/rules/flow.py).
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from gen.analysis.eligible import Eligible
from gen.corpus.corpus import Corpus, Frame
from gen.corpus.rules.flow import CODING, DEFERRED, INCLUDED, SCREENING, UNDECIDED, first_sources
from gen.corpus.tables import Record, Source

DAY: Final = re.compile(r"(\d{4})-(\d{2})")  # how the date of a version begins
ENDED: Final = 10  # one entry in so many may stand in a list that had ended


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
    undecided: Box  # not screened yet
    excluded: tuple[Box, ...]  # at screening, one for each reason
    deferred: Box  # and not drawn yet
    drawn: Box  # whatever became of them
    unfit: tuple[Box, ...]  # excluded at coding, one for each reason
    waiting: Box
    coded: Box
    screened: int
    studies: int
    families: tuple[tuple[str, str, int], ...]  # id, label, studies
    frames: dict[str, int]  # how studies came to be coded -> studies
    contributed: int  # studies that no record led to
    eligible: Eligible

    @classmethod
    def of(cls, corpus: Corpus) -> Flow:
        records, reasons = corpus.records, corpus.taxonomy["reason"].terms
        led = {study.record_id for study in corpus.studies}
        included = [record for record in records if record.decision == INCLUDED]

        def excluded(stage: str, prefix: str) -> tuple[Box, ...]:
            boxes = (
                Box(
                    f"{prefix}-{id_}",
                    term.label,
                    term.definition,
                    tuple(r for r in records if (r.reason, r.stage) == (id_, stage)),
                )
                for id_, term in reasons.items()
            )
            return tuple(box for box in boxes if box.number or stage == SCREENING)

        return cls(
            kinds=_kinds(corpus),
            within=sum(source.raw_records for source in corpus.sources)
            - sum(len(set(record.sources)) for record in records),
            undecided=Box(
                "undecided",
                "Not screened yet",
                corpus.taxonomy["decision"].terms[UNDECIDED].definition,
                tuple(record for record in records if record.decision == UNDECIDED),
            ),
            excluded=excluded(SCREENING, "excluded"),
            deferred=Box(
                "deferred",
                "Deferred",
                corpus.taxonomy["decision"].terms[DEFERRED].definition,
                tuple(
                    sorted(
                        (record for record in records if record.decision == DEFERRED),
                        key=lambda record: record.draw or 0,
                    )
                ),
            ),
            drawn=Box(
                "drawn",
                "Drawn from the deferred",
                "Deferred at screening, drawn at random for coding, and decided since.",
                tuple(record for record in records if is_drawn(record)),
            ),
            unfit=excluded(CODING, "coding"),
            waiting=Box(
                "waiting",
                "Waiting to be coded",
                "Eligible as far as is known, and not yet coded as a study.",
                tuple(record for record in included if record.id not in led),
            ),
            coded=Box(
                "coded",
                "Coded as studies",
                "Eligible, and coded as a study of this review.",
                tuple(record for record in included if record.id in led),
            ),
            screened=len(corpus.screened),
            studies=len(corpus.studies),
            families=tuple(
                (id_, term.label, sum(study.family == id_ for study in corpus.studies))
                for id_, term in corpus.taxonomy["family"].terms.items()
            ),
            frames={
                frame.value: sum(each is frame for each in corpus.frames.values())
                for frame in Frame
            },
            contributed=sum(study.record_id is None for study in corpus.studies),
            eligible=Eligible.of(corpus),
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
        return self.entries - self.screened - self.undecided.number

    @property
    def removed(self) -> int:
        """Records excluded at screening."""
        return sum(box.number for box in self.excluded)

    @property
    def rejected(self) -> int:
        """Records excluded at coding."""
        return sum(box.number for box in self.unfit)

    @property
    def taken_up(self) -> int:
        """Records taken up for coding: those included at screening, and those drawn."""
        return self.rejected + self.included

    @property
    def passed(self) -> int:
        """Records included at screening, whatever became of them."""
        return self.taken_up - self.drawn.number

    @property
    def put_off(self) -> int:
        """Records deferred at screening, whatever became of them."""
        return self.deferred.number + self.drawn.number

    @property
    def included(self) -> int:
        """Eligible records, as far as is known."""
        return self.waiting.number + self.coded.number

    @property
    def outcomes(self) -> tuple[Box, ...]:
        """Boxes that between them hold every record once."""
        return (
            self.undecided,
            *self.excluded,
            self.deferred,
            *self.unfit,
            self.waiting,
            self.coded,
        )

    @property
    def boxes(self) -> tuple[Box, ...]:
        """Every box that opens a list."""
        return (*(kind.box for kind in self.kinds), *self.outcomes, self.drawn)


def covered(sources: Sequence[Source], incomplete_year: int) -> str:
    """The last quarter after whose end nine tenths of the entries stood in lists still kept up.

    Works of later quarters may be missing because the lists that would name them had ended; none of
    the year that the newest search fell into is whole.
    """
    before = f"{incomplete_year - 1}-Q4"
    days = ((DAY.match(source.commit_date or ""), source.raw_records or 0) for source in sources)
    dated = sorted((int(day[1]), int(day[2]), entries) for day, entries in days if day)
    total, ended = sum(entries for *_, entries in dated), 0
    for year, month, entries in dated:
        ended += entries
        if ended * ENDED > total:
            quarter = (month - 1) // 3  # of those before it in its year
            return min(before, f"{year}-Q{quarter}" if quarter else f"{year - 1}-Q4")
    return before


def is_drawn(record: Record) -> bool:
    """Whether a record deferred at screening was taken up: a duplicate found before counts not."""
    return bool(record.draw) and record.decision != DEFERRED and record.stage != SCREENING


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
