"""The file of the explorer says of every study what the tables say, in as little as it can."""

from __future__ import annotations

import gzip
import html
import json
import re
from itertools import accumulate
from pathlib import Path
from typing import Any
from urllib.parse import parse_qs

import pytest

from gen.corpus.corpus import Corpus
from gen.corpus.load import load
from gen.corpus.tables import FACETS
from gen.explore.definition import PIECE, words
from gen.explore.studies import explorer_files
from tests import invented, real
from tests.build import page, sound
from tests.explore.cloned import cloned

MAX_BYTES = 650_000  # gzip, of 10,000 studies


def written(corpus: Corpus) -> dict[str, Any]:
    return {path: json.loads(text) for path, text in explorer_files(corpus)}


@pytest.fixture(scope="module")
def corpus(tmp_path_factory: pytest.TempPathFactory) -> Corpus:
    data = invented.write(tmp_path_factory.mktemp("explore") / "data")
    invented.change(data, "studies", 2, weights_licence="CC-BY-NC-4.0")
    invented.change(data, "studies", 7, status="retracted", status_url="https://example.org/n")
    return load(data)


class Rows:
    """The written file, read again: what a row holds of a field, as ids or as a value."""

    def __init__(self, made: dict[str, Any]) -> None:
        main = made["explore/studies.json"]
        self.fields = {field["id"]: field for field in main["fields"]}
        self.columns: dict[str, Any] = {}
        self.words: dict[str, Any] = {}
        for path, part in made.items():
            if "columns" in part:
                self.columns |= part["columns"]
                self.words |= part["vocabularies"]
            elif "-rows/" in path:
                for id_, values in part.items():
                    self.columns.setdefault(id_, []).extend(values)

    def of(self, field: str) -> dict[str, Any]:
        """Study id -> the value."""
        column = self.columns[field]
        if self.fields[field]["kind"] == "terms":
            terms = self.words[self.fields[field]["vocabulary"]]
            held = [value if isinstance(value, list) else [value] for value in column]
            column = [[terms[place][0] for place in places] for places in held]
        return dict(zip(self.columns["id"], column, strict=True))


@pytest.fixture(scope="module")
def rows(corpus: Corpus) -> Rows:
    return Rows(written(corpus))


def test_studies_stand_newest_first(rows: Rows) -> None:
    dates = rows.columns["date"]
    assert dates == sorted(dates, reverse=True)
    assert len(dates) == 6


@pytest.mark.parametrize(
    ("field", "alphaseg", "gamma"),
    [
        ("modalities", ["mri", "ct"], []),
        ("weights", ["open"], []),
        ("licence", ["CC-BY-NC-4.0"], []),
        ("commercial", ["no"], []),
        ("code", ["yes"], []),
        ("elsewhere", ["yes"], ["yes"]),
        ("published", ["no"], ["no"]),
        ("year", 2023, 2024),
        ("train_size", 15000, None),
        ("parameters", 86.4, None),
        ("train", ["made-up-ct", "made-up-mri"], []),
        ("eval", ["made-up-eyes"], ["made-up-eyes", "made-up-ct"]),
        ("roots", ["stemnet"], []),
        ("author", ["alt-anna", "berg-bo"], ["alt-anna", "berg-bo"]),
        ("frame", ["included"], ["included"]),
        ("cited_as", "preprint", "preprint"),
        ("arxiv", "2305.00001", ""),
        ("weights_at", "https://example.org/alphaseg/weights", ""),
    ],
)
def test_a_field_says_what_the_table_says(
    rows: Rows, field: str, alphaseg: object, gamma: object
) -> None:
    found = rows.of(field)
    assert (found["alphaseg"], found["gamma-test"]) == (alphaseg, gamma)


def test_a_row_without_a_licence_says_why(rows: Rows) -> None:
    licence = rows.of("licence")
    assert licence["betaread"] == ["none"], "no weights are offered"
    labels = dict(rows.words["licence"])
    assert (labels["none"], labels["not-coded"]) == ("weights not offered", "not stated")
    assert set(rows.fields["licence"]["silent"]) == {"none", "not-coded", "not-reported", "n/a"}


def test_a_licence_is_missed_where_weights_are_spoken_of_alone(tmp_path: Path) -> None:
    licence = Rows(written(load(invented.write(tmp_path / "data")))).of("licence")
    assert licence["alphaseg"] == ["not-coded"]
    assert licence["gamma-test"] == []


def test_a_retracted_study_is_in_no_frame_and_others_are_in_that_of_the_shares(
    rows: Rows, corpus: Corpus
) -> None:
    included = {id_ for id_, frame in rows.of("frame").items() if frame == ["included"]}
    assert included == {study.id for study in corpus.counted}
    assert rows.of("frame")["zeta"] == []


def test_terms_bring_their_other_names_and_licences_what_they_allow(rows: Rows) -> None:
    weights = {id_: names for id_, *names in rows.words["weights_access"]}
    assert "open weights" in weights["open"]
    licences = dict(rows.words["licence"])
    assert licences["CC-BY-NC-4.0"] == "CC BY-NC 4.0: commercial use not allowed"


