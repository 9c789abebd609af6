"""A study in the API: its row, what the review says of it, and all that it is linked with."""

from __future__ import annotations

from typing import Any, Final

from gen.analysis.transparency import ITEMS, Profile
from gen.citations import entry as citation
from gen.citations import formats as bibliography
from gen.corpus.columns import columns
from gen.corpus.corpus import Corpus, Frame
from gen.corpus.tables import Result, Study
from gen.export import schema
from gen.export.schema import ADDRESS, TEXT, a_list, an_object, or_null
from gen.export.tables import record
from gen.pages.api.document import ROOT, Document, page_address
from gen.pages.view import View

WAYS: Final = ("weights_from", "method_from", "tests", "builds_on")
ROLES: Final = {"train_data": "training", "eval_data": "evaluation"}

# What the review adds to the row of a study, here and in the list of all.
STANDING: Final = {
    "label": TEXT | {"description": "The name as lists give it, told apart from others."},
    "frame": {"enum": list(Frame), "description": "How the study came to be coded."},
    "counted": {"type": "boolean", "description": "Whether shares and trends speak of it."},
    "page": ADDRESS,
    "self": ADDRESS,
}
NAMED: Final = {"id": TEXT, "name": TEXT, "page": ADDRESS}


def standing(view: View, study: Study) -> dict[str, Any]:
    corpus = view.corpus
    return {
        "label": view.links.name[study.id],
        "frame": corpus.frames[study.id],
        "counted": study.id in view.links.framed,
        "page": page_address(corpus, study.path),
        "self": f"{corpus.review.site}{ROOT}/studies/{study.id}.json",
    }


def document(corpus: Corpus) -> Document:
    """The document that each study has; `values` fills it."""
    terms = {"type": "object", "additionalProperties": TEXT}
    shapes = {
        "study": an_object(schema.row(Study, corpus.taxonomy) | STANDING),
        "labels": {
            "type": "object",
            "description": "Column -> id of a term in it -> its label.",
            "additionalProperties": terms,
        },
        "data_sets": a_list(
            an_object(NAMED | {"role": {"enum": [*ROLES.values()]}, "access": or_null(TEXT)})
        ),
        "starts_from": a_list(an_object(NAMED | {"way": {"enum": [*WAYS]}})),
        "built_on_by": a_list(an_object(NAMED)),
        "results": a_list(an_object(schema.row(Result, corpus.taxonomy))),
        "transparency": an_object(
            {item.id: or_null({"type": "boolean"}) | {"description": item.rule} for item in ITEMS},
            "What the study states; null is what it is not asked.",
        ),
        "citation": an_object({"id": TEXT, "type": TEXT, "title": TEXT}, "An item of CSL-JSON."),
    }
    about = "One study: its row, what its terms are called, what it names, and who builds on it."
    return Document("study", about, shapes, {}, "studies/{id}.json")


def values(view: View, study: Study) -> dict[str, Any]:
    corpus, links = view.corpus, view.links

    def named(id_: str, name: str, path: str) -> dict[str, str]:
        return {"id": id_, "name": name, "page": page_address(corpus, path)}

    def model(id_: str) -> dict[str, str]:
        return named(id_, links.name[id_], links.path[id_])

    sets = [(role, links.dataset[id_]) for name, role in ROLES.items() for id_ in study.terms(name)]
    return {
        "study": record(study) | standing(view, study),
        "labels": {
            column.name: {id_: corpus.taxonomy[column.vocabulary].terms[id_].label for id_ in ids}
            for column in columns(Study)
            if column.vocabulary and (ids := study.terms(column.name))
        },
        "data_sets": [
            named(row.id, row.name, row.path) | {"role": role, "access": row.access}
            for role, row in sets
        ],
        "starts_from": [model(id_) | {"way": way} for way in WAYS for id_ in study.terms(way)],
        "built_on_by": [model(child.id) for child in links.children.get(study.id, ())],
        "results": list(map(record, links.results.get(study.id, ()))),
        "transparency": Profile.of(study, links.results.get(study.id, ())).states,
        "citation": bibliography.csl(citation.study_entry(study)),
    }
