"""The codebook: every table, column and rule."""

from __future__ import annotations

import inspect

from gen.corpus.columns import columns
from gen.corpus.rules.register import RULES
from gen.corpus.tables import DOWNLOADS
from gen.pages.view import View


def codebook(view: View) -> str:
    return view.page(
        "pages/codebook.md.jinja",
        "about/codebook.md",
        rules=[(inspect.getdoc(rule) or "").split("\n")[0] for rule in RULES],
        tables=[
            (name, inspect.getdoc(model) or "", columns(model))
            for name, model in DOWNLOADS.items()
            if name != "second_coding"
        ],
    )
