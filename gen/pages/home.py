"""The home page."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import accumulate, groupby
from typing import Final

from gen.analysis import tables
from gen.analysis.flow import covered
from gen.analysis.picks import Pick
from gen.corpus.tables import Study
from gen.figures import by_category
from gen.pages import feeds
from gen.pages.view import View
from gen.trends.questions import QUESTIONS

NEW: Final = 6  # studies under *New here*
STARTS: Final = 6  # modalities under *Start here*
# What the box at the top asks for: a name in the address of the list of studies -> its column.
ASKED: Final = {"modalities": "modalities", "tasks": "tasks", "weights": "weights_access"}


def home(view: View) -> str:
    corpus, df = view.corpus, view.df
    undated = sum(study.quarter is None for study in corpus.counted)
    figure = by_category.studies_per_quarter(
        tables.per_quarter(df),
        corpus.taxonomy["family"],
        covered(corpus.sources, view.incomplete_year),
        undated,
    )
    new = feeds.newest(view, corpus.studies)[:NEW]
    return view.page(
        "pages/home.md.jinja",
        "index.md",
        figure=view.figure(figure),
        asked=[(name, column, options(view, column)) for name, column in ASKED.items()],
        new=[(day, [s for _, s in rows]) for day, rows in groupby(new, lambda each: each[0])],
        starts=starts(view),
        entry_points=[
            (facet, heading, term_counts(view, facet))
            for facet, heading in (
                ("modalities", "By modality"),
                ("domains", "By application domain"),
                ("tasks", "By task"),
            )
        ],
        questions=QUESTIONS,
        numbers=numbers(view),
        feeds=feeds.OF_ALL,
    )


def options(view: View, column: str) -> list[tuple[str, str, int]]:
    """(term, label, studies) of a column, for a reader to choose from, in the taxonomy's order."""
    studies = view.corpus.studies
    sizes = {
        term: sum(term in study.terms(column) for study in studies)
        for term in view.corpus.taxonomy[column].terms
    }
    terms = view.corpus.taxonomy[column].terms
    return [(term, terms[term].label, n) for term, n in sizes.items() if n]


def starts(view: View) -> list[tuple[str, Pick]]:
    """The largest modalities that have a pick, each with its first."""
    order = [term for term, *_ in term_counts(view, "modalities")]
    found = [(term, picks[0]) for term in order if (picks := view.picks.get(("modalities", term)))]
    return found[:STARTS]


@dataclass(frozen=True, slots=True)
class Number:
    """How large a table is, where it is shown, and how it came to that size."""

    label: str
    value: int
    path: str
    points: str  # of the cumulative line by year; "" where one year is no line
    first: int = 0  # years at the ends of the line
    last: int = 0


def numbers(view: View) -> list[Number]:
    corpus = view.corpus
    tables_ = (
        ("studies", corpus.studies, "studies/index.md", [s.year for s in corpus.studies]),
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
            corpus.screened,
            "about/flow.md",
            [r.year for r in corpus.screened if r.year],
        ),
    )
    return [
        Number(label, len(rows), path, sparkline(years), min(years), max(years))
        if years
        else Number(label, len(rows), path, "")
        for label, rows, path, years in tables_
    ]


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
