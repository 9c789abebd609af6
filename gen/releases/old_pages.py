"""The pages of a version as they stay on the site: what people read, slim and without scripts.

A host has room for many versions only if each keeps what is read: pages with their figures. What
runs, what is saved and what programs read stays in the archive of the version, and a link to it
leads to the page that says where that is. Stylesheets are kept once for all versions.

Knows HTML and nothing of the site builder: of a page it takes the <article> with the elements that
it stands in.
"""

from __future__ import annotations

import hashlib
import posixpath
import re
from collections.abc import Container, Iterator, Mapping
from dataclasses import dataclass, field
from html import escape
from pathlib import Path
from typing import Final

from gen.corpus.settings import Release, Review
from gen.text.format import format_date

# What makes sense at the root of a host only: its own "not found".
ROOT_ONLY: Final = frozenset({"404.html"})
# What repeats the page that it belongs to (citations in other formats, figures to save), and
# pictures that only other sites show.
LEFT_OUT: Final = ("cite/", "figures/", "assets/share/")
ARCHIVE: Final = "archive.html"  # of a version: says where its archive is
SHARED: Final = "shared"  # beside the versions: what several of them use

ARTICLE: Final = re.compile(r"<article\b.*</article>", re.DOTALL)
BODY: Final = re.compile(r"<body[^>]*>")
# What only scripts and programs use: scripts, buttons that they show, and the spans by which Zotero
# reads a list, a sixth of all pages; and the address for paper, which is not that of an old page.
UNREAD: Final = re.compile(
    r'<script\b.*?</script>|<button\b[^>]* hidden>.*?</button>|<span class="Z3988"[^>]*></span>'
    r'|<p class="?lsr-from[^>]*>.*?</p>',
    re.DOTALL,
)
CANONICAL: Final = re.compile(r'<link [^>]*rel="?canonical"?[^>]*>')
TAG: Final = re.compile(r"<(/?)([a-z][a-z0-9-]*)[^>]*?(/?)>")
VOID: Final = frozenset({"br", "hr", "img", "input", "link", "meta", "source", "wbr"})
KEPT_HEAD: Final = re.compile(
    r'<meta charset[^>]*>|<meta name="(?:viewport|color-scheme|description|citation_\w+)"[^>]*>'
    r"|<title>.*?</title>",
    re.DOTALL,
)
STYLE: Final = re.compile(r'<link rel="stylesheet" href="([^":]+)"[^>]*>')
TITLE: Final = re.compile(r"<title>(.*?)( · [^<]*)?</title>", re.DOTALL)
LINK: Final = re.compile(r'(<[a-z][^<>]*? (?:href|src)=")([^"#?:][^"#?:]*)([?#][^"]*)?"')

# Fixed at the foot of the window: who follows a link to a section never sees the top of the page.
HEAD: Final = """\
<meta name="robots" content="noindex">
<link rel="canonical" href="{canonical}">
"""
STYLES: Final = """\
.lsr-old{position:fixed;inset:auto 0 0;z-index:3;padding:.6em 1em;text-align:center;\
font:.7rem/1.4 system-ui,sans-serif;background:var(--lsr-text,#1b2430);\
color:var(--lsr-paper,#fbfaf7)}
.lsr-old p{margin:0}
.lsr-old a{color:inherit;text-decoration:underline}
.lsr-old a:focus-visible{outline:2px solid currentColor;outline-offset:2px}
html{scroll-padding-bottom:4.2rem}
body{padding-bottom:4.2rem}
@media print{.lsr-old{position:static}}
"""
BANNER: Final = """
<aside class="lsr-old" aria-label="Old version"><p>You are reading version {version} of {date}. \
<a href="{today}">{words}</a></p></aside>
"""
# The section that the reader is at; without scripts the link leads to the page.
KEEP_HASH: Final = """\
<script>(a=>{const page=a.href,keep=()=>{a.href=page+location.hash};keep();\
addEventListener("hashchange",keep)})(document.querySelector(".lsr-old a"))</script>
"""
PLAIN: Final = """\
<!doctype html>
<html lang="en"><head><meta charset="utf-8">
<meta name="viewport" content="width=device-width,initial-scale=1">
<meta name="color-scheme" content="light dark">
<title>Archive of version {version}</title>
</head>
<body style="max-width:40rem;margin:2rem auto;padding:0 1rem;font:1rem/1.5 system-ui,sans-serif">
<main><h1>Archive of version {version}</h1>
<p>{words}</p>
<p><a href="{archive}">The archive of version {version}</a> holds all files as they were
published, the tables that they were made from, and a checksum for each. A file is in it under
<code>site/</code> at the address that it had.</p></main>
</body></html>
"""

FILES: Final = (
    "Tables, downloads, feeds and data documents of this version are kept in its archive."
)
PAGES: Final = (
    "The pages of this version are not on this site any longer: they are kept in its archive."
)


