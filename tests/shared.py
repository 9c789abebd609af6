"""What many tests look at and none changes: made by one process of a run, once for all."""

from __future__ import annotations

import fcntl
import pickle
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TypeVar

T = TypeVar("T")

folder = Path()  # of this run, for all its processes; set by conftest.py


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
    file = made(f"{name}.pickle", lambda to: _write(to, make()), lock)
    found: T = pickle.loads(file.read_bytes())  # noqa: S301 - written a moment ago by ourselves
    return found


def _write(file: Path, content: object) -> None:
    file.write_bytes(pickle.dumps(content, pickle.HIGHEST_PROTOCOL))
