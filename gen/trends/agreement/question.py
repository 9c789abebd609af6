"""The question of how well two codings of the same studies agree."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, Final

import pandas as pd

from gen.corpus.corpus import Corpus
from gen.corpus.tables import TABLES
from gen.figures.figure import MIN_STUDIES
from gen.text.format import counted, percent
from gen.trends.agreement import figures
from gen.trends.agreement.coding import FieldAgreement, TermAgreement, agreement, pairs
from gen.trends.agreement.figures import BOUND
from gen.trends.base import Answer, Context, Question

TWICE: Final = {"studies"}  # the tables that have a second coding; it has a file of its own


def answer(df: pd.DataFrame, context: Context) -> Answer:
    twice = pairs(context.corpus, set(df["id"]) if len(df) else set())
    enough = len(twice) >= MIN_STUDIES
    fields = agreement(twice, context.corpus) if enough else []
    coded = [each for each in fields if each.cells]
    return Answer(
        sentence=sentence(len(twice), coded),
        figures=(
            figures.raw(coded, len(twice)),
            figures.kappa(coded),
            figures.jaccard(coded),
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
            "not_yet": not_yet(fields, context.corpus) if enough else [],
            "fewest": MIN_STUDIES,
        },
    )


def sentence(studies: int, coded: Sequence[FieldAgreement]) -> str:
    if not coded:
        return f"Too few studies to say: {counted(studies, 'study')} with a second coding."
    order = sorted(coded, key=lambda each: each.raw or 0)
    worst, best = order[0], order[-1]
    kappas = [each.kappa for each in coded if each.vocabulary and each.kappa is not None]
    spread = (
        f"; Cohen’s κ of the single-valued fields with controlled terms lies between "
        f"{min(kappas):.2f} and {max(kappas):.2f}"
        if kappas
        else ""
    )
    return (
        f"In {counted(studies, 'study')} coded twice, from {percent(worst.raw or 0)} "
        f"({worst.label}) to {percent(best.raw or 0)} ({best.label}) of a field’s cells are wholly "
        f"the same{spread}. "
        f"{BOUND}"
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


def not_yet(compared: Sequence[FieldAgreement], corpus: Corpus) -> list[str]:
    """Fields and files that nobody has coded a second time."""
    fields = [f"{each.label} (studies.csv)" for each in compared if not each.cells]
    files = [
        f"{name}.csv"
        for name in TABLES
        if name not in {*TWICE, "second_coding"} and getattr(corpus, name)
    ]
    return [*fields, *files]


QUESTION: Final = Question(
    slug="agreement",
    title="Agreement",
    ask="How well do two codings of the same studies agree?",
    answer=answer,
    switches=False,
)
