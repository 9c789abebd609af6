"""Rehearses a release and its publication: `python -m tests.rehearsal`, or `make rehearsal`.

The steps of release.yml and publish.yml run as they stand there, read from the files, in clones of
a scratch repository: the files of this one with an invented corpus, of which two versions are made.
What GitHub would do is done here by folders: actions keep and hand on files, gh.py keeps releases,
and the deployment is a server on this machine, at which publish.yml's own smoke test looks.
Left out are the tests (`.ci/run`): they run anyway.
"""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import yaml

from tests import invented
from tests.build import docs
from tests.conftest import QUIET, serving
from tests.real import ROOT

LEFT_OUT = (".ci/run",)
WHO = {
    f"GIT_{who}_{what}": value
    for who in ("AUTHOR", "COMMITTER")
    for what, value in (("NAME", "Rehearsal"), ("EMAIL", "rehearsal@example.org"))
}


@dataclass
class Host:
    """What GitHub is to the workflows, in a folder."""

    folder: Path
    address: str  # at which `pages` is served

    @property
    def repository(self) -> Path:
        return self.folder / "repository"

    def run(self, command: str, at: Path, **more: str) -> None:
        """Run a command as a workflow does; raises CalledProcessError with what it printed."""
        path = f"{self.folder / 'bin'}:{Path(sys.executable).parent}:{os.environ['PATH']}"
        env = os.environ | QUIET | WHO | {"PATH": path, "HOST": str(self.folder)} | more
        env.pop("CI", None)
        subprocess.run(
            ["bash", "-e", "-o", "pipefail", "-c", command],  # noqa: S607 - whichever there is
            cwd=at,
            env=env,
            check=True,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            encoding="utf-8",
        )

    def workflow(self, name: str, ref: str, say: Callable[[str], None]) -> None:
        """Run every job of a workflow of the repository, in the order of the file."""
        file = self.repository / ".github/workflows" / name
        jobs = yaml.safe_load(file.read_text(encoding="utf-8"))["jobs"]
        for id_, job in jobs.items():
            with TemporaryDirectory(dir=self.folder) as folder:
                for step in job["steps"]:
                    say(f"{name}: {id_}: {step.get('name') or step.get('uses', step.get('run'))}")
                    self.step(step, Path(folder), ref)

    def step(self, step: Mapping[str, Any], at: Path, ref: str) -> None:
        assert "if" not in step, "the rehearsal knows no conditions"
        if "uses" in step:
            ACTIONS[step["uses"].partition("@")[0]](self, step.get("with", {}), at, ref)
        elif step["run"] not in LEFT_OUT:
            env = {key: self.value(value) for key, value in step.get("env", {}).items()}
            self.run(
                step["run"],
                at,
                **env,
                GITHUB_REF_NAME=ref,
                GITHUB_REPOSITORY="invented/review",
            )

    def value(self, text: str) -> str:
        """An expression of a workflow; the rehearsal knows those that it needs."""
        known = {"github.token": "none", "needs.deploy.outputs.address": self.address}
        return known[text[3:-2].strip()] if text.startswith("${{") else text

    def checkout(self, _: Mapping[str, Any], at: Path, ref: str) -> None:
        self.run(f"git clone --quiet --branch '{ref}' '{self.repository}' .", at)
        for name in (".venv", ".cache"):
            (at / name).symlink_to((ROOT / name).resolve())

    def upload(self, given: Mapping[str, Any], at: Path, _: str) -> None:
        kept = self.folder / "artifacts" / given.get("name", "pages")
        shutil.rmtree(kept, ignore_errors=True)
        kept.mkdir(parents=True)
        for file in at.glob(given["path"]):
            if file.is_dir():
                shutil.copytree(file, kept, dirs_exist_ok=True)
            else:
                shutil.copy(file, kept)

    def download(self, given: Mapping[str, Any], at: Path, _: str) -> None:
        shutil.copytree(self.folder / "artifacts" / given["name"], at / given["path"])

    def deploy(self, *_: object) -> None:
        shutil.rmtree(self.folder / "pages")
        shutil.copytree(self.folder / "artifacts/pages", self.folder / "pages")

    def nothing(self, *_: object) -> None:
        pass


