from __future__ import annotations

import pytest

from gen.text.styles import NAMES, plain, trimmed

NAMES_HERE = {"nav", "nav__link", "slate", "ltr", "2x"}


@pytest.mark.parametrize(
    ("sheet", "kept"),
    [
        (".nav a{b:c}", ".nav a{b:c}"),
        (".nav .tabs{b:c}", ""),
        (".tabs,.nav:hover,a{b:c}", ".nav:hover,a{b:c}"),
        (".nav:not(.tabs){b:c}", ".nav:not(.tabs){b:c}"),
        (":is(.tabs,.nav) a{b:c}", ":is(.tabs,.nav) a{b:c}"),
        (r".\32x,.\2x{b:c}", r".\2x{b:c}"),
        ("[dir=ltr] a,[dir=rtl] a{b:c}", "[dir=ltr] a{b:c}"),
        ('[data-md-color-scheme="slate"]{b:c}', '[data-md-color-scheme="slate"]{b:c}'),
        ("[data-md-color-primary=pink]{b:c}", ""),
        ('a[href$=".tabs"]{b:c}', 'a[href$=".tabs"]{b:c}'),
        ("@media print{@media (width>1px){.tabs{b:c}}}a{b:c}", "a{b:c}"),
        ("@media print{.nav{b:c}.tabs{b:c}}", "@media print{.nav{b:c}}"),
        ("/* .nav{} */@charset 'x';a{b:c}", "@charset 'x';a{b:c}"),
        (
            """:root{--a:url("data:x;charset=y,<z>");--b:url('q;r');--c:d;--own:f}a{b:var(--b)}""",
            ":root{--b:url('q;r');--own:f}a{b:var(--b)}",
        ),
    ],
)
def test_only_rules_that_a_page_can_meet_are_kept(sheet: str, kept: str) -> None:
    assert trimmed(sheet, NAMES_HERE, ["x: var(--own)"]) == kept


def test_names_are_those_of_attributes_by_which_rules_choose() -> None:
    html = '<p dir="ltr" class="a b"><i class=c id="d" data-md-color-scheme="slate" title="e">'
    assert NAMES.findall(html) == ["ltr", "a b", "c id=", "slate"]


def test_a_sheet_is_written_without_what_is_not_read() -> None:
    assert plain("/* why\n */\na {\n  b: c;\n\n}\n") == "a {\nb: c;\n}"
