"""How many studies a term has is the same wherever a reader finds it: pages, files, feeds, figures.

What is right is read from the table itself, with nothing of gen/ but the order of the facets.
"""

from __future__ import annotations

import csv
import io
import json
import re
from collections import Counter, defaultdict
from collections.abc import Iterator
from typing import Any, NamedTuple

import pytest

from gen.corpus.tables import FACETS
from tests import real

pytestmark = pytest.mark.corpus

FEED = 50  # items at most
IDS = {"csv": r"^([^,\n]+),", "bib": r"^@\w+\{([^,]+),", "ris": r"^ID  - (\S+)"}


class Group(NamedTuple):
    """The studies of a term of a facet, by id."""

    facet: str
    term: str
    all: set[str]
    included: set[str]

    def text(self, suffix: str) -> str:
        return site()[f"{self.facet}/{self.term}.{suffix}"]


def site() -> dict[str, str]:
    if not _site:
        _site.update((path, text) for path, text in real.files() if isinstance(text, str))
    return _site


_site: dict[str, str] = {}


def sheet(text: str) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(text)))


@pytest.fixture(scope="module")
def groups() -> list[Group]:
    """Of every term that a study carries. Included: by the API's own word on each study."""
    rows = sheet((real.DATA / "studies.csv").read_text("utf-8"))
    said = json.loads(site()["api/v1/studies.json"])["studies"]
    counted = {study["id"] for study in said if study["counted"]}
    assert {row["id"] for row in rows} == {study["id"] for study in said} > counted
    held: defaultdict[tuple[str, str], set[str]] = defaultdict(set)
    for row in rows:
        for facet in FACETS:
            for term in row[facet].split("; "):
                held[facet, term].add(row["id"])
    missing = ("", "not-reported", "n/a")
    found = [Group(*key, ids, ids & counted) for key, ids in held.items() if key[1] not in missing]
    assert len(found) > 120
    return found


def differing(groups: list[Group], found: Any) -> Iterator[str]:  # noqa: ANN401 - any function
    """Where `found` of a group, a pair of what is there and what must be, is unequal."""
    for group in groups:
        there, must = found(group)
        if there != must:
            yield f"{group.facet}/{group.term}: {there} is not {must}"


def test_in_the_api(groups: list[Group]) -> None:
    facets = json.loads(site()["api/v1/facets.json"])["facets"]
    terms = {(f["id"], t["id"]): (t["all"], t["counted"]) for f in facets for t in f["terms"]}
    numbers = {key: pair for key, pair in terms.items() if pair[0]}
    assert numbers == {(g.facet, g.term): (len(g.all), len(g.included)) for g in groups}


def test_in_the_explorer(groups: list[Group]) -> None:
    given = json.loads(site()["explore/studies.json"])
    columns, words = given["columns"], given["vocabularies"]
    held: defaultdict[tuple[str, str], set[str]] = defaultdict(set)
    for facet in FACETS:
        for id_, places in zip(columns["id"], columns[facet], strict=True):
            for place in places if isinstance(places, list) else [places]:
                held[facet, words[facet][place][0]].add(id_)
    assert held == {(g.facet, g.term): g.all for g in groups}


def test_on_the_page_of_the_term_and_that_of_its_facet(groups: list[Group]) -> None:
    def told(group: Group) -> tuple[object, object]:
        own = re.search(r"<strong>([\d,]+) stud", group.text("md"))
        query = f"{group.facet}={re.escape(group.term)}&amp;frame=included"
        among = re.search(rf'{query}"[^>]*>([\d,]+)<', site()[f"{group.facet}/index.md"])
        must = (f"{len(group.all):,}", f"{len(group.included):,}" if group.included else None)
        return (own and own[1], among and among[1]), must

    assert list(differing(groups, told)) == []


def test_on_the_home_page(groups: list[Group]) -> None:
    home = site()["index.md"]
    asked = {(g.facet, g.term): len(g.all) for g in groups}
    options = re.findall(r'<option value="([^"]+)">[^<]*\(([\d,]+)\)<', home)
    tiles = re.findall(r'href="[./]*/?(\w+)/([\w-]+)/" style="--n[^>]*>[^<]*<span>([\d,]+)<', home)
    choices = [(facet, term, n) for term, n in options for facet in ("modalities", "tasks")]
    shown = [(tuple(key), int(n)) for *key, n in (*choices, *tiles) if tuple(key) in asked]
    assert len(shown) > 50
    assert [(key, n) for key, n in shown if asked[key] != n] == []


@pytest.mark.parametrize("suffix", IDS)
def test_in_what_can_be_downloaded(groups: list[Group], suffix: str) -> None:
    def taken(group: Group) -> tuple[object, object]:
        text = group.text(suffix).partition("\n")[2] if suffix == "csv" else group.text(suffix)
        return sorted(re.findall(IDS[suffix], text, re.MULTILINE)), sorted(group.all)

    assert list(differing(groups, taken)) == []


@pytest.mark.parametrize("suffix", ["json", "csl.json"])
def test_in_what_programs_download(groups: list[Group], suffix: str) -> None:
    def taken(group: Group) -> tuple[object, object]:
        return sorted(row["id"] for row in json.loads(group.text(suffix))), sorted(group.all)

    assert list(differing(groups, taken)) == []


def test_in_the_feeds(groups: list[Group]) -> None:
    facets = json.loads(site()["api/v1/facets.json"])["facets"]
    names = {
        (f["id"], t["id"]): f"{f['label']}: {t['label']} · " for f in facets for t in f["terms"]
    }

    def told(group: Group) -> tuple[object, object]:
        text = group.text("xml")
        ids = set(re.findall(r"<id>\S+/studies/([^/<]+)/?[^<]*</id>", text))
        title = (re.findall("<title>([^<]*)</title>", text) or [""])[0].replace("&amp;", "&")
        right = title.startswith(names[group.facet, group.term]) and ids <= group.all
        return (right, text.count("<entry>"), len(ids)), (True, *[min(FEED, len(group.all))] * 2)

    assert list(differing(groups, told)) == []


def test_in_the_figures(groups: list[Group]) -> None:
    def drawn(group: Group) -> tuple[object, object]:
        own = site().get(f"figures/{group.facet}-{group.term}-per-year.csv")
        summed = sum(int(row["studies"]) for row in sheet(own)) if own else 0
        return summed, len(group.included) if own else 0

    assert list(differing(groups, drawn)) == []
    facets = json.loads(site()["api/v1/facets.json"])["facets"]
    included = {(f["id"], t["label"]): t["counted"] for f in facets for t in f["terms"]}
    checked = 0
    for facet in FACETS:
        lines = sheet(site()[f"figures/{facet}-shares.csv"])
        last = Counter[str]()
        for row in lines:
            last[row["series"]] += int(row["studies"])
        assert last == {label: included[facet, label] for label in last}, facet
        checked += len(last)
    assert checked > 40
