"""What was coded first, and what was decided from the evidence where a second coding differed."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import Final

from gen.corpus.columns import Column, columns
from gen.corpus.corpus import Corpus
from gen.corpus.rules.lines import split
from gen.corpus.tables import FORMER_LABELS, Adjudication, Study

# How a row was read is not compared, as each coding reads for itself, nor is how it was found.
ASIDE: Final = {"coded_from", "record_id"}
# The columns of which every disagreement was adjudicated.
CONTROLLED: Final = {
    column.name: column
    for column in columns(Study)
    if (column.vocabulary or column.refers) and column.name not in ASIDE
}


class Outcome(StrEnum):
    """Whose coding a decision follows."""

    FIRST = "first"
    SECOND = "second"
    JOINED = "joined"  # everything that either coding gives
    OTHER = "other"


# In the order of tables, as readers see them.
OUTCOMES: Final = {
    Outcome.FIRST: "The first coding’s",
    Outcome.SECOND: "The second coding’s",
    Outcome.JOINED: "Both joined",
    Outcome.OTHER: "Another",
}


@dataclass(frozen=True, slots=True)
class Decision:
    """A cell in which two codings differed."""

    line: Adjudication
    column: Column
    outcome: Outcome

    @property
    def on_notes(self) -> bool:
        """Whether it rests on the coders' notes alone."""
        return self.line.why.lower().startswith("evidence not reached")


@dataclass(frozen=True, slots=True)
class Twice:
    """A study that was coded twice."""

    study: Study  # as its row stands today
    first: Study  # as it was coded first
    second: Study
    decisions: tuple[Decision, ...]  # in the order of adjudication.csv


def coded_twice(corpus: Corpus, ids: Collection[str]) -> list[Twice]:
    """Every study that is coded twice, of those with the given ids, oldest first."""
    second = {study.id: study for study in corpus.second_coding}
    lines: dict[str, dict[str, Adjudication]] = defaultdict(dict)
    for line in corpus.adjudication:
        if line.field in CONTROLLED:
            lines[line.study][line.field] = line
    return [
        Twice(
            study,
            first_coding(study, second[study.id], lines[study.id]),
            second[study.id],
            tuple(map(decision, lines[study.id].values())),
        )
        for study in corpus.studies
        if study.id in second.keys() & ids
    ]


def label(column: Column) -> str:
    """As it was called when it was coded twice."""
    return FORMER_LABELS.get(column.name, column.label)


def first_coding(study: Study, second: Study, lines: Mapping[str, Adjudication]) -> Study:
    """The row as it was coded first, before anything was decided or mended.

    A controlled cell without a line in adjudication.csv was coded as the second coding has it. Of
    the other columns no disagreement was kept: they stay as the row holds them today.
    """
    cells: dict[str, object] = {}
    missing = {name: kind for name, kind in study.missing.items() if name not in CONTROLLED}
    for name, column in CONTROLLED.items():
        if line := lines.get(name):
            value, kind = _values(line, "first", column), line.missing.get("first")
        else:
            value, kind = getattr(second, name), second.missing.get(name)
        cells[name] = value
        if kind:
            missing[name] = kind
    return study.model_copy(update={**cells, "missing": missing})


def decision(line: Adjudication) -> Decision:
    column = CONTROLLED[line.field]
    return Decision(line, column, outcome(line, column))


def outcome(line: Adjudication, column: Column) -> Outcome:
    """Whose coding the decision follows; that of the first where it also joins both."""
    first, second, decided = (_cell(line, of, column) for of in ("first", "second", "decision"))
    if decided == first:
        return Outcome.FIRST
    if decided == second:
        return Outcome.SECOND
    sets = [cell if isinstance(cell, frozenset) else frozenset() for cell in (first, second)]
    return Outcome.JOINED if column.many and decided == sets[0] | sets[1] else Outcome.OTHER


def held(study: Study, name: str) -> object:
    """What a row holds in a column today, as it was before the split."""
    if name not in FORMER_LABELS:
        return state(study, name)
    return frozenset(study.roots) or state(study, name)


def state(study: Study, name: str) -> object:
    """The cell's value, several as a set, or its kind of missing."""
    value = getattr(study, name)
    return study.missing.get(name) or (frozenset(value) if isinstance(value, tuple) else value)


def _cell(line: Adjudication, name: str, column: Column) -> object:
    """Like `state`, of one of the three cells of a line."""
    value = _values(line, name, column)
    return line.missing.get(name) or (frozenset(value) if isinstance(value, tuple) else value)


def _values(line: Adjudication, name: str, column: Column) -> str | tuple[str, ...] | None:
    text: str | None = getattr(line, name)
    return split(text or "") if column.many else text
