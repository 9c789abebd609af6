"""A hook of MkDocs, named in mkdocs.yml: hands it the generated files. MkDocs lives here."""

from __future__ import annotations

import gc
import json
import re
import sys
from pathlib import Path
from typing import Final

from mkdocs.config.defaults import MkDocsConfig
from mkdocs.exceptions import PluginError
from mkdocs.plugins import event_priority
from mkdocs.structure.files import File, Files
from mkdocs.structure.pages import Page
from mkdocs.utils.templates import TemplateContext

FIRST: Final = 100
LAST: Final = -100

# What the search leaves out and no other element of its name is in.
UNSEARCHED: Final = re.compile(
    r"<(figure|nav|section|table)\b[^>]* data-search-exclude\b[^>]*>.*?</\1>", re.DOTALL
)


@event_priority(FIRST)  # before the plugin that writes redirects
def on_files(files: Files, config: MkDocsConfig) -> Files:
    """Add every generated file; pages that people wrote are there filled in."""
    # `mkdocs serve` keeps what it imported: forget our own modules, so that an edit is seen.
    for name in [name for name in sys.modules if name == "gen" or name.startswith("gen.")]:
        del sys.modules[name]
    from gen.load import load  # noqa: PLC0415 - only after the old modules are gone
    from gen.problems import DataError  # noqa: PLC0415
    from gen.site import site  # noqa: PLC0415

    try:
        made = dict(site(load(Path("data")), Path("docs")))
    except DataError as error:
        raise PluginError(f"the site cannot be built:\n{error}\n{error.summary}") from None
    config.plugins["redirects"].config["redirect_maps"] = json.loads(made["redirects.json"])
    for path, content in made.items():
        if written := files.get_file_from_path(path):
            files.remove(written)
        files.append(File.generated(config, path, content=content))
    gc.freeze()  # all of it is needed to the end: looking for garbage in it finds none
    return files


# What the search leaves out is hidden from its parser, which takes longer than the templates.
whole: dict[str, str] = {}  # address of a page -> its content


@event_priority(LAST)
def on_page_content(html: str, page: Page, **_: object) -> str:
    whole[page.url] = html
    return UNSEARCHED.sub("", html)


@event_priority(LAST)
def on_page_context(context: TemplateContext, page: Page, **_: object) -> TemplateContext:
    page.content = whole.pop(page.url)
    return context
