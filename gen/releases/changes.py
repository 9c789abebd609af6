"""What a version changed: its data compared with those of the version before."""

from __future__ import annotations

import csv
import io
from collections import defaultdict
from collections.abc import Iterator, Sequence
from itertools import zip_longest
from pathlib import Path

from gen.corpus import names as persons
from gen.corpus.columns import columns
from gen.corpus.corpus import Corpus
from gen.corpus.load import read_text
from gen.corpus.rules.lines import split
from gen.corpus.rules.rows import ROOTS
from gen.corpus.rules.versions import COMPARED, sorting
from gen.corpus.tables import KINDS, Change
from gen.problems import DataError, Problem
from gen.releases import snapshot
from gen.releases.headlines import NUMBERS, headlines
from gen.releases.snapshot import Snapshot, Written

Cells = dict[str, str]  # a line of changes.csv

HEADER = [column.name for column in columns(Change)]
FILE = "changes.csv"
# What tells one result from another; the rest of its line is what was measured.
RESULT = ("study", "dataset", "task", "metric", "setting", "comparator", "detail")


def changes(corpus: Corpus, data: Path, since: Path | None) -> list[Cells]:
    """The newest version's lines of changes.csv; without `since` it is the first version."""
    now = snapshot.read(data, corpus)
    then = snapshot.read(since, corpus, now.names) if since else None
    lines = [*number_changes(then, now)]
    if then:
        lines += [change for table in COMPARED for change in row_changes(table, then, now)]
        lines += name_changes(then)
    filled = [dict.fromkeys(HEADER, "") | {"version": now.version} | line for line in lines]
    return sorted(filled, key=sorting)


def row_changes(table: str, then: Written, now: Written) -> Iterator[Cells]:
    if table == "results":
        yield from result_changes(then, now)
        return
    before = {line.id: line.cells for line in then.lines[table]}
    after = {line.id: line.cells for line in now.lines[table]}
    # A column that only one of the two has was added to or removed from the codebook: no cell of
    # it was corrected.
    compared = [name for name in now.columns[table] if name in then.columns[table]]
    joined = {each.old for each in then.renamed if KINDS[each.kind] == table}
    for id_ in sorted(before.keys() | after.keys()):
        if id_ not in before:
            yield {"kind": "added", "table": table, "id": id_, "after": _name(after[id_])}
        elif id_ in joined:
            continue
        elif id_ not in after:
            yield {"kind": "removed", "table": table, "id": id_, "before": _name(before[id_])}
        else:
            for name in compared:
                old, new = before[id_][name], after[id_][name]
                if old != new and not is_same(name, old, after[id_], then.columns[table]):
                    yield {
                        "kind": "corrected",
                        "table": table,
                        "id": id_,
                        "field": name,
                        "before": old,
                        "after": new,
                    }


def name_changes(then: Written) -> Iterator[Cells]:
    """Rows of an older version that have another id now, or were joined with another one."""
    for each in then.renamed:
        if (table := KINDS[each.kind]) in COMPARED:
            ids = {"id": each.new, "before": each.old, "after": each.new}
            yield {"kind": "renamed", "table": table} | ids


def _name(cells: Cells) -> str:
    return cells["name"] if "name" in cells else cells["title"]  # a record has no name yet


def is_same(name: str, old: str, cells: Cells, had: Sequence[str]) -> bool:
    """Whether a cell says what the older one said, in the columns or the form of today."""
    if name == "builds_on" and ROOTS[0] not in had:  # one column became four
        return set(split(old)) == {value for each in ROOTS for value in split(cells[each])}
    if name == "authors":  # `Given Family` became `Family, Given`
        return split(old) == tuple(persons.name(value).text for value in split(cells[name]))
    return False


def result_changes(then: Written, now: Written) -> Iterator[Cells]:
    """Results have no id: those that measure the same thing are compared in the order of text."""
    known = [name for name in now.columns["results"] if name in then.columns["results"]]

    def by_key(each: Written) -> dict[tuple[str, ...], list[str]]:
        results = defaultdict(list)
        for line in each.lines["results"]:
            shown = [line.cells[name] for name in known if name != "study" and line.cells[name]]
            results[tuple(line.cells[name] for name in RESULT)].append(" | ".join(shown))
        return {key: sorted(texts) for key, texts in results.items()}

    before, after = by_key(then), by_key(now)
    for key in sorted(before.keys() | after.keys()):
        for old, new in zip_longest(before.get(key, ()), after.get(key, ()), fillvalue=""):
            if old != new:
                kind = "corrected" if old and new else "added" if new else "removed"
                yield {
                    "kind": kind,
                    "table": "results",
                    "id": key[0],
                    "before": old,
                    "after": new,
                }


