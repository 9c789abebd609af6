"""Which studies are of one research group, as far as their authors and repositories tell."""

from __future__ import annotations

from collections.abc import Hashable, Iterable
from itertools import combinations
from typing import Final
from urllib.parse import urlsplit

from gen.corpus.tables import Study

# Two are too few: those who share their names with others join half of the field into one group.
SHARED_AUTHORS: Final = 3
HOSTS: Final = {"github.com", "huggingface.co"}  # whose addresses begin with an owner


def research_groups(studies: Iterable[Study]) -> dict[str, int]:
    """Id of a study -> the number of its group.

    Studies are of one group that share three authors by name, or the owner of the repository of
    code or weights; and so on from study to study. A study that shares neither is alone.
    """
    known: dict[Hashable, int] = {}
    joined: list[int] = []  # number -> a number of the same group

    def group(number: int) -> int:
        while joined[number] != number:
            number = joined[number]
        return number

    numbers: dict[str, int] = {}
    for number, study in enumerate(studies):
        joined.append(number)
        numbers[study.id] = number
        for mark in marks(study):
            joined[group(number)] = group(known.setdefault(mark, number))
    return {id_: group(number) for id_, number in numbers.items()}


def marks(study: Study) -> list[Hashable]:
    """What only studies of one group have in common."""
    people = sorted({author for author in study.authors if "," in author})
    owners = {owner(address) for address in (study.code, study.weights) if address}
    return [*combinations(people, SHARED_AUTHORS), *sorted(owners - {""})]


def owner(address: str) -> str:
    """Whose repository it is; "" where the address does not tell."""
    parts = urlsplit(address)
    name = parts.path.strip("/").partition("/")[0].lower()
    host = parts.netloc.removeprefix("www.")
    return f"{host}/{name}" if host in HOSTS and name else ""
