"""The commands: check the data, write the generated files, and what a release needs."""
# Each imports what it needs when it runs, since a check needs neither pandas nor altair.
# ruff: noqa: PLC0415

from __future__ import annotations

import argparse
import gc
import io
import os
import sys
from collections.abc import Callable
from contextlib import suppress
from datetime import UTC, datetime, timedelta
from datetime import date as Date
from pathlib import Path
from typing import TYPE_CHECKING

from gen.corpus import load
from gen.corpus.corpus import Corpus
from gen.problems import FORMATS, DataError, summary

if TYPE_CHECKING:
    from gen.watch.client import Client

Run = Callable[[argparse.Namespace], int | None]  # None: exit code 0
RunOn = Callable[[argparse.Namespace, Corpus], None]


def on_corpus(run: RunOn) -> Run:
    """A command that needs sound data."""
    return lambda options: run(options, loaded(options.data))


def run_check(options: argparse.Namespace, corpus: Corpus) -> None:
    warnings = list(corpus.warnings)
    sys.stdout.write(FORMATS[options.format](warnings))
    if options.format == "text":
        sys.stdout.write(f"{summary(warnings, len(corpus.studies))}\n")


def run_build(options: argparse.Namespace, corpus: Corpus) -> None:
    from gen import disk

    disk.write(corpus, options.to)


def run_version(options: argparse.Namespace, corpus: Corpus) -> None:
    before, newest = [None, *corpus.releases][-2:]
    named = before if options.before else newest
    sys.stdout.write(f"{named.version}\n" if named else "")


def run_permalinks(options: argparse.Namespace, corpus: Corpus) -> None:
    from gen import site
    from gen.permalinks import resolve as permalinks

    new = site.unrecorded(corpus, Path("docs"))
    if options.record:
        file = options.data / "permalinks.csv"
        file.write_text(permalinks.recorded(corpus, new), encoding="utf-8", newline="")
    verb = "recorded" if options.record else "not recorded yet (--record does it, for a release)"
    sys.stdout.write(f"{len(corpus.permalinks)} addresses are kept, {len(new)} new: {verb}\n")


def run_changes(options: argparse.Namespace, corpus: Corpus) -> None:
    from gen.releases import changes

    lines = changes.compare(corpus, options.data, options.since)
    sys.stdout.write(changes.report(lines))
    if options.record:
        text = changes.recorded(options.data, lines, corpus.release.version)
        (options.data / changes.FILE).write_text(text, encoding="utf-8", newline="")


def run_report(options: argparse.Namespace) -> int:
    from gen.releases import report

    made = report.report(
        options.base, options.head or str(options.data), options.data, any_size=options.allow_size
    )
    if options.summary:
        with options.summary.open("a", encoding="utf-8") as file:
            file.write(made.text)
        sys.stdout.write(FORMATS["github"]([*made.problems, *made.sudden]))
    else:
        sys.stdout.write(made.text)
    return made.exit_code


def run_fmt(options: argparse.Namespace) -> int:
    from gen import cache
    from gen.contribute import tidy

    found = tidy.tidied(options.data)
    for file, text in found.items():
        if not options.check:
            cache.write(file, text.encode())
        sys.stdout.write(f"{file.as_posix()}: {'not in form' if options.check else 'mended'}\n")
    sys.stdout.write("" if found else "Every file is in form.\n")
    return int(options.check and bool(found))


def run_add(options: argparse.Namespace) -> None:
    from gen.contribute import lines, written
    from gen.watch import add

    draft = add.draft(client(options), options.data, options.identifier)
    for change in draft.changes:
        where = f"{options.data.as_posix()}/{change.table}.csv"
        verb = f"in place of {change.of}" if change.of else "a new line"
        sys.stdout.write(f"{where}: {verb}\n{change.line}")
        if options.write:
            rows = lines.placed(written.rows(options.data, change.table), change)
            written.put(options.data, change.table, rows)
    sys.stdout.write(f"To be filled in: {', '.join(add.missing(draft))}\n")
    others = [
        problem for problem in draft.problems if not problem.message.startswith("is required")
    ]
    sys.stdout.write(FORMATS["text"](others))


def run_issue_forms(options: argparse.Namespace, corpus: Corpus) -> None:
    from gen import cache
    from gen.contribute import issue_forms

    for path, text in issue_forms.written(corpus).items():
        cache.write(options.to / path, text.encode())


def run_from_issue(options: argparse.Namespace) -> int:
    from gen.contribute import issues

    proposal = issues.read(options.file, options.data, loaded(options.data))
    sys.stdout.writelines(issues.printed(proposal, options.data))
    sys.stdout.write(FORMATS["text"](list(proposal.problems)))
    refused = any(problem.is_error for problem in proposal.problems)
    sys.stdout.write(f"A {proposal.kind}: {'refused' if refused else 'accepted'}\n")
    return int(refused)


