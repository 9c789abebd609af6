"""The only user of vl-convert: Vega-Lite to SVG and PNG, kept in a cache by what was drawn."""

from __future__ import annotations

import html
import json
import re
from collections.abc import Callable
from functools import cache
from importlib.metadata import version
from pathlib import Path
from typing import Any

from gen.cache import cached

CACHE = Path(".cache/figures")
VARIABLE = re.compile(r"var\(--[a-z0-9-]+, (#[0-9a-f]{6})\)")
PNG_SCALE = 3  # sharp on a slide: about 1,400 px wide


def svg(spec: dict[str, Any]) -> str:
    """The chart as SVG whose colours follow the page, fluid in width."""

    def drawn() -> bytes:
        import vl_convert  # noqa: PLC0415 - starting its engine takes a second that a cached build saves

        return str(vl_convert.vegalite_to_svg(spec)).encode()

    return _cached(f"svg {json.dumps(spec, sort_keys=True)}", "svg", drawn).decode()


def png(spec: dict[str, Any]) -> bytes:
    """The chart as PNG on white, in the light palette."""
    plain = plain_colours(svg(spec))

    def drawn() -> bytes:
        import vl_convert  # noqa: PLC0415 - as above

        opaque = re.sub(
            r"(<svg[^>]*>)", r'\1<rect width="100%" height="100%" fill="#ffffff"/>', plain, count=1
        )
        return bytes(vl_convert.svg_to_png(opaque, scale=PNG_SCALE))

    return _cached(f"png {PNG_SCALE} {plain}", "png", drawn)


def labelled(drawing: str, label: str) -> str:
    """The SVG as one image with a label, instead of the parts that vl-convert announces."""
    quiet = re.sub(r' (?:role|aria-[a-z]+)="[^"]*"', "", drawing)
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


def _cached(key: str, suffix: str, drawn: Callable[[], bytes]) -> bytes:
    """What was drawn for this key by this version of vl-convert, drawn now if it never was."""
    return cached(CACHE, f"{_engine()} {key}", suffix, drawn)