def number_changes(then: Snapshot | None, now: Snapshot) -> Iterator[Cells]:
    """Every headline number, those that did not move too: the page shows them side by side."""
    before = numbers(then) if then else {}
    after = numbers(now)
    for id_, field in after:
        old, new = before.get((id_, field), ""), after[id_, field]
        if old or new:
            yield {"kind": "number", "id": id_, "field": field, "before": old, "after": new}


def numbers(of: Snapshot) -> dict[tuple[str, str], str]:
    """(id, value or an end of its interval) -> text; "" where there is none."""
    return {
        (each.id, field): "" if value is None else f"{value:.10g}"
        for each in headlines(of.corpus, of.incomplete_year)
        for field, value in (("value", each.value), ("low", each.low), ("high", each.high))
    }


def compare(corpus: Corpus, data: Path, since: Path | None) -> list[Cells]:
    """The changes, where the two folders are a version and the one before it."""
    releases, file = corpus.releases, f"{data.as_posix()}/releases.toml"
    earlier = releases[-2].version if len(releases) > 1 else ""
    if bool(since) != bool(earlier):
        what = (
            f"{corpus.release.version} is the first version: leave --since out"
            if since
            else f"{corpus.release.version} is compared with {earlier}: name the data folder of "
            f"{earlier}, out of its archive, with --since"
        )
        raise DataError([Problem(file=file, message=what)], len(corpus.studies))
    if since and (version := snapshot.release(since / "releases.toml")[0]) != earlier:
        what = (
            f"is of version {version}, but the version before {corpus.release.version} is {earlier}"
        )
        raise DataError([Problem(file=since.as_posix(), message=what)], len(corpus.studies))
    lines = changes(corpus, data, since)
    if problems := [*unexplained(corpus, lines, file)]:
        raise DataError(problems, len(corpus.studies))
    return lines


def unexplained(corpus: Corpus, lines: Sequence[Cells], file: str) -> Iterator[Problem]:
    """Studies that were removed without a reason, and reasons for what was not removed."""
    version, reasons = corpus.release.version, corpus.release.removed
    removed = {c["id"] for c in lines if (c["kind"], c["table"]) == ("removed", "studies")}
    for id_ in sorted(removed - reasons.keys()):
        what = (
            f"is not in version {version} any longer: say why under [releases.removed] of that "
            f'version, as {id_} = "…"'
        )
        yield Problem(file=file, column="removed", id=id_, value=id_, message=what)
    for id_ in sorted(reasons.keys() - removed):
        what = f"was not removed by version {version}: take it out of [releases.removed]"
        yield Problem(file=file, column="removed", id=id_, value=id_, message=what)


def recorded(data: Path, lines: Sequence[Cells], version: str) -> str:
    """The text of changes.csv with the lines of a version replaced by these."""
    kept: list[Cells] = [
        row
        for row in csv.DictReader(io.StringIO(read_text(data / FILE), newline=""))
        if row["version"] != version
    ]
    file = io.StringIO()
    writer = csv.DictWriter(file, HEADER, lineterminator="\n")
    writer.writeheader()
    rows: list[Cells] = [*kept, *lines]
    writer.writerows(sorted(rows, key=sorting))
    return file.getvalue()


def report(lines: Sequence[Cells]) -> str:
    """The changes for a terminal: one a line, then how many of each kind."""
    text = []
    for cells in lines:
        if cells["kind"] == "number":
            what = f"{NUMBERS[cells['id']][0]}, {cells['field']}"
            changed = cells["before"] != cells["after"] and cells["before"]
            shown = f"{cells['before']} -> {cells['after']}" if changed else cells["after"]
        else:
            what = f"{cells['kind']}: {cells['table']}: {cells['id']}"
            what += f": {cells['field']}" if cells["field"] else ""
            shown = " -> ".join(filter(None, (cells["before"], cells["after"])))
        text.append(f"{what}: {shown}\n")
    kinds = [(c["kind"], c["table"], c["id"]) for c in lines if c["kind"] != "number"]
    studies = {
        kind: len({each for each in kinds if each[:2] == (kind, "studies")})
        for kind in ("added", "corrected", "renamed", "removed")
    }
    totals = ", ".join(f"{n} {kind}" for kind, n in studies.items())
    return "".join(text) + f"studies: {totals}\n"
