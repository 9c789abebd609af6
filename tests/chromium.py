"""Which Chromium the browser tests use and how it is started: the only list of the places.

`python -m tests.chromium` prints its path, or says what to do and exits 1.
"""

from __future__ import annotations

import os
import shutil
import sys

from playwright.sync_api import sync_playwright

NAMES = (
    "chromium",
    "chromium-browser",
    "google-chrome",
    "google-chrome-stable",
    "/Applications/Google Chrome.app/Contents/MacOS/Google Chrome",
)
MISSING = (
    "no Chromium found: run `make browser`, install one from your system's packages, "
    "or set CHROMIUM to the path of one"
)
# No sandbox, as containers forbid it; no traffic of its own, as the tests count foreign requests.
FLAGS = (
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
)


def chromium_path() -> str | None:
    """Path of the first there is: the one $CHROMIUM names, Playwright's own, one on the path."""
    if named := os.environ.get("CHROMIUM"):
        return shutil.which(named)
    with sync_playwright() as playwright:
        own = playwright.chromium.executable_path
    return next(filter(None, map(shutil.which, (own, *NAMES))), None)


if __name__ == "__main__":
    path = chromium_path()
    sys.exit(MISSING) if path is None else sys.stdout.write(f"{path}\n")
