"""The rules of evidence: which pages may stand for a fact."""

from __future__ import annotations

import re
from collections.abc import Iterator

from gen.corpus.identifiers import ARXIV, URL
from gen.corpus.rules.lines import Tables
from gen.corpus.settings import Refused
from gen.problems import Problem

TABLES = ("studies", "datasets", "results")


def first_hand(tables: Tables) -> Iterator[Problem]:
    """No evidence is a digest, a copy of another page or a way to one: the sites that hosts.toml refuses."""  # noqa: E501 - the codebook page shows it as one sentence
    for line in (line for name in TABLES for line in tables.lines[name]):
        for address in line.values("evidence"):
            refused = tables.hosts.at(address) if URL.fullmatch(address) else None
            if isinstance(refused, Refused):
                work = re.search(rf"(?<![0-9.]){ARXIV.pattern}(?![0-9])", address, re.ASCII)
                fix = f"https://arxiv.org/abs/{work[0]}" if work else ""
                what = f"is {refused.what}; {refused.instead}"
                yield line.problem("evidence", what, value=address, fix=fix)


def kinds(tables: Tables) -> Iterator[Problem]:
    """A place stands once in hosts.toml, in lower case and without `https://`, and `others` is a kind."""  # noqa: E501 - the codebook page shows it as one sentence
    file, hosts = f"{tables.folder}/hosts.toml", tables.hosts
    if hosts.others not in hosts.kinds:
        what = f"must be one of {', '.join(hosts.kinds)}"
        yield Problem(file=file, column="others", value=hosts.others, message=what)
    seen = set()
    places = [place for kind in hosts.kinds.values() for place in kind.places]
    for place in (*places, *(place for each in hosts.refused for place in each.places)):
        if not URL.fullmatch(f"https://{place}") or place != place.lower():
            what = "must be a host, or a host and the beginning of a path, in lower case"
            yield Problem(file=file, value=place, message=what)
        elif place in seen:
            yield Problem(file=file, value=place, message="stands twice; keep one of them")
        seen.add(place)
