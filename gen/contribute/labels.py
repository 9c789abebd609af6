"""What stands above the answers in an issue: its forms write it, and from-issue reads it again."""

from __future__ import annotations

from typing import Final

TITLE: Final = "Title"
IDENTIFIER: Final = "Address, arXiv id or DOI"
WHY: Final = "Why it belongs here"
OTHERS: Final = "Other cells"
ROWS: Final = "New data sets and base models"
ROW: Final = "Row"
RIGHT: Final = "What it should say"
SEEN: Final = "Where that is stated"
VOCABULARY: Final = "Vocabulary"
TERM: Final = "Term"
MEANING: Final = "Definition"
NEEDED: Final = "Studies that need it"
