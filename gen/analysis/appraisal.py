"""The risk of bias of the studies that were appraised, by domain and overall."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Final

from gen.corpus.tables import Appraisal

LOW, UNCLEAR, HIGH, NOT_JUDGED = "low", "unclear", "high", "not-judged"
# A mark before each word, so that a column is read at a glance and without colours.
MARKS: Final = {LOW: "+", UNCLEAR: "?", HIGH: "\N{MINUS SIGN}", NOT_JUDGED: "\N{MIDDLE DOT}"}


def by_study(lines: Iterable[Appraisal]) -> dict[str, dict[str, Appraisal]]:
    """Id of a study -> domain -> its judgement."""
    found: dict[str, dict[str, Appraisal]] = {}
    for line in lines:
        found.setdefault(line.study, {})[line.domain] = line
    return found


def overall(lines: Iterable[Appraisal]) -> str:
    """High where one domain is, low where all are, else unclear (doi:10.1136/bmj-2024-082505)."""
    found = {line.judgement for line in lines}
    if HIGH in found:
        return HIGH
    return LOW if found == {LOW} else UNCLEAR
