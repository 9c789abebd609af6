from __future__ import annotations

from gen.text.placeholder import fill, mark


def test_each_mark_of_a_kind_is_filled_and_no_other() -> None:
    page = f"{mark('figure', 'a')} and {mark('cite', 'b c')}, {mark('figure', 'd')}"
    assert fill("figure", page, str.upper) == "A and <!--cite b c-->, D"


def test_what_fills_a_mark_is_taken_as_it_is() -> None:
    assert fill("figure", mark("figure", "a"), lambda _: r"\1 \g<0>") == r"\1 \g<0>"
