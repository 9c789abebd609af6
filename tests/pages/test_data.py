"""The data page, the API and the Data Package, held to by validators that are not ours."""

from __future__ import annotations

import csv
import io
import json
import os
import re
import shutil
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from jsonschema import Draft202012Validator

from gen.corpus.columns import columns
from gen.corpus.load import load
from gen.corpus.tables import DOWNLOADS, FACETS, Study
from gen.pages.api import files as api
from gen.pages.view import View
from gen.text.format import size
from tests import invented
from tests.build import sound
from tests.conftest import serving
from tests.real import files

SITE = "https://example.org/review/"
STUDIES = [row["id"] for row in invented.STUDIES]
DOCUMENTS = (
    "index",
    "studies",
    "datasets",
    "base_models",
    "results",
    "records",
    "facets",
    "series",
)


def answer(name: str) -> dict[str, Any]:
    found: dict[str, Any] = json.loads(sound()[f"api/v1/{name}.json"])
    return found


def behind(address: str) -> str:
    """The file that an address of the site names."""
    assert address.startswith(SITE)
    return address.removeprefix(SITE)


# The API.


@pytest.mark.parametrize("name", [*DOCUMENTS, *(f"studies/{id_}" for id_ in STUDIES)])
def test_every_document_is_what_its_schema_says_and_says_nothing_else(name: str) -> None:
    document = answer(name)
    assert (document["version"], document["licence"]) == ("2025.01", "CC-BY-4.0")
    assert behind(document["documentation"]) == "about/data/"
    schema = json.loads(sound()[behind(document["schema"])])
    assert schema["$id"] == document["schema"]
    Draft202012Validator.check_schema(schema)
    Draft202012Validator(closed(schema)).validate(document)


def closed(schema: Any) -> Any:  # noqa: ANN401 - whatever JSON holds
    """The schema, refusing names that it does not give; a citation is of another schema."""
    if isinstance(schema, list):
        return [closed(each) for each in schema]
    if not isinstance(schema, dict):
        return schema
    named = "properties" in schema and "CSL" not in schema.get("description", "")
    more = {"additionalProperties": False} if named else {}
    return {name: closed(each) for name, each in schema.items()} | more


def test_a_schema_bites() -> None:
    schema = json.loads(sound()["api/v1/schema/study.json"])
    for name, wrong in (
        ("family", "no-such-family"),
        ("train_size", "many"),
        ("date", "yesterday"),
        ("tasks", "segmentation"),
        ("missing", {"train_size": "lost"}),
        ("evidence", ["http://example.org"]),
    ):
        document = answer("studies/alphaseg")
        document["study"][name] = wrong
        assert not Draft202012Validator(schema).is_valid(document), name
    document = answer("studies/alphaseg")
    del document["study"]["weights_access"]
    assert not Draft202012Validator(schema).is_valid(document)
    document = answer("studies/alphaseg")
    document["study"]["new_in_a_later_version"] = 1
    assert Draft202012Validator(schema).is_valid(document)


# Names that the first version had: within v1 each stays, so this list only grows.
V1 = {
    "index": "documents tables",
    "studies": "count studies",
    "datasets": "count datasets",
    "base_models": "count base_models",
    "results": "count results",
    "records": "count records",
    "facets": "facets",
    "series": "count series",
    "studies/alphaseg": "study labels data_sets starts_from built_on_by results citation "
    "transparency",
}


@pytest.mark.parametrize("name", V1)
def test_what_v1_promises_is_there(name: str) -> None:
    assert set(answer(name)) >= {"version", "licence", "about", *V1[name].split()}


def test_the_index_names_every_document_and_every_table() -> None:
    index = answer("index")
    named = {each["name"]: each for each in index["documents"]}
    assert set(named) == {*DOCUMENTS, "study"} - {"index"}
    for name, each in named.items():
        assert behind(each["schema"]) in sound()
        addresses = [each["address"].replace("{id}", id_) for id_ in STUDIES]
        assert {behind(address) for address in addresses} <= sound().keys(), name
    assert [table["name"] for table in index["tables"]] == list(DOWNLOADS)
    for table in index["tables"]:
        for suffix in ("csv", "json", "parquet"):
            assert behind(table[suffix]) in sound()
        rows = csv.DictReader(io.StringIO(str(sound()[behind(table["csv"])])))
        assert table["rows"] == len(list(rows))


