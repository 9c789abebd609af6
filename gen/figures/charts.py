"""Charts of the meta-analysis, by shape and not by topic.

Each returns a finished Vega-Lite specification without data: its rows come as the data source
`table` with just the fields that its docstring names. Charts are built once for each set of
arguments and shared, so nobody may change one in place.
"""

from __future__ import annotations

import json
from functools import cache
from typing import Any, Final

import altair as alt

from gen.figures.theme import COLOURS, WIDTH, colour, themed

TABLE: Final = alt.NamedData("table")

MAX_HEIGHT: Final = 1400  # of a lineage; beyond, rows come closer, and a reader can zoom

# Long labels are cut by their letters: cutting by width makes vl-convert measure each many times,
# which took half of the time of a drawing.
MAX_LETTERS: Final = 32
CUT: Final = alt.Axis(
    labelLimit=0,
    labelExpr=f"length(datum.label) > {MAX_LETTERS} "
    f"? slice(datum.label, 0, {MAX_LETTERS - 1}) + '…' : datum.label",
    ticks=False,
)

# Sequential scales are interpolated, so they need real colours: one hue, readable on both grounds.
SEQUENTIAL: Final = ["#d9e8e4", "#0b655b"]
# Under, as expected, over: blue-grey to sand to teal would claim families' hues, hence these two.
DIVERGING: Final = ["#8a5a00", "#d8d5cc", "#0b655b"]


# Numbers stand on colours that do not follow the palette, so theirs do not either.
ON_DARK: Final = "#ffffff"
ON_LIGHT: Final = "#1b2430"


SLANTED: Final = alt.Axis(**{**CUT.to_dict(), "labelAngle": -55})


@cache
def lines(  # noqa: PLR0913 - one keyword for each thing that varies
    series: tuple[str, ...],
    colours: tuple[str, ...],
    *,
    y: str,
    percent: bool = False,
    band: bool = True,
    height: int = 190,
) -> dict[str, Any]:
    """Lines over years, each with its interval. Fields: year, series, value, low, high, partial."""
    axis = alt.Axis(format="%", tickCount=5) if percent else alt.Axis(tickCount=5)
    form = ".0%" if percent else ",.3~r"
    base = alt.Chart(TABLE).encode(
        x=alt.X("year:O").title(None).axis(labelAngle=0),
        color=colour("series", list(series), list(colours)),
        tooltip=[
            alt.Tooltip("series:N"),
            alt.Tooltip("year:O"),
            alt.Tooltip("value:Q", format=form),
            alt.Tooltip("low:Q", format=form),
            alt.Tooltip("high:Q", format=form),
        ],
    )
    layers = [
        base.mark_line(strokeWidth=1.6).encode(y=alt.Y("value:Q").title(y).axis(axis)),
        base.mark_point(filled=True, size=42).encode(
            y=alt.Y("value:Q"),
            opacity=alt.condition("datum.partial", alt.value(0.45), alt.value(1)),
        ),
    ]
    if band:
        layers.insert(
            0,
            # Not `opacity`, which would make the legend pale too.
            base.mark_rule(strokeWidth=5, strokeCap="round", strokeOpacity=0.22).encode(
                y=alt.Y("low:Q").title(y).axis(axis), y2=alt.Y2("high:Q")
            ),
        )
    return themed(alt.layer(*layers).properties(width=WIDTH, height=height))


def small_multiples(
    series: tuple[str, ...],
    *,
    y: str,
    percent: bool = True,
    colours: tuple[tuple[str, str], ...] = (),
) -> dict[str, Any]:
    """Small multiples, one panel a series, same scales. Fields as in `lines`.

    `colours`: (series, name of a colour), if not all one.
    """
    made = _panels(y, percent, colours)
    return {**made, "facet": {**made["facet"], "sort": list(series)}}


