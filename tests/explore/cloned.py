"""As many studies as the review may hold one day.

Round after round, each in an order of its own: side by side, the clones of a study would be as
small as one of it when zipped, and so would the rows of a word in rounds of one order.
"""

from __future__ import annotations

import random
from dataclasses import replace

from gen.corpus.corpus import Corpus
from gen.corpus.tables import Study


def cloned(corpus: Corpus, size: int) -> Corpus:
    """The studies, and again with ids of their own, which then stand in their names.

    As they stand in the order of their dates, each has the date of its place.
    """
    once = len(corpus.studies)
    order = random.Random(0)  # noqa: S311 - no secret
    more: list[Study] = []
    while len(more) < size:
        more += order.sample(corpus.studies, once)
    del more[size:]
    dates = sorted(study.date for study in more)
    again = [
        study.model_copy(update={"id": study.id + f"-{n}" * (n >= once), "date": date})
        for n, (study, date) in enumerate(zip(more, dates, strict=True))
    ]
    return replace(corpus, studies=tuple(again))
