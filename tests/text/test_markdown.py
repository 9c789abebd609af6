import pytest

from gen.text import markdown

PAGE = """---
title: A page
# no: heading
---

# A page {#top}

```
## not a heading {#code}
```

## A [link](/x.md) and \\*text\\* {#first data-quiet}

<figure class="a" id="fig-one"><svg id="fig-two"></svg></figure>

### Without an id
"""


def test_headings_come_with_line_level_title_and_id() -> None:
    assert markdown.headings(PAGE) == [
        markdown.Heading(6, 1, "A page", "top"),
        markdown.Heading(12, 2, "A link and *text*", "first"),
        markdown.Heading(16, 3, "Without an id", ""),
    ]


@pytest.mark.parametrize(
    ("text", "title"),
    [
        ("A *word*, **two** and `code`", "A word, two and code"),
        ("So <b>bold</b> &amp; <i>fine</i>", "So bold & fine"),
        ("[One](/a.md) and [two](/b.md)", "One and two"),
        (r"Signs: \*, \_ and \[x\]", "Signs: *, _ and [x]"),
    ],
)
def test_a_title_is_what_its_reader_sees(text: str, title: str) -> None:
    (heading,) = markdown.headings(f"## {text} {{#id}}")
    assert heading.title == title


def test_ids_are_those_of_headings_and_of_html() -> None:
    assert markdown.ids(PAGE) == ["top", "first", "fig-one", "fig-two"]


@pytest.mark.parametrize(
    ("code", "after"),
    [
        ("```\n## Code {#code}\n```", ""),
        ("~~~\n## Code {#code}\n~~~", ""),
        ("````\n```\n## Code {#code}\n````", ""),
        ("~~~\n```\n## Code {#code}\n~~~", ""),
        ("```\n## Code {#code}\n`````", ""),
        ("   ```python\n## Code {#code}\n   ```", ""),
        ("```\n## Code {#code}", "## Code {#after}\n"),
    ],
)
def test_only_a_fence_of_the_same_kind_and_length_ends_code(code: str, after: str) -> None:
    """An open fence hides the rest of the page, as it does for Markdown."""
    page = f"# A page {{#top}}\n\n{code}\n\n{after or '## Text {#text}'}"
    assert markdown.ids(page) == (["top"] if after else ["top", "text"])


def test_what_looks_like_a_fence_within_a_line_is_none() -> None:
    assert markdown.ids("Write ``` so.\n\n    ```\n\n## Text {#text}") == ["text"]


@pytest.mark.parametrize(
    "tag", ["details", "div", "dl", "figure", "nav", "ol", "section", "table", "ul"]
)
def test_before_a_block_an_old_id_is_a_block_of_its_own(tag: str) -> None:
    line = f'<{tag} id="new" markdown>'
    assert markdown.alias(line, "new", "old") == f'<div id="old"></div>\n\n{line}'


@pytest.mark.parametrize(
    ("line", "aliased"),
    [
        ("## Facts {#new}", '<div id="old"></div>\n\n## Facts {#new}'),
        ('<div id="new" markdown>', '<div id="old"></div>\n\n<div id="new" markdown>'),
        ('<div><div id="new">', '<div><div id="old"></div><div id="new">'),
        ('<dt id="new">x</dt>', '<dt id="new"><span id="old"></span>x</dt>'),
    ],
)
def test_an_old_id_leads_to_the_place_that_has_a_new_one(line: str, aliased: str) -> None:
    page = f"# A page {{#top}}\n\n```\n{line}\n```\n\n{line}\n"
    assert markdown.alias(page, "new", "old") == page[: -len(line) - 1] + f"{aliased}\n"


def test_code_gives_no_id() -> None:
    assert markdown.ids('Write `<div id="x">` or ``<p id="y">``, then <b id="z">so</b>.') == ["z"]
