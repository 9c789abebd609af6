"""Fills in the pages that people write: expressions, citations, figures; finds typed numbers."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any, TypeVar

from gen.citations.in_text import Citations, Work
from gen.problems import PageError, Problem, unknown
from gen.text import markdown
from gen.text.render import md, prose

AnyValue = TypeVar("AnyValue")

# What only the data may count.
COUNTED = re.compile(
    r"\b(?:\d+(?:,\d{3})*|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|twenty|thirty|forty|"
    r"fifty|hundred|dozens?|half)\s+(?:of\s+)?(?:the\s+)?(?:[\w-]+ ){0,3}?"
    r"(studies|records|base models)\b",
    re.IGNORECASE,
)
# What belongs into a table: a fraction, a percentage, ten or more of something, but no year.
# Smaller numbers say how a cited work was made: its readers, hospitals, classes.
FIGURE = re.compile(
    r"(?<![\w.,:/-])(?:\d+(?:[.,]\d+)+|\d+(?=(?: |&nbsp;)?%)|(?!(?:19|20)\d\d\b)\d{2,})|"
    r"\b(?:twenty|thirty|forty|fifty|sixty|seventy|eighty|ninety|(?:hundred|thousand|million|billion|dozen)s?|"
    r"(?:half|quarter|third|fifth|sixth|seventh|eighth|ninth|tenth)s? of)\b",
    re.IGNORECASE,
)
SENTENCE_END = re.compile(r"(?<=[.?!])\s+(?=\W*[A-Z0-9])")
CITATION = re.compile(r"\[@[^\]]*\]")
# A version in a name, as in Gemini 1.5.
VERSION = re.compile(r"\b[A-Z][\w-]* [1-9]\.\d\b")
# An expression, or code in a line.
UNREAD = re.compile(r"{{.*?}}|{%.*?%}|`[^`]*`")


@dataclass(frozen=True, slots=True)
class PageContext:
    """What a page written by hand may use beside the words of its author."""

    values: Mapping[str, Any]  # name -> value or function
    works: Mapping[str, Work]
    answers: Mapping[str, str]  # page of the trends -> its answer in one sentence
    readings: Mapping[str, str]  # slug of a figure -> what it says in one sentence
    embed: Callable[[str, str], str]  # (slug, page) -> the figure as it stands in a page


def pages(docs: Path, context: PageContext) -> Iterator[tuple[str, str]]:
    """Yield each page as (path, content).

    Raises PageError with every problem in them.
    """
    problems: list[Problem] = []
    for file in sorted(docs.rglob("*.md")):
        text, source = file.read_text(encoding="utf-8"), file.as_posix()
        problems += [*typed_counts(text, source), *typed_figures(text, source)]
        try:
            yield _page(file.relative_to(docs).as_posix(), text, source, context)
        except PageError as error:
            problems += error.problems
    if problems:
        raise PageError(problems)


def _page(path: str, text: str, source: str, context: PageContext) -> tuple[str, str]:
    cites = Citations(context.works)

    def figure(slug: str) -> str:
        chosen(context.readings, slug, "a figure")
        return context.embed(slug, path)

    values = {
        **context.values,
        "cite": cites.cite,
        "figure": figure,
        "answer": lambda slug: md(chosen(context.answers, slug, "a page of the trends")),
        "reading": lambda slug: md(chosen(context.readings, slug, "a figure")),
    }
    return path, cites.written(prose(text, path, source, values))


def chosen(among: Mapping[str, AnyValue], key: str, what: str) -> AnyValue:
    """Return what has the key.

    Raises ValueError with one sentence if nothing has.
    """
    if key not in among:
        raise ValueError(unknown(key, what, among))
    return among[key]


def typed_counts(text: str, source: str) -> Iterator[Problem]:
    """Counts of studies, records and base models that a person typed."""
    for number, line in markdown.lines(text):
        for count in COUNTED.finditer(UNREAD.sub("{}", line)):
            what = (
                f"a count of {count[1].lower()} is typed by hand; "
                'let the data count, as in {{ count_studies(family="vision-only") }}'
            )
            yield Problem(file=source, line=number, value=count[0], message=what)


def typed_figures(text: str, source: str) -> Iterator[Problem]:
    """Figures that a person typed into a sentence with a citation.

    One by which an expression of the same line chooses its result may be typed: it cannot go stale.
    """
    for number, line in markdown.lines(text):
        chosen_by = {figure[0] for figure in FIGURE.finditer(" ".join(UNREAD.findall(line)))}
        for sentence in SENTENCE_END.split(markdown.LINK.sub(r"\1", UNREAD.sub("{}", line))):
            if not CITATION.search(sentence):
                continue
            for figure in FIGURE.finditer(VERSION.sub("", CITATION.sub("", sentence))):
                if figure[0] not in chosen_by:
                    what = (
                        "a figure beside a citation is typed by hand; let the tables give it, "
                        'as in {{ result("uni", dataset="ebrains") }}, or say it without a figure'
                    )
                    yield Problem(file=source, line=number, value=figure[0], message=what)
