"""Tells which findings change when some studies are left out."""

from __future__ import annotations

from typing import Any, Final

from gen.analysis.statistics import is_significant
from gen.text.format import counted
from gen.trends.base import SWITCHES, Answer, Finding
from gen.trends.questions import QUESTIONS

CANNOT: Final = "cannot be tested"  # which is not that it does not hold: too few studies are left


def sensitivity(answers: dict[str, dict[str, Answer]]) -> list[dict[str, Any]]:
    """A row for each headline finding that is significant in all studies.

    Each row tells, for each single switch, what becomes of it: "holds", "loses significance",
    "changes sign" or "cannot be tested". Findings that are not significant in all studies
    are not headlines and are left out.
    """
    rows = []
    for question in QUESTIONS:
        if not question.switches:
            continue
        under = {
            name: {finding.id: finding for finding in answers[question.slug][name].findings}
            for name in SWITCHES
        }
        rows += [
            {
                "slug": question.slug,
                "title": question.title,
                "finding": finding,
                "under": [compared(finding, under[name].get(finding.id)) for name in SWITCHES],
            }
            for finding in answers[question.slug][""].findings
            if significant(finding)
        ]
    return rows


def sentence(changes: list[dict[str, Any]]) -> str:
    """The answer of the page: how many headlines there are, and how many hold under each switch."""
    if not changes:
        return "Too few studies to say: no finding is significant in all studies."
    held = []
    for place, (label, _) in enumerate(SWITCHES.values()):
        made = [row["under"][place]["change"] for row in changes]
        tested = len(made) - made.count(CANNOT)
        held.append(f"{label.lower()}, {made.count('holds')} of {tested} that can be tested hold")
    findings = f"{counted(len(changes), 'finding')} {'is' if len(changes) == 1 else 'are'}"
    return f"{findings} significant in all studies; {'; '.join(held)}."


def significant(finding: Finding) -> bool:
    """By its p where there is one, else by whether its interval leaves out the null."""
    if finding.p is not None:
        return is_significant(finding.p)
    if finding.low is None or finding.high is None:
        return False
    return not finding.low <= finding.null <= finding.high


def compared(finding: Finding, other: Finding | None) -> dict[str, Any]:
    return {"change": change(finding, other), "finding": other}


def change(finding: Finding, other: Finding | None) -> str:
    if other is None or other.estimate is None or finding.estimate is None:
        return CANNOT
    if (finding.estimate > finding.null) != (other.estimate > other.null):
        return "changes sign"
    return "holds" if significant(other) else "loses significance"
