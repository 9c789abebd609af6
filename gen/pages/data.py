"""The data as files and as an API, and the page that tells of them."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from typing import Any, Final

from gen.corpus.tables import DOWNLOADS, meaning
from gen.export import catalogue
from gen.export.catalogue import Download
from gen.pages.api import one_study
from gen.pages.api.document import Document
from gen.pages.api.files import api_files, documents
from gen.pages.downloads import table_files
from gen.pages.view import File, View

PATH: Final = "about/data.md"
LONGEST: Final = 80  # characters of a text in an example


def data_files(view: View) -> Iterator[File]:
    """The tables, the API, and their page, which gives the size of each."""
    tables, found = dict(table_files(view.corpus)), documents(view)
    api = dict(api_files(view, found))
    yield from tables.items()
    yield from api.items()
    sizes = {path: len(_bytes(content)) for path, content in (tables | api).items()}
    downloads = [Download(path, sizes[path]) for path in tables]
    study = most_built_on(view)
    yield (
        PATH,
        view.page(
            "pages/data.md.jinja",
            PATH,
            tables={name: meaning(name) for name in DOWNLOADS},
            rows={name: len(getattr(view.corpus, name)) for name in DOWNLOADS},
            sizes=sizes,
            documents=[(document, example(document, view, study)) for document in found],
            of_one=one_study.document(view.corpus).place.format(id=study),
            jsonld=catalogue.json_ld(view.corpus, downloads),
            licence_url=catalogue.LICENCE_URL,
        ),
    )


def most_built_on(view: View) -> str:
    """The study that serves as an example: the one that most others build on."""
    children = view.links.children
    ids = (study.id for study in view.corpus.studies)
    return max(ids, key=lambda id_: (len(children.get(id_, ())), id_))


def example(document: Document, view: View, study: str) -> str:
    """One answer: of each list the first entry, and of each long text its beginning."""
    values: Mapping[str, Any] = document.values or one_study.values(view, view.links.study[study])
    whole = Document(document.name, document.about, {}, values).written(view.corpus)
    return json.dumps(_shortened(json.loads(whole)), ensure_ascii=False, indent=2)


def _shortened(value: Any) -> Any:  # noqa: ANN401 - whatever JSON holds
    if isinstance(value, dict):
        return {name: _shortened(each) for name, each in value.items()}
    if isinstance(value, list):
        return [_shortened(each) for each in value[:1]]
    if isinstance(value, str) and len(value) > LONGEST and not value.startswith("https://"):
        return value[:LONGEST] + "…"
    return value


def _bytes(content: str | bytes) -> bytes:
    return content.encode() if isinstance(content, str) else content
