"""Citations of studies and of the review in each format, read back by parsers that are not ours."""

from __future__ import annotations

import csv
import io
import json
import re
from dataclasses import replace
from functools import cache
from pathlib import Path
from typing import Any

import pytest
import rispy
from jsonschema import Draft7Validator
from pybtex.database import BibliographyData, Person, parse_string
from pybtex.richtext import Text

from gen.citations.entry import Entry, Name, person, sentence, study_entry
from gen.citations.formats import bibtex, csl, csl_json, ris
from gen.citations.pages import Page
from gen.corpus.settings import Release, Review
from gen.text.render import md
from tests.analysis.test_tables import study as made
from tests.real import corpus, files

SCHEMA = Path(__file__).parent / "csl-data.schema.json"

TITLES = [
    "Épreuve: für 眼 and naïve “quotes”",
    "A & B, 50% of $x_1$ #2 ~ ^",
    "{Braces} that {{match}}",
    "One brace { alone",
    "The other } alone",
    r"Back\slash and \LaTeX and \end{document}",
    "Ends with a backslash \\",
    "Quotes \"double\" and 'single'",
    "@article{inside, title = {x}}",
    "<script>alert(1)</script>",
    "TY - JOUR ER - inside",
    "יעל: מודל of 5 “eyes”",
    "x" * 1500,
]
# Name -> how it is split: particle, family, given, suffix.
NAMES = {
    "Anna Alt": ("", "Alt", "Anna", ""),
    "Jeroen van der Laak": ("van der", "Laak", "Jeroen", ""),
    "Peter H. N. de With": ("de", "With", "Peter H. N.", ""),
    "Émile Ñúñez-O'Brien": ("", "Ñúñez-O'Brien", "Émile", ""),
    "Sun Jia 眼": ("", "眼", "Sun Jia", ""),
    "Martin Luther King Jr.": ("", "King", "Martin Luther", "Jr."),
    "de Gaulle": ("", "Gaulle", "de", ""),
    "יעל כהן": ("", "כהן", "יעל", ""),
}
WHOLE = [
    "kaiko.ai",
    "R&D",
    "LASA Team",
    "The Living Review Contributors",
    "Smith and Jones Consortium",
    "Radiology Group, Inc.",
    "A_{b}%",
    "{",
    "\\",
]


def plain(latex: str) -> str:
    """What a reader of the bibliography sees."""
    words = latex.replace(r"\textbraceleft{}", "\x01").replace(r"\textbraceright{}", "\x02")
    # Pybtex leaves these two as they are.
    words = words.replace(r"\textasciicircum{}", "^").replace(r"\$", "$")
    return str(Text.from_latex(words)).replace("\x01", "{").replace("\x02", "}")


def parsed(text: str) -> BibliographyData:
    return parse_string(text, "bibtex")


def whole(found: Person) -> str:
    """The name of one who has no given names, or nothing."""
    parts = (found.first_names, found.middle_names, found.prelast_names, found.lineage_names)
    return "" if any(parts) else plain(" ".join(found.last_names))


@cache
def schema() -> Draft7Validator:
    return Draft7Validator(json.loads(SCHEMA.read_text(encoding="utf-8")))


def items(text: str) -> list[dict[str, Any]]:
    """The items of CSL-JSON that keeps to its schema."""
    found: list[dict[str, Any]] = json.loads(text)
    schema().validate(found)
    return found


# BibTeX


@pytest.mark.parametrize("title", TITLES)
def test_no_title_breaks_its_bibtex_entry(title: str) -> None:
    hostile = made("a", venue="Nature").model_copy(update={"title": title, "venue": title})
    good = made("b")
    database = parsed(bibtex(study_entry(hostile)) + "\n" + bibtex(study_entry(good)))
    assert list(database.entries) == ["a", "b"]
    fields = database.entries["a"].fields
    assert plain(fields["title"]) == title
    assert plain(fields["journal"]) == title
    assert set(fields) == {"title", "year", "journal", "doi", "url"}


