"""Makes the addresses in ready-made HTML relative, and holds each to what the site publishes.

MkDocs does both for links in Markdown; it never sees the blocks that `html_blocks` keeps from it.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from typing import Final

from gen.permalinks.redirects import page_address
from gen.problems import Problem
from gen.text import html_blocks

# The attributes of our templates that name a place of the site. No text from the data can be one:
# within an attribute or between tags, its quotes are escaped.
NAMES: Final = (
    "action|href|src|data-bundle|data-compare|data-explore|data-explorer|data-files|data-form|data-lsr-gaps|"
    "data-lsr-switches|data-pages|data-spec|data-studies"
)
ADDRESS: Final = re.compile(rf' ({NAMES})="/([^"#?]*)((?:\?[^"#]*)?)(#?[^"]*)"')
WITHIN: Final = re.compile(r' href="#([^"]+)"')  # a place in the same page
# Ids of elements, and of headings in Markdown; one expression for both takes six times as long.
IDS: Final = (re.compile(r' id="([^"\s]+)'), re.compile(r"\{#([^\s}]+)"))

Place = tuple[str, str]  # a file under docs/, and an id in it or ""


@dataclass(frozen=True, slots=True)
class Addresses:
    """Everything on the site that can be linked to."""

    ids: Mapping[str, frozenset[str]]  # page, as a file under docs/ -> the ids in it
    files: frozenset[str]  # other files
    folders: frozenset[str]  # those that scripts take files from

    @classmethod
    def of(cls, pages: Mapping[str, str], files: Iterable[str]) -> Addresses:
        others = frozenset(files)
        ids = {
            path: frozenset(id_ for kind in IDS for id_ in kind.findall(text))
            for path, text in pages.items()
        }
        folders = {path.rpartition("/")[0] for path in (*ids, *others)}
        return cls(ids, others, frozenset(folders))

    def has(self, path: str, anchor: str) -> bool:
        if path in self.ids:
            return not anchor or anchor in self.ids[path]
        return path in self.files or (path.endswith("/") and path[:-1] in self.folders)

    def problems(self, path: str, places: Iterable[Place]) -> Iterator[Problem]:
        """Those of the places, to which the blocks of a page lead, that are not there."""
        for file, anchor in sorted(places):
            if not self.has(file, anchor):
                address = f"/{file}#{anchor}" if anchor else f"/{file}"
                what = "is linked to and is not on the site"
                yield Problem(file=f"the page {path}", value=address, message=what)


def relative(path: str, text: str) -> tuple[str, set[Place]]:
    """A page with the addresses in its blocks as browsers read them, and where these lead."""
    up = root(path)
    places = set()

    def address(found: re.Match[str]) -> str:
        name, file, query, anchor = found.groups()
        places.add((file, anchor[1:]))
        return f' {name}="{up}{published(file)}{query}{anchor}"'

    parts = html_blocks.parts(text)
    for block in parts[html_blocks.BLOCKS]:
        places.update((path, anchor) for anchor in WITHIN.findall(block))
    parts[html_blocks.BLOCKS] = [ADDRESS.sub(address, block) for block in parts[html_blocks.BLOCKS]]
    return "".join(parts), places


def root(path: str) -> str:
    """The root of the site as a page reaches it."""
    return "../" * (page_address(path).count("/") - 1) or "./"


@cache
def published(file: str) -> str:
    """Where a file or folder of the sources is found, under the root of the site."""
    return page_address(file)[1:] if file.endswith(".md") else file.rstrip("/")
