"""Begins searches and kills each at another place: `python -m tests.watch.kill ADDRESS FOLDER DAY`.

FOLDER/data is copied to FOLDER/1/data, FOLDER/3/data and so on. The search in copy n is killed
before its nth step, and the one that goes on from there before its second; the copy that comes to
an end is the last. A process of its own, since only one without threads can safely be forked.
"""

from __future__ import annotations

import os
import shutil
import signal
import sys
from datetime import date as Date
from itertools import count
from pathlib import Path

from gen.corpus.load import load
from gen.watch import search
from tests.watch.server import Server


def kill_before(step: int, folder: Path) -> None:
    """End this process before it asks, puts a file in its place or removes one for that time."""
    steps = count(1)

    def look(event: str, arguments: tuple[object, ...]) -> None:
        changes = event in {"os.rename", "os.remove"} and str(arguments[0]).startswith(str(folder))
        if (event == "http.client.send" or changes) and next(steps) == step:
            os.kill(os.getpid(), signal.SIGKILL)

    sys.addaudithook(look)


def is_killed(step: int, data: Path, address: str, until: Date) -> bool:
    """Search in a process that is killed before a step, unless it ends before that."""
    child = os.fork()
    if not child:
        kill_before(step, data.parent)
        client = Server(address, {}).client()
        search.run(client, data, load(data), until, folder=data.parent / "kept")
        os._exit(0)
    return os.WIFSIGNALED(os.waitpid(child, 0)[1])


def main(address: str, folder: Path, until: Date) -> None:
    for step in count(1, 2):
        data = shutil.copytree(folder / "data", folder / str(step) / "data")
        if not is_killed(step, data, address, until):
            break
        is_killed(2, data, address, until)


if __name__ == "__main__":
    main(sys.argv[1], Path(sys.argv[2]), Date.fromisoformat(sys.argv[3]))
