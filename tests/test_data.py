"""The real data keep their own rules. Other tests that read data/ have the marker `corpus` too."""

from __future__ import annotations

from pathlib import Path

import pytest

from gen.__main__ import main

DATA = Path(__file__).resolve().parent.parent / "data"


@pytest.mark.corpus
def test_the_data_have_no_problem(capsys: pytest.CaptureFixture[str]) -> None:
    code = main(["check", "--data", str(DATA)])
    assert code == 0, capsys.readouterr().out
