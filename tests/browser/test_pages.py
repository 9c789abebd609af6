"""The built site as readers meet it: in a browser, without scripts, on paper, by its links."""

from __future__ import annotations

import gzip
import os
import re
import subprocess
import sys
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from urllib.parse import urlsplit

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, expect

from tests import invented
from tests.accessible import violations
from tests.build import checkout, run
from tests.real import DOCS, ROOT, corpus

WIDTHS = (320, 640, 768, 1024, 1440)  # 640: a window of 1280 at 200%


def fullest_study() -> str:
    """The study whose page has the most sections."""
    loaded = corpus()
    parents = {id_ for study in loaded.studies for id_ in study.builds_on}
    with_results = {result.study for result in loaded.results}

    def sections(study_id: str, *values: object) -> int:
        return sum(map(bool, values)) + (study_id in parents) + (study_id in with_results)

    best = max(
        loaded.studies,
        key=lambda s: (sections(s.id, s.builds_on, s.train_data, s.eval_data, s.note), s.id),
    )
    return best.id


# Kind of page -> its address.
KINDS = {
    "home": lambda: "",
    "studies": lambda: "studies/",
    "study": lambda: f"studies/{fullest_study()}/",
    "facet": lambda: "modalities/",
    "term": lambda: "modalities/ct/",
    "data sets": lambda: "datasets/",
    "data set": lambda: "datasets/vqa-rad/",
    "foundations": lambda: "foundations/",
    "foundation": lambda: "foundations/sam/",
    "codebook": lambda: "about/codebook/",
    "sources": lambda: "about/sources/",
    "about": lambda: "about/",
    "version": lambda: f"about/versions/{corpus().release.version}/",
    "flow": lambda: "about/flow/",
    "chapter": lambda: "review/limits/",
    "contribute": lambda: "contribute/",
    "form": lambda: "contribute/add/",
    "correction": lambda: "contribute/add/?study=medsam",
    "trends": lambda: "trends/",
    "trend": lambda: "trends/growth/",
    "trend of terms": lambda: "trends/domains/",
    "gap map": lambda: "trends/gaps/",
    "lineage": lambda: "trends/foundations/",
    "sensitivity": lambda: "trends/sensitivity/",
    "search": lambda: "search/",
    "filter": lambda: "studies/?modalities=ct&weights=open",
    "hits": lambda: "search/?q=retina",
    "start": lambda: "start/",
    "data": lambda: "about/data/",
    "authors": lambda: "authors/",
    "missing": lambda: "404.html",
    "comparison": lambda: "compare/?ids=medsam2,sam-med3d,vista3d",
    "reading list": lambda: "reading-list/",
}


def at_home(context: BrowserContext) -> BrowserContext:
    """With the addresses of the page of missing ones, which are absolute, on this machine."""
    base = urlsplit(corpus().review.site).path
    context.route(
        lambda url: urlsplit(url).path.startswith(base),
        lambda route: route.continue_(url=route.request.url.replace(base, "/", 1)),
    )
    return context


@pytest.fixture
def page(browser: Browser) -> Iterator[Page]:
    """A new page whose errors and foreign requests fail the test."""
    context = browser.new_context(
        viewport={"width": 1440, "height": 900},
        reduced_motion="reduce",
        permissions=["clipboard-read", "clipboard-write"],
    )
    page = at_home(context).new_page()
    wrong: list[str] = []
    page.on("console", lambda message: message.type == "error" and wrong.append(message.text))
    page.on("pageerror", lambda error: wrong.append(str(error)))
    page.on("dialog", lambda dialog: wrong.append(dialog.message))
    page.on(
        "request",
        lambda request: (
            re.match(r"http://127\.0\.0\.1:|data:|blob:", request.url)
            or wrong.append(f"asks for {request.url}")
        ),
    )
    page.on("response", lambda got: got.status >= 400 and wrong.append(f"{got.status} {got.url}"))
    yield page
    context.close()
    assert wrong == []


