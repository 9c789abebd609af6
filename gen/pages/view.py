"""What every page is given: the corpus, who refers to whom, the counts, and its figures."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import pandas as pd

from gen.analysis import tables
from gen.analysis.cell_audit import CellAudit
from gen.analysis.flow import Flow
from gen.analysis.links import Links, count
from gen.analysis.picks import Pick, picks
from gen.analysis.provenance import Provenance
from gen.citations import pages as cited
from gen.citations import tags
from gen.citations.in_text import Citations, Work, works
from gen.contribute import issue_forms
from gen.corpus.corpus import Corpus
from gen.corpus.tables import FACETS, Study
from gen.figures import draw
from gen.figures.figure import PERCENT, Absent, Figure
from gen.text import placeholder
from gen.text.format import percent
from gen.text.render import render

File = tuple[str, str | bytes]


@dataclass(frozen=True, slots=True)
class Drawn:
    """A figure with what a page shows of it."""

    figure: Figure
    table: list[list[str]]
    source: list[str]

    @property
    def spec(self) -> dict[str, Any]:
        return self.figure.spec(self.source)

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
        return draw.labelled(draw.svg(self.spec), self.figure.aria, self.figure.slug)


@dataclass(frozen=True, kw_only=True, slots=True)
class View:
    """What every page may need: the corpus, who refers to whom, and the counts."""

    corpus: Corpus
    links: Links
    flow: Flow
    provenance: Provenance
    cell_audit: CellAudit
    df: pd.DataFrame  # tables.frame of the studies that count
    works: Mapping[str, Work]
    picks: Mapping[tuple[str, str], list[Pick]]  # by facet and term
    drawn: list[Drawn]  # in the order in which the pages asked for them
    absent: list[Absent]

    @classmethod
    def of(cls, corpus: Corpus) -> View:
        links = Links.of(corpus)
        return cls(
            corpus=corpus,
            links=links,
            flow=Flow.of(corpus),
            provenance=Provenance.of(corpus),
            cell_audit=CellAudit.of(corpus),
            df=tables.frame(corpus.counted),
            works=works(corpus),
            picks=picks(corpus, links),
            drawn=[],
            absent=[],
        )

    @property
    def incomplete_year(self) -> int:
        """The year that the newest search fell into: its counts are not complete."""
        return self.corpus.release.searched.year

    @property
    def source(self) -> list[str]:
        """The lines in which each figure says where it is from."""
        review = self.corpus.review
        address = review.site.removeprefix("https://").rstrip("/")
        return [f"Source: {review.short}, version {self.corpus.release.version}", address]

    def page(self, template: str, path: str, **values: object) -> str:
        cites = Citations(self.works)
        return cites.written(render(template, path, {**self.common, **values, "cite": cites.cite}))

    @property
    def common(self) -> Mapping[str, Any]:
        corpus = self.corpus
        return {
            "taxonomy": corpus.taxonomy,
            "review": corpus.review,
            "suggestion": issue_forms.suggest(),
            "hosts": corpus.hosts,
            "release": corpus.release,
            "releases": corpus.releases,
            "links": self.links,
            "picks": self.picks,
            "flow": self.flow,
            "provenance": self.provenance,
            "cell_audit": self.cell_audit,
            "facets": FACETS,
            "studies": corpus.studies[::-1],
            "counted": corpus.counted,
            "frames": corpus.frames,
            "records": corpus.records,
            "searching": corpus.searching,
            "datasets": corpus.datasets,
            "base_models": corpus.base_models,
            "results": corpus.results,
            "sources": corpus.sources,
            "second_coding": corpus.second_coding,
            "adjudication": corpus.adjudication,
            "count": count,
            "coins": self.coins,
        }

    def coins(self, study: Study) -> str:
        """What a list tells reference managers of a study of it."""
        return tags.coins(self.works[study.id].entry)

    def figure_or_absent(self, figure: Figure | Absent) -> Drawn | Absent | None:
        if isinstance(figure, Absent):
            self.absent.append(figure)
            return figure
        return self.figure(figure)

    def figure(self, figure: Figure | None) -> Drawn | None:
        """Draw a figure for a page and remember it for the downloads."""
        if figure is None:
            return None
        drawn = Drawn(figure, table_of(figure), self.source)
        self.drawn.append(drawn)
        return drawn


def table_of(figure: Figure) -> list[list[str]]:
    """The cells of the table behind a figure, as a reader expects numbers."""

    def shown(name: str, value: Any) -> str:  # noqa: ANN401 - what a cell may hold
        if value is None:
            return "–"
        return percent(value) if figure.percent and name in PERCENT else str(value)

    return [[shown(name, row[name]) for name in figure.columns] for row in figure.rows]
