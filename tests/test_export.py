"""What other programs read, read back by parsers that are not ours."""

from __future__ import annotations

import csv
import io
import json
import re
from pathlib import Path
from typing import Any

import pytest
import rispy
from pybtex.database import BibliographyData, Person, parse_string
from pybtex.richtext import Text

from gen import export
from gen.cells import SEPARATOR
from gen.load import load
from gen.model import TABLES, Study, columns
from tests import corpus as invented
from tests.real import ROOT, corpus, files
from tests.test_tables import study as made

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
    "x" * 1500,
]
# Name -> how it is split: family, given.
NAMES = {
    "Anna Alt": ("Alt", "Anna"),
    "Jeroen van der Laak": ("van der Laak", "Jeroen"),
    "Peter H. N. de With": ("de With", "Peter H. N."),
    "Émile Ñúñez-O'Brien": ("Ñúñez-O'Brien", "Émile"),
    "Sun Jia 眼": ("眼", "Sun Jia"),
    "Martin Luther King Jr.": ("King Jr.", "Martin Luther"),
    "de Gaulle": ("Gaulle", "de"),
}
WHOLE = [
    "kaiko.ai",
    "R&D",
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


def whole(person: Person) -> str:
    """The name of one who has no given names, or nothing."""
    parts = (person.first_names, person.middle_names, person.prelast_names, person.lineage_names)
    return "" if any(parts) else plain(" ".join(person.last_names))


# BibTeX


@pytest.mark.parametrize("title", TITLES)
def test_no_title_breaks_its_bibtex_entry(title: str) -> None:
    hostile = made("a", venue="Nature").model_copy(update={"title": title, "venue": title})
    good = made("b")
    database = parsed(export.bibtex(hostile) + "\n" + export.bibtex(good))
    assert list(database.entries) == ["a", "b"]
    fields = database.entries["a"].fields
    assert plain(fields["title"]) == title
    assert plain(fields["journal"]) == title
    assert set(fields) == {"title", "year", "journal", "doi", "url"}


def test_no_name_breaks_the_list_of_authors() -> None:
    names = (*NAMES, *WHOLE)
    text = export.bibtex(made("a").model_copy(update={"authors": names}))
    people = parsed(text).entries["a"].persons["author"]
    assert len(people) == len(names)
    for person, (family, given) in zip(people, NAMES.values(), strict=False):
        split = plain(" ".join(person.prelast_names + person.last_names))
        assert (split, plain(" ".join(person.first_names + person.middle_names))) == (family, given)
    assert [whole(person) for person in people[len(NAMES) :]] == WHOLE


def test_no_address_breaks_its_bibtex_entry() -> None:
    hostile = made("a").model_copy(update={"doi": "10.1234/x{y}}z%#&_~"})
    fields = parsed(export.bibtex(hostile)).entries["a"].fields
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
    entry = parsed(export.bibtex(made("a", "2024-05").model_copy(update=columns))).entries["a"]
    assert entry.type == kind
    assert set(entry.fields) == fields | {"title", "year", "month", "url"}
    assert entry.fields["month"] == "5"


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
        for person, author in zip(people, study.authors, strict=True):
            assert set(plain(str(person)).replace(",", "").split()) == set(author.split())


# RIS


@pytest.mark.parametrize("title", TITLES)
def test_no_title_breaks_its_ris_record(title: str) -> None:
    hostile = made("a").model_copy(update={"title": title, "venue": title})
    records = rispy.loads(export.ris(hostile) + "\n" + export.ris(made("b")))
    assert [record["id"] for record in records] == ["a", "b"]
    assert records[0]["title"] == title
    assert records[0]["secondary_title"] == title


def test_no_name_breaks_its_ris_record() -> None:
    names = (*NAMES, *WHOLE[:2])
    (record,) = rispy.loads(export.ris(made("a").model_copy(update={"authors": names})))
    split = [f"{family}, {given}" for family, given in NAMES.values()]
    assert record["authors"] == [*split, *WHOLE[:2]]


@pytest.mark.parametrize(
    ("date", "shown"),
    [("2024", "2024///"), ("2024-05", "2024/05//"), ("2024-05-06", "2024/05/06/")],
)
def test_a_ris_date_is_as_precise_as_the_date(date: str, shown: str) -> None:
    (record,) = rispy.loads(export.ris(made("a", date)))
    assert (record["date"], record["year"]) == (shown, "2024")


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


def test_the_files_of_a_study_and_of_a_category_hold_their_studies() -> None:
    generated = dict(files())
    for study in corpus().studies:
        assert list(parsed(str(generated[f"studies/{study.id}.bib"])).entries) == [study.id]
        assert [r["id"] for r in rispy.loads(str(generated[f"studies/{study.id}.ris"]))] == [
            study.id
        ]
    for family in corpus().taxonomy["family"].terms:
        own = [study.id for study in corpus().studies[::-1] if study.family == family]
        stem = f"family/{family}"
        assert list(parsed(str(generated[f"{stem}.bib"])).entries) == own
        assert [r["id"] for r in rispy.loads(str(generated[f"{stem}.ris"]))] == own
        sheet = csv.DictReader(io.StringIO(str(generated[f"{stem}.csv"])))
        assert [row["id"] for row in sheet] == own


# CSV


# Columns that hold any number: 86.0 and 86 are the same in them.
NUMBERS = {"parameters_m", "value", "ci_low", "ci_high", "comparator_value"}


@pytest.mark.parametrize("table", TABLES)
def test_a_downloaded_table_holds_the_cells_of_the_table(table: str) -> None:
    with (ROOT / "data" / f"{table}.csv").open(encoding="utf-8", newline="") as file:
        kept = list(csv.DictReader(file))
    text = str(dict(files())[f"data/{table}.csv"])
    assert text.endswith("\n")
    assert "\r" not in text
    sheet = list(csv.DictReader(io.StringIO(text)))
    if table == "studies":
        sheet.sort(key=lambda row: row["id"])
        kept.sort(key=lambda row: row["id"])
    assert len(sheet) == len(kept)
    for row, line in zip(sheet, kept, strict=True):
        for column, cell in line.items():
            if column in NUMBERS and re.fullmatch(r"[\d.]+", cell):
                assert float(row[column]) == float(cell)
            else:
                assert row[column] == ("'" + cell if cell.startswith(export.FORMULA) else cell)


def test_a_downloaded_table_passes_the_checker(tmp_path: Path) -> None:
    """So that a reader may edit it and send it back."""
    data = invented.write(tmp_path / "data")
    invented.change(data, "studies", 2, parameters_m="307", train_size="900000000000000")
    invented.change(data, "results", 2, value="0.0000001", ci_low="0")
    before = load(data)
    for table, model in TABLES.items():
        text = export.rows_csv(model, getattr(before, table))
        (data / f"{table}.csv").write_text(text, encoding="utf-8", newline="")
    after = load(data)
    for table in TABLES:
        assert getattr(after, table) == getattr(before, table)
    assert "307" in (data / "studies.csv").read_text(encoding="utf-8").split(",")


@pytest.mark.parametrize("start", ["=", "+", "-", "@", "\t", "\r"])
def test_no_cell_is_a_formula(start: str) -> None:
    cell = f'{start}HYPERLINK("https://evil.example","x")'
    (sheet,) = csv.DictReader(io.StringIO(export.table_csv(["a", "b"], [{"a": cell, "b": "b"}])))
    assert sheet == {"a": "'" + cell, "b": "b"}


def test_no_cell_of_a_study_is_a_formula() -> None:
    text = export.rows_csv(
        Study,
        [made("a").model_copy(update={"title": "=1+1", "authors": ("@x", "=y"), "note": "-1"})],
    )
    (row,) = csv.DictReader(io.StringIO(text))
    assert (row["title"], row["authors"], row["note"]) == ("'=1+1", "'@x; =y", "'-1")


def test_numbers_stay_numbers_and_nothing_stays_nothing() -> None:
    assert export.table_csv(["a", "b"], [{"a": -0.5, "b": None}]) == "a,b\n-0.5,\n"


def test_the_kinds_of_missing_survive_a_download() -> None:
    kept = made("a").model_copy(
        update={"missing": {"training": "n/a", "train_size": "not-reported", "code": "not-coded"}}
    )
    cells = {column.name: export.cell(kept, column.name) for column in columns(Study)}
    assert (cells["training"], cells["train_size"], cells["code"]) == ("n/a", "not-reported", "")
    assert (cells["note"], cells["authors"]) == ("", "Anna Alt")
    assert export.cell(made("a", modalities=("ct", "mri")), "modalities") == f"ct{SEPARATOR}mri"


# What machines find in a page


def test_a_page_names_its_study_to_search_engines() -> None:
    for study in corpus().studies:
        said = export.json_ld(study)
        assert json.loads(json.dumps(said)) == said
        assert (said["@context"], said["@type"]) == ("https://schema.org", "ScholarlyArticle")
        assert said["headline"] == study.title
        assert [person["name"] for person in said["author"]] == list(study.authors)
        assert all(person["@type"] == "Person" for person in said["author"])
        assert said["datePublished"] == study.date
        assert said["abstract"] == study.summary
        same = said.get("sameAs", [])
        assert (f"https://arxiv.org/abs/{study.arxiv}" in same) == bool(study.arxiv)
        assert (f"https://doi.org/{study.doi}" in same) == bool(study.doi)
        assert all(said.values()), "what there is not is left out"


def test_a_page_names_its_study_to_reference_managers() -> None:
    for study in corpus().studies:
        tags = export.highwire(study)
        assert tags["title"] == study.title
        assert tags["author"] == list(study.authors)
        assert re.fullmatch(r"\d{4}(/\d\d(/\d\d)?)?", str(tags["publication_date"]))
        assert tags.get("doi") == study.doi
        assert tags.get("arxiv_id") == study.arxiv
        assert ("journal_title" in tags) != study.is_preprint
        assert all(tags.values()), "what there is not is left out"


def test_json_is_one_line_the_same_each_time() -> None:
    assert export.as_json({"b": "é", "a": [1, None]}) == '{"a":[1,null],"b":"é"}\n'
