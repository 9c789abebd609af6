"""Pages as readers get them: Markdown with the extensions of mkdocs.yml, HTML as its elements."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import cache
from html.parser import HTMLParser

from markdown import Markdown
from mkdocs.config import load_config

from tests.real import ROOT


@cache
def converter() -> Markdown:
    config = load_config(str(ROOT / "mkdocs.yml"))
    return Markdown(extensions=config.markdown_extensions, extension_configs=config.mdx_configs)


def html(page: str) -> str:
    """A Markdown page as HTML, without its front matter."""
    if page.startswith("---\n"):
        page = page.split("\n---\n", 1)[1]
    return str(converter().reset().convert(page))


@dataclass
class Element:
    tag: str
    attributes: dict[str, str]
    texts: list[str] = field(default_factory=list)

    @property
    def text(self) -> str:
        """All text within, that of inner elements too."""
        return "".join(self.texts)

    @property
    def shape(self) -> tuple[str, ...]:
        """The tag and the names of the attributes: what no text from the data may change."""
        return self.tag, *self.attributes


EMPTY = {"br", "col", "hr", "img", "input", "link", "meta", "wbr"}  # tags that nothing closes


class _Parser(HTMLParser):
    def __init__(self) -> None:
        super().__init__()
        self.found: list[Element] = []
        self.open: list[Element] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        element = Element(tag, {name: value or "" for name, value in attrs})
        self.found.append(element)
        if tag not in EMPTY:
            self.open.append(element)

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.found.append(Element(tag, {name: value or "" for name, value in attrs}))

    def handle_endtag(self, tag: str) -> None:
        if any(element.tag == tag for element in self.open):
            while self.open.pop().tag != tag:
                pass

    def handle_data(self, data: str) -> None:
        for element in self.open:
            element.texts.append(data)


def elements(document: str) -> list[Element]:
    """Every element of an HTML document or a part of one, in its order."""
    parser = _Parser()
    parser.feed(f"<body>{document}</body>")
    parser.close()
    return parser.found


def text(document: str) -> str:
    """Everything that a reader sees of it."""
    return elements(document)[0].text


def rows(document: str) -> list[list[str]]:
    """What a reader sees in each cell of its tables, row by row, without the headings."""
    found = re.findall(r"<tr>(.*?)</tr>", document, re.DOTALL)
    cells = [re.findall(r"<td[^>]*>(.*?)</td>", row, re.DOTALL) for row in found]
    return [[text(cell) for cell in row] for row in cells if row]


def named(document: str, tag: str, **attributes: str) -> Iterator[Element]:
    """The elements with a tag and with these values of attributes (`class_` is class)."""
    wanted = {name.rstrip("_"): value for name, value in attributes.items()}
    for element in elements(document):
        if element.tag == tag and wanted.items() <= element.attributes.items():
            yield element
