"""How far the coding can be relied on: what its cells lack, and what its evidence rests on."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass

from gen.model import Corpus

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

    @classmethod
    def of(cls, corpus: Corpus) -> Provenance:
        studies = corpus.studies
        states = Counter(state for study in studies for state in study.missing.values())
        precision = Counter(study.date.count("-") for study in studies)
        return cls(
            cells={state: states[state] for state in ("not-coded", "not-reported", "n/a")},
            second_hand=sum(
                any(digest in page for page in study.evidence for digest in DIGESTS)
                for study in studies
            ),
            dropped=sum(DROPPED in (study.note or "") for study in studies),
            month_only=precision[1],
            year_only=precision[0],
        )
