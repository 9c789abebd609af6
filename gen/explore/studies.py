"""What readers filter studies by: the one place that says what each filter means."""

from __future__ import annotations

from collections.abc import Iterator
from functools import partial
from typing import Any, Final

from gen.citations.entry import study_entry
from gen.citations.tags import LISTED
from gen.corpus.columns import columns
from gen.corpus.corpus import Corpus, Frame
from gen.corpus.names import name
from gen.corpus.tables import Study
from gen.explore.definition import ROWS, WORDS, Field, List, written
from gen.explore.words import NO_LICENCE, NOT_OFFERED, vocabularies

COMMERCIAL: Final = {"allowed": "yes", "not allowed": "no", "unclear": "unclear"}
LABELS: Final = {column.name: column.label for column in columns(Study)}
MANY: Final = frozenset(column.name for column in columns(Study) if column.many)

terms = partial(Field, kind="terms", panel="checks", column=True)
named = partial(Field, kind="terms", vocabulary="datasets", many=True, panel="lookup", column=True)
size = partial(Field, kind="range", panel="range")


def explorer_files(corpus: Corpus) -> Iterator[tuple[str, str]]:
    """The studies, newest first, as the page that filters them loads them."""
    return written("explore/studies", studies(corpus))


def studies(corpus: Corpus) -> List:
    return List(
        one="study",
        many="studies",
        rows=corpus.studies[::-1],
        fields=(
            *asked_first(corpus),
            *asked_less(),
            *origin(corpus),
            *texts(corpus),
            *cited(),
        ),
        vocabularies=vocabularies(corpus),
        columns=("date", "family", "modalities", "weights", "licence"),
        sorts=(
            ("-date", "Newest first"),
            ("date", "Oldest first"),
            ("name", "Name"),
            ("weights", "Weights: open first"),
            ("-train_size", "Largest training set"),
            ("-parameters", "Most parameters"),
        ),
        words="Name, author, id, words",
    )


def coded(id_: str, *, badge: bool = False) -> Field:
    """A column of controlled terms whose vocabulary has its name."""
    return terms(
        id=id_,
        label=LABELS[id_],
        vocabulary=id_,
        many=id_ in MANY,
        value=lambda study: study.terms(id_),
        badge=badge,
    )


def asked_first(corpus: Corpus) -> Iterator[Field]:
    """What it is for, whether it can be had and may be used."""
    licences = corpus.taxonomy["licence"].terms

    def commercial(study: Study) -> list[str]:
        allowed = licences[study.weights_licence].commercial if study.weights_licence else ""
        return [COMMERCIAL[allowed]] if allowed else []

    def licence(study: Study) -> tuple[str, ...]:
        """Or why weights have none, or are none; nothing where no weights are spoken of."""
        if study.weights_access == NOT_OFFERED:
            return (NOT_OFFERED,)
        if study.weights_licence or not (study.weights_access or study.weights):
            return study.terms("weights_licence")
        return (study.missing["weights_licence"],)

    yield from map(coded, ("modalities", "domains", "tasks"))
    yield terms(
        id="weights",
        label="Weights",
        vocabulary="weights_access",
        value=lambda study: study.terms("weights_access"),
    )
    yield terms(
        id="commercial",
        label="Commercial use of the weights",
        about="As the licence of the weights says. Most studies state none: read it before use.",
        vocabulary="commercial",
        value=commercial,
        column=False,  # the licence says it
    )
    yield terms(
        id="licence",
        label="Licence of weights",
        vocabulary="licence",
        value=licence,
        silent=tuple(NO_LICENCE),
        panel="",
    )
    yield terms(
        id="code", label="Code", vocabulary="code", value=lambda study: ["yes"] * bool(study.code)
    )
    yield coded("family", badge=True)
    yield coded("contribution")
    yield size(id="year", label="Year of first appearance", value=lambda study: study.year)


