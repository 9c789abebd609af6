"""How far the coding can be relied on: what its cells lack, and what is known in part only."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass

from gen.corpus.cells import Missing
from gen.corpus.corpus import Corpus


@dataclass(frozen=True, slots=True)
class Provenance:
    """Counts over the coded columns, and over all studies."""

    cells: dict[str, int]  # kind of missing -> cells
    month_only: int  # studies of which the day is not known
    year_only: int  # nor the month
    partial: dict[str, list[str]]  # list that was seen in part only -> ids of the studies
    uncoded: dict[str, int]  # column -> studies in which nobody coded it
    unknown: dict[str, int]  # column of the data sets -> sets without a value
    with_results: int  # studies of which a result is coded

    @classmethod
    def of(cls, corpus: Corpus) -> Provenance:
        studies = corpus.studies
        states = Counter(state for study in studies for state in study.missing.values())
        precision = Counter(study.date.count("-") for study in studies)
        return cls(
            cells={kind.value: states[kind] for kind in Missing},
            month_only=precision[1],
            year_only=precision[0],
            partial={
                part: [study.id for study in studies if part in study.partial]
                for part in corpus.taxonomy["partial"].terms
            },
            uncoded={
                name: sum(study.missing.get(name) == Missing.NOT_CODED for study in studies)
                for name in ("architecture", "training")
            },
            unknown={
                name: sum(not getattr(dataset, name) for dataset in corpus.datasets)
                for name in ("size", "access", "modalities")
            },
            with_results=len({result.study for result in corpus.results}),
        )
