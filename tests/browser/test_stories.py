"""Readers with one question each: from the home page to the answer, in few clicks and seconds.

The right answers are read from the tables here, with nothing of gen/.
"""

from __future__ import annotations

import csv
import re
import tomllib
from collections.abc import Callable, Iterator
from pathlib import Path
from time import monotonic
from typing import Any

import pytest
import rispy
from playwright.sync_api import Browser, Locator, Page, expect

from tests.real import DATA

Row = dict[str, str]

MOST_STOPS = 150  # of the Tab key on the way to what a reader looks for


class Reader:
    """Someone who sees one page at a time. Each act counts as a click: a choice, a name typed."""

    seconds = 10  # for a story, on a busy machine; a reader who reads takes longer than the site

    def __init__(self, page: Page, home: str) -> None:
        self.page = page
        self.clicks = 0
        page.goto(home)
        self.began = monotonic()

    def click(self, what: Locator) -> None:
        self.clicks += 1
        what.click()

    def choose(self, label: str, option: str) -> None:
        """An option of a select, without the number behind it."""
        self.clicks += 1
        box = self.page.get_by_label(label, exact=True)
        name = re.compile(rf"^{re.escape(option)} \(\d+\)$")
        box.select_option(value=box.locator("option", has_text=name).get_attribute("value"))

    def enter(self, label: str, text: str) -> None:
        """Words into a box, and the key that sends them."""
        self.clicks += 1
        box = self.page.get_by_label(label, exact=True)
        box.fill(text)
        box.press("Enter")

    def group(self, name: str) -> Locator:
        """A filter, opened if it is not."""
        summary = self.page.locator(".lsr-filter details details > summary")
        own = summary.filter(has_text=re.compile(rf"^{re.escape(name)}( \(\d+\))?$"))
        if not own.evaluate("summary => summary.parentElement.open"):
            self.click(own)
        return own.locator("..")

    def tick(self, group: str, label: str) -> None:
        labels = self.group(group).locator("label")
        self.click(labels.filter(has=self.page.get_by_text(label, exact=True)))

    def done(self, clicks: int) -> None:
        taken = monotonic() - self.began
        assert self.clicks <= clicks
        assert taken < self.seconds


class Keyboard(Reader):
    """Someone without a pointer: Tab leads to whatever is used, and a key uses it."""

    seconds = 30  # as after each of up to some hundred keys the test looks where it is

    def reach(self, what: Locator) -> None:
        for _ in range(MOST_STOPS):
            if what.evaluate("own => own === document.activeElement"):
                return
            self.page.keyboard.press("Tab")
        pytest.fail(f"no Tab leads to {what}")

    def click(self, what: Locator) -> None:
        self.clicks += 1
        is_label = what.evaluate("own => own.tagName === 'LABEL'")
        self.reach(what.locator("input") if is_label else what)
        self.page.keyboard.press("Space" if is_label else "Enter")

    def choose(self, label: str, option: str) -> None:
        self.clicks += 1
        self.reach(self.page.get_by_label(label, exact=True))
        self.page.keyboard.type(option)

    def enter(self, label: str, text: str) -> None:
        self.clicks += 1
        self.reach(self.page.get_by_label(label, exact=True))
        self.page.keyboard.type(text)
        self.page.keyboard.press("Enter")


@pytest.fixture
def reader(request: pytest.FixtureRequest, browser: Browser, served: str) -> Iterator[Reader]:
    context = browser.new_context(viewport={"width": 1280, "height": 900}, reduced_motion="reduce")
    yield getattr(request, "param", Reader)(context.new_page(), f"{served}/")
    context.close()


def rows() -> list[Row]:
    with (DATA / "studies.csv").open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def taxonomy() -> dict[str, Any]:
    return tomllib.loads((DATA / "taxonomy.toml").read_text("utf-8"))


def studies(asked: Callable[[Row], bool]) -> set[str]:
    return {row["id"] for row in rows() if asked(row)}


def has(row: Row, column: str, *terms: str) -> bool:
    return not set(terms).isdisjoint(row[column].split("; "))


def allowed() -> set[str]:
    """Licences that let anyone use a thing for profit."""
    licences = taxonomy()["licence"]["terms"]
    return {id_ for id_, term in licences.items() if term["commercial"] == "allowed"}


BOTH = pytest.mark.parametrize("reader", [Reader, Keyboard], indirect=True)


