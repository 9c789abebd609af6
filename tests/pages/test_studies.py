"""The page of a study, and the list of all."""

from __future__ import annotations

import re
from itertools import pairwise
from pathlib import Path

import pytest

from gen.corpus.columns import columns
from gen.corpus.corpus import Corpus
from gen.corpus.load import load
from gen.corpus.tables import FACETS, Study
from tests import invented, markup
from tests.build import generated, page, sound


@pytest.fixture(scope="module")
def loaded(tmp_path_factory: pytest.TempPathFactory) -> Corpus:
    """The corpus behind the pages."""
    return load(invented.write(tmp_path_factory.mktemp("sound") / "data"))


def facts(study: str) -> dict[str, str]:
    return dict(page(f"studies/{study}.md").rows("tab-facts")[1:])


def test_every_controlled_term_is_shown_by_its_label_and_never_by_its_id(loaded: Corpus) -> None:
    seen = set()
    for study in loaded.studies:
        shown = facts(study.id)
        for column in columns(Study):
            value = getattr(study, column.name)
            if not column.vocabulary or not value or column.label not in shown:
                continue
            terms = loaded.taxonomy[column.vocabulary].terms
            ids = value if column.many else [value]
            assert shown[column.label] == ", ".join(terms[id_].label for id_ in ids), column.name
            seen.add(column.name)
    assert seen >= {"architecture", "training", "modalities", "domains", "tasks", "data_access"}


def test_a_term_of_a_facet_opens_its_category(loaded: Corpus) -> None:
    links = page("studies/alphaseg.md").part("tab-facts").links
    study = next(study for study in loaded.studies if study.id == "alphaseg")
    found = {
        loaded.taxonomy[facet].terms[id_].label: f"/{facet}/{id_}/"
        for facet in FACETS
        if facet != "family"
        for id_ in study.terms(facet)
    }
    assert len(found) > 8
    assert found.items() <= links.items()


def test_numbers_dates_and_addresses_are_written_for_readers() -> None:
    shown = facts("alphaseg")
    assert shown["Training size"] == "15,000 volumes"
    assert shown["Parameters"] == "86.4 million"
    assert shown["First appeared"] == "6 May 2023"
    assert shown["Code"] == "example.org/alphaseg"
    links = page("studies/alphaseg.md").links
    assert links["example.org/alphaseg"] == "https://example.org/alphaseg"
    assert links["2305.00001"] == "https://arxiv.org/abs/2305.00001"
    said = "June 2024, Journal of Invention; first appeared February 2024"
    assert facts("betaread")["Published"] == said


def test_the_three_kinds_of_missing_are_told_apart() -> None:
    shown = facts("betaread")
    assert shown["Training size"] == shown["Training data access"] == "not reported"
    assert facts("gamma-test")["Architecture"] == "does not apply"
    # What nobody coded is no row of the table; all of it stands in one sentence.
    assert "Backbone" not in shown
    said = re.search(r"not coded: ([^.]*)\.", page("studies/betaread.md").text)
    assert said
    assert said[1].split(", ")[:3] == ["Backbone", "Adaptation", "Modalities"]
    (unsaid,) = markup.named(
        page("studies/betaread.md").html, "span", class_="lsr-missing lsr-missing--not-coded"
    )
    assert unsaid.text == "not coded"


@pytest.mark.parametrize(
    ("study", "badges"),
    [
        ("alphaseg", ["Vision-only", "Foundation model", "Preprint"]),
        (
            "betaread",
            ["Vision-language", "Foundation model", "Published in a venue"],
        ),
        ("gamma-test", ["Vision-only", "Evaluation", "Preprint"]),
    ],
)
def test_badges_say_what_kind_of_study_it_is(study: str, badges: list[str]) -> None:
    found = [
        element.text
        for tag in ("a", "span")
        for element in markup.named(page(f"studies/{study}.md").html, tag)
        if "lsr-badge" in element.attributes.get("class", "").split()
    ]
    assert sorted(found) == sorted(badges)


