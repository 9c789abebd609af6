"""The pages that tell the method: every item of a checklist is answered, every example shown."""

from __future__ import annotations

import re

from gen.render import prose
from gen.site import View
from tests.real import DOCS, corpus

# The items of PRISMA 2020 (doi:10.1136/bmj.n71).
PARTS = {10: "ab", 13: "abcdef", 16: "ab", 20: "abcd", 23: "abcd", 24: "abc"}
PRISMA = [f"{item}{part}" for item in range(1, 28) for part in PARTS.get(item, [""])]


def rendered(name: str) -> str:
    text = (DOCS / "about" / name).read_text(encoding="utf-8")
    values = {**View.of(corpus()).common, "cite": lambda key: f"({key})"}
    return prose(text, f"about/{name}", name, values)


def rows(text: str) -> list[list[str]]:
    """The cells of every line of every Markdown table, heads and rules left out."""
    lines = [line for line in text.split("\n") if line.startswith("| ")]
    cells = [re.split(r"(?<!\\)\|", line.strip("| ")) for line in lines]
    return [[c.strip() for c in row] for row in cells if row[0].strip() not in {"Item", "---"}]


def test_every_item_is_answered_by_a_link_or_a_reason() -> None:
    items = rows(rendered("checklists.md"))
    assert [item for item, _, _ in items][: len(PRISMA)] == PRISMA
    new = [item for item, _, _ in items[len(PRISMA) :]]
    assert set(new[4:]) == {"L1", "new", "–"}
    for item, _, answer in items:
        assert re.search(r"\]\((/|https:)|\*\*Not done:\*\* (?!$)", answer), item
    # A pointer to another item points to one that was not done for a reason of its own.
    answers = {item: answer for item, _, answer in items}
    for answer in list(answers.values()):
        for other in re.findall(r"see item (\w+)", answer):
            assert re.match(r"\*\*Not done:\*\* (?!see item)", answers[other])


def test_every_example_is_a_record_and_they_show_every_outcome() -> None:
    source = (DOCS / "about/methods.md").read_text(encoding="utf-8")
    page = rendered("methods.md")
    examples = page[page.index("## Worked examples") : page.index("## Sources")]
    shown = [row for row in rows(examples) if row[0] != "Record"]
    assert len(shown) == len(re.findall(r"\{-? example\(", source))
    outcomes = " ".join(decision for _, decision, _ in shown)
    for outcome in ("coded as", "waiting", "Deferred", "excluded-"):
        assert outcome in outcomes
