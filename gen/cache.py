"""Keeps what is slow to make in files, by what it was made from."""

from __future__ import annotations

import hashlib
import os
from collections.abc import Callable
from pathlib import Path


def kept(folder: Path, key: str, suffix: str) -> Path:
    """Where that is kept which is made for this key."""
    return folder / f"{hashlib.sha256(key.encode()).hexdigest()}.{suffix}"


def cached(folder: Path, key: str, suffix: str, make: Callable[[], bytes]) -> bytes:
    """What was made for this key, made now if it never was."""
    file = kept(folder, key, suffix)
    if file.exists():
        return file.read_bytes()
    content = make()
    write(file, content)
    return content


def write(file: Path, content: bytes) -> None:
    """Put a file in its place at once, so that what is cut off leaves no half a file."""
    file.parent.mkdir(parents=True, exist_ok=True)
    # By process, so that two at a time do not write into each other's.
    partial = file.with_suffix(f".{os.getpid()}.partial")
    partial.write_bytes(content)
    partial.replace(file)
