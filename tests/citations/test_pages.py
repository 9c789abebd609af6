"""Citations where readers find them: on every page, without scripts, for a chosen view."""

from __future__ import annotations

import html
import json
import re
from collections.abc import Iterator
from pathlib import Path
from types import SimpleNamespace

import pytest
import rispy
from playwright.sync_api import Browser, Page, expect

from gen.citations import pages as cited
from gen.search.prose import sections
from gen.text import markdown
from gen.text.render import front_matter, md
from tests import markup
from tests.accessible import violations
from tests.citations.test_entry import RELEASE, REVIEW, items, parsed, plain
from tests.real import corpus, files, pages

FORMAT = re.compile(r'<pre class="lsr-code" data-as="([^"]*)">(.*?)</pre>', re.DOTALL)
TEXT = re.compile(r'<div class="lsr-entry" id="cite-([^"]*)"><p>(.*?)</p>')


def formats(name: str) -> list[tuple[str, str]]:
    """(file, citation) for all citations of the real site in one format."""
    return [
        (path, html.unescape(content))
        for path, page in files()
        if path.startswith("cite/")
        for found, content in FORMAT.findall(str(page))
        if found == name
    ]


def untexed(field: str) -> str:
    """What a reader sees of a field whose only marks are escaped signs and hyphens held apart."""
    return re.sub(r"\\(?=[&%$#_])|\{\}(?=-)|^\{|\}$", "", field)


# The real site.


@pytest.mark.corpus
def test_every_page_says_how_it_is_cited() -> None:
    for path, page in pages().items():
        assert page.count('<section class="lsr-cites"') == 1, path
        assert page.count('id="cite-top"') == 1, path


@pytest.mark.corpus
def test_every_citation_of_the_site_parses_and_says_the_same_in_each_format() -> None:
    bibs, riss, csls = map(formats, ("BibTeX", "RIS", "CSL-JSON"))
    shown = {
        (path, anchor): said
        for path, page in pages().items()
        for anchor, said in TEXT.findall(page)
    }
    texts = [
        (place, anchor, shown.pop((place, anchor)))
        for path, page in files()
        if path.startswith("cite/")
        for place in [f"{path.removeprefix('cite/').removesuffix('.html')}.md"]
        for anchor in re.findall(r'<section id="cite-([^"]*)">', str(page))
    ]
    assert not shown, "what is cited on a page has its formats"
    # Keys are unique: the parser raises where one comes twice.
    entries = parsed("\n".join(text for _, text in bibs)).entries
    records = rispy.loads("\n".join(text for _, text in riss))
    listed = items("[" + ",".join(text.strip()[1:-1] for _, text in csls) + "]")
    assert len(texts) == len(entries) == len(records) == len(listed) > 1500
    anchors = {path: set(markdown.ids(page)) for path, page in pages().items()}
    site, version = corpus().review.site, corpus().release.version
    for (path, anchor, said), (key, entry), record, item in zip(
        texts, entries.items(), records, listed, strict=True
    ):
        assert re.fullmatch(r"[A-Za-z0-9.:-]+", key)
        assert f"-{version}" in key
        assert key == record["id"] == item["id"]
        text = html.unescape(markup.text(said))
        title = untexed(entry.fields["title"])
        assert title == item["title"] == record["title"]
        assert title in text
        place = re.sub(r"(^|/)index$", "", path.removesuffix(".md"))
        place = (f"{place}/" if place else "") + (f"#{anchor}" if anchor != "top" else "")
        assert entry.fields["url"] == item["URL"] == record["urls"][0] == f"{site}{place}"
        permalink = f"{site}v/{version}/{place}"
        assert permalink in text
        for note in (untexed(entry.fields["note"]), item["note"], record["unknown_tag"]["M2"][0]):
            assert note.endswith(permalink)
        assert anchor in anchors[path]
        assert [{"literal": name} for name in corpus().review.authors] == item["author"]


