"""The rooms of gen/: arrows point down, nothing runs in a circle, a library has one owner."""

from __future__ import annotations

import ast
import subprocess
import sys
from collections.abc import Iterator
from graphlib import TopologicalSorter
from pathlib import Path

import pytest

from tests.real import ROOT

GEN = ROOT / "gen"

# A room is a folder of gen/ or a module beside them. It imports from the floors above it only.
FLOORS = (
    {"cache", "problems"},
    {"corpus"},
    {"text"},
    {"analysis", "citations", "export", "figures"},
    {"chapters", "contribute", "explore", "permalinks", "trends"},
    {"releases", "watch"},
    {"pages"},
    {"search"},
    {"site"},
    {"disk", "hooks", "mkdocs"},
    {"__main__"},
)
MAX_ARROWS = 86  # between rooms; more, and nobody can keep the house in mind

# library -> the rooms that may use it. Whoever needs a new one decides whose it is here.
OWNERS = {
    "altair": {"figures"},
    "defusedxml": {"watch"},
    "jinja2": {"hooks", "text"},
    "markdown": {"text"},
    "mkdocs": {"hooks", "mkdocs"},
    "mkdocs_gen_files": {"mkdocs"},
    "numpy": {"analysis", "trends"},
    "pandas": {"analysis", "trends"},
    "pyarrow": {"export"},
    "pybtex": {"corpus"},
    "pydantic": {"corpus"},
    "requests": {"watch"},
    "scipy": {"analysis"},
    "statsmodels": {"analysis"},
    "urllib3": {"watch"},
    "vl_convert": {"figures"},
}


def modules() -> dict[str, ast.Module]:
    """Every module of gen/ by its dotted name; a folder's __init__ by that of the folder."""
    found = {}
    for file in sorted(GEN.rglob("*.py")):
        parts = file.relative_to(ROOT).with_suffix("").parts
        name = ".".join(parts[:-1] if parts[-1] == "__init__" else parts)
        found[name] = ast.parse(file.read_text(encoding="utf-8"))
    return found


MODULES = modules()


def imports(tree: ast.AST) -> Iterator[str]:
    """The modules of gen/ that a module imports, wherever in it."""
    for node in ast.walk(tree):
        if isinstance(node, ast.ImportFrom):
            assert node.level == 0, "imports are by full names"
            for alias in node.names:
                whole = f"{node.module}.{alias.name}"
                yield from {whole, str(node.module)} & MODULES.keys() - {"gen"}
        elif isinstance(node, ast.Import):
            yield from (a.name for a in node.names if a.name in MODULES and a.name != "gen")


def room(module: str) -> str:
    return module.split(".")[1] if "." in module else ""


def arrows() -> set[tuple[str, str]]:
    """(room, room that it imports from)."""
    every = {(room(name), room(other)) for name, tree in MODULES.items() for other in imports(tree)}
    return {(one, other) for one, other in every if one != other}


def test_every_room_has_its_floor() -> None:
    rooms = {room(module) for module in MODULES} - {""}
    assert sorted(name for floor in FLOORS for name in floor) == sorted(rooms)


def test_a_room_imports_only_from_the_floors_above_it() -> None:
    floor = {name: number for number, names in enumerate(FLOORS) for name in names}
    assert [(one, other) for one, other in sorted(arrows()) if floor[other] >= floor[one]] == []


def test_the_house_is_not_tied_into_a_knot() -> None:
    assert len(arrows()) <= MAX_ARROWS


def test_no_module_imports_itself_by_way_of_others() -> None:
    TopologicalSorter(
        {name: set(imports(tree)) - {name} for name, tree in MODULES.items()}
    ).prepare()


def test_a_folder_says_on_its_door_what_it_is_for() -> None:
    folders = {file.parent for file in GEN.rglob("*.py")}
    doors = [ast.parse((folder / "__init__.py").read_text(encoding="utf-8")) for folder in folders]
    assert all(ast.get_docstring(door) and len(door.body) == 1 for door in doors)


def used(tree: ast.Module) -> set[str]:
    """The libraries with which a module does more than name them in an annotation."""
    tree = ast.parse(ast.unparse(tree))
    for node in ast.walk(tree):
        for name in ("annotation", "returns"):
            if hasattr(node, name):
                setattr(node, name, None)
    names = {node.id for node in ast.walk(tree) if isinstance(node, ast.Name)}
    found = set()
    for node in ast.walk(tree):
        if isinstance(node, ast.Import | ast.ImportFrom):
            for alias in node.names:
                library = node.module if isinstance(node, ast.ImportFrom) else alias.name
                if (alias.asname or alias.name.partition(".")[0]) in names:
                    found.add(str(library).partition(".")[0])
    return found - sys.stdlib_module_names - {"gen"}


def test_a_library_has_one_owner() -> None:
    users: dict[str, set[str]] = {}
    for module, tree in MODULES.items():
        for library in used(tree):
            users.setdefault(library, set()).add(room(module))
    assert users == OWNERS


def loaded_by(statement: str, folder: Path) -> set[str]:
    """The libraries that a statement loads in a fresh interpreter."""
    code = f"import sys; sys.path.insert(0, {str(ROOT)!r}); {statement}; print(*sys.modules)"
    run = [sys.executable, "-c", code]
    printed = subprocess.run(run, cwd=folder, capture_output=True, text=True, check=True).stdout
    return set(printed.split()) & OWNERS.keys()


def test_a_check_loads_nothing_that_draws_or_counts(tmp_path: Path) -> None:
    assert loaded_by("import gen.__main__", tmp_path) == {"pybtex", "pydantic"}


@pytest.mark.slow
def test_the_drawing_engine_starts_only_when_something_is_drawn(tmp_path: Path) -> None:
    assert "vl_convert" not in loaded_by("import gen.disk", tmp_path)


@pytest.mark.slow
def test_an_import_reads_and_writes_no_file_of_the_project(tmp_path: Path) -> None:
    loaded_by("import gen.disk, gen.corpus.load", tmp_path)  # with neither data/ nor docs/
    assert list(tmp_path.iterdir()) == []
