"""arXiv's API: searches, and works by their ids.

https://info.arxiv.org/help/api/user-manual.html
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from datetime import date as Date
from typing import Final
from xml.etree.ElementTree import Element, ParseError

from defusedxml import DefusedXmlException
from defusedxml.ElementTree import fromstring

from gen.corpus.identifiers import bare_arxiv
from gen.watch.client import Client, unanswered
from gen.watch.work import Work

HOST: Final = "export.arxiv.org"
ADDRESS: Final = f"https://{HOST}/api/query"
SIZE: Final = 100  # works of an answer
NAMES: Final = {
    "atom": "http://www.w3.org/2005/Atom",
    "arxiv": "http://arxiv.org/schemas/atom",
    "search": "http://a9.com/-/spec/opensearch/1.1/",
}
# It has no field for a withdrawal: authors say it in their comment or in place of the abstract.
WITHDRAWN: Final = re.compile(
    r"^withdrawn\b"
    r"|\b(?:article|manuscript|paper|preprint|submission|work) (?:has been|was|is) withdrawn\b",
    re.IGNORECASE,
)


def search(
    client: Client, query: str, since: Date, until: Date, start: int
) -> tuple[list[Work], int]:
    """The works of a page, and how many there are in all; by day of submission."""
    days = f"submittedDate:[{since:%Y%m%d}0000 TO {until:%Y%m%d}2359]"
    feed = _feed(
        client,
        {
            "search_query": f"({query}) AND {days}",
            "start": str(start),
            "max_results": str(SIZE),
            "sortBy": "submittedDate",
            "sortOrder": "ascending",
        },
    )
    total = feed.findtext("search:totalResults", "", NAMES)
    if not total.isdecimal():
        raise unanswered(HOST, "does not say how many works it found; try again later")
    return list(_works(feed)), int(total)


def by_ids(client: Client, ids: Iterable[str]) -> Iterator[Work]:
    """The works of at most SIZE ids; those that it does not know are left out."""
    ids = list(ids)
    feed = _feed(client, {"id_list": ",".join(ids), "max_results": str(len(ids))})
    yield from (work for work in _works(feed) if work.arxiv in ids)


def _feed(client: Client, parameters: dict[str, str]) -> Element:
    try:
        feed: Element = fromstring(client.text(ADDRESS, parameters))
    except (ParseError, DefusedXmlException, ValueError):
        what = "answered with something other than Atom, perhaps a page for people; try again later"
        raise unanswered(HOST, what) from None
    if feed.tag != f"{{{NAMES['atom']}}}feed":
        raise unanswered(HOST, "answered with something other than Atom; try again later")
    for entry in feed.iterfind("atom:entry", NAMES):
        if "/api/errors" in entry.findtext("atom:id", "", NAMES):
            said = " ".join(entry.findtext("atom:summary", "", NAMES).split())
            raise unanswered(HOST, f"refuses the question: {said}")
    return feed


def _works(feed: Element) -> Iterator[Work]:
    for entry in feed.iterfind("atom:entry", NAMES):

        def text(name: str, entry: Element = entry) -> str:
            return " ".join(entry.findtext(name, "", NAMES).split())

        comment, summary = text("arxiv:comment"), text("atom:summary")
        yield Work.of(
            title=text("atom:title"),
            authors=(
                " ".join(name.text.split())
                for name in entry.iterfind("atom:author/atom:name", NAMES)
                if name.text
            ),
            date=text("atom:published")[:10],
            arxiv=bare_arxiv(text("atom:id")),
            doi=text("arxiv:doi"),
            url=text("atom:id"),
            venue="arXiv",
            notice=next(filter(WITHDRAWN.search, (comment, summary[:300])), ""),
        )
