"""Which data sets the field uses, and how that changes."""

from __future__ import annotations

from collections.abc import Hashable, Mapping
from dataclasses import replace
from typing import Any, Final

import pandas as pd

from gen.figures.figure import MIN_STUDIES
from gen.text.format import inside, percent
from gen.trends import series
from gen.trends.base import Answer, Context, Question
from gen.trends.data_sets import figures, over_time, reuse
from gen.trends.data_sets.niches import (
    DRAWS,
    MIN_NICHE,
    NO_NICHE,
    Niche,
    by_year,
    incidence,
    niches,
    rarefied,
)
from gen.trends.data_sets.uses import DataSetUse, per_set, tested_too

MAX_LISTED: Final = 30  # sets in the page's table
MAX_OF_TERM: Final = 3  # sets named for a modality


def answer(df: pd.DataFrame, context: Context) -> Answer:
    use = DataSetUse.of(df, context)
    found = niches(use)
    sets, change = over_time.single_sets(use) if use.naming else ([], False)
    # What single sets do is claimed only where the sets as a whole change.
    claimed = sets if change else [replace(each, q=None) for each in sets]
    within, other = over_time.in_niches(use, found), over_time.elsewhere(use)
    access = over_time.access(use)
    table, rows = per_set(use.used), [niche_row(each, use) for each in found]
    return Answer(
        sentence=sentence(use, found),
        figures=(
            figures.leading(use, found),
            figures.single(use, claimed, within),
            figures.elsewhere(use, other),
            figures.new(use),
            figures.access(use, access),
        ),
        findings=series.findings([*claimed, *within, *other, *access]),
        values={
            "niches": rows,
            "years": [
                year
                for place, year in enumerate(use.span)
                if any(row["years"][place]["id"] for row in rows)
            ],
            "all": rarefied(incidence(use.used)[0]) if use.naming >= MIN_NICHE else None,
            "size": MIN_NICHE,
            "draws": DRAWS,
            "single": series.table([*claimed, *within]),
            "change": change,
            "followed": over_time.MIN_OF_SET,
            "other": series.table(other),
            "overlap": reuse.overlap(use),
            "lifetimes": reuse.lifetimes(use),
            "full": [year for year in use.span if year < context.incomplete_year],
            "kinds": reuse.by_access(use, context.corpus),
            "access": series.table(access),
            "sets": listed(table, use),
            "modalities": by_modality(use),
            "naming": use.naming,
            "n": len(df),
            "named": len(table),
            "once": int((table["studies"] == 1).sum()),
            "uses": len(use.used),
        },
    )


def sentence(use: DataSetUse, found: list[Niche]) -> str:
    if use.naming < MIN_STUDIES:
        return f"Too few studies to say which data sets are used: {figures.TOO_FEW}."
    if not found:
        return f"Too few studies to say which sets a domain leans on: none has {MIN_NICHE}."
    narrow = [each for each in found if each.narrow and each.domain != NO_NICHE]
    if not narrow:
        return "No domain clearly leans on fewer data sets than as many studies of any domain do."
    first, *others = narrow
    told = (
        f"{percent(first.leading.value or 0)} of the {inside(first.label)} studies that name any "
        f"use {use.short(first.leader)}"
    )
    if others:
        second = others[0]
        which = "Domains" if len(narrow) == len(found) else "Some domains"
        return (
            f"{which} lean on few data sets: {told}, {percent(second.leading.value or 0)} of "
            f"those in {inside(second.label)} use {use.short(second.leader)}."
        )
    return f"Only one domain leans on few data sets: {told}."


def niche_row(each: Niche, use: DataSetUse) -> dict[str, Any]:
    """A line of the tables of niches."""
    return {
        "term": each.domain,
        "label": each.label,
        "id": each.leader,
        "name": use.names[each.leader],
        "some": each.leading.some,
        "total": each.leading.total,
        "value": each.leading.value,
        "low": each.leading.low,
        "high": each.leading.high,
        "top": each.top,
        "q": each.q,
        "narrow": each.narrow,
        "years": by_year(use, each),
    }


def listed(table: pd.DataFrame, use: DataSetUse) -> list[dict[str, Any]]:
    """The lines of the table of sets: first use and spread."""
    corpus = use.context.corpus
    both = tested_too(use.used, corpus)
    sets = {each.id: each for each in corpus.datasets}
    rows = []
    for row in table.head(MAX_LISTED).to_dict("records"):
        dataset = sets[row["dataset"]]
        naming = set(use.used.loc[use.used["dataset"] == dataset.id, "study"])
        studies = (each for each in corpus.studies if each.id in naming)
        study = min(studies, key=lambda each: (each.decimal_year, each.id))
        rows.append(
            {
                "id": dataset.id,
                "name": dataset.name,
                "access": dataset.access,
                "first_name": corpus.labels[study.id],
                "first_path": study.path,
                "both": int(both.get(dataset.id, 0)),
                **_whole(row),
            }
        )
    return rows


def _whole(row: Mapping[Hashable, Any]) -> dict[str, int]:
    return {key: int(row[key]) for key in ("first", "last", "studies", "training", "evaluation")}


def by_modality(use: DataSetUse) -> list[dict[str, Any]]:
    """The sets in use by what they hold, not the study: it may name sets of other kinds too."""
    held = {each.id: each.modalities for each in use.context.corpus.datasets}
    terms = use.used["dataset"].map(held)
    long = use.used.assign(term=terms).explode("term").dropna(subset=["term"])
    rows = [term_row(str(term), in_group, use) for term, in_group in long.groupby("term")]
    return sorted(rows, key=lambda row: (-row["studies"], row["term"]))


def term_row(term: str, in_group: pd.DataFrame, use: DataSetUse) -> dict[str, Any]:
    """How many sets and studies, and the sets that most studies name."""
    studies = {
        str(id_): int(n) for id_, n in in_group.groupby("dataset")["study"].nunique().items()
    }
    most = sorted(studies, key=lambda id_: (-studies[id_], id_))[:MAX_OF_TERM]
    return {
        "term": term,
        "label": use.context.label("modalities", term),
        "sets": len(studies),
        "studies": int(in_group["study"].nunique()),
        "top": [{"id": id_, "name": use.names[id_], "studies": studies[id_]} for id_ in most],
    }


QUESTION: Final = Question(
    slug="data-sets",
    title="Data-set use",
    ask="Which data sets does the field use, and how does that change?",
    answer=answer,
    primary={"elsewhere": "Does the share of studies tested on data of another source change?"},
)
