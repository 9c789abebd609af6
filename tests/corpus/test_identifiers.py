"""When two identifiers name the same work, and where a DOI leads."""

from __future__ import annotations

import pytest

from gen.corpus.identifiers import doi_address, work

# Lines of identifiers that name one work each.
WORKS = [
    [
        "2304.12306",
        "2304.12306v2",
        "arXiv:2304.12306v3",
        "10.48550/arXiv.2304.12306",
        "10.48550/ARXIV.2304.12306v1",
        "https://arxiv.org/abs/2304.12306",
        "http://arxiv.org/abs/2304.12306v1",
        "https://www.arxiv.org/pdf/2304.12306v3.pdf",
        "https://arxiv.org/pdf/2304.12306.pdf?download=1",
        "https://export.arxiv.org/html/2304.12306v2",
        "https://arxiv.org/abs/2304.12306.",
        "https://doi.org/10.48550/arXiv.2304.12306",
    ],
    ["https://arxiv.org/abs/cs/0112017v1", "https://arxiv.org/pdf/cs/0112017"],
    [
        "10.1038/s41467-024-44824-z",
        "10.1038/S41467-024-44824-Z",
        "10.1038/s41467-024-44824-z.",
        "https://doi.org/10.1038/s41467-024-44824-z",
        "http://dx.doi.org/10.1038%2Fs41467-024-44824-z",
        "https://www.doi.org/10.1038/s41467-024-44824-z/",
        "doi:10.1038/s41467-024-44824-z",
        "https://www.nature.com/articles/s41467-024-44824-z",
        "https://www.nature.com/articles/s41467-024-44824-z.pdf",
        "https://nature.com/articles/s41467-024-44824-z/figures/1",
        "https://publisher.example/doi/abs/10.1038/s41467-024-44824-z?af=R",
    ],
    ["10.1038/s41467-024-44824"],
    ["10.1234/beta(24)", "10.1234/BETA(24))."],
    ["10.21203/rs.3.rs-6455853/v1", "10.21203/rs.3.rs-6455853/v2", "10.21203/rs.3.rs-6455853"],
    [
        "10.1101/2024.01.02.24300678",
        "10.1101/2024.01.02.24300678v2.full",
        "https://www.medrxiv.org/content/10.1101/2024.01.02.24300678v1.full.pdf",
    ],
    ["https://openreview.net/forum?id=a1B", "https://openreview.net/pdf?id=a1B#page=2"],
    ["https://openreview.net/forum?id=a1C"],
    ["https://www.alphaxiv.org/abs/2304.12306", "http://alphaxiv.org/abs/2304.12306/"],
    ["https://example.org/paper?id=1", "https://Example.org/paper?id=1#top"],
    ["https://example.org/paper?id=2"],
]


@pytest.mark.parametrize("same", WORKS, ids=lambda same: same[0])
def test_the_same_work_has_one_key(same: list[str]) -> None:
    assert {work(each) for each in same} == {work(same[0])}


def test_other_works_have_other_keys() -> None:
    assert len({work(same[0]) for same in WORKS}) == len(WORKS)


def test_the_address_of_a_doi_ends_no_link() -> None:
    assert doi_address("10.1577/1(81)110<446:e>2.0.co;2") == (
        "https://doi.org/10.1577/1(81)110%3C446:e%3E2.0.co;2"
    )
