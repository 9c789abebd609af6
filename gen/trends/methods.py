"""Answers how families, architectures, training paradigms and adaptation change."""

from __future__ import annotations

from typing import Any, Final

import pandas as pd

from gen.analysis.statistics import is_significant
from gen.figures.figure import Absent, Figure
from gen.text.format import counted
from gen.trends import shares
from gen.trends.base import Answer, Context, Finding, Question

FACETS: Final = ("family", "architecture", "training", "adaptation")


def answer(df: pd.DataFrame, context: Context) -> Answer:
    return answer_of(FACETS, df, context, "with")


def answer_of(facets: tuple[str, ...], df: pd.DataFrame, context: Context, on: str) -> Answer:
    """Trends of the terms of some facets: shares, odds ratios and the table of both.

    `on`: what joins studies to a term in the sentence.
    """
    figures: list[Figure | Absent] = []
    tables: list[dict[str, Any]] = []
    findings: list[Finding] = []
    clear: list[shares.TermTrend] = []
    for facet in facets:
        per_year = shares.per_year(df, facet)
        terms = shares.trends(df, per_year, facet, context)
        figures += [
            shares.small_multiples(per_year, facet, terms, context),
            shares.forest_plot(terms, facet, context),
        ]
        label = context.corpus.taxonomy[facet].plural
        tables.append(
            {
                "facet": facet,
                "label": label,
                "rows": shares.table(terms, facet),
                "q": terms[0].facet_q if terms else None,
                "changes": bool(terms) and is_significant(terms[0].facet_q),
            }
        )
        findings += shares.findings(terms, facet)
        clear += [each for each in terms if each.significant]
    tested = len(findings)
    if not tested:
        sentence = "Too few studies to say: no term has enough studies in enough years."
    elif clear:
        sentence = f"Most clearly, {shares.clearest(clear, on)}."
    else:
        sentence = f"No change can be told in the share of any of {counted(tested, 'term')}."
    return Answer(
        sentence=sentence,
        figures=tuple(figures),
        findings=tuple(findings),
        values={"tables": tables, "tested": tested, "n": len(df)},
    )


QUESTION: Final = Question(
    slug="methods",
    title="Families and methods",
    ask="How do families, architectures, training and adaptation change?",
    answer=answer,
    small="architecture-shares",
    primary={"family-vision-language": "Does the share of vision-language studies change?"},
)
