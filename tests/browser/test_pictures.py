"""The PNG of a figure, which the reader's browser makes of its title and what the page shows."""

from __future__ import annotations

import base64
from collections.abc import Iterator
from typing import Any

import pytest
from playwright.sync_api import Browser, Locator, Page, Route, expect

PAGE = "family/vision-language/"
SLUG = "family-vision-language-per-year"
SWITCHED = "trends/methods/"

# Of a picture: its size, the colour of its corner, and how many of its pixels have each colour.
READ = """async (address) => {
  const image = new Image();
  image.src = address;
  await image.decode();
  const {width, height} = image;
  const context = new OffscreenCanvas(width, height).getContext("2d");
  context.drawImage(image, 0, 0);
  const pixels = new Uint32Array(context.getImageData(0, 0, width, height).data.buffer);
  const colours = new Map();
  for (const pixel of pixels) colours.set(pixel, (colours.get(pixel) ?? 0) + 1);
  const name = (pixel) => [...new Uint8Array(Uint32Array.of(pixel).buffer)].join(" ");
  const named = Object.fromEntries([...colours].map(([pixel, count]) => [name(pixel), count]));
  const rows = Array.from({length: height}, (_, y) => pixels.subarray(y * width, (y + 1) * width));
  const written = rows.map((row) => row.some((pixel) => pixel !== row[0]));
  return {width, height, corner: name(pixels[0]), colours: named, written};
}"""
LINE, LETTER = 58, 20  # pixels of a line of a title, and of a letter in it
WHITE = "255 255 255 255"
VERMILION = "184 68 10 255"  # vision-language in the light palette


@pytest.fixture
def page(browser: Browser) -> Iterator[Page]:
    context = browser.new_context(reduced_motion="reduce", accept_downloads=True)
    yield context.new_page()
    context.close()


def shown(figure: Locator) -> tuple[float, float]:
    """The size of the drawing in its own units."""
    box: dict[str, float] = figure.locator(".lsr-figure__plot svg").evaluate(
        "({viewBox: {baseVal: {width, height}}}) => ({width, height})"
    )
    return box["width"], box["height"]


def saved(figure: Locator) -> tuple[str, dict[str, Any]]:
    """Press PNG by keyboard; the name of the file and what is in it."""
    with figure.page.expect_download() as waiting:
        figure.locator("[data-lsr-png]").press("Enter")
    file = waiting.value
    content = base64.b64encode(file.path().read_bytes()).decode()
    return file.suggested_filename, figure.page.evaluate(READ, f"data:image/png;base64,{content}")


def test_a_picture_is_the_drawing_three_times_as_large_on_white_in_light_colours(
    page: Page, served: str
) -> None:
    page.goto(f"{served}/{PAGE}")
    figure = page.locator(".lsr-figure")
    width, height = shown(figure)
    assert width > 350
    page.emulate_media(color_scheme="dark")
    expect(page.locator("body")).to_have_attribute("data-md-color-scheme", "slate")
    name, picture = saved(figure)
    assert name == f"{SLUG}.png"
    assert 3 * width <= picture["width"] <= 3 * width + 30
    top = picture["height"] - 3 * height
    assert LINE <= top <= 4 * LINE, "room for the title in one to three lines"
    assert sum(picture["written"][: int(LINE * 1.4)]) > LETTER, "the title"
    assert picture["corner"] == WHITE
    assert picture["colours"][WHITE] > 0.5 * picture["width"] * picture["height"]
    assert picture["colours"][VERMILION] > 10_000, "its bars"
    expect(figure.get_by_role("status")).to_have_text(f"Saved as {name}.")
    page.emulate_media(color_scheme="light")
    assert saved(figure) == (name, picture)
    # As in a browser without the fonts that were at hand when the margins were measured.
    wide = "text => (text.textContent = 'W'.repeat(80))"
    figure.locator("svg text", has_text="Studies").evaluate(wide)
    assert saved(figure)[1]["width"] > 3 * width + 300, "room for wider words"


