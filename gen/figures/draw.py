"""The only user of vl-convert: Vega-Lite to SVG and SVG to PNG, kept by what was drawn."""

from __future__ import annotations

import html
import json
import os
import re
import struct
import zlib
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import Future, ProcessPoolExecutor, wait
from contextlib import contextmanager
from functools import cache
from importlib.metadata import version
from multiprocessing import get_context
from pathlib import Path
from typing import Any

from gen.cache import cached, kept
from gen.figures.theme import WIDTH

CACHE = Path(".cache/figures")
VARIABLE = re.compile(r"var\(--[a-z0-9-]+, (#[0-9a-f]{6})\)")
MIX = re.compile(r"color-mix\(in srgb, (#[0-9a-f]{6}) (\d+)%, (#[0-9a-f]{6})\)")
# What a mark says to a screen reader, which a pointer is shown as its title.
MARK = re.compile(r'<(path|line)( [^<>]*?)? aria-label="([^"]*)"([^<>]*)/>')
TALL = 900  # units, about, of a drawing that a sheet of paper has room for
SIZE = re.compile(r' width="(\d+)" height="(\d+)"')
DEFINED = re.compile(r'(<(?:clipPath|linearGradient|pattern)\b[^<>]*? id="|url\(#)')
# A bar that Vega-Lite, which knows no hatching, draws pale.
PALE = re.compile(r'( d="M[^"A]*h[^"A]*" fill=")([^"]*)(" fill-opacity=")0\.3"')
# What vl-convert writes and nobody sees: frames of nothing, and the values that hold anyway.
UNSEEN = re.compile(
    r'<path class="(?:back|fore)ground" d="(?:M0,0h0v0h0Z)?"[^<>]*/>'
    r'| (?:opacity|stroke-width)="1"'
)
SHAPE = re.compile(r"<[a-z][^<>]*>")
PRECISE = re.compile(r"-?\d+\.\d{3,}")  # a tenth of a pixel is enough
FACE = re.compile(r' font-family="[^"]*"')
HATCH = (
    '<pattern id="hatch_{}" width="4" height="4" patternUnits="userSpaceOnUse" '
    'patternTransform="rotate(45)"><rect width="1.6" height="4" fill="{}"/></pattern>'
)
# vl-convert takes an address that begins at the root of the site for one of its own data.
VEGA = "https://vega.github.io/vega-datasets/"
LINK = f'<a xlink:href="{VEGA}/'
LINKED = '<a tabindex="-1" xlink:href="/'
PNG = b"\x89PNG\r\n\x1a\n"  # how a file of this kind begins
MIN_PARALLEL = 8  # drawings that one process makes sooner than several start


class Beside:
    """Draws into the cache, on all cores beside what goes on, whatever it is handed.

    Processes, because the engine keeps Python's lock while it draws; fresh ones, because in a
    forked one it hangs. They start when there is enough to draw, once: an engine takes a second.
    What a process failed to draw is drawn when it is asked for, and then raises.
    """

    def __init__(self) -> None:
        self._pool: ProcessPoolExecutor | None = None
        self._asked: dict[str, Future[bytes]] = {}

    def svgs(self, specs: Iterable[dict[str, Any]]) -> None:
        self._ask(_svg, {_key(_svg_key(spec)): spec for spec in specs}, "svg")

    def pngs(self, drawings: Iterable[str]) -> None:
        self._ask(_png, {_key(_png_key(drawing)): drawing for drawing in drawings}, "png")

    def wait(self) -> None:
        """Wait until all of it is drawn."""
        wait(self._asked.values())

    def stop(self, *, cancel: bool) -> None:
        if self._pool:
            self._pool.shutdown(cancel_futures=cancel)

    def _ask(self, make: Callable[[Any, Path], bytes], wanted: dict[str, Any], kind: str) -> None:
        new = [k for k in wanted if k not in self._asked and not kept(CACHE, k, kind).exists()]
        cores = os.cpu_count() or 1
        if self._pool is None:
            if len(new) < MIN_PARALLEL or cores == 1:
                return
            self._pool = ProcessPoolExecutor(cores, mp_context=get_context("spawn"))
        self._asked |= {key: self._pool.submit(make, wanted[key], CACHE) for key in new}


@contextmanager
def drawing() -> Iterator[Beside]:
    """What draws beside the block; all that it was handed is there when the block ends."""
    beside = Beside()
    try:
        yield beside
    except BaseException:
        beside.stop(cancel=True)
        raise
    beside.stop(cancel=False)


def svg(spec: dict[str, Any]) -> str:
    """The chart as SVG whose colours follow the page, fluid in width."""
    return _svg(spec, CACHE).decode()


def _svg(spec: dict[str, Any], folder: Path) -> bytes:
    def drawn() -> bytes:
        import vl_convert  # noqa: PLC0415 - starting its engine takes a second that a cached build saves

        return slim(hatched(vl_convert.vegalite_to_svg(spec))).encode()

    return cached(folder, _key(_svg_key(spec)), "svg", drawn)


def hatched(drawing: str) -> str:
    """The SVG with its pale bars hatched, each in its colour."""
    colours = list(dict.fromkeys(bar[2] for bar in PALE.finditer(drawing)))
    if not colours:
        return drawing
    patterns = "".join(HATCH.format(n, colour) for n, colour in enumerate(colours))
    start, end, rest = drawing.partition(">")
    return f"{start}{end}<defs>{patterns}</defs>" + PALE.sub(
        lambda bar: f'{bar[1]}url(#hatch_{colours.index(bar[2])}){bar[3]}1"', rest
    )


