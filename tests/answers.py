"""Invented studies for the tests of gen/trends, and what every answer must keep."""

from __future__ import annotations

import json
import math
import re
import tomllib
import warnings
from dataclasses import asdict
from datetime import date
from functools import cache
from typing import Any

import pandas as pd

from gen.analysis import tables
from gen.corpus.cells import MARKERS
from gen.corpus.columns import columns
from gen.corpus.corpus import Corpus
from gen.corpus.settings import Picking, Release, Review, Vocabulary
from gen.corpus.tables import Adjudication, Dataset, Foundation, Result, Study
from gen.export.tables import cell
from gen.figures.figure import Absent, Figure
from gen.trends.agreement.decisions import CONTROLLED, state
from gen.trends.base import Answer, Context, Question
from tests.real import PICKS, TAXONOMY

INCOMPLETE_YEAR = 2026  # the year of the invented search
ADDRESS = "https://example.org/paper"


def study(id_: str, year: int, **cells: object) -> Study:
    """A study of which only the given cells are coded; `missing` says how others are missing."""
    required = {
        "id": id_,
        "name": id_.title(),
        "title": id_,
        "authors": ("Alt, Anna",),
        "date": str(year),
        "summary": "Made up.",
        "contribution": "foundation-model",
        "family": "vision-only",
        "evidence": (ADDRESS,),
        "coded_from": ("abstract",),
    }
    given = required | cells
    states = {c.name: "not-coded" for c in columns(Study) if c.coded and c.name not in given}
    given["missing"] = states | cells.get("missing", {})
    return Study.model_validate(_as_text(given))


def _as_text(cells: dict[str, object]) -> dict[str, object]:
    """Numbers as a file holds them: the model reads text."""
    return {name: str(v) if isinstance(v, int | float) else v for name, v in cells.items()}


def copies(number: int, year: int, **cells: object) -> list[Study]:
    """That many studies alike but for their ids, which tell year and cells apart."""
    kind = "-".join("".join(c if c.isalnum() else "-" for c in str(v)) for v in cells.values())
    stem = "-".join(part for part in f"s{year}-{kind}".lower().split("-") if part)[:50]
    return [study(f"{stem}-{n}", year, **cells) for n in range(number)]


def result(of: str, value: float, **cells: object) -> Result:
    given = {"study": of, "task": "segmentation", "metric": "dice", "value": value} | cells
    return Result.model_validate({"evidence": (ADDRESS,)} | _as_text(given))


def dataset(id_: str, **cells: object) -> Dataset:
    return Dataset.model_validate(_as_text({"id": id_, "name": id_.upper()} | cells))


def base_model(id_: str, **cells: object) -> Foundation:
    return Foundation.model_validate(
        _as_text({"id": id_, "name": id_.upper(), "kind": "vision"} | cells)
    )


def decided(of: str, field: str, first: str, second: str, decision: str) -> Adjudication:
    """A line of adjudication.csv, cells as they stand in the file."""
    cells = {"first": first, "second": second, "decision": decision}
    missing = {
        name: MARKERS.get(text, "not-coded")
        for name, text in cells.items()
        if text in {"", *MARKERS}
    }
    stated = {name: text for name, text in cells.items() if name not in missing}
    why = "The abstract says so."
    return Adjudication(study=of, field=field, why=why, missing=missing, **stated)


def as_first(first: list[Study], second: list[Study]) -> list[Adjudication]:
    """Every cell in which two codings differ, decided as it was coded first."""
    other = {study.id: study for study in second}
    return [
        decided(one.id, name, cell(one, name), cell(other[one.id], name), cell(one, name))
        for one in first
        if one.id in other
        for name in CONTROLLED
        if state(one, name) != state(other[one.id], name)
    ]


@cache
def shared() -> tuple[dict[str, Vocabulary], Picking]:
    found = tomllib.loads(TAXONOMY.read_text(encoding="utf-8"))
    taxonomy = {name: Vocabulary.model_validate(each) for name, each in found.items()}
    return taxonomy, Picking.model_validate(tomllib.loads(PICKS.read_text(encoding="utf-8")))


def context(studies: list[Study], **others: object) -> Context:
    """A corpus of these studies; `others` are its other tables."""
    taxonomy, picking = shared()
    day = date(INCOMPLETE_YEAR, 3, 1)
    release = Release(
        version="2026.03", date=day, searched=day, next_due=day, status="living", changed="First."
    )
    review = Review(
        title="T",
        short="T",
        subject="S",
        keywords=("K",),
        authors=("A",),
        repository=ADDRESS,
        site=ADDRESS,
    )
    tables_of = dict.fromkeys(
        ("datasets", "base_models", "results", "records", "sources", "second_coding"), ()
    )
    corpus = Corpus(
        studies=tuple(studies),
        taxonomy=taxonomy,
        picking=picking,
        releases=(release,),
        review=review,
        **tables_of | {name: tuple(rows) for name, rows in others.items()},
    )
    return Context(corpus, INCOMPLETE_YEAR)


def answered(question: Question, studies: list[Study], **others: object) -> Answer:
    """The question's answer for all of these studies, held to what every answer must keep."""
    return sound(question, tables.frame(studies), context(studies, **others))


def sound(question: Question, df: pd.DataFrame, given: Context) -> Answer:
    """Ask without a warning; the answer must be plain JSON and every figure agree with itself."""
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        answer = question.answer(df, given)
    json.dumps(asdict(answer), default=sorted, allow_nan=False)
    assert answer.sentence.endswith(".")
    anchors = [figure.anchor for figure in answer.figures]
    assert len(anchors) == len(set(anchors))
    for figure in answer.figures:
        assert figure.anchor.startswith("fig-")
        assert figure.slug.startswith("trends-")
        assert figure.reading.endswith(".")
        if isinstance(figure, Figure):
            assert figure.rows
            needed = figure.columns.keys() | drawn(figure.chart)
            assert all(needed <= row.keys() for row in figure.rows)
        else:
            assert not figure.reason.endswith(".")
    for finding in answer.findings:
        numbers = (finding.estimate, finding.low, finding.high, finding.p)
        assert all(number is None or math.isfinite(number) for number in numbers)
        if None not in {finding.estimate, finding.low, finding.high}:
            assert finding.low <= finding.estimate <= finding.high
    return answer


def drawn(chart: dict[str, Any]) -> set[str]:
    """The fields of its rows that a chart draws: all that it names and does not make itself."""
    text = json.dumps({name: part for name, part in chart.items() if name != "config"})
    named = set(re.findall(r'"field": "(\w+)"', text))
    told = set(re.findall(r"datum\.(\w+)", text)) - {"label", "value"}  # of an axis
    return (named | told) - set(re.findall(r'"as": "(\w+)"', text))


def benjamini_hochberg(ps: list[float]) -> list[float]:
    """Q of three p-values, by hand: p times their number over its rank, never falling (1995)."""
    small, middle, large = sorted(ps)
    assert small * 3 < middle * 1.5 < large  # else a q that is not adjusted might pass
    return [small * 3, middle * 3 / 2, large]


def figure(answer: Answer, anchor: str) -> Figure:
    (found,) = [each for each in answer.figures if each.anchor == anchor]
    assert isinstance(found, Figure), found
    return found


def absent(answer: Answer, anchor: str) -> Absent:
    (found,) = [each for each in answer.figures if each.anchor == anchor]
    assert isinstance(found, Absent), found
    return found
