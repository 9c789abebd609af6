"""The PNG of a figure, which the reader's browser makes of what the page shows."""

from __future__ import annotations

import base64
from collections.abc import Iterator
from typing import Any

import pytest
from playwright.sync_api import Browser, Locator, Page, expect

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
  const {data} = context.getImageData(0, 0, width, height);
  const colours = {};
  for (let at = 0; at < data.length; at += 4) {
    const colour = [...data.slice(at, at + 4)].join(" ");
    colours[colour] = (colours[colour] ?? 0) + 1;
  }
  return {width, height, corner: [...data.slice(0, 4)].join(" "), colours};
}"""
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


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_a_picture_is_the_drawing_three_times_as_large_on_white_in_light_colours(
    scheme: str, page: Page, served: str
) -> None:
    page.emulate_media(color_scheme="dark" if scheme == "dark" else "light")
    page.goto(f"{served}/{PAGE}")
    figure = page.locator(".lsr-figure")
    width, height = shown(figure)
    name, picture = saved(figure)
    assert name == f"{SLUG}.png"
    assert (picture["width"], picture["height"]) == (3 * width, 3 * height)
    assert width > 350
    assert picture["corner"] == WHITE
    assert picture["colours"][WHITE] > 0.5 * picture["width"] * picture["height"]
    assert picture["colours"][VERMILION] > 10_000, "its bars"
    expect(figure.get_by_role("status")).to_have_text(f"Saved as {name}.")


def test_a_picture_shows_the_live_chart_and_the_chosen_subset(page: Page, served: str) -> None:
    page.goto(f"{served}/{SWITCHED}")
    figure = page.locator(".lsr-figure").first
    whole = saved(figure)
    figure.locator("[data-lsr-explore]").click()
    expect(figure.get_by_role("status")).to_contain_text("interactive now")
    live = saved(figure)
    assert live[0] == whole[0]
    assert live[1]["width"] == 3 * shown(figure)[0]
    for switch in ("published", "models"):
        page.locator(f"[data-lsr-switches] input[value={switch}]").check()
    expect(page.locator("[data-lsr-switches] [role=status]")).to_contain_text("PNG saves what is")
    part = saved(figure)
    assert part[0] == whole[0].replace(".png", "-published-models.png")
    assert (part[1]["width"], part[1]["height"]) == tuple(3 * side for side in shown(figure))
    assert part[1]["colours"] != whole[1]["colours"]
    assert part[1]["corner"] == WHITE
    # The button for the live chart would bring all studies back.
    expect(figure.locator("[data-lsr-explore]")).to_have_count(0)


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
