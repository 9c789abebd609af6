"""Asks the main findings again of other studies, or by another reckoning of the same ones.

Each finding was corrected for all tests of the site when it was made. Here the same is asked again,
so that an interval is compared with no trend and not corrected once more.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import cached_property, partial
from math import log
from typing import Any, Final

import numpy as np
import pandas as pd

from gen.analysis import tables
from gen.analysis.eligible import Eligible
from gen.analysis.groups import research_groups
from gen.analysis.statistics import Trend, logistic_trend
from gen.analysis.survey import weighted_trend
from gen.corpus.corpus import Frame
from gen.trends import by_finding, growth, scale
from gen.trends.base import SWITCHES, Answer, Context, Finding
from gen.trends.coding_error import DRAWS, coding_error
from gen.trends.corrections import Corrections
from gen.trends.questions import QUESTIONS
from gen.trends.series import Series

STARTS: Final = (2019, 2022, 2023)
# In the order of the columns.
CHECKS: Final = (
    "Published by the end of the next year",
    "Foundation models only",
    *(f"From {year} on" for year in STARTS),
    "Without one source",
    "By research group",
    "With the deferred",
)
HOLDS: Final = "holds"
LOSES: Final = "loses significance"
TURNS: Final = "changes sign"
GAINS: Final = "gains significance"
STILL: Final = "no clear change"
CANNOT: Final = "cannot be tested"  # which is not that it does not hold: too few studies are left
NOT_ASKED: Final = "–"  # the check does not suit the estimate
# What says the same of a finding is told once: the first that is significant.
SAME: Final = (
    {"family-vision-language", "family-vision-only"},
    {"data-private", "data-public", "training-private"},
    {"elsewhere", "elsewhere-read"},
    {"architecture-cnn", "root-resnet"},
)


@dataclass(frozen=True, slots=True)
class Found:
    """What a check finds: its verdict and estimate; of leaving out sources, which matters most."""

    change: str
    finding: Finding | None = None
    source: str = ""
    departs: bool = False  # from what all studies say


@dataclass(frozen=True)
class Studies:
    """All studies in one frame, the drawn ones too, and the yes-or-no series of every finding."""

    df: pd.DataFrame  # the counted studies first, then the drawn ones
    context: Context
    asked: dict[tuple[str, bytes], list[Finding]] = field(default_factory=dict)

    @classmethod
    def of(cls, context: Context) -> Studies:
        corpus = context.corpus
        drawn = (
            study
            for study in corpus.studies
            if corpus.frames[study.id] is Frame.DRAWN and not study.is_retracted
        )
        return cls(tables.frame([*corpus.counted, *drawn]), context)

    @cached_property
    def counted(self) -> pd.Series:
        return self.df["id"].isin({study.id for study in self.context.corpus.counted})

    @cached_property
    def full(self) -> pd.Series:
        """Of full years, the only ones that trends of shares are tested by."""
        return self.df["year"] < self.context.incomplete_year

    @cached_property
    def weights(self) -> pd.Series:
        """1 of a counted study; of a drawn one, how many deferred records it stands for."""
        deferred = Eligible.of(self.context.corpus).deferred
        drawn = int((~self.counted).sum())
        each = deferred.population * deferred.share[0] / drawn if drawn else 1.0
        return pd.Series(np.where(self.counted, 1.0, each), index=self.df.index)

    @cached_property
    def groups(self) -> pd.Series:
        return self.df["id"].map(research_groups(self.context.corpus.studies))

    @cached_property
    def alone(self) -> dict[str, pd.Series]:
        """Source -> which studies no other source names."""
        named = {record.id: record.sources for record in self.context.corpus.records}
        record = {study.id: study.record_id for study in self.context.corpus.studies}
        of = self.df["id"].map(lambda id_: tuple(named.get(record[id_] or "", ())))
        sources = sorted({own[0] for own in of[self.counted] if len(own) == 1})
        return {source: of == (source,) for source in sources}

    @cached_property
    def series(self) -> dict[str, dict[str, Series]]:
        """Slug of a question -> id of a finding -> which studies say yes, of which."""
        coded = by_finding.coded(self.df, self.context)
        return coded | by_finding.named(self.df, self.context)

    def again(self, slug: str, mask: pd.Series) -> list[Finding]:
        """What is estimated otherwise than as the trend of a share, of some of the studies."""
        key = slug, mask.to_numpy(bool).tobytes()
        if key not in self.asked:
            # What is asked here is no test of the site that would be corrected with the others.
            alone = replace(self.context, corrections=Corrections())
            self.asked[key] = list(OTHERWISE[slug](self.df[mask], alone))
        return self.asked[key]


# What is estimated otherwise than as the trend of a share: slug -> findings of any studies.
OTHERWISE: Final[Mapping[str, Callable[[pd.DataFrame, Context], Iterable[Finding]]]] = {
    "growth": growth.average,
    "scale": scale.findings,
}


def sensitivity(context: Context, answers: Mapping[str, Mapping[str, Answer]]) -> dict[str, Any]:
    """What the page shows: `rows`, one a finding, with a cell for each of `checks`.

    Primary questions come first, whatever was found; other findings where they are significant.
    """
    main = main_findings(answers)
    studies = Studies.of(context)
    if not main:
        return {"sentence": sentence([]), "rows": [], "coding": []}
    rows = [row | {"under": checked(row["slug"], row["finding"], studies)} for row in main]
    return {
        "sentence": sentence(rows),
        "checks": CHECKS,
        "rows": rows,
        "sources": len(studies.alone),
        "groups": int(studies.groups[studies.counted].nunique()),
        "largest": int(studies.groups[studies.counted].value_counts().max()),
        "drawn": int((~studies.counted).sum()),
        "weight": float(studies.weights.max()),
        "coding": coding_error(main, studies.df[studies.counted], studies.context),
        "draws": DRAWS,
    }


def main_findings(answers: Mapping[str, Mapping[str, Answer]]) -> list[dict[str, Any]]:
    rows: list[dict[str, Any]] = [
        {
            "slug": question.slug,
            "primary": finding.id in question.primary,
            # Without the measure, which the page says once.
            "label": question.primary.get(finding.id)
            or finding.label.rpartition(": ")[0]
            or finding.label,
            "finding": finding,
            "clear": finding.significant,
        }
        for question in QUESTIONS
        for finding in answers[question.slug][""].findings
        if finding.significant or (finding.id in question.primary and finding.estimate is not None)
    ]
    rows.sort(key=lambda row: not row["primary"])
    told: list[set[str]] = []
    once = []
    for row in rows:
        same = next((each for each in SAME if row["finding"].id in each), None)
        if same is None or same not in told:
            once.append(row)
            told += [same] if same else []
    return once


def checked(slug: str, finding: Finding, studies: Studies) -> list[Found]:
    """What every check finds of a finding, in the order of the columns."""
    series = studies.series.get(slug, {}).get(finding.id)
    if series is None and slug not in OTHERWISE:
        return [Found(NOT_ASKED)] * len(CHECKS)
    ask = asker(slug, finding, series, studies)
    df, last = studies.df, studies.context.incomplete_year
    masks = [
        *(keeps(df, last) & studies.counted for _, keeps in SWITCHES.values()),
        *((df["year"] >= year) & studies.counted for year in STARTS),
    ]
    return [
        *(compared(finding, ask(mask)) for mask in masks),
        without_a_source(finding, ask, studies),
        *(
            compared(finding, weighted(finding, series, studies, drawn=drawn))
            if series
            else Found(NOT_ASKED)
            for drawn in (False, True)
        ),
    ]


Ask = Callable[[pd.Series], Finding | None]  # the same of those studies that a mask keeps


def asker(slug: str, finding: Finding, series: Series | None, studies: Studies) -> Ask:
    def of_share(mask: pd.Series, series: Series) -> Finding | None:
        held = mask & series.of & studies.full
        years, place = np.unique(studies.df.loc[held, "year"], return_inverse=True)
        yes = np.bincount(place, series.yes[held])
        return as_finding(finding, logistic_trend(years, yes, np.bincount(place)))

    def otherwise(mask: pd.Series) -> Finding | None:
        found = studies.again(slug, mask)
        return next((each for each in found if each.id == finding.id), None)

    return partial(of_share, series=series) if series else otherwise


def weighted(finding: Finding, series: Series, studies: Studies, *, drawn: bool) -> Finding | None:
    """With the drawn studies in their weight; or without them, by research group."""
    held = series.of & studies.full & (True if drawn else studies.counted)
    of = studies.df[held]
    return as_finding(
        finding,
        weighted_trend(
            of["year"],
            series.yes[held],
            studies.weights[held],
            studies.counted[held],
            of["id"] if drawn else studies.groups[held],
        ),
    )


def without_a_source(finding: Finding, ask: Ask, studies: Studies) -> Found:
    """Of the source whose leaving changes most: the verdict first, then the estimate."""
    found = [
        replace(compared(finding, ask(studies.counted & ~alone)), source=source)
        for source, alone in studies.alone.items()
    ]
    kept = HOLDS if finding.significant else STILL
    return max(
        found,
        key=lambda each: (each.change != kept, _moved(finding, each)),
        default=Found(NOT_ASKED),
    )


def _moved(finding: Finding, found: Found) -> float:
    """How far the estimate went, as a ratio; no estimate is farther than any."""
    if found.finding is None or found.finding.estimate is None or finding.estimate is None:
        return float("inf")
    return abs(log(found.finding.estimate / finding.estimate))


def as_finding(finding: Finding, trend: Trend | None) -> Finding | None:
    if trend is None:
        return None
    return replace(finding, estimate=trend.odds_ratio, low=trend.low, high=trend.high, p=trend.p)


def compared(finding: Finding, other: Finding | None) -> Found:
    found = change(finding, other)
    return Found(found, other, departs=found in {LOSES, TURNS, GAINS})


def change(finding: Finding, other: Finding | None) -> str:
    """What becomes of a finding where other studies, or another reckoning, give `other`."""
    if other is None or other.estimate is None or finding.estimate is None:
        return CANNOT
    if not finding.significant:
        return GAINS if other.apart else STILL
    if (finding.estimate > finding.null) != (other.estimate > other.null):
        return TURNS
    return HOLDS if other.apart else LOSES


def sentence(rows: Sequence[Mapping[str, Any]]) -> str:
    """The answer of the page: how many findings hold in every check."""
    clear = [row for row in rows if row["finding"].significant]
    if not clear:
        return "Too few studies to say: no finding is significant in all studies."
    firm = sum(
        all(each.change in {HOLDS, CANNOT, NOT_ASKED} for each in row["under"]) for row in clear
    )
    if firm == len(clear):
        return "Every finding holds in every check that can be made."
    turned = any(each.change == TURNS for row in clear for each in row["under"])
    end = "or turn round in some" if turned else "in some, and none turns round"
    if not firm:
        return f"No finding holds in every check that can be made: all become uncertain {end}."
    held = f"{firm} of {len(clear)} clear findings hold in every check that can be made"
    return f"{held}; the others become uncertain {end}."
