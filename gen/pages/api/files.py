"""Every document of the API as a file, with the schemas, and the index of them all.

Within v1 names may be added; none is removed, and none changes what it means.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace

from gen.corpus.corpus import Corpus
from gen.corpus.tables import DOWNLOADS
from gen.export.schema import ADDRESS, NUMBER, TEXT, a_list, an_object
from gen.pages.api import one_study, rows, summaries
from gen.pages.api.document import Document
from gen.pages.view import File, View

SUFFIXES = ("csv", "json", "parquet")


def documents(view: View) -> list[Document]:
    """All of them; of the studies one, which stands for them."""
    study = one_study.document(view.corpus)
    found = [*rows.documents(view), study, summaries.facets(view), summaries.series(view)]
    return [index(view.corpus, found), *found]


def api_files(view: View, found: Sequence[Document]) -> Iterator[File]:
    corpus = view.corpus
    for document in found:
        yield document.schema, document.shape(corpus)
        if not document.path:
            yield document.place, document.written(corpus)
            continue
        for study in corpus.studies:
            one = replace(document, values=one_study.values(view, study))
            yield document.place.format(id=study.id), one.written(corpus)


def index(corpus: Corpus, found: Sequence[Document]) -> Document:
    """What there is."""
    site = corpus.review.site
    listed = [
        {
            "name": each.name,
            "about": each.about,
            "address": f"{site}{each.place}",
            "schema": f"{site}{each.schema}",
        }
        for each in found
    ]
    tables = [
        {"name": name, "rows": len(getattr(corpus, name))}
        | {suffix: f"{site}data/{name}.{suffix}" for suffix in SUFFIXES}
        for name in DOWNLOADS
    ]
    document = {"name": TEXT, "about": TEXT, "address": ADDRESS, "schema": ADDRESS}
    table = {"name": TEXT, "rows": NUMBER} | dict.fromkeys(SUFFIXES, ADDRESS)
    shapes = {"documents": a_list(an_object(document)), "tables": a_list(an_object(table))}
    about = "What the API holds, and the tables as files. `{id}` in an address stands for an id."
    return Document("index", about, shapes, {"documents": listed, "tables": tables})
