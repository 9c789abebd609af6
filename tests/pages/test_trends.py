"""The pages of the section Trends: a question each, its answer, its figures, its switches."""

from __future__ import annotations

import json
import re
from pathlib import Path

import pytest

from gen.trends.questions import QUESTIONS
from tests import markup, real
from tests.build import page, sound

SLUGS = [question.slug for question in QUESTIONS]


@pytest.mark.parametrize("question", QUESTIONS, ids=SLUGS)
def test_a_question_is_asked_answered_and_limited(question: object) -> None:
    slug, title, ask = (getattr(question, name) for name in ("slug", "title", "ask"))
    trend = page(f"trends/{slug}.md")
    assert trend.headings[0] == title
    assert ask in trend.text
    answer = trend.part("answer").text
    assert answer.endswith(".")
    assert len(answer) > 20
    assert "How it was computed" in trend.headings
    assert "Limits" in trend.headings


@pytest.mark.parametrize("question", QUESTIONS, ids=SLUGS)
def test_the_list_of_trends_says_the_same_and_leads_there(question: object) -> None:
    slug, title = getattr(question, "slug", ""), getattr(question, "title", "")
    listed = page("trends/index.md")
    part = listed.part(slug)
    assert title in listed.headings
    assert part.links[f"More on {title.lower()}"] == f"/trends/{slug}/"
    trend = page(f"trends/{slug}.md")
    assert trend.part("answer").text in part.text
    for small in markup.named(part.html, "svg"):
        (title,) = (text for text, to in part.links.items() if "#fig-" in to)
        assert title in small.attributes["aria-label"]
        assert title in trend.text


def test_most_questions_have_a_small_figure_in_the_list(site_dir: Path) -> None:
    index = (site_dir / "trends/index.html").read_text(encoding="utf-8")
    assert index.count('<div class="lsr-small"><svg') == len(QUESTIONS)


def test_the_list_of_trends_is_in_the_order_of_the_questions() -> None:
    titles = [question.title for question in QUESTIONS]
    headings = page("trends/index.md").headings
    assert [heading for heading in headings if heading in titles] == titles


def test_every_figure_has_a_caption_or_the_reason_why_it_is_absent() -> None:
    drawn = absent = 0
    for slug in SLUGS:
        trend = page(f"trends/{slug}.md")
        for figure in markup.named(trend.html, "figure"):
            part = trend.part(figure.attributes["id"])
            (caption,) = markup.named(part.html, "figcaption")
            if not list(markup.named(part.html, "svg")):
                absent += 1
                assert "Too few studies to say" in caption.text
                assert '<div class="lsr-figure__plot"></div>' in part.html
            else:
                drawn += 1
                assert caption.text.rstrip().endswith(".")
                assert len(part.rows()) > 1
                assert part.links["CSV"].startswith("/figures/")
                assert part.links["CSV"][1:] in sound()
    assert drawn > 3
    assert absent > 10


def test_growth_counts_studies_by_year() -> None:
    growth = page("trends/growth.md")
    rows = growth.part("fig-cumulative").rows()[1:]
    assert [row[:2] for row in rows] == [["2023", "1"], ["2024", "4"], ["2025", "1"]]
    assert "Of 2024, 4 records coded" in growth.text


def test_a_switch_has_a_file_with_the_answer_of_its_subset() -> None:
    switched = [question for question in QUESTIONS if question.switches]
    assert len(switched) > 5
    for question in switched:
        trend = page(f"trends/{question.slug}.md")
        (switches,) = markup.named(trend.html, "fieldset")
        folder = trend.address(switches.attributes["data-lsr-switches"])
        assert folder == f"/trends/{question.slug}"
        names = [e.attributes["value"] for e in markup.named(trend.html, "input", type="checkbox")]
        assert names == ["published", "models"]
        for name in ("all", *names, "+".join(names)):
            assert f"trends/{question.slug}/{name}.json" in sound()
        whole = json.loads(sound()[f"trends/{question.slug}/all.json"])
        for anchor, drawn in whole["figures"].items():
            assert drawn["title"] in trend.part(anchor).text
        assert " ".join(whole["sentence"].split()) == trend.part("answer").text
        for anchor, each in whole["figures"].items():
            (title, *_) = markup.named(trend.part(anchor).html, "strong")
            assert title.text == " ".join(each["title"].split())