def test_a_study_can_be_cited_in_each_format() -> None:
    part = page("studies/betaread.md").part("citation")
    assert "Anna Alt, Bo Berg (2024). Reading, with commas. Journal of Invention." in part.text
    assert part.links["https://doi.org/10.1234/beta%2824%291"].startswith("https://doi.org/10.1234")
    for words, suffix in (("BibTeX", "bib"), ("RIS", "ris"), ("CSL-JSON", "csl.json")):
        assert part.links[words] == f"/studies/betaread.{suffix}"
        assert part.links[words][1:] in sound()


def test_data_sets_are_named_by_what_they_were_used_for() -> None:
    part = page("studies/alphaseg.md").part("data-sets")
    assert "Training (2) Made-up CT Made-up MRI Evaluation only (1) Made-up Eyes" in part.text
    assert part.links["Made-up Eyes"] == "/datasets/made-up-eyes/"
    other = page("studies/gamma-test.md").part("data-sets")
    assert "Training does not apply Evaluation only (2)" in other.text


def test_lineage_names_parents_and_children() -> None:
    part = page("studies/alphaseg.md").part("lineage")
    assert part.links["StemNet"] == "/foundations/stemnet/"
    assert (part.links["DeltaFit"], part.links["BetaRead"]) == (
        "/studies/deltafit/",
        "/studies/betaread/",
    )
    assert "Lineage" not in page("studies/epsilon.md").headings


def test_headline_results_are_shown_as_stated() -> None:
    assert page("studies/alphaseg.md").rows("tab-results")[1][:4] == [
        "Segmentation",
        "Made-up Eyes",
        "Dice",
        "0.874 (0.85 to 0.9)",
    ]
    assert "not comparable between studies" in page("studies/alphaseg.md").part("results").text


def test_how_a_row_was_coded_is_said_and_can_be_mended() -> None:
    part = page("studies/zeta.md").part("coding")
    assert "Coded from: Abstract. Coded a second time, blind, to measure agreement." in part.text
    assert "Coded once; nobody has coded it" in page("studies/alphaseg.md").part("coding").text
    repository = "https://example.org/inventors/review"
    assert part.links["See this row"] == f"{repository}/blob/main/data/studies.csv?plain=1#L7"
    assert part.links["Edit the table"] == f"{repository}/edit/main/data/studies.csv"
    assert "template=correct.yml" in part.links["Report an error"]
    assert "row=studies%2Fzeta" in part.links["Report an error"]
    assert part.links["Correct this study"].endswith("/contribute/add/?study=zeta")


def test_a_study_page_names_its_neighbours_in_time(loaded: Corpus) -> None:
    for before, after in pairwise(loaded.studies):
        for own, words, other in ((before, "Later", after), (after, "Earlier", before)):
            document = page(own.path)
            assert document.links[f"{words}: {other.name}"] == f"/studies/{other.id}/"
            rel = {"Later": "next", "Earlier": "prev"}[words]
            (link,) = markup.named(document.html, "a", rel=rel)
            assert link.text == f"{words}: {other.name}"


def test_studies_that_share_terms_are_similar_and_say_what_they_are() -> None:
    part = page("studies/deltafit.md").part("similar")
    assert part.links["AlphaSeg"] == "/studies/alphaseg/"
    said = "AlphaSeg (2023): A model that was made up for the tests. Shares Supervised, Vision-only"
    assert f"{said} · all with these" in part.text
    query = "?training=supervised&amp;family=vision-only"
    assert f'href="../../studies/{query}">all with these' in str(sound()["studies/deltafit.md"])


def test_two_shared_terms_of_a_facet_must_both_hold_in_the_explorer(
    told: dict[str, str | bytes],
) -> None:
    html = str(told["studies/epsilon.md"])
    assert "?adaptation=in-context&amp;modalities=oct,ct&amp;all=modalities" in html
    assert (
        "Shares In-context learning, OCT, CT, WordNet-X as base"
        in markup.read(told, "studies/epsilon.md").part("similar").text
    )


def test_what_one_can_do_with_a_study_stands_above_its_facts() -> None:
    links = page("studies/alphaseg.md").links
    assert links["Weights: open"] == "https://example.org/alphaseg/weights"
    assert links["Code: licence not coded"] == "https://example.org/alphaseg"
    assert links["Preprint: arXiv 2305.00001"] == "https://arxiv.org/abs/2305.00001"
    assert links["Cite"].endswith("#citation")
    html = str(sound()["studies/alphaseg.md"])
    assert html.index("lsr-do") < html.index("{#facts")


