"""How unequally the uses of data sets fall on the sets in use."""

from __future__ import annotations

from collections.abc import Callable
from typing import Final

import numpy as np
import pandas as pd

from gen.analysis.statistics import gini, herfindahl, top_share
from gen.trends.data_sets.uses import BLANK, Counts, Estimate, Values, resampled

TOP: Final = 10  # data sets whose share is followed

# How unequal the numbers of studies are among the sets in use, of every line of a table of them.
MEASURES: Final[dict[str, Callable[[Counts], Values]]] = {
    "top-ten": lambda counts: top_share(counts, TOP),
    "gini": gini,
    "herfindahl": herfindahl,
}


def concentration(used: pd.DataFrame, measure: str) -> Estimate:
    """A measure of `MEASURES` over the numbers of studies of the sets in use, with its interval.

    Nothing where there are no more sets than the top holds: its share could only be all.

    The estimate plus and minus Student's t times the bootstrap's standard error. The percentile
    interval would not do: a study drawn twice counts its sets twice, so that every resample looks
    more concentrated than the field (in a simulation it held the expected value in 7 to 76 of 100
    runs, this one in 93 to 99). It is about the value to expect from as many studies, not from
    all there could be: see `bootstrap` for why no interval is about that.
    """
    if used["dataset"].nunique() <= TOP:
        return dict(BLANK)
    used = used.sort_values("dataset")
    starts = np.flatnonzero(used["dataset"].ne(used["dataset"].shift()))
    value = float(MEASURES[measure](np.diff(starts, append=len(used))))
    interval = resampled(
        used,
        lambda weights: MEASURES[measure](np.add.reduceat(weights, starts, axis=1)),
        bias_corrected=True,
    )
    if interval is None:
        return {**BLANK, "value": value}
    half = (interval[1] - interval[0]) / 2
    return {"value": value, "low": max(0.0, value - half), "high": min(1.0, value + half)}
