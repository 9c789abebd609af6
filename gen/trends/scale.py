"""How fast training sets and models grow."""

from __future__ import annotations

from typing import Any, Final

import pandas as pd

from gen.analysis.statistics import Slope
from gen.figures import charts
from gen.figures.figure import BARS, CI_COLUMNS, MIN_STUDIES, Q_COLUMN, Absent, Figure, Slot
from gen.figures.labels import name_outliers
from gen.text.format import CI, counted, inside, interval, percent
from gen.trends.base import Answer, Context, Finding, Question
from gen.trends.sizes import MIN_TO_FIT, Panel, panels

MAX_DOUBLING: Final = 20  # years; a longer doubling time is no more than "hardly grows"
MAX_TOLD: Final = 2  # series that the answer names
HALVES: Final = 10_000  # above, the half that a median may end in says nothing
TOO_FEW: Final = f"fewer than {MIN_STUDIES} studies state it"


def answer(df: pd.DataFrame, context: Context) -> Answer:
    series = panels(df, context)
    labels = context.corpus.labels
    names = {
        study.id: {"name": labels[study.id], "path": study.path, "date": study.date}
        for study in context.corpus.studies
    }
    return Answer(
        sentence=sentence(series),
        figures=(pace(series), *(figure(panel, names, context) for panel in series)),
        findings=tuple(map(finding, series)),
        values={
            "panels": [row(panel, names) for panel in series],
            "outliers": [each for panel in series for each in outliers(panel, names)],
            "fewest": MIN_TO_FIT,
            "fitted": sum(panel.slope is not None for panel in series),
            "sized": sum(len(panel.points) for panel in series if panel.id.startswith("train-")),
            "n": len(df),
        },
    )


def findings(df: pd.DataFrame, context: Context) -> list[Finding]:
    """The factor of every series of any studies, as `answer` finds it."""
    return [finding(panel) for panel in panels(df, context) if panel.slope]


def finding(panel: Panel) -> Finding:
    factor, low, high = panel.factor or (None, None, None)
    return Finding(panel.id, f"{panel.label}: factor per year", factor, low, high, panel.q)


def sentence(series: list[Panel]) -> str:
    fitted = [panel for panel in series if panel.slope]
    if not fitted:
        return (
            f"Too few studies to say: nothing is stated in one unit by {MIN_TO_FIT} studies of "
            "full years."
        )
    clear = [panel for panel in fitted if panel.significant]
    if not clear:
        return "Neither training sets nor models clearly grew or shrank, in any unit."
    first, *others = map(said, clear[:MAX_TOLD])
    told = " and ".join([first, *map(inside, others)])
    if len(clear) > MAX_TOLD:
        return f"{told}; others changed too."
    return f"{told}; neither other training sets nor models clearly changed in size."


def said(panel: Panel) -> str:
    """What became of a panel that changed, in words."""
    factor = panel.factor[0] if panel.factor else 1
    grew = f"grew {factor:.1f}-fold a year" if factor > 1 else f"shrank to {percent(factor)} a year"
    return f"{panel.of} {grew}"


def changed(panel: Panel) -> str:
    """The trend of a fitted panel in words: factor, interval, n, doubling time."""
    if not panel.slope or not panel.factor:
        return ""
    factor, low, high = panel.factor
    times = doubling(panel.slope)
    ends = f"{CI} {interval(low, high)}; {panel.slope.n} studies"
    return f"×{factor:.2f} a year ({ends}{'; ' if times else ''}{times})"


def doubling(slope: Slope) -> str:
    """Doubling or halving time with its interval; "" where the slope's interval holds 0."""
    if slope.doubling is None or slope.doubling_low is None or slope.doubling_high is None:
        return ""
    low, high = sorted(abs(time) for time in (slope.doubling_low, slope.doubling_high))
    how = "doubles" if slope.slope > 0 else "halves"
    longest = f"{high:.1f}" if high < MAX_DOUBLING else f"more than {MAX_DOUBLING}"
    return f"{how} in {abs(slope.doubling):.1f} years, {low:.1f} to {longest}"


def pace(series: list[Panel]) -> Figure | Absent:
    """The factor per year of every series that could be fitted."""
    slot = Slot.of("scale", "pace", "Factor per year, by unit")
    if not any(panel.slope for panel in series):
        return slot.absent(f"no unit is stated by {MIN_TO_FIT} studies of full years")
    rows = [pace_row(panel, panel.slope) for panel in series if panel.slope]
    clear = [row for row in rows if row["strong"]]
    names = ", ".join(str(row["label"]).lower() for row in clear)
    return slot.figure(
        finding=f"{len(clear) or 'None'} of {len(rows)} counts clearly changed in size",
        reading=f"{len(clear)} of {len(rows)} series change clearly after correction"
        + (f": {names}." if clear else "."),
        note=f"What at least {MIN_TO_FIT} studies of full years state; 1 is no change. {BARS} "
        "Grey: not clear after correction.",
        chart=charts.forest_plot(x="Factor per year"),
        columns={
            "label": "What is counted",
            "n": "Studies",
            "value": "Factor per year",
            **CI_COLUMNS,
            **Q_COLUMN,
        },
        rows=rows,
    )


