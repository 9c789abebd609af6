"""The pictures that are shown where a page is shared."""

from __future__ import annotations

import re
import struct
import zlib

import pytest

from gen.figures import draw
from gen.pages import share
from tests.build import sound
from tests.real import corpus, pages

# Widths of the letters that are shown most, over the size of Liberation Sans, from its file.
MEASURED = {
    "W": 0.944,
    "m": 0.833,
    "M": 0.833,
    "O": 0.778,
    "A": 0.667,
    "e": 0.556,
    "c": 0.5,
    "i": 0.222,
}


def pixels(picture: bytes) -> tuple[int, int, bytes]:
    """Width, height and the unpacked pixels of a PNG whose checksums hold."""
    at, data, size = 8, b"", (0, 0)
    assert picture.startswith(b"\x89PNG\r\n\x1a\n")
    while at < len(picture):
        (length,) = struct.unpack_from(">I", picture, at)
        kind, body = picture[at + 4 : at + 8], picture[at + 8 : at + 8 + length]
        (checksum,) = struct.unpack_from(">I", picture, at + 8 + length)
        assert checksum == zlib.crc32(kind + body)
        if kind == b"IHDR":
            size = struct.unpack_from(">II", body)
        data += body * (kind == b"IDAT")
        at += length + 12
    assert picture[-8:-4] == b"IEND"
    return (*size, zlib.decompress(data))


def test_a_picture_has_the_size_that_its_page_announces_and_is_packed() -> None:
    site = sound()
    for path in ("index", "studies-index", "trends-growth"):
        picture = site[f"assets/share/{path}.png"]
        assert isinstance(picture, bytes)
        wide, high, _ = pixels(picture)
        assert (wide, high) == (1200, 630)
        assert len(picture) < 60_000


def test_packing_keeps_every_pixel() -> None:
    vl_convert = pytest.importorskip("vl_convert")
    svg = '<svg xmlns="http://www.w3.org/2000/svg" width="40" height="30"><circle r="20"/></svg>'
    loose = vl_convert.svg_to_png(svg)
    assert pixels(draw.packed(loose)) == pixels(loose)


@pytest.mark.parametrize(
    ("path", "picture"),
    [
        ("index.md", "index"),
        ("studies/index.md", "studies-index"),
        ("studies/alphaseg.md", "studies-index"),
        ("modalities/ct.md", "modalities-index"),
        ("trends/growth.md", "trends-growth"),
        ("datasets/made-up-ct.md", "datasets-index"),
    ],
)
def test_a_page_announces_its_picture_or_that_of_its_list(path: str, picture: str) -> None:
    head = str(sound()[path]).split("---\n")[1]
    assert f'\nimage: "assets/share/{picture}.png"\n' in head
    assert f"assets/share/{picture}.png" in sound()
    assert re.search(r'^image_alt: ".+"$', head, re.MULTILINE)


def test_only_chapters_questions_and_lists_have_a_picture_of_their_own() -> None:
    assert len([path for path in sound() if path.startswith("assets/share/")]) < 60


@pytest.mark.parametrize(
    "title",
    ["Studies", "W" * 300, "Mmmmmm " * 40, "医学影像" * 40, "A fairly long title of a page " * 2],
)
@pytest.mark.parametrize("most", [2, 3])
def test_no_title_runs_out_of_its_picture(title: str, most: int) -> None:
    size, lines = share.fitted(title, most)
    assert 1 <= len(lines) <= most
    assert all(share.width(line, size) <= share.WIDTH for line in lines)
    if not lines[-1].endswith("…"):
        assert "".join(lines).replace(" ", "") == title.replace(" ", "")


@pytest.mark.parametrize(("letter", "measured"), MEASURED.items())
def test_a_letter_is_thought_no_narrower_than_it_is(letter: str, measured: float) -> None:
    assert measured <= share.width(letter, 1) <= measured + 0.13


@pytest.mark.corpus
def test_the_titles_of_the_site_are_shown_whole() -> None:
    for path, text in pages().items():
        if share.owner(path) == path and (title := share.titled(text)):
            _, lines = share.fitted(title, 2)
            assert not lines[-1].endswith("…"), path
    assert corpus().review.title == share.titled(pages()["index.md"])
