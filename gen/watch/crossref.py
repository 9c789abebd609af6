"""Crossref: works by DOI and by title, with the notices about them.

https://api.crossref.org/ says how. Notices come from publishers and from Retraction Watch, whose
list is a part of it.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Any, Final
from urllib.parse import quote

from gen.watch.client import Client, unanswered
from gen.watch.work import Work

HOST: Final = "api.crossref.org"
ADDRESS: Final = f"https://{HOST}/works"
SIZE: Final = 20  # works of an answer, each of some 20 kB
DATES: Final = ("posted", "published-online", "published", "issued", "published-print", "created")
# What an update of Crossref is -> our status; others, such as a new version, are none.
STATUS: Final = {
    "retraction": "retracted",
    "partial_retraction": "retracted",
    "removal": "retracted",
    "withdrawal": "withdrawn",
    "expression_of_concern": "concern",
    "correction": "corrected",
    "corrigendum": "corrected",
    "erratum": "corrected",
}


@dataclass(frozen=True, slots=True)
class Entry:
    """A work, what was said about it since, and which of its DOIs is of a published version."""

    work: Work
    notices: tuple[tuple[str, str], ...] = ()  # status, address of the notice
    is_preprint: bool = False
    published_as: str = ""  # DOI of the published version of a preprint


def by_doi(client: Client, doi: str) -> Entry:
    """The work of a DOI. Raises Unanswered, also where it tells of another work."""
    told = client.json(f"{ADDRESS}/{quote(doi, safe='')}", _who(client))
    entry = _entries([_message(told)])[0]
    if entry.work.doi != doi.lower():
        raise unanswered(HOST, f"tells of {entry.work.doi or 'no work'} where {doi} was asked for")
    return entry


def by_dois(client: Client, dois: Sequence[str]) -> Iterator[Entry]:
    """The entries of at most SIZE DOIs; those that Crossref does not know are left out."""
    wanted = {doi.lower() for doi in dois}
    names = ",".join(f"doi:{doi.replace(',', '%2C')}" for doi in dois)
    told = client.json(ADDRESS, {"filter": names, "rows": str(SIZE)} | _who(client))
    yield from (entry for entry in _entries(_items(told)) if entry.work.doi in wanted)


def by_title(client: Client, title: str) -> list[Entry]:
    """The entries that are likeliest meant by a title; whether one is, the caller judges."""
    told = client.json(ADDRESS, {"query.bibliographic": title, "rows": "3"} | _who(client))
    return _entries(_items(told))


def _who(client: Client) -> dict[str, str]:
    return {"mailto": client.manners.contact} if "@" in client.manners.contact else {}


def _message(told: Any) -> Any:  # noqa: ANN401 - whatever was sent
    if not isinstance(told, dict) or not isinstance(told.get("message"), dict):
        raise unanswered(HOST, "answered in another form than it documents")
    return told["message"]


def _items(told: Any) -> Any:  # noqa: ANN401 - whatever was sent
    return _message(told).get("items", ())


def _entries(items: Iterable[Any]) -> list[Entry]:
    try:
        return list(map(_entry, items))
    except (KeyError, TypeError, ValueError, AttributeError, IndexError):
        raise unanswered(HOST, "answered in another form than it documents") from None


def _entry(told: dict[str, Any]) -> Entry:
    dates = [date for name in DATES[:-1] if (date := _date(told.get(name)))]
    date = min(dates, default=_date(told.get("created")))
    preprint = told.get("type") == "posted-content"
    servers = [str(each.get("name", "")) for each in told.get("institution") or ()]
    containers = [*(told.get("container-title") or ()), *(servers if preprint else ())]
    relations = told.get("relation") or {}
    work = Work.of(
        title=str((told.get("title") or [""])[0]),
        authors=map(_author, told.get("author") or ()),
        date=date,
        doi=str(told["DOI"]),
        venue=str((containers or [""])[0]),
        published="" if preprint else date,
    )
    notices = tuple(
        (STATUS[each["type"]], f"https://doi.org/{each['DOI']}")
        for each in told.get("updated-by") or ()
        if each.get("type") in STATUS
    )
    later = [
        str(each["id"]).lower()
        for each in relations.get("is-preprint-of") or ()
        if each.get("id-type") == "doi"
    ]
    return Entry(work, notices, preprint, next(iter(later), ""))


def _author(told: dict[str, Any]) -> str:
    if "family" not in told:
        return str(told.get("name", ""))
    parts = (told["family"], told.get("given"), told.get("suffix"))
    return ", ".join(str(part) for part in parts if part)


def _date(told: Any) -> str:  # noqa: ANN401 - whatever was sent
    parts = (((told or {}).get("date-parts") or [[]])[0] or [])[:3]
    if not parts or parts[0] is None:
        return ""
    return "-".join(f"{int(part):0{width}}" for part, width in zip(parts, (4, 2, 2), strict=False))
