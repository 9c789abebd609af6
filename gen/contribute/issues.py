"""The text of an issue, as GitHub's forms and the form of the site write it, as rows of tables."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from gen.contribute import labels, written
from gen.contribute.lines import PROPOSED, Cells, Change, checked, names
from gen.corpus.cells import SEPARATOR
from gen.corpus.columns import Column, columns
from gen.corpus.corpus import Corpus
from gen.corpus.identifiers import bare_doi, work
from gen.corpus.load import read_text
from gen.corpus.rules.works import IDENTIFIERS
from gen.corpus.settings import Vocabulary
from gen.corpus.tables import KINDS, Study
from gen.problems import DataError, Problem, Unreadable, unknown

LONGEST: Final = 200_000  # characters; GitHub ends an issue at 65,536
EMPTY: Final = "_No response_"
HEADING: Final = re.compile(r"^### (.+?)[ \t]*$", re.MULTILINE)
FENCE: Final = re.compile(r"^(`{3,}|~{3,})[^\n`]*\n(.*?)\n?\1[ \t]*$", re.DOTALL | re.MULTILINE)
BOX: Final = re.compile(r"^[-*] \[([ xX])\] (.+?)[ \t]*$", re.MULTILINE)
CELL: Final = re.compile(r"[-*]? *`?([a-z_]+)`? *: *(.*)")
# A row, as its page or as a part of its address.
ROW: Final = re.compile(r"(?:.*/)?(?:(studies|datasets|foundations|base_models)/)?([a-z0-9-]+)/?")
SUGGESTED: Final = "suggestion"  # an id that no file ever holds


@dataclass(frozen=True, slots=True)
class Proposal:
    """What an issue asks for: rows, and what the checker says of them."""

    kind: str  # study, correction, suggestion or term
    changes: tuple[Change, ...]
    problems: tuple[Problem, ...]


def read(file: Path, data: Path, corpus: Corpus) -> Proposal:
    """What the issue in a file proposes. Raises DataError where nobody can tell."""
    if not file.exists():
        what = "is missing; save the text of the issue in it"
        raise Unreadable([Problem(file=file.as_posix(), message=what)])
    text = read_text(file)
    if len(text) > LONGEST:
        what = f"has {len(text)} characters, more than an issue can have"
        raise Unreadable([Problem(file=file.as_posix(), message=what)])
    return _Issue(file.as_posix(), data, corpus, blocks(text)).proposal()


def blocks(text: str) -> dict[str, str]:
    """The answers of an issue by what they answer, without fences; the first where one is twice."""
    _, *parts = HEADING.split(text.replace("\r\n", "\n").replace("\r", "\n"))
    found: dict[str, str] = {}
    for label, answer in zip(parts[::2], parts[1::2], strict=True):
        plain = FENCE.sub(r"\2", answer).strip()
        found.setdefault(label, "" if plain == EMPTY else plain)
    return found


@dataclass(frozen=True, slots=True)
class _Issue:
    file: str
    data: Path
    corpus: Corpus
    answers: dict[str, str]

    def proposal(self) -> Proposal:
        answers = self.answers
        if labels.ROW in answers:
            return self._checked("correction", [self._correction(), *self._rows()])
        if labels.VOCABULARY in answers:
            return Proposal("term", (), tuple(self._term_problems()))
        if labels.IDENTIFIER in answers:
            return self._suggestion()
        if answers.keys() & {column.label for column in columns(Study) if column.required}:
            return self._checked("study", [self._study(), *self._rows()])
        raise self._error(
            "is no issue of one of our forms: it has none of their headings, such as `### Title`"
        )

    def _checked(self, kind: str, changes: list[Change]) -> Proposal:
        found, problems = checked(self.data, changes)
        return Proposal(kind, tuple(found), tuple(problems))

    def _suggestion(self) -> Proposal:
        """A study of which only the work is known: told apart from what is here already."""
        title, identifier = (self.answers.get(x, "") for x in (labels.TITLE, labels.IDENTIFIER))
        for label in (labels.TITLE, labels.IDENTIFIER, labels.WHY):
            if not self.answers.get(label):
                raise self._error(f"lacks an answer to “{label}”")
        cells = {"id": SUGGESTED, "title": " ".join(title.split()), **identified(identifier)}
        found, problems = checked(self.data, [Change("studies", cells)])
        told = {*IDENTIFIERS, "title", "record_id"}
        own = tuple(p for p in problems if p.id == SUGGESTED and p.column in told)
        return Proposal("suggestion", tuple(found), own)

    def _study(self) -> Change:
        cells = {
            column.name: self._cell(column, self.answers[column.label])
            for column in columns(Study)
            if column.label in self.answers
        }
        cells |= self._cells("studies", self.answers.get(labels.OTHERS, ""))
        if not cells.get("id"):
            raise self._error("lacks an answer to “Id”")
        return Change("studies", cells)

    def _cell(self, column: Column, answer: str) -> str:
        """An answer as a cell: ticked boxes, a list of lines, the label of a term for its id."""
        if boxes := BOX.findall(answer):
            values = [label for mark, label in boxes if mark != " "]
        else:
            values = [line.strip() for line in answer.split("\n") if line.strip()]
        if column.vocabulary:
            ids = _by_label(self.corpus.taxonomy[column.vocabulary])
            values = [ids.get(value, value) for value in values]
        return (SEPARATOR if column.many else " ").join(value.rstrip(";") for value in values)

    def _rows(self) -> Iterator[Change]:
        """The data sets and base models that come with a study."""
        rows: list[tuple[str, list[str]]] = []
        for line in self.answers.get(labels.ROWS, "").split("\n"):
            if (table := line.strip(" `:#*-")) in PROPOSED:
                rows.append((table, []))
            elif line.strip() and not rows:
                raise self._error(
                    f"has cells in “{labels.ROWS}” before a line `datasets` or `base_models`"
                )
            elif rows:
                rows[-1][1].append(line)
        for table, lines in rows:
            cells = self._cells(table, "\n".join(lines))
            if not cells.get("id"):
                raise self._error(f"lacks the id of a row of {table}: a line `id: …`")
            yield Change(table, cells)

    def _cells(self, table: str, text: str) -> Cells:
        """Lines of `column: value`."""
        cells: Cells = {}
        for line in text.split("\n"):
            if not line.strip():
                continue
            found = CELL.fullmatch(line.strip())
            if not found:
                raise self._error(f"must have each cell as `column: value`, and has {line[:80]!r}")
            if found[1] not in names(table):
                raise self._error(unknown(found[1], f"a column of {table}.csv", names(table)))
            cells[found[1]] = found[2].strip("`")
        return cells

    def _correction(self) -> Change:
        named = ROW.fullmatch(self.answers[labels.ROW].strip("` \n").partition("#")[0])
        kind = (named and named[1]) or "studies"
        table = KINDS.get(kind, kind)
        rows = {row["id"]: row for row in written.rows(self.data, table)}
        if not named or named[2] not in rows:
            value = named[2] if named else self.answers[labels.ROW][:80]
            raise self._error(unknown(value, f"an id in {table}.csv", rows))
        row = rows[named[2]]
        cells = self._cells(table, self.answers.get(labels.RIGHT, ""))
        if not cells:
            raise self._error(f"lacks an answer to “{labels.RIGHT}”")
        if seen := self.answers.get(labels.SEEN, ""):
            before = cells.get("evidence", row.get("evidence", ""))
            if "evidence" in names(table):
                pages = [*before.split(SEPARATOR), *re.split(r"[\s;]+", seen)]
                cells["evidence"] = SEPARATOR.join(dict.fromkeys(filter(None, pages)))
        return Change(table, row | cells, row["id"])

    def _term_problems(self) -> Iterator[Problem]:
        """What speaks against a term before people decide."""
        name, label = (self.answers.get(x, "") for x in (labels.VOCABULARY, labels.TERM))
        vocabulary = self.corpus.taxonomy.get(name)
        if vocabulary is None:
            raise self._error(unknown(name[:80], "a vocabulary", self.corpus.taxonomy))
        for each in (labels.TERM, labels.MEANING, labels.NEEDED):
            if not self.answers.get(each):
                raise self._error(f"lacks an answer to “{each}”")
        known = _by_label(vocabulary) | {
            alias.lower(): id_ for id_, term in vocabulary.terms.items() for alias in term.aliases
        }
        if id_ := known.get(label) or known.get(label.lower()):
            what = f"is {id_!r} of {name} already"
            yield Problem(file=self.file, column=labels.TERM, value=label, message=what)

    def _error(self, message: str) -> DataError:
        return DataError([Problem(file=self.file, message=message)])


def _by_label(vocabulary: Vocabulary) -> dict[str, str]:
    """What an answer may call a term -> its id."""
    terms = vocabulary.terms.items()
    return {name: id_ for id_, term in terms for name in (term.label.lower(), term.label, id_)}


def identified(text: str) -> Cells:
    """The cells that an address, an arXiv id or a DOI fills."""
    kind, _, id_ = work(text).partition(":")
    if kind == "arxiv":
        return {"arxiv": id_}
    return {"doi": bare_doi(text) or id_} if kind == "doi" else {"url": text.strip()}


def printed(proposal: Proposal, data: Path) -> Iterable[str]:
    """Each row as its file holds it, below where it belongs."""
    for change in proposal.changes if proposal.kind != "suggestion" else ():
        verb = f"in place of {change.of}" if change.of else "a new line"
        yield f"{data.as_posix()}/{change.table}.csv: {verb}\n{change.line}"
