"""The commands: check the data, or write every generated file to a folder."""

from __future__ import annotations

import argparse
import gc
import io
import sys
from pathlib import Path

from gen import load
from gen.problems import FORMATS, DataError, studies


def main(arguments: list[str] | None = None) -> int:
    parser = argparse.ArgumentParser(prog="python -m gen", description=__doc__)
    commands = parser.add_subparsers(dest="command", required=True)
    check = commands.add_parser(
        "check",
        help="check the data",
        description="Exit 0: clean. 1: problems, all listed. 2: a file cannot be read.",
    )
    check.add_argument("--format", choices=FORMATS, default="text", help="default: text")
    build = commands.add_parser("build", help="write the site's sources to a folder")
    build.add_argument("--to", type=Path, required=True, help="folder to write, made if missing")
    for command in (check, build):
        command.add_argument("--data", type=Path, default=Path("data"), help="default: data")
    chosen = parser.parse_args(arguments)
    if isinstance(sys.stdout, io.TextIOWrapper):  # data is UTF-8, whatever the terminal's locale
        sys.stdout.reconfigure(encoding="utf-8", errors="backslashreplace")
    gc.disable()  # loading drops nothing: looking for garbage would be a seventh of the time
    try:
        corpus = load.load(chosen.data)
    except DataError as error:
        form = getattr(chosen, "format", "text")
        sys.stdout.write(FORMATS[form](error.problems))
        if form == "text":
            sys.stdout.write(f"{error.summary}\n")
        return error.exit_code
    finally:
        gc.enable()
    if chosen.command == "check":
        if chosen.format == "text":
            sys.stdout.write(f"no problems in {studies(len(corpus.studies))}\n")
        else:
            sys.stdout.write(FORMATS[chosen.format]([]))
        return 0
    from gen import disk  # noqa: PLC0415 - a check needs neither pandas nor altair

    try:
        disk.write(corpus, chosen.to)
    except DataError as error:  # only a whole site shows what is wrong in the pages
        sys.stdout.write(f"{error}\n{error.summary}\n")
        return error.exit_code
    return 0


if __name__ == "__main__":
    sys.exit(main())
