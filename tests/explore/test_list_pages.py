"""The pages that list data sets and models, filtered in a browser as studies are."""

from __future__ import annotations

import re

import pytest
from playwright.sync_api import Browser, Page, Route, expect

from tests.accessible import violations
from tests.explore.test_page import Scheme, names, status, tick

pytestmark = pytest.mark.slow

LISTS = {"datasets": "data sets", "foundations": "models"}


@pytest.fixture
def root(address: str) -> str:
    return address.removesuffix("studies/")


def opened(tab: Page, address: str) -> Page:
    tab.goto(address)
    tab.wait_for_selector("[data-ready]")
    return tab


@pytest.mark.parametrize(
    ("query", "found"),
    [
        ("datasets/", ["Made-up CT", "Made-up Eyes", "Made-up MRI"]),
        ("datasets/?access=public", ["Made-up Eyes"]),
        ("datasets/?modalities=ct", ["Made-up CT"]),
        ("datasets/?used=training", ["Made-up CT", "Made-up MRI"]),
        ("datasets/?used=training,evaluation&all=used", ["Made-up CT"]),
        ("datasets/?evaluation=2-", ["Made-up Eyes"]),
        ("datasets/?year=2021", ["Made-up Eyes"]),
        ("datasets/?q=made-up-mri", ["Made-up MRI"]),
        ("datasets/?sort=-size", ["Made-up CT", "Made-up Eyes", "Made-up MRI"]),
        ("datasets/?sort=size", ["Made-up CT", "Made-up Eyes", "Made-up MRI"]),  # others have none
        ("datasets/?sort=-name", ["Made-up MRI", "Made-up Eyes", "Made-up CT"]),
        ("datasets/?sort=evaluation", ["Made-up MRI", "Made-up CT", "Made-up Eyes"]),
        ("datasets/?sort=name&used=training", ["Made-up CT", "Made-up MRI"]),
        ("foundations/", ["AlphaSeg", "StemNet", "WordNet-X"]),
        ("foundations/?place=foundations", ["StemNet", "WordNet-X"]),
        ("foundations/?kind=language", ["WordNet-X"]),
        ("foundations/?others=1-", ["StemNet"]),
        ("foundations/?ways=weights", []),
        ("foundations/?q=wordnet", ["WordNet-X"]),
        ("foundations/?sort=-year", ["AlphaSeg", "StemNet", "WordNet-X"]),
    ],
)
def test_an_address_is_a_view(tab: Page, root: str, query: str, found: list[str]) -> None:
    page = opened(tab, root + query)
    assert names(page) == found
    what = LISTS[query.partition("/")[0]]
    status(page).to_have_text(f"{len(found)} of 3 {what}")


def test_a_choice_is_in_the_address_and_goes_back(tab: Page, root: str) -> None:
    page = opened(tab, f"{root}datasets/")
    tick(page, "Access", "Public")
    status(page).to_have_text("1 of 3 data sets")
    assert page.url.endswith("/datasets/?access=public")
    page.go_back()
    status(page).to_have_text("3 of 3 data sets")


def test_a_row_leads_to_its_page_and_says_numbers_with_units(tab: Page, root: str) -> None:
    page = opened(tab, f"{root}datasets/?columns=size,year,evaluation")
    rows = page.locator(".lsr-found tbody tr")
    assert rows.nth(0).locator("td").all_inner_texts()[1:] == ["900 volumes", "", "1"]
    assert rows.nth(1).locator("td").all_inner_texts()[1:] == ["", "2021", "2"]
    assert page.locator(".lsr-found th").last.inner_text() == "Evaluation only"
    page.get_by_role("link", name="Made-up MRI").click()
    expect(page).to_have_url(f"{root}datasets/made-up-mri/")


def test_a_model_that_is_a_study_leads_to_the_page_of_the_study(tab: Page, root: str) -> None:
    for name, path in (("AlphaSeg", "studies/alphaseg/"), ("StemNet", "foundations/stemnet/")):
        page = opened(tab, f"{root}foundations/")
        page.locator(".lsr-found").get_by_role("link", name=name).click()
        expect(page).to_have_url(root + path)


