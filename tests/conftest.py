"""What many tests share: the built site, a server for it, a browser; markers, and their order."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from functools import partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from threading import Thread

import pytest
from playwright.sync_api import Browser, expect, sync_playwright

from tests import real, shared
from tests.chromium import FLAGS, MISSING, chromium_path

# Also in the Makefile, for those who run pytest by itself: they keep the log free of notices.
QUIET = {"NO_MKDOCS_2_WARNING": "1", "DISABLE_MKDOCS_2_WARNING": "true"}

sys.addaudithook(real.watch)


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Mark what needs a browser or the real corpus, and order the files.

    Of several processes one takes the whole of a file, as its tests share what they prepare: a long
    one that began last would keep one process busy alone.
    """
    for item in items:
        needed = getattr(item, "fixturenames", ())
        if "chromium" in needed:
            item.add_marker("browser")
        if "site_dir" in needed:
            item.add_marker("corpus")
    marks = [(item.path, {mark.name for mark in item.iter_markers()}) for item in items]
    slow = {path for path, own in marks if "slow" in own}
    corpus = {path for path, own in marks if "corpus" in own}
    builds = {path for path, own in marks if own >= {"slow", "corpus"}}
    # One builds the site while the others do what needs none; then what looks at it.
    items.sort(key=lambda i: (i.path not in builds, i.path not in slow, i.path in corpus))


@pytest.hookimpl(tryfirst=True)
def pytest_runtest_setup(item: pytest.Item) -> None:
    real.marked = item.get_closest_marker("corpus") is not None


@pytest.fixture(scope="session", autouse=True)
def _one_folder_for_all_processes(tmp_path_factory: pytest.TempPathFactory) -> None:
    own = tmp_path_factory.getbasetemp()
    shared.folder = own.parent if "PYTEST_XDIST_WORKER" in os.environ else own


@pytest.fixture(scope="session")
def chromium() -> str:
    """Path of a Chromium; without one the test is skipped, but fails in CI."""
    path = chromium_path()
    if path is None:
        give_up = pytest.fail if os.environ.get("CI") == "true" else pytest.skip
        give_up(MISSING)
    return path


@pytest.fixture(scope="session")
def browser(chromium: str) -> Iterator[Browser]:
    """A running headless browser; a test opens its own page in it and closes it."""
    expect.set_options(timeout=20_000)  # milliseconds: a busy machine is no fault of the page
    with sync_playwright() as playwright:
        started = playwright.chromium.launch(executable_path=chromium, args=FLAGS)
        yield started
        started.close()


@pytest.fixture(scope="session")
def site_dir() -> Path:
    """The real site, built once per run of the tests, or the built one that $SITE_DIR names.

    What is built leaves the real site as a value, too: it is generated once for both.
    """
    if named := os.environ.get("SITE_DIR"):
        return Path(named).resolve(strict=True)
    return shared.made("site", build_real, lock="site")


BUILD = "import sys, pathlib, tests.real; tests.real.build(*map(pathlib.Path, sys.argv[1:]))"


def build_real(site: Path) -> None:
    build = subprocess.run(
        [sys.executable, "-c", BUILD, str(site), str(shared.value_file(real.VALUE))],
        cwd=real.ROOT,
        env=os.environ | QUIET,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        encoding="utf-8",
        check=False,
    )
    if build.returncode != 0:
        pytest.fail(f"the site does not build:\n{build.stdout}", pytrace=False)


class SilentHandler(SimpleHTTPRequestHandler):
    """Serves files without a line of log for each, and like a host no list of a folder."""

    def log_message(self, *_: object) -> None:
        pass

    def list_directory(self, _: object) -> None:
        self.send_error(404, "File not found")


@contextmanager
def serving(folder: Path) -> Iterator[str]:
    """Address of a folder served on this machine, without a slash at its end."""
    handler = partial(SilentHandler, directory=str(folder))
    with ThreadingHTTPServer(("127.0.0.1", 0), handler) as server:
        thread = Thread(target=server.serve_forever)
        thread.start()
        try:
            yield f"http://127.0.0.1:{server.server_port}"
        finally:  # else whatever fails meanwhile would wait here for ever
            server.shutdown()
            thread.join()


@pytest.fixture(scope="session")
def served(site_dir: Path) -> Iterator[str]:
    """Address of the built site on this machine, without a slash at its end."""
    with serving(site_dir) as address:
        yield address