def opened(page: Page, address: str) -> None:
    """Go there, and wait for the list, hits or form that a script draws, if there are any."""
    page.goto(address)
    drawn = ":is([data-explore], [data-form], [data-lsr-search]):not([data-ready])"
    page.wait_for_function(f"!document.querySelector('{drawn}')")


def width_laid_out(page: Page) -> int:
    """The width of the page after scripts have answered to that of the window."""
    page.evaluate("new Promise(done => requestAnimationFrame(() => requestAnimationFrame(done)))")
    width: int = page.evaluate("document.documentElement.scrollWidth")
    return width


# Axe takes minutes for hundreds of rows, items or marks, all from one line of code: twelve stay.
SHORTEN = """() => {
  for (const whole of document.querySelectorAll("tbody, main ul, main svg g")) {
    const parts = [...whole.children], step = Math.ceil(parts.length / 12);
    if (parts.every(part => part.tagName === parts[0].tagName && part.tagName !== "g"))
      parts.forEach((part, n) => n % step && part.remove());
  }
}"""


# The checker lets a name be 80 letters long, without a space between them: one of each table is.
LONGEST = """() => {
  for (const table of document.querySelectorAll("main table")) {
    const name = table.querySelector("td:first-child a");
    if (name) name.textContent = "L".repeat(80);
  }
}"""


@pytest.mark.slow
@pytest.mark.parametrize("kind", KINDS)
def test_a_page_fits_and_is_accessible_narrow_and_light_wide_and_dark(
    kind: str, page: Page, served: str
) -> None:
    opened(page, f"{served}/{KINDS[kind]()}")
    page.evaluate(LONGEST)
    for width in WIDTHS:
        page.set_viewport_size({"width": width, "height": 900})
        assert width_laid_out(page) <= width, f"at {width} px"
    page.evaluate(SHORTEN)
    # What axe finds depends on the scheme (contrast) or on the width (what is shown): each once.
    for scheme, name, width in (
        ("light", "default", WIDTHS[0]),
        ("dark", "slate", WIDTHS[-1]),
    ):
        page.emulate_media(color_scheme=scheme)
        expect(page.locator("body")).to_have_attribute("data-md-color-scheme", name)
        page.set_viewport_size({"width": width, "height": 900})
        assert violations(page) == [], f"at {width} px, {scheme}"


@pytest.mark.parametrize("kind", KINDS)
def test_a_page_is_readable_without_scripts(kind: str, browser: Browser, served: str) -> None:
    context = browser.new_context(java_script_enabled=False)
    page = at_home(context).new_page()
    page.goto(f"{served}/{KINDS[kind]()}")
    expect(page.locator("h1")).to_be_visible()
    assert page.locator("article").inner_text().count(" ") > 20
    for shown in (".lsr-facts table", ".lsr-list table", ".lsr-figure__plot svg"):
        for place in page.locator(shown).all()[:3]:
            box = place.bounding_box()
            assert box, shown
            assert min(box["width"], box["height"]) > 20, shown
    # A button that only a script can answer is not offered.
    for button in page.locator("[data-lsr-explore], [data-lsr-copy]").all():
        expect(button).to_be_hidden()
    for details in page.locator("article details").all()[:2]:
        details.locator(":scope > summary").click()
        assert details.evaluate("details => details.open")
    # Whatever else may be pressed or filled in belongs to a form that a page answers.
    for control in (
        page.locator("article, header").locator(":is(button, input, select):enabled").all()
    ):
        assert not control.is_visible() or control.locator("xpath=ancestor::form[@action]").count()
    context.close()


# What has the focus, unless a reader sees both it and a mark of the focus; whether it has moved on.
# (The choice of light or dark is made by a hidden box, whose label is marked.)
FOCUSED = """() => {
  const own = document.activeElement;
  const shown = own.matches(".md-option") ? own.nextElementSibling : own;
  const { left, top, width, height } = shown.getClientRects()[0];
  const at = document.elementFromPoint(left + width / 2, top + height / 2);
  const { outlineStyle, outlineWidth } = getComputedStyle(shown);
  const marked = outlineStyle !== "none" && parseFloat(outlineWidth) >= 1;
  const fine = marked && at !== null && (shown.contains(at) || at.contains(shown));
  const moved = own !== window.before;
  window.before = own;
  return [fine || own === document.body ? "" : own.outerHTML.slice(0, 150), moved];
}"""
STEPS = 25
# One page with each of the parts that can have the focus.
WALKED = ("home", "filter", "study", "term", "data sets", "trend", "gap map", "chapter", "start")
WALKED += ("data", "hits", "missing", "comparison", "reading list")


