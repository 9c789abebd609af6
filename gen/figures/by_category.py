"""Tidy table -> figure: a chart, its title and the sentence that reads it; altair lives here.

A chart is built once for each kind of figure and draws from a data source called `table`; a
figure's own rows are put in when its spec is made. That keeps a hundred figures as cheap as one.
"""

from __future__ import annotations

from dataclasses import replace
from functools import cache
from typing import Any, Final

import altair as alt
import pandas as pd

from gen.corpus.settings import Vocabulary
from gen.figures.charts import YEARS, small_multiples
from gen.figures.figure import (
    CI_COLUMNS,
    HATCHED,
    MIN_STUDIES,
    Figure,
    Slot,
    Values,
    explored,
    incomplete,
)
from gen.figures.theme import COLOURS, MAX_LINES, WIDTH, colour, themed
from gen.text.format import CI, counted, interval, percent, rounded

# Of one drawing above another, which does not fit itself into a width: without its axis and edges.
BESIDE_AXIS: Final = WIDTH - 40 - 6 - 4
QUARTERS_A_YEAR: Final = 4
QUARTERS: Final = Slot(
    "studies-per-quarter", "fig-studies-per-quarter", "Studies per quarter, by family"
)


def studies_per_quarter(
    table: pd.DataFrame,
    family: Vocabulary,
    covered: str,
    undated: int,
    slot: Slot = QUARTERS,
) -> Figure | None:
    """Bars of studies by quarter, split by family. Needs: quarter, family, studies.

    With `expected`, what a fit gives a quarter, also a line. Quarters after `covered` are drawn
    hatched: their studies are not all known.
    """
    fitted = "expected" in table
    total = int(table["studies"].sum())
    if total < MIN_STUDIES:
        return None
    by_quarter = table.groupby("quarter")["studies"].sum()
    left = f" {undated} with a year only are left out." if undated else ""
    later = by_quarter.index[by_quarter.index > covered]
    pale = (
        f" {HATCHED}: the quarters after {_quarter(covered)}. Some of the lists that records came "
        "from had ended by then, so that studies are missing."
    ) * bool(len(later))
    finding = _rise(by_quarter[by_quarter.index <= covered])
    since = f"since {table['quarter'].min()[:4]}"
    return replace(slot, title=finding or slot.title).figure(
        reading=f"{total} of the included studies {since}, per quarter and family.",
        note=f"By first public appearance.{left}{pale}",
        chart=_per_quarter(
            tuple((id_, term.label) for id_, term in family.terms.items()), fitted=fitted
        ),
        columns={"quarter": "Quarter", "label": "Family", "studies": "Studies"},
        rows=[
            {
                "quarter": row["quarter"],
                "family": row["family"],
                "label": family.terms[row["family"]].label,
                "studies": int(row["studies"]),
                "pale": row["quarter"] > covered,
                "href": explored(family=row["family"], year=row["quarter"][:4]),
                **({"expected": rounded(row["expected"])} if fitted else {}),
            }
            for row in table.to_dict("records")
        ],
    )


def _rise(known: pd.Series[int]) -> str:
    """How the studies a year moved over the last three years known in all quarters, or ""."""
    by_year = known.groupby(known.index.str[:4]).agg(["sum", "size"])
    full = by_year[by_year["size"] == QUARTERS_A_YEAR]["sum"]
    if len(full) < 2:  # noqa: PLR2004 - from and to
        return ""
    first, last = full.index[max(0, len(full) - 3)], full.index[-1]
    before, after = int(full[first]), int(full[last])
    if after == before:
        return f"As many new studies in {last} as in {first}: {after}"
    how = "rose" if after > before else "fell"
    return f"New studies a year {how} from {before} in {first} to {after} in {last}"


@cache
def _per_quarter(families: tuple[tuple[str, str], ...], *, fitted: bool) -> dict[str, Any]:
    fill = colour("label", [label for _, label in families], [id_ for id_, _ in families])
    bars = (
        alt.Chart(alt.NamedData("table"))
        .mark_bar(strokeWidth=1)
        .encode(
            x=alt.X("quarter:O")
            .title(None)
            .axis(
                labelExpr="substring(datum.label, 5) == 'Q1' ? substring(datum.label, 0, 4) : ''",
                labelAngle=0,
                labelOverlap=False,
                ticks=False,
            ),
            y=alt.Y("studies:Q").title("Studies"),
            color=fill,
            # Bars that are not whole: draw.py hatches what is pale here.
            stroke=alt.Stroke("label:N", scale=fill["scale"], legend=None),
            fillOpacity=alt.condition("datum.pale", alt.value(0.3), alt.value(1)),
            href="href:N",
            tooltip=[
                alt.Tooltip("quarter:O"),
                alt.Tooltip("label:N").title("family"),
                alt.Tooltip("studies:Q"),
            ],
        )
        .properties(width=WIDTH, height=180)
    )
    if not fitted:
        return themed(bars)
    line = (
        alt.Chart(alt.NamedData("table"))
        .mark_line(color=COLOURS["text"], strokeWidth=1.8)
        .transform_filter("isValid(datum.expected)")
        .encode(x="quarter:O", y="expected:Q")
    )
    return themed(alt.layer(bars, line))


