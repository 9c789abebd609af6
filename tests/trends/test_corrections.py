"""One false discovery rate over all tests of all pages."""

from __future__ import annotations

import pytest

from gen.analysis import tables
from gen.trends import compute
from gen.trends.base import Context
from gen.trends.corrections import Corrections
from tests.answers import context
from tests.trends import field


def test_a_family_alone_is_corrected_by_itself() -> None:
    assert Corrections().adjusted("one", [0.01, None, 0.04]) == [0.02, None, 0.04]


def test_families_are_corrected_together_once_all_are_known() -> None:
    first = Corrections()
    first.adjusted("one", [0.01, None, 0.04])
    first.adjusted("other", [0.9])
    second = Corrections(first.together())
    # Three tests: 0.01 times 3, 0.04 times 3 over 2, 0.9.
    assert second.adjusted("one", [0.01, None, 0.04]) == pytest.approx([0.03, None, 0.06])
    assert second.adjusted("other", [0.9]) == [0.9]


def test_trends_find_no_cover_behind_associations_that_are_true() -> None:
    first = Corrections()
    first.adjusted("combinations", [1e-9] * 98)
    first.adjusted("series code-stated", [0.04, None, 0.9])
    together = first.together()
    # Of all 100 tests, 0.04 would be 0.04 times 100 over 99; of the two of trends it is 0.08.
    assert together["series code-stated"] == pytest.approx([0.08, None, 0.9])
    # And where trends alone would be bolder, all tests hold.
    second = Corrections()
    second.adjusted("specific domains builds_on", [0.9] * 98)
    second.adjusted("series code-stated", [0.01, 0.02])
    assert second.together()["series code-stated"] == pytest.approx([0.9, 0.9])
    assert second.together()["specific domains builds_on"] == pytest.approx([0.9] * 98)


def test_two_pages_that_show_a_family_make_its_tests_once() -> None:
    corrections = Corrections()
    for _ in range(2):
        corrections.adjusted("one", [0.01])
    assert corrections.together() == {"one": [0.01]}


def test_other_tests_under_the_same_name_are_a_mistake() -> None:
    corrections = Corrections()
    corrections.adjusted("one", [0.01])
    with pytest.raises(ValueError, match="two families of tests are called 'one'"):
        corrections.adjusted("one", [0.02])


@pytest.mark.slow
def test_every_page_knows_the_tests_of_the_others() -> None:
    studies = field.studies()
    given, df = context(studies, **field.others(studies)), tables.frame(studies)
    corrected: Context = compute.corrected(df, given)
    alone = compute.ask_all(df, given)
    together = compute.ask_all(df, corrected)
    chest = {
        name: next(f.p for f in answers["domains"][""].findings if f.id == "domains-chest")
        for name, answers in (("alone", alone), ("together", together))
    }
    assert chest["together"] != chest["alone"]
    qs = corrected.corrections.q
    assert qs
    assert chest["together"] in qs["terms domains"]
    assert {"combinations", "roots", "sizes", "specific domains training_data"} <= qs.keys()
