"""How many small changes to a room of gen/ its tests notice: `make mutants ROOM=statistics`.

mutmut changes one operator, number, text or argument of one function at a time and runs the room's
tests that reach the function. It does not touch constants of a module and functions with
decorators. All happens in a copy under .cache/mutants/, made anew each time.
"""

from __future__ import annotations

import argparse
import os
import random
import shutil
import sys
from configparser import ConfigParser
from contextlib import redirect_stdout
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parent.parent

# The modules of a room, and where its tests are.
ROOMS = {
    "rules": (
        [
            "gen/corpus/rules/*.py",
            *(
                f"gen/corpus/{name}.py"
                for name in ("characters", "identifiers", "names", "pasted", "venues", "wordings")
            ),
        ],
        ["tests/corpus", "tests/analysis/test_flow.py"],
    ),
    "permalinks": (
        ["gen/permalinks/*.py", "gen/text/markdown.py"],
        ["tests/permalinks", "tests/text/test_markdown.py"],
    ),
    "citations": (
        ["gen/citations/*.py"],
        ["tests/citations", "tests/chapters/test_authored.py"],
    ),
    "statistics": (
        ["gen/analysis/statistics.py", "gen/analysis/resampling.py"],
        ["tests/analysis/test_statistics.py"],
    ),
    "trends": (["gen/trends/*.py"], ["tests/trends"]),  # its folders too: * also stands for /
}

QUICK = "not browser and not corpus and not slow"
UNTIMED = "not in_two_seconds"  # a busy machine would kill mutants in the tests' name

COPIED = ("data", "docs", "gen", "overrides", "tests", "*.yml", "*.md", "*.cff", "pyproject.toml")


def main() -> None:
    parser = argparse.ArgumentParser(prog="make mutants", description=__doc__)
    parser.add_argument("room", choices=ROOMS)
    parser.add_argument("--sample", type=int, help="that many mutants, drawn at random")
    parser.add_argument("--seed", type=int, default=1, help="another one, another sample")
    parser.add_argument("--jobs", type=int, default=1, help="mutants tried at the same time")
    given = parser.parse_args()
    os.chdir(copy(given.room))
    measure(given.sample, given.seed, given.jobs)


def copy(room: str) -> Path:
    """Lay a copy of the project out for mutmut, which works in the folder that it runs in."""
    folder = ROOT / ".cache" / "mutants" / room
    shutil.rmtree(folder, ignore_errors=True)
    folder.mkdir(parents=True)
    sources = [source for pattern in COPIED for source in sorted(ROOT.glob(pattern))]
    for source in sources:
        if source.is_dir():
            hidden = shutil.ignore_patterns("__pycache__")
            shutil.copytree(source, folder / source.name, ignore=hidden)
        else:
            shutil.copy(source, folder)
    modules, tests = ROOMS[room]
    settings = ConfigParser(interpolation=None)
    settings["mutmut"] = {
        "source_paths": "gen",
        "only_mutate": _lines(modules),
        "also_copy": _lines([source.name for source in sources if source.name != "gen"]),
        "pytest_add_cli_args_test_selection": _lines(tests),
        "pytest_add_cli_args": _lines(["-n0", "-m", QUICK, "-k", UNTIMED]),
        "use_git_change_detection": "false",
    }
    with (folder / "setup.cfg").open("w", encoding="utf-8") as file:
        settings.write(file)
    return folder


def _lines(values: list[str]) -> str:
    return "\n" + "\n".join(values)


def measure(sample: int | None, seed: int, jobs: int) -> None:
    """Try the mutants of the folder that we are in, and print what the tests let pass."""
    # Reads setup.cfg of the current folder as it is imported.
    from mutmut import __main__ as mutmut  # noqa: PLC0415

    with redirect_stdout(None):  # it names every file
        mutmut.copy_src_dir()
        mutmut.create_mutants(jobs)
    found, _ = mutmut.collect_source_file_mutation_data(mutant_names=())
    every = sorted(name for _, name, _ in found)
    chosen = every if sample is None else random.Random(seed).sample(every, min(sample, len(every)))  # noqa: S311
    # Named mutants are tried; of none named, all are.
    mutmut._run(chosen, jobs)  # noqa: SLF001  behind the command `mutmut run`
    tried, _ = mutmut.collect_source_file_mutation_data(mutant_names=chosen)
    survivors = [(data.path, name) for data, name, code in tried if not killed(mutmut, code)]
    for path, name in sorted(survivors, key=lambda each: each[1]):
        sys.stdout.write(f"\n{name}\n")
        changes = mutmut.get_diff_for_mutant(name, path=path).splitlines()[3:]
        sys.stdout.writelines(f"{line}\n" for line in changes if line[0] in "+-")
    left = len(survivors)
    share = (len(tried) - left) / len(tried)
    part = "" if sample is None else f" (of {len(every)}; seed {seed})"
    sys.stdout.write(
        f"\nkilled {len(tried) - left}, survived {left}, total {len(tried)}{part}: {share:.1%}\n"
    )


def killed(mutmut: Any, code: int | None) -> bool:  # noqa: ANN401  a module without types
    """Whether a test failed, or never ended. A mutant that no test reaches survives."""
    return mutmut.status_by_exit_code[code] in {"killed", "timeout"}


if __name__ == "__main__":
    main()
