"""What all pages get once they are written: places for old links, citations, links, drawings."""

from __future__ import annotations

import gc
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from functools import partial
from pathlib import Path

from gen.citations import pages as citations
from gen.corpus.corpus import Corpus
from gen.figures.draw import below
from gen.pages.view import File, View
from gen.permalinks import anchors
from gen.permalinks import resolve as permalinks
from gen.permalinks.addresses import Addresses, relative, root
from gen.problems import PageError
from gen.text import placeholder


@contextmanager
def gc_paused() -> Iterator[None]:
    """Look for no garbage: what is made is kept, and looking would be a third of the time."""
    collecting = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if collecting:
            gc.enable()


def resolved(files: Sequence[File], corpus: Corpus, docs: Path) -> permalinks.Resolved:
    """The pages, once each can be linked at and every link to what was published finds its place.

    Drawings come later: the ids within them are no addresses.
    """
    pages = {path: str(text) for path, text in files if path.endswith(".md")}
    if problems := list(anchors.problems(pages, docs)):
        raise PageError(problems)
    return permalinks.resolve(pages, corpus)


def with_citations(pages: Mapping[str, str], view: View) -> tuple[dict[str, str], list[File]]:
    """The pages with the citations of each, and the file beside each that has them as data."""
    figures = {drawn.figure.slug: drawn.figure for drawn in view.drawn}
    cited: dict[str, str] = {}
    files: list[File] = []
    for path, content in pages.items():
        page = citations.Page(view.corpus.review, view.corpus.release, path)
        cited[path], formats = citations.cite_page(content, page, figures)
        files.append((page.formats, formats))
    return cited, files


def linked(pages: Mapping[str, str], files: Sequence[str], docs: Path) -> dict[str, str]:
    """The pages, their addresses as browsers read them; raises where one leads nowhere."""
    assets = [path.relative_to(docs).as_posix() for path in docs.rglob("*") if path.is_file()]
    addresses = Addresses.of(pages, [*files, *assets])
    made = {path: relative(path, text) for path, text in pages.items()}
    if problems := [
        p for path, (_, places) in made.items() for p in addresses.problems(path, places)
    ]:
        raise PageError(problems)
    return {path: text for path, (text, _) in made.items()}


def with_drawings(pages: Mapping[str, str], svgs: Mapping[str, str]) -> Iterator[File]:
    """The pages with the drawing of each figure (slug -> SVG) in its place."""
    for path, text in pages.items():
        yield path, placeholder.fill("figure", text, partial(drawing, svgs, root(path)))


def drawing(svgs: Mapping[str, str], site: str, slug: str) -> str:
    return below(svgs[slug], site)
