"""What a page tells machines of the work that it is about: Highwire tags and JSON-LD."""

from __future__ import annotations

from typing import Any, Final

from gen.citations.entry import NOTICES, Entry
from gen.corpus.identifiers import doi_address
from gen.corpus.names import Name
from gen.corpus.tables import Study

# Kind of entry -> the tag that names its container.
CONTAINERS: Final = {
    "article": "journal_title",
    "paper": "conference_title",
    "section": "book_title",
    "figure": "book_title",
    "report": "technical_report_institution",
}


def highwire(entry: Entry) -> dict[str, str | list[str]]:
    """Names and contents of the citation_* meta tags that reference managers read."""
    tags: dict[str, str | list[str]] = {
        "title": entry.title,
        "author": list(map(_author, entry.authors)),
        "publication_date": entry.date.replace("-", "/"),
        CONTAINERS.get(entry.kind, ""): entry.container,
        "doi": entry.doi,
        "arxiv_id": entry.arxiv,
        "public_url": entry.url,
    }
    return {name: value for name, value in tags.items() if name and value}


def _author(name: Name) -> str:
    """Zotero reads what is before the comma as the family name, and no second comma.

    So a particle or an organisation stays whole, and a suffix goes with the given names.
    """
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
