"""Who refers to whom: studies by term, data set and base model, in both directions."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, TypeVar

from gen.corpus.columns import Row
from gen.corpus.corpus import Corpus, Frame
from gen.corpus.tables import FACETS, Dataset, Foundation, Result, Study

Parent = TypeVar("Parent", bound=Foundation | Study)


@dataclass(frozen=True, slots=True)
class Links:
    """Every list is newest first unless it says otherwise."""

    study: dict[str, Study]
    dataset: dict[str, Dataset]
    name: dict[str, str]  # id of a study or base model -> its name as lists give it
    path: dict[str, str]  # the same -> its page
    by_term: dict[tuple[str, str], list[Study]]
    trained_on: dict[str, list[Study]]
    evaluated_on: dict[str, list[Study]]
    children: dict[str, list[Study]]  # id -> studies that build on it directly
    results: dict[str, list[Result]]  # study id -> its results, in the order of the table
    framed: frozenset[str]  # ids of the studies of which shares and trends speak
    drawn: frozenset[str]  # of those drawn from the deferred records

    @classmethod
    def of(cls, corpus: Corpus) -> Links:
        newest = tuple(reversed(corpus.studies))
        parents: tuple[Foundation | Study, ...] = (*corpus.base_models, *corpus.studies)
        results = defaultdict(list)
        for result in corpus.results:
            results[result.study].append(result)
        return cls(
            study={study.id: study for study in corpus.studies},
            dataset={dataset.id: dataset for dataset in corpus.datasets},
            name=corpus.labels,
            path={row.id: row.path for row in parents},
            by_term=_grouped(
                newest, lambda study: [(f, term) for f in FACETS for term in study.terms(f)]
            ),
            trained_on=_grouped(newest, lambda study: study.train_data),
            evaluated_on=_grouped(newest, lambda study: study.eval_data),
            children=_grouped(newest, lambda study: study.roots),
            results=dict(results),
            framed=frozenset(study.id for study in corpus.counted),
            drawn=frozenset(id_ for id_, frame in corpus.frames.items() if frame is Frame.DRAWN),
        )

    def studies(self, facet: str, term: str) -> list[Study]:
        return self.by_term.get((facet, term), [])

    def counted(self, studies: Iterable[Study]) -> list[Study]:
        """Those of which shares and trends speak: included at screening, not retracted."""
        return [study for study in studies if study.id in self.framed]

    def descendants(self, id_: str) -> list[Study]:
        """Every study that builds on it through at least one other study, newest first."""
        direct = {study.id for study in self.children.get(id_, ())}
        reached: dict[str, Study] = {}
        queue = list(direct)
        while queue:
            for study in self.children.get(queue.pop(), ()):
                if study.id not in reached:
                    reached[study.id] = study
                    queue.append(study.id)
        indirect = (study for study in reached.values() if study.id not in direct)
        return sorted(indirect, key=lambda study: (study.date, study.id), reverse=True)

    def naming(self, dataset: str) -> set[str]:
        """The ids of the studies that name a data set in either role."""
        roles = (self.trained_on, self.evaluated_on)
        return {study.id for role in roles for study in role.get(dataset, ())}

    def most_named(self) -> list[Dataset]:
        """All data sets, the most named first."""
        sets = self.dataset.values()
        return sorted(sets, key=lambda d: (-len(self.naming(d.id)), d.name.lower(), d.id))

    def ranked(self, parents: Sequence[Parent]) -> list[tuple[Parent, int, int]]:
        """(model, studies that build on it directly, through others), the most built on first."""
        found = [
            (row, len(self.children.get(row.id, ())), len(self.descendants(row.id)))
            for row in parents
        ]
        return sorted(found, key=lambda row: (-row[1], -row[2], row[0].name.lower(), row[0].id))

    def shared(self, one: Study, other: Study, most: int = 3) -> list[tuple[str, str]]:
        """The rarest terms that both carry, as (facet, term), the rarest first."""
        both = [
            (facet, term)
            for facet in FACETS
            for term in one.terms(facet)
            if term in other.terms(facet)
        ]
        return sorted(both, key=lambda each: len(self.by_term[each]))[:most]


def _grouped(studies: Iterable[Study], keys: Any) -> dict[Any, list[Study]]:  # noqa: ANN401 - any hashable
    groups: dict[Any, list[Study]] = defaultdict(list)
    for study in studies:
        for key in keys(study):
            groups[key].append(study)
    return dict(groups)


def most_common(
    studies: Sequence[Study], column: str, everywhere: Mapping[str, int], most: int = 8
) -> list[tuple[str, int, int]]:
    """The values of a column among some studies: (value, studies here, studies in all).

    Most frequent here first, then the rarer elsewhere, then by id; values of one study are left
    out, as they tell nothing of a group.
    """
    here = tally(studies, column)
    order = sorted(here, key=lambda value: (-here[value], everywhere[value], value))
    return [(value, here[value], everywhere[value]) for value in order if here[value] > 1][:most]


def tally(studies: Iterable[Study], column: str) -> Counter[str]:
    """How many studies hold each value of a column."""
    return Counter(value for study in studies for value in study.terms(column))


def count(rows: Iterable[Row], **conditions: object) -> int:
    """How many rows hold all the values: `count(studies, family="vision-only", year=2024)`.

    A column with several values holds a value when it is among them; None asks for empty cells.
    """

    def holds(row: Row, column: str, wanted: object) -> bool:
        value = getattr(row, column)
        return wanted in value if isinstance(value, tuple) else value == wanted

    return sum(all(holds(row, *item) for item in conditions.items()) for row in rows)
