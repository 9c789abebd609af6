"""Files as spreadsheets, editors and strangers leave them: each is reported, none crashes."""

from __future__ import annotations

import random
import re
import shutil
import time
from collections.abc import Callable
from pathlib import Path

import pytest

from gen.__main__ import main
from gen.corpus import load
from gen.corpus.tables import FILES
from gen.problems import DataError
from tests import invented

HEADER = ",".join(invented.names("base_models"))
QUOTES = (
    "the quotes do not match up from this line on: a cell that contains a comma or a quote goes "
    "between double quotes, and a quote inside it is written twice"
)
CELLS = "; a cell that contains a comma or a quote goes between double quotes"


@pytest.fixture
def data(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The sound corpus in data/ under the working directory."""
    monkeypatch.chdir(tmp_path)
    return invented.write(Path("data"))


def reported(data: Path) -> tuple[int, list[str]]:
    """The exit code and the lines without the summary."""
    try:
        load.load(data)
    except DataError as error:
        return error.exit_code, [str(problem) for problem in error.problems]
    return 0, []


def edit(data: Path, name: str, how: Callable[[bytes], bytes]) -> None:
    file = data / name
    file.write_bytes(how(file.read_bytes()))


# What is done to base_models.csv (a header, then lines 2 and 3), the exit code, what is reported.
BROKEN: dict[str, tuple[Callable[[bytes], bytes], int, list[str]]] = {
    "a byte-order mark": (
        lambda b: b"\xef\xbb\xbf" + b,
        1,
        ["data/base_models.csv:1: starts with a byte-order mark; save as UTF-8 without BOM"],
    ),
    "Windows line ends": (
        lambda b: b.replace(b"\n", b"\r\n"),
        1,
        [
            "data/base_models.csv:1: ends with a carriage return; save with Unix line ends (LF)",
        ],
    ),
    "one Windows line end": (
        lambda b: b[:-1] + b"\r\n",
        1,
        ["data/base_models.csv:3: ends with a carriage return; save with Unix line ends (LF)"],
    ),
    "old Mac line ends": (
        lambda b: b.replace(b"\n", b"\r"),
        1,
        ["data/base_models.csv:1: ends with a carriage return; save with Unix line ends (LF)"],
    ),
    "a line break in quotes": (
        lambda b: b.replace(b"StemNet", b'"Stem\nNet"').replace(b",language,", b",tongue,"),
        1,
        [
            "data/base_models.csv:2: name: contains a line break; put the text on one line",
            (
                "data/base_models.csv:4: kind: 'tongue' must be one of vision, vision-language, "
                "language, segmentation, generation"
            ),
        ],
    ),
    "a column too few": (
        lambda b: b.replace(b",note\n", b"\n"),
        2,
        [f"data/base_models.csv:1: the header lacks note; it must be {HEADER}"],
    ),
    "a column too many": (
        lambda b: b.replace(b",note\n", b",note,stars\n"),
        2,
        ["data/base_models.csv:1: the header has 'stars' too many; remove it in every line"],
    ),
    "columns in another order": (
        lambda b: b.replace(b"id,name", b"name,id"),
        2,
        [f"data/base_models.csv:1: the columns must be there once each, in this order: {HEADER}"],
    ),
    "a column twice": (
        lambda b: b.replace(b",note\n", b",note,note\n"),
        2,
        [f"data/base_models.csv:1: the columns must be there once each, in this order: {HEADER}"],
    ),
    "no header": (
        lambda b: b.partition(b"\n")[2],
        2,
        [f"data/base_models.csv:1: must be the header: {HEADER}"],
    ),
    "an empty first line": (
        lambda b: b"\n" + b,
        2,
        [f"data/base_models.csv:1: must be the header: {HEADER}"],
    ),
    "semicolons": (
        lambda b: b.replace(b",", b";"),
        2,
        [
            (
                "data/base_models.csv:1: has semicolons or tabs between the cells; save it with "
                "commas between them"
            )
        ],
    ),
    "tabs": (
        lambda b: b.replace(b",", b"\t"),
        2,
        [
            (
                "data/base_models.csv:1: has semicolons or tabs between the cells; save it with "
                "commas between them"
            )
        ],
    ),
    "a cell too many": (
        lambda b: b.replace(b"StemNet", b"Stem, Net"),
        1,
        [f"data/base_models.csv:2: must have 7 cells and has 8{CELLS}"],
    ),
    "a cell too few": (
        lambda b: b.replace(b"StemNet,", b""),
        1,
        [f"data/base_models.csv:2: must have 7 cells and has 6{CELLS}"],
    ),
    "an empty line": (
        lambda b: b.replace(b"\nwordnet-x", b"\n\nwordnet-x"),
        1,
        ["data/base_models.csv:3: is an empty line; remove it"],
    ),
    "an empty line at the end": (
        lambda b: b + b"\n",
        1,
        ["data/base_models.csv:4: is an empty line; remove it"],
    ),
    "a line of spaces": (
        lambda b: b + b"  \n",
        1,
        [f"data/base_models.csv:4: must have 7 cells and has 1{CELLS}"],
    ),
    "no line end at the end": (lambda b: b[:-1], 0, []),
    "a NUL byte": (
        lambda b: b.replace(b"StemNet", b"Stem\0Net"),
        1,
        ["data/base_models.csv:2: name: contains the invisible character U+0000; remove it"],
    ),
    "Latin-1": (
        lambda b: b.replace(b"WordNet", b"W\xfcrdNet"),
        2,
        ["data/base_models.csv:3: is not UTF-8 here; save the file again with the encoding UTF-8"],
    ),
    "UTF-16": (
        lambda b: b.decode().encode("utf-16"),
        2,
        ["data/base_models.csv:1: is not UTF-8 here; save the file again with the encoding UTF-8"],
    ),
    "nothing": (
        lambda _: b"",
        2,
        ["data/base_models.csv: is empty; restore its header line from the repository"],
    ),
    "only a line end": (
        lambda _: b"\n",
        2,
        ["data/base_models.csv: is empty; restore its header line from the repository"],
    ),
    "only the header": (
        lambda b: b.partition(b"\n")[0],
        1,
        [
            "data/studies.csv:2: builds_on: 'stemnet' is no id in base_models.csv or studies.csv",
            "data/studies.csv:3: builds_on: 'wordnet-x' is no id in base_models.csv or studies.csv",
        ],
    ),
    "a quote that is not closed": (
        lambda b: b.replace(b"StemNet", b'"StemNet'),
        2,
        [f"data/base_models.csv:2: {QUOTES} (unexpected end of data)"],
    ),
    "a quote inside quotes": (
        lambda b: b.replace(b"WordNet-X", b'"Word "Net" X"'),
        2,
        [f"data/base_models.csv:3: {QUOTES} (',' expected after '\"')"],
    ),
    "a cell of a megabyte": (
        lambda b: b.replace(b"StemNet", b"a; " * 350_000 + b"a"),
        1,
        ["data/base_models.csv:2: name: has 1050001 characters and must have at most 80"],
    ),
    "a cell of eleven megabytes": (
        lambda b: b.replace(b"StemNet", b"a" * 11_000_000),
        2,
        [f"data/base_models.csv:2: {QUOTES} (field larger than field limit (10000000))"],
    ),
}


@pytest.mark.parametrize("how", BROKEN)
def test_a_broken_table_is_reported_with_its_line(data: Path, how: str) -> None:
    make, code, lines = BROKEN[how]
    edit(data, "base_models.csv", make)
    assert reported(data) == (code, lines)


def test_a_megabyte_of_values_is_reported_once(data: Path) -> None:
    long = "; ".join(f"x{n}" for n in range(40_000))
    invented.change(data, "studies", 6, evidence=long, modalities=long, builds_on=long)
    assert reported(data) == (
        1,
        [
            f"data/studies.csv:6: {column}: has {len(long)} characters and must have at most {most}"
            for column, most in (("builds_on", 2000), ("evidence", 5000), ("modalities", 2000))
        ],
    )


def test_references_to_a_line_with_a_missing_comma_still_hold(data: Path) -> None:
    """Else one comma would bring a message for every study that builds on the line."""
    for name, old in (("studies", b",arXiv,,2305"), ("records", b"AlphaSeg,")):
        edit(data, f"{name}.csv", lambda b, old=old: b.replace(old, old.replace(b",", b"", 1)))
    code, lines = reported(data)
    assert code == 1
    assert [line.partition(" must have ")[0] for line in lines] == [
        "data/records.csv:2:",
        "data/studies.csv:2:",
    ]


def test_a_folder_in_the_place_of_a_file_is_reported(data: Path) -> None:
    (data / "results.csv").unlink()
    (data / "results.csv").mkdir()
    (data / "review.toml").unlink()
    (data / "review.toml").symlink_to("review.toml")
    assert reported(data) == (
        2,
        [
            "data/results.csv: must be a file that can be read",
            "data/review.toml: must be a file that can be read",
        ],
    )


@pytest.mark.parametrize("name", [*(f"{table}.csv" for table in FILES), "taxonomy.toml"])
def test_a_missing_file_is_reported(data: Path, name: str) -> None:
    (data / name).unlink()
    assert reported(data) == (2, [f"data/{name}: is missing; restore it from the repository"])


def test_every_file_that_cannot_be_read_is_reported_at_once(data: Path) -> None:
    (data / "taxonomy.toml").unlink()
    (data / "studies.csv").write_bytes(b"\xff")
    (data / "records.csv").write_bytes(b"")
    code, lines = reported(data)
    assert code == 2
    assert [line.partition(": ")[0] for line in lines] == [
        "data/records.csv",
        "data/studies.csv:1",
        "data/taxonomy.toml",
    ]


@pytest.mark.parametrize("name", ["nowhere", "data/studies.csv"])
def test_a_wrong_folder_is_reported_in_one_sentence(
    data: Path, name: str, capsys: pytest.CaptureFixture[str]
) -> None:
    assert data.is_dir()
    assert main(["check", "--data", name]) == 2
    assert capsys.readouterr().out == (
        f"{name}: is no folder that can be read; --data names the one that holds studies.csv\n"
        "1 problem; the rest was not checked\n"
    )


# A change in a TOML file: which file, what is there, what comes in its place, what is reported.
TOML: dict[str, tuple[str, str, str, str]] = {
    "bad TOML": (
        "releases.toml",
        'version = "2025.01"',
        "version = 2025.01.02",
        (
            "data/releases.toml:2: is not valid TOML: …; fix it or restore the line from the "
            "repository"
        ),
    ),
    "an open string at the end": (
        "review.toml",
        'review/"\n',
        'review/"\nlast = """\n',
        "data/review.toml:8: is not valid TOML: …; fix it or restore the line from the repository",
    ),
    "a number without end": (
        "review.toml",
        'short = "Invented Review"',
        "short = " + "9" * 5000,
        "data/review.toml: contains a number or a nest of brackets too long to be read",
    ),
    "endless brackets": (
        "review.toml",
        'short = "Invented Review"',
        "short = " + "[" * 100_000,
        "data/review.toml: contains a number or a nest of brackets too long to be read",
    ),
    "a byte-order mark": (
        "review.toml",
        'title = "I',
        '\ufefftitle = "I',
        "data/review.toml:1: starts with a byte-order mark; save as UTF-8 without BOM",
    ),
    "a day that does not exist": (
        "releases.toml",
        "date = 2025-01-31",
        "date = 2025-02-31",
        (
            "data/releases.toml:3: is not valid TOML: …; fix it or restore the line from the "
            "repository"
        ),
    ),
    "a date that is text": (
        "releases.toml",
        "next_due = 2025-06-30",
        'next_due = "in June"',
        (
            "data/releases.toml: releases.0.next_due: 'in June' must be a date as YYYY-MM-DD, "
            "without quotes"
        ),
    ),
    "a number for text": (
        "releases.toml",
        'version = "2025.01"',
        "version = 2025.01",
        "data/releases.toml: releases.0.version: '2025.01' must be text between double quotes",
    ),
    "a key too many": (
        "review.toml",
        'short = "',
        'colour = "red"\nshort = "',
        "data/review.toml: colour: 'red' is no known key; correct or remove it",
    ),
    "a key too few": (
        "review.toml",
        'short = "Invented Review"\n',
        "",
        "data/review.toml: short: is missing; add a line `short = …`",
    ),
    "text for a list": (
        "review.toml",
        '["The Inventors"]',
        '"The Inventors"',
        'data/review.toml: authors: \'The Inventors\' must be a list such as ["one", "two"]',
    ),
    "no release": (
        "releases.toml",
        invented.RELEASES,
        "releases = []\n",
        "data/releases.toml: must contain at least one [[releases]]",
    ),
    "no release at all": (
        "releases.toml",
        invented.RELEASES,
        "",
        "data/releases.toml: must contain at least one [[releases]]",
    ),
    "a term without a label": (
        "taxonomy.toml",
        '[family.terms.vision-only]\nlabel = "Vision-only"\n',
        "[family.terms.vision-only]\n",
        ("data/taxonomy.toml: family.terms.vision-only.label: is missing; add a line `label = …`"),
    ),
    "a list of terms": (
        "taxonomy.toml",
        "[family]\n",
        'kinds = ["vision-only"]\n[family]\n',
        "data/taxonomy.toml: kinds: must be a table, with a header in brackets",
    ),
    "a vocabulary that is text": (
        "taxonomy.toml",
        "[family]\n",
        'kinds = "none"\n[family]\n',
        "data/taxonomy.toml: kinds: 'none' must be a table, with a header in brackets",
    ),
}


