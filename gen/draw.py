"""The only user of vl-convert: Vega-Lite to SVG, kept in a cache by what was drawn."""

from __future__ import annotations

import html
import json
import os
import re
import subprocess
import sys
import tempfile
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from functools import cache
from importlib.metadata import version
from pathlib import Path
from typing import Any

from gen.cache import cached, kept

CACHE = Path(".cache/figures")
VARIABLE = re.compile(r"var\(--[a-z0-9-]+, (#[0-9a-f]{6})\)")
DEFINED = re.compile(r'(<(?:clipPath|linearGradient)\b[^<>]*? id="|url\(#)')
MIN_PARALLEL = 8  # drawings that one process makes sooner than several start


def draw_all(specs: Sequence[dict[str, Any]]) -> None:
    """Draw into the cache what is not there yet, on all cores.

    What a process failed to draw is drawn when it is asked for, and then raises.
    """
    with _started(specs, os.cpu_count() or 1) as processes:
        for each in processes:
            each.wait()


@contextmanager
def drawing(specs: Sequence[dict[str, Any]]) -> Iterator[None]:
    """Draw on another core for as long as the block takes, and leave the rest to `draw_all`."""
    with _started(specs, 1) as processes:
        try:
            yield
        finally:
            for each in processes:
                each.terminate()  # a drawing comes into the cache whole or not at all
                each.wait()


@contextmanager
def _started(
    specs: Sequence[dict[str, Any]], number: int
) -> Iterator[list[subprocess.Popen[bytes]]]:
    """That many processes that share what is not drawn yet; none for a few or on a single core.

    Processes, because the engine keeps Python's lock while it draws, and in a forked one it hangs.
    """
    wanted = [spec for spec in specs if not kept(CACHE, _key(_svg_key(spec)), "svg").exists()]
    if len(wanted) < MIN_PARALLEL or os.cpu_count() == 1:
        yield []
        return
    with tempfile.TemporaryDirectory() as folder:
        processes = []
        for place in range(number):
            file = Path(folder, f"{place}.json")
            file.write_text(json.dumps(wanted[place::number]), encoding="utf-8")
            command = [sys.executable, "-m", "gen.draw", str(file), str(CACHE)]
            processes.append(subprocess.Popen(command, stdin=subprocess.DEVNULL))  # noqa: S603 - ours
        yield processes


def svg(spec: dict[str, Any]) -> str:
    """The chart as SVG whose colours follow the page, fluid in width."""

    def drawn() -> bytes:
        import vl_convert  # noqa: PLC0415 - starting its engine takes a second that a cached build saves

        return str(vl_convert.vegalite_to_svg(spec)).encode()

    return _cached(_svg_key(spec), "svg", drawn).decode()


def labelled(drawing: str, label: str, name: str) -> str:
    """The SVG as one image with a label, instead of the parts that vl-convert announces.

    Its ids begin with `name`: each drawing calls its gradient `gradient_0`, and the browser would
    take that of the first drawing of a page for all.
    """
    quiet = re.sub(r' (?:role|aria-[a-z]+)="[^"]*"', "", drawing)
    quiet = DEFINED.sub(rf"\g<1>{name}-", quiet)
    return quiet.replace("<svg ", f'<svg role="img" aria-label="{html.escape(label)}" ', 1)


def plain_colours(text: str) -> str:
    """CSS variables replaced by their light values, for files that stand alone."""
    return VARIABLE.sub(r"\1", text)


def bundle() -> str:
    """Vega, Vega-Lite and Vega-Embed as one script that sets `window.vegaEmbed`."""

    def drawn() -> bytes:
        import vl_convert  # noqa: PLC0415 - as above

        script = vl_convert.javascript_bundle("window.vegaEmbed = vegaEmbed;")
        # The bundle declares top-level constants; inside a function, loading it twice is harmless.
        return f"(function () {{\n{script}\n}})();\n".encode()

    return _cached("bundle", "js", drawn).decode()


@cache
def _engine() -> str:
    """What draws: another version may draw the same spec in another way."""
    return version("vl-convert-python")


def _svg_key(spec: dict[str, Any]) -> str:
    return f"svg {json.dumps(spec, sort_keys=True)}"


def _key(key: str) -> str:
    """By this version of vl-convert."""
    return f"{_engine()} {key}"


def _cached(key: str, suffix: str, drawn: Callable[[], bytes]) -> bytes:
    """What was drawn for this key, drawn now if it never was."""
    return cached(CACHE, _key(key), suffix, drawn)


if __name__ == "__main__":  # a process of `draw_all`
    CACHE = Path(sys.argv[2])
    for wanted in json.loads(Path(sys.argv[1]).read_text(encoding="utf-8")):
        svg(wanted)
