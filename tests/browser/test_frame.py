"""The frame of every page: what scripts of ours do that the theme has its own for."""

from __future__ import annotations

import re
from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, Page, expect

CHAPTER = "review/limits/"


@pytest.fixture
def chapter(browser: Browser, served: str) -> Iterator[Page]:
    """A chapter, with contents, tables and folds, in a low and wide window of a dark system."""
    viewport = {"width": 1280, "height": 400}
    context = browser.new_context(
        viewport=viewport, color_scheme="dark", reduced_motion="reduce", has_touch=True
    )
    page = context.new_page()
    page.goto(f"{served}/{CHAPTER}")
    yield page
    context.close()


# A link in the drawer, without the page that it leads to.
FOLLOW = """() => {
  addEventListener("click", event => event.preventDefault());
  document.querySelector(".md-sidebar--primary a").click();
}"""


def expect_colours(page: Page, shown: str, of_browser: str, said: str) -> None:
    """The colours of the page and of the browser's own parts, and what the label in sight says.

    Waited for, as the browser tells the page of a change of the system in its own time.
    """
    label = page.locator(".md-option + label:visible")
    expect(label).to_have_count(1)
    expect(label).to_have_attribute("title", re.compile(f"^{said};"))
    expect(page.locator("body")).to_have_attribute("data-md-color-scheme", shown)
    expect(page.locator("meta[name=color-scheme]")).to_have_attribute("content", of_browser)
    colour = "header => getComputedStyle(header).backgroundColor"
    header = page.locator(".md-header").evaluate(colour)
    expect(page.locator("meta[name=theme-color]")).to_have_attribute("content", header)


def test_colours_follow_the_system_or_the_reader(chapter: Page) -> None:
    expect_colours(chapter, "slate", "dark", "Colours follow the system")
    chapter.emulate_media(color_scheme="light")
    expect_colours(chapter, "default", "light", "Colours follow the system")
    chapter.emulate_media(color_scheme="dark")
    expect_colours(chapter, "slate", "dark", "Colours follow the system")
    chapter.locator(".md-option + label:visible").click()
    expect_colours(chapter, "default", "light", "Light colours")
    chapter.reload()
    expect_colours(chapter, "default", "light", "Light colours")
    for key, shown, of_browser, said in (
        ("Enter", "slate", "dark", "Dark colours"),
        ("Space", "slate", "dark", "Colours follow the system"),
        ("ArrowRight", "default", "light", "Light colours"),
    ):
        chapter.locator(".md-option:checked").focus()
        chapter.keyboard.press(key)
        expect_colours(chapter, shown, of_browser, said)
        expect(chapter.locator(".md-option:checked")).to_be_focused()


def test_the_contents_show_where_the_reader_is(chapter: Page) -> None:
    current = chapter.locator(".md-sidebar--secondary [aria-current]")
    title = chapter.locator(".md-header__title")
    expect(current).to_have_count(0)
    expect(title).not_to_have_class("md-header__title md-header__title--active")
    links = chapter.locator(".md-sidebar--secondary .md-nav__link").all()
    assert len(links) > 9
    for link in (links[-2], links[3]):
        address = link.get_attribute("href") or ""
        chapter.evaluate("id => document.getElementById(id).scrollIntoView()", address[1:])
        expect(current).to_have_count(1)
        expect(current).to_have_attribute("href", address)
        expect(current).to_have_class("md-nav__link md-nav__link--passed md-nav__link--active")
        expect(current).to_be_in_viewport(ratio=0.9)
        expect(title).to_have_class("md-header__title md-header__title--active")
    passed = chapter.locator(".md-sidebar--secondary .md-nav__link--passed")
    expect(passed).to_have_count(4)
    # The list stays beside the text, under the header.
    box = chapter.locator(".md-sidebar--secondary .md-sidebar__scrollwrap").bounding_box()
    assert box
    assert box["y"] >= 48
    assert box["y"] + box["height"] <= 400


def test_the_drawer_closes_behind_the_reader(chapter: Page) -> None:
    chapter.set_viewport_size({"width": 360, "height": 700})
    drawer = chapter.locator("#__drawer")
    for close in (
        lambda: chapter.keyboard.press("Escape"),
        lambda: chapter.evaluate("location.hash = 'top'"),
        lambda: chapter.evaluate(FOLLOW),
    ):
        chapter.locator("label.md-header__button[for=__drawer]").click()
        expect(drawer).to_be_checked()
        close()
        expect(drawer).not_to_be_checked()


def test_folds_open_for_an_address_within_and_on_paper(chapter: Page) -> None:
    folds = chapter.locator(".md-content details")
    expect(folds.last).not_to_have_attribute("open", "")
    folds.last.evaluate("fold => fold.lastElementChild.id = 'lsr-inner'")
    chapter.evaluate("location.hash = 'lsr-inner'")
    expect(folds.last).to_have_attribute("open", "")
    # This browser would have opened it by itself; not all would.
    folds.last.evaluate("fold => { fold.open = false; dispatchEvent(new Event('hashchange')) }")
    expect(folds.last).to_have_attribute("open", "")
    before = chapter.locator(".md-content details[open]").count()
    chapter.evaluate("dispatchEvent(new Event('beforeprint'))")
    assert chapter.locator(".md-content details:not([open])").count() == 0
    chapter.evaluate("dispatchEvent(new Event('afterprint'))")
    assert chapter.locator(".md-content details[open]").count() == before < folds.count()


def test_a_wide_table_scrolls_by_keyboard(chapter: Page) -> None:
    assert chapter.locator(".md-content table:not([class])").count() > 3
    loose = ".md-content table:not([class]):not(.md-typeset__scrollwrap > .md-typeset__table > *)"
    assert chapter.locator(loose).count() == 0
    wide = chapter.locator(".md-typeset__scrollwrap").filter(visible=True).first
    expect(wide).not_to_have_attribute("tabindex", "0")
    wide.evaluate("box => box.querySelector('table').style.minWidth = '60rem'")
    chapter.set_viewport_size({"width": 360, "height": 700})
    expect(wide).to_have_attribute("tabindex", "0")
