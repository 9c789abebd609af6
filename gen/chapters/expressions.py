"""What pages written by hand may ask of the data: counts, shares, stated values, figures.

Every expression returns Markdown that is already escaped, and raises ValueError with one sentence
where it names something that is not there.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from statistics import median
from typing import Any

from gen.analysis.links import Links, tally
from gen.chapters.conditions import ASKED, JOINED, AnyRow, has, known, meeting
from gen.corpus.columns import columns
from gen.corpus.corpus import Corpus, Frame
from gen.corpus.tables import FACETS, Dataset, Foundation, Record, Result, Study
from gen.problems import unknown
from gen.text.format import listed, number, parameters, percent
from gen.text.render import md


@dataclass(frozen=True, slots=True)
class Expressions:
    """The expressions over one corpus."""

    corpus: Corpus
    links: Links

    @property
    def all(self) -> dict[str, Any]:
        """Name -> function, as pages call them."""
        names = (
            "count_studies count_data_sets count_base_models count_results count_records "
            "share most median stated result comparator these"
        )
        return {name: getattr(self, name) for name in names.split()}

    def count_studies(self, **conditions: object) -> str:
        """How many studies meet every condition, of those included at screening or of `frame`."""
        return number(len(self._studies(conditions)))

    def count_data_sets(self, **conditions: object) -> str:
        """How many data sets do."""
        return number(len(self._rows(self.corpus.datasets, Dataset, conditions)))

    def count_base_models(self, **conditions: object) -> str:
        """How many base models do."""
        return number(len(self._rows(self.corpus.base_models, Foundation, conditions)))

    def count_results(self, **conditions: object) -> str:
        """How many rows of results.csv do."""
        return number(len(self._rows(self.corpus.results, Result, conditions)))

    def count_records(self, **conditions: object) -> str:
        """How many records do."""
        return number(len(self._rows(self.corpus.records, Record, conditions)))

    def share(self, of: Mapping[str, object] | None = None, **conditions: object) -> str:
        """The share that meets the conditions among the studies `of` that state their columns."""
        asked = [name for name in conditions if name in Study.model_fields and name not in ASKED]
        among = [s for s in self._studies(of or {}) if all(has(s, name) for name in asked)]
        if not among:
            message = f"no study states {', '.join(asked)} there, so that it has no share"
            raise ValueError(message)
        met = self._studies(conditions, among)
        return percent(len(met) / len(among)).replace(" ", "&nbsp;")

    def most(self, column: str, number_of: int, **conditions: object) -> str:
        """The most frequent values of a column, each linked and with its number of studies."""
        sizes = tally(self._studies(conditions | {"stated": column}), column)
        order = sorted(sizes, key=lambda value: (-sizes[value], value))[:number_of]
        if not order:
            message = f"no study states {column} there"
            raise ValueError(message)
        return listed([f"{self._linked(column, value)} ({sizes[value]})" for value in order])

    def median(self, column: str, **conditions: object) -> str:
        """The median of a column of numbers."""
        values = [
            getattr(study, column) for study in self._studies(conditions | {"stated": column})
        ]
        if not values:
            message = f"no study states {column} there"
            raise ValueError(message)
        return number(median(values))

    def stated(self, study: str, column: str) -> str:
        """What a study states in one column, with its unit."""
        row = self._study(study)
        if not has(row, known(column, Study)):
            message = f"{study!r} has no value in {column}"
            raise ValueError(message)
        value = getattr(row, column)
        if column == "train_size":
            unit = self.corpus.taxonomy["unit"].terms[row.train_unit or ""].label.lower()
            return f"{number(value)} {md(unit)}"
        if column == "parameters_m":
            return f"{parameters(value)} parameters"
        return listed([self._linked(column, each) for each in row.terms(column)])

    def result(self, study: str, **conditions: object) -> str:
        """The one value that a study states under the conditions, with its interval."""
        row = self._result(study, conditions)
        interval = f" ({row.ci_low} to {row.ci_high})" if row.ci_low is not None else ""
        return f"{row.value}{interval}"

    def comparator(self, study: str, **conditions: object) -> str:
        """The value with which the study compares that one."""
        row = self._result(study, conditions)
        if row.comparator_value is None:
            message = f"the result of {study!r} is compared with no value"
            raise ValueError(message)
        return str(row.comparator_value)

    def these(self, ids: Iterable[str]) -> str:
        """Named studies, each linked, in the order of their ids."""
        studies = [self._study(id_) for id_ in sorted(ids)]
        return ", ".join(f"[{md(self.links.name[study.id])}](/{study.path})" for study in studies)

    def _result(self, study: str, conditions: Mapping[str, object]) -> Result:
        rows = self.links.results.get(self._study(study).id, [])
        matching = self._rows(rows, Result, conditions)
        if len(matching) != 1:
            message = f"{len(matching)} results of {study!r} meet the conditions; exactly one must"
            raise ValueError(message)
        return matching[0]

    def _study(self, id_: str) -> Study:
        if id_ not in self.links.study:
            raise ValueError(unknown(id_, "a study", self.links.study))
        return self.links.study[id_]

    def _studies(
        self, conditions: Mapping[str, object], among: Iterable[Study] | None = None
    ) -> list[Study]:
        if among is not None:
            return self._rows(among, Study, conditions)
        columns_ = {name: value for name, value in conditions.items() if name != "frame"}
        return self._rows(self._framed(conditions.get("frame", "included")), Study, columns_)

    def _framed(self, frame: object) -> Iterable[Study]:
        """The studies of a frame, the retracted ones left out."""
        frames = {
            Frame.INCLUDED.value: self.corpus.counted,
            Frame.DRAWN.value: [
                study
                for study in self.corpus.studies
                if self.corpus.frames[study.id] is Frame.DRAWN and not study.is_retracted
            ],
        }
        if frame not in frames:
            raise ValueError(unknown(str(frame), "a frame", frames))
        return frames[str(frame)]

    def _rows(
        self, rows: Iterable[AnyRow], model: type[AnyRow], conditions: Mapping[str, object]
    ) -> list[AnyRow]:
        return meeting(rows, model, conditions, self.corpus)

    def _linked(self, column: str, value: object) -> str:
        """A value as a reader knows it, linked to its page where it has one."""
        traits = next(each for each in columns(Study) if each.name == JOINED.get(column, column))
        text = str(value)
        if text in self.links.path and "studies" in traits.refers:
            return f"[{md(self.links.name[text])}](/{self.links.path[text]})"
        if "datasets" in traits.refers:
            return f"[{md(self.links.dataset[text].name)}](/datasets/{text}.md)"
        if traits.vocabulary:
            label = md(self.corpus.taxonomy[traits.vocabulary].terms[text].label)
            return f"[{label}](/{column}/{text}.md)" if column in FACETS else label
        return md(text)
