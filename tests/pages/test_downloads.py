"""What readers take away: the tables, the citations of all studies, the figures, the feeds."""

from __future__ import annotations

import csv
import io
import json
import re
from pathlib import Path
from xml.etree import ElementTree as ET

import pytest
import rispy

from gen.corpus.columns import columns
from gen.corpus.load import load
from gen.corpus.tables import DOWNLOADS
from gen.pages import downloads
from gen.pages.view import View
from tests import invented
from tests.build import generated, sound
from tests.citations.test_entry import items, parsed
from tests.real import corpus, files

ATOM = "{http://www.w3.org/2005/Atom}"
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


def test_a_feed_begins_with_what_the_review_added_last(data: Path) -> None:
    """Whatever the age of the work: GammaTest came first, BetaRead since the newest version."""
    invented.second(data)
    pages = [("alphaseg", "2025.01"), ("gamma-test", "2025.07"), ("deltafit", "2025.01")]
    pages += [("epsilon", "2025.07"), ("old-zeta", "2025.01")]
    lines = [{"page": f"/studies/{id_}/", "since": since} for id_, since in pages]
    invented.write_table(data, "permalinks", lines)
    invented.append(data, "renames", kind="studies", old="old-zeta", new="zeta", since="2025.07")
    view = View.of(load(data))
    _, text = downloads.feed(view, "studies/feed", "Studies", view.corpus.studies, "studies/")
    entries = ET.fromstring(str(text)).findall(f"{ATOM}entry")  # noqa: S314 - our own
    found = [
        ((entry.findtext(f"{ATOM}id") or "").split("/")[-2], entry.findtext(f"{ATOM}updated"))
        for entry in entries
    ]
    assert found == [
        ("betaread", "2025-07-31T00:00:00Z"),
        ("epsilon", "2025-07-31T00:00:00Z"),
        ("gamma-test", "2025-07-31T00:00:00Z"),
        ("zeta", "2025-01-31T00:00:00Z"),
        ("deltafit", "2025-01-31T00:00:00Z"),
        ("alphaseg", "2025-01-31T00:00:00Z"),
    ]


def test_a_feed_names_its_studies_with_the_day_on_which_they_came() -> None:
    feed = ET.fromstring(str(sound()["studies/feed.xml"]))  # noqa: S314 - our own
    assert feed.findtext(f"{ATOM}title") == "Studies · Invented Review"
    assert feed.findtext(f"{ATOM}updated") == "2025-01-31T00:00:00Z"
    entries = feed.findall(f"{ATOM}entry")
    assert [entry.findtext(f"{ATOM}id") for entry in entries[:2]] == [
        "https://example.org/review/studies/zeta/",
        "https://example.org/review/studies/epsilon/",
    ]
    assert len(entries) == len(STUDIES)


@pytest.mark.corpus
def test_every_feed_is_well_formed_and_newest_first() -> None:
    feeds = {path: str(text) for path, text in files() if path.endswith(".xml")}
    assert "studies/feed.xml" in feeds
    addresses = {f"{corpus().review.site}studies/{s.id}/" for s in corpus().studies}
    for text in feeds.values():
        feed = ET.fromstring(text)  # noqa: S314 - our own
        entries = feed.findall(f"{ATOM}entry")
        assert 1 <= len(entries) <= 50
        assert {entry.findtext(f"{ATOM}id") for entry in entries} <= addresses
        dates = [entry.findtext(f"{ATOM}updated", "") for entry in entries]
        assert dates == sorted(dates, reverse=True)
        stamps = [feed.findtext(f"{ATOM}updated", ""), *dates]
        assert all(re.fullmatch(r"\d{4}-\d\d-\d\dT00:00:00Z", stamp) for stamp in stamps)


@pytest.fixture
def data(tmp_path: Path) -> Path:
    return invented.write(tmp_path / "data")


def test_a_feed_keeps_text_from_the_data_as_text(data: Path) -> None:
    invented.change(data, "studies", 7, name="<x>&amp</x>", summary="]]> {{ 7*7 }} </summary>")
    feed = ET.fromstring(str(generated(data)["studies/feed.xml"]))  # noqa: S314 - our own
    text = "".join(feed.itertext())
    assert "<x>&amp</x>: Zeta" in text
    assert "]]> {{ 7*7 }} </summary>" in text


def test_the_status_is_there_for_programs(data: Path) -> None:
    status = json.loads(sound()["status.json"])
    loaded = load(data)
    assert (status["version"], status["status"]) == ("2025.01", "living")
    assert status["counts"]["studies"] == len(loaded.studies) == 6
    assert status["latest"] == loaded.review.site
