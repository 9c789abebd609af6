"""The table of contents: yields every generated file of the site as (path under docs/, content).

Text is Markdown, CSV, BibTeX and the like; bytes are pictures. Nothing here writes to disk, so that
tests compare the site as a value and a change of site builder is a change of one other file.
"""

from __future__ import annotations

import gc
import inspect
from collections.abc import Container, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, replace
from itertools import accumulate
from pathlib import Path
from typing import Any
from urllib.parse import urlencode

from gen import flow_pages, trend_pages, version_pages
from gen.analysis import tables
from gen.analysis.flow import Flow
from gen.analysis.links import Links, count, most_common, tally
from gen.analysis.provenance import Provenance
from gen.chapters import authored
from gen.chapters.expressions import Expressions
from gen.citations import entry as citation
from gen.citations import formats as bibliography
from gen.citations import pages as cited
from gen.citations.in_text import Citations, Work, works
from gen.corpus.cells import Missing
from gen.corpus.columns import Column, columns
from gen.corpus.corpus import Corpus
from gen.corpus.rules.rows import RULES
from gen.corpus.tables import DOWNLOADS, FACETS, Dataset, Study
from gen.export import tables as export
from gen.figures import by_category, draw
from gen.figures.figure import PERCENT, Absent, Figure
from gen.permalinks import anchors
from gen.permalinks import resolve as permalinks
from gen.permalinks.addresses import Addresses, relative
from gen.permalinks.redirects import Address
from gen.problems import PageError
from gen.text import placeholder
from gen.text.format import format_date, number, percent
from gen.text.render import render
from gen.trends import compute
from gen.trends.base import Context
from gen.trends.categories import Category
from gen.trends.questions import QUESTIONS

File = tuple[str, str | bytes]

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
    yield "about/sources.md", view.page("sources.md.jinja", "about/sources.md")
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


@dataclass(frozen=True, slots=True)
class Drawn:
    """A figure with what a page shows of it."""

    figure: Figure
    table: list[list[str]]

    @property
    def place(self) -> str:
        """What stands in a page for the drawing until it is drawn."""
        return placeholder.mark("figure", self.figure.slug)

    @property
    def citation(self) -> str:
        """What stands in a page for how the figure is cited."""
        return placeholder.mark(cited.FIGURE, f"{self.figure.slug} {self.figure.anchor}")

    @property
    def svg(self) -> str:
        return draw.labelled(draw.svg(self.figure.spec), self.figure.aria, self.figure.slug)


@dataclass(frozen=True, slots=True)
class View:
    """What every page may need: the corpus, who refers to whom, and the counts."""

    corpus: Corpus
    links: Links
    flow: Flow
    provenance: Provenance
    df: Any  # tables.frame(studies)
    works: Mapping[str, Work]
    drawn: list[Drawn]  # in the order in which the pages asked for them
    absent: list[Absent]

    @classmethod
    def of(cls, corpus: Corpus) -> View:
        return cls(
            corpus,
            Links.of(corpus),
            Flow.of(corpus),
            Provenance.of(corpus),
            tables.frame(corpus.studies),
            works(corpus),
            [],
            [],
        )

    @property
    def incomplete_year(self) -> int:
        """The year that the newest search fell into: its counts are not complete."""
        return self.corpus.release.searched.year

    def page(self, template: str, path: str, **values: object) -> str:
        cites = Citations(self.works)
        return cites.written(render(template, path, {**self.common, **values, "cite": cites.cite}))

    @property
    def common(self) -> Mapping[str, Any]:
        corpus = self.corpus
        return {
            "taxonomy": corpus.taxonomy,
            "review": corpus.review,
            "release": corpus.release,
            "releases": corpus.releases,
            "links": self.links,
            "flow": self.flow,
            "provenance": self.provenance,
            "facets": FACETS,
            "studies": corpus.studies[::-1],
            "records": corpus.records,
            "datasets": corpus.datasets,
            "base_models": corpus.base_models,
            "results": corpus.results,
            "sources": corpus.sources,
            "second_coding": corpus.second_coding,
            "count": count,
        }

    def figure_or_absent(self, figure: Figure | Absent) -> Drawn | Absent | None:
        if isinstance(figure, Absent):
            self.absent.append(figure)
            return figure
        return self.figure(figure)

    def figure(self, figure: Figure | None) -> Drawn | None:
        """Draw a figure for a page and remember it for the downloads."""
        if figure is None:
            return None
        drawn = Drawn(figure, table_of(figure))
        self.drawn.append(drawn)
        return drawn


