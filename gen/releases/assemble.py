"""Packs a version into an archive, and puts the archived versions into the built site.

Works on files and knows nothing of the site builder: an old version stays readable whatever builds
the site by then. Nothing in an archive is trusted before its names and checksums are.
"""

from __future__ import annotations

import gzip
import hashlib
import io
import json
import posixpath
import re
import shutil
import tarfile
import tempfile
import zlib
from collections import Counter
from collections.abc import Iterator
from datetime import UTC, datetime, time
from html import escape
from pathlib import Path, PurePosixPath
from typing import Final

from gen.corpus.corpus import Corpus
from gen.corpus.settings import Release
from gen.problems import Problem, Unreadable
from gen.text.format import format_date

SUMS: Final = "SHA256SUMS"
# What makes sense at the root of a host only: its own "not found", and the list of what to index.
ROOT_ONLY: Final = frozenset({"404.html", "sitemap.xml", "sitemap.xml.gz"})

CANONICAL: Final = re.compile(r'<link [^>]*rel="?canonical"?[^>]*>')
BODY: Final = re.compile(r"<body[^>]*>")
# Fixed at the foot of the window: who follows a link to a section never sees the top of the page.
HEAD: Final = """\
<meta name="robots" content="noindex">
<link rel="canonical" href="{canonical}">
<style>
.lsr-old{{position:fixed;inset:auto 0 0;z-index:3;padding:.6em 1em;text-align:center;\
font:.7rem/1.4 system-ui,sans-serif;background:var(--lsr-text,#1b2430);\
color:var(--lsr-paper,#fbfaf7)}}
.lsr-old p{{margin:0}}
.lsr-old a{{color:inherit;text-decoration:underline}}
.lsr-old a:focus-visible{{outline:2px solid currentColor;outline-offset:2px}}
html{{scroll-padding-bottom:4.2rem}}
body{{padding-bottom:4.2rem}}
@media print{{.lsr-old{{position:static}}}}
</style>
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


def archive(site: Path, data: Path, release: Release, to: Path) -> Path:
    """Pack the built site and the data of the newest version; the same files, the same bytes."""
    check_built(site, release)
    files = {
        f"{folder}/{file.relative_to(root).as_posix()}": file.read_bytes()
        for folder, root in (("site", site), ("data", data))
        for file in sorted(root.rglob("*"))
        if file.is_file()
    }
    sums = "".join(f"{digest(files[name])}  {name}\n" for name in sorted(files))
    to.mkdir(parents=True, exist_ok=True)
    made = to / f"{release.version}.tar.gz"
    with (
        made.open("wb") as raw,
        gzip.GzipFile("", "wb", fileobj=raw, mtime=0) as packed,
        tarfile.open(fileobj=packed, mode="w", format=tarfile.PAX_FORMAT) as tar,
    ):
        for name, content in sorted({**files, SUMS: sums.encode()}.items()):
            member = tarfile.TarInfo(f"{release.version}/{name}")
            member.size = len(content)
            member.mode = 0o644
            member.mtime = int(datetime.combine(release.date, time(), UTC).timestamp())
            tar.addfile(member, io.BytesIO(content))
    return made


def assemble(site: Path, assets: Path, corpus: Corpus) -> Iterator[str]:
    """Put every version under v/ of the site; yields a line on each."""
    check_built(site, corpus.release)
    check_archives(assets, corpus)
    for release in corpus.releases:
        file, to = assets / f"{release.version}.tar.gz", site / "v" / release.version
        with tempfile.TemporaryDirectory() as folder:
            if file.is_file():
                source, words = unpacked(file, release.version, Path(folder)), file.name
            else:
                source, words = site, "the site as it is: its archive is yet to be made"
            number = put(source, to, site, release, corpus.review.site)
        yield f"v/{release.version}: {number} files of {words}"


def check_built(site: Path, release: Release) -> None:
    """A site that was built from this data, and nothing added to it yet."""
    try:
        built = json.loads((site / "status.json").read_bytes())["version"]
    except (OSError, ValueError, LookupError, TypeError):
        raise refused(site, "is no built site; make it with `make site`") from None
    if built != release.version:
        what = f"was built from version {built}, not {release.version}; build it anew"
        raise refused(site, what)
    if (site / "v").exists():
        raise refused(site / "v", "is there already; build the site anew first")


def check_archives(assets: Path, corpus: Corpus) -> None:
    """An archive for each version but the newest, whose own is just being made, and no other."""
    if not assets.is_dir():
        raise refused(assets, "is no folder of archives; --assets names it, and it may be empty")
    known = {f"{release.version}.tar.gz" for release in corpus.releases}
    there = {file.name for file in assets.glob("*.tar.gz")}
    newest = f"{corpus.release.version}.tar.gz"
    problems = [
        Problem(file=f"{assets.as_posix()}/{name}", message=what)
        for names, what in (
            (known - there - {newest}, "is missing; download it from the release of that name"),
            (there - known, "belongs to no version in releases.toml; take it away"),
        )
        for name in sorted(names)
    ]
    if problems:
        raise Unreadable(problems)


def unpacked(file: Path, version: str, to: Path) -> Path:
    """Unpack an archive of ours, checked member by member and file by file; the site in it."""
    try:
        with tarfile.open(file, "r:gz") as tar:
            members = tar.getmembers()
            names = Counter(member.name for member in members)
            for member in members:
                if is_odd(member, version) or names[member.name] > 1:
                    what = "contains a member that no archive has; it was not unpacked"
                    raise refused(file, what, member.name)
            tar.extractall(to, members, filter="data")
    except (tarfile.TarError, OSError, EOFError, zlib.error) as error:
        what = f"cannot be unpacked ({error}); download it again"
        raise refused(file, what) from None
    check_sums(file, to / version)
    return to / version / "site"


def is_odd(member: tarfile.TarInfo, version: str) -> bool:
    """Anything but a plain file, or folder, under the folder of the version."""
    path = PurePosixPath(member.name)
    plain = member.isreg() or member.isdir()
    within = path.parts[:1] == (version,) and ".." not in path.parts
    return not (plain and within) or "\\" in member.name or not member.name.isprintable()


def check_sums(file: Path, folder: Path) -> None:
    try:
        text = (folder / SUMS).read_text(encoding="utf-8")
        sums = {name: sum_ for sum_, name in (line.split("  ", 1) for line in text.splitlines())}
    except (OSError, ValueError):
        raise refused(file, f"lacks its {SUMS}; download it again") from None
    there = {
        path.relative_to(folder).as_posix(): digest(path.read_bytes())
        for path in folder.rglob("*")
        if path.is_file() and path != folder / SUMS
    }
    differ = sorted(
        name for name in sums.keys() | there.keys() if sums.get(name) != there.get(name)
    )
    if differ:
        raise refused(file, f"is not as its {SUMS} says; download it again", differ[0])


def put(source: Path, to: Path, site: Path, release: Release, address: str) -> int:
    """Copy a version's site, each page with its banner; the number of files."""
    files = [
        file
        for file in sorted(source.rglob("*"))
        if file.is_file()
        and (path := file.relative_to(source)).as_posix() not in ROOT_ONLY
        and not (source == site and path.parts[0] == "v")
    ]
    for file in files:
        path = file.relative_to(source)
        (to / path).parent.mkdir(parents=True, exist_ok=True)
        if file.suffix == ".html":
            text = file.read_text(encoding="utf-8")
            marked = with_banner(text, path.as_posix(), site, release, address)
            (to / path).write_text(marked, encoding="utf-8", newline="")
        else:
            shutil.copyfile(file, to / path)
    return len(files)


