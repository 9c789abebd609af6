"""The rules of the values in a cell: how many, from which list, and what stands for none.

The first sentence of a rule's docstring is the rule as the codebook page states it.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Final

from gen.corpus.cells import MARKERS, SEPARATOR, Missing
from gen.corpus.columns import columns
from gen.corpus.rules.lines import ID, Tables, cells, is_worded, near, same
from gen.corpus.settings import Term
from gen.corpus.tables import QUOTING, TABLES
from gen.corpus.wordings import as_dated, missing, month_and_number, venue
from gen.problems import Problem

USES: Final = ("train_data", "eval_data")
MAX_LISTED: Final = 8  # a vocabulary longer than this is not spelt out in a message


def separated(tables: Tables) -> Iterator[Problem]:
    """Only a column for several values holds more than one, separated by a semicolon and a space; a term or id stands once, and a marker of missing stands alone."""  # noqa: E501 - the codebook page shows it as one sentence
    for line, column in cells(tables, lambda c: c.many or bool(c.vocabulary)):
        cell = line.cells[column.name]
        if ";" not in cell or line.is_told(column):
            continue
        values = line.values(column.name)
        # Authors may share a name, so that a free column can hold a value twice.
        once = bool(column.vocabulary or column.refers)
        tidy = SEPARATOR.join(dict.fromkeys(values) if once else values)
        if not column.many:
            yield line.problem(column.name, "must contain one value only", value=cell)
        elif tidy != cell:
            what = "each value once, separated by '; '" if once else "values separated by '; '"
            yield line.problem(column.name, f"must contain {what}", value=cell, fix=tidy)
        for marker in MARKERS:
            if column.many and marker in values:
                yield line.problem(column.name, "must be the only value", value=marker)


def markers(tables: Tables) -> Iterator[Problem]:
    """Only coded columns may hold `not-reported` or `n/a`; in the others an empty cell says that there is nothing."""  # noqa: E501 - the codebook page shows it as one sentence
    for line, column in cells(tables, lambda c: not c.coded and not c.required):
        cell = line.cells[column.name]
        if cell in MARKERS:
            yield line.problem(column.name, "has no meaning here; leave the cell empty", value=cell)


def wordings(tables: Tables) -> Iterator[Problem]:
    """What is missing is said by `not-reported` or `n/a` in a coded column, and by an empty cell everywhere else."""  # noqa: E501 - the codebook page shows it as one sentence
    files = {name: model for name, model in TABLES.items() if name not in QUOTING}
    for line, column in cells(tables, files=files):
        cell = line.cells[column.name]
        if not cell or not is_worded(line, column):
            continue
        if not column.coded:
            what = "has no meaning here; leave the cell empty"
            yield line.problem(column.name, what, value=cell)
            continue
        kind = missing(cell)
        fix = "" if kind in {None, Missing.NOT_CODED} else str(kind)
        what = (
            "is no value: write not-reported where the sources do not say, n/a where it does not "
            "apply, or leave the cell empty where it was not looked for"
        )
        yield line.problem(column.name, what, value=cell, fix=fix)


def venues(tables: Tables) -> Iterator[Problem]:
    """A venue is where the study was published, or the server of its preprint by its bare name, such as `arXiv`; a study that is submitted or under review has none."""  # noqa: E501 - the codebook page shows it as one sentence
    for line in tables.lines["studies"]:
        cell = line.cells["venue"]
        right = venue(cell)
        if right is None or missing(cell):
            continue
        if not right:
            what = "is not where it was published; write the server of the preprint, or nothing"
            yield line.problem("venue", what, value=cell)
        else:
            what = "must be the name of a journal, a conference or a server of preprints, alone"
            yield line.problem("venue", what, value=cell, fix="" if right == cell else right)


def dated_names(tables: Tables) -> Iterator[Problem]:
    """No id or name is a date that a spreadsheet made of it, such as `Oct-17` of `OCT2017`."""
    named = {  # as dates -> the ids that other tables and older addresses know
        as_dated(id_): id_
        for id_ in (
            *(line.cells["page"].strip("/").split("/")[-1] for line in tables.lines["permalinks"]),
            *(v for line in tables.lines["studies"] for c in USES for v in line.values(c)),
            *tables.ids("datasets"),
        )
        if not month_and_number(id_)
    }
    for name in ("studies", "datasets", "base_models"):
        for line in tables.lines[name]:
            for column in ("id", "name"):
                cell = line.cells[column]
                if date := month_and_number(cell):
                    known = named.get(date, "")
                    what = "is a date that a spreadsheet made of a name; write the name again"
                    fix = known if column == "id" else known.upper()
                    yield line.problem(column, what, value=cell, fix=fix)


def controlled(tables: Tables) -> Iterator[Problem]:
    """A controlled column holds only terms of its vocabulary in taxonomy.toml."""
    for line, column in cells(tables, lambda c: bool(c.vocabulary)):
        terms = tables.taxonomy[column.vocabulary].terms
        for value in line.values(column.name):
            if value in terms or value in MARKERS or line.is_told(column):
                continue
            known = list(terms)
            shown = known if len(known) <= MAX_LISTED else [*known[:3], "…"]
            what = f"must be one of {', '.join(shown)}"
            if len(known) > MAX_LISTED:
                what += f" (all {len(known)} are in the codebook)"
            fix = _meant(value, tables.taxonomy[column.vocabulary].terms)
            yield line.problem(column.name, what, value=value, fix=fix)


def stand_ins(tables: Tables) -> Iterator[Problem]:
    """A modality that is `other` alone has a note with the word; where nothing names a modality, the cell stays empty."""  # noqa: E501 - the codebook page shows it as one sentence
    for line in (*tables.lines["studies"], *tables.lines["datasets"]):
        if line.values("modalities") == ("other",) and "other" not in line.cells["note"].lower():
            what = (
                "says nothing alone: leave the cell empty where no modality is named, or say in "
                "the note what other modality it is"
            )
            yield line.problem("modalities", what, value="other", severity="warning")


def references(tables: Tables) -> Iterator[Problem]:
    """Every reference resolves: base models, studies, data sets, records and sources exist (a blind second coding may name what the tables do not have)."""  # noqa: E501 - the codebook page shows it as one sentence
    for table, model in TABLES.items():
        if table == "second_coding":
            continue
        for column in (column for column in columns(model) if column.refers):
            known = tables.ids(*column.refers)
            spellings = same(known)
            names = " or ".join(f"{name}.csv" for name in column.refers)
            what = f"is no id in {names}"
            if column.refers == ("datasets",):
                what += "; a new data set needs a line there first"
            for line in (line for line in tables.lines[table] if not line.is_told(column)):
                for value in line.values(column.name):
                    if value not in known and value not in MARKERS:
                        fix = near(value, spellings, ID)
                        yield line.problem(column.name, what, value=value, fix=fix)


def _meant(value: str, terms: Mapping[str, Term]) -> str:
    """The term of this id, label or alias, else the one whose id or label is near; or "".

    An alias is taken at its word only: what resembles one may mean anything.
    """
    names = {name.lower(): id_ for id_, term in terms.items() for name in (term.label, id_)}
    aliases = {alias.lower(): id_ for id_, term in terms.items() for alias in term.aliases}
    return (aliases | names).get(value.strip().lower()) or near(value, names)
