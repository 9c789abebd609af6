"""The rules across cells, rows and tables. Each rule is a generator of problems and never raises.

The first sentence of a rule's docstring is the rule as the codebook page states it.
"""

from __future__ import annotations

import difflib
import re
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from functools import lru_cache
from graphlib import CycleError, TopologicalSorter
from itertools import chain, product

from gen.corpus.cells import ANCHOR, MARKERS, PAGE, SEPARATOR, SLUG
from gen.corpus.columns import Column, columns
from gen.corpus.settings import Hosts, Reference, Release, Retirement, Review, Vocabulary
from gen.corpus.tables import FILES, KINDS, TABLES, Study
from gen.problems import Problem

# Control characters, and the invisible or direction-turning ones that can hide text in a review.
UNSEEN = re.compile(
    "[\x00-\x1f\x7f-\x9f\xad\u061c\u180e\u200b-\u200f\u2028-\u202e\u2060-\u206f\ufeff"
    "\U000e0000-\U000e007f]"
)
SPDX = re.compile(r"[A-Za-z0-9]+(?:[.-][A-Za-z0-9]+)*")  # of licences, as spdx.org lists them
ROOTS = ("weights_from", "method_from", "tests", "builds_on")
WORDS = {"include": "included", "deferred": "deferred"}  # a decision in a sentence
MAX_LISTED = 8  # a vocabulary longer than this is not spelt out in a message
# In a table longer than this a near id is sought only among those that begin with the same letter:
# typing errors there are rare, and a column that is wrong in every line would take an hour.
MAX_COMPARED = 1000


@lru_cache(maxsize=100_000)  # several rules ask for the same cells, and cells repeat down a column
def split(cell: str) -> tuple[str, ...]:
    """The values of a cell; none where it is empty or holds a marker of missing."""
    if not cell or cell in MARKERS:
        return ()
    return tuple(value for part in cell.split(";") if (value := part.strip()))


@dataclass(frozen=True, slots=True)
class Line:
    """A line of a table as it stands in the file, under a right header."""

    table: str
    file: str
    number: int
    cells: dict[str, str]

    @property
    def id(self) -> str:
        return self.cells.get("id", self.cells.get("study", ""))

    def values(self, column: str) -> tuple[str, ...]:
        return split(self.cells[column])

    def is_long(self, column: Column) -> bool:
        """Whether a cell is over its length: that is reported once, not for each value in it."""
        return len(self.cells[column.name]) > column.longest

    def problem(self, column: str, message: str, *, value: str = "", fix: str = "") -> Problem:
        return Problem(
            file=self.file,
            line=self.number,
            column=column,
            id=self.id,
            value=value,
            message=message,
            fix=fix,
        )


@dataclass(frozen=True, slots=True)
class Tables:
    """Everything in data/ as it was read, not yet checked."""

    folder: str
    lines: dict[str, list[Line]]
    broken: list[Line]  # lines with too many or too few cells: references to them still hold
    taxonomy: dict[str, Vocabulary]
    releases: tuple[Release, ...]
    retirement: Retirement
    review: Review
    hosts: Hosts
    references: dict[str, Reference]

    def by_id(self, name: str) -> dict[str, Line]:
        """The whole lines of a table by id; the first one where an id is taken twice."""
        by_id: dict[str, Line] = {}
        for line in self.lines[name]:
            by_id.setdefault(line.id, line)
        by_id.pop("", None)
        return by_id

    def ids(self, *names: str) -> dict[str, None]:
        """Every id in the named tables in their order, those of broken lines too."""
        return {
            line.cells["source" if line.table == "sources" else "id"]: None
            for name in names
            for line in (*self.lines[name], *self.broken)
            if line.table == name
        }

    def ids_of(self, kind: str) -> Iterable[str]:
        """The ids of a kind of thing that has pages."""
        name = KINDS[kind]
        return self.ids(name) if name in TABLES else self.taxonomy[name].terms


def clean_cells(tables: Tables) -> Iterator[Problem]:
    """A cell holds no line break, control or invisible character, and no space at its ends."""
    for line, column in _cells(tables):
        cell = line.cells[column.name]
        if not cell.isprintable() and (unseen := UNSEEN.search(cell)):
            what = (
                "contains a line break; put the text on one line"
                if unseen[0] == "\n"
                else f"contains the invisible character U+{ord(unseen[0]):04X}; remove it"
            )
            yield line.problem(column.name, what)
        elif cell != cell.strip():
            what = "has a space at its start or end"
            yield line.problem(column.name, what, value=cell, fix=cell.strip())


def length(tables: Tables) -> Iterator[Problem]:
    """No cell is longer than its column allows (a summary has at most 240 characters)."""
    for line, column in _cells(tables):
        size = len(line.cells[column.name])
        if size > column.longest:
            what = f"has {size} characters and must have at most {column.longest}"
            yield line.problem(column.name, what)


