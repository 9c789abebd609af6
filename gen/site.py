"""The table of contents: yields every generated file of the site as (path under docs/, content).

Text is Markdown, CSV, BibTeX and the like; bytes are pictures. Nothing here writes to disk, so that
tests compare the site as a value and a change of site builder is a change of one other file.
"""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from gen.contribute import definition
from gen.corpus.corpus import Corpus
from gen.corpus.tables import FACETS
from gen.explore.datasets import data_set_files
from gen.explore.foundations import foundation_files
from gen.explore.studies import explorer_files
from gen.export.tables import as_json
from gen.figures import draw
from gen.pages import compare, finish, share
from gen.pages.authored import authored_pages
from gen.pages.authors import author_pages
from gen.pages.categories import facet_pages
from gen.pages.codebook import codebook
from gen.pages.data import data_files
from gen.pages.data_sets import data_set_pages
from gen.pages.downloads import figure_files
from gen.pages.feeds import study_feeds
from gen.pages.flow import flow_pages
from gen.pages.foundations import foundation_pages
from gen.pages.home import home
from gen.pages.start import start
from gen.pages.studies import study_pages
from gen.pages.trends import sentences, trend_pages
from gen.pages.versions import version_pages
from gen.pages.view import File, View
from gen.permalinks.redirects import Address
from gen.search.index import index_files
from gen.trends import compute
from gen.trends.base import Context


def site(corpus: Corpus, docs: Path) -> Iterator[File]:
    """Yield every generated file. `docs` holds the pages that people write."""
    view = View.of(corpus)
    with finish.gc_paused():
        context = corrected(view)
        files = list(index_pages(view, context))
        with draw.drawing() as beside:
            beside.svgs(drawn.spec for drawn in view.drawn)
            files += remaining_pages(view, docs, context)
            beside.svgs(drawn.spec for drawn in view.drawn)
            resolved = finish.resolved(files, corpus, docs)
            pages, formats = finish.with_citations(resolved.pages, view)
            beside.wait()
            svgs = {drawn.figure.slug: drawn.svg for drawn in view.drawn}
            cards = share.cards(pages, view, svgs)
            beside.pngs(card.drawing for card in cards.values())
        pages, images = share.with_images(pages, cards)
        others = [(path, content) for path, content in files if path not in pages]
        others += [*formats, *images, ("assets/vega.js", draw.bundle())]
        for drawn in view.drawn:
            others += figure_files(drawn, svgs[drawn.figure.slug])
        searched = index_files(corpus, view.links, pages)
        others += [(path, as_json(values)) for path, values in searched]
        pages = finish.linked(pages, [path for path, _ in others], docs)
    yield from finish.with_drawings(pages, svgs)
    yield from others
    yield "redirects.json", as_json(resolved.redirects)


def unrecorded(corpus: Corpus, docs: Path) -> list[Address]:
    """What the site publishes and permalinks.csv does not name yet; raises as a build would."""
    view = View.of(corpus)
    with finish.gc_paused():
        context = corrected(view)
        files = [*index_pages(view, context), *remaining_pages(view, docs, context)]
        return finish.resolved(files, corpus, docs).unrecorded


def corrected(view: View) -> Context:
    return compute.corrected(view.df, Context(view.corpus, view.incomplete_year))


def index_pages(view: View, context: Context) -> Iterator[File]:
    """Home, and the pages of categories and data sets, which hold most figures."""
    yield "index.md", home(view)
    categories = compute.categories(view.df, context)
    for facet in FACETS:
        yield from facet_pages(view, facet, categories[facet])
    yield from data_set_pages(view)


def remaining_pages(view: View, docs: Path, context: Context) -> Iterator[File]:
    """All others, and the tables; what people wrote shows figures of the pages before it."""
    answers = compute.answers(view.df, context)
    robust = compute.robust(context, answers)
    yield from trend_pages(view, answers, robust, context)
    yield from authored_pages(view, docs, sentences(answers, robust))
    yield "start.md", start(view)
    yield compare.PATH, compare.compare(view)
    yield "reading-list.md", view.page("pages/reading-list.md.jinja", "reading-list.md")
    yield from study_pages(view)
    yield from study_feeds(view)
    yield from author_pages(view)
    yield from foundation_pages(view)
    yield "about/codebook.md", codebook(view)
    yield from version_pages(view)
    yield "about/sources.md", view.page("pages/sources.md.jinja", "about/sources.md")
    yield from flow_pages(view)
    left = definition.left()
    yield "contribute/add.md", view.page("pages/add.md.jinja", "contribute/add.md", left=left)
    yield from definition.form_files(view.corpus)
    yield "search.md", view.page("pages/search.md.jinja", "search.md")
    yield from explorer_files(view.corpus)
    yield from data_set_files(view.corpus, view.links)
    yield from foundation_files(view.corpus, view.links)
    yield from data_files(view)  # last: it lists the figures of all the others
