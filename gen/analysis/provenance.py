"""How far the coding can be relied on: what its cells lack, and what its evidence rests on."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass

from gen.corpus.cells import Missing
from gen.corpus.corpus import Corpus

# Pages that repeat or digest an abstract: a source at second hand.
DIGESTS = (
    "sciencestack.ai/",
    "emergentmind.com/",
    "bio.rodeo/",
    "arxivlens.com/",
    "scholarfeed.org/",
    "tomesphere.com/",
    "researchtrend.ai/",
)
# With these words a note begins its list of values that rested on a digest alone.
DROPPED = "Not kept at the merge"


@dataclass(frozen=True, slots=True)
class Provenance:
    """Counts over the coded columns, and over the studies."""

    cells: dict[str, int]  # kind of missing -> cells
    second_hand: int  # studies with a digest among their evidence
    dropped: int  # studies whose note names values that were removed
    month_only: int  # studies of which the day is not known
    year_only: int  # nor the month
    uncoded: dict[str, list[str]]  # column -> ids of the studies in which nobody coded it
    unknown: dict[str, int]  # column of the data sets -> sets without a value
    with_results: int  # studies of which a result is coded

    @classmethod
    def of(cls, corpus: Corpus) -> Provenance:
        studies = corpus.studies
        states = Counter(state for study in studies for state in study.missing.values())
        precision = Counter(study.date.count("-") for study in studies)
        return cls(
            cells={kind.value: states[kind] for kind in Missing},
            second_hand=sum(
                any(digest in page for page in study.evidence for digest in DIGESTS)
                for study in studies
            ),
            dropped=sum(DROPPED in (study.note or "") for study in studies),
            month_only=precision[1],
            year_only=precision[0],
            uncoded={
                name: [s.id for s in studies if s.missing.get(name) == Missing.NOT_CODED]
                for name in ("architecture", "training")
            },
            unknown={
                name: sum(not getattr(dataset, name) for dataset in corpus.datasets)
                for name in ("size", "access", "modalities")
            },
            with_results=len({result.study for result in corpus.results}),
        )