@pytest.mark.corpus
def test_sections_are_cited_where_a_page_is_prose_or_a_view() -> None:
    for path, page in pages().items():
        headings = [h for h in markdown.headings(page) if h.level <= 3]
        row = path.split("/")[0] in cited.ROWS and not path.endswith("index.md")
        for heading in headings:
            linked = f'href="#cite-{heading.id}"' in page
            assert linked == (not row and path != "index.md"), f"{path}#{heading.id}"
            assert not linked or f'id="cite-{heading.id}"' in page


@pytest.mark.corpus
def test_a_page_of_prose_is_an_item_for_reference_managers() -> None:
    page = pages()["trends/growth.md"]
    for said in (
        '_title": "Growth"',
        '"citation_inbook_title": "Fou',
        '_author": ["The Living Rev',
    ):
        assert said in page.split("\n---\n")[0]
    for study in list(pages()[corpus().studies[0].path].split("\n---\n"))[:1]:
        assert "inbook_title" not in study
        assert study.count("\ncitation:") == 1


# Pages of one's own.

PAGE = """---
title: "R&amp;D: \\"eyes\\""
---

# Eyes {#top}

## Over *time* &amp; space {#time data-quiet}

### Per year {#per-year}

```
## no heading {#code}
```

<!--html-->
<nav class="lsr-prevnext">before, after</nav>
<!--/html-->
"""


EYES = cited.Page(REVIEW, RELEASE, "trends/eyes.md")


@pytest.fixture
def made() -> str:
    return cited.cite_page(PAGE, EYES, {})[0]


def test_a_title_is_the_way_to_its_section(made: str) -> None:
    formats = FORMAT.findall(cited.cite_page(PAGE, EYES, {})[1])
    entries = parsed("\n".join(html.unescape(c) for f, c in formats if f == "BibTeX"))
    assert [plain(entry.fields["title"]) for entry in entries.entries.values()] == [
        'R&D: "eyes"',
        'R&D: "eyes": Over time & space',
        'R&D: "eyes": Over time & space: Per year',
    ]
    assert made.rstrip().endswith("before, after</nav>\n<!--/html-->")


def test_a_page_carries_the_tags_of_a_chapter(made: str) -> None:
    """A comma keeps a name whole that is no person's."""
    tags = re.search(r"^citation: (.*)$", made.partition("\n---\n")[0], re.MULTILINE)
    assert tags
    assert json.loads(tags[1]) == {
        "citation_title": 'R&D: "eyes"',
        "citation_author": ["The Eye & Ear Contributors,", "Alt, Anna"],
        "citation_publication_date": "2025/01/31",
        "citation_inbook_title": "Models & {Eyes}: 100% a Review",
        "citation_public_url": "https://example.org/eyes/trends/eyes/",
        "prism.edition": "Version 2025.01",
    }


@pytest.mark.parametrize(
    ("path", "page"),
    [
        ("trends/eyes.md", "# Eyes {#top}\n"),
        ("studies/eyes.md", PAGE.replace("---\n\n", 'citation: {"title": "Mine"}\n---\n\n', 1)),
    ],
)
def test_a_page_without_front_matter_or_with_tags_of_its_own_gets_none(
    path: str, page: str
) -> None:
    made, _ = cited.cite_page(page, cited.Page(REVIEW, RELEASE, path), {})
    before = page.partition("\n---\n")[0] if page.startswith("---") else ""
    assert made.startswith(before)
    assert made.count("citation:") == page.count("citation:")


def test_each_place_is_cited_at_the_id_that_its_link_names(made: str) -> None:
    assert [id_ for id_, _ in TEXT.findall(made)] == ["top", "time", "per-year"]
    assert re.findall(r'href="#cite-([^"]*)" aria-label', made)[:3] == ["top", "time", "per-year"]


@pytest.mark.parametrize(
    ("content", "title"),
    [
        ("---\ntitle: 'Plain'\n---\n\n# Head {#top}\n", "Plain"),
        ("---\ntitle: Bare &amp; plain\n---\n\n# Head {#top}\n", "Bare & plain"),
        ("---\ndescription: None\n---\n\n## Before {#b}\n\n# Head {#top}\n", "Head"),
        ("# Head {#top}\n\n## After {#a}\n", "Head"),
    ],
)
def test_the_title_of_a_page_is_that_of_its_front_matter_or_its_heading(
    content: str, title: str
) -> None:
    assert cited.titled(content) == title