@pytest.mark.parametrize("how", TOML)
def test_a_broken_toml_file_is_reported_with_its_line_or_keys(data: Path, how: str) -> None:
    name, old, new, message = TOML[how]
    invented.replace(data / name, old, new)
    code, lines = reported(data)
    # What the parser says of bad TOML is Python's affair and differs between versions.
    said = re.sub(r"(?<=is not valid TOML: ).+(?=; fix)", "…", lines[0])
    assert (code, said) == (2, message)


def test_the_second_release_is_reported_by_its_number(data: Path) -> None:
    first, _, retirement = invented.RELEASES.partition("[retirement]")
    second = first.replace("searched = 2025-01-15", 'searched = "soon"', 1)
    (data / "releases.toml").write_text(
        first + second + "[retirement]" + retirement, encoding="utf-8"
    )
    assert reported(data) == (
        2,
        [
            (
                "data/releases.toml: releases.1.searched: 'soon' must be a date as YYYY-MM-DD, "
                "without quotes"
            )
        ],
    )


def test_a_missing_vocabulary_is_reported(data: Path) -> None:
    content = (data / "taxonomy.toml").read_text(encoding="utf-8")
    before, _, _ = content.partition("\n[licence]")
    (data / "taxonomy.toml").write_text(before, encoding="utf-8")
    assert reported(data) == (
        2,
        [
            "data/taxonomy.toml: lacks the vocabulary licence, from which a column draws its terms",
        ],
    )


