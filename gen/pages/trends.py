"""The pages of the section Trends, as (path, content): part of the table of contents in site.py."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from typing import Any

import pandas as pd

from gen.export import tables as export
from gen.figures.figure import Absent, Figure
from gen.trends.base import SUBSETS, SWITCHES, Answer, Context, File, Question
from gen.trends.compute import Answers
from gen.trends.questions import QUESTIONS
from gen.trends.sensitivity import sensitivity
from gen.trends.sensitivity import sentence as sensitivity_sentence

Page = Callable[..., str]
Draw = Callable[[Figure | Absent], Any]
TableOf = Callable[[Figure], Sequence[Sequence[str]]]


def sentences(answers: Answers) -> dict[str, str]:
    """Page of the section -> its answer in one sentence."""
    answered = {question.slug: answers[question.slug][""].sentence for question in QUESTIONS}
    return answered | {"sensitivity": sensitivity_sentence(sensitivity(answers))}


def pages(  # noqa: PLR0913, PLR0917 - what a page may need, each from the module that makes it
    answers: Answers, df: pd.DataFrame, context: Context, page: Page, draw: Draw, table_of: TableOf
) -> Iterator[File]:
    """Yield a page for each question, an index, the sensitivity page, and what switches load."""
    in_short = sentences(answers)
    titles = [(question, in_short[question.slug]) for question in QUESTIONS]
    yield "trends/index.md", page("trends/index.md.jinja", "trends/index.md", questions=titles)
    for question in QUESTIONS:
        path = f"trends/{question.slug}.md"
        answer = answers[question.slug][""]
        yield (
            path,
            page(
                f"trends/{question.slug}.md.jinja",
                path,
                question=question,
                answer=answer,
                values=answer.values or {},
                figures={figure.anchor: draw(figure) for figure in answer.figures},
                switches=[(name, label) for name, (label, _) in SWITCHES.items()]
                if question.switches
                else [],
            ),
        )
        if question.switches:
            yield from subset_files(question, answers[question.slug], table_of)
        if question.files:
            yield from question.files(df, context, page)
    yield (
        "trends/sensitivity.md",
        page(
            "trends/sensitivity.md.jinja",
            "trends/sensitivity.md",
            answer=in_short["sensitivity"],
            changes=sensitivity(answers),
            switches=[(name, label) for name, (label, _) in SWITCHES.items()],
        ),
    )


def subset_files(
    question: Question, answers: dict[str, Answer], table_of: TableOf
) -> Iterator[File]:
    """What the switches load: a file a subset, with the sentence and every figure of the page."""
    for name in SUBSETS:
        answer = answers[name]
        content = {
            "sentence": answer.sentence,
            "figures": {each.anchor: _subset_figure(each, table_of) for each in answer.figures},
        }
        yield f"trends/{question.slug}/{name or 'all'}.json", export.as_json(content)


def _subset_figure(figure: Figure | Absent, table_of: TableOf) -> dict[str, Any]:
    if isinstance(figure, Absent):
        return {"reading": figure.reading}
    return {
        "reading": figure.reading,
        "note": figure.note,
        "aria": figure.aria,
        "spec": figure.spec,
        "columns": list(figure.columns.values()),
        "table": table_of(figure),
    }
