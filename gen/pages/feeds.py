"""Feeds of what the review added and corrected, in two formats: Atom and JSON Feed."""

from __future__ import annotations

import html
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import groupby
from typing import Final

from gen.corpus.columns import Column, columns
from gen.corpus.names import name
from gen.corpus.rules.lines import split
from gen.corpus.tables import Change, Study
from gen.export.tables import as_json, cell
from gen.pages.view import File, View
from gen.text.format import counted, format_date

MOST: Final = 50  # items of a feed, but never fewer than the newest version corrected
SHORT: Final = 60  # characters of a value that is shown; of a longer one its column is named
STUDIES: Final = "studies/feed"
CORRECTED: Final = "studies/corrected"
# Whose terms have feeds in JSON too, and of corrections: each file costs time in a build.
FOLLOWED: Final = ("family", "domains", "modalities", "tasks")
VERSION: Final = "https://jsonfeed.org/version/1.1"
# Path of a feed -> its title: what the pages that speak of all studies announce.
OF_ALL: Final = {
    f"{STUDIES}.xml": "Studies added",
    f"{STUDIES}.json": "Studies added",
    f"{CORRECTED}.xml": "Studies corrected",
    f"{CORRECTED}.json": "Studies corrected",
}


@dataclass(frozen=True, slots=True)
class Item:
    """An entry of a feed. Its id is an address and never changes; `content` is HTML."""

    study: str  # its id
    id: str
    url: str
    title: str
    day: str  # of the version that brought it
    content: str


def study_feeds(view: View) -> Iterator[File]:
    """The feeds of all studies."""
    about = "studies/"
    yield from feed(view, STUDIES, "Studies", about, added(view, view.corpus.studies)[:MOST])
    yield from feed(view, CORRECTED, "Studies corrected", about, latest(corrected(view)))


def term_feeds(
    view: View, facet: str, id_: str, studies: Sequence[Study], corrections: Sequence[Item]
) -> Iterator[File]:
    """The feeds of a term: what the review added to it, and corrected in its studies."""
    vocabulary, stem = view.corpus.taxonomy[facet], f"{facet}/{id_}"
    title, about = f"{vocabulary.label}: {vocabulary.terms[id_].label}", f"{stem}/"
    own = {study.id for study in studies}
    told = latest([item for item in corrections if item.study in own])
    files = [
        *feed(view, stem, title, about, added(view, studies)[:MOST]),
        *feed(view, f"{stem}.corrected", f"{title}, corrected", about, told),
    ]
    announced = of_term(facet, id_)
    yield from ((path, text) for path, text in files if path in announced)


def of_term(facet: str, id_: str) -> dict[str, str]:
    """Path of a feed of a term -> its title."""
    stem = f"{facet}/{id_}"
    if facet not in FOLLOWED:
        return {f"{stem}.xml": "New studies"}
    # The JSON of a term without a word before it is that of its studies.
    return {
        f"{stem}{what}.{suffix}": title
        for what, title in (("", "New studies"), (".corrected", "Studies corrected"))
        for suffix in ("xml", "feed.json")
    }


def latest(items: list[Item]) -> list[Item]:
    """The newest of them, and never fewer than those of the newest version."""
    newest = sum(item.day == items[0].day for item in items) if items else 0
    return items[: max(MOST, newest)]


def feed(view: View, stem: str, title: str, about: str, items: Sequence[Item]) -> Iterator[File]:
    """A feed in both formats. `about` is the page that it is about, from the site's root."""
    review, release = view.corpus.review, view.corpus.release
    authors = [name(author).text for author in review.authors]
    title = f"{title} · {review.name}"
    path = f"{stem}.xml"
    yield (
        path,
        view.page(
            "pages/feed.xml.jinja",
            path,
            title=title,
            items=items,
            about=about,
            authors=authors,
            updated=max((item.day for item in items), default=release.date.isoformat()),
        ),
    )
    path = f"{stem}.json" if stem.startswith("studies/") else f"{stem}.feed.json"
    yield (
        path,
        as_json(
            {
                "version": VERSION,
                "title": title,
                "home_page_url": f"{review.site}{about}",
                "feed_url": f"{review.site}{path}",
                "language": "en-GB",
                "authors": [{"name": author} for author in authors],
                "items": [
                    {
                        "id": item.id,
                        "url": item.url,
                        "title": item.title,
                        "content_html": item.content,
                        "date_published": f"{item.day}T00:00:00Z",
                    }
                    for item in items
                ],
            }
        ),
    )


def newest(view: View, studies: Sequence[Study]) -> list[tuple[str, Study]]:
    """(day on which the review added it, study): newest first, and within a day the newest work.

    A build has no clock: what came since the newest version carries its day, and comes before it.
    """
    corpus = view.corpus

    def age(study: Study) -> tuple[bool, str, str, str]:
        return study.id not in corpus.added, day(study), study.date, study.id

    def day(study: Study) -> str:
        return corpus.added.get(study.id, corpus.release).date.isoformat()

    return [(day(study), study) for study in sorted(studies, key=age, reverse=True)]