def test_what_is_not_offered_is_said_in_quiet_words() -> None:
    other = page("studies/betaread.md")
    assert "No weights offered Code: not coded" in other.text
    assert "Paper: Journal of Invention 2024" in other.links
    assert not {"No weights offered", "Code: not coded"} & other.links.keys()


def test_how_to_get_weights_and_code_is_shown_where_the_addresses_say_it(
    told: dict[str, str | bytes],
) -> None:
    html = str(told["studies/epsilon.md"])
    assert '<code id="lsr-get-weights">hf download eps/epsilon-1.0</code>' in html
    assert "Access must be asked for" in html
    assert '<code id="lsr-get-code">git clone https://github.com/eps/code.git</code>' in html
    assert html.count('data-lsr-copy="lsr-get-') == 2
    assert "lsr-get" not in str(told["studies/alphaseg.md"])


def test_the_list_holds_every_study_once_newest_first(loaded: Corpus) -> None:
    listed = page("studies/index.md")
    rows = [row for row in listed.rows() if row[0] != "Study"]
    assert [row[0] for row in rows] == [study.name for study in loaded.studies[::-1]]
    title = "AlphaSeg, or “segment nothing”"
    assert ["AlphaSeg", title, "2305.00001", "2023", "Open"] in rows
    assert {f"/studies/{study.id}/" for study in loaded.studies} <= listed.targets


@pytest.mark.slow
def test_a_cell_of_the_table_reaches_its_page(tmp_path: Path) -> None:
    data = invented.write(tmp_path / "data")
    invented.change(data, "studies", 2, data_access="mixed", weights_access="gated", note="Odd.")
    changed = markup.read(generated(data), "studies/alphaseg.md")
    assert ["Training data access", "Mixed"] in changed.rows("tab-facts")
    assert "Weights: gated" in changed.text
    assert "Coder’s note. Odd." in changed.part("facts").text


NOTICE = "https://example.org/notice"
LOADED = {
    "adaptation": "in-context",
    "modalities": "ct; oct",
    "builds_on": "wordnet-x",
    "weights": "https://huggingface.co/eps/epsilon-1.0/tree/main",
    "weights_access": "gated",
    "code": "https://github.com/eps/code/tree/main/src",
}
LONG = "The abstract names no size, so that it was left out." + " It says more of the sets." * 4


@pytest.fixture(scope="module")
def told(tmp_path_factory: pytest.TempPathFactory) -> dict[str, str | bytes]:
    """The site of a corpus in which there is more to tell of each study."""
    data = invented.write(tmp_path_factory.mktemp("told") / "data")
    authors = "Alt, Anna; Berg, Bo"
    evidence = "https://journal.example/10.1234/x; https://hub.example/y; https://example.org/z"
    licences = {
        "code_licence": "MIT",
        "weights_licence": "custom",
        "licence_note": "No cars < 2 & *vans*.",
    }
    invented.change(
        data, "studies", 2, authors=authors, parameters_m="27000", dimension="2d; 3d", note=LONG,
        partial="authors; modalities; train-data", evidence=evidence, **licences,
    )  # fmt: skip
    code = {"code": "https://example.org/code", "code_licence": "none"}
    invented.change(data, "studies", 3, published="2024-05", record_id="r3", **code)
    invented.change(data, "studies", 4, published="2024", venue="Tests", doi="10.1234/gamma")
    invented.change(data, "studies", 5, name="alphaSEG", authors=authors, note="Short.")
    invented.change(data, "studies", 6, status="concern", status_url=NOTICE, **LOADED)
    like = {name: LOADED[name] for name in ("adaptation", "modalities", "builds_on")}
    invented.change(data, "studies", 7, status="retracted", status_url=NOTICE, **like)
    invented.change(data, "results", 2, evidence=evidence)
    invented.change(data, "datasets", 3, evidence=evidence, note=LONG)
    invented.change(data, "records", 4, study="betaread", draw="12")
    judged = {"study": "alphaseg", "tool": "probast-ai", "evidence": "https://example.org/p"}
    for domain in ("participants", "predictors", "outcome", "analysis"):
        judged |= {"domain": domain, "reason": "n < 9 & *few*."}
        judged["judgement"] = "high" if domain == "outcome" else "low"
        invented.append(data, "appraisal", **judged)
    return generated(data)


