"""Text from strangers stays text: in Markdown, in HTML, in attributes, in Jinja, in the search."""

from __future__ import annotations

import csv
import io
import itertools
import json
import re
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from typing import Final

import pytest
from defusedxml.ElementTree import fromstring
from playwright.sync_api import Browser

from gen.citations.entry import study_entry
from gen.citations.tags import meta as meta_tags
from gen.corpus import names
from gen.corpus.load import load
from gen.corpus.rules import register
from gen.corpus.rules.text import markup as no_markup
from gen.corpus.wordings import missing
from gen.problems import DataError
from gen.text import render
from tests import invented, markup
from tests.build import build, checkout, generated
from tests.conftest import serving

NASTY = [
    "<script>alert(1)</script>",
    '"><img src=x onerror=alert(1)>',
    "'><svg/onload=alert(1)>",
    "{{ 7*7 }} {% raw %} {# x #} {## y ##}",
    "[x](javascript:alert(1))",
    "![x](https://evil.example/pixel.png)",
    "<https://evil.example>",
    "[x]: javascript:alert(1)",
    "| a | b",
    "`code` ``x",
    "*a* **b** __c__ *_",
    "{: .x onclick=alert(1)}",
    "x { .x #id onclick=alert(1) }",
    "# h",
    "## h {#top}",
    "- item",
    "1. item",
    "> quoted",
    "---",
    "===",
    "</figure></div></p></details>",
    "<!-- x",
    "<![CDATA[ x ]]> <?php x ?>",
    "<div markdown>*a*</div>",
    "&lt;b&gt; &amp; &#60; &copy",
    "&copy &lt b&gt &amp &#60 x",
    "ends with \\",
    "\\* \\[ \\{ \\\\",
    "*[HTML]: abbreviation",
    "[^1] [TOC] [[x]]",
    "a" * 200,
    "眼" * 60 + " é ß",
]
# Those that would be in a table if the checker's rule about markup failed: it is the first of two
# lines of defence, and these tests are of the second.
LINES = (Path(__file__).parent / "hostile.txt").read_text(encoding="utf-8").splitlines()
HOSTILE = [text for text in (*NASTY, *LINES) if missing(text) is None]
ADDRESS = "https://example.org/a)b(c)[d](e)'onclick=alert(1)*_x_*{.c}&lt#~!$,+%20é"


# The filters, each by itself.


@pytest.mark.parametrize("nasty", NASTY)
@pytest.mark.parametrize(
    "around",
    ["{}", "x {} y", "# {} {{#top}}", "- {}", "| a | b |\n| --- | --- |\n| {} | c |", "**{}**",
     "[{}](/x.md)", '<p markdown="span">{}</p>', "<div markdown>\n\n{}\n\n</div>",
     "[{}](/x.md){{ .chip }}", "<span>{}</span>"],
)  # fmt: skip
def test_text_from_the_data_stays_text_in_markdown(nasty: str, around: str) -> None:
    page = around.format(render.md("x " + nasty))
    plain = around.format("x plain")
    assert shapes(markup.html(page)) == shapes(markup.html(plain))
    assert f"x {nasty}" in markup.text(markup.html(page))


@pytest.mark.parametrize(
    "around", ["[x]({})", "<{}>", '<a href="{}">x</a>', "| a |\n| --- |\n| [x]({}) |"]
)
def test_an_address_from_the_data_stays_one_address(around: str) -> None:
    page = markup.html(around.format(render.url(ADDRESS)))
    assert shapes(page) == shapes(markup.html(around.format("https://example.org/")))
    (link,) = markup.named(page, "a")
    assert link.attributes["href"].startswith("https://example.org/a%29b%28c%29")
    assert link.attributes["href"].endswith("%7B.c%7D&lt#~%21$,+%20%C3%A9")


def test_a_query_says_its_filters_and_no_more() -> None:
    assert render.query({"modalities": "ct,mri", "q": 'a&b"c'}) == (
        "?modalities=ct,mri&amp;q=a%26b%22c"
    )
    assert render.query({}) == ""


def shapes(document: str) -> list[tuple[str, ...]]:
    """The elements of a document, but for the chances that a template gives to break a line."""
    return [element.shape for element in markup.elements(document) if element.tag != "wbr"]


@pytest.mark.parametrize(
    "value", [*NASTY, True, 1.5, None, ["a", {"b": "c: d"}], "no", "2024-01-01"]
)
def test_front_matter_is_read_as_it_was_meant(value: object) -> None:
    from mkdocs.utils import yaml_load  # noqa: PLC0415 - only here

    assert yaml_load(f"title: {render.front_matter(value)}\n") == {"title": value}


def test_a_name_that_is_not_there_is_an_error() -> None:
    with pytest.raises(DataError, match=r"docs/a\.md:2: 'nothing' is undefined"):
        render.prose("\n{{ nothing }}", "a.md", "docs/a.md", {})


