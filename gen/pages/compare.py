"""The page that sets studies side by side. A script does; here is what it offers to begin with."""

from __future__ import annotations

from typing import Final

from gen.analysis.links import Links
from gen.corpus.tables import Study
from gen.pages.view import View

PATH: Final = "compare.md"
EXAMPLES: Final = 3
EACH: Final = 3  # studies of an example


def compare(view: View) -> str:
    bases = {base.id: base.name for base in view.corpus.base_models}
    return view.page("pages/compare.md.jinja", PATH, examples=examples(view.links, bases))


def examples(links: Links, bases: dict[str, str]) -> list[tuple[str, list[Study]]]:
    """Of the base models on which most build: its name, and its foundation models most built on.

    Each study is in one example; a base model with too few of them is passed over.
    """

    def followed(id_: str) -> int:
        return len(links.children.get(id_, ()))

    found: list[tuple[str, list[Study]]] = []
    taken: set[str] = set()
    for base in sorted(bases, key=lambda id_: (-followed(id_), id_)):
        children = [
            study
            for study in links.counted(links.children.get(base, ()))
            if study.contribution == "foundation-model" and study.id not in taken
        ]
        chosen = sorted(children, key=lambda study: (-followed(study.id), study.id))[:EACH]
        if len(chosen) == EACH and len(found) < EXAMPLES:
            found.append((bases[base], chosen))
            taken |= {study.id for study in chosen}
    return found
