"""Texts as publishers' pages, BibTeX and wrong encodings leave them, and how they should read.

Each function takes a text and returns it mended, itself where nothing is wrong.
"""

from __future__ import annotations

import html
import re
import unicodedata
from typing import Final

from pybtex.richtext import Text

# Control characters, private and lost ones, blanks that pass for letters, and the invisible or
# direction-turning ones that can hide text in a review.
UNSEEN: Final = re.compile(
    "[\x00-\x1f\x7f-\x9f\xad\u034f\u061c\u115f\u1160\u17b4\u17b5\u180b-\u180e\u200b-\u200f"
    "\u2028-\u202e\u2060-\u206f\u2800\u3164\ufe00-\ufe0d\ufeff\uffa0\ufff9-\ufffb"
    "\ue000-\uf8ff\U000e0000-\U000e0fff\U000f0000-\U0010ffff]"
)
LOST: Final = "\ufffd"  # what a program writes in the place of a letter that it cannot read
SPACES: Final = re.compile("[\xa0\u1680\u2000-\u200a\u202f\u205f\u3000]")  # all but the common one

ENTITY: Final = re.compile(r"&(?:#[0-9]{1,7}|#[xX][0-9a-fA-F]{1,6}|[A-Za-z][A-Za-z0-9]{1,31});")
TAG: Final = re.compile(
    r"</?(?:b|bold|em|emph|i|inline-formula|italic|math|sc|scp|small|span|strong|sub|sup|tt|u"
    r"|(?:jats|mml):[a-z]+)(?:\s[^<>]*)?/?>",
    re.IGNORECASE,
)
# Elements that run, load or cover something, closed or not: nobody pastes them by accident.
ACTIVE: Final = re.compile(
    r"</?(?:applet|audio|base|body|button|canvas|details|dialog|embed|form|frame|frameset|head|html"
    r"|iframe|image|img|input|link|marquee|meta|noscript|object|script|select|source|style|svg"
    r"|template|textarea|video|xml)(?![A-Za-z0-9-])",
    re.IGNORECASE,
)
MATH: Final = re.compile(r"\$(?=\S)([^$]{1,80})(?<=\S)\$(?![0-9])")
COMMAND: Final = re.compile(r"\\(?:[A-Za-z]+|[&%_$#'`\"^~=.])")
BRACES: Final = re.compile(r"\{([A-Za-z0-9\\][^{}]*)\}")  # with which BibTeX keeps capitals
TEX: Final = re.compile(f"{MATH.pattern}|{COMMAND.pattern}|{BRACES.pattern}")
# Commands that only set type, and take a text or hold to the end of their braces.
TYPE: Final = re.compile(
    r"\\(?:emph|text[a-z]{2}|textnormal|math[a-z]{2,4}|ensuremath|mbox|text|rm|it|bf|sc|em|tt|sf)"
    r"(?![A-Za-z])\s*"
)

# UTF-8 that was read as Windows-1252: a first letter, and what the second byte then looks like.
_HIGH: Final = "\x80-\xbf€‚ƒ„…†‡ˆ‰Š‹ŒŽ‘’“”•–—˜™š›œžŸ"
MOJIBAKE: Final = re.compile(f"[ÂÃ][{_HIGH}]|[ÄÅ][\x80-\xbfŒŽšžŸ‚„‡ˆ‰Š‹™›]|â[\x80€][{_HIGH}]")

# Letters that no decomposition brings to the Latin alphabet of an id.
LETTERS: Final = str.maketrans(
    {
        "æ": "ae",
        "ð": "d",
        "ø": "o",
        "þ": "th",
        "đ": "d",
        "ħ": "h",
        "ı": "i",
        "ł": "l",
        "ŋ": "n",
        "œ": "oe",
        "ß": "ss",
        "ə": "e",
    }
)


def folded(text: str) -> str:
    """In lower case and without accents, so that spellings of the same words are equal."""
    if text.isascii():
        return text.lower()
    apart = unicodedata.normalize("NFKD", text.casefold().translate(LETTERS))
    return "".join(c for c in apart if not unicodedata.combining(c)).casefold()


def words(text: str) -> str:
    """The letters and digits of a title with single spaces between words: what makes it equal."""
    return " ".join(re.findall(r"[^\W_]+", folded(text)))


def shown(text: str) -> str:
    """Without the characters that nobody sees, and with common spaces."""
    return " ".join(UNSEEN.sub("", SPACES.sub(" ", text)).split())


def decoded(text: str) -> str:
    """Read again as UTF-8 where UTF-8 was read as Windows-1252, if that gives a text."""
    if text.isascii() or not MOJIBAKE.search(text):
        return text
    try:
        return b"".join(map(_byte, text)).decode("utf-8")
    except ValueError:  # only a part of it went wrong
        return MOJIBAKE.sub(_pair, text)


def without_markup(text: str) -> str:
    """Without entities, tags and TeX; "" where something of them would be left."""
    text = html.unescape(text) if ENTITY.search(text) else text
    text = TAG.sub("", text)
    if TEX.search(text):
        text = without_tex(text)
    text = SPACES.sub(" ", text)
    return "" if has_markup(text) else unicodedata.normalize("NFC", text)


def has_markup(text: str) -> bool:
    return has_entity(text) or any(form.search(text) for form in (TAG, ACTIVE, TEX))


def has_entity(text: str) -> bool:
    """Whether it holds an entity of HTML: `&amp;`, and not the `&Co;` of `Rand&Co; Test, Ada`."""
    return any(html.unescape(found[0]) != found[0] for found in ENTITY.finditer(text))


def without_tex(text: str) -> str:
    """As TeX would set it, in one type; the text itself where it is no TeX."""
    try:
        typed = re.sub(r"\\[,;]", " ", TYPE.sub("", text))
        set_ = str(Text.from_latex(MATH.sub(_formula, typed)))
    except Exception:  # noqa: BLE001 - whatever a parser of a language like this one comes upon
        return text
    # What type-setting commands leave: braces around a text, dollars around a formula without any.
    while set_ != (set_ := MATH.sub(r"\1", re.sub(r"\{([^{}\s][^{}]*)\}", r"\1", set_))):
        pass
    return set_


def _formula(match: re.Match[str]) -> str:
    """A formula with its indices on the line, and without dollars where that is all of it."""
    text = re.sub(r"_(?:\{([^{}\\]+)\}|([^{}\\]))", r"\1\2", match[1])
    return f"${text}$" if re.search(r"[\\^]", text) else text


def _byte(character: str) -> bytes:
    """The byte that a program took for this character."""
    try:
        return character.encode("cp1252")
    except UnicodeEncodeError:
        return character.encode("latin-1")


def _pair(match: re.Match[str]) -> str:
    try:
        return b"".join(map(_byte, match[0])).decode("utf-8")
    except ValueError:
        return match[0]
