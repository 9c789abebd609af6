"""A table as Parquet: typed columns, lists where a cell holds several values."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Final

import pyarrow as pa
from pyarrow import parquet

from gen.corpus.columns import Column, Row, columns
from gen.export.tables import MISSING, has_missing, record

TYPES: Final = {"string": pa.string(), "integer": pa.int64(), "number": pa.float64()}


def table_parquet(model: type[Row], rows: Iterable[Row], about: Mapping[str, str]) -> bytes:
    """The table; `about` are the names and texts that its file says of itself."""
    fields = [_field(column) for column in columns(model)]
    if has_missing(model):
        fields.append(pa.field(MISSING, pa.map_(pa.string(), pa.string()), nullable=False))
    table = pa.Table.from_pylist(
        [_pairs(record(row)) for row in rows], schema=pa.schema(fields, metadata=dict(about))
    )
    sink = pa.BufferOutputStream()
    parquet.write_table(table, sink, compression="zstd")
    return bytes(sink.getvalue())


def _field(column: Column) -> pa.Field:
    kind = TYPES[column.value["type"]]
    kind = pa.list_(kind) if column.many else kind
    told = {"description": column.about}
    return pa.field(column.name, kind, nullable=not (column.required or column.many), metadata=told)


def _pairs(values: dict[str, object]) -> dict[str, object]:
    """The kinds of missing as the pairs that a map is made from."""
    kinds = values.get(MISSING)
    return values | {MISSING: sorted(kinds.items())} if isinstance(kinds, dict) else values
