"""The living search: nothing is lost, nothing is there twice, and nothing half is written."""

from __future__ import annotations

import json
import re
import shutil
import subprocess
import sys
from collections.abc import Iterator
from datetime import date as Date
from pathlib import Path

import pytest

from gen.__main__ import main
from gen.analysis.flow import Flow
from gen.corpus.load import load
from gen.problems import DataError
from gen.watch import arxiv, openalex, prisma, pubmed, search
from gen.watch.client import Unanswered
from gen.watch.search import Counts
from tests import invented
from tests.real import ROOT
from tests.watch.server import Answer, Reply, Server, always, running

UNTIL = Date(2025, 12, 31)
ANSWERS = Path(__file__).parent / "answers"
ARXIV, PUBMED = "export.arxiv.org/api/query", "eutils.ncbi.nlm.nih.gov/entrez/eutils"
OPENALEX = "api.openalex.org/works"


def recorded(name: str) -> Answer:
    """An answer in the form of a real one, of works that were made up."""
    return always((ANSWERS / name).read_text(encoding="utf-8"))


def databases() -> dict[str, Answer]:
    return {
        ARXIV: recorded("arxiv.xml"),
        f"{PUBMED}/esearch.fcgi": recorded("esearch.json"),
        f"{PUBMED}/esummary.fcgi": recorded("esummary.json"),
        OPENALEX: recorded("openalex.json"),
    }


@pytest.fixture
def data(tmp_path: Path) -> Path:
    return invented.write(tmp_path / "data")


@pytest.fixture
def server() -> Iterator[Server]:
    with running(databases()) as started:
        yield started


def searched(server: Server, data: Path, until: Date = UNTIL) -> list[Counts]:
    return search.run(server.client(), data, load(data), until, folder=data.parent / "kept")


def table(data: Path, name: str) -> str:
    return (data / f"{name}.csv").read_text(encoding="utf-8")


def test_what_nobody_knew_waits_to_be_screened(server: Server, data: Path) -> None:
    before = table(data, "records")
    counts = searched(server, data)
    assert [(c.found, c.known, c.twice, len(c.new)) for c in counts] == [
        (3, 1, 0, 2),
        (2, 0, 1, 1),
        (2, 0, 1, 1),
    ]
    # AlphaSeg is known; EtaScan has its DOI from the first to give one, ThetaTalk is in two.
    assert table(data, "records") == before.replace(
        "inventors/list; hand search", "inventors/list; hand search; arXiv"
    ) + (
        "r0004,EtaScan: An Invented Model for O(n) Volumes of CT & MRI,2511.00011,10.1234/eta.1,"
        "https://arxiv.org/abs/2511.00011,2025,arXiv,,arXiv; PubMed,,undecided,,,,,,\n"
        "r0005,ThetaTalk: Talking About Invented Pictures of Eyes,2511.00012,,"
        "https://arxiv.org/abs/2511.00012,2025,arXiv,,arXiv; OpenAlex,,undecided,,,,,,\n"
        "r0006,Iota and the @octocat: in vivo | tests of an invented model,,,"
        "https://pubmed.ncbi.nlm.nih.gov/40000002/,2025,Journal of invention,,PubMed,,undecided,"
        ",,,,,\n"
        "r0007,Kappa,,10.1234/kappa,https://doi.org/10.1234/kappa,2025,"
        "2025 Conference on Inventions,,OpenAlex,,undecided,,,,,,\n"
    )
    assert table(data, "sources").endswith(
        "arXiv,database,,,2025-12-31,3,2,Searched from 2025-01-01 for: all:invented\n"
        "PubMed,database,,,2025-12-31,2,1,Searched from 2025-01-01 for: invented[tiab]\n"
        "OpenAlex,database,,,2025-12-31,2,1,Searched from 2025-01-01 for: invented AND image\n"
    )


def test_the_flow_of_records_adds_up_with_it(server: Server, data: Path) -> None:
    searched(server, data)
    flow = Flow.of(load(data))
    assert (flow.databases, flow.entries, flow.duplicates) == (7, 12, 5)
    assert (flow.screened, flow.undecided.number) == (3, 4)


