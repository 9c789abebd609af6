"""Which of the things that others need the studies state, and whether that changes."""

from __future__ import annotations

from collections.abc import Sequence
from statistics import median
from typing import Any, Final

import pandas as pd

from gen.analysis.statistics import Share
from gen.analysis.transparency import ITEMS, Profile
from gen.corpus.corpus import Corpus
from gen.corpus.tables import Result
from gen.figures import charts
from gen.figures.figure import BARS, CI_COLUMNS, MIN_STUDIES, Absent, Figure, Slot, incomplete
from gen.text.format import counted, listed, percent, rounded
from gen.trends import series as by_year
from gen.trends.base import Answer, Context, Question
from gen.trends.series import Series, Tested

TOO_FEW: Final = f"fewer than {MIN_STUDIES} studies are left"
HALF: Final = 0.5
# Where no repository was read, more is unseen, and that grew: a trend over all studies would be one
# of the reading. Who has a repository states code, so that item has no trend here.
NO_TREND: Final = "code"


def answer(df: pd.DataFrame, context: Context) -> Answer:
    told = profiles(df, context.corpus)
    every = [of_item(df, told, item.id, item.label, item.phrase) for item in ITEMS]
    read = with_repository(df, context.corpus)
    trends = by_year.tested(df, asked_alike(every, read), context) if len(df) else []
    shares = {one.id: share(one.yes, one.of) for one in every}
    return Answer(
        sentence=sentence(shares, trends, len(df)),
        figures=(items(shares, len(df)), years(df, trends, int(read.sum()), context)),
        findings=by_year.findings(trends),
        values={
            "n": len(df),
            "read": int(read.sum()),
            "middle": median(each.stated for each in told.values()) if told else None,
            "items": [
                {"label": item.label, "rule": item.rule, "families": families(df, one, context)}
                for item, one in zip(ITEMS, every, strict=True)
            ],
            "families": [term.label for term in context.corpus.taxonomy["family"].terms.values()],
            "trends": by_year.table(trends),
        },
    )


def profiles(df: pd.DataFrame, corpus: Corpus) -> dict[str, Profile]:
    """The profile of each study of the frame, by id, in its order."""
    results: dict[str, list[Result]] = {}
    for result in corpus.results:
        results.setdefault(result.study, []).append(result)
    studies = {study.id: study for study in corpus.studies}
    ids = df["id"] if len(df) else ()
    return {id_: Profile.of(studies[id_], results.get(id_, ())) for id_ in ids}


def with_repository(df: pd.DataFrame, corpus: Corpus) -> pd.Series:
    """Whether a repository of the study was read."""
    read = {study.id for study in corpus.studies if "repository" in study.coded_from}
    return pd.Series([id_ in read for id_ in df.get("id", ())], df.index, dtype=bool)


def asked_alike(every: Sequence[Series], read: pd.Series) -> list[Series]:
    """What is tested over the years: the items of the studies with a repository."""
    return [
        Series(one.id, one.label, one.yes, one.of & read, one.phrase)
        for one in every
        if one.id != NO_TREND
    ]


def series_of(df: pd.DataFrame, context: Context) -> list[Series]:
    """The series behind the findings."""
    told = profiles(df, context.corpus)
    every = [of_item(df, told, item.id, item.label, item.phrase) for item in ITEMS]
    return asked_alike(every, with_repository(df, context.corpus))


def of_item(
    df: pd.DataFrame, told: dict[str, Profile], item: str, label: str, phrase: str
) -> Series:
    """Who states the item, of those who are asked."""
    states = [each.states[item] for each in told.values()]
    yes = pd.Series([state is True for state in states], df.index, dtype=bool)
    of = pd.Series([state is not None for state in states], df.index, dtype=bool)
    return Series(item, label, yes, of, phrase)


def share(yes: pd.Series, of: pd.Series) -> Share:
    return Share.of(int((yes & of).sum()), int(of.sum()))


def shown(each: Share) -> dict[str, Any]:
    return {
        "studies": each.some,
        "of": each.total,
        "value": rounded(each.value),
        "low": rounded(each.low),
        "high": rounded(each.high),
    }


def families(df: pd.DataFrame, one: Series, context: Context) -> list[dict[str, Any]]:
    """An item in each family, in the order of the taxonomy."""
    held = df["family"].tolist() if len(df) else []
    return [
        shown(share(one.yes, one.of & pd.Series([family in f for f in held], df.index, dtype=bool)))
        for family in context.corpus.taxonomy["family"].terms
    ]