def test_the_list_of_studies_points_at_each_whole() -> None:
    listed = answer("studies")
    assert listed["count"] == len(listed["studies"]) == len(STUDIES)
    assert {study["id"] for study in listed["studies"]} == set(STUDIES)
    for study in listed["studies"]:
        whole = json.loads(sound()[behind(study["self"])])["study"]
        missing = study.pop("missing")
        assert study.items() <= whole.items()
        assert missing.items() <= whole["missing"].items()
        assert set(whole) >= {column.name for column in columns(Study)}
        assert f"{behind(study['page']).rstrip('/')}.md" in sound()


def test_one_study_says_what_it_is_linked_with() -> None:
    document = answer("studies/alphaseg")
    assert document["labels"]["family"] == {"vision-only": "Vision-only"}
    sets = {(each["id"], each["role"], each["access"]) for each in document["data_sets"]}
    assert sets == {
        ("made-up-ct", "training", None),
        ("made-up-mri", "training", None),
        ("made-up-eyes", "evaluation", "public"),
    }
    (root,) = document["starts_from"]
    assert (root["id"], root["name"], root["way"]) == ("stemnet", "StemNet", "builds_on")
    assert {child["id"] for child in document["built_on_by"]} == {"betaread", "deltafit"}
    assert [result["value"] for result in document["results"]] == [0.874]
    assert document["transparency"]["interval"] is True
    assert document["transparency"]["parameters"] is True
    assert [document["citation"]] == json.loads(sound()["studies/alphaseg.csl.json"])
    assert (document["study"]["frame"], document["study"]["counted"]) == ("included", True)


def test_a_data_set_and_a_base_model_name_their_studies() -> None:
    (eyes,) = (row for row in answer("datasets")["datasets"] if row["id"] == "made-up-eyes")
    assert (eyes["trained_on_by"], set(eyes["evaluated_on_by"])) == (
        [],
        {"alphaseg", "gamma-test"},
    )
    (stem,) = (row for row in answer("base_models")["base_models"] if row["id"] == "stemnet")
    assert stem["built_on_by"] == ["alphaseg"]


def test_the_counts_of_the_facets_are_those_of_lists_and_pages() -> None:
    counts(sound())


@pytest.mark.corpus
def test_the_real_counts_of_the_facets_are_those_of_lists_and_pages() -> None:
    counts(dict(files()))


def counts(made: dict[str, str | bytes]) -> None:
    """Of each term, of the studies with it: in the API, in the downloads and on the pages."""
    facets = json.loads(made["api/v1/facets.json"])["facets"]
    studies = json.loads(made["api/v1/studies.json"])["studies"]
    assert [facet["id"] for facet in facets] == list(FACETS)
    for facet in facets:
        page = str(made[f"{facet['id']}/index.md"])
        said = re.search(r"^([\d,]+) stud(?:y|ies) of [\d,]+ included ones", page, re.MULTILINE)
        assert said
        assert facet["coded"] == int(said[1].replace(",", ""))
        for term in facet["terms"]:
            having = [study for study in studies if term["id"] in values(study[facet["id"]])]
            assert term["all"] == len(having)
            assert term["counted"] == sum(study["counted"] for study in having)
            name = rf'href="[./]*/{facet["id"]}/{term["id"]}/">[^<]*</a></td>'
            row = rf"{name} <td[^>]*>(?:<a [^>]*>)?(\d+)<"
            (shown,) = re.findall(row, page)
            assert int(shown) == term["counted"]
            stem = f"{facet['id']}/{term['id']}"
            listed = json.loads(made.get(f"{stem}.json", "[]"))
            assert {study["id"] for study in listed} == {study["id"] for study in having}


def values(cell: list[str] | str | None) -> list[str]:
    return cell if isinstance(cell, list) else [cell] if cell else []


def test_a_drawn_study_is_listed_and_not_counted(tmp_path: Path) -> None:
    data = invented.write(tmp_path / "data")
    invented.change(data, "records", 2, draw="1")
    documents = {each.name: each.values for each in api.documents(View.of(load(data)))}
    (drawn,) = (each for each in documents["studies"]["studies"] if each["id"] == "alphaseg")
    assert (drawn["frame"], drawn["counted"]) == ("drawn", False)
    terms = {term["id"]: term for facet in documents["facets"]["facets"] for term in facet["terms"]}
    assert (terms["segmentation"]["counted"], terms["segmentation"]["all"]) == (0, 1)
    (tasks,) = (facet for facet in documents["facets"]["facets"] if facet["id"] == "tasks")
    assert tasks["coded"] == 0