def test_what_has_no_switch_offers_none() -> None:
    still = [question.slug for question in QUESTIONS if not question.switches]
    assert still
    for slug in still:
        assert not list(markup.named(page(f"trends/{slug}.md").html, "fieldset"))


def test_missing_cells_are_listed_by_study() -> None:
    listed = page("trends/completeness/train_size.md")
    assert {"/studies/betaread/", "/studies/gamma-test/", "/studies/zeta/"} <= listed.targets
    assert "/studies/alphaseg/" not in listed.targets  # it states the size of its training set


def test_sensitivity_says_what_holds_without_a_finding() -> None:
    trend = page("trends/sensitivity.md")
    assert trend.headings[0] == "Sensitivity"
    assert page("trends/index.md").part("sensitivity").links


def test_a_primary_question_is_answered_at_the_head_of_its_page() -> None:
    growth = page("trends/growth.md")
    asked = "Does the number of new studies grow?"
    assert f"Primary question: {asked} Too few studies to say." in growth.text
    assert growth.links["Primary question"] == "/about/methods/#primary"


def test_what_another_coding_would_leave_has_its_place_without_a_finding() -> None:
    assert page("trends/agreement.md").links["sensitivity"] == "/trends/sensitivity/#coding"
    assert "Nothing can be said" in page("trends/sensitivity.md").text


def test_every_trend_page_says_what_it_is_a_sample_of() -> None:
    own = {"agreement", "appraisal"}  # which say it themselves
    of_studies = [q.slug for q in QUESTIONS if q.slug not in own]
    for slug in [*of_studies, "sensitivity"]:
        assert page(f"trends/{slug}.md").part("sample").text.startswith("Of the ")


FOLDED = re.compile(r"<details\b(?:(?!<details\b).)*?</details>", re.DOTALL)
JARGON = re.compile(
    r"[Oo]dds ratio|[Ll]og-odds|\b[qz]\b|Theil|Benjamini|Wilson|residual|95\s%\s(?:CI|interval)"
)


def learned(html: str) -> list[str]:
    """The words of statistics that a page shows before a reader opens a fold."""
    shown = ""
    while shown != html:
        shown, html = html, FOLDED.sub("", html)
    return JARGON.findall("".join(element.text for element in markup.named(html, "article")))


def test_a_learned_word_is_seen_outside_a_fold_only() -> None:
    inner = "<details><p>q</p></details>"
    assert learned(f"<article>A q. <details>z {inner} Wilson</details></article>") == ["q"]


@pytest.mark.parametrize("slug", [*SLUGS, "sensitivity"])
def test_words_of_statistics_are_in_folds(site_dir: Path, slug: str) -> None:
    trend = (site_dir / "trends" / slug / "index.html").read_text(encoding="utf-8")
    assert "</article>" in trend
    assert learned(trend) == []


# A word of statistics and what explains it, one of which is where the word first stands.
EXPLAINED = {
    r"\bq\b": ("q says how easily", "q (chance alone", "q is the corrected value"),
    r"(?<![-\w])[Oo]dds": ("odds of a thing are", "odds ratio stays"),
    r"[Ll]og-odds": ("log-odds ratio says", "Log-odds ratio (0: as elsewhere)"),
}


def unexplained(text: str) -> list[str]:
    """The words of statistics that first stand without their explanation."""
    firsts = (re.search(word, text) for word in EXPLAINED)
    return [
        text[first.start() : first.start() + 40]
        for first, told in zip(firsts, EXPLAINED.values(), strict=True)
        if first and not text.startswith(told, first.start())
    ]


def test_a_word_without_its_explanation_is_noticed() -> None:
    assert unexplained("q says how easily chance alone would. Then q = 0.1.") == []
    assert unexplained("Then q = 0.1. q says how easily.") == ["q = 0.1. q says how easily."]


@pytest.mark.corpus
@pytest.mark.parametrize("slug", [*SLUGS, "sensitivity"])
def test_words_of_statistics_are_explained_where_they_first_stand(slug: str) -> None:
    assert unexplained(markup.read(dict(real.files()), f"trends/{slug}.md").text) == []
