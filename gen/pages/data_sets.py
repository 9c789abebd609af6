"""The page of each data set, and the list of all."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from gen.analysis import tables
from gen.corpus.cells import Missing
from gen.corpus.tables import FACETS, Dataset
from gen.figures import by_category
from gen.pages.downloads import table_links
from gen.pages.view import File, View
from gen.text.format import counted, number


def data_set_pages(view: View) -> Iterator[File]:
    corpus, links = view.corpus, view.links
    use = tables.data_use(view.df)
    by_set = {str(id_): own for id_, own in use.groupby("dataset")}
    results: dict[str, list[Any]] = {}
    for result in corpus.results:
        if result.dataset:
            results.setdefault(result.dataset, []).append(result)
    rows = []
    for dataset in corpus.datasets:
        trained = links.trained_on.get(dataset.id, [])
        evaluated = links.evaluated_on.get(dataset.id, [])
        rows.append((dataset, len(trained), len(evaluated)))
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
                    f"{counted(len({study.id for study in trained + evaluated}), 'study')}: "
                    f"{len(trained)} for training, {len(evaluated)} for evaluation only."
                ),
                trained=trained,
                evaluated=evaluated,
                results=results.get(dataset.id, []),
                figure=view.figure(figure),
                **data_set_facts(view, dataset),
                **table_links(corpus, "datasets", dataset.id),
            ),
        )
    rows.sort(key=lambda row: (-row[1] - row[2], row[0].name.lower(), row[0].id))
    yield "datasets/index.md", view.page("pages/datasets.md.jinja", "datasets/index.md", rows=rows)


def data_set_facts(view: View, dataset: Dataset) -> dict[str, Any]:
    """The rows of the facts table, and what nobody has coded yet."""
    terms = view.corpus.taxonomy
    unit = terms["unit"].terms[dataset.unit].label.lower() if dataset.unit else ""
    access = terms["dataset_access"].terms[dataset.access].label if dataset.access else ""
    shown: dict[str, tuple[str, Any]] = {
        "modalities": ("Modalities", dataset.modalities),
        "domains": ("Domains", dataset.domains),
        "size": ("Size", f"{number(dataset.size or 0)} {unit}"),
        "year": ("First released", dataset.year),
        "access": ("Access", access),
    }
    states = {name: dataset.missing.get(name, "") for name in shown}
    facts = [
        {
            "label": label,
            "state": states[name],
            "facet": name if name in FACETS else "",
            "value": value,
        }
        for name, (label, value) in shown.items()
        if states[name] != Missing.NOT_CODED
    ]
    not_coded = [
        label.lower() for name, (label, _) in shown.items() if states[name] == Missing.NOT_CODED
    ]
    return {"facts": facts, "not_coded": not_coded}
