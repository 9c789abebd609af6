"""Packs a version into an archive, and puts the archived versions into the built site.

Works on files and knows nothing of the site builder: an old version stays readable whatever builds
the site by then. Nothing in an archive is trusted before its names and checksums are.
"""

from __future__ import annotations

import gzip
import hashlib
import io
import json
import shutil
import tarfile
import tempfile
import zlib
from collections import Counter
from collections.abc import Mapping
from datetime import UTC, datetime, time
from pathlib import Path, PurePosixPath
from typing import Final

from gen.corpus.corpus import Corpus
from gen.corpus.settings import Release
from gen.problems import Problem, Unreadable
from gen.releases.old_pages import SHARED, Old
from gen.text.format import size

SUMS: Final = "SHA256SUMS"
# GitHub Pages publishes 1 GB: https://docs.github.com/en/pages/getting-started-with-github-pages/github-pages-limits
ROOM: Final = 950_000_000
NOTES: Final = """\
[What version {version} changed]({site}/about/versions/{version}/), and
[the review as it was]({site}/v/{version}/).

- `{version}.tar.gz`: the whole site as it was published, and the data
- `{version}-data.tar.gz`: the data alone
- `{version}-summary.pdf`: the review on one page
- `SHA256SUMS`: the checksums of these files; within an archive, those of every file in it
"""
SHEET: Final = "about/summary.pdf"  # which `make summary` prints


def archive(site: Path, data: Path, corpus: Corpus, to: Path) -> list[Path]:
    """Pack the newest version; the same files, the same bytes.

    Made are the site with the data, the data alone, the printed summary if there is one, the
    checksums of these, and notes on them.
    """
    release = corpus.release
    check_built(site, release)
    tables = contents("data", data)
    to.mkdir(parents=True, exist_ok=True)
    packed = [
        pack(tables | contents("site", site), to / f"{release.version}.tar.gz", release),
        pack(tables, to / f"{release.version}-data.tar.gz", release),
    ]
    if (site / SHEET).is_file():
        packed.append(Path(shutil.copy(site / SHEET, to / f"{release.version}-summary.pdf")))
    sums = "".join(f"{digest(file.read_bytes())}  {file.name}\n" for file in packed)
    notes = NOTES.format(version=release.version, site=corpus.review.site.rstrip("/"))
    texts = {to / SUMS: sums, to / "notes.md": notes}
    for file, text in texts.items():
        file.write_text(text, encoding="utf-8", newline="")
    return [*packed, *texts]


def contents(folder: str, root: Path) -> dict[str, bytes]:
    """Every file of a folder, by its path in an archive."""
    return {
        f"{folder}/{file.relative_to(root).as_posix()}": file.read_bytes()
        for file in root.rglob("*")
        if file.is_file()
    }


def pack(files: Mapping[str, bytes], made: Path, release: Release) -> Path:
    sums = "".join(f"{digest(files[name])}  {name}\n" for name in sorted(files))
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


def assemble(site: Path, assets: Path, corpus: Corpus) -> list[str]:
    """Put every version under v/ of the site, the newest first while there is room; what was put.

    Nothing is there before all of it is.
    """
    check_built(site, corpus.release)
    check_archives(assets, corpus)
    said = []
    styles: dict[str, bytes] = {}
    room = ROOM - sum(weight(f.stat().st_size) for f in site.rglob("*") if f.is_file())
    with tempfile.TemporaryDirectory(dir=site.parent) as versions:
        for older, release in reversed([*enumerate(corpus.releases)]):
            file = assets / f"{release.version}.tar.gz"
            with tempfile.TemporaryDirectory() as folder:
                if file.is_file():
                    source, words = unpacked(file, release.version, Path(folder)), file.name
                else:
                    source, words = site, "the site as it is: its archive is yet to be made"
                old = Old(source, site, release, corpus.review, styles)
                files, stubs = dict(old.files()), dict(old.stubs())
                if weights(files) + older * weights(stubs) > room:
                    files, words = stubs, f"{words}, that say where it is: no room"
            write(Path(versions) / release.version, files)
            room -= weights(files)
            said.append(
                f"v/{release.version}: {size(weights(files))}, {len(files)} files of {words}"
            )
        if room < 0:
            raise refused(site, f"is {size(-room)} more than a host takes; see MAINTAINING.md")
        write(Path(versions) / SHARED, styles)
        shutil.copytree(versions, site / "v")
    return [*said, f"{size(room)} are left"]


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
    there = {file.name for file in assets.glob("*[0-9].tar.gz")}  # not those of the data alone
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


def weight(length: int) -> int:
    """What a file takes in the archive that is uploaded: a header, and whole blocks."""
    return 512 + -(-length // 512) * 512


def weights(files: Mapping[str, bytes]) -> int:
    return sum(weight(len(content)) for content in files.values())


def write(to: Path, files: Mapping[str, bytes]) -> None:
    for path, content in files.items():
        (to / path).parent.mkdir(parents=True, exist_ok=True)
        (to / path).write_bytes(content)


def digest(content: bytes) -> str:
    return hashlib.sha256(content).hexdigest()


def refused(path: Path, what: str, value: str = "") -> Unreadable:
    return Unreadable([Problem(file=path.as_posix(), value=value, message=what)])
