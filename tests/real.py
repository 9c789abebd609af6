"""The real corpus and its site as a value, each made once for all the tests that read them."""

from __future__ import annotations

import functools
from pathlib import Path
from unittest.mock import patch

from gen import draw
from gen.load import load
from gen.model import Corpus
from gen.site import Drawn, File, View, site

ROOT = Path(__file__).resolve().parent.parent
DOCS = ROOT / "docs"


@functools.cache
def corpus() -> Corpus:
    return load(ROOT / "data")


@functools.cache
def _made() -> tuple[tuple[File, ...], list[Drawn]]:
    view = View.of(corpus())
    # Tests of the cache have their own; this one keeps a run from drawing it all again.
    cache = patch.object(draw, "CACHE", ROOT / ".cache/figures")
    with cache, patch.object(View, "of", lambda _: view):
        return tuple(site(corpus(), DOCS)), view.drawn


def files() -> tuple[File, ...]:
    """Every file in the order in which it was generated."""
    return _made()[0]


@functools.cache
def pages() -> dict[str, str]:
    """Every Markdown page by its path."""
    return {path: str(text) for path, text in files() if path.endswith(".md")}


def drawn() -> list[Drawn]:
    """Every figure that a page shows."""
    return _made()[1]
