from __future__ import annotations

import pytest

from gen.text.format import (
    counted,
    format_date,
    inside,
    interval,
    number,
    parameters,
    percent,
    size,
)


@pytest.mark.parametrize(
    ("value", "shown"),
    [(15_000_000, "15,000,000"), (86.4, "86.4"), (307.0, "307"), (0.874, "0.874"), (1, "1"),
     (12345.6, "12,346"), (1999.5, "2,000"), (0, "0")],
)  # fmt: skip
def test_numbers_are_written_for_readers(value: float, shown: str) -> None:
    assert number(value) == shown


@pytest.mark.parametrize(
    ("value", "shown"),
    [("2023", "2023"), ("2023-04", "April 2023"), ("2023-04-05", "5 April 2023"),
     ("2020-10-30", "30 October 2020")],
)  # fmt: skip
def test_dates_are_as_precise_as_they_are_known(value: str, shown: str) -> None:
    assert format_date(value) == shown


def test_a_share_is_a_whole_percentage() -> None:
    assert [percent(share) for share in (0, 0.004, 0.425, 1)] == ["0%", "0%", "42%", "100%"]


@pytest.mark.parametrize(
    ("form", "shown"), [(".2f", "0.85 to 1.20"), (".1f", "0.8 to 1.2"), ("%", "85% to 120%")]
)
def test_an_interval_names_both_ends_alike(form: str, shown: str) -> None:
    assert interval(0.849, 1.2, form) == shown


@pytest.mark.parametrize(
    ("n", "words", "shown"),
    [(1, ["study"], "1 study"), (0, ["study"], "0 studies"), (1200, ["study"], "1,200 studies"),
     (2, ["record"], "2 records"), (2, ["analysis", "analyses"], "2 analyses")],
)  # fmt: skip
def test_what_is_counted_has_its_plural(n: int, words: list[str], shown: str) -> None:
    assert counted(n, *words) == shown


@pytest.mark.parametrize(
    ("label", "within"),
    [("Label scarcity", "label scarcity"), ("Multimodal LLM", "multimodal LLM"),
     ("ViT encoder", "ViT encoder"), ("X-ray", "X-ray"), ("PET and SPECT", "PET and SPECT")],
)  # fmt: skip
def test_a_label_within_a_sentence_has_no_capital_but_those_of_a_name(
    label: str, within: str
) -> None:
    assert inside(label) == within


def test_a_thousand_millions_are_a_billion() -> None:
    assert [parameters(n) for n in (0.5, 86.4, 999, 1000, 27000)] == [
        "0.5 million",
        "86.4 million",
        "999 million",
        "1 billion",
        "27 billion",
    ]


@pytest.mark.parametrize(
    ("length", "shown"),
    [(240, "240 B"), (999, "999 B"), (1000, "1.0 kB"), (18_400, "18 kB"), (5_754_880, "5.8 MB"),
     (23_000_000, "23 MB")],
)  # fmt: skip
def test_a_size_is_on_one_line(length: int, shown: str) -> None:
    assert size(length) == shown.replace(" ", "\N{NO-BREAK SPACE}")