def home(view: View) -> str:
    corpus, df = view.corpus, view.df
    undated = sum(study.quarter is None for study in corpus.studies)
    figure = by_category.studies_per_quarter(
        tables.per_quarter(df), corpus.taxonomy["family"], view.incomplete_year, undated
    )
    entry_points = [
        (facet, heading, term_counts(view, facet))
        for facet, heading in (
            ("modalities", "Find a model by modality"),
            ("domains", "By application domain"),
            ("tasks", "By task"),
        )
    ]
    return view.page(
        "index.md.jinja",
        "index.md",
        figure=view.figure(figure),
        entry_points=entry_points,
        questions=QUESTIONS,
        numbers=[
            {
                "label": label,
                "value": len(rows),
                "path": path,
                "points": sparkline(years),
            }
            for label, rows, path, years in (
                (
                    "studies coded",
                    corpus.studies,
                    "studies/index.md",
                    [s.year for s in corpus.studies],
                ),
                (
                    "data sets",
                    corpus.datasets,
                    "datasets/index.md",
                    first_years(corpus.studies, "train_data", "eval_data"),
                ),
                (
                    "base models",
                    corpus.base_models,
                    "foundations/index.md",
                    first_years(corpus.studies, "builds_on"),
                ),
                (
                    "records screened",
                    corpus.records,
                    "about/flow.md",
                    [r.year for r in corpus.records if r.year],
                ),
            )
        ],
    )


def term_counts(view: View, facet: str) -> list[tuple[str, int, float]]:
    """(term, studies, studies relative to the most frequent term), most frequent first."""
    sizes = {
        term: len(view.links.studies(facet, term)) for term in view.corpus.taxonomy[facet].terms
    }
    most = max(sizes.values(), default=0)
    order = sorted((term for term in sizes if sizes[term]), key=lambda term: -sizes[term])
    return [(term, sizes[term], sizes[term] / most) for term in order]


def first_years(studies: Sequence[Study], *names: str) -> list[int]:
    """The year in which each value of the columns was first named; studies come oldest first."""
    first: dict[str, int] = {}
    for study in studies:
        for name in names:
            for value in getattr(study, name):
                first.setdefault(value, study.year)
    return list(first.values())


def sparkline(years: Sequence[int]) -> str:
    """Points of a cumulative line in a box of 100 by 20; "" where one year is no line."""
    if len(set(years)) <= 1:
        return ""
    first, last = min(years), max(years)
    totals = list(accumulate(years.count(year) for year in range(first, last + 1)))
    width = last - first
    return " ".join(
        f"{100 * n / width:.1f},{19 - 18 * total / totals[-1]:.1f}"
        for n, total in enumerate(totals)
    )


def page_context(view: View, answers: Mapping[str, str]) -> authored.PageContext:
    """What the pages written by hand may use; the figures are those of the pages made before."""
    drawn = {each.figure.slug: each for each in view.drawn}
    absent = {each.slug: each for each in view.absent}

    def embed(slug: str, page: str) -> str:
        """The figure with an id made from its slug: a page may show figures of several others."""
        anchor = f"fig-{slug}"
        shown: Drawn | Absent
        if slug in drawn:
            shown = replace(drawn[slug], figure=replace(drawn[slug].figure, anchor=anchor))
        else:
            shown = replace(absent[slug], anchor=anchor)
        return render("embed.md.jinja", page, {"drawn": shown})

    return authored.PageContext(
        values={**view.common, **Expressions(view.corpus, view.links).all},
        works=view.works,
        answers=answers,
        readings={slug: each.figure.reading for slug, each in drawn.items()}
        | {slug: each.reading for slug, each in absent.items()},
        embed=embed,
    )