def run_search(options: argparse.Namespace, corpus: Corpus) -> None:
    from gen.watch import prisma, search

    counts = search.run(client(options), options.data, corpus, options.until)
    sys.stdout.write(prisma.text(counts))
    if options.summary:
        with options.summary.open("a", encoding="utf-8") as file:
            file.write(prisma.markdown(counts))


def run_screen(options: argparse.Namespace, corpus: Corpus) -> None:
    from gen.contribute import screening

    if options.decide:
        id_, decision = options.decide
        screening.decide(options.data, corpus, id_, decision, options.reason)
        sys.stdout.write(f"{id_}: {decision}\n")
        return
    found = screening.ranked(corpus)
    for record, score in found[: options.most]:
        year = f" ({record.year})" if record.year else ""
        sys.stdout.write(f"{record.id} {score:+.1f} {record.title}{year} {record.url or ''}\n")
    quality = screening.quality(screening.decided(corpus))
    told = "" if quality is None else f"; past decisions are ordered with an AUROC of {quality:.2f}"
    sys.stdout.write(f"{len(found)} records are undecided{told}\n")
    if found:
        sys.stdout.write("Above 0, the title speaks for it. Next: --decide ID DECISION\n")


def run_watch(options: argparse.Namespace) -> int:
    from gen.watch import watch
    from gen.watch.client import Unanswered

    outcome = watch.run(client(options), loaded(options.data), options.minutes)
    text = watch.markdown(outcome)
    sys.stdout.write(text)
    if options.summary:
        with options.summary.open("a", encoding="utf-8") as file:
            file.write(text)
    return Unanswered.exit_code if outcome.faults else 0


def client(options: argparse.Namespace) -> Client:
    """Who asks, as the options say."""
    from gen.watch.client import Client, Manners

    contact = options.contact or os.environ.get("REVIEW_CONTACT", "")
    return Client(Manners(contact=contact or Manners().contact, through=options.through))


def run_archive(options: argparse.Namespace, corpus: Corpus) -> None:
    from gen.releases import assemble

    for file in assemble.archive(options.site, options.data, corpus, options.to):
        sys.stdout.write(f"{file}\n")


def run_assemble(options: argparse.Namespace, corpus: Corpus) -> None:
    from gen.releases import assemble

    for line in assemble.assemble(options.site, options.assets, corpus):
        sys.stdout.write(f"{line}\n")


def parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="python -m gen", description=__doc__)
    commands = parser.add_subparsers(required=True)

    def add(
        name: str, run: RunOn | None, about: str, description: str = ""
    ) -> argparse.ArgumentParser:
        command = commands.add_parser(name, help=about, description=description or None)
        if run:
            command.set_defaults(run=on_corpus(run))
        command.add_argument("--data", type=Path, default=Path("data"), help="default: data")
        return command

    check = add(
        "check",
        run_check,
        "check the data",
        "Exit 0: clean, or warnings only. 1: problems, all listed. 2: a file cannot be read.",
    )
    check.add_argument("--format", choices=FORMATS, default="text", help="default: text")
    build = add("build", run_build, "write the site's sources to a folder")
    version = add("version", run_version, "name the newest version")
    version.add_argument(
        "--before", action="store_true", help="the one before it; nothing where it is the first"
    )
    permalinks = add(
        "permalinks",
        run_permalinks,
        "list published addresses that do not resolve, and count those not recorded yet",
        "Exit 0: every recorded address resolves. 1: some do not, all listed.",
    )
    permalinks.add_argument(
        "--record", action="store_true", help="add the new ones to permalinks.csv, for a release"
    )
    changes = add("changes", run_changes, "compare the data with the version before")
    changes.add_argument("--since", type=Path, help="data folder of the version before")
    changes.add_argument("--record", action="store_true", help="write data/changes.csv")
    report = add(
        "report",
        None,
        "say in Markdown what a change does to the data",
        "Exit 0: sound. 1: problems, or a sudden change of size. 2: a file cannot be read.",
    )
    report.set_defaults(run=run_report)
    report.add_argument("base", help="what was before: a data folder, or a git revision")
    report.add_argument("head", nargs="?", help="what is proposed; default: the folder of --data")
    report.add_argument("--allow-size", action="store_true", help="let a sudden change pass")
    report.add_argument(
        "--summary",
        type=Path,
        help="append it to this file, and print the problems as annotations for GitHub",
    )
    form = add(
        "fmt",
        None,
        "mend what has one right form, and no value",
        "Byte-order marks, line ends, accents apart, spaces, the order of columns and lines.",
    )
    form.set_defaults(run=run_fmt)
    form.add_argument("--check", action="store_true", help="only say what is not; exit 1 then")
    draft = add(
        "add",
        None,
        "draft the row of a study from its arXiv id or DOI",
        "Exit 0: the row, joined with a waiting record. 1: the work is here, or was excluded. "
        "3: a server failed; run it again.",
    )
    draft.set_defaults(run=run_add)
    draft.add_argument("identifier", help="an arXiv id, a DOI, or the address of either")
    draft.add_argument(
        "--write", action="store_true", help="put it into the tables, to be filled in"
    )
    _add_issues(add)
    search = add(
        "search",
        run_search,
        "ask the databases of search.toml what is new since the last search",
        "New records are added undecided. Exit 3: a server failed; run it again, it goes on.",
    )
    yesterday = datetime.now(UTC).date() - timedelta(days=1)
    search.add_argument("--until", type=day, default=yesterday, help="last day; default: yesterday")
    screen = add(
        "screen",
        run_screen,
        "list undecided records, likeliest in scope first, or decide",
        "A line a record: id, how much its title is like those that were in scope, title, address. "
        "Exit 1: no such record or decision, and nothing was written.",
    )
    screen.add_argument("--most", type=int, default=50, help="how many to list; default: 50")
    screen.add_argument(
        "--decide",
        nargs=2,
        metavar=("ID", "DECISION"),
        help="include, deferred or exclude a record",
    )
    screen.add_argument("--reason", default="", help="why it is excluded: a term of `reason`")
    watch = add(
        "watch",
        None,
        "ask what became of the studies: published, retracted, moved, gone",
        "Proposes changes and makes none. Exit 3: a server failed; the next run goes on.",
    )
    watch.set_defaults(run=run_watch)
    watch.add_argument("--minutes", type=float, default=30, help="when to stop; default: 30")
    for command in (search, watch):
        command.add_argument("--summary", type=Path, help="append Markdown to this file")
    for command in (draft, search, watch):
        command.add_argument(
            "--contact", default="", help="your address for those who are asked; or $REVIEW_CONTACT"
        )
        command.add_argument("--through", default="", help=argparse.SUPPRESS)  # for rehearsals
    archive = add("archive", run_archive, "pack the built site and the data of a version")
    assemble = add("assemble", run_assemble, "put the archived versions into the site")
    assemble.add_argument("--assets", type=Path, required=True, help="folder of the archives")
    for command in (build, archive):
        command.add_argument(
            "--to", type=Path, required=True, help="folder to write, made if missing"
        )
    for command in (archive, assemble):
        command.add_argument("--site", type=Path, default=Path("site"), help="default: site")
    return parser


def _add_issues(add: Callable[..., argparse.ArgumentParser]) -> None:
    """The commands of issues."""
    templates = add("issue-forms", run_issue_forms, "write the forms of issues from the columns")
    templates.add_argument("--to", type=Path, default=Path(), help="the checkout; default: here")
    issue = add(
        "from-issue",
        None,
        "turn the text of an issue into checked lines",
        "Exit 0: lines, or a suggestion, to take over. 1: problems. 2: a file cannot be read.",
    )
    issue.set_defaults(run=run_from_issue)
    issue.add_argument("file", type=Path, help="the text of the issue, in Markdown")


def main(arguments: list[str] | None = None) -> int:
    options = parser().parse_args(arguments)
    if isinstance(sys.stdout, io.TextIOWrapper):  # data is UTF-8, whatever the terminal's locale
        sys.stdout.reconfigure(encoding="utf-8", errors="backslashreplace")
    try:
        code = answered(options)
        sys.stdout.flush()
    except BrokenPipeError:  # as by `| head`: whoever read has enough
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return 1
    return code


def answered(options: argparse.Namespace) -> int:
    """Run a command, and say what is wrong with the data where it cannot run; the exit code."""
    try:
        return options.run(options) or 0
    except DataError as error:
        form = getattr(options, "format", "text")
        sys.stdout.write(FORMATS[form](error.problems))
        if form == "text":
            sys.stdout.write(f"{error.summary}\n")
        return error.exit_code


def day(text: str) -> Date:
    """The last day of a search, one that is over."""
    yesterday = datetime.now(UTC).date() - timedelta(days=1)
    with suppress(ValueError):
        if (found := Date.fromisoformat(text)) <= yesterday:
            return found
    what = f"{text!r} must be a day such as 2026-11-30, {yesterday} at the latest"
    raise argparse.ArgumentTypeError(what)


def loaded(data: Path) -> Corpus:
    gc.disable()  # loading drops nothing: looking for garbage would be a seventh of the time
    try:
        return load.load(data)
    finally:
        gc.enable()


if __name__ == "__main__":
    sys.exit(main())