def ranked(shares: dict[str, Share], least: int) -> list[tuple[float, str]]:
    """Share and item, the most stated first; of those that at least so many studies are asked."""
    known = [
        (float(each.value), id_)
        for id_, each in shares.items()
        if each.value is not None and each.total >= least
    ]
    return sorted(known, key=lambda pair: -pair[0])


def sentence(shares: dict[str, Share], trends: Sequence[Tested], n: int) -> str:
    """What is stated most and least, and what changes most."""
    order = ranked(shares, MIN_STUDIES)
    if n < MIN_STUDIES or len(order) < 2:  # noqa: PLR2004 - a most and a least take two
        return f"Too few studies to say what they state: {TOO_FEW}."
    phrases = {item.id: item.phrase for item in ITEMS}
    (most, first), *_, (least, last) = order
    return (
        f"In what was read, {percent(most)} of studies state {phrases[first]}, {percent(least)} "
        f"{phrases[last]}; {change(trends, 'newer ones with code')}."
    )


def moved(trends: Sequence[Tested], *, up: bool) -> list[Series]:
    """What clearly became more frequent, or rarer; the clearest first."""
    found = [
        each
        for each in trends
        if each.significant and each.trend and (each.trend.odds_ratio > 1) is up
    ]
    return [each.series for each in sorted(found, key=lambda each: each.q or 0)]


def change(trends: Sequence[Tested], newer: str) -> str:
    """The clearest rise and the clearest fall, as a clause of the newer studies."""
    phrases = [
        f"{found[0].wording} {how} often"
        for up, how in ((True, "more"), (False, "less"))
        if (found := moved(trends, up=up))
    ]
    if phrases:
        return f"{newer} state {listed(phrases)}"
    if any(each.trend for each in trends):
        return "nothing clearly changes over the years"
    return "changes cannot be tested yet"


def items(shares: dict[str, Share], n: int) -> Figure | Absent:
    """The share of each item among those who are asked."""
    order = ranked(shares, MIN_STUDIES)
    slot = Slot.of("transparency", "items", "What studies state")
    if n < MIN_STUDIES or not order:
        return slot.absent(TOO_FEW)
    labels = {item.id: item.label for item in ITEMS}
    under = [labels[id_].lower() for value, id_ in order if value < HALF]
    return Slot(
        slot.slug,
        slot.anchor,
        f"{len(under)} of {len(order)} items are stated by fewer than half of the studies",
    ).figure(
        reading=f"Stated by fewer than half: {listed(under)}."
        if under
        else "Every item is stated by at least half of the studies that are asked.",
        note=f"Of {counted(n, 'study')}, those that are asked. What was not seen counts as not "
        f"stated: a share is the least that it can be. {BARS}",
        chart=charts.forest_plot(x="Share", null=None, log=False, percent=True),
        columns={
            "label": "Item",
            "studies": "Studies",
            "of": "Of",
            "value": "Share",
            **CI_COLUMNS,
        },
        rows=[
            shown(shares[id_])
            | {
                "label": labels[id_],
                "strong": True,
                "note": f"{shares[id_].some} of {counted(shares[id_].total, 'study')}",
            }
            for _, id_ in order
        ],
        percent=True,
    )


def years(
    df: pd.DataFrame, trends: Sequence[Tested], read: int, context: Context
) -> Figure | Absent:
    """The share of each item by year, a panel an item, where the repository was read."""
    finding = change(trends, "newer studies")
    slot = Slot.of("transparency", "years", finding[0].upper() + finding[1:])
    parts = [
        f"{how} state {listed([one.wording for one in found])}"
        for up, how in ((True, "more"), (False, "fewer"))
        if (found := moved(trends, up=up))
    ]
    if read < MIN_STUDIES:
        return slot.absent("fewer than three repositories were read")
    return slot.figure(
        reading=f"Over the years {'; '.join(parts)}." if parts else f"{slot.title}.",
        note=f"Share of the {counted(read, 'study')} whose repository was read, of those that are "
        f"asked. {BARS} {incomplete(context.incomplete_year)}",
        chart=charts.small_multiples(tuple(each.series.label for each in trends)),
        columns={"series": "Item", **by_year.COLUMNS},
        rows=by_year.rows(df, [each.series for each in trends], context),
        percent=True,
    )


QUESTION: Final = Question(
    slug="transparency",
    title="Transparency",
    ask="What do studies state of what others need to use and check them?",
    answer=answer,
)
