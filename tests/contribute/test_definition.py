"""What the form is given."""

from __future__ import annotations

import json

import pytest

from gen.contribute.definition import GROUPS
from gen.contribute.lines import names
from tests import build


def test_every_column_has_its_place_in_the_form() -> None:
    for table, groups in GROUPS.items():
        placed = [name for of in groups.values() for name in of.split()]
        assert sorted(placed) == sorted(names(table))


@pytest.mark.slow
def test_the_form_comes_with_the_site() -> None:
    form = json.loads(build.sound()["contribute/form.json"])
    field = form["tables"]["studies"]["fields"]["summary"]
    assert (field["label"], field["required"], field["longest"]) == ("Summary", True, 240)
    known = json.loads(build.sound()["contribute/ids.json"])
    assert ["alphaseg", "AlphaSeg"] in known["studies"]
    works = json.loads(build.sound()["contribute/works.json"])
    assert ["r3", "To be coded", "", "include", ""] in works["records"]
