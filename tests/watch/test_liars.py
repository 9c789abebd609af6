"""Every command that asks a network, at servers that are slow, fail, limit, redirect and lie.

Whatever they do, a command ends in a sentence that names the server, and changes no table.
"""

from __future__ import annotations

import time
from collections.abc import Callable
from pathlib import Path

import pytest

from gen.__main__ import main
from tests import invented
from tests.watch.server import Answer, Reply, Server, always, in_turn, running
from tests.watch.test_add import CROSSREF, ETA
from tests.watch.test_search import ARXIV, OPENALEX, PUBMED, databases, recorded

PATIENCE = 0.8  # seconds: also for a machine that is busy
# What a server does -> what is said of it.
FAULTS: dict[str, tuple[Callable[[], Answer], str]] = {
    "is slow": (
        lambda: always("{}", before=lambda: time.sleep(PATIENCE + 0.2)),
        "gives no answer in time",
    ),
    "fails": (lambda: always("", status=500), "answered with the error 500"),
    "breaks off": (lambda: always("{" * 99, cut=9), "broke off in the middle of its answer"),
    "limits": (
        lambda: always("", status=429, headers={"Retry-After": "3600"}),
        "asks to wait longer than this command does",
    ),
    "leads in a circle": (
        lambda: always("", status=302, headers={"Location": "#"}),
        "leads from one address to the next without an end",
    ),
    "leads to a page": (
        lambda: always("", status=302, headers={"Location": "/login.example"}),
        "answered with something other than",
    ),
    "leads to a file": (
        lambda: always("", status=302, headers={"Location": "file:///etc/passwd"}),
        "gave an answer that cannot be read",
    ),
    "lies in its form": (lambda: always("<html><p>Are you a robot?"), "something other than"),
    "lies in its letters": (lambda: always(b"\xff\xfe\x00{\x00"), "something other than"),
    "lies in its wrapping": (
        lambda: always("plain", headers={"Content-Encoding": "gzip"}),
        "gave an answer that cannot be read",
    ),
    "floods": (lambda: always(" " * 300_000), "answered with more than is sensible"),
}
# A command, and the servers that it cannot do without.
ASKED = {
    "search": (ARXIV, f"{PUBMED}/esearch.fcgi", f"{PUBMED}/esummary.fcgi", OPENALEX),
    "add 2511.00011": (ARXIV,),
    "add 10.1234/eta.1": (ETA,),
    "watch": (ARXIV, CROSSREF),
}


def answers() -> dict[str, Answer]:
    """What all of them say on a good day."""
    known = {ETA: recorded("crossref.json"), CROSSREF: always({"message": {"items": []}})}
    pages = {"login.example": always("<html><p>Who are you?"), "example.org/paper": always("")}
    return databases() | known | pages


def run(command: str, server: Server, monkeypatch: pytest.MonkeyPatch, *, retries: int = 0) -> int:
    """The exit code of a command that asks the server, and waits for nothing."""
    client = server.client(retries=retries, timeout=PATIENCE, longest=10)
    monkeypatch.setattr("gen.__main__.client", lambda _: client)
    return main(command.split())


@pytest.mark.slow
@pytest.mark.parametrize("fault", FAULTS)
@pytest.mark.parametrize(
    "asked", [(c, p) for c, places in ASKED.items() for p in places], ids=":".join
)
def test_no_server_can_do_more_than_be_named(
    asked: tuple[str, str],
    fault: str,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    monkeypatch.chdir(tmp_path)
    data = invented.write(Path("data"))
    before = {file.name: file.read_bytes() for file in data.iterdir()}
    command, place = asked
    answer, sentence = FAULTS[fault]
    with running(answers() | {place: answer()}) as server:
        assert run(command, server, monkeypatch) == 3
    said = capsys.readouterr().out
    (line,) = [line for line in said.splitlines() if place.partition("/")[0] + ": " in line]
    assert sentence in line
    assert "Traceback" not in said
    assert {file.name: file.read_bytes() for file in data.iterdir()} == before


@pytest.mark.parametrize("command", ASKED)
def test_a_server_that_moved_or_needs_a_moment_is_followed(
    command: str,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    """Each command says the same by way of other addresses and after an error as without."""
    said = []
    for is_straight in (True, False):
        folder = tmp_path / str(is_straight)
        folder.mkdir()
        monkeypatch.chdir(folder)
        invented.write(Path("data"))
        there = answers()
        for place in () if is_straight else ASKED[command]:
            there[f"new/{place}"] = answers()[place]
            there[place] = in_turn(Reply("", 503), Reply("", 301, {"Location": f"/new/{place}"}))
        with running(there) as server:
            assert run(command, server, monkeypatch, retries=2) == 0
        said.append(capsys.readouterr().out)
    assert said[0] == said[1]
    assert said[0]
