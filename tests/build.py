"""The site of other data: as a value, or built in a checkout of its own."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from functools import cache
from pathlib import Path

from gen.corpus.load import load
from gen.site import site
from tests import invented, markup, shared
from tests.conftest import QUIET
from tests.real import DOCS, ROOT


def docs(folder: Path) -> Path:
    """Copy the pages by hand, but of each its headings only, and return their folder.

    What they say is of the real corpus and names studies of it.
    """
    shutil.copytree(DOCS, folder, dirs_exist_ok=True)
    for file in folder.rglob("*.md"):
        lines = file.read_text(encoding="utf-8").split("\n")
        headings = [line for line in lines if line.startswith("#")]
        file.write_text("\n\n".join(headings), encoding="utf-8")
    return folder


def generated(data: Path) -> dict[str, str | bytes]:
    """The site of other data, as a value."""
    return dict(site(load(data), docs(data.parent / "docs")))


@cache
def sound() -> dict[str, str | bytes]:
    """The site of the sound corpus, as a value; made once for all the tests that look at it."""
    folder = shared.folder / "sound-corpus"
    return shared.value("sound", lambda: generated(invented.write(folder / "data")))


def page(path: str) -> markup.Reading:
    """A page of the site of the sound corpus, read."""
    return markup.read(sound(), path)


def checkout(folder: Path, data: Path) -> Path:
    """Copy what a build reads to a folder, with other data, and return the folder."""
    docs(folder / "docs")
    for name in ("gen", "overrides"):
        shutil.copytree(ROOT / name, folder / name, ignore=shutil.ignore_patterns("__pycache__"))
    shutil.copy(ROOT / "mkdocs.yml", folder)
    shutil.copytree(data, folder / "data")
    (ROOT / ".cache").mkdir(exist_ok=True)
    (folder / ".cache").symlink_to(ROOT / ".cache")
    return folder


def run(folder: Path, *arguments: str) -> subprocess.CompletedProcess[str]:
    """Run Python in a checkout, as `make` does."""
    return subprocess.run(
        [sys.executable, *arguments],
        cwd=folder,
        env=os.environ | QUIET,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        encoding="utf-8",
        check=False,
    )


def build(folder: Path) -> Path:
    """Build a checkout as `make site` does and return the folder of its site."""
    done = run(folder, "-m", "mkdocs", "build", "--strict")
    assert done.returncode == 0, done.stdout
    return folder / "site"
