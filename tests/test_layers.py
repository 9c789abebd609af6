"""The arrow of the design: who may import whom, and which module owns which library."""

from __future__ import annotations

import ast
import subprocess
import sys
from pathlib import Path

import pytest

from tests.real import ROOT

GEN = ROOT / "gen"

# library -> the modules that may use it. Whoever needs a new one decides whose it is here.
OWNERS = {
    "altair": {"charts", "figures"},
    "jinja2": {"render"},
    "markdown": {"html_blocks"},
    "mkdocs": {"mkdocs"},
    "numpy": {"statistics", "tables", "trends"},
    "pandas": {"tables", "trends"},
    "pybtex": {"literature"},
    "pydantic": {"cells", "load", "model"},
    "scipy": {"statistics"},
    "statsmodels": {"statistics"},
    "vl_convert": {"draw"},
}

# Each layer imports from those above it only.
LAYERS = (
    {"cache", "cells", "format", "html_blocks", "outline", "placeholder", "problems"},
    {"draw", "faults", "model", "render", "statistics"},
    {"citation"},
    {"bibliography"},
    {
        "balance",
        "check",
        "cited",
        "conditions",
        "export",
        "figures",
        "links",
        "literature",
        "moves",
        "provenance",
        "tables",
    },
    {"addresses", "charts", "expressions", "flow", "in_text", "permalinks", "releases"},
    {"by_hand", "load"},
    {"assemble", "snapshot", "trends"},
    {"flow_pages", "headlines", "trend_pages"},
    {"changes", "version_pages"},
    {"site"},
    {"preview"},
    {"disk", "mkdocs"},
    {"__main__"},
)

# A package of gen/ is one module here.
MODULES = sorted(
    [file.stem for file in GEN.glob("*.py") if file.stem != "__init__"]
    + [file.parent.name for file in GEN.glob("*/__init__.py")]
)


def tree(module: str) -> ast.Module:
    """The source of a module; of a package, that of all its files in a row."""
    files = sorted((GEN / module).glob("*.py")) or [GEN / f"{module}.py"]
    parsed = [ast.parse(file.read_text(encoding="utf-8")) for file in files]
    return ast.Module([node for each in parsed for node in each.body], [])


def used(module: str) -> set[str]:
    """What a module imports and does more with than name it in an annotation, dotted."""
    parsed = tree(module)
    for node in ast.walk(parsed):
        for name in ("annotation", "returns"):
            if hasattr(node, name):
                setattr(node, name, None)
    names = {node.id for node in ast.walk(parsed) if isinstance(node, ast.Name)}
    found = set()
    for node in ast.walk(parsed):
        if isinstance(node, ast.Import):
            found |= {
                alias.name
                for alias in node.names
                if (alias.asname or alias.name.partition(".")[0]) in names
            }
        elif isinstance(node, ast.ImportFrom):
            found |= {
                f"{node.module}.{alias.name}"
                for alias in node.names
                if (alias.asname or alias.name) in names
            }
    return found


def imported(module: str) -> set[str]:
    """Every module of gen/ that a module imports, wherever in it."""
    found = set()
    for node in ast.walk(tree(module)):
        if isinstance(node, ast.ImportFrom):
            assert node.level == 0, f"{module} must import by full names"
            if node.module == "gen":
                found |= {alias.name for alias in node.names}
            elif (node.module or "").startswith("gen."):
                found.add((node.module or "").split(".")[1])
        elif isinstance(node, ast.Import):
            found |= {a.name.removeprefix("gen.") for a in node.names if a.name.startswith("gen.")}
    return found


def test_every_module_has_its_layer() -> None:
    assert sorted(module for layer in LAYERS for module in layer) == MODULES


@pytest.mark.parametrize("module", MODULES)
def test_a_module_imports_only_from_layers_before_its_own(module: str) -> None:
    place = next(place for place, layer in enumerate(LAYERS) if module in layer)
    assert imported(module) - {module} <= set().union(*LAYERS[:place])


@pytest.mark.parametrize("library", OWNERS)
def test_a_library_has_one_owner(library: str) -> None:
    users = {module for module in MODULES if library in {n.partition(".")[0] for n in used(module)}}
    assert users == OWNERS[library]


def test_no_library_is_used_that_has_no_owner() -> None:
    libraries = {name.partition(".")[0] for module in MODULES for name in used(module)}
    assert libraries - sys.stdlib_module_names - {"gen"} == OWNERS.keys()


def loaded_by(statement: str, folder: Path) -> set[str]:
    """The libraries that a statement loads in a fresh interpreter."""
    code = f"import sys; sys.path.insert(0, {str(ROOT)!r}); {statement}; print(*sys.modules)"
    run = [sys.executable, "-c", code]
    printed = subprocess.run(run, cwd=folder, capture_output=True, text=True, check=True).stdout
    return set(printed.split()) & OWNERS.keys()


def test_a_check_loads_nothing_that_draws_or_counts(tmp_path: Path) -> None:
    check = f"from gen.__main__ import main; main(['check', '--data', {str(ROOT / 'data')!r}])"
    assert loaded_by(check, tmp_path) == {"pybtex", "pydantic"}


def test_the_drawing_engine_starts_only_when_something_is_drawn(tmp_path: Path) -> None:
    assert "vl_convert" not in loaded_by("import gen.disk", tmp_path)


def test_an_import_reads_and_writes_no_file_of_the_project(tmp_path: Path) -> None:
    loaded_by(
        "import gen.disk, gen.corpus.load", tmp_path
    )  # where there is neither data/ nor docs/
    assert list(tmp_path.iterdir()) == []