@cache
def _panels(y: str, percent: bool, colours: tuple[tuple[str, str], ...]) -> dict[str, Any]:  # noqa: FBT001 - passed on
    """The chart but for the order of its panels, in which most differ: altair takes its time."""
    axis = alt.Axis(format="%" if percent else ",.3~r", tickCount=3)
    scale = alt.Scale(
        domain=[series for series, _ in colours], range=[COLOURS[name] for _, name in colours]
    )
    base = alt.Chart().encode(
        x=alt.X("year:O").title(None).axis(labelAngle=-90, labelOverlap=True),
        color=alt.Color("series:N", scale=scale, legend=None)
        if colours
        else alt.value(COLOURS["c1"]),
        opacity=alt.condition("datum.partial", alt.value(0.45), alt.value(1)),
        tooltip=[
            alt.Tooltip("series:N"),
            alt.Tooltip("year:O"),
            alt.Tooltip("value:Q", format=".0%" if percent else ",.3~r"),
            alt.Tooltip("low:Q", format=".0%" if percent else ",.3~r"),
            alt.Tooltip("high:Q", format=".0%" if percent else ",.3~r"),
        ],
    )
    panel = alt.layer(
        base.mark_rule(strokeWidth=4, strokeCap="round").encode(
            y=alt.Y("low:Q").title(y).axis(axis), y2=alt.Y2("high:Q"), opacity=alt.value(0.22)
        ),
        base.mark_line(strokeWidth=1.4).encode(y=alt.Y("value:Q"), opacity=alt.value(1)),
        base.mark_point(filled=True, size=22).encode(y=alt.Y("value:Q")),
        data=TABLE,
    ).properties(width=115, height=75)
    header = alt.Header(title=None, labelFontSize=11, labelColor=COLOURS["text"], labelLimit=0)
    return themed(panel.facet(alt.Facet("series:N", header=header), columns=3, spacing=14))


@cache
def forest_plot(
    *,
    x: str,
    null: float | None = 1.0,
    log: bool = True,
    percent: bool = False,
) -> dict[str, Any]:
    """Points with intervals, one line each in the order of the rows, against a line of no effect.

    Fields: label, value, low, high, strong (whether it is drawn at full strength), note.
    """
    scale = alt.Scale(type="log") if log else alt.Scale(zero=False)
    # On a log scale ticks are given, not found: Vega would draw a line for every digit.
    ticks = [m * 10**power for power in range(-3, 4) for m in (1, 2, 5)] if log else None
    axis = alt.Axis(format="%" if percent else "~g", tickCount=5, grid=True)
    axis = alt.Axis(format="~g", values=ticks, grid=True) if ticks else axis
    y = alt.Y("label:N", sort=None).title(None).axis(CUT)
    base = alt.Chart(TABLE).encode(
        y=y,
        opacity=alt.condition("datum.strong", alt.value(1), alt.value(0.45)),
        tooltip=[
            alt.Tooltip("label:N"),
            alt.Tooltip("value:Q"),
            alt.Tooltip("low:Q"),
            alt.Tooltip("high:Q"),
            alt.Tooltip("note:N"),
        ],
    )
    layers: list[alt.Chart] = []
    if null is not None:
        rule = alt.Chart(TABLE).mark_rule(color=COLOURS["axis"], strokeDash=[3, 3])
        layers.append(rule.encode(x=alt.datum(null, type="quantitative")))
    layers += [
        base.mark_rule(color=COLOURS["c1"], strokeWidth=2).encode(
            x=alt.X("low:Q").title(x).scale(scale).axis(axis), x2=alt.X2("high:Q")
        ),
        base.mark_point(filled=True, size=46, color=COLOURS["c1"]).encode(x=alt.X("value:Q")),
    ]
    return themed(alt.layer(*layers).properties(width=WIDTH - 150, height=alt.Step(17)))


