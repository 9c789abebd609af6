"""The figures of the page of data sets that measure: age and concentration."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, Final

from gen import charts
from gen.figures import MIN_STUDIES, Figure, counted, incomplete
from gen.trends.base import Absent
from gen.trends.concentration import TOP, concentration
from gen.trends.uses import (
    MIN_NAMING,
    RESAMPLES,
    ROLES,
    Material,
    median_age,
    per_year,
)

INTERVALS: Final = f"Intervals: 95 %, bootstrap over studies, {RESAMPLES} resamples."


def age(material: Material) -> Figure | Absent:
    """The median age of the sets at use, by role and year."""
    slug, anchor, title = "trends-data-sets-age", "fig-age", "Median age of the sets in use"
    dated = material.used[material.used["age"].notna()]
    dated = dated.assign(
        studies=dated["dataset"].map(material.used.groupby("dataset")["study"].nunique())
    )
    found = per_year(dated, material.span, MIN_STUDIES, median_age)
    own = int((dated["studies"] == 1).sum())
    return _measured(
        material,
        found,
        (slug, anchor, title),
        y="Years since release",
        axis="Years",
        absent=f"no year has {MIN_STUDIES} studies that name a set whose year of release is coded",
        lead=f"Only {len(dated)} of {len(material.used)} uses are of sets whose release is coded, "
        f"and {own} of those of sets that no other study names: not the age of all sets in use. "
        if len(dated) < len(material.used) / 2
        else "",
        note="From the set’s release to the study’s year, each use once. Years with fewer than "
        f"{MIN_STUDIES} such studies are left out. Below zero: used before release.",
        text=lambda value: f"{value:.1f}",
        percent=False,
    )


def concentrated(material: Material, measure: str) -> Figure | Absent:
    """How unequally the uses of a year fall on the sets in use."""
    title, y, axis = CONCENTRATION[measure]
    found = per_year(
        material.used, material.span, MIN_NAMING, lambda used: concentration(used, measure)
    )
    share = measure == "top-ten"
    return _measured(
        material,
        found,
        (f"trends-data-sets-{measure}", f"fig-{measure}", title),
        y=y,
        axis=axis,
        absent=f"no year has {MIN_NAMING} studies that name more than {TOP} sets in one role",
        note="Over the sets in use in that year and role. All such measures shift with the number "
        "of uses, so compare years with similar numbers. Left out: years with fewer than "
        f"{MIN_NAMING} studies or no more than {TOP} sets.",
        text=lambda value: f"{value * 100:.0f} %" if share else f"{value:.3f}",
        percent=share,
    )


CONCENTRATION: Final = {
    "top-ten": (f"Share of uses on the {TOP} most used sets", "Share of uses", "Share"),
    "gini": ("Gini coefficient of studies per set", "Gini coefficient", "Gini"),
    "herfindahl": ("Herfindahl index of uses", "Herfindahl index", "Index"),
}


def _measured(  # noqa: PLR0913 - what differs between the figures that share this shape
    material: Material,
    found: list[dict[str, Any]],
    names: tuple[str, str, str],
    *,
    y: str,
    axis: str,  # the same in a word: the panels leave no room for more
    absent: str,
    note: str,
    lead: str = "",
    text: Callable[[float], str],
    percent: bool,
) -> Figure | Absent:
    """Lines with bootstrap intervals, one a role."""
    if all(row["value"] is None for row in found):
        return Absent(*names, absent)
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
            "partial": row["year"] >= material.context.incomplete_year,
        }
        for row in found
    ]
    return Figure(
        slug=names[0],
        anchor=names[1],
        title=names[2],
        reading=lead + _first_and_last(rows, text),
        note=f"{note} {INTERVALS} {incomplete(material.context.incomplete_year)}",
        chart=charts.small_multiples(
            tuple(ROLES.values()),
            y=axis,
            percent=percent,
            colours=tuple(zip(ROLES.values(), ("c1", "c2"), strict=True)),
        ),
        columns={
            "series": "Role",
            "year": "Year",
            "studies": "Studies",
            "uses": "Uses",
            "sets": "Sets",
            "value": y,
            "low": "95 % CI, low",
            "high": "95 % CI, high",
        },
        rows=rows,
        percent=frozenset({"value", "low", "high"}) if percent else frozenset(),
    )


def _first_and_last(rows: list[dict[str, Any]], text: Callable[[float], str]) -> str:
    """The first and the last full year of each role that has a value."""
    parts = []
    for role in ROLES.values():
        own = [row for row in rows if row["series"] == role and row["value"] is not None]
        full = [row for row in own if not row["partial"]] or own
        ends = full[:1] + (full[-1:] if len(full) > 1 else [])
        if ends:
            said = [f"{text(row['value'])} in {row['year']} ({_known(row, text)})" for row in ends]
            parts.append(f"{role}: {', '.join(said)}")
    return f"{'. '.join(parts)}."


def _known(row: dict[str, Any], text: Callable[[float], str]) -> str:
    """What a value rests on: its interval, where there is one, and its studies."""
    studies = counted(row["studies"])
    if row["low"] is None:
        return studies
    return f"95 % CI {text(row['low'])} to {text(row['high'])}; {studies}"
