"""The real corpus and its site as a value, each made once for all the tests that read them.

A test that reads them has the marker `corpus`: without it, both stop the test.
"""

from __future__ import annotations

import functools
import os
from pathlib import Path
from unittest.mock import patch

import pytest
from mkdocs.__main__ import cli

import gen
from gen import site
from gen.corpus.corpus import Corpus
from gen.corpus.load import load
from gen.figures import draw
from gen.pages.view import Drawn, File, View
from tests import shared

ROOT = Path(__file__).resolve().parent.parent
DOCS = ROOT / "docs"
DATA = ROOT / "data"
# The vocabularies and a rule, which the invented corpora share: no rows, so not what the marker is
# about.
TAXONOMY = DATA / "taxonomy.toml"
PICKS = DATA / "picks.toml"

Made = tuple[tuple[File, ...], list[Drawn]]
VALUE = "real"

marked = False  # whether the test that runs has the marker; set by conftest.py


def watch(event: str, arguments: tuple[object, ...]) -> None:
    """An audit hook: stop a test that opens a file of data/ without the marker."""
    if event == "open" and not marked and isinstance(arguments[0], str | os.PathLike):
        file = os.path.abspath(os.fspath(arguments[0]))  # noqa: PTH100 - for bytes too, and fast
        if str(file).startswith(f"{DATA}{os.sep}") and file not in {
            str(TAXONOMY),
            str(PICKS),
        }:
            _refuse()


def _refuse() -> None:
    if not marked:
        pytest.fail("reads the real corpus: mark the test with @pytest.mark.corpus")


@functools.cache
def _corpus() -> Corpus:
    return load(DATA)


@functools.cache
def _made() -> Made:
    return shared.value(VALUE, _site, lock="site")


def _site() -> Made:
    view = View.of(_corpus())
    # Tests of the cache have their own; this one keeps a run from drawing it all again.
    cache = patch.object(draw, "CACHE", ROOT / ".cache/figures")
    with cache, patch.object(View, "of", lambda _: view):
        return tuple(site.site(_corpus(), DOCS)), view.drawn


def build(folder: Path, value: Path) -> None:
    """Build the site as `make site` does, and keep what was generated for it as the value."""
    made = _site()
    shared.write(value, made)
    vars(gen)["CODE"] = _Same()
    with patch.object(site, "site", lambda *_: made[0]):
        cli(["build", "--strict", "--site-dir", str(folder)])


class _Same:
    """Like any state of the code: MkDocs' script is not to import anew what is patched here."""

    def __ne__(self, _: object) -> bool:
        return False


def corpus() -> Corpus:
    _refuse()
    return _corpus()


def files() -> tuple[File, ...]:
    """Every file in the order in which it was generated."""
    _refuse()
    return _made()[0]


@functools.cache
def _pages() -> dict[str, str]:
    return {path: str(text) for path, text in files() if path.endswith(".md")}


def pages() -> dict[str, str]:
    """Every Markdown page by its path."""
    _refuse()
    return _pages()


def drawn() -> list[Drawn]:
    """Every figure that a page shows."""
    _refuse()
    return _made()[1]
