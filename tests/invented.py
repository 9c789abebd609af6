"""An invented corpus: six studies and all that they name, and the ways in which tests change it."""

from __future__ import annotations

import csv
import io
import shutil
from pathlib import Path

from gen.corpus.columns import columns
from gen.corpus.tables import FILES

REAL = Path(__file__).resolve().parent.parent / "data"

RELEASES = """\
[[releases]]
version = "2025.01"
date = 2025-01-31
searched = 2025-01-15
next_due = 2025-06-30
status = "living"
changed = "First version."
[[releases.searches]]
source = "Inventors' list"
searched = 2025-01-15
[retirement]
missed = 2
plan = ["The files stay."]
"""
SECOND = """\
[[releases]]
version = "2025.07"
date = 2025-07-31
searched = 2025-07-30
next_due = 2025-12-31
status = "living"
changed = "Second version."
methods = ["A database was searched."]
[[releases.searches]]
source = "Inventors' list"
searched = 2025-07-30
oldest = 2025-01-02
newest = 2025-06-30
[[releases.searches]]
source = "Memory"
[releases.removed]
zeta = "It was never *made*."
"""
REVIEW = """\
title = "Invented Models: a Living Review"
short = "Invented Review"
subject = "invented models"
keywords = ["invention"]
authors = ["The Inventors"]
repository = "https://example.org/inventors/review"
site = "https://example.org/review/"
"""
HOSTS = """\
others = "project-page"
[kinds.paper]
label = "Paper"
definition = "Printed."
places = ["journal.example"]
[kinds.preprint]
label = "Preprint"
definition = "Not printed."
places = ["arxiv.example", "journal.example/10.9999/"]
[kinds.model-card]
label = "Model card"
definition = "On a hub."
places = ["hub.example"]
[kinds.data-page]
label = "Data page"
definition = "On a hub too."
places = ["hub.example/datasets/"]
[kinds.project-page]
label = "Project page"
definition = "Anywhere."
[[refused]]
what = "a digest of papers"
instead = "give the paper"
places = ["digest.example", "hub.example/papers/"]
"""
PICKS = """\
least = 1
most = 2
[points]
open = 6
gated = 3
code = 2
commercial = 4
non_commercial = 2
unclear = 1
elsewhere = 2
size = 2
recent = 4
recent_years = 4
published = 1
specific = 6
"""

SEARCH = """\
since = 2025-01-01
overlap = 30
[[searches]]
source = "arXiv"
query = "all:invented"
[[searches]]
source = "PubMed"
query = "invented[tiab]"
[[searches]]
source = "OpenAlex"
query = "invented AND image"
"""

REFERENCES = """\
@article{stemnet,
  author = {Stem, Ada and {The Stem Group}},
  title = {{StemNet}: Stems for All},
  year = {2020},
  journal = {Journal of Stems},
  doi = {10.1234/stem},
}

@misc{invention-2001,
  author = {von Erfinder, José and Maker, Mia and Third, T.},
  title = {Inventing \\& Making},
  year = {2001},
  eprint = {0801.0001},
}
"""

