"""The facts table of a row, for columns of every kind."""

from __future__ import annotations

import pytest

from gen.corpus.corpus import Corpus
from gen.corpus.load import load
from gen.pages import facts
from tests import invented


@pytest.fixture(scope="module")
def loaded(tmp_path_factory: pytest.TempPathFactory) -> Corpus:
    data = invented.write(tmp_path_factory.mktemp("sound") / "data")
    invented.change(data, "studies", 2, coded_from="abstract; full-text")
    return load(data)


def shown(corpus: Corpus, study: str, *names: str) -> list[tuple[str, str]]:
    row = next(row for row in corpus.studies if row.id == study)
    lines = facts.facts(row, names, corpus.taxonomy)
    return [(str(line["value"]), line["url"]) for line in lines]


def test_several_terms_without_pages_of_their_own_are_shown_by_their_labels(loaded: Corpus) -> None:
    assert shown(loaded, "alphaseg", "coded_from") == [("Abstract, Full text", "")]


def test_several_values_in_free_text_are_a_list(loaded: Corpus) -> None:
    assert shown(loaded, "alphaseg", "authors") == [("Alt, Anna, Berg, Bo", "")]


def test_an_address_and_an_identifier_lead_to_their_page(loaded: Corpus) -> None:
    assert shown(loaded, "gamma-test", "url") == [("https://example.org/gamma?a=1&b=2",) * 2]
    assert shown(loaded, "zeta", "doi") == [("10.1234/zeta", "https://doi.org/10.1234/zeta")]


def test_what_is_not_reported_leads_nowhere(loaded: Corpus) -> None:
    assert shown(loaded, "gamma-test", "weights") == [("", "")]
    assert shown(loaded, "zeta", "weights") == []