def test_the_questions_are_those_of_the_protocol(server: Server, data: Path) -> None:
    searched(server, data)
    asked = dict(server.asked)
    assert asked[ARXIV]["search_query"] == (
        "(all:invented) AND submittedDate:[202501010000 TO 202512312359]"
    )
    pubmed_asked = asked[f"{PUBMED}/esearch.fcgi"]
    assert (pubmed_asked["term"], pubmed_asked["datetype"]) == ("invented[tiab]", "edat")
    assert (pubmed_asked["mindate"], pubmed_asked["maxdate"]) == ("2025/01/01", "2025/12/31")
    assert asked[OPENALEX]["filter"] == (
        "title_and_abstract.search:invented AND image,"
        "from_publication_date:2025-01-01,to_publication_date:2025-12-31"
    )


def test_the_databases_learn_whom_to_write_to(server: Server, data: Path) -> None:
    for contact in ("ada@example.org", "no contact given"):
        search.run(
            server.client(contact=contact), data, load(data), UNTIL, folder=data.parent / "kept"
        )
    names = {
        OPENALEX: "mailto",
        f"{PUBMED}/esearch.fcgi": "email",
        f"{PUBMED}/esummary.fcgi": "email",
    }
    for place, name in names.items():
        told = [query.get(name) for asked, query in server.asked if asked == place]
        assert told == ["ada@example.org", None], place


def test_an_author_whom_openalex_does_not_know_has_the_name_that_is_printed(server: Server) -> None:
    works, _ = openalex.search(server.client(), "x", UNTIL, UNTIL, 0)
    assert works[1].authors == ("The Kappa Team", "K. Printed")


def test_what_openalex_does_not_know_of_a_work_is_null(server: Server, data: Path) -> None:
    """Each may be; a work without a title or an address becomes no record."""
    told = json.loads((ANSWERS / "openalex.json").read_text(encoding="utf-8"))
    bare = told["results"][1] | {"doi": None, "primary_location": None}
    told["results"] = [
        bare | {"title": "One", "authorships": []},
        bare | {"title": "Two", "id": "https://openalex.org/W2", "publication_date": None},
        bare | {"title": "Three", "id": None},
        bare | {"title": None},
        bare | {"title": "<i>In vivo</i> &amp; more", "id": "https://openalex.org/W3"},
    ]
    told["meta"]["count"] = len(told["results"])
    server.answers[OPENALEX] = always(told)
    assert searched(server, data)[2].new == ("One", "Two", "In vivo & more")
    one, two, _ = invented.read_table(data, "records")[-3:]
    assert (one["url"], one["year"], one["venue"]) == (
        "https://openalex.org/W4400000002",
        "2025",
        "",
    )
    assert (two["url"], two["year"]) == ("https://openalex.org/W2", "")


def test_the_next_search_begins_before_the_last_one_ended(server: Server, data: Path) -> None:
    searched(server, data)
    before = table(data, "records")
    counts = searched(server, data, Date(2026, 1, 31))
    assert {str(c.search.since) for c in counts} == {"2025-12-01"}  # 30 days of overlap
    assert sum(len(c.new) for c in counts) == 0
    assert table(data, "records") == before


def test_a_record_found_again_is_counted_where_it_was_first(server: Server, data: Path) -> None:
    """Kappa, by OpenAlex at first, is found by arXiv later, which stands before it."""
    searched(server, data)
    feed = (ANSWERS / "arxiv.xml").read_text(encoding="utf-8")
    feed = feed.replace("10.1234/eta.1", "10.1234/kappa").replace("2511.00011", "2511.00099")
    server.answers[ARXIV] = always(re.sub(r"EtaScan[^<]*", "Kappa", feed))
    searched(server, data, Date(2026, 1, 31))
    assert invented.read_table(data, "records")[-1]["sources"] == "OpenAlex"


# Cut off.


