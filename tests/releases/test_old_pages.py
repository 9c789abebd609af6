"""Old versions on the site: slim pages that work, and an answer at every address for good."""

from __future__ import annotations

import re
from pathlib import Path
from urllib.parse import urljoin
from urllib.request import urlopen

import pytest

from gen.__main__ import main
from gen.corpus.load import load
from gen.releases import assemble
from gen.releases.old_pages import Old
from tests import invented
from tests.conftest import serving
from tests.releases.test_assemble import write_site

PAGE = """\
<!doctype html>
<html lang="en" class="no-js">
<head><meta charset="utf-8">
<meta name="viewport" content="width=device-width">
<meta property="og:image" content="https://example.org/x.png">
<meta name="citation_title" content="Alpha">
<title>Alpha · Invented</title>
<link rel="stylesheet" href="../../assets/a.css">
<link rel="stylesheet" href="../../assets/b.css">
<script>if (1 < 2) "<div>"</script>
</head>
<body dir="ltr" data-scheme="x"><header class="top"><nav><a href="../../x/">X</a></nav></header>
<input type="checkbox"><div class="container"><main class="main"><div class="side"><p>menu</p></div>
<div class="content"><article class="inner"><h1>Alpha</h1><script>run()</script>
<a href="../../">Home</a> <a href="../zeta/#part">Zeta</a> <a href="#part">Part</a>
<a href="alpha.bib">BibTeX</a> <a href="../../data/studies.csv?x=1">Table</a>
<a href="https://example.org/review/studies/alpha/">Alone</a>
<svg viewBox="0 0 1 1"><a href="../zeta/">Mark</a></svg>
<button type="button" hidden>Copy</button><span class="Z3988" title="ctx_ver=Z39"></span>
</article></div></main></div><footer>foot</footer><script src="../../assets/x.js"></script></body>
</html>
"""


@pytest.fixture
def site(tmp_path: Path) -> Path:
    site = write_site(
        tmp_path / "built", "2025.01", "studies/index.html", "studies/zeta/index.html"
    )
    for path, text in (
        ("studies/alpha/index.html", PAGE),
        ("studies/alpha/alpha.bib", "@x"),
        ("data/studies.csv", "id"),
        ("assets/a.css", "a{}"),
        ("assets/b.css", "b{}"),
        ("assets/x.js", "run()"),
        ("assets/mark.svg", "<svg/>"),
        ("cite/studies/alpha.html", "<body>"),
        ("figures/growth.svg", "<svg/>"),
    ):
        (site / path).parent.mkdir(parents=True, exist_ok=True)
        (site / path).write_text(text, encoding="utf-8")
    return site


@pytest.fixture
def old(site: Path, tmp_path: Path) -> Old:
    corpus = load(invented.write(tmp_path / "corpus"))
    return Old(site, site, corpus.release, corpus.review)


def test_pages_and_pictures_stay_and_the_rest_is_in_the_archive(old: Old) -> None:
    assert sorted(dict(old.files())) == [
        "archive.html",
        "assets/mark.svg",
        "index.html",
        "studies/alpha/index.html",
        "studies/index.html",
        "studies/zeta/index.html",
    ]


def test_a_page_is_its_article_with_what_that_stands_in(old: Old) -> None:
    page = dict(old.files())["studies/alpha/index.html"].decode()
    shown = re.sub(r"(?s)<aside.*?</script>|<meta name=\"robots.*?(?=</head>)", "", page)
    start = (
        '<!doctype html>\n<html lang="en" class="no-js"><head><meta charset="utf-8">\n'
        '<meta name="viewport" content="width=device-width">\n'
        '<meta name="citation_title" content="Alpha">\n<title>Alpha · Invented</title>\n'
    )
    assert shown.startswith(start)
    assert (
        '<body dir="ltr" data-scheme="x">\n\n<div class="container"><main class="main">'
        '<div class="content"><article class="inner"><h1>Alpha</h1>\n<a href="../../">Home</a> '
        '<a href="../zeta/#part">Zeta</a> <a href="#part">Part</a>\n'
        '<a href="../../archive.html">BibTeX</a> <a href="../../archive.html">Table</a>\n'
        '<a href="https://example.org/review/studies/alpha/">Alone</a>\n'
        '<svg viewBox="0 0 1 1"><a href="../zeta/">Mark</a></svg>\n\n</article>'
    ) in shown
    assert '<a href="../../">Home</a> · <a href="../../studies/">' in shown
    assert shown.endswith("</nav></div></main></div></body></html>\n")
    assert "run()" not in page
    assert "Z3988" not in page
    assert "You are reading version 2025.01" in page


