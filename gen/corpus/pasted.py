"""A list of authors that was pasted from elsewhere, and how the cell should read."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Final

from gen.corpus.cells import SEPARATOR
from gen.corpus.names import SUFFIX

# What can be wrong with an author: words that follow the cell.
APART: Final = "must have a semicolon between authors, and each person as `Family, Given`"
ORDER: Final = (
    "must have each person as `Family, Given`; an organisation says so by a word such as Team"
)
OTHERS: Final = "must name no author `et al.`: leave it out"
EMPTY: Final = "must have a family name and given names about the comma"
CAPITALS: Final = "must not have a family name in capitals"
LAST: Final = "must have a suffix such as III last: `Family, Given, III`"
EXTRA: Final = "must have names without titles and marks of affiliations"
TURNED: Final = "must have the family name before the comma"
TWO: Final = "may be two persons; a semicolon is between authors"

_OTHERS: Final = re.compile(
    r"(?:^|[, ]+)(?:and |& )?(?:et\.? al\.?|others|…|\.{3})[. ]*$", re.IGNORECASE
)
_JOINED: Final = re.compile(r",? +(?:and|&|AND) +(?:and |& )?| *\| *| +[/·•] +")
_TITLE: Final = re.compile(r"^(?:(?:Prof|Dr|Mr|Mrs|Ms)\b\.? *)+")
_DEGREE: Final = re.compile(r",? *\b(?:M\.?D|Ph\.?D|M\.?Sc|B\.?Sc|MBBS|FRCR|FRCP)\b\.?(?=,|$)")
_MARK: Final = re.compile(r" *[*†‡§¶]+|(?<=[^\W\d_.])[0-9¹²³⁴-⁹]+(?:,[0-9¹²³⁴-⁹]+)*(?=,|$)")
# Nearly every name, which needs no closer look.
_USUAL: Final = re.compile(r"[A-ZÀ-Þ][a-zß-ÿ-]+, [A-ZÀ-Þ][a-zß-ÿ-]+(?: [A-Z]\.)*")
# Only such a text may be a person's name. Whatever else a cell holds is for other rules.
_PLAIN: Final = re.compile(r"[^\W\d_][\w .,'’&*†‡§¶|/·•-]*")
_WORD: Final = re.compile(r"[^\W\d_][^\W\d_.'’-]*(?:[.'’-]+[^\W\d_]*)*")
_INITIALS: Final = re.compile(r"(?:[^\W\d_]\.[ -]?)+|[A-Z]")
_BARE: Final = re.compile(r"[A-Z]{1,3}")  # initials as in `Alt AB`
_PARTICLE: Final = re.compile(
    r"af|al|bin|d[aeiou]|d[ae]l|das|della|de[nr]|dos|el?|ibn|l[ae]|te[nr]|v[ao]n|y|zu[mr]?"
)
# Before a family name also in capitals: Van Valen, El Nahhas.
_BEFORE: Final = re.compile(
    rf"{_PARTICLE.pattern}|Al|Ben|D[aeiu]|Del|Della|De[nr]|Dos|El|L[ae]|Te[nr]|V[ao]n"
)
# A name with one of these words is no person's.
_ORGANISATION: Final = re.compile(
    r"(?<![^\W\d_])(?:Academy|Agency|AI|Alliance|Association|Authority|Cent(?:er|re)|Challenge|Clinic"
    r"|Collaborat(?:ion|ors)|College|Committee|Community|Company|Consortium|Contributors|Corporation"
    r"|Council|DeepMind|Department|Division|Foundation|GmbH|Google|Group|Health(?:care)?|Hospitals?"
    r"|Inc|Initiative|Institut(?:es?|ion)|Investigators|Lab(?:s|oratory|oratories)?|Limited|LLC|Ltd"
    r"|Mayo|Medical|Medicine|Meta|Microsoft|Ministry|Network|NVIDIA|Office|OpenAI|Organi[sz]ation"
    r"|Partners|Program(?:me)?|Project|Research|School|Services?|Society|Study|Team|Technolog(?:y|ies)"
    r"|Trust|University|Working)(?![^\W\d_])",
    re.IGNORECASE,
)
_JOINED_CAPITALS: Final = re.compile(r"(?<!Fitz)(?<=[a-z]{3})[A-Z]")  # DeepMind, but MacDonald


@dataclass(frozen=True, slots=True)
class Fault:
    """What is wrong with a cell. A doubt is what may be right all the same."""

    message: str
    is_doubt: bool = False


@dataclass(frozen=True, slots=True)
class _Read:
    """One value of a cell: the authors that it means, None where nobody can tell."""

    authors: list[str] | None
    message: str = ""


def faults(cell: str) -> tuple[list[Fault], str]:
    """What is wrong with a cell, and how it should read: "" where that is not clear."""
    values = [value.strip() for value in cell.split(";") if value.strip()]
    read = list(map(_value, values))
    # Whoever wrote the others as we do knows how; then this may be an organisation.
    used = any("," in value for value in values)
    messages = dict.fromkeys(each.message for each in read if each.message)
    found = [Fault(message, is_doubt=message == ORDER and used) for message in messages]
    if not found and len(values) == 1 and _may_be_two(values[0]):
        return [Fault(TWO, is_doubt=True)], _joined(map(_person, values[0].split(",")))
    if any(each.authors is None for each in read):
        return found, ""
    return found, _joined(author for each in read for author in each.authors or ())


def _joined(authors: Iterable[str]) -> str:
    return SEPARATOR.join(authors)


def _value(value: str) -> _Read:
    """One author, or several where the semicolons are missing."""
    if _USUAL.fullmatch(value):
        return _Read([value])
    if not (_PLAIN.fullmatch(value) or value.startswith(",") or _OTHERS.search(value)):
        return _Read([value])
    for mark, message in ((_OTHERS, OTHERS), (_TITLE, EXTRA), (_DEGREE, EXTRA), (_MARK, EXTRA)):
        if not mark.search(value) or (mark is _MARK and not _is_person(mark.sub("", value))):
            continue
        rest = mark.sub("", value).strip()
        return _Read(_value(rest).authors if rest else [], message)
    if _is_organisation(value):
        return _Read([value])
    pieces = _JOINED.split(value)
    if len(pieces) > 1:
        if not all("," in piece for piece in pieces):
            pieces = [part for piece in pieces for part in piece.split(",")]
        return _list([piece.strip() for piece in pieces])
    return _cited(value) if "," in value else _given_first(value)


def _cited(value: str) -> _Read:
    """With commas: `Family, Given`, or a list of authors."""
    parts = [part.strip() for part in value.split(",")]
    if not all(parts):
        filled = [part for part in parts if part]
        return _Read(None if len(filled) < 2 else _value(", ".join(filled)).authors, EMPTY)  # noqa: PLR2004
    match parts:
        case [family, given] if not all(map(_ends_bare, parts)):
            return _pair(family, given)
        case [family, given, suffix] if SUFFIX.fullmatch(suffix):
            return _pair(family, given, suffix)
        case [family, suffix, given] if SUFFIX.fullmatch(suffix):
            return _Read([f"{family}, {given}, {suffix}"], LAST)
    return _listed(parts)


def _listed(parts: list[str]) -> _Read:
    """Several authors between commas: `Ada Example, …`, `Example A, …` or `Example, A., …`."""
    if all(_BARE.fullmatch(part.split()[-1]) for part in parts):
        return _list(parts)
    if all(len(part.split()) > 1 for part in parts) and all(map(_is_person, parts)):
        return _list(parts)
    pairs = list(zip(parts[::2], parts[1::2], strict=False))
    if len(parts) % 2 == 0 and all(_is_person(family) for family, _ in pairs):
        return _list([f"{family}, {given}" for family, given in pairs])
    return _Read(None, APART)


def _ends_bare(part: str) -> bool:
    """Whether it is a name of several words with its initials last, as `Alt AB`."""
    return bool(re.fullmatch(rf".+ {_BARE.pattern}", part))


def _pair(family: str, given: str, suffix: str = "") -> _Read:
    *before, last = family.split()
    *first, end = given.split()
    if not suffix and before and SUFFIX.fullmatch(last):
        return _Read([f"{' '.join(before)}, {given}, {last}"], LAST)
    if not suffix and first and SUFFIX.fullmatch(end):
        return _Read([f"{family}, {' '.join(first)}, {end}"], LAST)
    if _INITIALS.fullmatch(family) and "." in family and not _INITIALS.fullmatch(given):
        return _Read([f"{given}, {family}"], TURNED)
    tail = f", {suffix}" if suffix else ""
    if (tidy := _capitalised(family)) != family:
        return _Read([f"{tidy}, {given}{tail}"], CAPITALS)
    return _Read([f"{family}, {given}{tail}"])


def _capitalised(family: str) -> str:
    """`VAN DER LAAK` as `van der Laak`; a family name that is no word in capitals stays."""
    words = [word for word in family.split() if not _PARTICLE.fullmatch(word)]
    if not all(word.isupper() and len(word) > 1 and "." not in word for word in words):
        return family
    lower = family.lower().split()
    return " ".join(word if _PARTICLE.fullmatch(word) else word.title() for word in lower)


def _list(pieces: list[str]) -> _Read:
    """Several authors; None where one of them can be no person."""
    read = [_value(piece) for piece in pieces]
    if not all(map(_is_person, pieces)) or any(each.authors is None for each in read):
        return _Read(None, APART)
    return _Read([author for each in read for author in each.authors or ()], APART)


def _given_first(value: str) -> _Read:
    words = value.split()
    if len(words) < 2 or not _is_person(value):  # noqa: PLR2004
        return _Read([value])
    return _Read([_person(value)], ORDER)


def _person(value: str) -> str:
    """`Given Family`, or `Family AB`, as it is cited."""
    *words, last = value.split()
    suffix = ""
    if SUFFIX.fullmatch(last) and len(words) > 1:
        suffix, last = f", {last}", words.pop()
    elif _BARE.fullmatch(last) and words:
        return f"{' '.join(words)}, {' '.join(f'{letter}.' for letter in last)}"
    start = len(words)
    while start > 1 and _BEFORE.fullmatch(words[start - 1]):
        start -= 2 if words[start - 1] in {"e", "y"} and start > 2 else 1  # noqa: PLR2004
    family = _capitalised(" ".join([*words[start:], last]))
    return f"{family}, {' '.join(words[:start])}{suffix}" if words[:start] else value


def _is_person(text: str) -> bool:
    """Whether all words could be those of a person's name."""
    words = text.replace(",", " ").split()
    bare = [word.removeprefix("-") for word in words]
    return (
        0 < len(words) <= 7  # noqa: PLR2004
        and not _is_organisation(text)
        and all(_WORD.fullmatch(w) and (w[0].isupper() or _PARTICLE.fullmatch(w)) for w in bare)
    )


def _is_organisation(text: str) -> bool:
    return bool(_JOINED_CAPITALS.search(text) or _ORGANISATION.search(text))


def _may_be_two(value: str) -> bool:
    """Two names of two words each about a comma, as `Ada Example, Ben Sample`."""
    parts = [part.split() for part in value.split(",")]
    return len(parts) == 2 and all(  # noqa: PLR2004
        len(words) == 2  # noqa: PLR2004
        and all(_WORD.fullmatch(w) and w[0].isupper() and len(w.strip(".")) > 1 for w in words)
        for words in parts
    )