def facts_of(told: dict[str, str | bytes], study: str) -> dict[str, str]:
    return dict(markup.read(told, f"studies/{study}.md").rows("tab-facts")[1:])


def test_a_study_says_what_it_states_and_how_it_was_judged(told: dict[str, str | bytes]) -> None:
    assert facts_of(told, "alphaseg")["Transparency"] == "States 9 of 9 items"
    assert facts_of(told, "alphaseg")["Risk of bias"] == "High"
    silent = facts_of(told, "betaread")
    assert silent["Transparency"] == "States 1 of 9 items"
    assert "Risk of bias" not in silent
    links = markup.read(told, "studies/alphaseg.md").part("tab-facts").links
    assert links["9 of 9 items"] == "/trends/transparency/#rule"
    assert links["High"] == "/trends/appraisal/#of-alphaseg"


def test_a_judgement_stands_in_words_with_its_reason(told: dict[str, str | bytes]) -> None:
    bias = markup.read(told, "trends/appraisal.md")
    (row,) = bias.rows("tab-judgements")[1:]
    marks = ["\N{MINUS SIGN} High", "+ Low", "+ Low", "\N{MINUS SIGN} High", "+ Low"]
    assert [" ".join(cell.split()) for cell in row] == ["AlphaSeg (Alt 2023)", *marks]
    reasons = bias.part("of-alphaseg").text
    assert "High, outcome: n < 9 & *few*." in reasons


def test_licences_are_told_in_plain_words(told: dict[str, str | bytes]) -> None:
    shown = facts_of(told, "alphaseg")
    assert shown["Code licence"] == "MIT · commercial use allowed"
    assert shown["Weights licence"] == "Own terms · commercial use unclear"
    assert shown["Licence note"] == "No cars < 2 & *vans*."
    assert facts_of(told, "betaread")["Code licence"] == "No licence · commercial use unclear"
    links = markup.read(told, "studies/alphaseg.md").links
    assert "Weights: open · own terms, commercial use unclear" in links
    assert "Code: MIT, commercial use allowed" in links
    assert "Code: no licence" in markup.read(told, "studies/betaread.md").links


def test_what_is_not_there_has_no_licence_that_could_be_coded() -> None:
    def unsaid(study: str) -> str:
        (said,) = re.findall(r"not coded: ([^.]*)\.", page(f"studies/{study}.md").text)
        return str(said)

    assert "Code licence, Weights licence" in unsaid("alphaseg")
    assert "licence" not in unsaid("epsilon")
    assert "Builds on" not in unsaid("alphaseg")
    assert "Builds on, " in unsaid("epsilon")
    assert "Weights from" not in unsaid("epsilon")


def test_a_published_study_says_when_and_where_and_since_when(
    told: dict[str, str | bytes],
) -> None:
    shown = facts_of(told, "betaread")
    assert shown["Published"] == "May 2024, Journal of Invention; first appeared February 2024"
    assert not {"First appeared", "Venue"} & shown.keys()
    assert facts_of(told, "gamma-test")["Published"] == "2024, Tests"
    assert facts_of(told, "alphaseg")["Venue"] == "arXiv"


def test_sizes_and_dimensions_are_told_in_words(told: dict[str, str | bytes]) -> None:
    shown = facts_of(told, "alphaseg")
    assert shown["Parameters"] == "27 billion"
    assert shown["Dimension"] == "2D, 3D"


def test_a_list_that_is_not_whole_says_so_where_it_stands(told: dict[str, str | bytes]) -> None:
    others = "and others that were not named"
    study = markup.read(told, "studies/alphaseg.md")
    assert facts_of(told, "alphaseg")["Modalities"] == f"MRI, CT {others}"
    assert others not in facts_of(told, "alphaseg")["Tasks"]
    assert f"Bo Berg {others}" in study.part("citation").text
    sets = study.part("data-sets").text
    assert f"Made-up MRI {others} Evaluation only (1) Made-up Eyes" in sets
    assert sets.count(others) == 1
    assert others not in markup.read(told, "studies/betaread.md").text


