"""Growth, counted by hand; and what every question owes to a corpus that says nothing."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import asdict
from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd
import pytest
import statsmodels.api as sm
from scipy.optimize import brentq

from gen.analysis import tables
from gen.corpus.load import load
from gen.corpus.tables import Record, Source, Study
from gen.figures.figure import Absent
from gen.trends import compute, growth, publication
from gen.trends.base import SUBSETS, Answer, Context, Finding, Question, subset
from gen.trends.questions import QUESTIONS
from tests.answers import (
    INCOMPLETE_YEAR,
    absent,
    answered,
    base_model,
    context,
    copies,
    dataset,
    figure,
    result,
    sound,
    study,
)
from tests.real import DATA


def dated(number: int, year: int, quarters: tuple[int, ...] = (1, 2, 3, 4)) -> list[Study]:
    """That many studies of a year, in turn in these quarters."""
    return [
        study(f"s{year}-{n}", year, date=f"{year}-{3 * quarters[n % len(quarters)] - 1:02}")
        for n in range(number)
    ]


def of_quarters(counts: Sequence[int], first: int = 2020) -> list[Study]:
    """The studies of successive quarters."""
    return [
        study(f"q{place}-{n}", first, date=f"{first + place // 4}-{3 * (place % 4) + 2:02}")
        for place, count in enumerate(counts)
        for n in range(count)
    ]


DOUBLING = of_quarters([5, 6, 7, 8, 10, 12, 14, 17, 20, 24, 28, 34, 40, 48, 57, 67], 2022)


def record(id_: str, **cells: object) -> Record:
    given = {"id": id_, "title": id_, "sources": ("list",)} | cells
    return Record.model_validate(
        {name: str(v) if isinstance(v, int) else v for name, v in given.items()}
    )


def source(name: str, commit_date: str, entries: int) -> Source:
    given = {"source": name, "kind": "curated-list", "path": "a", "commit": "0" * 40}
    numbers = {"raw_records": str(entries), "unique_new_records": "0"}
    return Source.model_validate(given | numbers | {"commit_date": commit_date})


def grown(studies: list[Study], **others: object) -> Answer:
    return answered(growth.QUESTION, studies, **others)


def test_a_field_that_doubles_each_year_grows_by_two() -> None:
    answer = grown([*DOUBLING, *dated(3, INCOMPLETE_YEAR), *copies(2, 2024)])
    (finding,) = answer.findings
    assert finding.estimate == pytest.approx(2, abs=0.02)
    assert finding.low < 2 < finding.high
    assert answer.sentence == (
        "Up to December 2025, the number of new studies grew 2.0-fold a year."
    )
    told = answer.values
    assert (told["n"], told["undated"], told["later"]) == (397, 2, 3)
    assert told["turn"] is None


TURNING = [1, 1, 2, 2, 3, 4, 6, 8, 11, 15, 21, 29, *[30, 31, 29, 30] * 2]


def test_growth_before_and_since_it_turned_are_told_apart() -> None:
    answer = grown(of_quarters(TURNING, 2021))
    assert answer.sentence == (
        "Until December 2023, the number of new studies grew 3.4-fold a year; later, as "
        "far as the lists reach, it grew more slowly, if at all."
    )
    turned = answer.values["turn"]
    assert (turned["before"]["n"], turned["since"]["n"]) == (103, 240)
    assert turned["since"]["low"] < 1 < turned["since"]["high"]
    drawn = figure(answer, "fig-quarters")
    expected = {row["quarter"]: row["expected"] for row in drawn.rows}
    assert expected["2025-Q4"] == pytest.approx(30, abs=2)
    assert drawn.note.endswith("Line: the fit of growth that changed its speed.")


def test_a_growth_that_goes_on_is_told_with_its_speed() -> None:
    counts = [round(2 * 1.4**n) for n in range(9)] + [round(30 * 1.12**n) for n in range(1, 12)]
    assert grown(of_quarters(counts, 2021)).sentence == (
        "The number of new studies first grew 3.6-fold a year; later it grew 1.5-fold a year."
    )


def test_what_came_after_the_sources_had_ended_moves_no_fit() -> None:
    ended = [
        source("list", "2025-01-03T00:00:00Z", 9),
        source("other", "2026-02-01T00:00:00Z", 9),
    ]
    few = [*of_quarters([2, 2, 4, 4, 8, 8, 16, 16, 20, 20, 30, 30], 2022)]
    more = [*few, *dated(50, 2025)]
    before, after = (grown(studies, sources=ended) for studies in (few, more))
    assert before.sentence == after.sentence
    assert before.findings == after.findings
    assert after.values["later"] == 50
    rows = figure(after, "fig-cumulative").rows
    assert [row["year"] for row in rows if row["partial"]] == ["2025"]


def test_eligible_records_stand_around_the_coded_ones() -> None:
    coded = [*dated(3, 2023), *dated(4, 2024)]
    drawn = [study(f"drawn-{n}", 2024, record_id=f"d{n}") for n in range(2)]
    records = [
        *(record(f"d{n}", draw=n + 1, decision="include", study=f"drawn-{n}") for n in range(2)),
        record("d2", draw=3, decision="exclude", reason="not-imaging", stage="coding"),
        record("d3", draw=4, decision="exclude", reason="not-imaging", stage="coding"),
        *(record(f"d{n}", draw=n + 1, decision="deferred") for n in range(4, 8)),
    ]
    given = context([*coded, *drawn], records=records)
    answer = sound(growth.QUESTION, tables.frame(given.corpus.counted), given)
    rows = {row["year"]: row for row in figure(answer, "fig-cumulative").rows}
    # Two of the four judged are eligible and of 2024, so four of the eight that were deferred.
    assert (rows["2023"]["studies"], rows["2023"]["value"]) == (3, 3)
    assert (rows["2024"]["studies"], rows["2024"]["value"]) == (4, 8)
    assert rows["2024"]["low"] < 8 < rows["2024"]["high"]
    assert "of about" not in figure(grown(coded[:5]), "fig-cumulative").reading


def test_of_some_studies_no_eligible_records_are_estimated() -> None:
    given = context(DOUBLING)
    answer = sound(growth.QUESTION, tables.frame(DOUBLING[:40]), given)
    assert {row["value"] for row in figure(answer, "fig-cumulative").rows} == {None}


def test_a_year_without_studies_is_a_zero_and_not_a_gap() -> None:
    drawn = figure(grown([*copies(2, 2021), *copies(2, 2023)]), "fig-cumulative")
    assert [row["studies"] for row in drawn.rows] == [2, 0, 2]


WAITING = [
    study("soon", 2023, date="2023-03-10", venue="Journal", published="2023-05"),
    study("vague", 2023, date="2023-06", venue="Journal", published="2024"),
    study("late", 2023, date="2023-11", venue="Journal", published="2025-02"),
    study("never", 2023, date="2023-01", venue="arXiv"),
    study("undated", 2023, date="2023-01", venue="Journal"),
    study("young", 2025, date="2025-09", venue="arXiv"),
]


def test_waits_for_publication_are_as_exact_as_their_dates() -> None:
    found = publication.waits(tables.frame(WAITING), 2026 * 12 + 2)
    assert found.to_numpy().tolist() == [
        [2023, 2, 2, True, 2023],
        [2023, 7, 18, True, 2024],
        [2023, 15, 15, True, 2025],
        [2023, 38, 38, False, 0],
        [2025, 6, 6, False, 0],
    ]


def test_the_share_published_lies_between_the_possible_dates() -> None:
    drawn = figure(grown(WAITING), "fig-publication")
    rows = {row["x"]: (row["least"], row["most"]) for row in drawn.rows}
    # One of five by month 3. Then the young one is watched no longer: three are left, or four.
    assert rows[3] == (0.2, 0.2)
    assert rows[12] == (0.2, pytest.approx(1 - 0.8 * 2 / 3, abs=1e-4))
    assert rows[18] == (pytest.approx(1 - 0.8 / 3, abs=1e-4),) * 2
    assert drawn.title == "73% of studies are published within 18 months"
    assert "watched until March 2026" in drawn.note
    assert "as for 1 of 3 published studies a date is known to the year only" in drawn.note
    assert drawn.note.endswith("1 in a venue without a date are left out.")


def test_only_years_that_are_old_enough_are_compared() -> None:
    (row,) = grown(WAITING).values["published"]
    assert (row["year"], row["studies"], row["by"]) == (2023, 4, 2)
    assert row["windows"] == [[1, 2], [3, 3]]


def test_where_all_are_published_there_is_no_curve() -> None:
    assert absent(grown(WAITING[:3]), "fig-publication").reason.startswith("none is left")


def test_a_steady_field_is_not_said_to_grow() -> None:
    steady = [each for year in range(2019, 2026) for each in dated(12, year)]
    assert "no change can be told" in grown(steady).sentence


def test_two_full_years_are_too_few() -> None:
    answer = grown([*dated(9, 2024), *dated(9, 2025), *dated(9, INCOMPLETE_YEAR)])
    assert answer.sentence.startswith("Too few studies to say")
    assert answer.findings[0].estimate is None


def test_two_studies_are_not_drawn() -> None:
    answer = grown(copies(2, 2024))
    assert absent(answer, "fig-cumulative").reading == (
        "Too few studies to say: fewer than 3 studies are left."
    )


SEARCHED = 2026  # the year of the newest search of data/


@pytest.mark.corpus
def test_the_answer_is_what_plain_tables_say() -> None:
    """Counted and fitted by hand from data/, without `gen`, but for the words to compare with."""
    studies, records, sources = (
        pd.read_csv(DATA / f"{name}.csv", dtype=str, keep_default_na=False)
        for name in ("studies", "records", "sources")
    )
    held = sources[(sources["commit_date"] != "") & (sources["raw_records"] != "0")]
    held = held.sort_values("commit_date")
    ended = held["raw_records"].astype(int).cumsum()
    day = held["commit_date"][ended * 10 > ended.iloc[-1]].iloc[0]
    edge = pd.Period(day[:10], "Q") - 1
    drawn = set(records["id"][records["draw"] != ""])
    mine = studies[
        ~studies["record_id"].isin(drawn) & ~studies["status"].isin({"retracted", "withdrawn"})
    ]
    known = mine[mine["date"].str.len() > 4]["date"].str[:7]
    last = min(edge, pd.Period(f"{SEARCHED - 1}Q4", "Q"))
    span = pd.period_range(f"{mine['date'].min()[:4]}Q1", last, freq="Q")
    counts = pd.PeriodIndex(known, freq="Q").value_counts().reindex(span, fill_value=0).to_numpy()
    x = np.arange(len(counts)) / 4

    def fit(*columns: np.ndarray, alpha: float = 0) -> Any:  # noqa: ANN401
        design = np.column_stack([np.ones(len(x)), x, *columns])
        family = sm.families.NegativeBinomial(alpha=alpha) if alpha else sm.families.Poisson()
        return sm.GLM(counts, design, family=family).fit()

    corners = {at: np.maximum(x - x[at] + 0.125, 0) for at in range(6, len(x) - 5)}
    best = min(corners, key=lambda at: fit(corners[at]).deviance)
    one, two = fit(), fit(corners[best])
    spread = max(1, two.pearson_chi2 / two.df_resid)
    n = len(x)
    lead = (one.deviance - two.deviance) / spread + 6 + 24 / (n - 4) - 10 - 60 / (n - 6)
    assert lead > 2  # else another sentence stands there

    def excess(alpha: float) -> float:
        found = fit(corners[best], alpha=alpha)
        return float(found.pearson_chi2 - found.df_resid)

    alpha = brentq(excess, 1e-5, 2)
    factor = float(np.exp(fit(corners[best], alpha=alpha).params[1]))
    until = (span[best].start_time - pd.Timedelta(days=1)).strftime("%B %Y")
    corpus = load(DATA)
    found = growth.answer(tables.frame(corpus.counted), Context(corpus, SEARCHED))
    assert found.sentence.startswith(
        f"Until {until}, the number of new studies grew {factor:.1f}-fold a year; from then to "
    )
    assert found.values["n"] == counts.sum()
    assert found.values["turn"]["lead"] == pytest.approx(lead, rel=1e-6)


# What every question owes.

CODED = {
    "family": "vision-language",
    "architecture": "vit-encoder",
    "training": ("supervised",),
    "adaptation": ("linear-probe",),
    "modalities": ("ct",),
    "domains": ("chest",),
    "tasks": ("segmentation",),
    "challenges": ("label-scarcity",),
    "strategies": ("scaling",),
    "builds_on": ("stemnet",),
    "train_data": ("made-up",),
    "eval_data": ("made-up",),
    "train_size": 1000,
    "train_unit": "images",
    "parameters_m": 86.0,
    "data_access": "public",
    "code": "https://example.org/code",
    "weights": "https://example.org/weights",
    "weights_access": "open",
}
MISSING = {name: ("not-reported", "n/a")[n % 2] for n, name in enumerate(CODED) if name != "family"}
OF_ONE_YEAR = copies(8, 2024, **CODED)
DEGENERATE = {
    "no study": [],
    "one study": [study("only", 2024, **CODED)],
    "one study, nothing coded": [study("only", 2024)],
    "two studies": [study("one", 2023, **CODED), study("two", 2024)],
    "one year": OF_ONE_YEAR,
    "the incomplete year only": copies(8, INCOMPLETE_YEAR, **CODED),
    "no facet coded": [each for year in range(2020, 2027) for each in copies(4, year)],
    "all missing with a reason": [
        each for year in range(2020, 2027) for each in copies(4, year, missing=MISSING)
    ],
    "all the same": [
        study(f"same-{year}-{n}", year, **CODED) for year in range(2020, 2027) for n in range(12)
    ],
    "two years far apart": [*copies(3, 1990, **CODED), *copies(3, 2024, **CODED)],
}
OTHERS = {
    "datasets": [dataset("made-up", year=2020, access="public", modalities=("ct",))],
    "base_models": [base_model("stemnet", year=2019)],
}
SILENT = ("no study", "one study, nothing coded")  # of which no question can say anything


@pytest.mark.slow
@pytest.mark.parametrize("name", DEGENERATE)
@pytest.mark.parametrize("question", QUESTIONS, ids=lambda question: question.slug)
def test_no_corpus_breaks_a_question(question: Question, name: str) -> None:
    studies = DEGENERATE[name]
    results = [result(each.id, 0.5, dataset="made-up") for each in studies]
    answer = answered(question, studies, results=results[:9], second_coding=studies[:9], **OTHERS)
    assert answer.sentence


@pytest.mark.parametrize("name", SILENT)
@pytest.mark.parametrize("question", QUESTIONS, ids=lambda question: question.slug)
def test_where_nothing_can_be_said_that_is_what_is_said(question: Question, name: str) -> None:
    answer = answered(question, DEGENERATE[name])
    assert answer.sentence.startswith("Too few studies to say")
    assert all(isinstance(each, Absent) for each in answer.figures)
    assert all(each.reading.startswith("Too few studies to say") for each in answer.figures)
    assert all(finding.estimate is None for finding in answer.findings)


@pytest.mark.parametrize("question", QUESTIONS, ids=lambda question: question.slug)
def test_a_switch_that_leaves_nothing_breaks_nothing(question: Question) -> None:
    given = context(OF_ONE_YEAR, **OTHERS)
    df = tables.frame(OF_ONE_YEAR)
    answer = sound(question, df[df["preprint"] & ~df["preprint"]], given)
    assert answer.sentence.startswith("Too few studies to say")


def test_addresses_are_unique_and_in_their_order() -> None:
    assert [question.slug for question in QUESTIONS] == [
        "growth",
        "methods",
        "data-sets",
        "scale",
        "domains",
        "challenges",
        "openness",
        "transparency",
        "gaps",
        "foundations",
        "completeness",
        "results",
        "appraisal",
        "agreement",
    ]


# The subsets and the cache.


def test_each_switch_keeps_what_it_says() -> None:
    venue = {"venue": "Journal", "published": "2024-11"}
    df = tables.frame(
        [
            study("venue", 2024, contribution="evaluation", **venue),
            study("preprint", 2024, venue="arXiv"),
            study("model", 2023, **venue),
            study("late", 2022, **venue),
            study("unknown", 2023, venue="Journal"),
            study("young", 2025, venue="Journal", published="2025"),
        ]
    )
    kept = {name: list(subset(df, name, INCOMPLETE_YEAR)["id"]) for name in SUBSETS}
    assert kept == {
        "": ["venue", "preprint", "model", "late", "unknown", "young"],
        "published": ["venue", "model"],
        "models": ["preprint", "model", "late", "unknown", "young"],
        "published+models": ["model"],
    }


def test_a_corpus_without_studies_can_be_asked_everything() -> None:
    found = compute.ask_all(tables.frame([]), context([]))
    assert list(found) == [question.slug for question in QUESTIONS]
    assert all(
        answer.sentence.startswith("Too few studies to say")
        for by_subset in found.values()
        for answer in by_subset.values()
    )


def answer_of(estimate: float | None, p: float | None) -> Answer:
    low = None if estimate is None else estimate * 0.9
    high = None if estimate is None else estimate * 1.1
    return Answer("A sentence.", findings=(Finding("it", "It", estimate, low, high, p),))


def test_answers_are_the_same_from_the_cache(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(compute, "CACHE", tmp_path)
    asked = []

    def count(df: pd.DataFrame, given: Context) -> Answer:
        asked.append(len(df))
        return growth.answer(df, given)

    monkeypatch.setattr(compute, "QUESTIONS", (Question("growth", "Growth", "How?", count),))
    df, given = tables.frame(DOUBLING), context(DOUBLING)
    first = compute.answers(df, given)
    assert asked == [397, 0, 0]  # subsets of the same studies once, and what tests they make
    assert compute.answers(df, given) == first
    assert asked == [397, 0, 0]
    assert first["growth"][""].findings == growth.answer(df, given).findings
    fewer = DOUBLING[1:]
    assert compute.answers(tables.frame(fewer), context(fewer)) != first
    assert asked == [397, 0, 0, 396, 0, 0]


def test_what_categories_take_over_is_the_same_from_the_cache(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(compute, "CACHE", tmp_path)
    asked = []

    def count(df: pd.DataFrame, given: Context) -> dict[str, dict[str, int]]:
        asked.append(len(df))
        return {"domains": {"chest": len(df) + len(given.corpus.studies)}}

    monkeypatch.setattr(compute, "category_values", count)
    df, given = tables.frame(DOUBLING), context(DOUBLING)
    for _ in range(2):
        assert compute.categories(df, given) == {"domains": {"chest": 794}}
    assert asked == [397]
    fewer = DOUBLING[1:]
    assert compute.categories(tables.frame(fewer), context(fewer)) == {"domains": {"chest": 792}}
    assert asked == [397, 396]


def test_packing_loses_nothing() -> None:
    found = {"growth": {"": grown(DOUBLING)}}
    plain = json.loads(compute._packed(found))  # noqa: SLF001 - what the cache holds
    unpacked = compute._answer(plain["growth"][""])  # noqa: SLF001
    assert unpacked == found["growth"][""]
    assert asdict(unpacked) == asdict(found["growth"][""])
