"""A preview: the pages of one study from its row as it stands, or what is wrong in their place."""

from __future__ import annotations

import os
import re
import shutil
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from html import unescape
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, expect

from gen.corpus.load import load
from gen.pages.preview import preview
from tests import invented
from tests.build import generated
from tests.conftest import QUIET
from tests.real import ROOT

# AlphaSeg's page, home, and the terms of its row.
SHOWN = {
    "index.md",
    "studies/alphaseg.md",
    "family/vision-only.md",
    "architecture/vit-encoder.md",
    "training/supervised.md",
    "training/masked-modelling.md",
    "adaptation/linear-probe.md",
    "modalities/mri.md",
    "modalities/ct.md",
    "domains/neuro.md",
    "tasks/segmentation.md",
    "challenges/label-scarcity.md",
    "strategies/scaling.md",
}
WHOLE = "must be a whole number above zero, digits only"


@pytest.fixture
def data(tmp_path: Path) -> Path:
    return invented.write(tmp_path / "data")


def pages(data: Path, id_: str, before: tuple[str, ...] = ()) -> dict[str, str]:
    return {path: str(text) for path, text in preview(data, id_, before) if path.endswith(".md")}


@pytest.mark.slow
def test_a_preview_is_the_study_its_terms_and_home_as_the_site_shows_them(data: Path) -> None:
    shown = pages(data, "alphaseg")
    assert shown.keys() == SHOWN
    site = generated(data)
    assert {path for path in shown if shown[path] != unshared(str(site[path]))} == set()


def unshared(page: str) -> str:
    """A page without the picture that is shown where it is shared, which a preview has none of."""
    return re.sub(r"^image(?:_alt)?: .*\n", "", page, flags=re.MULTILINE)


def test_the_figures_of_a_preview_come_with_their_files(data: Path) -> None:
    files = dict(preview(data, "alphaseg", ()))
    wanted = set(
        re.findall(
            r'data-(?:spec|bundle)="[./]*([^"]+)"', "".join(pages(data, "alphaseg").values())
        )
    )
    assert "assets/vega.js" in wanted
    assert wanted <= files.keys()


def test_a_cell_that_was_changed_is_on_the_page(data: Path) -> None:
    invented.change(data, "studies", 2, summary="Another sentence.", modalities="fundus")
    shown = pages(data, "alphaseg")
    assert "Another sentence." in shown["studies/alphaseg.md"]
    assert "modalities/fundus.md" in shown
    assert "modalities/ct.md" not in shown


def test_problems_stand_wherever_a_reader_may_be(data: Path) -> None:
    invented.change(data, "studies", 4, date="2024-13")
    invented.change(data, "datasets", 2, size="<b>many</b>")
    shown = pages(data, "alphaseg", ("modalities/ct.md", "index.md"))
    assert shown.keys() == {"index.md", "modalities/ct.md", "studies/alphaseg.md"}
    for text in shown.values():
        lines = re.findall(r'<pre class="lsr-code">([^<]*)</pre>', text)
        assert list(map(unescape, lines)) == [
            f"{data.as_posix()}/datasets.csv:2: size: '<b>many</b>' {WHOLE}",
            f"{data.as_posix()}/studies.csv:4: date: '2024-13' is not a day that exists",
        ]
        assert "# 2 problems in 6 studies {#top}" in text


@pytest.mark.parametrize(
    ("file", "content", "said"),
    [
        ("taxonomy.toml", "[family", "taxonomy.toml:1: "),
        ("datasets.csv", "id,name\n", "datasets.csv"),
        ("base_models.csv", "", "base_models.csv"),
    ],
)
def test_a_file_that_cannot_be_read_is_a_problem_like_others(
    data: Path, file: str, content: str, said: str
) -> None:
    (data / file).write_text(content, encoding="utf-8")
    shown = pages(data, "alphaseg")
    assert shown.keys() == {"index.md", "studies/alphaseg.md"}
    assert all(said in text for text in shown.values())


def test_a_study_that_is_not_there_is_told_with_its_neighbours(data: Path) -> None:
    shown = pages(data, "alfaseg")
    assert shown.keys() == {"index.md", "studies/alfaseg.md"}
    line = f"{data.as_posix()}/studies.csv: id: 'alfaseg' is the id of no study; near are alphaseg"
    assert line in unescape(shown["index.md"])


