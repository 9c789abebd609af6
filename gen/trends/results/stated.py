"""The figures of headline results: who states what, and every value as stated."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from statistics import median
from typing import Any, Final

from gen.corpus.tables import Result
from gen.figures import charts
from gen.figures.figure import CI_COLUMNS, MIN_STUDIES, Absent, Figure, Slot
from gen.text.format import counted
from gen.trends.base import Context
from gen.trends.results.pooling import charted, groups

Names = dict[str, dict[str, str]]

NO_SETTING: Final = "Setting not stated"
COLUMNS: Final = {
    "name": "Study",
    "dataset": "Data set",
    "detail": "Detail",
    "setting": "Setting",
    "value": "Value",
    **CI_COLUMNS,
    "comparator": "Comparator",
    "other": "Comparator's value",
    "n": "n",
}


def overview(results: Sequence[Result], context: Context) -> Figure | Absent:
    """How many studies state a result, by task and metric."""
    slot = Slot.of("results", "overview", "Who states what")
    if len({each.study for each in charted(results)}) < MIN_STUDIES:
        return slot.absent(f"fewer than {MIN_STUDIES} studies state a result")
    by_pair = groups(results, ("task", "metric"))
    tasks = [t for t in context.corpus.taxonomy["tasks"].terms if any(t == k[0] for k in by_pair)]
    metrics = [
        t for t in context.corpus.taxonomy["metric"].terms if any(t == k[1] for k in by_pair)
    ]
    studies = {key: len({each.study for each in group}) for key, group in by_pair.items()}
    most = max(studies.values())
    rows: list[dict[str, Any]] = [
        {
            "row": context.label("tasks", task),
            "column": context.label("metric", metric),
            "text": studies.get((task, metric), 0),
            "results": len(by_pair.get((task, metric), ())),
            "value": studies.get((task, metric), 0),
            "strong": True,
        }
        for task in tasks
        for metric in metrics
    ]
    top = max(rows, key=lambda row: int(row["value"]))
    return slot.figure(
        finding=f"Most often stated: {top['column']} of {str(top['row']).lower()}",
        reading=f"Most often, by {top['text']} studies, {top['column']} is stated for "
        f"{str(top['row']).lower()}; {sum(n < MIN_STUDIES for n in studies.values())} of "
        f"{len(studies)} pairs of task and metric are stated by fewer than {MIN_STUDIES} studies.",
        note="Studies with at least one headline result. Metrics without a name are left out.",
        chart=charts.matrix(ends=(0, most)),
        columns={"row": "Task", "column": "Metric", "text": "Studies", "results": "Results"},
        rows=rows,
    )


def dot_plot(
    key: tuple[str, ...], group: Sequence[Result], names: Names, context: Context
) -> Figure:
    """Every figure that is stated for one task and metric, as stated."""
    task, metric = context.label("tasks", key[0]), context.label("metric", key[1])
    rows = _labelled(sorted((row(each, names, context) for each in group), key=_place))
    terms = context.corpus.taxonomy["setting"].terms.values()
    colours = {term.label: f"c{n}" for n, term in enumerate(terms, start=1)} | {NO_SETTING: "axis"}
    settings = [label for label in colours if any(row["setting"] == label for row in rows)]
    slot = Slot.of("results", "-".join(key), f"{task}: {metric} as stated")
    middle = median(row["value"] for row in rows)
    return slot.figure(
        finding=f"{task}: half of {len(rows)} results state {metric} of {middle:.3g} or more",
        reading=reading(rows),
        note="No ranking: data sets, cases and sub-tasks differ, and studies choose what they "
        "state. Filled: the study’s value, with the interval where one is stated; hollow: its "
        f"comparator. {context.corpus.taxonomy['metric'].terms[key[1]].definition}",
        chart=charts.dot_plot(
            tuple(row["label"] for row in rows),
            tuple(settings),
            tuple(colours[label] for label in settings),
            x=metric,
        ),
        columns=COLUMNS,
        rows=rows,
    )


def reading(rows: Sequence[dict[str, Any]]) -> str:
    values = [row["value"] for row in rows]
    compared = [row for row in rows if row["other"] is not None]
    higher = sum(row["value"] > row["other"] for row in compared)
    stated = sum(row["low"] is not None for row in rows)
    studies = len({row["study"] for row in rows})
    return (
        f"{len(rows)} results of {counted(studies, 'study')} lie between "
        f"{min(values):g} and {max(values):g}, with a median of {median(values):.3g}; "
        f"{stated or 'none'} with an interval. {higher} of the {len(compared)} that name a "
        "comparator’s value are above it."
    )


def row(each: Result, names: Names, context: Context) -> dict[str, Any]:
    return {
        "study": each.study,
        "name": names["models"][each.study],
        "set": each.dataset or "",
        "dataset": names["sets"][each.dataset] if each.dataset else "",
        "detail": each.detail or "",
        "metric": context.label("metric", each.metric),
        "setting": context.label("setting", each.setting) if each.setting else NO_SETTING,
        "value": each.value,
        "low": each.ci_low,
        "high": each.ci_high,
        "comparator": names["models"].get(each.comparator or "", each.comparator or ""),
        "other": each.comparator_value,
        "n": each.n,
    }


def named(context: Context) -> Names:
    """Names by id: of what may be compared with, and of data sets."""
    corpus = context.corpus
    return {
        "models": corpus.labels,
        "sets": {row.id: row.name for row in corpus.datasets},
    }


def _labelled(rows: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """A label for each line, short, and unlike every other's."""
    seen = Counter[str]()
    labelled = []
    for row in rows:
        where = _short(row["dataset"]) or row["detail"] or "set not named"
        label = f"{_short(row['name'])} · {where}"
        seen[label] += 1
        again = f" ({seen[label]})" if seen[label] > 1 else ""
        labelled.append(row | {"label": label + again})
    return labelled


def _short(name: str) -> str:
    """A name without what it says in brackets."""
    return name.split(" (", maxsplit=1)[0]


def _place(row: dict[str, Any]) -> tuple[Any, ...]:
    """Results on the same set beside each other, those without a set last."""
    return (
        not row["set"],
        row["dataset"].lower(),
        row["name"].lower(),
        row["setting"],
        row["detail"],
        row["value"],
    )