def test_a_notice_stands_above_all_that_the_work_says(told: dict[str, str | bytes]) -> None:
    study = markup.read(told, "studies/zeta.md")
    banner = study.part("status")
    assert banner.text.startswith("Retracted. The journal or the authors took the published work")
    assert "It is listed here, and no share or trend counts it." in banner.text
    assert banner.links["Read the notice"] == NOTICE
    assert study.text.index("Retracted.") < study.text.index("A model that was made up")
    assert study.part("tab-facts").links["Retracted"] == NOTICE
    concern = markup.read(told, "studies/epsilon.md").part("status").text
    assert concern.startswith("Expression of concern. The editors warn")
    assert "no share" not in concern
    assert 'id="status"' not in str(told["studies/alphaseg.md"])


def test_a_notice_is_told_in_lists_feeds_and_numbers(told: dict[str, str | bytes]) -> None:
    listed = markup.read(told, "studies/index.md")
    names = [row[0] for row in listed.rows("tab-studies")[1:]]
    assert names[:2] == ["Zeta (retracted)", "Epsilon (expression of concern)"]
    assert "All 6 coded studies, newest first. 1 is retracted or withdrawn: listed," in listed.text
    assert "<title>Zeta (retracted): Zeta</title>" in str(told["studies/feed.xml"])
    assert "Later: Zeta (retracted)" in markup.read(told, "studies/epsilon.md").links
    assert "5 studies, 1 of them retracted or" in markup.read(told, "family/vision-only.md").text
    assert "retracted" not in page("studies/index.md").text


def test_studies_of_one_name_are_told_apart_wherever_they_are_named(
    told: dict[str, str | bytes],
) -> None:
    one, other = "AlphaSeg (Alt 2023)", "alphaSEG (Alt 2024)"
    study = markup.read(told, "studies/alphaseg.md")
    assert study.headings[0].startswith("AlphaSeg")
    assert "(Alt" not in study.headings[0]
    assert study.part("lineage").links[other] == "/studies/deltafit/"
    assert f"<title>{other}: Fitting AlphaSeg to eyes</title>" in str(told["studies/feed.xml"])
    assert other in str(told["trends/gaps/studies.json"])
    named: dict[str, set[str]] = {}
    for path in (path for path in told if path.endswith(".md")):
        for text, target in markup.read(told, path).links.items():
            named.setdefault(target.partition("#")[0], set()).add(text)
    assert one in named["/studies/alphaseg/"]
    assert other in named["/studies/deltafit/"]
    assert not {"AlphaSeg", "alphaSEG"} & {text for texts in named.values() for text in texts}


@pytest.mark.parametrize(
    ("study", "said"),
    [
        ("betaread", "Drawn at random from the deferred records (no. 12 of the draw)"),
        ("alphaseg", "Included at screening"),
        ("zeta", "Contributed directly"),
    ],
)
def test_a_study_says_how_it_came_to_be_here(
    told: dict[str, str | bytes], study: str, said: str
) -> None:
    part = markup.read(told, f"studies/{study}.md").part("coding")
    assert part.links[said] == "/about/flow/#frame"


def test_evidence_is_shown_with_its_kind(told: dict[str, str | bytes]) -> None:
    shown = "Paper: journal.example/10.1234/x Model card: hub.example/y Project page: example.org/z"
    assert shown in markup.read(told, "studies/alphaseg.md").part("coding").text
    assert shown in markup.read(told, "datasets/made-up-eyes.md").part("evidence").text
    kinds = "Paper, Model card, Project page"
    assert markup.read(told, "studies/alphaseg.md").rows("tab-results")[1][-1] == kinds
    assert markup.read(told, "datasets/made-up-eyes.md").rows("tab-results")[1][-1] == kinds


def test_a_long_note_is_folded_and_a_short_one_in_sight(told: dict[str, str | bytes]) -> None:
    for path in ("studies/alphaseg.md", "datasets/made-up-eyes.md"):
        folded = markup.named(markup.read(told, path).html, "details", class_="lsr-coder")
        assert [each.text for each in folded] == [f"Coder’s note\n{LONG}"]
    short = markup.read(told, "studies/deltafit.md")
    assert not list(markup.named(short.html, "details", class_="lsr-coder"))
    assert "Coder’s note. Short." in short.part("facts").text
