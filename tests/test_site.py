"""The site as a value: complete, the same each time, the same by every way out, of bounded size."""

from __future__ import annotations

import csv
import hashlib
import io
import json
import posixpath
import re
from pathlib import Path

import pytest

from gen.corpus.columns import columns
from gen.corpus.load import load
from gen.corpus.tables import FACETS, Study
from gen.pages.facts import fact
from tests import invented, markup, real
from tests.build import checkout, generated, run
from tests.real import DOCS, ROOT, files, pages

# Code is not looked at for headings and links.
CODE = re.compile(r"^```.*?^```|`[^`\n]*`|<pre.*?</pre>", re.DOTALL | re.MULTILINE)
ATTRIBUTES = re.compile(r"\{:? ?#([\w-]+)[^}]*\}\s*$")


# Writes what MkDocs has been given to a folder.
GIVEN = """
import sys
from pathlib import Path
from mkdocs.config import load_config
from mkdocs.structure.files import get_files
config = load_config("mkdocs.yml", hooks=[])  # which join the style sheets
for file in config.plugins.on_files(get_files(config), config=config):
    path = Path(sys.argv[1], file.src_uri)
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(file.content_bytes)
"""


def tree(folder: Path) -> dict[str, bytes]:
    """Every file in a folder by its path."""
    found = (file for file in folder.rglob("*") if file.is_file())
    return {file.relative_to(folder).as_posix(): file.read_bytes() for file in found}


@pytest.fixture
def data(tmp_path: Path) -> Path:
    return invented.write(tmp_path / "data")


# One value, whichever way out.


@pytest.mark.parametrize(
    ("name", "label"),
    [
        ("data_access", "Public"),
        ("weights_access", "Open"),
        ("contribution", "Foundation model"),
    ],
)
def test_a_fact_that_is_a_term_is_shown_by_its_label(data: Path, name: str, label: str) -> None:
    corpus = load(data)
    (study,) = (study for study in corpus.studies if study.id == "alphaseg")
    (column,) = (column for column in columns(Study) if column.name == name)
    assert fact(study, column, corpus.taxonomy) == label


@pytest.mark.corpus
def test_no_file_is_generated_twice() -> None:
    paths = [path for path, _ in files()]
    assert len(paths) == len(set(paths))


@pytest.mark.corpus
def test_another_process_writes_the_same_bytes(tmp_path: Path) -> None:
    """Whatever the order of its sets, and by the command for other site builders."""
    script = "import sys; from gen.__main__ import main; sys.exit(main())"
    done = run(ROOT, "-c", script, "build", "--to", str(tmp_path))
    assert done.returncode == 0, done.stdout
    ours = {
        path: content.encode() if isinstance(content, str) else content for path, content in files()
    }
    written = tree(tmp_path)
    assert written == tree(DOCS) | ours


@pytest.mark.slow
def test_mkdocs_is_given_what_the_command_writes(data: Path, tmp_path: Path) -> None:
    project = checkout(tmp_path / "project", data)
    for command in (("-m", "gen", "build", "--to", "written"), ("-c", GIVEN, "given")):
        done = run(project, *command)
        assert done.returncode == 0, done.stdout
    assert tree(project / "given") == tree(project / "written")


def test_the_built_site_holds_every_generated_file(site_dir: Path) -> None:
    others = 0
    for path, content in files():
        if path.endswith(".md"):
            page = path.removesuffix(".md").removesuffix("index").rstrip("/")
            assert (site_dir / page / "index.html").is_file(), path
        else:
            expected = content.encode() if isinstance(content, str) else content
            assert (site_dir / path).read_bytes() == expected, path
            others += 1
    assert others > 1000


# What there is a page for.


@pytest.mark.corpus
def test_everything_has_its_page() -> None:
    loaded = real.corpus()
    rows = (*loaded.studies, *loaded.datasets, *loaded.base_models)
    assert len(loaded.studies) > 200
    assert {row.path for row in rows} <= pages().keys()
    for facet in FACETS:
        terms = {f"{facet}/{id_}.md" for id_ in loaded.taxonomy[facet].terms}
        assert terms | {f"{facet}/index.md"} <= pages().keys()


def test_every_line_of_the_table_has_a_built_page(site_dir: Path) -> None:
    with (ROOT / "data/studies.csv").open(encoding="utf-8", newline="") as file:
        ids = [row["id"] for row in csv.DictReader(file)]
    assert [id_ for id_ in ids if not (site_dir / "studies" / id_ / "index.html").is_file()] == []


# A row that is added.

NEW = {
    "id": "newest",
    "name": "Newest",
    "title": "The newest of all",
    "authors": "Neu, Nora",
    "date": "2025-01-10",
    "doi": "10.1234/newest",
    "summary": "It was added by one line.",
    "contribution": "adaptation",
    "family": "vision-language",
    "architecture": "dual-encoder",
    "builds_on": "wordnet-x; alphaseg",
    "modalities": "mri",
    "tasks": "classification",
    "train_data": "made-up-mri",
    "evidence": "https://example.org/newest",
    "coded_from": "abstract",
}


