"""Every combination of two facets' terms: how many studies, how many expected, how clear."""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import Final

import pandas as pd

from gen.analysis.statistics import adjusted, is_significant, residuals
from gen.trends.base import Context

MIN_EXPECTED: Final = 5  # studies; below it the normal approximation does not hold (Cochran)


@dataclass(frozen=True, slots=True)
class Cell:
    """A combination of two terms. Counts are among studies coded for both facets."""

    first: str
    second: str
    studies: tuple[str, ...]  # ids
    expected: float  # were the two facets independent
    residual: float | None  # adjusted; None where a term has no study or every study
    q: float | None  # None: not tested

    @property
    def mark(self) -> str:
        if self.residual is None or not is_significant(self.q):
            return ""
        return "more" if self.residual > 0 else "less"


def cells(df: pd.DataFrame, first: str, second: str, context: Context) -> tuple[list[Cell], int]:
    """Every combination of two facets' terms, zeros included, and how many studies are coded."""
    holders: dict[tuple[str, str], list[str]] = {}
    ones: dict[str, int] = {}
    others: dict[str, int] = {}
    coded = 0
    for id_, a, b in zip(df["id"], df[first], df[second], strict=True) if len(df) else ():
        if not (a and b):
            continue
        coded += 1
        ones |= {term: ones.get(term, 0) + 1 for term in a}
        others |= {term: others.get(term, 0) + 1 for term in b}
        for x in a:
            for y in b:
                holders.setdefault((x, y), []).append(str(id_))
    taxonomy = context.corpus.taxonomy
    pairs = [(x, y) for x in taxonomy[first].terms for y in taxonomy[second].terms]
    usable = [
        (x, y) for x, y in pairs if 0 < ones.get(x, 0) < coded and 0 < others.get(y, 0) < coded
    ]
    residual = dict(zip(usable, _residuals(usable, holders, ones, others, coded), strict=True))
    expected = {
        (x, y): ones.get(x, 0) * others.get(y, 0) / coded if coded else 0.0 for x, y in pairs
    }
    ps = [_p(residual[pair]) if expected[pair] >= MIN_EXPECTED else None for pair in usable]
    q = dict(zip(usable, adjusted(ps), strict=True))
    return [
        Cell(*pair, tuple(holders.get(pair, ())), expected[pair], residual.get(pair), q.get(pair))
        for pair in pairs
    ], coded


def _residuals(
    pairs: list[tuple[str, str]],
    holders: dict[tuple[str, str], list[str]],
    ones: dict[str, int],
    others: dict[str, int],
    coded: int,
) -> list[float]:
    if not pairs:
        return []
    both = [len(holders.get(pair, ())) for pair in pairs]
    first = [ones[x] for x, _ in pairs]
    second = [others[y] for _, y in pairs]
    return [float(z) for z in residuals(both, first, second, coded)]


def _p(residual: float) -> float:
    """Of a standard normal deviate as far from 0, on either side."""
    return math.erfc(abs(residual) / math.sqrt(2))


def ranked(cells: list[Cell], mark: str) -> list[Cell]:
    """The cells with this mark, the furthest from expectation first."""
    marked = [(abs(cell.residual or 0), cell) for cell in cells if cell.mark == mark]
    return [
        cell
        for _, cell in sorted(marked, key=lambda each: (-each[0], each[1].first, each[1].second))
    ]


def empty(cells: list[Cell]) -> list[Cell]:
    """The cells without a study, those where most are expected first."""
    none = [cell for cell in cells if not cell.studies and cell.expected]
    return sorted(none, key=lambda cell: (-cell.expected, cell.first, cell.second))
