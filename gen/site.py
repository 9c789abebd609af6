"""The table of contents: yields every generated file of the site as (path under docs/, content).

Text is Markdown, CSV, BibTeX and the like; bytes are pictures. Nothing here writes to disk, so that
tests compare the site as a value and a change of site builder is a change of one other file.
"""

from __future__ import annotations

import gc
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from pathlib import Path

from gen.chapters import authored
from gen.citations import pages as cited
from gen.corpus.corpus import Corpus
from gen.corpus.tables import FACETS
from gen.export import tables as export
from gen.figures import draw
from gen.pages import flow as flow_pages
from gen.pages import trends as trend_pages
from gen.pages import versions as version_pages
from gen.pages.authored import page_context
from gen.pages.categories import facet_pages
from gen.pages.codebook import codebook
from gen.pages.data_sets import data_set_pages
from gen.pages.downloads import figure_files, table_files
from gen.pages.foundations import foundation_pages
from gen.pages.home import home
from gen.pages.studies import study_pages
from gen.pages.view import File, View, table_of
from gen.permalinks import anchors
from gen.permalinks import resolve as permalinks
from gen.permalinks.addresses import Addresses, relative
from gen.permalinks.redirects import Address
from gen.problems import PageError
from gen.text import placeholder
from gen.trends import compute
from gen.trends.base import Context


def site(corpus: Corpus, docs: Path) -> Iterator[File]:
    """Yield every generated file. `docs` holds the pages that people write."""
    view = View.of(corpus)
    with uncollected():
        made = list(catalogue(view))
        # The rest waits for the answers of the trends, which keep one core busy.
        with draw.drawing([drawn.figure.spec for drawn in view.drawn]):
            made += rest(view, docs)
        resolved = checked(made, corpus, docs)
        draw.draw_all([drawn.figure.spec for drawn in view.drawn])
        svgs = {drawn.figure.slug: drawn.svg for drawn in view.drawn}
        pages, formats = with_citations(resolved.pages, view)
        files = [(path, content) for path, content in made if path not in pages]
        files += [*formats, ("assets/vega.js", draw.bundle())]
        for drawn in view.drawn:
            files += figure_files(drawn.figure, svgs[drawn.figure.slug])
        pages = linked(pages, [path for path, _ in files], docs)
    for path, content in pages.items():
        yield path, placeholder.fill("figure", content, svgs.__getitem__)
    yield from files
    yield "redirects.json", export.as_json(resolved.redirects)


def unrecorded(corpus: Corpus, docs: Path) -> list[Address]:
    """What the site publishes and permalinks.csv does not name yet; raises as a build would."""
    with uncollected():
        return checked(list(written(View.of(corpus), docs)), corpus, docs).unrecorded


def checked(made: Sequence[File], corpus: Corpus, docs: Path) -> permalinks.Resolved:
    """The pages, once each can be linked at and every link to what was published finds its place.

    Drawings come later: the ids within them are no addresses.
    """
    pages = {path: str(text) for path, text in made if path.endswith(".md")}
    if problems := list(anchors.problems(pages, docs)):
        raise PageError(problems)
    return permalinks.resolve(pages, corpus)


@contextmanager
def uncollected() -> Iterator[None]:
    """Look for no garbage: what is made is kept, and looking would be a third of the time."""
    collecting = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if collecting:
            gc.enable()


def written(view: View, docs: Path) -> Iterator[File]:
    """Yield every file that is text; a figure has its place in a page but is not drawn yet."""
    yield from catalogue(view)
    yield from rest(view, docs)


def catalogue(view: View) -> Iterator[File]:
    """Home, and the pages of categories and data sets, which hold most figures."""
    context = Context(view.corpus, view.incomplete_year)
    yield "index.md", home(view)
    categories = compute.categories(view.df, context)
    for facet in FACETS:
        yield from facet_pages(view, facet, categories[facet])
    yield from data_set_pages(view)


def rest(view: View, docs: Path) -> Iterator[File]:
    corpus = view.corpus
    context = Context(corpus, view.incomplete_year)
    answers = compute.answers(view.df, context)
    yield from trend_pages.pages(
        answers, view.df, context, view.page, view.figure_or_absent, table_of
    )
    yield from authored.pages(docs, page_context(view, trend_pages.sentences(answers)))
    yield from study_pages(view)
    yield from foundation_pages(view)
    yield "about/codebook.md", codebook(view)
    yield from version_pages.pages(corpus, view.page)
    yield "about/sources.md", view.page("pages/sources.md.jinja", "about/sources.md")
    yield from flow_pages.pages(corpus, view.flow, view.page)
    yield from table_files(corpus)


def with_citations(pages: Mapping[str, str], view: View) -> tuple[dict[str, str], list[File]]:
    """The pages with the citations of each, and the file beside each that has them as data."""
    figures = {found.figure.slug: found.figure for found in view.drawn}
    found: dict[str, str] = {}
    files: list[File] = []
    for path, content in pages.items():
        page = cited.Page(view.corpus.review, view.corpus.release, path)
        found[path], formats = cited.cite_page(content, page, figures)
        files.append((page.formats, formats))
    return found, files


def linked(pages: Mapping[str, str], files: Sequence[str], docs: Path) -> dict[str, str]:
    """The pages, their addresses as browsers read them; raises where one leads nowhere."""
    assets = [path.relative_to(docs).as_posix() for path in docs.rglob("*") if path.is_file()]
    addresses = Addresses.of(pages, [*files, *assets])
    lost = [p for path, text in pages.items() for p in addresses.problems(path, text)]
    if lost:
        raise PageError(lost)
    return {path: relative(path, text) for path, text in pages.items()}
