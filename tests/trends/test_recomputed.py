"""The numbers of every answer again, from the published tables alone, by the code of its page."""

from __future__ import annotations

import functools
import re
import runpy
from collections.abc import Callable, Iterator, Sequence
from math import isclose
from pathlib import Path
from typing import Any, Final

import pytest

from gen.analysis import tables
from gen.corpus.columns import columns
from gen.corpus.tables import Study
from gen.text.format import inside
from gen.trends import compute
from gen.trends.base import Answer, Context
from gen.trends.questions import QUESTIONS
from tests import markup, real
from tests.trends.test_sentences import NUMBER

MOST_LINES = 15
LONGEST_LINE = 79  # as wide as the column of a page on a common screen
# The code prints per cents with four decimals, so that two shares of a few hundred studies differ.
AS_PRINTED = 1e-4
PRINTED = re.compile(r"(?<![\d.])\d[\d,]*(?:\.\d+)?(?:e[+-]\d+)?")


def value(text: str) -> float:
    return float(text.replace(",", ""))


def absent(expected: Sequence[float], printed: str) -> list[float]:
    """The numbers that are not printed, in their order and with all of their digits."""
    found = [value(text) for text in PRINTED.findall(printed)]
    missing = []
    for number in expected:
        same = (isclose(each, number, rel_tol=0, abs_tol=AS_PRINTED) for each in found)
        place = next((place for place, is_same in enumerate(same) if is_same), None)
        if place is None:
            missing.append(number)
        else:
            found = found[place + 1 :]
    return missing


def rounded(expected: Sequence[float], sentence: str) -> bool:
    """Whether the numbers are those of the sentence, but for being rounded there."""
    said = [text.rstrip(".,") for text in NUMBER.findall(sentence)]
    return len(said) == len(expected) and all(
        round(number, len(text.partition(".")[2])) == value(text)
        for number, text in zip(expected, said, strict=True)
    )


def test_a_number_that_the_code_does_not_give_is_noticed() -> None:
    assert absent([3.3123456, 1009, 57.9618], "[3.3123456 1] 1,009 to 2023Q2 57.9618%") == []
    assert absent([3.3123456, 57.9618], "3.3133456 57.96 2023") == [3.3123456, 57.9618]
    assert absent([49.8, 11.2], "11.2 to 49.8") == [11.2]
    assert rounded([3.3123456, 1009, 57.9618], "It grew 3.3-fold to 1,009, 58%.")
    assert not rounded([3.3123456], "It grew 3.4-fold.")
    assert not rounded([3.3123456], "It grew 3.3-fold to 58%.")


# The numbers of an answer before it rounds them.


def per_cent(some: float, of: float) -> float:
    return 100 * some / of


def drawn(answer: Answer, anchor: str) -> list[dict[str, Any]]:
    (rows,) = (figure.rows for figure in answer.figures if figure.anchor == anchor)
    return rows


def of_growth(answer: Answer) -> Iterator[float]:
    turn = answer.values["turn"]
    yield from (int(turn["when"].split()[1]), turn["before"]["factor"])


def of_clearest(answer: Answer) -> Iterator[float]:
    """The shares of the last full year of the terms that the sentence names."""
    lines = [
        row
        for figure in answer.figures
        if figure.anchor.endswith("-shares")
        for row in figure.rows
        if not row["partial"]
    ]
    for label in re.findall(r"(?:with|on) ([^()]+) (?:rose|fell) \(", answer.sentence):
        *_, last = (row for row in lines if inside(row["series"]) == label)
        yield per_cent(last["studies"], last["coded"])


def of_data_sets(answer: Answer) -> Iterator[float]:
    narrow = (each for each in answer.values["niches"] if each["narrow"])
    named = [each for each in narrow if each["term"] != "general"][:2]
    yield from (per_cent(each["some"], each["total"]) for each in named)


def of_scale(answer: Answer) -> Iterator[float]:
    yield from (each.estimate for each in answer.findings if each.significant)


def of_domains(answer: Answer) -> Iterator[float]:
    rows = drawn(answer, "fig-change")
    pairs = zip(rows[::2], rows[1::2], strict=True)
    full = [
        (own["studies"], own["studies"] + others["studies"])
        for own, others in pairs
        if int(own["year"]) < real.corpus().release.searched.year
    ]
    held = [per_cent(*each) for each in full if each[1] >= 10]
    yield from (held[0], held[-1])


