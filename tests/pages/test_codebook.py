"""The codebook: every column, every rule, every term."""

from __future__ import annotations

import inspect
from pathlib import Path

import pytest

from gen.corpus.columns import columns
from gen.corpus.load import load
from gen.corpus.rules.register import RULES
from gen.corpus.tables import DOWNLOADS, FACETS
from tests import invented, markup
from tests.build import page


@pytest.fixture(scope="module")
def codebook() -> markup.Reading:
    return page("about/codebook.md")


def plain(line: str) -> str:
    """A line as its page shows it: marks of code and blanks aside."""
    return " ".join(line.replace("`", "").replace("*", "").split())


def test_every_column_of_every_download_is_described(codebook: markup.Reading) -> None:
    seen = 0
    for name, model in DOWNLOADS.items():
        if name == "second_coding":  # has the columns of studies
            continue
        assert f"{name}.csv" in codebook.headings
        rows = {row[0].partition(" ")[0]: row for row in codebook.rows(f"tab-{name}")[1:]}
        assert list(rows) == [column.name for column in columns(model)]
        for column in columns(model):
            seen += 1
            label, about, holds = rows[column.name]
            assert label.endswith("(required)") == column.required, column.name
            assert plain(about) == plain(column.about)
            assert ("several" in holds) == column.many, column.name
            assert holds.endswith("coded") == column.coded, column.name
    assert seen > 60


def test_what_a_column_holds_leads_to_its_terms(codebook: markup.Reading) -> None:
    rows = {row[0]: row[2] for row in codebook.rows("tab-studies")}
    assert rows["modalities"] == "Modality terms, several, coded"
    assert rows["builds_on"] == "ids of base_models or studies, several, coded"
    assert codebook.links["Modality terms"] == "#terms-modalities"
    assert codebook.part("terms-modalities").rows()


def test_every_rule_of_the_checker_stands_in_one_line(codebook: markup.Reading) -> None:
    assert len(RULES) > 10
    said = plain(codebook.part("rules").text)
    for rule in RULES:
        assert plain((inspect.getdoc(rule) or "").split("\n")[0]) in said


def test_every_controlled_term_has_label_id_and_definition(
    codebook: markup.Reading, tmp_path: Path
) -> None:
    taxonomy = load(invented.write(tmp_path / "data")).taxonomy
    assert len(taxonomy) > 15
    for name, vocabulary in taxonomy.items():
        assert vocabulary.plural in codebook.headings
        shown = codebook.rows(f"tab-terms-{name}")[1:]
        assert [row[:2] for row in shown] == [
            [term.label, id_] for id_, term in vocabulary.terms.items()
        ]
        for row, (id_, term) in zip(shown, vocabulary.terms.items(), strict=True):
            assert row[2].startswith(plain(term.definition)), id_
            assert all(alias in row[2] for alias in term.aliases), id_


def test_terms_of_facets_lead_to_their_categories(codebook: markup.Reading) -> None:
    links = codebook.part("terms").links
    assert links["Fundus photography"] == "/modalities/fundus/"
    for facet in FACETS:
        assert any(address.startswith(f"/{facet}/") for address in links.values()), facet
    assert not any(address.startswith("/unit/") for address in codebook.targets)


def test_the_three_kinds_of_missing_are_explained(codebook: markup.Reading) -> None:
    said = codebook.part("missing").text
    for words in (
        "not coded An empty cell: nobody has coded it yet",
        "not reported not-reported: the full text was read and does not say.",
        "does not apply n/a: the question does not apply",
    ):
        assert words in said
