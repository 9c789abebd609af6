"""The index of authors: who is in it, where, and who leads there."""

from __future__ import annotations

from pathlib import Path

import pytest

from gen.corpus.tables import Study
from gen.pages import authors
from gen.permalinks.redirects import Address, Published
from tests import invented, markup
from tests.analysis.test_tables import study as made
from tests.build import generated, page, sound
from tests.real import corpus, pages


def by(*names: str, id_: str = "a") -> Study:
    return made(id_).model_copy(update={"authors": names})


def test_who_wrote_two_studies_is_in_the_index_and_who_wrote_one_is_not() -> None:
    found = authors.index(
        [
            by("Alt, Anna", "Berg, Bo", id_="a"),
            by("Berg, Bo", "Alt, Anna", "Alt, Anna", id_="b"),
            by("Alt, Anna", "Cid, C.", "Cid, C.", id_="c"),
        ]
    )
    ids = {cited: [study.id for study in author.studies] for cited, author in found.items()}
    assert ids == {"Alt, Anna": ["c", "b", "a"], "Berg, Bo": ["b", "a"]}


def test_authors_stand_in_the_order_of_the_alphabet_whatever_the_accents() -> None:
    names = (
        "van der Laak, J.",
        "Åberg, Bo",
        "Ma, Jun",
        "Øst, Per",
        "Zu, Li",
        "眼, Sun",
        "Abel, C.",
    )
    found = authors.index([by(*names, id_="a"), by(*names, id_="b")])
    assert [(author.path, author.name.text) for author in found.values()] == [
        ("authors/other.md#773c-sun", "Sun 眼"),
        ("authors/a.md#abel-c", "C. Abel"),
        ("authors/a.md#aberg-bo", "Bo Åberg"),
        ("authors/m.md#ma-jun", "Jun Ma"),
        ("authors/o.md#ost-per", "Per Øst"),
        ("authors/v.md#van-der-laak-j", "J. van der Laak"),
        ("authors/z.md#zu-li", "Li Zu"),
    ]


def test_the_index_opens_the_pages_and_these_the_studies() -> None:
    assert page("authors/index.md").links["A 1"] == "/authors/a/"
    assert "2 authors of 2 are named by two studies or more" in page("authors/index.md").text
    letter = page("authors/a.md")
    assert "1 author of two studies or more" in letter.text
    assert letter.part("alt-anna").text.startswith(
        "Anna Alt: Zeta (2025), Epsilon (2024), DeltaFit"
    )
    assert letter.part("alt-anna").links["AlphaSeg"] == "/studies/alphaseg/"
    assert letter.links["B"] == "/authors/b/"
    assert "No author of two studies" in page("authors/x.md").text


def test_every_letter_has_its_page_so_that_no_address_comes_and_goes() -> None:
    assert {f"authors/{page}.md" for page in (*"abcxyz", "other")} <= sound().keys()


@pytest.mark.slow
def test_a_study_leads_to_its_authors_in_the_index(tmp_path: Path) -> None:
    data = invented.write(tmp_path / "data")
    invented.change(data, "studies", 2, authors='Alt, Anna; van der "B" [x](y), Jo; Berg, Bo')
    part = markup.read(generated(data), "studies/alphaseg.md").part("citation")
    assert 'Anna Alt; Jo van der "B" [x](y); Bo Berg' in part.text
    assert part.links["Anna Alt"] == "/authors/a/#alt-anna"
    assert part.links["Bo Berg"] == "/authors/b/#berg-bo"
    assert not any("[x]" in text for text in part.links)
    assert page("studies/index.md").links["index of authors"] == "/authors/"


@pytest.mark.slow
def test_a_list_that_is_not_whole_says_so(tmp_path: Path) -> None:
    data = invented.write(tmp_path / "data")
    assert "All 2 authors, BibTeX" in page("studies/alphaseg.md").part("citation").text
    invented.change(data, "studies", 2, partial="authors")
    invented.change(data, "studies", 3, authors="Alt, Anna")
    site = generated(data)
    part = markup.read(site, "studies/alphaseg.md").part("citation")
    assert "The 2 authors who were seen, BibTeX" in part.text
    assert "Anna Alt, Bo Berg et al. (2023)" in part.text
    assert "The author, BibTeX" in markup.read(site, "studies/betaread.md").part("citation").text


def test_who_leaves_the_index_breaks_no_address() -> None:
    published = Published(path={"/authors/m/": "authors/m.md"}, ids={"/authors/m/": frozenset()})
    assert published.is_optional(Address("/authors/m/", "ma-jun"))


@pytest.mark.corpus
def test_the_real_index_names_each_author_once_and_stays_small() -> None:
    found = authors.index(corpus().studies)
    assert len({author.path for author in found.values()}) == len(found) > 1000
    assert [study.id for study in found["Ma, Jun"].studies].count("medsam") == 1
    sizes = [len(text) for path, text in pages().items() if path.startswith("authors/")]
    assert len(sizes) == 28
    assert max(sizes) < 250_000  # two thirds of it what lets Zotero offer their studies
