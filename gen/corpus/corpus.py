"""Everything in data/, checked."""

from __future__ import annotations

from dataclasses import dataclass, field
from enum import StrEnum
from functools import cached_property

from gen.corpus.settings import Reference, Release, Retirement, Review, Vocabulary
from gen.corpus.tables import (
    Adjudication,
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
    taxonomy: dict[str, Vocabulary]
    releases: tuple[Release, ...]
    review: Review
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
    def frames(self) -> dict[str, Frame]:
        """Id of a study -> how it came to be here, as its record says."""
        drawn = {record.id for record in self.records if record.draw}
        return {
            study.id: Frame.DRAWN if study.record_id in drawn else Frame.INCLUDED
            for study in self.studies
        }

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
