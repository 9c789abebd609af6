"""The search in a browser: readers' queries on the real index, and what is hostile or absent."""

from __future__ import annotations

import csv
import json
import re
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import urlencode

import pytest
from playwright.sync_api import Browser, Page, Route, expect

from tests.accessible import violations

STATUS = "article [role=status]"
QUERIES = Path(__file__).with_name("queries.csv")

# Runs in the page: the address of the first answer to each query, and the longest time, in ms.
FIRST = """async (queries) => {
  const root = new URL("../", location.href);
  const [{ loadWhole }, { search }, { list }] = await Promise.all(
    ["index", "rank", "view"].map((name) => import(new URL(`assets/js/search/${name}.js`, root))));
  const index = await loadWhole(root);
  const first = {}, times = [];
  for (const query of queries) {
    const begun = performance.now();
    const [item] = list(search(index, query), index, query, root, 20);
    times.push(performance.now() - begun);
    first[query] = item.querySelector("a").href.slice(root.href.length);
  }
  return { first, slowest: Math.max(...times) };
}"""


def queries() -> dict[str, str]:
    with QUERIES.open(encoding="utf-8", newline="") as file:
        return {row["query"]: row["first"] for row in csv.DictReader(file)}


@pytest.fixture
def page(browser: Browser) -> Iterator[Page]:
    """A new page whose errors fail the test."""
    page = browser.new_page(reduced_motion="reduce")
    wrong: list[str] = []
    page.on("console", lambda message: message.type == "error" and wrong.append(message.text))
    page.on("pageerror", lambda error: wrong.append(str(error)))
    page.on("dialog", lambda dialog: (wrong.append(dialog.message), dialog.dismiss()))
    yield page
    page.close()
    assert wrong == []


@pytest.fixture
def searched(page: Page, served: str) -> Page:
    page.goto(f"{served}/search/")
    return page


def test_every_query_of_readers_has_its_page_first(searched: Page) -> None:
    expected = queries()
    assert len(expected) >= 60
    found = searched.evaluate(FIRST, list(expected))
    assert found["first"] == expected
    assert found["slowest"] < 300


def test_the_index_is_fetched_only_when_the_search_is_used(page: Page, served: str) -> None:
    asked: list[str] = []
    page.on("request", lambda request: asked.append(request.url))
    page.goto(f"{served}/about/", wait_until="networkidle")
    assert [url for url in asked if "search/" in url] == [f"{served}/assets/js/search/open.js"]
    page.keyboard.press("/")
    page.get_by_role("searchbox").fill("MedSAM")
    expect(page.locator(".lsr-hits a").first).to_contain_text("MedSAM")
    assert [url for url in asked if url.endswith(".json") and "search/" in url] == [
        f"{served}/search/{name}.json" for name in ("index", "studies")
    ]


def held_back(page: Page) -> list[Route]:
    """The requests for titles and authors, which wait until the test lets them go."""
    held: list[Route] = []

    def hold(route: Route) -> None:
        held.append(route)

    page.route("**/search/studies.json", hold)
    return held


def test_names_are_found_before_titles_and_authors_have_come(page: Page, served: str) -> None:
    held = held_back(page)
    page.goto(f"{served}/search/?q=medsam")
    hits = page.locator(".lsr-hits a")
    expect(hits.first).to_contain_text("MedSAM")
    expect(page.locator(STATUS)).to_have_text("Loading …")
    before = hits.count()
    hits.first.focus()
    held[0].continue_()
    expect(page.locator(STATUS)).to_have_text(re.compile(r"\d+ hits\."))
    assert hits.count() > before
    expect(page.get_by_role("link", name="MedSAM Study").first).to_be_focused()


def test_nothing_is_called_absent_or_a_slip_before_titles_and_authors_have_come(
    page: Page, served: str
) -> None:
    held = held_back(page)
    page.goto(f"{served}/search/?q=Kirillov+segmentation+qwertzuiop")
    expect(page.locator(STATUS)).to_have_text("Loading …")
    page.wait_for_timeout(300)
    assert page.locator(".lsr-hits a").count() == 0
    held[0].continue_()
    expect(page.locator(STATUS)).to_contain_text("No hit has all the words")


def test_the_dialog_is_used_by_keys_alone(page: Page, served: str) -> None:
    page.goto(f"{served}/about/")
    link = page.get_by_role("link", name="Search", exact=True)
    link.focus()
    page.keyboard.press("Enter")
    box = page.get_by_role("searchbox")
    expect(box).to_be_focused()
    page.keyboard.type("segment anything")
    hits = page.locator(".lsr-hits a")
    expect(page.locator("dialog [role=status]")).to_have_text(re.compile(r"\d+ hits\."))
    page.keyboard.press("ArrowDown")
    page.keyboard.press("ArrowDown")
    expect(hits.nth(1)).to_be_focused()
    page.keyboard.press("ArrowUp")
    page.keyboard.press("ArrowUp")
    expect(box).to_be_focused()
    page.keyboard.press("Escape")
    expect(page.locator("dialog")).to_be_hidden()
    expect(link).to_be_focused()
    page.keyboard.press("s")
    expect(box).to_have_value("segment anything")
    page.keyboard.press("Enter")
    page.wait_for_url("**/foundations/sam/")


