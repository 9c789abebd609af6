"""What is known in part only is counted, and the studies are named."""

from __future__ import annotations

from pathlib import Path

from gen.analysis.provenance import Provenance
from gen.corpus.load import load
from tests import invented


def test_what_the_corpus_lacks_is_counted(tmp_path: Path) -> None:
    data = invented.write(tmp_path / "data")
    before = Provenance.of(load(data))
    invented.change(data, "studies", 2, partial="authors; tasks", architecture="", date="2023")
    after = Provenance.of(load(data))
    assert after.partial["authors"] == after.partial["tasks"] == ["alphaseg"]
    assert before.partial["authors"] == after.partial["domains"] == []
    assert after.uncoded["architecture"] == before.uncoded["architecture"] + 1
    assert after.uncoded["training"] == before.uncoded["training"]
    assert after.cells["not-coded"] == before.cells["not-coded"] + 1
    assert after.year_only == before.year_only + 1
    assert after.month_only == before.month_only == 2
