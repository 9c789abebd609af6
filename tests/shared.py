"""What many tests look at and none changes: made by one process of a run, once for all."""

from __future__ import annotations

import fcntl
import pickle
import tempfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TypeVar

T = TypeVar("T")

# Of this run, for all its processes: conftest.py names it. What is read outside a test has its own.
_own = tempfile.TemporaryDirectory()
folder = Path(_own.name)


@contextmanager
def alone(name: str) -> Iterator[None]:
    """No other process of the run is in a block of this name."""
    with (folder / f"{name}.lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        yield


def made(name: str, make: Callable[[Path], None], lock: str = "") -> Path:
    """The file or folder of that name, made by whoever asks first; the others wait for it."""
    target = folder / name
    with alone(lock or name):
        if not target.exists():
            partial = folder / f"{name}.partial"
            make(partial)
            partial.rename(target)
    return target


def value(name: str, make: Callable[[], T], lock: str = "") -> T:
    """What `make` returns, computed by one process and read by the others."""
    file = made(value_file(name).name, lambda to: write(to, make()), lock)
    found: T = pickle.loads(file.read_bytes())  # noqa: S301 - written a moment ago by ourselves
    return found


def value_file(name: str) -> Path:
    return folder / f"{name}.pickle"


def write(file: Path, content: object) -> None:
    file.write_bytes(pickle.dumps(content, pickle.HIGHEST_PROTOCOL))
