"""What a page of Markdown can be linked at: its headings, and every id that it carries."""

from __future__ import annotations

import html
import re
from collections.abc import Iterator
from dataclasses import dataclass

HEADING = re.compile(r"(#{1,6}) +(.+?)(?: *\{:? *([^{}]*)\})? *")
HASH_ID = re.compile(r"(?:^|\s)#([^\s}]+)")
# Of whatever may be linked at, which a drawing's hatching may not.
HTML_ID = re.compile(r"<(?!pattern\b)([a-z][a-z0-9]*)(?: [^<>]*)? id=\"([^\"]*)\"[^<>]*>")
FENCE = re.compile(r" {0,3}(```+|~~~+)")
LINK = re.compile(r"\[([^\]]*)\]\([^)]*\)")
TAG = re.compile(r"<[a-z/][^<>]*>")
EMPHASIS = re.compile(r"(?<![\\*])(\*{1,2}|`)(?![\s*])(.+?)(?<![\\\s])\1")
ESCAPED = re.compile(r"\\([\\`*_{}\[\]()#+.!|-])")
CODE = re.compile(r"(`+)[^`].*?\1")
# Elements that may stand wherever a paragraph may. Before them, an alias is a block of its own.
BLOCKS = frozenset({"details", "div", "dl", "figure", "nav", "ol", "section", "table", "ul"})


@dataclass(frozen=True, slots=True)
class Heading:
    """A heading as it stands in the Markdown of a page."""

    line: int
    level: int
    title: str  # as a reader sees it, without markup
    id: str  # "" where none is written out


def lines(text: str) -> Iterator[tuple[int, str]]:
    """Number and text of every line that is neither front matter nor code between fences."""
    fence = ""
    fences = "```" in text or "~~~" in text
    front = text.startswith("---\n")
    for number, line in enumerate(text.split("\n"), start=1):
        if front:
            front = number == 1 or line != "---"
            continue
        if fences and (mark := FENCE.match(line)) and (not fence or mark[1].startswith(fence)):
            fence = "" if fence else mark[1]
            continue
        if not fence:
            yield number, line


def headings(text: str) -> list[Heading]:
    """The headings of a page in their order."""
    headings = []
    for number, line in lines(text):
        if line.startswith("#") and (match := HEADING.fullmatch(line)):
            id_ = HASH_ID.search(match[3] or "")
            headings.append(Heading(number, len(match[1]), plain(match[2]), id_[1] if id_ else ""))
    return headings


def plain(title: str) -> str:
    """A heading's Markdown as its reader sees it."""
    shown = EMPHASIS.sub(r"\2", TAG.sub("", LINK.sub(r"\1", title)))
    return html.unescape(ESCAPED.sub(r"\1", shown)).strip()


def ids(text: str) -> list[str]:
    """Every id of a page: of its headings, and of elements written as HTML."""
    return [id_ for _, line in lines(text) for id_ in ids_of(line)]


def ids_of(line: str) -> list[str]:
    """The ids that one line of a page gives."""
    match = HEADING.fullmatch(line) if line.startswith("#") else None
    ids = HASH_ID.findall(match[3] or "") if match else []
    if ' id="' in line:
        ids += [id_ for _, id_ in HTML_ID.findall(CODE.sub("", line))]
    return ids


def alias(text: str, id_: str, old: str) -> str:
    """The page with one more id, for the place that has another: old links lead there."""
    rows = text.split("\n")
    number = next(number for number, line in lines(text) if id_ in ids_of(line))
    line = rows[number - 1]
    block = f'<div id="{old}"></div>'
    tag = next((tag for tag in HTML_ID.finditer(line) if tag[2] == id_), None)
    if tag is None or (tag[1] in BLOCKS and not tag.start()):
        line = f"{block}\n\n{line}"
    elif tag[1] in BLOCKS:
        line = line[: tag.start()] + block + line[tag.start() :]
    else:  # inside, since a list or paragraph takes only elements of its own before it
        line = f'{line[: tag.end()]}<span id="{old}"></span>{line[tag.end() :]}'
    rows[number - 1] = line
    return "\n".join(rows)
