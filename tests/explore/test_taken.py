"""What readers take away: a comparison, a reading list, files and a citation of what is shown."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Literal

import pytest
import rispy
from playwright.sync_api import Browser, Page, Route, expect
from pybtex.database import parse_string

from tests.accessible import violations
from tests.explore.conftest import Open

pytestmark = pytest.mark.slow
Scheme = Literal["light", "dark"]

FORMATS = {"csv": "CSV", "json": "JSON", "bib": "BibTeX", "ris": "RIS", "csl.json": "CSL-JSON"}


@pytest.fixture
def root(address: str) -> str:
    return address.removesuffix("studies/")


def ready(tab: Page, address: str) -> Page:
    tab.goto(address)
    tab.wait_for_selector("[data-ready]")
    return tab


def saved(tab: Page, button: str) -> str:
    with tab.expect_download() as got:
        tab.get_by_role("button", name=button, exact=True).first.click()
    return Path(got.value.path()).read_text(encoding="utf-8")


def row(tab: Page, field: str) -> list[str]:
    line = tab.locator(".lsr-compare tbody tr", has=tab.locator("th", has_text=field))
    return line.first.locator("td").all_inner_texts()


# A comparison.


def test_an_address_is_a_comparison(tab: Page, root: str) -> None:
    page = ready(tab, f"{root}compare/?ids=betaread,alphaseg,nobody")
    heads = page.locator(".lsr-compare thead th > a").all_inner_texts()
    assert heads == ["BetaRead", "AlphaSeg"]
    assert row(page, "Weights") == ["Not offered", "Open"]
    assert row(page, "Trained on")[0] == "–"
    expect(page.get_by_role("status").first).to_contain_text("Not in the review: nobody.")
    differing = page.locator("tbody tr", has=page.get_by_role("img", name="differs"))
    differ = " ".join(differing.locator("th").all_inner_texts())
    assert "Family" in differ
    # That no weights are offered and that their licence is not stated are no two licences.
    assert row(page, "Licence of weights") == ["weights not offered", "not stated"]
    assert "Licence of weights" not in differ
    before = page.locator(".lsr-compare tbody tr").count()
    page.get_by_label("Only differences").check()
    assert 0 < page.locator(".lsr-compare tbody tr").count() < before
    assert page.url.endswith("?ids=betaread,alphaseg&only=differences")


def test_studies_are_added_and_removed_by_keyboard(tab: Page, root: str) -> None:
    page = ready(tab, f"{root}compare/")
    page.get_by_label("Add a study: name").focus()
    for name in ("Zeta", "AlphaSeg"):
        page.keyboard.type(name)
        page.keyboard.press("Enter")
    expect(page.locator(".lsr-compare thead th")).to_have_count(2)
    page.get_by_role("button", name="Remove Zeta").focus()
    page.keyboard.press("Enter")
    assert page.url.endswith("?ids=alphaseg")
    assert page.evaluate("document.activeElement.getAttribute('role')") == "status"
    page.go_back()
    expect(page.locator(".lsr-compare thead th")).to_have_count(2)


def test_more_than_five_are_not_compared(tab: Page, root: str) -> None:
    page = ready(tab, f"{root}compare/?ids=zeta,epsilon,deltafit,betaread,gamma-test,alphaseg")
    expect(page.locator(".lsr-compare thead th")).to_have_count(5)
    expect(page.get_by_role("status").first).to_contain_text("Only the first 5")


# A reading list.


def test_a_reading_list_goes_out_and_comes_back(tab: Page, opened: Open, root: str) -> None:
    opened().get_by_label("Save AlphaSeg").click()
    expect(tab.get_by_label("Save AlphaSeg")).to_have_attribute("aria-pressed", "true")
    tab.goto(f"{root}studies/zeta/")
    tab.get_by_role("button", name="Save").click()
    page = ready(tab, f"{root}reading-list/")
    attack = '<img src=x onerror="alert(1)">'
    page.get_by_label("Private note on AlphaSeg").fill(attack)
    text = saved(page, "Export with notes")
    assert json.loads(text)["reading_list"][0] == {"id": "alphaseg", "note": attack}
    page.evaluate("localStorage.clear()")
    page = ready(tab, f"{root}reading-list/")
    expect(page.locator(".lsr-saved li")).to_have_count(0)
    more = json.loads(text)
    more["reading_list"] += [{"id": "of-old", "note": "kept"}, {"id": "<b>", "note": ""}]
    file = {"name": "l.json", "mimeType": "application/json", "buffer": json.dumps(more).encode()}
    page.get_by_label("Import a list").set_input_files(file)  # type: ignore[arg-type]
    expect(page.locator(".lsr-saved li")).to_have_count(3)
    expect(page.get_by_label("Private note on AlphaSeg")).to_have_value(attack)
    expect(page.locator(".lsr-saved li").last).to_contain_text("Not in the review under this id")
    assert set(parse_string(saved(page, "BibTeX"), "bibtex").entries) == {"alphaseg", "zeta"}
    page.get_by_role("link", name="Open in the explorer").click()
    expect(page.locator(".lsr-explorer [role=status]").first).to_have_text("2 of 6 studies")


def test_where_nothing_can_be_kept_it_says_so(tab: Page, opened: Open) -> None:
    tab.add_init_script("Storage.prototype.setItem = () => { throw new Error('full'); };")
    opened().get_by_label("Save AlphaSeg").click()
    expect(tab.get_by_text("This browser keeps nothing for this site")).to_be_visible()
    expect(tab.get_by_label("Save AlphaSeg")).to_have_attribute("aria-pressed", "false")


# Files.


@pytest.mark.parametrize("suffix", FORMATS)
def test_the_files_of_a_partition_are_the_whole_file(tab: Page, root: str, suffix: str) -> None:
    tab.goto(f"{root}compare/")
    whole, n, same, own = tab.evaluate(
        """async ([root, suffix, hasOwn]) => {
          const { some, split } = await import(`${root}assets/js/studies/split.js`);
          const text = await (await fetch(`${root}data/studies.${suffix}`)).text();
          const all = split(text, suffix), ids = [...all.keys()];
          const halves = [ids.slice(0, 2), ids.slice(2)].map((part) => some(text, suffix, part));
          const again = halves.flatMap((half) => [...split(half, suffix)]);
          const same = JSON.stringify(again) === JSON.stringify([...all]);
          const own = hasOwn && (await (await fetch(`${root}studies/alphaseg.${suffix}`)).text());
          const alone = !hasOwn || own === some(text, suffix, ["alphaseg"]);
          return [text === some(text, suffix, ids), ids.length, same, alone];
        }""",
        [root, suffix, suffix not in ("csv", "json")],
    )
    assert (whole, n, same, own) == (True, 6, True, True)


def test_what_is_shown_is_taken_in_every_format(opened: Open) -> None:
    page = opened("?weights=open,none")
    page.get_by_text("Download these 2").click()
    texts = {suffix: saved(page, name) for suffix, name in FORMATS.items()}
    ids = {"alphaseg", "betaread"}
    assert set(parse_string(texts["bib"], "bibtex").entries) == ids
    assert {entry["id"] for entry in rispy.loads(texts["ris"])} == ids
    assert {entry["id"] for entry in json.loads(texts["csl.json"])} == ids
    assert {entry["id"] for entry in json.loads(texts["json"])} == ids
    assert texts["csv"].startswith("id,")
    assert {line.split(",")[0] for line in texts["csv"].splitlines()[1:]} == ids


# A citation of a query.


def test_a_query_is_cited(opened: Open) -> None:
    page = opened("?q=model+{x&modalities=ct")
    page.get_by_text("Cite this result").click()
    sentence = page.locator("#lsr-query-sentence")
    expect(sentence).to_contain_text("Of the 6 studies in version")
    expect(sentence).to_contain_text("Modalities: CT")
    expect(sentence).to_contain_text("/studies/?q=model+%7Bx&modalities=ct")
    [entry] = parse_string(page.locator("#lsr-query-bib").inner_text(), "bibtex").entries.values()
    assert "Modalities: CT" in entry.fields["title"]
    assert entry.fields["url"].endswith("/studies/?q=model+%7Bx&modalities=ct")
    [item] = rispy.loads(page.locator("#lsr-query-ris").text_content() or "")
    assert "Modalities: CT" in item["title"]


# All of them.


def test_rows_are_offered_to_zotero_and_it_is_told_of_changes(opened: Open) -> None:
    page = opened("?weights=open")
    offered = page.locator(".lsr-found .Z3988")
    expect(offered).to_have_count(1)
    assert "rft.type=preprint" in (offered.get_attribute("title") or "")
    page.evaluate("document.addEventListener('ZoteroItemUpdated', () => (window.told = true))")
    page.get_by_role("button", name="Remove Weights: Open").click()
    assert page.evaluate("window.told")
    expect(offered).to_have_count(6)


def test_texts_of_the_data_are_no_markup(tab: Page, root: str) -> None:
    attack = '<img src=x onerror="alert(1)"><b>bold</b>'

    def hostile(route: Route) -> None:
        given = route.fetch().json()
        for column in ("name", "summary", "title", "venue"):
            if column in given["columns"]:
                given["columns"][column] = [attack for _ in given["columns"][column]]
        for column in ("weights_at", "code_at", "paper_at"):
            if column in given["columns"]:
                given["columns"][column] = ["javascript:alert(1)"] * 6
        route.fulfill(json=given)

    tab.route("**/explore/*.json", hostile)
    page = ready(tab, f"{root}compare/?ids=alphaseg,betaread")
    expect(page.locator(".lsr-compare thead th > a").first).to_have_text(attack)
    assert page.locator('.lsr-compare :is(img, b, script, a[href^="javascript"])').count() == 0


@pytest.mark.parametrize("path", ["compare/", "reading-list/"])
def test_without_scripts_it_leads_to_the_studies(browser: Browser, root: str, path: str) -> None:
    context = browser.new_context(java_script_enabled=False)
    page = context.new_page()
    page.goto(root + path)
    expect(
        page.locator("article").get_by_role("link", name="list of studies").first
    ).to_be_visible()
    context.close()


@pytest.mark.parametrize(("width", "scheme"), [(1280, "light"), (360, "dark"), (1280, "dark")])
def test_it_fits_and_is_accessible(tab: Page, root: str, width: int, scheme: Scheme) -> None:
    tab.emulate_media(color_scheme=scheme)
    tab.set_viewport_size({"width": width, "height": 900})
    ready(tab, f"{root}studies/?weights=open").get_by_label("Save AlphaSeg").click()
    for path in ("compare/?ids=alphaseg,betaread", "compare/", "reading-list/", "studies/"):
        page = ready(tab, root + path)
        if path == "studies/":
            page.get_by_text("Cite this result").click()
            expect(page.locator("#lsr-query-ris")).to_be_visible()
        assert page.evaluate("document.documentElement.scrollWidth") <= width, path
        assert violations(page) == [], path


def test_a_comparison_is_printed_on_landscape_pages_alone(tab: Page, root: str) -> None:
    page = ready(tab, f"{root}compare/?ids=alphaseg,betaread")
    made = page.pdf(prefer_css_page_size=True)
    assert made.count(b"/Type /Page\n") in (1, 2)
    assert b"/MediaBox [0 0 841" in made
    assert b"/MediaBox [0 0 612" not in made
