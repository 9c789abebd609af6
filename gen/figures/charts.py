"""Charts of the meta-analysis, by shape and not by topic.

Each returns a finished Vega-Lite specification without data: its rows come as the data source
`table` with just the fields that its docstring names. Charts are built once for each set of
arguments and shared, so nobody may change one in place.
"""

from __future__ import annotations

import json
from functools import cache
from typing import Any, Final, Literal

import altair as alt

from gen.figures.theme import COLOURS, LETTER, WIDTH, colour, themed

# Which side of a name touches its point, and how far from it the name stands.
SIDES: Final[tuple[tuple[Literal["left", "right"], int], ...]] = (("left", 6), ("right", -6))

TABLE: Final = alt.NamedData("table")

LINEAGE: Final = 440  # the width of a lineage
PLOT: Final = WIDTH - 50  # about, of a scatter, beside its axis
SCATTER: Final = 200  # the height of a scatter
PADDING: Final = 14  # of its points from the ends of the years
MAX_HEIGHT: Final = 1400  # of a lineage; beyond, rows come closer, and a reader can zoom

# Long labels are cut by their letters: cutting by width makes vl-convert measure each many times,
# which took half of the time of a drawing.
MAX_LETTERS: Final = 26  # of a label beside the plot
MAX_TURNED: Final = 32  # of a label that stands upright below it
MAX_LINE: Final = 46  # of a label that has a line of its own


def cut(letters: int, angle: int = 0) -> alt.Axis:
    """An axis of names, of which long ones are cut."""
    return alt.Axis(
        labelLimit=0,
        labelExpr=f"length(datum.label) > {letters} "
        f"? slice(datum.label, 0, {letters - 1}) + '…' : datum.label",
        labelAngle=angle,
        ticks=False,
    )


CUT: Final = cut(MAX_LETTERS)
UPRIGHT: Final = cut(MAX_TURNED, -90)
YEARS: Final = alt.Axis(labelAngle=0, labelOverlap=True, labelSeparation=6)
# Rows whose label has a line of its own, above their marks: thin lines part them.
ROW: Final = 34
PARTED: Final = alt.Axis(
    labels=False, ticks=False, domain=False, grid=True, tickBand="extent", gridColor=COLOURS["grid"]
)
LABEL_UP, MARK_DOWN = -8, 8  # from the middle of the row

# How far a cell is from nothing, 0 to 1, as the part of its colour. Between 43% and 90% neither
# dark nor light digits would have a contrast of 4.5 to 1, in one of the palettes.
PART: Final = "(strength < 0.6 ? 4 + 65 * strength : 75 + 25 * strength)"
WEAK: Final = 0.35  # of a cell that is not clear


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
    shades = colour("series", list(series), list(colours))
    base = alt.Chart(TABLE).encode(
        x=alt.X("year:O").title(None).axis(YEARS),
        color=shades,
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
        base.mark_point(size=36, strokeWidth=1.6, opacity=1).encode(
            y=alt.Y("value:Q").axis(axis), fill=filled(shades)
        ),
    ]
    if band:
        layers.insert(
            0,
            base.mark_rule(strokeWidth=1.2, aria=False).encode(
                y=alt.Y("low:Q").title(y).axis(axis), y2=alt.Y2("high:Q")
            ),
        )
    return themed(alt.layer(*layers).properties(width=WIDTH, height=height))


SPACE: Final = 24  # between panels: years at the ends of their axes stand out of them
PANEL: Final = (WIDTH - 40 - SPACE - 22) // 2  # of two beside each other, without axis and spaces


def small_multiples(
    series: tuple[str, ...],
    *,
    percent: bool = True,
    colours: tuple[tuple[str, str], ...] = (),
    linked: bool = False,
) -> dict[str, Any]:
    """Small multiples, one panel a series, same scales. Fields as in `lines`; if `linked`, href.

    `colours`: (series, name of a colour), if not all one.
    """
    made = _panels(percent, colours, linked)
    return {**made, "facet": {**made["facet"], "sort": list(series)}}


