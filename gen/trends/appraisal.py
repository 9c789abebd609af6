"""The risk of bias of the studies with the strongest clinical claims."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from typing import Final

import pandas as pd

from gen.analysis.appraisal import HIGH, LOW, MARKS, NOT_JUDGED, UNCLEAR, by_study, overall
from gen.corpus.tables import Appraisal
from gen.figures import charts
from gen.figures.figure import MIN_STUDIES, Absent, Figure, Slot
from gen.text.format import counted
from gen.trends.base import Answer, Context, Question

Judged = Mapping[str, Mapping[str, Appraisal]]  # study -> domain -> its judgement

# Worst first: what a reader must know before trusting a claim.
ORDER: Final = (HIGH, UNCLEAR, LOW)


def answer(_: pd.DataFrame, context: Context) -> Answer:
    """Of all that were appraised, whatever the frame: they were not drawn from it."""
    corpus = context.corpus
    judged = by_study(corpus.appraisal)
    risks = {id_: overall(own.values()) for id_, own in judged.items()}
    domains = list(corpus.taxonomy["bias_domain"].terms)
    order = sorted(
        judged, key=lambda id_: (ORDER.index(risks[id_]), corpus.labels[id_].casefold(), id_)
    )
    return Answer(
        sentence=sentence(risks),
        figures=(by_domain(judged, risks, context),),
        values={
            "marks": MARKS,
            "studies": [
                {
                    "id": id_,
                    "overall": risks[id_],
                    "lines": [
                        {
                            "judgement": judged[id_][domain].judgement,
                            "reason": judged[id_][domain].reason,
                            "evidence": list(judged[id_][domain].evidence),
                        }
                        for domain in domains
                    ],
                }
                for id_ in order
            ],
        },
    )


def sentence(risks: Mapping[str, str]) -> str:
    if not risks:
        return "Too few studies to say: none has been appraised."
    low, high = (list(risks.values()).count(risk) for risk in (LOW, HIGH))
    return (
        f"{low or 'None'} of the {counted(len(risks), 'study')} with the strongest clinical claims "
        f"{'is' if low <= 1 else 'are'} at low risk of bias by what could be read; "
        f"{high or 'none'} {'is' if high <= 1 else 'are'} at high risk."
    )


def by_domain(judged: Judged, risks: Mapping[str, str], context: Context) -> Figure | Absent:
    """A bar a domain, split by judgement."""
    vocabulary = context.corpus.taxonomy
    labels = {judgement: vocabulary["bias"].terms[judgement].label for judgement in MARKS}
    domains = {id_: term.label for id_, term in vocabulary["bias_domain"].terms.items()}
    high = list(risks.values()).count(HIGH)
    title = (
        f"{high} of {counted(len(risks), 'study')} {'is' if high == 1 else 'are'} "
        "at high risk of bias in a domain"
    )
    slot = Slot.of("appraisal", "domains", title)
    if len(judged) < MIN_STUDIES:
        return slot.absent(f"fewer than {MIN_STUDIES} studies were appraised")
    found = Counter(
        (line.domain, line.judgement) for own in judged.values() for line in own.values()
    )
    silent = max(domains, key=lambda domain: found[domain, NOT_JUDGED])
    return slot.figure(
        reading=f"{domains[silent]} could be judged least often: in {found[silent, NOT_JUDGED]} "
        "studies what was read says nothing of them.",
        note=f"{counted(len(judged), 'study')}, chosen for their claims and not at random. Judged "
        "once, machine-assisted, mostly from abstracts.",
        chart=charts.states(
            tuple(domains.values()),
            tuple(zip(labels.values(), charts.JUDGEMENTS, strict=True)),
        ),
        columns={"label": "Domain", "state": "Judgement", "studies": "Studies"},
        rows=[
            {
                "label": domains[domain],
                "state": labels[judgement],
                "studies": found[domain, judgement],
            }
            for domain in domains
            for judgement in MARKS
        ],
    )


QUESTION: Final = Question(
    slug="appraisal",
    title="Risk of bias",
    ask="How far can the strongest clinical claims be trusted?",
    answer=answer,
    switches=False,
)
