"""Links that MkDocs never sees lead somewhere all the same, and from wherever their page is."""

from __future__ import annotations

from pathlib import Path

import pytest

from gen.pages import finish
from gen.permalinks.addresses import Addresses, relative
from gen.problems import PageError


def block(html: str) -> str:
    return f"# Page {{#top}}\n\n<!--html-->\n{html}\n<!--/html-->\n"


PAGES = {
    "index.md": block('<p id="first">x</p>'),
    "studies/index.md": block("<p>x</p>"),
    "studies/alpha.md": block('<p id="second">x</p>'),
}
SITE = Addresses.of(PAGES, ["studies/alpha.bib", "trends/growth/all.json", "assets/site.js"])


@pytest.mark.parametrize(
    ("page", "address", "expected"),
    [
        ("index.md", "/studies/alpha.md", "./studies/alpha/"),
        ("index.md", "/index.md", "./"),
        ("studies/index.md", "/studies/alpha.bib", "../studies/alpha.bib"),
        ("studies/alpha.md", "/index.md#first", "../../#first"),
        ("studies/alpha.md", "/studies/index.md", "../../studies/"),
        ("studies/alpha.md", "/studies/alpha.md#second", "../../studies/alpha/#second"),
        ("studies/alpha.md", "/trends/growth/", "../../trends/growth"),
        ("studies/alpha.md", "/studies/index.md?tasks=a,b#all", "../../studies/?tasks=a,b#all"),
        ("studies/alpha.md", "https://example.org/a.md", "https://example.org/a.md"),
        ("studies/alpha.md", "#second", "#second"),
    ],
)
def test_an_address_is_relative_to_its_page(page: str, address: str, expected: str) -> None:
    made, _ = relative(page, block(f'<a href="{address}">x</a>'))
    assert made == block(f'<a href="{expected}">x</a>')


def test_only_addresses_in_blocks_are_changed() -> None:
    page = 'In code: `<a href="/x.md">`, [a link](/studies/alpha.md).'
    assert relative("index.md", page) == (page, set())


@pytest.mark.parametrize(
    "address",
    [
        "/studies/gone.md",
        "/studies/gone.md?tasks=a",
        "/studies/alpha.md#gone",
        "/studies/gone.bib",
        "/nowhere/",
        "#gone",
    ],
)
def test_a_link_that_leads_nowhere_is_reported(address: str) -> None:
    page = block(f'<a href="{address}">x</a> <a href="/studies/alpha.md#second">y</a>')
    named = f"/index.md{address}" if address.startswith("#") else address.partition("?")[0]
    assert list(map(str, SITE.problems("index.md", relative("index.md", page)[1]))) == [
        f"the page index.md: '{named}' is linked to and is not on the site"
    ]


def test_links_that_lead_somewhere_are_no_problem() -> None:
    page = block(
        '<a href="/index.md#first">a</a><a href="/studies/alpha.bib">b</a><a href="#first">c</a>'
        '<div data-lsr-switches="/trends/growth/"></div><script src="/assets/site.js"></script>'
    )
    _, places = relative("index.md", page)
    assert len(places) == 4
    assert list(SITE.problems("index.md", places)) == []


def test_a_link_that_leads_nowhere_fails_the_build(tmp_path: Path) -> None:
    lost = PAGES | {"studies/beta.md": block('<a href="/studies/gone.md">x</a>')}
    with pytest.raises(PageError) as error:
        finish.linked(lost, [], tmp_path)
    assert str(error.value) == (
        "the page studies/beta.md: '/studies/gone.md' is linked to and is not on the site"
    )
    assert finish.linked(PAGES, [], tmp_path).keys() == PAGES.keys()
