"""Citations in the text of a page: author and year as links, and the list of what was cited."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass, field

from gen.conditions import unknown
from gen.export import split_name
from gen.model import Corpus, Reference, Study
from gen.render import md, url

# What stands in a page for a citation until all that it cites are known. No text from data can be
# one: it is escaped.
MARK = re.compile(r"<!--cite (.*?)-->")
NAMED = 6  # authors that a list of references names before "et al."
BY_NAME = 2  # authors that a citation names before "et al."


@dataclass(frozen=True, slots=True)
class Work:
    """What can be cited: a study, the paper of a base model, other literature."""

    key: str
    authors: tuple[tuple[str, str], ...]  # (given names, family name)
    year: int
    title: str
    venue: str
    link: str
    page: str  # its page in this review, "" for other literature
    about: str  # what a reader sees who points at the citation

    @property
    def label(self) -> str:
        families = [family for _, family in self.authors]
        if len(families) > BY_NAME:
            return f"{families[0]} et al."
        return " and ".join(families)


def works(corpus: Corpus) -> dict[str, Work]:
    """Everything that a page may cite, by its key."""
    pages = {base.id: base.path for base in corpus.base_models}
    found = {key: _of_reference(each, pages) for key, each in corpus.references.items()}
    return found | {study.id: _of_study(study) for study in corpus.studies}


def _of_study(study: Study) -> Work:
    return Work(
        key=study.id,
        authors=tuple(map(split_name, study.authors)),
        year=study.year,
        title=study.title,
        venue=study.venue or "",
        link=study.link,
        page=study.path,
        about=f"{study.name}: {study.summary}",
    )


def _of_reference(reference: Reference, pages: Mapping[str, str]) -> Work:
    return Work(
        key=reference.key,
        authors=reference.authors,
        year=reference.year,
        title=reference.title,
        venue=reference.venue,
        link=reference.link,
        page=pages.get(reference.key, ""),
        about=reference.title,
    )


@dataclass(frozen=True, slots=True)
class Citations:
    """The citations of one page."""

    works: Mapping[str, Work]
    cited: dict[str, None] = field(default_factory=dict)  # in the order of the page

    def cite(self, text: str) -> str:
        """Note what `key; key, p. 3` cites; raise ValueError for an unknown key."""
        for part in text.split(";"):
            key = part.partition(",")[0].strip().removeprefix("@")
            if key not in self.works:
                raise ValueError(unknown(key, "a study or a key of references.bib", self.works))
            self.cited[key] = None
        return f"<!--cite {text}-->"

    def written(self, text: str) -> str:
        """Return the page with its citations written out and its references at the end."""
        if not self.cited:
            return text
        years = self._years()

        def link(part: str) -> str:
            key, _, place = part.strip().removeprefix("@").partition(",")
            work = self.works[key.strip()]
            target = f"/{work.page}" if work.page else f"#lsr-ref-{work.key}"
            label = f"{md(work.label)} {years[work.key]}"
            return f'[{label}]({target} "{md(work.about)}")' + (
                f", {md(place.strip())}" * bool(place)
            )

        def links(mark: re.Match[str]) -> str:
            return f"({'; '.join(map(link, mark[1].split(';')))})"

        return f"{MARK.sub(links, text).rstrip()}\n\n{self._references(years)}"

    def _years(self) -> dict[str, str]:
        """The year of each cited work, with a letter where author and year name several."""
        alike = defaultdict(list)
        for key in self.cited:
            alike[self.works[key].label, self.works[key].year].append(key)
        found = {}
        for (_, year), keys in alike.items():
            keys.sort(key=lambda key: (self.works[key].title.lower(), key))
            for place, key in enumerate(keys):
                found[key] = f"{year}{chr(ord('a') + place) if len(keys) > 1 else ''}"
        return found

    def _references(self, years: Mapping[str, str]) -> str:
        order = sorted(self.cited, key=lambda key: (self.works[key].label.lower(), years[key], key))
        entries = [_entry(self.works[key], years[key]) for key in order]
        return (
            "## References {#references data-search-exclude}\n\n"
            '<div class="lsr-references" data-search-exclude markdown>\n\n'
            f"{''.join(entries)}\n</div>\n"
        )


def _entry(work: Work, year: str) -> str:
    """A line of the list of references."""
    names = [f"{given} {family}".strip() for given, family in work.authors]
    authors = ", ".join(names[:NAMED]) + (" et al." if len(names) > NAMED else "")
    target = f"/{work.page}" if work.page else url(work.link)
    title = f"[{md(work.title)}]({target})" if target else md(work.title)
    stop = "" if work.title.endswith((".", "?", "!")) else "."
    venue = f" {md(work.venue)}." if work.venue else ""
    address = f" <{url(work.link)}>" if work.page and work.link else ""
    target = f'<span id="lsr-ref-{work.key}"></span>'
    return f"- {target}{md(authors)} ({year}). {title}{stop}{venue}{address}\n"