def test_no_name_breaks_the_list_of_authors() -> None:
    names = (*NAMES, *WHOLE)
    text = bibtex(study_entry(made("a").model_copy(update={"authors": names})))
    people = parsed(text).entries["a"].persons["author"]
    assert len(people) == len(names)
    for found, split in zip(people, NAMES.values(), strict=False):
        given = found.first_names + found.middle_names
        parts = (found.prelast_names, found.last_names, given, found.lineage_names)
        assert tuple(plain(" ".join(part)) for part in parts) == split
    assert [whole(found) for found in people[len(NAMES) :]] == WHOLE


def test_no_address_breaks_its_bibtex_entry() -> None:
    hostile = made("a").model_copy(update={"doi": "10.1234/x{y}}z%#&_~"})
    fields = parsed(bibtex(study_entry(hostile))).entries["a"].fields
    assert fields["doi"] == "10.1234/x%7By%7D%7Dz%#&_~"
    assert fields["url"] == "https://doi.org/10.1234/x%7By%7D%7Dz%#&_~"


@pytest.mark.parametrize(
    ("columns", "kind", "fields"),
    [
        (
            {"venue": "arXiv", "arxiv": "2401.00001", "doi": None},
            "misc",
            {"eprint", "archiveprefix"},
        ),
        (
            {"venue": "Nature", "arxiv": "2401.00001"},
            "article",
            {"eprint", "archiveprefix", "journal", "doi"},
        ),
        ({"venue": None}, "misc", {"doi"}),
    ],
)
def test_an_entry_is_of_the_kind_that_the_study_is(
    columns: dict[str, Any], kind: str, fields: set[str]
) -> None:
    entry = parsed(bibtex(study_entry(made("a", "2024-05").model_copy(update=columns)))).entries[
        "a"
    ]
    assert entry.type == kind
    assert set(entry.fields) == fields | {"title", "year", "month", "url"}
    assert entry.fields["month"] == "5"


@pytest.mark.corpus
def test_every_study_is_its_bibtex_entry() -> None:
    text = str(dict(files())["data/studies.bib"])
    entries = parsed(text).entries
    assert list(entries) == [study.id for study in corpus().studies]
    for study in corpus().studies:
        fields, people = entries[study.id].fields, entries[study.id].persons["author"]
        # TeX takes two hyphens for a dash, which is what authors mean who write them.
        assert plain(fields["title"]) == study.title.replace("--", "–")
        assert fields["year"] == study.date[:4]
        assert fields.get("doi") == study.doi
        assert fields.get("eprint") == study.arxiv
        assert fields["url"] == study.link
        assert len(people) == len(study.authors)
        for found, author in zip(people, study.authors, strict=True):
            assert set(plain(str(found)).replace(",", "").split()) == set(author.split())


# RIS


@pytest.mark.parametrize("title", TITLES)
def test_no_title_breaks_its_ris_record(title: str) -> None:
    hostile = made("a").model_copy(update={"title": title, "venue": title})
    records = rispy.loads(ris(study_entry(hostile)) + "\n" + ris(study_entry(made("b"))))
    assert [record["id"] for record in records] == ["a", "b"]
    assert records[0]["title"] == title
    assert records[0]["secondary_title"] == title


def test_no_name_breaks_its_ris_record() -> None:
    names = (*NAMES, *WHOLE[:5])
    (record,) = rispy.loads(ris(study_entry(made("a").model_copy(update={"authors": names}))))
    split = [
        ", ".join(filter(None, (f"{particle} {family}".strip(), given, suffix)))
        for particle, family, given, suffix in NAMES.values()
    ]
    assert record["authors"] == [*split, *WHOLE[:5]]


@pytest.mark.parametrize(
    ("date", "shown"),
    [("2024", "2024///"), ("2024-05", "2024/05//"), ("2024-05-06", "2024/05/06/")],
)
def test_a_ris_date_is_as_precise_as_the_date(date: str, shown: str) -> None:
    (record,) = rispy.loads(ris(study_entry(made("a", date))))
    assert (record["date"], record["year"]) == (shown, "2024")


