"""The rules of terms and addresses: vocabularies, permalinks and renames.

The first sentence of a rule's docstring is the rule as the codebook page states it.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Final

from gen.corpus.cells import ANCHOR, PAGE, SLUG
from gen.corpus.rules.lines import Line, Tables, near, same
from gen.corpus.tables import KINDS, TABLES
from gen.problems import Problem

SPDX: Final = re.compile(
    r"[A-Za-z0-9]+(?:[.-][A-Za-z0-9]+)*"
)  # of licences, as spdx.org lists them


def vocabularies(tables: Tables) -> Iterator[Problem]:
    """The id of a term is lower-case letters and digits joined by hyphens, and parents and families are terms."""  # noqa: E501 - the codebook page shows it as one sentence
    file = f"{tables.folder}/taxonomy.toml"
    for name, vocabulary in tables.taxonomy.items():
        for id_, term in vocabulary.terms.items():
            where = f"{name}.terms.{id_}"
            if name == "licence":
                if not SPDX.fullmatch(id_):
                    what = "must be an SPDX identifier such as CC-BY-4.0, or one word"
                    yield Problem(file=file, column=where, id=id_, value=id_, message=what)
            elif not SLUG.fullmatch(id_):
                what = "must be lower-case letters and digits joined by single hyphens, not 'index'"
                yield Problem(file=file, column=where, id=id_, value=id_, message=what)
            lineage = [id_]
            while parent := vocabulary.terms[lineage[-1]].parent:
                if parent not in vocabulary.terms or parent in lineage:
                    what = "must be another term of the vocabulary, without a cycle"
                    yield Problem(
                        file=file, column=f"{where}.parent", id=id_, value=parent, message=what
                    )
                    break
                lineage.append(parent)
            if term.family and term.family not in tables.taxonomy["family"].terms:
                yield Problem(
                    file=file,
                    column=f"{where}.family",
                    id=id_,
                    value=term.family,
                    message="must be a family",
                )


def addresses(tables: Tables) -> Iterator[Problem]:
    """An address stands once in permalinks.csv, and every `since` there and in renames.csv is a release."""  # noqa: E501 - the codebook page shows it as one sentence
    versions = {release.version: release.version for release in tables.releases}
    for line in (*tables.lines["permalinks"], *tables.lines["renames"]):
        since = line.cells["since"]
        if since and since not in versions:
            what = "must be a version of releases.toml"
            yield line.problem("since", what, value=since, fix=near(since, versions))
    seen: dict[tuple[str, str], Line] = {}
    for line in tables.lines["permalinks"]:
        address = line.cells["page"], line.cells["anchor"]
        first = seen.setdefault(address, line)
        if first is not line:
            yield line.problem("page", f"is already on line {first.number}", value=address[0])


def renames(tables: Tables) -> Iterator[Problem]:
    """A rename leads, in one step, from an id or address that is gone to one that is there."""
    first: dict[tuple[str, str], Line] = {}
    lines = tables.lines["renames"]
    for line in lines:
        key = line.cells["kind"], line.cells["old"]
        if first.setdefault(key, line) is not line:
            yield line.problem(
                "old", f"is already redirected on line {first[key].number}", value=key[1]
            )
    for line in lines:
        kind, new = line.cells["kind"], line.cells["new"]
        if newer := first.get((kind, new)):
            what = f"has a newer name (line {newer.number}); write that one"
            yield line.problem("new", what, value=new, fix=newer.cells["new"])
        elif kind in KINDS:
            yield from _renamed_id(tables, line)
        elif kind == "address":
            yield from _renamed_address(line)
        elif kind:
            kinds = [*KINDS, "address"]
            what = f"must be one of {', '.join(kinds)}"
            yield line.problem("kind", what, value=kind, fix=near(kind, same(kinds)))


def _renamed_id(tables: Tables, line: Line) -> Iterator[Problem]:
    kind, old, new = (line.cells[name] for name in ("kind", "old", "new"))
    ids = tables.ids_of(kind)
    where = f"{KINDS[kind]}.csv" if KINDS[kind] in TABLES else f"{kind} in taxonomy.toml"
    if old in ids:
        what = f"is still an id in {where}; rename it there too, or remove this line"
        yield line.problem("old", what, value=old)
    if new and new not in ids:
        what = f"is no id in {where}"
        yield line.problem("new", what, value=new, fix=near(new, same(ids)))


def _renamed_address(line: Line) -> Iterator[Problem]:
    for column in ("old", "new"):
        value = line.cells[column]
        page, hash_, anchor = value.replace("/*/", "/x/", 1).partition("#")
        if value and (not PAGE.fullmatch(page) or (hash_ and not ANCHOR.fullmatch(anchor))):
            what = "must be an address such as /about/ or /about/#limits"
            yield line.problem(column, what, value=value)
    if "*" in line.cells["new"] and "*" not in line.cells["old"]:
        what = "contains a *, which must match the same part of the old address"
        yield line.problem("new", what, value=line.cells["new"])
