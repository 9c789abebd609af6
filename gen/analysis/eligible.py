"""How many of the identified records are eligible: counted where judged, else estimated.

All that screening included was taken up. Of those that it deferred, a random sample was; of those
that it excluded as no foundation model, a random sample was judged again by abstract.
"""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, replace
from math import hypot
from typing import Final

from gen.analysis.statistics import wilson
from gen.corpus.corpus import Corpus, Frame
from gen.corpus.rules.flow import CODING, EXCLUDED, INCLUDED, SCREENING
from gen.corpus.tables import Record

AUDITED: Final = "not-foundation-model"  # the reason whose records were sampled
UNCLEAR: Final = "insufficient-information"


@dataclass(frozen=True, slots=True)
class Estimate:
    """A number of records with its 95% interval, rounded to whole records."""

    value: int
    low: int
    high: int


@dataclass(frozen=True, slots=True)
class Sample:
    """Records judged at random from a population, and what they say of it."""

    population: int
    taken: int
    judged: int  # of those taken; the others could not be
    eligible: int  # of those judged

    @property
    def unclear(self) -> int:
        return self.taken - self.judged

    @property
    def share(self) -> tuple[float, float, float]:
        """Share eligible, with 95% interval; 0, 0 and 1 where none was judged.

        Wilson's interval with the effective sample size of a draw without replacement from a
        finite population: n (N - 1) / (N - n) (Korn and Graubard 1998, Survey Methodology 24).
        """
        if not self.judged:
            return 0.0, 0.0, 1.0
        share = self.eligible / self.judged
        left = self.population - self.judged
        if left <= 0:
            return share, share, share
        n = self.judged * (self.population - 1) / left
        low, high = wilson(share * n, n)
        return share, float(low), float(high)

    @property
    def estimate(self) -> Estimate:
        share, low, high = (self.population * part for part in self.share)
        return Estimate(round(share), round(low), round(high))


@dataclass(frozen=True, slots=True)
class Eligible:
    """The eligible records in three parts."""

    included: int  # at screening, and not excluded at coding
    deferred: Sample
    excluded: Sample  # as no foundation model
    ahead: int  # deferred records decided ahead of the draw, which are no part of the sample yet

    @classmethod
    def of(cls, corpus: Corpus) -> Eligible:
        pool = _pool(corpus)
        taken = [record for record in pool if _is_taken(record)]
        drawn = _drawn(corpus)
        verdicts = [audit.verdict for audit in corpus.screening_audit]
        return cls(
            included=sum(
                record.decision == INCLUDED and not record.draw for record in corpus.records
            ),
            deferred=Sample(
                len(pool),
                len(drawn),
                sum(record.reason != UNCLEAR for record in drawn),
                sum(record.decision == INCLUDED for record in drawn),
            ),
            excluded=Sample(
                sum((r.reason, r.stage) == (AUDITED, SCREENING) for r in corpus.records),
                len(verdicts),
                sum(verdict != "cannot-tell" for verdict in verdicts),
                sum(verdict == "eligible" for verdict in verdicts),
            ),
            ahead=len(taken) - len(drawn),
        )

    @property
    def total(self) -> Estimate:
        """All eligible records among those identified.

        The interval of a sum of independent estimates from their own intervals (Zou and Donner
        2008, doi:10.1002/sim.3095): the distances to their ends are added as squares.
        """
        parts = (self.deferred, self.excluded)
        value = self.included + sum(part.population * part.share[0] for part in parts)
        below, above = (
            hypot(*(part.population * (part.share[0] - part.share[end]) for part in parts))
            for end in (1, 2)
        )
        return Estimate(round(value), round(value - below), round(value + above))


def per_year(corpus: Corpus) -> dict[int, tuple[int, Estimate]]:
    """Year of first appearance -> records included at screening, and all that are eligible.

    To the included ones are added the deferred ones that are eligible and of that year, as the
    sample tells; no other interval than theirs. Records that screening excluded are left out: of
    those that it excluded in error, the year is not known. A record without a study has its own
    year, which may be that of a later publication.
    """
    sample = Eligible.of(corpus).deferred
    since = {study.record_id: study.year for study in corpus.studies}
    years = {record.id: since.get(record.id) or record.year or 0 for record in corpus.records}
    included = Counter(
        study.year for study in corpus.studies if corpus.frames[study.id] is Frame.INCLUDED
    )
    included.update(
        years[record.id]
        for record in corpus.records
        if record.decision == INCLUDED and not record.draw and record.id not in since
    )
    deferred = Counter(years[record.id] for record in _drawn(corpus) if record.decision == INCLUDED)
    found = {}
    for year in sorted({*included, *deferred} - {0}):
        part = replace(sample, eligible=deferred[year]).estimate if sample.judged else None
        more = (part.value, part.low, part.high) if part else (0, 0, 0)
        found[year] = included[year], Estimate(*(included[year] + each for each in more))
    return found


def _pool(corpus: Corpus) -> list[Record]:
    """What is drawn from; a duplicate found before it was drawn is deferred no longer."""
    return [record for record in corpus.records if record.draw and record.stage != SCREENING]


def _drawn(corpus: Corpus) -> list[Record]:
    """The sample: what was drawn and decided, up to where no place of the draw is open."""
    return [r for r in _pool(corpus) if _is_taken(r) and (r.draw or 0) <= corpus.reached]


def _is_taken(record: Record) -> bool:
    """Whether a record of the pool was drawn and decided since."""
    return record.decision == INCLUDED or (record.decision, record.stage) == (EXCLUDED, CODING)
