"""What a reader can do with a study: get its weights or code, open its paper, load it."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Final

from gen.corpus.cells import Missing
from gen.corpus.settings import Vocabulary
from gen.corpus.tables import Study
from gen.pages.facts import Taxonomy

# Licences whose labels are words of ours, not names.
WORDS: Final = {"custom", "none"}
# What a licence says of use for profit; where it says nothing there is no more to say.
USE: Final = {
    "allowed": ", commercial use allowed",
    "not allowed": ", no commercial use",
    "unclear": ", commercial use unclear",
}

NAME: Final = r"[A-Za-z0-9][A-Za-z0-9._-]*"
# What is no model on that host, though its address looks like one.
NO_OWNER: Final = r"(?!(?:datasets|spaces|collections|papers|blog|docs|organizations|models)/)"
HUGGING_FACE: Final = re.compile(rf"https://huggingface\.co/{NO_OWNER}({NAME}/{NAME})(?:[/?#].*)?")
GITHUB: Final = re.compile(rf"https://github\.com/({NAME}/{NAME})(?:[/?#].*)?")


@dataclass(frozen=True, slots=True)
class Action:
    """Something that is offered, or, without an address, what is to be said of it instead."""

    label: str  # "Weights"; empty where the words say all
    words: str
    url: str = ""


@dataclass(frozen=True, slots=True)
class Command:
    """How to get a copy of what an address is proved by its form to be."""

    id: str
    what: str
    line: str
    note: str = ""


def actions(study: Study, taxonomy: Taxonomy) -> list[Action]:
    """Weights, code and paper, in the order in which readers ask for them."""
    return [weights(study, taxonomy), code(study, taxonomy["licence"]), paper(study)]


def weights(study: Study, taxonomy: Taxonomy) -> Action:
    if study.weights_access == "none":
        return Action("", "No weights offered")
    if not study.weights_access and not study.weights:
        state = study.missing.get("weights_access", Missing.NOT_CODED)
        return Action("Weights", Missing(study.missing.get("weights", state)).label)
    terms = taxonomy["weights_access"].terms
    access = terms[study.weights_access].label.lower() if study.weights_access else "offered"
    words = " · ".join(filter(None, (access, licence(study.weights_licence, taxonomy["licence"]))))
    return Action("Weights", words, study.weights or "")


def code(study: Study, licences: Vocabulary) -> Action:
    if not study.code:
        return Action("Code", Missing(study.missing.get("code", Missing.NOT_CODED)).label)
    return Action("Code", licence(study.code_licence, licences) or "licence not coded", study.code)


def licence(id_: str | None, licences: Vocabulary) -> str:
    """Its name and what it says of commercial use; empty where none is coded."""
    if not id_:
        return ""
    term = licences.terms[id_]
    use = "" if id_ == "none" else USE.get(term.commercial, "")
    return (term.label.lower() if id_ in WORDS else term.label) + use


def paper(study: Study) -> Action:
    """The version that counts, by where it appeared."""
    if study.is_preprint:
        return Action(
            "Preprint", f"arXiv {study.arxiv}" if study.arxiv else study.venue or "", study.link
        )
    year = (study.published or "")[:4]
    venue = study.venue or ""
    return Action("Paper", venue if year in venue else f"{venue} {year}", study.link)


def commands(study: Study) -> list[Command]:
    """How to get weights and code: only where the address itself says so."""
    found = []
    if (match := HUGGING_FACE.fullmatch(study.weights or "")) and study.weights_access != "none":
        asked = study.weights_access == "gated"
        note = "Access must be asked for on its page first." if asked else ""
        found.append(Command("weights", "Weights", f"hf download {match[1]}", note))
    if match := GITHUB.fullmatch(study.code or ""):
        line = f"git clone https://github.com/{match[1].removesuffix('.git')}.git"
        found.append(Command("code", "Code", line))
    return found
