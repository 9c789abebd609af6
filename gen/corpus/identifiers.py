"""DOIs, arXiv ids and addresses: what a bare one looks like, and when two name the same work."""

from __future__ import annotations

import html
import re
from typing import Final
from urllib.parse import unquote

# ASCII throughout: \d alone would also take the digits of other scripts.
# Year and month, then four digits until 2014 and five since.
ARXIV: Final = re.compile(
    r"(?:0[7-9]|1[0-4])(?:0[1-9]|1[0-2])\.[0-9]{4}|"
    r"(?:1[5-9]|[2-9][0-9])(?:0[1-9]|1[0-2])\.[0-9]{5}"
)
FOUR_DIGITS_UNTIL: Final = "1412"
# DOIs carry nearly any character after the slash. < and > only as publishers of before 2000 wrote
# issue and title between them: 10.1577/1548-8659(1981)110<446:eotofr>2.0.co;2
DOI: Final = re.compile(r"10\.[0-9]{4,9}/(?:[^\s\"<>\\]|<[0-9]+:[0-9A-Za-z:_-]+>)+")
# A host with a dot, then anything that can't end an attribute, a Markdown link or a table cell.
URL: Final = re.compile(r"https://[A-Za-z0-9.-]+\.[A-Za-z]{2,}(?::[0-9]+)?(?:[/?#][^\s\"<>\\`|]*)?")

# What is copied along with a DOI from an address: a page of the article, a file, a query.
TAILS: Final = re.compile(
    r"(?:[?#].*|\.pdf|\.full(?:-text)?|\.abstract|"
    r"/(?:abs(?:tract)?|e?pdf|epub|full(?:text)?|html|meta|summary|download))$",
    re.IGNORECASE,
)
CLOSING: Final = ".,;:'*`…’”»"
PAIRS: Final = {")": "(", "]": "[", "}": "{", ">": "<"}

_ARXIV_DOI: Final = re.compile(r"10\.48550/arxiv\.(.+)")
_ARXIV_PAGE: Final = re.compile(
    r"(?:[a-z]+\.)?arxiv\.org/(?:abs|pdf|html|format|ps|e-print|list)/(.+)"
)
# doi.org, and publishers that write the whole DOI into the addresses of their pages.
_DOI_PAGE: Final = re.compile(r"[a-z0-9.-]+/(?:[^?#]*?/)?(10\.[0-9]{4,9}(?:/|%2f).+)")
_NATURE: Final = re.compile(r"nature\.com/articles/([a-z0-9.-]+).*")
_OPENREVIEW: Final = re.compile(r"openreview\.net/(?:forum|pdf|attachment)\?id=([^&#]+).*")
# Servers that give each version of a preprint a DOI of its own, or an address that looks like one.
_VERSIONED: Final = re.compile(
    r"(10\.(?:1101|2139|20944|21203|26434|36227|48550|64898)/.+?)[./]?v[0-9]+"
)


def bare_arxiv(text: str) -> str:
    """The arXiv id in a text: the one that is meant where a spreadsheet has shortened it; or ""."""
    found = re.search(rf"(?<![0-9.])(?:{ARXIV.pattern})(?![0-9])", text)
    return found[0] if found else _lengthened(text)


def _lengthened(text: str) -> str:
    """An id that was read as a number, with the zeros that a number has no need of."""
    number = re.fullmatch(r"([0-9]{3,4})[.,]([0-9]{1,5})", text)
    if not number:
        return ""
    month, rest = number[1].rjust(4, "0"), number[2]
    id_ = f"{month}.{rest.ljust(4 if month <= FOUR_DIGITS_UNTIL else 5, '0')}"
    return id_ if ARXIV.fullmatch(id_) else ""


def is_shortened(text: str) -> bool:
    """Whether it is a number with a point that would be an arXiv id with more zeros."""
    return not ARXIV.fullmatch(text) and bool(_lengthened(text))


def bare_doi(text: str) -> str:
    """The DOI in a text without what was copied along with it; "" if there is none."""
    found = DOI.search(_unquoted(text).replace("\\", ""))
    return trimmed(found[0]) if found else ""


def is_bare_doi(text: str) -> bool:
    return bool(DOI.fullmatch(text)) and text == trimmed(_unquoted(text))


def doi_address(doi: str) -> str:
    """Where a DOI leads; what ends a link in Markdown or HTML is written in other words."""
    return "https://doi.org/" + doi.replace("<", "%3C").replace(">", "%3E")


def trimmed(doi: str) -> str:
    """Without closing punctuation, brackets that nothing opens, and tails of addresses."""
    before = ""
    while before != doi:
        before = doi
        doi = TAILS.sub("", doi.rstrip(CLOSING))
        if (end := doi[-1:]) in PAIRS and doi.count(end) > doi.count(PAIRS[end]):
            doi = doi[:-1]
    return doi if DOI.fullmatch(doi) else before


def _unquoted(text: str) -> str:
    """As it was before it was written into an address or a page."""
    text = html.unescape(text) if "&" in text and ";" in text else text
    return unquote(text) if "%" in text else text


def work(text: str) -> str:
    """The key of the work that a DOI, an arXiv id or an address names: equal keys, one work.

    Case, version, tails and closing punctuation make no other work; "" for no text.
    """
    key = text.strip().lower()
    key = re.sub(r"^(?:https?:)?//(?:www\.)?|^(?:arxiv|doi):\s*", "", key)
    if page := _DOI_PAGE.fullmatch(key):
        key = page[1]
    if article := _NATURE.fullmatch(key):
        key = f"10.1038/{article[1]}"
    if key.startswith("10."):
        key = trimmed(_unquoted(key))
    if preprint := _ARXIV_DOI.fullmatch(key) or _ARXIV_PAGE.fullmatch(key):
        key = preprint[1]
        key = re.sub(r"(?:v[0-9]+)?(?:\.pdf)?/?(?:[?#].*)?$", "", key.rstrip(CLOSING), count=1)
        return f"arxiv:{key}"
    key = re.sub(r"v[0-9]+$", "", key) if re.match(r"[0-9]{4}\.[0-9]", key) else key
    if ARXIV.fullmatch(key):
        return f"arxiv:{key}"
    if versioned := _VERSIONED.fullmatch(key):
        key = versioned[1]
    if key.startswith("10."):
        return f"doi:{key.rstrip('/')}"
    if forum := _OPENREVIEW.fullmatch(key):
        key = f"openreview.net/forum?id={forum[1]}"
    return key.partition("#")[0].rstrip(CLOSING + "/")


# What another program needs in order to find the same keys.
FORMS: Final = {
    "arxiv": ARXIV.pattern,
    "doi": DOI.pattern,
    "tails": TAILS.pattern,
    "closing": CLOSING,
    "pairs": PAIRS,
    "arxiv_doi": _ARXIV_DOI.pattern,
    "arxiv_page": _ARXIV_PAGE.pattern,
    "doi_page": _DOI_PAGE.pattern,
    "nature": _NATURE.pattern,
    "openreview": _OPENREVIEW.pattern,
    "versioned": _VERSIONED.pattern,
}
