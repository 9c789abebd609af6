"""The risk of bias of those who were appraised: counted by hand, told without colour."""

from __future__ import annotations

import pytest

from gen.analysis.appraisal import HIGH, LOW, MARKS, NOT_JUDGED, UNCLEAR, by_study, overall
from gen.corpus.tables import Appraisal
from gen.trends import appraisal
from gen.trends.base import Answer
from tests.answers import ADDRESS, absent, answered, figure, study
from tests.real import corpus

DOMAINS = ("participants", "predictors", "outcome", "analysis")


def judged(of: str, *judgements: str) -> list[Appraisal]:
    return [
        Appraisal(
            study=of,
            tool="probast-ai",
            domain=domain,
            judgement=judgement,
            reason=f"The {domain} say so.",
            evidence=(ADDRESS,),
        )
        for domain, judgement in zip(DOMAINS, judgements, strict=True)
    ]


GOOD = judged("able", LOW, LOW, LOW, LOW)
BAD = judged("zinc", LOW, HIGH, UNCLEAR, NOT_JUDGED)
DIM = judged("dim", LOW, LOW, LOW, UNCLEAR)
MUTE = judged("mute", LOW, LOW, LOW, NOT_JUDGED)


def asked(*lines: list[Appraisal]) -> Answer:
    studies = [study(each[0].study, 2024) for each in lines]
    return answered(
        appraisal.QUESTION, studies, appraisal=[line for each in lines for line in each]
    )


@pytest.mark.parametrize(
    ("lines", "risk"), [(GOOD, LOW), (BAD, HIGH), (DIM, UNCLEAR), (MUTE, UNCLEAR)]
)
def test_one_high_domain_is_enough_and_only_four_low_ones_are(
    lines: list[Appraisal], risk: str
) -> None:
    assert overall(lines) == risk


def test_the_sentence_counts_the_low_and_the_high() -> None:
    assert asked(BAD, DIM, MUTE).sentence == (
        "None of the 3 studies with the strongest clinical claims is at low risk of bias by what "
        "could be read; 1 is at high risk."
    )
    assert asked(GOOD, DIM).sentence.startswith("1 of the 2 studies")
    assert asked(GOOD, DIM).sentence.endswith("; none is at high risk.")


def test_the_worst_stand_first_with_their_reasons_in_the_order_of_the_domains() -> None:
    values = asked(GOOD, DIM, BAD[::-1]).values
    assert values is not None
    assert [(each["id"], each["overall"]) for each in values["studies"]] == [
        ("zinc", HIGH),
        ("dim", UNCLEAR),
        ("able", LOW),
    ]
    assert [line["reason"] for line in values["studies"][0]["lines"]] == [
        f"The {domain} say so." for domain in DOMAINS
    ]


def test_every_judgement_is_counted_by_domain() -> None:
    drawn = figure(asked(GOOD, DIM, BAD), "fig-domains")
    found = {(row["label"], row["state"]): row["studies"] for row in drawn.rows}
    assert found["Predictors", "High"] == 1
    assert found["Analysis", "Low"] == 1
    assert found["Analysis", "Not judged"] == 1
    assert sum(found.values()) == 12
    assert drawn.title == "1 of 3 studies is at high risk of bias in a domain"
    assert drawn.reading.startswith("Analysis could be judged least often: in 1 ")


def test_too_few_draw_nothing() -> None:
    assert absent(asked(GOOD, BAD), "fig-domains")


def test_no_two_judgements_share_a_mark() -> None:
    assert len(set(MARKS.values())) == 4


@pytest.mark.corpus
def test_who_tells_of_a_trial_or_of_readers_is_among_the_real_ones() -> None:
    appraised = by_study(corpus().appraisal)
    assert len(appraised) >= 40
    assert {"eyefm", "eagle-egfr", "iomids", "chexone", "dermfm-zero"} <= set(appraised)
    sentence = appraisal.sentence({id_: overall(own.values()) for id_, own in appraised.items()})
    assert len(sentence.split()) <= 30
