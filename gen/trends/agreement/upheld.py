"""How often the evidence upholds a single coding, as far as it was reached."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

from gen.analysis.statistics import Share
from gen.trends.agreement.decisions import CONTROLLED, Outcome, Twice, held, label, state


@dataclass(frozen=True, kw_only=True, slots=True)
class Upheld:
    """The cells of one controlled column, or of several."""

    name: str
    label: str
    cells: int  # of studies coded twice
    differing: int  # cells in which the codings differ
    outcomes: dict[Outcome, int]  # what was decided in them
    on_notes: int  # decisions that rest on the coders' notes alone
    changed: int  # cells in which the codings agree and that the row holds otherwise today

    @property
    def share(self) -> Share:
        """First codings that both codings or the decision bear out."""
        return Share.of(self.cells - self.differing + self.outcomes[Outcome.FIRST], self.cells)


def upheld(twice: Sequence[Twice], names: Sequence[str]) -> list[Upheld]:
    """One for each controlled column of the given names."""
    return [_column(name, twice) for name in names if name in CONTROLLED]


def _column(name: str, twice: Sequence[Twice]) -> Upheld:
    decided = [each for study in twice for each in study.decisions if each.column.name == name]
    outcomes = Counter(each.outcome for each in decided)
    differing = {each.line.study for each in decided}
    return Upheld(
        name=name,
        label=label(CONTROLLED[name]),
        cells=len(twice),
        differing=len(decided),
        outcomes={outcome: outcomes[outcome] for outcome in Outcome},
        on_notes=sum(each.on_notes for each in decided),
        changed=sum(
            state(each.first, name) != held(each.study, name)
            for each in twice
            if each.study.id not in differing
        ),
    )


def total(columns: Sequence[Upheld]) -> Upheld:
    """All columns as one."""
    return Upheld(
        name="",
        label="All of these",
        cells=sum(each.cells for each in columns),
        differing=sum(each.differing for each in columns),
        outcomes={out: sum(each.outcomes[out] for each in columns) for out in Outcome},
        on_notes=sum(each.on_notes for each in columns),
        changed=sum(each.changed for each in columns),
    )