@pytest.mark.parametrize("kind", WALKED)
def test_the_keyboard_goes_through_a_page_and_is_seen(
    kind: str, browser: Browser, served: str
) -> None:
    context = at_home(browser.new_context(reduced_motion="reduce", forced_colors="active"))
    page = context.new_page()
    # In a narrow window the drawer comes first: its links must not take the focus unseen.
    for width in (1280, 360):
        page.set_viewport_size({"width": width, "height": 900})
        opened(page, f"{served}/{KINDS[kind]()}")
        skip = page.locator(".md-skip")
        if width > 1000 and skip.count() and kind != "hits":  # where the box has the focus
            page.keyboard.press("Tab")
            expect(skip).to_be_focused()
            page.keyboard.press("Enter")
        passed = []
        for _ in range(STEPS):
            page.keyboard.press("Tab")
            passed.append(page.evaluate(FOCUSED))
        assert {unseen for unseen, _ in passed} == {""}, f"at {width} px"
        assert all(moved for _, moved in passed), "a trap"
    context.close()


def test_what_each_kind_of_page_is_there_for_is_on_it(page: Page, served: str) -> None:
    for kind, shown in {
        "home": ".lsr-status, .lsr-number, .lsr-figure__plot svg, .lsr-door, .lsr-tiles a",
        "studies": ".lsr-list tbody tr",
        "study": ".lsr-facts table, #citation, #lineage, #results, #coding, #similar, .lsr-crumbs",
        "facet": ".lsr-figure__plot svg, .lsr-list tbody tr",
        "term": ".lsr-figure__plot svg, .lsr-list tbody tr, #together, #foundations",
        "data set": ".lsr-facts table, .lsr-figure__plot svg, .lsr-list tbody tr",
        "foundation": ".lsr-list tbody tr, #descendants",
    }.items():
        page.goto(f"{served}/{KINDS[kind]()}")
        for selector in shown.split(", "):
            expect(page.locator(selector).first, f"{kind}: {selector}").to_be_visible()


# What scripts add.


def test_explore_makes_the_chart_live_and_loads_the_engine_once(page: Page, served: str) -> None:
    asked: list[str] = []
    page.on("request", lambda request: asked.append(request.url.removeprefix(served)))
    page.goto(f"{served}/datasets/vqa-rad/")
    assert not [url for url in asked if "vega" in url or "figures/" in url], "not before"
    figure = page.locator(".lsr-figure")
    label = figure.locator("svg").get_attribute("aria-label")
    static = figure.locator(".lsr-figure__plot svg").element_handle()
    button = figure.locator("[data-lsr-explore]")
    button.focus()
    page.keyboard.press("Enter")
    expect(figure.get_by_role("status")).to_contain_text("interactive now")
    assert not static.is_visible(), "the drawing has gone"
    expect(figure.locator("svg")).to_have_attribute("aria-label", str(label))
    expect(button).to_be_hidden()
    bars = figure.locator(".mark-rect.role-mark path")
    tallest = max(bars.all(), key=lambda bar: (bar.bounding_box() or {"height": 0})["height"])
    tallest.hover()
    tip = page.locator("#vg-tooltip-element")
    expect(tip).to_be_visible()
    assert "studies" in tip.inner_text()
    assert sorted(url for url in asked if "vega" in url or "figures/" in url) == [
        "/assets/vega.js",
        "/figures/datasets-vqa-rad-per-year.json",
    ]