@pytest.mark.corpus
def test_every_study_is_its_ris_record() -> None:
    records = rispy.loads(str(dict(files())["data/studies.ris"]))
    assert [record["id"] for record in records] == [study.id for study in corpus().studies]
    for record, study in zip(records, corpus().studies, strict=True):
        assert record["title"] == study.title
        assert record["year"] == study.date[:4]
        assert record.get("doi") == study.doi
        assert record["urls"] == [study.link]
        assert record["type_of_reference"] == ("UNPB" if study.is_preprint else "JOUR")
        assert len(record["authors"]) == len(study.authors)
        for shown, author in zip(record["authors"], study.authors, strict=True):
            assert set(shown.replace(",", "").split()) == set(author.split())


@pytest.mark.corpus
def test_the_files_of_a_study_and_of_a_category_hold_their_studies() -> None:
    generated = {path: str(text) for path, text in files()}
    ids = [study.id for study in corpus().studies]
    for id_ in ids:
        assert generated[f"studies/{id_}.bib"] in generated["data/studies.bib"]
        assert generated[f"studies/{id_}.ris"] in generated["data/studies.ris"]
        (item,) = items(generated[f"studies/{id_}.csl.json"])
        assert item["id"] == id_
    for family in corpus().taxonomy["family"].terms:
        own = [study.id for study in corpus().studies[::-1] if study.family == family]
        stem = f"family/{family}"
        assert list(parsed(generated[f"{stem}.bib"]).entries) == own
        assert [r["id"] for r in rispy.loads(generated[f"{stem}.ris"])] == own
        assert [item["id"] for item in items(generated[f"{stem}.csl.json"])] == own
        sheet = csv.DictReader(io.StringIO(generated[f"{stem}.csv"]))
        assert [row["id"] for row in sheet] == own


# CSL-JSON


@pytest.mark.parametrize("title", TITLES)
def test_no_title_changes_in_csl_json(title: str) -> None:
    hostile = made("a", venue="Nature").model_copy(update={"title": title, "venue": title})
    (item,) = items(csl_json([study_entry(hostile)]))
    assert (item["title"], item["container-title"], item["type"]) == (
        title,
        title,
        "article-journal",
    )


def test_csl_json_names_people_in_parts_and_groups_whole() -> None:
    names = (*NAMES, *WHOLE)
    (item,) = items(csl_json([study_entry(made("a").model_copy(update={"authors": names}))]))
    keys = ("non-dropping-particle", "family", "given", "suffix")
    split = [tuple(found.get(key, "") for key in keys) for found in item["author"][: len(NAMES)]]
    assert split == list(NAMES.values())
    assert item["author"][len(NAMES) :] == [{"literal": name} for name in WHOLE]


@pytest.mark.parametrize(
    ("date", "parts"), [("2024", [2024]), ("2024-05", [2024, 5]), ("2024-05-06", [2024, 5, 6])]
)
def test_a_csl_date_is_as_precise_as_the_date(date: str, parts: list[int]) -> None:
    (item,) = items(csl_json([study_entry(made("a", date))]))
    assert item["issued"] == {"date-parts": [parts]}


@pytest.mark.corpus
def test_every_study_is_its_csl_item() -> None:
    found = items(str(dict(files())["data/studies.csl.json"]))
    for item, study in zip(found, corpus().studies, strict=True):
        assert (item["id"], item["title"], item["URL"]) == (study.id, study.title, study.link)
        assert item.get("DOI") == study.doi
        assert item.get("number") == (f"arXiv:{study.arxiv}" if study.arxiv else None)
        assert item["type"] == ("article" if study.is_preprint else "article-journal")
        for shown, author in zip(item["author"], study.authors, strict=True):
            assert set(" ".join(shown.values()).split()) == set(author.split())


# The review


REVIEW = Review.model_validate(
    {
        "title": "Models & {Eyes}: 100% a Review",
        "short": "Eye Review",
        "authors": ["The Eye & Ear Contributors", "Anna Alt"],
        "repository": "https://example.org/repository",
        "site": "https://example.org/eyes/",
    }
)
RELEASE = Release.model_validate(
    {
        "version": "2025.01",
        "date": "2025-01-31",
        "searched": "2025-01-15",
        "next_due": "2025-06-30",
        "status": "living",
        "changed": "First version.",
    }
)
LINES = "First line\nsecond\r\nthird\u2028fourth"