@cache
def stacks(
    series: tuple[str, ...],
    colours: tuple[str, ...],
    *,
    y: str = "Studies",
    shares: bool = False,
    height: int = 170,
) -> dict[str, Any]:
    """Stacked bars over years, as counts or as shares. Fields: year, series, studies."""
    stack = alt.Y("studies:Q").title("Share" if shares else y)
    stack = stack.stack("normalize").axis(format="%") if shares else stack.axis(tickMinStep=1)
    return themed(
        alt.Chart(TABLE)
        .mark_bar()
        .encode(
            x=alt.X("year:O").title(None).axis(labelAngle=0),
            y=stack,
            color=colour("series", list(series), list(colours)),
            order=alt.Order("rank:Q"),
            tooltip=[alt.Tooltip("year:O"), alt.Tooltip("series:N"), alt.Tooltip("studies:Q")],
        )
        .transform_calculate(rank=f"indexof({list(series)!r}, datum.series)")
        .properties(width=WIDTH, height=height)
    )


@cache
def counts_and_estimate(counted: str, estimated: str) -> dict[str, Any]:
    """Bars of what was counted each year, points with intervals of what it is estimated to be.

    Fields: year, studies, value, low, high (null where nothing is estimated), partial.
    """
    base = alt.Chart(TABLE).encode(
        x=alt.X("year:O").title(None).axis(labelAngle=0),
        opacity=alt.condition("datum.partial", alt.value(0.4), alt.value(1)),
        tooltip=[
            alt.Tooltip("year:O"),
            alt.Tooltip("studies:Q").title(counted.lower()),
            alt.Tooltip("value:Q").title(estimated.lower()),
            alt.Tooltip("low:Q"),
            alt.Tooltip("high:Q"),
        ],
    )
    base = base.encode(color=colour("series", [counted, estimated], ["c1", "c2"]))
    bars = base.transform_calculate(series=json.dumps(counted))
    points = base.transform_calculate(series=json.dumps(estimated))
    known = points.transform_filter("isValid(datum.value)")
    return themed(
        alt.layer(
            bars.mark_bar().encode(y=alt.Y("studies:Q").title("Records")),
            known.mark_rule(strokeWidth=2).encode(y=alt.Y("low:Q"), y2=alt.Y2("high:Q")),
            known.mark_point(filled=True, size=46).encode(y=alt.Y("value:Q")),
        ).properties(width=WIDTH, height=190)
    )


@cache
def bounds(*, x: str, y: str, ticks: tuple[int, ...]) -> dict[str, Any]:
    """A share between two curves. Fields: x, least, most, and low and high, their interval."""
    base = alt.Chart(TABLE).encode(
        x=alt.X("x:Q").title(x).axis(values=list(ticks)).scale(nice=False),
        tooltip=[
            alt.Tooltip("x:Q").title(x.lower()),
            *(alt.Tooltip(f"{name}:Q", format=".0%") for name in ("least", "most", "low", "high")),
        ],
    )
    axis = alt.Axis(format="%", tickCount=5)
    scale = alt.Scale(domain=[0, 1])
    outer = base.mark_area(color=COLOURS["c1"], opacity=0.18).encode(
        y=alt.Y("low:Q").title(y).axis(axis).scale(scale), y2=alt.Y2("high:Q")
    )
    inner = base.mark_area(color=COLOURS["c1"], opacity=0.45).encode(
        y=alt.Y("least:Q"), y2=alt.Y2("most:Q")
    )
    ends = [
        base.mark_line(color=COLOURS["c1"], strokeWidth=1.6).encode(y=alt.Y(f"{name}:Q"))
        for name in ("least", "most")
    ]
    return themed(alt.layer(outer, inner, *ends).properties(width=WIDTH, height=190))


