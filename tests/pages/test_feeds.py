"""What readers subscribe to: the rules of both formats, what is in a feed, and in which order."""

from __future__ import annotations

import json
import re
from html.parser import HTMLParser
from pathlib import Path
from typing import Any
from xml.etree import ElementTree as ET

import pytest

from gen.corpus.load import load
from gen.corpus.rules.versions import sorting
from gen.corpus.tables import FACETS
from gen.pages import feeds
from gen.pages.view import View
from gen.releases.changes import HEADER
from tests import invented
from tests.build import sound
from tests.real import corpus, files

ATOM = "{http://www.w3.org/2005/Atom}"
STAMP = re.compile(r"\d{4}-(0[1-9]|1[0-2])-(0[1-9]|[12]\d|3[01])T00:00:00Z")
SITE = "https://example.org/review/"
KEYS = {"version", "title", "home_page_url", "feed_url", "language", "authors", "items"}


class Markup(HTMLParser):
    """Which elements a piece of HTML has, and its addresses."""

    def __init__(self) -> None:
        super().__init__()
        self.open: list[str] = []
        self.addresses: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        assert tag in {"p", "a"}
        self.open.append(tag)
        self.addresses += [value or "" for name, value in attrs if name == "href"]

    def handle_endtag(self, tag: str) -> None:
        assert self.open.pop() == tag


def checked_html(text: str) -> None:
    parser = Markup()
    parser.feed(text)
    assert not parser.open
    assert all(address.startswith("https://") for address in parser.addresses)


def atom(path: str, text: str, site: str) -> ET.Element:
    """A feed that keeps the rules of RFC 4287, as the validator of the W3C asks for them."""
    feed = ET.fromstring(text)  # noqa: S314 - our own
    assert feed.tag == f"{ATOM}feed"
    for part in (feed, *feed.findall(f"{ATOM}entry")):
        for name in ("title", "id", "updated"):  # once each
            (found,) = part.findall(f"{ATOM}{name}")
            assert (found.text or "").strip()
        assert STAMP.fullmatch(part.findtext(f"{ATOM}updated", ""))
        assert part.findtext(f"{ATOM}id", "").startswith("https://")
        links = [(link.get("rel"), link.get("href", "")) for link in part.findall(f"{ATOM}link")]
        assert len([rel for rel, _ in links if rel == "alternate"]) == 1
        assert all(address.startswith(site) for _, address in links)
    assert feed.findtext(f"{ATOM}author/{ATOM}name")
    (own,) = (link for link in feed.findall(f"{ATOM}link") if link.get("rel") == "self")
    assert own.get("href") == f"{site}{path}" == feed.findtext(f"{ATOM}id")
    entries = feed.findall(f"{ATOM}entry")
    ids = [entry.findtext(f"{ATOM}id", "") for entry in entries]
    assert len(set(ids)) == len(ids)
    for entry in entries:
        (content,) = entry.findall(f"{ATOM}content")
        assert content.get("type") == "html"
        assert len(content) == 0  # escaped
        checked_html(content.text or "")
    days = [entry.findtext(f"{ATOM}updated", "") for entry in entries]
    assert days == sorted(days, reverse=True)
    assert feed.findtext(f"{ATOM}updated") == max(days, default=feed.findtext(f"{ATOM}updated"))
    return feed


def json_feed(path: str, text: str, site: str) -> dict[str, Any]:
    """A feed that keeps the rules of JSON Feed 1.1."""
    feed: dict[str, Any] = json.loads(text)
    assert feed.keys() == KEYS
    assert feed["version"] == "https://jsonfeed.org/version/1.1"
    assert feed["feed_url"] == f"{site}{path}"
    assert feed["home_page_url"].startswith(site)
    assert feed["title"]
    assert all(author["name"] for author in feed["authors"])
    for item in feed["items"]:
        assert item.keys() == {"id", "url", "title", "content_html", "date_published"}
        assert all(isinstance(value, str) and value for value in item.values())
        assert item["url"].startswith(site)
        assert STAMP.fullmatch(item["date_published"])
        checked_html(item["content_html"])
    ids = [item["id"] for item in feed["items"]]
    assert len(set(ids)) == len(ids)
    return feed


def both(site: dict[str, str | bytes], stem: str, address: str) -> list[tuple[str, str, str, str]]:
    """(id, title, day, content) of the items, which both formats of a feed tell alike."""
    suffix = "json" if stem.startswith("studies/") else "feed.json"
    feed = json_feed(f"{stem}.{suffix}", str(site[f"{stem}.{suffix}"]), address)
    items = [(i["id"], i["title"], i["date_published"], i["content_html"]) for i in feed["items"]]
    names = ("id", "title", "updated", "content")
    found = atom(f"{stem}.xml", str(site[f"{stem}.xml"]), address).findall(f"{ATOM}entry")
    assert [tuple(e.findtext(f"{ATOM}{name}", "") for name in names) for e in found] == items
    return items


