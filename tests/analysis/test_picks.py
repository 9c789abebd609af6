"""With which studies to start: each criterion of the rule, turned alone, changes the order."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from gen.analysis import picks
from gen.analysis.links import Links
from gen.corpus.load import load
from gen.problems import Unreadable
from tests import invented

# Each number is its own, so that no two criteria can be taken for each other.
PLAIN = {
    "authors": "Alt, Anna",
    "contribution": "foundation-model",
    "family": "vision-only",
    "summary": "A model that was made up for the tests.",
    "evidence": "https://example.org/paper",
    "coded_from": "abstract",
    "date": "2023-01-15",
    "modalities": "ct",
}
NUMBERED = {"a": "2301.00001", "b": "2301.00002", "c": "2301.00003"}
WEIGHTS = {"weights": "https://example.org/weights", "weights_access": "open"}


def chosen(
    folder: Path, *rows: dict[str, str], change: Callable[[str], str] = str
) -> list[picks.Pick]:
    """What is picked for CT among these studies, called a, b, c in their order."""
    data = invented.write(folder / "data")
    studies = [
        PLAIN | {"id": id_, "name": id_, "title": f"On {id_}", "arxiv": arxiv} | row
        for (id_, arxiv), row in zip(NUMBERED.items(), rows, strict=False)
    ]
    for table in ("results", "second_coding"):
        invented.write_table(data, table, [])
    records = [row for row in invented.SOUND["records"] if not row.get("study")]
    invented.write_table(data, "records", records)
    sources = [
        row | {"raw_records": "2", "unique_new_records": "2"} for row in invented.SOUND["sources"]
    ]
    invented.write_table(data, "sources", sources[1:])
    invented.write_table(data, "studies", studies)
    rule = data / "picks.toml"
    rule.write_text(change(rule.read_text(encoding="utf-8")), encoding="utf-8")
    corpus = load(data)
    return picks.picks(corpus, Links.of(corpus)).get(("modalities", "ct"), [])


def order(found: list[picks.Pick]) -> list[str]:
    return [pick.study.id for pick in found]


@pytest.mark.parametrize(
    ("worse", "better", "points"),
    [
        ({}, WEIGHTS, 6),
        ({}, WEIGHTS | {"weights_access": "gated"}, 3),
        (WEIGHTS, WEIGHTS | {"weights_licence": "MIT"}, 4),
        (WEIGHTS, WEIGHTS | {"weights_licence": "CC-BY-NC-4.0"}, 2),
        (WEIGHTS, WEIGHTS | {"weights_licence": "custom", "licence_note": "Ask."}, 1),
        ({}, {"code": "https://example.org/code"}, 2),
        ({}, {"eval_data": "made-up-eyes"}, 2),
        (
            {"train_size": "10", "train_unit": "volumes"},
            {"train_size": "11", "train_unit": "volumes"},
            2,
        ),
        ({"modalities": "ct; mri"}, {}, 3),
        ({"modalities": "ct; mri; oct"}, {"modalities": "ct; mri"}, 1),
        ({}, {"date": "2024-01-15"}, 1),
        ({}, {"venue": "Journal of Tests", "doi": "10.1234/b", "published": "2023-05"}, 1),
    ],
)
def test_each_criterion_alone_changes_the_order(
    tmp_path: Path, worse: dict[str, str], better: dict[str, str], points: float
) -> None:
    first, second = chosen(tmp_path, worse, better)
    assert order([first, second]) == ["b", "a"]
    assert first.points - second.points == pytest.approx(points, abs=0.01)


@pytest.mark.parametrize(
    "row",
    [
        WEIGHTS | {"weights_licence": "none"},
        WEIGHTS,
    ],
)
def test_no_licence_earns_nothing(tmp_path: Path, row: dict[str, str]) -> None:
    first, second = chosen(tmp_path, row, WEIGHTS)
    assert first.points == second.points


def test_sizes_are_compared_within_their_unit_only(tmp_path: Path) -> None:
    first, second, third = chosen(
        tmp_path,
        {"train_size": "10", "train_unit": "volumes"},
        {"train_size": "9000", "train_unit": "images"},
        {},
        change=lambda text: text.replace("most = 2", "most = 3"),
    )
    assert first.points == second.points == third.points


def test_the_licence_of_weights_that_nobody_gets_earns_nothing(tmp_path: Path) -> None:
    first, second = chosen(tmp_path, {"weights_access": "none"}, {})
    assert first.points == second.points


def test_ties_go_to_the_newer_study_and_then_by_id(tmp_path: Path) -> None:
    old = {"date": "2001-01-01"}
    found = chosen(
        tmp_path,
        old,
        old,
        {"date": "2002-01-01"},
        change=lambda t: t.replace("most = 2", "most = 9"),
    )
    assert order(found) == ["c", "a", "b"]


@pytest.mark.parametrize(
    "row",
    [
        {"contribution": "evaluation", "eval_data": "made-up-ct"},
        {"status": "retracted", "status_url": "https://example.org/notice"},
        {"status": "withdrawn", "status_url": "https://example.org/notice"},
        {"status": "concern", "status_url": "https://example.org/notice"},
    ],
)
def test_what_one_should_not_start_with_is_left_out(tmp_path: Path, row: dict[str, str]) -> None:
    assert order(chosen(tmp_path, {}, WEIGHTS | row)) == ["a"]


def test_a_term_with_too_few_studies_has_no_picks(tmp_path: Path) -> None:
    few = lambda text: text.replace("least = 1", "least = 3")  # noqa: E731 - said once
    assert chosen(tmp_path / "two", {}, {}, change=few) == []
    assert order(chosen(tmp_path / "three", {}, {}, {}, change=few)) == ["a", "b"]


def test_a_pick_says_in_words_why_it_is_there(tmp_path: Path) -> None:
    row = WEIGHTS | {
        "weights_licence": "MIT",
        "code": "https://example.org/code",
        "eval_data": "made-up-eyes",
        "train_size": "11",
        "train_unit": "volumes",
    }
    first, second = chosen(tmp_path, row, {"train_size": "10", "train_unit": "volumes"})
    assert ", ".join(first.reasons) == (
        "open weights, commercial use allowed, code, tested on other data, "
        "large training set for this field, 2023"
    )
    assert second.reasons == ("2023",)


@pytest.mark.parametrize(
    ("old", "new", "said"),
    [
        ("open = 6", "open = -1", "points.open: '-1' must be a number, zero or above"),
        ("open = 6", 'open = "six"', "points.open: 'six' must be a number, without quotes"),
        ("open = 6", "open = 6\nopn = 1", "points.opn: '1' is no known key; correct or remove it"),
        ("least = 1", "least = 0", "least: '0' must be a whole number above zero"),
        ("most = 2\n", "", "most: is missing; add a line `most = …`"),
        ("open = 6\n", "", "points.open: is missing; add a line `open = …`"),
    ],
)
def test_a_slip_in_the_rule_is_told(tmp_path: Path, old: str, new: str, said: str) -> None:
    data = invented.write(tmp_path / "data")
    invented.replace(data / "picks.toml", old, new)
    with pytest.raises(Unreadable) as caught:
        load(data)
    (problem,) = caught.value.problems
    assert str(problem) == f"{data.as_posix()}/picks.toml: {said}"
