"""The pages of the section Trends, and what their switches load."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from gen.export import tables as export
from gen.figures.figure import Absent, Figure
from gen.pages.view import File, View, table_of
from gen.text import placeholder
from gen.trends.base import SUBSETS, SWITCHES, Answer, Context, Question
from gen.trends.compute import Answers
from gen.trends.questions import QUESTIONS


def sentences(answers: Answers, robust: dict[str, Any]) -> dict[str, str]:
    """Page of the section -> its answer in one sentence. `robust`: see `compute.robust`."""
    answered = {question.slug: answers[question.slug][""].sentence for question in QUESTIONS}
    return answered | {"sensitivity": robust["sentence"]}


def trend_pages(
    view: View, answers: Answers, robust: dict[str, Any], context: Context
) -> Iterator[File]:
    """Yield a page for each question, an index, the sensitivity page, and what switches load."""
    in_short = sentences(answers, robust)
    listed = [
        (question, in_short[question.slug], small(question, answers[question.slug][""]))
        for question in QUESTIONS
    ]
    yield (
        "trends/index.md",
        view.page(
            "trends/index.md.jinja",
            "trends/index.md",
            questions=listed,
            sensitivity=in_short["sensitivity"],
        ),
    )
    for question in QUESTIONS:
        path = f"trends/{question.slug}.md"
        answer = answers[question.slug][""]
        yield (
            path,
            view.page(
                f"trends/{question.slug}.md.jinja",
                path,
                question=question,
                answer=answer,
                values=answer.values or {},
                figures={figure.anchor: view.figure_or_absent(figure) for figure in answer.figures},
                switches=[(name, label) for name, (label, _) in SWITCHES.items()]
                if question.switches
                else [],
            ),
        )
        if question.switches:
            yield from subset_files(question, answers[question.slug], view.source)
        if question.files:
            yield from question.files(view.df, context, view.page)
    yield (
        "trends/sensitivity.md",
        view.page(
            "trends/sensitivity.md.jinja",
            "trends/sensitivity.md",
            answer=in_short["sensitivity"],
            values=robust,
        ),
    )


def small(question: Question, answer: Answer) -> tuple[Figure, str] | None:
    """The figure that stands for a question in the index, and the place of its drawing."""
    drawn = [each for each in answer.figures if isinstance(each, Figure)]
    drawn.sort(key=lambda each: each.anchor != f"fig-{question.small}")
    return (drawn[0], placeholder.mark("figure", drawn[0].slug)) if drawn else None


def subset_files(
    question: Question, answers: dict[str, Answer], source: list[str]
) -> Iterator[File]:
    """What the switches load: a file a subset, with the sentence and every figure of the page."""
    for name in SUBSETS:
        answer = answers[name]
        content = {
            "sentence": answer.sentence,
            "figures": {each.anchor: _subset_figure(each, source) for each in answer.figures},
        }
        yield f"trends/{question.slug}/{name or 'all'}.json", export.as_json(content)


def _subset_figure(figure: Figure | Absent, source: list[str]) -> dict[str, Any]:
    if isinstance(figure, Absent):
        return {"title": figure.title, "reading": figure.reading}
    return {
        "title": figure.title,
        "reading": figure.reading,
        "note": figure.note,
        "aria": figure.aria,
        "spec": figure.spec(source),
        "columns": list(figure.columns.values()),
        "table": table_of(figure),
    }
