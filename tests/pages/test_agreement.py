"""The page on two codings, and the list of what was decided where they differ."""

from __future__ import annotations

from collections.abc import Mapping

import pytest

from tests import invented, markup
from tests.build import generated

HOSTILE = "<b>Bold</b> | *loud*"


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Mapping[str, str | bytes]:
    """The invented corpus with three included studies that are coded twice."""
    data = invented.write(tmp_path_factory.mktemp("agreement") / "data")
    invented.change(data, "studies", 3, record_id="r3")
    invented.change(data, "records", 4, study="betaread")
    invented.change(data, "studies", 5, record_id="r2")
    included = {"decision": "include", "reason": "", "stage": "", "priority": "1"}
    invented.change(data, "records", 3, study="deltafit", **included)
    rows = {row["id"]: row for row in invented.read_table(data, "studies")}
    twice = [rows[name] | {"dimension": "2d"} for name in ("alphaseg", "betaread", "deltafit")]
    twice[0] |= {"tasks": "detection"}
    twice[1] |= {"builds_on": "alphaseg"}
    invented.write_table(data, "second_coding", twice)
    decided = {"study": "alphaseg", "field": "tasks", "why": HOSTILE}
    cells = {"first": "segmentation", "second": "detection", "decision": "segmentation"}
    invented.append(data, "adjudication", **decided, **cells)
    return generated(data)


def test_terms_link_to_their_page_only_where_they_have_one(
    site: Mapping[str, str | bytes],
) -> None:
    page = markup.read(site, "trends/agreement.md")
    assert page.part("terms-tasks").links["Segmentation"] == "/tasks/segmentation/"
    assert "2D" in page.part("terms-dimension").text
    assert "2D" not in page.part("terms-dimension").links


def test_fields_that_were_coded_once_are_named_and_have_no_line(
    site: Mapping[str, str | bytes],
) -> None:
    page = markup.read(site, "trends/agreement.md")
    fields = [row[0] for row in page.part("tab-fields").rows()]
    assert "Tasks" in fields
    assert not {"Status", "Incomplete lists", "Code licence"} & set(fields)
    assert "Code licence (studies.csv): not double-coded yet" in page.part("not-yet").text


def test_the_table_of_decisions_leads_to_their_list(site: Mapping[str, str | bytes]) -> None:
    page = markup.read(site, "trends/agreement.md")
    upheld = page.part("tab-upheld")
    assert upheld.links["Tasks"] == "/trends/agreement/decisions/#of-tasks"
    (tasks,) = [row for row in upheld.rows() if row[0] == "Tasks"]
    # Cells, differing, the first's, the second's, joined, another, agreed and changed since.
    assert tasks[1:8] == ["3", "1", "1", "0", "0", "0", "0"]
    listed = markup.read(site, "trends/agreement/decisions.md")
    part = listed.part("tab-of-tasks")
    assert part.links["AlphaSeg"] == "/studies/alphaseg/"
    assert part.rows()[1:] == [
        ["AlphaSeg", "Segmentation", "Detection", "Segmentation", "The first coding’s", HOSTILE]
    ]
    assert listed.links["All decisions (CSV)"] == "/data/adjudication.csv"
    assert "data/adjudication.csv" in site
