"""The page of each base model, and the list of all."""

from __future__ import annotations

from collections.abc import Iterator

from gen.pages.downloads import table_links
from gen.pages.view import File, View
from gen.text.format import counted


def foundation_pages(view: View) -> Iterator[File]:
    corpus, links = view.corpus, view.links

    for base in corpus.base_models:
        children, descendants = links.children.get(base.id, []), links.descendants(base.id)
        yield (
            base.path,
            view.page(
                "pages/foundation.md.jinja",
                base.path,
                base=base,
                description=(
                    f"{base.name} is a base model on which {counted(len(children), 'study')} "
                    f"of the review build{'s' if len(children) == 1 else ''} directly and "
                    f"{len(descendants)} more through others."
                ),
                children=children,
                descendants=descendants,
                **table_links(corpus, "base_models", base.id),
            ),
        )
    yield (
        "foundations/index.md",
        view.page(
            "pages/foundations.md.jinja",
            "foundations/index.md",
            rows=links.ranked(corpus.base_models),
            parents=[row for row in links.ranked(corpus.studies) if row[1]],
        ),
    )
