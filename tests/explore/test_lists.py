"""The lists of data sets and of models say what their tables and pages say."""

from __future__ import annotations

import gzip
import json
from typing import Any

import pytest

from tests import real
from tests.build import page, sound

MAX_BYTES = {"datasets": 60_000, "foundations": 30_000}  # gzip, of the real corpus


class Rows:
    """The written file of a list, read again."""

    def __init__(self, files: dict[str, Any], stem: str) -> None:
        self.text: str = files[f"explore/{stem}.json"]
        self.list = json.loads(self.text)
        self.fields = {field["id"]: field for field in self.list["fields"]}

    def of(self, field: str) -> dict[str, Any]:
        """Id of a row -> its value, or the ids of its terms."""
        column = self.list["columns"][field]
        if self.fields[field]["kind"] == "terms":
            terms = self.list["vocabularies"][self.fields[field]["vocabulary"]]
            held = [value if isinstance(value, list) else [value] for value in column]
            column = [[terms[place][0] for place in places] for places in held]
        return dict(zip(self.list["columns"]["id"], column, strict=True))


@pytest.mark.parametrize(
    ("stem", "field", "values"),
    [
        ("datasets", "studies", {"made-up-ct": 2, "made-up-eyes": 2, "made-up-mri": 1}),
        ("datasets", "training", {"made-up-ct": 1, "made-up-eyes": 0, "made-up-mri": 1}),
        ("datasets", "evaluation", {"made-up-ct": 1, "made-up-eyes": 2, "made-up-mri": 0}),
        (
            "datasets",
            "used",
            {
                "made-up-ct": ["training", "evaluation"],
                "made-up-eyes": ["evaluation"],
                "made-up-mri": ["training"],
            },
        ),
        ("datasets", "access", {"made-up-ct": [], "made-up-eyes": ["public"], "made-up-mri": []}),
        ("datasets", "size", {"made-up-ct": 900, "made-up-eyes": None, "made-up-mri": None}),
        ("foundations", "studies", {"alphaseg": 2, "stemnet": 1, "wordnet-x": 1}),
        ("foundations", "others", {"alphaseg": 0, "stemnet": 2, "wordnet-x": 0}),
        ("foundations", "unstated", {"alphaseg": 2, "stemnet": 1, "wordnet-x": 1}),
        ("foundations", "weights", {"alphaseg": 0, "stemnet": 0, "wordnet-x": 0}),
        ("foundations", "kind", {"alphaseg": [], "stemnet": ["vision"], "wordnet-x": ["language"]}),
        (
            "foundations",
            "place",
            {"alphaseg": ["studies"], "stemnet": ["foundations"], "wordnet-x": ["foundations"]},
        ),
    ],
)
def test_a_field_says_what_the_tables_say(stem: str, field: str, values: dict[str, Any]) -> None:
    assert Rows(sound(), stem).of(field) == values


def test_rows_stand_in_the_order_of_the_first_sort() -> None:
    for stem in MAX_BYTES:
        found = Rows(sound(), stem)
        assert found.list["sorts"][0][0] == "-studies"
        numbers = [*found.of("studies").values()]
        assert numbers == sorted(numbers, reverse=True)


def test_pages_lead_to_the_lists() -> None:
    assert {"/datasets/", "/foundations/"} <= page("index.md").part("finder").targets
    assert "/datasets/" in page("trends/data-sets.md").targets


@pytest.mark.corpus
def test_numbers_are_those_of_the_page_of_each_row() -> None:
    files = dict(real.files())
    sets, models = Rows(files, "datasets"), Rows(files, "foundations")
    for id_, n in sets.of("studies").items():
        trained, evaluated = sets.of("training")[id_], sets.of("evaluation")[id_]
        told = f"{n} {'study' if n == 1 else 'studies'}: {trained} for training, {evaluated} for"
        assert told in files[f"datasets/{id_}.md"], id_
    assert len(sets.of("studies")) > 900
    places = models.of("place")
    for id_, n in models.of("studies").items():
        if places[id_] == ["foundations"]:
            others = models.of("others")[id_]
            text = files[f"foundations/{id_}.md"]
            assert f"{n} {'study' if n == 1 else 'studies'} of the review build" in text, id_
            assert f"directly and {others} more through others" in text, id_


@pytest.mark.corpus
def test_no_way_holds_more_studies_than_build_on_a_model_at_all() -> None:
    models = Rows(dict(real.files()), "foundations")
    ways = [models.of(way) for way in ("weights", "method", "tests", "unstated")]
    for id_, n in models.of("studies").items():
        assert max(way[id_] for way in ways) <= n <= sum(way[id_] for way in ways), id_


@pytest.mark.corpus
@pytest.mark.parametrize("stem", MAX_BYTES)
def test_a_list_is_small_enough_to_load_at_once(stem: str) -> None:
    text = Rows(dict(real.files()), stem).text
    assert len(gzip.compress(text.encode())) < MAX_BYTES[stem]
