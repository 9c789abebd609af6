"""The form in a browser: what it makes passes the checker as it is."""

from __future__ import annotations

import json
import shutil
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import parse_qs, urlsplit

import pytest
from playwright.sync_api import Browser, Page, Route, expect

from gen.__main__ import main
from gen.contribute import issue_forms
from gen.corpus.load import load
from tests.real import DATA, corpus

pytestmark = [pytest.mark.corpus, pytest.mark.browser]

TITLE = "EtaNet: an invented foundation model, “quoted”, for the tests"
CELLS = {
    "Authors": "Alt, Anna\nBerg, Bo",
    "First appeared": "2026-01-02",
    "Name": "EtaNet of the tests",  # which makes the id
    "Summary": 'Made up, for the "tests"; with a comma.',
}
REGISTRY = {
    "data": {
        "attributes": {
            "titles": [{"title": TITLE}],
            "creators": [{"familyName": "Alt", "givenName": "Anna"}, {"name": "The Eta Team"}],
            "dates": [{"date": "2026-01-02T03:04:05Z", "dateType": "Submitted"}],
        }
    }
}


@pytest.fixture
def page(browser: Browser) -> Iterator[Page]:
    """A browser of its own, so that no draft is left; no registry answers."""
    context = browser.new_context()
    page = context.new_page()
    page.set_default_timeout(10_000)
    page.route("https://api.*/**", lambda route: route.abort())
    errors: list[str] = []
    page.on("pageerror", lambda error: errors.append(str(error)))
    yield page
    context.close()
    assert errors == []


def opened(page: Page, served: str, query: str = "") -> Page:
    page.goto(f"{served}/contribute/add/{query}")
    page.wait_for_selector("[data-form][data-ready]")
    return page


def answered(page: Page, label: str, text: str) -> None:
    page.get_by_label(label, exact=False).and_(page.locator("input, textarea")).first.fill(text)


def unfolded(page: Page) -> None:
    page.locator(".lsr-form").evaluate(
        "f => f.querySelectorAll('details').forEach(d => d.open = 1)"
    )


def proposed(page: Page) -> dict[str, str]:
    """The text of the issue and its subject, from the address that the form links to."""
    address = page.get_by_role("link", name="Send it as an issue").get_attribute("href") or ""
    return {name: values[0] for name, values in parse_qs(urlsplit(address).query).items()}


def lines(page: Page) -> list[str]:
    return page.locator("[id^=lsr-line-]").all_inner_texts()


# What has the focus, by its label.
FOCUSED = """() => {
  const { labels, ariaLabel, textContent } = document.activeElement;
  return (ariaLabel ?? labels?.[0]?.textContent ?? textContent).trim();
}"""


def tab_to(page: Page, label: str) -> None:
    for _ in range(100):
        page.keyboard.press("Tab")
        if page.evaluate(FOCUSED).startswith(label):
            return
    raise AssertionError(f"Tab never comes to {label}")


def typed(page: Page, label: str, text: str, *keys: str) -> None:
    """By keyboard alone: Tab to the field, its text, and what is pressed then."""
    tab_to(page, label)
    page.keyboard.insert_text(text)
    for key in keys:
        page.keyboard.press(key)


def test_a_new_study_by_keyboard_alone_is_lines_that_pass(
    page: Page, served: str, tmp_path: Path
) -> None:
    opened(page, served)
    typed(page, "Address, arXiv id or DOI", "https://arxiv.org/abs/2601.99999v2")
    typed(page, "Title", TITLE)
    for label, text in CELLS.items():
        typed(page, label, text)
    typed(page, "Contribution", "", *"Found")
    typed(page, "Family", "", "ArrowDown")
    typed(page, "Evidence", "https://example.org/paper\nhttps://example.org/code")
    typed(page, "Abstract", "", "Space")
    typed(page, "Scope", "", "Enter")
    typed(page, "Find among Modalities", "comput", "Enter")
    typed(page, "Training and data", "", "Enter")
    typed(page, "Training data", "Eta Set of the tests", "Enter")
    page.keyboard.insert_text("chexp")
    for key in ("ArrowDown", "ArrowUp", "Enter"):
        page.keyboard.press(key)
    tab_to(page, "Send it as an issue")
    data = shutil.copytree(DATA, tmp_path / "data")
    made = lines(page)
    for table, line in zip(("studies", "datasets"), made, strict=True):
        with (data / f"{table}.csv").open("a", encoding="utf-8", newline="") as file:
            file.write(f"{line}\n")
    study = next(each for each in load(data).studies if each.id == "etanet-of-the-tests")
    assert (study.title, study.arxiv) == (TITLE, "2601.99999")
    assert (study.family, study.modalities) == ("vision-only", ("ct",))
    assert study.train_data == ("eta-set-of-the-tests", "chexpert")
    issue = tmp_path / "issue.md"
    issue.write_text(proposed(page)["body"], encoding="utf-8")
    assert main(["from-issue", str(issue)]) == 0