@cache
def _panels(percent: bool, colours: tuple[tuple[str, str], ...], linked: bool) -> dict[str, Any]:  # noqa: FBT001 - passed on
    """The chart but for the order of its panels, in which most differ: altair takes its time."""
    form = ".0%" if percent else ",.3~r"
    axis = alt.Axis(format=form, tickCount=3)
    scale = alt.Scale(
        domain=[series for series, _ in colours], range=[COLOURS[name] for _, name in colours]
    )
    shades = alt.Color("series:N", scale=scale, legend=None) if colours else None
    base = alt.Chart().encode(
        x=alt.X("year:O").title(None).axis(YEARS),
        color=shades or alt.value(COLOURS["c1"]),
        tooltip=[
            alt.Tooltip("series:N"),
            alt.Tooltip("year:O"),
            alt.Tooltip("value:Q", format=form),
            alt.Tooltip("low:Q", format=form),
            alt.Tooltip("high:Q", format=form),
        ],
    )
    points = base.mark_point(size=20, strokeWidth=1.4, opacity=1)
    if linked:
        points = points.encode(href="href:N")
    panel = alt.layer(
        base.mark_rule(strokeWidth=1.2, aria=False).encode(
            y=alt.Y("low:Q").title(None).axis(axis), y2=alt.Y2("high:Q")
        ),
        base.mark_line(strokeWidth=1.4).encode(y=alt.Y("value:Q")),
        points.encode(y=alt.Y("value:Q").axis(axis), fill=filled(shades)),
        data=TABLE,
    ).properties(width=PANEL, height=75)
    # A name takes two lines; one that needs one stands in the lower, so that all stand level.
    letters = int(PANEL / LETTER)
    head = f"slice(datum.label, 0, {letters})"
    # At the last space of what one line holds; where that has none, at the first there is.
    cut = f"(indexof({head}, ' ') < 0 ? indexof(datum.label, ' ') : lastindexof({head}, ' '))"
    header = alt.Header(
        title=None,
        labelColor=COLOURS["text"],
        labelLimit=0,
        labelAnchor="start",
        labelExpr=f"length(datum.label) <= {letters} || {cut} < 0 ? ['', datum.label] : "
        f"[slice(datum.label, 0, {cut}), slice(datum.label, {cut} + 1)]",
    )
    return themed(
        panel.facet(
            alt.Facet("series:N", header=header), columns=2, spacing={"row": 8, "column": SPACE}
        )
    )


def filled(shades: alt.Color | None) -> Any:  # noqa: ANN401 - a condition of altair, which is any
    """The inside of a point: its colour, or nothing where its year is not complete."""
    inside: Any = alt.value(COLOURS["c1"])
    if shades is not None:
        inside = alt.Fill("series:N", scale=shades["scale"], sort=shades["sort"], legend=None)
    return alt.condition("datum.partial", alt.value(COLOURS["surface"]), inside)


@cache
def forest_plot(
    *,
    x: str,
    null: float | None = 1.0,
    log: bool = True,
    percent: bool = False,
) -> dict[str, Any]:
    """Points with intervals, one line each in the order of the rows, against a line of no effect.

    Fields: label, value, low, high, strong (whether it is clear: in colour, not in grey), note.
    """
    scale = alt.Scale(type="log") if log else alt.Scale(zero=False)
    # On a log scale ticks are given, not found: Vega would draw a line for every digit.
    ticks = [m * 10**power for power in range(-3, 4) for m in (1, 2, 5)] if log else None
    form = ".0%" if percent else "~g"
    axis = alt.Axis(format=form, tickCount=5, grid=True, labelOverlap=True)
    axis = alt.Axis(format=form, values=ticks, grid=True, labelOverlap=True) if ticks else axis
    base = alt.Chart(TABLE).encode(
        y=alt.Y("label:N", sort=None).title(None).axis(PARTED),
        color=alt.condition("datum.strong", alt.value(COLOURS["c1"]), alt.value(COLOURS["muted"])),
        tooltip=[
            alt.Tooltip("label:N"),
            alt.Tooltip("value:Q", format=".0%" if percent else ""),
            alt.Tooltip("low:Q", format=".0%" if percent else ""),
            alt.Tooltip("high:Q", format=".0%" if percent else ""),
            alt.Tooltip("note:N"),
        ],
    )
    layers: list[alt.Chart] = []
    if null is not None:
        rule = alt.Chart(TABLE).mark_rule(color=COLOURS["muted"], strokeDash=[3, 3], aria=False)
        layers.append(rule.encode(x=alt.datum(null, type="quantitative")))
    layers += [
        base.mark_rule(strokeWidth=1.6, yOffset=MARK_DOWN, aria=False).encode(
            x=alt.X("low:Q").title(x).scale(scale).axis(axis), x2=alt.X2("high:Q")
        ),
        base.mark_point(filled=True, size=46, yOffset=MARK_DOWN, opacity=1).encode(
            x=alt.X("value:Q").axis(axis)
        ),
        row_labels(base),
    ]
    return themed(alt.layer(*layers).properties(width=WIDTH, height=alt.Step(ROW)))