def test_text_handed_to_a_template_is_never_one() -> None:
    text = "{{ 7*7 }}{% if %} [@cited]"
    assert render.prose("{{ x }}", "a.md", "docs/a.md", {"x": text}) == text


# A whole site of hostile text.

# What a spreadsheet computes; a number is none.
FORMULA: Final = re.compile(r"[=@\t\r]|[+-](?![\d.]+$)")

ROWS: Final = 32  # of each table
LONG = "Some words come first, so that the note is folded, whatever follows. " * 2 + "Then:"


def listed(text: str) -> str:
    """A text as one of the values of a cell, which semicolons part."""
    return text.replace(";", ",")


def named(text: str) -> str:
    """The same as a name: the checker takes a bar for one that parts names."""
    return listed(text).replace("|", "¦")


def nth(texts: list[str], n: int) -> str:
    return texts[n % len(texts)]


def written(folder: Path, texts: list[str]) -> Path:
    """Write a corpus in which every cell of free text holds the next one of the texts.

    Where a value must be unique, or its order must not change, something goes before the text.
    """
    each = itertools.cycle(texts)
    data = invented.write(folder)
    base = invented.STUDIES[0]
    tables: dict[str, list[dict[str, str]]] = {
        name: [] for name in ("studies", "datasets", "base_models", "results", "records", "sources")
    }
    for n in range(ROWS):
        before = f"{n:02}"
        # Of every two studies, so that the index of authors names them.
        authors = [f"{named(next(each))} {before}", f"Anna {named(next(each))} {before}"]
        authors += [f"Bo {named(nth(texts, n - n % 2))} {n - n % 2:02}"]
        source = f"{before} {listed(next(each))}"
        tables["studies"].append(
            base
            | {
                "id": f"study-{n}",
                "name": f"{before} {next(each)}"[:80].strip(),
                "title": f"{before} {next(each)}",
                "authors": "; ".join(authors),
                "date": f"20{20 + n % 5}-0{n % 9 + 1}",
                "venue": next(each),
                "arxiv": f"2305.{n:05}",
                "summary": next(each)[:230].strip(),
                "backbone": next(each),
                "builds_on": f"base-{n}" + (f"; study-{n - 1}" if n % 3 else ""),
                "train_data": f"set-{n}; set-0" if n else "set-0",
                "eval_data": "set-1" if n > 1 else "",
                "note": f"{LONG} {next(each)}",
                "published": "2026",
                "code_licence": "MIT",
                "licence_note": next(each),
                "status": "concern",
                "status_url": ADDRESS,
                "partial": "modalities",
                "record_id": f"r{n}",
                "code": ADDRESS,
                "weights": ADDRESS,
                "evidence": f"{ADDRESS}; https://example.org/{n}",
            }
        )
        tables["datasets"].append(
            {
                "id": f"set-{n}",
                "name": f"{before} {next(each)}"[:80].strip(),
                "note": f"{LONG} {next(each)}",
                "url": ADDRESS,
            }
        )
        tables["base_models"].append(
            {
                "id": f"base-{n}",
                "name": f"{before} {next(each)}"[:80].strip(),
                "kind": "vision",
                "note": next(each)[:130].strip(),
            }
        )
        tables["results"].append(
            {
                "study": f"study-{n}",
                "dataset": f"set-{n}",
                "task": "segmentation",
                "metric": "dice",
                "value": "0.5",
                "evidence": ADDRESS,
                "comparator": next(each),
                "detail": next(each),
            }
        )
        tables["records"].append(
            {
                "id": f"r{n}",
                "title": next(each),
                "venue": next(each),
                "sources": source,
                "sections": listed(next(each)),
                "decision": "include",
                "study": f"study-{n}",
            }
        )
        tables["sources"].append(
            {
                "source": source,
                "kind": "curated-list",
                "path": next(each),
                "commit": next(each),
                "commit_date": next(each),
                "raw_records": "1",
                "unique_new_records": "1",
                "note": next(each),
            }
        )
    for name, rows in tables.items():
        invented.write_table(data, name, rows)
    invented.write_table(data, "second_coding", [])
    hostile_terms(data / "taxonomy.toml", texts)
    hostile_terms(data / "hosts.toml", texts)
    return data


def hostile_terms(file: Path, texts: list[str]) -> None:
    """Put a text after every label and in every definition of the taxonomy."""
    count = 0

    def changed(found: re.Match[str]) -> str:
        nonlocal count
        count += 1
        text = render.front_matter(nth(texts, count))[1:-1]  # as TOML and JSON both write it
        if found[1] in {"label", "plural"}:
            return f'{found[1]} = "{found[2]} {text}"'
        return f'{found[1]} = "{text}"'

    content = file.read_text(encoding="utf-8")
    content = re.sub(
        r'^(label|plural|about|definition) = "(.*)"$', changed, content, flags=re.MULTILINE
    )
    file.write_text(content, encoding="utf-8")


