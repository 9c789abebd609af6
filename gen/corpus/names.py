"""What a cell says of one author: a person as `Family, Given`, or an organisation."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache
from typing import Final

from gen.corpus.characters import folded

SUFFIX: Final = re.compile(r"(?:Jr|Sr)\.?|II|III|IV")


@dataclass(frozen=True, slots=True)
class Name:
    """An author. An organisation, or a person of one name, has nothing but `family`."""

    family: str
    given: str = ""
    particle: str = ""  # van der
    suffix: str = ""  # Jr., III

    @property
    def is_whole(self) -> bool:
        """Whether the name has no parts: no program may take it apart or turn it round."""
        return not self.given

    @property
    def last(self) -> str:
        """By what a citation names the author: van der Laak."""
        return f"{self.particle} {self.family}".strip()

    @property
    def text(self) -> str:
        """As pages show it: Jeroen van der Laak."""
        return " ".join(filter(None, (self.given, self.particle, self.family, self.suffix)))

    @property
    def cited(self) -> str:
        """As a cell holds it: van der Laak, Jeroen."""
        return ", ".join(filter(None, (self.last, self.given, self.suffix)))

    @property
    def slug(self) -> str:
        """Lower-case ASCII letters and digits joined by hyphens: van-der-laak-jeroen."""
        return _slug(self.cited)


@cache  # many wrote several studies, and a study is on many pages
def name(cited: str) -> Name:
    """Read `Family, Given` or `Family, Given, Suffix`; without a comma it is an organisation.

    Lower-case words before the family name are its particle (`van der Laak, Jeroen`).
    """
    last, *parts = (part.strip() for part in cited.split(","))
    if not last or not parts or not parts[0]:
        return Name(cited)
    words = last.split()
    start = next((at for at, word in enumerate(words) if not word.islower()), len(words) - 1)
    particle, family = " ".join(words[:start]), " ".join(words[start:])
    return Name(family, parts[0], particle, ", ".join(parts[1:]))


@cache
def _slug(text: str) -> str:
    """A letter that ASCII has nothing for is a number."""
    return "-".join(
        "".join(c if c.isascii() else f"{ord(c):x}" for c in word)
        for word in re.findall(r"[^\W_]+", folded(text))
    )
