"""What became of the studies is proposed, in one run or in many, and nothing is changed."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path

import pytest

from gen.__main__ import main
from gen.corpus.load import load
from gen.watch import watch
from gen.watch.watch import Outcome
from tests import invented
from tests.watch.server import Answer, Reply, Server, always, running
from tests.watch.test_search import ARXIV

CROSSREF = "api.crossref.org/works"
FEED = '<feed xmlns="http://www.w3.org/2005/Atom" xmlns:arxiv="http://arxiv.org/schemas/atom">{}</feed>'


def entry(id_: str, *, comment: str = "", doi: str = "") -> str:
    return (
        f"<entry><id>http://arxiv.org/abs/{id_}v1</id><title>Any title</title>"
        "<published>2024-01-01T00:00:00Z</published><author><name>A Alt</name></author>"
        + (f"<arxiv:comment>{comment}</arxiv:comment>" if comment else "")
        + (f"<arxiv:doi>{doi}</arxiv:doi>" if doi else "")
        + "</entry>"
    )


def work(doi: str, title: str = "Any", **more: object) -> dict[str, object]:
    return {
        "DOI": doi,
        "type": "journal-article",
        "title": [title],
        "author": [{"family": "Alt", "given": "Anna"}],
        "container-title": ["Journal of Invention"],
        "issued": {"date-parts": [[2025, 1, 2]]},
    } | more


def crossref(by_doi: list[object], by_title: dict[str, object]) -> Answer:
    def answer(query: dict[str, str]) -> Reply:
        title = query.get("query.bibliographic", "")
        found = by_doi if "filter" in query else [by_title[title]] if title in by_title else []
        return Reply(json.dumps({"message": {"items": found}}))

    return answer


@pytest.fixture
def data(tmp_path: Path) -> Path:
    return invented.write(tmp_path / "data")


@pytest.fixture
def server() -> Iterator[Server]:
    alive = ("paper", "alphaseg", "alphaseg/weights", "gamma", "mri")
    answers = {f"example.org/{name}": always("") for name in alive}
    answers[ARXIV] = always(FEED.format(""))
    answers[CROSSREF] = crossref([], {})
    with running(answers) as started:
        yield started


def watched(server: Server, data: Path, minutes: float = 1) -> Outcome:
    return watch.run(server.client(), load(data), minutes, file=data.parent / "watch.json")


def found(server: Server, data: Path) -> list[tuple[str, ...]]:
    outcome = watched(server, data)
    assert outcome.left == 0
    return [(f.id, f.column, f.now, f.proposed) for f in outcome.findings]


def test_where_nothing_happened_nothing_is_proposed(server: Server, data: Path) -> None:
    assert found(server, data) == []


def test_a_retraction_is_proposed_with_its_notice(server: Server, data: Path) -> None:
    notices = [
        {"DOI": "10.1234/c", "type": "correction"},
        {"DOI": "10.1234/r", "type": "retraction", "source": "retraction-watch"},
        {"DOI": "10.1234/v", "type": "new_version"},
    ]
    server.answers[CROSSREF] = crossref([work("10.1234/ZETA", **{"updated-by": notices})], {})
    assert found(server, data) == [
        ("zeta", "status", "", "retracted"),
        ("zeta", "status_url", "", "https://doi.org/10.1234/r"),
    ]
    invented.change(data, "studies", 7, status="retracted", status_url="https://example.org/paper")
    assert found(server, data) == []  # which is known


def test_a_withdrawal_and_a_publication_that_arxiv_knows_are_proposed(
    server: Server, data: Path
) -> None:
    entries = entry("2411.00002", comment="This paper has been withdrawn", doi="10.1234/delta")
    server.answers[ARXIV] = always(FEED.format(entries + entry("2305.00001")))
    assert found(server, data) == [
        ("deltafit", "status", "", "withdrawn"),
        ("deltafit", "status_url", "", "https://arxiv.org/abs/2411.00002"),
        ("deltafit", "doi", "", "10.1234/delta"),
    ]


@pytest.mark.parametrize(
    ("other", "proposed"),
    [
        ({}, [("deltafit", "doi", "", "10.1234/delta")]),
        ({"title": ["Fitting AlphaSeg to ears"]}, []),
        ({"author": [{"family": "Other", "given": "Anna"}]}, []),
        ({"author": []}, []),
        ({"type": "posted-content"}, []),
    ],
    ids=["the same", "another title", "another author", "no author", "a preprint"],
)
def test_a_publication_has_the_title_and_the_first_author(
    other: dict[str, object], proposed: list[tuple[str, ...]], server: Server, data: Path
) -> None:
    title = "Fitting AlphaSeg to eyes"
    published = work("10.1234/delta", title.upper()) | other
    server.answers[CROSSREF] = crossref([], {title: published})
    assert found(server, data) == proposed


def test_a_preprint_that_crossref_knows_leads_to_its_publication(
    server: Server, data: Path
) -> None:
    relation = {"is-preprint-of": [{"id-type": "doi", "id": "10.1234/Zeta.2"}]}
    preprint = work("10.1234/zeta", type="posted-content", relation=relation)
    server.answers[CROSSREF] = crossref([preprint], {})
    assert found(server, data) == [("zeta", "doi", "10.1234/zeta", "10.1234/zeta.2")]


def moved(to: str, status: int = 301) -> Answer:
    return always("", status=status, headers={"Location": to})


@pytest.mark.parametrize(
    ("answers", "proposed"),
    [
        ({"hub.example/a": always("", status=404)}, [""]),
        ({"hub.example/a": always("", status=410)}, [""]),
        ({"hub.example/a": always("", status=403)}, []),
        ({"hub.example/a": always("", status=503)}, []),
        ({"hub.example/a": moved("/hub.example/b"), "hub.example/b": always("")},
         ["https://hub.example/b"]),
        ({"hub.example/a": moved("/hub.example/b", 302), "hub.example/b": always("")}, []),
        ({"hub.example/a": moved("/www.hub.example/a/"), "www.hub.example/a/": always("")}, []),
        ({"hub.example/a": moved("/hub.example/"), "hub.example/": always("")}, []),
    ],
    ids=["gone", "gone for good", "refused", "ill", "moved", "for now", "in form", "to the front"],
)  # fmt: skip
def test_dead_and_moved_addresses_are_proposed(
    answers: dict[str, Answer], proposed: list[str], server: Server, data: Path
) -> None:
    invented.change(data, "studies", 2, code="https://hub.example/a")
    server.answers |= answers
    assert [address for _, _, _, address in found(server, data)] == proposed


def test_a_repository_that_only_changed_its_capitals_has_not_moved() -> None:
    before = "https://github.com/ada/net"
    assert watch._elsewhere(before, "https://github.com/Ada/Net") == ""  # noqa: SLF001
    after = "https://github.com/bo/net"
    assert watch._elsewhere(before, after) == after  # noqa: SLF001


def test_an_address_in_many_rows_is_asked_once_and_told_of_each(server: Server, data: Path) -> None:
    server.answers["example.org/paper"] = always("", status=404)
    outcome = watched(server, data)
    asked = [place for place, _ in server.asked if place == "example.org/paper"]
    assert len(asked) == 2  # by HEAD and, as that failed, by GET
    assert len({finding.id for finding in outcome.findings}) == 6


# Early ends.


def test_a_run_that_is_out_of_time_is_carried_on(server: Server, data: Path) -> None:
    server.answers["example.org/alphaseg"] = always("", status=404)
    asked = []
    for _ in range(50):
        client = server.client(longest=1e9)
        ticks = iter(range(10_000))
        client.clock = lambda ticks=ticks: 10.0 * next(ticks)
        outcome = watch.run(client, load(data), 1, file=data.parent / "watch.json")
        asked.append(outcome.asked)
        if not outcome.left:
            break
    assert len(asked) > 2
    assert asked == sorted(asked)
    assert [finding.column for finding in outcome.findings] == ["code"]
    heads = [place for place, _ in server.asked]
    assert heads.count("example.org/alphaseg/weights") == 1  # nothing was asked twice
    assert not (data.parent / "watch.json").exists()


def test_a_server_that_fails_stops_only_its_own_questions(
    server: Server, data: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    server.answers[ARXIV] = always("<p>Closed")
    server.answers["example.org/alphaseg"] = always("", status=404)
    monkeypatch.setattr("gen.__main__.client", lambda _: server.client())
    monkeypatch.setattr("gen.watch.watch.FILE", data.parent / "none.json")
    monkeypatch.chdir(data.parent)
    before = {file.name: file.read_bytes() for file in data.iterdir()}
    assert main(["watch", "--data", "data", "--summary", "summary.md"]) == 3
    said = capsys.readouterr().out
    assert "| studies | alphaseg | code | https&#58;//example.org/alphaseg | ? | the page" in said
    assert "1 are left." in said
    assert "### Not answered\n\n- export.arxiv.org: answered with something other than Atom" in said
    assert Path("summary.md").read_text(encoding="utf-8") == said
    assert {file.name: file.read_bytes() for file in data.iterdir()} == before


@pytest.mark.parametrize("content", ["", "[]", "1", '{"a": [{"b": 1}]}', '{"a": 1}'])
def test_a_broken_file_of_a_run_is_no_hindrance(content: str, server: Server, data: Path) -> None:
    (data.parent / "watch.json").write_text(content, encoding="utf-8")
    assert found(server, data) == []


def test_the_command_search_writes_counts_for_a_pull_request(
    server: Server, data: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    invented.replace(data / "search.toml", invented.SEARCH, invented.SEARCH.partition("[[")[0])
    monkeypatch.chdir(data.parent)
    assert main(["search", "--through", server.address, "--summary", "summary.md"]) == 0
    assert capsys.readouterr().out == "0 records wait to be screened: python -m gen screen\n"
    assert "0 entries identified" in Path("summary.md").read_text(encoding="utf-8")


def hangs_up() -> None:
    raise ConnectionError


def test_a_server_is_called_dead_only_while_another_one_lives(server: Server, data: Path) -> None:
    server.answers["example.org/mri"] = always("", before=hangs_up)
    why = {finding.now: finding.why for finding in watched(server, data).findings}
    assert why == {"https://example.org/mri": "no server answers there"}
    server.answers["doi.org/"] = always("", before=hangs_up)
    outcome = watched(server, data)
    assert not outcome.findings
    assert outcome.left
    (fault,) = outcome.faults
    assert str(fault).startswith("example.org: cannot be reached, and nor can doi.org; is this ")
