"""What references.bib may hold, and that each fault of it has its line."""

from __future__ import annotations

from pathlib import Path

import pytest

from gen.corpus import literature
from gen.problems import Unreadable


def entry(**fields: str) -> str:
    """The entry `test` with the fields given, each on a line of its own; `title` is line 3."""
    known = {"author": "Test, Ada", "title": "Testing", "year": "2024"} | fields
    return "@misc{test,\n" + "".join(f"  {k} = {{{v}}},\n" for k, v in known.items()) + "}\n"


def said(text: str) -> list[str]:
    try:
        return [str(problem) for problem in literature.references("r.bib", text)[1]]
    except Unreadable as error:
        return [str(problem) for problem in error.problems]


DOI = "must be a bare DOI such as 10.1038/s41586-023-05881-4"
ARXIV = "must be a bare arXiv id such as 2304.12306"


@pytest.mark.parametrize(
    ("field", "value", "fault"),
    [
        ("doi", "https://doi.org/10.1038/x", f"{DOI} (did you mean '10.1038/x'?)"),
        ("doi", r"10.1007/978-3\_7", f"{DOI} (did you mean '10.1007/978-3_7'?)"),
        ("doi", "10.1038/x.", f"{DOI} (did you mean '10.1038/x'?)"),
        ("eprint", "arXiv:2401.01234", f"{ARXIV} (did you mean '2401.01234'?)"),
        ("eprint", "2401.01234v2", f"{ARXIV} (did you mean '2401.01234'?)"),
        (
            "eprint",
            "2401.0123",
            (
                "is an arXiv id that a spreadsheet has shortened to a number; all its digits count "
                "(did you mean '2401.01230'?)"
            ),
        ),
        (
            "url",
            "http://example.org/a",
            (
                "must be an address that starts with https:// and contains none of: space "
                '" < > \\ ` | '
                "(did you mean 'https://example.org/a'?)"
            ),
        ),
    ],
)
def test_identifiers_have_the_form_that_they_have_in_the_tables(
    field: str, value: str, fault: str
) -> None:
    assert said(entry(**{field: value})) == [f"r.bib:5: {field}: {value!r} {fault}"]


@pytest.mark.parametrize(
    ("text", "messages"),
    [
        (
            entry() + "\n" + entry(),
            ["r.bib:7: 'test' is already the key on line 1; remove one of the entries"],
        ),
        (
            entry().replace("{2024},", "2024,\n  month = april,"),
            [
                (
                    "r.bib:5: 'april' is no word of BibTeX's (months are jan, feb …); put a text "
                    "between braces"
                )
            ],
        ),
        (
            entry(title="Zero\u200bwidth"),
            ["r.bib:3: contains the invisible character U+200B; remove it"],
        ),
        (
            entry(title="MÃ¼ller"),
            [
                (
                    "r.bib:3: 'title = {MÃ¼ller},' was read in a wrong encoding on its way here "
                    "(did you mean 'title = {Müller},'?)"
                )
            ],
        ),
        (
            entry(author="Test, Jose\u0301"),
            [
                (
                    "r.bib:2: 'author = {Test, Jose\u0301},' has letters apart from their accents, "
                    "so that no search finds it (write NFC) "
                    "(did you mean 'author = {Test, José},'?)"
                )
            ],
        ),
    ],
)
def test_a_fault_is_reported_with_its_line(text: str, messages: list[str]) -> None:
    assert said(text) == messages


@pytest.mark.parametrize(
    ("title", "plain"),
    [
        (r"The {\emph{things}}", "The things"),
        (r"{CLIP} and \textit{more}", "CLIP and more"),
        (r"Bj{\"o}rn \& $\alpha$", "Björn & α"),
        (r"{\bf Bold} {X}-Ray", "Bold X-Ray"),
    ],
)
def test_markup_in_a_title_is_read_as_text(title: str, plain: str) -> None:
    sound, problems = literature.references("r.bib", entry(title=title))
    assert (sound["test"].title, problems) == (plain, [])


@pytest.mark.parametrize(
    ("author", "cited"),
    [
        ("Test, Ada and others", (["Test"], True)),
        ("Test, Ada and Beta, B. and others", (["Test", "Beta"], True)),
        ("Test, Ada and Beta, B.", (["Test", "Beta"], False)),
        ("{The Others Group} and others", (["The Others Group"], True)),
    ],
)
def test_a_list_that_goes_on_says_so(author: str, cited: tuple[list[str], bool]) -> None:
    test = literature.references("r.bib", entry(author=author))[0]["test"]
    assert ([family for _, family in test.authors], test.more) == cited


def test_an_entry_knows_its_works_and_its_line() -> None:
    text = "\n" + entry(doi="10.1038/X", eprint="2401.01234", url="https://example.org/a")
    test = literature.references("r.bib", text)[0]["test"]
    assert test.works == ("doi:10.1038/x", "arxiv:2401.01234", "example.org/a")
    assert test.line == 2


@pytest.mark.corpus
def test_the_real_file_is_read_whole() -> None:
    file = Path(__file__).parents[2] / "data" / "references.bib"
    text = file.read_text(encoding="utf-8")
    sound, problems = literature.references("r.bib", text)
    assert (len(sound), problems) == (text.count("\n@") + text.startswith("@"), [])
    assert [r.key for r in sound.values() if set("{}\\$") & set(r.title)] == []
