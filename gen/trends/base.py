"""What every question of the meta-analysis is given and what it gives."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from itertools import combinations
from typing import Any, Final

import pandas as pd

from gen.analysis.statistics import is_significant
from gen.corpus.corpus import Corpus
from gen.figures.figure import Absent, Figure
from gen.trends.corrections import Corrections

File = tuple[str, str | bytes]

SEED: Final = 20261016  # any fixed number; every random draw of a build starts from it


@dataclass(frozen=True, slots=True)
class Context:
    """What a question may look up beside the frame of studies."""

    corpus: Corpus
    incomplete_year: int  # the year that the newest search fell into: its counts are not complete
    corrections: Corrections = field(default_factory=Corrections)

    def label(self, vocabulary: str, term: str) -> str:
        return self.corpus.taxonomy[vocabulary].terms[term].label


@dataclass(frozen=True, slots=True)
class Finding:
    """A headline finding, as the table of sensitivity compares it between subsets.

    `estimate` is on a scale where `null` means no trend (1 for a ratio, 0 for a difference);
    None where too few studies are left to say. `p` is adjusted for all tests of the site.
    """

    id: str  # permanent, unique in its question
    label: str  # what is estimated: "Odds ratio per year, vision-language"
    estimate: float | None
    low: float | None
    high: float | None
    p: float | None
    null: float = 1.0

    @property
    def significant(self) -> bool:
        """By its p where there is one, else by whether its interval leaves out the null."""
        return is_significant(self.p) if self.p is not None else self.apart

    @property
    def apart(self) -> bool:
        """Whether the interval leaves out the null."""
        if self.low is None or self.high is None:
            return False
        return not self.low <= self.null <= self.high

    @property
    def verdict(self) -> str:
        """What is known of it, in words that follow its question."""
        if self.estimate is None:
            return "Too few studies to say."
        if not self.significant:
            return "No change can be told."
        return "Yes, it rose." if self.estimate > self.null else "Yes, it fell."


@dataclass(frozen=True, slots=True)
class Answer:
    """A question answered for one subset of the studies."""

    sentence: str  # the answer in one sentence, plain text
    figures: tuple[Figure | Absent, ...] = ()
    findings: tuple[Finding, ...] = ()
    # What else the question's template shows: plain lists, dicts, text and numbers only.
    values: dict[str, Any] | None = None


@dataclass(frozen=True, slots=True)
class Question:
    """One page of the section. Its template is templates/trends/<slug>.md.jinja."""

    slug: str  # the page's address, permanent
    title: str
    ask: str  # the question in plain words
    answer: Callable[[pd.DataFrame, Context], Answer]
    small: str = ""  # the name of its figure that the index shows; "" for its first
    switches: bool = True  # whether the reader may redraw it for a subset
    # What the protocol names as primary: id of a finding -> the question in words.
    primary: Mapping[str, str] = field(default_factory=dict)
    # Files beside the page, such as the lists that its cells link to. The last argument renders a
    # page: page(template, path, **values).
    files: Callable[[pd.DataFrame, Context, Callable[..., str]], Iterator[File]] | None = None


# The reader's switches: label, and which studies it keeps, given the incomplete year. Their order
# is the order of the words in a subset's name. Publication takes time, so that to leave out
# preprints would leave out what is recent: instead, all are asked at the same age.
SWITCHES: Final[dict[str, tuple[str, Callable[[pd.DataFrame, int], pd.Series]]]] = {
    "published": (
        "Published by the end of the next year, of those old enough",
        lambda df, incomplete_year: (
            (df["year"] + 1 < incomplete_year)
            & (df["published"] != "")
            & (df["published"].str[:4] <= (df["year"] + 1).astype(str))
        ),
    ),
    "models": (
        "Foundation models only",
        lambda df, _: df["contribution"] == "foundation-model",
    ),
}

# Every combination, "" (all studies) first: "published", "models", "published+models".
SUBSETS: Final = tuple(
    "+".join(chosen) for size in range(len(SWITCHES) + 1) for chosen in combinations(SWITCHES, size)
)


def subset(df: pd.DataFrame, name: str, incomplete_year: int) -> pd.DataFrame:
    """The studies that all named switches keep."""
    for switch in filter(None, name.split("+")):
        # A frame of no studies has no columns either.
        df = df[SWITCHES[switch][1](df, incomplete_year)] if len(df) else df
    return df
