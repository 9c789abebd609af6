"""The steps of search.yml as they stand there, in a scratch repository, against a local server."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

import pytest
import yaml

from gen.corpus.load import load
from gen.releases.report import LABEL
from tests import invented
from tests.real import ROOT
from tests.watch.server import Reply, Server, always, in_turn, running
from tests.watch.test_search import ARXIV, databases

CROSSREF = "api.crossref.org/works"
COPIED = (
    "Makefile",
    "requirements.txt",
    "tests/mutants.txt",
    ".gitignore",
    ".github/search-checklist.md",
)
# In place of .venv/bin/python: asks the local server, and nobody waits.
PYTHON = """\
#!/bin/sh
case "$3" in search|watch) set -- "$@" --through "$SERVER";; esac
export PYTHONPATH='{root}'
exec '{python}' -c 'import runpy, sys, time
time.sleep = lambda _: None
sys.argv = sys.argv[2:]
runpy.run_module(sys.argv[0], run_name="__main__", alter_sys=True)' "$@"
"""
GH = """\
#!/bin/sh
echo "$*" >> "$HOST/gh"
"""
SLEEP = """\
#!/bin/sh
echo "$1" >> "$HOST/slept"
"""


@dataclass
class Host:
    """What GitHub is to the workflow, in a folder."""

    folder: Path
    server: Server

    def run(self, command: str, at: str, env: Mapping[str, str]) -> None:
        """Run a step as GitHub does."""
        subprocess.run(
            ["bash", "-e", "-c", command],  # noqa: S607 - whichever there is
            cwd=self.folder / at,
            env=os.environ
            | {
                "ARGS": "",  # of the make that runs the tests, like the next
                "MAKEFLAGS": "",
                "PATH": f"{self.folder}/bin:{os.environ['PATH']}",
                "HOST": str(self.folder),
                "SERVER": self.server.address,
                "GITHUB_STEP_SUMMARY": str(self.folder / "summary.md"),
                "GITHUB_REPOSITORY": "invented/review",
                "GITHUB_RUN_ID": "7",
            }
            | env,
            check=True,
        )

    def job(self, name: str) -> None:
        """Run the steps of a job in a clone of its own."""
        git(self.folder, "clone", "--quiet", "origin", name)
        place = self.folder / name
        if name == "search":
            shutil.copytree(self.folder / "origin/.venv", place / ".venv")
        else:
            (place / "found").mkdir()
            for file in (self.folder / "search").glob("found.*"):
                shutil.copy(file, place / "found")
        text = (ROOT / ".github/workflows/search.yml").read_text(encoding="utf-8")
        for step in yaml.safe_load(text)["jobs"][name]["steps"]:
            if "run" in step:
                self.run(step["run"], name, {"REVIEW_CONTACT": ""})

    def said(self, name: str) -> str:
        file = self.folder / name
        return file.read_text(encoding="utf-8") if file.exists() else ""

    def git(self, *arguments: str) -> str:
        return git(self.folder / "origin", *arguments)

    def checkout(self, branch: str) -> Path:
        """The data of a branch that was proposed."""
        git(self.folder, "clone", "--quiet", "--branch", branch, "origin", branch)
        return self.folder / branch / "data"


def git(at: Path, *arguments: str) -> str:
    done = subprocess.run(
        ["git", *arguments],  # noqa: S607 - whichever there is
        cwd=at,
        check=True,
        capture_output=True,
        encoding="utf-8",
    )
    return done.stdout


@pytest.fixture
def host(tmp_path: Path) -> Iterator[Host]:
    origin = tmp_path / "origin"
    invented.write(origin / "data")
    for name in COPIED:
        (origin / name).parent.mkdir(exist_ok=True)
        shutil.copy(ROOT / name, origin / name)
    python = PYTHON.format(root=ROOT, python=sys.executable)
    scripts = {"bin/gh": GH, "bin/sleep": SLEEP, "origin/.venv/bin/python": python}
    for name, text in scripts.items():
        (tmp_path / name).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / name).write_text(text, encoding="utf-8")
        (tmp_path / name).chmod(0o755)
    for each in (ROOT / ".venv").glob("ready-*"):  # else make would set up anew
        (origin / ".venv" / each.name).touch()
    git(origin, "init", "--quiet", "--initial-branch", "main")
    git(origin, "add", "--all")
    who = ("-c", "user.name=A", "-c", "user.email=a@example.org")
    git(origin, *who, "commit", "--quiet", "--message", "data")
    with running(databases() | {CROSSREF: always({"message": {"items": []}})}) as server:
        yield Host(tmp_path, server)


@pytest.mark.slow
def test_what_is_found_is_proposed_for_a_person_to_judge(host: Host) -> None:
    """Though a database fails at first."""
    good = host.server.answers[ARXIV]({})
    host.server.answers[ARXIV] = in_turn(*[Reply("", 500)] * 5, good)
    host.job("search")
    assert host.said("slept").split() == ["60"]
    host.job("propose")
    assert host.git("diff", "--name-only", "main", "search-7") == (
        "data/records.csv\ndata/sources.csv\n"
    )
    load(host.checkout("search-7"))
    told = host.said("propose/found/found.md")
    assert told == host.said("summary.md")
    for line in (
        "| **All** |  | 7 | 1 | 2 | 4 |",
        "| studies | zeta | evidence | https&#58;//example.org/paper | ? | the page is gone (404) |",  # noqa: E501
        "### Records: 4 added, 1 changed",
        "## Before merging",
    ):
        assert f"\n{line}\n" in told
    setup, label, request = host.said("gh").splitlines()
    assert (setup, label.split()[:3]) == ("auth setup-git", ["label", "create", LABEL])
    assert f"--base main --head search-7 --label {LABEL} --title" in request
    assert request.endswith("--body-file found/found.md")


@pytest.mark.slow
def test_a_server_that_fails_is_asked_three_times_and_the_run_ends_red(host: Host) -> None:
    host.server.answers[ARXIV] = always("", status=500)
    host.job("search")
    assert host.said("slept").split() == ["60", "600", "0"]
    assert host.said("summary.md").startswith("**The search came to no end:** a server gave no ")
    assert "the page is gone (404)" in host.said("summary.md")  # the watch went on
    with pytest.raises(subprocess.CalledProcessError):
        host.job("propose")
    assert not host.said("gh")
    assert host.git("branch", "--list") == "* main\n"
