"""What was published stays: what removed addresses resolve to, and what is reported."""

from __future__ import annotations

import json
import re
import sys
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from types import FrameType

import pytest

from gen.__main__ import main
from gen.corpus.corpus import Corpus
from gen.corpus.load import load
from gen.corpus.tables import KINDS, Permalink, Rename
from gen.pages.view import View
from gen.permalinks import resolve as permalinks
from gen.permalinks.redirects import Address, Moves, Published, page_address, renamed
from gen.problems import PageError
from gen.site import corrected, index_pages, remaining_pages
from tests import invented, real
from tests.build import checkout, docs

PAGES = {
    "index.md": "# Home {#top}\n",
    "studies/index.md": "# Studies {#top}\n",
    "studies/beta.md": "# Beta {#top}\n\n## Facts {#facts}\n",
    "domains/eye.md": "# Eye {#top}\n",
    "trends/gaps/domains-tasks.md": '# Gaps {#top}\n\n<dl>\n<dt id="eye--beta">x</dt>\n</dl>\n',
    "about/index.md": "# About {#top}\n\n## Limits {#limits}\n",
    "about/methods.md": "# Methods {#top}\n\n## How \\*they\\* were found {#search}\n",
}


def corpus(tmp_path: Path, recorded: str = "", *renames: tuple[str, str, str]) -> Corpus:
    """An invented corpus that published these addresses and renamed these things."""
    tmp_path.mkdir(exist_ok=True)
    sound = load(invented.write(tmp_path / "data"))
    addresses = (Address.of(text) for text in recorded.split())
    links = (
        Permalink(page=a.page, anchor=a.anchor, since="2025.01")
        if a.anchor
        else Permalink(page=a.page, since="2025.01")
        for a in addresses
    )
    rows = (Rename(kind=k, old=old, new=new, since="2025.01") for k, old, new in renames)
    return replace(sound, permalinks=tuple(links), renames=tuple(rows), folder="data")


def reported(tmp_path: Path, recorded: str, *renames: tuple[str, str, str]) -> list[str]:
    with pytest.raises(PageError) as raised:
        permalinks.resolve(PAGES, corpus(tmp_path, recorded, *renames))
    return [str(problem) for problem in raised.value.problems]


def test_what_is_new_is_counted_and_never_a_fault(tmp_path: Path) -> None:
    resolved = permalinks.resolve(PAGES, corpus(tmp_path, "/ /#top /about/"))
    assert resolved.pages == PAGES
    assert resolved.redirects == {}
    assert Address("/about/") not in resolved.unrecorded
    assert {Address("/about/", "top"), Address("/studies/beta/", "facts")} < set(
        resolved.unrecorded
    )


def test_ids_of_scripts_are_no_addresses(tmp_path: Path) -> None:
    pages = PAGES | {"index.md": '# Home {#top}\n\n<input id="lsr-query">\n'}
    assert Address("/", "lsr-query") not in permalinks.resolve(pages, corpus(tmp_path)).unrecorded


def test_what_is_lost_is_reported_with_the_line_that_redirects_it(tmp_path: Path) -> None:
    recorded = (
        "/ /studies/betas/ /studies/betas/#top /studies/betas/#facts /about/#limit /about/#scope "
        "/about/method/ /domains/heart/ /about/#fact"
    )
    fix = "restore it, or redirect it by a line in data/renames.csv"
    expected = {
        "3: '/studies/betas/' is no longer published (and 2 more)": "studies,betas,beta",
        "6: '/about/#limit' is no longer published": "address,/about/#limit,/about/#limits",
        "7: '/about/#scope' is no longer published": "address,/about/#scope,/about/#…",
        "8: '/about/method/' is no longer published": "address,/about/method/,/about/methods/",
        "9: '/domains/heart/' is no longer published": "domains,heart,…",
        # Of another page, and so no place to suggest.
        "10: '/about/#fact' is no longer published": "address,/about/#fact,/about/#…",
    }
    assert reported(tmp_path, recorded) == [
        f"data/permalinks.csv:{what}; {fix}: {line},2025.01" for what, line in expected.items()
    ]


