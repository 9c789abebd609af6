"""The pages that one study is on, made from its row as it stands: what `make preview` shows.

A site of a few pages takes seconds where the whole takes a minute. What is wrong with the tables is
shown in place of the pages, so that it can be mended with the browser open.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from difflib import get_close_matches
from pathlib import Path

from gen.corpus.cells import SLUG
from gen.corpus.corpus import Corpus
from gen.corpus.load import load
from gen.corpus.tables import FACETS
from gen.figures import draw
from gen.pages import finish
from gen.pages.categories import term_pages
from gen.pages.downloads import figure_files
from gen.pages.home import home
from gen.pages.studies import study_pages
from gen.pages.view import File, View
from gen.permalinks.addresses import relative
from gen.problems import DataError, Problem
from gen.text.render import render
from gen.trends import combinations
from gen.trends.base import Context
from gen.trends.categories import of_facet


def preview(data: Path, id_: str, before: Iterable[str]) -> Iterator[File]:
    """Home, the study's page and those of its terms, or what is wrong instead.

    `before` are the pages that were shown last: a reader may be on any of them.
    """
    with finish.gc_paused():
        try:
            yield from list(preview_files(load(data), id_))
        except DataError as error:
            own = [f"studies/{id_}.md"] if SLUG.fullmatch(id_) else []
            for path in sorted({"index.md", *own, *before}):
                yield path, render("pages/problems.md.jinja", path, {"id": id_, "error": error})


def preview_files(corpus: Corpus, id_: str) -> Iterator[File]:
    study = next((study for study in corpus.studies if study.id == id_), None)
    if study is None:
        raise DataError([unknown(corpus, id_)], len(corpus.studies))
    view = View.of(corpus)
    context = Context(corpus, view.incomplete_year)
    files = [("index.md", home(view)), *study_pages(view, {id_})]
    maps = combinations.maps(view.df, context)
    for facet in FACETS:
        terms = study.terms(facet)
        # Not from the cache of the trends, which would keep the state after every save.
        categories = of_facet(view.df, facet, terms, context, maps) if terms else {}
        files += term_pages(view, facet, categories, terms)
    svgs = {each.figure.slug: each.svg for each in view.drawn}
    pages = {path: str(text) for path, text in files if path.endswith(".md")}
    pages, formats = finish.with_citations(pages, view)
    # Most of what they link to is not there.
    pages = {path: relative(path, text)[0] for path, text in pages.items()}
    yield from finish.with_drawings(pages, svgs)
    yield from (file for file in files if file[0] not in pages)
    yield from formats
    for each in view.drawn:
        yield from figure_files(each, svgs[each.figure.slug])
    yield "assets/vega.js", draw.bundle()


def unknown(corpus: Corpus, id_: str) -> Problem:
    near = get_close_matches(id_, [study.id for study in corpus.studies], n=5)
    hint = f"; near are {', '.join(near)}" if near else ""
    return Problem(
        file=f"{corpus.folder}/studies.csv",
        column="id",
        value=id_,
        message=f"is the id of no study{hint}",
    )