def test_stylesheets_are_kept_once(old: Old) -> None:
    page = dict(old.files())["studies/alpha/index.html"].decode()
    found = re.search(r'<link rel="stylesheet" href="(.*?)">', page)
    assert found
    at = urljoin("https://x/v/2025.01/studies/alpha/", found[1])
    assert [at] == [f"https://x/v/shared/{name}" for name in old.styles]
    assert next(iter(old.styles.values())).startswith(b"a{}\nb{}\n.lsr-old{")


def test_where_the_archive_lies_is_said(old: Old) -> None:
    page = dict(old.files())["archive.html"].decode()
    where = "https://example.org/inventors/review/releases/download/2025.01/2025.01.tar.gz"
    assert f'<a href="{where}">The archive of version 2025.01</a>' in page


VERSIONS = [f"2025.{month:02}" for month in range(1, 13)]


@pytest.fixture
def twelve(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Twelve versions, each with a study of its own; the site of the newest."""
    monkeypatch.chdir(tmp_path)
    data = invented.write(tmp_path / "data")
    text = (data / "releases.toml").read_text(encoding="utf-8")
    block, mark, retirement = text.partition("[retirement]")
    blocks = ""
    for number, version in enumerate(VERSIONS):
        blocks += (
            block.replace("2025.01", version)
            .replace("2025-01-", f"{version[:4]}-{version[5:]}-")
            .replace("-31", "-28")
            .replace("2025-06-30", "2026-02-28")
        )
        (data / "releases.toml").write_text(blocks + mark + retirement, encoding="utf-8")
        site = tmp_path / version
        write_site(site, version, "studies/index.html", f"studies/s{number}/index.html")
        long = f"{'x' * 20_000}</article>"
        text = PAGE.replace("Alpha", version).replace("</article>", long)
        (site / "studies/alpha").mkdir()
        (site / "studies/alpha/index.html").write_text(text, encoding="utf-8")
        (site / "assets").mkdir()
        for name in ("a.css", "b.css"):
            (site / "assets" / name).write_text(name, encoding="utf-8")
        assert main(["archive", "--site", version, "--to", "assets"]) == 0
    (tmp_path / VERSIONS[-1]).rename(tmp_path / "site")
    return tmp_path


def answers(place: Path) -> dict[str, str]:
    """Every page that a version ever had -> what its address gives."""
    with serving(place / "site") as address:
        found = {}
        for number, version in enumerate(VERSIONS):
            for page in ("", "studies/", f"studies/s{number}/", "studies/alpha/", "archive.html"):
                with urlopen(f"{address}/v/{version}/{page}") as answer:  # noqa: S310 - our own
                    assert answer.status == 200
                    found[f"{version}/{page}"] = answer.read().decode()
        return found


def test_every_address_of_twelve_versions_opens(twelve: Path) -> None:
    assert main(["assemble", "--assets", "assets"]) == 0
    found = answers(twelve)
    assert all(
        f"You are reading version {path[:7]}" in text or "archive" in path
        for path, text in found.items()
    )
    assert not [path for path, text in found.items() if "not on this site" in text]
    assert len(list((twelve / "site/v/shared").iterdir())) == 1  # one stylesheet for all twelve


def test_what_has_no_room_says_where_its_archive_lies(
    twelve: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    latest = sum(
        assemble.weight(f.stat().st_size) for f in (twelve / "site").rglob("*") if f.is_file()
    )
    monkeypatch.setattr(assemble, "ROOM", latest + 250_000)
    assert main(["assemble", "--assets", "assets"]) == 0
    said = [line for line in capsys.readouterr().out.splitlines() if line.startswith("v/")]
    assert [line[2:9] for line in said] == VERSIONS[::-1]
    gone = [line[2:9] for line in said if "no room" in line]
    assert gone == VERSIONS[: len(gone)][::-1]  # the oldest
    assert 3 <= len(gone) <= 9
    found = answers(twelve)
    for version in gone:
        page = found[f"{version}/studies/alpha/"]
        assert f"/releases/download/{version}/{version}.tar.gz" in page
        assert '<a href="../../../../studies/alpha/">The latest version of this page</a>' in page
    assert "2025.12" not in gone
    assert f"<h1>{VERSIONS[-1]}</h1>" in found[f"{VERSIONS[-1]}/studies/alpha/"]


def test_a_site_too_large_is_refused(
    twelve: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(assemble, "ROOM", 1000)
    assert main(["assemble", "--assets", "assets"]) == 2
    assert "more than a host takes; see MAINTAINING.md" in capsys.readouterr().out
    assert not (twelve / "site/v").exists()