def test_a_key_holds_no_character_that_bibtex_could_not_read() -> None:
    entry = cited.Page(REVIEW, RELEASE, "trends/data_sets.md").entry("Sets", "per_Year")
    assert entry.key == "eye-review-2025.01:trends.data-sets:per-Year"


def test_the_links_change_no_title(made: str) -> None:
    before, after = markdown.headings(PAGE), markdown.headings(made)
    assert [(h.level, h.title, h.id) for h in after] == [(h.level, h.title, h.id) for h in before]
    names = []
    for page in (PAGE, made):
        markup.html(page)
        (token,) = markup.converter().toc_tokens  # type: ignore[attr-defined]
        names.append([token["name"], token["children"][0]["name"]])
    assert names[0] == names[1] == ["Eyes", "Over time &amp; space"]


def test_the_search_finds_no_citation(made: str) -> None:
    before, after = (list(sections({"review/zeta.md": page})) for page in (PAGE, made))
    assert before == after != []


HOSTILE = [
    "</pre><b>{x}\" & 'y' </details></section> <!--cite z--> %$#_@ [a](b) {#c}",
    "<!--figure z-->",
    '<nav class="lsr-prevnext"',
    "---",
    "&amp;lt; É 眼 יעל",
]


@pytest.mark.parametrize("name", ["Zeta", *HOSTILE])
def test_no_name_from_the_data_breaks_a_citation(name: str) -> None:
    figure = SimpleNamespace(slug="zeta", anchor="fig-zeta", title=name)
    title, jsonld = front_matter(html.escape(name)), front_matter({"name": name})
    head = f"---\ntitle: {title}\njsonld: {jsonld}\n---\n"
    page = f"{head}\n# {md(name)} {{#top}}\n\n<!--cite zeta fig-zeta-->\n"
    made, formats = cited.cite_page(
        page, cited.Page(REVIEW, RELEASE, "studies/zeta.md"), {"zeta": figure}
    )
    shapes = [element.shape[0] for element in markup.elements(markup.html(made))]
    fold = ["summary", "div", "p", "a", "a", "p", "a"]
    plain_page = ["body", "h1", "a", "details", *fold]
    assert shapes == [*plain_page, "section", "details", *fold]
    bibs, _, csls = ([html.unescape(c) for _, c in FORMAT.findall(formats)][n::3] for n in range(3))
    assert [item["title"] for csl in csls for item in items(csl)] == [f"Study: {name}", name]
    titles = [plain(entry.fields["title"]) for entry in parsed("\n".join(bibs)).entries.values()]
    dashed = name.replace("---", "—").replace("--", "–")  # as TeX reads them
    assert titles == [f"Study: {dashed}", dashed]


# In a browser.


@pytest.fixture
def page(browser: Browser) -> Iterator[Page]:
    context = browser.new_context(
        reduced_motion="reduce", permissions=["clipboard-read", "clipboard-write"]
    )
    page = context.new_page()
    wrong: list[str] = []
    page.on("pageerror", lambda error: wrong.append(str(error)))
    yield page
    context.close()
    assert wrong == []


def copied(page: Page, button: str, entry: str) -> str:
    page.locator(f"#{entry}").get_by_role("button", name=button, exact=True).click()
    expect(page.locator(".lsr-sr[role=status]")).to_have_text("Copied")
    return str(page.evaluate("navigator.clipboard.readText()"))


