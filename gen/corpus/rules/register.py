"""Every rule, in the order in which the codebook page states them."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Final

from gen.corpus.rules import addresses, evidence, names, publication, rows, text, values, works
from gen.corpus.rules.lines import Tables
from gen.problems import Problem

# A rule is a generator of problems and never raises.
Rule = Callable[[Tables], Iterator[Problem]]
RULES: Final[tuple[Rule, ...]] = (
    text.clean_cells,
    text.composed,
    text.markup,
    text.length,
    values.separated,
    values.markers,
    values.wordings,
    values.controlled,
    values.stand_ins,
    values.references,
    values.venues,
    publication.published,
    publication.one_form,
    names.authors,
    names.spellings,
    values.dated_names,
    rows.unique_ids,
    works.unique_works,
    works.similar_titles,
    works.known_records,
    works.cited_studies,
    rows.findable,
    rows.dates,
    rows.designs,
    rows.sizes,
    rows.evaluations,
    rows.weights,
    rows.no_cycle,
    rows.records_agree,
    rows.decided,
    rows.draws,
    rows.licences,
    rows.adjudicated,
    rows.differing,
    rows.audited,
    rows.appraised,
    rows.second_codings,
    rows.intervals,
    evidence.first_hand,
    evidence.kinds,
    addresses.vocabularies,
    addresses.addresses,
    addresses.renames,
)


def rule_problems(tables: Tables) -> Iterator[Problem]:
    for rule in RULES:
        yield from rule(tables)