def test_a_series_leads_to_its_rows() -> None:
    series = answer("series")["series"]
    assert {f"figures/{each['id']}.csv" for each in series} == {
        path for path in sound() if path.startswith("figures/") and path.endswith(".csv")
    }
    for each in series:
        rows = list(csv.DictReader(io.StringIO(str(sound()[behind(each["csv"])]))))
        assert each["rows"] == len(rows)
        assert list(each["columns"]) == list(rows[0])
        assert {behind(each["specification"]), behind(each["drawing"])} <= sound().keys()


# The Data Package.


def packaged(folder: Path, made: dict[str, str | bytes]) -> Path:
    folder.mkdir()
    for path, content in made.items():
        if path.startswith("data/") and path.endswith((".csv", "datapackage.json")):
            (folder / path.removeprefix("data/")).write_bytes(str(content).encode())
    return folder


def validated(folder: Path) -> dict[str, Any]:
    """What frictionless says of the package, its status code included."""
    script = "import sys; from frictionless.__main__ import console; sys.exit(console())"
    run = [sys.executable, "-c", script, "validate", "datapackage.json", "--json"]
    done = subprocess.run(run, cwd=folder, capture_output=True, encoding="utf-8", check=False)
    said: dict[str, Any] = json.loads(done.stdout)
    return said


@pytest.mark.slow
def test_frictionless_finds_the_tables_as_the_package_says(tmp_path: Path) -> None:
    report = validated(packaged(tmp_path / "package", sound()))
    assert report["valid"], report
    assert [task["name"] for task in report["tasks"]] == list(DOWNLOADS)


@pytest.mark.corpus
def test_frictionless_finds_the_real_tables_as_the_package_says(tmp_path: Path) -> None:
    report = validated(packaged(tmp_path / "package", dict(files())))
    assert report["valid"], report


@pytest.mark.slow
@pytest.mark.parametrize(
    ("table", "old", "new", "kind"),
    [
        ("results", "alphaseg,made-up-eyes", "alphaseg,no-such-set", "foreign-key"),
        ("studies", ",vision-language,", ",vision-dance,", "constraint-error"),
        ("studies", ",15000,", ",many,", "type-error"),
        ("base_models", "wordnet-x", "stemnet", "primary-key"),
    ],
)
def test_the_package_refuses_what_the_checker_would(
    tmp_path: Path, table: str, old: str, new: str, kind: str
) -> None:
    folder = packaged(tmp_path / "package", sound())
    invented.replace(folder / f"{table}.csv", old, new)
    errors = [error["type"] for task in validated(folder)["tasks"] for error in task["errors"]]
    assert kind in errors


def test_the_package_says_version_licence_and_what_terms_mean() -> None:
    package = json.loads(sound()["data/datapackage.json"])
    assert (package["version"], package["licenses"][0]["name"]) == ("2025.01", "CC-BY-4.0")
    studies = next(each for each in package["resources"] if each["name"] == "studies")
    fields = {field["name"]: field for field in studies["schema"]["fields"]}
    assert {"value": "vision-only", "label": "Vision-only"} in fields["family"]["categories"]
    assert fields["tasks"]["type"] == "list"
    assert "segmentation" in fields["tasks"]["items"]["enum"]
    assert {"value": "n/a", "label": "does not apply"} in fields["train_size"]["missingValues"]
    assert "missingValues" not in fields["note"]


# The page.


def test_the_page_gives_the_size_and_rows_of_every_file() -> None:
    text = str(sound()["about/data.md"])
    for path in sound():
        if path.startswith("data/"):
            assert f'href="../../{path}" download>' in text, path
            content = sound()[path]
            length = len(content if isinstance(content, bytes) else content.encode())
            said = re.search(rf'/{re.escape(path)}" download>[^<]*</a> <small[^>]*>([^<]*)<', text)
            assert said
            assert said[1] == size(length)
    for document in answer("index")["documents"]:
        assert f'id="api-{document["name"]}"' in text or f"{{#api-{document['name']}" in text