def png(drawing: str) -> bytes:
    """An SVG that stands alone as a picture, in the size that it names."""
    return _png(drawing, CACHE)


def _png(drawing: str, folder: Path) -> bytes:
    def drawn() -> bytes:
        import vl_convert  # noqa: PLC0415 - its engine takes a second to start

        return packed(vl_convert.svg_to_png(drawing))

    return cached(folder, _key(_png_key(drawing)), "png", drawn)


def packed(picture: bytes) -> bytes:
    """A PNG with its pixels packed as tightly as can be: a quarter of what vl-convert writes."""
    chunks, at, pixels = [], len(PNG), b""
    while at < len(picture):
        (length,) = struct.unpack_from(">I", picture, at)
        kind, data = picture[at + 4 : at + 8], picture[at + 8 : at + 8 + length]
        at += length + 12  # with the length, the kind and the checksum
        if kind == b"IDAT":
            pixels += data
        else:
            chunks.append((kind, data))
    chunks.insert(-1, (b"IDAT", zlib.compress(zlib.decompress(pixels), 9)))
    return PNG + b"".join(
        struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))
        for kind, data in chunks
    )


def labelled(drawing: str, label: str, name: str) -> str:
    """The SVG as one image with a label, instead of the parts that vl-convert announces.

    Its ids begin with `name`: each drawing calls its gradient `gradient_0`, and the browser would
    take that of the first drawing of a page for all. Its marks are links for who points at them;
    for all others it is an image with a table beside it, as hundreds of stops of the Tab key would
    be in their way. What a mark says becomes its title, which a pointer on it shows.
    """
    titled = MARK.sub(_titled, drawing)
    quiet = re.sub(r' (?:role|aria-[a-z]+)="[^"]*"', "", titled)
    quiet = DEFINED.sub(rf"\g<1>{name}-", quiet)
    if LINK in quiet:
        quiet = quiet.replace(LINK, LINKED).replace("<g ", '<g aria-hidden="true" ', 1)
    # figures.css lets a wide drawing scroll where there is less room; print.css drops a tall one.
    if size := SIZE.search(quiet):
        kinds = "lsr-wide " * (int(size[1]) > WIDTH) + "lsr-tall " * (int(size[2]) > TALL)
        quiet = quiet.replace('class="marks', f'class="{kinds}marks', 1)
    return quiet.replace("<svg ", f'<svg role="img" aria-label="{html.escape(label)}" ', 1)


def slim(drawing: str) -> str:
    """The same to the eye: without what is not seen, rounded, a face that all letters have once."""
    seen = UNSEEN.sub("", drawing)
    rounded = SHAPE.sub(lambda shape: PRECISE.sub(lambda n: f"{float(n[0]):.1f}", shape[0]), seen)
    faces = set(FACE.findall(rounded))
    if len(faces) != 1:
        return rounded
    return FACE.sub("", rounded).replace("<svg", f"<svg{faces.pop()}", 1)


def _titled(mark: re.Match[str]) -> str:
    name, before, label, after = mark.groups()
    said = "\n".join(
        each
        for each in html.unescape(label).split("; ")
        if not each.endswith((": null", ": undefined", ": ")) and not each.startswith("href: ")
    )
    return f"<{name}{before or ''}{after}><title>{html.escape(said)}</title></{name}>"


def below(drawing: str, root: str) -> str:
    """The drawing in a page from which the site begins at `root`, such as ../../."""
    return drawing.replace(LINKED, LINKED[:-1] + root)


def without_links(drawing: str) -> str:
    """For a file, which knows no site."""
    return re.sub(r"</?a\b[^<>]*>", "", drawing)


def plain_colours(text: str) -> str:
    """CSS variables and mixtures replaced by their light values, for files that stand alone."""
    return MIX.sub(_mixed, VARIABLE.sub(r"\1", text))


def _mixed(mixture: re.Match[str]) -> str:
    one, part, other = bytes.fromhex(mixture[1][1:]), int(mixture[2]), bytes.fromhex(mixture[3][1:])
    mixed = bytes(
        round((a * part + b * (100 - part)) / 100) for a, b in zip(one, other, strict=True)
    )
    return f"#{mixed.hex()}"


def bundle() -> str:
    """Vega, Vega-Lite and Vega-Embed as one script that sets `window.vegaEmbed`."""

    def drawn() -> bytes:
        import vl_convert  # noqa: PLC0415 - its engine takes a second to start

        script = vl_convert.javascript_bundle("window.vegaEmbed = vegaEmbed;")
        # The bundle declares top-level constants; inside a function, loading it twice is harmless.
        return f"(function () {{\n{script}\n}})();\n".encode()

    return cached(CACHE, _key("bundle"), "js", drawn).decode()


@cache
def _engine() -> str:
    """What draws: another version may draw the same spec in another way."""
    return version("vl-convert-python")


def _svg_key(spec: dict[str, Any]) -> str:
    return f"slim svg {json.dumps(spec, sort_keys=True)}"


def _png_key(drawing: str) -> str:
    return f"png {drawing}"


def _key(key: str) -> str:
    """By this version of vl-convert."""
    return f"{_engine()} {key}"
