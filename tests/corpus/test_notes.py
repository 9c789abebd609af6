"""Coders' notes stand on the pages as they are, so that a stranger must be able to read them."""

from __future__ import annotations

import re

import pytest

from gen.corpus.columns import columns
from gen.corpus.tables import TABLES
from tests import real

COLUMNS = {
    column.name for model in TABLES.values() for column in columns(model) if "_" in column.name
}
# Words of the workshop, which mean nothing to a reader.
WORKSHOP = re.compile(
    rf"\b({'|'.join(sorted(COLUMNS))}|batch|slugs?|this round|mirrors?|kept at the merge)\b",
    re.IGNORECASE,
)


@pytest.mark.parametrize(
    "note", ["See train_size.", "Not kept at the merge: 3", "Of this Round.", "a mirror", "Batch 7"]
)
def test_words_of_the_workshop_are_known(note: str) -> None:
    assert WORKSHOP.search(note)


@pytest.mark.corpus
@pytest.mark.parametrize("table", ["studies", "datasets", "base_models"])
def test_no_note_speaks_of_the_workshop(table: str) -> None:
    notes = {row.id: row.note or "" for row in getattr(real.corpus(), table)}
    assert any(notes.values())
    assert {id_: note for id_, note in notes.items() if WORKSHOP.search(note)} == {}
