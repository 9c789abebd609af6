"""What another coding would leave of a trend."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest

from gen.analysis import tables
from gen.corpus.tables import Study
from gen.trends import by_finding
from gen.trends.base import Finding
from gen.trends.coding_error import changed, coding_error, rates
from tests.answers import as_first, context, study

OPEN, SHUT = "open", "none"


def corpus(yes: int = 10) -> list[Study]:
    """Forty studies a year, of which ten, twenty and thirty have open weights."""
    return [
        study(f"s{year}-{n}", year, weights_access=OPEN if n < yes * (place + 1) else SHUT)
        for place, year in enumerate((2022, 2023, 2024))
        for n in range(40)
    ]


def again(studies: list[Study], lost: int, won: int) -> list[Study]:
    """A second coding of which so many in ten lose, and win, open weights."""
    seen = {OPEN: 0, SHUT: 0}
    made = []
    for each in studies:
        value = str(each.weights_access)
        seen[value] += 1
        flip = seen[value] % 10 < (lost if value == OPEN else won)
        new = {OPEN: SHUT, SHUT: OPEN}[value] if flip else value
        made.append(each.model_copy(update={"weights_access": new}))
    return made


def left(lost: int, won: int, *, clear: bool = True) -> list[dict[str, Any]]:
    studies = corpus()
    second = again(studies, lost, won)
    given = context(studies, second_coding=second, adjudication=as_first(studies, second))
    main = Finding("weights-open", "Open weights", 3.0, 2.0, 4.0, 0.001)
    row = {"slug": "openness", "label": "Open", "finding": main, "clear": clear}
    return coding_error([row], tables.frame(studies), given)


def test_a_coding_like_the_first_leaves_the_finding() -> None:
    (row,) = left(0, 0)
    assert row["lost"] == pytest.approx(0, abs=0.01)
    assert (row["direction"], row["significance"]) == (1, 1)


def test_the_more_differs_the_less_is_left() -> None:
    (some,), (most,) = left(2, 2), left(5, 5)
    assert some["lost"] == pytest.approx(0.2, abs=0.03)
    assert some["won"] == pytest.approx(0.2, abs=0.03)
    assert some["significance"] > 0.6
    # Where every second cell is another, nothing is left but chance.
    assert most["significance"] < 0.2
    assert most["direction"] < 0.8


def test_what_is_no_finding_or_was_not_coded_twice_has_no_line() -> None:
    assert left(1, 1, clear=False) == []
    studies = corpus()
    row = {"slug": "growth", "finding": Finding("factor", "", 2, 1, 3, 0.01), "clear": True}
    second = again(studies, 1, 1)
    twice = context(studies, second_coding=second, adjudication=as_first(studies, second))
    assert coding_error([row], tables.frame(studies), twice) == []
    assert coding_error([row], tables.frame(studies), context(studies)) == []


def test_rates_are_counted_and_drawn_towards_those_of_the_page() -> None:
    studies = corpus()
    given = context(studies)
    first, second = (
        by_finding.coded(tables.frame(codings), given)["openness"]["weights-open"]
        for codings in (studies, again(studies, 3, 1))
    )
    assert changed(first, second).tolist() == [[18, 60], [6, 60]]
    changes, stays = rates(np.array([[0, 10], [1, 90]]), np.array([[49, 99], [9, 999]]))
    # Ten more studies, of which about half lose it and one in a hundred wins it.
    assert changes.tolist() == pytest.approx([4.95, 1.095])
    assert (changes + stays).tolist() == pytest.approx([20, 100])