def paged(total: int, size: int, broken: set[int]) -> Answer:
    """What arXiv says, page by page; where a page begins that is broken, an error at first."""

    def entry(n: int) -> str:
        title = f"A made up work about number {n} of them all"
        return (
            f"<entry><id>http://arxiv.org/abs/2512.{n:05}v1</id><title>{title}</title>"
            "<published>2025-12-01T00:00:00Z</published><author><name>Ada Example</name></author>"
            "</entry>"
        )

    def answer(query: dict[str, str]) -> Reply:
        start = int(query["start"])
        if start in broken:
            broken.remove(start)
            return Reply("", 500)
        entries = "".join(map(entry, range(start, min(total, start + size))))
        return Reply(
            '<feed xmlns="http://www.w3.org/2005/Atom" '
            'xmlns:opensearch="http://a9.com/-/spec/opensearch/1.1/">'
            f"<opensearch:totalResults>{total}</opensearch:totalResults>{entries}</feed>"
        )

    return answer


def test_a_search_that_is_cut_off_goes_on_without_loss_or_double(
    server: Server, data: Path
) -> None:
    server.answers[ARXIV] = paged(250, 100, {100, 200})
    before = table(data, "records"), table(data, "sources")
    for _ in range(2):
        with pytest.raises(Unanswered, match="error 500"):
            search.run(
                server.client(retries=0), data, load(data), UNTIL, folder=data.parent / "kept"
            )
        assert (table(data, "records"), table(data, "sources")) == before
    # On another day: what was begun is brought to its end, with its days.
    counts = searched(server, data, Date(2026, 1, 31))
    assert (counts[0].found, len(counts[0].new), str(counts[0].search.until)) == (
        250,
        250,
        "2025-12-31",
    )
    starts = [query["start"] for place, query in server.asked if place == ARXIV]
    assert starts == ["0", "100", "100", "200", "200"]  # no page was asked for again
    arxiv_ids = [row["arxiv"] for row in invented.read_table(data, "records") if row["arxiv"]]
    assert len(arxiv_ids) == len(set(arxiv_ids)) == 251  # and ThetaTalk
    load(data)


@pytest.mark.slow
def test_a_search_that_is_killed_goes_on_without_loss_or_double(server: Server, data: Path) -> None:
    """Wherever: before a question, before a file is in its place, before one is removed."""
    server.answers[ARXIV] = paged(150, 100, set())
    command = [sys.executable, "-m", "tests.watch.kill", server.address, str(data.parent)]
    subprocess.run([*command, str(UNTIL)], cwd=ROOT, check=True)
    *killed, whole = sorted(data.parent.glob("*/data"), key=lambda each: int(each.parent.name))
    # Of 5 questions, 4 answers kept, 2 tables written and 3 files removed, every other one.
    assert [int(each.parent.name) for each in killed] == [1, 3, 5, 7, 9, 11, 13]
    begun, ended = table(data, "sources"), table(whole, "sources")
    assert ended.count("\n") == begun.count("\n") + 3
    with pytest.raises(DataError, match="'arXiv' is no id in sources"):
        load(killed[5])  # between the two tables: the check says so, and git restores them
    shutil.copy(data / "records.csv", killed[5])
    for each in killed:
        searched(server, each)
        assert table(each, "records") == table(whole, "records"), each
        rest = table(each, "sources").removeprefix(ended)
        # Killed after both tables: the next search finds all of it known.
        new = 3 if each is killed[6] else 0
        assert rest.count(",0,Searched from 2025-12-01 for: ") == rest.count("\n") == new


def test_what_was_kept_of_another_question_is_not_used(server: Server, data: Path) -> None:
    server.answers[ARXIV] = paged(250, 100, {100})
    with pytest.raises(Unanswered):
        search.run(server.client(retries=0), data, load(data), UNTIL, folder=data.parent / "kept")
    invented.replace(data / "search.toml", "all:invented", "all:other")
    searched(server, data)
    starts = [query["start"] for place, query in server.asked if place == ARXIV]
    assert starts == ["0", "100", "0", "100", "200"]


def test_a_file_of_a_search_that_is_broken_is_no_hindrance(data: Path) -> None:
    for content in ("", "{}", "[]", '{"query": "all:invented", "since": 1}'):
        kept = data.parent / "kept" / "arXiv.json"
        kept.parent.mkdir(exist_ok=True)
        kept.write_text(content, encoding="utf-8")
        corpus = load(data)
        begun = search._begun(corpus, corpus.searching.searches[0], UNTIL, kept.parent)  # noqa: SLF001
        assert (begun.asked, begun.until) == (0, UNTIL)


