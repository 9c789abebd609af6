"""What a study states of what others need to use and check it: a rule on its row, no judgement."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Final

from gen.corpus.cells import Missing
from gen.corpus.tables import Result, Study

NO_LICENCE: Final = "none"


@dataclass(frozen=True, slots=True)
class Item:
    """One thing to state. A study to which it does not apply is not asked."""

    id: str  # permanent: a finding's id and a name in the API
    label: str
    phrase: str  # as a sentence names it, after "studies state"
    rule: str  # when it is stated, and who is not asked
    states: Callable[[Study, Sequence[Result]], bool | None]  # None: not asked


def stated(study: Study, column: str) -> bool | None:
    if study.missing.get(column) == Missing.NOT_APPLICABLE:
        return None
    return column not in study.missing


def weights(study: Study, _: Sequence[Result]) -> bool | None:
    if study.contribution == "evaluation" or stated(study, "weights_access") is None:
        return None
    return study.weights_access in {"open", "gated"}


def licence(study: Study, _: Sequence[Result]) -> bool | None:
    licences = [
        getattr(study, f"{what}_licence") for what in ("code", "weights") if getattr(study, what)
    ]
    if not licences:
        return None
    return all(each not in {None, NO_LICENCE} for each in licences)


def elsewhere(study: Study, _: Sequence[Result]) -> bool | None:
    if study.missing.get("train_data") == Missing.NOT_APPLICABLE:
        return None
    return bool(study.eval_data)


def interval(_: Study, results: Sequence[Result]) -> bool | None:
    if not results:
        return None
    return any(each.ci_low is not None and each.ci_high is not None for each in results)


def column(name: str) -> Callable[[Study, Sequence[Result]], bool | None]:
    """An item that is stated where a coded column has a value."""
    return lambda study, _: stated(study, name)


ITEMS: Final = (
    Item(
        "code",
        "Code",
        "their code",
        "The address of a repository is stated. Not asked where code does not apply.",
        column("code"),
    ),
    Item(
        "weights",
        "Weights",
        "a way to get the weights",
        "Weights can be had, openly or on conditions. Not asked of evaluations.",
        weights,
    ),
    Item(
        "licence",
        "Licence",
        "licences",
        "A licence is stated of all that is offered, code and weights. Not asked where neither is.",
        licence,
    ),
    Item(
        "train_data",
        "Training data",
        "training sets",
        "At least one training set is named. Not asked where nothing is trained.",
        column("train_data"),
    ),
    Item(
        "data_access",
        "Data access",
        "access to training data",
        "It is stated whether others can obtain them. Not asked where nothing is trained.",
        column("data_access"),
    ),
    Item(
        "train_size",
        "Training size",
        "training size",
        "The number of training units is stated. Not asked where nothing is trained.",
        column("train_size"),
    ),
    Item(
        "parameters",
        "Parameters",
        "model size",
        "The number of parameters is stated. Not asked where no one model is meant.",
        column("parameters_m"),
    ),
    Item(
        "elsewhere",
        "Tested elsewhere",
        "a test on other data",
        "A data set is named that served evaluation only. Not asked where nothing is trained.",
        elsewhere,
    ),
    Item(
        "interval",
        "Interval",
        "a confidence interval",
        "A confidence interval stands with at least one headline result. Not asked without one.",
        interval,
    ),
)


@dataclass(frozen=True, slots=True)
class Profile:
    """What one study states: each item by its id, None where it is not asked."""

    states: dict[str, bool | None]

    @classmethod
    def of(cls, study: Study, results: Sequence[Result]) -> Profile:
        return cls({item.id: item.states(study, results) for item in ITEMS})

    @property
    def asked(self) -> int:
        return sum(state is not None for state in self.states.values())

    @property
    def stated(self) -> int:
        return sum(state is True for state in self.states.values())

    @property
    def unseen(self) -> list[str]:
        """The labels of what it is asked and what was not seen."""
        return [item.label for item in ITEMS if self.states[item.id] is False]
