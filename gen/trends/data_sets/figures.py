"""The figures of the page of data sets; see `uses` for what is counted."""

from __future__ import annotations

from typing import Any, Final

from gen.figures import charts
from gen.figures.figure import BARS, CI_COLUMNS, MIN_STUDIES, Absent, Figure, Slot, incomplete
from gen.text.format import counted, rounded
from gen.trends import series
from gen.trends.data_sets.niches import MIN_NICHE, NO_NICHE, Niche
from gen.trends.data_sets.over_time import MIN_OF_SET
from gen.trends.data_sets.uses import DataSetUse
from gen.trends.series import Tested

TOO_FEW: Final = f"fewer than {MIN_STUDIES} studies name a data set"
MAX_PANELS: Final = 8  # four rows of two


def leading(use: DataSetUse, found: list[Niche]) -> Figure | Absent:
    """The leading set of every niche."""
    slot = Slot.of("data-sets", "niches", "The leading set of each domain")
    if not found:
        return slot.absent(f"no domain has {MIN_NICHE} studies that name a data set")
    rows: list[dict[str, Any]] = [
        {
            "label": f"{each.label}: {use.short(each.leader)}",
            "value": rounded(each.leading.value),
            "low": rounded(each.leading.low),
            "high": rounded(each.leading.high),
            "studies": each.leading.some,
            "coded": each.leading.total,
            "top": rounded(each.top),
            "strong": each.narrow,
            "note": f"{each.leading.some} of {each.leading.total} studies",
        }
        for each in found
    ]
    first = found[0]
    ends = rows[:1] if len(rows) == 1 else [rows[0], rows[-1]]
    title = f"{first.label} leans most on one set: {use.short(first.leader)}"
    return slot.figure(
        finding=title,
        reading=" ".join(f"{row['label']}: {series.share_of(row)}." for row in ends),
        note="Share of the studies of a domain that name data sets, in whatever role; domains with "
        f"at least {MIN_NICHE}. Grey: not clearly more concentrated than as many studies of any "
        f"domain. {BARS} They do not allow for the leader being chosen as the most named.",
        chart=charts.forest_plot(x="Share of studies", null=None, log=False, percent=True),
        columns={
            "label": "Domain and set",
            "studies": "Studies",
            "coded": "Of",
            "value": "Share",
            **CI_COLUMNS,
            "top": f"Ten most named sets, share of uses by {MIN_NICHE} studies",
        },
        rows=rows,
        percent=True,
    )


def single(use: DataSetUse, sets: list[Tested], within: list[Tested]) -> Figure | Absent:
    """The most named sets over the years; `sets` are only those that may be called a trend."""
    slot = Slot.of("data-sets", "spread", "Single sets over the years")
    if not sets:
        return slot.absent(f"no set is named by {MIN_OF_SET} studies")
    rows = series.rows(use.df, [each.series for each in sets[:MAX_PANELS]], use.context)
    first = next((each for each in sets[:MAX_PANELS] if each.significant), sets[0]).series.label
    parts = [series.then_and_now(rows, first)]
    for each in within:
        domain, _, leader = each.series.label.rpartition(": ")
        if leader == first and each.series.id != f"niche-{NO_NICHE}":
            parts.append(
                f"Among {domain.lower()} studies alone, which it leads: {series.change(each)}"
            )
    shown = sets[:MAX_PANELS]
    labels = tuple(each.series.label for each in shown)
    title = series.moved(sets) or "No single set clearly became rarer or more frequent"
    return slot.figure(
        finding=title,
        reading=" ".join(filter(None, parts)) or "No year has enough studies to compare.",
        note="Share of the studies that name data sets, in whatever role; the "
        f"{len(shown)} most named of {len(sets)} sets with {MIN_OF_SET} studies. {BARS} "
        f"{incomplete(use.context.incomplete_year)}",
        chart=charts.small_multiples(labels),
        columns={"series": "Data set", **series.COLUMNS},
        rows=rows,
        percent=True,
    )


