"""Tables that strangers spoil, hundreds by hand and thousands made up: each is told at its place.

A run makes up a thousand; `BAD_TABLES=5000 make test ARGS="-k made_up_tables"` makes up more.
"""

# A line a column, however much people type there.
# ruff: noqa: E501

from __future__ import annotations

import os
import re
from dataclasses import replace
from functools import cache

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from gen.corpus.columns import Column, columns
from gen.corpus.load import checked, read
from gen.corpus.rules.lines import Line, Tables
from gen.corpus.tables import TABLES
from gen.problems import DataError, Problem
from tests import invented, shared

MADE_UP = int(os.environ.get("BAD_TABLES", "1000"))
# What tells a person how to mend a cell.
FIX = re.compile(
    r"\b(?:must|write|choose|remove|required|leave|give|put|save|correct|change|keep|cannot|is no|is not"
    r"|is also|has|did you mean"
    # What is wrong tells here what to do: another date, root or record.
    r"|lies in the future|is part of a cycle|is the record of|was excluded|is deferred)\b"
)

# (table, column) -> what people type there, one each line. The first row of the table gets it.
TYPED = {
    ("studies", "id"): "AlphaSeg|alpha_seg|alpha seg|alpha--seg|-alpha|alpha-|índex|index|a/b|4.5|May-23"
    "|alpha.seg|" + "a" * 61,
    ("studies", "name"): "| Alpha|Alpha |Alpha\u200bSeg|Alpha&amp;Seg|<b>Alpha</b>|A\tB|" + "n" * 81,
    ("studies", "title"): "|A  \n B|$\\alpha$Seg|<i>Alpha</i> seg|{AlphaSeg} and more|Alpha\ufffdSeg"
    "|AlphaSegÃ©|E\u0301tude|\ufeffAlpha|Alpha\u202eSeg|A&#39;s model",
    ("studies", "authors"): "|Anna Alt, Bo Berg and Cy Cole|Alt A, Berg B, Cole C|Alt, Anna; et al."
    "|ALT, Anna; BERG, Bo|Alt, Anna;; Berg, Bo|Dr Anna Alt; Berg, Bo"
    "|Alt, Anna1; Berg, Bo2|, Anna|Alt, |;|Alt, Anna; Berg, Bo;",
    ("studies", "date"): "|2023-13|2023-00-10|2023-02-30|05/06/2023|6 May 2023|May 2023|2023-5-6|23-05-06"
    "|2023/05/06|20230506|2923|1066|n/a|soon|2023-05-06T00:00|2099-01-01",
    ("studies", "published"): "2023-13|05/2024|June 2024|2024-6|to appear|1999",
    ("studies", "arxiv"): "arXiv:2305.00001|2305.00001v2|https://arxiv.org/abs/2305.00001|2305.1|2313.00001"
    "|cs/0101001|23050.0001|2305,00001|2305.000011|none",
    ("studies", "doi"): "https://doi.org/10.1234/x|doi:10.1234/x|10.1234|10.12/x|10.1234/a b|10.1234/x.|DOI"
    "|10.1234/x?a=b|10.1234/x.pdf|www.doi.org/10.1234/x",
    ("studies", "url"): "http://example.org|example.org|www.example.org|javascript:alert(1)|ftp://a.org|https://"
    "|https://a b.org|https://example|data:text/html,x|//example.org/a|https://user@example",
    ("studies", "summary"): "|" + "s" * 241 + "|A model.\u00a0Made up.|&lt;b&gt; model",
    ("studies", "contribution"): "|foundation model|Foundation-Model|foundation-modell|new|adaptation; evaluation",
    ("studies", "family"): "|vision|VLM|Vision-Only|vision_only|both|vision-only; vision-language|text",
    ("studies", "architecture"): "ViT|vit|transformer|vit-encoder; cnn|vit encoder|U-Net!|unknown|none",
    ("studies", "training"): "MAE|self supervised|supervised, masked-modelling|supervised;supervised"
    "|Supervised|pretraining|DINO",
    ("studies", "modalities"): "MR|magnetic resonance|ct, mri|ct; ct|CT|x ray|all|various|ct;; mri",
    ("studies", "domains"): "brain|Neurology, cardiac|everything|neuro; neuro|lungs & heart|NEURO",
    ("studies", "tasks"): "segment|Segmentation|segmentation, detection|cls|segmentation; foo|many",
    ("studies", "train_data"): "made up ct|Made-up CT|MIMIC|made-up-ct, made-up-mri|made-up-ct; made-up-ct"
    "|private|10000 scans",
    ("studies", "builds_on"): "stem net|StemNet|SAM|stemnet; stemnet|alphaseg|alpha-seg-2|ViT-B",
    ("studies", "train_size"): "15,000|15k|1.5M|-3|0|1.5|about 100|15 000|1e4|fifteen|NA|10^6",
    ("studies", "train_unit"): "volume|Volumes|scans|volumes; slices|image|-",
    ("studies", "data_access"): "open|Public|yes|private data|public; private|on request!",
    ("studies", "parameters_m"): "86.4M|86,4|-1|0|ViT-B|1e3|86.4 M|~90|1.2B|86.4567891|inf|nan",
    ("studies", "code"): "http://github.com/a/b|github.com/a/b|yes|TBA|upon acceptance|https://github|none",
    ("studies", "weights"): "huggingface.co/a|http://hub.example/a|available|coming soon|hf:a/b",
    ("studies", "weights_access"): "yes|Open|public|free|open; gated|?",
    ("studies", "evidence"): "|the paper|http://example.org|https://example.org/a, https://example.org/b"
    "|https://example.org/a;https://example.org/a|abstract|pdf",
    ("studies", "coded_from"): "|paper|Abstract|abstract, repository|full text|abstract; abstract|memory",
    ("studies", "record_id"): "r99|R1|1|r2|r 1|alphaseg",
    ("datasets", "size"): "900 volumes|1,000|-1|lots|0|9.5",
    ("datasets", "year"): "21|2021-05|'21|1900|2021.0|twenty",
    ("datasets", "access"): "Open|free|public; private|ask",
    ("base_models", "kind"): "|Vision|image|vision; language|CNN",
    ("results", "value"): "|87.4|87.4%|1.01|-0.1|0,874|high|0.874 (0.85)",
    ("results", "metric"): "|DSC|Dice|dice; auroc|accuracy!|F1",
    ("results", "n"): "1,200|0|-5|12.5|all|120 cases",
    ("records", "decision"): "|included|Include|maybe|include; exclude|yes",
    ("records", "year"): "23|2023-05|soon|MMXXIII|3023",
    ("sources", "raw_records"): "|two|-1|2.5|2,000",
}  # fmt: skip
HAND_MADE = [
    (table, column, value) for (table, column), typed in TYPED.items() for value in typed.split("|")
]


