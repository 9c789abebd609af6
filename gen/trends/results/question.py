"""The question of what studies state as headline results, and whether any can be pooled."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, Final

import pandas as pd

from gen.analysis.statistics import MIN_POOLED
from gen.corpus.tables import Result
from gen.figures.figure import MIN_STUDIES
from gen.text.format import counted
from gen.trends.base import Answer, Context, Question
from gen.trends.results import stated
from gen.trends.results.pooling import charted, closeness, groups, pooled
from gen.trends.results.stated import Names


def answer(df: pd.DataFrame, context: Context) -> Answer:
    known = set(df["id"]) if len(df) else set()
    results = [each for each in context.corpus.results if each.study in known]
    close, estimates, names = closeness(results), pooled(results, context), stated.named(context)
    drawn = [
        (key, group)
        for key, group in groups(results, ("task", "metric")).items()
        if len({each.study for each in group}) >= MIN_STUDIES
    ]
    drawn.sort(key=lambda item: _order(item[0], context))
    return Answer(
        sentence=sentence(results, close, len(estimates)),
        figures=(
            stated.overview(results, context),
            *(stated.dot_plot(key, group, names, context) for key, group in drawn),
        ),
        values={
            "tasks": tasks(results, [key for key, _ in drawn], names, context),
            "close": close,
            "pooled": estimates,
            "fewest": MIN_POOLED,
            "n": len(results),
            "studies": len({each.study for each in results}),
            "other": len(results) - len(charted(results)),
            "intervals": sum(each.ci_low is not None for each in results),
            "no_set": sum(each.dataset is None for each in results),
            "no_setting": sum(each.setting is None for each in results),
        },
    )


def sentence(results: Sequence[Result], close: list[dict[str, Any]], estimates: int) -> str:
    studies = len({each.study for each in results})
    if studies < MIN_STUDIES:
        return f"Too few studies to say: {counted(studies, 'study')} with a headline result."
    narrow = close[-1]
    if estimates:
        what = counted(estimates, "group")
        return f"Of the headline results of {studies} studies, {what} of like ones could be pooled."
    certain = sum(each.ci_low is not None for each in results)
    nothing = f"Of {len(results)} headline results {certain or 'none'} state an interval"
    if narrow["poolable"]:
        return f"{nothing}; nothing is pooled, as no estimate fits the groups of like ones."
    if narrow["five_studies"]:
        return f"{nothing}; nothing is pooled, as too few of those that are alike do."
    return f"{nothing}; nothing is pooled, as too few share task, data set, metric and setting."


def tasks(
    results: Sequence[Result], drawn: Sequence[tuple[str, ...]], names: Names, context: Context
) -> list[dict[str, Any]]:
    """The sections of the page: each task with its figures and every result, linked."""
    sections = []
    for task, term in context.corpus.taxonomy["tasks"].terms.items():
        of_task = [each for each in results if each.task == task]
        if of_task:
            metrics = list(context.corpus.taxonomy["metric"].terms)
            of_task.sort(key=lambda each: metrics.index(each.metric))
            sections.append(
                {
                    "id": task,
                    "label": term.label,
                    "studies": len({each.study for each in of_task}),
                    "figures": [f"fig-{key[0]}-{key[1]}" for key in drawn if key[0] == task],
                    "rows": [stated.row(each, names, context) for each in of_task],
                }
            )
    return sections


def _order(key: tuple[str, ...], context: Context) -> tuple[int, int]:
    taxonomy = context.corpus.taxonomy
    return list(taxonomy["tasks"].terms).index(key[0]), list(taxonomy["metric"].terms).index(key[1])


QUESTION: Final = Question(
    slug="results",
    title="Headline results",
    ask="What do studies state as their headline results, and can any of it be pooled?",
    answer=answer,
    switches=False,
)
