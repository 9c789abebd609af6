"""The home page."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import accumulate

from gen.analysis import tables
from gen.corpus.tables import Study
from gen.figures import by_category
from gen.pages.view import View
from gen.trends.questions import QUESTIONS


def home(view: View) -> str:
    corpus, df = view.corpus, view.df
    undated = sum(study.quarter is None for study in corpus.counted)
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
        "pages/home.md.jinja",
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
                    first_years(corpus.studies, "roots"),
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
