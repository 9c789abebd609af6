"""A mark of a chart leads to the studies that it stands for, from every page, and from no file."""

from __future__ import annotations

import json
import re
from typing import Any
from urllib.parse import parse_qsl

import pytest

from gen.corpus.tables import FACETS
from tests import real
from tests.build import sound
from tests.real import files

LINK = re.compile(r'<a ([^>]*)xlink:href="([^"]*)"')


@pytest.mark.parametrize(
    ("page", "address"),
    [
        ("index.md", "./studies/?family=vision-only&amp;year=2024&amp;frame=included"),
        ("family/index.md", "../studies/?family=vision-only&amp;year=2024&amp;frame=included"),
        (
            "family/vision-only.md",
            "../../studies/?family=vision-only&amp;year=2024&amp;frame=included",
        ),
    ],
)
def test_a_mark_leads_to_its_studies_and_is_no_stop_of_the_tab_key(page: str, address: str) -> None:
    links = LINK.findall(str(sound()[page]))
    assert address in {found for _, found in links}
    assert {attributes for attributes, _ in links} == {'tabindex="-1" '}


@pytest.mark.corpus
def test_a_cell_of_a_gap_map_leads_to_its_studies_and_without_one_nowhere() -> None:
    made = dict(files())
    cells = json.loads(str(made["figures/trends-gaps-modalities-tasks.json"]))["datasets"]["table"]
    assert {bool(row["href"]) for row in cells if row["text"] == 0} == {False}
    links = {found for _, found in LINK.findall(str(made["trends/gaps.md"]))}
    assert {f"../..{row['href']}".replace("&", "&amp;") for row in cells if row["text"]} <= links


def test_a_file_holds_no_link() -> None:
    drawn = [
        str(t) for path, t in sound().items() if path.startswith("figures/") and path[-1] == "g"
    ]
    assert len(drawn) > 10
    assert not any("<a" in text or "href" in text for text in drawn)


@pytest.mark.corpus
def test_a_mark_leads_to_as_many_studies_as_it_shows() -> None:
    """A quarter leads to its year."""
    held: dict[str, dict[str, set[str]]] = {}
    for study in real.corpus().counted:
        values = {facet: study.terms(facet) for facet in FACETS}
        values |= {"year": (str(study.year),), "train": study.train_data, "eval": study.eval_data}
        for field, terms in values.items():
            for term in terms:
                held.setdefault(field, {}).setdefault(term, set()).add(study.id)

    def led(row: dict[str, Any]) -> int:
        asked = dict(parse_qsl(row["href"].partition("?")[2]))
        assert asked.pop("frame") == "included"
        return len(set.intersection(*(held[field][term] for field, term in asked.items())))

    checked = 0
    for path, text in files():
        if not path.startswith("figures/") or not path.endswith(".json"):
            continue
        rows = [
            r
            for r in json.loads(str(text))["datasets"]["table"]
            if r.get("href", "").startswith("/")
        ]
        for row in rows:
            shown = row["text"] if "text" in row else row["studies"]
            if "quarter" in row:
                assert led(row) >= shown, (path, row)
            else:
                assert led(row) == shown, (path, row)
            checked += 1
    assert checked > 1000
