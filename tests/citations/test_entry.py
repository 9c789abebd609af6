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

from gen.citations.entry import Entry, sentence, study_entry
from gen.citations.formats import bibtex, csl, csl_json, ris
from gen.citations.pages import Page
from gen.citations.tags import json_ld, meta
from gen.corpus.names import name
from gen.corpus.settings import Release, Review
from gen.corpus.tables import Study
from gen.corpus.venues import venue
from gen.text.render import md
from tests.analysis.test_tables import study as made
from tests.corpus.test_names import REVIEWED
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
    "Alt, Anna": ("", "Alt", "Anna", ""),
    "van der Laak, Jeroen": ("van der", "Laak", "Jeroen", ""),
    "de With, Peter H. N.": ("de", "With", "Peter H. N.", ""),
    "Van Valen, David": ("", "Van Valen", "David", ""),
    "Agüera y Arcas, Blaise": ("", "Agüera y Arcas", "Blaise", ""),
    "Hoffer von Ankershoffen, Helmut": ("", "Hoffer von Ankershoffen", "Helmut", ""),
    "Fonseca, Antonio de Oliveira": ("", "Fonseca", "Antonio de Oliveira", ""),
    "Ñúñez-O'Brien, Émile": ("", "Ñúñez-O'Brien", "Émile", ""),
    "眼, Sun Jia": ("", "眼", "Sun Jia", ""),
    "King, Martin Luther, Jr.": ("", "King", "Martin Luther", "Jr."),
    "de Alt, Anna, III": ("de", "Alt", "Anna", "III"),
    "כהן, יעל": ("", "כהן", "יעל", ""),
}
WHOLE = [
    "kaiko.ai",
    "R&D",
    "LASA Team",
    "The Living Review Contributors",
    "Smith and Jones Consortium",
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


def cited_date(study: Study) -> str:
    """Of the version that is cited."""
    return study.date if study.is_preprint else study.published or ""


def kind_of(study: Study) -> str:
    return "preprint" if study.is_preprint else venue(study.venue or "").kind


# What a work was published in -> its type in RIS and CSL-JSON.
TYPES = {
    "preprint": ("MANSCPT", "article"),
    "journal": ("JOUR", "article-journal"),
    "event": ("CPAPER", "paper-conference"),
    "other": ("RPRT", "report"),
}


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
    hostile = made("a", published="2024").model_copy(update={"title": title, "venue": title})
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
        assert tuple(plain(" ".join(part)).strip("{}") for part in parts) == split
    assert [whole(found) for found in people[len(NAMES) :]] == WHOLE


def test_a_reviewed_name_is_in_every_format_as_it_was_reviewed() -> None:
    """The table says how BibTeX writes it; pybtex takes that apart as it was meant."""
    cited = tuple(row["cited"] for row in REVIEWED)
    entry = study_entry(made("a").model_copy(update={"authors": cited}))
    text = bibtex(entry)
    assert f"author = {{{' and '.join(row['bibtex'] for row in REVIEWED)}}}" in text
    assert tuple(rispy.loads(ris(entry))[0]["authors"]) == cited
    people = parsed(text).entries["a"].persons["author"]
    for person, row, item in zip(people, REVIEWED, csl(entry)["author"], strict=True):
        last = plain(" ".join(person.prelast_names + person.last_names)).replace("}", "")
        assert last.replace("{", "") == row["last"]
        given = " ".join(person.first_names + person.middle_names + person.lineage_names)
        assert sorted(f"{given} {row['last']}".split()) == sorted(row["shown"].split())
        assert sorted(" ".join(item.values()).replace(",", "").split()) == sorted(
            row["shown"].split()
        )


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
            {"eprint", "archiveprefix", "eprinttype"},
        ),
        (
            {"venue": "Nature", "arxiv": "2401.00001", "published": "2024-05"},
            "article",
            {"eprint", "archiveprefix", "eprinttype", "journal", "doi"},
        ),
        (
            {"venue": "MICCAI 2024", "arxiv": "2401.00001", "published": "2024-05"},
            "inproceedings",
            {"eprint", "archiveprefix", "eprinttype", "booktitle", "doi"},
        ),
        ({"venue": "GitHub", "published": "2024-05"}, "techreport", {"institution", "doi"}),
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
        assert plain(fields["title"]).endswith(study.title.replace("--", "–"))
        assert fields.get("year", "") == cited_date(study)[:4]
        assert fields.get("doi") == study.doi
        assert fields.get("eprint") == study.arxiv
        assert fields["url"] == study.link
        more = ["others"] if "authors" in study.partial else []
        for found, author in zip(people, [*study.authors, *more], strict=True):
            words = plain(str(found)).replace(",", "").split()
            assert sorted(words) == sorted(author.replace(",", "").split())


