"""The numbers of every answer again, from the published tables alone, by the code of its page."""

from __future__ import annotations

import re
import runpy
from pathlib import Path

import pytest

from gen.trends.questions import QUESTIONS
from tests import markup, real
from tests.trends.test_sentences import NUMBER

MOST_LINES = 15
LONGEST_LINE = 79  # as wide as the column of a page on a common screen
PRINTED = re.compile(r"(?<![\d.])\d[\d,]*(?:\.\d+)?(?:e[+-]\d+)?")


def value(text: str) -> float:
    return float(text.replace(",", ""))


def absent(sentence: str, printed: str) -> list[str]:
    """The numbers of the sentence that no printed one is when it is rounded likewise.

    They are printed in the order of the sentence, and not rounded as there.
    """
    found = [value(text) for text in PRINTED.findall(printed)]
    missing = []
    for text in (number.rstrip(".,") for number in NUMBER.findall(sentence)):
        decimals = len(text.partition(".")[2])
        said = f"{value(text):.{decimals}f}"
        place = next((n for n, each in enumerate(found) if f"{each:.{decimals}f}" == said), None)
        if place is None:
            missing.append(text)
        else:
            found = found[place + 1 :]
    return missing


def test_a_number_that_the_code_does_not_give_is_noticed() -> None:
    assert absent("It grew 3.3-fold to 1,009 in 2023, 58%.", "[3.31 1] 1009 to 2023Q2 57.96") == []
    assert absent("It grew 3.3-fold to 58%.", "3.2 57.4 5.8 2023") == ["3.3", "58"]
    assert absent("It fell from 50% to 11%.", "11.2 to 49.8") == ["11"]


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
    assert absent(answer, capsys.readouterr().out) == []
