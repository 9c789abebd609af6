"""What readers filter data sets by."""

from __future__ import annotations

from collections.abc import Iterator
from functools import partial
from operator import attrgetter
from typing import Final

from gen.analysis.links import Links
from gen.corpus.columns import columns
from gen.corpus.corpus import Corpus
from gen.corpus.tables import Dataset
from gen.explore.definition import Field, List, written
from gen.explore.words import of_taxonomy

LABELS: Final = {column.name: column.label for column in columns(Dataset)}

terms = partial(Field, kind="terms", panel="checks", column=True)
number = partial(Field, kind="range", panel="range", column=True)


def data_set_files(corpus: Corpus, links: Links) -> Iterator[tuple[str, str]]:
    return written("explore/datasets", data_sets(corpus, links))


def data_sets(corpus: Corpus, links: Links) -> List:
    """The data sets, the most named first. Numbers of studies are of all that are coded."""
    vocabularies = of_taxonomy(corpus, "modalities", "domains", "dataset_access", "unit")
    return List(
        one="data set",
        many="data sets",
        rows=links.most_named(),
        fields=(*asked(links), *texts()),
        vocabularies=vocabularies
        | {"used": [("training", "Training"), ("evaluation", "Evaluation only")]},
        columns=("training", "evaluation", "access", "modalities", "size", "year"),
        sorts=(
            ("-studies", "Most used"),
            ("-training", "Most trained on"),
            ("-evaluation", "Most used for evaluation only"),
            ("name", "Name"),
            ("-year", "Newest first"),
            ("-size", "Largest"),
        ),
        words="Name, id, words",
    )


def asked(links: Links) -> Iterator[Field]:
    trained, evaluated = links.trained_on, links.evaluated_on

    def used(row: Dataset) -> list[str]:
        return ["training"] * (row.id in trained) + ["evaluation"] * (row.id in evaluated)

    yield terms(
        id="access",
        label=LABELS["access"],
        vocabulary="dataset_access",
        value=lambda row: [row.access] * bool(row.access),
    )
    for name in ("modalities", "domains"):
        yield terms(
            id=name,
            label=LABELS[name],
            vocabulary=name,
            many=True,
            value=attrgetter(name),
        )
    yield terms(id="used", label="Used for", vocabulary="used", many=True, value=used, column=False)
    yield number(id="studies", label="Studies", value=lambda row: len(links.naming(row.id)))
    yield number(
        id="training",
        label="Trained on by",
        value=lambda row: len(trained.get(row.id, ())),
    )
    yield number(
        id="evaluation",
        label="Evaluation only",
        about="Studies that use it to evaluate a model which they did not train on it.",
        value=lambda row: len(evaluated.get(row.id, ())),
    )
    yield number(id="year", label=LABELS["year"], value=lambda row: row.year)
    yield number(
        id="size",
        label=LABELS["size"],
        about="In the unit that its owners count in: images, volumes, pairs and others.",
        value=lambda row: row.size,
        unit="unit",
    )
    yield terms(
        id="unit",
        label="Unit of the size",
        vocabulary="unit",
        value=lambda row: [row.unit] * bool(row.unit),
        panel="",
        column=False,
    )


def texts() -> Iterator[Field]:
    text = partial(Field, kind="text", searched=True)
    yield text(id="id", label="Id", value=lambda row: row.id)
    yield text(id="name", label="Name", value=lambda row: row.name)
    yield text(id="summary", label=LABELS["note"], value=lambda row: row.note or "")
    yield Field(id="url", label="Owners’ page", kind="link", value=lambda row: row.url or "")