def with_banner(text: str, path: str, site: Path, release: Release, address: str) -> str:
    """A page of an old version that says so, and where the same page is today."""
    today = nearest(path, site)
    folder = posixpath.dirname(f"v/{release.version}/{path}")
    link = posixpath.relpath(today or ".", folder) + ("" if today.endswith(".html") else "/")
    same = (site / path).is_file()
    banner = BANNER.format(
        version=escape(release.version),
        date=format_date(release.date.isoformat()),
        today=escape(link),
        words="The latest version of this page"
        if same
        else "This page is no longer there: the nearest one today",
    )
    head = HEAD.format(canonical=escape(f"{address.rstrip('/')}/{today}"))
    text = CANONICAL.sub("", text).replace("</head>", f"{head}</head>", 1)
    return BODY.sub(lambda body: body[0] + banner + (KEEP_HASH if same else ""), text, count=1)


def nearest(path: str, site: Path) -> str:
    """The address of the page today, or of the first one above it that is still there."""
    folder, name = posixpath.split(path)
    if name != "index.html" and (site / path).is_file():
        return path
    while folder and not (site / folder / "index.html").is_file():
        folder = posixpath.dirname(folder)
    return f"{folder}/" if folder else ""


def digest(content: bytes) -> str:
    return hashlib.sha256(content).hexdigest()


def refused(path: Path, what: str, value: str = "") -> Unreadable:
    return Unreadable([Problem(file=path.as_posix(), value=value, message=what)])
