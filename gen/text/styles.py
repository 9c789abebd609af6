"""Style sheets: of another's, only the rules that our pages can meet."""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import Final

COMMENT: Final = re.compile(r"/\*.*?\*/", re.DOTALL)
RULE: Final = re.compile(r"([^{}@;]+)\{([^{}]*)\}")
EMPTY: Final = re.compile(r"@[^{};]+\{\s*\}")
COMMA: Final = re.compile(r",(?![^()]*\))")
# The attributes by which rules choose: a list of names, or one.
NAMES: Final = re.compile(r'(?:class|dir|data-md-[\w-]+)="?([^">]*)')
# In a selector: what does not have to be there, and the names that do.
BESIDES: Final = re.compile(r"\[(?!dir=|data-md-)[^\]]*\]|\([^()]*\)")
NAMED: Final = re.compile(r"(?:\.|\[(?:dir|data-md-[\w-]+)=\"?)((?:[\w-]|\\.)+)")
PROPERTY: Final = re.compile(r"""(--[\w-]+):(?:"[^"]*"|'[^']*'|[^;{}"'])*(?:;|(?=\}))""")
USE: Final = re.compile(r"var\((--[\w-]+)")


def plain(sheet: str) -> str:
    """Without comments, blank lines and indents."""
    lines = COMMENT.sub("", sheet).splitlines()
    return "\n".join(line.strip() for line in lines if line.strip())


def trimmed(sheet: str, names: set[str], around: Iterable[str]) -> str:
    """Leave out rules that ask for something which is not among the names.

    Then go the properties that neither the rest nor the texts around it use.
    """

    def met(selector: str) -> bool:
        asked = NAMED.findall(BESIDES.sub("", selector))
        return names.issuperset(name.replace("\\", "") for name in asked)

    def kept(rule: re.Match[str]) -> str:
        selectors = [selector for selector in COMMA.split(rule[1]) if met(selector)]
        return f"{','.join(selectors)}{{{rule[2]}}}" if selectors else ""

    rest, left = RULE.sub(kept, COMMENT.sub("", sheet)), 1
    while left:  # a medium within another
        rest, left = EMPTY.subn("", rest)
    used = {name for text in (rest, *around) for name in USE.findall(text)}
    return PROPERTY.sub(lambda found: found[0] if found[1] in used else "", rest)
