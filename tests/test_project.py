"""The files around the code keep what they promise."""

from __future__ import annotations

import json
import re
import shlex
import subprocess
import tomllib

import pytest
import yaml

from gen.__main__ import parser
from tests.real import DOCS, ROOT, files

WORKFLOWS = sorted((ROOT / ".github/workflows").glob("*.yml"))


def tracked() -> list[str]:
    listed = subprocess.run(
        ["git", "ls-files", "-z"],  # noqa: S607 - whichever git there is
        cwd=ROOT,
        capture_output=True,
        encoding="utf-8",
        check=True,
    )
    return [path for path in listed.stdout.split("\0") if path]


def read(path: str) -> str:
    return (ROOT / path).read_text(encoding="utf-8")


def test_requirements_name_no_registry() -> None:
    lines = read("requirements.txt").splitlines()
    assert not [line for line in lines if "://" in line or line.startswith(("-i", "--index"))]


def test_every_requirement_is_pinned_by_hash() -> None:
    entries = re.split(r"\n(?=\S)", re.sub(r"^\s*#.*\n", "", read("requirements.txt"), flags=re.M))  # noqa: FURB167
    pinned = [entry for entry in entries if entry.strip()]
    assert len(pinned) > 40
    for entry in pinned:
        assert re.match(r"[a-z0-9._-]+==\S+", entry), entry
        assert "--hash=sha256:" in entry, entry


@pytest.mark.corpus
def test_no_generated_file_is_tracked() -> None:
    ours = set(tracked())
    by_hand = {f"docs/{file.relative_to(DOCS).as_posix()}" for file in DOCS.rglob("*.md")}
    generated = {f"docs/{path}" for path, _ in files()}
    assert ours & (generated - by_hand) == set()
    assert not [path for path in ours if path.startswith(("site/", ".cache/", ".venv/"))]


def commands(pattern: str) -> list[list[str]]:
    """What the steps of the workflows give to a command, split into words."""
    steps = [
        step["run"]
        for file in WORKFLOWS
        for job in yaml.safe_load(file.read_text(encoding="utf-8"))["jobs"].values()
        for step in job["steps"]
        if "run" in step
    ]
    lines = [line for line in "\n".join(steps).splitlines() if "::error" not in line]
    found = re.findall(rf"{pattern} ([^\n|;)&>]*)", "\n".join(lines))
    return [[word for word in shlex.split(text) if word != "$ALLOWED"] for text in found]


def test_workflows_give_our_commands_what_they_take() -> None:
    ours = commands("python -m gen")
    assert {words[0] for words in ours} >= {
        "report",
        "archive",
        "assemble",
        "changes",
        "search",
        "watch",
    }
    for words in ours:
        parser().parse_args(words)  # else it exits
    targets = {words[0] for words in commands("make")}
    assert targets >= {"setup", "site"}
    for target in targets:
        assert re.search(rf"^{target}:", read("Makefile"), re.MULTILINE), target


def test_what_is_archived_is_cited_as_the_citation_file_says() -> None:
    cited, archived = yaml.safe_load(read("CITATION.cff")), json.loads(read(".zenodo.json"))
    for name, other in (
        ("title", "title"),
        ("abstract", "description"),
        ("type", "upload_type"),
        ("version", "version"),
        ("keywords", "keywords"),
    ):
        assert archived[other] == cited[name], name
    assert archived["publication_date"] == cited["date-released"].isoformat()
    assert [each["name"] for each in archived["creators"]] == [a["name"] for a in cited["authors"]]
    assert archived["license"] in cited["license"]
    related = {each["identifier"] for each in archived["related_identifiers"]}
    assert related == {cited["url"], cited["references"][0]["identifiers"][0]["value"]}


def test_what_make_makes_is_ignored() -> None:
    for path in ("site/index.html", ".cache/figures/x.svg", ".venv/bin/python"):
        done = subprocess.run(
            ["git", "check-ignore", "--quiet", path],  # noqa: S607 - whichever git there is
            cwd=ROOT,
            check=False,
        )
        assert done.returncode == 0, path


@pytest.mark.corpus
def test_no_generated_page_hides_one_that_people_write() -> None:
    written = [path for path, _ in files() if (DOCS / path).is_file()]
    assert sorted(written) == sorted(f.relative_to(DOCS).as_posix() for f in DOCS.rglob("*.md"))


@pytest.mark.parametrize(
    "command", ["make site", "make test", "make check", "make serve", "make preview"]
)
def test_the_readme_names_the_commands_and_make_has_them(command: str) -> None:
    assert command in read("README.md")
    assert re.search(rf"^{command.removeprefix('make ')}:.*## ", read("Makefile"), re.MULTILINE)


def test_the_files_that_the_readme_links_to_are_there() -> None:
    for target in re.findall(r"\]\(([^)#:]+)\)|src=\"([^\":]+)\"", read("README.md")):
        path = "".join(target)
        assert (ROOT / path).exists(), path


@pytest.mark.corpus
def test_the_project_says_what_may_be_done_with_it() -> None:
    assert "MIT" in read("LICENSE")
    assert "Attribution 4.0 International" in read("LICENSE-DATA")
    version = tomllib.loads(read("data/releases.toml"))["releases"][-1]["version"]
    assert re.search(rf"^version: [\"']?{re.escape(version)}[\"']?$", read("CITATION.cff"), re.M)  # noqa: FURB167


@pytest.mark.parametrize("workflow", WORKFLOWS, ids=lambda file: file.name)
def test_workflows_use_actions_by_their_commit(workflow: object) -> None:
    uses = re.findall(r"uses:\s*(.+)", read(f".github/workflows/{getattr(workflow, 'name', '')}"))
    assert uses
    for action in uses:
        assert re.fullmatch(r"[\w.-]+/[\w./-]+@[0-9a-f]{40} # v\d+(\.\d+)*", action), action


@pytest.mark.parametrize("workflow", WORKFLOWS, ids=lambda file: file.name)
def test_workflows_start_with_no_rights_and_know_no_secret(workflow: object) -> None:
    text = read(f".github/workflows/{getattr(workflow, 'name', '')}")
    assert re.search(r"^permissions: \{\}$", text, re.MULTILINE)
    assert "secrets." not in text
    assert "pull_request_target" not in text


def test_there_are_workflows() -> None:
    assert {file.name for file in WORKFLOWS} == {
        "check.yml",
        "publish.yml",
        "release.yml",
        "search.yml",
    }


def test_no_command_hides_warnings_from_strict() -> None:
    """`mkdocs build --quiet` stops counting warnings, so that --strict lets broken links pass."""
    commands = [line for line in read("Makefile").splitlines() if "mkdocs build" in line]
    assert commands
    for line in commands:
        assert "--strict" in line
        assert not re.search(r"\s-(q|-quiet)\b", line)
