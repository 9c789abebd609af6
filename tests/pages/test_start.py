"""The page that says with which studies to start, and its block on the pages of terms."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from tests import invented, markup, real
from tests.build import generated, page, sound


def test_each_term_has_a_section_with_its_picks_and_why_they_are_there() -> None:
    part = page("start.md").part("modalities-ct")
    assert part.links["AlphaSeg"] == "/studies/alphaseg/"
    assert "Open weights, code, tested on other data, 2023".lower() in part.text.lower()
    assert 'href="../studies/?modalities=ct">All 1 in the explorer' in str(sound()["start.md"])


def test_a_list_of_terms_leads_to_every_section() -> None:
    start = page("start.md")
    for label, anchor in (("CT", "modalities-ct"), ("Fundus photography", "modalities-fundus")):
        assert start.links[label].endswith(f"#{anchor}")
        assert f"{{#{anchor}}}" in str(sound()["start.md"])


@pytest.mark.slow
def test_the_rule_is_stated_with_the_numbers_that_hold(tmp_path: Path) -> None:
    data = invented.write(tmp_path / "data")
    invented.replace(data / "picks.toml", "gated = 3", "gated = 3.5")
    invented.replace(data / "picks.toml", "most = 2", "most = 7")
    part = markup.read(generated(data), "start.md").part("rule")
    assert "Weights: open 6, gated 3.5." in part.text
    assert "The 7 with the most points" in part.text
    assert "Not a judgement of quality" in part.text


def test_the_page_of_a_term_shows_the_same_picks() -> None:
    html = str(sound()["modalities/ct.md"])
    (block,) = markup.named(page("modalities/ct.md").html, "aside", class_="lsr-start")
    assert block.text.strip().startswith("Start here")
    assert "AlphaSeg" in block.text
    assert html.index("lsr-start") < html.index("{#studies")
    assert "lsr-start" not in str(sound()["tasks/segmentation.md"])
    assert "lsr-start" not in str(sound()["modalities/oct.md"])


@pytest.mark.corpus
def test_the_picks_of_a_term_can_be_compared() -> None:
    """The invented corpus has no term with two."""
    html = markup.html(real.pages()["modalities/ct.md"])
    block = html[html.index('class="lsr-start"') : html.index("</aside>")]
    picks = re.findall(r'<li><a href="[^"]*/studies/([^/"]+)/"', block)
    assert len(picks) > 1
    assert f'/compare/?ids={",".join(picks)}">compare these {len(picks)}<' in block
