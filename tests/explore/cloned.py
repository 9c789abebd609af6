"""As many studies as the review may hold one day.

Round after round: side by side, the clones of a study would be as small as one of it when zipped.
"""

from __future__ import annotations

from dataclasses import replace
from itertools import cycle, islice

from gen.corpus.corpus import Corpus


def cloned(corpus: Corpus, size: int) -> Corpus:
    """The studies again and again, each with an id of its own, which then stands in its name."""
    once = len(corpus.studies)
    again = enumerate(islice(cycle(corpus.studies), size - once), once)
    more = [study.model_copy(update={"id": f"{study.id}-{n}"}) for n, study in again]
    return replace(corpus, studies=(*corpus.studies, *more))