def row_labels(base: alt.Chart) -> alt.Chart:
    """The label of each row in a line of its own, above its marks. Field: label."""
    long = f"length(datum.label) > {MAX_LINE}"
    labels: alt.Chart = (
        base.mark_text(align="left", dx=4, yOffset=LABEL_UP)
        .transform_calculate(
            shown=f"{long} ? slice(datum.label, 0, {MAX_LINE - 1}) + '…' : datum.label"
        )
        .encode(x=alt.value(0), text="shown:N", color=alt.value(COLOURS["text"]))
    )
    return labels


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
            x=alt.X("year:O").title(None).axis(YEARS),
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
        x=alt.X("year:O").title(None).axis(YEARS),
        fillOpacity=alt.condition("datum.partial", alt.value(0.3), alt.value(1)),
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
            bars.mark_bar(strokeWidth=1).encode(
                y=alt.Y("studies:Q").title("Records"), stroke=alt.value(COLOURS["c1"])
            ),
            known.mark_rule(strokeWidth=2, aria=False).encode(
                y=alt.Y("low:Q"), y2=alt.Y2("high:Q")
            ),
            known.mark_point(filled=True, size=46, opacity=1).encode(
                y=alt.Y("value:Q"), fillOpacity=alt.value(1)
            ),
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
    edged = base.encode(stroke=alt.value(COLOURS["c1"]), fill=alt.value(COLOURS["c1"]))
    outer = edged.mark_area(opacity=1, fillOpacity=0.18, strokeWidth=0.6).encode(
        y=alt.Y("low:Q").title(y).axis(axis).scale(scale), y2=alt.Y2("high:Q")
    )
    inner = edged.mark_area(opacity=1, fillOpacity=0.45, strokeWidth=1.6).encode(
        y=alt.Y("least:Q"), y2=alt.Y2("most:Q")
    )
    return themed(alt.layer(outer, inner).properties(width=WIDTH, height=190))


@cache
def scatter(*, y: str, line: bool = True) -> dict[str, Any]:
    """Points over time on a log scale, outliers labelled, with a fitted line.

    Fields: when (decimal year), value, name, named (the side of its name that touches the point,
    left or right; "" for none), fit (the line at `when`; null to leave out).
    """
    # Ticks are given, not found: Vega would repeat a year and draw a line for every digit.
    base = alt.Chart(TABLE).encode(
        x=alt.X("when:Q")
        .title(None)
        .axis(format="d", values=list(range(1990, 2061)), labelOverlap=True)
        .scale(zero=False, nice=False, padding=PADDING)
    )
    y_axis = (
        alt.Y("value:Q")
        .title(y)
        .scale(type="log", nice=True)
        .axis(
            values=[10**power for power in range(-1, 13)],
            # The prefix for thousandths would be taken for millions.
            labelExpr="format(datum.value, datum.value < 1 ? '~g' : '~s')",
            grid=True,
        )
    )
    layers = [
        base.mark_point(size=28, strokeWidth=1.4, color=COLOURS["c1"], opacity=1).encode(
            y=y_axis, tooltip=[alt.Tooltip("name:N"), alt.Tooltip("value:Q", format=",")]
        ),
        *(
            base.mark_text(align=side, dx=dx, color=COLOURS["text"])
            .transform_filter(f"datum.named == '{side}'")
            .encode(y=alt.Y("value:Q"), text=alt.Text("name:N"))
            for side, dx in SIDES
        ),
    ]
    if line:
        layers.append(
            base.mark_line(color=COLOURS["c2"], strokeWidth=1.6)
            .transform_filter("isValid(datum.fit)")
            .encode(y=alt.Y("fit:Q"))
        )
    return themed(alt.layer(*layers).properties(width=WIDTH, height=SCATTER))


