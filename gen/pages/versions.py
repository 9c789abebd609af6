"""The pages of the versions, of corrections and contributors, and status.json."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import groupby, takewhile
from typing import Any, Final

from gen.corpus.columns import columns
from gen.corpus.corpus import Corpus
from gen.corpus.rules.versions import COMPARED
from gen.corpus.settings import Release
from gen.corpus.tables import TABLES, Change, Study
from gen.export.tables import cell
from gen.pages.view import File, View
from gen.releases.headlines import NUMBERS
from gen.text.format import number

SHOWN: Final = 100  # letters of a cell at most
KEPT: Final = 20  # letters before the first in which two cells differ
SCHEMA: Final = 1  # of status.json; raised when a key changes its meaning or goes


def version_pages(view: View) -> Iterator[File]:
    """Yield a page for each version, one for all of them, and the status for programs."""
    corpus = view.corpus
    own = {release.version: of_version(corpus, release) for release in corpus.releases}
    newest_first = corpus.releases[::-1]
    counts = {
        version: {k: len(v) for k, v in each.studies.items()} for version, each in own.items()
    }
    yield (
        "about/versions/index.md",
        view.page(
            "pages/versions.md.jinja",
            "about/versions/index.md",
            releases=newest_first,
            retirement=corpus.retirement,
            counts=counts,
            archive=archive_address,
            status=status(corpus),
        ),
    )
    for place, release in enumerate(corpus.releases):
        if own[release.version].corrected:
            path = f"about/versions/{release.version}/cells.md"
            values = {"version": release, "changes": own[release.version]}
            yield path, view.page("pages/cells.md.jinja", path, **values)
        path = f"about/versions/{release.version}.md"
        yield (
            path,
            view.page(
                "pages/version.md.jinja",
                path,
                version=release,
                changes=own[release.version],
                earlier=corpus.releases[place - 1] if place else None,
                later=corpus.releases[place + 1] if release != corpus.release else None,
                archive=archive_address,
            ),
        )
    path = "about/corrections.md"
    cells = {version: len(each.corrected) for version, each in own.items()}
    yield (
        path,
        view.page("pages/corrections.md.jinja", path, releases=newest_first, counts=cells),
    )
    path = "about/contributors.md"
    yield path, view.page("pages/contributors.md.jinja", path)
    yield "status.json", json.dumps(status(corpus), ensure_ascii=False, indent=1) + "\n"


def archive_address(site: str, version: str) -> str:
    """Where a version stays. Absolute: within a version, a relative link would lead into it."""
    return f"{site.rstrip('/')}/v/{version}/"


def status(corpus: Corpus) -> dict[str, Any]:
    """What status.json holds; the page of the versions describes it."""
    release, site = corpus.release, corpus.review.site
    return {
        "schema": SCHEMA,
        "title": corpus.review.title,
        "version": release.version,
        "date": release.date.isoformat(),
        "status": release.status,
        "searched": release.searched.isoformat(),
        "searches": [
            {
                "source": search.source,
                "searched": search.searched.isoformat() if search.searched else None,
                "oldest": search.oldest.isoformat() if search.oldest else None,
                "newest": search.newest.isoformat() if search.newest else None,
            }
            for search in release.searches
        ],
        "next_due": None if release.status == "retired" else release.next_due.isoformat(),
        "counts": {
            "studies": len(corpus.studies),
            "datasets": len(corpus.datasets),
            "base_models": len(corpus.base_models),
            "results": len(corpus.results),
            "records": len(corpus.screened),
        },
        "doi": release.doi or None,
        "latest": site,
        "permalink": archive_address(site, release.version),
        "changes": f"{site.rstrip('/')}/about/versions/{release.version}/",
    }


@dataclass(frozen=True, slots=True)
class NumberChange:
    """A headline number in two versions, as the page writes it; "" where it is not known."""

    label: str
    before: str
    after: str
    interval: str  # of the number in this version
    difference: str


@dataclass(frozen=True, slots=True)
class Corrected:
    """A cell in two versions."""

    id: str
    label: str  # of its column
    before: str
    after: str


@dataclass(frozen=True, slots=True)
class VersionChanges:
    """What a version changed, as its page lists it."""

    numbers: list[NumberChange]
    studies: dict[str, list[str]]  # kind -> ids
    removed_names: dict[str, str]  # id of a removed study -> its last name
    names: dict[str, str]  # id of an added study -> its name in this version
    corrected: list[Corrected]  # cells of studies
    renamed: list[Corrected]  # ids of studies
    others: list[tuple[str, str, list[Corrected]]]  # (table, kind, rows) of the other tables

    @property
    def by_column(self) -> dict[str, int]:
        """How many cells of studies each column had corrected, the most first."""
        return dict(Counter(each.label for each in self.corrected).most_common())


def of_version(corpus: Corpus, release: Release) -> VersionChanges:
    own = [change for change in corpus.changes if change.version == release.version]
    by_place = {
        key: list(changes) for key, changes in groupby(own, key=lambda c: (c.kind, c.table or ""))
    }

    def rows(kind: str, table: str) -> list[Change]:
        return by_place.get((kind, table), [])

    return VersionChanges(
        numbers=number_changes(rows("number", "")),
        studies={
            kind: list(dict.fromkeys(change.id for change in rows(kind, "studies")))
            for kind in ("added", "corrected", "removed")
        },
        removed_names={change.id: cell(change, "before") for change in rows("removed", "studies")},
        names={change.id: cell(change, "after") for change in rows("added", "studies")},
        corrected=corrected("studies", rows("corrected", "studies")),
        renamed=corrected("studies", rows("renamed", "studies")),
        others=[
            (table, kind, corrected(table, rows(kind, table)))
            for table in COMPARED
            if table != "studies"
            for kind in ("added", "corrected", "renamed", "removed")
            if rows(kind, table)
        ],
    )


def corrected(table: str, changes: Sequence[Change]) -> list[Corrected]:
    labels = {column.name: column.label for column in columns(TABLES.get(table, Study))}
    return [
        Corrected(
            change.id,
            labels.get(change.field or "", change.field or ""),
            *from_difference(cell(change, "before"), cell(change, "after")),
        )
        for change in changes
    ]


def from_difference(before: str, after: str) -> tuple[str, str]:
    """Both as they are shown: long ones without the beginning that they share, and cut."""
    if max(len(before), len(after)) <= SHOWN or not (before and after):
        return cut(before), cut(after)
    same = [*takewhile(lambda pair: pair[0] == pair[1], zip(before, after, strict=False))]
    start = before.rfind(" ", 0, max(0, len(same) - KEPT)) + 1
    mark = "…" if start else ""
    return cut(mark + before[start:]), cut(mark + after[start:])


def cut(text: str) -> str:
    return text if len(text) <= SHOWN else text[: SHOWN - 1] + "…"


def number_changes(changes: Sequence[Change]) -> list[NumberChange]:
    """The recorded numbers in the order of the page, those that are no longer measured last."""
    cells = {(c.id, c.field): (cell(c, "before"), cell(c, "after")) for c in changes}
    order = [*NUMBERS, *dict.fromkeys(id_ for id_, _ in cells if id_ not in NUMBERS)]
    rows = []
    for id_ in order:
        if (id_, "value") not in cells:
            continue
        label, form = NUMBERS.get(id_, (id_, "factor"))
        before, after = cells[id_, "value"]
        low, high = (cells.get((id_, end), ("", ""))[1] for end in ("low", "high"))
        interval = (
            f"{formatted(low, form).removesuffix('%')} to {formatted(high, form)}"
            if low and high
            else ""
        )
        both = difference(before, after, form) if before and after else ""
        rows.append(
            NumberChange(label, formatted(before, form), formatted(after, form), interval, both)
        )
    return rows


def formatted(value: str, form: str) -> str:
    if not value:
        return ""
    shown = rounded(value, form)
    return {"count": number(shown), "share": f"{shown:.1f}%", "factor": f"{shown:.2f}"}[form]


def rounded(value: str, form: str) -> float:
    """As precise as it is shown, so that a difference is that of the numbers beside it."""
    return round(
        float(value) * (100 if form == "share" else 1), {"share": 1, "factor": 2}.get(form)
    )


def difference(before: str, after: str, form: str) -> str:
    by = rounded(after, form) - rounded(before, form)
    sign = "+" if by > 0 else "−"
    shown = {"count": number(abs(by)), "share": f"{abs(by):.1f} points", "factor": f"{abs(by):.2f}"}
    return f"{sign}{shown[form]}" if float(after) != float(before) else "unchanged"
