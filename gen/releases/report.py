"""What a proposed change does to the data, in plain words, for those who review it."""

from __future__ import annotations

import io
import subprocess
import tarfile
from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from itertools import takewhile
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any, Final

from gen.corpus.corpus import Corpus
from gen.corpus.load import load
from gen.corpus.tables import FACETS, FILES, KINDS
from gen.problems import DataError, Problem, Unreadable, in_order
from gen.releases import snapshot
from gen.releases.changes import HEADER, number_changes, row_changes
from gen.releases.headlines import NUMBERS
from gen.releases.renames import Renamed, Terms
from gen.releases.snapshot import Snapshot, Written
from gen.text.format import number, percent
from gen.text.render import render

# A change of more lines than this share of a table is likely a slip: a file cut off, or put in
# twice. Below so many lines every line would be such a change.
SUDDEN: Final = 0.1
SMALLEST: Final = 20
LABEL: Final = "large-change"  # of a pull request; check.yml hands it on as --allow-size
# What a reviewer reads of a section; a job summary of GitHub holds 1 MiB at most.
MOST: Final = 100
CONTEXT: Final = 40  # characters before the place where two texts part
# By cell; the lines of the others have no id, so they are gone or new as a whole.
BY_CELL: Final = ("studies", "datasets", "base_models", "results", "records")
OTHERS: Final = (
    "releases.toml",
    "review.toml",
    "hosts.toml",
    "picks.toml",
    "search.toml",
    "references.bib",
)

Groups = dict[str, list[Any]]


@dataclass(slots=True)
class Report:
    """What a change does; `problems` are those of the data, `sudden` those of its size."""

    problems: list[Problem]
    sudden: list[Problem] = field(default_factory=list)
    compared: bool = True  # whether the tables of both could be read
    rows: Groups = field(default_factory=dict)  # table -> what was added, changed, removed
    lines: Groups = field(default_factory=dict)  # table without ids -> [lines gone, lines new]
    files: list[str] = field(default_factory=list)  # other files that differ
    terms: Groups = field(default_factory=dict)  # what became of terms -> "vocabulary: id"
    renamed: list[tuple[Renamed, int]] = field(default_factory=list)  # with recorded addresses
    addresses: list[tuple[str, int, str]] = field(default_factory=list)  # page, recorded, leads to
    unrecorded: list[str] = field(default_factory=list)  # addresses taken out of the record
    measured: bool = False  # whether numbers could be counted
    numbers: list[tuple[str, str, str]] = field(default_factory=list)  # label, before, now
    categories: list[tuple[str, int, int]] = field(default_factory=list)  # "facet: term", ...
    exit_code: int = 0

    @property
    def text(self) -> str:
        return render("report.md.jinja", "", {"report": self, "most": MOST})


def report(base: str, head: str, data: Path, *, any_size: bool = False) -> Report:
    """Compare two states of the data, each a folder or a git revision that holds the folder `data`.

    Raises Unreadable where the base cannot be read; what is wrong with the head is in the report.
    """
    with folder(base, data) as then, folder(head, data) as now:
        corpus, found = checked(now)
        made = Report([problem.renamed(now, data) for problem in found.problems])
        made.exit_code = found.exit_code if any(p.is_error for p in made.problems) else 0
        try:
            after = snapshot.written(now)
        except Unreadable:
            made.compared = False
            return made
        before = snapshot.written(then, after.names)
        compare(made, before, after, data)
        made.files = [name for name in OTHERS if _content(then / name) != _content(now / name)]
        made.terms = term_changes(before.terms, after.terms)
        recorded = Counter(line.cells["page"] for line in before.lines["permalinks"])
        made.renamed = [(each, recorded[f"/{each.kind}/{each.old}/"]) for each in before.renamed]
        made.addresses = address_changes(before, after, recorded)
        if corpus:
            now_measured = snapshot.read(now, corpus)
            measure(made, snapshot.read(then, corpus, after.names), now_measured)
        if any_size:
            made.sudden = []
        if made.sudden:
            made.exit_code = max(made.exit_code, 1)
        return made


@contextmanager
def folder(named: str, data: Path) -> Iterator[Path]:
    """The folder of that name, or `data` as it was at the git revision of that name."""
    if Path(named).is_dir():
        yield Path(named)
        return
    # What begins with a dash would be an option of git.
    git = ["git", "archive", "--format=tar", f"{named.lstrip('-')}:{data.as_posix()}"]
    done = subprocess.run(git, capture_output=True, check=False)  # noqa: S603 - no shell
    if done.returncode:
        what = f"is neither a folder nor a revision that holds {data.as_posix()}; see `git log`"
        raise Unreadable([Problem(file=named, message=what)])
    with TemporaryDirectory() as temporary, tarfile.open(fileobj=io.BytesIO(done.stdout)) as tar:
        tar.extractall(temporary, filter="data")
        yield Path(temporary)


def checked(data: Path) -> tuple[Corpus | None, DataError]:
    """The corpus, or none where it breaks a rule; and all that the checker said."""
    try:
        corpus = load(data)
    except DataError as error:
        return None, error
    return corpus, DataError(corpus.warnings)


def _content(file: Path) -> bytes:
    return file.read_bytes() if file.is_file() else b""


# Rows.


