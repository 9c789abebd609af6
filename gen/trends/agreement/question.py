"""The question of how well two codings of the same studies agree."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import Any, Final

import pandas as pd

from gen.corpus.corpus import Corpus
from gen.corpus.tables import TABLES
from gen.figures.figure import MIN_STUDIES
from gen.text.format import counted, percent, rounded
from gen.trends.agreement import figures
from gen.trends.agreement.coding import FieldAgreement, TermAgreement, agreement
from gen.trends.agreement.decisions import OUTCOMES, coded_twice
from gen.trends.agreement.figures import BOUND, JUDGE
from gen.trends.agreement.listing import files
from gen.trends.agreement.upheld import Upheld, total, upheld
from gen.trends.base import Answer, Context, Question

TWICE: Final = {"studies"}  # the tables that have a second coding
# The tables that check or judge others.
CHECKS: Final = {"second_coding", "adjudication", "screening_audit", "cell_audit", "appraisal"}


def answer(df: pd.DataFrame, context: Context) -> Answer:
    twice = coded_twice(context.corpus, set(df["id"]) if len(df) else set())
    enough = len(twice) >= MIN_STUDIES
    both = [(each.first, each.second) for each in twice]
    fields = agreement(both, context.corpus) if enough else []
    coded = [each for each in fields if each.cells]
    decided = upheld(twice, [each.name for each in coded])
    return Answer(
        sentence=sentence(len(twice), coded),
        figures=(
            figures.raw(coded, len(twice)),
            figures.kappa(coded),
            figures.jaccard(coded),
            figures.upheld(decided),
        ),
        values={
            "n": len(twice),
            "total": len(df),
            "enough": enough,
            "fields": [field(each) for each in fields],
            "terms": [
                {"label": each.label, "facet": each.vocabulary, "rows": [*map(term, each.terms)]}
                for each in coded
                if each.terms
            ],
            "outcomes": [f">{name}" for name in OUTCOMES.values()],  # columns of numbers
            "upheld": [upheld_row(each) for each in [*decided, total(decided)] if each.cells],
            "decided": decided_sentence(total(decided)) if decided else "",
            "not_yet": not_yet(fields, context.corpus) if enough else [],
            "fewest": MIN_STUDIES,
        },
    )


def sentence(studies: int, coded: Sequence[FieldAgreement]) -> str:
    if not coded:
        return f"Too few studies to say: {counted(studies, 'study')} with a second coding."
    controlled = [each for each in coded if each.vocabulary]
    cells = sum(each.cells for each in controlled)
    if not cells:
        return f"Too few studies to say: {counted(studies, 'study')} with a second coding."
    alike = sum((each.raw or 0) * each.cells for each in controlled) / cells
    return (
        f"In {counted(studies, 'study')} coded twice, {percent(alike)} of the cells with "
        f"controlled terms are wholly the same. {BOUND}"
    )


def field(each: FieldAgreement) -> dict[str, Any]:
    """A field's line of the page's table."""
    names = (
        "name label many cells stated raw raw_low raw_high kappa kappa_low kappa_high jaccard "
        "jaccard_low jaccard_high mean_kappa mean_kappa_low mean_kappa_high"
    )
    return {name: getattr(each, name) for name in names.split()} | {
        "controlled": bool(each.vocabulary),
        "terms": sum(term.kappa is not None for term in each.terms),
    }


def term(each: TermAgreement) -> dict[str, Any]:
    names = "id label first second both n kappa low high"
    return {name: getattr(each, name) for name in names.split()}


def upheld_row(each: Upheld) -> dict[str, Any]:
    """A line of the table of decisions.

    That of all columns has no interval: the cells of a study do not err independently.
    """
    share = each.share if each.name else replace(each.share, low=None, high=None)
    return {
        "name": each.name,
        "label": each.label,
        "cells": each.cells,
        "differing": each.differing,
        "outcomes": [each.outcomes[out] for out in OUTCOMES],
        "changed": each.changed,
        "upheld": rounded(share.value),
        "low": rounded(share.low),
        "high": rounded(share.high),
    }


def decided_sentence(every: Upheld) -> str:
    first, second, joined, other = (every.outcomes[out] for out in OUTCOMES)
    rest = "rests" if every.on_notes == 1 else "rest"
    return (
        f"The codings differ in {every.differing:,} of {every.cells:,} cells with controlled "
        f"values; the decision is the first coding’s in {first}, the second’s in {second}, both "
        f"joined in {joined} and another in {other}, so that {percent(every.share.value or 0)} of "
        f"first codings stand ({every.on_notes} of the decisions {rest} on the coders’ notes "
        f"alone, because the evidence was not reached). {JUDGE}"
    )


def not_yet(compared: Sequence[FieldAgreement], corpus: Corpus) -> list[str]:
    """Fields and files that nobody has coded a second time."""
    fields = [f"{each.label} (studies.csv)" for each in compared if not each.cells]
    files = [
        f"{name}.csv" for name in TABLES if name not in TWICE | CHECKS and getattr(corpus, name)
    ]
    return [*fields, *files]


QUESTION: Final = Question(
    slug="agreement",
    title="Agreement",
    ask="How well do two codings of the same studies agree?",
    answer=answer,
    small="jaccard",
    switches=False,
    files=files,
)
