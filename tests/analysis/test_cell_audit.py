"""What came out when cells were compared with their evidence."""

from __future__ import annotations

import pytest

from gen.analysis.cell_audit import CellAudit
from gen.corpus.tables import CheckedCell
from tests.answers import context, study


def checked(study_: str, field: str, verdict: str) -> CheckedCell:
    return CheckedCell(study=study_, field=field, verdict=verdict)


def audit(*cells: CheckedCell) -> CellAudit:
    return CellAudit.of(context([study("one", 2024)], cell_audit=cells).corpus)


CELLS = [
    *(checked("one", "tasks", "agrees") for _ in range(8)),
    checked("one", "tasks", "wrong"),
    checked("two", "tasks", "incomplete"),
    checked("two", "builds_on", "unsupported"),
    checked("two", "builds_on", "not-checked"),
]


def test_what_could_not_be_told_is_in_no_share() -> None:
    found = audit(*CELLS)
    assert found.studies == 2
    assert (found.all.right.some, found.all.right.total, found.all.not_checked) == (8, 11, 1)
    # R: binom::binom.wilson(8, 11)
    assert found.all.right.low == pytest.approx(0.4344, abs=1e-4)
    assert found.all.right.high == pytest.approx(0.9025, abs=1e-4)
    assert found.all.verdicts == {"agrees": 8, "wrong": 1, "unsupported": 1, "incomplete": 1}


def test_columns_stand_in_the_order_of_the_codebook_under_their_name_of_the_time() -> None:
    builds_on, tasks = audit(*CELLS).columns
    assert (builds_on.label, tasks.label) == ("Builds on", "Tasks")
    assert (tasks.right.some, tasks.right.total, tasks.not_checked) == (8, 10, 0)
    assert (builds_on.right.some, builds_on.right.total, builds_on.not_checked) == (0, 1, 1)


def test_without_checked_cells_there_is_no_share() -> None:
    found = audit()
    assert (found.studies, found.columns, found.all.right.value) == (0, (), None)