@dataclass(frozen=True, slots=True)
class Old:
    """A version that is put beside the latest pages, which are in the folder `site`."""

    source: Path  # its own site, as it was built
    site: Path
    release: Release
    review: Review
    styles: dict[str, bytes] = field(default_factory=dict)  # of all versions: name -> stylesheet

    @property
    def archive(self) -> str:
        version = self.release.version
        return f"{self.review.repository}/releases/download/{version}/{version}.tar.gz"

    def paths(self) -> list[str]:
        """Every file of the version that could have an address."""
        every = (f.relative_to(self.source) for f in self.source.rglob("*") if f.is_file())
        own = (path.as_posix() for path in every if path.parts[0] != "v")
        return sorted(set(own) - ROOT_ONLY)

    def kept(self) -> list[str]:
        return [
            path
            for path in self.paths()
            if path.endswith((".html", ".svg", ".png")) and not path.startswith(LEFT_OUT)
        ]

    def files(self) -> Iterator[tuple[str, bytes]]:
        """What stays of the version: path -> content."""
        kept = dict.fromkeys(self.kept())
        ways = self.ways(kept)
        for path in kept:
            content = (self.source / path).read_bytes()
            if path.endswith(".html"):
                page = self.slim(content.decode(), path, ways)
                content = self.with_banner(within(page, path, kept), path).encode()
            yield path, content
        yield ARCHIVE, self.plain(FILES).encode()

    def stubs(self) -> Iterator[tuple[str, bytes]]:
        """For a version that has no room any longer: a page at every address of a page."""
        for path in self.kept():
            if path.endswith(".html"):
                yield path, self.with_banner(self.plain(PAGES), path).encode()
        yield ARCHIVE, self.plain(PAGES).encode()

    def plain(self, words: str) -> str:
        return PLAIN.format(
            words=words,
            archive=escape(self.archive),
            version=escape(self.release.version),
        )

    def ways(self, kept: Container[str]) -> dict[str, str]:
        """The sections of the version: folder -> title, for the foot of its pages."""
        found = {}
        for path in (
            "index.html",
            *(f"{f.name}/index.html" for f in sorted(self.source.iterdir())),
        ):
            if path in kept and (title := TITLE.search((self.source / path).read_text("utf-8"))):
                found[path.removesuffix("index.html")] = (
                    title[1] if path != "index.html" else "Home"
                )
        return found

    def slim(self, text: str, path: str, ways: Mapping[str, str]) -> str:
        """The article of a page with what it stands in; a page without one as it is."""
        article = ARTICLE.search(text)
        body = BODY.search(text)
        if not article or not body:
            return text
        head = "\n".join(KEPT_HEAD.findall(text[: body.start()]))
        around = opened(UNREAD.sub("", text[body.end() : article.start()]))
        language = re.match(r"\s*(?:<!doctype[^>]*>\s*)?<html[^>]*>", text, re.IGNORECASE)
        foot = " · ".join(
            f'<a href="{up(path)}{folder}">{title}</a>' for folder, title in ways.items()
        )
        return (
            f"{language[0].strip() if language else '<!doctype html><html>'}<head>{head}\n"
            f'<link rel="stylesheet" href="{self.styled(text, path)}">\n</head>\n{body[0]}'
            f"{''.join(around)}{UNREAD.sub('', article[0])}"
            f'<nav class="md-typeset" aria-label="This version"><p>{foot}</p></nav>'
            + "".join(f"</{TAG.match(tag)[2]}>" for tag in reversed(around))  # type: ignore[index]
            + "</body></html>\n"
        )

    def styled(self, text: str, path: str) -> str:
        """The address, from a page, of all its stylesheets as one."""
        folder = posixpath.dirname(path)
        names = [posixpath.normpath(posixpath.join(folder, n)) for n in STYLE.findall(text)]
        sheets = [(self.source / name).read_bytes() for name in names]
        content = b"\n".join([*sheets, STYLES.encode()])
        name = f"{hashlib.sha256(content).hexdigest()[:16]}.css"
        self.styles.setdefault(name, content)
        return posixpath.relpath(f"v/{SHARED}/{name}", f"v/{self.release.version}/{folder}")

    def with_banner(self, text: str, path: str) -> str:
        """A page of an old version that says so, and where the same page is today."""
        today = nearest(path, self.site)
        folder = posixpath.dirname(f"v/{self.release.version}/{path}")
        link = posixpath.relpath(today or ".", folder) + ("" if today.endswith(".html") else "/")
        same = (self.site / path).is_file()
        banner = BANNER.format(
            version=escape(self.release.version),
            date=format_date(self.release.date.isoformat()),
            today=escape(link),
            words="The latest version of this page"
            if same
            else "This page is no longer there: the nearest one today",
        )
        head = HEAD.format(canonical=escape(f"{self.review.site.rstrip('/')}/{today}"))
        if f"/{SHARED}/" not in text:
            head += f"<style>\n{STYLES}</style>\n"
        text = CANONICAL.sub("", text).replace("</head>", f"{head}</head>", 1)
        return BODY.sub(lambda body: body[0] + banner + (KEEP_HASH if same else ""), text, count=1)


def opened(text: str) -> list[str]:
    """The start tags of the elements that are open at the end of a text."""
    tags: list[tuple[str, str]] = []
    for match in TAG.finditer(text):
        closes, name, closed = match.groups()
        if closes:
            while tags and tags.pop()[0] != name:
                pass
        elif not closed and name not in VOID:
            tags.append((name, match[0]))
    return [tag for _, tag in tags]


def within(text: str, path: str, kept: Container[str]) -> str:
    """A page whose links to what did not stay lead to the page that says where it is."""
    folder = posixpath.dirname(path)

    def link(match: re.Match[str]) -> str:
        to = posixpath.normpath(posixpath.join(folder, match[2]))
        if match[2].endswith("/") or to == "." or to.endswith(".."):
            to = posixpath.normpath(posixpath.join(to, "index.html"))
        return match[0] if to in kept or to.startswith("..") else f'{match[1]}{up(path)}{ARCHIVE}"'

    return LINK.sub(link, text)


def up(path: str) -> str:
    """From a page to the root of its site."""
    return "../" * path.count("/")


def nearest(path: str, site: Path) -> str:
    """The address of the page today, or of the first one above it that is still there."""
    folder, name = posixpath.split(path)
    if name != "index.html" and (site / path).is_file():
        return path
    while folder and not (site / folder / "index.html").is_file():
        folder = posixpath.dirname(folder)
    return f"{folder}/" if folder else ""
