"""What a list that readers filter is made of: its fields, their words, how it is sorted.

Of any table: the scripts know fields and kinds, and nothing of studies.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import Any, Final, Literal

from gen.corpus.columns import Row
from gen.export.tables import as_json

# Id and label of each term of a vocabulary, then other names by which readers ask for it.
Terms = list[tuple[str, ...]]

Kind = Literal["terms", "range", "text", "link"]
Panel = Literal["", "checks", "lookup", "range"]
# The part that is loaded at once; others when they are asked for.
MAIN: Final = ""
# Comes in pieces of so many rows, each when one of them is shown. Fifty rows of a filter may lie
# in fifty pieces: larger ones would bring more that is not shown than fewer requests are worth.
ROWS: Final = "rows"
PIECE: Final = 25
# Is never shown. Of this part and of ROWS, what is searched comes in files by initials of words.
WORDS: Final = "words"
WORD: Final = re.compile(r"[^\W_]+")
HYPHENATED: Final = re.compile(r"\w+(?:-\w+)+")


@dataclass(frozen=True, kw_only=True, slots=True)
class Field:
    """One thing that readers filter by, sort by or see.

    `value` of a row is: of `terms` the ids, of a `range` a number or None, else a text ("": none).
    """

    id: str  # its name in addresses
    label: str
    kind: Kind
    # None: the terms of the fields in `union`, or the row `itself`
    value: Callable[[Any], Any] | None = None
    about: str = ""
    vocabulary: str = ""  # of `terms`
    many: bool = False  # whether a row may hold several terms
    unit: str = ""  # of a `range`: the field of terms that says what it counts
    union: tuple[str, ...] = ()
    itself: bool = False  # whether the rows are the terms, by their fields `id` and `name`
    panel: Panel = ""  # how it is asked for; "": by addresses alone
    column: bool = False  # whether readers may choose it as a column
    searched: bool = False  # whether the box for words looks at it
    silent: tuple[str, ...] = ()  # terms that say why there is none: no words, and no difference
    badge: bool = False
    part: str = MAIN


@dataclass(frozen=True, kw_only=True, slots=True)
class List:
    """A table as readers filter it. `rows` stand in the order of `sorts[0]`."""

    one: str
    many: str
    rows: Sequence[Row]
    fields: Sequence[Field]
    vocabularies: Mapping[str, Terms]
    columns: tuple[str, ...]  # shown unless the reader chooses others
    sorts: tuple[tuple[str, str], ...]  # as an address says it, and in words
    words: str  # what the box for words looks at, for its reader
    folder: str = ""  # the field whose term is the folder of a row's page; "": that of the list


def written(stem: str, given: List) -> Iterator[tuple[str, str]]:
    """The files as text, each with its path."""
    yield from ((path, as_json(value)) for path, value in files(stem, given).items())


def files(stem: str, given: List) -> dict[str, Any]:
    """Path -> what the file holds: the definition with the main columns, and each other part."""
    parts: dict[str, dict[str, list[Any]]] = {MAIN: {}, ROWS: {}, WORDS: {}}
    for field in given.fields:
        if field.value:
            parts.setdefault(field.part, {})[field.id] = column(field, given)
    shown, unseen = parts.pop(ROWS), parts.pop(WORDS)
    searched = [shown[f.id] for f in given.fields if f.searched and f.part == ROWS]
    by_initial = words([*searched, *unseen.values()])
    definition = {
        "one": given.one,
        "many": given.many,
        "size": len(given.rows),
        "fields": [described(field) for field in given.fields],
        "vocabularies": {
            name: terms
            for name, terms in given.vocabularies.items()
            if any(f.vocabulary == name and f.part == MAIN for f in given.fields)
        },
        "shown": given.columns,
        "sorts": given.sorts,
        "words": given.words,
        "folder": given.folder,
        "piece": PIECE,
        "initials": "".join(by_initial),
        "columns": parts.pop(MAIN),
    }
    return (
        {f"{stem}.json": definition}
        | {
            f"{stem}-{part}.json": {
                "columns": columns,
                "vocabularies": {
                    f.vocabulary: given.vocabularies[f.vocabulary]
                    for f in given.fields
                    if f.part == part and f.vocabulary
                },
            }
            for part, columns in parts.items()
        }
        | {
            f"{stem}-{ROWS}/{at}.json": {
                id_: values[at * PIECE :][:PIECE] for id_, values in shown.items()
            }
            for at in range(-(-len(given.rows) // PIECE) if shown else 0)
        }
        | {f"{stem}-{WORDS}/{initial}.json": found for initial, found in by_initial.items()}
    )


def words(columns: Iterable[Sequence[str]]) -> dict[str, dict[str, list[int]]]:
    """Initial -> word -> the rows that have it, each as how far it stands behind the last.

    Words as docs/assets/js/explore/words.js folds them; all that begin with no letter from a to z
    stand under 0. A hyphenated word is there in one piece too: "x-ray" as "xray".
    """
    rows: dict[str, list[int]] = {}
    for row, texts in enumerate(zip(*columns, strict=True)):
        text = " ".join(texts)
        whole = (word.replace("-", "") for word in HYPHENATED.findall(text))
        for word in sorted(set(WORD.findall(folded(" ".join((text, *whole)))))):
            rows.setdefault(word, []).append(row)
    found: dict[str, dict[str, list[int]]] = {}
    for word, held in sorted(rows.items()):
        initial = word[0] if "a" <= word[0] <= "z" else "0"
        found.setdefault(initial, {})[word] = [b - a for a, b in pairwise((0, *held))]
    return found


def folded(text: str) -> str:
    """In lower case, without accents."""
    letters = unicodedata.normalize("NFD", text)
    return "".join(c for c in letters if not unicodedata.category(c).startswith("M")).lower()


def described(field: Field) -> dict[str, Any]:
    """A field without what is empty."""
    values = {name: getattr(field, name) for name in Field.__slots__ if name != "value"}
    return {name: value for name, value in values.items() if value}


def column(field: Field, given: List) -> list[Any]:
    """The values of a field. A term is its place in the vocabulary, a list where not just one."""
    values = map(field.value, given.rows) if field.value else ()
    if field.kind != "terms":
        return list(values)
    place = {terms[0]: at for at, terms in enumerate(given.vocabularies[field.vocabulary])}
    found = ([place[id_] for id_ in ids] for ids in values)
    return [places[0] if len(places) == 1 else places for places in found]
