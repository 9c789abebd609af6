"""The files of the search: a block a kind of thing, a list a column, in the same order throughout.

The columns: `ids` or `paths` (where it is), `names`, `also` (other names), `lines` (its facts in
words), `weights` (how much leads there), `words` (of its text); of studies `facts`, places in the
table of facts, in place of `lines`. A column that a kind lacks is left out. `titles` and `authors`
of the studies, more than half of it all, are a file of their own, which is loaded second.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any, Final

from gen.analysis.links import Links
from gen.corpus.corpus import Corpus
from gen.corpus.names import name
from gen.corpus.settings import Term
from gen.corpus.tables import FACETS, Dataset, Study
from gen.pages.authors import index as author_index
from gen.permalinks.redirects import page_address
from gen.search.prose import Section, sections
from gen.text.format import counted, number

# The explorer's filters of what is no facet and whose terms are called as in the taxonomy.
COLUMNS: Final = ("contribution", "dimension", "status")
COMMERCIAL: Final = {"allowed": "yes", "not allowed": "no"}


@dataclass(frozen=True, slots=True)
class Fact:
    """What a study may be, as the explorer filters it: `?column=id`."""

    column: str
    id: str
    label: str  # as a line of facts says it
    names: tuple[str, ...]  # what readers call it, besides


# What is said of a study's weights, code, data and publication, and how readers ask for it.
OTHERS: Final = (
    Fact("weights", "open", "open weights", ("weights open", "weights available", "downloadable")),
    Fact("weights", "gated", "gated weights", ("weights gated", "weights on request")),
    Fact("weights", "none", "no weights", ("closed weights", "weights not offered")),
    Fact("commercial", "yes", "commercial use", ("commercial", "commercially usable")),
    Fact("commercial", "no", "no commercial use", ("non-commercial", "non-commercial use")),
    Fact("code", "yes", "code", ("open code", "open source", "source code", "code available")),
    Fact("published", "yes", "peer-reviewed", ("published", "peer-reviewed journal")),
    Fact("published", "no", "preprint", ("unpublished", "not peer-reviewed")),
    Fact(
        "data_access", "public", "public training data", ("public data", "trained on public data")
    ),
    Fact("data_access", "mixed", "partly public training data", ()),
    Fact("data_access", "private", "private training data", ("private data", "in-house data")),
)
# What the explorer calls its filters that are no columns of the codebook.
LABELS: Final = {
    "weights": "Weights",
    "commercial": "Commercial use",
    "code": "Code",
    "published": "Publication",
    "data_access": "Training data",
    "year": "Year",
}
# The columns that a study's line of facts shows.
SHOWN: Final = ("status", "family", "modalities", "tasks", "weights", "year")


def index_files(
    corpus: Corpus, links: Links, pages: Mapping[str, str]
) -> Iterator[tuple[str, dict[str, Any]]]:
    """(path, values); `pages` are those of the site as Markdown, by their path under docs/."""
    yield "search/index.json", _index(corpus, links, pages)
    yield "search/studies.json", _texts(corpus)


def _index(corpus: Corpus, links: Links, pages: Mapping[str, str]) -> dict[str, Any]:
    facts = list(_facts(corpus))
    place = {(fact.column, fact.id): at for at, fact in enumerate(facts)}
    return {
        "columns": {**{n: corpus.taxonomy[n].label for n in (*FACETS, *COLUMNS)}, **LABELS},
        "shown": SHOWN,
        "facts": {
            "columns": [fact.column for fact in facts],
            "ids": [fact.id for fact in facts],
            "labels": [fact.label for fact in facts],
            "names": [fact.names for fact in facts],
        },
        "kinds": [
            {"kind": "Category", **_categories(corpus, links)},
            {"kind": "Study", "path": "studies/", **_studies(corpus, links, place)},
            {"kind": "Base model", "path": "foundations/", **_base_models(corpus, links)},
            *_prose(list(sections(pages))),
            {"kind": "Data set", "path": "datasets/", **_data_sets(corpus, links)},
            {"kind": "Author", **_authors(corpus)},
        ],
    }


def _facts(corpus: Corpus) -> Iterator[Fact]:
    for column in (*FACETS, *COLUMNS):
        for id_, term in corpus.taxonomy[column].terms.items():
            yield Fact(column, id_, term.label, term.aliases)
    yield from OTHERS
    for year in sorted({study.year for study in corpus.studies}):
        yield Fact("year", f"{year}-{year}", str(year), ())


def _facts_of(study: Study, licences: Mapping[str, Term]) -> Iterator[tuple[str, str]]:
    """(column, id) of every fact of a study."""
    for column in (*FACETS, *COLUMNS):
        yield from ((column, id_) for id_ in study.terms(column))
    yield "weights", study.weights_access or ""
    use = licences[study.weights_licence].commercial if study.weights_licence else ""
    yield "commercial", COMMERCIAL.get(use, "")
    yield "code", "yes" if study.code else ""
    yield "published", "no" if study.is_preprint else "yes"
    yield "data_access", study.data_access or ""
    yield "year", f"{study.year}-{study.year}"


def _categories(corpus: Corpus, links: Links) -> dict[str, Any]:
    rows: list[tuple[Any, ...]] = []
    for facet in FACETS:
        vocabulary = corpus.taxonomy[facet]
        terms = counted(len(vocabulary.terms), "category")
        rows.append((f"{facet}/", vocabulary.plural, (vocabulary.label,), terms, 0))
        for id_, term in vocabulary.terms.items():
            studies = len(links.studies(facet, id_))
            line = f"{vocabulary.label} · {counted(studies, 'study')}"
            rows.append((f"{facet}/{id_}/", term.label, term.aliases, line, studies))
    return _columns(("paths", "names", "also", "lines", "weights"), rows)


def _newest_first(corpus: Corpus) -> Iterator[Study]:
    """The order of the studies in both files, and of hits where nothing else decides."""
    return reversed(corpus.studies)


def _texts(corpus: Corpus) -> dict[str, Any]:
    rows = [
        (study.title, "; ".join(name(cited).text for cited in study.authors))
        for study in _newest_first(corpus)
    ]
    return _columns(("titles", "authors"), rows)


def _studies(corpus: Corpus, links: Links, place: Mapping[tuple[str, str], int]) -> dict[str, Any]:
    licences = corpus.taxonomy["licence"].terms
    rows = [
        (
            study.id,
            links.name[study.id],
            tuple(filter(None, (study.arxiv, study.doi))),
            [place[fact] for fact in _facts_of(study, licences) if fact in place],
            len(links.children.get(study.id, ())),
        )
        for study in _newest_first(corpus)
    ]
    return _columns(("ids", "names", "also", "facts", "weights"), rows)


def _base_models(corpus: Corpus, links: Links) -> dict[str, Any]:
    kinds = corpus.taxonomy["base_kind"].terms
    rows = []
    for base in corpus.base_models:
        studies = len(links.children.get(base.id, ()))
        line = _line(
            kinds[base.kind].label,
            base.year,
            f"{counted(studies, 'study')} build{'s' * (studies == 1)} on it",
        )
        rows.append((base.id, base.name, [base.arxiv] if base.arxiv else [], line, studies))
    return _columns(("ids", "names", "also", "lines", "weights"), rows)


def _data_sets(corpus: Corpus, links: Links) -> dict[str, Any]:
    rows = []
    for row in corpus.datasets:
        used = {
            s.id for s in (*links.trained_on.get(row.id, ()), *links.evaluated_on.get(row.id, ()))
        }
        rows.append((row.id, row.name, _data_set_line(corpus, row, len(used)), len(used)))
    return _columns(("ids", "names", "lines", "weights"), rows)


def _data_set_line(corpus: Corpus, row: Dataset, studies: int) -> str:
    modalities = corpus.taxonomy["modalities"].terms
    access = corpus.taxonomy["dataset_access"].terms[row.access].label.lower() if row.access else ""
    return _line(
        ", ".join(modalities[id_].label for id_ in row.modalities),
        access,
        f"in {counted(studies, 'study')}",
    )


def _authors(corpus: Corpus) -> dict[str, Any]:
    authors = author_index(corpus.studies).values()
    rows = [
        (
            f"{page_address(author.path.partition('#')[0])[1:]}#{author.anchor}",
            author.name.text,
            f"{number(len(author.studies))} studies",
            len(author.studies),
        )
        for author in authors
    ]
    return _columns(("paths", "names", "lines", "weights"), rows)


def _prose(found: list[Section]) -> Iterator[dict[str, Any]]:
    """Whole pages, of every kind, before the sections within them."""
    for whole in (True, False):
        for kind in dict.fromkeys(section.kind for section in found):
            rows = [
                (s.path, s.name, s.about, s.words)
                for s in found
                if s.kind == kind and s.whole == whole
            ]
            if rows:
                yield {"kind": kind, **_columns(("paths", "names", "lines", "words"), rows)}


def _line(*facts: object) -> str:
    return " · ".join(str(fact) for fact in facts if fact)


def _columns(names: Iterable[str], rows: Iterable[tuple[Any, ...]]) -> dict[str, list[Any]]:
    listed = list(rows)
    return {name: [row[at] for row in listed] for at, name in enumerate(names)}
