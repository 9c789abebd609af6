"""A work as a database describes it, brought into the form of our tables."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import asdict, dataclass
from typing import Any, Final, Self

from gen.corpus.cells import SEPARATOR
from gen.corpus.characters import LOST, shown, without_markup, words
from gen.corpus.identifiers import ARXIV, DOI, URL, bare_doi, work
from gen.corpus.pasted import faults
from gen.corpus.wordings import missing

LONGEST: Final = 1000  # characters of a text; titles of works are shorter
DISTINCT: Final = 5  # words that a title needs so that an equal one is the same work
MARKUP: Final = re.compile(r"[<>$\\{}]|&(?=#?\w{1,32};)")
DATE: Final = re.compile(
    r"(?:19|20)\d\d(?:-(?:0[1-9]|1[0-2])(?:-(?:0[1-9]|[12]\d|3[01]))?)?", re.ASCII
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Work:
    """What is known of a work; "" where the database does not say."""

    title: str
    authors: tuple[str, ...] = ()  # `Family, Given`, an organisation without a comma
    date: str = ""  # of its first appearance, YYYY[-MM[-DD]]
    arxiv: str = ""
    doi: str = ""  # of the published version, or of a preprint that is not on arXiv
    url: str = ""
    venue: str = ""
    published: str = ""  # date of the version that venue and doi name
    notice: str = ""  # what the database says of a withdrawal

    @classmethod
    def of(cls, *, authors: Iterable[str] = (), **texts: str) -> Self:
        """A work from texts as they were sent: what no cell may hold is left out."""
        doi, arxiv = bare_doi(texts.pop("doi", "")).lower(), texts.pop("arxiv", "")
        if (key := work(doi or arxiv)).startswith("arxiv:"):
            arxiv, doi = key.removeprefix("arxiv:"), doi if work(doi) != key else ""
        url = texts.pop("url", "").replace("http://", "https://", 1)
        dates = {name: texts.pop(name, "") for name in ("date", "published")}
        return cls(
            authors=tuple(filter(None, map(plain, authors))),
            arxiv=arxiv if ARXIV.fullmatch(arxiv) else "",
            doi=doi if DOI.fullmatch(doi) else "",
            url=url if URL.fullmatch(url) else "",
            **{name: date if DATE.fullmatch(date) else "" for name, date in dates.items()},
            **{name: plain(text) for name, text in texts.items()},
        )

    @classmethod
    def kept(cls, values: dict[str, Any]) -> Self:
        """A work as it was kept in JSON."""
        return cls(**values | {"authors": tuple(values["authors"])})

    def as_json(self) -> dict[str, Any]:
        return asdict(self)

    @property
    def page(self) -> str:
        """The address of the work, or ""."""
        if self.arxiv:
            return f"https://arxiv.org/abs/{self.arxiv}"
        return f"https://doi.org/{self.doi}" if self.doi else self.url

    @property
    def keys(self) -> tuple[str, ...]:
        """What makes it the same work as another."""
        return tuple(keys(self.title, (self.doi, self.arxiv, self.url)))

    @property
    def cells(self) -> dict[str, str]:
        """The cells of a study that are known of it; the others are the coder's."""
        return {
            "title": self.title,
            "authors": listed(self.authors),
            "date": self.date,
            "venue": self.venue,
            "published": self.published,
            "arxiv": self.arxiv,
            "doi": self.doi,
            "url": "" if self.arxiv or self.doi else self.url,
            "evidence": self.page,
        }


def keys(title: str, identifiers: Iterable[str]) -> Iterator[str]:
    """The keys of a work: of each identifier, and of its title with and without a short name."""
    yield from (key for identifier in identifiers if (key := work(identifier)))
    _, _, rest = title.partition(": ")
    for text in filter(None, (title, rest)):
        if len((key := words(text)).split()) >= DISTINCT:
            yield f"title:{key}"


def plain(text: str) -> str:
    """A text without what no cell may hold."""
    text = shown(text.replace("\n", " ").replace(LOST, ""))[:LONGEST]
    text = shown(without_markup(text) or MARKUP.sub("", text))
    return "" if missing(text) else text


def listed(authors: Iterable[str]) -> str:
    """The cell of authors, mended where there is one way to."""
    cell = SEPARATOR.join(author.replace(";", ",") for author in authors)
    return faults(cell)[1] or cell
