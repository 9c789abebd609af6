"""Pages as readers get them: Markdown with the extensions of mkdocs.yml, HTML as its elements."""

from __future__ import annotations

import posixpath
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from functools import cache, lru_cache
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
    said: list[str] = field(repr=False)  # every text of the document, in its order
    first: int  # of them, the first one within
    end: int | None = None  # the first one after it

    @property
    def text(self) -> str:
        """All text within, that of inner elements too."""
        return "".join(self.said[self.first : self.end])

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
        self.said: list[str] = []

    def add(self, tag: str, attrs: list[tuple[str, str | None]]) -> Element:
        given = {name: value or "" for name, value in attrs}
        self.found.append(Element(tag, given, self.said, len(self.said)))
        return self.found[-1]

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        element = self.add(tag, attrs)
        if tag in EMPTY:
            element.end = element.first
        else:
            self.open.append(element)

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        element = self.add(tag, attrs)
        element.end = element.first

    def handle_endtag(self, tag: str) -> None:
        if any(element.tag == tag for element in self.open):
            closed = None
            while closed != tag:
                element = self.open.pop()
                element.end, closed = len(self.said), element.tag

    def handle_data(self, data: str) -> None:
        self.said.append(data)


@lru_cache(maxsize=16)
def elements(document: str) -> tuple[Element, ...]:
    """Every element of an HTML document or a part of one, in its order."""
    parser = _Parser()
    parser.feed(f"<body>{document}</body>")
    parser.close()
    return tuple(parser.found)


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


# A page as its reader meets it, whether its parts were written as Markdown or as HTML.


# What ends a line or a cell for the eye, and need not leave a blank in the source.
BLOCK = re.compile(r"</(?:d[dt]|div|h\d|li|p|t[dhr])>|<br ?/?>")


@dataclass(frozen=True)
class Reading:
    """What a page of the site as a value says and where it leads, by the site's own addresses."""

    path: str  # as it was generated: studies/alphaseg.md
    html: str

    @property
    def text(self) -> str:
        return " ".join(text(BLOCK.sub(r"\g<0> ", self.html)).split())

    @property
    def links(self) -> dict[str, str]:
        """Where each link leads, by its words; of those with the same words the first."""
        found: dict[str, str] = {}
        for link, address in self._links():
            found.setdefault(_line(link), address)
        return found

    @property
    def targets(self) -> set[str]:
        """Every address that the page links to."""
        return {address for _, address in self._links()}

    def _links(self) -> Iterator[tuple[Element, str]]:
        """The links in their order, without those of headings to themselves."""
        for link in named(self.html, "a"):
            href = link.attributes.get("href")
            if href is not None and link.attributes.get("class") != "headerlink":
                yield link, self.address(href)

    @property
    def headings(self) -> list[str]:
        found = (e for e in elements(self.html) if re.fullmatch("h[1-6]", e.tag))
        return [_line(heading).removesuffix("#").strip() for heading in found]

    def address(self, href: str) -> str:
        """A link between pages is from the root: `/studies/alphaseg/#facts`; another as it is."""
        if re.match(r"[a-z]+:|#", href):
            return href
        file, mark, anchor = href.partition("#")
        if file.endswith(".md"):  # as MkDocs resolves it: from the folder of the source
            place = posixpath.join("/", posixpath.dirname(self.path), file)
            place = re.sub(r"(^|/)index/$", r"\1", f"{place.removesuffix('.md')}/")
        else:  # as a browser resolves it: from the address of the page
            own = re.sub(r"(^|/)index$", "", self.path.removesuffix(".md"))
            place = posixpath.join("/", own, file)
        end = "/" if place.endswith("/") else ""
        return f"{posixpath.normpath(place).rstrip('/')}{end}{mark}{anchor}"

    def part(self, id_: str) -> Reading:
        """What lies within the element that has an id, or under the heading that has it."""
        return Reading(self.path, _part(self.html, id_))

    def rows(self, id_: str = "") -> list[list[str]]:
        """The cells of every table line, heads too; of the tables in the element with that id."""
        lines: list[list[str]] = []
        for element in elements(_part(self.html, id_) if id_ else self.html):
            if element.tag == "tr":
                lines.append([])
            elif element.tag in {"td", "th"} and lines:
                lines[-1].append(_line(element))
        return lines


def read(files: Mapping[str, str | bytes], path: str) -> Reading:
    """A generated page, read."""
    return Reading(path, html(str(files[path])))


def _line(element: Element) -> str:
    return " ".join(element.text.replace("¶", "").split())


def _part(document: str, id_: str) -> str:
    """From the element with that id to its end; from a heading to the next as high as itself."""
    opened = re.search(rf'<([a-z][a-z0-9]*)\b[^>]*\bid="{re.escape(id_)}"[^>]*>', document)
    assert opened, f"nothing has the id {id_}"
    tag, rest = opened[1], document[opened.end() :]
    if re.fullmatch("h[1-6]", tag):
        following = re.search(rf"<h[1-{tag[1]}]\b", rest)
        return opened[0] + (rest[: following.start()] if following else rest)
    depth = 1
    for found in re.finditer(rf"<(/?){tag}\b[^>]*>", rest):
        depth += -1 if found[1] else 1
        if not depth:
            return opened[0] + rest[: found.end()]
    return opened[0] + rest