def separated(tables: Tables) -> Iterator[Problem]:
    """Only a column for several values holds more than one, separated by a semicolon and a space; a term or id stands once, and a marker of missing stands alone."""  # noqa: E501 - the codebook page shows it as one sentence
    for line, column in _cells(tables, lambda c: c.many or bool(c.vocabulary)):
        cell = line.cells[column.name]
        if ";" not in cell:
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
    for line, column in _cells(tables, lambda c: not c.coded and not c.required):
        cell = line.cells[column.name]
        if cell in MARKERS:
            yield line.problem(column.name, "has no meaning here; leave the cell empty", value=cell)


def controlled(tables: Tables) -> Iterator[Problem]:
    """A controlled column holds only terms of its vocabulary in taxonomy.toml."""
    for line, column in _cells(tables, lambda c: bool(c.vocabulary)):
        terms = tables.taxonomy[column.vocabulary].terms
        for value in line.values(column.name):
            if value in terms or value in MARKERS or line.is_long(column):
                continue
            known = list(terms)
            shown = known if len(known) <= MAX_LISTED else [*known[:3], "…"]
            what = f"must be one of {', '.join(shown)}"
            if len(known) > MAX_LISTED:
                what += f" (all {len(known)} are in the codebook)"
            fix = _near(value, _spellings(tables, column.vocabulary))
            yield line.problem(column.name, what, value=value, fix=fix)


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


def unique_works(tables: Tables) -> Iterator[Problem]:
    """No two studies share a DOI, an arXiv id, a record or an address."""
    for column in ("doi", "arxiv", "record_id", "url"):
        seen: dict[str, Line] = {}
        for line in tables.lines["studies"]:
            value = line.cells[column]
            if not value or value in MARKERS:
                continue
            first = seen.setdefault(value.lower(), line)
            if first is not line:
                yield line.problem(
                    column, f"is already that of {first.id!r} on line {first.number}", value=value
                )


def references(tables: Tables) -> Iterator[Problem]:
    """Every reference resolves: base models, studies, data sets, records and sources exist (a blind second coding may name what the tables do not have)."""  # noqa: E501 - the codebook page shows it as one sentence
    for table, model in TABLES.items():
        if table == "second_coding":
            continue
        for column in (column for column in columns(model) if column.refers):
            known = tables.ids(*column.refers)
            spellings = _same(known)
            names = " or ".join(f"{name}.csv" for name in column.refers)
            what = f"is no id in {names}"
            if column.refers == ("datasets",):
                what += "; a new data set needs a line there first"
            for line in (line for line in tables.lines[table] if not line.is_long(column)):
                for value in line.values(column.name):
                    if value not in known and value not in MARKERS:
                        fix = _near(value, spellings)
                        yield line.problem(column.name, what, value=value, fix=fix)


