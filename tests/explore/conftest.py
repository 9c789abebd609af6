"""The built site of the sound corpus, and a page of a browser in it."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page

from tests import invented, shared
from tests.build import build, checkout
from tests.conftest import serving

Open = Callable[..., Page]


@pytest.fixture(scope="module")
def address() -> Iterator[str]:
    """Of the list, in the built site of the sound corpus."""

    def make(folder: Path) -> None:
        data = invented.write(folder.with_name("explored") / "data")
        build(checkout(folder, data))

    with serving(shared.made("explored-site", make) / "site") as site:
        yield f"{site}/studies/"


@pytest.fixture
def tab(browser: Browser) -> Iterator[Page]:
    """A page whose errors and dialogs fail the test."""
    context = browser.new_context(
        viewport={"width": 1280, "height": 900},
        permissions=["clipboard-read", "clipboard-write"],
        reduced_motion="reduce",
    )
    page = context.new_page()
    wrong: list[str] = []
    page.on("console", lambda message: message.type == "error" and wrong.append(message.text))
    page.on("pageerror", lambda error: wrong.append(str(error)))
    page.on("dialog", lambda dialog: wrong.append(dialog.message))
    yield page
    context.close()
    assert wrong == []


@pytest.fixture
def opened(tab: Page, address: str) -> Open:
    def at(query: str = "") -> Page:
        tab.goto(address + query)
        tab.wait_for_selector("[data-ready]")
        return tab

    return at
