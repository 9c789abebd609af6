"""The documents that no table holds: the facets with their counts, and the figures."""

from __future__ import annotations

from typing import Any

from gen.corpus.tables import FACETS
from gen.export.schema import ADDRESS, NUMBER, TEXT, a_list, an_object, or_null
from gen.figures.figure import Figure
from gen.pages.api.document import Document, page_address
from gen.pages.view import View


def facets(view: View) -> Document:
    """The facets and their terms, with the counts that their pages show."""
    term = {"id": TEXT, "label": TEXT, "definition": TEXT, "aliases": a_list(TEXT)}
    term |= {"parent": or_null(TEXT), "counted": NUMBER, "all": NUMBER, "page": ADDRESS}
    facet = {"id": TEXT, "label": TEXT, "about": TEXT, "coded": NUMBER, "page": ADDRESS}
    shapes = {"facets": a_list(an_object(facet | {"terms": a_list(an_object(term))}))}
    about = (
        "The facets by which studies are grouped. `counted` are the studies of which shares and "
        "trends speak, `coded` those of them with a value in the facet, `all` every study."
    )
    return Document("facets", about, shapes, {"facets": [_facet(view, name) for name in FACETS]})


def _facet(view: View, facet: str) -> dict[str, Any]:
    corpus, links = view.corpus, view.links
    vocabulary = corpus.taxonomy[facet]
    return {
        "id": facet,
        "label": vocabulary.label,
        "about": vocabulary.about,
        "coded": sum(bool(study.terms(facet)) for study in corpus.counted),
        "page": page_address(corpus, facet),
        "terms": [
            {
                "id": id_,
                "label": term.label,
                "definition": term.definition,
                "aliases": term.aliases,
                "parent": term.parent or None,
                "counted": len(links.counted(links.studies(facet, id_))),
                "all": len(links.studies(facet, id_)),
                "page": page_address(corpus, f"{facet}/{id_}"),
            }
            for id_, term in vocabulary.terms.items()
        ],
    }


def series(view: View) -> Document:
    """The figures that the pages have asked for, and where the rows behind each are."""
    site = view.corpus.review.site

    def of(figure: Figure) -> dict[str, Any]:
        stem = f"{site}figures/{figure.slug}"
        return {
            "id": figure.slug,
            "title": figure.title,
            "reading": figure.reading,
            "columns": figure.columns,
            "rows": len(figure.rows),
            "csv": f"{stem}.csv",
            "specification": f"{stem}.json",
            "drawing": f"{stem}.svg",
        }

    columns = {"type": "object", "description": "Column of the CSV -> its heading."}
    figure = {"id": TEXT, "title": TEXT, "reading": TEXT, "rows": NUMBER}
    figure |= {"columns": columns | {"additionalProperties": TEXT}}
    figure |= dict.fromkeys(("csv", "specification", "drawing"), ADDRESS)
    figures = [of(drawn.figure) for drawn in view.drawn]
    about = "Every figure: what it says, and the addresses of the rows behind it."
    shapes = {"count": NUMBER, "series": a_list(an_object(figure))}
    return Document("series", about, shapes, {"count": len(figures), "series": figures})
