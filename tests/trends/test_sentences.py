"""Every answer can be read at once: short, with few numbers, in words of everyday use."""

from __future__ import annotations

import re

import pytest

from gen.analysis import tables
from gen.trends import compute
from gen.trends.base import Context
from tests import answers, real
from tests.trends import field

MOST_WORDS = 30
MOST_NUMBERS = 2
# A number of its own, not a part of a name such as DINOv2, 3D or ResNet-50.
NUMBER = re.compile(r"(?<![\w-])\d[\d,.]*(?!\w)")
JARGON = re.compile(r"odds|\bq\b|\bz\b|Theil|\bCI\b|correction|κ|permutation|residual")


def faults(sentence: str) -> list[str]:
    """What is wrong with an answer."""
    words = [word for word in sentence.split() if word not in {"%", "×"}]
    found = [f"{len(words)} words"] if len(words) > MOST_WORDS else []
    numbers = NUMBER.findall(sentence)
    found += [f"numbers {numbers}"] if len(numbers) > MOST_NUMBERS else []
    found += [f"jargon {JARGON.findall(sentence)}"] if JARGON.search(sentence) else []
    return found


def said(answered: compute.Answers) -> dict[str, str]:
    """Question and subset -> sentence."""
    return {
        f"{slug} {name}": answer.sentence
        for slug, by_subset in answered.items()
        for name, answer in by_subset.items()
    }


def wrong(sentences: dict[str, str]) -> dict[str, list[str]]:
    return {f"{asked}: {told}": faults(told) for asked, told in sentences.items() if faults(told)}


def test_a_long_or_learned_sentence_is_noticed() -> None:
    assert faults("word " * 31) == ["31 words"]
    assert faults("From 2019 to 2024 it grew by 3.5.") == ["numbers ['2019', '2024', '3.5.']"]
    assert faults("DINOv2 and ResNet-50 read 3D scans in 2 of 3 studies.") == []
    assert faults("The odds rose.") == ["jargon ['odds']"]


@pytest.mark.slow
@pytest.mark.parametrize("most", [0, 1, 2, 3, 12, 30, 60, 129])
def test_answers_of_invented_studies_are_short_and_plain(most: int) -> None:
    """In the order of their years, so that few studies are few years."""
    studies = field.studies()[:most]
    given = answers.context(studies, **field.others(field.studies()))
    df = tables.frame(studies)
    assert wrong(said(compute.ask_all(df, given))) == {}


@pytest.mark.corpus
def test_answers_of_the_corpus_are_short_and_plain() -> None:
    df = tables.frame(real.corpus().counted)
    context = compute.corrected(df, Context(real.corpus(), real.corpus().release.searched.year))
    answered = compute.answers(df, context)
    robust = {"sensitivity": compute.robust(context, answered)["sentence"]}
    assert wrong(said(answered) | robust) == {}