def compare(made: Report, then: Written, now: Written, data: Path) -> None:
    for table in BY_CELL:
        groups: Groups = {"added": [], "changed": [], "removed": []}
        cells: dict[str, list[Any]] = defaultdict(list)
        for part in row_changes(table, then, now):
            change = dict.fromkeys(HEADER, "") | part
            if table != "results" and change["kind"] == "corrected":
                cells[change["id"]].append(change | differing(change["before"], change["after"]))
            else:
                kind = "changed" if change["kind"] == "corrected" else change["kind"]
                groups[kind].append((change["id"], [change]))
        groups["changed"] += sorted(cells.items())
        if any(groups.values()):
            made.rows[table] = [(kind, each) for kind, each in groups.items() if each]
    for table in FILES.keys() - BY_CELL:
        before, after = (Counter(_texts(each, table)) for each in (then, now))
        if before != after:
            gone, new = [*(before - after).elements()], [*(after - before).elements()]
            made.lines[table] = [gone, new]
    made.lines = dict(sorted(made.lines.items()))
    made.unrecorded = made.lines.get("permalinks", [[]])[0]
    made.sudden = in_order(sudden(then, now, data))


def differing(before: str, after: str) -> dict[str, str]:
    """Both texts from shortly before the place where they part, if that is far in."""
    same = takewhile(lambda pair: pair[0] == pair[1], zip(before, after, strict=False))
    start = len(list(same)) - CONTEXT
    if start <= CONTEXT or not (before and after):
        return {}
    return {"before": f"…{before[start:]}", "after": f"…{after[start:]}"}


def _texts(of: Written, table: str) -> Iterator[str]:
    """Each line as one text, of the columns that it has."""
    for line in of.lines[table]:
        yield " | ".join(filter(None, (line.cells[name] for name in of.columns[table])))


def sudden(then: Written, now: Written, data: Path) -> Iterator[Problem]:
    """Tables of which more than a tenth is new, gone or emptied at once."""
    for table in FILES.keys() - {"changes"}:  # it grows with every version, by what that changed
        total = len(then.lines[table])
        if total < SMALLEST:
            continue
        before, after = _keys(then, table), _keys(now, table)
        amounts = [
            ("lines are gone", len(before - after), total),
            ("lines are new", len(after - before), total),
        ]
        if table in BY_CELL and table != "results":
            amounts.append(("cells were emptied", *_emptied(table, then, now)))
        for what, number_, of in amounts:
            if number_ > SUDDEN * of:
                said = (
                    f"{number(number_)} of {number(of)} {what}, more than {percent(SUDDEN)}; "
                    f"where that is meant, a maintainer sets the label {LABEL}"
                )
                yield Problem(file=f"{data.as_posix()}/{table}.csv", message=said)


def _keys(of: Written, table: str) -> set[str | int]:
    """What tells lines apart: the id, or where there is none their number."""
    if table in BY_CELL and table != "results":
        return {line.id for line in of.lines[table]}
    return set(range(len(of.lines[table])))


def _emptied(table: str, then: Written, now: Written) -> tuple[int, int]:
    """How many cells of lines that stayed lost what they held, and how many held something."""
    after = {line.id: line.cells for line in now.lines[table]}
    shared = [name for name in then.columns[table] if name in now.columns[table]]
    filled = [
        (line.id, name)
        for line in then.lines[table]
        for name in shared
        if line.id in after and line.cells[name]
    ]
    return sum(not after[id_][name] for id_, name in filled), len(filled)


# Terms and addresses.


def term_changes(then: Terms, now: Terms) -> Groups:
    """What became of terms -> "vocabulary: term"."""
    before, after = (
        {f"{name}: {id_}": term for name, terms in each.items() for id_, term in terms.items()}
        for each in (then, now)
    )
    both = before.keys() & after.keys()
    groups = {
        "new": sorted(after.keys() - before.keys()),
        "changed": sorted(id_ for id_ in both if before[id_] != after[id_]),
        "gone": sorted(before.keys() - after.keys()),
    }
    return {kind: ids for kind, ids in groups.items() if ids}


def address_changes(
    then: Written, now: Written, recorded: Mapping[str, int]
) -> list[tuple[str, int, str]]:
    """Pages whose id went: address, how many addresses of it are recorded, what redirects it."""
    lines = [line.cells for line in now.lines["renames"]]
    leads = {(cells["kind"], cells["old"]): cells["new"] for cells in lines}
    found = []
    for kind in KINDS:
        for id_ in sorted(then.ids(kind) - now.ids(kind)):
            page = f"/{kind}/{id_}/"
            to = leads.get((kind, id_)) or leads.get(("address", page), "")
            if recorded.get(page) and (kind, id_) not in now.names:
                found.append((page, recorded[page], to))
    return found


# Numbers.


def measure(made: Report, then: Snapshot, now: Snapshot) -> None:
    """The headline numbers that move, and the categories that gain or lose included studies."""
    made.measured = True
    for change in number_changes(then, now):
        if change["field"] == "value" and change["before"] != change["after"]:
            label, form = NUMBERS[change["id"]]
            before, after = shown(change["before"], form), shown(change["after"], form)
            made.numbers.append((label, before, after))
    for facet in FACETS:
        had, has = (
            Counter(term for study in each.corpus.counted for term in _terms(study, facet))
            for each in (then, now)
        )
        made.categories += [
            (f"{facet}: {term}", had[term], has[term])
            for term in sorted(had.keys() | has.keys())
            if had[term] != has[term]
        ]


def _terms(study: Any, facet: str) -> tuple[str, ...]:  # noqa: ANN401 - a column by its name
    value = getattr(study, facet)
    return (value,) if isinstance(value, str) else value or ()


def shown(value: str, form: str) -> str:
    """A number of changes.csv as the report writes it."""
    if not value:
        return "none"
    figure = float(value)
    return {"count": number(figure), "share": f"{figure * 100:.1f}%", "factor": f"{figure:.2f}"}[
        form
    ]
