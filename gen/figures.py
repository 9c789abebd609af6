"""Tidy table -> figure: a chart, its title and the sentence that reads it; altair lives here.

A chart is built once for each kind of figure and draws from a data source called `table`; a
figure's own rows are put in when its spec is made. That keeps a hundred figures as cheap as one.
"""

from __future__ import annotations

import math
from dataclasses import dataclass
from functools import cache
from typing import Any, Final

import altair as alt
import pandas as pd

from gen.model import Vocabulary
from gen.text.format import counted, interval, percent

# Colours are CSS variables, so that one SVG serves both palettes; the value after the comma serves
# a downloaded file. docs/assets/css/tokens.css sets the variables, and a test holds both equal.
COLOURS: Final = {
    "vision-only": "var(--lsr-vision-only, #1a66b0)",
    "vision-language": "var(--lsr-vision-language, #b8440a)",
    "c1": "var(--lsr-c1, #298c66)",
    "c2": "var(--lsr-c2, #794174)",
    "c3": "var(--lsr-c3, #b88a14)",
    "c4": "var(--lsr-c4, #dd4a7d)",
    "c5": "var(--lsr-c5, #2897ac)",
    "c6": "var(--lsr-c6, #361778)",
    "c7": "var(--lsr-c7, #46522a)",
    "c8": "var(--lsr-c8, #540c30)",
    "text": "var(--lsr-text, #1b2430)",
    "muted": "var(--lsr-muted, #545d69)",
    "grid": "var(--lsr-grid, #e6e3db)",
    "axis": "var(--lsr-axis, #8b9098)",
}
MIN_STUDIES: Final = 3  # studies; below this a figure would show noise, so none is drawn
MAX_LINES: Final = 8  # the palette's size; more lines cannot be told apart
LABEL: Final = 12  # figures.css sets another size where the drawing is much larger or smaller
WIDTH: Final = 400  # narrow enough to stay readable when a phone shrinks it, wide enough for years

CI_COLUMNS: Final = {"low": "95 % CI, low", "high": "95 % CI, high"}
PERCENT: Final = {"share", "value", *CI_COLUMNS}  # columns that may hold shares

Values = list[dict[str, Any]]


@dataclass(frozen=True, kw_only=True, slots=True)
class Figure:
    """A figure in all its layers: what is drawn, what it says, and the table behind it."""

    slug: str  # file name under figures/, permanent
    anchor: str  # id on its page, permanent
    title: str
    reading: str  # one sentence, computed
    note: str  # what a reader must know of its limits; "" when nothing
    chart: dict[str, Any]  # Vega-Lite without data
    columns: dict[str, str]  # column of `rows` -> its heading in the table
    rows: Values
    percent: bool = False  # whether its columns of PERCENT are shares

    @property
    def aria(self) -> str:
        """What a screen reader hears in place of the drawing."""
        return f"{self.title}. {self.reading}"

    @property
    def spec(self) -> dict[str, Any]:
        """The whole Vega-Lite specification, data included."""
        return {**self.chart, "datasets": {"table": self.rows}}


@dataclass(frozen=True, slots=True)
class Absent:
    """A figure that cannot be drawn honestly, in its place and with the reason."""

    slug: str
    anchor: str
    title: str
    reason: str  # a clause: "only two years have a study"

    @property
    def reading(self) -> str:
        return f"Too few studies to say: {self.reason}."


@dataclass(frozen=True, slots=True)
class Slot:
    """The permanent place of a figure on its page, for the figure or for why there is none."""

    slug: str
    anchor: str
    title: str

    @classmethod
    def of(cls, question: str, name: str, title: str) -> Slot:
        """The place that a question's figure has by its name."""
        return cls(f"trends-{question}-{name}", f"fig-{name}", title)

    def absent(self, reason: str) -> Absent:
        return Absent(self.slug, self.anchor, self.title, reason)

    def figure(  # noqa: PLR0913 - the layers of a figure
        self,
        *,
        reading: str,
        chart: dict[str, Any],
        columns: dict[str, str],
        rows: Values,
        note: str = "",
        percent: bool = False,
    ) -> Figure:
        return Figure(
            slug=self.slug,
            anchor=self.anchor,
            title=self.title,
            reading=reading,
            note=note,
            chart=chart,
            columns=columns,
            rows=rows,
            percent=percent,
        )


QUARTERS: Final = Slot(
    "studies-per-quarter", "fig-studies-per-quarter", "Studies per quarter, by family"
)


