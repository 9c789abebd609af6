"""Parquet, SQLite and JSON, read back by tools that are not ours: nothing is lost."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import duckdb
import pyarrow.parquet as pq
import pytest

from gen.corpus.columns import columns
from gen.corpus.corpus import Corpus
from gen.corpus.load import load
from gen.corpus.tables import DOWNLOADS, KEYED, Study
from gen.export import catalogue
from gen.export.parquet import table_parquet
from gen.export.sqlite import database
from gen.export.tables import has_missing, record, rows_json
from tests import invented

NASTY = {
    "title": '=HYPERLINK("https://evil.example";"x") 眼 \N{LINE SEPARATOR} \N{ZERO WIDTH JOINER}',
    "note": "'; DROP TABLE studies; -- \\ \" <b> ```\nand\r\nlines",
    "authors": ("@Alt, Anna; B.", "", "null", "NaN", "-1"),
    "backbone": "not-reported, as they say",
    "train_size": 999_999_999_999_999,
    "parameters_m": 0.000001,
}


@pytest.fixture(scope="module")
def corpus(tmp_path_factory: pytest.TempPathFactory) -> Corpus:
    """The sound one, with cells that a format could trip over."""
    loaded = load(invented.write(tmp_path_factory.mktemp("nasty") / "data"))
    *others, last = loaded.studies
    missing = {name: kind for name, kind in last.missing.items() if name not in NASTY}
    return replace(loaded, studies=(*others, last.model_copy(update=NASTY | {"missing": missing})))


def held(corpus: Corpus, table: str) -> list[dict[str, Any]]:
    return [record(row) for row in getattr(corpus, table)]


def written(corpus: Corpus, table: str) -> bytes:
    about = catalogue.about(corpus)
    return table_parquet(DOWNLOADS[table], getattr(corpus, table), about)


def whole(corpus: Corpus) -> bytes:
    tables = {table: getattr(corpus, table) for table in DOWNLOADS}
    return database(tables, corpus.taxonomy, catalogue.about(corpus))


@pytest.fixture(scope="module")
def review(
    corpus: Corpus, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[sqlite3.Connection]:
    file = tmp_path_factory.mktemp("sqlite") / "review.sqlite"
    file.write_bytes(whole(corpus))
    connection = sqlite3.connect(file)
    connection.row_factory = sqlite3.Row
    yield connection
    connection.close()


def test_a_row_tells_the_kinds_of_missing_apart(corpus: Corpus) -> None:
    rows = {study.id: record(study) for study in corpus.studies}
    assert rows["alphaseg"]["train_size"] == 15000
    assert rows["alphaseg"]["tasks"] == ["segmentation"]
    assert (rows["betaread"]["train_size"], rows["betaread"]["code"]) == (None, None)
    missing = rows["betaread"]["missing"]
    assert (missing["train_size"], missing["code"]) == ("not-reported", "not-coded")
    assert rows["gamma-test"]["missing"]["train_data"] == "n/a"
    assert rows["gamma-test"]["train_data"] == []
    assert "note" not in missing  # not coded as such: an empty one says that there is none


@pytest.mark.parametrize("table", DOWNLOADS)
def test_json_loses_nothing(corpus: Corpus, table: str) -> None:
    text = rows_json(getattr(corpus, table))
    assert json.loads(text) == held(corpus, table)
    assert len(text.split("\n")) == max(1, len(held(corpus, table))) + 1  # a row a line


@pytest.mark.parametrize("table", DOWNLOADS)
def test_parquet_loses_nothing(corpus: Corpus, table: str, tmp_path: Path) -> None:
    file = tmp_path / "table.parquet"
    file.write_bytes(written(corpus, table))
    relation = duckdb.connect().read_parquet(str(file))
    rows = [dict(zip(relation.columns, row, strict=True)) for row in relation.fetchall()]
    assert rows == held(corpus, table)


def test_parquet_says_what_it_is_and_what_its_columns_are(corpus: Corpus, tmp_path: Path) -> None:
    file = tmp_path / "studies.parquet"
    file.write_bytes(written(corpus, "studies"))
    schema = pq.read_schema(file)
    assert schema.metadata[b"version"] == b"2025.01"
    assert schema.metadata[b"licence"] == b"CC-BY-4.0"
    kinds = {name: str(schema.field(name).type) for name in ("train_size", "parameters_m", "id")}
    assert kinds == {"train_size": "int64", "parameters_m": "double", "id": "string"}
    for column in columns(Study):
        assert schema.field(column.name).metadata[b"description"] == column.about.encode()


def test_the_same_rows_give_the_same_bytes(corpus: Corpus) -> None:
    assert written(corpus, "studies") == written(corpus, "studies")
    assert whole(corpus) == whole(corpus)


def test_sqlite_finds_its_file_sound_and_every_key_in_its_place(
    review: sqlite3.Connection,
) -> None:
    assert [tuple(row) for row in review.execute("PRAGMA integrity_check")] == [("ok",)]
    assert review.execute("PRAGMA foreign_key_check").fetchall() == []
    named = {
        (table, row["from"], row["table"])
        for table in ("studies", "studies_tasks", "studies_builds_on", "studies_train_data",
                      "results", "records_sources", "second_coding", "second_coding_tasks",
                      "second_coding_train_data")
        for row in review.execute(f"PRAGMA foreign_key_list({table})")
    }  # fmt: skip
    assert named >= {
        ("studies", "family", "terms_family"),
        ("studies", "record_id", "records"),
        ("studies_tasks", "id", "studies"),
        ("studies_tasks", "value", "terms_tasks"),
        ("studies_builds_on", "value", "ids_base_models_studies"),
        ("studies_train_data", "value", "datasets"),
        ("results", "dataset", "datasets"),
        ("records_sources", "value", "ids_sources"),
        ("second_coding", "id", "studies"),
    }
    assert ("second_coding_train_data", "value", "datasets") not in named


def test_a_foreign_key_of_sqlite_bites(review: sqlite3.Connection) -> None:
    review.execute("PRAGMA foreign_keys = ON")
    with pytest.raises(sqlite3.IntegrityError, match="FOREIGN KEY"):
        review.execute("INSERT INTO studies_tasks VALUES ('alphaseg', 9, 'no-such-task')")
    review.rollback()
    review.execute("PRAGMA foreign_keys = OFF")


@pytest.mark.parametrize("table", DOWNLOADS)
def test_sqlite_loses_nothing(corpus: Corpus, review: sqlite3.Connection, table: str) -> None:
    key = "id" if table in KEYED else "row"
    model = DOWNLOADS[table]
    found = [dict(row) for row in review.execute(f'SELECT * FROM "{table}" ORDER BY rowid')]  # noqa: S608 - our own names
    for row in found:
        own = (row[key],)
        for column in columns(model):
            if column.many:
                query = (
                    f'SELECT value FROM "{table}_{column.name}" WHERE {key} = ? ORDER BY position'  # noqa: S608
                )
                row[column.name] = [value for (value,) in review.execute(query, own)]
        if has_missing(model):
            query = f'SELECT field, kind FROM "{table}_missing" WHERE {key} = ?'  # noqa: S608
            row["missing"] = dict(map(tuple, review.execute(query, own)))
        if key == "row":
            del row["row"]
    assert found == held(corpus, table)


def test_sqlite_holds_the_vocabularies_and_what_it_is(
    corpus: Corpus, review: sqlite3.Connection
) -> None:
    for name, vocabulary in corpus.taxonomy.items():
        terms = review.execute(f"SELECT id, label, definition FROM terms_{name} ORDER BY position")  # noqa: S608
        assert [tuple(term) for term in terms] == [
            (id_, term.label, term.definition) for id_, term in vocabulary.terms.items()
        ]
    said = dict(map(tuple, review.execute("SELECT name, value FROM about")))
    assert (said["version"], said["licence"]) == ("2025.01", "CC-BY-4.0")