def test_what_can_be_no_id_has_no_page_of_its_own(data: Path) -> None:
    assert pages(data, "../<i>").keys() == {"index.md"}
    assert "../<i>" not in pages(data, "../<i>")["index.md"]


# Served, in a browser.


@pytest.fixture(scope="module")
def project(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """What a preview reads, with a copy of the real tables."""
    folder = tmp_path_factory.mktemp("preview")
    for name in ("docs", "gen", "overrides", "mkdocs.yml", "preview.yml"):
        (folder / name).symlink_to(ROOT / name)
    shutil.copytree(ROOT / "data", folder / "data")
    shutil.copytree(ROOT / ".cache", folder / ".cache") if (ROOT / ".cache").exists() else None
    return folder


@pytest.fixture(scope="module")
def address(project: Path) -> Iterator[str]:
    """Where the preview of MedSAM is served."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        at = f"127.0.0.1:{free.getsockname()[1]}"
    command = [sys.executable, "-m", "mkdocs", "serve", "-f", "preview.yml", "-a", at]
    with (
        (project / "log").open("w", encoding="utf-8") as log,
        subprocess.Popen(
            command,
            cwd=project,
            env=os.environ | QUIET | {"STUDY": "medsam"},
            stdout=log,
            stderr=subprocess.STDOUT,
        ) as server,
    ):
        until = time.monotonic() + 120
        while "Serving on" not in (project / "log").read_text(encoding="utf-8"):
            assert server.poll() is None, (project / "log").read_text(encoding="utf-8")
            assert time.monotonic() < until
            time.sleep(0.2)
        yield f"http://{at}"
        server.terminate()


@pytest.fixture
def page(browser: Browser) -> Iterator[Page]:
    page = browser.new_page()
    yield page
    page.close()


def row(data: Path, id_: str) -> int:
    return load(data).lines[id_]


# A save shows within 5 s on two idle cores (`-s` prints how long it took); tests run beside others.
PATIENCE = 60_000


@pytest.mark.corpus
def test_a_save_is_on_the_page_soon_problems_too_and_it_comes_back(
    project: Path, address: str, page: Page
) -> None:
    data = project / "data"
    line = row(data, "medsam")
    page.goto(f"{address}/studies/medsam/")
    expect(page.locator("h1")).to_contain_text("MedSAM")

    def saved(shown: str, table: str, at: int, **cells: str) -> None:
        begun = time.monotonic()
        invented.change(data, table, at, **cells)
        expect(page.locator("article")).to_contain_text(shown, timeout=PATIENCE)
        sys.stdout.write(f"{shown!r} after {time.monotonic() - begun:.1f} s\n")

    saved("Written a moment ago.", "studies", line, summary="Written a moment ago.")
    saved("'2024-13' is not a day that exists", "studies", line, date="2024-13")
    assert f"data/studies.csv:{line}: date:" in page.locator("article").inner_text()
    saved("Written a moment ago.", "studies", line, date="2024-01-22")
    size = invented.read_table(data, "datasets")[0]["size"]
    saved("data/datasets.csv:2: size: 'many' must be", "datasets", 2, size="many")
    saved("Written a moment ago.", "datasets", 2, size=size)


@pytest.mark.corpus
def test_problems_take_the_place_of_a_category_page_too(
    project: Path, address: str, page: Page
) -> None:
    data = project / "data"
    line = row(data, "medsam")
    family = invented.read_table(data, "studies")[line - 2]["family"]
    page.goto(f"{address}/family/{family}/")
    heading = page.locator("h1").inner_text()
    invented.change(data, "studies", line, family="vision")
    expect(page.locator("article")).to_contain_text("'vision' must be one of", timeout=PATIENCE)
    invented.change(data, "studies", line, family=family)
    expect(page.locator("h1")).to_have_text(heading, timeout=PATIENCE)


@pytest.mark.corpus
def test_only_pages_of_the_preview_are_served(address: str, page: Page) -> None:
    for path, status in (("", 200), ("studies/medsam/", 200), ("about/", 404), ("review/", 404)):
        got = page.goto(f"{address}/{path}")
        assert got
        assert got.status == status, path