@pytest.mark.parametrize("title", [*TITLES, LINES])
@pytest.mark.parametrize("kind", ["section", "figure"])
def test_a_part_of_the_review_is_the_same_in_every_format(title: str, kind: str) -> None:
    entry = Page(REVIEW, RELEASE, "trends/data-sets.md").entry(title, "per--year", kind=kind)
    key, shown = "eye-review-2025.01:trends.data-sets:per--year", " ".join(title.splitlines())
    here = "https://example.org/eyes/trends/data-sets/#per--year"
    permalink = "https://example.org/eyes/v/2025.01/trends/data-sets/#per--year"

    ((found, fields),) = ((k, e) for k, e in parsed(bibtex(entry)).entries.items())
    assert found == key
    assert plain(fields.fields["title"]) == shown
    assert plain(fields.fields["booktitle"]) == REVIEW.title
    assert plain(fields.fields["note"]).startswith("Version 2025.01, 31 January 2025.")
    assert plain(fields.fields["note"]).endswith(permalink)
    date = [fields.fields[name] for name in ("url", "version", "year", "month")]
    assert date == [here, "2025.01", "2025", "1"]
    assert [whole(p) for p in fields.persons["author"]] == ["The Eye & Ear Contributors", ""]

    (record,) = rispy.loads(ris(entry))
    assert record["type_of_reference"] == ("CHAP" if kind == "section" else "FIGURE")
    assert (record["id"], record["title"], record["secondary_title"]) == (key, shown, REVIEW.title)
    assert record["authors"] == ["The Eye & Ear Contributors", "Alt, Anna"]
    assert (record["date"], record["edition"]) == ("2025/01/31/", "Version 2025.01")
    assert (record["urls"], record["notes"]) == (
        [here],
        [f"Permalink of this version: {permalink}"],
    )

    (item,) = items(csl_json([entry]))
    assert item == {
        "id": key,
        "type": "chapter" if kind == "section" else "figure",
        "title": shown,
        "author": [{"literal": "The Eye & Ear Contributors"}, {"family": "Alt", "given": "Anna"}],
        "container-title": REVIEW.title,
        "issued": {"date-parts": [[2025, 1, 31]]},
        "version": "2025.01",
        "URL": here,
        "note": f"Permalink of this version: {permalink}",
    }

    said = sentence(entry)
    for part in ("The Eye & Ear Contributors, Anna Alt (2025).", shown, f"In: {REVIEW.title}."):
        assert part in said
    assert said.endswith(" Version 2025.01, 31 January 2025.")


def test_the_home_page_is_cited_as_the_review() -> None:
    entry = Page(REVIEW, RELEASE, "index.md").page_entry("# Eyes {#top}")
    assert (entry.key, entry.title) == ("eye-review-2025.01", REVIEW.title)
    assert (entry.url, entry.permalink) == (REVIEW.site, f"{REVIEW.site}v/2025.01/")
    assert "In:" not in sentence(entry)


@pytest.mark.parametrize("name", ["SAM Consortium", "The Team", "A, Inc.", "Bo and Co", "kaiko.ai"])
def test_what_is_no_person_is_not_split(name: str) -> None:
    assert person(name).family == ""


@pytest.mark.parametrize("title", TITLES)
def test_no_character_of_a_title_is_markup_to_tex(title: str) -> None:
    """A parser of BibTeX lets these pass; a paper that cites the study would not compile."""
    columns = {"title": title, "venue": title, "authors": (title,)}
    text = bibtex(study_entry(made("a").model_copy(update=columns)))
    values = re.findall(r"^  (?:title|author|journal|howpublished) = (.*),$", text, re.MULTILINE)
    assert len(values) > 1
    for value in values:
        assert not re.search(r"(?<!\\)[&%$#_]|[~^]", value), value


