"""What stands in for GitHub's `gh` in the rehearsal: releases are folders of files below $HOST.

It is started for each command of a workflow, so it imports nothing that takes time.
"""

from __future__ import annotations

import fnmatch
import os
import shutil
import sys
from pathlib import Path


def main(arguments: list[str]) -> int:
    host = Path(os.environ["HOST"])
    releases = host / "releases"
    match arguments:
        case ["release", "list", *_]:
            sys.stdout.write("".join(f"{each.name}\n" for each in sorted(releases.iterdir())))
        case ["release", "download", tag, "--pattern", pattern, "--dir", to]:
            Path(to).mkdir(exist_ok=True)
            for file in fnmatch.filter(os.listdir(releases / tag), pattern):  # noqa: PTH208
                shutil.copy(releases / tag / file, to)
        case ["release", "create", tag, *rest]:
            files = rest[: rest.index("--repo")]
            notes = Path(rest[rest.index("--notes-file") + 1])
            assert "--verify-tag" in rest
            assert notes.stat().st_size
            (releases / tag).mkdir()
            for file in files:
                shutil.copy(file, releases / tag)
        case ["workflow", "run", name, "--ref", "main", *_]:
            (host / "started").write_text(name, encoding="utf-8")
        case _:
            sys.stderr.write(f"the rehearsal knows no gh {' '.join(arguments)}\n")
            return 1
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
