"""Undecided records are ordered by past decisions, and decided by a person."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

from gen.__main__ import main
from gen.contribute import screening
from gen.corpus.load import load
from gen.problems import DataError
from tests import invented
from tests.real import ROOT
from tests.real import corpus as real


@pytest.fixture
def data(tmp_path: Path) -> Path:
    """Two records wait: one like what was taken, one like what was not."""
    folder = invented.write(tmp_path / "data")
    waiting = {"sources": "hand search", "decision": "undecided"}
    invented.append(folder, "records", id="r4", title="No model of cats", **waiting)
    invented.append(folder, "records", id="r5", title="AlphaSeg to be coded again", **waiting)
    invented.change(folder, "sources", 3, raw_records="5", unique_new_records="4")
    return folder


def test_the_likeliest_comes_first(data: Path) -> None:
    ranked = screening.ranked(load(data))
    assert [record.id for record, _ in ranked] == ["r5", "r4"]
    assert ranked[0][1] > 0 > ranked[1][1]


def test_auroc_is_the_share_of_pairs_in_the_right_order() -> None:
    scores = [(3.0, True), (2.0, False), (2.0, True), (1.0, False), (0.0, True)]
    pairs = [(a, b) for a, good in scores for b, other in scores if good and not other]
    by_hand = sum((a > b) + (a == b) / 2 for a, b in pairs) / len(pairs)
    assert screening.auroc(scores) == pytest.approx(by_hand)
    assert screening.auroc([(1.0, True)]) is None


def test_titles_that_tell_nothing_are_ordered_by_chance() -> None:
    past = [(f"word{n} other{n}", n % 3 == 0) for n in range(300)]
    assert screening.quality(past) == pytest.approx(0.5, abs=0.1)
    told = [(f"{'good' if good else 'bad'} {title}", good) for title, good in past]
    assert screening.quality(told) == 1


@pytest.mark.corpus
def test_the_order_of_the_real_decisions_is_worth_following() -> None:
    quality = screening.quality(screening.decided(real()))
    assert quality is not None
    assert quality > 0.85


@pytest.mark.parametrize(
    ("options", "cells"),
    [
        (["include"], {"decision": "include", "reason": "", "stage": "", "draw": ""}),
        (["deferred"], {"decision": "deferred", "draw": "1"}),
        (
            ["exclude", "--reason", "non-medical"],
            {"decision": "exclude", "reason": "non-medical", "stage": "screening"},
        ),
    ],
)
def test_a_decision_is_written(options: list[str], cells: dict[str, str], data: Path) -> None:
    assert main(["screen", "--data", str(data), "--decide", "r4", *options]) == 0
    row = next(row for row in invented.read_table(data, "records") if row["id"] == "r4")
    assert row | cells == row
    assert [record.id for record, _ in screening.ranked(load(data))] == ["r5"]


@pytest.mark.parametrize(
    ("arguments", "sentence"),
    [
        (("r4", "exclude"), "reason: is required for an excluded record"),
        (("r4", "exclude", "dull"), "reason: 'dull' must be one of"),
        (("r4", "maybe"), "decision: 'maybe' must be one of"),
        (("r44", "include"), "'r44' is not a record (did you mean 'r4'?)"),
        (("r2", "include"), "'r2' is decided already (exclude); change that by hand"),
    ],
)
def test_a_decision_that_cannot_be_is_refused(
    arguments: tuple[str, ...], sentence: str, data: Path
) -> None:
    before = (data / "records.csv").read_bytes()
    with pytest.raises(DataError) as error:
        screening.decide(data, load(data), *arguments)
    assert sentence in str(error.value)
    assert {problem.file for problem in error.value.problems} == {f"{data}/records.csv"}
    assert error.value.summary == "1 problem; nothing was written"
    assert (data / "records.csv").read_bytes() == before


def test_the_command_lists_and_says_how_good_its_order_is(
    data: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["screen", "--data", str(data), "--most", "1"]) == 0
    first, told, way = capsys.readouterr().out.splitlines()
    assert first.startswith("r5 +")
    assert told.startswith("2 records are undecided; past decisions are ordered with an AUROC of ")
    assert way == "Above 0, the title speaks for it. Next: --decide ID DECISION"


def test_who_reads_on_no_further_gets_no_traceback(data: Path) -> None:
    command = [sys.executable, "-m", "gen", "screen", "--data", str(data)]
    with subprocess.Popen(command, cwd=ROOT, stdout=subprocess.PIPE, stderr=subprocess.PIPE) as run:
        assert run.stdout
        assert run.stderr
        run.stdout.close()
        assert run.stderr.read() == b""
    assert run.returncode == 1