@cache
def grid(
    *,
    value: str,
    diverging: bool = False,
    step: int = 19,
) -> dict[str, Any]:
    """A heat map with its numbers written in, of all cells row by row.

    Fields: row, column, studies, value, href.

    `value` names the colour scale; a diverging one is centred on zero.
    """
    scale = alt.Scale(range=DIVERGING, domainMid=0) if diverging else alt.Scale(range=SEQUENTIAL)
    base = alt.Chart(TABLE).encode(
        x=alt.X("column:N", sort=None).title(None).axis(labelAngle=-60, ticks=False),
        y=alt.Y("row:N", sort=None).title(None).axis(CUT),
        tooltip=[
            alt.Tooltip("row:N"),
            alt.Tooltip("column:N"),
            alt.Tooltip("studies:Q"),
            alt.Tooltip("value:Q", format=".2~f"),
        ],
    )
    cells = base.mark_rect().encode(
        color=alt.condition(
            "datum.studies > 0",
            alt.Color("value:Q", scale=scale, legend=alt.Legend(title=value, orient="top")),
            alt.value("transparent"),
        )
    )
    colours = f"datum.strong ? '{ON_DARK}' : '{ON_LIGHT}'"
    text = base.mark_text(fontSize=9).encode(
        text=alt.Text("studies:Q"),
        color=alt.condition(
            "datum.studies > 0", alt.value({"expr": colours}), alt.value(COLOURS["muted"])
        ),
    )
    return themed(alt.layer(cells, text).properties(width=alt.Step(step), height=alt.Step(step)))


@cache
def scatter(*, y: str, line: bool = True, height: int = 190) -> dict[str, Any]:
    """Points over time on a log scale, outliers labelled, with a fitted line.

    Fields: when (decimal year), value, name, outlier, fit (the line at `when`; null to leave out).
    """
    # Ticks are given, not found: Vega would repeat a year and draw a line for every digit.
    base = alt.Chart(TABLE).encode(
        x=alt.X("when:Q")
        .title(None)
        .axis(format="d", values=list(range(1990, 2061)), labelOverlap=True)
        .scale(zero=False, nice=False, padding=14)
    )
    y_axis = (
        alt.Y("value:Q")
        .title(y)
        .scale(type="log", nice=True)
        .axis(format="~s", values=[10**power for power in range(-1, 13)], grid=True)
    )
    layers = [
        base.mark_point(filled=True, size=34, color=COLOURS["c1"], opacity=0.75).encode(
            y=y_axis, tooltip=[alt.Tooltip("name:N"), alt.Tooltip("value:Q", format=",")]
        ),
        base.mark_text(align="left", dx=6, fontSize=10, color=COLOURS["text"])
        .transform_filter("datum.outlier")
        .encode(y=alt.Y("value:Q"), text=alt.Text("name:N")),
    ]
    if line:
        layers.append(
            base.mark_line(color=COLOURS["c2"], strokeWidth=1.6)
            .transform_filter("isValid(datum.fit)")
            .encode(y=alt.Y("fit:Q"))
        )
    return themed(alt.layer(*layers).properties(width=WIDTH, height=height))


