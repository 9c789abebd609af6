"""How many cells are right, as measured by comparing random studies with their evidence."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

from gen.analysis.statistics import Share
from gen.corpus.columns import columns
from gen.corpus.corpus import Corpus
from gen.corpus.tables import FORMER_LABELS, CheckedCell, Study

NOT_CHECKED = "not-checked"


@dataclass(frozen=True, slots=True)
class Checked:
    """The cells of one column, or of all."""

    label: str
    verdicts: dict[str, int]  # each verdict but that nothing could be told -> cells
    not_checked: int
    right: Share  # cells that agree, of those that could be checked


@dataclass(frozen=True, slots=True)
class CellAudit:
    """What came out, by column in the order of the codebook and in all."""

    studies: int
    columns: tuple[Checked, ...]
    all: Checked

    @classmethod
    def of(cls, corpus: Corpus) -> CellAudit:
        cells = corpus.cell_audit
        verdicts = list(corpus.taxonomy["cell_verdict"].terms)
        by_column = {
            FORMER_LABELS.get(column.name, column.label): [
                cell for cell in cells if cell.field == column.name
            ]
            for column in columns(Study)
        }
        return cls(
            studies=len({cell.study for cell in cells}),
            columns=tuple(
                _checked(label, own, verdicts) for label, own in by_column.items() if own
            ),
            all=_checked("All columns", cells, verdicts),
        )


def _checked(label: str, cells: Sequence[CheckedCell], verdicts: Sequence[str]) -> Checked:
    found = Counter(cell.verdict for cell in cells)
    told = {verdict: found[verdict] for verdict in verdicts if verdict != NOT_CHECKED}
    return Checked(label, told, found[NOT_CHECKED], Share.of(found["agrees"], sum(told.values())))
