"""A wrong cell has one message, and what is suggested is never another thing."""

from __future__ import annotations

from pathlib import Path

import pytest

from gen.corpus import load
from gen.corpus.rules.lines import ID, near, same
from gen.problems import DataError, Problem
from tests import invented


@pytest.fixture
def data(tmp_path: Path) -> Path:
    return invented.write(tmp_path / "data")


def found(data: Path) -> list[Problem]:
    try:
        return list(load.load(data).warnings)
    except DataError as error:
        return error.problems


@pytest.mark.parametrize(
    "cells",
    [
        {"date": "46297"},
        {"date": "２０２６-10-02"},
        {"date": "2026-2-1"},
        {"date": "9999-99-99"},
        {"date": "02.10.2026"},
        {"date": "2031-01-01"},
        {"parameters_m": "N/A"},
        {"train_data": "not reported"},
        {"data_access": "unknown"},
        {"code": "-"},
        {"doi": "N/A"},
        {"venue": "none"},
        {"authors": "Bj&ouml;rn Example"},
        {"authors": "Alt, Bj&ouml;rn;Berg, Bo"},
        {"venue": "arXiv (cs.CV)"},
        {"arxiv": "2506.0961"},
        {"doi": "10.1234/new."},
        {"title": "A\u200bB"},
        {"title": "A\u00a0B"},
        {"summary": "&lt;p&gt; \ufffd"},
        {"summary": "<script>alert(1)</script>"},
        {"summary": "Seen <img src=x onerror=alert(1)"},
    ],
    ids=lambda cells: ascii(cells).replace("\\", "/"),  # no backslash: mutmut loses it
)
def test_a_wrong_cell_has_one_message(data: Path, cells: dict[str, str]) -> None:
    invented.change(data, "studies", 6, **cells)
    said = {(problem.column, problem.message) for problem in found(data)}
    if "\ufffd" in str(cells):  # two faults
        said.discard(
            ("summary", "contains HTML or TeX, which is shown as it stands; write plain text")
        )
    assert [column for column, _ in said] == [*cells]


@pytest.mark.parametrize("id_", ["stemnet", "wordnet-x"])
def test_the_id_of_a_base_model_harms_no_other_file(data: Path, id_: str) -> None:
    """references.bib has an entry of that key too, which is the base model's."""
    invented.change(data, "studies", 6, id=id_)
    (problem,) = found(data)
    assert (problem.file, problem.column) == (f"{data.as_posix()}/studies.csv", "id")


@pytest.mark.parametrize(
    ("written", "known"),
    [
        ("unimed-5m", "unimed"),
        ("sam-2", "sam-3"),
        ("brats-2021", "brats-2020"),
        ("medsam2", "medsam"),
        ("chexpert-plus", "chexpert"),
        ("medclip", "biomedclip"),
    ],
)
def test_an_id_that_only_resembles_is_not_suggested(written: str, known: str) -> None:
    assert near(written, same([known]), ID) == ""


@pytest.mark.parametrize(
    ("written", "known"),
    [
        ("Made-Up-Eyes", "made-up-eyes"),
        ("brats2021-data", "brats2021-dta"),
        ("mimic-cxrr", "mimic-cxr"),
        ("chexprt", "chexpert"),
    ],
)
def test_an_id_with_a_slip_is_suggested(written: str, known: str) -> None:
    assert near(written, same([known, "another"]), ID) == known


@pytest.mark.parametrize("unit", ["samples", "entries", "items", "data points"])
def test_a_unit_that_may_mean_anything_gets_the_list(data: Path, unit: str) -> None:
    invented.change(data, "studies", 2, train_unit=unit)
    (problem,) = found(data)
    assert problem.message.startswith("must be one of images, volumes, ")
    assert problem.fix == ""


@pytest.mark.parametrize(
    ("unit", "fix"),
    [("2D images", "images"), ("WSIs", "slides"), ("patches", "tiles"), ("Image", "images")],
)
def test_a_unit_in_other_words_is_suggested(data: Path, unit: str, fix: str) -> None:
    invented.change(data, "studies", 2, train_unit=unit)
    (problem,) = found(data)
    assert problem.fix == fix
