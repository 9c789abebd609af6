"""Which studies to start with, by modality and domain: the rule of picks.toml, and no result."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date as Date

from gen.analysis.links import Links
from gen.corpus.corpus import Corpus
from gen.corpus.tables import Study

FACETS = ("modalities", "domains")

DAYS = 365.25
# What `commercial` of a licence is called in picks.toml and in words; "no licence" earns nothing.
USE = {
    "allowed": ("commercial", "commercial use allowed"),
    "not allowed": ("non_commercial", "for non-commercial use"),
    "unclear": ("unclear", "commercial use unclear"),
}
NO_LICENCE = "none"
LARGE = 0.75  # of the others have less: then the size is a reason that is worth saying


@dataclass(frozen=True, kw_only=True, slots=True)
class Pick:
    """A study with what speaks for it."""

    study: Study
    points: float
    reasons: tuple[str, ...]  # in words, the first without a capital: "open weights", "code"


def picks(corpus: Corpus, links: Links) -> dict[tuple[str, str], list[Pick]]:
    """By (facet, term), the best first; terms in the order of the taxonomy, small ones left out."""
    chosen = {}
    for facet in FACETS:
        for term in corpus.taxonomy[facet].terms:
            candidates = eligible(links.studies(facet, term))
            if len(candidates) >= corpus.picking.least:
                size = ranks(candidates)
                judged = [
                    judge(study, facet, size.get(study.id, 0), corpus) for study in candidates
                ]
                chosen[facet, term] = best(judged)[: corpus.picking.most]
    return chosen


def eligible(studies: Iterable[Study]) -> list[Study]:
    """Models that one may start with: no evaluations, nothing taken back or under concern."""
    return [
        study
        for study in studies
        if study.contribution != "evaluation"
        and not study.is_retracted
        and study.status != "concern"
    ]


def best(judged: Iterable[Pick]) -> list[Pick]:
    """The most points first; ties go to the newer study, then by id."""
    by_id = sorted(judged, key=lambda pick: pick.study.id)
    newest = sorted(by_id, key=lambda pick: pick.study.date, reverse=True)
    return sorted(newest, key=lambda pick: pick.points, reverse=True)


def ranks(studies: Iterable[Study]) -> dict[str, float]:
    """Id -> which share of the others that count in the same unit trained on less, 0 to 1.

    A study without a size, or without another to compare it with, is left out.
    """
    sizes: dict[str, list[int]] = {}
    sized = [study for study in studies if study.train_size and study.train_unit]
    for study in sized:
        sizes.setdefault(study.train_unit or "", []).append(study.train_size or 0)
    return {
        study.id: sum(size < (study.train_size or 0) for size in others) / (len(others) - 1)
        for study in sized
        if len(others := sizes[study.train_unit or ""]) > 1
    }


def judge(study: Study, facet: str, size: float, corpus: Corpus) -> Pick:
    """What a study earns for a term of a facet. `size` is its rank among the others, 0 to 1."""
    points, licences = corpus.picking.points, corpus.taxonomy["licence"].terms
    earned = [
        size * points.size,
        recency(study, corpus.release.searched, points.recent_years) * points.recent,
        points.specific / len(study.terms(facet)),
    ]
    reasons = []

    def add(number: float, reason: str) -> None:
        earned.append(number)
        reasons.append(reason)

    if study.weights_access in {"open", "gated"}:
        add(getattr(points, study.weights_access), f"{study.weights_access} weights")
        if study.weights_licence and study.weights_licence != NO_LICENCE:
            name, words = USE[licences[study.weights_licence].commercial or "unclear"]
            add(getattr(points, name), words)
    if study.code:
        add(points.code, "code")
    if study.eval_data:
        add(points.elsewhere, "tested on other data")
    if size >= LARGE:
        reasons.append("large training set for this field")
    if not study.is_preprint:
        add(points.published, "published")
    return Pick(study=study, points=round(sum(earned), 6), reasons=(*reasons, str(study.year)))


def recency(study: Study, searched: Date, years: float) -> float:
    """1 on the day of the last search or later, 0 so many years before it or earlier."""
    now = searched.year + (searched.timetuple().tm_yday - 1) / DAYS
    return min(1.0, max(0.0, 1 - (now - study.decimal_year) / years))