@cache
def matrix(
    *,
    title: str,
    form: str,
    domain: tuple[float, ...],
    step: int = 21,
    linked: bool = False,
) -> dict[str, Any]:
    """A heat map of which every cell is drawn; its rows come row by row.

    Fields: row, column, text, value (null: no colour), strong (whether drawn at full strength);
    if `linked`, href (where the cell leads; "": nowhere).
    `title` names the colour scale and `form` writes its numbers. Three ends of `domain` make it
    diverging. Cells beyond the ends take the colour of the end.
    """
    diverging = len(domain) > 2  # noqa: PLR2004 - low, middle, high
    scale = alt.Scale(domain=list(domain), range=DIVERGING if diverging else SEQUENTIAL, clamp=True)
    legend = alt.Legend(title=title, orient="top", format=form, gradientLength=150)
    base = alt.Chart(TABLE).encode(
        x=alt.X("column:N", sort=None).title(None).axis(SLANTED),
        y=alt.Y("row:N", sort=None).title(None).axis(CUT),
        tooltip=[
            alt.Tooltip("row:N"),
            alt.Tooltip("column:N"),
            alt.Tooltip("text:N"),
            alt.Tooltip("value:Q", format=form),
        ],
    )
    cells = base.mark_rect().encode(
        color=alt.condition(
            "isValid(datum.value)",
            alt.Color("value:Q", scale=scale, legend=legend),
            alt.value("transparent"),
        ),
        opacity=alt.condition("datum.strong", alt.value(1), alt.value(0.35)),
    )
    if linked:  # not its text, through which figures.css lets the pointer
        cells = cells.encode(href="href:N")
    # Where a colour is pale the page shines through.
    dark = f"datum.value > {0.75 * domain[-1]}"
    if diverging:
        dark += f" || datum.value < {0.75 * domain[0]}"
    colours = f"!datum.strong ? '{COLOURS['text']}' : {dark} ? '{ON_DARK}' : '{ON_LIGHT}'"
    text = base.mark_text(fontSize=9).encode(
        text=alt.Text("text:N"),
        opacity=alt.value(1),
        color=alt.condition(
            "isValid(datum.value)",
            alt.value({"expr": colours}),
            alt.value(COLOURS["muted"]),
        ),
    )
    return themed(alt.layer(cells, text).properties(width=alt.Step(step), height=alt.Step(17)))


# Kinds of missing have greys of their own, never a data colour; see docs/assets/css/tokens.css.
STATES: Final = {
    "Stated": COLOURS["c1"],
    "Not reported": "var(--lsr-not-reported, #8d939b)",
    "Does not apply": "var(--lsr-na, #626973)",
    "Not coded": "var(--lsr-not-coded, #c3c6ca)",
}
# From good to bad, and what was not judged; in this order, so that colour is not needed.
JUDGEMENTS: Final = (COLOURS["c1"], COLOURS["c3"], COLOURS["c4"], STATES["Not coded"])


@cache
def states(
    order: tuple[str, ...], kinds: tuple[tuple[str, str], ...] = tuple(STATES.items())
) -> dict[str, Any]:
    """A bar a column, split by what is known of it. Fields: label, state, studies.

    `kinds`: (state, its colour), in their order.
    """
    names = [name for name, _ in kinds]
    legend = alt.Legend(orient="top", title=None, columns=2)
    return themed(
        alt.Chart(TABLE)
        .mark_bar()
        .encode(
            x=alt.X("studies:Q").title("Studies").axis(tickCount=5, tickMinStep=1),
            y=alt.Y("label:N", sort=list(order)).title(None).axis(CUT),
            color=alt.Color(
                "state:N",
                scale=alt.Scale(domain=names, range=[hue for _, hue in kinds]),
                sort=names,
                legend=legend,
            ),
            order=alt.Order("rank:Q"),
            tooltip=[alt.Tooltip("label:N"), alt.Tooltip("state:N"), alt.Tooltip("studies:Q")],
        )
        .transform_calculate(rank=f"indexof({names!r}, datum.state)")
        .properties(width=WIDTH - 110, height=alt.Step(15))
    )


