"""Where an address that is no longer published leads, by the table of renames and the data."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from difflib import get_close_matches
from fnmatch import fnmatchcase
from typing import Final

from gen.corpus.tables import FACETS, FIRST_LINE, KINDS, Rename
from gen.problems import Problem
from gen.text import markdown

# So begin the ids of scripts, styles and the folds that say how to cite: no places to link to.
INNER: Final = ("lsr-", "cite-")

# Pages -> the places in them that come and go with the data: a section without a row is not shown,
# a figure without enough studies not drawn. Who changes a row owes nobody a redirect for them: once
# published, such an id stays, at the top of its page. A test holds this to what the pages do.
WITH_DATA: Final[Mapping[str, str]] = {
    "/": "fig-* start starts",
    "/about/corrections/": "tab-*",
    "/about/records/*/": "records years tab-records",
    "/authors/*/": "*",
    "/start/": "modalities-* domains-*",
    "/studies/*/": "data-sets lineage results similar status tab-results",
    "/datasets/*/": "evaluation results training use fig-* tab-*",
    "/foundations/*/": "children descendants tab-children tab-descendants",
    **{f"/{facet}/": "fig-*" for facet in FACETS},
    **{f"/{facet}/*/": "foundations gaps studies together trend fig-* tab-*" for facet in FACETS},
    "/trends/agreement/": "fig-upheld terms terms-* tab-*",
    "/trends/agreement/decisions/": "of-* tab-*",
    "/trends/appraisal/": "judgements of-* reasons tab-*",
    "/trends/completeness/*/": "modalities years m-* y*",
    "/trends/data-sets/": "domains modalities tab-*",
    "/trends/domains/": "tab-diversity tab-lag tab-within",
    "/trends/foundations/": "specific-* tab-specific-*",
    "/trends/gaps/": "tab-*-empty tab-*-less tab-*-more",
    "/trends/gaps/*/": "*--*",
    "/trends/growth/": "tab-growth tab-published",
    "/trends/openness/": "tab-*",
    "/trends/results/": "pooled task-* fig-*-* tab-*",
    "/trends/scale/": "fig-train-* tab-outliers",
    "/trends/sensitivity/": "tab-coding tab-findings",
    "/trends/transparency/": "tab-trends",
}


@dataclass(frozen=True, slots=True, order=True)
class Address:
    """A page, or a place in it."""

    page: str
    anchor: str = ""

    @classmethod
    def of(cls, text: str) -> Address:
        page, _, anchor = text.partition("#")
        return cls(page, anchor)

    def __str__(self) -> str:
        return f"{self.page}#{self.anchor}" if self.anchor else self.page


@dataclass(frozen=True, slots=True)
class Published:
    """What the site holds now."""

    path: Mapping[str, str]  # address of a page -> its file under docs/
    ids: Mapping[str, frozenset[str]]  # address of a page -> the ids in it

    @classmethod
    def of(cls, pages: Mapping[str, str]) -> Published:
        path = {page_address(file): file for file in pages}
        ids = {
            page: frozenset(i for i in markdown.ids(pages[file]) if not i.startswith(INNER))
            for page, file in path.items()
        }
        return cls(path, ids)

    def has(self, address: Address) -> bool:
        return address.page in self.ids and (
            not address.anchor or address.anchor in self.ids[address.page]
        )

    def addresses(self) -> Iterator[Address]:
        for page, ids in self.ids.items():
            yield Address(page)
            yield from (Address(page, id_) for id_ in ids)

    def is_optional(self, address: Address) -> bool:
        """Whether a place may be missing: its page lives, and its data went."""
        return address.page in self.ids and any(
            fnmatchcase(address.anchor, anchor)
            for page, anchors in WITH_DATA.items()
            if fnmatchcase(address.page, page)
            for anchor in anchors.split()
        )


def page_address(file: str) -> str:
    """The address of a page of Markdown: studies/medsam.md is at /studies/medsam/."""
    stem = file.removesuffix(".md")
    return "/" + ("" if stem == "index" else stem.removesuffix("/index") + "/")


@dataclass(frozen=True, slots=True)
class Moves:
    """The table of renames, read for what the site publishes now."""

    published: Published
    renames: Sequence[Rename]

    def target(self, old: Address) -> Address | None:
        """What a removed address resolves to; None where no line redirects it.

        A line for the address itself comes first, then the renamed ids, then what its page does.
        """
        for row in self.renames:
            if row.kind == "address" and (new := substituted(old, row)):
                return self.existing(new)
        tried = [old]
        for row in self.renames:
            if row.kind in KINDS:
                tried += [new for each in tried if (new := renamed(each, row)) not in tried]
        for address in tried:
            if self.published.has(address):
                return address
        for address in reversed(tried):
            if target := self.existing(address):
                return target
        if (
            old.anchor
            and old.page not in self.published.ids
            and (to := self.target(Address(old.page)))
        ):
            # The anchors of a page go with it; what the new page has not is found from its top.
            return self.existing(Address(to.page, old.anchor)) or to
        return None

    def existing(self, address: Address) -> Address | None:
        """The address itself, or the top of its page where its data went; None where neither is."""
        if self.published.has(address):
            return address
        if not self.published.is_optional(address):
            return None
        return Address(address.page, "top" if "top" in self.published.ids[address.page] else "")

    def final_page(self, page: str) -> str:
        """The page at which a link to a page arrives; empty where it does not resolve."""
        if page in self.published.ids:
            return page
        to = self.target(Address(page))
        return to.page if to else ""

    def removed_pages(self, recorded: Iterable[Address]) -> list[Address]:
        """The pages that were published, or that a rename names, and are there no more."""
        named = (
            Address.of(row.old) if row.kind == "address" else Address(f"/{row.kind}/{row.old}/")
            for row in self.renames
        )
        pages = {page for page in (*recorded, *named) if not page.anchor and "*" not in page.page}
        return sorted(address for address in pages if not self.published.has(address))

    def problems(self, file: str) -> Iterator[Problem]:
        """The problems of lines that name addresses; those of ids are the checker's."""
        everywhere = [str(address) for address in self.published.addresses()]
        for number, row in enumerate(self.renames, start=FIRST_LINE):
            if row.kind != "address" or "*" in row.old:
                continue
            if self.published.has(Address.of(row.old)):
                what = "is still published, so it cannot be redirected; remove this line"
                yield Problem(file=file, line=number, column="old", value=row.old, message=what)
            if not self.existing(Address.of(row.new)):
                target = self.target(Address.of(row.new))
                near = [str(target)] if target else get_close_matches(row.new, everywhere, 1)
                what = "is not published; write an address that is"
                yield Problem(
                    file=file,
                    line=number,
                    column="new",
                    value=row.new,
                    message=what,
                    fix="".join(near),
                )


def substituted(address: Address, row: Rename) -> Address | None:
    """What a line for addresses makes of one; * stands for the same part of the path in both."""
    pattern = re.escape(row.old).replace(r"\*", "([^/#]+)")
    match = re.fullmatch(pattern, str(address))
    if not match:
        return None
    return Address.of(row.new.replace("*", match[1] if "*" in row.old else "*"))


def renamed(address: Address, row: Rename) -> Address:
    """The address with the new id for the old one: as a part of the path, or within the anchor."""
    parts = address.page.split("/")
    if parts[1] == row.kind or parts[1] not in KINDS:
        parts = [row.new if part == row.old else part for part in parts]
    pattern = rf"(?<![a-z0-9]){re.escape(row.old)}(?![a-z0-9])"
    return Address("/".join(parts), re.sub(pattern, row.new, address.anchor))
