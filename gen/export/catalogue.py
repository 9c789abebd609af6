"""How the tables describe themselves: as a Data Package, and as a schema.org Dataset."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any, Final

from gen.corpus.cells import MARKERS, SEPARATOR, Missing
from gen.corpus.columns import Column, columns
from gen.corpus.corpus import Corpus
from gen.corpus.settings import Vocabulary
from gen.corpus.tables import DOWNLOADS, KEYED, meaning
from gen.export import schema

PROFILE: Final = "https://datapackage.org/profiles/2.0/datapackage.json"
LICENCE: Final = "CC-BY-4.0"
LICENCE_URL: Final = "https://creativecommons.org/licenses/by/4.0/"
BLIND: Final = "second_coding"  # may name what the other tables lack
MEDIA: Final = {  # how a file's name ends -> what it holds
    "csv": "text/csv",
    "json": "application/json",
    "parquet": "application/vnd.apache.parquet",
    "sqlite": "application/vnd.sqlite3",
    "bib": "application/x-bibtex",
    "ris": "application/x-research-info-systems",
}


@dataclass(frozen=True, slots=True)
class Download:
    """A file that a reader can take away."""

    path: str  # under the site's root
    size: int  # bytes

    @property
    def media(self) -> str:
        return MEDIA[self.path.rpartition(".")[2]]


def description(corpus: Corpus) -> str:
    return (
        f"Every study of the living systematic review “{corpus.review.title}”, coded in one table "
        "with the data sets, base models and results that it names and every record screened."
    )


def about(corpus: Corpus) -> dict[str, str]:
    """What a file says of itself where it has room for a few words."""
    return {
        "title": corpus.review.title,
        "version": corpus.release.version,
        "date": corpus.release.date.isoformat(),
        "licence": LICENCE,
        "address": corpus.review.site,
    }


def data_package(corpus: Corpus, sheets: Mapping[str, str]) -> dict[str, Any]:
    """A Data Package (version 2) of the tables as CSV: table -> its text."""
    return {
        "$schema": PROFILE,
        "name": corpus.review.repository.rstrip("/").rpartition("/")[2].lower(),
        "title": corpus.review.title,
        "description": description(corpus),
        "version": corpus.release.version,
        "created": f"{corpus.release.date.isoformat()}T00:00:00Z",
        "homepage": corpus.review.site,
        "keywords": list(corpus.review.keywords),
        "licenses": [{"name": LICENCE, "path": LICENCE_URL}],
        "contributors": [{"title": name, "roles": ["author"]} for name in corpus.review.authors],
        "sources": [
            {"title": search.source, "description": search.note}
            if search.note
            else {"title": search.source}
            for search in corpus.release.searches
        ],
        "resources": [_resource(name, sheets[name], corpus.taxonomy) for name in DOWNLOADS],
    }


def _resource(table: str, sheet: str, taxonomy: Mapping[str, Vocabulary]) -> dict[str, Any]:
    model = DOWNLOADS[table]
    held = columns(model)
    keys = [
        {"fields": [column.name], "reference": {"resource": to, "fields": ["id"]}}
        for column in held
        if not column.many and (to := _refers(table, column))
    ]
    fields = [_field(column, taxonomy) for column in held]
    return {
        "name": table,
        "path": f"{table}.csv",
        "type": "table",
        "description": meaning(table),
        "format": "csv",
        "mediatype": MEDIA["csv"],
        "encoding": "utf-8",
        "bytes": len(sheet.encode()),
        "hash": f"sha256:{hashlib.sha256(sheet.encode()).hexdigest()}",
        "schema": {"fields": fields}
        | ({"primaryKey": ["id"]} if table in KEYED else {})
        | ({"foreignKeys": keys} if keys else {}),
    }


def _refers(table: str, column: Column) -> str:
    """The one table whose ids a column holds; "" where there is none, or more."""
    if table == BLIND:
        return "studies" if column.name == "id" else ""
    return column.refers[0] if len(column.refers) == 1 and column.refers[0] in KEYED else ""


def _field(column: Column, taxonomy: Mapping[str, Vocabulary]) -> dict[str, Any]:
    one = schema.value(column, taxonomy)
    kind = one.pop("type")
    field = {
        "name": column.name,
        "type": "list" if column.many else kind,
        "title": column.label,
        "description": column.about,
    }
    required = {"required": True} if column.required else {}
    if column.coded:
        field["missingValues"] = [{"value": "", "label": Missing.NOT_CODED.label}] + [
            {"value": marker, "label": Missing(marker).label} for marker in MARKERS
        ]
    if column.many:  # of its items a list says their type only: the rest is a property of our own
        items = {"delimiter": SEPARATOR, "itemType": kind}
        return field | items | ({"items": one} if one else {}) | {"constraints": required}
    if column.vocabulary:
        terms = taxonomy[column.vocabulary].terms
        field["categories"] = [{"value": id_, "label": term.label} for id_, term in terms.items()]
    return field | {"constraints": required | one}


def json_ld(corpus: Corpus, downloads: Iterable[Download]) -> dict[str, Any]:
    """The data as a schema.org Dataset."""
    site = corpus.review.site
    return {
        "@context": "https://schema.org",
        "@type": "Dataset",
        "name": corpus.review.title,
        "description": description(corpus),
        "url": f"{site}about/data/",
        "identifier": f"{site}about/data/",
        "version": corpus.release.version,
        "license": LICENCE_URL,
        "isAccessibleForFree": True,
        "keywords": list(corpus.review.keywords),
        "creator": [{"@type": "Organization", "name": name} for name in corpus.review.authors],
        "datePublished": corpus.releases[0].date.isoformat(),
        "dateModified": corpus.release.date.isoformat(),
        "distribution": [
            {
                "@type": "DataDownload",
                "name": each.path.rpartition("/")[2],
                "encodingFormat": each.media,
                "contentUrl": f"{site}{each.path}",
                "contentSize": f"{each.size} B",
            }
            for each in downloads
        ],
    }
