"""What the form of the site asks and checks, out of what the checker reads.

The files that docs/assets/js/contribute/ loads: fields, terms and rules; ids; works.
"""

from __future__ import annotations

import inspect
import re
from collections.abc import Iterable, Iterator, Mapping
from typing import Any, Final

from gen.contribute import labels
from gen.contribute.lines import PROPOSED
from gen.corpus import cells, characters, identifiers, wordings
from gen.corpus.columns import Column, columns
from gen.corpus.corpus import Corpus
from gen.corpus.rules import evidence, names, publication, rows, text, values, works
from gen.corpus.rules.conditions import CONDITIONS, Condition
from gen.corpus.rules.register import Rule
from gen.corpus.settings import EvidenceKind, Hosts, Refused, Vocabulary
from gen.corpus.tables import FILES
from gen.export.tables import as_json, json_line

# Groups of fields in the order in which the form asks for them. The first is always open.
GROUPS: Final[dict[str, dict[str, str]]] = {
    "studies": {
        "The study": (
            "title arxiv doi url authors date name id summary contribution family evidence "
            "coded_from"
        ),
        "Publication": "venue published status status_url",
        "Scope": "modalities dimension domains tasks",
        "Model": "architecture backbone parameters_m weights_from method_from builds_on tests",
        "Training and data": (
            "training adaptation train_data train_size train_unit data_access eval_data"
        ),
        "Challenges and strategies": "challenges strategies",
        "Code and weights": (
            "code code_licence weights weights_access weights_licence licence_note"
        ),
        "The coding": "partial note record_id",
    },
    "datasets": {
        "The data set": "id name modalities domains size unit year access url evidence note"
    },
    "base_models": {"The base model": "id name kind year arxiv url note"},
}
ONE: Final = {"studies": "study", "datasets": "data set", "base_models": "base model"}

# What one value of a kind looks like as the text of a cell.
PATTERNS: Final = {
    "slug": cells.SLUG,
    "date": cells.DATE,
    "year": re.compile("[0-9]{4}"),
    "arxiv": identifiers.ARXIV,
    "doi": identifiers.DOI,
    "url": identifiers.URL,
    "whole": cells.WHOLE,
    "positive": cells.POSITIVE,
}

# The rules that the form checks too, apart from those of single cells.
CHECKED: Final[tuple[Rule, ...]] = (
    text.clean_cells,
    text.length,
    values.separated,
    values.markers,
    values.wordings,
    values.controlled,
    values.references,
    rows.unique_ids,
    works.unique_works,
    works.known_records,
    rows.findable,
    rows.dates,
    rows.designs,
    rows.sizes,
    rows.evaluations,
    rows.weights,
    rows.licences,
    evidence.first_hand,
)
# Those of the same rows that it leaves to the checker.
LEFT: Final[tuple[Rule, ...]] = (
    text.composed,
    text.markup,
    values.stand_ins,
    values.venues,
    publication.published,
    publication.one_form,
    names.authors,
    names.spellings,
    values.dated_names,
    works.similar_titles,
    works.cited_studies,
    rows.no_cycle,
    rows.records_agree,
)


def form_files(corpus: Corpus) -> Iterator[tuple[str, str]]:
    """Each file of the form, with its path."""
    yield "contribute/form.json", as_json(definition(corpus))
    yield "contribute/ids.json", json_line(ids(corpus)) + "\n"
    yield "contribute/works.json", json_line(known_works(corpus)) + "\n"


def left() -> list[str]:
    """What the form leaves to the checker, a sentence a rule."""
    return [(inspect.getdoc(rule) or "").partition("\n")[0] for rule in LEFT]


def definition(corpus: Corpus) -> dict[str, Any]:
    used = {c.vocabulary for table in PROPOSED for c in columns(FILES[table])} - {""}
    return {
        "tables": {table: _table(table) for table in PROPOSED},
        "vocabularies": {name: _terms(corpus.taxonomy[name]) for name in sorted(used)},
        "kinds": {name: _kind(name) for name in PATTERNS},
        "conditions": {
            table: list(map(_condition, of)) for table, of in _conditions(corpus).items()
        },
        "missing": {word: kind.value for word, kind in wordings.MISSING.items()},
        "markers": {kind: cells.Missing(kind).about for kind in cells.MARKERS},
        "years": cells.YEARS,
        "latest": corpus.release.next_due.isoformat(),
        "unseen": characters.UNSEEN.pattern,
        "spaces": characters.SPACES.pattern,
        "lost": characters.LOST,
        "letters": {chr(key): to for key, to in characters.LETTERS.items()},
        "works": identifiers.FORMS,
        "places": _places(corpus.hosts),
        "issue": {name: getattr(labels, name.upper()) for name in ("rows", "row", "right")},
        "repository": corpus.review.repository,
    }


