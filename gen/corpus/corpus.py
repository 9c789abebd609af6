"""Everything in data/, checked."""

from __future__ import annotations

import hashlib
from collections import Counter
from dataclasses import dataclass, field
from enum import StrEnum
from functools import cached_property

from gen.corpus.settings import (
    Hosts,
    Picking,
    Reference,
    Release,
    Retirement,
    Review,
    Searches,
    Vocabulary,
)
from gen.corpus.tables import (
    Adjudication,
    Appraisal,
    Audit,
    Change,
    CheckedCell,
    Dataset,
    Foundation,
    Permalink,
    Record,
    Rename,
    Result,
    Source,
    Study,
)
from gen.problems import Problem


class Frame(StrEnum):
    """How a study came to be coded, which says for how many others it stands."""

    INCLUDED = "included"  # by its title at screening, or contributed directly
    DRAWN = "drawn"  # at random from the records that screening deferred
    AHEAD = "ahead"  # of the draw, from such a record: it counts in neither until its turn has come


@dataclass(frozen=True, kw_only=True)
class Corpus:
    """Everything in data/, checked."""

    studies: tuple[Study, ...]  # oldest first
    datasets: tuple[Dataset, ...]
    base_models: tuple[Foundation, ...]
    results: tuple[Result, ...]
    records: tuple[Record, ...]
    sources: tuple[Source, ...]
    second_coding: tuple[Study, ...]
    adjudication: tuple[Adjudication, ...] = ()
    screening_audit: tuple[Audit, ...] = ()
    cell_audit: tuple[CheckedCell, ...] = ()
    appraisal: tuple[Appraisal, ...] = ()
    taxonomy: dict[str, Vocabulary]
    picking: Picking
    releases: tuple[Release, ...]
    review: Review
    hosts: Hosts = field(default_factory=Hosts)
    searching: Searches = field(default_factory=Searches)
    references: dict[str, Reference] = field(default_factory=dict)
    retirement: Retirement = field(default_factory=lambda: Retirement(missed=1, plan=()))
    changes: tuple[Change, ...] = ()  # oldest version first
    lines: dict[str, int] = field(default_factory=dict)  # study id -> its line in studies.csv
    folder: str = "data"
    permalinks: tuple[Permalink, ...] = ()
    renames: tuple[Rename, ...] = ()
    warnings: tuple[Problem, ...] = ()  # what a person should look at; errors let no corpus be

    @property
    def release(self) -> Release:
        return self.releases[-1]

    @cached_property
    def digest(self) -> str:
        """Another one for other data, the same one in every run."""
        return hashlib.sha256(repr(self).encode()).hexdigest()

    @cached_property
    def frames(self) -> dict[str, Frame]:
        """Id of a study -> how it came to be here, as its record says."""
        draws = {record.id: record.draw for record in self.records if record.draw}

        def frame(study: Study) -> Frame:
            if study.record_id not in draws:
                return Frame.INCLUDED
            return Frame.DRAWN if draws[study.record_id] <= self.reached else Frame.AHEAD

        return {study.id: frame(study) for study in self.studies}

    @cached_property
    def screened(self) -> tuple[Record, ...]:
        """The records without those that a search found and that nobody has looked at yet."""
        return tuple(record for record in self.records if record.is_screened)

    @cached_property
    def reached(self) -> int:
        """How far the draw has come: every place up to it is decided, the next one is not."""
        places = [record.draw for record in self.records if record.draw]
        undecided = (r.draw for r in self.records if r.draw and r.is_deferred)
        return min(undecided, default=max(places, default=0) + 1) - 1

    @cached_property
    def added(self) -> dict[str, Release]:
        """Id of a study -> the version that first published its page; one that came since has none.

        That is the day on which the review added it, whatever the age of the work.
        """
        versions = {release.version: release for release in self.releases}
        since = {link.page: link.since for link in self.permalinks if not link.anchor}
        before = {rename.new: rename.old for rename in self.renames if rename.kind == "studies"}
        found = {}
        for study in self.studies:
            pages = (f"/studies/{id_}/" for id_ in (study.id, before.get(study.id, "")))
            if version := next((since[page] for page in pages if page in since), ""):
                found[study.id] = versions[version]
        return found

    @cached_property
    def counted(self) -> tuple[Study, ...]:
        """The studies of which shares and trends speak, oldest first.

        Those included at screening or contributed. The drawn ones stand for many others each, and
        a retracted one for nothing.
        """
        return tuple(
            study
            for study in self.studies
            if self.frames[study.id] is Frame.INCLUDED and not study.is_retracted
        )

    @cached_property
    def labels(self) -> dict[str, str]:
        """Id of a base model or study -> its name as lists give it.

        Where a study shares its name, first author and year follow, or else its id; where a notice
        speaks of it, its status: "PRISM (Shaikovski 2024; retracted)".
        """
        names = Counter(study.name.casefold() for study in self.studies)
        names.update(base.name.casefold() for base in self.base_models)
        works = Counter((study.name.casefold(), _work(study)) for study in self.studies)
        labels = {base.id: base.name for base in self.base_models}
        for study in self.studies:
            name, work = study.name.casefold(), _work(study)
            apart = work if works[name, work] == 1 else study.id
            status = self.taxonomy["status"].terms[study.status].label if study.status else ""
            told = [apart] * (names[name] > 1) + [status.lower()] * bool(status)
            labels[study.id] = f"{study.name} ({'; '.join(told)})" if told else study.name
        return labels


def _work(study: Study) -> str:
    """First author, by the family name, and year."""
    return f"{study.authors[0].partition(',')[0]} {study.year}"