def test_one_line_redirects_all_addresses_of_a_renamed_study(tmp_path: Path) -> None:
    recorded = "/studies/betas/ /studies/betas/#facts /trends/gaps/domains-tasks/#eye--betas"
    resolved = permalinks.resolve(PAGES, corpus(tmp_path, recorded, ("studies", "betas", "beta")))
    assert resolved.redirects == {"studies/betas.md": "studies/beta.md"}
    gaps = resolved.pages["trends/gaps/domains-tasks.md"]
    assert '<dt id="eye--beta"><span id="eye--betas"></span>x</dt>' in gaps
    assert resolved.pages["studies/beta.md"] == PAGES["studies/beta.md"]


def test_an_id_renamed_before_its_page_was_recorded_is_redirected_too(tmp_path: Path) -> None:
    resolved = permalinks.resolve(PAGES, corpus(tmp_path, "/", ("studies", "betas", "beta")))
    assert resolved.redirects == {"studies/betas.md": "studies/beta.md"}


def steps(run: Callable[[], object]) -> int:
    """How many functions a call runs, the same on each machine; stopped after a million."""
    count = 0

    def step(_frame: FrameType, event: str, _argument: object) -> None:
        nonlocal count
        count += event in {"call", "c_call"}
        assert count < 1_000_000, "takes for ever"

    sys.setprofile(step)
    try:
        run()
    finally:
        sys.setprofile(None)
    return count


def test_twice_as_many_renames_take_at_most_four_times_as_long(tmp_path: Path) -> None:
    """Each names a page that is gone, whose place is looked for among all: no worse than that."""
    recorded = "/trends/gaps/domains-tasks/#eye--a-7 /trends/gaps/domains-tasks/#a-1--a-2"

    def resolved(number: int) -> Callable[[], permalinks.Resolved]:
        renames = [("studies", f"a-{n}", "beta") for n in range(number)]
        given = corpus(tmp_path / str(number), recorded, *renames)
        return lambda: permalinks.resolve(PAGES, given)

    few, many = (steps(resolved(number)) for number in (50, 100))
    assert many < 4.1 * few
    made = resolved(200)()
    assert '<span id="eye--a-7"></span>' in made.pages["trends/gaps/domains-tasks.md"]
    assert len(made.redirects) == 200


def test_a_heading_with_a_new_id_keeps_the_old(tmp_path: Path) -> None:
    rename = ("address", "/about/#weak", "/about/#limits")
    resolved = permalinks.resolve(PAGES, corpus(tmp_path, "/about/#weak", rename))
    assert '<div id="weak"></div>\n\n## Limits {#limits}' in resolved.pages["about/index.md"]


def test_one_line_redirects_a_place_in_all_pages_of_a_kind(tmp_path: Path) -> None:
    pages = PAGES | {"studies/gamma.md": PAGES["studies/beta.md"]}
    before = "/studies/beta/#fact /studies/gamma/#fact"
    with pytest.raises(PageError) as raised:
        permalinks.resolve(pages, corpus(tmp_path, before))
    (problem,) = raised.value.problems
    assert "(and 1 more)" in problem.message
    line = ("address", "/studies/*/#fact", "/studies/*/#facts")
    assert problem.message.endswith(f": {','.join(line)},2025.01")
    resolved = permalinks.resolve(pages, corpus(tmp_path / "again", before, line))
    for path in ("studies/beta.md", "studies/gamma.md"):
        assert '<div id="fact"></div>\n\n## Facts {#facts}' in resolved.pages[path]


def test_a_place_on_another_page_now_leaves_a_line_that_leads_there(tmp_path: Path) -> None:
    rename = ("address", "/about/#found", "/about/methods/#search")
    resolved = permalinks.resolve(PAGES, corpus(tmp_path, "/about/#found", rename))
    assert resolved.pages["about/index.md"].endswith(
        '\n\n<p id="found" markdown="span">'
        "“found” has moved to [How \\*they\\* were found](/about/methods.md#search).</p>\n"
    )


