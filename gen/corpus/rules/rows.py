"""The rules across the cells of a row and the rows of the tables.

The first sentence of a rule's docstring is the rule as the codebook page states it.
"""

from __future__ import annotations

from collections.abc import Iterator
from graphlib import CycleError, TopologicalSorter
from typing import Final

from gen.corpus.cells import InvalidCell, date
from gen.corpus.columns import columns
from gen.corpus.rules import conditions
from gen.corpus.rules.conditions import broken
from gen.corpus.rules.lines import ID, Line, Tables, near, same, split
from gen.corpus.tables import Study
from gen.problems import Problem

ROOTS: Final = ("weights_from", "method_from", "tests", "builds_on")


def unique_ids(tables: Tables) -> Iterator[Problem]:
    """An id stands once in its table, and no study has the id of a base model."""
    for names in (("studies", "base_models"), ("datasets",), ("records",), ("second_coding",)):
        seen: dict[str, Line] = {}
        for line in (line for name in reversed(names) for line in tables.lines[name]):
            first = seen.setdefault(line.id, line)
            if first is not line and line.id:
                yield line.problem(
                    "id", f"is already taken by {first.file}:{first.number}", value=line.id
                )


def second_codings(tables: Tables) -> Iterator[Problem]:
    """A second coding is of a study in studies.csv."""
    known = tables.ids("studies")
    for line in tables.lines["second_coding"]:
        if line.id not in known:
            yield line.problem(
                "id", "is no id in studies.csv", value=line.id, fix=near(line.id, same(known), ID)
            )


def records_agree(tables: Tables) -> Iterator[Problem]:
    """A record that names a study is named by it, no other study names it, and it was included."""
    studies, records = tables.by_id("studies"), tables.by_id("records")
    for line in tables.lines["studies"]:
        record = records.get(line.cells["record_id"])
        if record and record.cells["decision"] == "exclude":
            what = f"was excluded ({record.file}:{record.number})"
            yield line.problem("record_id", what, value=record.id)
        elif record and record.cells["decision"] == "deferred":
            what = f"is deferred ({record.file}:{record.number}): set its decision to include"
            yield line.problem("record_id", what, value=record.id)
        elif record and record.cells["decision"] == "undecided":
            what = (
                f"waits to be screened ({record.file}:{record.number}): set its decision to include"
            )
            yield line.problem("record_id", what, value=record.id)
        elif record and record.cells["study"] not in {"", line.id}:
            what = f"is the record of {record.cells['study']!r} ({record.file}:{record.number})"
            yield line.problem("record_id", what, value=record.id)
    for line in tables.lines["records"]:
        study = studies.get(line.cells["study"])
        if study and study.cells["record_id"] != line.id:
            what = f"must have {line.id!r} as its record_id ({study.file}:{study.number})"
            yield line.problem("study", what, value=study.id)


def decided(tables: Tables) -> Iterator[Problem]:
    """A record has a reason and a stage when, and only when, it was excluded, and a place in the draw when it is deferred."""  # noqa: E501 - the codebook page shows it as one sentence
    for line in tables.lines["records"]:
        decision = line.cells["decision"]
        for column in ("reason", "stage"):
            if decision == "exclude" and not line.cells[column]:
                yield line.problem(column, "is required for an excluded record")
            elif decision in {"include", "deferred", "undecided"} and line.cells[column]:
                what = f"must be empty for a record that is {_participle(decision)}"
                yield line.problem(column, what, value=line.cells[column])
        if decision == "deferred" and not line.cells["draw"]:
            yield line.problem("draw", "is required for a deferred record: its place in the draw")
        elif decision == "undecided" and line.cells["draw"]:
            what = "must be empty for a record that is undecided"
            yield line.problem("draw", what, value=line.cells["draw"])


def _participle(decision: str) -> str:
    return "included" if decision == "include" else decision


def draws(tables: Tables) -> Iterator[Problem]:
    """A place in the draw is given once."""
    seen: dict[str, Line] = {}
    for line in tables.lines["records"]:
        place = line.cells["draw"]
        first = seen.setdefault(place, line)
        if place and first is not line:
            yield line.problem("draw", f"is already that of {first.id!r}", value=place)


def licences(tables: Tables) -> Iterator[Problem]:
    """A `custom` licence has a note on what it allows or forbids, and a notice a status."""
    return broken(tables, "studies", conditions.LICENCES)


def adjudicated(tables: Tables) -> Iterator[Problem]:
    """A decision of adjudication.csv is what the study's row holds."""
    studies = tables.by_id("studies")
    names = [column.name for column in columns(Study) if column.vocabulary or column.refers]
    for line in tables.lines["adjudication"]:
        study, field = studies.get(line.cells["study"]), line.cells["field"]
        if field not in names:
            what = "must be a controlled column of studies.csv"
            yield line.problem("field", what, value=field, fix=near(field, same(names)))
        elif study:
            of = ROOTS if field == "builds_on" else (field,)
            holds = {value for name in of for value in study.values(name)}
            if holds != set(line.values("decision")):
                what = f"is not what the study's row holds ({study.file}:{study.number})"
                yield line.problem("decision", what, value=line.cells["decision"])


