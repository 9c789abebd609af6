"""HTML that a page of Markdown holds ready-made: the marks around it, and what keeps it as it is.

Tables, lists and figures are written as HTML by the templates. An extension of Python-Markdown,
named in mkdocs.yml, puts each such block away before any parser reads it and back when all are
done. A builder without the extension takes the marks for comments and the block for raw HTML.

No text from the data can be a mark: every filter that lets one into a page escapes <.
"""

from __future__ import annotations

import re
from typing import Final
from xml.etree import ElementTree as ET

from markdown import Markdown
from markdown.extensions import Extension
from markdown.preprocessors import Preprocessor
from markdown.treeprocessors import Treeprocessor

MARK: Final = re.compile(r"(\n<!--/?html-->)(?![^\n])")
BLOCKS: Final = slice(2, None, 4)  # of the parts of a page
MARKDOWN: Final = slice(0, None, 4)
ID: Final = re.compile(r' id="([^"]+)"')  # no text can be one: its quotes are escaped
IDS: Final = "lsr-ids"  # the element that lends the ids


def parts(text: str) -> list[str]:
    """A page as Markdown, a mark, a block (after its line end), a mark, Markdown and so on."""
    return MARK.split(text)


class KeepBlocks(Preprocessor):
    """Puts the blocks where raw HTML waits until the page is done."""

    ids: list[str]

    def run(self, lines: list[str]) -> list[str]:
        self.ids = []
        found = parts("\n".join(("", *lines)))  # the first line may be a mark
        found[BLOCKS] = map(self.kept, found[BLOCKS])
        return "".join(found[::2])[1:].split("\n")

    def kept(self, block: str) -> str:
        self.ids += ID.findall(block)
        return f"\n\n{self.md.htmlStash.store(block[1:])}\n"


class LendIds(Treeprocessor):
    """Shows the ids of the blocks to those who collect the ids of a page from its tree.

    The table of contents gives no heading an id that is taken, and MkDocs checks links to them.
    """

    def __init__(self, md: Markdown, blocks: KeepBlocks) -> None:
        super().__init__(md)
        self.blocks = blocks

    def run(self, root: ET.Element) -> None:
        lent = ET.SubElement(root, IDS)
        for id_ in self.blocks.ids:
            ET.SubElement(lent, "i", id=id_)


class TakeIdsBack(Treeprocessor):
    def run(self, root: ET.Element) -> None:
        if (lent := root.find(IDS)) is not None:
            root.remove(lent)


class HtmlBlocks(Extension):
    def extendMarkdown(self, md: Markdown) -> None:  # noqa: N802 - Python-Markdown's name
        blocks = KeepBlocks(md)
        # After line ends are made alike (30), before code (25) and HTML (20) are looked for.
        md.preprocessors.register(blocks, "lsr_keep_blocks", 26)
        # Around the table of contents and MkDocs' own collector, both 5.
        md.treeprocessors.register(LendIds(md, blocks), "lsr_lend_ids", 6)
        md.treeprocessors.register(TakeIdsBack(md), "lsr_take_ids_back", 4)


def makeExtension(**options: object) -> HtmlBlocks:  # noqa: N802 - Python-Markdown's name
    return HtmlBlocks(**options)