def test_a_correction_changes_one_cell_of_its_line(
    page: Page, served: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    opened(page, served, "?study=medsam")
    assert lines(page) == []
    page.get_by_label("What is wrong?").select_option("Note")
    page.get_by_role("button", name="Go there").click()  # it opens the group
    expect(page.get_by_label("Note", exact=True)).to_be_focused()
    before = (DATA / "studies.csv").read_text(encoding="utf-8")
    (row,) = [line for line in before.split("\n") if line.startswith("medsam,")]
    page.get_by_label("Note", exact=True).fill("A word of the tests.")
    expect(page.locator(".lsr-form__progress")).to_have_text("Changed: Note.")
    expect(page.locator("[id^=lsr-line-]")).to_have_count(1)
    (line,) = lines(page)
    data = shutil.copytree(DATA, tmp_path / "data")
    (data / "studies.csv").write_text(before.replace(row, line), encoding="utf-8", newline="")
    after = {study.id: study for study in load(data).studies}["medsam"]
    was = {study.id: study for study in corpus().studies}["medsam"]
    assert after == was.model_copy(update={"note": "A word of the tests."})
    issue = tmp_path / "issue.md"
    issue.write_text(proposed(page)["body"], encoding="utf-8")
    assert main(["from-issue", str(issue)]) == 0
    assert f"in place of medsam\n{line}\n" in capsys.readouterr().out


@pytest.mark.parametrize("scripts", [True, False])
def test_three_fields_are_a_suggestion_that_is_accepted_with_and_without_scripts(
    browser: Browser, served: str, tmp_path: Path, *, scripts: bool
) -> None:
    """They arrive in GitHub's own form, which writes each answer under its label."""
    context = browser.new_context(java_script_enabled=scripts)
    context.route("https://github.com/**", lambda route: route.fulfill(status=200, body=""))
    page = context.new_page()
    page.goto(f"{served}/contribute/add/")
    if scripts:
        page.wait_for_selector("[data-form][data-ready]")
    answered(page, "Address, arXiv id or DOI", "10.9999/eta.net")
    answered(page, "Title", TITLE)
    answered(page, "Why it belongs here", "It is a model of CT.")
    page.get_by_role("button", name="Suggest it").click()
    page.wait_for_url("https://github.com/**")
    sent = {name: values[0] for name, values in parse_qs(urlsplit(page.url).query).items()}
    assert sent["template"] == "suggest.yml"
    assert sent["title"] == f"Suggestion: {TITLE if scripts else ''}"
    asked = issue_forms.suggest()["body"]
    text = "\n\n".join(f"### {each['attributes']['label']}\n\n{sent[each['id']]}" for each in asked)
    issue = tmp_path / "issue.md"
    issue.write_text(text, encoding="utf-8")
    assert main(["from-issue", str(issue)]) == 0
    context.close()


def test_nothing_is_wrong_before_it_is_left_or_the_result_is_asked_for(
    page: Page, served: str
) -> None:
    opened(page, served)
    wrong = page.locator(".lsr-field__problem:visible, .lsr-form__problems li")
    progress = page.locator(".lsr-form__progress")
    expect(progress).to_have_text("11 needed fields are still empty.")
    tab_to(page, "Title")  # past what stays empty
    date = page.get_by_label("First appeared")
    date.press_sequentially("20")
    expect(page.locator(".lsr-form__draft")).to_be_visible()  # so it was checked, and is not told
    expect(wrong).to_have_count(0)
    date.press("Tab")
    expect(wrong).to_have_count(2)  # beside it, and in the list at the end
    expect(progress).to_have_text("10 needed fields are still empty; 1 to mend.")
    date.fill("2026")
    expect(wrong).to_have_count(0)
    expect(page.get_by_role("link", name="Send it as an issue")).to_have_count(0)
    page.get_by_role("button", name="Check it").click()
    expect(progress).to_be_focused()
    listed = page.locator(".lsr-form__problems li")
    expect(listed).to_have_count(10)
    expect(listed.first).to_have_text("Title is required")  # in the order of the page
    expect(page.get_by_role("link", name="Send it as an issue")).to_be_visible()


def test_a_name_is_taken_when_it_is_chosen_and_not_while_it_is_typed(
    page: Page, served: str
) -> None:
    opened(page, served)
    unfolded(page)
    box = page.get_by_label("Builds on", exact=True)
    box.press_sequentially("sam")  # an id, and the beginning of others
    names = page.locator(".lsr-suggestions [role=option]")
    expect(names.first).to_contain_text("(sam)")
    expect(page.locator(".lsr-chips li")).to_have_count(0)
    box.press("Escape")
    expect(names).to_have_count(0)
    box.press_sequentially("-med2")
    names.filter(has_text="(sam-med2d)").click()
    expect(page.locator(".lsr-chips li")).to_have_text("sam-med2d×")


def test_what_is_here_is_named_while_it_is_typed(page: Page, served: str) -> None:
    opened(page, served)
    answered(page, "Title", "segment anything in medical im")
    expect(page.locator(".lsr-alike")).to_contain_text("is here as medsam")
    answered(page, "Title", "")
    expect(page.locator(".lsr-alike")).to_be_empty()
    answered(page, "Address, arXiv id or DOI", "https://doi.org/10.48550/arXiv.2304.12306")
    expect(page.locator(".lsr-alike")).to_contain_text("is here as medsam")


def test_a_waiting_record_is_named_by_itself(page: Page, served: str) -> None:
    record = next(each for each in corpus().records if each.decision == "deferred" and each.arxiv)
    opened(page, served)
    page.get_by_label("arXiv", exact=True).fill(str(record.arxiv))
    expect(page.get_by_text(f"as record {record.id}, which waits", exact=False)).to_be_visible()
    unfolded(page)
    expect(page.get_by_label("Record", exact=True)).to_have_value(record.id)
    answered(page, "Id", "some-id")
    page.get_by_role("button", name="Check it").click()
    told = f"begins with “{record.id},”, write include in place of deferred"
    expect(page.get_by_text(told, exact=False)).to_be_visible()


def test_a_draft_is_kept_until_it_is_deleted(page: Page, served: str) -> None:
    opened(page, served)
    answered(page, "Title", TITLE)
    expect(page.locator(".lsr-form__draft")).to_be_visible()
    opened(page, served)
    expect(page.get_by_label("Title", exact=False).first).to_have_value(TITLE)
    page.get_by_role("button", name="Delete it and start anew").click()
    page.wait_for_selector("[data-form][data-ready]")
    expect(page.get_by_label("Title", exact=False).first).to_have_value("")


def test_a_registry_fills_what_is_empty_and_its_silence_is_said(page: Page, served: str) -> None:
    opened(page, served)
    answered(page, "Address, arXiv id or DOI", "2601.99999")
    page.get_by_role("button", name="Look it up").click()
    expect(page.locator(".lsr-form__say")).to_contain_text("did not answer")

    def answer(route: Route) -> None:
        head = {"Access-Control-Allow-Origin": "*"}
        route.fulfill(status=200, headers=head, body=json.dumps(REGISTRY))

    page.route("https://api.datacite.org/**", answer)
    page.get_by_role("button", name="Look it up").click()
    expect(page.locator(".lsr-form__say")).to_contain_text("Filled in: ")
    expect(page.get_by_label("Authors", exact=False).first).to_have_value("Alt, Anna\nThe Eta Team")
    expect(page.get_by_label("First appeared", exact=False)).to_have_value("2026-01-02")


def test_what_is_wrong_is_said_beside_it_and_leads_to_it(page: Page, served: str) -> None:
    opened(page, served)
    unfolded(page)
    page.get_by_label("Code", exact=True).fill("http://example.org/<b>x</b>")
    page.keyboard.press("Tab")
    problem = page.locator(".lsr-field__problem:visible")
    expect(problem).to_contain_text("must be an address that starts with https://")
    page.get_by_label("Code", exact=True).evaluate("field => field.closest('details').open = false")
    page.locator(".lsr-form__problems").get_by_role("button", name="Code", exact=True).click()
    expect(page.get_by_label("Code", exact=True)).to_be_focused()


def test_a_study_page_leads_to_its_correction(page: Page, served: str) -> None:
    page.goto(f"{served}/studies/medsam/")
    page.get_by_role("link", name="Correct this study").click()
    page.wait_for_selector("[data-form][data-ready]")
    expect(page.get_by_label("Title", exact=False).first).to_have_value(
        "Segment Anything in Medical Images"
    )


def test_without_scripts_the_page_says_how(browser: Browser, served: str) -> None:
    context = browser.new_context(java_script_enabled=False)
    page = context.new_page()
    page.goto(f"{served}/contribute/add/")
    for name in ("add", "correct", "term"):
        expect(page.locator(f"a[href*='template={name}.yml']")).to_be_visible()
    context.close()
