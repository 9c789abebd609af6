"""The forms of .github/ISSUE_TEMPLATE/, out of the columns and terms."""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import Any, Final

from gen.contribute.definition import GROUPS
from gen.contribute.labels import (
    IDENTIFIER,
    MEANING,
    NEEDED,
    OTHERS,
    RIGHT,
    ROW,
    ROWS,
    SEEN,
    TERM,
    TITLE,
    VOCABULARY,
    WHY,
)
from gen.corpus.columns import Column, columns
from gen.corpus.corpus import Corpus
from gen.corpus.tables import Study

FOLDER: Final = ".github/ISSUE_TEMPLATE"
CELLS = "A line for each cell, as `column: value`; a semicolon and a space between several values."
Form = dict[str, Any]


def written(corpus: Corpus) -> dict[str, str]:
    """Each file by its path."""
    guide = f"{corpus.review.site}contribute/"
    forms = {"add": add(corpus), "correct": correct(), "suggest": suggest(), "term": term()}
    config = {
        "blank_issues_enabled": True,
        "contact_links": [
            {
                "name": "Add or correct a study with the form of the site",
                "url": f"{guide}add/",
                "about": "Checks while you type, and brings what you have typed here.",
            },
            {
                "name": "Guide",
                "url": guide,
                "about": "What belongs here, and how a line of the table is written.",
            },
        ],
    }
    return {
        f"{FOLDER}/{name}.yml": yaml(form) for name, form in (forms | {"config": config}).items()
    }


def suggest() -> Form:
    body = [
        asked("input", "identifier", IDENTIFIER, "Where it can be read."),
        asked("textarea", "full-title", TITLE, "As it stands on the paper."),
        asked("textarea", "why", WHY, "What it adds: a model, an adaptation, an evaluation."),
    ]
    return form("Suggest a study", "Three fields. Somebody else codes it.", "Suggestion: ", body)


def add(corpus: Corpus) -> Form:
    first = GROUPS["studies"]["The study"].split()
    by_name = {column.name: column for column in columns(Study)}
    body = [
        *(_cell(by_name[name], corpus) for name in first),
        asked("textarea", "others", OTHERS, CELLS, required=False),
        asked(
            "textarea",
            "rows",
            ROWS,
            "For each one a line `datasets` or `base_models`, then its cells, as above.",
            required=False,
        ),
    ]
    what = "The cells that a study must have, and any others."
    return form("Add a study", what, "Study: ", body)


def correct() -> Form:
    body = [
        asked("input", "row", ROW, "Its page, or `studies/medsam`."),
        asked("textarea", "right", RIGHT, CELLS),
        asked("textarea", "seen", SEEN, "Addresses, one a line."),
    ]
    what = "A cell of a study, data set or base model is wrong or empty."
    return form("Correct a row", what, "Correction: ", body)


def term() -> Form:
    names = sorted({c.vocabulary for c in columns(Study)} - {""})
    body = [
        asked("dropdown", "vocabulary", VOCABULARY, "", options=names),
        asked("input", "term", TERM, "As its label would read."),
        asked("textarea", "definition", MEANING, "One sentence that tells it from its neighbours."),
        asked("textarea", "needed", NEEDED, "Ids of studies here, or addresses of papers."),
    ]
    what = "No term of a vocabulary fits. People decide; a handful of studies should need it."
    return form("Propose a term", what, "Term: ", body)


def form(name: str, about: str, title: str, body: list[Form]) -> Form:
    return {"name": name, "description": about, "title": title, "body": body}


def asked(  # noqa: PLR0913 - what a field of GitHub's forms can be
    kind: str,
    id_: str,
    label: str,
    about: str,
    *,
    required: bool = True,
    options: list[str] | None = None,
) -> Form:
    """A field. Of checkboxes each is required or not, so that none is."""
    told: Form = {"label": label} | ({"description": about} if about else {})
    if options is not None:
        boxes = kind == "checkboxes"
        told["options"] = [{"label": each} for each in options] if boxes else options
    field: Form = {"type": kind, "id": id_, "attributes": told}
    return field if kind == "checkboxes" else field | {"validations": {"required": required}}


def _cell(column: Column, corpus: Corpus) -> Form:
    kind = "textarea" if column.free and column.longest != 80 else "input"  # noqa: PLR2004 - a name's
    options = None
    if column.vocabulary:
        kind = "checkboxes" if column.many else "dropdown"
        options = [each.label for each in corpus.taxonomy[column.vocabulary].terms.values()]
    elif column.many:
        kind = "textarea"
    return asked(
        kind,
        "full-title" if column.name == "title" else column.name,  # in an address, that of the issue
        column.label,
        column.about,
        required=column.required,
        options=options,
    )


def yaml(value: Form) -> str:
    """Maps, lists and texts in the block style of YAML; a text as JSON writes it is YAML too."""
    lines = ["# Written by `python -m gen issue-forms`; change gen/contribute/issue_forms.py."]
    return "\n".join([*lines, *_lines(value, "")]) + "\n"


def _lines(value: Any, indent: str) -> Iterator[str]:  # noqa: ANN401 - a tree of maps and lists
    pairs = value.items() if isinstance(value, dict) else ((None, each) for each in value)
    for key, each in pairs:
        before = f"{indent}- " if key is None else f"{indent}{key}:"
        if isinstance(each, dict) and key is None:
            first, *others = _lines(each, f"{indent}  ")
            yield before + first.lstrip()
            yield from others
        elif isinstance(each, dict | list):
            yield before
            yield from _lines(each, f"{indent}  ")
        else:
            yield f"{before}{'' if key is None else ' '}{json.dumps(each, ensure_ascii=False)}"
