"""Asks every question of every subset of the studies, once for each state of data and code."""

from __future__ import annotations

import hashlib
import json
from dataclasses import fields
from functools import cache
from pathlib import Path
from typing import Any, Final

import pandas as pd

from gen.cache import cached
from gen.figures.figure import Absent, Figure
from gen.trends.base import SUBSETS, Answer, Context, Finding, Question, subset
from gen.trends.categories import Category
from gen.trends.categories import categories as category_values
from gen.trends.questions import QUESTIONS

CACHE = Path(".cache/trends")
RECORDS: Final = {record.__name__: record for record in (Answer, Figure, Absent, Finding)}

Answers = dict[str, dict[str, Answer]]  # slug of the question -> name of the subset -> answer


def answers(df: pd.DataFrame, context: Context) -> Answers:
    """Every answer, from the cache if neither the data nor the code has changed."""
    made = cached(CACHE, f"answers {key(context)}", "json", lambda: _packed(ask_all(df, context)))
    return {
        slug: {name: _answer(answer) for name, answer in by_subset.items()}
        for slug, by_subset in json.loads(made).items()
    }


def categories(df: pd.DataFrame, context: Context) -> dict[str, dict[str, Category]]:
    """What each category page takes over, from the cache if nothing has changed."""
    made = cached(
        CACHE,
        f"categories {key(context)}",
        "json",
        lambda: json.dumps(category_values(df, context)).encode(),
    )
    by_facet: dict[str, dict[str, Category]] = json.loads(made)
    return by_facet


def key(context: Context) -> str:
    return f"{code()} {context.incomplete_year} {context.corpus!r}"


def ask_all(df: pd.DataFrame, context: Context) -> Answers:
    """Every question of every subset; subsets of the same studies are asked once."""
    parts = {name: subset(df, name) for name in SUBSETS}
    same = {name: tuple(part.index) for name, part in parts.items()}
    answered: Answers = {}
    for question in QUESTIONS:
        by_studies: dict[tuple[Any, ...], Answer] = {}
        for name in subsets(question):
            if same[name] not in by_studies:
                by_studies[same[name]] = question.answer(parts[name], context)
        answered[question.slug] = {name: by_studies[same[name]] for name in subsets(question)}
    return answered


def subsets(question: Question) -> tuple[str, ...]:
    return SUBSETS if question.switches else ("",)


@cache
def code() -> str:
    """A digest of our own source: other code, other answers."""
    digest = hashlib.sha256()
    for file in sorted(Path(__file__).parent.parent.rglob("*.py")):
        digest.update(file.read_bytes())
    return digest.hexdigest()


def _packed(answered: Answers) -> bytes:
    return json.dumps(answered, default=_plain).encode()


def _plain(record: Any) -> dict[str, Any]:  # noqa: ANN401 - any of RECORDS
    """A record as a dict. `dataclasses.asdict` would copy every row of data."""
    values = {field.name: getattr(record, field.name) for field in fields(record)}
    return {"record": type(record).__name__, **values}


def _answer(plain: dict[str, Any]) -> Answer:
    parts = {name: tuple(map(_unpacked, plain[name])) for name in ("figures", "findings")}
    answer: Answer = _unpacked(plain | parts)
    return answer


def _unpacked(plain: dict[str, Any]) -> Any:  # noqa: ANN401 - any of RECORDS
    """The record of which `_plain` made a dict."""
    return RECORDS[plain.pop("record")](**plain)