@pytest.fixture
def data(tmp_path: Path) -> Path:
    return invented.write(tmp_path / "data")


def of_all(data: Path) -> dict[str, str | bytes]:
    return dict(feeds.study_feeds(View.of(load(data))))


def test_an_item_says_what_a_reader_decides_by() -> None:
    items = both(sound(), "studies/feed", SITE)
    assert len(items) == len(invented.STUDIES)
    assert items[-1] == (
        f"{SITE}studies/alphaseg/",
        "AlphaSeg: AlphaSeg, or “segment nothing”",
        "2025-01-31T00:00:00Z",
        (
            "<p>A model that was made up for the tests.</p>"
            "<p>Vision-only · MRI, CT · Segmentation · weights open · first appeared 6 May 2023</p>"
            f'<p><a href="{SITE}studies/alphaseg/">{SITE}studies/alphaseg/</a></p>'
        ),
    )


def test_a_term_has_a_feed_of_its_own_studies_and_says_so_to_readers_of_feeds() -> None:
    assert [id_ for id_, *_ in both(sound(), "modalities/ct", SITE)] == [f"{SITE}studies/alphaseg/"]
    assert "architecture/dual-encoder.xml" in sound()
    assert "architecture/dual-encoder.feed.json" not in sound()
    assert "architecture/dual-encoder.corrected.xml" not in sound()
    page = str(sound()["modalities/ct.md"])
    for path, title in feeds.of_term("modalities", "ct").items():
        assert path in sound()
        assert f'"{path}": "{title}"' in page
    assert 'href="../../modalities/ct.corrected.xml"' in page
    for path in feeds.OF_ALL:
        assert path in sound()
        assert path in str(sound()["studies/index.md"]).partition("---\n\n")[0]


def test_a_feed_begins_with_what_the_review_added_last(data: Path) -> None:
    """Whatever the age of the work: GammaTest came first, BetaRead since the newest version."""
    invented.second(data)
    pages = [("alphaseg", "2025.01"), ("gamma-test", "2025.07"), ("deltafit", "2025.01")]
    pages += [("epsilon", "2025.07"), ("old-zeta", "2025.01")]
    lines = [{"page": f"/studies/{id_}/", "since": since} for id_, since in pages]
    invented.write_table(data, "permalinks", lines)
    invented.append(data, "renames", kind="studies", old="old-zeta", new="zeta", since="2025.07")
    found = [(id_, day) for id_, _, day, _ in both(of_all(data), "studies/feed", SITE)]
    assert found == [
        (f"{SITE}studies/{id_}/", f"{day}T00:00:00Z")
        for id_, day in (
            ("betaread", "2025-07-31"),
            ("epsilon", "2025-07-31"),
            ("gamma-test", "2025-07-31"),
            ("zeta", "2025-01-31"),
            ("deltafit", "2025-01-31"),
            ("alphaseg", "2025-01-31"),
        )
    ]


def without_omega(data: Path) -> None:
    """Add a second version, which removed a study of another name than the invented ones."""
    file = invented.second(data) / "releases.toml"
    file.write_text(file.read_text("utf-8").replace("zeta = ", "omega = "), "utf-8")


def changed(data: Path, *lines: dict[str, str]) -> None:
    """Record changes of studies, in the version 2025.07 where a line names no other."""
    given = {"version": "2025.07", "kind": "corrected", "table": "studies"}
    rows = [dict.fromkeys(HEADER, "") | given | line for line in lines]
    invented.write_table(data, "changes", sorted(rows, key=sorting))