@pytest.fixture(scope="module", autouse=True)
def unchecked() -> Iterator[None]:
    """The rule about markup is off."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(register, "RULES", [rule for rule in register.RULES if rule != no_markup])
        yield


def unchecked_site(folder: Path, data: Path) -> Path:
    """The whole site, with the theme, built where the rule about markup is off."""
    project = checkout(folder / "project", data)
    invented.replace(project / "gen/corpus/rules/register.py", "    text.markup,\n", "")
    return build(project)


@pytest.fixture(scope="module")
def hostile(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return written(tmp_path_factory.mktemp("hostile") / "data", HOSTILE)


@pytest.fixture(scope="module")
def harmless(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return written(tmp_path_factory.mktemp("harmless") / "data", ["plain"])


@cache
def every_file(data: Path) -> dict[str, str | bytes]:
    return generated(data)


@cache
def made(data: Path) -> dict[str, str]:
    """Every page as HTML, without the theme."""
    files = every_file(data).items()
    return {path: markup.html(str(text)) for path, text in files if path.endswith(".md")}


def differences(page: str, plain: str) -> Iterator[str]:
    """How the elements and attributes of two documents differ."""
    ours, theirs = shapes(page), shapes(plain)
    for place, (one, other) in enumerate(zip(ours, theirs, strict=False)):
        if one != other:
            yield f"element {place} is {one} and must be {other}"
            return
    if len(ours) != len(theirs):
        yield f"has {len(ours)} elements and must have {len(theirs)}"


def dangers(page: str) -> Iterator[str]:
    """Attributes that run or fetch what they should not."""
    for element in markup.elements(page):
        yield from dangers_of(element)


def dangers_of(element: markup.Element) -> Iterator[str]:
    for name, value in element.attributes.items():
        if name.startswith("on"):
            yield f"{element.tag} {name}={value}"
        if name in {"href", "src", "action", "xlink:href"} and re.match(
            r"\s*(javascript|data|vbscript):|https?://evil", value, re.IGNORECASE
        ):
            yield f"{element.tag} {name}={value}"


def test_two_hundred_different_texts_are_in_the_cells(hostile: Path) -> None:
    cells = {
        cell
        for table in ("studies", "datasets", "base_models", "results", "records", "sources")
        for row in invented.read_table(hostile, table)
        for cell in row.values()
    }
    there = {text for text in LINES if any(text in cell or listed(text) in cell for cell in cells)}
    assert len(there) >= 200


def runs(path: str, content: str | bytes) -> Iterator[str]:
    """What would run, or be fetched, where a file that is no page is opened by what reads such."""
    text = content if isinstance(content, str) else content.decode(errors="replace")
    match path.rpartition(".")[2]:
        case "csv":  # in a spreadsheet
            for row in csv.reader(io.StringIO(text)):
                yield from (cell for cell in row if FORMULA.match(cell))
        case "svg" | "xml":  # in a browser, or as HTML in a reader of feeds
            for element in fromstring(text).iter():
                attributes = {name.rpartition("}")[2]: v for name, v in element.attrib.items()}
                alone = markup.Element(element.tag.rpartition("}")[2], attributes, [], 0)
                yield from ([f"{path}: a script"] if alone.tag == "script" else [])
                yield from dangers_of(alone)
                if attributes.get("type") == "html" or alone.tag == "description":
                    yield from dangers(element.text or "")
                    yield from markup.named(element.text or "", "script")
        case "html":
            yield from dangers(text)
            for script in markup.named(text, "script"):
                yield from ([script.text] if "alert" in script.text else [])
        case "json":
            json.loads(text)


@pytest.mark.slow
def test_no_text_of_the_data_runs_in_a_file_that_is_no_page(hostile: Path) -> None:
    files = {path: x for path, x in every_file(hostile).items() if not path.endswith(".md")}
    kinds = {path.rpartition(".")[2] for path in files}
    assert kinds >= {"csv", "html", "json", "svg", "xml"}
    found = {path: list(runs(path, content)) for path, content in files.items()}
    assert {path: faults for path, faults in found.items() if faults} == {}


@pytest.mark.slow
def test_every_text_of_the_data_is_shown_as_it_was_written(hostile: Path) -> None:
    loaded = load(hostile)
    pages = {path: markup.text(page) for path, page in made(hostile).items()}
    for study in loaded.studies:
        page = pages[study.path]
        texts = (study.name, study.title, study.summary, study.venue, study.backbone, study.note)
        for text in texts:
            assert str(text) in page, study.path
        assert "; ".join(names.name(author).text for author in study.authors) in page
    for dataset in loaded.datasets:
        assert dataset.name in pages[dataset.path]
        assert str(dataset.note) in pages[dataset.path]
    for base in loaded.base_models:
        assert base.name in pages[base.path]
        assert str(base.note) in pages[base.path]
    for result in loaded.results:
        assert str(result.comparator) in pages[f"studies/{result.study}.md"]
        assert str(result.detail) in pages[f"studies/{result.study}.md"]
    for source in loaded.sources:
        assert source.source in pages["about/sources.md"]
        assert str(source.note) in pages["about/sources.md"]
    for facet in ("family", "modalities"):
        for id_, term in loaded.taxonomy[facet].terms.items():
            for path in (f"{facet}/{id_}.md", f"{facet}/index.md", "about/codebook.md"):
                assert term.label in pages[path], path
                assert term.definition in pages[path], path


@pytest.fixture(scope="module")
def built(hostile: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The whole site of hostile text, with the theme."""
    return unchecked_site(tmp_path_factory.mktemp("hostile-site"), hostile)


