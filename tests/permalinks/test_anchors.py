"""Pages that cannot be linked at for good, and where that is reported."""

from __future__ import annotations

from pathlib import Path

import pytest

from gen.__main__ import main
from gen.permalinks import anchors
from tests import invented
from tests.build import checkout, run

NO_ID = "has no id; end it with one, such as {#methods}"

SOUND = """---
title: A page
---

# A page {#top}

## Facts {#facts data-quiet}

<div class="lsr-list" id="tab-facts" markdown>

| Fact | Value |
| --- | ---: |
| `<table>` | `## no heading` |

</div>

```
## no heading
| no | table |
| --- | --- |
```

<figure class="lsr-figure" id="fig-one"><table><tr><td>1</td></tr></table></figure>

<div class="lsr-scroll" id="tab-two"><table><tr><td>1</td></tr></table></div>

---

<table id="tab-three"></table>
"""


def reported(text: str) -> list[tuple[int, str]]:
    return sorted(anchors.messages(text))


def test_a_sound_page_has_no_fault() -> None:
    assert reported(SOUND) == []


@pytest.mark.parametrize(
    ("old", "new", "line", "message"),
    [
        ("## Facts {#facts data-quiet}", "## Facts", 7, f"the heading '## Facts' {NO_ID}"),
        (
            "{#facts data",
            "{.facts data",
            7,
            f"the heading '## Facts {{.facts data-quiet}}' {NO_ID}",
        ),
        (
            "## Facts {#",
            "##Facts {#",
            7,
            f"the heading '##Facts {{#facts data-quiet}}' {NO_ID}",
        ),
        (
            "# A page {#top}",
            "A page\n======",
            6,
            "makes a heading of the line above; write that with # and an id",
        ),
        (
            "{#facts",
            "{#fig-one",
            23,
            "the id 'fig-one' is already that of another place; choose another",
        ),
        ("{#facts", "{#Facts", 7, "the id 'Facts' must be lower-case words joined by hyphens"),
        (
            "{#facts",
            "{#not-reported",
            7,
            "the id 'not-reported' means a missing value in the tables; choose another",
        ),
        (' id="tab-facts"', "", 11, anchors.NO_TABLE_ID),
        (
            'id="tab-facts" markdown>\n',
            'id="tab-facts" markdown>\n\nText.\n',
            13,
            anchors.NO_TABLE_ID,
        ),
        (' id="fig-one"', "", 23, 'the element <figure> has no id; give it one: <figure id="…">'),
        (' id="tab-two"', "", 25, anchors.NO_TABLE_ID),
        (' id="tab-three"', "", 29, anchors.NO_TABLE_ID),
    ],
)
def test_a_fault_is_reported_with_its_line(old: str, new: str, line: int, message: str) -> None:
    assert SOUND.count(old) == 1
    assert reported(SOUND.replace(old, new)) == [(line, message)]


@pytest.mark.parametrize(
    ("page", "lines"),
    [
        ("<table>", [1]),
        ("<figure id='f'>\n<table>", [1]),
        ('<figure id="f">\n<table>\n</table>\n</figure>\n<table>', [5]),
        ('Text.\n<div id="a">\n\n<table>', []),
        ('<div id="a">\nText.\n<table>', [3]),
        ("=====", []),
        ("Text.\n\n=====", []),
    ],
)
def test_a_table_within_a_figure_or_right_after_an_id_needs_none(
    page: str, lines: list[int]
) -> None:
    assert [line for line, _ in reported(page)] == lines


def test_a_page_by_hand_is_reported_by_the_line_of_its_source(tmp_path: Path) -> None:
    source = (
        "{% set n = 3 %}\n# A {#top}\n\n{% for i in [1, 2] %}\n- {{ i }}\n{% endfor %}\n\n## B\n"
    )
    (tmp_path / "page.md").write_text(source, encoding="utf-8")
    pages = {"page.md": "# A {#top}\n\n- 1\n- 2\n\n## B\n", "made.md": "# C\n"}
    assert [str(problem) for problem in anchors.problems(pages, tmp_path)] == [
        f"{tmp_path.as_posix()}/page.md:8: the heading '## B' {NO_ID}",
        f"the generated page made.md:1: the heading '# C' {NO_ID}",
    ]


def test_the_line_of_a_heading_that_is_filled_in_is_found(tmp_path: Path) -> None:
    source = "# A {#top}\n\nText.\n\n## {{ n }} things\n\nMore.\n"
    (tmp_path / "page.md").write_text(source, encoding="utf-8")
    pages = {"page.md": source.replace("{{ n }}", "3")}
    (problem,) = anchors.problems(pages, tmp_path)
    assert problem.line == 5


def test_a_line_that_is_filled_in_is_that_of_the_expression(tmp_path: Path) -> None:
    """Lines that came from a loop or a macro are those of the place where it began."""
    before = [f"Line {n}." for n in range(300)]
    source = [*before, "{{ some }}", "{{ more }}", "## B", "End."]
    made = [*before, "## A", "One.", "Two.", "", "", "## B", "End."]
    (tmp_path / "page.md").write_text("\n".join(source), encoding="utf-8")
    problems = anchors.problems({"page.md": "\n".join(made)}, tmp_path)
    assert [problem.line for problem in problems] == [301, 303]


def test_a_long_page_of_equal_lines_keeps_its_lines(tmp_path: Path) -> None:
    """Python's own guess at junk would take a line that is often there for none."""
    source = "## Same\n{{ n }}\n" * 120
    (tmp_path / "page.md").write_text(source, encoding="utf-8")
    problems = list(anchors.problems({"page.md": source.replace("{{ n }}", "7")}, tmp_path))
    assert [problem.line for problem in problems] == list(range(1, 240, 2))


def test_what_a_template_puts_wrong_is_reported_once_a_folder(tmp_path: Path) -> None:
    paths = ["studies/a.md", "studies/b.md", "tasks/c.md", "trends/gaps/d.md", "trends/e.md"]
    pages = dict.fromkeys(paths, "# A {#top}\n\n## B\n")
    reported = [str(problem) for problem in anchors.problems(pages, tmp_path)]
    assert [message.partition(": ")[0] for message in reported] == [
        "the generated page studies/a.md:3",
        "the generated page tasks/c.md:3",
        "the generated page trends/gaps/d.md:3",
        "the generated page trends/e.md:3",
    ]


@pytest.mark.slow
@pytest.mark.parametrize("command", ["gen", "mkdocs"])
def test_a_heading_without_an_id_stops_a_build(
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
    command: str,
) -> None:
    project = checkout(tmp_path / "project", invented.write(tmp_path / "data"))
    page = project / "docs/about/index.md"
    lines = page.read_text(encoding="utf-8").split("\n")
    place = lines.index("## Licence, and how to cite {#cite}")
    lines[place] = "## Licence, and how to cite"
    page.write_text("\n".join(lines), encoding="utf-8")
    if command == "mkdocs":
        done = run(project, "-m", "mkdocs", "build", "--strict")
        code, printed = done.returncode, done.stdout
    else:
        monkeypatch.chdir(project)
        code, printed = main(["build", "--to", "out"]), capsys.readouterr().out
    message = f"docs/about/index.md:{place + 1}: the heading '## Licence, and how to cite' {NO_ID}"
    assert code == 1
    assert message in printed
    assert "1 problem in the pages" in printed
    assert "Traceback" not in printed
