"""The look at a published site bites, and the workflows run as they stand."""

from __future__ import annotations

from pathlib import Path

import pytest

from gen.__main__ import main
from tests import invented, rehearsal, smoke
from tests.conftest import serving
from tests.releases.test_assemble import write_site

pytestmark = pytest.mark.slow

LINKS = '<a href="studies/">Studies</a> <a href="https://example.org/review/v/2025.01/">Old</a>'


@pytest.fixture
def place(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A folder with the data and the published site of two versions."""
    monkeypatch.chdir(tmp_path)
    data = invented.write(tmp_path / "data")
    pages = ("studies/index.html", "about/versions/index.html", "studies/alpha/index.html")
    for version in ("2025.01", "2025.07"):
        if version == "2025.07":
            invented.second(data)
        write_site(tmp_path / version, version, *pages)
        home = tmp_path / version / "index.html"
        home.write_text(home.read_text().replace("</main>", f"{LINKS}</main>"), encoding="utf-8")
        assert main(["archive", "--site", version, "--to", "assets"]) == 0
    (tmp_path / "2025.07").rename(tmp_path / "site")
    invented.append(data, "permalinks", page="/studies/alpha/", since="2025.01")
    assert main(["assemble", "--assets", "assets"]) == 0
    return tmp_path


def look(place: Path) -> list[str]:
    with serving(place / "site") as address:
        looked = smoke.Look(f"{address}/", place / "data")
        looked.everything(0)
        return [problem.replace(address, "") for problem in looked.problems]


def test_a_sound_site_has_no_problem(place: Path) -> None:
    assert look(place) == []


def test_what_does_not_open_is_listed(place: Path) -> None:
    (place / "site/v/2025.01/studies/alpha/index.html").unlink()
    assert look(place) == ["/v/2025.01/studies/alpha/: HTTP Error 404: File not found"]


def test_a_link_into_a_version_that_is_not_there_is_listed(place: Path) -> None:
    (place / "site/v/2025.01/index.html").unlink()
    found = look(place)
    assert "/v/2025.01/: HTTP Error 404: File not found (linked from /)" in found
    assert "v/2025.01/: its banner does not lead to the latest pages" in found


@pytest.mark.parametrize("file", ["v/2025.01/index.html", "v/2025.07/studies/index.html"])
def test_a_banner_that_leads_nowhere_is_listed(place: Path, file: str) -> None:
    page = place / "site" / file
    page.write_text(page.read_text().replace("lsr-old", "lsr-new"), encoding="utf-8")
    path = file.removesuffix("index.html")
    assert look(place) == [f"{path}: its banner does not lead to the latest pages"]


def test_a_site_of_another_version_is_found_out(
    place: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (place / "site/status.json").write_text('{"version": "2025.01"}', encoding="utf-8")
    assert look(place) == ["status.json: the version is 2025.01, not 2025.07"]
    capsys.readouterr()
    with serving(place / "site") as address:
        assert smoke.main([address, "--pages", "1"]) == 1
    assert capsys.readouterr().out.endswith(" addresses, 1 problems\n")


def test_a_release_and_its_publication_run_as_the_workflows_say(tmp_path: Path) -> None:
    said: list[str] = []
    rehearsal.rehearse(tmp_path, said.append)
    assert said[-1] == "publish.yml: look: Smoke test"
    assert (tmp_path / "pages/v/2025.01/studies/zeta/index.html").is_file()
    assert not (tmp_path / "pages/studies/zeta/facts").exists()
    assert sorted(file.name for file in (tmp_path / "releases/2025.07").iterdir()) == [
        "2025.07-data.tar.gz",
        "2025.07-summary.pdf",
        "2025.07.tar.gz",
        "SHA256SUMS",
    ]