@cache
def matrix(*, ends: tuple[float, float], step: int = 25, linked: bool = False) -> dict[str, Any]:
    """A heat map of which every cell is drawn, with its number; its rows come row by row.

    Fields: row, column, text, value (null: no colour), strong (whether drawn at full strength);
    if `linked`, href (where the cell leads; "": nowhere). `ends` are the values of full colour: for
    less (below zero) and for more; cells beyond take the colour of the end. As wide as it must be.
    """
    less, more = ends
    base = (
        alt.Chart(TABLE)
        .transform_calculate(
            strength="!isValid(datum.value) ? 0 : min(1, abs(datum.value) / "
            f"(datum.value < 0 ? {-less or 1} : {more})) * (datum.strong ? 1 : {WEAK})"
        )
        .encode(
            x=alt.X("column:N", sort=None).title(None).axis(UPRIGHT),
            y=alt.Y("row:N", sort=None).title(None).axis(CUT),
            tooltip=[alt.Tooltip("row:N"), alt.Tooltip("column:N"), alt.Tooltip("text:N")],
        )
    )
    part = PART.replace("strength", "datum.strength")
    colours = (
        f"'color-mix(in srgb, ' + (datum.value < 0 ? '{COLOURS['less']}' : '{COLOURS['more']}')"
        f" + ' ' + format({part}, 'd') + '%, {COLOURS['surface']})'"
    )
    cells = base.mark_rect(stroke=COLOURS["surface"], strokeWidth=1).encode(
        color=alt.condition(
            "isValid(datum.value)", alt.value({"expr": colours}), alt.value("transparent")
        )
    )
    if linked:  # not its text, through which figures.css lets the pointer
        cells = cells.encode(href="href:N")
    ink = (
        f"datum.strength >= 0.6 ? '{COLOURS['surface']}' : "
        f"datum.text ? '{COLOURS['text']}' : '{COLOURS['muted']}'"
    )
    text = base.mark_text().encode(text=alt.Text("text:N"), color=alt.value({"expr": ink}))
    return themed(alt.layer(cells, text).properties(width=alt.Step(step), height=alt.Step(21)))


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
    legend = alt.Legend(orient="top", title=None, columns=1)

    def shades(hues: list[str]) -> dict[str, Any]:
        scale = alt.Scale(domain=names, range=hues)
        return {"shorthand": "state:N", "scale": scale, "sort": names, "legend": legend}

    # Greys are pale: what is missing has an edge that can be seen.
    edges = [hue if hue in COLOURS.values() else COLOURS["muted"] for _, hue in kinds]
    return themed(
        alt.Chart(TABLE)
        .mark_bar(strokeWidth=1)
        .encode(
            x=alt.X("studies:Q").title("Studies").axis(tickCount=4, tickMinStep=1),
            y=alt.Y("label:N", sort=list(order)).title(None).axis(CUT),
            fill=alt.Fill(**shades([hue for _, hue in kinds])),
            stroke=alt.Stroke(**shades(edges)),
            order=alt.Order("rank:Q"),
            tooltip=[alt.Tooltip("label:N"), alt.Tooltip("state:N"), alt.Tooltip("studies:Q")],
        )
        .transform_calculate(rank=f"indexof({names!r}, datum.state)")
        .properties(width=WIDTH, height=alt.Step(20))
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
        base.mark_rule(color=COLOURS["axis"], clip=True, aria=False)
        .transform_filter("isValid(datum.from_when)")
        .encode(
            x2=alt.X2("from_when:Q"),
            y2=alt.Y2("from_y:Q"),
            strokeWidth=alt.condition("datum.direct", alt.value(0.4), alt.value(1.2)),
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
        base.mark_text(align="left", dx=5, dy=-6, clip=True, color=COLOURS["text"])
        .transform_filter("datum.notable")
        .encode(text=alt.Text("name:N"))
    )
    # Scales bound to the pointer: in the live chart a reader drags and zooms.
    zoom = alt.selection_interval(name="zoom", bind="scales")
    return themed(
        alt.layer(edges, nodes.add_params(zoom), labels).properties(
            width=LINEAGE, height=min(height, MAX_HEIGHT)
        )
    )


@cache
def dot_plot(
    order: tuple[str, ...], settings: tuple[str, ...], colours: tuple[str, ...], *, x: str
) -> dict[str, Any]:
    """Values as stated, one line each: interval where stated, comparator hollow.

    Fields: label, value, low, high, other (the comparator's value), comparator, setting, detail.
    """
    axis = alt.Axis(tickCount=5, grid=True, labelOverlap=True)
    base = alt.Chart(TABLE).encode(
        y=alt.Y("label:N", sort=list(order)).title(None).axis(PARTED),
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
            to_comparator.mark_rule(strokeWidth=1, yOffset=MARK_DOWN, aria=False).encode(
                x=alt.X("other:Q").title(x).scale(zero=False).axis(axis),
                x2=alt.X2("value:Q"),
                color=alt.value(COLOURS["axis"]),
            ),
            to_comparator.mark_point(size=32, strokeWidth=1.2, opacity=1, yOffset=MARK_DOWN).encode(
                x=alt.X("other:Q"), color=alt.value(COLOURS["muted"])
            ),
            base.transform_filter("isValid(datum.low) && isValid(datum.high)")
            .mark_rule(strokeWidth=2.5, yOffset=MARK_DOWN, aria=False)
            .encode(x=alt.X("low:Q"), x2=alt.X2("high:Q")),
            base.mark_point(filled=True, size=46, opacity=1, yOffset=MARK_DOWN).encode(
                x=alt.X("value:Q")
            ),
            row_labels(base),
        ).properties(width=WIDTH, height=alt.Step(ROW))
    )
