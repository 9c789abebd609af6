"""Looks at a published site: whether latest pages, versions and the links between them open.

`python -m tests.smoke ADDRESS`, with the standard library alone. publish.yml runs it after each
deployment and the rehearsal on its own server. Exit 0: all open. 1: some do not, all listed.
"""

from __future__ import annotations

import argparse
import csv
import json
import re
import sys
import time
import tomllib
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from urllib.error import HTTPError, URLError
from urllib.parse import urljoin
from urllib.request import urlopen

HREF = re.compile(r'<a [^>]*?href="([^"#?]+)[^"]*"')
BANNER = re.compile(r'<aside class="lsr-old".*?href="([^"]+)"', re.DOTALL)
MOST = 60  # links of a page that are followed


@dataclass
class Look:
    """A look at a site; `problems` says what did not open."""

    address: str  # with a slash at its end
    data: Path
    tries: int = 1  # a new deployment reaches all servers of a host within a minute or so
    pause: float = 20  # seconds
    problems: list[str] = field(default_factory=list)
    opened: dict[str, str] = field(default_factory=dict)  # address -> text; "" where it fails

    def open(self, path: str, linked: str = "") -> str:
        """The text at an address of the site; a problem where there is none."""
        url = urljoin(self.address, path)
        if url in self.opened:
            return self.opened[url]
        self.opened[url] = ""
        for left in reversed(range(self.tries)):
            try:
                with urlopen(url, timeout=30) as answer:  # noqa: S310 - of the caller's choice
                    self.opened[url] = answer.read().decode(errors="replace")
                break
            except (HTTPError, URLError, TimeoutError) as error:
                if left:
                    time.sleep(self.pause)
                else:
                    where = f" (linked from {linked})" if linked else ""
                    self.problems.append(f"{url}: {error}{where}")
        return self.opened[url]

    def follow(self, path: str, own: str) -> None:
        """Open a page and what it links to on this site; `own` is the site's name for itself."""
        base = urljoin(self.address, path)
        text = self.open(path)
        links = dict.fromkeys(link.replace(own, self.address, 1) for link in HREF.findall(text))
        ours = [url for url in (urljoin(base, link) for link in links) if self.is_ours(url)]
        for url in ours[:MOST]:
            self.open(url, base)

    def is_ours(self, url: str) -> bool:
        return url.startswith(self.address)

    def everything(self, pages: int) -> None:
        """The latest pages, each version, and of the recorded pages so many, evenly chosen."""
        with (self.data / "releases.toml").open("rb") as file:
            versions = [release["version"] for release in tomllib.load(file)["releases"]]
        with (self.data / "review.toml").open("rb") as file:
            own = tomllib.load(file)["site"].rstrip("/") + "/"
        self.newest(versions[-1])
        for path in ("", "studies/", "about/versions/", *(f"v/{each}/" for each in versions)):
            self.follow(path, own)
        for version in versions:
            self.banner(f"v/{version}/")
            self.banner(f"v/{version}/studies/")
            if "releases/download" not in self.open(f"v/{version}/archive.html"):
                self.problems.append(f"v/{version}/archive.html: does not name the archive")
        for page, since in evenly([*self.recorded()], pages):
            self.open(page)
            self.open(f"v/{since}/{page}")

    def newest(self, version: str) -> None:
        try:
            found = json.loads(self.open("status.json"))["version"]
        except (ValueError, LookupError, TypeError):
            found = "none"
        if found != version:
            self.problems.append(f"status.json: the version is {found}, not {version}")

    def banner(self, path: str) -> None:
        """A page of an old version leads to the latest one, which is no old version."""
        link = BANNER.search(self.open(path))
        today = urljoin(urljoin(self.address, path), link[1]) if link else ""
        if not self.is_ours(today) or "lsr-old" in self.open(today, path):
            self.problems.append(f"{path}: its banner does not lead to the latest pages")

    def recorded(self) -> Iterator[tuple[str, str]]:
        """The pages of permalinks.csv without their first slash, and their first version."""
        with (self.data / "permalinks.csv").open(encoding="utf-8", newline="") as file:
            for row in csv.DictReader(file):
                if not row["anchor"]:
                    yield row["page"].removeprefix("/"), row["since"]


def evenly(every: list[tuple[str, str]], number: int) -> list[tuple[str, str]]:
    return every[:: max(1, -(-len(every) // number))] if number else every


def main(arguments: list[str] | None = None) -> int:
    parser = argparse.ArgumentParser(prog="python -m tests.smoke", description=__doc__)
    parser.add_argument("address")
    parser.add_argument("--data", type=Path, default=Path("data"), help="default: data")
    parser.add_argument("--pages", type=int, default=100, help="recorded pages; 0: all")
    parser.add_argument("--tries", type=int, default=1, help="for each address")
    options = parser.parse_args(arguments)
    look = Look(options.address.rstrip("/") + "/", options.data, options.tries)
    look.everything(options.pages)
    sys.stdout.write("".join(f"{problem}\n" for problem in look.problems))
    sys.stdout.write(f"{len(look.opened)} addresses, {len(look.problems)} problems\n")
    return int(bool(look.problems))


if __name__ == "__main__":
    sys.exit(main())