def pace_row(panel: Panel, slope: Slope) -> dict[str, Any]:
    factor, low, high = (round(10**each, 3) for each in (slope.slope, slope.low, slope.high))
    return {
        "label": panel.label,
        "value": factor,
        "low": low,
        "high": high,
        "n": slope.n,
        "q": f"{panel.q:.2g}",
        "strong": panel.significant,
        "note": f"{slope.n} studies",
    }


def figure(panel: Panel, names: dict[str, Any], context: Context) -> Figure | Absent:
    """Every study that states the number, against its date, with the line through them."""
    slot = Slot.of("scale", panel.id, f"{panel.label} by date")
    if len(panel.points) < MIN_STUDIES:
        return slot.absent(TOO_FEW)
    rows = [
        {
            "id": point["id"],
            "name": names[point["id"]]["name"],
            "date": names[point["id"]]["date"],
            "when": float(point["when"]),
            "value": plain(point["value"]),
            "outlier": bool(point["outlier"]),
            "fit": None if pd.isna(point["fit"]) else float(f"{point['fit']:.4g}"),
        }
        for point in panel.points.to_dict("records")
    ]
    name_outliers(rows)
    trend = changed(panel)
    why = "" if panel.id == "parameters" else ": too few to fit a line"
    left = int((panel.points["year"] >= context.incomplete_year).sum())
    finding = f"{panel.label}: no clear trend" if trend else f"{panel.label}: too few for a trend"
    if panel.id == "parameters":
        finding = "Parameters: kinds of models differ, so no line goes through all"
    return slot.figure(
        finding=said(panel) if panel.significant else finding,
        reading=f"{trend}{'' if panel.significant else ': no clear trend after correction'}."
        if trend
        else f"{counted(len(rows), 'study')} state it{why}.",
        note=note(panel, left, context),
        chart=charts.scatter(y=panel.axis, line=panel.slope is not None),
        columns={
            "name": "Study",
            "date": "First appeared",
            "value": panel.counted,
            "fit": "On the line",
        },
        rows=rows,
    )


def note(panel: Panel, left: int, context: Context) -> str:
    if panel.id == "parameters":
        return "Logarithmic scale. No line, since kinds of models differ and their mix changes."
    if panel.slope is None:
        return f"Logarithmic scale. A line takes {MIN_TO_FIT} studies of full years."
    shown = (
        f" {counted(left, 'study')} of {context.incomplete_year} shown but not fitted."
        if left
        else ""
    )
    return (
        "Logarithmic scale. The line has the middle one of all slopes between two studies; studies "
        f"far from it are named.{shown}"
    )


def row(panel: Panel, names: dict[str, Any]) -> dict[str, Any]:
    """A line of the page's table of units."""
    values = panel.points["value"]
    largest = panel.points.sort_values(["value", "id"], ascending=[False, True])["id"].head(1)
    return {
        "id": panel.id,
        "label": panel.counted,
        "studies": len(values),
        "median": plain(values.median()) if len(values) else None,
        "largest": [link(panel, id_, names) for id_ in largest],
        "trend": changed(panel),
        "q": panel.q,
        "significant": panel.significant,
    }


def outliers(panel: Panel, names: dict[str, Any]) -> list[dict[str, Any]]:
    """The studies far from the line, farthest above it first."""
    if panel.slope is None:
        return []
    far = panel.points[panel.points["outlier"]]
    return [
        {"panel": panel.counted, **link(panel, id_, names)}
        for id_ in far.sort_values(["value", "id"], ascending=[False, True])["id"]
    ]


def link(panel: Panel, id_: str, names: dict[str, Any]) -> dict[str, Any]:
    value = panel.points.loc[panel.points["id"] == id_, "value"].iloc[0]
    return {**names[id_], "value": plain(value)}


def plain(value: float) -> int | float:
    """A whole number without its point; halves that a median makes of large counts are rounded."""
    value = float(value)
    return round(value) if value.is_integer() or value >= HALVES else round(value, 4)


QUESTION: Final = Question(
    slug="scale",
    title="Training scale",
    ask="How fast do training sets and models grow?",
    answer=answer,
    primary={"train-images": "Do training sets of images grow?"},
)
