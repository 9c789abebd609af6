"""What the checker lets pass with a warning is right in every file that names the study."""

from __future__ import annotations

from typing import Any, NamedTuple

import pytest
import rispy
import yaml

from gen.corpus.corpus import Corpus
from gen.corpus.load import load
from gen.pages.downloads import bibliographies
from gen.pages.studies import study_pages
from gen.pages.view import View
from tests import invented, markup
from tests.citations.test_entry import items, parsed, plain

TITLE = invented.STUDIES[0]["title"]
BOTH = (("Alt", "Anna"), ("Berg", "Bo"))


class Warned(NamedTuple):
    """A study that is warned of for one column, and what its citation says."""

    column: str
    cells: dict[str, str]
    authors: tuple[tuple[str, str], ...] = BOTH  # family and given names; an organisation has none
    date: str = "2025-01-02"
    container: str = ""


def _title(title: str) -> Warned:
    return Warned("title", {"title": title})


def _authors(cell: str, *authors: tuple[str, str]) -> Warned:
    return Warned("authors", {"authors": cell}, authors)


def _undated(venue: str) -> Warned:
    return Warned("published", {"venue": venue}, date="", container=venue)


def _other(note: str) -> Warned:
    return Warned("modalities", {"modalities": "other", "note": note})


# By id: three values for each rule that warns.
WARNED = {
    "again": _title(TITLE),
    "again-loud": _title(TITLE.upper()),
    "again-stop": _title(f"{TITLE}."),
    "group-last": _authors("Alt, Anna; Acme Vision", ("Alt", "Anna"), ("Acme Vision", "")),
    "group-first": _authors("Blue Ocean; Berg, Bo", ("Blue Ocean", ""), ("Berg", "Bo")),
    "group-long": _authors("Alt, Anna; Bright Eye Co", ("Alt", "Anna"), ("Bright Eye Co", "")),
    "two-plain": _authors("Ada Example, Ben Sample", ("Ada Example", "Ben Sample")),
    "two-accents": _authors("Åsa Öst, Émile Noël", ("Åsa Öst", "Émile Noël")),
    "two-hyphens": _authors("Ann-Marie Alt, Bo Berg-Dahl", ("Ann-Marie Alt", "Bo Berg-Dahl")),
    "undated": _undated("Journal of Invention"),
    "undated-other": _undated("Annals of Eyes"),
    "undated-signs": _undated("Eyes & Ears"),
    "other": _other(""),
    "other-word": _other("No modality is named."),
    "other-words": _other("Pictures of many kinds."),
}


@pytest.fixture(scope="module")
def corpus(tmp_path_factory: pytest.TempPathFactory) -> Corpus:
    data = invented.write(tmp_path_factory.mktemp("warned") / "data")
    for id_, warned in WARNED.items():
        own = {"id": id_, "name": id_, "title": id_, "date": "2025-01-02", "doi": f"10.1234/{id_}"}
        invented.append(data, "studies", **invented.STUDY | own | warned.cells)
    return load(data)


@pytest.fixture(scope="module")
def files(corpus: Corpus) -> dict[str, str]:
    made = study_pages(View.of(corpus), only=WARNED)
    return {path: str(content) for path, content in made}


def test_each_is_warned_of_once_at_its_column(corpus: Corpus) -> None:
    lines = {number: id_ for id_, number in corpus.lines.items() if id_ in WARNED}
    told = {lines[problem.line]: problem.column for problem in corpus.warnings}
    assert told == {id_: warned.column for id_, warned in WARNED.items()}


@pytest.mark.parametrize("id_", WARNED)
def test_a_study_that_is_warned_of_is_right_in_every_format(
    files: dict[str, str], id_: str
) -> None:
    warned, stem = WARNED[id_], f"studies/{id_}"
    title, year = warned.cells.get("title", id_), warned.date[:4]

    ((key, entry),) = parsed(files[f"{stem}.bib"]).entries.items()
    assert (key, plain(entry.fields["title"]), entry.fields.get("year", "")) == (id_, title, year)
    assert plain(entry.fields.get("journal", "")) == warned.container
    people = [
        (plain(" ".join(p.last_names)).strip("{}"), " ".join(p.first_names + p.middle_names))
        for p in entry.persons["author"]
    ]
    assert people == list(warned.authors)

    (record,) = rispy.loads(files[f"{stem}.ris"])
    assert (record["id"], record["title"], record.get("year", "")) == (id_, title, year)
    assert record["authors"] == [", ".join(filter(None, author)) for author in warned.authors]

    (item,) = items(files[f"{stem}.csl.json"])
    assert (item["id"], item["title"]) == (id_, title)
    assert item.get("container-title", "") == warned.container
    assert item.get("issued") == ({"date-parts": [[2025, 1, 2]]} if year else None)
    assert item["author"] == [
        {"family": family, "given": given} if given else {"literal": family}
        for family, given in warned.authors
    ]


@pytest.mark.parametrize("id_", WARNED)
def test_the_page_of_a_study_that_is_warned_of_is_right(files: dict[str, str], id_: str) -> None:
    warned, path = WARNED[id_], f"studies/{id_}.md"
    shown = [f"{given} {family}".strip() for family, given in warned.authors]
    head: dict[str, Any] = yaml.safe_load(files[path].split("\n---\n")[0])
    said = head["jsonld"]
    assert (said["headline"], said["name"]) == (warned.cells.get("title", id_), id_)
    assert said.get("datePublished", "") == warned.date
    assert said["author"] == [
        {"@type": "Person" if given else "Organization", "name": name}
        for (_, given), name in zip(warned.authors, shown, strict=True)
    ]
    assert head["citation"].get("citation_publication_date", "") == warned.date.replace("-", "/")

    page = markup.read(files, path)
    assert page.headings[0] == id_
    assert f"{', '.join(shown)} ({warned.date[:4] or 'n.d.'})." in page.text
    assert dict(page.rows("tab-facts")).get("Modalities", "") == (
        "Other" if warned.column == "modalities" else ""
    )


def test_one_file_of_all_keeps_those_of_one_title_apart(corpus: Corpus) -> None:
    files = {path: str(content) for path, content in bibliographies("all", corpus.studies)}
    ids = [study.id for study in corpus.studies]
    assert list(parsed(files["all.bib"]).entries) == ids
    assert [record["id"] for record in rispy.loads(files["all.ris"])] == ids
    assert [item["id"] for item in items(files["all.csl.json"])] == ids
