"""The rules of versions and their recorded changes. Yields problems and never raises."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from itertools import pairwise
from typing import Any, Final

from gen.corpus.identifiers import DOI
from gen.corpus.rules.lines import Line, Tables
from gen.corpus.settings import Release
from gen.problems import Problem

VERSION: Final = re.compile(r"[0-9]{4}\.(0[1-9]|1[0-2])(\.[1-9][0-9]?)?")
ORCID: Final = re.compile(r"([0-9]{4}-){3}[0-9]{3}[0-9X]")
KINDS: Final = ("added", "corrected", "renamed", "removed", "number")
# The tables whose rows are compared, in the order in which their changes are listed.
COMPARED: Final = ("studies", "datasets", "base_models", "results")


def problems(tables: Tables) -> Iterator[Problem]:
    file = f"{tables.folder}/releases.toml"

    def problem(place: int, key: str, value: object, what: str) -> Problem:
        column = f"releases.{place}.{key}"
        return Problem(file=file, column=column, value=str(value), message=what)

    for place, release in enumerate(tables.releases):
        before = [each.version for each in tables.releases[:place]]
        for key, value, what in (
            *release_problems(release),
            *correction_problems(release, before),
        ):
            yield problem(place, key, value, what)
    yield from contributor_problems(tables)
    sound = [each for each in tables.releases if VERSION.fullmatch(each.version)]
    if len(sound) == len(tables.releases):
        for place, (earlier, later) in enumerate(pairwise(sound), start=1):
            if later.order <= earlier.order:
                what = f"must come after {earlier.version}, the version before it; newest last"
                yield problem(place, "version", later.version, what)
            elif later.date < earlier.date:
                what = f"is before {earlier.date}, the date of {earlier.version}"
                yield problem(place, "date", later.date, what)
        yield from change_problems(tables)


def release_problems(release: Release) -> Iterator[tuple[str, object, str]]:
    """(key, value, message) for each problem of one release."""
    if not VERSION.fullmatch(release.version):
        what = "must be year and month such as 2026.11; a second one in a month is 2026.11.1"
        yield "version", release.version, what
    if release.next_due <= release.date:
        yield "next_due", release.next_due, f"must be after {release.date}, the version's own date"
    if release.searched > release.date:
        yield "searched", release.searched, f"is after {release.date}, the version's own date"
    if not release.searches:
        what = "is missing: add a [[releases.searches]] for each kind of source that was searched"
        yield "searches", "", what
    days = [search.searched for search in release.searches if search.searched]
    if days and max(days) != release.searched:
        what = f"must be {max(days)}, the newest day under [[releases.searches]]"
        yield "searched", release.searched, what
    if release.doi and not DOI.fullmatch(release.doi):
        yield "doi", release.doi, "must be a bare DOI such as 10.5281/zenodo.1234567"
    for id_, reason in release.removed.items():
        if not reason.strip():
            yield f"removed.{id_}", "", "must say why the study was removed"
    yield from search_problems(release)


def correction_problems(
    release: Release, earlier: Sequence[str]
) -> Iterator[tuple[str, object, str]]:
    """Of mistakes put right; `earlier` are the versions before this one."""
    for place, correction in enumerate(release.corrections):
        if correction.since not in earlier:
            known = f"one of {', '.join(earlier)}" if earlier else "this is the first one"
            what = f"must be a version before {release.version}: {known}"
            yield f"corrections.{place}.since", correction.since, what
        for key, text in (("what", correction.what), ("finding", correction.finding)):
            if not text.strip():
                yield f"corrections.{place}.{key}", text, "must be a sentence"


def contributor_problems(tables: Tables) -> Iterator[Problem]:
    """The problems of those who are named: ids that are none, and days that are yet to come."""
    for place, each in enumerate(tables.review.contributors):
        for key, wrong, what in (
            ("name", not each.name.strip(), "must be the name as the person writes it"),
            ("did", not each.did.strip(), "must say in a few words what the person did"),
            (
                "orcid",
                each.orcid and not ORCID.fullmatch(each.orcid),
                "must be a bare ORCID iD such as 0000-0002-1825-0097",
            ),
            (
                "agreed",
                each.agreed > tables.releases[-1].next_due,
                "is after next_due of the newest version; write the day on which they agreed",
            ),
        ):
            if wrong:
                column = f"contributors.{place}.{key}"
                value = str(getattr(each, key))
                file = f"{tables.folder}/review.toml"
                yield Problem(file=file, column=column, value=value, message=what)


def search_problems(release: Release) -> Iterator[tuple[str, object, str]]:
    for place, search in enumerate(release.searches):
        if search.oldest and search.newest and search.oldest > search.newest:
            what = f"is after newest, {search.newest}"
            yield f"searches.{place}.oldest", search.oldest, what
        if search.newest and search.newest > (search.searched or release.searched):
            what = f"is after {search.searched or release.searched}, the day of the search"
            yield f"searches.{place}.newest", search.newest, what


def change_problems(tables: Tables) -> Iterator[Problem]:
    """The problems of changes.csv, once the versions themselves have none."""
    releases = {release.version: release for release in tables.releases}
    before: tuple[Any, ...] = ()
    for line in tables.lines["changes"]:
        cells = line.cells
        version, kind, table = cells["version"], cells["kind"], cells["table"]
        if version not in releases:
            yield line.problem("version", "is no version in releases.toml", value=version)
            continue
        if kind not in KINDS:
            yield line.problem("kind", f"must be one of {', '.join(KINDS)}", value=kind)
            continue
        if table not in (("",) if kind == "number" else COMPARED):
            known = "empty for a number" if kind == "number" else f"one of {', '.join(COMPARED)}"
            yield line.problem("table", f"must be {known}", value=table)
            continue
        if kind == "number":
            yield from number_problems(line)
        if (kind, table) == ("removed", "studies") and cells["id"] not in releases[version].removed:
            what = (
                "was removed without a reason; give it in releases.toml under [releases.removed] "
                f"of version {version}"
            )
            yield line.problem("id", what, value=cells["id"])
        if (order := sorting(cells)) < before:
            what = "is not in its place; write the file with python -m gen changes --record"
            yield line.problem("", what)
        before = order


def number_problems(line: Line) -> Iterator[Problem]:
    if line.cells["field"] not in {"value", "low", "high"}:
        what = "must be value, low or high for a number"
        yield line.problem("field", what, value=line.cells["field"])
    for column in ("before", "after"):
        if not re.fullmatch(r"-?[0-9]*\.?[0-9]*", line.cells[column]):
            yield line.problem(column, "must be a number or empty", value=line.cells[column])


def sorting(cells: Mapping[str, str]) -> tuple[Any, ...]:
    """By which the lines of changes.csv are sorted; versions, kinds and tables are known."""
    table = COMPARED.index(cells["table"]) if cells["table"] else -1
    return (
        tuple(map(int, cells["version"].split("."))),
        KINDS.index(cells["kind"]),
        table,
        cells["id"],
        cells["field"],
        cells["before"],
        cells["after"],
    )
