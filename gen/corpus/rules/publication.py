"""The rules of where and when a study was published, so that a citation is of one version."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from datetime import date, timedelta
from typing import Final

from gen.corpus import wordings
from gen.corpus.cells import DATE
from gen.corpus.rules.lines import Line, Tables
from gen.corpus.tables import PREPRINT_SERVERS
from gen.corpus.venues import venue
from gen.problems import Problem

# A month of grace: journals and servers date the same day differently.
GRACE: Final = timedelta(days=31)


def published(tables: Tables) -> Iterator[Problem]:
    """A study with a date of publication has a venue that is no server of preprints; where the venue names a year the date is there and within a year of it, and it is not before the first appearance by more than a month."""  # noqa: E501 - the codebook page shows it as one sentence
    for line in tables.lines["studies"]:
        place, when = line.cells["venue"], line.cells["published"]
        year = venue(place).year
        if wordings.venue(place) is not None:
            continue  # a problem of its own
        if not place or place.lower() in PREPRINT_SERVERS:
            if when:
                what = "must be empty for a preprint; else name the journal or conference in venue"
                yield line.problem("published", what, value=when)
        elif year and not when:
            what = "is required where the venue names a year: when it was published there"
            yield line.problem("published", what, fix=year)
        elif not when:
            what = "is not known: until it is, citations have no year"
            yield line.problem("published", what, severity="warning")
        elif not DATE.fullmatch(when):
            continue  # a problem of its cell
        elif year and abs(int(year) - int(when[:4])) > 1:
            yield line.problem("published", f"is not the year of the venue, {year}", value=when)
        elif too_early(when, line.cells["date"]):
            what = f"is before {line.cells['date']}, its first appearance"
            yield line.problem("published", what, value=when)


def too_early(published_: str, appeared: str) -> bool:
    """Whether even the last day that a date may mean is before another by more than the grace."""
    try:
        first = date.fromisoformat((appeared + "-01-01")[:10])
        year, month, day = ([*published_.split("-"), "", ""])[:3]
        last = date(int(year), int(month or 12), int(day or 28))
    except ValueError:
        return False  # a problem of its cell
    return last + GRACE < first


def one_form(tables: Tables) -> Iterator[Problem]:
    """A venue names its year in all studies or in none: a conference does (`MICCAI 2024`), a journal does not."""  # noqa: E501 - the codebook page shows it as one sentence
    uses: dict[str, dict[bool, list[Line]]] = defaultdict(lambda: {True: [], False: []})
    for line in tables.lines["studies"]:
        place = venue(line.cells["venue"])
        uses[place.container][bool(place.year)].append(line)
    for container, by_form in uses.items():
        dated, bare = by_form[True], by_form[False]
        if not dated or not bare:
            continue
        if len(dated) >= len(bare):
            for line in bare:
                what = f"must name the year, as {dated[0].cells['venue']!r} does"
                year = line.cells["published"][:4]
                fix = f"{container} {year}" if year else ""
                yield line.problem("venue", what, value=container, fix=fix)
        else:
            for line in dated:
                what = "must not name the year, which stands in published"
                yield line.problem("venue", what, value=line.cells["venue"], fix=container)