def _places(hosts: Hosts) -> dict[str, list[tuple[str, str]]]:
    """Host -> beginnings of paths there, each with what is said of it as evidence if refused."""

    def said(place: EvidenceKind | Refused) -> str:
        return f"is {place.what}; {place.instead}" if isinstance(place, Refused) else ""

    return {
        host: [(path, said(each)) for path, each in paths] for host, paths in hosts.places.items()
    }


def _table(table: str) -> dict[str, Any]:
    by_name = {column.name: column for column in columns(FILES[table])}
    groups = {label: names.split() for label, names in GROUPS[table].items()}
    return {
        "one": ONE[table],
        "columns": list(by_name),
        "groups": [{"label": label, "fields": names} for label, names in groups.items()],
        "fields": {name: _field(column) for name, column in by_name.items()},
    }


def _field(column: Column) -> dict[str, Any]:
    told = ("label", "about", "required", "many", "vocabulary", "refers", "coded", "longest")
    return {name: getattr(column, name) for name in (*told, "kind", "free")}


def _kind(name: str) -> dict[str, str]:
    """The form of a value, and what the checker says where it has another."""
    pattern = PATTERNS[name].pattern.replace(r"\Z", "$")
    try:
        getattr(cells, name)("?")
    except cells.InvalidCell as error:
        return {"pattern": f"^(?:{pattern})$", "message": error.message}
    raise AssertionError(name)


def _terms(vocabulary: Vocabulary) -> list[dict[str, Any]]:
    return [
        {"id": id_, "label": term.label, "about": term.definition, "aliases": term.aliases}
        for id_, term in vocabulary.terms.items()
    ]


def _conditions(corpus: Corpus) -> Mapping[str, Iterable[Condition]]:
    return CONDITIONS | {"studies": (*CONDITIONS["studies"], *_designs(corpus))}


def _designs(corpus: Corpus) -> Iterator[Condition]:
    """The rule of designs, one for each architecture and family that do not go together."""
    for id_, term in corpus.taxonomy["architecture"].terms.items():
        for family in corpus.taxonomy["family"].terms:
            if term.family and family != term.family:
                tests = (("architecture", "is", id_), ("family", "is", family))
                what = f"is a design of the family {term.family}, not of {family}"
                yield Condition(tests, "architecture", what)  # type: ignore[arg-type]


def _condition(condition: Condition) -> dict[str, Any]:
    told = {name: getattr(condition, name) for name in ("column", "message", "fix", "value")}
    return told | {"tests": condition.tests}


def ids(corpus: Corpus) -> dict[str, list[list[str]]]:
    """Id and name of whatever a cell may refer to."""
    return {
        "studies": [[study.id, study.name] for study in sorted(corpus.studies, key=lambda s: s.id)],
        "datasets": [[row.id, row.name] for row in corpus.datasets],
        "base_models": [[row.id, row.name] for row in corpus.base_models],
    }


def known_works(corpus: Corpus) -> dict[str, list[list[Any]]]:
    """Studies as id, title, record, and records as id, title, study, decision; then their works."""
    reasons = corpus.taxonomy["reason"].terms
    return {
        "studies": [
            [study.id, study.title, study.record_id or "", *_works(study)]
            for study in corpus.studies
        ],
        "records": [
            [
                record.id,
                record.title,
                record.study or "",
                record.decision,
                reasons[record.reason].label if record.reason else "",
                *_works(record),
            ]
            for record in corpus.records
        ],
    }


def _works(row: Any) -> list[str]:  # noqa: ANN401 - a study or a record
    found = (getattr(row, column) for column in works.IDENTIFIERS)
    return list(dict.fromkeys(identifiers.work(text) for text in found if text))
