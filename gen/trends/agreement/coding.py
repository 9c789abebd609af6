"""Two codings of the same studies, compared field by field and term by term."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, Final

import numpy as np
from numpy.typing import NDArray

from gen.analysis.resampling import bootstrap, cohen, jaccard
from gen.analysis.statistics import Share
from gen.corpus.cells import Missing
from gen.corpus.columns import Column, columns
from gen.corpus.corpus import Corpus
from gen.corpus.tables import Study
from gen.trends.agreement.decisions import ASIDE, label, state
from gen.trends.base import SEED

Pair = tuple[Study, Study]  # the first coding and the second one

# What a cell holds where nobody coded it.
EMPTY: Final = (Missing.NOT_CODED, None, frozenset[str]())


@dataclass(frozen=True, slots=True)
class TermAgreement:
    """Whether two codings give one term to the same studies."""

    id: str
    label: str
    first: int  # studies that carry it in the first coding
    second: int
    both: int
    n: int  # cells stated in both codings
    kappa: float | None  # None where no study differs from another
    low: float | None
    high: float | None


@dataclass(frozen=True, kw_only=True, slots=True)
class FieldAgreement:
    """The agreement of one column; a measure is None where it does not apply or cannot be had."""

    name: str
    label: str
    vocabulary: str  # "" for ids, numbers, addresses and free text
    many: bool
    cells: int  # 0: not double-coded yet
    stated: int  # cells with a value in both codings
    raw: float | None = None
    raw_low: float | None = None
    raw_high: float | None = None
    kappa: float | None = None
    kappa_low: float | None = None
    kappa_high: float | None = None
    jaccard: float | None = None
    jaccard_low: float | None = None
    jaccard_high: float | None = None
    mean_kappa: float | None = None
    mean_kappa_low: float | None = None
    mean_kappa_high: float | None = None
    terms: tuple[TermAgreement, ...] = ()


def agreement(twice: Sequence[Pair], corpus: Corpus) -> list[FieldAgreement]:
    """Every coded column in the order of the codebook."""
    return [
        _field(column, twice, corpus)
        for column in columns(Study)
        if (column.coded or column.vocabulary) and column.name not in ASIDE
    ]


def _field(column: Column, twice: Sequence[Pair], corpus: Corpus) -> FieldAgreement:
    same = [state(first, column.name) == state(second, column.name) for first, second in twice]
    stated = [
        (getattr(first, column.name), getattr(second, column.name))
        for first, second in twice
        if column.name not in first.missing and column.name not in second.missing
    ]
    known: dict[str, Any] = {
        "name": column.name,
        "label": label(column),
        "vocabulary": column.vocabulary,
        "many": column.many,
    }
    if all(state(second, column.name) in EMPTY for _, second in twice):
        return FieldAgreement(**known, cells=0, stated=0)
    alike = Share.of(sum(same), len(same))
    measures = _sets(column, stated, corpus) if column.many else _values(stated)
    return FieldAgreement(
        **known,
        cells=len(same),
        stated=len(stated),
        raw=_round(alike.value),
        raw_low=_round(alike.low),
        raw_high=_round(alike.high),
        **measures,
    )


def _values(stated: Sequence[tuple[Any, Any]]) -> dict[str, Any]:
    kappa = cohen([first for first, _ in stated], [second for _, second in stated], SEED)
    if not kappa:
        return {}
    return {
        "kappa": _round(kappa.kappa),
        "kappa_low": _round(kappa.low),
        "kappa_high": _round(kappa.high),
    }


def _sets(
    column: Column, stated: Sequence[tuple[tuple[str, ...], tuple[str, ...]]], corpus: Corpus
) -> dict[str, Any]:
    first, second = [set(own) for own, _ in stated], [set(other) for _, other in stated]
    shared = jaccard(first, second, SEED)
    terms = _terms(column, first, second, corpus) if column.vocabulary else ()
    kappas = [term.kappa for term in terms if term.kappa is not None]
    interval = _mean_kappa_interval([term.id for term in terms], first, second)
    return {
        "jaccard": _round(shared.mean if shared else None),
        "jaccard_low": _round(shared.low if shared else None),
        "jaccard_high": _round(shared.high if shared else None),
        "mean_kappa": _round(sum(kappas) / len(kappas)) if kappas else None,
        "mean_kappa_low": _round(interval[0]) if kappas and interval else None,
        "mean_kappa_high": _round(interval[1]) if kappas and interval else None,
        "terms": terms,
    }


def _terms(
    column: Column, first: Sequence[set[str]], second: Sequence[set[str]], corpus: Corpus
) -> tuple[TermAgreement, ...]:
    """Every term of the vocabulary that occurs, in the vocabulary's order."""
    occurring = set().union(*first, *second)
    agreements = []
    for id_, term in corpus.taxonomy[column.vocabulary].terms.items():
        if id_ not in occurring:
            continue
        ours, theirs = [id_ in own for own in first], [id_ in own for own in second]
        kappa = cohen(ours, theirs, SEED)
        agreements.append(
            TermAgreement(
                id=id_,
                label=term.label,
                first=sum(ours),
                second=sum(theirs),
                both=sum(a and b for a, b in zip(ours, theirs, strict=True)),
                n=len(ours),
                kappa=_round(kappa.kappa if kappa else None),
                low=_round(kappa.low if kappa else None),
                high=_round(kappa.high if kappa else None),
            )
        )
    return tuple(agreements)


def _round(value: float | None) -> float | None:
    return None if value is None else round(float(value), 4)


def _mean_kappa_interval(
    terms: Sequence[str], first: Sequence[set[str]], second: Sequence[set[str]]
) -> tuple[float, float] | None:
    """By bootstrap over studies; a resample's mean is over the terms that differ in it."""
    n = len(first)
    ours = np.array([[term in own for term in terms] for own in first], dtype=bool)
    theirs = np.array([[term in own for term in terms] for own in second], dtype=bool)

    def means(weights: NDArray[np.int_]) -> NDArray[np.float64]:
        # Cohen's kappa of all terms and resamples at once: a call for each would take minutes.
        agreed, p, q = (weights @ table / n for table in (ours == theirs, ours, theirs))
        chance = p * q + (1 - p) * (1 - q)
        varied = chance < 1
        kappas = np.where(varied, agreed - chance, 0) / np.where(varied, 1 - chance, 1)
        # 1 where every term is in all cells of both codings or in none.
        some = varied.sum(axis=1)
        return np.where(some, kappas.sum(axis=1) / np.maximum(some, 1), 1.0)

    return bootstrap(n, means, SEED) if terms else None
