"""Marks that hold a place in a page until what belongs there is known.

No text from the data can be one: every filter that lets such a text into a page escapes <.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from functools import cache


def mark(kind: str, text: str) -> str:
    """What stands in a page for `text`, which says what belongs there."""
    return f"<!--{kind} {text}-->"


def fill(kind: str, page: str, function: Callable[[str], str]) -> str:
    """The page with what the function makes of each mark of a kind."""
    return _pattern(kind).sub(lambda found: function(found[1]), page)


@cache
def _pattern(kind: str) -> re.Pattern[str]:
    return re.compile(f"<!--{kind} (.*?)-->")
