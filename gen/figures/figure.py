"""A figure in all its layers, or the reason why there is none."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, Final
from urllib.parse import urlencode

from gen.text.format import CI

MIN_STUDIES: Final = 3  # studies; below this a figure would show noise, so none is drawn


BARS: Final = f"Bars: {CI}."
HATCHED: Final = "Hatched (pale when interactive)"
CI_COLUMNS: Final = {"low": f"{CI}, low", "high": f"{CI}, high"}
# Its heading explains it, as no other word stands by a table behind a figure.
Q_COLUMN: Final = {"q": "q (chance alone, corrected)"}


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

    def spec(self, source: list[str]) -> dict[str, Any]:
        """The whole Vega-Lite specification, with its data and a line that says their source."""
        return {**self.chart, "title": source, "datasets": {"table": self.rows}}


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
        finding: str = "",
        note: str = "",
        percent: bool = False,
    ) -> Figure:
        """The figure; its title says the `finding` where there is one."""
        return Figure(
            slug=self.slug,
            anchor=self.anchor,
            title=finding or self.title,
            reading=reading,
            note=note,
            chart=chart,
            columns=columns,
            rows=rows,
            percent=percent,
        )


def explored(**values: object) -> str:
    """Where a mark leads: the list of studies, filtered to the included ones that it stands for."""
    return f"/studies/?{urlencode({**values, 'frame': 'included'})}"


def incomplete(year: int) -> str:
    return f"{year} is incomplete."
