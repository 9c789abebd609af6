"""Trends of shares where studies are not independent or do not weigh the same."""

from __future__ import annotations

import numpy as np
from numpy.typing import ArrayLike
from scipy import special, stats

from gen.analysis.statistics import ALPHA, Trend, logistic_trend

STEPS = 25  # of Newton's method; five are usual


def weighted_trend(
    years: ArrayLike,
    yes: ArrayLike,
    weights: ArrayLike,
    strata: ArrayLike,
    clusters: ArrayLike,
) -> Trend | None:
    """The odds ratio per year of a weighted share: one line a study.

    Logistic regression by weighted scores, with the variance of estimates from a sample that is
    stratified and drawn in clusters: the scores of a cluster are added, and vary about the mean of
    their stratum (Binder 1983, doi:10.2307/1402588; Lumley 2010, doi:10.1002/9780470580066,
    chapter 2). The degrees of freedom are the clusters less the strata. No correction for finite
    populations: the studies stand for a field that goes on. With weights of 1 and one stratum, it
    is the robust variance for clusters (Liang and Zeger 1986, doi:10.1093/biomet/73.1.13).

    None where `logistic_trend` of the same studies is, or there are no more clusters than strata.
    """
    x, y, w = (np.asarray(each, float) for each in (years, yes, weights))
    if logistic_trend(x, y, np.ones_like(y)) is None:
        return None
    design = np.column_stack([np.ones_like(x), x - x.mean()])
    share = float(np.average(y, weights=w))
    found = np.array([special.logit(share), 0.0])
    for _ in range(STEPS):
        p = special.expit(design @ found)
        information = design.T @ (design * (w * p * (1 - p))[:, None])
        step = np.linalg.solve(information, design.T @ (w * (y - p)))
        found = found + np.clip(step, -1, 1)
    scores = design * (w * (y - special.expit(design @ found)))[:, None]
    _, cluster = np.unique(np.asarray(clusters), return_inverse=True)
    totals = np.column_stack([np.bincount(cluster, column) for column in scores.T])
    _, stratum = np.unique(np.asarray(strata), return_inverse=True)
    of = np.zeros(len(totals), int)
    of[cluster] = stratum
    middle = np.zeros((2, 2))
    free = len(totals) - len(np.unique(of))
    if free < 1:
        return None
    for each in np.unique(of):
        own = totals[of == each]
        if len(own) > 1:
            middle += len(own) * np.cov(own.T)
    inverse = np.linalg.inv(information)
    se = float(np.sqrt((inverse @ middle @ inverse)[1, 1]))
    margin = float(stats.t.isf(ALPHA / 2, free)) * se
    ratio, low, high = (float(np.exp(found[1] + sign * margin)) for sign in (0, -1, 1))
    return Trend(
        odds_ratio=ratio,
        low=low,
        high=high,
        p=float(2 * stats.t.sf(abs(found[1]) / se, free)),
        n=len(x),
    )
