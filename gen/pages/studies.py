"""The page of each study, and the list of all."""

from __future__ import annotations

from collections.abc import Container, Iterator
from typing import Any

from gen.analysis import tables
from gen.citations import entry as citation
from gen.citations import formats as bibliography
from gen.corpus.cells import Missing
from gen.corpus.columns import Column, columns
from gen.corpus.tables import FACETS, Study
from gen.export import tables as export
from gen.pages.downloads import bibliographies, feed, table_links
from gen.pages.view import File, View
from gen.text.format import format_date, number

# What the facts table of a study shows, in its order; sets, lineage and evidence have their own
# sections.
FACTS = (
    "architecture",
    "backbone",
    "training",
    "adaptation",
    "modalities",
    "domains",
    "tasks",
    "train_size",
    "data_access",
    "parameters_m",
    "challenges",
    "strategies",
    "code",
    "weights",
    "date",
    "venue",
    "arxiv",
    "doi",
)


def study_pages(view: View, only: Container[str] | None = None) -> Iterator[File]:
    """The list of all studies, and a page each; or just the pages of some, by id."""
    corpus, links = view.corpus, view.links
    similar = tables.similar(view.df)
    twice = {study.id for study in corpus.second_coding}
    order = corpus.studies
    if only is None:
        yield "studies/index.md", view.page("pages/studies.md.jinja", "studies/index.md")
        yield feed(view, "studies/feed", "Studies", order[::-1], "studies/")
    for place, study in enumerate(order):
        if only is not None and study.id not in only:
            continue
        facts, not_coded = study_facts(view, study)
        entry = citation.study_entry(study)
        yield (
            study.path,
            view.page(
                "pages/study.md.jinja",
                study.path,
                study=study,
                facts=facts,
                not_coded=not_coded,
                children=links.children.get(study.id, []),
                descendants=links.descendants(study.id),
                results=links.results.get(study.id, []),
                similar=[links.study[id_] for id_ in similar.get(study.id, ())],
                coded_twice=study.id in twice,
                earlier=order[place - 1] if place else None,
                later=order[place + 1] if place + 1 < len(order) else None,
                sentence=citation.sentence(entry),
                bibtex=bibliography.bibtex(entry),
                citation=export.highwire(study),
                jsonld=export.json_ld(study),
                row_url=f"{corpus.review.repository}/blob/main/data/studies.csv?plain=1"
                f"#L{corpus.lines[study.id]}",
                **table_links(corpus, "studies", study.id),
            ),
        )
        yield from bibliographies(f"studies/{study.id}", [study])


def study_facts(view: View, study: Study) -> tuple[list[dict[str, Any]], list[str]]:
    """The rows of the facts table, and the labels of what nobody has coded yet."""
    facts: list[dict[str, Any]] = []
    not_coded: list[str] = []
    for column in columns(Study):
        state = study.missing.get(column.name, "")
        if state == Missing.NOT_CODED:
            not_coded.append(column.label)
    by_name = {column.name: column for column in columns(Study)}
    for name in FACTS:
        column, value = by_name[name], getattr(study, name)
        state = study.missing.get(name, "")
        if state == Missing.NOT_CODED or (not value and not state):
            continue
        shown = study.terms(name) if name in FACETS else "" if state else fact(view, study, column)
        facts.append(
            {
                "label": column.label,
                "state": state,
                "facet": name if name in FACETS else "",
                "value": shown,
                "url": fact_url(study, name),
            }
        )
    return facts, not_coded


def fact(view: View, study: Study, column: Column) -> str:
    """A value as a reader knows it, with its unit."""
    taxonomy, value = view.corpus.taxonomy, getattr(study, column.name)
    if column.name == "train_size":
        unit = taxonomy["unit"].terms[study.train_unit].label.lower() if study.train_unit else ""
        return f"{number(value)} {unit}"
    if column.name == "date":
        return format_date(value)
    if column.vocabulary:
        return taxonomy[column.vocabulary].terms[value].label
    return number(value) if isinstance(value, float) else str(value)


def fact_url(study: Study, name: str) -> str:
    return {
        "code": study.code or "",
        "weights": study.weights or "",
        "arxiv": f"https://arxiv.org/abs/{study.arxiv}",
        "doi": f"https://doi.org/{study.doi}",
    }.get(name, "")