def mutated(content: bytes, chance: random.Random) -> bytes:
    """The file after one of the things that happen to files."""
    lines = content.split(b"\n")
    one, other = chance.randrange(len(lines)), chance.randrange(len(lines))
    match chance.randrange(7):
        case 0:  # a byte turns into any other
            at = chance.randrange(len(content))
            return content[:at] + bytes([chance.randrange(256)]) + content[at + 1 :]
        case 1:  # a piece is lost
            at = chance.randrange(len(content))
            return content[:at] + content[at + chance.randrange(40) :]
        case 2:  # a line is lost
            del lines[one]
        case 3:  # a line is there twice
            lines.insert(other, lines[one])
        case 4:  # two lines change places
            lines[one], lines[other] = lines[other], lines[one]
        case 5:  # two cells change places
            cells = lines[one].split(b",")
            here, there = chance.randrange(len(cells)), chance.randrange(len(cells))
            cells[here], cells[there] = cells[there], cells[here]
            lines[one] = b",".join(cells)
        case _:  # any characters come in, in any place
            points = [chance.choice([*range(256), 0x2028, 0xFEFF, 0x1F441]) for _ in range(5)]
            at = chance.randrange(len(content))
            return content[:at] + "".join(map(chr, points)).encode() + content[at:]
    return b"\n".join(lines)


