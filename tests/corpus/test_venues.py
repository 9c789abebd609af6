"""What a venue is, by a table of those that the first thousand studies name, reviewed by hand."""

from __future__ import annotations

import csv
from pathlib import Path

import pytest

from gen.corpus.venues import venue

TABLE = Path(__file__).parent / "venues.csv"
REVIEWED = list(csv.DictReader(TABLE.read_text(encoding="utf-8").splitlines()))


def test_a_reviewed_venue_is_what_it_was_reviewed_to_be() -> None:
    found = [venue(row["venue"]) for row in REVIEWED]
    reviewed = [(row["kind"], row["container"]) for row in REVIEWED]
    assert [(each.kind, each.container) for each in found] == reviewed


@pytest.mark.parametrize(
    ("name", "kind"),
    [
        ("Proceedings of the IEEE", "journal"),
        ("SIAM Journal on Imaging Sciences 2027", "journal"),
        ("PNAS", "journal"),
        ("The AAAI Conference on Artificial Intelligence", "event"),
        ("NewAcronym 2027", "event"),
        ("Nature Workshop", "event"),
        ("A workshop @ ICML", "event"),
        ("Technical report of Example Labs", "other"),
    ],
)
def test_a_venue_that_nobody_has_named_yet_is_judged_by_its_words(name: str, kind: str) -> None:
    assert venue(name).kind == kind
