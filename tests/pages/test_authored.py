"""The pages that people write: chapters and what they say of the review and its method."""

from __future__ import annotations

import re

import pytest

from gen.chapters.expressions import Expressions
from gen.corpus.load import load
from gen.pages.view import View
from gen.site import site
from gen.text.render import prose
from tests import invented, markup
from tests.build import docs, page
from tests.real import DOCS, corpus, pages

# The items of PRISMA 2020 (doi:10.1136/bmj.n71).
PARTS = {10: "ab", 13: "abcdef", 16: "ab", 20: "abcd", 23: "abcd", 24: "abc"}
PRISMA = [f"{item}{part}" for item in range(1, 28) for part in PARTS.get(item, [""])]


def rendered(name: str) -> str:
    text = (DOCS / "about" / name).read_text(encoding="utf-8")
    view = View.of(corpus())
    said = Expressions(view.corpus, view.links).all
    named = dict.fromkeys(("cite", "answer", "reading", "figure"), lambda key: f"({key})")
    values = {**view.common, **said, **named}
    return prose(text, f"about/{name}", name, values)


def rows(text: str) -> list[list[str]]:
    """The cells of every line of every Markdown table, heads and rules left out."""
    lines = [line for line in text.split("\n") if line.startswith("| ")]
    cells = [re.split(r"(?<!\\)\|", line.strip("| ")) for line in lines]
    return [[c.strip() for c in row] for row in cells if row[0].strip() not in {"Item", "---"}]


@pytest.mark.corpus
def test_every_item_is_answered_by_a_link_or_a_reason() -> None:
    items = rows(rendered("checklists.md"))
    assert [item for item, _, _ in items][: len(PRISMA)] == PRISMA
    new = [item for item, _, _ in items[len(PRISMA) :]]
    assert set(new[4:]) == {"L1", "new", "–"}
    for item, _, answer in items:
        assert re.search(r"\]\((/|https:)|\*\*Not done:\*\* (?!$)", answer), item
    # A pointer to another item points to one that was not done for a reason of its own.
    answers = {item: answer for item, _, answer in items}
    for answer in list(answers.values()):
        for other in re.findall(r"see item (\w+)", answer):
            assert re.match(r"\*\*Not done:\*\* (?!see item)", answers[other])


@pytest.mark.corpus
def test_every_example_is_a_record_and_they_show_every_outcome() -> None:
    source = (DOCS / "about/methods.md").read_text(encoding="utf-8")
    page = rendered("methods.md")
    examples = page[page.index("## Worked examples") : page.index("## Sources")]
    shown = [row for row in rows(examples) if row[0] != "Record"]
    assert len(shown) == len(re.findall(r"\{-? example\(", source))
    outcomes = " ".join(decision for _, decision, _ in shown)
    ways = ("Included, coded as", "Deferred, drawn, coded as", "waiting.md", "deferred.md")
    for outcome in (*ways, "records/excluded-", "records/coding-"):
        assert outcome in outcomes


@pytest.mark.corpus
def test_every_page_that_people_write_is_published_with_its_marks_filled_in() -> None:
    paths = sorted(file.relative_to(DOCS).as_posix() for file in DOCS.rglob("*.md"))
    assert len(paths) > 10
    left = {}
    for path in paths:
        page = markup.read(pages(), path)
        assert page.headings, path
        left[path] = re.findall(r"\{\{ |\{%|\[@|<!--(?:figure|cite|work)", page.text)
    assert {path: marks for path, marks in left.items() if marks} == {}


# A chapter of the invented review.

CHAPTER = """\
---
title: Eyes
description: A chapter.
---

# Eyes {#top}

## What there is {#what}

{{ count_studies() }} are coded, {{ share(family="vision-language") }} of them with text, most on
{{ most("eval_data", 1) }}. {{ answer("growth") }} It began early [@invention-2001; @alphaseg].

{{ figure("studies-per-quarter") }}

{{ figure("trends-growth-cumulative") }} {{ reading("trends-growth-cumulative") }}
"""


@pytest.fixture(scope="module")
def chapter(tmp_path_factory: pytest.TempPathFactory) -> markup.Reading:
    folder = tmp_path_factory.mktemp("chapter")
    written = docs(folder / "docs")
    (written / "review/eyes.md").write_text(CHAPTER, encoding="utf-8")
    return markup.read(dict(site(load(invented.write(folder / "data")), written)), "review/eyes.md")


def test_a_chapter_counts_as_it_is_read(chapter: markup.Reading) -> None:
    said = chapter.part("what").text
    assert "6 are coded, 17% of them with text, most on Made-up Eyes (2)." in said
    assert chapter.links["Made-up Eyes"] == "/datasets/made-up-eyes/"


def test_a_chapter_says_what_the_trend_says(chapter: markup.Reading) -> None:
    assert page("trends/growth.md").part("answer").text in chapter.text


def test_a_chapter_cites_and_lists_what_it_cites(chapter: markup.Reading) -> None:
    assert chapter.links["Alt and Berg 2023"] == "/studies/alphaseg/"
    assert chapter.links["von Erfinder et al. 2001"] == "#lsr-ref-invention-2001"
    listed = chapter.part("references")
    assert "Anna Alt, Bo Berg (2023). AlphaSeg, or “segment nothing”. arXiv." in listed.text
    assert "José von Erfinder, Mia Maker, T. Third (2001). Inventing & Making." in listed.text


def test_a_chapter_shows_figures_of_other_pages_under_ids_of_its_own(
    chapter: markup.Reading,
) -> None:
    shown = chapter.part("fig-studies-per-quarter")
    of_home = page("index.md").part("fig-studies-per-quarter")
    assert shown.rows() == of_home.rows()
    assert shown.links["CSV"] == "/figures/studies-per-quarter.csv"
    growth = chapter.part("fig-trends-growth-cumulative")
    assert "Of 2024, 4 records coded" in growth.text
    assert chapter.text.count("Of 2024, 4 records coded") >= 2


def test_a_chapter_can_be_cited_whole_and_by_section(chapter: markup.Reading) -> None:
    assert {"#cite-top", "#cite-what"} <= chapter.targets
    assert "The Inventors (2025). Eyes. In: Invented Models: a Living Review." in chapter.text
    assert "https://example.org/review/v/2025.01/review/eyes/" in chapter.targets
