"""The page that lists every cell in which two codings differed, and its decision."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from typing import Any

import pandas as pd

from gen.corpus.columns import Column
from gen.corpus.corpus import Corpus
from gen.corpus.rules.lines import split
from gen.trends.agreement.decisions import CONTROLLED, OUTCOMES, Decision, coded_twice, label
from gen.trends.base import Context, File

CELLS = ("first", "second", "decision")


def files(df: pd.DataFrame, context: Context, page: Callable[..., str]) -> Iterator[File]:
    corpus = context.corpus
    twice = coded_twice(corpus, set(df["id"]) if len(df) else set())
    decided = sorted(
        (each for study in twice for each in study.decisions), key=lambda each: each.line.study
    )
    path = "trends/agreement/decisions.md"
    yield (
        path,
        page(
            "trends/agreement-decisions.md.jinja",
            path,
            n=len(decided),
            groups=[
                group for column in CONTROLLED.values() if (group := of(column, decided, corpus))
            ],
        ),
    )


def of(column: Column, decided: Sequence[Decision], corpus: Corpus) -> dict[str, Any] | None:
    """The decisions of one column, by study; None without one."""
    names = names_of(column, corpus)
    rows = [
        {
            "study": each.line.study,
            "outcome": OUTCOMES[each.outcome],
            "why": each.line.why,
            "cells": [
                {
                    # The second coding is blind, and may name what no table holds.
                    "named": [names.get(id_, id_) for id_ in split(getattr(each.line, cell) or "")],
                    "state": each.line.missing.get(cell),
                }
                for cell in CELLS
            ],
        }
        for each in decided
        if each.column is column
    ]
    return {"name": column.name, "label": label(column), "rows": rows} if rows else None


def names_of(column: Column, corpus: Corpus) -> dict[str, str]:
    """Term or id -> how readers know it."""
    if column.vocabulary:
        terms = corpus.taxonomy[column.vocabulary].terms
        return {id_: term.label for id_, term in terms.items()}
    if "datasets" in column.refers:
        return {each.id: each.name for each in corpus.datasets}
    return {each.id: each.name for each in corpus.base_models} | {
        each.id: each.name for each in corpus.studies
    }
