"""The pictures that are shown where a page is shared: one for each chapter, question and list.

A page of a row or term has that of the list it belongs to: two thousand pictures would be most of a
build.
"""

from __future__ import annotations

import json
import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final

from gen.corpus.tables import FACETS
from gen.figures import draw
from gen.pages.view import File, View
from gen.text.format import counted, number
from gen.text.render import front_matter, render

MATTER: Final = re.compile(r"\A---\n(.*?)^---\n", re.DOTALL | re.MULTILINE)
TITLE: Final = re.compile(r"^title: (.*)$", re.MULTILINE)
FIGURE: Final = re.compile(r'<figure class="lsr-figure" id="([^"]+)"')
VIEW_BOX: Final = re.compile(r'viewBox="0 0 ([\d.]+) ([\d.]+)"')

WIDTH: Final = 1060  # of a line of text, in pixels
SIZES: Final = (76, 64, 54, 46)  # of a title, the largest that fits
LINES: Final = 3
PLOT: Final = (1060, 350)  # room of a figure
# Widths of letters in Liberation Sans over its size, generous; others are as wide as a capital.
NARROW, ROUND, WIDE = 0.3, 0.57, 0.95
WIDTHS: Final = (
    dict.fromkeys("abcdeghknopqsuvxyzLJF0123456789-–", ROUND)
    | dict.fromkeys("fijltrI.,:;'’()[]/| ", NARROW + 0.04)
    | dict.fromkeys("mwMW@%—", WIDE)
)
CAPITAL: Final = 0.78
FULL: Final = 1.0  # CJK and everything else beyond Latin and Greek
LATIN: Final = 0x2000


@dataclass(frozen=True, slots=True)
class Card:
    """The picture of a page, not drawn yet, and what it shows in words."""

    drawing: str  # SVG
    alt: str


def cards(pages: Mapping[str, str], view: View, svgs: Mapping[str, str]) -> dict[str, Card]:
    """Page -> its picture, of the pages that have one of their own."""
    by_anchor = {drawn.figure.anchor: drawn.figure for drawn in view.drawn}
    said = numbers(view)
    found = {}
    for path, text in pages.items():
        if owner(path) == path and (title := titled(text)):
            shown = FIGURE.search(text) if path.startswith("trends/") else None
            figure = by_anchor.get(shown[1]) if shown else None
            svg = svgs[figure.slug] if figure else ""
            figures = said.get(path, "")
            alt = f"{title}. {figure.aria if figure else figures}".strip()
            found[path] = Card(card(view, title, figures, svg), alt)
    return found


def with_images(
    pages: Mapping[str, str], cards: Mapping[str, Card]
) -> tuple[dict[str, str], list[File]]:
    """The pages with the address of their picture in the front matter, and the pictures."""
    announced = {}
    for path, text in pages.items():
        by = owner(path)
        matter = MATTER.match(text)
        if by in cards and matter:
            alt = front_matter(cards[by].alt)
            said = f"image: {front_matter(image(by))}\nimage_alt: {alt}\n"
            announced[path] = f"---\n{matter[1]}{said}---\n{text[matter.end() :]}"
        else:
            announced[path] = text
    return announced, [(image(path), draw.png(each.drawing)) for path, each in cards.items()]


def owner(path: str) -> str:
    """The page whose picture a page has: its own, or that of the list it belongs to."""
    parts = path.split("/")
    own = len(parts) == 1 or parts[-1] == "index.md" or parts[0] in ("trends", "review")
    return path if own and len(parts) <= len(("trends", "growth.md")) else f"{parts[0]}/index.md"


def image(path: str) -> str:
    return f"assets/share/{path.removesuffix('.md').replace('/', '-')}.png"


def titled(text: str) -> str:
    matter = MATTER.match(text)
    title = TITLE.search(matter[1]) if matter else None
    if not title:
        return ""
    written = title[1]
    return str(json.loads(written)) if written.startswith('"') else written


def numbers(view: View) -> dict[str, str]:
    """Page -> the number that its picture shows."""
    corpus = view.corpus
    studies = counted(len(corpus.studies), "study", "studies")
    sets = counted(len(corpus.datasets), "data set")
    of_facets = {
        f"{facet}/index.md": f"{studies} in {len(corpus.taxonomy[facet].terms)} categories"
        for facet in FACETS
    }
    return of_facets | {
        "index.md": f"{studies}, {sets}",
        "studies/index.md": studies,
        "datasets/index.md": sets,
        "foundations/index.md": counted(len(corpus.base_models), "base model"),
        "about/index.md": f"{number(len(corpus.screened))} records screened",
    }


def card(view: View, title: str, figures: str, svg: str) -> str:
    """The picture as SVG: a title, and a figure or a number."""
    size, lines = fitted(title, most=2 if svg else LINES)
    return render(
        "pages/share.svg.jinja",
        "",
        {
            **view.common,
            "lines": lines,
            "size": size,
            "top": 60 + size if svg else 130 + size,
            "drawing": placed(svg) if svg else "",
            "number": figures,
        },
    )


def placed(svg: str) -> str:
    """A drawing as a part of the picture, as large as its room lets it be."""
    light = draw.plain_colours(svg)
    box = VIEW_BOX.search(light)
    if not box:
        return ""
    width, height = float(box[1]), float(box[2])
    scale = min(PLOT[0] / width, PLOT[1] / height)
    across, down = round(width * scale), round(height * scale)
    head, _, rest = light.partition(">")
    head = re.sub(r' (?:width|height|x|y)="[^"]*"', "", head)
    return f'{head} x="70" y="{540 - down}" width="{across}" height="{down}">{rest}'


def fitted(title: str, most: int = LINES) -> tuple[int, list[str]]:
    """The largest size in which a title has no more lines than `most`; cut where none does."""
    for size in SIZES:
        lines = wrapped(title, size)
        if len(lines) <= most:
            return size, lines
    kept = lines[:most]
    while width(f"{kept[-1]}…", size) > WIDTH:
        kept[-1] = kept[-1][:-1]
    kept[-1] = f"{kept[-1]}…"
    return size, kept


def wrapped(title: str, size: int) -> list[str]:
    """Lines none of which is wider than the room, breaking a word that alone is."""
    lines = [""]
    for word in title.split():
        if width(f"{lines[-1]} {word}", size) <= WIDTH or not lines[-1]:
            lines[-1] = f"{lines[-1]} {word}".strip()
        else:
            lines.append(word)
        while width(lines[-1], size) > WIDTH:
            cut = next(
                n for n in range(len(lines[-1]), 0, -1) if width(lines[-1][:n], size) <= WIDTH
            )
            lines[-1:] = [lines[-1][:cut], lines[-1][cut:]]
    return lines


def width(text: str, size: int) -> float:
    """How wide a line may be at most, in pixels."""
    return size * sum(
        WIDTHS.get(letter, CAPITAL if ord(letter) < LATIN else FULL) for letter in text
    )
