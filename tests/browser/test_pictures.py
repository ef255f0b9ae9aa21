"""The pictures of pauses: in the overview, and on paper."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

import numpy as np
import pytest
from PIL import Image

from tests.browser.hands import cells

if TYPE_CHECKING:
    from tests.browser.conftest import OpenPlayer
    from tests.browser.hands import Player, Step

LOOK = """() => {
  const small = Object.assign(document.createElement("canvas"), { width: 64, height: 36 });
  const context = small.getContext("2d", { willReadFrequently: true });
  context.imageSmoothingQuality = "high";
  return [...document.querySelectorAll(".picture")].map((picture) => {
    context.clearRect(0, 0, 64, 36);
    if (picture.width) context.drawImage(picture, 0, 0, 64, 36);
    return [...context.getImageData(0, 0, 64, 36).data];
  });
}"""

SHARP = """() => [...document.querySelectorAll("canvas.picture")].every(
  (one) => one.width && Math.abs(one.width - devicePixelRatio * one.clientWidth) <= 2
)"""

UNPACKED = "() => document.querySelectorAll('script.recording').length === 0"

BOTH = pytest.mark.parametrize("page_file", ["canvas", "both"], indirect=True)


@BOTH
def test_the_overview_shows_each_pause_sharp(open_player: OpenPlayer, steps: list[Step]) -> None:
    player = open_player(device_scale_factor=2)
    assert player.page.locator("canvas.picture").evaluate_all("all => all.every((one) => one.width === 0)")
    player.press("o")
    player.page.wait_for_function(SHARP)
    _are_the_pauses(player.page.evaluate(LOOK), steps)
    sizes = player.page.locator("canvas.picture").evaluate_all("all => all.map((one) => [one.width, one.clientWidth])")
    for own, seen in sizes:
        assert abs(own - 2 * seen) <= 2
    player.page.set_viewport_size({"width": 900, "height": 700})
    player.page.wait_for_function("before => document.querySelector('canvas.picture').width > before", arg=sizes[0][0])
    player.page.wait_for_function(SHARP)
    assert player.page.locator("canvas.picture").first.evaluate("one => one.width") > sizes[0][0]
    _are_the_pauses(player.page.evaluate(LOOK), steps)


@BOTH
def test_on_paper_each_pause_has_a_page_with_its_picture(player: Player, steps: list[Step]) -> None:
    player.page.wait_for_function(UNPACKED)
    player.page.evaluate(f"() => addEventListener('beforeprint', () => (window.printed = ({LOOK})()))")
    paper = player.page.pdf(prefer_css_page_size=True, print_background=True)
    assert len(re.findall(rb"/Type\s*/Page\b", paper)) == len(steps)
    _are_the_pauses(player.page.evaluate("printed"), steps)
    player.step("ArrowRight")
    player.finds(1)


def test_pictures_on_paper_are_outlines(player: Player) -> None:
    """A canvas drawn for paper becomes lines and letters there, not pixels."""
    player.page.wait_for_function(UNPACKED)
    paper = player.page.pdf(prefer_css_page_size=True, print_background=True)
    assert not re.findall(rb"/Subtype\s*/Image\b", paper)


def _are_the_pauses(seen: list[Any], steps: list[Step]) -> None:
    assert len(seen) == len(steps)
    for data, step in zip(seen, steps, strict=True):
        picture = np.array(data, np.uint8).reshape(36, 64, 4)[..., :3]
        stray = np.abs(cells(Image.fromarray(picture)) - cells(step.picture))
        assert stray.mean() < 3, step.place
        assert np.quantile(stray, 0.99) < 60, step.place
