"""A document of the API, what every one says of itself, and its schema."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Final

from gen.corpus.corpus import Corpus
from gen.export import schema
from gen.export.catalogue import LICENCE
from gen.export.schema import ADDRESS, TEXT, an_object
from gen.export.tables import json_line

ROOT: Final = "api/v1"


@dataclass(frozen=True, slots=True)
class Document:
    """One document, or one of many alike."""

    name: str
    about: str
    shapes: Mapping[str, Any]  # name of a value -> its JSON Schema
    values: Mapping[str, Any]
    path: str = ""  # of one of many: its path under the root, {id} in it

    @property
    def place(self) -> str:
        """Where it is, under the site's root."""
        return f"{ROOT}/{self.path or self.name + '.json'}"

    @property
    def schema(self) -> str:
        """Where its schema is, under the site's root."""
        return f"{ROOT}/schema/{self.name}.json"

    def written(self, corpus: Corpus) -> str:
        head = {
            "version": corpus.release.version,
            "licence": LICENCE,
            "about": self.about,
            "documentation": f"{corpus.review.site}about/data/",
            "schema": f"{corpus.review.site}{self.schema}",
        }
        return json_line({**head, **self.values}) + "\n"

    def shape(self, corpus: Corpus) -> str:
        head = {"version": TEXT, "licence": TEXT, "about": TEXT}
        head |= {"documentation": ADDRESS, "schema": ADDRESS}
        told = {"$schema": schema.DRAFT, "$id": f"{corpus.review.site}{self.schema}"}
        return json_line(told | {"title": self.name} | an_object({**head, **self.shapes})) + "\n"


def page_address(corpus: Corpus, path: str) -> str:
    """Where the page at a path under docs/ is read."""
    return f"{corpus.review.site}{path.removesuffix('.md')}/"