def test_tables_that_would_break_a_rule_are_not_written(
    server: Server, data: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("gen.watch.search.DATABASE", "no-such-kind")
    before = table(data, "records")
    with pytest.raises(DataError, match="no-such-kind"):
        searched(server, data)
    assert table(data, "records") == before
    monkeypatch.undo()
    server.answers.clear()  # nothing is asked again
    assert [c.found for c in searched(server, data)] == [3, 2, 2]


# Lies.

FEED = (
    '<feed xmlns="http://www.w3.org/2005/Atom" '
    'xmlns:opensearch="http://a9.com/-/spec/opensearch/1.1/">{}</feed>'
)
BOMB = '<!DOCTYPE x [<!ENTITY a "aaaa"><!ENTITY b "&a;&a;&a;">]><feed>&b;</feed>'
LIES: dict[str, tuple[str, Answer, str]] = {
    "a page": (ARXIV, always("<html><p>Hello"), "other than Atom, perhaps a page for people"),
    "a good page": (ARXIV, always("<html><p>Hello</p></html>"), "something other than Atom"),
    "a bomb": (ARXIV, always(BOMB), "other than Atom, perhaps a page for people"),
    "no total": (ARXIV, always(FEED.format("")), "does not say how many works it found"),
    "less than it said": (
        ARXIV,
        paged(250, 0, set()),
        "said that it found 250 works and handed out 0",
    ),
    "a refusal of arXiv": (
        ARXIV,
        always(
            FEED.format(
                "<entry><id>http://arxiv.org/api/errors#bad</id>"
                "<summary>bad query</summary></entry>"
            )
        ),
        "refuses the question: bad query",
    ),
    "a refusal of PubMed": (
        f"{PUBMED}/esearch.fcgi",
        always({"esearchresult": {"ERROR": "bad term"}}),
        "refuses the question: bad term",
    ),
    "a field that PubMed does not have": (
        f"{PUBMED}/esearch.fcgi",
        always(
            {
                "esearchresult": {
                    "count": "0",
                    "idlist": [],
                    "errorlist": {"phrasesnotfound": [], "fieldsnotfound": ["tiabb"]},
                }
            }
        ),
        "refuses the question: it has no field tiabb",
    ),
    "too much": (
        f"{PUBMED}/esearch.fcgi",
        always({"esearchresult": {"count": "123456", "idlist": []}}),
        "finds 123456 works, more than it hands out",
    ),
    "too much of OpenAlex": (
        OPENALEX,
        always({"meta": {"count": 123456}, "results": []}),
        "finds 123456 works, more than it hands out",
    ),
    **{
        f"{place} {number}": (place, always(body), "answered in another form than it documents")
        for place in (f"{PUBMED}/esearch.fcgi", f"{PUBMED}/esummary.fcgi", OPENALEX)
        for number, body in enumerate(
            ([], {}, None, 1, "[1]", {"esearchresult": 1}, {"result": {"40000001": 1}},
             {"meta": {"count": "x"}}, {"meta": {"count": 1}, "results": [1]})
        )
    },
}  # fmt: skip


@pytest.mark.parametrize("lie", LIES)
def test_a_lie_ends_in_a_sentence_and_changes_nothing(lie: str, server: Server, data: Path) -> None:
    place, answer, sentence = LIES[lie]
    server.answers[place] = answer
    before = table(data, "records"), table(data, "sources")
    with pytest.raises(Unanswered, match=re.escape(sentence)):
        searched(server, data)
    assert (table(data, "records"), table(data, "sources")) == before


HOSTILE = (
    "</title><script>alert(1)</script> =cmd|'/c calc'!A1 \\alpha $x^2$ {{ 7*7 }} &amp;lt; "
    "\u202e\x00\ufeff [a](javascript:b) \ufffd"
)


def test_hostile_texts_of_databases_pass_the_check(server: Server, data: Path) -> None:
    told = json.loads((ANSWERS / "openalex.json").read_text(encoding="utf-8"))
    told["results"] = [
        told["results"][1]
        | {
            "title": f"{n} {HOSTILE}" if n < 5 else "x" * 5000,
            "doi": ("", "10.1/<x>", None, "https://doi.org/10.1234/a b", HOSTILE, "")[n],
            "id": ("https://openalex.org/W1", "javascript:alert(1)", "https://[::1", "", HOSTILE,
                   "https://openalex.org/W5")[n],
            "publication_date": ("2025-13-99", None, "now", HOSTILE, "0001-01-01", "2025-11-01")[n],
            "primary_location": {"source": {"display_name": HOSTILE}},
            "authorships": [{"author": {"display_name": HOSTILE}}],
        }
        for n in range(6)
    ]  # fmt: skip
    told["meta"]["count"] = 6
    server.answers[OPENALEX] = always(told)
    counts = searched(server, data)  # which checks what it writes
    assert len(counts[2].new) >= 2


def test_an_unknown_database_is_named(server: Server, data: Path) -> None:
    invented.replace(data / "search.toml", '"PubMed"', '"PubMedd"')
    with pytest.raises(DataError) as error:
        searched(server, data)
    assert str(error.value).endswith(
        "search.toml: 'PubMedd' is not a database that can be asked (did you mean 'PubMed'?)"
    )


def test_a_search_ends_on_a_day_that_is_over_and_not_before_it_begins(
    data: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    for wrong in ("2025-13-01", "soon", "9999-01-01"):
        with pytest.raises(SystemExit):
            main(["search", "--data", str(data), "--until", wrong])
        assert f"{wrong!r} must be a day such as 2026-11-30, " in capsys.readouterr().err
    assert main(["search", "--data", str(data), "--until", "2024-12-31"]) == 1
    assert capsys.readouterr().out == (
        f"{data}/search.toml: a search of arXiv begins on 2025-01-01, which is after 2024-12-31\n"
        "1 problem; nothing was written\n"
    )


# What it says.


def test_the_counts_for_a_pull_request(server: Server, data: Path) -> None:
    counts = searched(server, data)
    assert prisma.text(counts) == (
        "arXiv, 2025-01-01 to 2025-12-31: 3 found, 1 known before, 0 found twice, 2 new\n"
        "PubMed, 2025-01-01 to 2025-12-31: 2 found, 0 known before, 1 found twice, 1 new\n"
        "OpenAlex, 2025-01-01 to 2025-12-31: 2 found, 0 known before, 1 found twice, 1 new\n"
        "4 records wait to be screened: python -m gen screen\n"
    )
    markdown = prisma.markdown(counts)
    assert "| arXiv | 2025-01-01 to 2025-12-31 | 3 | 1 | 0 | 2 |\n" in markdown
    assert "| **All** |  | 7 | 1 | 2 | 4 |\n" in markdown
    assert "7 entries identified − 3 duplicates = 4 records to be screened." in markdown
    assert "- PubMed: `invented[tiab]`\n" in markdown
    assert "- Iota and the &#64;octocat: in vivo \\| tests of an invented model\n" in markdown


def test_the_databases_give_their_dates() -> None:
    assert pubmed._date("2025 Dec 3") == "2025-12-03"  # noqa: SLF001
    assert pubmed._date("2025 Nov") == "2025-11"  # noqa: SLF001
    assert pubmed._date("2025 Nov-Dec") == "2025"  # noqa: SLF001
    assert arxiv.WITHDRAWN.search("This paper has been withdrawn by arXiv")
    assert not arxiv.WITHDRAWN.search(
        "Blood was withdrawn? No: samples of drugs that were withdrawn"
    )


def test_a_work_of_the_same_long_title_is_known_whatever_its_identifier(
    server: Server, data: Path
) -> None:
    """With and without the short name before the colon; a short title tells two works not apart."""
    invented.change(data, "records", 4, title="Talking about invented pictures of eyes")
    invented.change(data, "records", 3, title="Kappa")
    counts = searched(server, data)
    assert [c.known for c in counts] == [2, 0, 1]
    assert invented.read_table(data, "records")[2]["sources"] == "hand search; arXiv; OpenAlex"
    assert counts[2].new == ("Kappa",)
