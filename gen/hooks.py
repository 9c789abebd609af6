"""Hooks of MkDocs, named in mkdocs.yml: do once what a build would do again for each page.

A builder that knows no hooks builds the same site, more slowly, and its pages ask for more files.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path
from typing import Final

import jinja2
from mkdocs.config.defaults import MkDocsConfig
from mkdocs.structure.files import File, Files
from mkdocs.structure.nav import Navigation

CACHE: Final = Path(".cache/theme")  # by the text of a template; can be deleted at any time

STYLE: Final = "assets/css/site.css"  # in the folder of the sheets, as they name files from there
COMMENT: Final = re.compile(r"/\*.*?\*/", re.DOTALL)
NAVIGATION: Final = "partials/nav.html"

listed: set[str] = set()  # addresses of the pages in the navigation
navigations: dict[str, str] = {}  # folder -> that of its other pages


def on_files(files: Files, config: MkDocsConfig) -> Files:
    """Join the style sheets, in their order: every page has one to ask for, of half the bytes."""
    sheets = [files.src_uris[str(uri)] for uri in config.extra_css]
    lines = COMMENT.sub("", "".join(sheet.content_string for sheet in sheets)).splitlines()
    style = "\n".join(line.strip() for line in lines if line.strip())
    for sheet in sheets:
        files.remove(sheet)
    files.append(File.generated(config, STYLE, content=style))
    config.extra_css = [STYLE]
    return files


def on_nav(nav: Navigation, **_: object) -> None:
    navigations.clear()
    listed.clear()
    listed.update(page.url for page in nav.pages)


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
