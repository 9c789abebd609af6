"""What would be left of the main findings had all studies been coded by the second coder."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any, Final

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from gen.analysis import tables
from gen.analysis.statistics import Floats, Trend, is_significant, logistic_trend
from gen.trends import by_finding
from gen.trends.agreement.decisions import coded_twice
from gen.trends.base import SEED, Context
from gen.trends.series import Series

DRAWS: Final = 200
# A term's own rates of change rest on few studies: those of its question count as this many more.
SHARED: Final = 10

Counts = NDArray[np.int_]  # [[yes that become no, yes], [no that become yes, no]]


def coding_error(
    rows: Sequence[Mapping[str, Any]], df: pd.DataFrame, context: Context
) -> list[dict[str, Any]]:
    """A line a significant finding that hangs on codes: how often it outlives another coding.

    In each draw every yes becomes a no, and every no a yes, as often as from the first coding to
    the second of the same studies; these rates are drawn too, from their beta distributions.
    `direction` and `significance` are shares of draws. Of the same finding asked again, an
    uncorrected p is looked at, as in the other checks.
    """
    twice = coded_twice(context.corpus, set(df["id"]))
    if not twice:
        return []
    first, second = (
        by_finding.coded(tables.frame(codings), context)
        for codings in ([each.first for each in twice], [each.second for each in twice])
    )
    now = by_finding.coded(df, context)
    found = []
    for row in rows:
        slug, id_ = row["slug"], row["finding"].id
        both = first.get(slug, {}).keys() & second.get(slug, {}).keys()
        if not row["clear"] or id_ not in both:
            continue
        table = {each: changed(first[slug][each], second[slug][each]) for each in both}
        changes, stays = rates(table[id_], np.sum(list(table.values()), axis=0))
        again = recoded(now[slug][id_], df[df["year"] < context.incomplete_year], changes, stays)
        same = [t for t in again if t and (t.odds_ratio > 1) == (row["finding"].estimate > 1)]
        found.append(
            {
                "slug": slug,
                "label": row["label"],
                "lost": float(changes[0] / (changes + stays)[0]),
                "won": float(changes[1] / (changes + stays)[1]),
                "direction": len(same) / DRAWS,
                "significance": sum(is_significant(trend.p) for trend in same) / DRAWS,
            }
        )
    return found


def changed(first: Series, second: Series) -> Counts:
    """Of the cells that both codings state."""
    both = first.of.to_numpy(bool) & second.of.to_numpy(bool)
    one, other = first.yes.to_numpy(bool)[both], second.yes.to_numpy(bool)[both]
    return np.array([[(one & ~other).sum(), one.sum()], [(~one & other).sum(), (~one).sum()]])


def rates(own: Counts, shared: Counts) -> tuple[Floats, Floats]:
    """The parameters of the beta distributions of both rates: [of yes, of no] for each."""
    share = (shared[:, 0] + 0.5) / (shared[:, 1] + 1)
    return own[:, 0] + SHARED * share, own[:, 1] - own[:, 0] + SHARED * (1 - share)


def recoded(
    series: Series, full: pd.DataFrame, changes: Floats, stays: Floats
) -> list[Trend | None]:
    """The trend in each draw, over full years."""
    held = series.of[full.index]
    years, place = np.unique(full.loc[held, "year"], return_inverse=True)
    totals = np.bincount(place)
    yes = np.bincount(place, series.yes[full.index][held]).astype(int)
    rng = np.random.default_rng(SEED)
    return [
        logistic_trend(years, rng.binomial(yes, 1 - lost) + rng.binomial(totals - yes, won), totals)
        for lost, won in rng.beta(changes, stays, (DRAWS, 2))
    ]
