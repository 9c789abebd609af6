"""The figures of the page of data sets that measure: age and concentration."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, Final

from gen.figures import charts
from gen.figures.figure import CI_COLUMNS, MIN_STUDIES, Absent, Figure, Slot, incomplete
from gen.text.format import CI, counted, percent
from gen.trends.data_sets.concentration import TOP, concentration
from gen.trends.data_sets.uses import MIN_NAMING, RESAMPLES, ROLES, DataSetUse, median_age, per_year

INTERVALS: Final = f"Intervals: 95 %, bootstrap over studies, {RESAMPLES} resamples."


@dataclass(frozen=True, kw_only=True, slots=True)
class Measure:
    """A number that is followed over the years, a line a role."""

    slot: Slot
    heading: str
    axis: str  # the heading in a word: the panels leave no room for more
    reason: str  # why there may be nothing to draw
    note: str
    percent: bool = False
    digits: int = 0

    def text(self, value: float) -> str:
        return percent(value) if self.percent else f"{value:.{self.digits}f}"


AGE: Final = Measure(
    slot=Slot.of("data-sets", "age", "Median age of the sets in use"),
    heading="Years since release",
    axis="Years",
    reason=f"no year has {MIN_STUDIES} studies that name a set whose year of release is coded",
    note="From the set’s release to the study’s year, each use once. Years with fewer than "
    f"{MIN_STUDIES} such studies are left out. Below zero: used before release.",
    digits=1,
)


def _concentration(name: str, title: str, heading: str, axis: str, *, share: bool) -> Measure:
    return Measure(
        slot=Slot.of("data-sets", name, title),
        heading=heading,
        axis=axis,
        reason=f"no year has {MIN_NAMING} studies that name more than {TOP} sets in one role",
        note="Over the sets in use in that year and role. All such measures shift with the number "
        "of uses, so compare years with similar numbers. Left out: years with fewer than "
        f"{MIN_NAMING} studies or no more than {TOP} sets.",
        percent=share,
        digits=3,
    )


CONCENTRATION: Final = {
    name: _concentration(name, *words, share=name == "top-ten")
    for name, words in {
        "top-ten": (f"Share of uses on the {TOP} most used sets", "Share of uses", "Share"),
        "gini": ("Gini coefficient of studies per set", "Gini coefficient", "Gini"),
        "herfindahl": ("Herfindahl index of uses", "Herfindahl index", "Index"),
    }.items()
}


def age(use: DataSetUse) -> Figure | Absent:
    """The median age of the sets at use, by role and year."""
    dated = use.used[use.used["age"].notna()]
    studies = dated["dataset"].map(use.used.groupby("dataset")["study"].nunique())
    lead = (
        f"Only {len(dated)} of {len(use.used)} uses are of sets whose release is coded, and "
        f"{int((studies == 1).sum())} of those of sets that no other study names: not the age of "
        "all sets in use. "
        if len(dated) < len(use.used) / 2
        else ""
    )
    return _over_time(AGE, per_year(dated, use.span, MIN_STUDIES, median_age), use, lead)


def concentrated(use: DataSetUse, name: str) -> Figure | Absent:
    """How unequally the uses of a year fall on the sets in use."""
    estimates = per_year(use.used, use.span, MIN_NAMING, lambda used: concentration(used, name))
    return _over_time(CONCENTRATION[name], estimates, use)


def _over_time(
    measure: Measure, estimates: list[dict[str, Any]], use: DataSetUse, lead: str = ""
) -> Figure | Absent:
    """Lines with bootstrap intervals, one a role."""
    if all(row["value"] is None for row in estimates):
        return measure.slot.absent(measure.reason)
    rows = [
        {
            "series": ROLES[row["role"]],
            "year": str(row["year"]),
            "studies": row["studies"],
            "uses": row["uses"],
            "sets": row["sets"],
            **{
                key: None if row[key] is None else round(float(row[key]), 4)
                for key in ("value", "low", "high")
            },
            "partial": row["year"] >= use.context.incomplete_year,
        }
        for row in estimates
    ]
    return measure.slot.figure(
        reading=lead + _first_and_last(rows, measure),
        note=f"{measure.note} {INTERVALS} {incomplete(use.context.incomplete_year)}",
        chart=charts.small_multiples(
            tuple(ROLES.values()),
            y=measure.axis,
            percent=measure.percent,
            colours=tuple(zip(ROLES.values(), ("c1", "c2"), strict=True)),
        ),
        columns={
            "series": "Role",
            "year": "Year",
            "studies": "Studies",
            "uses": "Uses",
            "sets": "Sets",
            "value": measure.heading,
            **CI_COLUMNS,
        },
        rows=rows,
        percent=measure.percent,
    )


def _first_and_last(rows: list[dict[str, Any]], measure: Measure) -> str:
    """The first and the last full year of each role that has a value."""
    parts = []
    for role in ROLES.values():
        known = [row for row in rows if row["series"] == role and row["value"] is not None]
        full = [row for row in known if not row["partial"]] or known
        ends = full[:1] + (full[-1:] if len(full) > 1 else [])
        if ends:
            values = [
                f"{measure.text(row['value'])} in {row['year']} ({_grounds(row, measure)})"
                for row in ends
            ]
            parts.append(f"{role}: {', '.join(values)}")
    return f"{'. '.join(parts)}."


def _grounds(row: dict[str, Any], measure: Measure) -> str:
    """What a value rests on: its interval, where there is one, and its studies."""
    studies = counted(row["studies"], "study")
    if row["low"] is None:
        return studies
    return f"{CI} {measure.text(row['low'])} to {measure.text(row['high'])}; {studies}"