# RIS


def said_beside(record: dict[str, Any]) -> str:
    """What a RIS record says beyond its fields; rispy has no name for the tag."""
    assert "notes" not in record, "Zotero's RIS translator makes of every N1 a note of its own"
    (said,) = record["unknown_tag"]["M2"]
    return str(said)


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
    assert record["authors"] == list(names)


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
        assert record["title"].endswith(study.title)  # after RETRACTED:
        assert record.get("year", "") == cited_date(study)[:4]
        assert record.get("doi") == study.doi
        assert record["urls"] == [study.link]
        assert record["type_of_reference"] == TYPES[kind_of(study)][0]
        assert record["authors"] == list(study.authors)


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
    hostile = made("a", published="2024").model_copy(update={"title": title, "venue": title})
    (item,) = items(csl_json([study_entry(hostile)]))
    assert (item["title"], item["container-title"], item["type"]) == (
        title,
        title,
        "article-journal",
    )


def test_csl_json_names_people_in_parts_and_groups_whole() -> None:
    names = (*NAMES, *WHOLE)
    (item,) = items(csl_json([study_entry(made("a").model_copy(update={"authors": names}))]))
    parts = [(found["family"], found["given"]) for found in item["author"][: len(NAMES)]]
    assert parts == [
        (f"{particle} {family}".strip(), f"{given}, {suffix}".rstrip(", "))
        for particle, family, given, suffix in NAMES.values()
    ]
    assert all(found.keys() == {"family", "given"} for found in item["author"][: len(NAMES)])
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
        assert (item["id"], item["URL"]) == (study.id, study.link)
        assert item["title"].endswith(study.title)
        assert item.get("DOI") == study.doi
        preprint = study.arxiv and study.is_preprint
        assert item.get("number") == (f"arXiv:{study.arxiv}" if preprint else None)
        assert item["type"] == TYPES[kind_of(study)][1]
        said = [int(part) for part in cited_date(study).split("-") if part]
        assert item.get("issued") == ({"date-parts": [said]} if said else None)
        for shown, author in zip(item["author"], study.authors, strict=True):
            assert sorted(" ".join(shown.values()).replace(",", "").split()) == sorted(
                author.replace(",", "").split()
            )


# The review


