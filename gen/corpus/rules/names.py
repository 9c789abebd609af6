"""The rules of authors' names."""

from __future__ import annotations

from collections.abc import Iterator

from gen.corpus.names import name
from gen.corpus.pasted import OTHERS, faults
from gen.corpus.rules.lines import Line, Tables
from gen.problems import Problem


def authors(tables: Tables) -> Iterator[Problem]:
    """An author is a person as `Family, Given` or an organisation without a comma; a list that is not whole ends with the last author that is known and has `authors` in `partial`."""  # noqa: E501 - the codebook page shows it as one sentence
    for line in tables.lines["studies"]:
        cell = line.cells["authors"]
        found, right = faults(cell)
        for fault in found:
            if fault.message == OTHERS and "authors" not in line.values("partial"):
                what = "and write `authors` into the column partial"
                yield line.problem("authors", f"{fault.message}, {what}", value=cell, fix=right)
                continue
            yield line.problem(
                "authors",
                fault.message,
                value=cell,
                fix=right,
                severity="warning" if fault.is_doubt else "error",
            )


def spellings(tables: Tables) -> Iterator[Problem]:
    """An author has one spelling in all studies: no other differs from it by accents, capitals or signs alone."""  # noqa: E501 - the codebook page shows it as one sentence
    first: dict[str, tuple[str, Line]] = {}
    for line in tables.lines["studies"]:
        for author in line.values("authors"):
            slug = name(author).slug
            spelling, earlier = first.setdefault(slug, (author, line))
            if slug and spelling != author:
                what = f"is {spelling!r} on line {earlier.number}; write both the same"
                yield line.problem("authors", what, value=author)
