"""Authors' names, in the words of the checker."""

from __future__ import annotations

from pathlib import Path

import pytest

from gen.corpus import load
from gen.corpus.pasted import OTHERS
from gen.corpus.rules import names
from tests import invented


@pytest.fixture
def data(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The sound corpus in data/ under the working directory."""
    monkeypatch.chdir(tmp_path)
    return invented.write(Path("data"))


FORM = "each person as `Family, Given`"


@pytest.mark.parametrize(
    ("authors", "severity", "what", "right"),
    [
        (
            "Ada Example and Ben Sample",
            "",
            f"must have a semicolon between authors, and {FORM}",
            "Example, Ada; Sample, Ben",
        ),
        (
            "Example, Ada; et al.",
            "",
            f"{OTHERS}, and write `authors` into the column partial",
            "Example, Ada",
        ),
        (
            "Acme Vision; Example, Ada",
            "warning: ",
            f"must have {FORM}; an organisation says so by a word such as Team",
            "Vision, Acme; Example, Ada",
        ),
    ],
)
def test_a_pasted_list_is_shown_as_it_should_read(
    data: Path, authors: str, severity: str, what: str, right: str
) -> None:
    invented.change(data, "studies", 2, authors=authors)
    (problem,) = map(str, names.authors(load.read(data)[0]))
    said = f"authors: {authors!r} {what} (did you mean {right!r}?)"
    assert problem == f"data/studies.csv:2: {severity}{said}"


def test_who_has_marked_the_list_is_not_told_to(data: Path) -> None:
    invented.change(data, "studies", 2, authors="Example, Ada; et al.", partial="authors")
    (problem,) = names.authors(load.read(data)[0])
    assert problem.message.endswith("leave it out")


@pytest.mark.parametrize(
    "other", ["Müller, Jörg", "MULLER, Jorg", "Muller, Jorg", "Mueller, Jorg", "Müller, Jörg-"]
)
def test_an_author_has_one_spelling(data: Path, other: str) -> None:
    invented.change(data, "studies", 2, authors="Müller, Jörg")
    invented.change(data, "studies", 4, authors=f"Alt, Anna; {other}")
    found = [str(problem) for problem in names.spellings(load.read(data)[0])]
    if other in {"Müller, Jörg", "Mueller, Jorg"}:  # ue for ü may be another's own name
        assert found == []
    else:
        what = "is 'Müller, Jörg' on line 2; write both the same"
        assert found == [f"data/studies.csv:4: authors: {other!r} {what}"]
