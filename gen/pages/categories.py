"""The pages of each facet and of each of its terms."""

from __future__ import annotations

from collections.abc import Container, Iterator, Mapping

from gen.analysis import tables
from gen.analysis.links import most_common, tally
from gen.corpus.columns import columns
from gen.corpus.tables import FACETS, Study
from gen.export import tables as export
from gen.figures import by_category
from gen.pages.downloads import bibliographies
from gen.pages.feeds import FOLLOWED, corrected, of_term, term_feeds
from gen.pages.view import File, View
from gen.trends.categories import Category


def facet_pages(view: View, facet: str, categories: Mapping[str, Category]) -> Iterator[File]:
    links, df = view.links, view.df
    vocabulary = view.corpus.taxonomy[facet]
    coded = int((df[facet].map(len) > 0).sum())
    path = f"{facet}/index.md"
    yield (
        path,
        view.page(
            "pages/facet.md.jinja",
            path,
            vocabulary=vocabulary,
            facet=facet,
            coded=coded,
            total=len(df),
            many=any(column.many for column in columns(Study) if column.name == facet),
            terms=[
                (
                    id_,
                    term,
                    len(links.counted(links.studies(facet, id_))),
                    len(links.studies(facet, id_)),
                )
                for id_, term in vocabulary.terms.items()
            ],
            figure=view.figure(
                by_category.shares(
                    tables.term_per_year(df, facet), facet, vocabulary, view.incomplete_year
                )
            ),
        ),
    )
    yield from term_pages(view, facet, categories)


def term_pages(
    view: View,
    facet: str,
    categories: Mapping[str, Category],
    only: Container[str] | None = None,
) -> Iterator[File]:
    """A page for each term of a facet with its downloads; or just the pages of some, by id."""
    corpus, links, df = view.corpus, view.links, view.df
    vocabulary = corpus.taxonomy[facet]
    per_year = tables.term_per_year(df, facet)
    coded = int((df[facet].map(len) > 0).sum())
    order = list(vocabulary.terms)
    corrections = corrected(view) if facet in FOLLOWED and only is None else []
    tallies = {name: tally(corpus.counted, name) for name in FACETS}
    overall = tables.shares(
        {id_: len(links.counted(links.studies(facet, id_))) for id_ in order}, coded
    )
    for place, (id_, term) in enumerate(vocabulary.terms.items()):
        if only is not None and id_ not in only:
            continue
        studies = links.studies(facet, id_)
        counted = links.counted(studies)
        path = f"{facet}/{id_}.md"
        own = per_year[per_year["term"] == id_]
        yield (
            path,
            view.page(
                "pages/term.md.jinja",
                path,
                facet=facet,
                id=id_,
                term=term,
                vocabulary=vocabulary,
                studies=studies,
                counted=counted,
                total=len(corpus.counted),
                feeds=of_term(facet, id_) if studies else {},
                narrower=[other for other in order if vocabulary.terms[other].parent == id_],
                overall=overall[id_],
                figure=view.figure(
                    by_category.term_per_year(own, facet, vocabulary, id_, view.incomplete_year)
                ),
                together=[
                    (other, found)
                    for other in FACETS
                    if other != facet
                    and (found := most_common(counted, other, tallies[other], most=6))
                ],
                **categories[id_],
                before=order[place - 1] if place else "",
                after=order[place + 1] if place + 1 < len(order) else "",
            ),
        )
        if studies and only is None:
            stem = f"{facet}/{id_}"
            yield f"{stem}.csv", export.rows_csv(Study, studies)
            yield f"{stem}.json", export.rows_json(studies)
            yield from bibliographies(stem, studies)
            yield from term_feeds(view, facet, id_, studies, corrections)
