"""The look of every chart: colours, sizes, and the configuration that carries them."""

from __future__ import annotations

from typing import Any, Final

import altair as alt

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
    "surface": "var(--lsr-surface, #ffffff)",
    "more": "var(--lsr-more, #0b655b)",
    "less": "var(--lsr-less, #8a5a00)",
}


MAX_LINES: Final = 8  # the palette's size; more lines cannot be told apart


# A figure is laid out once, for a phone: this wide with all its words, and with letters of this
# size. Where it is shown larger, figures.css makes the letters smaller, which always fit.
WIDTH: Final = 360
LABEL: Final = 14
LETTER: Final = 0.54 * LABEL  # how wide a letter is at most, on average


def colour(field: str, domain: list[str], colours: list[str]) -> alt.Color:
    """A colour scale with its order fixed, and a legend of little room; of one, no legend."""
    widest = max(map(len, domain)) * LETTER + 40
    columns = max(1, min(len(domain), int(WIDTH / widest)))
    legend = alt.Legend(orient="top", title=None, columns=columns) if len(domain) > 1 else None
    scale = alt.Scale(domain=domain, range=[COLOURS[name] for name in colours])
    return alt.Color(f"{field}:N", scale=scale, sort=domain, legend=legend)


def themed(chart: alt.TopLevelMixin) -> dict[str, Any]:
    """The spec with the look of every figure, `WIDTH` wide unless its size is its own.

    Marks say their numbers, which draw.py makes their titles; the rest is quiet, as the page's own
    text describes it.
    """
    looked: dict[str, Any] = chart.to_dict(validate=False)
    looked["background"] = "transparent"
    looked["padding"] = 3
    if looked.get("width") == WIDTH:
        looked["autosize"] = {"type": "fit-x", "contains": "padding"}
    looked["config"] = {
        "line": {"aria": False},
        "text": {"aria": False, "fontSize": LABEL - 1},
        "area": {"aria": False},
        "title": {
            "aria": False,
            "orient": "bottom",
            "anchor": "start",
            "frame": "bounds",
            "offset": 8,
            "color": COLOURS["muted"],
            "fontSize": LABEL - 1,
            "fontWeight": "normal",
        },
        "font": "system-ui, -apple-system, 'Segoe UI', Roboto, 'Liberation Sans', sans-serif",
        "view": {"stroke": None},
        "axis": {
            "aria": False,
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
        "header": {"labelFontSize": LABEL},
        "legend": {
            "aria": False,
            "labelColor": COLOURS["text"],
            "titleColor": COLOURS["muted"],
            "titleFontSize": LABEL,
            "titleFontWeight": "normal",
            "labelFontSize": LABEL,
            "offset": 30,
            "columnPadding": 16,
            "rowPadding": 4,
            "labelLimit": 0,
            "symbolType": "square",
        },
    }
    return looked
