"""The pages that people wrote, filled in."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import replace
from pathlib import Path

from gen.chapters import authored
from gen.chapters.expressions import Expressions
from gen.figures.figure import Absent
from gen.pages.view import Drawn, File, View
from gen.text.render import render


def authored_pages(view: View, docs: Path, answers: Mapping[str, str]) -> Iterator[File]:
    return authored.pages(docs, page_context(view, answers))


def page_context(view: View, answers: Mapping[str, str]) -> authored.PageContext:
    """What the pages written by hand may use; the figures are those of the pages made before."""
    drawn = {each.figure.slug: each for each in view.drawn}
    absent = {each.slug: each for each in view.absent}

    def embed(slug: str, page: str) -> str:
        """The figure with an id made from its slug: a page may show figures of several others."""
        anchor = f"fig-{slug}"
        shown: Drawn | Absent
        if slug in drawn:
            shown = replace(drawn[slug], figure=replace(drawn[slug].figure, anchor=anchor))
        else:
            shown = replace(absent[slug], anchor=anchor)
        return render("pages/embed.md.jinja", page, {"drawn": shown})

    return authored.PageContext(
        values={**view.common, **Expressions(view.corpus, view.links).all},
        works=view.works,
        answers=answers,
        readings={slug: each.figure.reading for slug, each in drawn.items()}
        | {slug: each.reading for slug, each in absent.items()},
        embed=embed,
    )
