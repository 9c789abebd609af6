"""Which pages may stand for a fact, and of which kind each is."""

from __future__ import annotations

from pathlib import Path

import pytest

from gen.corpus import load
from gen.problems import DataError
from tests import invented, real


@pytest.fixture
def data(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The sound corpus in data/ under the working directory."""
    monkeypatch.chdir(tmp_path)
    return invented.write(Path("data"))


def reported(data: Path) -> list[str]:
    try:
        load.load(data)
    except DataError as error:
        return [str(problem) for problem in error.problems]
    return []


REFUSED = "is a digest of papers; give the paper"


@pytest.mark.parametrize(
    ("address", "words"),
    [
        ("https://digest.example/p/1", REFUSED),
        ("https://www.Digest.example/p?of=2", REFUSED),
        ("https://digest.example", REFUSED),
        (
            "https://digest.example/2305.00001v2",
            f"{REFUSED} (did you mean 'https://arxiv.org/abs/2305.00001'?)",
        ),
        ("https://hub.example/papers/x", REFUSED),
        ("https://hub.example/models/x", ""),
        ("https://nodigest.example/", ""),
        ("https://digest.example.org/", ""),
    ],
)
@pytest.mark.parametrize("table", ["studies", "datasets", "results"])
def test_a_digest_is_no_evidence(data: Path, table: str, address: str, words: str) -> None:
    invented.change(data, table, 2, evidence=f"https://example.org/paper; {address}")
    said = f"data/{table}.csv:2: evidence: '{address}' {words}"
    assert reported(data) == [said] * bool(words)


@pytest.mark.parametrize("cell", ["https://[", "digest.example", "https://[::1]:x/; https://"])
def test_what_is_no_address_crashes_nothing(data: Path, cell: str) -> None:
    invented.change(data, "studies", 2, evidence=cell)
    assert not [line for line in reported(data) if REFUSED in line]


@pytest.mark.parametrize(
    ("address", "kind"),
    [
        ("https://arxiv.example/abs/1", "preprint"),
        ("https://www.arxiv.example", "preprint"),
        ("https://journal.example/10.1234/beta", "paper"),
        ("https://journal.example/10.9999/early", "preprint"),
        ("https://JOURNAL.example/10.9999/early", "preprint"),
        ("https://hub.example/datasets/eyes", "data-page"),
        ("https://hub.example/DataSets/eyes", "data-page"),
        ("https://hub.example/x", "model-card"),
        ("https://anything.example/arxiv.example", "project-page"),
        ("https://notarxiv.example/", "project-page"),
    ],
)
def test_the_nearest_place_says_of_which_kind_a_page_is(
    data: Path, address: str, kind: str
) -> None:
    hosts = load.load(data).hosts
    assert hosts.kind_of(address) is hosts.kinds[kind]


@pytest.mark.parametrize(
    ("old", "new", "words"),
    [
        ('others = "project-page"', 'others = "page"', "others: 'page' must be one of paper, "),
        ('"arxiv.example"', '"https://arxiv.example"', "'https://arxiv.example' must be a host"),
        ('"arxiv.example"', '"Arxiv.example"', "'Arxiv.example' must be a host, or a host and"),
        ('"arxiv.example"', '"digest.example"', "'digest.example' stands twice; keep one of them"),
    ],
)
def test_a_place_can_be_found(data: Path, old: str, new: str, words: str) -> None:
    invented.replace(data / "hosts.toml", old, new)
    (said, *_) = reported(data)
    assert said.startswith(f"data/hosts.toml: {words}")


@pytest.mark.corpus
def test_known_sites_are_of_their_kind() -> None:
    hosts = real.corpus().hosts
    assert {
        address: hosts.kind_of(address).label
        for address in (
            "https://doi.org/10.1038/s41467-024-44824-z",
            "https://doi.org/10.1101/2023.09.12.557460",
            "https://arxiv.org/abs/2304.12306",
            "https://github.com/bowang-lab/MedSAM",
            "https://github.com/JXLiu-AI/Awesome-Medical-LLM-in-Top-Journals",
            "https://huggingface.co/microsoft/rad-dino",
            "https://huggingface.co/datasets/flaviagiammarino/path-vqa",
            "https://pmc.ncbi.nlm.nih.gov/articles/PMC11403354",
            "https://uni-medical.github.io/gmai-web/projects/gmai-vl/",
        )
    } == {
        "https://doi.org/10.1038/s41467-024-44824-z": "Paper",
        "https://doi.org/10.1101/2023.09.12.557460": "Preprint",
        "https://arxiv.org/abs/2304.12306": "Preprint",
        "https://github.com/bowang-lab/MedSAM": "Repository",
        "https://github.com/JXLiu-AI/Awesome-Medical-LLM-in-Top-Journals": "Reading list",
        "https://huggingface.co/microsoft/rad-dino": "Model card",
        "https://huggingface.co/datasets/flaviagiammarino/path-vqa": "Data page",
        "https://pmc.ncbi.nlm.nih.gov/articles/PMC11403354": "Archive",
        "https://uni-medical.github.io/gmai-web/projects/gmai-vl/": "Project page",
    }
