"""The commands: check the data, write the generated files, and what a release needs."""

from __future__ import annotations

import argparse
import gc
import io
import sys
from pathlib import Path

from gen import load
from gen.model import Corpus
from gen.problems import FORMATS, DataError, studies


def parser() -> argparse.ArgumentParser:
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
        help="list published addresses that do not resolve, and count those not recorded yet",
        description="Exit 0: every recorded address resolves. 1: some do not, all listed.",
    )
    permalinks.add_argument(
        "--record", action="store_true", help="add the new ones to permalinks.csv, for a release"
    )
    changes = commands.add_parser("changes", help="compare the data with the version before")
    changes.add_argument("--since", type=Path, help="data folder of the version before")
    changes.add_argument("--record", action="store_true", help="write data/changes.csv")
    archive = commands.add_parser("archive", help="pack the built site and the data of a version")
    archive.add_argument("--to", type=Path, required=True, help="folder to write, made if missing")
    assemble = commands.add_parser("assemble", help="put the archived versions into the site")
    assemble.add_argument("--assets", type=Path, required=True, help="folder of the archives")
    for command in (archive, assemble):
        command.add_argument("--site", type=Path, default=Path("site"), help="default: site")
    for command in (check, build, permalinks, changes, archive, assemble):
        command.add_argument("--data", type=Path, default=Path("data"), help="default: data")
    return parser


def main(arguments: list[str] | None = None) -> int:
    chosen = parser().parse_args(arguments)
    if isinstance(sys.stdout, io.TextIOWrapper):  # data is UTF-8, whatever the terminal's locale
        sys.stdout.reconfigure(encoding="utf-8", errors="backslashreplace")
    try:
        return run(chosen, loaded(chosen.data))
    except DataError as error:
        form = getattr(chosen, "format", "text")
        sys.stdout.write(FORMATS[form](error.problems))
        if form == "text":
            sys.stdout.write(f"{error.summary}\n")
        return error.exit_code


def loaded(data: Path) -> Corpus:
    gc.disable()  # loading drops nothing: looking for garbage would be a seventh of the time
    try:
        return load.load(data)
    finally:
        gc.enable()


def run(chosen: argparse.Namespace, corpus: Corpus) -> int:
    """What was asked for; a check needs neither pandas nor altair, hence the late imports."""
    if chosen.command == "check":
        if chosen.format == "text":
            sys.stdout.write(f"no problems in {studies(len(corpus.studies))}\n")
        else:
            sys.stdout.write(FORMATS[chosen.format]([]))
    elif chosen.command == "build":
        from gen import disk  # noqa: PLC0415

        disk.write(corpus, chosen.to)
    elif chosen.command == "permalinks":
        from gen import permalinks, site  # noqa: PLC0415

        new = site.unrecorded(corpus, Path("docs"))
        if chosen.record:
            file = chosen.data / "permalinks.csv"
            file.write_text(permalinks.recorded(corpus, new), encoding="utf-8", newline="")
        verb = "recorded" if chosen.record else "not recorded yet (--record does it, for a release)"
        sys.stdout.write(f"{len(corpus.permalinks)} addresses are kept, {len(new)} new: {verb}\n")
    elif chosen.command == "changes":
        from gen import changes  # noqa: PLC0415

        lines = changes.compare(corpus, chosen.data, chosen.since)
        sys.stdout.write(changes.report(lines))
        if chosen.record:
            text = changes.recorded(chosen.data, lines, corpus.release.version)
            (chosen.data / changes.FILE).write_text(text, encoding="utf-8", newline="")
    elif chosen.command == "archive":
        from gen import assemble  # noqa: PLC0415

        made = assemble.archive(chosen.site, chosen.data, corpus.release, chosen.to)
        sys.stdout.write(f"{made}\n")
    else:
        from gen import assemble  # noqa: PLC0415

        for line in assemble.assemble(chosen.site, chosen.assets, corpus):
            sys.stdout.write(f"{line}\n")
    return 0


if __name__ == "__main__":
    sys.exit(main())
