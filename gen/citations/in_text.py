"""Citations in the text of a page: author and year as links, and the list of what was cited."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass, field

from gen.citations.entry import NO_DATE, Entry, sentence, study_entry
from gen.corpus.corpus import Corpus
from gen.corpus.names import Name
from gen.corpus.settings import Reference
from gen.problems import unknown
from gen.text import placeholder
from gen.text.render import md, url

MAX_NAMED = 2  # authors whom a citation names; of more only the first, with "et al."


@dataclass(frozen=True, slots=True)
class Work:
    """What can be cited: a study, the paper of a base model, other literature."""

    entry: Entry
    page: str  # its page in this review, "" for other literature
    about: str  # what a reader sees who points at the citation

    @property
    def label(self) -> str:
        families = [author.last for author in self.entry.authors]
        if self.entry.more or len(families) > MAX_NAMED:
            return f"{families[0]} et al."
        return " and ".join(families)

    @property
    def year(self) -> str:
        return self.entry.year


def works(corpus: Corpus) -> dict[str, Work]:
    """Everything that a page may cite, by its key."""
    pages = {base.id: base.path for base in corpus.base_models}
    literature = {
        key: Work(_entry(each), pages.get(key, ""), each.title)
        for key, each in corpus.references.items()
    }
    return literature | {
        study.id: Work(
            study_entry(study), study.path, f"{corpus.labels[study.id]}: {study.summary}"
        )
        for study in corpus.studies
    }


def _entry(reference: Reference) -> Entry:
    return Entry(
        key=reference.key,
        kind="article",
        title=reference.title,
        authors=tuple(Name(family, given) for given, family in reference.authors),
        more=reference.more,
        date=str(reference.year),
        url=reference.link,
        container=reference.venue,
    )


@dataclass(frozen=True, slots=True)
class Citations:
    """The citations of one page."""

    works: Mapping[str, Work]
    cited: dict[str, None] = field(default_factory=dict)  # in the order of the page

    def cite(self, text: str) -> str:
        """Note what `key; key, p. 3` cites.

        Raises ValueError for an unknown key.
        """
        for part in text.split(";"):
            key = part.partition(",")[0].strip().removeprefix("@")
            if key not in self.works:
                raise ValueError(unknown(key, "a study or a key of references.bib", self.works))
            self.cited[key] = None
        return placeholder.mark("work", text)

    def written(self, text: str) -> str:
        """Return the page with its citations written out and its references at the end."""
        if not self.cited:
            return text
        years = self._years()

        def link(part: str) -> str:
            key, _, place = part.strip().removeprefix("@").partition(",")
            work = self.works[key.strip()]
            target = f"/{work.page}" if work.page else f"#lsr-ref-{work.entry.key}"
            label = f"{md(work.label)} {years[work.entry.key]}"
            return f'[{label}]({target} "{md(work.about)}")' + (
                f", {md(place.strip())}" * bool(place)
            )

        def links(cited: str) -> str:
            return f"({'; '.join(map(link, cited.split(';')))})"

        return f"{placeholder.fill('work', text, links).rstrip()}\n\n{self._references(years)}"

    def _years(self) -> dict[str, str]:
        """The year of each cited work, with a letter where author and year name several."""
        alike = defaultdict(list)
        for key in self.cited:
            alike[self.works[key].label, self.works[key].year].append(key)
        years = {}
        for (_, year), keys in alike.items():
            keys.sort(key=lambda key: (self.works[key].entry.title.lower(), key))
            mark = "-" if year == NO_DATE else ""
            for place, key in enumerate(keys):
                years[key] = f"{year}{mark}{chr(ord('a') + place)}" if len(keys) > 1 else year
        return years

    def _references(self, years: Mapping[str, str]) -> str:
        order = sorted(self.cited, key=lambda key: (self.works[key].label.lower(), years[key], key))
        entries = [_listed(self.works[key], years[key]) for key in order]
        return (
            "## References {#references}\n\n"
            '<div class="lsr-references" markdown>\n\n'
            f"{''.join(entries)}\n</div>\n"
        )


def _listed(work: Work, year: str) -> str:
    """A line of the list of references."""
    entry = work.entry
    link = f"/{work.page}" if work.page else url(entry.url)
    address = f" <{url(entry.url)}>" if work.page and entry.url else ""
    place = f'<span id="lsr-ref-{entry.key}"></span>'
    return f"- {place}{sentence(entry, year=year, escape=md, link=link)}{address}\n"