PREPRINT = Entry(
    key="eyes",
    kind="preprint",
    title="Eyes, naïvely",
    authors=(person("Anna van der Alt Jr."), person("Bo Berg"), person("The Eye Group")),
    date="2024-10",
    url="https://arxiv.org/abs/2410.00001",
    container="arXiv",
    arxiv="2410.00001",
)


def test_a_preprint_is_written_in_full_in_every_format() -> None:
    assert bibtex(PREPRINT) == (
        "@misc{eyes,\n"
        "  title = {{Eyes, naïvely}},\n"
        "  author = {van der Alt, Jr., Anna and Berg, Bo and {The Eye Group}},\n"
        "  year = {2024},\n"
        "  month = {10},\n"
        "  eprint = {2410.00001},\n"
        "  archiveprefix = {arXiv},\n"
        "  url = {https://arxiv.org/abs/2410.00001},\n"
        "}\n"
    )
    assert ris(PREPRINT) == (
        "TY  - UNPB\nID  - eyes\nAU  - van der Alt, Anna, Jr.\nAU  - Berg, Bo\n"
        "AU  - The Eye Group\nTI  - Eyes, naïvely\nPY  - 2024\nDA  - 2024/10//\nT2  - arXiv\n"
        "UR  - https://arxiv.org/abs/2410.00001\nN1  - arXiv:2410.00001\nER  - \n"
    )
    assert csl(PREPRINT) == {
        "id": "eyes",
        "type": "article",
        "title": "Eyes, naïvely",
        "author": [
            {
                "family": "Alt",
                "given": "Anna",
                "non-dropping-particle": "van der",
                "suffix": "Jr.",
            },
            {"family": "Berg", "given": "Bo"},
            {"literal": "The Eye Group"},
        ],
        "publisher": "arXiv",
        "issued": {"date-parts": [[2024, 10]]},
        "number": "arXiv:2410.00001",
        "URL": "https://arxiv.org/abs/2410.00001",
    }
    two = csl_json([PREPRINT, replace(PREPRINT, key="more")])
    assert '"title": "Eyes, naïvely"' in two
    assert [line[:14] for line in two.splitlines()] == ['[{"id": "eyes"', '{"id": "more",']


@pytest.mark.parametrize(
    ("title", "shown"),
    [("Plain", "Plain."), ("Is it?", "Is it?"), ("It is!", "It is!"), ("It is.", "It is.")],
)
def test_a_title_that_ends_a_sentence_gets_no_stop(title: str, shown: str) -> None:
    assert sentence(replace(PREPRINT, title=title)) == (
        f"Anna van der Alt Jr., Bo Berg, The Eye Group (2024). {shown} arXiv."
    )


@pytest.mark.parametrize(
    ("number", "names"),
    [
        (1, "A One"),
        (6, "A One, A One, A One, A One, A One, A One"),
        (7, "A One, A One, A One, A One, A One, A One et al."),
    ],
)
def test_a_citation_names_six_authors(number: int, names: str) -> None:
    said = sentence(replace(PREPRINT, authors=(person("A One"),) * number))
    assert said == f"{names} (2024). Eyes, naïvely. arXiv."


def test_in_a_list_of_references_the_year_has_its_letter_and_the_title_its_link() -> None:
    said = sentence(
        replace(PREPRINT, authors=(person("A *One*"),)), year="2024b", escape=md, link="/eyes.md"
    )
    assert said == r"A \*One\* (2024b). [Eyes, naïvely](/eyes.md). arXiv."


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("Anna Jr.", Name("Anna Jr.")),
        ("Anna Alt Sr", Name("Anna Alt Sr", "Anna", "", "Alt", "Sr")),
        ("Anna B. Alt III", Name("Anna B. Alt III", "Anna B.", "", "Alt", "III")),
        ("Malcolm X", Name("Malcolm X", "Malcolm", "", "X")),
        ("van der Alt", Name("van der Alt", "van", "der", "Alt")),
    ],
)
def test_a_name_is_split_where_it_surely_can_be(text: str, name: Name) -> None:
    assert person(text) == name
