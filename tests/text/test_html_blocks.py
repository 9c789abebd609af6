"""What the templates write as HTML comes out of Markdown as it went in."""

from __future__ import annotations

import pytest
from markdown import Markdown
from markdown.treeprocessors import Treeprocessor

from gen.text.render import environment, front_matter, md
from tests import markup

BLOCK = """<div class="a" id="kept">

    # no heading

| no | table |
| -- | ----- |
*no emphasis* [no](link) `no code` &amp; <br>
</div>"""

PAGE = f"""# Title {{#top}}

<!--html-->
{BLOCK}
<!--/html-->

## kept

<div markdown>

<!--html-->
<p>*inner*</p>
<!--/html-->

*outer*

</div>
"""


def test_a_block_comes_out_as_it_went_in() -> None:
    made = markup.html(PAGE)
    assert BLOCK in made
    assert "<!--" not in made


def test_a_block_may_stand_within_an_element_of_markdown() -> None:
    made = markup.html(PAGE)
    assert "<div>\n<p>*inner*</p>\n<p><em>outer</em></p>\n</div>" in made


def test_the_contents_know_the_ids_of_blocks() -> None:
    """No heading gets an id that is taken, and what lends the ids leaves no trace."""
    made = markup.html(PAGE)
    assert '<h2 id="kept_1">' in made
    assert made.count("kept_1") == 2, "the heading and the link to it"
    assert "lsr-ids" not in made


class Collect(Treeprocessor):
    """As MkDocs does it, to validate links to anchors."""

    def run(self, root: object) -> None:
        self.ids = {element.get("id") for element in root.iter()}  # type: ignore[attr-defined]


def test_who_collects_ids_from_the_tree_sees_those_of_blocks() -> None:
    converter = Markdown(extensions=["gen.text.html_blocks"])
    collect = Collect(converter)
    converter.treeprocessors.register(collect, "collect", 5)
    converter.convert(PAGE)
    assert "kept" in collect.ids


@pytest.mark.parametrize(
    "text", ["<!--html-->\n<b>x</b>\n<!--/html-->", "<!--/html-->", "\n<!--html-->"]
)
def test_no_text_from_the_data_is_a_mark(text: str) -> None:
    for shown in (
        md(text),
        front_matter(text),
        environment().from_string("{{ x | e }}").render(x=text),
    ):
        assert "<!--" not in shown
    page = f"# {md(text)} {{#top}}\n\n{md(text)}\n"
    assert [e.tag for e in markup.elements(markup.html(page))] == ["body", "h1", "a", "p"]


def test_a_page_without_blocks_is_left_alone() -> None:
    assert Markdown(extensions=["gen.text.html_blocks"]).convert("*a*") == "<p><em>a</em></p>"


def test_a_page_may_begin_and_end_with_a_block() -> None:
    page = f"<!--html-->\n{BLOCK}\n<!--/html-->"
    assert Markdown(extensions=["gen.text.html_blocks"]).convert(page) == BLOCK


def test_a_mark_within_a_line_is_none() -> None:
    page = "So begins a block: `<!--html-->` and `<!--/html-->`"
    made = Markdown(extensions=["gen.text.html_blocks"]).convert(page)
    assert made.count("&lt;!--") == 2
