"""What is no table: controlled terms, releases, the review itself, other literature."""

from __future__ import annotations

from datetime import date as Date
from functools import cached_property
from typing import Literal
from urllib.parse import urlsplit

from pydantic import BaseModel, ConfigDict, NonNegativeFloat, NonNegativeInt, PositiveInt


class Term(BaseModel):
    """A controlled term."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    label: str
    definition: str
    aliases: tuple[str, ...] = ()
    parent: str = ""
    family: str = ""  # architectures only: the family to which the design belongs
    commercial: Literal["", "allowed", "not allowed", "unclear"] = ""  # licences only: such use


class Vocabulary(BaseModel):
    """The terms that one column may hold, in display order."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    label: str
    plural: str
    about: str
    terms: dict[str, Term]


class Search(BaseModel):
    """One kind of source, as a release searched it; what is not known is left out."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    source: str
    searched: Date | None = None  # the day on which it was read; None: not dated
    oldest: Date | None = None  # of the versions that were read, which may be older than that day
    newest: Date | None = None
    note: str = ""


class Correction(BaseModel):
    """A mistake that a version put right, in words: what cells it changed is in changes.csv."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    what: str  # was wrong
    since: str  # the version that published it first
    finding: str  # what readers were told that changed by it, or why nothing did


class Release(BaseModel):
    """A version of the review."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    version: str
    date: Date
    searched: Date  # the newest search
    next_due: Date
    status: Literal["living", "paused", "retired"]
    changed: str
    doi: str = ""  # that an archive such as Zenodo gave the version
    methods: tuple[str, ...] = ()  # what changed in them, a sentence each
    searches: tuple[Search, ...] = ()
    corrections: tuple[Correction, ...] = ()
    removed: dict[str, str] = {}  # id of a study that the version no longer holds -> why

    @property
    def order(self) -> tuple[int, ...]:
        """By which versions are sorted: as text, 2026.11.10 would come before 2026.11.2."""
        return tuple(map(int, self.version.split(".")))


class Question(BaseModel):
    """What the living search asks of one database, in the words that it understands."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    source: str  # its name in sources.csv, and of the service in gen/watch/
    query: str


class Searches(BaseModel):
    """What search.toml holds."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    since: Date = Date(2000, 1, 1)  # where the first search of a database begins
    overlap: NonNegativeInt = 0  # so many days before the last one ended, each later search begins
    searches: tuple[Question, ...] = ()


class Retirement(BaseModel):
    """What happens when nobody maintains the review any longer."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    missed: PositiveInt  # so many versions in a row, and the status becomes retired
    plan: tuple[str, ...]


class Releases(BaseModel):
    """What releases.toml holds."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    releases: tuple[Release, ...] = ()
    retirement: Retirement | None = None  # None: missing, which the reader of the file reports


class Contributor(BaseModel):
    """A person who agreed to be named here."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    name: str
    did: str  # "coded studies of the retina, reviewed pull requests"
    orcid: str = ""
    agreed: Date  # the day on which they said so, in an issue or a pull request


class Review(BaseModel):
    """What the review is called and where it lives."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    title: str
    short: str
    subject: str  # "foundation models in medical image analysis", within a sentence
    keywords: tuple[str, ...]
    authors: tuple[str, ...]
    repository: str
    site: str
    contributors: tuple[Contributor, ...] = ()

    @property
    def name(self) -> str:
        """What pages and feeds call it: its title without the part after the colon."""
        return self.title.partition(":")[0]


class Points(BaseModel):
    """What a study earns towards being picked for "Start here"; picks.toml says for what."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    open: NonNegativeFloat
    gated: NonNegativeFloat
    code: NonNegativeFloat
    commercial: NonNegativeFloat
    non_commercial: NonNegativeFloat
    unclear: NonNegativeFloat
    elsewhere: NonNegativeFloat
    size: NonNegativeFloat
    recent: NonNegativeFloat
    recent_years: PositiveInt
    published: NonNegativeFloat
    specific: NonNegativeFloat


class Picking(BaseModel):
    """What picks.toml holds: how "Start here" chooses."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    least: PositiveInt  # so many studies to choose from, or a term has no section
    most: PositiveInt  # shown for a term
    points: Points


class Reference(BaseModel):
    """A work that pages cite and that is no study: an entry of references.bib."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    key: str
    title: str
    # (given names, family name), the latter alone for a body; may be the first of many only.
    authors: tuple[tuple[str, str], ...]
    year: int
    venue: str  # "" where there is none
    link: str  # "" where there is none
    more: bool = False  # whether the authors are the first of more
    works: tuple[str, ...] = ()  # the keys of what it names: see identifiers.work
    line: int = 0


class EvidenceKind(BaseModel):
    """A kind of page that facts are coded from, and the places where such pages are."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    label: str
    definition: str
    places: tuple[str, ...] = ()  # hosts, or hosts with the beginning of a path


class Refused(BaseModel):
    """Places that are no evidence: what they hold comes from pages that can be named themselves."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    what: str  # "is ‹what›"
    instead: str  # "; ‹instead›"
    places: tuple[str, ...]


class Hosts(BaseModel):
    """What hosts.toml holds: of which kind a page of evidence is, told by its address."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    others: str = ""  # the kind of a page that is in none of the places
    kinds: dict[str, EvidenceKind] = {}
    refused: tuple[Refused, ...] = ()

    @cached_property
    def places(self) -> dict[str, list[tuple[str, EvidenceKind | Refused]]]:
        """Host -> the beginnings of paths that are places there, the longest first."""
        found: dict[str, list[tuple[str, EvidenceKind | Refused]]] = {}
        groups: tuple[EvidenceKind | Refused, ...] = (*self.kinds.values(), *self.refused)
        for each in groups:
            for place in each.places:
                host, slash, path = place.partition("/")
                found.setdefault(host, []).append((slash + path, each))
        for paths in found.values():
            paths.sort(key=lambda path: -len(path[0]))
        return found

    def at(self, url: str) -> EvidenceKind | Refused | None:
        """What the nearest of all places says of an address; None where it is in none."""
        parts = urlsplit(url)
        labels = (parts.hostname or "").split(".")
        for first in range(len(labels)):
            for path, each in self.places.get(".".join(labels[first:]), ()):
                if parts.path.lower().startswith(path):
                    return each
        return None

    def kind_of(self, url: str) -> EvidenceKind:
        """The kind of the page at an address, which is none of the refused."""
        found = self.at(url)
        return found if isinstance(found, EvidenceKind) else self.kinds[self.others]
