"""What each kind of cell takes, what it refuses, and what it suggests instead."""

from __future__ import annotations

import random
from collections.abc import Callable

import pytest
from jsonschema import Draft202012Validator
from pydantic import TypeAdapter

from gen.corpus import cells

Kind = Callable[[str], object]

KINDS: list[Kind] = [
    cells.slug,
    cells.date,
    cells.year,
    cells.arxiv,
    cells.doi,
    cells.url,
    cells.whole,
    cells.positive,
    cells.fraction,
    cells.priority,
]

SLUG = "must be lower-case letters and digits joined by single hyphens"
INDEX = "is the name of the page that lists them all; choose another"
DATE = "must be a date as YYYY-MM-DD, YYYY-MM or YYYY"
NO_DAY = "is not a day that exists"
YEAR = "must be a year from 1950 to 2100"
ARXIV = "must be a bare arXiv id such as 2304.12306"
SICI = "10.1577/15(81)110<446:eotofr>2.0.co;2"  # as publishers of before 2000 made them
SHORTENED = "is an arXiv id that a spreadsheet has shortened to a number; all its digits count"
NEVER = "is no id that arXiv gave: year and month, then four digits until 2014 and five since"
DOI = "must be a bare DOI such as 10.1038/s41586-023-05881-4"
URL = 'must be an address that starts with https:// and contains none of: space " < > \\ ` |'
WHOLE = "must be a whole number above zero, digits only"
POSITIVE = "must be a number above zero such as 86.4, digits only"
FRACTION = "must be a fraction from 0 to 1 such as 0.874"
PRIORITY = "must be 1, 2 or 3"


def refusal(kind: Kind, text: str) -> tuple[str, str] | None:
    """What is said of the text and suggested instead; None where it is taken."""
    try:
        kind(text)
    except cells.InvalidCell as error:
        return error.message, error.fix
    return None


@pytest.mark.parametrize(
    ("kind", "text", "value"),
    [
        (cells.slug, "medsam", "medsam"),
        (cells.slug, "3d-sam-2", "3d-sam-2"),
        (cells.slug, "index-net", "index-net"),
        (cells.date, "2024", "2024"),
        (cells.date, "2024-02", "2024-02"),
        (cells.date, "2024-02-29", "2024-02-29"),
        (cells.year, "1950", 1950),
        (cells.year, "2100", 2100),
        (cells.arxiv, "2304.12306", "2304.12306"),
        (cells.arxiv, "0704.0001", "0704.0001"),
        (cells.doi, "10.1038/s41586-023-05881-4", "10.1038/s41586-023-05881-4"),
        (cells.doi, "10.1016/S0140-6736(05)1;2", "10.1016/S0140-6736(05)1;2"),
        (cells.doi, "10.1234/x", "10.1234/x"),
        (cells.doi, SICI, SICI),
        (cells.doi, "10.1234/beta(24)", "10.1234/beta(24)"),
        (cells.doi, "10.123456789/x", "10.123456789/x"),
        (cells.url, "https://example.org", "https://example.org"),
        (cells.url, "https://a-b.example.org:8443/x_(y)?q=1&r=%20#z", None),
        (cells.url, "https://example.org/élan", None),
        (cells.whole, "1", 1),
        (cells.whole, "999999999999999", 999999999999999),
        (cells.positive, "86", 86.0),
        (cells.positive, "0.4", 0.4),
        (cells.fraction, "0", 0.0),
        (cells.fraction, "0.874", 0.874),
        (cells.fraction, "1.0", 1.0),
        (cells.priority, "3", 3),
    ],
)
def test_a_good_value_is_taken(kind: Kind, text: str, value: object) -> None:
    assert kind(text) == (text if value is None else value)


