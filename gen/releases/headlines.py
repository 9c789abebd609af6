"""The headline numbers that versions are compared by, measured by the same code in each."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, Final

from gen.analysis import tables
from gen.analysis.links import count
from gen.analysis.statistics import Share
from gen.corpus.corpus import Corpus
from gen.text.format import rounded
from gen.trends import growth
from gen.trends.base import Context
from gen.trends.foundations import lineage
from gen.trends.openness import kinds

# id -> (label, how it is written: count, share or factor), in the order of the page. The ids stand
# in changes.csv: an old one stays here, so that old versions keep their labels.
NUMBERS: Final = {
    "studies": ("Studies", "count"),
    "datasets": ("Data sets", "count"),
    "base-models": ("Base models", "count"),
    "results": ("Headline results", "count"),
    "records": ("Records screened", "count"),
    "included": ("Records included by title", "count"),
    "vision-language": ("Vision-language, share of studies", "share"),
    "published": ("Published in a venue, share of studies", "share"),
    "code": ("Address of the code seen, share of studies", "share"),
    "weights": ("Open weights, share of studies coded for it", "share"),
    "public-data": ("Trained on public data only, share of studies coded for it", "share"),
    "most-used-root": (
        "Resting on the most used root model, share of studies coded for it",
        "share",
    ),
    "growth": ("New studies a year, growth factor", "factor"),
}


@dataclass(frozen=True, slots=True)
class Headline:
    """A number; an end of its 95% interval is None for a count, all are where there is none."""

    id: str
    value: float | None
    low: float | None = None
    high: float | None = None


def headlines(corpus: Corpus, incomplete_year: int) -> list[Headline]:
    """Every headline number. `incomplete_year` is that of the newest search."""
    df, context = tables.frame(corpus.counted), Context(corpus, incomplete_year)
    n = len(corpus.counted)
    sizes = {
        "studies": len(corpus.studies),
        "datasets": len(corpus.datasets),
        "base-models": len(corpus.base_models),
        "results": len(corpus.results),
        "records": len(corpus.screened),
        "included": count(corpus.records, decision="include"),
    }
    shares = {
        "vision-language": (count(corpus.counted, family="vision-language"), n),
        "published": (sum(not study.is_preprint for study in corpus.counted), n),
        **openness(df),
        "most-used-root": most_used_root(df, context),
    }
    return [
        *(Headline(id_, size) for id_, size in sizes.items()),
        *(share(id_, *counts) for id_, counts in shares.items()),
        growth_factor(df, context),
    ]


def openness(df: Any) -> dict[str, tuple[int, int]]:  # noqa: ANN401 - a frame
    """Of the openness measures, how many studies are open, and of how many."""
    names = {"code": "code", "weights_access": "weights", "data_access": "public-data"}
    if df.empty:
        return dict.fromkeys(names.values(), (0, 0))
    counts = {}
    for measure in kinds.MEASURES:
        of = kinds.applicable(df, measure)
        is_open = df[measure.column] == next(iter(measure.kinds))
        counts[names[measure.column]] = int((of & is_open).sum()), int(of.sum())
    return counts


def most_used_root(df: Any, context: Context) -> tuple[int, int]:  # noqa: ANN401 - a frame
    by_root = lineage.studies_by_root(df, lineage.Descent.of(context.corpus)) if len(df) else {}
    coded = int((df["builds_on"].map(len) > 0).sum()) if len(df) else 0
    return max(map(len, by_root.values()), default=0), coded


def share(id_: str, some: int, total: int) -> Headline:
    of = Share.of(some, total)
    return Headline(id_, rounded(of.value), rounded(of.low), rounded(of.high))


def growth_factor(df: Any, context: Context) -> Headline:  # noqa: ANN401 - a frame
    _, fitted = growth.fitted(growth.known_quarters(df, context))
    if fitted is None:
        return Headline("growth", None)
    return Headline("growth", *map(rounded, (fitted.factor, fitted.low, fitted.high)))
