"""Every rule across cells, rows and tables, in the order in which the codebook page states them."""

from __future__ import annotations

from collections.abc import Iterator

from gen.corpus.rules import evidence, rows
from gen.problems import Problem

RULES: tuple[rows.Rule, ...] = (*rows.RULES, *evidence.RULES)


def rule_problems(tables: rows.Tables) -> Iterator[Problem]:
    for rule in RULES:
        yield from rule(tables)
