"""Who refers to whom, and what is common among some studies."""

from __future__ import annotations

from gen.analysis.links import Links, most_common, tally
from tests.answers import context, study

CHAIN = [
    study("first", 2022, tasks=("segmentation",), builds_on=("stem",)),
    study("second", 2023, tasks=("segmentation", "detection"), builds_on=("first",)),
    study("third", 2024, tasks=("classification",), builds_on=("second",)),
]


def links() -> Links:
    return Links.of(context(CHAIN).corpus)


def test_studies_of_a_term_come_newest_first() -> None:
    assert [each.id for each in links().studies("tasks", "segmentation")] == ["second", "first"]
    assert links().studies("tasks", "tracking") == []


def test_descendants_are_those_through_another_study() -> None:
    assert [each.id for each in links().descendants("stem")] == ["third", "second"]
    assert [each.id for each in links().children["stem"]] == ["first"]
    assert links().descendants("third") == []


def test_what_one_study_alone_has_is_not_common() -> None:
    everywhere = tally([*CHAIN, study("fourth", 2024, tasks=("detection",))], "tasks")
    assert everywhere == {"segmentation": 2, "detection": 2, "classification": 1}
    assert most_common(CHAIN, "tasks", everywhere) == [("segmentation", 2, 2)]


def test_the_common_come_by_number_then_by_rarity_elsewhere() -> None:
    here = [study(f"s{n}", 2024, tasks=("segmentation", "detection", "tracking")) for n in range(2)]
    here.append(study("s2", 2024, tasks=("tracking",)))
    everywhere = {"segmentation": 9, "detection": 4, "tracking": 20}
    assert [each[0] for each in most_common(here, "tasks", everywhere)] == [
        "tracking",
        "detection",
        "segmentation",
    ]
    assert len(most_common(here, "tasks", everywhere, most=2)) == 2