def usable_segmenters() -> set[str]:
    free = allowed()
    return studies(
        lambda row: (
            has(row, "modalities", "ct")
            and has(row, "tasks", "segmentation")
            and row["weights_access"] == "open"
            and row["weights_licence"] in free
        )
    )


def shown(page: Page) -> set[str]:
    """Ids of the rows of all pages of the result, which must be as many as the page says."""
    status = page.locator(".lsr-explorer [role=status]").first
    names = page.locator(".lsr-found__name > a[href*='studies/']")
    found: list[str] = []
    while True:
        links = names.evaluate_all("all => all.map(a => a.href)")
        found += [link.rstrip("/").rpartition("/")[2] for link in links]
        following = page.locator(".lsr-found__pages").get_by_role("link", name="Next")
        if not following.count():
            break
        following.click()
    assert status.inner_text().startswith(f"{len(found):,} of ")
    return set(found)


def ask_for_segmenters(reader: Reader) -> None:
    reader.choose("Modality", "CT")
    reader.choose("Task", "Segmentation")
    reader.choose("Weights", "Open")
    reader.click(reader.page.get_by_role("button", name="Show studies"))
    reader.tick("Commercial use of the weights", "Allowed")


@BOTH
def test_who_segments_ct_with_weights_that_a_company_may_use(reader: Reader) -> None:
    ask_for_segmenters(reader)
    reader.done(clicks=6)
    assert shown(reader.page) == usable_segmenters() != set()


@BOTH
def test_which_models_of_the_retina_are_newer_than_2024(reader: Reader) -> None:
    reader.choose("Modality", "Fundus photography")
    reader.click(reader.page.get_by_role("button", name="Show studies"))
    reader.tick("Modalities", "OCT")
    reader.group("Year of first appearance")
    reader.enter("Year of first appearance, from", "2025")
    expect(reader.page).to_have_url(re.compile("year=2025-"))
    reader.done(clicks=5)
    expected = studies(lambda r: has(r, "modalities", "fundus", "oct") and r["date"] >= "2025")
    assert shown(reader.page) == expected != set()


@BOTH
def test_who_trains_on_mimic_cxr_and_tests_elsewhere(reader: Reader) -> None:
    reader.click(reader.page.get_by_role("button", name="Show studies"))
    reader.tick("Tested on other data", "On data not trained on")
    reader.group("Trained on")
    reader.enter("Trained on: add a name", "MIMIC-CXR")
    expect(reader.page).to_have_url(re.compile("train=mimic-cxr"))
    reader.done(clicks=5)
    expected = studies(lambda r: has(r, "train_data", "mimic-cxr") and r["eval_data"][:1].isalnum())
    assert shown(reader.page) == expected != set()


@BOTH
def test_how_three_models_of_volumes_differ(reader: Reader) -> None:
    page, names = reader.page, ["MedSAM2", "SAM-Med3D", "VISTA3D"]
    reader.click(page.locator(".md-tabs").get_by_role("link", name="Studies"))
    reader.click(page.get_by_role("link", name="compared", exact=True))
    for name in names:
        reader.enter("Add a study: name", name)
    heads = page.locator(".lsr-compare thead th > a")
    expect(heads).to_have_text(names)
    reader.done(clicks=5)
    labels = {id_: term["label"] for id_, term in taxonomy()["modalities"]["terms"].items()}
    modalities = {row["name"]: row["modalities"].split("; ") for row in rows()}
    line = page.get_by_role("row", name=re.compile("^Modalities"))
    expected = [", ".join(labels[id_] for id_ in modalities[name]) for name in names]
    expect(line.locator("td")).to_have_text(expected)
    assert len(set(expected)) > 1
    expect(line.get_by_role("img", name="differs")).to_be_visible()


@BOTH
def test_the_filtered_set_goes_to_zotero(reader: Reader) -> None:
    ask_for_segmenters(reader)
    page, expected = reader.page, usable_segmenters()
    reader.click(page.get_by_text(f"Download these {len(expected)}", exact=True))
    with page.expect_download() as got:
        reader.click(page.get_by_role("button", name="RIS", exact=True).first)
    reader.done(clicks=8)
    entries = rispy.loads(Path(got.value.path()).read_text("utf-8"))
    assert {entry["id"] for entry in entries} == expected
    assert all(entry["title"] and entry["authors"] and entry["year"] for entry in entries)