def studies_said(page: str | bytes) -> int:
    """The count in bold on the page of a term."""
    found = re.search(r"<strong>([\d,]+) stud(?:y|ies)</strong>", str(page))
    return int(found[1].replace(",", "")) if found else 0


def total(sheet: str | bytes, **wanted: str) -> int:
    """The sum of studies in the downloaded table of a figure."""
    rows = csv.DictReader(io.StringIO(str(sheet)))
    return sum(int(row["studies"]) for row in rows if wanted.items() <= row.items())


@pytest.mark.slow
def test_a_row_that_is_added_is_on_the_site_and_in_its_counts(tmp_path: Path) -> None:
    data = invented.many(tmp_path / "data", 6)
    before = generated(data)
    kept = {path: hashlib.sha256(content).digest() for path, content in tree(data).items()}
    invented.append(data, "studies", **NEW)
    after = generated(data)

    page = markup.text(markup.html(str(after["studies/newest.md"])))
    for said in ("Newest", "The newest of all", "Nora Neu", "It was added by one line."):
        assert said in page
    own = {f"studies/newest.{suffix}" for suffix in ("md", "bib", "ris")}
    # Terms, data sets and base models that had too few studies for a list or a figure may have one.
    assert before.keys() - after.keys() == set()
    assert own <= after.keys() - before.keys()

    for term in ("family/vision-language", "architecture/dual-encoder", "modalities/mri",
                 "tasks/classification"):  # fmt: skip
        page, earlier = after[f"{term}.md"], before[f"{term}.md"]
        assert studies_said(page) == studies_said(earlier) + 1
        assert 'studies/newest/"' in str(page)
        assert "newest" in str(after[f"{term}.csv"])
    for term in ("family/vision-only", "modalities/ct"):
        assert studies_said(after[f"{term}.md"]) == studies_said(before[f"{term}.md"]) > 0
    for path in ("datasets/made-up-mri.md", "foundations/wordnet-x.md", "studies/index.md",
                 "studies/alphaseg.md"):  # fmt: skip
        assert 'studies/newest/"' in str(after[path])
        assert 'studies/newest/"' not in str(before.get(path, ""))

    for figure, wanted in (
        ("studies-per-quarter", {"quarter": "2025-Q1", "label": "Vision-language"}),
        ("modalities-mri-per-year", {"year": "2025"}),
        ("datasets-made-up-mri-per-year", {"year": "2025", "role": "Training"}),
        ("modalities-shares", {"series": "MRI", "year": "2025"}),
    ):
        sheet = f"figures/{figure}.csv"
        assert total(after[sheet], **wanted) == total(before[sheet], **wanted) + 1
        assert after[f"figures/{figure}.svg"] != before[f"figures/{figure}.svg"]
    assert after["figures/modalities-ct-per-year.svg"] != b""
    numbers = markup.text(markup.html(str(after["index.md"])))
    assert re.search(rf"{len(load(data).studies)}\s+studies", numbers)

    now = {path: hashlib.sha256(content).digest() for path, content in tree(data).items()}
    assert {path for path in now if now[path] != kept[path]} == {"studies.csv"}


# Sizes.

# The nav and the theme are what grew when studies were in the nav (tech-notes 2). So both are real
# here, and all files and the whole nav are there. Of the bodies only those that the nav needs and
# the sampled ones are rendered: all would take minutes and tell no more.
MEASURE = """
import json, sys
from mkdocs.commands.build import _build_page, _populate_page
from mkdocs.config import load_config
from mkdocs.structure.files import get_files
from mkdocs.structure.nav import get_navigation

config = load_config("mkdocs.yml")
config = config.plugins.on_config(config)
config.plugins.on_pre_build(config=config)
files = get_files(config)
env = config.theme.get_env()
files.add_files_from_theme(env, config)
files = config.plugins.on_files(files, config=config)
nav = config.plugins.on_nav(get_navigation(files, config), config=config, files=files)
env = config.plugins.on_env(env, config=config, files=files)
pages = files.documentation_pages()
sample = [f for f in pages if f.src_uri in sys.argv[1:]]
for file in (*[page.file for page in nav.pages], *sample):
    _populate_page(file.page, config, files, False)
for file in sample:
    _build_page(file.page, config, pages, nav, env)
markdown = {f.src_uri: len(f.content_string) for f in pages}
html = {f.src_uri: len(open(f.abs_dest_path, "rb").read()) for f in sample}
print("measured", json.dumps({"markdown": markdown, "html": html}))
"""
SAMPLE = ("studies/copy-7.md", "studies/copy-70.md", "studies/epsilon.md", "studies/zeta.md")


@pytest.fixture(scope="module")
def sizes(tmp_path_factory: pytest.TempPathFactory) -> list[dict[str, dict[str, int]]]:
    """Sizes of the Markdown of all pages and the HTML of some, with 80 studies and with 400."""
    found = []
    for number in (80, 400):
        folder = tmp_path_factory.mktemp(str(number))
        project = checkout(folder / "project", invented.many(folder / "data", number))
        done = run(project, "-c", MEASURE, *SAMPLE)
        said = re.search(r"^measured (.*)$", done.stdout, re.MULTILINE)
        assert said, done.stdout
        found.append(json.loads(said[1]))
    return found