def of_openness(answer: Answer) -> Iterator[float]:
    for each in answer.values["states"][1:]:
        yield per_cent(each["counts"][each["open"]], sum(each["counts"].values()))


def of_transparency(answer: Answer) -> Iterator[float]:
    first, *_, last = drawn(answer, "fig-items")
    yield from (per_cent(each["studies"], each["of"]) for each in (first, last))


def of_gaps(answer: Answer) -> Iterator[float]:
    cells = [
        cell for each in answer.values["maps"] for row in each["rows"] for cell in row["cells"]
    ]
    yield from (len(cells), sum(not cell["studies"] for cell in cells))


def of_foundations(answer: Answer) -> Iterator[float]:
    yield per_cent(answer.values["roots"][0]["studies"], answer.values["coded"])


def of_completeness(answer: Answer) -> Iterator[float]:
    stated = [(each["states"]["stated"], each["applies"]) for each in answer.values["fields"]]
    yield per_cent(*map(sum, zip(*stated, strict=True)))
    yield min(per_cent(*each) for each in stated)


def of_results(answer: Answer) -> Iterator[float]:
    yield from (answer.values["n"], answer.values["intervals"])


def of_appraisal(answer: Answer) -> Iterator[float]:
    overall = [each["overall"] for each in answer.values["studies"]]
    yield from filter(None, (overall.count("low"), len(overall), overall.count("high")))


def of_agreement(answer: Answer) -> Iterator[float]:
    terms = {each.name for each in columns(Study) if each.vocabulary}
    held = [each for each in answer.values["upheld"] if each["name"] in terms]
    yield answer.values["n"]
    yield 100 - per_cent(
        sum(each["differing"] for each in held), sum(each["cells"] for each in held)
    )


UNROUNDED: Final[dict[str, Callable[[Answer], Iterator[float]]]] = {
    "growth": of_growth,
    "methods": of_clearest,
    "data-sets": of_data_sets,
    "scale": of_scale,
    "domains": of_domains,
    "challenges": of_clearest,
    "openness": of_openness,
    "transparency": of_transparency,
    "gaps": of_gaps,
    "foundations": of_foundations,
    "completeness": of_completeness,
    "results": of_results,
    "appraisal": of_appraisal,
    "agreement": of_agreement,
}


@functools.cache
def answers() -> compute.Answers:
    df = tables.frame(real.corpus().counted)
    context = Context(real.corpus(), real.corpus().release.searched.year)
    return compute.answers(df, compute.corrected(df, context))


@pytest.mark.corpus
@pytest.mark.parametrize("slug", [question.slug for question in QUESTIONS])
def test_the_code_of_a_page_gives_the_numbers_of_its_answer(
    slug: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    files = dict(real.files())
    page = markup.read(files, f"trends/{slug}.md").html
    ((answer,), (code,)) = (
        [each.text for each in markup.named(page, tag, id=id_)]
        for tag, id_ in (("p", "answer"), ("pre", "lsr-code"))
    )
    assert len([line for line in code.splitlines() if line]) <= MOST_LINES
    assert max(map(len, code.splitlines())) <= LONGEST_LINE
    assert "gen" not in re.findall(r"\w+", code)
    for path in ("datapackage.json", *(f"{name}.csv" for name in re.findall(r"\w+", code))):
        if f"data/{path}" in files:
            (tmp_path / path).write_text(str(files[f"data/{path}"]))
    own = tmp_path / "own.py"
    own.write_text(code.replace(f"{real.corpus().review.site}data", str(tmp_path)))
    runpy.run_path(str(own))
    expected = [*UNROUNDED[slug](answers()[slug][""])]
    assert rounded(expected, answer)
    assert absent(expected, capsys.readouterr().out) == []


@pytest.mark.corpus
def test_the_answer_of_sensitivity_counts_the_lines_of_its_table() -> None:
    page = markup.read(dict(real.files()), "trends/sensitivity.md").html
    (answer,) = (each.text for each in markup.named(page, "p", id="answer"))
    lines = [each.text for each in markup.named(page, "tr") if "no clear change" not in each.text]
    unsure = [text for text in lines if re.search("loses significance|changes sign", text)]
    clear = len(unsure) + sum("holds" in text for text in lines if text not in unsure)
    assert rounded([clear - len(unsure), clear], answer)