def test_a_chart_that_cannot_be_loaded_leaves_the_drawing(browser: Browser, served: str) -> None:
    page = browser.new_page()
    page.route("**/vega.js", lambda route: route.abort())
    page.goto(f"{served}/datasets/vqa-rad/")
    page.locator("[data-lsr-explore]").click()
    figure = page.locator(".lsr-figure")
    expect(figure.get_by_role("status")).to_contain_text("could not be loaded")
    expect(figure.locator(".lsr-figure__plot svg")).to_be_visible()
    page.close()


def test_the_drawing_follows_the_scheme(page: Page, served: str) -> None:
    page.goto(f"{served}/family/vision-language/")
    mark = page.locator(".lsr-figure__plot .mark-rect.role-mark path").first
    seen = []
    for scheme, name in (("light", "default"), ("dark", "slate")):
        page.emulate_media(color_scheme=scheme)
        expect(page.locator("body")).to_have_attribute("data-md-color-scheme", name)
        seen.append(mark.evaluate("mark => getComputedStyle(mark).fill"))
    assert seen == ["rgb(184, 68, 10)", "rgb(255, 148, 96)"]


def column(page: Page, number: int) -> list[str]:
    return page.locator(f".lsr-list tbody td:nth-child({number})").all_inner_texts()


def test_a_list_is_sorted_by_keyboard_and_says_so(page: Page, served: str) -> None:
    page.goto(f"{served}/modalities/ct/")
    head = page.locator(".lsr-list th")
    assert {th.get_attribute("aria-sort") for th in head.all()} == {"none"}
    names = column(page, 1)
    head.nth(1).locator("button").focus()
    page.keyboard.press("Shift+Tab")
    for direction in ("ascending", "descending"):
        page.keyboard.press("Enter")
        expect(head.nth(0)).to_have_attribute("aria-sort", direction)
        letters = [name[0].lower() for name in column(page, 1)]
        assert letters == sorted(letters, reverse=direction == "descending")
    head.nth(1).locator("button").click()
    expect(head.nth(1)).to_have_attribute("aria-sort", "ascending")
    expect(head.nth(0)).to_have_attribute("aria-sort", "none")
    assert sorted(column(page, 1)) == sorted(names)


def test_a_filtered_list_is_sorted_by_its_headings_in_its_address(page: Page, served: str) -> None:
    opened(page, f"{served}/datasets/")
    head = page.locator(".lsr-found th")
    size = next(n for n, th in enumerate(head.all_inner_texts()) if th == "Size")
    known = sorted(dataset.size for dataset in corpus().datasets if dataset.size)
    head.nth(size).locator("button").focus()
    for direction, sort, sizes in (
        ("descending", "-size", known[::-1]),
        ("ascending", "size", known),
    ):
        page.keyboard.press("Enter")
        expect(head.nth(size)).to_have_attribute("aria-sort", direction)
        expect(head.nth(size).locator("button")).to_be_focused()
        assert page.url.endswith(f"?sort={sort}")
        expect(page.locator(".lsr-found__tools select")).to_have_value(sort)
        cells = page.locator(f".lsr-found tbody td:nth-child({size + 1})").all_inner_texts()
        shown = [int(found[0].replace(",", "")) for c in cells if (found := re.match(r"[\d,]+", c))]
        assert shown == sizes[: len(cells)]
    page.go_back()
    expect(head.nth(size)).to_have_attribute("aria-sort", "descending")


def test_dates_are_sorted_as_dates(page: Page, served: str) -> None:
    page.goto(f"{served}/modalities/ct/")
    page.locator(".lsr-list th", has_text="First appeared").locator("button").click()
    dates = page.locator(".lsr-list tbody time").evaluate_all("all => all.map(t => t.dateTime)")
    assert dates == sorted(study.date for study in corpus().studies if "ct" in study.modalities)