@pytest.mark.parametrize(
    ("kind", "text", "message", "fix"),
    [
        (cells.slug, "MedSAM 2", SLUG, "medsam-2"),
        (cells.slug, "a--b", SLUG, "a-b"),
        (cells.slug, "../etc/passwd", SLUG, "etc-passwd"),
        (cells.slug, "眼", SLUG, ""),
        (cells.slug, "眼-net", SLUG, ""),  # never a half of a name
        (cells.slug, "müller-sam-evaluation", SLUG, "muller-sam-evaluation"),
        (cells.slug, "sørensen-straße", SLUG, "sorensen-strasse"),
        (cells.slug, "exampleınet", SLUG, "exampleinet"),
        (cells.slug, "MİDL-net", SLUG, "midl-net"),
        (cells.slug, "Æther Łódź", SLUG, "aether-lodz"),
        (cells.slug, "exam\u00adplenet", SLUG, "examplenet"),
        (cells.slug, "a–b", SLUG, "a-b"),
        (cells.slug, "index", INDEX, ""),
        (cells.slug, "Index", SLUG, ""),
        (cells.slug, "medsam\n", SLUG, "medsam"),
        (cells.date, "24-02-01", DATE, ""),
        (cells.date, "2024-2-1", DATE, ""),
        (cells.date, "01.02.2024", DATE, ""),
        (cells.date, "２０２４", DATE, ""),
        (cells.date, "2023-02-29", NO_DAY, ""),
        (cells.date, "2023-13", NO_DAY, ""),
        (cells.date, "0000", NO_DAY, ""),
        (cells.date, "1949", YEAR, ""),
        (cells.date, "2101-01-01", YEAR, ""),
        (cells.year, "20o1", YEAR, ""),
        (cells.year, "2101", YEAR, ""),
        (cells.year, "٢٠٢٤", YEAR, ""),
        (cells.arxiv, "https://arxiv.org/abs/2304.12306", ARXIV, "2304.12306"),
        (cells.arxiv, "arXiv:2304.12306v2", ARXIV, "2304.12306"),
        (cells.arxiv, "2304.123067", ARXIV, ""),
        (cells.arxiv, "２３０４.12306", ARXIV, ""),
        (cells.arxiv, "2506.0961", SHORTENED, "2506.09610"),
        (cells.arxiv, "2506.1", SHORTENED, "2506.10000"),
        (cells.arxiv, "1206.55", SHORTENED, "1206.5500"),
        (cells.arxiv, "704.0001", SHORTENED, "0704.0001"),
        (cells.arxiv, "2304,12306", SHORTENED, "2304.12306"),
        (cells.arxiv, "2500.12345", NEVER, ""),
        (cells.arxiv, "2313.0001", NEVER, ""),
        (cells.arxiv, "1304.00001", NEVER, ""),
        (cells.arxiv, "0601.0001", NEVER, ""),
        (cells.doi, "https://doi.org/10.1038/x1", DOI, "10.1038/x1"),
        (cells.doi, "doi:10.1038/x1", DOI, "10.1038/x1"),
        (cells.doi, "10.1038/s41467-024-44824-z.", DOI, "10.1038/s41467-024-44824-z"),
        (cells.doi, "10.1038/s41467-024-44824-z,", DOI, "10.1038/s41467-024-44824-z"),
        (cells.doi, "(10.1038/x1)", DOI, "10.1038/x1"),
        (cells.doi, "10.1234/beta(24)).", DOI, "10.1234/beta(24)"),
        (cells.doi, "10.3389/fmed.2024.1/full", DOI, "10.3389/fmed.2024.1"),
        (cells.doi, "10.1088/2057-1976/ad17a7/meta", DOI, "10.1088/2057-1976/ad17a7"),
        (cells.doi, "10.1145/1.2.pdf?download=1", DOI, "10.1145/1.2"),
        (cells.doi, "10.1016%2Fj.media.2026.103001", DOI, "10.1016/j.media.2026.103001"),
        (cells.doi, "10.1016/s2589-7500%2824%2900025-6", DOI, "10.1016/s2589-7500(24)00025-6"),
        (cells.doi, r"10.1007/978-3\_7", DOI, "10.1007/978-3_7"),
        (cells.doi, "10.1577/15(81)110&lt;446:eotofr&gt;2.0.co;2", DOI, SICI),
        (cells.doi, "10.1038/<script>alert(1)</script>", DOI, ""),
        (cells.doi, "10.1038", DOI, ""),
        (cells.doi, "10.123/x", DOI, ""),
        (cells.doi, "10.1234567890/x", DOI, ""),
        (cells.doi, '10.1038/"><script>', DOI, ""),
        (cells.url, "http://example.org/a", URL, "https://example.org/a"),
        (cells.url, "www.example.org/a", URL, "https://www.example.org/a"),
        (cells.url, "http://example.org/a b", URL, ""),
        (cells.url, "javascript:alert(1)", URL, ""),
        (cells.url, "JavaScript://example.org/%0aalert(1)", URL, ""),
        (cells.url, "data:text/html,<script>alert(1)</script>", URL, ""),
        (cells.url, "//example.org", URL, ""),
        (cells.url, "https://localhost/", URL, ""),
        (cells.url, "https://user@example.org/", URL, ""),
        (cells.url, 'https://example.org/"onclick="x', URL, ""),
        (cells.url, "https://example.org/a b", URL, ""),
        (cells.url, "https://example.org/a|b", URL, ""),
        (cells.url, "https://example.org/<b>", URL, ""),
        (cells.url, "https://example.org/a\\b", URL, ""),
        (cells.url, "https://example.org/`a`", URL, ""),
        (cells.url, "https://example.org/a\nb", URL, ""),
        (cells.url, "https://example.org/a\n", URL, ""),
        (cells.url, "https://example.org/a\u00a0b", URL, ""),
        (cells.whole, "15,000,000", WHOLE, "15000000"),
        (cells.whole, "15 000 000", WHOLE, "15000000"),
        (cells.whole, "1.2E+06", WHOLE, "1200000"),
        (cells.whole, "1200000.0", WHOLE, "1200000"),
        (cells.whole, "1.2M", WHOLE, "1200000"),
        (cells.whole, "1,2 Mio", WHOLE, "1200000"),
        (cells.whole, "15k", WHOLE, "15000"),
        (cells.whole, "15\u202f000", WHOLE, "15000"),
        (cells.whole, "86,4", WHOLE, ""),
        (cells.whole, "1.200", WHOLE, ""),  # twelve hundred, or one and a fifth
        (cells.whole, "1.2E-06", WHOLE, ""),
        (cells.whole, "0", WHOLE, ""),
        (cells.whole, "-3", WHOLE, ""),
        (cells.whole, "1.5e6", WHOLE, "1500000"),
        (cells.whole, "1.5 million", WHOLE, "1500000"),
        (cells.whole, "1000000000000000", WHOLE, ""),
        (cells.whole, "１２", WHOLE, ""),
        (cells.positive, "86.4M", POSITIVE, "86.4"),
        (cells.positive, "7B", POSITIVE, "7000"),
        (cells.positive, "86M", POSITIVE, "86"),
        (cells.positive, "86,4", POSITIVE, "86.4"),
        (cells.positive, "0.3 billion", POSITIVE, "300"),
        (cells.positive, "14b params", POSITIVE, "14000"),
        (cells.positive, "1,200", POSITIVE, ""),  # 1200 millions or 1.2
        (cells.positive, "8.64E+07", POSITIVE, ""),  # millions, or parameters
        (cells.positive, "0", POSITIVE, ""),
        (cells.positive, "0.0", POSITIVE, ""),
        (cells.positive, "inf", POSITIVE, ""),
        (cells.positive, "nan", POSITIVE, ""),
        (cells.positive, "1_000", POSITIVE, "1000"),
        (cells.fraction, "87.4%", FRACTION, "0.874"),
        (cells.fraction, "87 %", FRACTION, "0.87"),
        (cells.fraction, "87,4 %", FRACTION, "0.874"),
        (cells.fraction, "0,874", FRACTION, "0.874"),
        (cells.fraction, "8.74E-01", FRACTION, "0.874"),
        (cells.fraction, "1,2", FRACTION, ""),
        (cells.fraction, "100%", FRACTION, "1"),
        (cells.fraction, "0%", FRACTION, "0"),
        (cells.fraction, "101%", FRACTION, ""),
        (cells.fraction, "87.4", FRACTION, ""),
        (cells.fraction, "1.01", FRACTION, ""),
        (cells.fraction, "-0.1", FRACTION, ""),
        (cells.fraction, ".5", FRACTION, ""),
        (cells.priority, "4", PRIORITY, ""),
        (cells.priority, "high", PRIORITY, ""),
    ],
)
def test_a_bad_value_is_refused_with_what_must_be_there(
    kind: Kind, text: str, message: str, fix: str
) -> None:
    assert refusal(kind, text) == (message, fix)


