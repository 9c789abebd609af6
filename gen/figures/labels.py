"""Which points of a drawing can bear their names without one covering another."""

from __future__ import annotations

import math
from collections.abc import Iterable
from typing import Any, Final

from gen.figures.charts import LINEAGE, MAX_HEIGHT, PADDING, PLOT, SCATTER, SIDES
from gen.figures.theme import LABEL, LETTER

GAP: Final = 6  # between a point and its name


def name_outliers(rows: list[dict[str, Any]]) -> None:
    """Give each row of `charts.scatter` its `named`: outliers that find room, farthest first."""
    for row in rows:
        row["named"] = ""
    whens = [row["when"] for row in rows]
    powers = [math.log10(row["value"]) for row in rows]
    low, high = math.floor(min(powers)), math.ceil(max(powers))
    middle = sum(powers) / len(powers)
    taken: list[tuple[float, float, float, float]] = []
    for row in sorted(rows, key=lambda each: -abs(math.log10(each["value"]) - middle)):
        if row["outlier"]:
            across = (row["when"] - min(whens)) / (max(whens) - min(whens) or 1)
            up = (math.log10(row["value"]) - low) / (high - low or 1)
            x, y = PADDING + across * (PLOT - 2 * PADDING), SCATTER * (1 - up)
            row["named"] = room((x, y), row["name"], PLOT, taken, [side for side, _ in SIDES])


def name_notable(rows: list[dict[str, Any]], height: int) -> None:
    """Leave `notable` to those rows of `charts.lineage` whose names find room, oldest first."""
    whens = [row["when"] for row in rows]
    first, span = min(whens), max(whens) - min(whens) + 0.65
    taken: list[tuple[float, float, float, float]] = []
    for row in sorted(rows, key=lambda each: (each["when"], each["y"])):
        if row["notable"]:
            x = LINEAGE * (row["when"] - first + 0.15) / span
            y = row["y"] * min(1, MAX_HEIGHT / height)
            row["notable"] = bool(room((x, y), row["name"], LINEAGE, taken, ["left"]))


def room(
    point: tuple[float, float],
    name: str,
    width: float,
    taken: list[tuple[float, float, float, float]],
    sides: Iterable[str],
) -> str:
    """The side of a name that touches its point, where it covers none of `taken`; "" if nowhere.

    What it takes is added to `taken`: left, top, right, bottom.
    """
    x, y = point
    long = GAP + LETTER * len(name)
    for side in sides:
        left = x if side == "left" else x - long
        box = (left, y - LABEL / 2, left + long, y + LABEL / 2)
        if left >= 0 and left + long <= width and not any(_meet(box, other) for other in taken):
            taken.append(box)
            return side
    return ""


def _meet(one: tuple[float, float, float, float], other: tuple[float, float, float, float]) -> bool:
    return one[0] < other[2] and other[0] < one[2] and one[1] < other[3] and other[1] < one[3]
