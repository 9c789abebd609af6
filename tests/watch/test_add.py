"""A study is drafted from an identifier, joined to its record, and refused where it is known."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path

import pytest

from gen.__main__ import main
from gen.contribute.lines import Cells
from gen.problems import DataError
from gen.watch import add
from gen.watch.client import Unanswered
from tests import invented
from tests.watch.server import Server, always, running
from tests.watch.test_search import ANSWERS, ARXIV, recorded

CROSSREF = "api.crossref.org/works"
ETA = f"{CROSSREF}/10.1234%2Feta.1"
AUTHORS = "van der Example, Ada; Sample, Ben Q., Jr.; The Inventors Group"


@pytest.fixture
def data(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    return invented.write(Path("data"))


@pytest.fixture
def server() -> Iterator[Server]:
    with running({ARXIV: recorded("arxiv.xml"), ETA: recorded("crossref.json")}) as started:
        yield started


def drafted(server: Server, data: Path, identifier: str) -> Cells:
    draft = add.draft(server.client(), data, identifier)
    return next(change for change in draft.changes if change.table == "studies").whole


def test_a_preprint_is_drafted_with_its_publication(server: Server, data: Path) -> None:
    cells = drafted(server, data, "https://arxiv.org/abs/2511.00011v1")
    assert {name: cell for name, cell in cells.items() if cell} == {
        "id": "etascan",
        "name": "EtaScan",
        "title": "EtaScan: An Invented Model for O(n) Volumes of CT & MRI",
        "authors": "van der Example, Ada; Sample, Ben Q.",
        "date": "2025-11-03",
        "venue": "Journal of Invention",
        "published": "2025-12-03",
        "arxiv": "2511.00011",
        "doi": "10.1234/eta.1",
        "evidence": "https://arxiv.org/abs/2511.00011",
    }


def test_a_publication_is_drafted_from_its_doi(server: Server, data: Path) -> None:
    cells = drafted(server, data, "doi:10.1234/ETA.1")
    assert (cells["authors"], cells["date"], cells["doi"]) == (
        AUTHORS,
        "2025-12-03",
        "10.1234/eta.1",
    )
    assert cells["venue"] == "Journal of Invention"


def test_a_publication_that_crossref_does_not_know_is_no_hindrance(
    server: Server, data: Path
) -> None:
    del server.answers[ETA]
    cells = drafted(server, data, "2511.00011")
    assert (cells["doi"], cells["venue"], cells["published"]) == ("10.1234/eta.1", "arXiv", "")


def test_a_record_that_waits_is_joined(server: Server, data: Path) -> None:
    invented.change(data, "records", 4, arxiv="2511.00011", decision="undecided")
    draft = add.draft(server.client(), data, "2511.00011")
    study, record = sorted(draft.changes, key=lambda change: change.table, reverse=True)
    assert study.cells["record_id"] == "r3"
    assert (record.of, record.cells["decision"], record.cells["study"]) == (
        "r3",
        "include",
        "etascan",
    )


@pytest.mark.parametrize(
    ("identifier", "sentence"),
    [
        ("2305.00001", "arxiv: '2305.00001' is already that of 'alphaseg' on line 2"),
        (
            "https://doi.org/10.1234/beta(24)1",
            "doi: '10.1234/beta(24)1' is already that of 'betaread' on line 3",
        ),
    ],
)
def test_a_work_that_is_here_is_refused_before_anything_is_asked(
    identifier: str, sentence: str, server: Server, data: Path
) -> None:
    with pytest.raises(DataError) as error:
        add.draft(server.client(), data, identifier)
    assert str(error.value) == f"data/studies.csv:8: {sentence}"
    assert server.asked == []


def test_a_work_that_is_here_by_its_publication_is_refused(server: Server, data: Path) -> None:
    invented.change(data, "studies", 7, doi="10.1234/eta.1")
    with pytest.raises(DataError, match=r"doi: '10.1234/eta.1' is already that of 'zeta'"):
        add.draft(server.client(), data, "2511.00011")


def test_a_record_that_was_excluded_is_refused_with_the_reason(server: Server, data: Path) -> None:
    invented.change(data, "records", 3, arxiv="2511.00011")
    with pytest.raises(DataError, match=r"which was excluded \(Not medical\)"):
        add.draft(server.client(), data, "2511.00011")


def test_what_goes_wrong_is_said(server: Server, data: Path) -> None:
    with pytest.raises(DataError, match="'medsam' is neither an arXiv id such as"):
        add.draft(server.client(), data, "medsam")
    with pytest.raises(Unanswered, match=r"knows no work with the id 2511\.00099"):
        add.draft(server.client(), data, "2511.00099")
    with pytest.raises(Unanswered, match=r"api\.crossref\.org: knows nothing of"):
        add.draft(server.client(), data, "10.1234/unknown")
    wrong = json.loads((ANSWERS / "crossref.json").read_text(encoding="utf-8"))
    wrong["message"]["DOI"] = "10.1234/other"
    server.answers[ETA] = always(wrong)
    with pytest.raises(Unanswered, match=r"tells of 10\.1234/other where 10\.1234/eta\.1 was"):
        add.draft(server.client(), data, "10.1234/eta.1")


@pytest.mark.parametrize(
    "message",
    [
        None,
        1,
        {},
        {"DOI": 5, "title": 7},
        {"DOI": "10.1234/eta.1", "author": [1]},
        {"DOI": "10.1234/eta.1", "issued": {"date-parts": "x"}},
        {"DOI": "10.1234/eta.1", "relation": {"is-preprint-of": 1}},
        {"DOI": "10.1234/eta.1", "updated-by": [{"type": "retraction"}]},
    ],
    ids=str,
)
def test_a_lie_of_crossref_ends_in_a_sentence(message: object, server: Server, data: Path) -> None:
    server.answers[ETA] = always({"message": message})
    with pytest.raises(Unanswered, match=r"another form than it documents|where 10\.1234/eta"):
        add.draft(server.client(), data, "10.1234/eta.1")


def test_the_id_of_another_study_is_not_taken(server: Server, data: Path) -> None:
    invented.change(data, "studies", 7, id="etascan")
    invented.write_table(data, "second_coding", [])
    assert drafted(server, data, "2511.00011")["id"] == "etascan-2025"


def test_a_title_without_a_name_gives_author_and_topic() -> None:
    found = add.Work.of(title="A study of invented things in CT", authors=["Ó Example, Ada"])
    assert add.named(found)["id"] == "o-example-study-invented-things"


def test_the_command_shows_the_row_and_writes_it_on_demand(
    server: Server, data: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    before = (data / "studies.csv").read_bytes()
    asked = ["add", "2511.00011", "--through", server.address]
    assert main(asked) == 0
    said = capsys.readouterr().out
    assert said.startswith("data/studies.csv: a new line\netascan,EtaScan,EtaScan: An Invented")
    assert "To be filled in: summary, contribution, family, coded_from\n" in said
    assert (data / "studies.csv").read_bytes() == before
    assert main([*asked, "--write"]) == 0
    assert [row["id"] for row in invented.read_table(data, "studies")][:5] == [
        "alphaseg",
        "betaread",
        "gamma-test",
        "deltafit",
        "epsilon",
    ]
    assert "etascan" in (data / "studies.csv").read_text(encoding="utf-8")
    assert main(asked) == 1
    assert "is already that of 'etascan'" in capsys.readouterr().out


def test_offline_the_command_says_so(
    server: Server, data: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    del data
    nobody = server.client(through="http://127.0.0.1:1/")
    monkeypatch.setattr("gen.__main__.client", lambda _: nobody)
    assert main(["add", "2511.00011"]) == 3
    assert capsys.readouterr().out.startswith(
        "export.arxiv.org: cannot be reached; is this machine"
    )