STUDY = {
    "authors": "Alt, Anna; Berg, Bo",
    "contribution": "foundation-model",
    "family": "vision-only",
    "summary": "A model that was made up for the tests.",
    "evidence": "https://example.org/paper",
    "coded_from": "abstract",
}
# Lines 2 to 7 of studies.csv; what is not given is empty.
STUDIES = [
    STUDY
    | {
        "id": "alphaseg",
        "name": "AlphaSeg",
        "title": "AlphaSeg, or “segment nothing”",
        "date": "2023-05-06",
        "venue": "arXiv",
        "arxiv": "2305.00001",
        "architecture": "vit-encoder",
        "backbone": "ViT-B/16",
        "builds_on": "stemnet",
        "training": "supervised; masked-modelling",
        "adaptation": "linear-probe",
        "modalities": "mri; ct",
        "domains": "neuro",
        "tasks": "segmentation",
        "train_data": "made-up-ct; made-up-mri",
        "train_size": "15000",
        "train_unit": "volumes",
        "data_access": "public",
        "eval_data": "made-up-eyes",
        "parameters_m": "86.4",
        "challenges": "label-scarcity",
        "strategies": "scaling",
        "code": "https://example.org/alphaseg",
        "weights": "https://example.org/alphaseg/weights",
        "weights_access": "open",
        "record_id": "r1",
    },
    STUDY
    | {
        "id": "betaread",
        "name": "BetaRead",
        "title": "Reading, with commas",
        "date": "2024-02",
        "venue": "Journal of Invention",
        "published": "2024-06",
        "doi": "10.1234/beta(24)1",
        "family": "vision-language",
        "architecture": "dual-encoder",
        "builds_on": "alphaseg; wordnet-x",
        "training": "contrastive-image-text",
        "train_size": "not-reported",
        "train_unit": "image-text-pairs",
        "data_access": "not-reported",
        "weights_access": "none",
    },
    STUDY
    | {
        "id": "gamma-test",
        "name": "GammaTest",
        "title": "Testing what others made",
        "date": "2024",
        "url": "https://example.org/gamma?a=1&b=2",
        "contribution": "evaluation",
        "architecture": "n/a",
        "builds_on": "n/a",
        "training": "none",
        "train_data": "n/a",
        "train_size": "n/a",
        "train_unit": "n/a",
        "data_access": "n/a",
        "eval_data": "made-up-eyes; made-up-ct",
        "weights": "n/a",
    },
    STUDY
    | {
        "id": "deltafit",
        "name": "DeltaFit",
        "title": "Fitting AlphaSeg to eyes",
        "date": "2024-11-30",
        "arxiv": "2411.00002",
        "contribution": "adaptation",
        "builds_on": "alphaseg",
        "training": "supervised",
        "modalities": "fundus",
    },
    STUDY
    | {
        "id": "epsilon",
        "name": "Epsilon",
        "title": "Épsilon für 眼",
        "date": "2024-12",
        "arxiv": "2412.00003",
    },
    STUDY
    | {"id": "zeta", "name": "Zeta", "title": "Zeta", "date": "2025-01-01", "doi": "10.1234/zeta"},
]
SOUND: dict[str, list[dict[str, str]]] = {
    "studies": STUDIES,
    "datasets": [
        {
            "id": "made-up-ct",
            "name": "Made-up CT",
            "modalities": "ct",
            "size": "900",
            "unit": "volumes",
        },
        {"id": "made-up-eyes", "name": "Made-up Eyes", "year": "2021", "access": "public"},
        {"id": "made-up-mri", "name": "Made-up MRI", "url": "https://example.org/mri"},
    ],
    "base_models": [
        {"id": "stemnet", "name": "StemNet", "kind": "vision", "year": "2020"},
        {"id": "wordnet-x", "name": "WordNet-X", "kind": "language", "arxiv": "1901.00001"},
    ],
    "results": [
        {
            "study": "alphaseg",
            "dataset": "made-up-eyes",
            "task": "segmentation",
            "metric": "dice",
            "value": "0.874",
            "ci_low": "0.85",
            "ci_high": "0.9",
            "n": "120",
            "evidence": "https://example.org/paper",
        },
        {
            "study": "betaread",
            "task": "classification",
            "metric": "auroc",
            "value": "1",
            "evidence": "https://example.org/paper",
        },
    ],
    "records": [
        {
            "id": "r1",
            "title": "AlphaSeg",
            "sources": "inventors/list; hand search",
            "sections": "A > B; C",
            "decision": "include",
            "priority": "1",
            "study": "alphaseg",
        },
        {
            "id": "r2",
            "title": "No model",
            "sources": "hand search",
            "decision": "exclude",
            "reason": "non-medical",
            "stage": "screening",
        },
        {
            "id": "r3",
            "title": "To be coded",
            "sources": "hand search",
            "decision": "include",
            "priority": "2",
        },
    ],
    "sources": [
        {
            "source": "inventors/list",
            "kind": "curated-list",
            "path": "README.md",
            "raw_records": "2",
            "unique_new_records": "1",
        },
        {
            "source": "hand search",
            "kind": "targeted-search",
            "raw_records": "3",
            "unique_new_records": "2",
        },
    ],
    "second_coding": [
        STUDY
        | {"id": "zeta", "name": "Zeta", "title": "Zeta", "date": "2025", "doi": "10.1234/zeta"}
    ],
    "permalinks": [
        {"page": "/", "since": "2025.01"},
        {"page": "/", "anchor": "top", "since": "2025.01"},
    ],
    "renames": [{"kind": "address", "old": "/begin/", "new": "/about/", "since": "2025.01"}],
}


