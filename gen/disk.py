"""Writes the site's sources to a folder: the way out to another site builder."""

from __future__ import annotations

import shutil
from pathlib import Path

from gen.corpus.corpus import Corpus
from gen.site import site


def write(corpus: Corpus, to: Path, docs: Path = Path("docs")) -> None:
    """Copy what people wrote in docs/, then write every generated file over it."""
    shutil.copytree(docs, to, dirs_exist_ok=True)
    for path, content in site(corpus, docs):
        file = to / path
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_bytes(content.encode() if isinstance(content, str) else content)