def test_copying_says_that_it_worked(page: Page, served: str) -> None:
    page.goto(f"{served}/{KINDS['study']()}")
    button = page.locator('[data-lsr-copy="cite-text"]')
    button.focus()
    page.keyboard.press("Enter")
    expect(button).to_have_text("Copied")
    expect(page.locator(".lsr-sr[role=status]")).to_have_text("Copied")
    study = next(study for study in corpus().studies if study.id == fullest_study())
    copied = page.evaluate("navigator.clipboard.readText()")
    assert study.title in copied
    assert study.link in copied
    expect(button).to_have_text("Copy citation")


def test_print_shows_the_content_alone(page: Page, served: str) -> None:
    page.goto(f"{served}/{KINDS['study']()}")
    page.emulate_media(media="print")
    for hidden in (".md-header", ".md-tabs", ".lsr-figure__tools", "[data-lsr-copy]"):
        for place in page.locator(hidden).all():
            expect(place).to_be_hidden()
    expect(page.locator("h1")).to_be_visible()
    expect(page.locator(".lsr-facts table")).to_be_visible()


# Without a browser.


def test_a_study_page_is_small(site_dir: Path) -> None:
    """At most 12 kB as it is transferred (design 8)."""
    sizes = {
        file.parent.name: len(gzip.compress(file.read_bytes(), mtime=0))
        for file in site_dir.glob("studies/*/index.html")
    }
    assert len(sizes) == len(corpus().studies)
    assert {id_: size for id_, size in sizes.items() if size > 12_000} == {}


NAMED = re.compile(r'(?:\bsrc|rel="(?:icon|stylesheet)" href)="([^":?#]+)"')
IMPORTED = re.compile(r"""^(?:import|export)[^;'"]*['"](\.[^'"]+)['"]""", re.MULTILINE)
FIRST_VIEW = 100_000  # bytes


@cache
def transferred(file: Path) -> int:
    return len(gzip.compress(file.read_bytes(), 9))


@cache
def with_imports(file: Path) -> frozenset[Path]:
    """A file, and what is asked for because of it."""
    if file.suffix != ".js":
        return frozenset({file})
    imported = {
        (file.parent / name).resolve() for name in IMPORTED.findall(file.read_text("utf-8"))
    }
    return frozenset({file}).union(*map(with_imports, imported))


def test_the_first_view_of_every_page_is_small(site_dir: Path) -> None:
    """As it is transferred: the page, its styles, pictures and scripts, with what these import."""
    sizes = {}
    for page in site_dir.rglob("index.html"):
        named = {(page.parent / file).resolve() for file in NAMED.findall(page.read_text("utf-8"))}
        files = frozenset[Path]().union(*map(with_imports, named))
        rest = sum(map(transferred, files))
        # No page is larger than it is without compression, which takes its time.
        if rest + page.stat().st_size >= FIRST_VIEW:
            sizes[page.relative_to(site_dir).as_posix()] = rest + transferred(page)
    assert len(sizes) > 100
    assert {page: size for page, size in sizes.items() if size >= FIRST_VIEW} == {}


def test_the_styles_are_all_there_in_their_order_and_in_one_file(site_dir: Path) -> None:
    """A rule of each sheet, after the theme's, and nothing of them beside the file all name."""
    style = (site_dir / "assets/css/site.css").read_text("utf-8")
    assert not [*site_dir.glob("assets/stylesheets/*"), *site_dir.glob("assets/javascripts/*")]
    assert 0 < style.index(".md-grid{") < style.index("--lsr-paper:")
    assert ".md-search__input" not in style, "what no page has"
    listed = re.findall(
        r"^  - (assets/css/\w+\.css)$", (ROOT / "mkdocs.yml").read_text("utf-8"), re.MULTILINE
    )
    assert {*listed} == {
        file.relative_to(DOCS).as_posix() for file in DOCS.glob("assets/css/*.css")
    }
    at = -1
    for sheet in listed:
        rules = re.sub(r"/\*.*?\*/", "", (DOCS / sheet).read_text("utf-8"), flags=re.DOTALL)
        first = re.sub(r"\n\s*", "\n", rules.partition("}")[0].strip())
        assert style.index(first) > at, sheet
        at = style.index(first)
    assert "/*" not in style