ACTIONS: dict[str, Callable[[Host, Mapping[str, Any], Path, str], None]] = {
    "actions/checkout": Host.checkout,
    "actions/setup-python": Host.nothing,
    "actions/cache": Host.nothing,
    "actions/upload-artifact": Host.upload,
    "actions/download-artifact": Host.download,
    "actions/upload-pages-artifact": Host.upload,
    "actions/deploy-pages": Host.deploy,
}


def prepare(host: Host) -> None:
    """A repository with the files of this one and the first version of an invented corpus."""
    for name in ("releases", "pages", "bin"):
        (host.folder / name).mkdir()
    script = host.folder / "bin/gh"
    call = f"exec '{sys.executable}' '{ROOT}/tests/gh.py' \"$@\""
    script.write_text(f"#!/bin/sh\n{call}\n", encoding="utf-8")
    script.chmod(0o755)
    listed = ["git", "ls-files", "-z", "--cached", "--others", "--exclude-standard"]
    names = subprocess.run(listed, cwd=ROOT, capture_output=True, check=True).stdout
    repository = host.repository
    for name in filter(None, names.decode().split("\0")):
        if (ROOT / name).is_file() and not name.startswith("data/"):
            (repository / name).parent.mkdir(parents=True, exist_ok=True)
            shutil.copy(ROOT / name, repository / name)
    docs(repository / "docs")
    invented.write(repository / "data")
    host.run("git init --quiet --initial-branch main", repository)
    with (repository / ".git/info/exclude").open("a", encoding="utf-8") as file:
        file.write(".venv\n.cache\n")
    for name in (".venv", ".cache"):
        (repository / name).symlink_to((ROOT / name).resolve())
    # Else make would set up anew, through the link, what others are using.
    host.run("make --question setup", repository)
    record(host, "2025.01")


def second(host: Host) -> None:
    """The second version: a study went, and its address leads on."""
    data = invented.second(host.repository / "data")
    invented.write_table(data, "studies", invented.STUDIES[:-1])
    invented.write_table(data, "second_coding", [])
    went = {"kind": "address", "old": "/studies/zeta/", "new": "/studies/", "since": "2025.07"}
    invented.append(data, "renames", **went)
    archive = host.folder / "releases/2025.01/2025.01-data.tar.gz"
    host.run(f"tar -xzf '{archive}' -C '{host.folder}'", host.folder)
    record(host, "2025.07", "--since", str(host.folder / "2025.01/data"))


def record(host: Host, version: str, *since: str) -> None:
    """What MAINTAINING.md says of a release: record changes and addresses, commit, tag."""
    python = ".venv/bin/python -m gen"
    for command in (
        f"{python} changes --record {' '.join(since)}",
        f"{python} permalinks --record",
        "git add --all",
        f"git commit --quiet -m 'data: version {version}'",
        f"git tag {version}",
    ):
        host.run(command, host.repository)


def rehearse(folder: Path, say: Callable[[str], None]) -> None:
    """Make two versions, publish, look; raises CalledProcessError at the first step that fails."""
    (folder / "pages").mkdir()
    with serving(folder / "pages") as address:
        (folder / "pages").rmdir()
        host = Host(folder, f"{address}/")
        prepare(host)
        host.workflow("release.yml", "2025.01", say)
        second(host)
        host.workflow("release.yml", "2025.07", say)
        started = (folder / "started").read_text(encoding="utf-8")
        host.workflow(started, "main", say)


def main() -> int:
    with TemporaryDirectory() as folder:
        try:
            rehearse(Path(folder), lambda line: print(line, flush=True))  # noqa: T201
        except subprocess.CalledProcessError as error:
            sys.stdout.write(f"{error.output}\n{error.cmd[-1]}\nfailed\n")
            return 1
    return 0


if __name__ == "__main__":
    sys.exit(main())