def studies_per_quarter(
    table: pd.DataFrame,
    family: Vocabulary,
    incomplete_year: int,
    undated: int,
    slot: Slot = QUARTERS,
) -> Figure | None:
    """Bars of studies by quarter, split by family. Needs: quarter, family, studies."""
    total = int(table["studies"].sum())
    if total < MIN_STUDIES:
        return None
    by_quarter = table.groupby("quarter")["studies"].sum()
    peak = str(by_quarter.idxmax())
    at_peak = int(by_quarter.max())
    left = f" {undated} with a year only are left out." if undated else ""
    return slot.figure(
        reading=(
            f"{total} studies since {table['quarter'].min()[:4]}; the busiest quarter is "
            f"{_quarter(peak)} with {counted(at_peak, 'study')}."
        ),
        note=f"By first public appearance.{left} {incomplete(incomplete_year)}",
        chart=_per_quarter(tuple((id_, term.label) for id_, term in family.terms.items())),
        columns={"quarter": "Quarter", "label": "Family", "studies": "Studies"},
        rows=[
            {
                "quarter": row["quarter"],
                "family": row["family"],
                "label": family.terms[row["family"]].label,
                "studies": int(row["studies"]),
            }
            for row in table.to_dict("records")
        ],
    )


@cache
def _per_quarter(families: tuple[tuple[str, str], ...]) -> dict[str, Any]:
    chart = (
        alt.Chart(alt.NamedData("table"))
        .mark_bar()
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
            color=colour("label", [label for _, label in families], [id_ for id_, _ in families]),
            tooltip=[
                alt.Tooltip("quarter:O"),
                alt.Tooltip("label:N").title("family"),
                alt.Tooltip("studies:Q"),
            ],
        )
        .properties(width=WIDTH, height=180)
    )
    return finished(chart)


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
        }
        for row in table.to_dict("records")
    ]
    return Figure(
        slug=f"{facet}-{term}-per-year",
        anchor="fig-per-year",
        title=f"{label}: studies per year and their share",
        reading=_share_reading(rows, incomplete_year),
        note=(
            f"Share of the studies for which {vocabulary.label.lower()} is coded; bars are 95 % "
            f"Wilson intervals. {incomplete(incomplete_year)}"
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
    base = alt.Chart(alt.NamedData("table")).encode(
        x=alt.X("year:O").title(None).axis(labelAngle=0),
        opacity=alt.condition("datum.partial", alt.value(0.45), alt.value(1)),
    )
    tooltip = [
        "year:O",
        "studies:Q",
        "coded:Q",
        alt.Tooltip("share:Q", format=".0%"),
        alt.Tooltip("low:Q", format=".0%"),
        alt.Tooltip("high:Q", format=".0%"),
    ]
    share = (
        base.mark_rule(strokeWidth=6, strokeCap="round", color=COLOURS["grid"]).encode(
            y=alt.Y("low:Q").title("Share").axis(format="%", tickCount=4),
            y2=alt.Y2("high:Q"),
            tooltip=tooltip,
        )
        + base.mark_line(color=COLOURS[colour], strokeWidth=1.5).encode(
            y=alt.Y("share:Q"), opacity=alt.value(0.6)
        )
        + base.mark_point(filled=True, size=50, color=COLOURS[colour]).encode(
            y=alt.Y("share:Q"), tooltip=tooltip
        )
    ).properties(width=WIDTH, height=130)
    count = (
        base.mark_bar(color=COLOURS[colour])
        .encode(
            y=alt.Y("studies:Q").title("Studies").axis(tickCount=3, tickMinStep=1), tooltip=tooltip
        )
        .properties(width=WIDTH, height=70)
    )
    return finished(alt.vconcat(share, count, spacing=12))


def data_set_per_year(
    table: pd.DataFrame, dataset: str, name: str, incomplete_year: int
) -> Figure | None:
    """Bars of studies by year and role of one data set. Needs: year, role, studies."""
    by_role = table.groupby("role")["studies"].sum()
    if int(by_role.sum()) < MIN_STUDIES:
        return None
    rows = [
        {"year": str(row["year"]), "role": row["role"].capitalize(), "studies": int(row["studies"])}
        for row in table.to_dict("records")
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
            x=alt.X("year:O").title(None).axis(labelAngle=0),
            y=alt.Y("studies:Q").title("Studies").axis(tickMinStep=1, tickCount=4),
            color=colour("role", ["Training", "Evaluation"], ["c1", "c2"]),
            tooltip=[alt.Tooltip("year:O"), alt.Tooltip("role:N"), alt.Tooltip("studies:Q")],
        )
        .properties(width=WIDTH, height=130)
    )
    return finished(chart)


def cumulative(
    table: pd.DataFrame, facet: str, vocabulary: Vocabulary, incomplete_year: int
) -> Figure | None:
    """Lines of cumulative studies by term of a facet. Needs: term, year, studies."""
    if table.empty:
        return None
    last = table[table["year"] == table["year"].max()].set_index("term")["studies"]
    if int(last.sum()) < MIN_STUDIES:
        return None
    order = [term for term in vocabulary.terms if term in last.index]
    largest = sorted(order, key=lambda term: (-int(last[term]), order.index(term)))[:MAX_LINES]
    shown = [term for term in order if term in largest]
    left_out = len(order) - len(shown)
    colours = shown if facet == "family" else [f"c{number}" for number in range(1, len(shown) + 1)]
    top = largest[0]
    return Figure(
        slug=f"{facet}-cumulative",
        anchor="fig-cumulative",
        title=f"Cumulative studies by {vocabulary.label.lower()}",
        reading=(
            f"{vocabulary.terms[top].label} is the most frequent with "
            f"{counted(int(last[top]), 'study')} by {table['year'].max()}."
        ),
        note=(f"The {len(shown)} most frequent of {len(order)}. " if left_out else "")
        + ("A study may count under several. " if facet not in {"family", "architecture"} else "")
        + incomplete(incomplete_year),
        chart=_cumulative(tuple(vocabulary.terms[term].label for term in shown), tuple(colours)),
        columns={"label": vocabulary.label, "year": "Year", "studies": "Studies so far"},
        rows=[
            {
                "label": vocabulary.terms[row["term"]].label,
                "year": str(row["year"]),
                "studies": int(row["studies"]),
            }
            for row in table.to_dict("records")
            if row["term"] in shown
        ],
    )


@cache
def _cumulative(labels: tuple[str, ...], colours: tuple[str, ...]) -> dict[str, Any]:
    chart = (
        alt.Chart(alt.NamedData("table"))
        .mark_line(point=alt.OverlayMarkDef(size=18), strokeWidth=1.8)
        .encode(
            x=alt.X("year:O").title(None).axis(labelAngle=0),
            y=alt.Y("studies:Q").title("Studies so far"),
            color=colour("label", list(labels), list(colours)),
            tooltip=[alt.Tooltip("label:N"), alt.Tooltip("year:O"), alt.Tooltip("studies:Q")],
        )
        .properties(width=WIDTH, height=210)
    )
    return finished(chart)


def colour(field: str, domain: list[str], colours: list[str]) -> alt.Color:
    """A colour scale with its order fixed, and a legend that fits a narrow figure."""
    legend = alt.Legend(orient="top", title=None, columns=2 if len(domain) > 3 else len(domain))  # noqa: PLR2004
    scale = alt.Scale(domain=domain, range=[COLOURS[name] for name in colours])
    return alt.Color(f"{field}:N", scale=scale, sort=domain, legend=legend)


def finished(chart: alt.TopLevelMixin) -> dict[str, Any]:
    """The spec with the look of every figure. aria is off: the page's own text describes it."""
    looked: dict[str, Any] = chart.to_dict(validate=False)
    looked["background"] = "transparent"
    looked["config"] = {
        "aria": False,
        "mark": {"aria": False},
        "font": "system-ui, -apple-system, 'Segoe UI', Roboto, 'Liberation Sans', sans-serif",
        "view": {"stroke": None},
        "axis": {
            "labelColor": COLOURS["muted"],
            "titleColor": COLOURS["muted"],
            "titleFontWeight": "normal",
            "gridColor": COLOURS["grid"],
            "domainColor": COLOURS["axis"],
            "tickColor": COLOURS["axis"],
            "labelFontSize": LABEL,
            "titleFontSize": LABEL,
        },
        "axisX": {"grid": False},
        # The title lies flat above its axis; the labels have room to be larger on a phone.
        "axisYQuantitative": {
            "minExtent": 40,
            "maxExtent": 40,
            "ticks": False,
            "domain": False,
            "titleAngle": 0,
            "titleAlign": "left",
            "titleAnchor": "start",
            "titleX": -40,
            "titleY": -12,
        },
        "legend": {
            "labelColor": COLOURS["text"],
            "titleColor": COLOURS["muted"],
            "titleFontSize": LABEL,
            "titleFontWeight": "normal",
            "labelFontSize": LABEL,
            "offset": 30,
            "columnPadding": 38,
            "rowPadding": 4,
            "labelLimit": 190,
            "symbolType": "square",
        },
    }
    return looked


def _share(row: dict[str, Any]) -> str:
    return (
        f"{percent(row['share'])} ({row['studies']} of {row['coded']}; "
        f"95 % CI {interval(row['low'], row['high'], '%')})"
    )


def _quarter(quarter: str) -> str:
    return f"the {['first', 'second', 'third', 'fourth'][int(quarter[-1]) - 1]} of {quarter[:4]}"


def incomplete(year: int) -> str:
    return f"{year} is incomplete."


def rounded(value: float | None) -> float | None:
    """Four decimals: what a table shows and a chart draws; None for not a number."""
    return None if value is None or math.isnan(value) else round(float(value), 4)
