"""Every figure of the section Trends, on the real corpus: caption, numbers and table agree."""

from __future__ import annotations

import math
import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import asdict
from functools import cache
from statistics import median
from typing import Any

import pytest

from gen.analysis import tables
from gen.figures.figure import MIN_STUDIES, Figure
from gen.text.format import CI
from gen.trends import compute
from gen.trends.base import Context, Finding
from gen.trends.domains import diversity
from gen.trends.foundations import question as foundations
from tests.real import corpus, drawn

# A number of a caption, not one in a name such as DINOv2 or NCT-CRC-HE-100K.
NUMBER = re.compile(r"(?<![\w.,-])[-−]?\d+(?:[.,]\d+)*%?(?![\w-])")
# Of the method, and on every page that it concerns: the level of intervals, and what is long.
METHOD = {"95%", "20"}


def figures() -> list[Figure]:
    found = [each.figure for each in drawn() if each.figure.slug.startswith("trends-")]
    assert len(found) > 50
    return found


def written(value: Any) -> Iterator[str]:  # noqa: ANN401 - what a cell may hold
    """A number in every way in which a caption may write it."""
    if isinstance(value, bool) or not isinstance(value, int | float):
        return
    yield from (f"{value:.{digits}f}" for digits in range(4))
    yield from (f"{value:,.0f}", f"{value:g}", f"{value:.0%}")


def told(figure: Figure) -> set[str]:
    """What the rows of a figure say: their cells, and counts and sums over like cells."""
    said = {text for row in figure.rows for value in row.values() for text in written(value)}
    for name in figure.rows[0]:
        held = Counter(str(row[name]) for row in figure.rows)
        given = [row[name] for row in figure.rows if row[name] is not None]
        counts = [len(figure.rows), len(held), len(given), *held.values()]
        if given and all(isinstance(value, int | float) for value in given):
            counts.append(median(given))
        said |= {text for n in counts for text in written(n)}
        for other in figure.rows[0]:
            sums = Counter[str]()
            for row in figure.rows:
                if isinstance(row[other], int | float):
                    sums[str(row[name])] += row[other]
            pairs = [(row[name], row[other]) for row in figure.rows]
            both = [pair for pair in pairs if all(isinstance(n, int | float) for n in pair)]
            above = sum(one > another for one, another in both)
            said |= {text for n in (*sums.values(), sum(sums.values())) for text in written(n)}
            said |= {str(above)}
    return said


def within(value: Any) -> Iterator[str]:  # noqa: ANN401 - what a page may be given
    """Every number in what a page is given."""
    parts = value.values() if isinstance(value, dict) else value
    if isinstance(value, dict | list | tuple):
        for part in parts:
            yield from within(part)
    else:
        yield from written(value)


def doubling(finding: Finding) -> Iterator[str]:
    """In how many years it doubles, by the factor per year and the ends of its interval."""
    for factor in (finding.estimate, finding.low, finding.high):
        if factor and factor > 0 and factor != 1:
            yield from written(abs(math.log(2) / math.log(factor)))


@cache
def beside() -> dict[str, set[str]]:
    """What some captions say beside their rows, from where it comes."""
    df = tables.frame(corpus().counted)
    stated: dict[tuple[str, str], set[str]] = {}
    for result in corpus().results:
        if result.metric != "other":
            stated.setdefault((result.task, result.metric), set()).add(result.study)
    context = compute.corrected(df, Context(corpus(), corpus().release.searched.year))
    pairs = foundations.categories(df, context)
    found = diversity.diversity(df, "domains")
    trend = diversity.broadening(df, "domains", found, context.incomplete_year)
    assert trend
    later = diversity.without_first(df, "domains", found, trend, context.incomplete_year)
    assert later
    return {
        "trends-foundations-specific": {str(len(pairs)), str(sum(p[2].over for p in pairs))},
        "trends-results-overview": {str(sum(len(by) < MIN_STUDIES for by in stated.values()))},
        "trends-domains-diversity": {*within(list(asdict(later).values()))},
    }


@cache
def on_its_page() -> dict[str, set[str]]:
    """For each figure the other numbers of its page: its tables, and what is tested there."""
    df = tables.frame(corpus().counted)
    context = compute.corrected(df, Context(corpus(), corpus().release.searched.year))
    answers = compute.answers(df, context)
    return {
        figure.slug: {
            *within([asdict(each) for each in answer.findings]),
            *(text for each in answer.findings for text in doubling(each)),
            *within(answer.values),
            *beside().get(figure.slug, ()),
        }
        for answer in (by_subset[""] for by_subset in answers.values())
        for figure in answer.figures
    }


def numbers(figure: Figure) -> list[str]:
    """The numbers of a caption; those in names of rows are left out."""
    text = figure.reading
    names = {str(v) for row in figure.rows for v in row.values() if isinstance(v, str)}
    for name in sorted(names, key=len, reverse=True):
        if re.search(r"[A-Za-z]", name):
            text = text.replace(name, " ")
    return [each.replace("−", "-") for each in NUMBER.findall(text.replace(CI, ""))]


@pytest.mark.corpus
def test_a_caption_says_what_the_rows_say() -> None:
    unknown = {}
    for figure in figures():
        years = {str(year) for year in range(2015, 2031)} & {
            str(value)[:4] for row in figure.rows for value in row.values()
        }
        known = told(figure) | on_its_page()[figure.slug] | METHOD | years
        unknown[figure.slug] = [each for each in numbers(figure) if each not in known]
    assert {slug: said for slug, said in unknown.items() if said} == {}


@pytest.mark.corpus
def test_a_caption_of_shares_says_the_row_of_that_year() -> None:
    pattern = (
        r"(\d+%) in (\d{4}) \((\d+) of (\d+); 95%\u00a0CI (\d+%) to (\d+%)\)"
        r"(?:, (\d+%) in (\d{4}) \((\d+) of (\d+); 95%\u00a0CI (\d+%) to (\d+%)\))?"
    )
    compared = 0
    for figure in figures():
        if not figure.slug.endswith("-shares"):
            continue
        rows = {(row["series"], row["year"]): row for row in figure.rows}
        names = sorted({row["series"] for row in figure.rows}, key=len, reverse=True)
        for name in names:
            said = re.search(rf"(?:^|\. ){re.escape(name)}: {pattern}", figure.reading)
            for share, year, n, of, low, high in (
                [said.groups()[:6], said.groups()[6:]] if said else ()
            ):
                row = rows[name, year]
                assert (int(n), int(of)) == (row["studies"], row["coded"])
                assert [share, low, high] == [f"{row[key]:.0%}" for key in ("value", "low", "high")]
                compared += 1
    assert compared >= len([f for f in figures() if f.slug.endswith("-shares")])
