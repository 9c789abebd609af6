"""OpenAlex: searches.

https://developers.openalex.org/
"""

from __future__ import annotations

import os
from datetime import date as Date
from typing import Any, Final

from gen.watch.client import Client, unanswered
from gen.watch.work import Work

HOST: Final = "api.openalex.org"
ADDRESS: Final = f"https://{HOST}/works"
SIZE: Final = 100  # works of an answer
# By page number; without a key it answers no cursor, which would reach further.
MOST: Final = 10_000
KEY: Final = (
    "OPENALEX_API_KEY"  # of the environment: free, and needed for more than some searches a day
)


def search(
    client: Client, query: str, since: Date, until: Date, start: int
) -> tuple[list[Work], int]:
    """The works of a page, and how many there are in all; by day of publication."""
    days = f"from_publication_date:{since},to_publication_date:{until}"
    key = os.environ.get(KEY, "")
    told = client.json(
        ADDRESS,
        {
            # A comma would end the search and begin another filter.
            "filter": f"title_and_abstract.search:{query.replace(',', ' ')},{days}",
            "select": "id,doi,title,publication_date,primary_location,authorships",
            "sort": "publication_date",
            "per-page": str(SIZE),
            "page": str(start // SIZE + 1),
        }
        | client.signed("mailto")
        | ({"api_key": key} if key else {}),
    )
    try:
        total = int(told["meta"]["count"])
        if total > MOST:
            raise unanswered(
                HOST, f"finds {total} works, more than it hands out; search fewer days"
            )
        return [_work(each) for each in told["results"]], total
    except (KeyError, TypeError, ValueError, AttributeError):
        raise unanswered(HOST, "answered in another form than it documents") from None


def _work(told: dict[str, Any]) -> Work:
    place = told.get("primary_location") or {}
    source = (place.get("source") or {}).get("display_name") or place.get("raw_source_name")
    date = str(told.get("publication_date") or "")
    return Work.of(
        title=str(told.get("title") or ""),
        authors=map(_author, told.get("authorships") or ()),
        date=date,
        published=date,
        doi=str(told.get("doi") or ""),
        url=str(place.get("landing_page_url") or told.get("id") or ""),
        venue=str(source or "").removesuffix(" (Cornell University)"),  # arXiv, as no one else says
    )


def _author(told: dict[str, Any]) -> str:
    """The name of an author, as printed where nobody could be told by it."""
    return str((told.get("author") or {}).get("display_name") or told.get("raw_author_name") or "")
