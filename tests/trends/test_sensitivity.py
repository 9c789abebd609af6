"""The main findings asked again of other studies."""

from __future__ import annotations

import re
from dataclasses import replace

import pytest

from gen.analysis import tables
from gen.corpus.tables import Record, Study
from gen.trends import sensitivity
from gen.trends.base import Answer, Context, Finding, Question
from gen.trends.questions import QUESTIONS
from gen.trends.sensitivity import (
    CHECKS,
    OTHERWISE,
    Found,
    Studies,
    change,
    checked,
    main_findings,
    sentence,
)
from tests import real
from tests.answers import context, study
from tests.trends import field


def finding(estimate: float | None, p: float | None = 0.001, *, wide: bool = False) -> Finding:
    if estimate is None:
        return Finding("it", "It", None, None, None, None)
    by = 9 if wide else 1.1
    return Finding("it", "It", estimate, estimate / by, estimate * by, p)


@pytest.mark.parametrize(
    ("main", "other", "said"),
    [
        (finding(2.0), finding(1.5), "holds"),
        (finding(2.0), finding(1.5, wide=True), "loses significance"),
        (finding(2.0), finding(0.8), "changes sign"),
        (finding(2.0), finding(None), "cannot be tested"),
        (finding(2.0), None, "cannot be tested"),
        (finding(2.0, 0.2), finding(2.0, wide=True), "no clear change"),
        (finding(2.0, 0.2), finding(2.0), "gains significance"),
    ],
)
def test_what_becomes_of_a_finding_is_said(main: Finding, other: Finding | None, said: str) -> None:
    assert change(main, other) == said


def test_a_finding_without_p_is_judged_by_its_interval() -> None:
    assert Finding("it", "It", 0.3, 0.1, 0.5, None, null=0.0).significant
    assert not Finding("it", "It", 0.3, -0.1, 0.5, None, null=0.0).significant
    assert not Finding("it", "It", 0.3, 0.0, 0.5, None, null=0.0).significant
    assert not Finding("it", "It", 0.3, None, 0.5, None).significant
    assert not Finding("it", "It", 0.3, 0.1, None, None).significant


def test_primary_questions_come_first_whatever_was_found(monkeypatch: pytest.MonkeyPatch) -> None:
    def made(p: float, *ids: str) -> Answer:
        return Answer("", findings=tuple(replace(finding(2.0, p), id=id_) for id_ in ids))

    questions = [
        Question("clear", "Clear", "?", lambda *_: made(0, "x")),
        Question("asked", "Asked", "?", lambda *_: made(0, "x"), primary={"y": "Does it?"}),
    ]
    monkeypatch.setattr(sensitivity, "QUESTIONS", questions)
    answers = {"clear": {"": made(0.01, "a")}, "asked": {"": made(0.3, "x", "y")}}
    rows = main_findings(answers)
    assert [(row["slug"], row["finding"].id, row["primary"], row["label"]) for row in rows] == [
        ("asked", "y", True, "Does it?"),
        ("clear", "a", False, "It"),
    ]


def test_what_says_the_same_is_told_once() -> None:
    answers = {question.slug: {"": Answer("")} for question in QUESTIONS}
    same = tuple(replace(finding(2.0), id=id_) for id_ in ("data-public", "data-private"))
    answers["openness"] = {"": Answer("", findings=same)}
    own = (replace(finding(2.0), id="training-private"),)
    answers["data-sets"] = {"": Answer("", findings=own)}
    assert [row["finding"].id for row in main_findings(answers)] == ["data-private"]


def rows(*changes: tuple[str, ...]) -> list[dict[str, object]]:
    return [{"finding": finding(2.0), "under": [*map(Found, own)]} for own in changes]


def test_the_answer_counts_what_holds_in_every_check() -> None:
    some = rows(("holds", "cannot be tested", "–"), ("holds", "loses significance", "holds"))
    assert sentence(some) == (
        "1 of 2 clear findings hold in every check that can be made; the others become uncertain "
        "in some, and none turns round."
    )
    assert sentence(rows(("holds", "changes sign"))).endswith(
        "become uncertain or turn round in some."
    )
    assert sentence(rows(("holds",))) == "Every finding holds in every check that can be made."
    assert sentence([]) == "Too few studies to say: no finding is significant in all studies."