def test_a_correction_is_told_in_words_and_a_long_one_by_its_column(data: Path) -> None:
    without_omega(data)
    changed(
        data,
        {"id": "alphaseg", "field": "backbone", "before": "", "after": "ViT-B/16"},
        {"id": "alphaseg", "field": "builds_on", "before": "gone; wordnet-x", "after": "stemnet"},
        {"id": "alphaseg", "field": "modalities", "before": "mri", "after": "mri; ct"},
        {"id": "alphaseg", "field": "summary", "before": "x" * 61, "after": "Short."},
        {"id": "alphaseg", "table": "results", "before": "0.8", "after": "0.9"},
        {"id": "betaread", "field": "venue", "before": "<b>", "after": "J & I"},
        {"id": "made-up-ct", "table": "datasets", "field": "size", "before": "1", "after": "2"},
        {"id": "omega", "kind": "removed", "before": "Omega"},
    )
    beta, alpha, omega = sorted(
        both(of_all(data), "studies/corrected", SITE),
        key=lambda item: "bao".index(item[1][0].lower()),
    )
    assert alpha[:3] == (
        f"{SITE}studies/alphaseg/#corrected-2025.07",
        "AlphaSeg: 5 corrections in version 2025.07",
        "2025-07-31T00:00:00Z",
    )
    assert re.findall(r"<p>([^<]+)</p>", alpha[3]) == [
        "Backbone: nothing → ViT-B/16.",
        "Builds on: gone, WordNet-X → StemNet.",
        "Modalities: MRI → MRI, CT.",
        "Summary corrected.",
        "1 headline result corrected or removed.",
    ]
    assert "<p>Venue: &lt;b&gt; → J &amp; I.</p>" in beta[3]
    assert omega[1] == "omega: removed"
    assert "<p>Omega was removed. It was never *made*.</p>" in omega[3]
    assert f'href="{SITE}about/versions/2025.07/"' in omega[3]


def test_a_term_tells_the_corrections_of_its_studies_alone(data: Path) -> None:
    lines = [{"id": id_, "field": "venue", "after": "x"} for id_ in ("alphaseg", "betaread")]
    without_omega(data)
    changed(data, *lines, {"id": "omega", "kind": "removed", "before": "Omega"})
    view = View.of(load(data))
    studies, corrections = view.links.studies("modalities", "ct"), feeds.corrected(view)
    made = dict(feeds.term_feeds(view, "modalities", "ct", studies, corrections))
    ((id_, title, *_),) = both(made, "modalities/ct.corrected", SITE)
    assert id_ == f"{SITE}studies/alphaseg/#corrected-2025.07"
    assert title == "AlphaSeg: 1 correction in version 2025.07"
    assert "<title>Modality: CT, corrected" in str(made["modalities/ct.corrected.xml"])


def test_a_notice_is_told_once_whether_it_came_with_the_study_or_later(data: Path) -> None:
    notice = {"status": "retracted", "status_url": "https://example.org/notice"}
    invented.change(data, "studies", 7, **notice)
    ((id_, title, day, text),) = both(of_all(data), "studies/corrected", SITE)
    assert (id_, title) == (f"{SITE}studies/zeta/#corrected-2025.01", "Zeta (retracted): notice")
    assert day == "2025-01-31T00:00:00Z"
    assert "<p>Status: retracted. https://example.org/notice</p>" in text


def test_all_that_the_newest_version_corrected_is_in_its_feed(
    data: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(feeds, "MOST", 1)
    without_omega(data)
    lines = [{"id": id_, "field": "venue", "after": "x"} for id_ in ("alphaseg", "betaread")]
    gone = {"id": "omega", "kind": "removed", "before": "Omega"}
    changed(data, *lines, gone)
    assert len(both(of_all(data), "studies/corrected", SITE)) == 3
    assert len(both(of_all(data), "studies/feed", SITE)) == 1


def test_a_feed_keeps_text_from_the_data_as_text(data: Path) -> None:
    invented.change(data, "studies", 7, name="<x>&amp</x>", summary="]]> {{ 7*7 }} </summary>")
    _, title, _, text = both(of_all(data), "studies/feed", SITE)[0]
    assert title == "<x>&amp</x>: Zeta"
    assert "<p>]]&gt; {{ 7*7 }} &lt;/summary&gt;</p>" in text


@pytest.mark.corpus
def test_every_feed_of_the_corpus_keeps_the_rules_and_names_its_studies() -> None:
    made = {path: str(text) for path, text in files() if isinstance(text, str)}
    site, links = corpus().review.site, View.of(corpus()).links
    addresses = {f"{site}studies/{study.id}/" for study in corpus().studies}
    assert made.keys() >= feeds.OF_ALL.keys()
    for facet in FACETS:
        for id_ in corpus().taxonomy[facet].terms:
            if studies := links.studies(facet, id_):
                stem = f"{facet}/{id_}"
                entries = atom(f"{stem}.xml", made[f"{stem}.xml"], site).findall(f"{ATOM}entry")
                assert len(entries) == min(len(studies), feeds.MOST)
                if facet in feeds.FOLLOWED:
                    json_feed(f"{stem}.feed.json", made[f"{stem}.feed.json"], site)
                    both(dict(made), f"{stem}.corrected", site)
    assert {id_ for id_, *_ in both(dict(made), "studies/feed", site)} <= addresses
    corrected = {change.id for change in corpus().changes if change.table == "studies"}
    told = {id_.split("/")[-2] for id_, *_ in both(dict(made), "studies/corrected", site)}
    assert told <= corrected | {study.id for study in corpus().studies if study.status}
