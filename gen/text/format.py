"""Words for numbers: every number, share, interval, count and date on a page is written here."""

from __future__ import annotations

import math
from calendar import month_name
from collections.abc import Sequence

CI = "95%\N{NO-BREAK SPACE}CI"  # of an interval, before its ends


def number(value: float) -> str:
    """A number as a reader expects it: 15,000,000 or 86.4."""
    whole = float(value).is_integer() or value >= 1000  # noqa: PLR2004 - no reader misses a decimal
    return f"{value:,.0f}" if whole else f"{value:,.4g}"


def parameters(millions: float) -> str:
    """The size of a model, which tables hold in millions: 86.4 million, 27 billion."""
    if millions < 1000:  # noqa: PLR2004 - of which a billion is made
        return f"{number(millions)} million"
    return f"{number(millions / 1000)} billion"


def percent(share: float) -> str:
    """A share of 1: 42%."""
    return f"{share * 100:.0f}%"


def interval(low: float, high: float, form: str = ".2f") -> str:
    """Both ends: 0.85 to 1.20. `form` is a format of Python's, or % for shares."""
    if form == "%":
        return f"{percent(low)} to {percent(high)}"
    return f"{low:{form}} to {high:{form}}"


def size(length: int) -> str:
    """The length of a file, on one line: 240 B, 18 kB or 1.3 MB."""
    for unit, bytes_ in (("MB", 1_000_000), ("kB", 1000)):
        if length >= bytes_:
            return f"{length / bytes_:.{int(length < 10 * bytes_)}f}\N{NO-BREAK SPACE}{unit}"
    return f"{length}\N{NO-BREAK SPACE}B"


def counted(n: int, one: str, many: str = "") -> str:
    """How many there are of what: 1 study, 1,200 studies."""
    return f"{number(n)} {one if n == 1 else many or plural(one)}"


def plural(word: str) -> str:
    return f"{word[:-1]}ies" if word.endswith("y") else f"{word}s"


def inside(label: str) -> str:
    """A label as it stands within a sentence: label scarcity, ViT encoder, X-ray."""
    first = label.split(maxsplit=1)[0]
    return label[0].lower() + label[1:] if first[1:2].isalpha() and first[1:].islower() else label


def listed(parts: Sequence[str]) -> str:
    """As a sentence lists them: one, two and three."""
    return " and ".join([", ".join(parts[:-1]), parts[-1]] if len(parts) > 1 else parts)


def format_date(value: str) -> str:
    """A date as precise as it is known: 2023, April 2023 or 24 April 2023."""
    parts = value.split("-")
    named = [month_name[int(part)] if place == 1 else part for place, part in enumerate(parts)]
    return " ".join(part.lstrip("0") for part in reversed(named))


def rounded(value: float | None) -> float | None:
    """Four decimals: what a table shows and a chart draws; None for not a number."""
    return None if value is None or math.isnan(value) else round(float(value), 4)
