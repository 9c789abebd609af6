"""What a page tells machines of its study."""

from __future__ import annotations

import json
import re
from typing import Any
from urllib.parse import parse_qsl

import pytest
from playwright.sync_api import Browser

from gen.citations.entry import study_entry
from gen.citations.pages import Page
from gen.citations.tags import coins, json_ld, meta
from gen.corpus.names import name
from gen.corpus.tables import Study
from tests.analysis.test_tables import study as made
from tests.citations.test_entry import RELEASE, REVIEW
from tests.real import DOCS, corpus


def tags(study: Study) -> dict[str, Any]:
    return meta(study_entry(study))


def linked(study: Study) -> dict[str, Any]:
    return json_ld(study, study_entry(study))


def test_a_name_reaches_zotero_with_its_particle_and_an_organisation_whole() -> None:
    """Its translator takes what is before the first comma for the family name."""
    authors = (
        "van der Laak, Jeroen",
        "King, William E., III",
        "kaiko.ai",
        "LASA Team",
        "Van Valen, David",
    )
    assert tags(made("a").model_copy(update={"authors": authors}))["citation_author"] == [
        "van der Laak, Jeroen",
        "King, William E. III",
        "kaiko.ai",
        "LASA Team,",
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
        ("Nature", "citation_journal_title", ("isPartOf", "Periodical", "Nature")),
        ("MICCAI 2024", "citation_conference_title", ("publication", "PublicationEvent", "MICCAI")),
    ],
)
def test_a_page_names_where_its_study_was_published(
    venue: str, tag: str, part: tuple[str, str, str]
) -> None:
    study = made("a", "2023-01", venue=venue, published="2024-05-06", arxiv="2301.00001")
    property_, type_, name_ = part
    assert tags(study)[tag] == name_
    assert tags(study)["citation_publication_date"] == "2024/05/06"
    assert linked(study)[property_] == {"@type": type_, "name": name_}
    assert linked(study)["datePublished"] == "2024-05-06"


def test_a_preprint_is_part_of_nothing() -> None:
    study = made("a", "2023-01", venue="arXiv", arxiv="2301.00001")
    assert not {"isPartOf", "publication"} & linked(study).keys()
    assert not {"citation_journal_title", "citation_conference_title"} & tags(study).keys()
    assert tags(study)["citation_publication_date"] == "2023/01"


def test_a_retraction_is_said_to_machines() -> None:
    study = made("a", status="retracted", status_url="https://example.org/notice")
    assert linked(study)["creativeWorkStatus"] == "Retracted"
    assert linked(study)["headline"] == tags(study)["citation_title"] == "RETRACTED: a"
    assert "creativeWorkStatus" not in linked(made("a"))


@pytest.mark.corpus
def test_every_study_is_named_to_search_engines_and_reference_managers() -> None:
    for study in corpus().studies:
        said, tagged = linked(study), tags(study)
        assert json.loads(json.dumps(said)) == said
        assert (said["@context"], said["@type"]) == ("https://schema.org", "ScholarlyArticle")
        assert study.title in said["headline"]
        assert said["headline"] == tagged["citation_title"]
        assert [one["name"] for one in said["author"]] == [name(a).text for a in study.authors]
        assert said["abstract"] == study.summary
        same = said.get("sameAs", [])
        assert (f"https://arxiv.org/abs/{study.arxiv}" in same) == bool(study.arxiv)
        assert (f"https://doi.org/{study.doi}" in same) == bool(study.doi)
        assert len(tagged["citation_author"]) == len(study.authors)
        assert re.fullmatch(
            r"(\d{4}(/\d\d(/\d\d)?)?)?", str(tagged.get("citation_publication_date", ""))
        )
        assert (tagged.get("citation_doi"), tagged.get("citation_arxiv_id")) == (
            study.doi,
            study.arxiv,
        )
        assert all([*said.values(), *tagged.values()]), "what there is not is left out"


# What Zotero reads: the rules of its translators (June 2026), found by running them over the site.

NAMES = ("van der Laak, Jeroen", "Zhang, Wei", "Zhang, Wei", "LASA Team")
ARXIV = {"arxiv": "2401.00001", "doi": None, "venue": "arXiv"}
NATURE = {"arxiv": "2401.00001", "venue": "Nature", "published": "2024-05"}
MICCAI = {"arxiv": "2401.00001", "doi": None, "venue": "MICCAI 2024", "published": "2024-05"}
GITHUB = {"venue": "GitHub", "published": "2024-05", "doi": None}


@pytest.mark.parametrize("columns", [ARXIV, NATURE, MICCAI, GITHUB])
def test_one_thing_alone_says_what_kind_of_work_a_page_is_about(columns: dict[str, Any]) -> None:
    """Embedded Metadata takes the kind from the tag of the container, else from DC.type.

    With neither it takes a citation_title for an article, and a tag whose second word is the name
    of a vocabulary (citation_book_title) for none of its own.
    """
    said = tags(made("a").model_copy(update=columns))
    kinds = {"journal_title", "conference_title", "technical_report_institution", "inbook_title"}
    containers = [f"citation_{kind}" for kind in kinds if f"citation_{kind}" in said]
    assert len(containers) + ("DC.type" in said) == 1
    assert not [name for name in said if name.split("_")[1:2] in (["book"], ["music"], ["video"])]


