from gen import outline

PAGE = """---
title: A page
# no: heading
---

# A page {#top}

```
## not a heading {#code}
```

## A [link](/x.md) and \\*text\\* {#first data-search-exclude}

<figure class="a" id="fig-one"><svg id="fig-two"></svg></figure>

### Without an id
"""


def test_headings_come_with_line_level_title_and_id() -> None:
    assert outline.headings(PAGE) == [
        outline.Heading(6, 1, "A page", "top"),
        outline.Heading(12, 2, "A link and *text*", "first"),
        outline.Heading(16, 3, "Without an id", ""),
    ]


def test_ids_are_those_of_headings_and_of_html() -> None:
    assert outline.ids(PAGE) == ["top", "first", "fig-one", "fig-two"]
