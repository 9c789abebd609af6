"""The page of each data set, and the list of all."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from gen.analysis import tables
from gen.figures import by_category
from gen.pages.downloads import table_links
from gen.pages.facts import facts, not_coded
from gen.pages.view import File, View
from gen.text.format import counted

# What the facts table of a data set shows, in its order; its own page has a line of its own.
FACTS = ("modalities", "domains", "size", "year", "access")


def data_set_pages(view: View) -> Iterator[File]:
    corpus, links = view.corpus, view.links
    use = tables.data_use(view.df)
    by_set = {str(id_): own for id_, own in use.groupby("dataset")}
    results: dict[str, list[Any]] = {}
    for result in corpus.results:
        if result.dataset:
            results.setdefault(result.dataset, []).append(result)
    for dataset in corpus.datasets:
        trained = links.trained_on.get(dataset.id, [])
        evaluated = links.evaluated_on.get(dataset.id, [])
        naming = links.naming(dataset.id)
        figure = (
            by_category.data_set_per_year(
                by_set[dataset.id], dataset.id, dataset.name, view.incomplete_year
            )
            if dataset.id in by_set
            else None
        )
        yield (
            dataset.path,
            view.page(
                "pages/dataset.md.jinja",
                dataset.path,
                dataset=dataset,
                description=(
                    f"{dataset.name} is named by "
                    f"{counted(len(naming), 'study')}: "
                    f"{len(trained)} for training, {len(evaluated)} for evaluation only."
                ),
                trained=trained,
                evaluated=evaluated,
                results=results.get(dataset.id, []),
                figure=view.figure(figure),
                included=len(naming & links.framed),
                naming=len(naming),
                facts=facts(dataset, FACTS, corpus.taxonomy),
                not_coded=[label.lower() for label in not_coded(dataset, FACTS)],
                **table_links(corpus, "datasets", dataset.id),
            ),
        )
    rows = [(dataset, len(links.naming(dataset.id))) for dataset in links.most_named()]
    yield "datasets/index.md", view.page("pages/datasets.md.jinja", "datasets/index.md", rows=rows)