def test_what_the_reader_sees_first_holds_no_long_texts(corpus: Corpus) -> None:
    main = written(corpus)["explore/studies.json"]
    assert {"summary", "title", "families", "author"} & main["columns"].keys() == set()
    assert {f["id"] for f in main["fields"] if f["kind"] == "text" and not f.get("part")} == {
        "id",
        "name",
        "date",
    }


def test_every_column_of_a_part_is_a_field_of_it(corpus: Corpus) -> None:
    made = written(corpus)
    fields = made["explore/studies.json"]["fields"]
    for path, part in made.items():
        name = path.removeprefix("explore/studies").removesuffix(".json").removeprefix("-")
        if name.startswith("words/"):
            continue
        here = [f for f in fields if f.get("part", "") == name.partition("/")[0]]
        own = {f["id"] for f in here if not f.get("union") and not f.get("itself")}
        assert own == part.get("columns", part).keys(), path


def test_rows_come_in_pieces_that_together_hold_them_all(corpus: Corpus) -> None:
    many = cloned(corpus, 2 * PIECE + 1)
    made = written(many)
    pieces = [made[f"explore/studies-rows/{at}.json"] for at in range(3)]
    assert [len(piece["title"]) for piece in pieces] == [PIECE, PIECE, 1]
    titles = [title for piece in pieces for title in piece["title"]]
    assert titles == [study.title for study in reversed(many.studies)]


def test_words_that_are_searched_lead_to_their_rows(rows: Rows, corpus: Corpus) -> None:
    made = written(corpus)
    ids = rows.columns["id"]

    def found(word: str, initial: str) -> set[str]:
        steps = made[f"explore/studies-words/{initial}.json"].get(word, [])
        return {ids[row] for row in accumulate(steps)}

    assert made["explore/studies.json"]["initials"] == "".join(
        sorted(path[-6] for path in made if "-words/" in path)
    )
    assert found("berg", "b") == {s.id for s in corpus.studies if "Berg" in str(s.authors)}
    assert found("segment", "s") == {s.id for s in corpus.studies if "segment" in s.title.lower()}
    assert found("2305", "0") == {s.id for s in corpus.studies if "2305" in (s.arxiv or "")}


def test_words_are_folded_and_hyphenated_ones_stand_in_one_piece_too() -> None:
    found = words([["Pérez", "Ōkami X-rays"], ["x-ray", ""]])
    assert found == {
        "o": {"okami": [1]},
        "p": {"perez": [0]},
        "r": {"ray": [0], "rays": [1]},
        "x": {"x": [0, 1], "xray": [0], "xrays": [1]},
    }


def test_the_page_names_files_that_are_there() -> None:
    assert 'data-explore="../explore/studies.json"' in page("studies/index.md").html
    assert "explore/studies.json" in sound()


@pytest.mark.corpus
def test_counts_are_those_of_the_pages_of_terms() -> None:
    found = Rows({path: json.loads(text) for path, text in explorer(real.files()).items()})
    pages = real.pages()
    checked = 0
    for facet in FACETS:
        held = found.of(facet)
        for id_, *_ in found.words[facet]:
            n = sum(id_ in ids for ids in held.values())
            text = pages[f"{facet}/{id_}.md"]
            told = "No study yet." if not n else f"<strong>{n} {'study' if n == 1 else 'studies'}<"
            assert told in text, (facet, id_, n)
            checked += 1
    assert checked > 140


@pytest.mark.corpus
def test_a_number_that_leads_here_is_that_of_the_studies_that_it_leads_to() -> None:
    found = Rows({path: json.loads(text) for path, text in explorer(real.files()).items()})
    link = re.compile(r'href="[./]*/studies/\?([^"]*)"[^>]*>([^<]*)</a>')
    held = {field: found.of(field) for field in (*FACETS, "frame")}
    checked = 0
    for path, text in real.pages().items():
        for query, shown in link.findall(text):
            asked = parse_qs(html.unescape(query))
            assert asked.keys() <= {*found.fields, "all"}, (path, query)
            if shown.isdecimal():
                sets = [{s for s, ids in held[f].items() if v in ids} for f, (v,) in asked.items()]
                assert len(set.intersection(*sets)) == int(shown), (path, query)
                checked += 1
    assert checked > 300


def explorer(made: Any) -> dict[str, str]:  # noqa: ANN401 - the files of a site
    return {path: text for path, text in made if path.startswith("explore/studies")}


@pytest.mark.corpus
def test_ten_thousand_studies_are_small_enough_to_load() -> None:
    """What filters, the first fifty rows, and a search for two words in the largest files."""
    bytes_of = {
        path: len(gzip.compress(text.encode()))
        for path, text in explorer_files(cloned(real.corpus(), 10_000))
    }
    rows = [bytes_of[f"explore/studies-rows/{at}.json"] for at in range(50 // PIECE)]
    searched = sorted(size for path, size in bytes_of.items() if "-words/" in path)[-2:]
    assert sum((bytes_of["explore/studies.json"], *rows, *searched)) < MAX_BYTES
