"""Drawings as readers see them: no word is cut, covered, small or pale; few sheets on paper."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page

from gen.corpus.tables import FACETS
from gen.trends.questions import QUESTIONS

FAULTS = Path(__file__).with_name("figures.js").read_text(encoding="utf-8")
PRINTED = Path(__file__).with_name("paper.js").read_text(encoding="utf-8")
TRENDS = [f"trends/{question.slug}/" for question in QUESTIONS]
# Of all other figures, which are of three kinds, those of the longest words.
OTHERS = ["", "trends/", *(f"{facet}/" for facet in FACETS), "modalities/ct/", "datasets/vqa-rad/"]
WIDTHS = (360, 768, 1440)
SCHEMES = ("default", "slate")
MOST_SHEETS = 4
ON_PAPER = 688  # px between the margins of A4

BROKEN = """<style>
.lsr-figure { background: #fff }
.lsr-figure__plot { width: 200px }
svg { display: block; overflow: visible; font: 12px sans-serif }
</style>
<figure class="lsr-figure" id="fig"><div class="lsr-figure__plot">
<svg viewBox="0 0 200 100" width="200">
<g class="mark-rect role-mark"><path d="M100,0h50v50h-50z" fill="#0b655b"/></g>
<g class="mark-rule role-mark"><line x2="200" stroke="#000" stroke-opacity="0.2"/></g>
<g class="mark-rect role-mark"><path d="M60,90h5v5h-5z" fill="#ccc"/>
<path d="M70,90h5v5h-5z" fill="#ccc" stroke="#666"/></g>
<text x="190" y="20">cut words</text>
<text x="0" y="50">one</text><text x="5" y="52">two</text>
<text x="0" y="80" font-size="6">small</text>
<text x="0" y="98" fill="#999">pale</text>
<text x="110" y="30">dark</text><text x="110" y="80">good</text>
<text transform="translate(170,98) rotate(-90)">up</text>
<text transform="translate(176,98) rotate(-90)">right</text>
</svg></div></figure>"""


@pytest.fixture
def page(browser: Browser) -> Iterator[Page]:
    """Without the scripts of pages, which add nothing to a drawing."""
    tab = browser.new_page()
    tab.route(re.compile(r"\.js$"), lambda route: route.abort())
    yield tab
    tab.close()


def test_each_fault_is_seen(page: Page) -> None:
    page.set_content(BROKEN)
    assert page.evaluate(FAULTS) == [
        ["fig", "cut", "cut words"],
        ["fig", "one on the other", "one | two"],
        ["fig", "small", "small"],
        ["fig", "pale", "pale"],
        ["fig", "pale", "dark"],
        ["fig", "one on the other", "up | right"],
        ["fig", "pale mark", "mark-rule role-mark"],
        ["fig", "pale mark", "mark-rect role-mark"],
    ]


@pytest.mark.parametrize("path", [*TRENDS, *OTHERS])
def test_every_word_of_a_drawing_can_be_read(page: Page, served: str, path: str) -> None:
    page.goto(f"{served}/{path}", wait_until="domcontentloaded")
    assert page.locator(":is(.lsr-figure__plot, .lsr-small) svg").count()
    found = []
    for width in WIDTHS:
        page.set_viewport_size({"width": width, "height": 900})
        for scheme in SCHEMES:
            page.evaluate("scheme => (document.body.dataset.mdColorScheme = scheme)", scheme)
            found += [[width, scheme, *fault] for fault in page.evaluate(FAULTS)]
    assert found[:20] == []


@pytest.mark.parametrize("path", [*TRENDS, "trends/", "trends/sensitivity/"])
def test_a_trend_page_can_be_read_on_four_sheets(browser: Browser, served: str, path: str) -> None:
    """With scripts, which show switches and make buttons."""
    page = browser.new_page(viewport={"width": ON_PAPER, "height": 900})
    page.goto(f"{served}/{path}", wait_until="networkidle")
    sheets = len(re.findall(rb"/Type\s*/Page\b", page.pdf(format="A4")))
    assert 0 < sheets <= MOST_SHEETS
    page.emulate_media(media="print")
    assert page.evaluate(PRINTED)[:20] == []
    assert str(page.locator(".lsr-from").text_content()).endswith(f"/{path}")
    page.close()


def test_a_mark_says_its_numbers_to_a_pointer(page: Page, served: str) -> None:
    page.goto(f"{served}/trends/methods/")
    point = page.locator("#fig-training-shares .mark-symbol.role-mark path").first
    said = str(point.locator("title").text_content()).splitlines()
    assert [line.partition(": ")[0] for line in said][:2] == ["year", "value"]
    assert re.search(r"value: \d+%", "\n".join(said))