def test_each_check_asks_of_its_studies() -> None:
    """Forty studies a year whose share with open weights rises from a fifth to three fifths."""
    made: list[Study] = []
    records: list[Record] = []
    for place, year in enumerate((2022, 2023, 2024)):
        for n in range(60):
            drawn = n >= 40  # in which the share falls
            is_open = n % 40 % 20 < (12 - 4 * place if drawn else 4 + 4 * place)
            id_, number = f"s{year}-{n}", len(made)
            made.append(
                study(
                    id_,
                    year,
                    weights_access="open" if is_open else "none",
                    record_id=f"r{number:04}",
                    code=f"https://github.com/{'same' if n < 20 else f'lab-{number}'}/code",
                )
            )
            # Only the second source has the studies without open weights of the last year.
            sources = ("two",) if year == 2024 and not is_open else ("one", "two")
            records.append(record(number, id_, sources, draw=number + 1 if drawn else None))
    found = Studies.of(context(made, records=records))
    main = replace(finding(2.4), id="weights-open")
    cells = dict(zip(CHECKS, checked("openness", main, found), strict=True))

    def estimate(check: str) -> float:
        other = cells[check].finding
        assert other
        assert other.estimate
        return other.estimate

    # (12 of 20 to 8 of 20, in odds) is 2.25 a year; of 2023 and 2024 alone it is the same.
    assert estimate("From 2019 on") == pytest.approx(2.46, abs=0.05)
    assert estimate("From 2023 on") == pytest.approx(2.25, abs=0.01)
    assert cells["Published by the end of the next year"].change == "cannot be tested"
    alone = cells["Without one source"]  # all of 2024 are open then
    assert (alone.source, alone.change) == ("two", "holds")
    assert estimate("Without one source") > 5
    # A group of sixty studies leaves the odds ratio as it is.
    assert estimate("By research group") == pytest.approx(estimate("From 2019 on"))
    assert found.groups[found.counted].value_counts().max() == 60
    assert set(found.weights) == {1.0}
    assert 1 < estimate("With the deferred") < estimate("From 2019 on")


def record(number: int, id_: str, sources: tuple[str, ...], draw: int | None) -> Record:
    return Record.model_validate(
        {
            "id": f"r{number:04}",
            "title": id_,
            "sources": sources,
            "decision": "include",
            "study": id_,
        }
        | ({"draw": str(draw)} if draw else {})
    )


def test_a_drawn_study_weighs_what_it_stands_for() -> None:
    made = [study(f"s{n}", 2023, record_id=f"r{n:04}") for n in range(4)]
    records = [record(n, f"s{n}", ("one",), draw=n or None) for n in range(4)]
    # Of six deferred ones three were drawn, all of them eligible.
    waiting = [
        record(n, f"s{n}", ("one",), draw=n).model_copy(
            update={"decision": "deferred", "stage": "", "study": None}
        )
        for n in range(4, 7)
    ]
    found = Studies.of(context(made, records=[*records, *waiting]))
    assert list(found.weights) == [1.0, 2.0, 2.0, 2.0]


@pytest.mark.slow
def test_asked_of_the_same_studies_a_finding_says_the_same() -> None:
    studies = field.studies()
    given, df = context(studies, **field.others(studies)), tables.frame(studies)
    answers = {question.slug: {"": question.answer(df, given)} for question in QUESTIONS}
    found = sensitivity.sensitivity(given, answers)
    told = {row["finding"].id: row["under"][CHECKS.index("From 2019 on")] for row in found["rows"]}
    # Its p is from a permutation of all years, and no check suits it.
    assert told.pop("diversity") == Found("–")
    assert len(told) > 20
    for row in found["rows"]:
        if again := told.get(row["finding"].id):
            assert again.finding
            ends = (again.finding.estimate, again.finding.low)
            assert ends == pytest.approx((row["finding"].estimate, row["finding"].low))


@pytest.mark.corpus
def test_every_primary_question_is_answered_and_can_be_asked_again() -> None:
    corpus = real.corpus()
    given = Context(corpus, corpus.release.searched.year)
    df = tables.frame(corpus.counted)
    studies, primary = Studies.of(given), [each for each in QUESTIONS if each.primary]
    assert len(primary) > 5
    for question in primary:
        assert question.primary.keys() <= {f.id for f in question.answer(df, given).findings}
        asked = studies.series.get(question.slug, {}).keys()
        assert question.slug in OTHERWISE or question.primary.keys() <= asked


def test_the_methods_name_the_primary_questions() -> None:
    named = [text for each in QUESTIONS for text in each.primary.values()]
    assert len(named) == len(set(named)) > 1
    methods = (real.DOCS / "about/methods.md").read_text(encoding="utf-8")
    section = methods.split("{#primary}")[1].split("\n#")[0]
    assert re.findall(r"^- (.*)$", section, re.MULTILINE) == named
