"""What the index of an invented corpus holds."""

from __future__ import annotations

import gzip
import json
from typing import Any

import pytest

from gen.analysis.links import Links
from gen.corpus.corpus import Corpus
from gen.export.tables import as_json
from gen.search.index import index_files
from gen.search.prose import sections
from tests import real
from tests.build import sound
from tests.explore.cloned import cloned


def blocks(kind: str) -> list[dict[str, Any]]:
    """The blocks of a kind, as lists of rows."""
    index = json.loads(sound()["search/index.json"])
    found = []
    for block in index["kinds"]:
        if block["kind"] == kind:
            columns = {name: values for name, values in block.items() if isinstance(values, list)}
            found += [
                dict(zip(columns, row, strict=True)) for row in zip(*columns.values(), strict=True)
            ]
    return found


def pages(folder: str) -> set[str]:
    return {
        path.split("/")[1].removesuffix(".md")
        for path in sound()
        if path.startswith(f"{folder}/") and path.endswith(".md") and path.count("/") == 1
    } - {"index"}


def test_everything_with_a_page_of_its_own_is_found() -> None:
    for kind, folder in {
        "Study": "studies",
        "Base model": "foundations",
        "Data set": "datasets",
    }.items():
        assert {row["ids"] for row in blocks(kind)} == pages(folder), kind
    categories = {row["paths"] for row in blocks("Category")}
    assert {f"modalities/{id_}/" for id_ in pages("modalities")} | {"modalities/"} <= categories


def test_a_study_is_found_by_its_identifiers_authors_and_facts() -> None:
    index = json.loads(sound()["search/index.json"])
    row = next(row for row in blocks("Study") if row["ids"] == "alphaseg")
    assert row["names"] == "AlphaSeg"
    assert row["also"] == ["2305.00001"]
    texts = json.loads(sound()["search/studies.json"])
    place = [row["ids"] for row in blocks("Study")].index("alphaseg")
    assert texts["titles"][place] == "AlphaSeg, or “segment nothing”"
    assert texts["authors"][place] == "Anna Alt; Bo Berg"
    facts = index["facts"]
    found = {(facts["columns"][at], facts["ids"][at]) for at in row["facts"]}
    assert found == {
        ("family", "vision-only"),
        ("architecture", "vit-encoder"),
        ("training", "supervised"),
        ("training", "masked-modelling"),
        ("adaptation", "linear-probe"),
        ("modalities", "mri"),
        ("modalities", "ct"),
        ("domains", "neuro"),
        ("tasks", "segmentation"),
        ("challenges", "label-scarcity"),
        ("strategies", "scaling"),
        ("contribution", "foundation-model"),
        ("weights", "open"),
        ("code", "yes"),
        ("published", "no"),
        ("data_access", "public"),
        ("year", "2023-2023"),
    }


def test_what_leads_to_more_studies_weighs_more() -> None:
    weights = {row["ids"]: row["weights"] for row in blocks("Study")}
    assert weights["alphaseg"] > weights["betaread"] == 0


PAGE = """---
title: "Data: \\"what\\" is used"
description: Which data.
---

# Data {#top}

First words.

## Few *recur* {#sets}

Some [sets](/datasets/index.md) recur,
and <b>sets</b> recur.

<!--html-->
<table><tr><td>tabulated</td></tr></table>
<!--/html-->

#### Too deep {#deep}

Buried words.

## References {#references}

Someone et al.
"""


def test_a_page_of_text_is_found_as_a_whole_and_by_its_sections() -> None:
    whole, section = sections({"review/data.md": PAGE, "review/data/more.md": PAGE})
    assert (whole.kind, whole.name, whole.path, whole.about) == (
        "Chapter",
        'Data: "what" is used',
        "review/data/",
        "Which data.",
    )
    assert whole.words == "first words"
    assert (section.name, section.path, section.about) == (
        "Few recur",
        "review/data/#sets",
        'Data: "what" is used',
    )
    assert section.words == "some sets recur and too deep buried words"


def test_a_trend_tells_its_finding() -> None:
    text = PAGE.replace("First words.", '<p class="lsr-answer" id="answer">3 &gt; <b>2</b>.</p>')
    trend, _ = sections({"trends/data.md": text})
    assert (trend.kind, trend.about) == ("Trend", "3 > 2.")


def test_lists_are_found_by_their_title_and_excluded_pages_not_at_all() -> None:
    excluded = PAGE.replace("---\n\n", 'search: {"exclude": true}\n---\n\n', 1)
    assert list(sections({"about/records.md": excluded, "studies/x.md": PAGE})) == []
    (only,) = sections({"studies/index.md": PAGE})
    assert (only.kind, only.words, only.whole) == ("Page", "", True)


@pytest.mark.corpus
@pytest.mark.parametrize(
    ("size", "first", "both"), [(0, 200_000, 300_000), (10_000, 500_000, 1_300_000)]
)
def test_what_a_search_loads_is_small(size: int, first: int, both: int) -> None:
    corpus = cloned(real.corpus(), size) if size else real.corpus()
    sizes = bytes_of(corpus)
    assert sizes["search/index.json"] < first
    assert sum(sizes.values()) < both


def bytes_of(corpus: Corpus) -> dict[str, int]:
    """File -> bytes, zipped."""
    made = index_files(corpus, Links.of(corpus), real.pages())
    return {path: len(gzip.compress(as_json(values).encode(), 9)) for path, values in made}
