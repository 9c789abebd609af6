"""The words of what readers filter studies by: ids, labels and other names of all terms."""

from __future__ import annotations

from typing import Final

from gen.corpus.cells import Missing
from gen.corpus.corpus import Corpus, Frame
from gen.corpus.names import name
from gen.corpus.settings import Term
from gen.corpus.tables import FACETS
from gen.explore.definition import Terms

# Those of the taxonomy whose terms are said as they are there.
OF_TAXONOMY: Final = (
    *FACETS,
    "contribution",
    "dimension",
    "data_access",
    "status",
    "unit",
    "weights_access",
)

# The access to weights of a study that offers none.
NOT_OFFERED: Final = "none"
# Why a row shows no licence.
NO_LICENCE: Final = {
    NOT_OFFERED: "weights not offered",
    Missing.NOT_CODED: "not stated",
    Missing.NOT_REPORTED: Missing.NOT_REPORTED.label,
    Missing.NOT_APPLICABLE: Missing.NOT_APPLICABLE.label,
}


def vocabularies(corpus: Corpus) -> dict[str, Terms]:
    labels = corpus.labels
    roots = {id_ for study in corpus.studies for id_ in study.roots}
    authors = {name(cited).slug: name(cited).text for s in corpus.studies for cited in s.authors}
    return {
        **of_taxonomy(corpus, *OF_TAXONOMY),
        "licence": [
            *((id_, licence(each)) for id_, each in corpus.taxonomy["licence"].terms.items()),
            *NO_LICENCE.items(),
        ],
        "commercial": [("yes", "Allowed"), ("no", "Not allowed"), ("unclear", "Unclear")],
        "code": [("yes", "Offered", "source code", "repository")],
        "elsewhere": [("yes", "On data not trained on", "external validation")],
        "published": [("yes", "Peer-reviewed"), ("no", "Preprint")],
        "frame": [
            (Frame.INCLUDED, "Included at screening or contributed"),
            (Frame.DRAWN, "Drawn from the deferred records"),
            (Frame.AHEAD, "Contributed ahead of the draw"),
        ],
        "datasets": [(each.id, each.name) for each in corpus.datasets],
        "roots": sorted(((id_, labels[id_]) for id_ in roots), key=lambda t: (t[1].lower(), t[0])),
        "authors": sorted((slug, text) for slug, text in authors.items() if slug),
    }


def of_taxonomy(corpus: Corpus, *names: str) -> dict[str, Terms]:
    return {of: [named(*term) for term in corpus.taxonomy[of].terms.items()] for of in names}


def named(id_: str, term: Term) -> tuple[str, ...]:
    return id_, term.label, *term.aliases


def licence(term: Term) -> str:
    """In plain words: Apache 2.0: commercial use allowed."""
    return f"{term.label}: commercial use {term.commercial}" if term.commercial else term.label
