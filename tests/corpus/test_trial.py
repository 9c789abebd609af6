"""What a field trial saw people type, kind by kind, with other values than theirs.

Forty tables of this trade were gone through for what goes wrong in them. Here stands every kind in
the order of that trial: what one cell may hold, with what the checker says; and for what is no
matter of a cell, the test that holds it.
"""

from __future__ import annotations

from typing import NamedTuple

import pytest

from tests.corpus.test_bad_tables import spoilt
from tests.real import ROOT


class Kind(NamedTuple):
    """Values of one kind for a column, and what is said of each."""

    table: str
    column: str
    typed: tuple[str, ...]
    said: str


BETWEEN = (
    "must have a semicolon between authors, and each person as `Family, Given` (did you mean '"
)
MARKUP = "contains HTML or TeX, which is shown as it stands; write plain text (did you mean '"
NO_VALUE = "is no value: write not-reported where the sources do not say, n/a where it does not"
LONG_NAME = "characters and must have at most 80"
A_DATE = "is a date that a spreadsheet made of a name; write the name again"

KINDS = {
    "authors without semicolons": Kind(
        "studies",
        "authors",
        (
            "Ada Muster, Ben Sampler, Cid Tester",
            "Ada Muster, Ben Sampler and Cid Tester",
            "Muster, Ada; Sampler, Ben and Tester, Cid",
            "Muster A, Sampler B, Tester C",
            "Ada Muster & Ben Sampler",
        ),
        BETWEEN,
    ),
    "an arXiv id that is a number to a spreadsheet": Kind(
        "studies", "arxiv", ("2305.001", "2305.1", "0704.123"), "has shortened to a number"
    ),
    "an arXiv id of no month": Kind(
        "studies", "arxiv", ("2300.12345", "2313.00001", "2350.12345"), "is no id that arXiv gave"
    ),
    "et al. as an author": Kind(
        "studies",
        "authors",
        ("Alt, Anna; et al", "Alt, Anna; and others", "Alt, Anna et al.", "Alt, Anna; ..."),
        "and write `authors` into the column partial (did you mean 'Alt, Anna'?)",
    ),
    "a server of preprints in other words": Kind(
        "studies",
        "venue",
        ("ArXiv e-prints", "CoRR abs/2305.00001", "arXiv:2305.00001", "medRxiv preprint"),
        "must be the name of a journal, a conference or a server of preprints, alone (did you mean",
    ),
    "a venue that is none yet": Kind(
        "studies",
        "venue",
        ("under review", "Submitted to MICCAI 2026", "Preprint", "OpenReview"),
        "is not where it was published; write the server of the preprint, or nothing",
    ),
    "tails of a DOI": Kind(
        "studies",
        "doi",
        ("10.1234/x.", "10.1234/x,", "10.1234/x)", "10.1234/x?utm=1", "10.1234/x#sec1"),
        "(did you mean '10.1234/x'?)",
    ),
    "a letter that an id cannot have": Kind(
        "datasets", "id", ("łódź-ct", "çelik-ct", "straße-ct"), "(did you mean '"
    ),
    "a wording of missing": Kind(
        "studies",
        "backbone",
        ("not stated", "n.a.", "NA", "unknown", "-", "Not Applicable"),
        NO_VALUE,
    ),
    "a wording of missing for a number": Kind(
        "studies", "parameters_m", ("not reported", "unknown", "None"), NO_VALUE
    ),
    "accents apart from their letters": Kind(
        "studies",
        "title",
        ("Une e\u0301tude", "O\u0308ffentlich", "n\u0303andu\u0301"),
        "has letters apart from their accents",
    ),
    "HTML and TeX of publishers": Kind(
        "studies",
        "title",
        ("CT &#38; MRI", "A <sup>3</sup>D model", r"$\beta$-VAE for CT", r"Uses \textit{CLIP}"),
        MARKUP,
    ),
    "an entity in a name": Kind(
        "studies", "authors", ("M&uuml;ller, Jo", "Gar&ccedil;on, Ada", "S&#248;r, Ida"), MARKUP
    ),
    "letters that cannot be seen": Kind(
        "studies",
        "title",
        ("A\u2060model", "A\u202emodel", "A\ue123model", "A\u115fmodel"),
        "contains the invisible character U+",
    ),
    "letters that were lost": Kind(
        "studies", "title", ("A\ufffdmodel", "\ufffd", "Mod\ufffdl"), "stands for a letter that was"
    ),
    "letters of a wrong encoding": Kind(
        "studies",
        "title",
        ("ProstatÃ© seg", "FranÃ§ais", "naÃ¯ve"),
        "was read in a wrong encoding on its way here (did you mean '",
    ),
    "the id of another data set": Kind(
        "studies",
        "train_data",
        ("made-up-ct5", "made-up-pet", "made-down-ct"),
        "is no id in datasets.csv; a new data set needs a line there first",
    ),
    "a unit that may mean anything": Kind(
        "studies", "train_unit", ("samples", "data", "items"), "(all 16 are in the codebook)"
    ),
    "a name without an end": Kind(
        "studies", "name", ("L" * 81, "L" * 120, "L " * 60 + "L"), LONG_NAME
    ),
    "a date that is a number": Kind(
        "studies",
        "date",
        ("45000", "45000.5", "20261002", "２０２６-10-02"),
        "must be a date as YYYY-MM-DD, YYYY-MM or YYYY",
    ),
    "a number in a spreadsheet's words": Kind(
        "studies",
        "train_size",
        ("3.5E+05", "350000.0", "350k", "350,000", "0.35M"),
        "(did you mean '350000'?)",
    ),
    "parameters in people's words": Kind(
        "studies", "parameters_m", ("0.3B", "300M", "300,0"), "(did you mean '300"
    ),
    "a DOI out of an address": Kind(
        "studies",
        "doi",
        ("https://doi.org/10.1234%2Fx", "http://dx.doi.org/10.1234/x", "DOI: 10.1234/x"),
        "(did you mean '10.1234/x'?)",
    ),
    "a name that became a date": Kind("datasets", "name", ("May-23", "1-Mar", "Dec-12"), A_DATE),
    "an id that became a date": Kind("datasets", "id", ("dec-12", "may-23", "1-mar"), A_DATE),
}