@pytest.mark.slow
def test_no_text_of_the_data_makes_an_element_or_an_attribute(
    built: Path, harmless: Path, tmp_path_factory: pytest.TempPathFactory
) -> None:
    plain = unchecked_site(tmp_path_factory.mktemp("harmless-site"), harmless)
    found = {}
    for file in sorted(built.rglob("*.html")):
        page = file.read_text(encoding="utf-8")
        other = (plain / file.relative_to(built)).read_text(encoding="utf-8")
        found[file.relative_to(built).as_posix()] = [*differences(page, other), *dangers(page)]
    assert len(found) > 3 * ROWS
    assert {path: faults for path, faults in found.items() if faults} == {}


@pytest.mark.slow
def test_what_machines_read_of_a_page_is_the_text_of_the_data(built: Path, hostile: Path) -> None:
    corpus = load(hostile)
    for study in corpus.studies:
        page = (built / "studies" / study.id / "index.html").read_text(encoding="utf-8")
        (title,) = markup.named(page, "title")
        assert title.text.startswith(corpus.labels[study.id])
        meta = [element.attributes for element in markup.named(page, "meta")]
        said = [(m.get("name") or m.get("property"), m["content"]) for m in meta if "content" in m]
        assert ("description", study.summary) in said
        assert ("og:title", corpus.labels[study.id]) in said
        assert ("og:description", study.summary) in said
        assert ("citation_title", study.title) in said
        authors = [text for kind, text in said if kind == "citation_author"]
        assert authors == meta_tags(study_entry(study))["citation_author"]
        (script,) = markup.named(page, "script", type="application/ld+json")
        assert json.loads(script.text)["headline"] == study.title


@pytest.fixture
def served_hostile(built: Path) -> Iterator[str]:
    with serving(built) as address:
        yield address


def test_no_text_of_the_data_runs_or_fetches_or_widens_a_page(
    served_hostile: str, browser: Browser
) -> None:
    page = browser.new_page(viewport={"width": 320, "height": 640})
    ran: list[str] = []
    page.on("dialog", lambda dialog: (ran.append(dialog.message), dialog.dismiss()))
    page.on("request", lambda request: served_hostile in request.url or ran.append(request.url))
    page.on("console", lambda message: message.type == "error" and ran.append(message.text))
    page.on("pageerror", lambda error: ran.append(str(error)))
    places = ["studies/", "datasets/", "foundations/", "about/codebook/", "about/sources/"]
    places += ["modalities/", "modalities/ct/", "datasets/set-0/"]
    places += [f"studies/study-{n}/" for n in range(ROWS)]
    for place in places:
        page.goto(f"{served_hostile}/{place}")
        wide = page.evaluate("document.documentElement.scrollWidth")
        assert wide <= 320, f"{place} is {wide} px wide"
    # The search writes what it finds into the page.
    page.goto(f"{served_hostile}/search/?q=alert")
    page.locator(".lsr-hits mark").first.wait_for()
    assert page.locator(".lsr-hits img, .lsr-hits script").count() == 0
    assert ran == []
    page.close()


def test_a_page_that_has_moved_leads_on_to_the_place_that_was_asked_for(
    served_hostile: str, browser: Browser
) -> None:
    page = browser.new_page()
    page.goto(f"{served_hostile}/begin/#limits")
    page.wait_for_url(f"{served_hostile}/about/#limits")
    assert page.locator("#limits").count() == 1
    page.close()


def test_a_line_of_a_template_can_be_reviewed() -> None:
    lines = [
        (file.name, number, len(line))
        for file in render.TEMPLATES.rglob("*.jinja")
        for number, line in enumerate(file.read_text(encoding="utf-8").split("\n"), start=1)
    ]
    assert len(lines) > 1000
    assert [each for each in lines if each[2] > 200] == []