def study_pages(view: View, only: Container[str] | None = None) -> Iterator[File]:
    """The list of all studies, and a page each; or just the pages of some, by id."""
    corpus, links = view.corpus, view.links
    similar = tables.similar(view.df)
    twice = {study.id for study in corpus.second_coding}
    order = corpus.studies
    if only is None:
        yield "studies/index.md", view.page("studies.md.jinja", "studies/index.md")
        yield feed(view, "studies/feed", "Studies", order[::-1], "studies/")
    for place, study in enumerate(order):
        if only is not None and study.id not in only:
            continue
        facts, not_coded = study_facts(view, study)
        entry = citation.study_entry(study)
        yield (
            study.path,
            view.page(
                "study.md.jinja",
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


def facet_pages(view: View, facet: str, categories: Mapping[str, Category]) -> Iterator[File]:
    links, df = view.links, view.df
    vocabulary = view.corpus.taxonomy[facet]
    coded = int((df[facet].map(len) > 0).sum())
    path = f"{facet}/index.md"
    yield (
        path,
        view.page(
            "facet.md.jinja",
            path,
            vocabulary=vocabulary,
            facet=facet,
            coded=coded,
            total=len(df),
            many=any(column.many for column in columns(Study) if column.name == facet),
            terms=[
                (id_, term, len(links.studies(facet, id_)))
                for id_, term in vocabulary.terms.items()
            ],
            figure=view.figure(
                by_category.cumulative(
                    tables.cumulative(df, facet), facet, vocabulary, view.incomplete_year
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
    tallies = {name: tally(corpus.studies, name) for name in FACETS}
    overall = tables.shares({id_: len(links.studies(facet, id_)) for id_ in order}, coded)
    for place, (id_, term) in enumerate(vocabulary.terms.items()):
        if only is not None and id_ not in only:
            continue
        studies = links.studies(facet, id_)
        path = f"{facet}/{id_}.md"
        own = per_year[per_year["term"] == id_]
        yield (
            path,
            view.page(
                "term.md.jinja",
                path,
                facet=facet,
                id=id_,
                term=term,
                vocabulary=vocabulary,
                studies=studies,
                total=len(corpus.studies),
                narrower=[other for other in order if vocabulary.terms[other].parent == id_],
                overall=overall[id_],
                figure=view.figure(
                    by_category.term_per_year(own, facet, vocabulary, id_, view.incomplete_year)
                ),
                together=[
                    (other, found)
                    for other in FACETS
                    if other != facet
                    and (found := most_common(studies, other, tallies[other], most=6))
                ],
                **categories[id_],
                before=order[place - 1] if place else "",
                after=order[place + 1] if place + 1 < len(order) else "",
            ),
        )
        if studies and only is None:
            stem = f"{facet}/{id_}"
            yield f"{stem}.csv", export.rows_csv(Study, studies)
            yield from bibliographies(stem, studies)
            yield feed(view, stem, f"{vocabulary.label}: {term.label}", studies, f"{stem}/")


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
                "dataset.md.jinja",
                dataset.path,
                dataset=dataset,
                description=(
                    f"{dataset.name} is named by "
                    f"{named(len({study.id for study in trained + evaluated}))}: "
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
    yield "datasets/index.md", view.page("datasets.md.jinja", "datasets/index.md", rows=rows)


def data_set_facts(view: View, dataset: Dataset) -> dict[str, Any]:
    """The rows of the facts table, and what nobody has coded yet."""
    terms = view.corpus.taxonomy
    unit = terms["unit"].terms[dataset.unit].label.lower() if dataset.unit else ""
    access = terms["dataset_access"].terms[dataset.access].label if dataset.access else ""
    shown: dict[str, tuple[str, Any]] = {
        "modalities": ("Modalities", dataset.modalities),
        "domains": ("Domains", dataset.domains),
        "size": ("Size", f"{number(dataset.size or 0)} {unit}"),
        "year": ("First release", dataset.year),
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


def foundation_pages(view: View) -> Iterator[File]:
    corpus, links = view.corpus, view.links

    def ranked(parents: Sequence[Any]) -> list[tuple[Any, int, int]]:
        found = [
            (row, len(links.children.get(row.id, ())), len(links.descendants(row.id)))
            for row in parents
        ]
        return sorted(found, key=lambda row: (-row[1], -row[2], row[0].name.lower(), row[0].id))

    for base in corpus.base_models:
        children, descendants = links.children.get(base.id, []), links.descendants(base.id)
        yield (
            base.path,
            view.page(
                "foundation.md.jinja",
                base.path,
                base=base,
                description=f"{base.name} is a base model on which {named(len(children))} of the "
                f"review build{'s' if len(children) == 1 else ''} directly and "
                f"{len(descendants)} more through others.",
                children=children,
                descendants=descendants,
                **table_links(corpus, "base_models", base.id),
            ),
        )
    yield (
        "foundations/index.md",
        view.page(
            "foundations.md.jinja",
            "foundations/index.md",
            rows=ranked(corpus.base_models),
            parents=[row for row in ranked(corpus.studies) if row[1]],
        ),
    )


def named(number_of_studies: int) -> str:
    return f"{number_of_studies} {'study' if number_of_studies == 1 else 'studies'}"


def codebook(view: View) -> str:
    return view.page(
        "codebook.md.jinja",
        "about/codebook.md",
        rules=[(inspect.getdoc(rule) or "").split("\n")[0] for rule in RULES],
        tables=[
            (name, inspect.getdoc(model) or "", columns(model))
            for name, model in DOWNLOADS.items()
            if name != "second_coding"
        ],
    )


def feed(view: View, stem: str, title: str, studies: Sequence[Study], about: str) -> File:
    """An Atom feed of the fifty newest. Its date is the newest search's: a build has no clock."""
    path = f"{stem}.xml"
    return path, view.page(
        "feed.xml.jinja",
        path,
        title=f"{title} · {view.corpus.review.short}",
        studies=studies[:50],
        about=about,
        updated=view.corpus.release.searched.isoformat(),
    )


def table_files(corpus: Corpus) -> Iterator[File]:
    """The tables of data/ as downloads, and all studies for reference managers."""
    for name, model in DOWNLOADS.items():
        rows: Sequence[Any] = getattr(corpus, name)
        yield f"data/{name}.csv", export.rows_csv(model, rows)
    yield from bibliographies("data/studies", corpus.studies)


def bibliographies(stem: str, studies: Sequence[Study]) -> Iterator[File]:
    """Studies for reference managers, in each format that these read."""
    entries = list(map(citation.study_entry, studies))
    yield f"{stem}.bib", "\n".join(map(bibliography.bibtex, entries))
    yield f"{stem}.ris", "\n".join(map(bibliography.ris, entries))
    yield f"{stem}.csl.json", bibliography.csl_json(entries)


def figure_files(figure: Figure, svg: str) -> Iterator[File]:
    """The downloads of a figure."""
    stem = f"figures/{figure.slug}"
    yield f"{stem}.svg", draw.plain_colours(svg)
    yield f"{stem}.csv", export.table_csv(figure.columns, figure.rows)
    yield f"{stem}.json", export.as_json(figure.spec)


def table_of(figure: Figure) -> list[list[str]]:
    """The cells of the table behind a figure, as a reader expects numbers."""

    def shown(name: str, value: Any) -> str:  # noqa: ANN401 - what a cell may hold
        if value is None:
            return "–"
        return percent(value) if figure.percent and name in PERCENT else str(value)

    return [[shown(name, row[name]) for name in figure.columns] for row in figure.rows]


def table_links(corpus: Corpus, table: str, id_: str) -> dict[str, str]:
    """Where a reader reports an error in a row, and where they mend it."""
    repository = corpus.review.repository
    query = urlencode(
        {"title": f"Error in {table}: {id_}", "body": "What is wrong, and where did you see it?"}
    )
    return {
        "report": f"{repository}/issues/new?{query}",
        "edit_url": f"{repository}/edit/main/data/{table}.csv",
    }