def test_letters_of_shortcuts_can_be_typed(searched: Page) -> None:
    searched.get_by_role("searchbox").press_sequentially("s/s")
    expect(searched.get_by_role("searchbox")).to_have_value("s/s")
    assert searched.locator("dialog").count() == 0


def test_the_address_holds_the_query(page: Page, served: str) -> None:
    page.goto(f"{served}/search/?q=fundus")
    expect(page.locator(".lsr-hits a").first).to_contain_text("Fundus photography")
    page.get_by_role("searchbox").fill("uk biobank")
    expect(page).to_have_url(f"{served}/search/?q=uk+biobank")


def test_a_slip_is_said_and_mended(searched: Page) -> None:
    searched.get_by_role("searchbox").fill("medsma")
    expect(searched.locator(STATUS)).to_contain_text("Did you mean “medsam”?")


def test_no_query_is_a_dead_end(searched: Page, served: str) -> None:
    for query in ("qwertzuiop", "ct zzzzzzzzzz", "<b>zzzzzzzz</b>", "日本"):
        searched.get_by_role("searchbox").fill(query)
        expect(searched.locator(STATUS)).to_contain_text(
            re.compile("^(Nothing found|No hit has all)")
        )
        ways = searched.locator(".lsr-hits a").evaluate_all("all => all.map((a) => a.href)")
        assert ways[-1] == f"{served}/contribute/"
        assert ways[-2] == f"{served}/studies/?{urlencode({'q': query})}"


@pytest.mark.parametrize(("scheme", "width"), [("light", 1280), ("dark", 320)])
def test_the_dialog_is_accessible_and_fits(
    page: Page,
    served: str,
    scheme: str,
    width: int,
) -> None:
    page.set_viewport_size({"width": width, "height": 800})
    page.emulate_media(color_scheme=scheme)  # type: ignore[arg-type]
    page.goto(f"{served}/about/")
    page.keyboard.press("s")
    page.get_by_role("searchbox").fill("retina open weights")
    expect(page.locator(".lsr-hits a").first).to_be_visible()
    assert violations(page) == []
    assert page.locator("dialog").evaluate("d => d.scrollWidth <= d.clientWidth")
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")


def test_markup_in_data_is_shown_as_text(page: Page, served: str) -> None:
    nasty = '<img src=x onerror=alert(1)> & "quoted" <mark>'
    column = [nasty]
    block = {"kind": "Study", "path": "studies/", "ids": ["x"], "names": column, "lines": column}
    empty: dict[str, list[str]] = {"columns": [], "ids": [], "labels": [], "names": []}
    index = {"columns": {}, "shown": [], "facts": empty, "kinds": [block]}
    texts = {"titles": [f"{nasty} again"], "authors": column}
    page.route("**/search/index.json", lambda route: route.fulfill(body=json.dumps(index)))
    page.route("**/search/studies.json", lambda route: route.fulfill(body=json.dumps(texts)))
    page.goto(f"{served}/search/?q=quoted")
    expect(page.locator(".lsr-hit__name")).to_have_text(nasty)
    expect(page.locator(".lsr-hits mark")).to_have_text(["quoted"] * 3)
    assert page.locator(".lsr-hits img").count() == 0


@pytest.mark.parametrize("file", ["index", "studies"])
def test_a_search_that_does_not_load_says_so_and_can_be_tried_again(
    browser: Browser, served: str, file: str
) -> None:
    page = browser.new_page()  # whose errors in the console are meant
    page.route(f"**/search/{file}.json", lambda route: route.abort())
    page.goto(f"{served}/search/?q=medsam")
    expect(page.locator(STATUS)).to_contain_text("could not be loaded")
    page.unroute(f"**/search/{file}.json")
    page.get_by_role("searchbox").fill("MedSAM")
    expect(page.locator(STATUS)).to_have_text(re.compile(r"\d+ hits\."))
    expect(page.locator(".lsr-hits a").first).to_contain_text("MedSAM")
    page.close()


def test_without_scripts_the_link_leads_to_lists(browser: Browser, served: str) -> None:
    page = browser.new_page(java_script_enabled=False)
    page.goto(f"{served}/studies/medsam/")
    page.get_by_role("link", name="Search", exact=True).click()
    expect(page.get_by_text("The search needs JavaScript.")).to_be_visible()
    expect(page.locator(".lsr-search__lists a")).to_have_count(15)
    page.close()
