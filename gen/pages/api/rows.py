"""The documents that hold the rows of a table, each row with what is known of it besides."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Any, Final

from gen.corpus.columns import columns
from gen.corpus.tables import TABLES, Study
from gen.export import schema
from gen.export.schema import ADDRESS, NUMBER, TEXT, a_list, an_object
from gen.export.tables import MISSING, record
from gen.pages.api.document import Document, page_address
from gen.pages.api.one_study import STANDING, standing
from gen.pages.view import View

# Left out of the list of all studies: prose, and what tells how a row was coded.
PROSE: Final = {"authors", "summary", "backbone", "licence_note", "note"}
LONG: Final = PROSE | {"status_url", "partial", "evidence", "coded_from", "record_id"}
COMPACT: Final = tuple(column.name for column in columns(Study) if column.name not in LONG)
IDS: Final = a_list(TEXT)
NOTHING: Final[Mapping[str, Any]] = {}


def documents(view: View) -> Iterator[Document]:
    corpus, links = view.corpus, view.links

    def listed(
        name: str,
        about: str,
        rows: Sequence[dict[str, Any]],
        shape: Mapping[str, Any] = NOTHING,
        only: Sequence[str] = (),
    ) -> Document:
        row = an_object(schema.row(TABLES[name], corpus.taxonomy, only) | {**shape})
        shapes = {"count": NUMBER, name: a_list(row)}
        return Document(name, about, shapes, {"count": len(rows), name: rows})

    def ids(studies: Mapping[str, Sequence[Study]], id_: str) -> list[str]:
        return [study.id for study in studies.get(id_, ())]

    yield listed(
        "studies",
        "All studies, oldest first, without prose; each is whole at the address in `self`.",
        [compact(study) | standing(view, study) for study in corpus.studies],
        STANDING,
        COMPACT,
    )
    yield listed(
        "datasets",
        "All data sets, each with the studies that train on it and those that only test on it.",
        [
            record(row)
            | {
                "page": page_address(corpus, row.path),
                "trained_on_by": ids(links.trained_on, row.id),
                "evaluated_on_by": ids(links.evaluated_on, row.id),
            }
            for row in corpus.datasets
        ],
        {"page": ADDRESS, "trained_on_by": IDS, "evaluated_on_by": IDS},
    )
    yield listed(
        "base_models",
        "All base models that studies start from or test and that are no studies themselves.",
        [
            record(row)
            | {
                "page": page_address(corpus, row.path),
                "built_on_by": ids(links.children, row.id),
            }
            for row in corpus.base_models
        ],
        {"page": ADDRESS, "built_on_by": IDS},
    )
    stated = list(map(record, corpus.results))
    yield listed("results", "Headline results as the studies state them.", stated)
    screened = list(map(record, corpus.records))
    about = "Every record that the searches identified, with its screening decision."
    yield listed("records", about, screened)


def compact(study: Study) -> dict[str, Any]:
    """The row of a study without the columns of LONG."""
    row = record(study)
    kinds = {name: kind for name, kind in row[MISSING].items() if name not in LONG}
    return {name: row[name] for name in COMPACT} | {MISSING: kinds}