@cache
def lineage(
    lanes: tuple[tuple[str, int], ...],
    families: tuple[tuple[str, str], ...],
    *,
    span: tuple[float, float],
    height: int,
) -> dict[str, Any]:
    """A graph of descent over time, a lane a root. `lanes`: (name, y of its middle, from the top).

    `families`: (name of a colour, label). Fields: when, y, name, family, from_when and from_y (the
    parent; null for a root), parent, direct, notable (labelled), href.
    """
    names = {str(y): name for name, y in lanes}
    y_axis = alt.Axis(
        values=[y for _, y in lanes],
        labelExpr=f"({json.dumps(names)})[toString(datum.value)]",
        ticks=False,
        domain=False,
        grid=True,
        labelLimit=0,
    )
    legend = alt.Legend(orient="top", title=None)
    scale = alt.Scale(
        domain=[label for _, label in families], range=[COLOURS[name] for name, _ in families]
    )
    x_axis = alt.Axis(format="d", tickMinStep=1)
    x_scale = alt.Scale(domain=list(span), nice=False)
    y_scale = alt.Scale(domain=[height, 0], nice=False)
    base = alt.Chart(TABLE).encode(
        x=alt.X("when:Q").title(None).axis(x_axis).scale(x_scale),
        y=alt.Y("y:Q").title(None).axis(y_axis).scale(y_scale),
    )
    edges = (
        base.mark_rule(color=COLOURS["axis"], clip=True)
        .transform_filter("isValid(datum.from_when)")
        .encode(
            x2=alt.X2("from_when:Q"),
            y2=alt.Y2("from_y:Q"),
            strokeWidth=alt.condition("datum.direct", alt.value(0.4), alt.value(1.1)),
            opacity=alt.condition("datum.direct", alt.value(0.45), alt.value(0.9)),
        )
    )
    nodes = base.mark_point(filled=True, size=34, opacity=1, clip=True).encode(
        color=alt.Color("family:N", scale=scale, legend=legend),
        tooltip=[
            alt.Tooltip("name:N"),
            alt.Tooltip("parent:N"),
            alt.Tooltip("when:Q", format=".1f"),
        ],
        # Only in a browser: vl-convert would write addresses under one of its own into the picture.
        href=alt.condition("windowSize()[0] > 0", "href:N", alt.value(None)),
    )
    labels = (
        base.mark_text(align="left", dx=5, dy=-5, fontSize=8.5, clip=True, color=COLOURS["text"])
        .transform_filter("datum.notable")
        .encode(text=alt.Text("name:N"))
    )
    # Scales bound to the pointer: in the live chart a reader drags and zooms.
    zoom = alt.selection_interval(name="zoom", bind="scales")
    return themed(
        alt.layer(edges, nodes.add_params(zoom), labels).properties(
            width=WIDTH - 40, height=min(height, MAX_HEIGHT)
        )
    )


@cache
def dot_plot(
    order: tuple[str, ...], settings: tuple[str, ...], colours: tuple[str, ...], *, x: str
) -> dict[str, Any]:
    """Values as stated, one line each: interval where stated, comparator hollow.

    Fields: label, value, low, high, other (the comparator's value), comparator, setting, detail.
    """
    y = alt.Y("label:N", sort=list(order)).title(None).axis(CUT)
    axis = alt.Axis(tickCount=5, grid=True)
    base = alt.Chart(TABLE).encode(
        y=y,
        color=colour("setting", list(settings), list(colours)),
        tooltip=[
            alt.Tooltip("label:N"),
            alt.Tooltip("detail:N"),
            alt.Tooltip("setting:N"),
            alt.Tooltip("value:Q"),
            alt.Tooltip("low:Q"),
            alt.Tooltip("high:Q"),
            alt.Tooltip("comparator:N"),
            alt.Tooltip("other:Q"),
        ],
    )
    to_comparator = base.transform_filter("isValid(datum.other)")
    return themed(
        alt.layer(
            to_comparator.mark_rule(color=COLOURS["axis"], strokeWidth=1).encode(
                x=alt.X("other:Q").title(x).scale(zero=False).axis(axis),
                x2=alt.X2("value:Q"),
                color=alt.value(COLOURS["axis"]),
            ),
            to_comparator.mark_point(filled=False, size=32, strokeWidth=1.2, opacity=1).encode(
                x=alt.X("other:Q"), color=alt.value(COLOURS["muted"])
            ),
            base.transform_filter("isValid(datum.low) && isValid(datum.high)")
            # Not `opacity`, which would make the legend pale too.
            .mark_rule(strokeWidth=5, strokeCap="round", strokeOpacity=0.3)
            .encode(x=alt.X("low:Q"), x2=alt.X2("high:Q")),
            base.mark_point(filled=True, size=46, opacity=1).encode(x=alt.X("value:Q")),
        ).properties(width=WIDTH - 150, height=alt.Step(15))
    )
