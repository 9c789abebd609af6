"""What a page tells machines of the works that it is about: meta tags, COinS and JSON-LD.

What is said here of Zotero is how its translators read pages: Embedded Metadata (the tags of the
page's own work) and COinS (a choice of the works that a page lists).
"""

from __future__ import annotations

from functools import cache
from typing import Any, Final
from urllib.parse import urlencode

from gen.citations.entry import NOTICES, Entry
from gen.corpus.identifiers import doi_address
from gen.corpus.names import Name
from gen.corpus.tables import Study

# Kind of entry -> the tag that names its container. Zotero takes the kind of work from it, but of
# citation_book_title it knows nothing: it reads "book" as the name of a vocabulary.
CONTAINERS: Final = {
    "article": "citation_journal_title",
    "paper": "citation_conference_title",
    "section": "citation_inbook_title",
    "figure": "citation_inbook_title",
    "report": "citation_technical_report_institution",
    "preprint": "citation_publisher",
}
# Kind of entry -> the kind of item in Zotero, where no tag of a container says it.
TYPES: Final = {"preprint": "preprint", "review": "webpage"}
# The same in COinS, and the key of the container.
LISTED: Final = {
    "article": ("journalArticle", "rft.source"),
    "paper": ("conferencePaper", "rft.source"),
    "report": ("report", "rft.publisher"),
    "preprint": ("preprint", "rft.publisher"),
}


def meta(entry: Entry) -> dict[str, str | list[str]]:
    """Names and contents of the meta tags that reference managers read."""
    tags: dict[str, str | list[str]] = {
        "citation_title": entry.title,
        "citation_author": list(map(_author, entry.authors)),
        "citation_publication_date": entry.date.replace("-", "/"),
        CONTAINERS.get(entry.kind, ""): entry.container,
        "citation_doi": entry.doi,
        "citation_arxiv_id": entry.arxiv,
        "citation_technical_report_number": entry.archive_id,
        "citation_public_url": entry.url,
        "prism.edition": f"Version {entry.version}" if entry.version else "",
        "DC.type": TYPES.get(entry.kind, ""),
    }
    return {name: value for name, value in tags.items() if name and value}


@cache  # a study is in the lists of many pages
def coins(entry: Entry) -> str:
    """A study in a list, as the title of a span of class Z3988 (OpenURL 1.0, Dublin Core).

    Zotero reads rft.title as the title of the container once it knows that the work is an article,
    so the title comes before the type. Authors are named only where it has no DOI to look them up
    by, as it does of a study without them: they would be most of a long list. A plus sign is the
    one character that Zotero cannot read here.
    """
    kind, container = LISTED[entry.kind]
    preprint = f"10.48550/arXiv.{entry.arxiv}" if entry.kind == "preprint" and entry.arxiv else ""
    doi = entry.doi or preprint
    pairs = [
        ("ctx_ver", "Z39.88-2004"),
        ("rft_val_fmt", "info:ofi/fmt:kev:mtx:dc"),
        ("rft.title", entry.title),
        ("rft.type", kind),
        (container, entry.container),
        ("rft.date", entry.date),
        ("rft_id", f"info:doi/{doi}" if doi else ""),
        ("rft.identifier", entry.url),
        *(("rft.au", _author(name)) for name in (entry.authors if not doi else ())),
    ]
    return urlencode([(key, value) for key, value in pairs if value], safe=":/,")


def _author(name: Name) -> str:
    """Zotero reads what is before the comma as the family name, and no second comma.

    So a particle or an organisation stays whole, and a suffix goes with the given names. One word
    needs no comma, and with one a full stop within it would be the end of an initial.
    """
    if name.is_whole and " " not in name.family:
        return name.family
    return f"{name.last}, {name.given} {name.suffix}".strip()


def json_ld(study: Study, entry: Entry) -> dict[str, Any]:
    """The study, as it is cited, as a schema.org ScholarlyArticle."""
    same = [f"https://arxiv.org/abs/{entry.arxiv}"] if entry.arxiv else []
    same += [doi_address(entry.doi)] if entry.doi else []
    journal, event = entry.kind == "article", entry.kind == "paper"
    values = {
        "@context": "https://schema.org",
        "@type": "ScholarlyArticle",
        "headline": entry.title,
        "name": study.name,
        "author": [
            {"@type": "Organization" if name.is_whole else "Person", "name": name.text}
            for name in entry.authors
        ],
        "datePublished": entry.date,
        "isPartOf": {"@type": "Periodical", "name": entry.container} if journal else None,
        "publication": {"@type": "PublicationEvent", "name": entry.container} if event else None,
        "creativeWorkStatus": NOTICES.get(entry.status, ""),
        "abstract": study.summary,
        "url": entry.url,
        "sameAs": same,
    }
    return {name: value for name, value in values.items() if value}
