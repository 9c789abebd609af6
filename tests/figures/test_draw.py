"""Drawings: the same each time, in the colours of the page, drawn once, never by halves."""

from __future__ import annotations

import multiprocessing
import re
import sys
import time
from pathlib import Path
from typing import Any
from xml.etree import ElementTree as ET

import pytest

from gen.analysis import tables
from gen.corpus.settings import Term, Vocabulary
from gen.figures import by_category, draw
from tests.analysis.test_tables import study
from tests.real import drawn, files

SVG = "{http://www.w3.org/2000/svg}"
XLINK = "{http://www.w3.org/1999/xlink}"
HOSTILE = """"><script>alert(1)</script>&amp; 'x' ]]> --> {{ 7*7 }}"""


def spec_of(label: str = "CT") -> dict[str, Any]:
    df = tables.frame(study(f"s{n}", f"202{n}", modalities=("ct",)) for n in range(4))
    ink = Vocabulary(
        label="Ink",
        plural="Inks",
        about="Which ink?",
        terms={"ct": Term(label=label, definition="An ink.")},
    )
    figure = by_category.shares(tables.term_per_year(df, "modalities"), "modalities", ink, 2024)
    assert figure
    return figure.spec(["Source: a test"])


@pytest.fixture(autouse=True)
def empty_cache(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """No drawing of another test or build is at hand."""
    monkeypatch.setattr(draw, "CACHE", tmp_path / "cache")
    return tmp_path / "cache"


@pytest.fixture
def no_engine(monkeypatch: pytest.MonkeyPatch) -> None:
    """Make vl-convert impossible to import."""
    monkeypatch.setitem(sys.modules, "vl_convert", None)


def test_the_same_specification_is_the_same_drawing(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    first = draw.svg(spec_of())
    monkeypatch.setattr(draw, "CACHE", tmp_path / "another")
    assert draw.svg(spec_of()) == first


def test_a_drawing_takes_the_colours_of_its_page() -> None:
    drawing = draw.svg(spec_of())
    assert "var(--lsr-c1, #298c66)" in drawing
    assert "var(--lsr-muted, #" in drawing


def test_a_pale_bar_is_hatched_in_its_colour_and_nothing_else_is() -> None:
    bar = '<path d="M1,2h9v5h-9Z" fill="{}" fill-opacity="{}" stroke="red"/>'
    point = '<path d="M2,0A2,2,0,1,1,-2,0" fill="red" fill-opacity="0.3"/>'
    svg = f'<svg id="a">{bar.format("red", "0.3")}{bar.format("red", "1")}{point}</svg>'
    drawing = draw.labelled(draw.hatched(svg), "A chart", "fig")
    assert bar.format("url(#fig-hatch_0)", "1") in drawing
    assert bar.format("red", "1") in drawing
    assert point in drawing
    (pattern,) = re.findall(r'<pattern id="fig-hatch_0".*?</pattern>', drawing)
    assert 'fill="red"' in pattern
    assert draw.hatched(point) == point


def test_a_file_that_stands_alone_needs_no_page() -> None:
    drawing = draw.plain_colours(draw.svg(spec_of()))
    assert "var(" not in drawing
    assert "#298c66" in drawing


def test_what_was_drawn_once_is_not_drawn_again(request: pytest.FixtureRequest) -> None:
    first = draw.svg(spec_of())
    request.getfixturevalue("no_engine")
    assert draw.svg(spec_of()) == first


@pytest.mark.usefixtures("no_engine")
def test_what_was_never_drawn_needs_the_engine() -> None:
    with pytest.raises(ImportError):
        draw.svg(spec_of())


@pytest.mark.slow
def test_many_drawings_are_made_by_other_processes(request: pytest.FixtureRequest) -> None:
    specs = [spec_of(label=f"Ink {n}") for n in range(draw.MIN_PARALLEL)]
    request.getfixturevalue("no_engine")
    with draw.drawing() as beside:
        beside.svgs(specs)
    for n, spec in enumerate(specs):
        assert f"Ink {n}" in draw.svg(spec)


@pytest.mark.slow
def test_other_processes_draw_while_a_block_runs_and_end_with_it(
    empty_cache: Path, request: pytest.FixtureRequest
) -> None:
    spec = spec_of()
    specs = [{**spec, "description": f"Drawing {n}"} for n in range(draw.MIN_PARALLEL + 1)]
    request.getfixturevalue("no_engine")
    end = time.monotonic() + 60
    with draw.drawing() as beside:
        beside.svgs(specs[:-1])
        while not list(empty_cache.glob("*.svg")) and time.monotonic() < end:
            time.sleep(0.05)
        beside.svgs(specs)  # one more is no new start
    assert multiprocessing.active_children() == []
    assert len(list(empty_cache.glob("*.svg"))) == len(specs)


@pytest.mark.slow
def test_what_was_handed_over_is_there_after_a_wait(request: pytest.FixtureRequest) -> None:
    specs = [spec_of(label=f"Ink {n}") for n in range(draw.MIN_PARALLEL)]
    request.getfixturevalue("no_engine")
    with draw.drawing() as beside:
        beside.svgs(specs)
        beside.wait()
        drawings = [draw.plain_colours(draw.svg(spec)) for spec in specs]
        beside.pngs(drawings)
    assert {draw.png(drawing)[:8] for drawing in drawings} == {draw.PNG}


@pytest.mark.slow
def test_nothing_is_drawn_for_a_block_that_fails(empty_cache: Path) -> None:
    one = spec_of()
    specs = [{**one, "description": f"Drawing {n}"} for n in range(400)]

    def fail() -> None:
        with draw.drawing() as beside:
            beside.svgs(specs)
            raise KeyError

    with pytest.raises(KeyError):
        fail()
    assert multiprocessing.active_children() == []
    assert len(list(empty_cache.glob("*.svg"))) < len(specs)


@pytest.mark.slow
def test_a_drawing_that_fails_in_another_process_raises_where_it_is_asked_for() -> None:
    broken = {"mark": {"type": "no such mark"}}
    with draw.drawing() as beside:
        beside.svgs({**broken, "description": f"Drawing {n}"} for n in range(draw.MIN_PARALLEL))
    with pytest.raises(ValueError, match="conversion failed"):
        draw.svg({**broken, "description": "Drawing 0"})


def test_other_data_are_another_drawing() -> None:
    first = spec_of()
    other = {**first, "datasets": {"table": first["datasets"]["table"][1:]}}
    assert draw.svg(first) != draw.svg(other)


def test_another_version_of_the_engine_draws_anew(monkeypatch: pytest.MonkeyPatch) -> None:
    draw.svg(spec_of())
    monkeypatch.setattr(draw, "_engine", lambda: "0")
    monkeypatch.setitem(sys.modules, "vl_convert", None)
    with pytest.raises(ImportError):
        draw.svg(spec_of())


def test_a_build_that_is_cut_off_leaves_no_half_a_drawing(empty_cache: Path) -> None:
    whole = draw.svg(spec_of())
    for file in empty_cache.iterdir():
        file.unlink()

    def half(self: Path, content: bytes) -> None:
        with self.open("wb") as file:
            file.write(content[: len(content) // 2])
        raise KeyboardInterrupt

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(Path, "write_bytes", half)
        with pytest.raises(KeyboardInterrupt):
            draw.svg(spec_of())
    assert not list(empty_cache.glob("*.svg"))
    assert draw.svg(spec_of()) == whole


def test_two_builds_at_a_time_do_not_write_into_one_file(
    empty_cache: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    written: list[str] = []
    replace = Path.replace

    def noted(self: Path, target: Path) -> Path:
        written.append(self.name)
        return replace(self, target)

    monkeypatch.setattr(Path, "replace", noted)
    for process in (1, 2):
        monkeypatch.setattr("os.getpid", lambda process=process: process)
        draw.svg(spec_of())
        for file in empty_cache.iterdir():
            file.unlink()
    assert len(set(written)) == 2


def test_a_label_is_read_out_in_place_of_the_drawing() -> None:
    image = ET.fromstring(draw.labelled(draw.svg(spec_of()), HOSTILE, "one"))  # noqa: S314 - our own
    assert image.get("role") == "img"
    assert image.get("aria-label") == HOSTILE
    inner = [node for node in image.iter() if node is not image]
    assert not [node for node in inner if "role" in node.attrib or "aria-label" in node.attrib]


def test_a_label_in_the_data_stays_text() -> None:
    image = ET.fromstring(draw.svg(spec_of(label=HOSTILE)))  # noqa: S314 - our own
    tags = {node.tag.removeprefix(SVG) for node in image.iter()}
    assert tags <= {"svg", "g", "a", "path", "line", "rect", "text", "tspan"}
    leads = {node.attrib[f"{XLINK}href"] for node in image.iter(f"{SVG}a")}
    asked = {f"modalities=ct&year=202{n}&frame=included" for n in range(4)}
    assert leads == {f"{draw.VEGA}/studies/?{each}" for each in asked}
    assert any((node.text or "").startswith('"><script>alert') for node in image.iter())


@pytest.mark.corpus
def test_every_downloaded_drawing_stands_alone() -> None:
    found = 0
    for path, content in files():
        if path.startswith("figures/") and path.endswith(".svg"):
            found += 1
            assert "var(" not in str(content), path
            names = {node.tag for node in ET.fromstring(str(content)).iter()}  # noqa: S314 - our own
            assert not names & {f"{SVG}script", f"{SVG}image", f"{SVG}foreignObject"}
    assert found == len(drawn())


@pytest.mark.corpus
def test_the_bundle_sets_one_name_and_keeps_the_others_to_itself() -> None:
    script = str(dict(files())["assets/vega.js"])
    assert script.startswith("(function () {\n")
    assert script.endswith("\n})();\n")
    assert re.search(r"window\.vegaEmbed ?= ?", script)


def test_a_drawing_is_slimmer_and_looks_the_same() -> None:
    face = " font-family=\"Some, 'Other Face'\""
    given = (
        '<svg width="9"><path class="background" d="M0,0h0v0h0Z" pointer-events="none"/>'
        '<path class="background" d="M0,0h3v3h-3Z"/><path class="foreground" d="" display="none"/>'
        f'<text transform="translate(1.23456,-2.5)"{face} opacity="1">0.12345</text>'
        f'<line stroke-width="1" x2="-0.00012" opacity="0.5"{face}/></svg>'
    )
    assert draw.slim(given) == (
        f'<svg{face} width="9"><path class="background" d="M0,0h3v3h-3Z"/>'
        '<text transform="translate(1.2,-2.5)">0.12345</text>'
        '<line x2="-0.0" opacity="0.5"/></svg>'
    )
    two = given.replace(face, ' font-family="Own"', 1)
    assert two.count("font-family") == draw.slim(two).count("font-family")
