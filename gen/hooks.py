"""A hook of MkDocs, named in mkdocs.yml: hides from its search what the search leaves out anyway.

The search plugin parses each page whole, which takes longer than the templates. A builder that
knows no hooks builds the same site, more slowly.
"""

from __future__ import annotations

import re
from typing import Final

from mkdocs.plugins import event_priority
from mkdocs.structure.pages import Page
from mkdocs.utils.templates import TemplateContext

# What the search leaves out and no other element of its name is in.
UNSEARCHED: Final = re.compile(
    r"<(figure|nav|section|table)\b[^>]* data-search-exclude\b[^>]*>.*?</\1>", re.DOTALL
)
LAST: Final = -100

contents: dict[str, str] = {}  # address of a page -> its content, while the search sees less of it


@event_priority(LAST)
def on_page_content(html: str, page: Page, **_: object) -> str:
    contents[page.url] = html
    return UNSEARCHED.sub("", html)


@event_priority(LAST)
def on_page_context(context: TemplateContext, page: Page, **_: object) -> TemplateContext:
    page.content = contents.pop(page.url)
    return context
