"""The messages that the guide explains are those of the checker, but for numbers and examples."""

from __future__ import annotations

import ast
import html
import re
import shutil
from pathlib import Path

import pytest

from gen.contribute.lines import Change
from gen.corpus.load import load
from gen.problems import DataError
from tests.real import DATA, DOCS, corpus

pytestmark = pytest.mark.corpus

# What is said of no value in a cell, by how it begins, with the cells that bring it about.
CELLS = {
    "train_unit: is required": {"train_unit": ""},
    "url: is required": {"url": ""},
    "summary: has": {"summary": "w" * 257},
}
BROKEN = {"must have 46 cells": ",", "ends with a carriage return": "\r"}  # what ends the line


def guide() -> str:
    return (DOCS / "contribute/index.md").read_text(encoding="utf-8")


def explained() -> list[str]:
    found = re.findall(r"^\| <code>(.*?)</code> \|", guide(), re.MULTILINE)
    return [html.unescape(message) for message in found]


def plain(message: str) -> str:
    """Without numbers, which are examples, and what is suggested."""
    return re.sub(r"[0-9]+", "0", re.sub(r" \(did you mean '.*?'\?\)", "", message))


def cells(message: str) -> dict[str, str]:
    """What differs from the sample of the guide where the checker says so."""
    if message.startswith("record_id"):
        deferred = (r.arxiv for r in corpus().records if r.decision == "deferred" and r.arxiv)
        return {"arxiv": next(deferred)}
    for start, own in CELLS.items():
        if message.startswith(start):
            return own
    return dict(re.findall(r"^([a-z_]+): '(.*?)' ", message))


def test_what_the_guide_explains_is_what_the_checker_says(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    found = re.search(r"{% set sample = (\{.*?\}) %}", guide(), re.DOTALL)
    assert found
    sample = ast.literal_eval(found[1])
    shutil.copytree(DATA, tmp_path / "data")
    monkeypatch.chdir(tmp_path)
    file = Path("data/studies.csv")
    lines = [Change("studies", sample).line]  # which is sound
    for number, message in enumerate(explained()):
        own = {"id": f"example-{number}", "url": f"https://example.org/{number}"}
        end = next((end for start, end in BROKEN.items() if message.startswith(start)), "")
        differs = {} if end else cells(message)
        line = Change("studies", sample | own | differs).line.removesuffix("\n")
        lines.append(f"{line}{end}\n")
    with file.open("a", encoding="utf-8", newline="") as studies:
        studies.writelines(lines)
    with pytest.raises(DataError) as error:
        load(file.parent)
    assert [p for p in error.value.problems if p.id == sample["id"] and p.is_error] == []
    said = [plain(str(problem)) for problem in error.value.problems]
    assert [m for m in explained() if not any(plain(m) in each for each in said)] == []
