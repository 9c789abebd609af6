"""Lists of authors as people paste them: what is said of each, and how the cell should read."""

from __future__ import annotations

import pytest

from gen.corpus import pasted
from gen.corpus.pasted import (
    APART,
    CAPITALS,
    EMPTY,
    EXTRA,
    LAST,
    ORDER,
    OTHERS,
    TURNED,
    TWO,
    faults,
)


def read(cell: str) -> tuple[list[str], str]:
    found, right = faults(cell)
    return [fault.message for fault in found], right


@pytest.mark.parametrize(
    ("cell", "right"),
    [
        ("Ada Example, Ben Sample, Cid Third", "Example, Ada; Sample, Ben; Third, Cid"),
        ("Ada Example, Jeroen van der Laak, X. Y. Third",
         "Example, Ada; van der Laak, Jeroen; Third, X. Y."),
        ("Ada Example and Ben Sample", "Example, Ada; Sample, Ben"),
        ("Ada Example & Ben Sample", "Example, Ada; Sample, Ben"),
        ("Ada Example, Ben Sample and Cid Third", "Example, Ada; Sample, Ben; Third, Cid"),
        ("Ada Example, Ben Sample, and Cid Third", "Example, Ada; Sample, Ben; Third, Cid"),
        ("Example, A. and Sample, B.", "Example, A.; Sample, B."),
        ("Example, Ada and van der Laak, Jeroen and King, William E., III",
         "Example, Ada; van der Laak, Jeroen; King, William E., III"),
        ("Example, A., Sample, B., & Third, C. D.", "Example, A.; Sample, B.; Third, C. D."),
        ("Example A, Sample BC, Third D", "Example, A.; Sample, B. C.; Third, D."),
        ("Example, Ada, Sample, Ben", "Example, Ada; Sample, Ben"),
        ("Example A, Sample BC; Third, Cid", "Example, A.; Sample, B. C.; Third, Cid"),
        ("Ada Example | Ben Sample", "Example, Ada; Sample, Ben"),
        ("Example, Ada / Sample, Ben", "Example, Ada; Sample, Ben"),
        ("Ada Example · Ben Sample", "Example, Ada; Sample, Ben"),
        ("Example, Ada; Sample, Ben and Third, Cid", "Example, Ada; Sample, Ben; Third, Cid"),
    ],
)  # fmt: skip
def test_authors_without_a_semicolon_between_them_are_told_apart(cell: str, right: str) -> None:
    assert read(cell) == ([APART], right)


@pytest.mark.parametrize(
    ("cell", "right"),
    [
        ("Ada Example", "Example, Ada"),
        ("Ada Example; Ben C. Sample", "Example, Ada; Sample, Ben C."),
        ("José Müllerström", "Müllerström, José"),
        ("Jeroen van der Laak", "van der Laak, Jeroen"),
        ("William E. King III", "King, William E., III"),
        ("Ronald McDonald; Mac Fitz FitzGerald", "McDonald, Ronald; FitzGerald, Mac Fitz"),
        ("Example A; Sample BC", "Example, A.; Sample, B. C."),
        ("Max Q. -H. Meng", "Meng, Max Q. -H."),
        ("Ada EXAMPLE", "Example, Ada"),
        (
            "Rogier Van der Testsluis; Omar El Testnahhas; Blaise Testera y Arcas",
            "Van der Testsluis, Rogier; El Testnahhas, Omar; Testera y Arcas, Blaise",
        ),
    ],
)
def test_a_person_has_the_family_name_first(cell: str, right: str) -> None:
    assert read(cell) == ([ORDER], right)


@pytest.mark.parametrize(
    ("cell", "right"),
    [
        ("Example, Ada; et al.", "Example, Ada"),
        ("Example, Ada et al.", "Example, Ada"),
        ("Example, Ada; Sample, Ben, et al", "Example, Ada; Sample, Ben"),
        ("Example, Ada; others", "Example, Ada"),
        ("Example, Ada and others", "Example, Ada"),
        ("Example, Ada, and others", "Example, Ada"),
        ("Example, Ada; …", "Example, Ada"),
        ("Example, Ada, ...", "Example, Ada"),
    ],
)
def test_et_al_is_nobody(cell: str, right: str) -> None:
    assert read(cell) == ([OTHERS], right)