# What more than one cell, or a page or an export, must hold: the test that does.
ELSEWHERE = {
    "a work by another of its identifiers": (
        "corpus/rules/test_works.py",
        "a_study_again_is_told_by_its_identifier_and_not_by_its_record",
    ),
    "a work by its title": (
        "corpus/rules/test_works.py",
        "a_title_again_is_told_by_the_study_and_not_by_its_record",
    ),
    "a family name of several words": (
        "corpus/test_names.py",
        "a_reviewed_name_is_read_as_it_was_reviewed",
    ),
    "year and name of one version": (
        "citations/test_entry.py",
        "the_year_of_every_citation_of_a_published_study_is_that_of_its_publication",
    ),
    "a record that waits": ("corpus/rules/test_works.py", "a_record_of_another_study_is_told"),
    "the exact name first, ids, no accents": (
        "search/test_search.py",
        "every_query_of_readers_has_its_page_first",
    ),
    "a list that is not whole": (
        "citations/test_entry.py",
        "a_list_of_authors_that_is_not_whole_says_so_and_names_no_person_et_al",
    ),
    "a retraction": (
        "citations/test_entry.py",
        "what_was_said_of_a_work_since_is_in_every_citation",
    ),
    "a feed of what was added": (
        "pages/test_feeds.py",
        "a_feed_begins_with_what_the_review_added_last",
    ),
    "identifiers of references.bib": (
        "corpus/test_literature.py",
        "identifiers_have_the_form_that_they_have_in_the_tables",
    ),
    "faults of references.bib": ("corpus/test_literature.py", "a_fault_is_reported_with_its_line"),
    "markup of references.bib": ("corpus/test_literature.py", "markup_in_a_title_is_read_as_text"),
    "an organisation whole": (
        "citations/test_entry.py",
        "csl_json_names_people_in_parts_and_groups_whole",
    ),
    "an organisation in JSON-LD": (
        "citations/test_tags.py",
        "a_person_and_an_organisation_are_told_apart",
    ),
    "an id of a base model": (
        "corpus/rules/test_values.py",
        "the_id_of_a_base_model_harms_no_other_file",
    ),
    "an id that resembles another": (
        "corpus/rules/test_values.py",
        "an_id_that_only_resembles_is_not_suggested",
    ),
}


@pytest.mark.parametrize("name", KINDS)
def test_a_kind_is_told_with_what_to_write(name: str) -> None:
    kind = KINDS[name]
    assert len(kind.typed) >= 3
    for value in kind.typed:
        _, problems = spoilt(kind.table, 0, {kind.column: value})
        told = [str(problem) for problem in problems if problem.column == kind.column]
        assert any(kind.said in each for each in told), f"{value!r}: {told}"


def test_every_other_kind_has_a_test() -> None:
    for file, name in ELSEWHERE.values():
        assert f"def test_{name}(" in (ROOT / "tests" / file).read_text(encoding="utf-8"), name
