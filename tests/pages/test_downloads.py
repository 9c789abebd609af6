"""What readers take away: the tables, the citations of all studies, the figures."""

from __future__ import annotations

import csv
import io
import json
from pathlib import Path
from xml.etree import ElementTree as ET

import pytest
import rispy

from gen.corpus.columns import columns
from gen.corpus.load import load
from gen.corpus.tables import DOWNLOADS
from tests import invented
from tests.build import sound
from tests.citations.test_entry import items, parsed

STUDIES = [row["id"] for row in invented.STUDIES]


def sheet(path: str) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(str(sound()[path]))))


def test_every_table_can_be_downloaded_with_its_columns() -> None:
    assert {f"data/{name}.csv" for name in DOWNLOADS} == {
        path for path in sound() if path.startswith("data/") and path.endswith(".csv")
    }
    for name, model in DOWNLOADS.items():
        head = str(sound()[f"data/{name}.csv"]).partition("\n")[0]
        assert head.split(",") == [column.name for column in columns(model)]


def test_a_downloaded_table_holds_every_row() -> None:
    assert sorted(row["id"] for row in sheet("data/studies.csv")) == sorted(STUDIES)
    for name in ("datasets", "base_models", "results", "records", "sources"):
        assert len(sheet(f"data/{name}.csv")) == len(invented.SOUND[name]), name


def test_all_studies_can_be_cited_in_three_formats() -> None:
    entries = parsed(str(sound()["data/studies.bib"])).entries
    records = rispy.loads(str(sound()["data/studies.ris"]))
    listed = items(str(sound()["data/studies.csl.json"]))
    assert len(entries) == len(records) == len(listed) == len(STUDIES)
    assert set(entries) == {record["id"] for record in records} == set(STUDIES)


def test_a_category_takes_its_own_studies_along_and_no_others() -> None:
    own = ["betaread"]
    assert [row["id"] for row in sheet("family/vision-language.csv")] == own
    assert list(parsed(str(sound()["family/vision-language.bib"])).entries) == own
    listed = rispy.loads(str(sound()["family/vision-language.ris"]))
    assert [record["id"] for record in listed] == own


def test_a_figure_comes_as_numbers_drawing_and_specification() -> None:
    rows = sheet("figures/studies-per-quarter.csv")
    assert sum(int(row["studies"]) for row in rows) == 5  # one has a year only
    drawing = ET.fromstring(str(sound()["figures/studies-per-quarter.svg"]))  # noqa: S314 - our own
    assert drawing.tag.endswith("svg")
    spec = json.loads(sound()["figures/studies-per-quarter.json"])
    assert [{k: str(row[k]) for k in rows[0]} for row in spec["datasets"]["table"]] == rows


@pytest.fixture
def data(tmp_path: Path) -> Path:
    return invented.write(tmp_path / "data")


def test_the_status_is_there_for_programs(data: Path) -> None:
    status = json.loads(sound()["status.json"])
    loaded = load(data)
    assert (status["version"], status["status"]) == ("2025.01", "living")
    assert status["counts"]["studies"] == len(loaded.studies) == 6
    assert status["latest"] == loaded.review.site