def write(folder: Path) -> Path:
    """Write the sound corpus, with the real vocabularies, and return its folder."""
    folder.mkdir(parents=True)
    shutil.copy(REAL / "taxonomy.toml", folder)
    (folder / "releases.toml").write_text(RELEASES, encoding="utf-8")
    (folder / "review.toml").write_text(REVIEW, encoding="utf-8")
    (folder / "hosts.toml").write_text(HOSTS, encoding="utf-8")
    (folder / "picks.toml").write_text(PICKS, encoding="utf-8")
    (folder / "search.toml").write_text(SEARCH, encoding="utf-8")
    (folder / "references.bib").write_text(REFERENCES, encoding="utf-8")
    for table, rows in SOUND.items():
        write_table(folder, table, rows)
    for table in ("adjudication", "screening_audit", "cell_audit", "appraisal", "changes"):
        write_table(folder, table, [])
    return folder


def second(folder: Path) -> Path:
    """Add a second version, which removed a study; the folder."""
    first, mark, retirement = RELEASES.partition("[retirement]")
    text = first + SECOND + mark + retirement
    (folder / "releases.toml").write_text(text, encoding="utf-8")
    return folder


def names(table: str) -> list[str]:
    return [column.name for column in columns(FILES[table])]


def csv_line(table: str, row: dict[str, str]) -> str:
    text = io.StringIO()
    csv.DictWriter(text, names(table), restval="", lineterminator="\n").writerow(row)
    return text.getvalue()


def write_table(folder: Path, table: str, rows: list[dict[str, str]]) -> None:
    content = ",".join(names(table)) + "\n" + "".join(csv_line(table, row) for row in rows)
    (folder / f"{table}.csv").write_text(content, encoding="utf-8", newline="")


def read_table(folder: Path, table: str) -> list[dict[str, str]]:
    with (folder / f"{table}.csv").open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def change(folder: Path, table: str, line: int, **cells: str) -> None:
    """Give cells of one line other values; the header is line 1."""
    rows = read_table(folder, table)
    rows[line - 2] |= cells
    write_table(folder, table, rows)


def append(folder: Path, table: str, **cells: str) -> None:
    """Add a line at the end."""
    with (folder / f"{table}.csv").open("a", encoding="utf-8", newline="") as file:
        file.write(csv_line(table, cells))


def rename(folder: Path, kind: str, old: str, new: str) -> None:
    """Give an id another name, or join it with one that is there, as MAINTAINING.md says."""
    for table in SOUND.keys() | {"adjudication"}:
        rows = []
        for row in read_table(folder, table):
            cells = {
                name: dict.fromkeys(new if value == old else value for value in cell.split("; "))
                for name, cell in row.items()
            }
            rows.append({name: "; ".join(values) for name, values in cells.items()})
        whole = {row.get("id") or number: row for number, row in enumerate(rows)}
        write_table(folder, table, list(whole.values()))
    taxonomy = folder / "taxonomy.toml"
    text = taxonomy.read_text(encoding="utf-8")
    text = text.replace(f"[{kind}.terms.{old}]", f"[{kind}.terms.{new}]")
    taxonomy.write_text(text, encoding="utf-8")
    append(folder, "renames", kind=kind, old=old, new=new, since="2025.01")


def replace(file: Path, old: str, new: str) -> None:
    """Change the one place in a file where the old text stands."""
    content = file.read_text(encoding="utf-8")
    assert content.count(old) == 1, f"{old!r} stands {content.count(old)} times in {file.name}"
    file.write_text(content.replace(old, new), encoding="utf-8")


def many(folder: Path, number: int) -> Path:
    """Write a corpus with as many studies more, each like AlphaSeg."""
    write(folder)
    like = {
        column: cell for column, cell in STUDIES[0].items() if column not in {"arxiv", "record_id"}
    }
    copies = [
        like
        | {
            "id": f"copy-{n}",
            "name": f"Copy {n}",
            "title": f"Copy {n} of AlphaSeg",
            "doi": f"10.1234/copy.{n}",
        }
        for n in range(number)
    ]
    write_table(folder, "studies", [*STUDIES, *copies])
    return folder
