"""Names as they are cited: a table of reviewed ones, and the kinds that there are."""

from __future__ import annotations

import csv
from pathlib import Path

import pytest

from gen.corpus.names import Name, name
from tests.real import corpus

# Every name that has a particle, several last names or no comma, and
# many others, reviewed by hand: as it was given, as it is cited, as pages show it, its last name,
# as BibTeX has it. RIS has it as it is cited.
TABLE = Path(__file__).parent / "names.csv"
REVIEWED = list(csv.DictReader(TABLE.read_text(encoding="utf-8").splitlines()))


def test_a_reviewed_name_is_read_as_it_was_reviewed() -> None:
    names = [(row["cited"], row["shown"], row["last"]) for row in REVIEWED]
    read = [name(cited) for cited, _, _ in names]
    assert [(each.cited, each.text, each.last) for each in read] == names


@pytest.mark.corpus
def test_every_name_that_needs_an_eye_was_reviewed() -> None:
    cited = {author for study in corpus().studies for author in study.authors}
    lasts = {each: each.partition(",")[0] for each in cited}
    odd = {each for each, last in lasts.items() if last == each or " " in last or last[0].islower()}
    assert len(odd) > 50
    assert odd - {row["cited"] for row in REVIEWED} == set()


@pytest.mark.parametrize(
    ("cited", "read"),
    [
        ("Alt, Anna", Name("Alt", "Anna")),
        ("van der Laak, Jeroen", Name("Laak", "Jeroen", "van der")),
        ("Van Valen, David", Name("Van Valen", "David")),
        ("Agüera y Arcas, Blaise", Name("Agüera y Arcas", "Blaise")),
        ("King, William E., III", Name("King", "William E.", "", "III")),
        ("de Jong, Edwin, Jr.", Name("Jong", "Edwin", "de", "Jr.")),
        ("hooks, bell", Name("hooks", "bell")),
        ("眼, Sun", Name("眼", "Sun")),
        ("kaiko.ai", Name("kaiko.ai")),
        ("van der Alt", Name("van der Alt")),
        ("Alt,", Name("Alt,")),
        (", Anna", Name(", Anna")),
    ],
)
def test_a_name_is_split_at_its_comma_and_after_its_particle(cited: str, read: Name) -> None:
    assert name(cited) == read


@pytest.mark.parametrize(
    ("cited", "slug"),
    [
        ("Ma, Jun", "ma-jun"),
        ("van der Laak, Jeroen", "van-der-laak-jeroen"),
        ("Agüera y Arcas, Blaise", "aguera-y-arcas-blaise"),
        ("Sørensen, Łukasz", "sorensen-lukasz"),
        ("Yılmaz, İpek", "yilmaz-ipek"),
        ("Gauß, Ægir", "gauss-aegir"),
        ("O'Brien, J.-P.", "o-brien-j-p"),
        ("kaiko.ai", "kaiko-ai"),
        ("眼, Sun", "773c-sun"),
    ],
)
def test_a_slug_is_ascii(cited: str, slug: str) -> None:
    assert name(cited).slug == slug