def term_per_year(
    table: pd.DataFrame, facet: str, vocabulary: Vocabulary, term: str, incomplete_year: int
) -> Figure | None:
    """Share with interval above, count below. Needs: year, studies, coded, share, low, high."""
    if int(table["studies"].sum()) < MIN_STUDIES:
        return None
    label = vocabulary.terms[term].label
    rows = [
        {
            "year": str(row["year"]),
            "studies": int(row["studies"]),
            "coded": int(row["coded"]),
            "share": rounded(row["share"]),
            "low": rounded(row["low"]),
            "high": rounded(row["high"]),
            "partial": row["year"] >= incomplete_year,
            "href": explored(**{facet: term, "year": row["year"]}) if row["studies"] else "",
        }
        for row in table.to_dict("records")
    ]
    return Figure(
        slug=f"{facet}-{term}-per-year",
        anchor="fig-per-year",
        title=f"{label}: studies per year and their share",
        reading=_share_reading(rows, incomplete_year),
        note=(
            f"Share of the studies for which {vocabulary.label.lower()} is coded, with its {CI} "
            f"(Wilson); hollow or hatched: {incomplete(incomplete_year)}"
        ),
        chart=_term_per_year(term if term in COLOURS else "c1"),
        columns={
            "year": "Year",
            "studies": "Studies",
            "coded": "Of",
            "share": "Share",
            **CI_COLUMNS,
        },
        rows=rows,
        percent=True,
    )


def _share_reading(rows: Values, incomplete_year: int) -> str:
    """Compare the first and the last full year with at least ten coded studies."""
    full = [row for row in rows if int(row["year"]) < incomplete_year and row["coded"] >= 10]  # noqa: PLR2004
    if not full:
        total = sum(row["studies"] for row in rows)
        return f"{counted(total, 'study')} in all; too few a year to compare shares."
    first, last = full[0], full[-1]
    if first is last:
        return f"{_share(last)} of the studies of {last['year']}."
    return (
        f"{_share(first)} of the studies of {first['year']} and {_share(last)} of those of "
        f"{last['year']}."
    )


@cache
def _term_per_year(colour: str) -> dict[str, Any]:
    base = alt.Chart(alt.NamedData("table")).encode(x=alt.X("year:O").title(None).axis(YEARS))
    tooltip = [
        "year:O",
        "studies:Q",
        "coded:Q",
        alt.Tooltip("share:Q", format=".0%"),
        alt.Tooltip("low:Q", format=".0%"),
        alt.Tooltip("high:Q", format=".0%"),
    ]
    axis = alt.Axis(format=".0%", tickCount=4)
    share = (
        base.mark_rule(strokeWidth=1.2, color=COLOURS[colour], aria=False).encode(
            y=alt.Y("low:Q").title("Share").axis(axis), y2=alt.Y2("high:Q")
        )
        + base.mark_line(color=COLOURS[colour], strokeWidth=1.6).encode(y=alt.Y("share:Q"))
        + base.mark_point(size=40, strokeWidth=1.6, color=COLOURS[colour], opacity=1).encode(
            y=alt.Y("share:Q").axis(axis),
            href="href:N",
            tooltip=tooltip,
            fill=alt.condition(
                "datum.partial", alt.value(COLOURS["surface"]), alt.value(COLOURS[colour])
            ),
        )
    ).properties(width=BESIDE_AXIS, height=130)
    count = (
        base.mark_bar(color=COLOURS[colour], stroke=COLOURS[colour], strokeWidth=1)
        .encode(
            fillOpacity=alt.condition("datum.partial", alt.value(0.3), alt.value(1)),
            y=alt.Y("studies:Q").title("Studies").axis(tickCount=3, tickMinStep=1),
            href="href:N",
            tooltip=tooltip,
        )
        .properties(width=BESIDE_AXIS, height=70)
    )
    return themed(alt.vconcat(share, count, spacing=12))


