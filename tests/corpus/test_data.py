"""The real data keep their own rules, and only tests with the marker `corpus` read them."""

from __future__ import annotations

import pytest

from gen.__main__ import main
from gen.corpus.load import load
from tests import real


@pytest.mark.corpus
def test_the_data_have_no_problem(capsys: pytest.CaptureFixture[str]) -> None:
    code = main(["check", "--data", str(real.DATA)])
    assert code == 0, capsys.readouterr().out


def test_without_the_marker_no_test_reads_them(monkeypatch: pytest.MonkeyPatch) -> None:
    refused = pytest.raises(pytest.fail.Exception, match=r"@pytest\.mark\.corpus")
    for reads in (real.corpus, real.files, real.pages, real.drawn, lambda: load(real.DATA)):
        with refused:
            reads()
    monkeypatch.chdir(real.ROOT)
    with refused:
        main(["check"])