def test_a_withdrawn_page_leads_where_its_line_says_with_all_its_places(tmp_path: Path) -> None:
    recorded = "/studies/omega/ /studies/omega/#facts /studies/omega/#results"
    rename = ("address", "/studies/omega/", "/studies/")
    resolved = permalinks.resolve(PAGES, corpus(tmp_path, recorded, rename))
    assert resolved.redirects == {"studies/omega.md": "studies/index.md"}
    assert resolved.pages == PAGES


def renames(*rows: tuple[str, str, str]) -> Moves:
    """What these lines make of the pages above."""
    lines = [Rename(kind=k, old=old, new=new, since="2025.01") for k, old, new in rows]
    return Moves(Published.of(PAGES), lines)


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("/old/", "/about/"),
        ("/old/#limits", "/about/#limits"),  # its page went to one that has such a place
        ("/old/#scope", "/about/"),
        ("/trends/gaps/domains-tasks/#eye--gone", "/trends/gaps/domains-tasks/#top"),
        ("/studies/beta/#gone", None),
        ("/nowhere/", None),
    ],
)
def test_an_address_resolves_to_what_is_there_now(old: str, new: str | None) -> None:
    target = renames(("address", "/old/", "/about/")).target(Address.of(old))
    assert target == (Address.of(new) if new else None)


def test_a_page_without_a_top_is_named_itself() -> None:
    pages = PAGES | {"trends/gaps/domains-tasks.md": "# Gaps {#gaps}\n"}
    old = Address("/trends/gaps/domains-tasks/", "eye--gone")
    assert Moves(Published.of(pages), []).target(old) == Address("/trends/gaps/domains-tasks/")


@pytest.mark.parametrize(
    ("page", "final"),
    [("/about/", "/about/"), ("/old/", "/about/"), ("/nowhere/", "")],
)
def test_a_link_to_a_page_arrives_where_the_page_went(page: str, final: str) -> None:
    assert renames(("address", "/old/", "/about/")).final_page(page) == final


def test_pages_that_only_a_rename_names_redirect_too_but_no_pattern_does(tmp_path: Path) -> None:
    resolved = permalinks.resolve(
        PAGES,
        corpus(
            tmp_path,
            "/",
            ("address", "/begin/", "/about/"),
            ("address", "/old/*/", "/about/"),
            ("address", "/gone/#here", "/about/#limits"),
        ),
    )
    assert resolved.redirects == {"begin.md": "about/index.md"}


@pytest.mark.parametrize(
    ("address", "new"),
    [
        ("/studies/betas/#betas-and-more", "/studies/beta/#beta-and-more"),
        ("/trends/betas/#eye--betas", "/trends/beta/#eye--beta"),
        ("/trends/gaps/betas/", "/trends/gaps/beta/"),
        ("/datasets/betas/", "/datasets/betas/"),  # a data set of the same id
        ("/trends/alphabetas/#alphabetas", "/trends/alphabetas/#alphabetas"),
    ],
)
def test_a_renamed_id_is_a_part_of_a_path_or_a_word_of_an_anchor(address: str, new: str) -> None:
    row = Rename(kind="studies", old="betas", new="beta", since="2025.01")
    assert str(renamed(Address.of(address), row)) == new


@pytest.mark.parametrize(
    ("to", "title"),
    [
        ("/trends/gaps/domains-tasks/#eye--beta", "Gaps"),  # a place without a heading
        ("/bare/#x", "/bare/"),
    ],
)
def test_a_notice_names_the_page_where_the_place_has_no_title(
    tmp_path: Path, to: str, title: str
) -> None:
    pages = PAGES | {"bare.md": '<p id="x">Bare.</p>\n'}
    moved = corpus(tmp_path, "/about/#old", ("address", "/about/#old", to))
    page = permalinks.resolve(pages, moved).pages["about/index.md"]
    assert f"“old” has moved to [{title}](" in page


