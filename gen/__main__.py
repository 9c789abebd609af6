"""The commands: check the data, build, and record which addresses are published."""

from __future__ import annotations

import argparse
import gc
import io
import sys
from pathlib import Path

from gen import load
from gen.model import Corpus
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
    permalinks = commands.add_parser(
        "permalinks",
        help="list published addresses that lead nowhere, and count those not recorded yet",
        description="Exit 0: every recorded address leads somewhere. 1: some do not, all listed.",
    )
    permalinks.add_argument(
        "--record", action="store_true", help="add the new ones to permalinks.csv, for a release"
    )
    for command in (check, build, permalinks):
        command.add_argument("--data", type=Path, default=Path("data"), help="default: data")
    chosen = parser.parse_args(arguments)
    if isinstance(sys.stdout, io.TextIOWrapper):  # data is UTF-8, whatever the terminal's locale
        sys.stdout.reconfigure(encoding="utf-8", errors="backslashreplace")
    gc.disable()  # loading drops nothing: looking for garbage would be a seventh of the time
    try:
        corpus = load.load(chosen.data)
        if chosen.command != "check":
            gc.enable()
            return made(corpus, chosen)
    except DataError as error:
        form = getattr(chosen, "format", "text")
        sys.stdout.write(FORMATS[form](error.problems))
        if form == "text":
            sys.stdout.write(f"{error.summary}\n")
        return error.exit_code
    finally:
        gc.enable()
    if chosen.format == "text":
        sys.stdout.write(f"no problems in {studies(len(corpus.studies))}\n")
    else:
        sys.stdout.write(FORMATS[chosen.format]([]))
    return 0


def made(corpus: Corpus, chosen: argparse.Namespace) -> int:
    """Do what needs the pages. A check needs neither pandas nor altair, so they come in here."""
    if chosen.command == "build":
        from gen import disk  # noqa: PLC0415

        disk.write(corpus, chosen.to)
        return 0
    from gen import permalinks, site  # noqa: PLC0415

    new = site.not_recorded(corpus, Path("docs"))
    if chosen.record:
        file = chosen.data / "permalinks.csv"
        file.write_text(permalinks.recorded(corpus, new), encoding="utf-8", newline="")
    verb = "recorded" if chosen.record else "not recorded yet (--record does it, for a release)"
    sys.stdout.write(f"{len(corpus.permalinks)} addresses are kept, {len(new)} new: {verb}\n")
    return 0


if __name__ == "__main__":
    sys.exit(main())
