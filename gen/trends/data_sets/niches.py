"""How far the studies of a domain lean on a few sets, beside as many studies of any domain."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, Final

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from gen.analysis.statistics import EPS, Share, is_significant
from gen.figures.figure import MIN_STUDIES
from gen.trends.base import SEED
from gen.trends.data_sets.uses import DataSetUse

MIN_NICHE: Final = 20  # studies that name a set: for a domain to be compared, and to compare with
MIN_OF_YEAR: Final = 5  # such studies of a year, for its leading set to be told
TOP: Final = 10  # sets whose share is compared
DRAWS: Final = 999
NO_NICHE: Final = "general"  # models for no organ in particular: a domain, but no niche

Table = NDArray[np.float32]  # a line a study, a column a set: whether the study names it


@dataclass(frozen=True, slots=True)
class Niche:
    """The studies of a domain that name a data set."""

    domain: str
    label: str
    leader: str  # the set that most of them name
    leading: Share  # of them that name it
    top: float  # share of the ten most named sets in the uses of `MIN_NICHE` of them
    more: bool  # whether their uses fall on fewer sets than those of as many studies of any domain
    q: float | None

    @property
    def narrow(self) -> bool:
        return self.more and is_significant(self.q)


def niches(use: DataSetUse) -> list[Niche]:
    """The domains with enough studies, those that most lean on their leading set first."""
    table, studies = incidence(use.used)
    if not studies.size:
        return []
    held = dict(zip(use.df["id"], use.df["domains"], strict=True))
    found: list[tuple[str, pd.Series, Share, float, bool, float]] = []
    for domain in use.context.corpus.taxonomy["domains"].terms:
        own = np.array([domain in held[id_] for id_ in studies], dtype=bool)
        if own.sum() < MIN_NICHE:
            continue
        named = use.used[use.used["study"].isin(studies[own])]
        counts = named.groupby("dataset")["study"].nunique().sort_index()
        leading = Share.of(int(counts.max()), int(own.sum()))
        more, p = against_any(table, own)
        found.append((domain, counts, leading, rarefied(table[own]), more, p))
    qs = use.context.corrections.adjusted("niches of data sets", [each[-1] for each in found])
    made = [
        Niche(
            domain,
            use.context.label("domains", domain),
            str(counts.idxmax()),
            leading,
            top,
            more,
            q,
        )
        for (domain, counts, leading, top, more, _), q in zip(found, qs, strict=True)
    ]
    return sorted(made, key=lambda each: (-(each.leading.value or 0), each.domain))


def incidence(used: pd.DataFrame) -> tuple[Table, NDArray[Any]]:
    """Which study names which set, in whatever role, and the studies of the lines."""
    study, studies = pd.factorize(used["study"], sort=True)
    dataset, sets = pd.factorize(used["dataset"], sort=True)
    table = np.zeros((len(studies), len(sets)), dtype=np.float32)
    table[study, dataset] = 1
    return table, np.asarray(studies)


def rarefied(table: Table, size: int = MIN_NICHE) -> float:
    """The share of the ten most named sets to expect of `size` of the studies: the mean of draws.

    Fewer studies look more concentrated, since ten sets are a larger part of fewer; studies are
    drawn without replacement, so that all domains are compared at the same number.
    """
    return float(_top(_drawn(len(table), size) @ table).mean())


def against_any(table: Table, own: NDArray[np.bool_]) -> tuple[bool, float]:
    """Whether these studies are more concentrated than as many of all, and the p that they differ.

    By permutation, two-sided: the domain is given to as many studies at random.
    """
    observed = float(_top(own[None].astype(np.float32) @ table)[0])
    drawn = _top(_drawn(len(table), int(own.sum())) @ table)
    more, less = (drawn >= observed - EPS).sum(), (drawn <= observed + EPS).sum()
    p = min(1.0, 2 * float(1 + min(more, less)) / (1 + DRAWS))
    return bool(more <= less), p


def _drawn(n: int, size: int) -> Table:
    """A line a draw, a column a study: whether it was drawn."""
    rng = np.random.Generator(np.random.PCG64(SEED))
    chosen = np.argpartition(rng.random((DRAWS, n)), size - 1, axis=1)[:, :size]
    weights = np.zeros((DRAWS, n), dtype=np.float32)
    np.put_along_axis(weights, chosen, 1, axis=1)
    return weights


def _top(counts: Table) -> NDArray[np.float64]:
    """As `statistics.top_share` of every line, in a fraction of the time: counts are small."""
    largest = np.sort(counts.astype(np.int16), axis=1)[:, -TOP:]
    return np.asarray(largest.sum(axis=1, dtype=float) / counts.sum(axis=1, dtype=float))


def by_year(use: DataSetUse, niche: Niche) -> list[dict[str, Any]]:
    """A cell a year: the leading set, how many studies name it, of how many; "" in thin years."""
    inside = use.used[use.used["study"].isin(use.df.loc[use.in_domain(niche.domain), "id"])]
    cells = []
    for year in use.span:
        named = inside[inside["year"] == year]
        of = int(named["study"].nunique())
        counts = named.groupby("dataset")["study"].nunique().sort_index()
        thin = of < MIN_OF_YEAR or counts.max() < MIN_STUDIES
        leader = "" if thin else str(counts.idxmax())
        cells.append(
            {
                "year": year,
                "id": leader,
                "name": use.short(leader) if leader else "",
                "studies": int(counts.max()) if leader else 0,
                "of": of,
            }
        )
    return cells
