"""Puts into a finished page how the page, its sections and its figures are cited."""

from __future__ import annotations

import html
import json
import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Final

from gen.citations.entry import Entry, sentence
from gen.citations.formats import bibtex, csl_json, ris
from gen.citations.tags import meta
from gen.corpus.names import name
from gen.corpus.settings import Release, Review
from gen.text import markdown, placeholder
from gen.text.render import front_matter, render

# Rows with a page each, and what such a page is a page of. It is cited as a whole: its sections are
# a table's cells.
ROWS: Final = {"studies": "Study", "datasets": "Data set", "foundations": "Base model"}
DEEPEST: Final = 3  # level of the headings that have a citation of their own

FRONT = re.compile(r"\A---\n(.*?\n)---\n", re.DOTALL)
TITLE = re.compile(r"^title: *(.*?) *$", re.MULTILINE)
FIGURE: Final = "cite"  # the kind of placeholder where a figure says how it is cited
# The last that may stand on a page: the fold goes before it.
LAST = '<!--html-->\n<nav class="lsr-prevnext"'


@dataclass(frozen=True, slots=True)
class Part:
    """A page, section or figure and how it is cited."""

    id: str  # where the page holds the citation; cite-growth for the section growth
    label: str
    entry: Entry

    @property
    def sentence(self) -> str:
        return sentence(self.entry)

    @property
    def formats(self) -> tuple[tuple[str, str], ...]:
        return (
            ("BibTeX", bibtex(self.entry)),
            ("RIS", ris(self.entry)),
            ("CSL-JSON", csl_json([self.entry])),
        )


@dataclass(frozen=True, slots=True)
class Page:
    """A page of the review in one of its versions."""

    review: Review
    release: Release
    path: str  # under docs/

    @property
    def address(self) -> str:
        """Under the site's root, with a slash at its end; "" for the home page."""
        folder = self.path.removesuffix(".md").removesuffix("index").rstrip("/")
        return f"{folder}/" if folder else ""

    @property
    def formats(self) -> str:
        """The file with its citations in the formats of reference managers."""
        return f"cite/{self.path.removesuffix('.md')}.html"

    @property
    def is_row(self) -> bool:
        return self.path.partition("/")[0] in ROWS and not self.path.endswith("index.md")

    def entry(self, title: str, anchor: str = "", *, kind: str = "section") -> Entry:
        """How the page, or a section or figure of it, is cited."""
        review, version = self.review, self.release.version
        key = "-".join([*re.findall(r"[a-z0-9]+", review.short.lower()), version])
        if place := self.address.rstrip("/").replace("/", "."):
            key += f":{place}"
        place, fragment = self.address, ""
        if anchor:
            key, fragment = f"{key}:{anchor}", f"#{anchor}"
        return Entry(
            key=re.sub(r"[^A-Za-z0-9.:-]", "-", key),
            kind=kind,
            title=title,
            authors=tuple(map(name, review.authors)),
            date=self.release.date.isoformat(),
            url=f"{review.site}{place}{fragment}",
            container="" if kind == "review" else review.title,
            version=version,
            permalink=f"{review.site}v/{version}/{place}{fragment}",
        )

    def page_entry(self, content: str) -> Entry:
        """How the page is cited; the home page stands for the review."""
        if not self.address:
            return self.entry(self.review.title, kind="review")
        title = titled(content)
        return self.entry(f"{ROWS[self.path.split('/')[0]]}: {title}" if self.is_row else title)


def titled(content: str) -> str:
    """The title in the front matter of a page, which says more than its heading, or the heading."""
    matter = FRONT.match(content)
    if matter and (title := TITLE.search(matter[1])):
        text = json.loads(title[1]) if title[1].startswith('"') else title[1].strip("'")
        return html.unescape(text)
    return next(heading.title for heading in markdown.headings(content) if heading.level == 1)


def cite_page(content: str, page: Page, figures: Mapping[str, Any]) -> tuple[str, str]:
    """A page with the citations of it, its sections and its figures (slug -> figure), as text.

    Beside it the file that has them in the formats of reference managers.
    """
    entry = page.page_entry(content)
    parts = [_part("top", entry.title, entry)]
    if page.address and not page.is_row:
        content, sections = with_links(content)
        parts += [
            _part(id_, label, page.entry(f"{entry.title}: {label}", id_)) for id_, label in sections
        ]
    fold = {"parts": parts.copy(), "address": f"/{page.address}", "formats": page.formats}

    def figure(named: str) -> str:
        slug, anchor = named.split()
        title = figures[slug].title
        part = _part(anchor, title, page.entry(title, anchor, kind="figure"))
        parts.append(part)
        values = {"part": part, "formats": page.formats}
        return render("citations/cite-figure.html.jinja", page.path, values)

    content = placeholder.fill(FIGURE, with_tags(content, entry), figure)
    before, last, after = content.rpartition(LAST)
    shown = render("citations/cite.html.jinja", page.path, fold)
    page_with_fold = f"{before}{shown}\n{last}{after}" if last else f"{content}\n{shown}"
    values = {"parts": parts, "url": entry.url, "title": entry.title}
    return page_with_fold, render("citations/citations.html.jinja", page.formats, values)


def _part(anchor: str, label: str, entry: Entry) -> Part:
    return Part(f"cite-{anchor}", label, entry)


def with_links(content: str) -> tuple[str, list[tuple[str, str]]]:
    """A page whose headings link to their citations, and (id, label) of its sections.

    The link is empty and has a name: what it shows is in the style sheet, so that neither the table
    of contents nor the search takes it for a part of the title.
    """
    lines = content.split("\n")
    sections: list[tuple[str, str]] = []
    above = ""
    for heading in markdown.headings(content):
        if heading.level > DEEPEST or not heading.id:
            continue
        link = f'<a class="lsr-citelink" href="#cite-{heading.id}" aria-label="Cite this"></a>'
        line = lines[heading.line - 1]
        at = line.rindex("{")
        lines[heading.line - 1] = f"{line[:at]}{link} {line[at:]}"
        if heading.level == DEEPEST - 1:
            above = heading.title
        if heading.level > 1:
            inner = heading.level == DEEPEST and above
            label = f"{above}: {heading.title}" if inner else heading.title
            sections.append((heading.id, label))
    return "\n".join(lines), sections


def with_tags(content: str, entry: Entry) -> str:
    """A page whose front matter says how it is cited, unless it says so itself."""
    matter = FRONT.match(content)
    if not matter or "\ncitation:" in matter[0]:
        return content
    return f"---\n{matter[1]}citation: {front_matter(meta(entry))}\n---\n{content[matter.end() :]}"