@pytest.mark.parametrize("seed", range(400))
def test_whatever_happens_to_a_file_nothing_but_problems_comes_of_it(data: Path, seed: int) -> None:
    chance = random.Random(seed)  # noqa: S311 - the same accidents on every run
    for _ in range(chance.randint(1, 3)):
        name = chance.choice(sorted(file.name for file in data.iterdir()))
        edit(data, name, lambda content: mutated(content, chance) if content else content)
    code, lines = reported(data)
    assert (code == 0) == (lines == [])
    assert all("\n" not in line and line.startswith("data/") for line in lines)


@pytest.mark.parametrize("seed", range(60))
def test_a_spoilt_cell_is_reported_with_its_own_line(data: Path, seed: int) -> None:
    chance = random.Random(seed)  # noqa: S311 - the same cells on every run
    table = chance.choice(sorted(invented.SOUND))
    line = 2 + chance.randrange(len(invented.SOUND[table]))
    column = chance.choice(invented.names(table))
    invented.change(data, table, line, **{column: "\u200b" + chr(chance.randrange(33, 0x2FA1))})
    code, lines = reported(data)
    assert code == 1
    assert (
        f"data/{table}.csv:{line}: {column}: contains the invisible character U+200B; remove it"
        in lines
    )


def test_studies_are_sorted_by_date_and_know_their_lines(data: Path) -> None:
    invented.write_table(data, "studies", invented.STUDIES[::-1])
    loaded = load.load(data)
    assert [study.id for study in loaded.studies] == [
        "alphaseg",
        "gamma-test",
        "betaread",
        "deltafit",
        "epsilon",
        "zeta",
    ]
    assert loaded.lines["alphaseg"] == 7