def asked_less() -> Iterator[Field]:
    """What it was trained and tested on, how large it is, how it is made."""
    yield terms(
        id="elsewhere",
        label="Tested on other data",
        about="At least one data set is named that served evaluation only: the model was not "
        "trained on it.",
        vocabulary="elsewhere",
        value=lambda study: ["yes"] * bool(study.eval_data),
    )
    yield named(id="train", label="Trained on", value=lambda study: study.train_data)
    yield named(id="eval", label="Tested on, not trained on", value=lambda study: study.eval_data)
    yield named(
        id="data", label="Trained or tested on", union=("train", "eval"), panel="", column=False
    )
    yield named(
        id="roots", label="Builds on or tests", vocabulary="roots", value=lambda study: study.roots
    )
    yield coded("data_access")
    yield size(
        id="train_size",
        label="Training size",
        about="In the unit that the study counts in: images, volumes, pairs and others.",
        value=lambda study: study.train_size,
        unit="unit",
        column=True,
    )
    yield terms(
        id="unit",
        label="Unit of the training size",
        vocabulary="unit",
        value=lambda study: study.terms("train_unit"),
        panel="",
    )
    yield size(
        id="parameters",
        label=LABELS["parameters_m"],
        value=lambda study: study.parameters_m,
        column=True,
    )
    yield coded("dimension")
    yield from map(coded, ("architecture", "training", "adaptation", "challenges", "strategies"))


def origin(corpus: Corpus) -> Iterator[Field]:
    """Whether it was reviewed, how it came here, what was said of it since."""
    frames = corpus.frames
    counted = {study.id for study in corpus.counted}

    def frame(study: Study) -> list[str]:
        """Included is what shares and trends speak of: a retracted study is in no frame."""
        held = frames[study.id] is not Frame.INCLUDED or study.id in counted
        return [frames[study.id]] * held

    yield terms(
        id="published",
        label="Peer review",
        vocabulary="published",
        value=lambda study: ["no" if study.is_preprint else "yes"],
    )
    yield terms(
        id="frame",
        label="How it came to be coded",
        about="Shares and trends of this review speak of the included ones.",
        vocabulary="frame",
        value=frame,
    )
    yield coded("status")


def texts(corpus: Corpus) -> Iterator[Field]:
    """What is read and not counted. The longer part is loaded of the rows that are shown."""
    yield Field(id="ids", label="Study", kind="terms", itself=True)
    text = partial(Field, kind="text", searched=True)
    late = partial(text, part=ROWS)
    labels = corpus.labels
    yield text(id="id", label="Id", value=lambda study: study.id)
    yield text(id="name", label="Name", value=lambda study: labels[study.id])
    yield text(
        id="date", label=LABELS["date"], value=lambda study: study.date, searched=False, column=True
    )
    for id_ in ("title", "venue", "arxiv", "doi"):
        yield late(id=id_, label=LABELS[id_], value=_cell(id_), column=True)
    yield late(id="summary", label=LABELS["summary"], value=_cell("summary"))
    # Family names only: whole ones would be as much again.
    yield text(
        id="families",
        part=WORDS,
        label="Authors",
        value=lambda study: " ".join(name(cited).last for cited in study.authors),
    )
    for id_, label, column in (
        ("weights_at", LABELS["weights"], "weights"),
        ("code_at", LABELS["code"], "code"),
        ("paper_at", "Paper", "link"),
    ):
        yield Field(id=id_, label=label, kind="link", value=_cell(column), part=ROWS)
    yield Field(
        id="author",
        label="Author",
        kind="terms",
        vocabulary="authors",
        many=True,
        value=lambda study: dict.fromkeys(filter(None, (name(c).slug for c in study.authors))),
        part="authors",
    )


def cited() -> Iterator[Field]:
    """What reference managers are told of a row; a text is "" where it is that of the row."""

    def differs(of_entry: str, of_study: str) -> Any:  # noqa: ANN401 - a function of any row
        def value(study: Study) -> str:
            said: str = getattr(study_entry(study), of_entry)
            return said if said != getattr(study, of_study) else ""

        return value

    for id_, label, value in (
        ("cited_as", "Cited as", lambda study: LISTED[study_entry(study).kind][0]),
        ("cited_title", "Title as cited", differs("title", "title")),
        ("cited_date", "Date as cited", differs("date", "date")),
        ("cited_in", "Venue as cited", differs("container", "venue")),
    ):
        yield Field(id=id_, label=label, kind="text", value=value, part=ROWS)


def _cell(column: str) -> Any:  # noqa: ANN401 - a function of any row
    return lambda study: getattr(study, column) or ""
