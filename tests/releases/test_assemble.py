"""Archives of versions: packed the same every time, refused when odd, put beside the site."""

from __future__ import annotations

import hashlib
import io
import json
import tarfile
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser

from gen.__main__ import main
from tests import invented
from tests.conftest import serving

PAGE = """\
<!doctype html><html lang="en"><head><title>{title}</title>
<link rel="canonical" href="https://example.org/review/somewhere/"></head>
<body dir="ltr"><main><h1>{title}</h1><p style="height:120vh"></p><h2 id="part">Part</h2></main>
</body></html>
"""


def write_site(site: Path, version: str, *pages: str) -> Path:
    for path in ("index.html", "404.html", *pages):
        (site / path).parent.mkdir(parents=True, exist_ok=True)
        (site / path).write_text(PAGE.format(title=f"{path} {version}"), encoding="utf-8")
    (site / "status.json").write_text(json.dumps({"version": version}), encoding="utf-8")
    return site


@pytest.fixture
def place(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A folder with the data of two versions, the archive of the first, the site of the second."""
    monkeypatch.chdir(tmp_path)
    data = invented.write(tmp_path / "data")
    first = write_site(
        tmp_path / "first", "2025.01", "studies/alpha/index.html", "studies/zeta/index.html"
    )
    (first / "picture.png").write_bytes(b"\x89PNG\xff")
    assert main(["archive", "--site", "first", "--to", "assets"]) == 0
    invented.second(data)
    pages = ("studies/index.html", "studies/alpha/index.html")
    write_site(tmp_path / "site", "2025.07", *pages)
    return tmp_path


def assemble() -> int:
    return main(["assemble", "--assets", "assets"])


def reported(capsys: pytest.CaptureFixture[str], code: int) -> tuple[int, list[str]]:
    return code, capsys.readouterr().out.splitlines()


# Packing.


def test_an_archive_is_the_same_every_time(place: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    once = (place / "assets/2025.01.tar.gz").read_bytes()
    again = place / "again"
    invented.write(again)
    for file in sorted(place.glob("first/**/*"), reverse=True):
        file.touch()
        file.chmod(0o700)
    monkeypatch.setattr("time.time", lambda: 2_000_000_000.0)
    assert main(["archive", "--site", "first", "--to", "more", "--data", "again"]) == 0
    monkeypatch.undo()
    assert hashlib.sha256((place / "more/2025.01.tar.gz").read_bytes()).digest() == (
        hashlib.sha256(once).digest()
    )


def test_an_archive_holds_site_data_and_checksums(place: Path) -> None:
    with tarfile.open(place / "assets/2025.01.tar.gz") as tar:
        members = {member.name: member for member in tar.getmembers()}
        sums = tar.extractfile("2025.01/SHA256SUMS")
        assert sums
        lines = dict(line.split("  ")[::-1] for line in sums.read().decode().splitlines())
    assert list(members) == sorted(members)
    assert {"2025.01/site/index.html", "2025.01/data/studies.csv"} <= members.keys()
    assert {f"2025.01/{name}" for name in lines} == members.keys() - {"2025.01/SHA256SUMS"}
    page = (place / "first/index.html").read_bytes()
    assert lines["site/index.html"] == hashlib.sha256(page).hexdigest()
    traits = {(m.mode, m.uid, m.gid, m.uname, m.gname, m.mtime) for m in members.values()}
    assert traits == {(0o644, 0, 0, "", "", 1738281600)}  # 31 January 2025


def test_the_printed_summary_goes_out_with_the_archives(place: Path) -> None:
    (place / "site/about").mkdir()
    (place / "site/about/summary.pdf").write_bytes(b"%PDF-1.4")
    assert main(["archive", "--site", "site", "--to", "more"]) == 0
    sheet = place / "more/2025.07-summary.pdf"
    assert sheet.read_bytes() == b"%PDF-1.4"
    sums = (place / "more/SHA256SUMS").read_text(encoding="utf-8").splitlines()
    assert f"{hashlib.sha256(b'%PDF-1.4').hexdigest()}  2025.07-summary.pdf" in sums
    assert [line.split("  ")[1] for line in sums] == [
        "2025.07.tar.gz",
        "2025.07-data.tar.gz",
        "2025.07-summary.pdf",
    ]


def test_only_the_site_of_the_newest_version_is_packed(
    place: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    def archive(site: str) -> list[str]:
        assert main(["archive", "--site", site, "--to", "assets"]) == 2
        return capsys.readouterr().out.splitlines()[:1]

    capsys.readouterr()
    assert archive("first") == ["first: was built from version 2025.01, not 2025.07; build it anew"]
    assert archive("data") == ["data: is no built site; make it with `make site`"]
    (place / "site/v").mkdir()
    assert archive("site") == ["site/v: is there already; build the site anew first"]


# Assembling.


def test_every_version_is_put_under_its_own_address(
    place: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    capsys.readouterr()
    assert reported(capsys, assemble()) == (
        0,
        [
            (
                "v/2025.07: 7.7\N{NO-BREAK SPACE}kB, 4 files of the site as it is: its archive is "
                "yet to be made"
            ),
            "v/2025.01: 8.2\N{NO-BREAK SPACE}kB, 5 files of 2025.01.tar.gz",
            "950\N{NO-BREAK SPACE}MB are left",
        ],
    )
    old = place / "site/v/2025.01"
    assert (old / "picture.png").read_bytes() == b"\x89PNG\xff"
    assert not (old / "404.html").exists()
    assert not (place / "site/v/2025.07/v").exists()
    page = (old / "studies/alpha/index.html").read_text(encoding="utf-8")
    assert "<h1>studies/alpha/index.html 2025.01</h1>" in page
    assert "You are reading version 2025.01 of 31 January 2025." in page
    assert '<a href="../../../../studies/alpha/">The latest version of this page</a>' in page
    assert page.count('rel="canonical"') == 1
    assert '<link rel="canonical" href="https://example.org/review/studies/alpha/">' in page
    assert '<meta name="robots" content="noindex">' in page
    home = (old / "index.html").read_text(encoding="utf-8")
    assert '<a href="../../">The latest version of this page</a>' in home
    latest = (place / "site/studies/alpha/index.html").read_text(encoding="utf-8")
    assert "noindex" not in latest
    assert "You are reading" not in latest


def test_a_page_that_is_gone_leads_to_the_nearest_one(place: Path) -> None:
    assert assemble() == 0
    gone = (place / "site/v/2025.01/studies/zeta/index.html").read_text(encoding="utf-8")
    assert '<a href="../../../../studies/">This page is no longer there: ' in gone
    assert '<link rel="canonical" href="https://example.org/review/studies/">' in gone
    assert "<script>" not in gone


def test_the_newest_version_is_taken_from_its_archive_once_it_has_one(
    place: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["archive", "--to", "assets"]) == 0
    write_site(place / "site", "2025.07", "studies/contributed/index.html")
    capsys.readouterr()
    assert (
        reported(capsys, assemble())[1][0]
        == "v/2025.07: 7.7\N{NO-BREAK SPACE}kB, 4 files of 2025.07.tar.gz"
    )
    assert not (place / "site/v/2025.07/studies/contributed").exists()


def test_a_missing_and_an_unknown_archive_are_reported(
    place: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (place / "assets/2025.01.tar.gz").rename(place / "assets/2024.12.tar.gz")
    capsys.readouterr()
    assert reported(capsys, assemble()) == (
        2,
        [
            "assets/2024.12.tar.gz: belongs to no version in releases.toml; take it away",
            "assets/2025.01.tar.gz: is missing; download it from the release of that name",
            "2 problems; the rest was not checked",
        ],
    )
    assert not (place / "site/v").exists()
    assert main(["assemble", "--assets", "nowhere"]) == 2
    assert capsys.readouterr().out.startswith("nowhere: is no folder of archives; ")


# Hostile archives.


def member(name: str, kind: bytes = tarfile.REGTYPE, link: str = "") -> tarfile.TarInfo:
    found = tarfile.TarInfo(name)
    found.type, found.linkname = kind, link
    return found


ODD = {
    "a path upwards": member("2025.01/../../evil"),
    "an absolute path": member("/tmp/evil"),  # noqa: S108 - nothing is written there
    "another folder": member("2025.07/site/index.html"),
    "no folder": member("index.html"),
    "a backslash": member("2025.01\\..\\evil"),
    "a line break": member("2025.01/site/a\nb"),
    "a symbolic link": member("2025.01/site/a", tarfile.SYMTYPE, "../../../data"),
    "a hard link": member("2025.01/site/a", tarfile.LNKTYPE, "2025.01/site/index.html"),
    "a device": member("2025.01/site/a", tarfile.CHRTYPE),
    "a pipe": member("2025.01/site/a", tarfile.FIFOTYPE),
    "a file twice": member("2025.01/site/index.html"),
}


def repacked(file: Path, *more: tarfile.TarInfo, **contents: bytes) -> None:
    """Add members to an archive; `contents` replaces files by their name without its end."""
    with tarfile.open(file) as tar:
        kept = [(m, getattr(tar.extractfile(m), "read", bytes)()) for m in tar.getmembers()]
    with tarfile.open(file, "w:gz") as tar:
        for each, content in kept:
            new = contents.get(Path(each.name).stem, content)
            each.size = len(new)
            tar.addfile(each, io.BytesIO(new))
        for each in more:
            tar.addfile(each)


@pytest.mark.parametrize("how", ODD)
def test_an_archive_with_an_odd_member_is_refused(
    place: Path, capsys: pytest.CaptureFixture[str], how: str
) -> None:
    repacked(place / "assets/2025.01.tar.gz", ODD[how])
    before = sorted(place.rglob("*"))
    capsys.readouterr()
    code, lines = reported(capsys, assemble())
    assert code == 2
    assert lines[0] == (
        f"assets/2025.01.tar.gz: {ODD[how].name!r} contains a member that no archive has; it "
        "was not unpacked"
    )
    assert sorted(place.rglob("*")) == before


def test_a_changed_file_and_one_too_many_are_refused(
    place: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    file = place / "assets/2025.01.tar.gz"
    sound = file.read_bytes()
    said = "is not as its SHA256SUMS says; download it again"
    capsys.readouterr()
    repacked(file, index=b"<body>evil")
    assert reported(capsys, assemble())[1][0] == f"assets/2025.01.tar.gz: 'site/index.html' {said}"
    file.write_bytes(sound)
    repacked(file, member("2025.01/site/extra.html"))
    assert reported(capsys, assemble())[1][0] == f"assets/2025.01.tar.gz: 'site/extra.html' {said}"


def test_what_is_no_archive_is_reported(place: Path, capsys: pytest.CaptureFixture[str]) -> None:
    file = place / "assets/2025.01.tar.gz"
    for content in (b"", b"no archive", file.read_bytes()[:900]):
        file.write_bytes(content)
        capsys.readouterr()
        code, lines = reported(capsys, assemble())
        assert code == 2
        assert lines[0].startswith("assets/2025.01.tar.gz: ")
        assert "; download it again" in lines[0]


# The banner.


@pytest.fixture
def assembled(place: Path) -> Iterator[str]:
    assert assemble() == 0
    with serving(place / "site") as address:
        yield address


def test_the_banner_leads_to_the_same_section_today(browser: Browser, assembled: str) -> None:
    old = f"{assembled}/v/2025.01/studies/alpha/"
    page = browser.new_page(viewport={"width": 360, "height": 640})
    page.goto(f"{old}#part")
    banner = page.get_by_role("complementary", name="Old version")
    assert page.evaluate("scrollY") > 0
    box = banner.bounding_box()
    assert box
    assert box["y"] + box["height"] == 640  # in sight, wherever on the page the reader is
    banner.get_by_role("link").click()
    assert page.url == f"{assembled}/studies/alpha/#part"
    page.goto(old)
    page.evaluate("location.hash = 'part'")
    page.wait_for_function("document.querySelector('.lsr-old a').hash === '#part'")
    page.close()
    plain = browser.new_context(java_script_enabled=False)
    page = plain.new_page()
    page.goto(f"{old}#part")
    page.get_by_role("link", name="The latest version of this page").click()
    assert page.url == f"{assembled}/studies/alpha/"
    plain.close()