def test_the_page_tells_search_engines_of_a_data_set() -> None:
    matter = str(sound()["about/data.md"]).split("\n---\n")[0]
    told = json.loads(re.search(r"^jsonld: (.*)$", matter, re.MULTILINE)[1])  # type: ignore[index]
    assert (told["@context"], told["@type"]) == ("https://schema.org", "Dataset")
    assert told["name"] == "Invented Models: a Living Review"
    assert 50 <= len(told["description"]) <= 5000
    assert told["license"] == "https://creativecommons.org/licenses/by/4.0/"
    assert told["creator"] == [{"@type": "Organization", "name": "The Inventors"}]
    assert (told["version"], told["datePublished"], told["dateModified"]) == (
        "2025.01",
        "2025-01-31",
        "2025-01-31",
    )
    given = {behind(each["contentUrl"]): each for each in told["distribution"]}
    assert set(given) == {path for path in sound() if path.startswith("data/")}
    assert given["data/studies.csv"]["encodingFormat"] == "text/csv"
    assert given["data/studies.parquet"]["encodingFormat"] == "application/vnd.apache.parquet"
    assert all(re.fullmatch(r"[1-9]\d* B", each["contentSize"]) for each in given.values())


@pytest.mark.parametrize(
    "path",
    ["studies/index.md", "datasets/index.md", "foundations/index.md", "about/records/index.md"],
)
def test_lists_lead_to_more_formats(path: str) -> None:
    assert re.search(r'href="[./]*/about/data/">more formats</a>', str(sound()[path]))


# What the page says to run.

# Section, number and language of each block of code -> what it must print of the invented studies.
PRINTED = {
    "pandas 1 python": "segmentation",
    "pandas 2 python": "alphaseg",
    "r 1 r": "segmentation",
    "curl 1 sh": '"study":{"id":"alphaseg"',
    "duckdb 1 sql": "Made-up CT",
    "python-sqlite 1 python": "Segmentation 1",
}
RUN = {
    "python": [sys.executable, "-c"],
    "r": ["Rscript", "-e"],
    "sh": ["bash", "-c"],
    "sql": [sys.executable, "-c", "import duckdb, sys; print(duckdb.sql(sys.argv[1]))"],
}


def snippets() -> dict[str, str]:
    """The blocks of code on the page, as readers copy them."""
    found: dict[str, str] = {}
    section = ""
    for part in re.split(r"^(?=### |```\w)", str(sound()["about/data.md"]), flags=re.MULTILINE):
        if heading := re.match(r"### .*\{#([a-z-]+)", part):
            section = heading[1]
        elif block := re.match(r"```(\w+)\n(.*?)\n```", part, re.DOTALL):
            number = sum(name.startswith(f"{section} ") for name in found) + 1
            found[f"{section} {number} {block[1]}"] = block[2]
    return found


def printed(name: str, served: str, folder: Path) -> str:
    """What a block prints when it is run with the site at an address of this machine."""
    code = snippets()[name].replace(SITE, f"{served}/")
    done = subprocess.run(
        [*RUN[name.rpartition(" ")[2]], code],
        cwd=folder,
        env=os.environ | {"NO_PROXY": "127.0.0.1", "no_proxy": "127.0.0.1"},
        capture_output=True,
        encoding="utf-8",
        check=False,
    )
    assert done.returncode == 0, done.stderr
    return done.stdout


@pytest.fixture(scope="module")
def served(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """Address of the files of the invented site, without a slash at its end."""
    folder = tmp_path_factory.mktemp("served")
    for path, content in sound().items():
        if path.startswith(("data/", "api/")):
            file = folder / path
            file.parent.mkdir(parents=True, exist_ok=True)
            file.write_bytes(content if isinstance(content, bytes) else content.encode())
    with serving(folder) as address:
        yield address


@pytest.fixture(scope="module")
def fetched(served: str, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The folder into which the page's curl has fetched what other blocks read."""
    folder = tmp_path_factory.mktemp("fetched")
    printed("curl 1 sh", served, folder)
    return folder


def test_every_block_of_code_on_the_page_is_run() -> None:
    assert snippets().keys() == PRINTED.keys()
    assert all(SITE in code for name, code in snippets().items() if name[0] in "cr")


@pytest.mark.parametrize("name", PRINTED)
def test_a_block_of_code_runs_as_it_stands(name: str, served: str, fetched: Path) -> None:
    if name.endswith(" r") and not shutil.which("Rscript"):
        pytest.skip("there is no R here: the block for R is not run")
    assert PRINTED[name] in printed(name, served, fetched)
