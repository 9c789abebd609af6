"""Which undecided records are likeliest in scope, by past decisions, and what is decided.

Words and pairs of words of titles, weighed by naive Bayes (Rennie et al. 2003, ICML, without their
normalisation): nothing to tune, a second for thousands of titles, and only the order is used.
A person decides each record.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import pairwise
from math import log
from pathlib import Path
from typing import Final

from gen.contribute import written
from gen.corpus.characters import words
from gen.corpus.corpus import Corpus
from gen.corpus.rules.flow import CODING, DEFERRED, EXCLUDED, INCLUDED, SCREENING, UNDECIDED
from gen.corpus.tables import Record
from gen.problems import DataError, Problem, unknown

DECISIONS: Final = (INCLUDED, DEFERRED, EXCLUDED)
FOLDS: Final = 10
SMOOTHING: Final = 0.5  # added to each count, so that a word never seen decides nothing alone


@dataclass(frozen=True, slots=True)
class Weights:
    """How much each feature of a title speaks for being in scope; unknown ones say nothing."""

    by_feature: dict[str, float]

    @classmethod
    def of(cls, titles: Iterable[str], in_scope: Iterable[bool]) -> Weights:
        """From titles and whether each was in scope."""
        counts: dict[bool, Counter[str]] = {True: Counter(), False: Counter()}
        for title, good in zip(titles, in_scope, strict=True):
            counts[good].update(features(title))
        every = counts[True].keys() | counts[False].keys()
        totals = {good: sum(of.values()) + SMOOTHING * len(every) for good, of in counts.items()}

        def share(feature: str, *, good: bool) -> float:
            return log((counts[good][feature] + SMOOTHING) / totals[good])

        return cls({each: share(each, good=True) - share(each, good=False) for each in every})

    def score(self, title: str) -> float:
        return sum(self.by_feature.get(feature, 0.0) for feature in features(title))


def features(title: str) -> set[str]:
    """The words of a title and its pairs of neighbouring words."""
    own = words(title).split()
    return {*own, *(f"{one} {other}" for one, other in pairwise(own))}


def decided(corpus: Corpus) -> list[tuple[str, bool]]:
    """Titles of screened records, and whether screening let them pass or put them off."""
    return [
        (record.title, record.decision != EXCLUDED or record.stage == CODING)
        for record in corpus.screened
    ]


def ranked(corpus: Corpus) -> list[tuple[Record, float]]:
    """The undecided records with their scores, the likeliest first."""
    past = decided(corpus)
    weights = Weights.of((title for title, _ in past), (good for _, good in past))
    waiting = (record for record in corpus.records if record.decision == UNDECIDED)
    scores = [(record, weights.score(record.title)) for record in waiting]
    return sorted(scores, key=lambda each: (-each[1], each[0].id))


def quality(past: Sequence[tuple[str, bool]]) -> float | None:
    """How well the order separates past decisions, each judged by others: AUROC; None if unknown.

    By cross-validation; a record's fold follows from its place. 0.5 is no better than chance.
    """
    scores: list[tuple[float, bool]] = []
    for fold in range(FOLDS):
        others = [each for place, each in enumerate(past) if place % FOLDS != fold]
        weights = Weights.of((title for title, _ in others), (good for _, good in others))
        scores += [(weights.score(title), good) for title, good in past[fold::FOLDS]]
    return auroc(scores)


def auroc(scores: Iterable[tuple[float, bool]]) -> float | None:
    """The share of pairs in which the one in scope is ranked before the other; ties count half.

    By ranks (Hanley and McNeil 1982, doi:10.1148/radiology.143.1.7063747).
    """
    by_score: dict[float, list[bool]] = {}
    for score, good in scores:
        by_score.setdefault(score, []).append(good)
    before = under = 0  # in scope and not, with a lower score
    won = 0.0
    for score in sorted(by_score):
        here = sum(by_score[score])
        there = len(by_score[score]) - here
        won += here * (under + there / 2)
        before, under = before + here, under + there
    return won / (before * under) if before and under else None


def decide(data: Path, corpus: Corpus, id_: str, decision: str, reason: str = "") -> None:
    """Write the decision on a record. Raises DataError with what is wrong, or writes."""
    rows = written.rows(data, "records")
    row = next((row for row in rows if row["id"] == id_), None)
    file = (data / "records.csv").as_posix()
    if row is None:
        what = unknown(id_, "a record", (row["id"] for row in rows))
        raise DataError([Problem(file=file, message=what)])
    if row["decision"] != UNDECIDED:
        what = f"{id_!r} is decided already ({row['decision']}); change that by hand if it is wrong"
        raise DataError([Problem(file=file, message=what)])
    row |= {"decision": decision, "reason": reason}
    if decision == EXCLUDED:
        row["stage"] = SCREENING
    if decision == DEFERRED:  # after all those before it, in the order of deferral
        row["draw"] = str(max((record.draw or 0 for record in corpus.records), default=0) + 1)
    written.replace(data, {"records": rows})
