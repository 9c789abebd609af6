"""Answers what each part of the field builds on, more than the rest of the field does."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from typing import Any, Final

import pandas as pd

from gen.analysis.statistics import Share, log_odds
from gen.figures import charts
from gen.figures.figure import CI_COLUMNS, MIN_STUDIES, Absent, Figure, Slot
from gen.text.format import CI, counted, interval, percent
from gen.trends.base import Answer, Context, Question
from gen.trends.foundations import lineage, roots
from gen.trends.foundations.roots import Root

FACETS: Final = ("family", "domains", "modalities", "tasks")
MIN_OF_CATEGORY: Final = 5  # studies; a smaller category has no foundations of its own
MIN_HERE: Final = 2  # studies; one alone tells nothing of a category
MAX_SHOWN: Final = 20  # lines of the figure


@dataclass(frozen=True, slots=True)
class Specific:
    """How specifically a category uses a base model or data set: log-odds ratio to the rest."""

    id: str
    here: int  # studies of the category that name it
    everywhere: int  # studies that name it, of those coded for the facet
    estimate: float
    low: float
    high: float

    @property
    def over(self) -> bool:
        """Whether the interval leaves out "as often as elsewhere", on the upper side."""
        return self.low > 0


def specific(df: pd.DataFrame, facet: str, term: str, column: str = "builds_on") -> list[Specific]:
    """What studies with a term name, the most specific first: by the lower end of the interval.

    `column` of the frame: builds_on, training_data or evaluation_data. Values that only one study
    of the category names are left out. The prior is the mix of all these studies, worth one naming
    for each different value.
    """
    here: Counter[str] = Counter()
    everywhere: Counter[str] = Counter()
    for terms, values in zip(df[facet], df[column], strict=True) if len(df) else ():
        if terms:
            everywhere.update(values)
            here.update(values if term in terms else ())
    n_here, n = here.total(), everywhere.total()
    named = [value for value in sorted(here) if here[value] >= MIN_HERE]
    if not named or n_here == n:
        return []
    odds = log_odds(
        [here[value] for value in named],
        n_here,
        [everywhere[value] - here[value] for value in named],
        n - n_here,
        [everywhere[value] / n * len(everywhere) for value in named],
        len(everywhere),
    )
    associations = [
        Specific(value, here[value], everywhere[value], *map(float, each))
        for value, *each in zip(named, odds.delta, odds.low, odds.high, strict=True)
    ]
    return sorted(associations, key=lambda each: (-each.low, each.id))


def answer(df: pd.DataFrame, context: Context) -> Answer:
    by_root = lineage.studies_by_root(df, lineage.Descent.of(context.corpus))
    coded = int((df["builds_on"].map(len) > 0).sum()) if len(df) else 0
    all_roots = roots.roots(df, by_root, context)
    pairs = categories(df, context)
    return Answer(
        sentence=sentence(all_roots, coded, pairs, context),
        figures=(
            most_specific(pairs, context),
            roots.figure(df, by_root, context),
            lineage.drawing(df, by_root, context),
        ),
        findings=tuple(
            roots.finding(root, root.trend, context) for root in all_roots if root.trend
        ),
        values={
            "n": len(df),
            "coded": coded,
            "roots": [roots.row(root, coded) for root in all_roots],
            "facets": [
                {"facet": facet, "rows": [_row(*pair) for pair in pairs if pair[0] == facet]}
                for facet in FACETS
            ],
        },
    )


def categories(df: pd.DataFrame, context: Context) -> list[tuple[str, str, Specific]]:
    """(facet, term, base model) of every category large enough, the most specific first."""
    sizes = {facet: Counter(t for terms in df[facet] for t in terms) for facet in FACETS if len(df)}
    pairs = [
        (facet, term, each)
        for facet in FACETS
        for term in context.corpus.taxonomy[facet].terms
        if facet in sizes and sizes[facet][term] >= MIN_OF_CATEGORY
        for each in specific(df, facet, term)
    ]
    return sorted(pairs, key=lambda pair: (-pair[2].low, pair[2].id, pair[0], pair[1]))


def sentence(
    all_roots: list[Root], coded: int, pairs: list[tuple[str, str, Specific]], context: Context
) -> str:
    if coded < MIN_STUDIES or not all_roots:
        return f"Too few studies to say: {counted(coded, 'study')} coded for what they build on."
    top, named = all_roots[0], context.corpus.labels
    share = Share.of(top.studies, coded)
    text = (
        f"More studies rest on {named[top.id]} than on any other model, directly or through "
        f"others: {top.studies} of {coded} ({percent(top.studies / coded)}; "
        f"{CI} {interval(share.low or 0, share.high or 0, '%')})"
    )
    if pairs and pairs[0][2].over:
        facet, term, each = pairs[0]
        text += (
            f"; the most specific foundation is {named[each.id]} for "
            f"{context.label(facet, term)} ({each.here} of the {each.everywhere} studies that "
            "build on it)"
        )
    return f"{text}."


def most_specific(pairs: list[tuple[str, str, Specific]], context: Context) -> Figure | Absent:
    """The log-odds ratios of the most specific pairs of base model and category."""
    slot = Slot.of(
        "foundations",
        "specific",
        "Base models that a category builds on more than the rest of the field",
    )
    if not pairs:
        return slot.absent(f"no category has {MIN_HERE} studies that build on the same model")
    named = context.corpus.labels
    over = sum(each.over for _, _, each in pairs)
    rows = [
        {
            "label": f"{lineage.short(named[each.id])} · {context.label(facet, term)}",
            "value": round(each.estimate, 2),
            "low": round(each.low, 2),
            "high": round(each.high, 2),
            "here": each.here,
            "everywhere": each.everywhere,
            "strong": each.over,
            "note": f"{each.here} of the {each.everywhere} studies that build on it",
        }
        for facet, term, each in pairs[:MAX_SHOWN]
    ]
    return slot.figure(
        reading=f"{over} of {len(pairs)} pairs of base model and category are over-represented; "
        f"the most specific is {rows[0]['label']} ({rows[0]['note']}).",
        note=(
            f"The first {len(rows)} of {len(pairs)} pairs, by the lower end of the interval. "
            "Log-odds ratio with an informative Dirichlet prior and 95 % interval, not corrected "
            "for the number of pairs; 0 is as often as elsewhere. Pale: the interval holds 0."
        ),
        chart=charts.forest_plot(x="Log-odds ratio", null=0.0, log=False),
        columns={
            "label": "Base model · category",
            "value": "Log-odds ratio",
            **CI_COLUMNS,
            "here": "Studies here",
            "everywhere": "In all",
        },
        rows=rows,
    )


def _row(facet: str, term: str, each: Specific) -> dict[str, Any]:
    return {
        "facet": facet,
        "term": term,
        "id": each.id,
        "here": each.here,
        "everywhere": each.everywhere,
        "estimate": round(each.estimate, 2),
        "low": round(each.low, 2),
        "high": round(each.high, 2),
        "over": each.over,
    }


QUESTION: Final = Question(
    slug="foundations",
    title="Foundations",
    ask="What does each part of the field build on, and how much of it rests on a few models?",
    answer=answer,
)
