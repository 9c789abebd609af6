"""Hands the generated files to MkDocs; mkdocs-gen-files runs this file."""

from __future__ import annotations

import gc
import json
import sys
from collections.abc import Iterator
from pathlib import Path

from mkdocs.exceptions import PluginError
from mkdocs.structure.files import File
from mkdocs_gen_files.editor import FilesEditor

# `mkdocs serve` runs this file afresh but keeps what it imported: forget our own modules, with the
# templates and charts that they hold, as soon as one of their files is another.
CODE = {
    str(file): file.stat().st_mtime_ns
    for kind in ("*.py", "*.jinja")
    for file in Path("gen").rglob(kind)
}
if getattr(sys.modules.get("gen"), "CODE", None) != CODE:
    for name in [name for name in sys.modules if name == "gen" or name.startswith("gen.")]:
        del sys.modules[name]

import gen  # noqa: E402 - only after the old modules are gone
from gen.corpus.load import load  # noqa: E402
from gen.pages.preview import preview  # noqa: E402
from gen.problems import DataError  # noqa: E402
from gen.site import site  # noqa: E402

vars(gen)["CODE"] = CODE

SHOWN = Path(".cache/preview.txt")  # the pages of the preview that was shown last


def previewed(study: str) -> Iterator[tuple[str, str | bytes]]:
    """The files of a preview, whose pages are remembered: problems take their place."""
    before = SHOWN.read_text(encoding="utf-8").split() if SHOWN.exists() else []
    files = list(preview(Path("data"), study, before))
    SHOWN.parent.mkdir(exist_ok=True)
    SHOWN.write_text("\n".join(path for path, _ in files if path.endswith(".md")), encoding="utf-8")
    yield from files


gc.unfreeze()  # a server's build before this one, whose garbage goes now
gc.collect()
editor = FilesEditor.current()
study = editor.config.extra.get("preview")
try:
    for path, content in (
        site(load(Path("data")), Path("docs")) if study is None else previewed(study)
    ):
        if path == "redirects.json":  # the plugin reads its configuration after this one has run
            editor.config.plugins["redirects"].config["redirect_maps"] = json.loads(content)
        # In memory: mkdocs_gen_files.open would write each file, for MkDocs to read and copy.
        editor._files[path] = File.generated(editor.config, path, content=content)  # noqa: SLF001
except DataError as error:
    raise PluginError(f"the site cannot be built:\n{error}\n{error.summary}") from None
gc.disable()  # all of it is needed to the end: looking for garbage finds none