def elsewhere(use: DataSetUse, tested: list[Tested]) -> Figure | Absent:
    """Studies that name other sets to test on."""
    slot = Slot.of("data-sets", "elsewhere", "Studies that name other data to test on")
    if not tested or int(tested[0].series.of.sum()) < MIN_STUDIES:
        return slot.absent(f"fewer than {MIN_STUDIES} studies name their training data")
    every, read = tested
    rows = series.rows(use.df, [each.series for each in tested], use.context)
    title = "Studies that name other data to test on: no clear change"
    if every.significant and every.trend:
        how = "More" if every.trend.odds_ratio > 1 else "Fewer"
        title = f"{how} studies name other data to test on"
    return slot.figure(
        finding=title,
        reading=f"{series.then_and_now(rows, every.series.label) or 'Too few a year to compare.'} "
        f"{read.series.label}: {series.change(read)}",
        note="Share of the studies that name training data which also name a set for evaluation "
        "only. What is not named may have been used: lists come from abstracts and repositories. "
        f"{BARS} {incomplete(use.context.incomplete_year)}",
        chart=charts.lines(
            tuple(each.series.label for each in tested), ("c1", "c2"), y="Share", percent=True
        ),
        columns={"series": "Studies", **series.COLUMNS},
        rows=rows,
        percent=True,
    )


def new(use: DataSetUse) -> Figure | Absent:
    """Sets in use each year, those that no earlier year names apart."""
    slot = Slot.of("data-sets", "new", "Sets in use per year, new or not")
    if use.naming < MIN_STUDIES:
        return slot.absent(TOO_FEW)
    kinds = ("Named before", "Named for the first time")
    first = use.used.groupby("dataset")["year"].min()
    rows: list[dict[str, Any]] = []
    for year in use.span:
        in_use = use.used.loc[use.used["year"] == year, "dataset"].unique()
        fresh = sum(int(first[id_]) == year for id_ in in_use)
        rows += [
            {"year": str(year), "series": kinds[0], "studies": len(in_use) - fresh},
            {"year": str(year), "series": kinds[1], "studies": fresh},
        ]
    full = [row for row in rows if int(row["year"]) < use.context.incomplete_year]
    before, latest = (full or rows)[-2:]
    return slot.figure(
        finding=f"{latest['studies']} of the {before['studies'] + latest['studies']} sets in use "
        f"in {latest['year']} had not been named before",
        reading=f"In {latest['year']}, {before['studies'] + latest['studies']} sets were in use; "
        f"{latest['studies']} of them had not been named before.",
        note="First named by a study of this review, whenever the set was released; early years "
        f"are new by construction. {incomplete(use.context.incomplete_year)}",
        chart=charts.stacks(kinds, ("c3", "c1"), y="Data sets"),
        columns={"year": "Year", "series": "Sets", "studies": "Data sets"},
        rows=rows,
    )


def access(use: DataSetUse, trends: list[Tested]) -> Figure | Absent:
    slot = Slot.of("data-sets", "access", "Studies that name a public, on-request or private set")
    if not trends or max(int(each.series.of.sum()) for each in trends) < MIN_STUDIES:
        return slot.absent(f"fewer than {MIN_STUDIES} name a set with coded access")
    labels = tuple(each.series.label for each in trends)
    rows = series.rows(use.df, [each.series for each in trends], use.context)
    known = int((use.used["access"] != "").sum())
    return slot.figure(
        finding=series.moved(trends) or "Access to the sets that studies name: no clear change",
        reading=series.reading(trends, rows),
        note="Share of the studies that name at least one set of this kind, of those with at least "
        "one set whose access is coded; a study may count in several. On request: registration or "
        f"credentialing. Access is coded for {known} of {counted(len(use.used), 'use')}. "
        f"{BARS} {incomplete(use.context.incomplete_year)}",
        chart=charts.small_multiples(
            labels, colours=tuple(zip(labels, ("c1",) * 3 + ("c2",) * 3, strict=True))
        ),
        columns={"series": "Role and access", **series.COLUMNS},
        rows=rows,
        percent=True,
    )
