"""What a search brought, in the numbers of the flow of records: as text, for a pull request."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from gen.text.format import number
from gen.text.render import md
from gen.watch.search import Counts

MOST: Final = 200  # titles of a pull request: GitHub takes 65,536 characters


def text(counts: Sequence[Counts]) -> str:
    lines = [
        f"{each.search.source}, {each.search.since} to {each.search.until}: {number(each.found)} "
        f"found, {number(each.known)} known before, {number(each.twice)} found twice, "
        f"{number(len(each.new))} new"
        for each in counts
    ]
    new = sum(len(each.new) for each in counts)
    lines.append(f"{number(new)} records wait to be screened: python -m gen screen")
    return "".join(f"{line}\n" for line in lines)


def markdown(counts: Sequence[Counts]) -> str:
    """The same as a table, with the questions as they were asked and the titles of new records."""
    total = [sum(column) for column in zip(*map(_numbers, counts), strict=True)] or [0] * 4
    rows = [
        "| Database | Searched | Found | Known before | Found twice | New |",
        "| --- | --- | ---: | ---: | ---: | ---: |",
        *(
            _row(each.search.source, f"{each.search.since} to {each.search.until}", _numbers(each))
            for each in counts
        ),
        _row("**All**", "", total),
    ]
    titles = [title for each in counts for title in each.new]
    more = f"\n- and {number(len(titles) - MOST)} more" if len(titles) > MOST else ""
    asked = "".join(f"- {each.search.source}: `{each.search.query}`\n" for each in counts)
    return (
        "## Search\n\n"
        + "\n".join(rows)
        + f"\n\n{number(total[0])} entries identified − {number(total[1] + total[2])} duplicates = "
        f"{number(total[3])} records to be screened.\n\n### Asked\n\n{asked}\n### New records\n\n"
        + ("\n".join(f"- {quoted(title)}" for title in titles[:MOST]) or "None.")
        + f"{more}\n"
    )


def _numbers(each: Counts) -> list[int]:
    return [each.found, each.known, each.twice, len(each.new)]


def _row(name: str, days: str, numbers: Sequence[int]) -> str:
    return f"| {' | '.join((name, days, *map(number, numbers)))} |"


def quoted(text: str) -> str:
    """A stranger's text for GitHub: it formats nothing, links nothing and calls nobody."""
    return md(text).replace("@", "&#64;").replace("://", "&#58;//")
