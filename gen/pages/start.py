"""The page that says with which studies to start, by modality and domain."""

from __future__ import annotations

from gen.analysis.picks import FACETS
from gen.pages.view import View

PATH = "start.md"


def start(view: View) -> str:
    """A section for each term, with the rule that chose on top."""
    return view.page(
        "pages/start.md.jinja",
        PATH,
        rule=view.corpus.picking,
        sections={
            facet: [
                (term, chosen, len(view.links.studies(facet, term)))
                for (of, term), chosen in view.picks.items()
                if of == facet
            ]
            for facet in FACETS
        },
    )