@cache
def sound() -> Tables:
    """The sound corpus as it was read."""
    folder = shared.folder / "bad-tables"
    return read(folder if folder.exists() else invented.write(folder))[0]


def spoilt(table: str, place: int, cells: dict[str, str]) -> tuple[Line, list[Problem]]:
    """A line with other cells, and the problems that the checker then has."""
    tables = sound()
    assert tables.lines[table][place].cells != cells
    lines = list(tables.lines[table])
    lines[place] = replace(lines[place], cells=lines[place].cells | cells)
    with pytest.raises(DataError) as error:
        checked(replace(tables, lines=tables.lines | {table: lines}), [])
    return lines[place], error.value.problems


def hold(line: Line, column: str, problems: list[Problem]) -> None:
    """One of the problems is told at the place, and each is a sentence that names what to do."""
    assert any((p.file, p.line, p.column) == (line.file, line.number, column) for p in problems)
    for problem in problems:
        assert FIX.search(f"{problem.message}{' did you mean' if problem.fix else ''}"), problem
        assert "\n" not in str(problem)
        assert "Traceback" not in str(problem)


def test_at_least_two_hundred_are_made_by_hand() -> None:
    assert len(set(HAND_MADE)) == len(HAND_MADE) >= 200


@pytest.mark.parametrize("place", sorted(TYPED), ids=".".join)
def test_what_people_type_is_told_at_its_place(place: tuple[str, str]) -> None:
    table, column = place
    for value in TYPED[place].split("|"):
        line, problems = spoilt(table, 0, {column: value})
        try:
            hold(line, column, problems)
        except AssertionError as error:
            raise AssertionError(f"{value!r}: {list(map(str, problems))}") from error


# Made up: a cell of any table, and something that no such cell may hold.

CELLS = [
    (table, place, column)
    for table, rows in invented.SOUND.items()
    if table in TABLES and table != "second_coding"  # which may name ids that no table has
    for place in range(len(rows))
    for column in columns(TABLES[table])
]
LETTERS = st.text("abcdefghijklmnopqrstuvwxyz ", min_size=1, max_size=12).map(str.strip)
UNSEEN = st.sampled_from("\n\t\x00\x7f\u200b\u202e\ufeff\u2028\ue000\u00ad")


def bad(column: Column) -> st.SearchStrategy[str]:
    """Values that no cell of a column may hold."""
    ways = [
        st.tuples(LETTERS, UNSEEN, LETTERS).map("".join),
        LETTERS.map(lambda text: f"x{text}\ufffd"),
        LETTERS.map(lambda text: f"x{text}\u00a0x"),
        LETTERS.map(lambda text: f" x{text}"),
        st.just("x" * (column.longest + 1)),
    ]
    if column.required:
        ways.append(st.just(""))
    if column.vocabulary or column.refers or column.value.get("type") in {"integer", "number"}:
        ways.append(LETTERS.map(lambda text: f"zz{text}"))
    if column.free:
        ways.append(LETTERS.map(lambda text: f"<b>x{text}</b>"))
    return st.one_of(ways)


@pytest.mark.slow
@settings(max_examples=MADE_UP, deadline=None, derandomize=True, database=None)
@given(st.sampled_from(CELLS).flatmap(lambda cell: st.tuples(st.just(cell), bad(cell[2]))))
def test_made_up_tables_are_told_at_their_places(
    spoiled: tuple[tuple[str, int, Column], str],
) -> None:
    (table, place, column), value = spoiled
    line, problems = spoilt(table, place, {column.name: value})
    hold(line, column.name, problems)