@pytest.mark.parametrize(
    ("cell", "message", "right"),
    [
        ("Example,", EMPTY, ""),
        (", Ada", EMPTY, ""),
        ("Example,, Ada", EMPTY, "Example, Ada"),
        ("Example, Ada,; Sample, Ben", EMPTY, "Example, Ada; Sample, Ben"),
        ("EXAMPLE, Ada", CAPITALS, "Example, Ada"),
        ("NG, Chi Fai", CAPITALS, "Ng, Chi Fai"),
        ("VAN DER LAAK, Jeroen", CAPITALS, "van der Laak, Jeroen"),
        ("van der LAAK, Jeroen", CAPITALS, "van der Laak, Jeroen"),
        ("O'BRIEN-SMITH, Ada, III", CAPITALS, "O'Brien-Smith, Ada, III"),
        ("King, Jr., Martin", LAST, "King, Martin, Jr."),
        ("King III, William E.", LAST, "King, William E., III"),
        ("King, William E. III", LAST, "King, William E., III"),
        ("J. M., Example", TURNED, "Example, J. M."),
        ("A., Example", TURNED, "Example, A."),
        ("Example, Ada*; Sample, Ben†", EXTRA, "Example, Ada; Sample, Ben"),
        ("Example, Ada1,2; Sample, Ben", EXTRA, "Example, Ada; Sample, Ben"),
        ("Example, Ada, MD, PhD", EXTRA, "Example, Ada"),
        ("Dr. Ada Example", EXTRA, "Example, Ada"),
        ("Example, Ada, Sample", APART, ""),
        ("Ada Example and Sample Team Five", "", ""),
    ],
)
def test_a_name_that_is_not_as_names_are_here_is_shown_as_it_should_be(
    cell: str, message: str, right: str
) -> None:
    assert read(cell) == ([message] if message else [], right or ("" if message else cell))


@pytest.mark.parametrize(
    "cell",
    [
        "Alt, Anna; Berg, Bo",
        "Berg, B. C.; King, William E., III; de Jong, Edwin D.; hooks, bell",
        "Van der Sluijs, Rogier; Agüera y Arcas, Blaise; Hoffer von Ankershoffen, Helmut",
        "Akhil, V; Reddy M, Gurunath; Prathosh, A. P.; C, Moung-Wen; Dalca, Adrian V.",
        "Li, Xi; O'Brien, Émile; D’Arc, Jean-Luc; 眼, Sun Jia; כהן, יעל",
        "ETH/EPFL; Vision I/O; C M, Anna",
        "kaiko.ai; LASA Team; Bioptimus; BONS-AI-TUE-AMC; Mausam",
        "Google DeepMind; Microsoft Research; Mayo Clinic; Med-Gemini team",
        "National Institutes of Health; Smith and Jones Consortium; R&D; Radiology & AI Group",
        "The Living Review Contributors; OpenAI; HuggingFace Science",
        "Gonzalez Ortiz, Jose Javier; Alt, Anna",
        "יעל כהן",
    ],
)
def test_names_as_they_should_be_are_let_be(cell: str) -> None:
    assert faults(cell) == ([], cell)


@pytest.mark.parametrize(
    ("cell", "doubt"),
    [
        ("Ada Example, Ben Sample", pasted.Fault(TWO, is_doubt=True)),
        ("Acme Vision; Alt, Anna", pasted.Fault(ORDER, is_doubt=True)),
        ("Acme Vision; Ada Example", pasted.Fault(ORDER)),
    ],
)
def test_what_may_be_right_is_a_doubt(cell: str, doubt: pasted.Fault) -> None:
    assert faults(cell)[0] == [doubt]


def test_every_fault_of_a_cell_is_told_and_mended_at_once() -> None:
    assert read("Ada Example; SAMPLE, Ben; Third, Cid and Fourth, Dan; et al.") == (
        [ORDER, CAPITALS, APART, OTHERS],
        "Example, Ada; Sample, Ben; Third, Cid; Fourth, Dan",
    )
