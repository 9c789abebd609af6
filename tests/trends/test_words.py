"""What the questions say of an invented field, and of too few studies, word for word.

The text, with the ends of every table, is recorded in words.txt, to be read like code when it
changes: `.venv/bin/python -m tests.trends.test_words` writes it anew.
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from typing import Any

import pytest

from gen.figures.figure import Figure
from gen.trends.base import Answer, Question
from gen.trends.questions import QUESTIONS
from tests.answers import answered
from tests.trends import field

RECORDED = Path(__file__).with_name("words.txt")
MARK = "=== "  # before a question's slug


def told(question: Question) -> str:
    """All that an answer says, as text; of a long list the ends."""
    studies = field.studies()
    others = field.others(studies)
    answer = answered(question, studies, **others)
    lines = [question.title, question.ask, answer.sentence, *_figures(answer)]
    lines += [
        f"finding {each.id}: {each.label}; "
        + " ".join(_text(v) for v in (each.estimate, each.low, each.high, each.p, each.null))
        for each in answer.findings
    ]
    lines += [f"{name}: {_text(value)}" for name, value in (answer.values or {}).items()]
    for few in (2, 3):
        answer = answered(question, studies[:few], **others)
        lines += [f"\n--- of {few} studies", answer.sentence]
        lines += [f"{each.anchor}: {each.reading}" for each in answer.figures]
    return "\n".join(lines) + "\n"


def _figures(answer: Answer) -> Iterator[str]:
    for each in answer.figures:
        yield f"\n--- {each.slug} #{each.anchor}: {each.title}"
        yield each.reading
        if isinstance(each, Figure):
            yield each.note
            yield f"columns: {_text(each.columns)}; in per cent: {each.percent}"
            yield f"chart: {'; '.join(dict.fromkeys(_words(each.chart)))}"
            yield f"{len(each.rows)} rows: {_text(each.rows)}"
            yield f"in sum: {_text(_sums(each.rows))}"
    yield ""


def _sums(rows: list[dict[str, Any]]) -> dict[str, float]:
    """Of each column of numbers, or of yes and no: so that no row between the ends goes unseen."""
    found: dict[str, float] = {}
    for row in rows:
        for name, value in row.items():
            if isinstance(value, (int, float)):
                found[name] = found.get(name, 0) + value
    return found


def _words(chart: object, name: str = "") -> Iterator[str]:
    """What a chart writes and how it tells things apart, in the order of its specification."""
    if name in {"title", "datum", "domain", "range", "format", "sort", "step"}:
        yield f"{name} {_text(chart)}"
    elif isinstance(chart, dict):
        for key, value in chart.items():
            if key != "config":
                yield from _words(value, key)
    elif isinstance(chart, list):
        for value in chart:
            yield from _words(value)


def _text(value: object) -> str:
    return json.dumps(_short(value), ensure_ascii=False)


def _short(value: Any) -> Any:  # noqa: ANN401 - whatever a page is given
    if isinstance(value, float):
        return float(f"{value:.3g}")
    if isinstance(value, dict):
        return {str(key): _short(each) for key, each in value.items()}
    if isinstance(value, (list, tuple)):
        ends = value if len(value) <= 4 else [*value[:2], f"… {len(value) - 3} …", value[-1]]
        return [_short(each) for each in ends]
    return value


@cache
def recorded() -> dict[str, str]:
    parts = RECORDED.read_text(encoding="utf-8").split(MARK)[1:]
    return dict(part.rstrip("\n").split("\n", 1) for part in parts)


@pytest.mark.parametrize("question", QUESTIONS, ids=lambda question: question.slug)
def test_a_question_says_what_is_recorded(question: Question) -> None:
    assert told(question).rstrip("\n") == recorded()[question.slug]


if __name__ == "__main__":
    RECORDED.write_text(
        "\n".join(f"{MARK}{each.slug}\n{told(each)}" for each in QUESTIONS), encoding="utf-8"
    )
