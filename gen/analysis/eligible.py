"""How many of the identified records are eligible: counted where judged, else estimated.

All that screening included was taken up. Of those that it deferred, a random sample was; of those
that it excluded as no foundation model, a random sample was judged again by abstract.
"""

from __future__ import annotations

from dataclasses import dataclass
from math import hypot
from typing import Final

from gen.analysis.statistics import wilson
from gen.corpus.corpus import Corpus
from gen.corpus.rules.flow import CODING, EXCLUDED, INCLUDED, SCREENING
from gen.corpus.tables import Record

AUDITED: Final = "not-foundation-model"  # the reason whose records were sampled
UNCLEAR: Final = "insufficient-information"


@dataclass(frozen=True, slots=True)
class Estimate:
    """A number of records with its 95 % interval, rounded to whole records."""

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
        """Share eligible, with 95 % interval; 0, 0 and 1 where none was judged.

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
        # A duplicate that was found before it was drawn is deferred no longer.
        pool = [r for r in corpus.records if r.draw and r.stage != SCREENING]
        taken = [record for record in pool if _is_taken(record)]
        drawn = [record for record in taken if (record.draw or 0) <= corpus.reached]
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


def _is_taken(record: Record) -> bool:
    """Whether a record of the pool was drawn and decided since."""
    return record.decision == INCLUDED or (record.decision, record.stage) == (EXCLUDED, CODING)