def data_set_per_year(
    table: pd.DataFrame, dataset: str, name: str, incomplete_year: int
) -> Figure | None:
    """Bars of studies by year and role of one data set. Needs: year, role, studies."""
    if int(table["studies"].sum()) < MIN_STUDIES:
        return None
    by_role = table.groupby("role")["studies"].sum()
    roles = {"training": ("Training", "train"), "evaluation": ("Evaluation only", "eval")}
    rows = [
        {
            "year": str(row["year"]),
            "role": label,
            "studies": int(row["studies"]),
            "href": explored(**{asked: dataset, "year": row["year"]}) if row["studies"] else "",
        }
        for row in table.to_dict("records")
        for label, asked in (roles[row["role"]],)
    ]
    used = table[table["studies"] > 0]
    first, last = int(used["year"].min()), int(used["year"].max())
    span = f"in {first}" if first == last else f"from {first} to {last}"
    return Figure(
        slug=f"datasets-{dataset}-per-year",
        anchor="fig-use-per-year",
        title=f"{name}: use per year, by role",
        reading=(
            f"Named {span}: for training by {counted(int(by_role['training']), 'study')}, for "
            f"evaluation only by {counted(int(by_role['evaluation']), 'study')}."
        ),
        note=f"By the year in which the study first appeared. {incomplete(incomplete_year)}",
        chart=_data_set_per_year(),
        columns={"year": "Year", "role": "Role", "studies": "Studies"},
        rows=rows,
    )


@cache
def _data_set_per_year() -> dict[str, Any]:
    chart = (
        alt.Chart(alt.NamedData("table"))
        .mark_bar()
        .encode(
            x=alt.X("year:O").title(None).axis(YEARS),
            y=alt.Y("studies:Q").title("Studies").axis(tickMinStep=1, tickCount=4),
            color=colour("role", ["Training", "Evaluation only"], ["c1", "c2"]),
            href="href:N",
            tooltip=[alt.Tooltip("year:O"), alt.Tooltip("role:N"), alt.Tooltip("studies:Q")],
        )
        .properties(width=WIDTH, height=130)
    )
    return themed(chart)


def shares(
    table: pd.DataFrame, facet: str, vocabulary: Vocabulary, incomplete_year: int
) -> Figure | None:
    """A panel a term, its share of the studies of each year. `table`: `tables.term_per_year`."""
    total = table.groupby("term")["studies"].sum()
    if int(total.sum()) < MIN_STUDIES:
        return None
    order = [term for term in vocabulary.terms if term in total.index]
    largest = sorted(order, key=lambda term: (-int(total[term]), order.index(term)))[:MAX_LINES]
    shown = [term for term in order if term in largest]
    labels = {term: vocabulary.terms[term].label for term in shown}
    top = largest[0]
    rows = [
        {
            "series": labels[row["term"]],
            "year": str(row["year"]),
            "studies": int(row["studies"]),
            "coded": int(row["coded"]),
            "value": rounded(row["share"]),
            "low": rounded(row["low"]),
            "high": rounded(row["high"]),
            "partial": row["year"] >= incomplete_year,
            "href": explored(**{facet: row["term"], "year": row["year"]}) if row["studies"] else "",
        }
        for term in shown
        for row in table[table["term"] == term].to_dict("records")
    ]
    of_top = [{**row, "share": row["value"]} for row in rows if row["series"] == labels[top]]
    left_out = len(order) - len(shown)
    return Figure(
        slug=f"{facet}-shares",
        anchor="fig-shares",
        title=f"{labels[top]} is the most frequent, in {counted(int(total[top]), 'study')}",
        reading=f"{labels[top]}: {_share_reading(of_top, incomplete_year)}",
        note=(f"The {len(shown)} most frequent of {len(order)}. " if left_out else "")
        + ("A study may count under several. " if facet not in {"family", "architecture"} else "")
        + f"Share of the included studies of a year for which {vocabulary.label.lower()} is coded; "
        f"lines up and down are {CI} (Wilson). {incomplete(incomplete_year)}",
        chart=small_multiples(
            tuple(labels.values()),
            colours=tuple((labels[term], term) for term in shown if facet == "family"),
            linked=True,
        ),
        columns={
            "series": vocabulary.label,
            "year": "Year",
            "studies": "Studies",
            "coded": "Of",
            "value": "Share",
            **CI_COLUMNS,
        },
        rows=rows,
        percent=True,
    )


def _share(row: dict[str, Any]) -> str:
    return (
        f"{percent(row['share'])} ({row['studies']} of {row['coded']}; "
        f"{CI} {interval(row['low'], row['high'], '%')})"
    )


def _quarter(quarter: str) -> str:
    return f"the {['first', 'second', 'third', 'fourth'][int(quarter[-1]) - 1]} of {quarter[:4]}"