@pytest.mark.parametrize("kind", KINDS)
def test_no_text_is_too_strange_and_every_suggestion_is_itself_good(kind: Kind) -> None:
    chance = random.Random(7)  # noqa: S311 - the same texts on every run
    seeds = ["2304.12306", "10.1038/x", "http://www.example.org/a", "15,000", "87.4%", "Med SAM"]
    for _ in range(2000):
        text = list(chance.choice(seeds))
        for _ in range(chance.randint(0, 4)):
            text.insert(
                chance.randint(0, len(text)),
                chr(chance.choice([0, 10, 32, 34, 0x2E, 0x660, 0x1F441])),
            )
        found = refusal(kind, "".join(text))
        assert not found or not found[1] or refusal(kind, found[1]) is None


def test_each_kind_of_missing_has_its_words() -> None:
    assert [(kind.value, kind.label, kind.css) for kind in cells.Missing] == [
        ("not-coded", "not coded", "not-coded"),
        ("not-reported", "not reported", "not-reported"),
        ("n/a", "does not apply", "na"),
    ]


@pytest.mark.parametrize(
    ("kind", "taken", "refused"),
    [
        (cells.Slug, ["medsam", "index-net"], ["MedSAM", "index", "a--b", "a b", ""]),
        (cells.When, ["2024", "2024-02", "2024-02-29"], ["24", "2024-2", "2024-02-29T00"]),
        (cells.Year, [1950, 2100], [1949, 2101, "2024", 2024.5]),
        (cells.Arxiv, ["2304.12306", "0801.0001"], ["2304.1230", "arXiv:2304.12306"]),
        (cells.Url, ["https://a.example/b?c#d"], ["http://a.example", "https://a.example/<b>"]),
        (cells.Whole, [1, 999_999_999_999_999], [0, 1.5, "1"]),
        (cells.Count, [0, 1], [-1]),
        (cells.Positive, [0.5, 86], [0, -1]),
        (cells.Fraction, [0, 0.5, 1], [-0.1, 1.1]),
        (cells.Priority, [1, 3], [0, 4]),
    ],
)
def test_what_programs_are_told_of_a_kind_is_what_the_checker_takes(
    kind: object, taken: list[object], refused: list[object]
) -> None:
    told = Draft202012Validator(TypeAdapter(kind).json_schema())
    assert [value for value in taken if not told.is_valid(value)] == []
    assert [value for value in refused if told.is_valid(value)] == []
    for value in taken:  # the same as text, as a cell holds it
        TypeAdapter(kind).validate_python(str(value))
