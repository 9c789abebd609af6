"""Hooks of MkDocs, named in mkdocs.yml: do once what a build would do again for each page.

A builder that knows no hooks builds the same site, more slowly, and its pages ask for more files.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from functools import partial
from pathlib import Path
from typing import Final

import jinja2
from mkdocs.config.defaults import MkDocsConfig
from mkdocs.structure.files import File, Files
from mkdocs.structure.nav import Navigation

from gen.text.styles import NAMES, plain, trimmed

CACHE: Final = Path(".cache/frame")  # of the theme's templates, by their text; may be deleted

WORD: Final = re.compile(r"[a-z][\w-]+")  # of a script: what may be a class
STYLE: Final = "assets/css/site.css"  # in the folder of the sheets, as they name files from there
THEMES: Final = ("assets/stylesheets/", "assets/javascripts/")  # what the theme brings
NAVIGATION: Final = ("partials/nav.html", "partials/tabs.html")

Render = Callable[[jinja2.runtime.Context], Iterator[str]]

listed: set[str] = set()  # addresses of the pages in the navigation
navigations: dict[tuple[str, str], str] = {}  # template, folder -> that of its other pages
theme: list[str] = []  # its style sheets
named: set[str] = set()  # values of attributes in the pages, by which style sheets choose


def on_files(files: Files, config: MkDocsConfig) -> Files:
    """Join our style sheets, in their order, and take out those of the theme, and its scripts."""
    sheets = [files.src_uris[str(uri)] for uri in config.extra_css]
    brought = sorted((f for f in files if f.src_uri.startswith(THEMES)), key=lambda f: f.src_uri)
    theme[:] = [file.content_string for file in brought if file.src_uri.endswith(".css")]
    named.clear()
    for file in (*sheets, *brought):
        files.remove(file)
    style = "\n".join(plain(sheet.content_string) for sheet in sheets)
    files.append(File.generated(config, STYLE, content=style))
    config.extra_css = [STYLE]
    return files


def on_post_page(output: str, **_: object) -> None:
    named.update(NAMES.findall(output))


def on_post_template(output_content: str, **_: object) -> None:
    on_post_page(output_content)


def on_post_build(config: MkDocsConfig) -> None:
    """Put what our pages meet of the theme's styles before ours: one file of a third the bytes."""
    style = Path(config.site_dir, STYLE)
    own = style.read_text(encoding="utf-8")
    scripts = [file.read_text("utf-8") for file in Path(config.site_dir, "assets/js").rglob("*.js")]
    names = {name for value in named for name in value.split()}
    names.update(word for script in scripts for word in WORD.findall(script))
    kept = trimmed("".join(theme), names, [own, *scripts])
    style.write_text(kept + own, encoding="utf-8")


def on_nav(nav: Navigation, **_: object) -> None:
    navigations.clear()
    listed.clear()
    listed.update(page.url for page in nav.pages)


def on_env(env: jinja2.Environment, **_: object) -> jinja2.Environment:
    """Compile the theme once for many builds, and look at none of its files twice in a build.

    Its templates leave a blank line for each of their tags, a tenth of all pages: not here.
    """
    env.trim_blocks = env.lstrip_blocks = True
    CACHE.mkdir(parents=True, exist_ok=True)
    env.bytecode_cache = jinja2.FileSystemBytecodeCache(str(CACHE))
    env.auto_reload = False
    for name in NAVIGATION:
        template = env.get_template(name)
        template.root_render_func = partial(once, name, template.root_render_func)
    return env


def once(name: str, render: Render, context: jinja2.runtime.Context) -> Iterator[str]:
    """A part of the navigation, which is the same for the pages of a folder that are not in it."""
    page = context["page"]
    if page is None or page.url in listed:
        yield from render(context)
        return
    part = (name, page.url.rstrip("/").rpartition("/")[0])
    if part not in navigations:
        navigations[part] = "".join(render(context))
    yield navigations[part]