def added(view: View, studies: Sequence[Study]) -> list[Item]:
    """Studies, in the order of `newest`."""
    items = []
    for day, study in newest(view, studies):
        address = f"{view.corpus.review.site}studies/{study.id}/"
        title = f"{view.links.name[study.id]}: {study.title}"
        parts = [study.summary or "", facts(view, study)]
        items.append(Item(study.id, address, address, title, day, content(parts, address)))
    return items


def facts(view: View, study: Study) -> str:
    """What a reader of a feed decides by, in one line."""
    taxonomy = view.corpus.taxonomy
    labels = [
        ", ".join(taxonomy[facet].terms[id_].label for id_ in study.terms(facet))
        for facet in ("family", "modalities", "tasks")
    ]
    if study.weights_access:
        access = taxonomy["weights_access"].terms[study.weights_access].label
        labels.append(f"weights {access.lower()}")
    return " · ".join(filter(None, [*labels, f"first appeared {format_date(study.date)}"]))


def content(paragraphs: Sequence[str], address: str) -> str:
    shown = "".join(f"<p>{html.escape(text)}</p>" for text in paragraphs if text)
    where = html.escape(address)
    return f'{shown}<p><a href="{where}">{where}</a></p>'


def corrected(view: View) -> list[Item]:
    """What each version corrected in a study or took back, the newest version first.

    A notice of a retraction or correction that came with the study itself is told there too.
    """
    corpus, site = view.corpus, view.corpus.review.site
    places = {release.version: place for place, release in enumerate(corpus.releases)}
    items = []

    def item(id_: str, version: str, what: str, paragraphs: Sequence[str]) -> Item:
        removed = id_ not in view.links.name
        url = f"{site}about/versions/{version}/" if removed else f"{site}studies/{id_}/"
        release = corpus.releases[places[version]]
        return Item(
            id_,
            f"{site}studies/{id_}/#corrected-{version}",
            url,
            f"{view.links.name.get(id_, id_)}: {what}",
            release.date.isoformat(),
            content(paragraphs, url),
        )

    told = set()
    for (version, id_), group in groupby(_of_studies(corpus.changes), lambda c: (c.version, c.id)):
        changes = list(group)
        lines = sentences(view, changes)
        removal = next((change for change in changes if change.kind == "removed"), None)
        if removal and removal.table == "studies":
            reason = corpus.releases[places[version]].removed.get(id_, "")
            name_ = cell(removal, "before") or id_
            items.append(item(id_, version, "removed", [f"{name_} was removed. {reason}"]))
        elif lines:
            told |= {id_} if any(change.field == "status" for change in changes) else set()
            what = f"{counted(len(lines), 'correction')} in version {version}"
            items.append(item(id_, version, what, lines))
    for study in corpus.studies:
        if study.status and study.id not in told:
            version = corpus.added.get(study.id, corpus.release).version
            label = corpus.taxonomy["status"].terms[study.status].label.lower()
            notice = f"Status: {label}. {study.status_url or ''}"
            items.append(item(study.id, version, "notice", [notice]))
    return sorted(items, key=lambda each: (each.day, each.id), reverse=True)


def _of_studies(changes: Sequence[Change]) -> list[Change]:
    """The changes of what a study's page says, those of a study in a version together."""
    kinds = ("corrected", "removed")
    own = [c for c in changes if c.kind in kinds and c.table in ("studies", "results")]
    return sorted(own, key=lambda change: (change.version, change.id))


def sentences(view: View, changes: Sequence[Change]) -> list[str]:
    """What changed, in words: a line for each column, and one for the results."""
    by_name = {column.name: column for column in columns(Study)}
    lines = []
    for change in changes:
        if change.table == "studies" and change.field:
            column = by_name.get(change.field)  # None: a column that is no more
            label = column.label if column else change.field
            before, after = (words(view, column, cell(change, end)) for end in ("before", "after"))
            short = max(len(before), len(after)) <= SHORT
            lines.append(f"{label}: {before} → {after}." if short else f"{label} corrected.")
    if results := sum(change.table == "results" for change in changes):
        lines.append(f"{counted(results, 'headline result')} corrected or removed.")
    return lines


def words(view: View, column: Column | None, value: str) -> str:
    """A cell in words; a term or row that is no more stays its id."""
    if not value:
        return "nothing"
    if column and column.vocabulary:
        terms = view.corpus.taxonomy[column.vocabulary].terms
        return ", ".join(terms[id_].label if id_ in terms else id_ for id_ in split(value))
    if column and column.refers:
        return ", ".join(view.links.name.get(id_, id_) for id_ in split(value))
    return value