@pytest.mark.slow
def test_ten_thousand_studies_are_checked_in_three_seconds(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    data = invented.many(tmp_path / "data", 10_000)
    took = []
    for _ in range(5):  # the best of five, in processor time: other work is not the checker's
        start = time.process_time()
        assert main(["check", "--data", str(data)]) == 0
        took.append(time.process_time() - start)
        if took[-1] < 3:
            break
    assert capsys.readouterr().out.startswith("no problems in 10006 studies\n")
    assert min(took) < 3


def test_suggestions_in_a_long_table_do_not_take_for_ever(tmp_path: Path) -> None:
    data = invented.many(tmp_path / "data", 3000)
    rows = invented.read_table(data, "studies")
    wrong = [row | {"builds_on": f"kopy-{n}"} for n, row in enumerate(rows[:500])]
    invented.write_table(data, "studies", [*wrong, *rows[500:]])
    start = time.process_time()
    code, lines = reported(data)
    assert (code, len(lines)) == (1, 500)
    assert time.process_time() - start < 10


def test_the_folder_is_named_as_it_was_given(data: Path, tmp_path: Path) -> None:
    shutil.copytree(data, tmp_path / "other place")
    invented.change(tmp_path / "other place", "studies", 2, name="")
    assert reported(Path("other place"))[1] == ["other place/studies.csv:2: name: is required"]
