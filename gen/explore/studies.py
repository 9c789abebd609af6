"""What readers filter studies by: the one place that says what each filter means."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Any, Final

from gen.corpus.columns import columns
from gen.corpus.corpus import Corpus, Frame
from gen.corpus.names import name
from gen.corpus.settings import Vocabulary
from gen.corpus.tables import FACETS, Study
from gen.explore.definition import Field, List, Terms, files
from gen.export.tables import as_json

COMMERCIAL: Final = {"allowed": "yes", "not allowed": "no", "unclear": "unclear"}
SORTS: Final = (
    ("-date", "Newest first"),
    ("date", "Oldest first"),
    ("name", "Name"),
    ("weights", "Weights: open first"),
    ("-train_size", "Largest training set"),
    ("-parameters", "Most parameters"),
)
COLUMNS: Final = ("date", "family", "modalities", "weights", "licence")
VOCABULARIES: Final = (*FACETS, "contribution", "dimension", "data_access", "status", "unit")


def explorer_files(corpus: Corpus) -> Iterator[tuple[str, str]]:
    """The studies, newest first, as the page that filters them loads them."""
    made = files("explore/studies", studies(corpus))
    yield from ((path, as_json(value)) for path, value in made.items())


def studies(corpus: Corpus) -> List:
    return List(
        one="study",
        many="studies",
        rows=corpus.studies[::-1],
        fields=list(fields(corpus)),
        vocabularies=vocabularies(corpus),
        columns=COLUMNS,
        sorts=SORTS,
    )


def fields(corpus: Corpus) -> Iterator[Field]:
    """Those that are asked for first come first."""
    labels, frames = corpus.labels, corpus.frames
    counted = {study.id for study in corpus.counted}
    licences = corpus.taxonomy["licence"].terms

    def frame(study: Study) -> list[str]:
        """Included is what shares and trends speak of: a retracted study is in no frame."""
        held = frames[study.id] is not Frame.INCLUDED or study.id in counted
        return [frames[study.id].value] * held

    def commercial(study: Study) -> list[str]:
        allowed = licences[study.weights_licence].commercial if study.weights_licence else ""
        return [COMMERCIAL[allowed]] if allowed else []

    yield Field(id="id", label="Id", kind="text", value=lambda s: s.id, searched=True)
    yield Field(id="name", label="Name", kind="text", value=lambda s: labels[s.id], searched=True)
    yield from map(coded, ("modalities", "domains", "tasks"))
    yield Field(
        id="weights",
        label="Weights",
        kind="terms",
        vocabulary="weights_access",
        value=lambda s: _one(s.weights_access),
        panel="checks",
        column=True,
    )
    yield Field(
        id="commercial",
        label="Commercial use of the weights",
        kind="terms",
        about="As the licence of the weights says. Most studies state none: read it before use.",
        vocabulary="commercial",
        value=commercial,
        panel="checks",
    )
    yield Field(
        id="licence",
        label="Licence of weights",
        kind="terms",
        vocabulary="licence",
        value=lambda s: _one(s.weights_licence),
        column=True,
    )
    yield Field(
        id="code",
        label="Code",
        kind="terms",
        vocabulary="code",
        value=lambda s: ["yes"] * bool(s.code),
        panel="checks",
        column=True,
    )
    yield coded("family", badge=True)
    yield coded("contribution")
    yield Field(
        id="year",
        label="Year of first appearance",
        kind="range",
        value=lambda s: s.year,
        panel="range",
    )
    yield Field(
        id="elsewhere",
        label="Tested on other data",
        kind="terms",
        about="At least one data set is named that served evaluation only: the model was not "
        "trained on it.",
        vocabulary="elsewhere",
        value=lambda s: ["yes"] * bool(s.eval_data),
        panel="checks",
        column=True,
    )
    yield Field(
        id="published",
        label="Peer review",
        kind="terms",
        vocabulary="published",
        value=lambda s: ["no" if s.is_preprint else "yes"],
        panel="checks",
        column=True,
    )
    yield Field(
        id="train",
        label="Trained on",
        kind="terms",
        vocabulary="datasets",
        many=True,
        value=lambda s: s.train_data,
        panel="lookup",
        column=True,
    )
    yield Field(
        id="eval",
        label="Tested on, not trained on",
        kind="terms",
        vocabulary="datasets",
        many=True,
        value=lambda s: s.eval_data,
        panel="lookup",
        column=True,
    )
    yield Field(
        id="data",
        label="Trained or tested on",
        kind="terms",
        vocabulary="datasets",
        many=True,
        union=("train", "eval"),
    )
    yield Field(
        id="roots",
        label="Builds on or tests",
        kind="terms",
        vocabulary="roots",
        many=True,
        value=lambda s: s.roots,
        panel="lookup",
        column=True,
    )
    yield coded("data_access")
    yield Field(
        id="train_size",
        label="Training size",
        kind="range",
        about="In the unit that the study counts in: images, volumes, pairs and others.",
        value=lambda s: s.train_size,
        panel="range",
        column=True,
    )
    yield Field(
        id="unit",
        label="Unit of the training size",
        kind="terms",
        vocabulary="unit",
        value=lambda s: _one(s.train_unit),
        column=True,
    )
    yield Field(
        id="parameters",
        label="Parameters (millions)",
        kind="range",
        value=lambda s: s.parameters_m,
        panel="range",
        column=True,
    )
    yield coded("dimension")
    yield from map(coded, ("architecture", "training", "adaptation", "challenges", "strategies"))
    yield Field(
        id="frame",
        label="How it came to be coded",
        kind="terms",
        about="Shares and trends of this review speak of the included ones.",
        vocabulary="frame",
        value=frame,
        panel="checks",
        column=True,
    )
    yield coded("status")
    yield Field(id="date", label="First appeared", kind="text", value=lambda s: s.date, column=True)
    yield from texts()


def texts() -> Iterator[Field]:
    """What is read and not counted: loaded after the first rows stand."""
    said: tuple[tuple[str, str, Any], ...] = (
        ("title", "Title", lambda s: s.title),
        ("summary", "Summary", lambda s: s.summary),
        ("venue", "Venue", lambda s: s.venue or ""),
        ("arxiv", "arXiv", lambda s: s.arxiv or ""),
        ("doi", "DOI", lambda s: s.doi or ""),
        # Family names only: whole ones would be as much again.
        ("families", "Authors", lambda s: " ".join(name(cited).last for cited in s.authors)),
    )
    for id_, label, value in said:
        yield Field(
            id=id_,
            label=label,
            kind="text",
            value=value,
            searched=True,
            column=id_ not in {"summary", "families"},
            part="text",
        )
    links: tuple[tuple[str, str, Any], ...] = (
        ("weights_at", "Weights", lambda s: s.weights or ""),
        ("code_at", "Code", lambda s: s.code or ""),
    )
    for id_, label, value in links:
        yield Field(id=id_, label=label, kind="link", value=value, part="text")
    yield Field(
        id="author",
        label="Author",
        kind="terms",
        vocabulary="authors",
        many=True,
        value=lambda s: _several(name(cited).slug for cited in s.authors),
        part="authors",
    )


def coded(id_: str, *, badge: bool = False) -> Field:
    """A column of controlled terms whose vocabulary has its name."""
    described = next(column for column in columns(Study) if column.name == id_)
    return Field(
        id=id_,
        label=described.label,
        kind="terms",
        vocabulary=id_,
        many=described.many,
        value=lambda study: study.terms(id_),
        panel="checks",
        column=True,
        badge=badge,
    )


def vocabularies(corpus: Corpus) -> dict[str, Terms]:
    taxonomy = corpus.taxonomy
    roots = {id_ for study in corpus.studies for id_ in study.roots}
    authors = {name(cited).slug: name(cited).text for s in corpus.studies for cited in s.authors}
    return {
        **{id_: terms(taxonomy[id_]) for id_ in VOCABULARIES},
        "weights_access": terms(taxonomy["weights_access"]),
        "licence": [
            (id_, each.label + f": commercial use {each.commercial}" * bool(each.commercial))
            for id_, each in taxonomy["licence"].terms.items()
        ],
        "commercial": [("yes", "Allowed"), ("no", "Not allowed"), ("unclear", "Unclear")],
        "code": [("yes", "Offered", "source code", "repository")],
        "elsewhere": [("yes", "On data not trained on", "external validation")],
        "published": [("yes", "Peer-reviewed"), ("no", "Preprint")],
        "frame": [
            (Frame.INCLUDED, "Included at screening or contributed"),
            (Frame.DRAWN, "Drawn from the deferred records"),
            (Frame.AHEAD, "Contributed ahead of the draw"),
        ],
        "datasets": [(each.id, each.name) for each in corpus.datasets],
        "roots": sorted(
            ((id_, corpus.labels[id_]) for id_ in roots), key=lambda t: (t[1].lower(), t[0])
        ),
        "authors": sorted((slug, text) for slug, text in authors.items() if slug),
    }


def terms(vocabulary: Vocabulary) -> Terms:
    return [(id_, each.label, *each.aliases) for id_, each in vocabulary.terms.items()]


def _one(value: str | None) -> list[str]:
    return [value] if value else []


def _several(values: Iterable[str]) -> list[str]:
    return list(dict.fromkeys(filter(None, values)))