@pytest.mark.slow
def test_the_markdown_of_a_study_does_not_grow_with_the_number_of_studies(
    sizes: list[dict[str, dict[str, int]]],
) -> None:
    few, many = (
        [size for path, size in made["markdown"].items() if path.startswith("studies/copy-")]
        for made in sizes
    )
    assert (len(few), len(many)) == (80, 400)
    # Its own name, which its citations repeat, and those of its neighbours are longer by a digit or
    # two; anything that lists studies is longer by thousands.
    assert max(many) <= max(few) + 60


@pytest.mark.slow
def test_the_html_of_a_study_does_not_grow_with_the_number_of_studies(
    sizes: list[dict[str, dict[str, int]]],
) -> None:
    few, many = (made["html"] for made in sizes)
    assert set(few) == set(many) == set(SAMPLE)
    for path, size in few.items():
        assert many[path] == pytest.approx(size, rel=0.05), path


# Ids and links.


def bare(page: str) -> str:
    return CODE.sub("", page.split("\n---\n", 1)[-1])


def headings(page: str) -> list[str]:
    return re.findall(r"^#{1,6} .*$", bare(page), re.MULTILINE)


@pytest.mark.corpus
def test_every_heading_has_an_id_of_its_own() -> None:
    for path, page in pages().items():
        ids = []
        for heading in headings(page):
            explicit = ATTRIBUTES.search(heading)
            assert explicit, f"{path}: {heading}"
            ids.append(explicit[1])
        assert len(ids) == len(set(ids)), path


@pytest.mark.corpus
def test_every_page_has_one_main_heading() -> None:
    for path, page in pages().items():
        assert len([h for h in headings(page) if h.startswith("# ")]) == 1, path


def anchors(page: str) -> set[str]:
    explicit = [ATTRIBUTES.search(heading) for heading in headings(page)]
    return {found[1] for found in explicit if found} | set(re.findall(r'\bid="([^"]+)"', page))


@pytest.mark.corpus
def test_every_link_between_pages_resolves() -> None:
    known = {address(path): anchors(page) for path, page in pages().items()}
    there = {path for path, _ in files()} | set(tree(DOCS))
    followed = 0
    for path, page in pages().items():
        text = bare(page)
        for target, anchor in re.findall(r"\]\(([^)#\s:]*)(?:#([^)\s]+))?\)", text):
            aim = (
                target[1:] if target[:1] == "/" else posixpath.join(posixpath.dirname(path), target)
            )
            aim = address(posixpath.normpath(aim) if target else path)
            assert aim in known or aim in there, f"{path} -> {target}"
            assert not anchor or anchor in known[aim], f"{path} -> {target}#{anchor}"
            followed += 1
        for link in re.findall(r' (?:href|data-spec|data-bundle)="([^"]*)"', text):
            if not link.startswith("https:"):
                target, _, anchor = re.sub(r"\?[^#]*", "", link).partition("#")
                aim = posixpath.normpath(posixpath.join(address(path), target)).removeprefix(".")
                assert aim in known or aim in there, f"{path} -> {link}"
                assert not anchor or aim in there or anchor in known[aim], f"{path} -> {link}"
                followed += 1
    assert followed > 10_000


def address(path: str) -> str:
    return path.removesuffix(".md").removesuffix("index").rstrip("/") if ".md" in path else path


def test_no_built_page_holds_an_id_twice(site_dir: Path) -> None:
    built = list(site_dir.rglob("*.html"))
    assert len(built) > 900
    for file in built:
        found = re.findall(r'<[a-z][^<>]*? id="?([^"\s>]+)', file.read_text(encoding="utf-8"))
        twice = {id_ for id_ in found if found.count(id_) > 1}
        assert not twice, f"{file.relative_to(site_dir)}: {twice}"


@pytest.mark.parametrize("link", ["md-tabs__link", "md-nav__link"])
def test_pages_that_are_not_in_the_navigation_lead_where_home_leads(
    site_dir: Path, link: str
) -> None:
    """It is rendered once for all of them in a folder."""

    def led_to(page: str) -> list[str]:
        html = (site_dir / page / "index.html").read_text(encoding="utf-8")
        found = markup.named(html.partition("md-sidebar--secondary")[0], "a", class_=link)
        links = [each.attributes["href"] for each in found]
        places = [posixpath.join("/", page, link) for link in links if not link.startswith("#")]
        return list(map(posixpath.normpath, places))

    sections = [place for place in led_to("") if place != "/"]
    assert len(sections) == 8
    for page in ("studies/medsam", "modalities/ct", "datasets/mimic-cxr", "foundations/clip"):
        assert led_to(page) == ["/", *sections], page


def test_study_pages_are_not_in_the_nav(site_dir: Path) -> None:
    page = (site_dir / "about/index.html").read_text(encoding="utf-8")
    links = [e.attributes.get("href", "") for e in markup.named(page, "a", class_="md-nav__link")]
    assert links
    assert not [link for link in links if re.search(r"studies/[a-z0-9]", link)]
