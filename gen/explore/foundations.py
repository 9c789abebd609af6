"""What readers filter models that studies build on by: base models, and studies themselves."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator
from functools import partial
from typing import Any, Final

from gen.analysis.links import Links, tally
from gen.corpus.corpus import Corpus
from gen.corpus.tables import Foundation, Study
from gen.explore.definition import Field, List, Terms, written
from gen.explore.words import of_taxonomy

# A column of studies that names what they build on -> how, as a filter, in words.
WAYS: Final = {
    "weights_from": ("weights", "By its weights"),
    "method_from": ("method", "By its method"),
    "tests": ("tests", "Tested as it is"),
    "builds_on": ("unstated", "In a way not stated"),
}

terms = partial(Field, kind="terms", panel="checks", column=True)
number = partial(Field, kind="range", panel="range", column=True)


def foundation_files(corpus: Corpus, links: Links) -> Iterator[tuple[str, str]]:
    return written("explore/foundations", foundations(corpus, links))


def foundations(corpus: Corpus, links: Links) -> List:
    """The most built on first. Numbers of studies are of all that are coded."""
    models: list[Foundation | Study] = [*corpus.base_models]
    models += [row for row in corpus.studies if row.id in links.children]
    rows = links.ranked(models)
    places: Terms = [("foundations", "Base model"), ("studies", "Study of this review")]
    return List(
        one="model",
        many="models",
        rows=[row for row, *_ in rows],
        fields=(
            *asked(),
            *used(corpus, links, {row.id: others for row, _, others in rows}),
            *texts(links),
        ),
        vocabularies=of_taxonomy(corpus, "base_kind", "family")
        | {"ways": [*WAYS.values()], "place": places},
        columns=("studies", "others", "weights", "method", "tests", "kind", "year"),
        sorts=(
            ("-studies", "Most built on"),
            ("-others", "Most built on through others"),
            ("-weights", "Weights most used"),
            ("-tests", "Most tested"),
            ("name", "Name"),
            ("-year", "Newest first"),
        ),
        words="Name, id, words",
        folder="place",
    )


def asked() -> Iterator[Field]:
    yield terms(
        id="place",
        label="What it is",
        vocabulary="place",
        value=lambda row: ["studies" if isinstance(row, Study) else "foundations"],
    )
    yield terms(
        id="kind",
        label="Kind of base model",
        vocabulary="base_kind",
        value=lambda row: [row.kind] if isinstance(row, Foundation) else [],
    )
    yield terms(
        id="family",
        label="Family of a study",
        vocabulary="family",
        value=lambda row: [row.family] if isinstance(row, Study) else [],
        badge=True,
    )
    yield number(id="year", label="Year", value=lambda row: row.year)


def used(corpus: Corpus, links: Links, others: dict[str, int]) -> Iterator[Field]:
    """By how many studies, in which way; a study may build on a model in several."""
    named = {column: tally(corpus.studies, column) for column in WAYS}

    def ways(row: Any) -> list[str]:  # noqa: ANN401 - a row of either table
        return [WAYS[column][0] for column, counts in named.items() if row.id in counts]

    yield terms(id="ways", label="Used", vocabulary="ways", many=True, value=ways, column=False)
    yield number(
        id="studies",
        label="Built on directly",
        about="By studies that use its weights or its method, or test it.",
        value=lambda row: len(links.children.get(row.id, ())),
    )
    yield number(id="others", label="Through others", value=lambda row: others[row.id])
    for column, (id_, label) in WAYS.items():
        yield number(id=id_, label=label, value=of(named[column]), panel="")


def of(counts: Counter[str]) -> Callable[[Any], int]:
    return lambda row: counts[row.id]


def texts(links: Links) -> Iterator[Field]:
    text = partial(Field, kind="text", searched=True)
    yield text(id="id", label="Id", value=lambda row: row.id)
    yield text(id="name", label="Name", value=lambda row: links.name[row.id])
    yield text(
        id="summary",
        label="What it is",
        value=lambda row: row.summary if isinstance(row, Study) else row.note or "",
    )
    yield Field(
        id="arxiv",
        label="arXiv",
        kind="link",
        value=lambda row: f"https://arxiv.org/abs/{row.arxiv}" if row.arxiv else "",
    )
    yield Field(id="url", label="Its page", kind="link", value=lambda row: row.url or "")
