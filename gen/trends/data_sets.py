"""Which data sets the field uses, and how that changes."""

from __future__ import annotations

from collections.abc import Hashable, Mapping
from typing import Any, Final

import pandas as pd

from gen.figures import MIN_STUDIES
from gen.trends import by_year
from gen.trends import data_set_figures as figures
from gen.trends import data_set_measures as measures
from gen.trends.base import Answer, Context, Question
from gen.trends.by_year import Tested
from gen.trends.concentration import MEASURES, TOP
from gen.trends.uses import RESAMPLES, ROLES, Material, per_set

MAX_LISTED: Final = 30  # sets in the page's table
MAX_OF_TERM: Final = 3  # sets named for a modality or domain
FACETS: Final = ("modalities", "domains")


def answer(df: pd.DataFrame, context: Context) -> Answer:
    material = Material.of(df, context)
    tested = by_year.tested(df, figures.access_series(material), context) if len(df) else []
    table = per_set(material.used)
    return Answer(
        sentence=sentence(material, table, tested),
        figures=(
            *(figures.by_role(material, role) for role in ROLES),
            figures.spread(material),
            figures.new(material),
            measures.age(material),
            *(measures.concentrated(material, measure) for measure in MEASURES),
            figures.access(material, tested),
        ),
        findings=by_year.findings(tested),
        values={
            "sets": [listed(row, material) for row in table.head(MAX_LISTED).to_dict("records")],
            "facets": [by_term(facet, material) for facet in FACETS],
            "trends": by_year.table(tested),
            "naming": material.naming,
            "n": len(df),
            "named": len(table),
            "once": int((table["studies"] == 1).sum()),
            "uses": len(material.used),
            "resamples": RESAMPLES,
            "dated": int(material.used["age"].notna().sum()),
        },
    )


def sentence(material: Material, table: pd.DataFrame, tested: list[Tested]) -> str:
    if material.naming < MIN_STUDIES:
        return f"Too few studies to say which data sets are used: {figures.TOO_FEW}."
    once = int((table["studies"] == 1).sum())
    parts = [f"{material.naming} studies name {len(table)} data sets, {once} of them only once"]
    parts += [lead(material.used[material.used["role"] == role], role, material) for role in ROLES]
    if any(each.significant for each in tested):
        parts.append(by_year.clause(tested))
    return "; ".join(filter(None, parts)) + "."


def lead(used: pd.DataFrame, role: str, material: Material) -> str:
    """Who leads in a role and what the top takes; "" where nothing stands out of so few."""
    counts, naming = per_set(used), used["study"].nunique()
    if naming < MIN_STUDIES or len(counts) <= TOP or counts.iloc[0]["studies"] < MIN_STUDIES:
        return ""
    top = int(counts["studies"].head(TOP).sum())
    return (
        f"for {role}, {material.names[counts.iloc[0]['dataset']]} leads (named by "
        f"{counts.iloc[0]['studies']} of {naming} studies) and the {TOP} most used sets take "
        f"{top / len(used) * 100:.0f} % of uses"
    )


def listed(row: Mapping[Hashable, Any], material: Material) -> dict[str, Any]:
    """A line of the table of sets: first use and spread."""
    corpus = material.context.corpus
    dataset = next(each for each in corpus.datasets if each.id == row["dataset"])
    naming = set(material.used.loc[material.used["dataset"] == dataset.id, "study"])
    studies = (each for each in corpus.studies if each.id in naming)
    study = min(studies, key=lambda each: (each.decimal_year, each.id))
    return {
        "id": dataset.id,
        "name": dataset.name,
        "access": dataset.access,
        "released": dataset.year,
        "first": int(row["first"]),
        "first_name": study.name,
        "first_path": study.path,
        "last": int(row["last"]),
        **{key: int(row[key]) for key in ("studies", *ROLES)},
    }


def by_term(facet: str, material: Material) -> dict[str, Any]:
    """The sets in use by their own modality or domain, not the study's: it may name others too."""
    context = material.context
    held = {each.id: getattr(each, facet) for each in context.corpus.datasets}
    terms = [held[id_] for id_ in material.used["dataset"]]
    long = material.used.assign(term=terms).explode("term").dropna(subset=["term"])
    rows = [term_row(str(term), own, facet, material) for term, own in long.groupby("term")]
    rows.sort(key=lambda row: (-row["studies"], row["term"]))
    vocabulary = context.corpus.taxonomy[facet]
    return {
        "facet": facet,
        "label": vocabulary.label,
        "plural": vocabulary.plural,
        "rows": rows,
        "coded": sum(map(bool, terms)),
    }


def term_row(term: str, own: pd.DataFrame, facet: str, material: Material) -> dict[str, Any]:
    """How many sets and studies, and the sets that most studies name."""
    studies = {str(id_): int(n) for id_, n in own.groupby("dataset")["study"].nunique().items()}
    most = sorted(studies, key=lambda id_: (-studies[id_], id_))[:MAX_OF_TERM]
    by_role = own.groupby("role")["study"].nunique()
    return {
        "term": term,
        "label": material.context.label(facet, term),
        "sets": len(studies),
        "studies": int(own["study"].nunique()),
        **{role: int(by_role.get(role, 0)) for role in ROLES},
        "top": [{"id": id_, "name": material.names[id_], "studies": studies[id_]} for id_ in most],
    }


QUESTION: Final = Question(
    slug="data-sets",
    title="Data-set use",
    ask="Which data sets does the field use, and how does that change?",
    answer=answer,
)
