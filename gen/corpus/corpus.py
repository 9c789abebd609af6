"""Everything in data/, checked."""

from __future__ import annotations

from dataclasses import dataclass, field

from gen.corpus.settings import Reference, Release, Retirement, Review, Vocabulary
from gen.corpus.tables import (
    Change,
    Dataset,
    Foundation,
    Permalink,
    Record,
    Rename,
    Result,
    Source,
    Study,
)


@dataclass(frozen=True, kw_only=True, slots=True)
class Corpus:
    """Everything in data/, checked."""

    studies: tuple[Study, ...]  # oldest first
    datasets: tuple[Dataset, ...]
    base_models: tuple[Foundation, ...]
    results: tuple[Result, ...]
    records: tuple[Record, ...]
    sources: tuple[Source, ...]
    second_coding: tuple[Study, ...]
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

    @property
    def release(self) -> Release:
        return self.releases[-1]
