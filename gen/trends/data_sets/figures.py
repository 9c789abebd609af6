"""The figures of the page of data sets that count; see `uses` for what is counted."""

from __future__ import annotations

from typing import Any, Final

from gen.figures import charts
from gen.figures.figure import MIN_STUDIES, Absent, Figure, Slot, incomplete
from gen.figures.theme import MAX_LINES
from gen.text.format import counted
from gen.trends import series
from gen.trends.data_sets.uses import ROLES, DataSetUse, per_set
from gen.trends.series import Series, Tested

TOO_FEW: Final = f"fewer than {MIN_STUDIES} studies name a data set"
MAX_ROWS: Final = 15  # of a heat map


def by_role(use: DataSetUse, role: str) -> Figure | Absent:
    """A heat map of the most named sets by year."""
    slot = Slot(
        f"trends-data-sets-{role}", f"fig-{role}-sets", f"Sets most named for {role}, by year"
    )
    used = use.used[use.used["role"] == role]
    naming = int(used["study"].nunique())
    if naming < MIN_STUDIES:
        return slot.absent(f"fewer than {MIN_STUDIES} studies name a set for {role}")
    top = per_set(used).head(MAX_ROWS)
    cells = used.groupby(["dataset", "year"]).size()
    names = {id_: use.names[id_] for id_ in top["dataset"]}
    largest = max(int(cells.get((id_, year), 0)) for id_ in names for year in use.span)
    rows = [
        {
            "row": name,
            "column": str(year),
            "studies": (n := int(cells.get((id_, year), 0))),
            "value": n,
            "strong": n > largest / 2,
            "href": f"datasets/{id_}/",
        }
        for id_, name in names.items()
        for year in use.span
    ]
    first = top.iloc[0]
    return slot.figure(
        reading=f"{names[first['dataset']]} is named for {role} most often: by "
        f"{first['studies']} of the {naming} studies that name a set for {role}.",
        note=f"The {len(top)} most named of {used['dataset'].nunique()} sets; the number is of "
        f"studies. {incomplete(use.context.incomplete_year)}",
        chart=charts.grid(value="Studies"),
        columns={"row": "Data set", "column": "Year", "studies": "Studies"},
        rows=rows,
    )


def spread(use: DataSetUse) -> Figure | Absent:
    """Cumulative studies of the most named sets."""
    slot = Slot.of("data-sets", "spread", "Spread of the most named sets")
    if use.naming < MIN_STUDIES:
        return slot.absent(TOO_FEW)
    top = per_set(use.used).head(MAX_LINES)
    pairs = use.used.drop_duplicates(["study", "dataset"])
    names = {id_: use.names[id_] for id_ in top["dataset"]}
    rows = [
        {
            "series": name,
            "year": str(year),
            "value": int(((pairs["dataset"] == id_) & (pairs["year"] <= year)).sum()),
            "low": None,
            "high": None,
            "partial": year >= use.context.incomplete_year,
        }
        for id_, name in names.items()
        for year in use.span
    ]
    first = top.iloc[0]
    return slot.figure(
        reading=f"{names[first['dataset']]} was first named in {first['first']} and by "
        f"{counted(int(first['studies']), 'study')} up to {first['last']}.",
        note="Studies that name the set for training or evaluation, so far. "
        f"{incomplete(use.context.incomplete_year)}",
        chart=charts.lines(
            tuple(names.values()),
            tuple(f"c{n}" for n in range(1, len(names) + 1)),
            y="Studies so far",
            band=False,
        ),
        columns={"series": "Data set", "year": "Year", "value": "Studies so far"},
        rows=rows,
    )


def new(use: DataSetUse) -> Figure | Absent:
    """Sets in use each year, those that no earlier year names apart."""
    slot = Slot.of("data-sets", "new", "Sets in use per year, new or not")
    if use.naming < MIN_STUDIES:
        return slot.absent(TOO_FEW)
    series = ("Named before", "Named for the first time")
    first = use.used.groupby("dataset")["year"].min()
    rows: list[dict[str, Any]] = []
    for year in use.span:
        in_use = use.used.loc[use.used["year"] == year, "dataset"].unique()
        fresh = sum(int(first[id_]) == year for id_ in in_use)
        rows += [
            {"year": str(year), "series": series[0], "studies": len(in_use) - fresh},
            {"year": str(year), "series": series[1], "studies": fresh},
        ]
    full = [row for row in rows if int(row["year"]) < use.context.incomplete_year]
    before, latest = (full or rows)[-2:]
    return slot.figure(
        reading=f"In {latest['year']}, {before['studies'] + latest['studies']} sets were in use; "
        f"{latest['studies']} of them had not been named before.",
        note="First named by a study of this review, whenever the set was released; early years "
        f"are new by construction. {incomplete(use.context.incomplete_year)}",
        chart=charts.stacks(series, ("c3", "c1"), y="Data sets"),
        columns={"year": "Year", "series": "Sets", "studies": "Data sets"},
        rows=rows,
    )


# Kinds of access as a reader asks for them; registration and credentialing both take a request.
ACCESS: Final = {
    "public": ("public", "public sets", {"public"}),
    "request": ("on request", "sets given on request", {"registration", "credentialed"}),
    "private": ("private", "private sets", {"private"}),
}


def access_series(use: DataSetUse) -> list[Series]:
    """For each role and kind of access: which studies name at least one such set."""
    used, df = use.used, use.df
    all_series = []
    for role, label in ROLES.items():
        of_role = used[(used["role"] == role) & (used["access"] != "")]
        of = df["id"].isin(of_role["study"])
        for id_, (kind, phrase, access) in ACCESS.items():
            yes = df["id"].isin(of_role.loc[of_role["access"].isin(access), "study"])
            all_series.append(
                Series(f"{role}-{id_}", f"{label}: {kind}", yes, of, f"{role} on {phrase}")
            )
    return all_series


def access(use: DataSetUse, trends: list[Tested]) -> Figure | Absent:
    slot = Slot.of("data-sets", "access", "Studies that name a public, on-request or private set")
    if not trends or max(int(each.series.of.sum()) for each in trends) < MIN_STUDIES:
        return slot.absent(f"fewer than {MIN_STUDIES} name a set with coded access")
    labels = tuple(each.series.label for each in trends)
    changes = series.clause(trends)
    known = int((use.used["access"] != "").sum())
    return slot.figure(
        reading=changes[0].upper() + changes[1:] + ".",
        note="Share of the studies that name at least one set of this kind, of those with at least "
        "one set whose access is coded; a study may count in several. On request: registration or "
        f"credentialing. Access is coded for {known} of {len(use.used)} uses. Bars are 95 % "
        f"Wilson intervals. {incomplete(use.context.incomplete_year)}",
        chart=charts.small_multiples(
            labels, y="Share", colours=tuple(zip(labels, ("c1",) * 3 + ("c2",) * 3, strict=True))
        ),
        columns={"series": "Role and access", **series.COLUMNS},
        rows=series.rows(use.df, [each.series for each in trends], use.context),
        percent=True,
    )
