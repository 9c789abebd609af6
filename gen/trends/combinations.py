"""Every combination of two facets' terms: how many studies, how many expected, how clear."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Final

import pandas as pd

from gen.analysis.statistics import fisher, is_significant, residuals
from gen.trends.base import Context

# The maps of the site.
PAIRS: Final = (("domains", "tasks"), ("modalities", "tasks"))
# Terms that stand for several or for what has no term: without a study, they leave no gap.
NO_NICHE: Final = frozenset({"general", "other"})


@dataclass(frozen=True, slots=True)
class Cell:
    """A combination of two terms. Counts are among studies coded for both facets.

    A term that no study has, or every one, is not tested.
    """

    first: str
    second: str
    studies: tuple[str, ...]  # ids
    expected: float  # were the two facets independent
    residual: float | None = None  # adjusted
    p: float | None = None  # Fisher's
    q: float | None = None  # adjusted for all tests of the site

    @property
    def is_niche(self) -> bool:
        return not {self.first, self.second} & NO_NICHE

    @property
    def mark(self) -> str:
        if self.residual is None or not is_significant(self.q):
            return ""
        return "more" if self.residual > 0 else "less"


@dataclass(frozen=True, slots=True)
class Map:
    """Every combination of the terms of two facets, zeros included."""

    first: str
    second: str
    cells: tuple[Cell, ...]
    coded: int  # studies coded for both

    @property
    def tested(self) -> int:
        return sum(cell.q is not None for cell in self.cells)


def maps(df: pd.DataFrame, context: Context, pairs: Sequence[tuple[str, str]] = PAIRS) -> list[Map]:
    """The map of each pair of facets."""
    found = [_counted(df, first, second, context) for first, second in pairs]
    ps = [cell.p for each in found for cell in each.cells]
    qs = iter(context.corrections.adjusted("combinations", ps))
    return [
        replace(each, cells=tuple(replace(cell, q=next(qs)) for cell in each.cells))
        for each in found
    ]


def _counted(df: pd.DataFrame, first: str, second: str, context: Context) -> Map:
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
    cells = {
        (x, y): Cell(
            x,
            y,
            studies=tuple(holders.get((x, y), ())),
            expected=ones.get(x, 0) * others.get(y, 0) / coded if coded else 0.0,
        )
        for x in taxonomy[first].terms
        for y in taxonomy[second].terms
    }
    tested = [
        cell
        for (x, y), cell in cells.items()
        if 0 < ones.get(x, 0) < coded and 0 < others.get(y, 0) < coded
    ]
    counts = (
        [len(cell.studies) for cell in tested],
        [ones[cell.first] for cell in tested],
        [others[cell.second] for cell in tested],
        coded,
    )
    for cell, residual, p in zip(tested, residuals(*counts), fisher(*counts), strict=True):
        cells[cell.first, cell.second] = replace(cell, residual=float(residual), p=float(p))
    return Map(first, second, tuple(cells.values()), coded)


def ranked(cells: Sequence[Cell], mark: str) -> list[Cell]:
    """The cells with this mark, the furthest from expectation first."""
    marked = [(abs(cell.residual or 0), cell) for cell in cells if cell.mark == mark]
    return [
        cell
        for _, cell in sorted(marked, key=lambda each: (-each[0], each[1].first, each[1].second))
    ]


def empty(cells: Sequence[Cell]) -> list[Cell]:
    """The cells without a study that a reader would call gaps, those where most are expected first.

    Not those of NO_NICHE, which name no niche that anybody could fill.
    """
    none = [cell for cell in cells if not cell.studies and cell.expected and cell.is_niche]
    return sorted(none, key=lambda cell: (-cell.expected, cell.first, cell.second))