REVIEW = Review.model_validate(
    {
        "title": "Models & {Eyes}: 100% a Review",
        "short": "Eye Review",
        "subject": "models of eyes",
        "keywords": ["eyes"],
        "authors": ["The Eye & Ear Contributors", "Alt, Anna"],
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
    assert record["type_of_reference"] == "CHAP"
    assert (record["id"], record["title"], record["secondary_title"]) == (key, shown, REVIEW.title)
    assert record["authors"] == ["The Eye & Ear Contributors", "Alt, Anna"]
    assert (record["date"], record["edition"]) == ("2025/01/31/", "Version 2025.01")
    assert (record["urls"], said_beside(record)) == (
        [here],
        f"Permalink of this version: {permalink}",
    )

    (item,) = items(csl_json([entry]))
    assert item == {
        "id": key,
        "type": "chapter",
        "title": shown,
        "author": [{"literal": "The Eye & Ear Contributors"}, {"family": "Alt", "given": "Anna"}],
        "container-title": REVIEW.title,
        "issued": {"date-parts": [[2025, 1, 31]]},
        "edition": "Version 2025.01",
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
    authors=(name("van der Alt, Anna, Jr."), name("Berg, Bo"), name("The Eye Group")),
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
        "  eprinttype = {arXiv},\n"
        "  url = {https://arxiv.org/abs/2410.00001},\n"
        "}\n"
    )
    assert ris(PREPRINT) == (
        "TY  - MANSCPT\nM3  - Preprint\nID  - eyes\nAU  - van der Alt, Anna, Jr.\nAU  - Berg, Bo\n"
        "AU  - The Eye Group\nTI  - Eyes, naïvely\nPY  - 2024\nDA  - 2024/10//\nPB  - arXiv\n"
        "AN  - arXiv:2410.00001\nUR  - https://arxiv.org/abs/2410.00001\nER  - \n"
    )
    assert csl(PREPRINT) == {
        "id": "eyes",
        "type": "article",
        "title": "Eyes, naïvely",
        "author": [
            {"family": "van der Alt", "given": "Anna, Jr."},
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
    said = sentence(replace(PREPRINT, authors=(name("One, A"),) * number))
    assert said == f"{names} (2024). Eyes, naïvely. arXiv."


def test_in_a_list_of_references_the_year_has_its_letter_and_the_title_its_link() -> None:
    said = sentence(
        replace(PREPRINT, authors=(name("*One*, A"),)), year="2024b", escape=md, link="/eyes.md"
    )
    assert said == r"A \*One\* (2024b). [Eyes, naïvely](/eyes.md). arXiv."


# Versions, notices and lists that are not whole.

MED = {
    "title": "Segmenting *anything*",
    "authors": ("Ma, Jun", "van der Laak, Jeroen"),
    "arxiv": "2304.12306",
    "doi": "10.1038/x",
}


def med(**columns: Any) -> Study:  # noqa: ANN401 - what a column may hold
    return made("med", "2023-04-24").model_copy(update=MED | columns)


def in_every_format(study: Study) -> tuple[dict[str, str], dict[str, Any], dict[str, Any]]:
    """The same study read back from BibTeX (its type too), RIS and CSL-JSON."""
    entry = study_entry(study)
    bib = parsed(bibtex(entry)).entries["med"]
    (record,) = rispy.loads(ris(entry))
    (item,) = items(csl_json([entry]))
    return {**bib.fields, "type": bib.type}, record, item


@pytest.mark.parametrize(
    ("venue_name", "types", "field"),
    [
        ("Nature", ("article", "JOUR", "article-journal"), "journal"),
        ("MICCAI 2024", ("inproceedings", "CPAPER", "paper-conference"), "booktitle"),
    ],
)
def test_a_citation_of_a_published_study_has_nothing_of_the_preprint(
    venue_name: str, types: tuple[str, str, str], field: str
) -> None:
    bib, record, item = in_every_format(med(venue=venue_name, published="2024-01"))
    container = venue_name.removesuffix(" 2024")
    assert (bib["type"], bib["year"], bib["month"], bib[field]) == (
        types[0],
        "2024",
        "1",
        container,
    )
    assert (bib["eprint"], bib["doi"]) == ("2304.12306", "10.1038/x")
    assert (record["type_of_reference"], record["date"]) == (types[1], "2024/01//")
    assert (record["secondary_title"], record["year"]) == (container, "2024")
    assert "notes" not in record
    assert "M2" not in record.get("unknown_tag", {})
    assert (item["type"], item["container-title"]) == (types[2], container)
    assert item["issued"] == {"date-parts": [[2024, 1]]}
    assert "number" not in item
    said = sentence(study_entry(med(venue=venue_name, published="2024-01")))
    assert said == f"Jun Ma, Jeroen van der Laak (2024). Segmenting *anything*. {container}."


def test_a_published_study_whose_date_nobody_knows_has_none_in_its_citation() -> None:
    bib, record, item = in_every_format(med(venue="Nature", published=None))
    assert not {"year", "month"} & bib.keys()
    assert not {"year", "date"} & record.keys()
    assert "issued" not in item
    assert "(n.d.)" in sentence(study_entry(med(venue="Nature", published=None)))


def test_a_preprint_is_cited_by_the_date_on_which_it_appeared() -> None:
    bib, record, item = in_every_format(med(venue="arXiv", doi=None))
    assert (bib["type"], bib["year"], bib["month"]) == ("misc", "2023", "4")
    assert (record["type_of_reference"], record["date"]) == ("MANSCPT", "2023/04/24/")
    assert item["issued"] == {"date-parts": [[2023, 4, 24]]}
    assert (item["number"], item["publisher"]) == ("arXiv:2304.12306", "arXiv")


NOTICE = "https://doi.org/10.1038/notice_1"


@pytest.mark.parametrize(
    ("status", "title", "note"),
    [
        ("retracted", "RETRACTED: Segmenting *anything*", "Retracted"),
        ("withdrawn", "WITHDRAWN: Segmenting *anything*", "Withdrawn"),
        ("concern", "Segmenting *anything*", "Expression of concern"),
        ("corrected", "Segmenting *anything*", "Corrected"),
    ],
)
def test_what_was_said_of_a_work_since_is_in_every_citation(
    status: str, title: str, note: str
) -> None:
    study = med(venue="Nature", published="2024", status=status, status_url=NOTICE)
    bib, record, item = in_every_format(study)
    assert plain(bib["title"]) == record["title"] == item["title"] == title
    assert untexed(bib["note"]) == item["note"] == said_beside(record) == f"{note}: {NOTICE}"
    assert sentence(study_entry(study)).endswith(f"{title}. Nature. {note}: {NOTICE}.")


def untexed(field: str) -> str:
    return field.replace(r"\_", "_")


def test_a_title_that_says_so_itself_is_not_marked_twice() -> None:
    study = med(title="Retracted Article: Eyes", status="retracted", status_url=NOTICE)
    assert study_entry(study).title == "Retracted Article: Eyes"


def test_a_list_of_authors_that_is_not_whole_says_so_and_names_no_person_et_al() -> None:
    study = med(partial=("tasks", "authors"), venue="Nature", published="2024")
    entry = study_entry(study)
    people = parsed(bibtex(entry)).entries["med"].persons["author"]
    assert [str(person) for person in people] == ["Ma, Jun", "van der Laak, Jeroen", "others"]
    (record,), (item,) = rispy.loads(ris(entry)), items(csl_json([entry]))
    assert record["authors"] == ["Ma, Jun", "van der Laak, Jeroen"]
    assert len(item["author"]) == 2
    assert said_beside(record) == item["note"] == "The list of authors is not complete."
    assert sentence(entry).startswith("Jun Ma, Jeroen van der Laak et al. (2024).")
    assert not study_entry(med(partial=("tasks",))).more


@pytest.mark.corpus
def test_medsam_is_the_article_of_2024() -> None:
    entry = parsed(str(dict(files())["studies/medsam.bib"])).entries["medsam"]
    fields = entry.fields
    assert (entry.type, fields["year"], fields["journal"]) == (
        "article",
        "2024",
        "Nature Communications",
    )


@pytest.mark.corpus
def test_the_year_of_every_citation_of_a_published_study_is_that_of_its_publication() -> None:
    published = [study for study in corpus().studies if not study.is_preprint]
    assert len(published) > 600
    for study in published:
        entry, year = study_entry(study), (study.published or "n.d.")[:4]
        assert entry.date == (study.published or "")
        assert f" ({year}). " in sentence(entry)
        assert str(json_ld(study, entry).get("datePublished", "n.d."))[:4] == year
        assert str(meta(entry).get("citation_publication_date", "n.d."))[:4] == year
