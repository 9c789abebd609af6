"""The index of authors: a page a letter, and a place for each author of several studies."""

from __future__ import annotations

import string
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from typing import Final

from gen.corpus.names import Name, name
from gen.corpus.tables import Study
from gen.pages.view import File, View

MIN_STUDIES: Final = 2  # whom the index names
OTHER: Final = "other"  # the page of names that begin with no letter of ASCII
# Every page is there whoever is on it, so that an author who joins or leaves moves no address.
PAGES: Final = (*string.ascii_lowercase, OTHER)


@dataclass(frozen=True, slots=True)
class Author:
    """Who wrote several studies, newest first."""

    name: Name
    studies: list[Study] = field(default_factory=list)

    @property
    def anchor(self) -> str:
        """Its place: two spellings that differ by an accent alone cannot pass the checker."""
        return self.name.slug

    @property
    def page(self) -> str:
        return self.anchor[0] if self.anchor[0] in string.ascii_lowercase else OTHER

    @property
    def path(self) -> str:
        return f"authors/{self.page}.md#{self.anchor}"


def index(studies: Sequence[Study]) -> dict[str, Author]:
    """The authors of several studies (oldest first) by how they are cited, in their order.

    Without those whose name has neither a letter nor a digit to be found by.
    """
    found: dict[str, Author] = {}
    for study in reversed(studies):
        for cited in dict.fromkeys(study.authors):
            found.setdefault(cited, Author(name(cited))).studies.append(study)
    several = [i for i in found.items() if i[1].anchor and len(i[1].studies) >= MIN_STUDIES]
    return dict(sorted(several, key=lambda item: item[1].anchor))


def linked(study: Study, authors: dict[str, Author]) -> list[tuple[str, str]]:
    """The authors of a study, each with the path of its place in the index or ""."""
    return [
        (name(cited).text, authors[cited].path if cited in authors else "")
        for cited in study.authors
    ]


def author_pages(view: View) -> Iterator[File]:
    studies = view.corpus.studies
    authors = list(index(studies).values())
    by_page = {page: [each for each in authors if each.page == page] for page in PAGES}
    yield (
        "authors/index.md",
        view.page(
            "pages/authors.md.jinja",
            "authors/index.md",
            authors=len(authors),
            everyone=len({cited for study in studies for cited in study.authors}),
            pages=[(page, title(page), len(own)) for page, own in by_page.items() if own],
        ),
    )
    filled = [page for page, own in by_page.items() if own]
    for place, (page, own) in enumerate(by_page.items()):
        path = f"authors/{page}.md"
        values = {
            "letter": title(page),
            "authors": own,
            "before": next((each for each in reversed(PAGES[:place]) if each in filled), ""),
            "after": next((each for each in PAGES[place + 1 :] if each in filled), ""),
        }
        yield path, view.page("pages/authors-letter.md.jinja", path, title=title, **values)


def title(page: str) -> str:
    """What a page of the index is called."""
    return "other signs" if page == OTHER else page.upper()
