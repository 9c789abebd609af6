"""PubMed by the E-utilities: searches.

https://www.ncbi.nlm.nih.gov/books/NBK25499/
"""

from __future__ import annotations

from datetime import date as Date
from datetime import datetime
from typing import Any, Final

from gen.watch.client import Client, unanswered
from gen.watch.work import Work

HOST: Final = "eutils.ncbi.nlm.nih.gov"
ADDRESS: Final = f"https://{HOST}/entrez/eutils/"
SIZE: Final = 100  # works of an answer
MOST: Final = 9_999  # that a search hands out


def search(
    client: Client, query: str, since: Date, until: Date, start: int
) -> tuple[list[Work], int]:
    """The works of a page, and how many there are in all; by the day on which they were added."""
    common = {"db": "pubmed", "retmode": "json", "tool": "living-review"}
    found = client.json(
        f"{ADDRESS}esearch.fcgi",
        common
        | {
            "term": query,
            "datetype": "edat",
            "mindate": f"{since:%Y/%m/%d}",
            "maxdate": f"{until:%Y/%m/%d}",
            "retstart": str(start),
            "retmax": str(SIZE),
        },
    )
    try:
        result = found["esearchresult"]
        if "ERROR" in result:
            raise unanswered(HOST, f"refuses the question: {result['ERROR']}")
        total, ids = int(result["count"]), list(map(str, result["idlist"]))
        if total > MOST:
            raise unanswered(
                HOST, f"finds {total} works, more than it hands out; search fewer days"
            )
        if not ids:
            return [], total
        told = client.json(f"{ADDRESS}esummary.fcgi", common | {"id": ",".join(ids)})["result"]
        return [_work(id_, told[id_]) for id_ in ids if "error" not in told[id_]], total
    except (KeyError, TypeError, ValueError, AttributeError):
        raise unanswered(HOST, "answered in another form than it documents") from None


def _work(id_: str, told: dict[str, Any]) -> Work:
    names = {each["idtype"]: str(each["value"]) for each in told.get("articleids", ())}
    date = next(filter(None, map(_date, (told.get("epubdate", ""), told.get("pubdate", "")))), "")
    return Work.of(
        title=str(told["title"]).removesuffix("."),  # which it puts after every title
        authors=(str(each["name"]) for each in told.get("authors", ())),
        date=date,
        published=date,
        doi=names.get("doi", ""),
        url=f"https://pubmed.ncbi.nlm.nih.gov/{id_}/",
        venue=str(told.get("fulljournalname") or told.get("source", "")),
    )


def _date(text: str) -> str:
    """2026 Nov 3 as 2026-11-03, 2026 Nov as 2026-11, 2026 Nov-Dec and 2026 as the year."""
    for form, into in (("%Y %b %d", "%Y-%m-%d"), ("%Y %b", "%Y-%m")):
        try:
            return datetime.strptime(text, form).strftime(into)  # noqa: DTZ007 - a day, no moment
        except ValueError:
            pass
    return text[:4]