def test_a_rename_to_what_moved_on_suggests_where_it_went(tmp_path: Path) -> None:
    """The first line is of no address, and the search for faults goes on after it."""
    lines = (
        ("studies", "betas", "beta"),
        ("address", "/old/", "/about/"),
        ("address", "/older/#x", "/old/#limits"),
    )
    (message,) = reported(tmp_path, "/", *lines)
    what = "is not published; write an address that is (did you mean '/about/#limits'?)"
    assert message == f"data/renames.csv:4: new: '/old/#limits' {what}"


def test_the_anchors_that_name_a_removed_page_are_one_problem_with_it(tmp_path: Path) -> None:
    recorded = "/ /studies/betas/ /trends/gaps/domains-tasks/#eye-betas-x /about/#a-betas"
    (message,) = reported(tmp_path, recorded)
    assert " is no longer published (and 2 more); " in message
    assert message.endswith(": studies,betas,beta,2025.01")


def test_a_page_redirects_to_a_place_in_another(tmp_path: Path) -> None:
    rename = ("address", "/limits/", "/about/#limits")
    resolved = permalinks.resolve(PAGES, corpus(tmp_path, "/limits/", rename))
    assert resolved.redirects == {"limits.md": "about/index.md#limits"}


def test_a_place_that_went_with_its_data_stays_on_the_heading_of_the_page(tmp_path: Path) -> None:
    recorded = "/studies/beta/#results /trends/gaps/domains-tasks/#eye--gamma"
    resolved = permalinks.resolve(PAGES, corpus(tmp_path, recorded))
    assert resolved.pages["studies/beta.md"].startswith('<div id="results"></div>\n\n# Beta {#top}')
    assert '<div id="eye--gamma"></div>' in resolved.pages["trends/gaps/domains-tasks.md"]


def test_a_line_that_redirects_what_is_still_there_is_reported(tmp_path: Path) -> None:
    (message,) = reported(tmp_path, "/", ("address", "/about/#limits", "/about/#top"))
    what = "is still published, so it cannot be redirected; remove this line"
    assert message == f"data/renames.csv:2: old: '/about/#limits' {what}"


def test_a_line_that_does_not_resolve_is_reported(tmp_path: Path) -> None:
    (message,) = reported(tmp_path, "/", ("address", "/about/#weak", "/about/#limit"))
    what = "is not published; write an address that is (did you mean '/about/#limits'?)"
    assert message == f"data/renames.csv:2: new: '/about/#limit' {what}"


def test_an_old_id_that_another_place_has_is_reported(tmp_path: Path) -> None:
    page, place = ("address", "/old/", "/about/"), ("address", "/old/#limits", "/about/#top")
    (message,) = reported(tmp_path, "/old/ /old/#limits", page, place)
    what = "resolves to /about/#top, but /about/ has an element of that id; give it another"
    assert message == f"data/permalinks.csv:3: '/old/#limits' {what}"


