"""Asks every question of every subset of the studies, once for each state of data and code."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable
from dataclasses import asdict, fields, replace
from functools import cache
from pathlib import Path
from typing import Any, Final

import pandas as pd

from gen.cache import cached
from gen.figures.figure import Absent, Figure
from gen.trends.base import SUBSETS, Answer, Context, Finding, Question, subset
from gen.trends.categories import Category
from gen.trends.categories import categories as category_values
from gen.trends.corrections import Corrections
from gen.trends.questions import QUESTIONS
from gen.trends.sensitivity import sensitivity

CACHE = Path(".cache/trends")
RECORDS: Final = {record.__name__: record for record in (Answer, Figure, Absent, Finding)}

Answers = dict[str, dict[str, Answer]]  # slug of the question -> name of the subset -> answer


def corrected(df: pd.DataFrame, context: Context) -> Context:
    """The context in which each p is corrected for every test that the site makes of all studies.

    From the cache if neither the data nor the code has changed.
    """
    made = cached(
        CACHE,
        f"corrections {key(context)}",
        "json",
        lambda: json.dumps(all_tests(df, context).together()).encode(),
    )
    return replace(context, corrections=Corrections(json.loads(made)))


def all_tests(df: pd.DataFrame, context: Context) -> Corrections:
    """Every test that the questions and the pages of categories make of all studies."""
    first = tests(df, context, QUESTIONS)
    category_values(df, replace(context, corrections=first))
    return first


def answers(df: pd.DataFrame, context: Context) -> Answers:
    """Every answer, in a context that is `corrected`; from the cache if nothing has changed."""
    made = cached(CACHE, f"answers {key(context)}", "json", lambda: _packed(ask_all(df, context)))
    return {
        slug: {name: _answer(answer) for name, answer in by_subset.items()}
        for slug, by_subset in json.loads(made).items()
    }


def categories(df: pd.DataFrame, context: Context) -> dict[str, dict[str, Category]]:
    """What each category page takes over, in a context that is `corrected`; cached likewise."""
    made = cached(
        CACHE,
        f"categories {key(context)}",
        "json",
        lambda: json.dumps(category_values(df, context)).encode(),
    )
    by_facet: dict[str, dict[str, Category]] = json.loads(made)
    return by_facet


def robust(context: Context, answered: Answers) -> dict[str, Any]:
    """What `sensitivity` finds of these answers, as plain lists and dicts; cached likewise."""
    made = cached(
        CACHE,
        f"sensitivity {key(context)}",
        "json",
        lambda: json.dumps(sensitivity(context, answered), default=asdict).encode(),
    )
    found: dict[str, Any] = json.loads(made)
    return found


def key(context: Context) -> str:
    return f"{code()} {context.incomplete_year} {context.corpus.digest}"


def tests(df: pd.DataFrame, context: Context, questions: Iterable[Question]) -> Corrections:
    """Every test that the questions make of some studies."""
    first = replace(context, corrections=Corrections())
    for question in questions:
        question.answer(df, first)
    return first.corrections


def ask_all(df: pd.DataFrame, context: Context) -> Answers:
    """Every question of every subset; subsets of the same studies are asked once.

    The tests of a subset are corrected together, as those of all studies are.
    """
    parts = {name: subset(df, name, context.incomplete_year) for name in SUBSETS}
    same = {name: tuple(part.index) for name, part in parts.items()}
    switched = [question for question in QUESTIONS if question.switches]
    contexts = {same[""]: context}
    answered: Answers = {question.slug: {} for question in QUESTIONS}
    for name, part in parts.items():
        if same[name] not in contexts:
            qs = tests(part, context, switched).together()
            contexts[same[name]] = replace(context, corrections=Corrections(qs))
        for question in switched if name else QUESTIONS:
            alike = next((n for n in answered[question.slug] if same[n] == same[name]), None)
            answered[question.slug][name] = (
                question.answer(part, contexts[same[name]])
                if alike is None
                else answered[question.slug][alike]
            )
    return answered


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
