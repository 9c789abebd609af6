"""What a page tells machines of its study."""

from __future__ import annotations

import json
import re
from typing import Any

import pytest

from gen.citations.entry import study_entry
from gen.citations.tags import highwire, json_ld
from gen.corpus.names import name
from gen.corpus.tables import Study
from tests.analysis.test_tables import study as made
from tests.real import corpus


def tags(study: Study) -> dict[str, Any]:
    return highwire(study_entry(study))


def linked(study: Study) -> dict[str, Any]:
    return json_ld(study, study_entry(study))


def test_a_name_reaches_zotero_with_its_particle_and_an_organisation_whole() -> None:
    """Its translator takes what is before the first comma for the family name."""
    authors = ("van der Laak, Jeroen", "King, William E., III", "kaiko.ai", "Van Valen, David")
    assert tags(made("a").model_copy(update={"authors": authors}))["author"] == [
        "van der Laak, Jeroen",
        "King, William E. III",
        "kaiko.ai,",
        "Van Valen, David",
    ]


def test_a_person_and_an_organisation_are_told_apart() -> None:
    authors = ("van der Laak, Jeroen", "LASA Team")
    assert linked(made("a").model_copy(update={"authors": authors}))["author"] == [
        {"@type": "Person", "name": "Jeroen van der Laak"},
        {"@type": "Organization", "name": "LASA Team"},
    ]


@pytest.mark.parametrize(
    ("venue", "tag", "part"),
    [
        ("Nature", "journal_title", ("isPartOf", "Periodical", "Nature")),
        ("MICCAI 2024", "conference_title", ("publication", "PublicationEvent", "MICCAI")),
    ],
)
def test_a_page_names_where_its_study_was_published(
    venue: str, tag: str, part: tuple[str, str, str]
) -> None:
    study = made("a", "2023-01", venue=venue, published="2024-05-06", arxiv="2301.00001")
    property_, type_, name_ = part
    assert tags(study)[tag] == name_
    assert tags(study)["publication_date"] == "2024/05/06"
    assert linked(study)[property_] == {"@type": type_, "name": name_}
    assert linked(study)["datePublished"] == "2024-05-06"


def test_a_preprint_is_part_of_nothing() -> None:
    study = made("a", "2023-01", venue="arXiv", arxiv="2301.00001")
    assert not {"isPartOf", "publication"} & linked(study).keys()
    assert not {"journal_title", "conference_title"} & tags(study).keys()
    assert tags(study)["publication_date"] == "2023/01"


def test_a_retraction_is_said_to_machines() -> None:
    study = made("a", status="retracted", status_url="https://example.org/notice")
    assert linked(study)["creativeWorkStatus"] == "Retracted"
    assert linked(study)["headline"] == tags(study)["title"] == "RETRACTED: a"
    assert "creativeWorkStatus" not in linked(made("a"))


@pytest.mark.corpus
def test_every_study_is_named_to_search_engines_and_reference_managers() -> None:
    for study in corpus().studies:
        said, tagged = linked(study), tags(study)
        assert json.loads(json.dumps(said)) == said
        assert (said["@context"], said["@type"]) == ("https://schema.org", "ScholarlyArticle")
        assert study.title in said["headline"]
        assert said["headline"] == tagged["title"]
        assert [one["name"] for one in said["author"]] == [name(a).text for a in study.authors]
        assert said["abstract"] == study.summary
        same = said.get("sameAs", [])
        assert (f"https://arxiv.org/abs/{study.arxiv}" in same) == bool(study.arxiv)
        assert (f"https://doi.org/{study.doi}" in same) == bool(study.doi)
        assert len(tagged["author"]) == len(study.authors)
        assert re.fullmatch(r"(\d{4}(/\d\d(/\d\d)?)?)?", str(tagged.get("publication_date", "")))
        assert (tagged.get("doi"), tagged.get("arxiv_id")) == (study.doi, study.arxiv)
        assert all([*said.values(), *tagged.values()]), "what there is not is left out"
