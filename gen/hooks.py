"""Hooks of MkDocs, named in mkdocs.yml: do once what a build would do again for each page.

The search plugin parses each page whole, also what the search leaves out, which takes longer than
the templates. A builder that knows no hooks builds the same site, more slowly.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path
from typing import Final

import jinja2
from mkdocs.plugins import event_priority
from mkdocs.structure.nav import Navigation
from mkdocs.structure.pages import Page
from mkdocs.utils.templates import TemplateContext

# What the search leaves out and no other element of its name is in.
UNSEARCHED: Final = re.compile(
    r"<(figure|nav|section|table)\b[^>]* data-search-exclude\b[^>]*>.*?</\1>", re.DOTALL
)
LAST: Final = -100

CACHE: Final = Path(".cache/theme")  # by the text of a template; can be deleted at any time

NAVIGATION: Final = "partials/nav.html"

listed: set[str] = set()  # addresses of the pages in the navigation
navigations: dict[str, str] = {}  # folder -> that of its other pages
contents: dict[str, str] = {}  # address of a page -> its content, while the search sees less of it


def on_nav(nav: Navigation, **_: object) -> None:
    navigations.clear()
    listed.clear()
    listed.update(page.url for page in nav.pages)


@event_priority(LAST)
def on_page_content(html: str, page: Page, **_: object) -> str:
    contents[page.url] = html
    return UNSEARCHED.sub("", html)


@event_priority(LAST)
def on_page_context(context: TemplateContext, page: Page, **_: object) -> TemplateContext:
    page.content = contents.pop(page.url)
    return context


def on_env(env: jinja2.Environment, **_: object) -> jinja2.Environment:
    """Compile the theme once for many builds, and look at none of its files twice in a build."""
    CACHE.mkdir(parents=True, exist_ok=True)
    env.bytecode_cache = jinja2.FileSystemBytecodeCache(str(CACHE))
    env.auto_reload = False
    render = env.get_template(NAVIGATION).root_render_func

    def rendered_once(context: jinja2.runtime.Context) -> Iterator[str]:
        """The navigation, which is the same for the pages of a folder that are not in it."""
        page = context["page"]
        if page is None or page.url in listed:
            yield from render(context)
            return
        folder = page.url.rstrip("/").rpartition("/")[0]
        if folder not in navigations:
            navigations[folder] = "".join(render(context))
        yield navigations[folder]

    env.get_template(NAVIGATION).root_render_func = rendered_once
    return env
