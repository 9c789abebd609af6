"""Hands the generated files to MkDocs; mkdocs-gen-files runs this file, and MkDocs lives here."""

from __future__ import annotations

import json
import sys
from pathlib import Path

import mkdocs_gen_files
from mkdocs.exceptions import PluginError

# `mkdocs serve` runs this file afresh but keeps what it imported: forget our own modules, so that
# an edit of one is seen.
for name in [name for name in sys.modules if name == "gen" or name.startswith("gen.")]:
    del sys.modules[name]

from gen.load import load  # noqa: E402 - only after the old modules are gone
from gen.problems import DataError  # noqa: E402
from gen.site import site  # noqa: E402

try:
    for path, content in site(load(Path("data")), Path("docs")):
        if path == "redirects.json":  # the plugin reads its configuration after this one has run
            mkdocs_gen_files.config.plugins["redirects"].config["redirect_maps"] = json.loads(
                content
            )
        with mkdocs_gen_files.open(path, "wb") as file:
            file.write(content.encode() if isinstance(content, str) else content)
except DataError as error:
    raise PluginError(f"the site cannot be built:\n{error}\n{error.summary}") from None