@pytest.mark.corpus
def test_what_comes_and_goes_with_the_data_is_known(tmp_path: Path) -> None:
    """With fewer studies, and between two pages of a kind, nothing is missing that must stay."""
    invented.write(tmp_path / "data")
    for table in ("studies", "results", "records", "second_coding"):
        kept = [row for row in invented.SOUND[table] if "alphaseg" not in row.values()]
        kept = [row | {"builds_on": "", "eval_data": ""} for row in kept if table == "studies"]
        invented.write_table(tmp_path / "data", table, kept)
    none = [row | {"unique_new_records": "0"} for row in invented.SOUND["sources"]]
    invented.write_table(tmp_path / "data", "sources", none)
    few = Published.of(pages_of(load(tmp_path / "data"), docs(tmp_path / "docs")))
    full = Published.of(real.pages())
    by_hand = {
        page_address(file.relative_to(real.DOCS).as_posix()) for file in real.DOCS.rglob("*.md")
    }
    lost = {
        Address(page, id_)
        for page, ids in full.ids.items()
        if page in few.ids and page not in by_hand
        for id_ in ids - few.ids[page]
    }
    assert len(lost) > 1000
    # What the real table of renames keeps, the invented one does not.
    lost -= {Address.of(each.old) for each in real.corpus().renames}
    for kind in KINDS:
        alike = [page for page in full.ids if re.fullmatch(f"/{kind}/[^/]+/", page)]
        every = frozenset.union(*(full.ids[page] for page in alike))
        lost |= {Address(page, id_) for page in alike for id_ in every - full.ids[page]}
    assert [str(address) for address in sorted(lost) if not full.is_optional(address)] == []
    assert not full.is_optional(Address("/studies/medsam/", "facts"))
    gone = {page for page in full.ids.keys() - few.ids.keys() if page.split("/")[1] not in KINDS}
    # Versions stay; of a long list of records, a year goes only with its last record.
    assert {
        page for page in gone if not re.fullmatch(r"/about/(versions|records)/\S+/", page)
    } == set()


def test_a_new_address_is_recorded_with_the_newest_release_and_an_old_one_keeps_its_own(
    tmp_path: Path,
) -> None:
    before = corpus(tmp_path)
    old = (
        Permalink(page="/b/", since="2024.06"),
        Permalink(page="/b/", anchor="x", since="2024.07"),
    )
    text = permalinks.recorded(
        replace(before, permalinks=old), [Address("/b/", "a"), Address("/a/")]
    )
    assert text == ("page,anchor,since\n/a/,,2025.01\n/b/,,2024.06\n/b/,a,2025.01\n/b/,x,2024.07\n")


def pages_of(corpus: Corpus, folder: Path) -> dict[str, str]:
    view = View.of(corpus)
    context = corrected(view)
    made = [*index_pages(view, context), *remaining_pages(view, folder, context)]
    return {path: str(text) for path, text in made if path.endswith(".md")}


@pytest.mark.slow
def test_a_renamed_study_is_one_line(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    project = checkout(tmp_path / "project", invented.write(tmp_path / "data"))
    data = project / "data"
    monkeypatch.chdir(project)
    assert main(["permalinks", "--record"]) == 0
    assert re.match(r"2 addresses are kept, \d{3,} new: recorded", capsys.readouterr().out)
    assert main(["permalinks"]) == 0
    assert "addresses are kept, 0 new" in capsys.readouterr().out
    recorded = invented.read_table(data, "permalinks")
    assert {"page": "/studies/alphaseg/", "anchor": "facts", "since": "2025.01"} in recorded

    for table in ("studies", "records", "results"):
        file = data / f"{table}.csv"
        text = file.read_text(encoding="utf-8")
        text = re.sub(r"(?m)(^|,|\d,)alphaseg(,|;|$)", r"\1alpha-seg\2", text)
        file.write_text(text, encoding="utf-8")
    assert main(["check"]) == 0
    capsys.readouterr()
    assert main(["build", "--to", "out"]) == 1
    line = "studies,alphaseg,alpha-seg,2025.01"
    assert re.search(
        r"data/permalinks.csv:\d+: '/studies/alphaseg/' is no longer published "
        rf"\(and \d+ more\); .*data/renames.csv: {line}\n1 problem in the pages\n\Z",
        capsys.readouterr().out,
    )

    with (data / "renames.csv").open("a", encoding="utf-8") as file:
        file.write(f"{line}\n")
    assert main(["build", "--to", "out"]) == 0
    assert (project / "out/studies/alpha-seg.md").exists()
    assert json.loads((project / "out/redirects.json").read_text(encoding="utf-8")) == {
        "begin.md": "about/index.md",
        "studies/alphaseg.md": "studies/alpha-seg.md",
    }