@pytest.mark.parametrize(
    ("path", "table"),
    [
        ("datasets/", "tab-data-sets"),
        ("foundations/", "tab-base-models"),
        ("foundations/", "tab-studies"),
    ],
)
def test_the_whole_table_stands_below_for_all_who_ask(
    browser: Browser,
    tab: Page,
    root: str,
    path: str,
    table: str,
) -> None:
    page = opened(tab, root + path)
    expect(page.locator(f"#{table}")).to_be_hidden()
    page.locator(f".lsr-whole__show:has(+ #{table}) a").click()
    expect(page.locator(f"#{table}")).to_be_visible()
    plain = browser.new_page(java_script_enabled=False, viewport={"width": 320, "height": 900})
    plain.goto(root + path)
    expect(plain.locator(f"#{table}")).to_be_visible()
    expect(plain.locator(".lsr-explorer")).to_be_hidden()
    assert plain.evaluate("document.documentElement.scrollWidth") <= 320
    heights = plain.locator(f"#{table} tbody tr").evaluate_all(
        "all => all.map(e => e.offsetHeight)"
    )
    assert max(heights) < 45, "an entry is a line, or two where its name is long"
    plain.close()


def test_a_filter_that_cannot_be_loaded_leads_to_the_table(browser: Browser, root: str) -> None:
    page = browser.new_page()
    page.route("**/explore/*.json", lambda route: route.abort())
    page.goto(f"{root}foundations/")
    page.get_by_role("link", name="All in one table").click()
    expect(page.locator("#tab-base-models")).to_be_visible()
    page.close()


def test_fifty_stand_on_a_page_and_texts_are_no_markup(tab: Page, root: str) -> None:
    attack = '<img src=x onerror="alert(1)">'

    def hostile(route: Route) -> None:
        given = route.fetch().json()
        given["size"] *= 40
        for id_, column in given["columns"].items():
            given["columns"][id_] = [attack] * 120 if id_ in {"name", "summary"} else column * 40
        route.fulfill(json=given)

    tab.route("**/explore/*.json", hostile)
    page = opened(tab, f"{root}datasets/")
    assert names(page) == [attack] * 50
    page.get_by_role("link", name="Next →").click()
    assert page.url.endswith("?page=2")
    assert page.locator(".lsr-explorer img").count() == 0


@pytest.mark.parametrize("path", LISTS)
@pytest.mark.parametrize(("width", "scheme"), [(1280, "light"), (360, "dark")])
def test_it_fits_and_is_accessible(
    tab: Page,
    root: str,
    path: str,
    width: int,
    scheme: Scheme,
) -> None:
    tab.emulate_media(color_scheme=scheme)
    tab.set_viewport_size({"width": width, "height": 900})
    page = opened(tab, f"{root}{path}/")
    if width < 960:
        page.locator(".lsr-filter__sheet > summary").click()
    assert page.evaluate("document.documentElement.scrollWidth") <= width
    assert violations(page) == []
    page.set_viewport_size({"width": 320, "height": 900})
    assert page.evaluate("document.documentElement.scrollWidth") <= 320


@pytest.mark.parametrize("live", [False, True])
def test_a_mark_of_a_chart_leads_to_its_studies(tab: Page, root: str, live: bool) -> None:  # noqa: FBT001
    tab.goto(f"{root}family/vision-only/")
    figure = tab.locator("#fig-per-year")
    if live:
        figure.get_by_role("button", name="Interactive chart").click()
        expect(figure.locator(".vega-embed svg")).to_be_visible()
    figure.locator(".mark-rect path").last.click()
    expect(tab).to_have_url(re.compile(rf"^{root}studies/\?family=vision-only&year=\d+&frame="))
    expect(tab.locator(".lsr-found tbody tr").first).to_be_visible()


def test_a_mark_of_a_chart_that_was_redrawn_for_a_subset_leads_nowhere(
    tab: Page, root: str
) -> None:
    tab.goto(f"{root}trends/growth/")
    switch = tab.locator("[data-lsr-switches] input").first
    switch.check()
    expect(tab.locator("[data-lsr-switches] [role=status]")).to_contain_text("Redrawn")
    switch.uncheck()
    figure = tab.locator(".lsr-figure", has=tab.locator(".vega-embed .mark-rect path")).first
    figure.locator(".mark-rect.role-mark path").last.click()
    tab.wait_for_timeout(300)
    assert tab.url == f"{root}trends/growth/"
