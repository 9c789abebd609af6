"""Which data sets the field uses, and how that changes."""

from __future__ import annotations

from collections.abc import Hashable, Mapping
from typing import Any, Final

import pandas as pd

from gen.figures.figure import MIN_STUDIES
from gen.text.format import percent
from gen.trends import series
from gen.trends.base import Answer, Context, Question
from gen.trends.data_sets import figures, measures
from gen.trends.data_sets.concentration import MEASURES, TOP
from gen.trends.data_sets.uses import RESAMPLES, ROLES, DataSetUse, per_set
from gen.trends.series import Tested

MAX_LISTED: Final = 30  # sets in the page's table
MAX_OF_TERM: Final = 3  # sets named for a modality or domain
FACETS: Final = ("modalities", "domains")


def answer(df: pd.DataFrame, context: Context) -> Answer:
    use = DataSetUse.of(df, context)
    tested = series.tested(df, figures.access_series(use), context) if len(df) else []
    table = per_set(use.used)
    return Answer(
        sentence=sentence(use, table, tested),
        figures=(
            *(figures.by_role(use, role) for role in ROLES),
            figures.spread(use),
            figures.new(use),
            measures.age(use),
            *(measures.concentrated(use, measure) for measure in MEASURES),
            figures.access(use, tested),
        ),
        findings=series.findings(tested),
        values={
            "sets": [listed(row, use) for row in table.head(MAX_LISTED).to_dict("records")],
            "facets": [by_term(facet, use) for facet in FACETS],
            "trends": series.table(tested),
            "naming": use.naming,
            "n": len(df),
            "named": len(table),
            "once": int((table["studies"] == 1).sum()),
            "uses": len(use.used),
            "resamples": RESAMPLES,
            "dated": int(use.used["age"].notna().sum()),
        },
    )


def sentence(use: DataSetUse, table: pd.DataFrame, tested: list[Tested]) -> str:
    if use.naming < MIN_STUDIES:
        return f"Too few studies to say which data sets are used: {figures.TOO_FEW}."
    once = int((table["studies"] == 1).sum())
    parts = [f"{use.naming} studies name {len(table)} data sets, {once} of them only once"]
    parts += [lead(use.used[use.used["role"] == role], role, use) for role in ROLES]
    if any(each.significant for each in tested):
        parts.append(series.clause(tested))
    return "; ".join(filter(None, parts)) + "."


def lead(used: pd.DataFrame, role: str, use: DataSetUse) -> str:
    """Who leads in a role and what the top takes; "" where nothing stands out of so few."""
    counts, naming = per_set(used), used["study"].nunique()
    if naming < MIN_STUDIES or len(counts) <= TOP or counts.iloc[0]["studies"] < MIN_STUDIES:
        return ""
    top = int(counts["studies"].head(TOP).sum())
    return (
        f"for {role}, {use.names[counts.iloc[0]['dataset']]} leads (named by "
        f"{counts.iloc[0]['studies']} of {naming} studies) and the {TOP} most used sets take "
        f"{percent(top / len(used))} of uses"
    )


def listed(row: Mapping[Hashable, Any], use: DataSetUse) -> dict[str, Any]:
    """A line of the table of sets: first use and spread."""
    corpus = use.context.corpus
    dataset = next(each for each in corpus.datasets if each.id == row["dataset"])
    naming = set(use.used.loc[use.used["dataset"] == dataset.id, "study"])
    studies = (each for each in corpus.studies if each.id in naming)
    study = min(studies, key=lambda each: (each.decimal_year, each.id))
    return {
        "id": dataset.id,
        "name": dataset.name,
        "access": dataset.access,
        "released": dataset.year,
        "first": int(row["first"]),
        "first_name": corpus.labels[study.id],
        "first_path": study.path,
        "last": int(row["last"]),
        **{key: int(row[key]) for key in ("studies", *ROLES)},
    }


def by_term(facet: str, use: DataSetUse) -> dict[str, Any]:
    """The sets in use by their own modality or domain, not the study's: it may name others too."""
    context = use.context
    held = {each.id: getattr(each, facet) for each in context.corpus.datasets}
    terms = [held[id_] for id_ in use.used["dataset"]]
    long = use.used.assign(term=terms).explode("term").dropna(subset=["term"])
    rows = [term_row(str(term), in_group, facet, use) for term, in_group in long.groupby("term")]
    rows.sort(key=lambda row: (-row["studies"], row["term"]))
    vocabulary = context.corpus.taxonomy[facet]
    return {
        "facet": facet,
        "label": vocabulary.label,
        "plural": vocabulary.plural,
        "rows": rows,
        "coded": sum(map(bool, terms)),
    }


def term_row(term: str, in_group: pd.DataFrame, facet: str, use: DataSetUse) -> dict[str, Any]:
    """How many sets and studies, and the sets that most studies name."""
    studies = {
        str(id_): int(n) for id_, n in in_group.groupby("dataset")["study"].nunique().items()
    }
    most = sorted(studies, key=lambda id_: (-studies[id_], id_))[:MAX_OF_TERM]
    by_role = in_group.groupby("role")["study"].nunique()
    return {
        "term": term,
        "label": use.context.label(facet, term),
        "sets": len(studies),
        "studies": int(in_group["study"].nunique()),
        **{role: int(by_role.get(role, 0)) for role in ROLES},
        "top": [{"id": id_, "name": use.names[id_], "studies": studies[id_]} for id_ in most],
    }


QUESTION: Final = Question(
    slug="data-sets",
    title="Data-set use",
    ask="Which data sets does the field use, and how does that change?",
    answer=answer,
)
