"""The sections of the pages that are text, as the search knows them."""

from __future__ import annotations

import html
import json
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Final

from gen.permalinks.redirects import page_address
from gen.text import html_blocks
from gen.text.markdown import headings, lines, plain

# Address of a page, and of the pages in it, of which the first is the kind.
KINDS: Final = {
    "review": "Chapter",
    "trends": "Trend",
    "about": "Page",
    "contribute": "Page",
    "datasets": "Page",
    "foundations": "Page",
    "authors": "Page",
    "studies": "Page",
}
# Lists, whose rows are entries of their own: of these only the title is text.
LISTS: Final = frozenset({"datasets", "foundations", "authors", "studies"})
FIELD: Final = re.compile(r"^(title|description): (.*)$", re.MULTILINE)
EXCLUDED: Final = '\nsearch: {"exclude": true}\n'
FINDING: Final = re.compile(r'<p class="lsr-answer" id="answer">(.*?)</p>', re.DOTALL)
DEEPEST: Final = 3  # the level of heading that is an entry of its own
LITERATURE: Final = "references"  # the section whose names would find every page that cites them
TAG: Final = re.compile(r"<[^<>]*>")
WORD: Final = re.compile(r"[^\W_]{2,}")


@dataclass(frozen=True, slots=True)
class Section:
    """A page, or what stands under one of its headings."""

    kind: str
    name: str
    path: str  # from the site's root, with the anchor
    about: str  # a line: of a page its description or finding, of a section the title of its page
    words: str  # each word of its text once
    whole: bool  # a page


def sections(pages: Mapping[str, str]) -> Iterator[Section]:
    """The sections of the pages of text (path under docs/ -> Markdown), in their order."""
    for path, text in pages.items():
        folder, _, rest = path.partition("/")
        is_list = folder in LISTS
        if (
            folder in KINDS
            and EXCLUDED not in text
            and (rest == "index.md" if is_list else "/" not in rest or rest.endswith("/index.md"))
        ):
            yield from _of(KINDS[folder], path, text, titles_only=is_list)


def _of(kind: str, path: str, text: str, *, titles_only: bool) -> Iterator[Section]:
    meta = {name: _value(value) for name, value in FIELD.findall(text.partition("\n---\n")[0])}
    title = meta.get("title", path)
    finding = FINDING.search(text)
    about = _shown(finding[1]) if finding else meta.get("description", "")
    address = page_address(path)[1:]
    # Without tables and figures, whose rows have pages of their own.
    text = "".join(html_blocks.parts(text)[html_blocks.MARKDOWN])
    body = dict(lines(text))
    found = [each for each in headings(text) if each.level <= DEEPEST and each.id]
    ends = [each.line for each in found[1:]] + [max(body, default=0) + 1]
    first = found[0].line if found else 0
    for place, (heading, end) in enumerate(zip(found, ends, strict=True)):
        within = (line for number, line in body.items() if heading.line < number < end)
        words = "" if titles_only else _words(" ".join(within))
        if place == 0 or heading.line == first:
            yield Section(kind, title, address, about, words, whole=True)
        elif not titles_only and heading.id != LITERATURE:
            yield Section(kind, heading.title, f"{address}#{heading.id}", title, words, whole=False)


def _value(text: str) -> str:
    """A line of front matter, which is JSON or plain."""
    value = json.loads(text) if text.startswith('"') else text
    return html.unescape(str(value))


def _shown(markup: str) -> str:
    return html.unescape(TAG.sub("", markup)).strip()


def _words(text: str) -> str:
    return " ".join(dict.fromkeys(WORD.findall(plain(TAG.sub(" ", text)).lower())))
