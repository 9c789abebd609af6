"""Which headline results may be pooled, how many come how close, and the pooled estimates."""

from __future__ import annotations

import math
from collections.abc import Callable, Iterable, Sequence
from typing import Any, Final

from gen.analysis.statistics import MIN_POOLED, Z, pool
from gen.corpus.tables import Result
from gen.trends.base import Context

# What results may share, ever narrower: label -> fields.
SHARED: Final = {
    "Task and metric": ("task", "metric"),
    "Task, metric and data set": ("task", "metric", "dataset"),
    "Task, metric, data set and setting": ("task", "metric", "dataset", "setting"),
}
ALL: Final = tuple(SHARED.values())[-1]


def charted(results: Iterable[Result]) -> list[Result]:
    """Those whose metric is known by name: figures called `other` share no axis."""
    return [each for each in results if each.metric != "other"]


def groups(results: Iterable[Result], fields: Sequence[str]) -> dict[tuple[str, ...], list[Result]]:
    """Results that share some fields; one that does not state a field shares it with none."""
    by_key: dict[tuple[str, ...], list[Result]] = {}
    for each in charted(results):
        key = tuple(getattr(each, name) or "" for name in fields)
        if all(key):
            by_key.setdefault(key, []).append(each)
    return dict(sorted(by_key.items()))


def closeness(results: Sequence[Result]) -> list[dict[str, Any]]:
    """For each thing that results may share: how many groups fulfil how much of the rule."""
    table = []
    for label, fields in SHARED.items():
        sharing = list(groups(results, fields).values())
        table.append(
            {
                "label": label,
                "results": sum(map(len, sharing)),
                "groups": len(sharing),
                "two_studies": sum(_studies(group) > 1 for group in sharing),
                "five": sum(len(group) >= MIN_POOLED for group in sharing),
                "five_studies": sum(_studies(group) >= MIN_POOLED for group in sharing),
                "poolable": sum(_poolable(group) for group in sharing),
                "most_studies": max(map(_studies, sharing), default=0),
                "most_certain": max((len(_certain(group)) for group in sharing), default=0),
            }
        )
    return table


def pooled(results: Sequence[Result], context: Context) -> list[dict[str, Any]]:
    """The random-effects estimate of every group that fulfils the whole rule."""
    table = []
    for key, group in groups(results, ALL).items():
        if not _poolable(group):
            continue
        forth, back = _scale(key[1])
        effects, variances = _effects(group, forth)
        estimate = pool(effects, variances)
        if estimate:
            task, metric, dataset, setting = key
            table.append(
                {
                    "task": context.label("tasks", task),
                    "metric": context.label("metric", metric),
                    "dataset": dataset,
                    "setting": context.label("setting", setting),
                    "k": int(estimate.k),
                    "results": len(_certain(group)),
                    "i2": float(estimate.i2),
                    "tau2": float(estimate.tau2),
                    **{
                        name: round(back(float(value)), 4)
                        for name, value in (
                            ("estimate", estimate.estimate),
                            ("low", estimate.low),
                            ("high", estimate.high),
                            ("prediction_low", estimate.prediction_low),
                            ("prediction_high", estimate.prediction_high),
                        )
                    },
                }
            )
    return table


def _studies(group: Sequence[Result]) -> int:
    return len({each.study for each in group})


def _certain(group: Sequence[Result]) -> list[Result]:
    """Results with an interval of some width, inside the open range from 0 to 1."""
    return [
        each
        for each in group
        if each.ci_low is not None
        and each.ci_high is not None
        and 0 < each.ci_low < each.ci_high < 1
        and 0 < each.value < 1
    ]


def _poolable(group: Sequence[Result]) -> bool:
    return _studies(_certain(group)) >= MIN_POOLED


def _scale(metric: str) -> tuple[Callable[[float], float], Callable[[float], float]]:
    """There and back: the logarithm for an error, which 1 does not bound, else the logit."""
    if metric in {"mae", "radcliq"}:
        return math.log, math.exp
    return lambda x: math.log(x / (1 - x)), lambda y: 1 / (1 + math.exp(-y))


def _effects(
    group: Sequence[Result], forth: Callable[[float], float]
) -> tuple[list[float], list[float]]:
    """One effect and variance a study.

    Several results of one study are averaged as if wholly correlated (Borenstein et al. 2009,
    chapter 24), which never understates their variance.
    """
    by_study: dict[str, list[tuple[float, float]]] = {}
    for each in _certain(group):
        width = forth(each.ci_high or 0) - forth(each.ci_low or 0)
        by_study.setdefault(each.study, []).append((forth(each.value), width / 2 / Z))
    effects, variances = [], []
    for of_study in by_study.values():
        effects.append(sum(effect for effect, _ in of_study) / len(of_study))
        variances.append((sum(se for _, se in of_study) / len(of_study)) ** 2)
    return effects, variances