def differing(tables: Tables) -> Iterator[Problem]:
    """A line of adjudication.csv is of a cell in which two codings differ, and stands once."""
    twice = tables.by_id("second_coding")
    seen: dict[tuple[str, str], Line] = {}
    for line in tables.lines["adjudication"]:
        field, second = line.cells["field"], twice.get(line.id)
        first = seen.setdefault((line.id, field), line)
        if first is not line:
            what = f"is already on line {first.number} for this study"
            yield line.problem("field", what, value=field)
        elif not second:
            what = "has no second coding in second_coding.csv"
            yield line.problem("study", what, value=line.id)
        elif field in second.cells:
            if _alike(line.cells["first"], line.cells["second"]):
                what = "is what was coded first too; only a cell that differs has a line"
                yield line.problem("second", what, value=line.cells["second"])
            if not _alike(line.cells["second"], second.cells[field]):
                what = f"is not what was coded ({second.file}:{second.number})"
                fix = second.cells[field]
                yield line.problem("second", what, value=line.cells["second"], fix=fix)


def _alike(one: str, other: str) -> bool:
    """Whether two cells hold the same, in whichever order."""
    return one == other or (bool(split(one)) and set(split(one)) == set(split(other)))


def audited(tables: Tables) -> Iterator[Problem]:
    """A cell of cell_audit.csv is of a column of studies.csv, and of each it stands there once."""
    names = [column.name for column in columns(Study)]
    seen: dict[tuple[str, str], Line] = {}
    for line in tables.lines["cell_audit"]:
        field = line.cells["field"]
        first = seen.setdefault((line.id, field), line)
        if field not in names:
            what = "must be a column of studies.csv"
            yield line.problem("field", what, value=field, fix=near(field, same(names)))
        elif first is not line:
            what = f"is already on line {first.number} for this study"
            yield line.problem("field", what, value=field)


def appraised(tables: Tables) -> Iterator[Problem]:
    """A study in appraisal.csv has one line for each domain of a tool, no more and no less."""
    domains = tables.taxonomy["bias_domain"].terms
    seen: dict[tuple[str, str], dict[str, Line]] = {}
    for line in tables.lines["appraisal"]:
        found = seen.setdefault((line.id, line.cells["tool"]), {})
        domain = line.cells["domain"]
        first = found.setdefault(domain, line)
        if first is not line:
            what = f"is already on line {first.number} for this study"
            yield line.problem("domain", what, value=domain)
    for found in seen.values():
        for domain in domains:
            if domain not in found:
                line = next(iter(found.values()))
                yield line.problem("study", f"has no line for the domain {domain}", value=line.id)


def no_cycle(tables: Tables) -> Iterator[Problem]:
    """No study builds on itself, directly or through others."""
    studies = tables.by_id("studies")
    parents = {  # dictionaries for sets, whose order is not fixed
        id_: dict.fromkeys(p for name in ROOTS for p in line.values(name) if p in studies)
        for id_, line in studies.items()
    }
    while True:
        try:
            TopologicalSorter(parents).prepare()
        except CycleError as error:
            cycle = error.args[1][::-1]
            child, parent = cycle[-2:]
            message = f"is part of a cycle: {' builds on '.join(cycle)}"
            line = studies[child]
            column = next(name for name in ROOTS if parent in line.values(name))
            yield line.problem(column, message, value=parent)
            del parents[child][parent]
        else:
            return


def dates(tables: Tables) -> Iterator[Problem]:
    """A study's date is not after the day on which the release after the newest one is due."""
    release = tables.releases[-1]
    limit = release.next_due.isoformat()
    for line in tables.lines["studies"]:
        if line.cells["date"] > limit and _is_date(line.cells["date"]):
            what = f"lies in the future: release {release.version} covers dates up to {limit}"
            yield line.problem("date", what, value=line.cells["date"])


def _is_date(cell: str) -> bool:
    """What is none has its own problem already."""
    try:
        date(cell)
    except InvalidCell:
        return False
    return True


def findable(tables: Tables) -> Iterator[Problem]:
    """A study has an arXiv id, a DOI or an address."""
    return broken(tables, "studies", conditions.FINDABLE)


def sizes(tables: Tables) -> Iterator[Problem]:
    """A size has a unit and a unit has a size."""
    for table, of in (
        ("studies", conditions.TRAIN_SIZES),
        ("second_coding", conditions.TRAIN_SIZES),
        ("datasets", conditions.SIZES),
    ):
        yield from broken(tables, table, of)


def evaluations(tables: Tables) -> Iterator[Problem]:
    """Training `none` stands alone, belongs to an evaluation, and makes train_data, train_size, train_unit and data_access `n/a`."""  # noqa: E501 - the codebook page shows it as one sentence
    return broken(tables, "studies", conditions.EVALUATIONS)


def designs(tables: Tables) -> Iterator[Problem]:
    """An architecture belongs to the family of its study."""
    terms, families = tables.taxonomy["architecture"].terms, tables.taxonomy["family"].terms
    for line in tables.lines["studies"]:
        term, family = terms.get(line.cells["architecture"]), line.cells["family"]
        if term and term.family and term.family != family and family in families:
            what = f"is a design of the family {term.family}, not of {family}"
            yield line.problem("architecture", what, value=line.cells["architecture"])


def weights(tables: Tables) -> Iterator[Problem]:
    """Where weights have an address, their access is not `none`."""
    return broken(tables, "studies", conditions.WEIGHTS)


def intervals(tables: Tables) -> Iterator[Problem]:
    """A result lies within its interval, which has both ends."""
    for line in tables.lines["results"]:
        low, value, high = (line.cells[c] for c in ("ci_low", "value", "ci_high"))
        if bool(low) != bool(high):
            yield line.problem(
                "ci_low" if high else "ci_high", "is required: an interval has two ends"
            )
        elif _number(value) < _number(low) or _number(value) > _number(high):
            yield line.problem("value", f"must lie within {low} to {high}", value=value)


def _number(value: str) -> float:
    """The value as a number; what is none has its own problem already and compares as false."""
    try:
        return float(value)
    except ValueError:
        return float("nan")
