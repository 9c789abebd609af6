"""The form and the checker find the same columns wrong, in the same thousand rows."""

from __future__ import annotations

import random
from collections import defaultdict
from dataclasses import replace
from typing import Any

import pytest
from playwright.sync_api import Browser

from gen.contribute.definition import CHECKED, LEFT, definition, ids, known_works
from gen.corpus import load
from gen.corpus.columns import columns
from gen.corpus.identifiers import work
from gen.corpus.rules.lines import Line, Tables
from gen.corpus.rules.register import RULES
from gen.corpus.rules.works import IDENTIFIERS
from gen.corpus.tables import FILES, FIRST_LINE
from gen.problems import Problem
from tests.conftest import serving
from tests.real import DATA, DOCS

pytestmark = [pytest.mark.corpus, pytest.mark.browser]

SEEDS = {"studies": 800, "datasets": 100, "base_models": 100}  # table -> rows
# What people and spreadsheets write, in any column.
ODD = [
    *("", "n/a", "not-reported", "N/A", "None", "none", "unknown", "–", "not yet coded", "-.-"),
    *(" led", "trailing ", "a\u200bb", "a\u00a0b", "a\nb", "lost\ufffd", ";", "; ", "x;y", "x; x"),
    *("index", "Bad Id", "bad--id", "ünï", "ct; mri", "ct, mri", "ct; ct", "ct; n/a", "xray", "CT"),
    *("2024", "2024-02-30", "2024-13", "1949", "2101-01", "2027-01-01", "2031-05", "02/11/2024"),
    *("2304.12306", "2304.1230", "1501.1234", "2313.12345", "arXiv:2304.12306", "2304.12306v2"),
    *("10.1038/s41467-024-44824-z", "10.1038/x.", "10.1038/x(y", "10.1038/x)", "10.1/x"),
    *("10.1038/x/pdf", "http://example.org", "www.x.org", "https://x", "https://É.org"),
    *("https://doi.org/10.1038/s41467-024-44824-z", "10.48550/arXiv.2304.12306", "10.1038/a%2Fb"),
    *("https://arxiv.org/abs/2304.12306v3", "https://example.org/a b"),
    *("https://example.org", "https://example.org/a; https://example.org/b"),
    *("https://www.alphaxiv.org/abs/2304.12306", "https://github.com/a; https://ar5iv.org/a"),
    *("0", "01", "1.5", "1,200", "12", "1e6", "86.4", "0.0", "-1", "9" * 16, "7B", "1234567890.1"),
    *("medsam", "clip", "chexpert", "sam; medsam", "no-such-thing", "r0001", "r0180", "R0001"),
    *("evaluation", "custom", "other", "vit-encoder", "dual-encoder", "vision-only", "👁" * 241),
    *("w " * 1100, "x" * 81, "x" * 401),
]  # fmt: skip


def mutants(tables: Tables, table: str, chance: random.Random, number: int) -> list[dict[str, str]]:
    """Real rows with an identity of their own, of which one to four cells hold something else."""
    lines = tables.lines[table]
    names = [column.name for column in columns(FILES[table])]
    known = tables.ids("studies", "datasets", "base_models")
    made: list[dict[str, str]] = []
    works: set[str] = set()
    for n in range(number):
        cells = dict(chance.choice(lines).cells) | {"id": f"mutant-{n}"}
        cells |= {"url": f"https://example.org/mutant/{n}"} if "url" in cells else {}
        cells |= {name: "" for name in ("arxiv", "doi", "record_id") if name in cells}
        for name in chance.sample(names, chance.randint(1, 4)):
            cell = chance.choice(lines).cells[chance.choice([name, name, *names])]
            cell = chance.choice([cell, chance.choice(ODD), chance.choice(ODD)])
            if name in IDENTIFIERS:
                if cell and work(cell) in works:
                    continue  # else it would be the work of another mutant too
                works.add(work(cell))
            cells[name] = cell
        if cells["id"] and cells["id"] not in known:
            cells["id"] += f"-{n}"  # else it could be that of another mutant too
        made.append(cells)
    return made


def verdicts(tables: Tables, table: str, rows: list[dict[str, str]]) -> list[set[str]]:
    """The columns of each row that the checker finds wrong, by the rules that the form has too."""
    first = len(tables.lines[table]) + FIRST_LINE
    file = f"{tables.folder}/{table}.csv"
    proposed = [Line(table, file, first + n, cells) for n, cells in enumerate(rows)]
    lines = tables.lines | {table: [*tables.lines[table], *proposed]}
    problems: list[Problem] = []
    load.rows(
        {table: FILES[table], "studies": FILES["studies"]},
        {"studies": [], table: proposed},
        problems,
    )
    for rule in CHECKED:
        problems += rule(replace(tables, lines=lines))
    found = defaultdict(set)
    for problem in problems:
        if problem.file == file and problem.is_error and problem.line >= first:
            found[problem.line - first].add(problem.column)
    return [found[n] for n in range(len(rows))]


CHECK = """async ([definition, ids, works, table, rows]) => {
  const { rules } = await import("/assets/js/contribute/rules.js");
  const { known } = await import("/assets/js/contribute/known.js");
  const [check, there] = [rules(definition), known(ids, works)];
  return rows.map((cells) => check([{ table, cells, of: "" }], there).map(({ column }) => column));
}"""


def test_form_and_checker_agree_on_a_thousand_rows(browser: Browser) -> None:
    corpus, (tables, _) = load.load(DATA), load.read(DATA)
    given: list[Any] = [definition(corpus), ids(corpus), known_works(corpus)]
    differing: list[tuple[dict[str, str], list[str], list[str]]] = []
    wrong = 0
    chance = random.Random(14)  # noqa: S311 - no secret
    with serving(DOCS) as served:
        page = browser.new_page()
        page.goto(f"{served}/assets/favicon.svg")
        for table, number in SEEDS.items():
            rows = mutants(tables, table, chance, number)
            wanted = verdicts(tables, table, rows)
            found = page.evaluate(CHECK, [*given, table, rows])
            for cells, one, other in zip(rows, wanted, map(set, found), strict=True):
                wrong += bool(one)
                if one != other:
                    differs = sorted(one ^ other)
                    differing.append(({n: cells[n] for n in differs}, sorted(one), sorted(other)))
        page.close()
    assert differing == []
    assert 300 < wrong < 950  # neither would a form pass that refuses, or accepts, everything


def test_the_form_says_of_every_rule_of_its_rows_who_checks_it() -> None:
    elsewhere = {
        *("second_codings", "decided", "draws", "adjudicated", "differing", "audited", "appraised"),
        *("intervals", "kinds", "vocabularies", "addresses", "renames"),
    }
    named = {rule.__name__ for rule in (*CHECKED, *LEFT)}
    assert {rule.__name__ for rule in RULES} == named | elsewhere
    assert not named & elsewhere