def test_the_link_of_a_section_opens_its_citation_to_copy(page: Page, served: str) -> None:
    page.goto(f"{served}/trends/growth/")
    link = page.locator("#cumulative .lsr-citelink")
    link.focus()
    expect(link).to_have_css("opacity", "1")
    page.keyboard.press("Enter")
    entry = page.locator("#cite-cumulative")
    expect(entry).to_be_visible()
    expect(entry).to_be_in_viewport()
    assert copied(page, "Copy text", "cite-cumulative") == entry.locator("p").first.inner_text()
    (item,) = items(copied(page, "Copy CSL-JSON", "cite-cumulative"))
    assert item["URL"].endswith("/trends/growth/#cumulative")
    with page.expect_download() as download:
        entry.get_by_role("button", name="Download RIS").click()
    assert download.value.suggested_filename.endswith("trends.growth-cumulative.ris")
    (record,) = rispy.loads(Path(download.value.path()).read_text(encoding="utf-8"))
    assert record["id"] == item["id"]
    for scheme, name in (("light", "default"), ("dark", "slate")):
        page.emulate_media(color_scheme=scheme)
        expect(page.locator("body")).to_have_attribute("data-md-color-scheme", name)
        assert violations(page, "section.lsr-cites") == []


def test_the_citation_of_a_figure_carries_the_chosen_subset(page: Page, served: str) -> None:
    page.goto(f"{served}/trends/growth/?h=word&utm_source=x")
    figure = page.locator("#fig-cumulative")
    figure.get_by_role("link", name="Cite", exact=True).click()
    (item,) = items(copied(page, "Copy CSL-JSON", "cite-fig-cumulative"))
    assert item["type"] == "chapter"
    assert item["URL"].endswith("/trends/growth/#fig-cumulative"), "a search is no view"
    page.locator("[data-lsr-switches] input").first.check()
    place = "/trends/growth/?subset=published#fig-cumulative"
    expect(page.locator("#cite-fig-cumulative p a").first).to_have_attribute(
        "href", corpus().review.site.rstrip("/") + place
    )
    bib = copied(page, "Copy BibTeX", "cite-fig-cumulative")
    ((key, entry),) = parsed(bib).entries.items()
    assert key == item["id"] + ":subset:published"
    assert entry.fields["url"].endswith(place)
    assert plain(entry.fields["note"]).endswith(f"/v/{corpus().release.version}{place}")
    page.locator("[data-lsr-switches] input").first.uncheck()
    assert items(copied(page, "Copy CSL-JSON", "cite-fig-cumulative")) == [item]


def test_the_gap_map_is_cited_with_its_facets(page: Page, served: str) -> None:
    page.goto(f"{served}/trends/gaps/?rows=tasks&columns=family&cell=x--%7By%7D#cite-any")
    bib = copied(page, "Copy BibTeX", "cite-any")
    (entry,) = parsed(bib).entries.values()
    place = "/trends/gaps/?rows=tasks&columns=family&cell=x--%7By%7D#any"
    assert entry.fields["url"].endswith(place)
    assert plain(entry.fields["note"]).endswith(place)
    (item,) = items(copied(page, "Copy CSL-JSON", "cite-any"))
    assert item["URL"].endswith(place)


def test_a_study_is_copied_in_every_format(page: Page, served: str) -> None:
    study = corpus().studies[-1]
    page.goto(f"{served}/studies/{study.id}/")
    page.locator(".lsr-cite summary").click()
    ((key, _),) = parsed(copied(page, "Copy BibTeX", "citation")).entries.items()
    (record,) = rispy.loads(copied(page, "Copy RIS", "citation"))
    (item,) = items(copied(page, "Copy CSL-JSON", "citation"))
    assert key == record["id"] == item["id"] == study.id


def test_citations_are_readable_without_scripts(browser: Browser, served: str) -> None:
    context = browser.new_context(java_script_enabled=False)
    page = context.new_page()
    page.goto(f"{served}/trends/growth/")
    fold = page.locator("section.lsr-cites")
    fold.locator("> details > summary").click()
    expect(fold.locator("#cite-top p").first).to_be_visible()
    fold.locator("details details > summary").first.click()
    for entry in (fold.locator("#cite-top"), fold.locator("#cite-quarters")):
        expect(entry.get_by_role("link", name="BibTeX, RIS, CSL-JSON")).to_be_visible()
        assert entry.locator("button").count() == 0
    entry.get_by_role("link", name="BibTeX, RIS, CSL-JSON").click()
    for name in ("BibTeX", "RIS", "CSL-JSON"):
        expect(page.locator(f"#cite-quarters [data-as='{name}']")).to_be_visible()
    context.close()
