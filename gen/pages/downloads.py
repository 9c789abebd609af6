"""Files beside the pages: tables, bibliographies, what a figure is made from."""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence
from typing import Any
from urllib.parse import urlencode

from gen.citations import entry as citation
from gen.citations import formats as bibliography
from gen.corpus.corpus import Corpus
from gen.corpus.tables import DOWNLOADS, Study
from gen.export import catalogue
from gen.export import tables as export
from gen.export.parquet import table_parquet
from gen.export.sqlite import database
from gen.figures import draw
from gen.pages.view import Drawn, File


def table_files(corpus: Corpus) -> Iterator[File]:
    """The tables of data/ in every format, and all studies for reference managers."""
    about = catalogue.about(corpus)
    tables: dict[str, Sequence[Any]] = {table: getattr(corpus, table) for table in DOWNLOADS}
    sheets = {table: export.rows_csv(model, tables[table]) for table, model in DOWNLOADS.items()}
    for table, model in DOWNLOADS.items():
        yield f"data/{table}.csv", sheets[table]
        yield f"data/{table}.json", export.rows_json(tables[table])
        yield f"data/{table}.parquet", table_parquet(model, tables[table], about)
    yield "data/review.sqlite", database(tables, corpus.taxonomy, about)
    package = catalogue.data_package(corpus, sheets)
    yield "data/datapackage.json", json.dumps(package, ensure_ascii=False, indent=1) + "\n"
    yield from bibliographies("data/studies", corpus.studies)


def bibliographies(stem: str, studies: Sequence[Study]) -> Iterator[File]:
    """Studies for reference managers, in each format that these read."""
    entries = list(map(citation.study_entry, studies))
    yield f"{stem}.bib", "\n".join(map(bibliography.bibtex, entries))
    yield f"{stem}.ris", "\n".join(map(bibliography.ris, entries))
    yield f"{stem}.csl.json", bibliography.csl_json(entries)


def figure_files(drawn: Drawn, svg: str) -> Iterator[File]:
    """The downloads of a figure."""
    figure = drawn.figure
    stem = f"figures/{figure.slug}"
    yield f"{stem}.svg", draw.without_links(draw.plain_colours(svg))
    yield f"{stem}.csv", export.table_csv(figure.columns, figure.rows)
    yield f"{stem}.json", export.as_json(drawn.spec)


def table_links(corpus: Corpus, table: str, id_: str) -> dict[str, str]:
    """Where a reader reports an error in a row, and where they mend it."""
    repository = corpus.review.repository
    query = urlencode(
        {"template": "correct.yml", "title": f"Correction: {id_}", "row": f"{table}/{id_}"}
    )
    return {
        "report": f"{repository}/issues/new?{query}",
        "edit_url": f"{repository}/edit/main/data/{table}.csv",
    }
