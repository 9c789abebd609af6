"""Pages written by hand: what they may ask of the data, what they cite, what they must not type."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from gen.analysis.links import Links
from gen.chapters import authored
from gen.chapters.expressions import Expressions
from gen.citations.in_text import works
from gen.corpus.load import load
from gen.problems import DataError
from tests import invented


@pytest.fixture(name="data")
def _data(tmp_path: Path) -> Path:
    return invented.write(tmp_path / "data")


def written(data: Path, text: str) -> str:
    """The page that a text becomes."""
    docs = data.parent / "docs"
    docs.mkdir(exist_ok=True)
    (docs / "page.md").write_text(text, encoding="utf-8")
    found = load(data)
    context = authored.PageContext(
        values=Expressions(found, Links.of(found)).all,
        works=works(found),
        answers={"growth": "It grows *fast*."},
        readings={"a-figure": "It rises."},
        embed=lambda slug, page: f"{slug} on {page}",
    )
    return dict(authored.pages(docs, context))["page.md"]


def faults(data: Path, text: str) -> list[str]:
    with pytest.raises(DataError) as error:
        written(data, text)
    return [str(problem).removeprefix(f"{data.parent}/") for problem in error.value.problems]


@pytest.mark.parametrize(
    ("expression", "value"),
    [
        ("count_studies()", "6"),
        ('count_studies(family="vision-language")', "1"),
        ("count_studies(year=2024)", "4"),
        ("count_studies(since=2024)", "5"),
        ("count_studies(year=[2023, 2025])", "2"),
        ("count_studies(published=True)", "1"),
        ('count_studies(stated="train_size")', "1"),
        ('count_studies(stated=["train_data", "code"])', "1"),
        ('count_studies(training=["supervised", "contrastive-image-text"])', "3"),
        ('count_studies(training="supervised", family="vision-only")', "2"),
        ("count_studies(venue=None)", "4"),
        ('count_studies(roots="alphaseg")', "2"),
        # Of those that state their training (four, the evaluation's "none" among them).
        ('share(training="supervised")', "50%"),
        ('share(training="supervised", of=dict(family="vision-language"))', "0%"),
        ("share(published=True)", "17%"),
        ('most("roots", 1)', "[AlphaSeg](/studies/alphaseg.md) (2)"),
        (
            'most("roots", 3)',
            "[AlphaSeg](/studies/alphaseg.md) (2), [StemNet](/foundations/stemnet.md) (1) and [WordNet-X](/foundations/wordnet-x.md) (1)",  # noqa: E501
        ),
        ('most("training", 1)', "[Supervised](/training/supervised.md) (2)"),
        ('most("eval_data", 1)', "[Made-up Eyes](/datasets/made-up-eyes.md) (2)"),
        ('stated("alphaseg", "train_size")', "15,000 volumes"),
        ('stated("alphaseg", "parameters_m")', "86.4 million parameters"),
        ('stated("betaread", "venue")', "Journal of Invention"),
        ('median("parameters_m")', "86.4"),
        ('result("alphaseg", metric="dice")', "0.874 (0.85 to 0.9)"),
        ('result("betaread", dataset=None)', "1.0"),
        ('most("data_access", 1)', "Public (1)"),
        (
            'these(["zeta", "alphaseg"])',
            "[AlphaSeg](/studies/alphaseg.md), [Zeta](/studies/zeta.md)",
        ),
        ("count_data_sets()", "3"),
        ('count_data_sets(access="public")', "1"),
        ('count_base_models(kind="vision")', "1"),
        ('count_results(task="segmentation")', "1"),
        ('count_records(decision="include")', "2"),
        ('count_records(reason="non-medical", sources="hand search")', "1"),
        ('answer("growth")', r"It grows \*fast\*."),
        ('reading("a-figure")', "It rises."),
        ('figure("a-figure")', "a-figure on page.md"),
    ],
)  # fmt: skip
def test_an_expression_gives_what_the_data_say(data: Path, expression: str, value: str) -> None:
    assert written(data, f"{{{{ {expression} }}}}") == value


@pytest.mark.parametrize(
    ("expression", "fault"),
    [
        (
            'count_studies(familly="x")',
            "'familly' is not a column of studies.csv (did you mean 'family'?)",
        ),
        (
            'count_studies(family="vision")',
            "'vision' is not a value of family (did you mean 'vision-only'?)",
        ),
        (
            'count_studies(train_data="made-up-ctt")',
            "'made-up-ctt' is not a value of train_data (did you mean 'made-up-ct'?)",
        ),
        ('count_studies(stated="size")', "'size' is not a column of studies.csv"),
        ('share(domains="chest", of=dict(year=2025))', "no study states domains there"),
        ('most("domains", 2, year=2025)', "no study states domains there"),
        ('median("parameters_m", year=2025)', "no study states parameters_m there"),
        ('stated("zeta", "parameters_m")', "'zeta' has no value in parameters_m"),
        ('stated("zetta", "parameters_m")', "'zetta' is not a study (did you mean 'zeta'?)"),
        ('result("zeta")', "0 results of 'zeta' meet the conditions; exactly one must"),
        ('comparator("betaread")', "the result of 'betaread' is compared with no value"),
        ('these(["zeta", "alphasek"])', "'alphasek' is not a study (did you mean 'alphaseg'?)"),
        ('count_studies(frame="drawm")', "'drawm' is not a frame (did you mean 'drawn'?)"),
        ('share(code=None, frame="drawn")', "'frame' is not a column of studies.csv"),
        ('answer("grow")', "'grow' is not a page of the trends"),
        ('figure("figure")', "'figure' is not a figure"),
        ("nothing", "'nothing' is undefined"),
        ("count_studies(", "unexpected"),
        ("[@alphasek]", "'alphasek' is not a study or a key of references.bib"),
    ],
)
def test_a_wrong_expression_is_reported_with_its_page_and_line(
    data: Path, expression: str, fault: str
) -> None:
    text = expression if expression.startswith("[") else f"{{{{ {expression} }}}}"
    (found,) = faults(data, f"# A page {{#top}}\n\nFirst.\nHere: {text}\n")
    assert found.startswith("docs/page.md:4: ")
    assert fault in found


def test_wrong_pages_are_reported_all_at_once(data: Path) -> None:
    docs = data.parent / "docs"
    docs.mkdir()
    (docs / "a.md").write_text("{{ x }}", encoding="utf-8")
    found = faults(data, "\n[@nobody]")
    assert [line.split(" ")[0] for line in found] == ["docs/a.md:1:", "docs/page.md:2:"]


def test_a_study_of_another_family_changes_what_the_text_says(data: Path) -> None:
    condition = 'family="vision-only"'
    text = f"{{{{ count_studies({condition}) }}}} ({{{{ share({condition}) }}}})"
    assert written(data, text) == "5 (83%)"
    invented.change(data, "studies", 7, family="vision-language")
    assert written(data, text) == "4 (67%)"


def test_drawn_studies_are_asked_for_apart(data: Path) -> None:
    text = '{{ count_studies() }}, {{ count_studies(frame="drawn", family="vision-only") }}'
    assert written(data, text) == "6, 0"
    invented.change(data, "records", 2, draw="1")
    assert written(data, text) == "5, 1"
    of = '{{ share(training="supervised", of=dict(frame="drawn")) }}'
    assert written(data, of) == "100%"
    why = {"status": "retracted", "status_url": "https://example.org/why"}
    invented.change(data, "studies", 2, **why)
    assert written(data, text) == "5, 0"


@pytest.mark.parametrize(
    "words",
    ["219 studies", "1,000 records", "Twelve of the studies", "three coded vision-only studies",
     "99 base models", "half of the studies", "One hundred studies", "2 studies"],
)  # fmt: skip
def test_a_count_typed_by_hand_is_reported(data: Path, words: str) -> None:
    (found,) = faults(data, f"---\ntitle: A\n---\n\nThere are {words} in it.\n")
    assert found.startswith("docs/page.md:5: ")
    assert "typed by hand" in found


@pytest.mark.parametrize(
    "words",
    [
        "{{ count_studies() }} studies",
        "In 2024, studies of",
        "`219 studies`",
        "28 data sets",
    ],
)
def test_other_numbers_may_be_typed(data: Path, words: str) -> None:
    assert written(data, words)


@pytest.mark.parametrize(
    ("words", "figure"),
    [
        ("28 data sets [@alphaseg].", "28"),
        ("It states 0.93 [@alphaseg].", "0.93"),
        ("A gain of 7% [@alphaseg; @stemnet].", "7"),
        ("Over a million images, it fails [@alphaseg].", "million"),
        ("A gain of 7% [@alphaseg].", "7"),
        ("Trained on 12k slides, 40-fold fewer [@alphaseg].", "12"),
        ("| A | 1,200 slides | [@alphaseg] |", "1,200"),
        ('With 10% of {{ result("alphaseg", detail="12% of labels") }} [@alphaseg].', "10"),
    ],
)
def test_a_figure_typed_beside_a_citation_is_reported(words: str, figure: str) -> None:
    found = next(authored.typed_figures(f"---\ntitle: 0.5 [@a]\n---\n\n{words}\n", "docs/page.md"))
    assert (found.line, found.value) == (5, figure)
    assert "a figure beside a citation is typed by hand" in found.message


@pytest.mark.parametrize(
    "words",
    [
        '{{ result("alphaseg", value=0.93) }} [@alphaseg], p. `0.93`',
        '{{ result("alphaseg", detail="1% of labels") }} with 1% of the labels [@alphaseg]',
        "SAM 2, Gemini 1.5 and ViT-B/16 of 2023 in 3D, by three readers [@invention-2001, p. 38]",
        "See [0.93](/there.md). Nothing is said [@alphaseg].",
        "That is 0.93. Then [@alphaseg]. Then 0.93.",
    ],
)
def test_names_years_small_numbers_and_what_chooses_a_result_may_stand_there(words: str) -> None:
    assert not list(authored.typed_figures(words, "docs/page.md"))


def test_a_page_with_a_typed_figure_is_not_built(data: Path) -> None:
    (found,) = faults(data, "\nIt states 0.93 [@alphaseg].\n")
    assert found.startswith("docs/page.md:2: ")


# Citations.


def lines(text: str) -> Iterator[str]:
    return (line for line in text.split("\n") if line)


def test_citations_name_author_and_year_and_are_listed_at_the_end(data: Path) -> None:
    page = written(data, "As said [@alphaseg; @invention-2001, p. 3].\n\nAgain [@stemnet].\n")
    assert "\n".join(lines(page)) == LISTED


LISTED = """\
As said ([Alt and Berg 2023](/studies/alphaseg.md "AlphaSeg: A model that was made up for the \
tests."); [von Erfinder et al. 2001](#lsr-ref-invention-2001 "Inventing &amp; Making"), p. 3).
Again ([Stem and The Stem Group 2020](/foundations/stemnet.md "StemNet: Stems for All")).
## References {#references}
<div class="lsr-references" markdown>
- <span id="lsr-ref-alphaseg"></span>Anna Alt, Bo Berg (2023). \
[AlphaSeg, or “segment nothing”](/studies/alphaseg.md). arXiv. <https://arxiv.org/abs/2305.00001>
- <span id="lsr-ref-stemnet"></span>Ada Stem, The Stem Group (2020). \
[StemNet: Stems for All](/foundations/stemnet.md). Journal of Stems. <https://doi.org/10.1234/stem>
- <span id="lsr-ref-invention-2001"></span>José von Erfinder, Mia Maker, T. Third (2001). \
[Inventing &amp; Making](https://arxiv.org/abs/0801.0001). arXiv.
</div>"""


def test_what_shares_author_and_year_is_told_apart(data: Path) -> None:
    page = written(data, "[@gamma-test] [@betaread] [@alphaseg]")
    cited = next(lines(page))
    assert "[Alt and Berg 2024b](/studies/gamma-test.md" in cited  # "Testing what others made"
    assert "[Alt and Berg 2024a](/studies/betaread.md" in cited  # "Reading, with commas"
    assert "[Alt and Berg 2023](/studies/alphaseg.md" in cited
    assert "Anna Alt, Bo Berg (2024b). [Testing" in page


def test_a_page_without_citations_has_no_references(data: Path) -> None:
    assert "References" not in written(data, "Nothing to cite: `[@alphaseg]`, a@b.org, [@ x].")


def test_what_a_study_says_cannot_cite(data: Path) -> None:
    invented.change(data, "studies", 2, venue="[@nobody] <!--cite nobody-->")
    page = written(data, '{{ stated("alphaseg", "venue") }} [@alphaseg]')
    assert page.startswith(r"\[@nobody\] &lt;!--cite nobody--&gt; ([Alt")


@pytest.mark.parametrize(
    ("entry", "fault"),
    [
        ("@misc{x, title={X}", "references.bib:1: is not valid BibTeX: premature end of file"),
        ("\n@misc{Big, author={A}, title={X}, year={2000}}", "references.bib:2: 'Big' must be"),
        ("@misc{x, title={X}, year={2000}}", "'x' must have a field 'author'"),
        ("@misc{x, author={A}, title={X}, year={n.d.}}", "'x' must have a year of four digits"),
        (
            "@misc{x, author={A}, title={X}, year={2000}, url={javascript:alert(1)}}",
            "url: 'javascript:alert(1)' must be an address that starts with https://",
        ),
        (
            "@misc{x, author={A, B, C, D, E}, title={X}, year={2000}}",
            "is not valid BibTeX: Too many commas in 'A, B, C, D, E'",
        ),
        (
            "@misc{alphaseg, author={A}, title={X}, year={2000}}",
            "'alphaseg' is the id of a study; remove the entry or give it another key",
        ),
    ],
)
def test_a_fault_in_the_literature_is_reported(data: Path, entry: str, fault: str) -> None:
    (data / "references.bib").write_text(entry, encoding="utf-8")
    with pytest.raises(DataError) as error:
        load(data)
    (found,) = error.value.problems
    assert fault in str(found)