def test_scripts_of_figures_and_citations_are_where_these_are(site_dir: Path) -> None:
    for path in ("studies", "trends/growth", "search", "studies/medsam"):
        page = (site_dir / path / "index.html").read_text("utf-8")
        for file, sign in {"figures": "data-lsr-png", "cite": 'class="lsr-cite'}.items():
            assert (f"assets/js/{file}.js" in page) == (sign in page), (path, file)


def test_no_page_asks_another_host_for_anything(site_dir: Path) -> None:
    fetched = re.compile(
        r"""<(?:script|img|iframe|source|embed|object|video|audio)\b[^>]*?(?:src|data)=["']?"""
        r"""(?:https?:)?//|<link\b(?=[^>]*rel="?(?:stylesheet|icon|preload|preconnect|dns-prefetch))"""
        r"""[^>]*href=["']?(?:https?:)?//""",
        re.IGNORECASE,
    )
    built = list(site_dir.rglob("*.html"))
    assert len(built) > 900
    for file in built:
        found = fetched.search(file.read_text(encoding="utf-8"))
        assert not found, f"{file.relative_to(site_dir)}: {found}"
    ours = [*site_dir.glob("assets/css/*.css"), *site_dir.glob("assets/js/*.js")]
    assert len(ours) == 1 + len([*DOCS.glob("assets/js/*.js")]) > 1
    for file in ours:
        text = file.read_text(encoding="utf-8")
        # The address of a language, as in a drawing within the theme's styles, is never asked for.
        asked = re.search(r"@import|https?://(?!www\.w3\.org/)|url\(\s*[\"']?//", text)
        assert not asked, file.name


def test_no_link_of_the_built_site_is_dead(site_dir: Path) -> None:
    lychee = Path(sys.executable).parent / "lychee"
    done = subprocess.run(
        [
            lychee,
            *("--offline", "--include-fragments", "--no-progress", "--cache=false"),
            *("--root-dir", site_dir, "--index-files", "index.html"),
            *("--exclude-path", r"404\.html$"),  # its addresses start with those of the host
            site_dir,
        ],
        cwd=site_dir,
        env={**os.environ, "NO_COLOR": "1"},
        capture_output=True,
        encoding="utf-8",
        check=False,
    )
    assert done.returncode == 0, done.stdout[-3000:] + done.stderr[-1000:]
    checked = re.search(r"(\d+) Total", done.stdout)
    assert checked
    assert int(checked[1]) > 20_000, done.stdout


@pytest.mark.slow
def test_broken_data_stop_the_build_with_the_place_and_what_to_do(tmp_path: Path) -> None:
    data = invented.write(tmp_path / "data")
    invented.change(data, "studies", 3, family="vision-langage", date="2024-13")
    project = checkout(tmp_path / "project", data)
    done = run(project, "-m", "mkdocs", "build", "--strict")
    assert done.returncode != 0
    assert "data/studies.csv:3: date: '2024-13' is not a day that exists" in done.stdout
    assert "data/studies.csv:3: family: 'vision-langage' must be one of" in done.stdout
    assert "did you mean 'vision-language'?" in done.stdout
    assert "2 problems in 6 studies" in done.stdout
    assert "Traceback" not in done.stdout
    assert not list((project / "site").glob("**/*.html")) if (project / "site").exists() else True


@pytest.mark.slow
def test_a_broken_link_stops_the_build(tmp_path: Path) -> None:
    project = checkout(tmp_path / "project", invented.write(tmp_path / "data"))
    with (project / "docs/about/index.md").open("a", encoding="utf-8") as page:
        page.write("\n\n[nowhere](/studies/no-such-study.md)\n")
    done = run(project, "-m", "mkdocs", "build", "--strict")
    assert done.returncode != 0
    assert "no-such-study.md" in done.stdout


def test_the_summary_is_printed_on_one_sheet_of_a4(page: Page, served: str) -> None:
    page.goto(f"{served}/about/summary/")
    made = page.pdf(prefer_css_page_size=True)
    assert made.count(b"/Type /Page\n") == 1
    assert b"/MediaBox [0 0 594" in made