def test_a_preprint_is_one_to_zotero_with_its_archive_and_number() -> None:
    """Its "publisher" is the repository and a "report number" the number in it."""
    said = tags(made("a").model_copy(update=ARXIV))
    assert said["DC.type"] == "preprint"
    assert said["citation_publisher"] == "arXiv"
    assert said["citation_technical_report_number"] == "arXiv:2401.00001"
    published = tags(made("a").model_copy(update=NATURE))
    assert not {"citation_publisher", "citation_technical_report_number"} & published.keys()


def test_a_part_of_the_review_names_its_version_and_the_review_is_a_web_page() -> None:
    """Embedded Metadata takes prism.edition for the edition; a citation_* tag it has none for."""
    page = Page(REVIEW, RELEASE, "trends/eyes.md")
    assert meta(page.entry("Eyes"))["prism.edition"] == "Version 2025.01"
    review = meta(Page(REVIEW, RELEASE, "index.md").page_entry(""))
    assert (review["DC.type"], review["citation_title"]) == ("webpage", REVIEW.title)
    assert "citation_inbook_title" not in review


@pytest.mark.parametrize(
    ("columns", "kind", "container"),
    [
        (ARXIV, "preprint", ("rft.publisher", "arXiv")),
        (NATURE, "journalArticle", ("rft.source", "Nature")),
        (MICCAI, "conferencePaper", ("rft.source", "MICCAI")),
        (GITHUB, "report", ("rft.publisher", "GitHub")),
    ],
)
def test_a_study_of_a_list_is_offered_whole(
    columns: dict[str, Any], kind: str, container: tuple[str, str]
) -> None:
    """Zotero's OpenURL takes the kind of item from rft.type, once the format is Dublin Core.

    It looks a study without authors up by its DOI, and a preprint by the one that arXiv gave it. It
    reads a name with a comma as `Family, Given`, and takes rft.au alone as it stands: of rft.aulast
    and rft.aufirst it drops the second of two namesakes.
    """
    title = "Eyes & ears = 100% of it; a #1 <b>"
    study = made("a", "2024-05").model_copy(update={**columns, "title": title, "authors": NAMES})
    said = parse_qsl(coins(study_entry(study)), strict_parsing=True)
    doi = study.doi or ("10.48550/arXiv.2401.00001" if columns is ARXIV else "")
    authors = [] if doi else [*NAMES[:3], "LASA Team,"]
    assert [value for key, value in said if key == "rft.au"] == authors
    assert len({key for key, _ in said}) == len(said) - max(len(authors) - 1, 0)
    found = dict(said)
    assert found["rft_val_fmt"] == "info:ofi/fmt:kev:mtx:dc"
    assert (found["rft.title"], found["rft.type"]) == (title, kind)
    assert found[container[0]] == container[1]
    assert (found["rft.date"], found.get("rft.identifier", "")) == ("2024-05", study.link)
    assert found.get("rft_id") == (f"info:doi/{doi}" if doi else None)


def test_the_title_of_a_study_comes_before_its_kind() -> None:
    """After "journalArticle" Zotero's OpenURL takes rft.title for the title of the journal."""
    keys = [key for key, _ in parse_qsl(coins(study_entry(made("a").model_copy(update=NATURE))))]
    assert keys.index("rft.title") < keys.index("rft.type")


@pytest.mark.parametrize("columns", [ARXIV, NATURE, MICCAI, GITHUB])
def test_a_script_offers_a_study_as_the_build_does(
    columns: dict[str, Any], browser: Browser
) -> None:
    """docs/assets/js/coins.js, for lists that a script draws."""
    study = made("a", "2024-05").model_copy(update={**columns, "authors": NAMES[:3]})
    entry = study_entry(study)
    said = dict(parse_qsl(coins(entry)))
    given = {
        "title": entry.title,
        "type": said["rft.type"],
        "container": entry.container,
        "date": entry.date,
        "doi": entry.doi,
        "arxiv": entry.arxiv,
        "url": entry.url,
    }
    module = (DOCS / "assets/js/coins.js").read_text(encoding="utf-8")
    page = browser.new_page()
    found = page.evaluate(
        """async ([module, study, authors]) => {
            const at = URL.createObjectURL(new Blob([module], { type: "text/javascript" }));
            const { coins, listed, changed } = await import(at);
            let heard = 0;
            document.addEventListener("ZoteroItemUpdated", () => { heard += 1; });
            document.body.append(listed({ ...study, authors }));
            changed();
            const { title } = document.querySelector("span.Z3988");
            return [title, coins(study), heard];
        }""",
        [module, given, list(NAMES[:3])],
    )
    page.close()
    assert parse_qsl(found[0]) == parse_qsl(coins(entry))
    assert "rft.au" not in dict(parse_qsl(found[1]))
    assert found[2] == 1


def test_a_study_is_told_to_machines_whole() -> None:
    article = made("a", "2024-05").model_copy(update={**NATURE, "authors": NAMES[:2]})
    assert linked(article) == {
        "@context": "https://schema.org",
        "@type": "ScholarlyArticle",
        "abstract": "Invented.",
        "author": [{"@type": "Person", "name": name(each).text} for each in NAMES[:2]],
        "datePublished": "2024-05",
        "headline": "a",
        "isPartOf": {"@type": "Periodical", "name": "Nature"},
        "name": "a",
        "sameAs": ["https://arxiv.org/abs/2401.00001", "https://doi.org/10.1234/a"],
        "url": "https://doi.org/10.1234/a",
    }
    assert linked(article.model_copy(update={"arxiv": None}))["sameAs"] == [
        "https://doi.org/10.1234/a"
    ]