def test_a_picture_shows_the_live_chart_and_the_chosen_subset(page: Page, served: str) -> None:
    page.goto(f"{served}/{SWITCHED}")
    figure = page.locator(".lsr-figure").first
    whole = saved(figure)
    figure.locator("[data-lsr-explore]").click()
    expect(figure.get_by_role("status")).to_contain_text("interactive now")
    live = saved(figure)
    assert live[0] == whole[0]
    assert 3 * shown(figure)[0] <= live[1]["width"] <= 3 * shown(figure)[0] + 30
    for switch in ("published", "models"):
        page.locator(f"[data-lsr-switches] input[value={switch}]").check()
    expect(page.locator("[data-lsr-switches] [role=status]")).to_contain_text("PNG saves what is")
    part = saved(figure)
    assert part[0] == whole[0].replace(".png", "-published-models.png")
    assert 3 * shown(figure)[0] <= part[1]["width"] <= 3 * shown(figure)[0] + 30
    assert part[1]["colours"] != whole[1]["colours"]
    assert part[1]["corner"] == WHITE
    # The button for the live chart would bring all studies back.
    expect(figure.locator("[data-lsr-explore]")).to_have_count(0)


def test_a_live_chart_wider_than_a_phone_scrolls_in_its_box(page: Page, served: str) -> None:
    page.set_viewport_size({"width": 360, "height": 800})
    page.goto(f"{served}/trends/gaps/")
    figure = page.locator(".lsr-figure").first
    plot = figure.locator(".lsr-figure__plot")
    expect(plot).to_have_attribute("tabindex", "0")
    figure.locator("[data-lsr-explore]").click()
    expect(figure.get_by_role("status")).to_contain_text("interactive now")
    assert page.evaluate("document.documentElement.scrollWidth") == 360
    assert plot.evaluate("box => box.scrollWidth > box.clientWidth")
    expect(plot).to_have_attribute("tabindex", "0")
    expect(plot).to_be_focused()


def test_a_live_chart_keeps_the_size_of_the_drawing_whatever_is_switched(
    page: Page, served: str
) -> None:
    page.set_viewport_size({"width": 360, "height": 800})
    page.goto(f"{served}/{SWITCHED}")
    plot = page.locator("#fig-training-shares .lsr-figure__plot")
    drawn = plot.locator("svg").bounding_box()
    assert drawn
    switch = page.locator("[data-lsr-switches] input[value=models]")
    said = page.locator("[data-lsr-switches] [role=status]")
    for state, words in (
        ("check", "PNG saves"),
        ("uncheck", "All studies"),
        ("check", "PNG saves"),
    ):
        getattr(switch, state)()
        expect(said).to_contain_text(words)
        live = plot.locator(".vega-embed svg").bounding_box()
        assert live
        assert live["width"] == pytest.approx(drawn["width"], abs=4)
        assert plot.evaluate("box => box.scrollWidth <= box.clientWidth")


def test_a_subset_brings_the_titles_of_its_figures(page: Page, served: str) -> None:
    def told(route: Route) -> None:
        answer = route.fetch().json()
        for each in answer["figures"].values():
            each["title"] = "Found <b>here</b>"
        route.fulfill(json=answer)

    page.route("**/models.json", told)
    page.goto(f"{served}/{SWITCHED}")
    page.locator("[data-lsr-switches] input[value=models]").check()
    title = page.locator(".lsr-figure figcaption strong").first
    expect(title).to_have_text("Found <b>here</b>")


def test_a_picture_that_fails_is_said_to(page: Page, served: str) -> None:
    page.add_init_script("HTMLCanvasElement.prototype.toBlob = (done) => done(null);")
    page.goto(f"{served}/{PAGE}")
    figure = page.locator(".lsr-figure")
    figure.locator("[data-lsr-png]").click()
    expect(figure.get_by_role("status")).to_contain_text("The picture could not be made")


def test_without_scripts_there_is_no_button_that_does_nothing(
    browser: Browser, served: str
) -> None:
    context = browser.new_context(java_script_enabled=False)
    page = context.new_page()
    page.goto(f"{served}/{PAGE}")
    expect(page.locator(".lsr-figure a", has_text="SVG")).to_be_visible()
    expect(page.locator("[data-lsr-png]")).to_be_hidden()
    context.close()