def second_codings(tables: Tables) -> Iterator[Problem]:
    """A second coding is of a study in studies.csv."""
    known = tables.ids("studies")
    for line in tables.lines["second_coding"]:
        if line.id not in known:
            yield line.problem(
                "id", "is no id in studies.csv", value=line.id, fix=_near(line.id, _same(known))
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
            what = (
                f"is deferred ({record.file}:{record.number}); a study is coded from it once it is "
                "drawn: set its decision to include"
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
    """A record has a reason and a stage when, and only when, it was excluded, and a place in the draw when it is deferred; a place is given once."""  # noqa: E501 - the codebook page shows it as one sentence
    seen: dict[str, Line] = {}
    for line in tables.lines["records"]:
        decision = line.cells["decision"]
        for column in ("reason", "stage"):
            if decision == "exclude" and not line.cells[column]:
                yield line.problem(column, "is required for an excluded record")
            elif decision in WORDS and line.cells[column]:
                what = f"must be empty for a record that is {WORDS[decision]}"
                yield line.problem(column, what, value=line.cells[column])
        if decision == "deferred" and not line.cells["draw"]:
            yield line.problem("draw", "is required for a deferred record: its place in the draw")
        place = line.cells["draw"]
        first = seen.setdefault(place, line)
        if place and first is not line:
            yield line.problem("draw", f"is already that of {first.id!r}", value=place)


def licences(tables: Tables) -> Iterator[Problem]:
    """A `custom` licence has a note on what it allows or forbids, and a notice a status."""
    for line in tables.lines["studies"]:
        for column in ("code_licence", "weights_licence"):
            if line.cells[column] == "custom" and not line.cells["licence_note"]:
                what = f"is required where {column} is custom: what it allows or forbids"
                yield line.problem("licence_note", what)
        if line.cells["status"] and not line.cells["status_url"]:
            yield line.problem("status_url", "is required where there is a status: the notice")
        elif line.cells["status_url"] and not line.cells["status"]:
            yield line.problem("status", "is required where there is a notice")


def adjudicated(tables: Tables) -> Iterator[Problem]:
    """A decision of adjudication.csv is what the study's row holds."""
    studies = tables.by_id("studies")
    names = [column.name for column in columns(Study) if column.vocabulary or column.refers]
    for line in tables.lines["adjudication"]:
        study, field = studies.get(line.cells["study"]), line.cells["field"]
        if field not in names:
            what = "must be a controlled column of studies.csv"
            yield line.problem("field", what, value=field, fix=_near(field, _same(names)))
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
            yield line.problem("field", what, value=field, fix=_near(field, _same(names)))
        elif first is not line:
            what = f"is already on line {first.number} for this study"
            yield line.problem("field", what, value=field)


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
        if line.cells["date"] > limit and line.cells["date"][:4].isdigit():
            what = f"lies in the future: release {release.version} covers dates up to {limit}"
            yield line.problem("date", what, value=line.cells["date"])


def findable(tables: Tables) -> Iterator[Problem]:
    """A study has an arXiv id, a DOI or an address."""
    for line in tables.lines["studies"]:
        if not any(line.cells[column] for column in ("arxiv", "doi", "url")):
            yield line.problem("url", "is required where arxiv and doi are empty")


def sizes(tables: Tables) -> Iterator[Problem]:
    """A size has a unit and a unit has a size."""
    for table, size, unit in (
        ("studies", "train_size", "train_unit"),
        ("second_coding", "train_size", "train_unit"),
        ("datasets", "size", "unit"),
    ):
        for line in tables.lines[table]:
            for empty, full in ((size, unit), (unit, size)):
                if line.values(full) and not line.cells[empty]:
                    yield line.problem(empty, f"is required where {full} is given")


def evaluations(tables: Tables) -> Iterator[Problem]:
    """Training `none` stands alone, belongs to an evaluation, and makes train_data, train_size, train_unit and data_access `n/a`."""  # noqa: E501 - the codebook page shows it as one sentence
    for line in tables.lines["studies"]:
        training = line.values("training")
        if "none" in training:
            if training != ("none",):
                what = "must be the only value: it says that nothing was trained"
                yield line.problem("training", what, value="none")
            if line.cells["contribution"] != "evaluation":
                what = "must be evaluation where training is none"
                yield line.problem("contribution", what, value=line.cells["contribution"])
            for column in ("train_data", "train_size", "train_unit", "data_access"):
                if line.cells[column] != "n/a":
                    what = "must be n/a where training is none"
                    yield line.problem(column, what, value=line.cells[column], fix="n/a")


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
    for line in tables.lines["studies"]:
        if line.values("weights") and line.cells["weights_access"] == "none":
            yield line.problem(
                "weights_access", "cannot be right where weights has an address", value="none"
            )


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


def works(tables: Tables) -> Iterator[Problem]:
    """A key of references.bib is no id of a study, so that a citation means one work."""
    for key in tables.by_id("studies").keys() & tables.references.keys():
        what = "is the id of a study; remove the entry or give it another key"
        yield Problem(file=f"{tables.folder}/references.bib", id=key, value=key, message=what)


def vocabularies(tables: Tables) -> Iterator[Problem]:
    """The id of a term is lower-case letters and digits joined by hyphens, and parents and families are terms."""  # noqa: E501 - the codebook page shows it as one sentence
    file = f"{tables.folder}/taxonomy.toml"
    for name, vocabulary in tables.taxonomy.items():
        for id_, term in vocabulary.terms.items():
            where = f"{name}.terms.{id_}"
            if name == "licence":
                if not SPDX.fullmatch(id_):
                    what = "must be an SPDX identifier such as CC-BY-4.0, or one word"
                    yield Problem(file=file, column=where, id=id_, value=id_, message=what)
            elif not SLUG.fullmatch(id_):
                what = "must be lower-case letters and digits joined by single hyphens, not 'index'"
                yield Problem(file=file, column=where, id=id_, value=id_, message=what)
            lineage = [id_]
            while parent := vocabulary.terms[lineage[-1]].parent:
                if parent not in vocabulary.terms or parent in lineage:
                    what = "must be another term of the vocabulary, without a cycle"
                    yield Problem(
                        file=file, column=f"{where}.parent", id=id_, value=parent, message=what
                    )
                    break
                lineage.append(parent)
            if term.family and term.family not in tables.taxonomy["family"].terms:
                yield Problem(
                    file=file,
                    column=f"{where}.family",
                    id=id_,
                    value=term.family,
                    message="must be a family",
                )


def addresses(tables: Tables) -> Iterator[Problem]:
    """An address stands once in permalinks.csv, and every `since` there and in renames.csv is a release."""  # noqa: E501 - the codebook page shows it as one sentence
    versions = {release.version: release.version for release in tables.releases}
    for line in (*tables.lines["permalinks"], *tables.lines["renames"]):
        since = line.cells["since"]
        if since and since not in versions:
            what = "must be a version of releases.toml"
            yield line.problem("since", what, value=since, fix=_near(since, versions))
    seen: dict[tuple[str, str], Line] = {}
    for line in tables.lines["permalinks"]:
        address = line.cells["page"], line.cells["anchor"]
        first = seen.setdefault(address, line)
        if first is not line:
            yield line.problem("page", f"is already on line {first.number}", value=address[0])


def renames(tables: Tables) -> Iterator[Problem]:
    """A rename leads, in one step, from an id or address that is gone to one that is there."""
    first: dict[tuple[str, str], Line] = {}
    lines = tables.lines["renames"]
    for line in lines:
        key = line.cells["kind"], line.cells["old"]
        if first.setdefault(key, line) is not line:
            yield line.problem(
                "old", f"is already redirected on line {first[key].number}", value=key[1]
            )
    for line in lines:
        kind, new = line.cells["kind"], line.cells["new"]
        if newer := first.get((kind, new)):
            what = f"has a newer name (line {newer.number}); write that one"
            yield line.problem("new", what, value=new, fix=newer.cells["new"])
        elif kind in KINDS:
            yield from _renamed_id(tables, line)
        elif kind == "address":
            yield from _renamed_address(line)
        elif kind:
            kinds = [*KINDS, "address"]
            what = f"must be one of {', '.join(kinds)}"
            yield line.problem("kind", what, value=kind, fix=_near(kind, _same(kinds)))


def _renamed_id(tables: Tables, line: Line) -> Iterator[Problem]:
    kind, old, new = (line.cells[name] for name in ("kind", "old", "new"))
    ids = tables.ids_of(kind)
    where = f"{KINDS[kind]}.csv" if KINDS[kind] in TABLES else f"{kind} in taxonomy.toml"
    if old in ids:
        what = f"is still an id in {where}; rename it there too, or remove this line"
        yield line.problem("old", what, value=old)
    if new and new not in ids:
        what = f"is no id in {where}"
        yield line.problem("new", what, value=new, fix=_near(new, _same(ids)))


def _renamed_address(line: Line) -> Iterator[Problem]:
    for column in ("old", "new"):
        value = line.cells[column]
        page, hash_, anchor = value.replace("/*/", "/x/", 1).partition("#")
        if value and (not PAGE.fullmatch(page) or (hash_ and not ANCHOR.fullmatch(anchor))):
            what = "must be an address such as /about/ or /about/#limits"
            yield line.problem(column, what, value=value)
    if "*" in line.cells["new"] and "*" not in line.cells["old"]:
        what = "contains a *, which must match the same part of the old address"
        yield line.problem("new", what, value=line.cells["new"])


Rule = Callable[[Tables], Iterator[Problem]]
RULES: tuple[Rule, ...] = (
    clean_cells,
    separated,
    markers,
    length,
    controlled,
    references,
    unique_ids,
    unique_works,
    findable,
    dates,
    designs,
    sizes,
    evaluations,
    weights,
    no_cycle,
    records_agree,
    decided,
    licences,
    adjudicated,
    differing,
    audited,
    second_codings,
    intervals,
    works,
    vocabularies,
    addresses,
    renames,
)


def _cells(
    tables: Tables, wanted: Callable[[Column], bool] = lambda _: True
) -> Iterator[tuple[Line, Column]]:
    """Line by line: looking down the columns of ten thousand lines takes four times as long."""
    return chain.from_iterable(
        product(tables.lines[table], filter(wanted, columns(model)))
        for table, model in FILES.items()
    )


def _number(value: str) -> float:
    """The value as a number; what is none has its own problem already and compares as false."""
    try:
        return float(value)
    except ValueError:
        return float("nan")


def _spellings(tables: Tables, vocabulary: str) -> dict[str, str]:
    """What a person may write for a term (its id, label or an alias), in lower case -> its id."""
    terms = tables.taxonomy[vocabulary].terms.items()
    return {
        spelling.lower(): id_
        for id_, term in reversed(terms)
        for spelling in (*term.aliases, term.label, id_)
    }


def _same(known: Iterable[str]) -> dict[str, str]:
    return {id_.lower(): id_ for id_ in known}


def _near(value: str, spellings: dict[str, str]) -> str:
    """The id that a person most likely meant; empty if none is near."""
    wanted = value.strip().lower()
    among = list(spellings)
    if len(among) > MAX_COMPARED:
        among = [spelling for spelling in among if spelling[:1] == wanted[:1]]
    near = difflib.get_close_matches(wanted, among, n=1, cutoff=0.75)
    return spellings[near[0]] if near else ""
