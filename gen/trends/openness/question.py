"""How open code, weights and training data are, and whether that changes."""

from __future__ import annotations

from typing import Final

import pandas as pd

from gen.figures import charts
from gen.figures.figure import BARS, MIN_STUDIES, Absent, Figure, Slot, incomplete
from gen.text.format import listed, percent
from gen.trends import series as by_year
from gen.trends.base import Answer, Context, Question
from gen.trends.openness.groups import MIN_IN_GROUP, by_group, group_rows
from gen.trends.openness.kinds import MEASURES, TOO_FEW, Measure, applicable, series, states
from gen.trends.series import Tested


def answer(df: pd.DataFrame, context: Context) -> Answer:
    every = [one for m in MEASURES for one in series(df, m)] if len(df) else []
    trends = by_year.tested(df, every, context)
    by_measure = {
        m.column: [each for each in trends if each.series.label in m.kinds.values()]
        for m in MEASURES
    }
    groups = group_rows(df, context) if len(df) else []
    return Answer(
        sentence=sentence(df, trends),
        figures=(
            *(over_time(df, m, by_measure[m.column], context) for m in MEASURES),
            *(by_group(m, groups) for m in MEASURES),
        ),
        findings=by_year.findings(trends),
        values={
            "trends": by_year.table(trends),
            "states": [states(df, m) for m in MEASURES if len(df)],
            "groups": groups,
            "enough": MIN_IN_GROUP,
            "n": len(df),
        },
    )


def sentence(df: pd.DataFrame, every: list[Tested]) -> str:
    if len(df) < MIN_STUDIES:
        return f"Too few studies to say how open the field is: fewer than {MIN_STUDIES}."
    parts = []
    for measure in MEASURES:
        of, yes = applicable(df, measure), df[measure.column] == next(iter(measure.kinds))
        n, total = int((of & yes).sum()), int(of.sum())
        if total:
            parts.append(f"{percent(n / total)} {measure.subject}")
    if not parts:
        return "Too few studies to say how open the field is: none is coded for it."
    return f"Of studies where it is known, {listed(parts[-2:])}; {by_year.clearest(every)}."


def over_time(
    df: pd.DataFrame, measure: Measure, trends: list[Tested], context: Context
) -> Figure | Absent:
    slot = Slot.of("openness", measure.anchor, f"{measure.title}: share of studies per year")
    coded = int(applicable(df, measure).sum()) if len(df) else 0
    if coded < MIN_STUDIES:
        return slot.absent(TOO_FEW)
    labels = tuple(measure.kinds.values())
    unseen = int((~df[measure.column].isin([*measure.kinds, "n/a"])).sum())
    rows = by_year.rows(df, [each.series for each in trends], context)
    how = (
        "Of all studies to which it applies: an empty cell means “not seen”, so the share is the "
        f"least that it can be. {unseen} not seen."
        if measure.column == "code"
        else f"Of the {coded} studies coded for it. In {unseen} more nothing was seen, "
        "which does not mean “no”."
    )
    return slot.figure(
        finding=by_year.moved(trends) or f"{measure.title}: no clear change",
        reading=by_year.reading(trends, rows),
        note=f"{how} {BARS} {incomplete(context.incomplete_year)}",
        chart=charts.lines(labels, ("c1",), y="Share", percent=True)
        if len(labels) == 1
        else charts.small_multiples(labels),
        columns={"series": measure.title, **by_year.COLUMNS},
        rows=rows,
        percent=True,
    )


QUESTION: Final = Question(
    slug="openness",
    title="Openness",
    ask="How open are code, weights and training data, and is that changing?",
    answer=answer,
    small="data",
    primary={
        "weights-open": "Does the share of studies with open weights change?",
        "data-private": "Does the share of studies trained on private data change?",
    },
)
