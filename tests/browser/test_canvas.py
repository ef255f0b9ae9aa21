"""What the canvas shows, and in which order."""

from __future__ import annotations

import random
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np
import pytest

from deck.formats import html
from deck.render.raster import Raster
from tests.browser.hands import FAST, SLOW, likeness, pixels
from tests.browser.studio import looped, studio

if TYPE_CHECKING:
    from deck.build import Deck
    from tests.browser.conftest import OpenPlayer
    from tests.browser.hands import Player, Step

KEYS = {"ArrowRight": 12, "ArrowLeft": 6, "Shift+ArrowLeft": 4, "Home": 1, "End": 1}

ANSWER = """async () => {
  const canvas = document.querySelector(".stage canvas");
  const before = canvas.toDataURL();
  const display = () => new Promise((resolve) => requestAnimationFrame(() => setTimeout(resolve)));
  document.body.dispatchEvent(new KeyboardEvent("keydown", { key: "ArrowRight", bubbles: true, cancelable: true }));
  for (let frames = 1; frames < 60; frames += 1) {
    await display();
    if (canvas.toDataURL() !== before) return frames;
  }
}"""


@pytest.mark.parametrize(("screen", "scale"), [((960, 640), 1), ((640, 400), 2), ((720, 540), 1.5)], ids=str)
def test_every_pause_looks_as_python_draws_it(
    open_player: OpenPlayer, deck: Deck, steps: list[Step], screen: tuple[int, int], scale: float
) -> None:
    player = open_player(screen=screen, device_scale_factor=scale)
    rasters = [Raster(slide.recording, round(screen[0] * scale)) for slide in deck.slides]
    for index, step in enumerate(steps):
        player.go_to(index)
        slide, reveal = step.place
        drawn = rasters[slide].frame(deck.slides[slide].recording.reveals[reveal].last)
        seen = pixels(player.page)
        assert seen.shape == drawn.shape  # each of the display's pixels has one of its own
        assert likeness(seen, drawn) >= 0.995, step.place


def test_on_any_way_to_a_pause_its_pixels_are_the_same(player: Player, steps: list[Step]) -> None:
    """200 keys, several at once, and a model that says where they lead."""
    pictures = []
    for index in range(len(steps)):
        player.go_to(index)
        pictures.append(pixels(player.page))
    player.go_to(0)
    chance = random.Random(200)  # noqa: S311
    at = 0
    for count in [5] * 40:
        keys = chance.choices(list(KEYS), list(KEYS.values()), k=count)
        way = ""
        for key, state in zip(keys, player.press_at_once(*keys)[1:], strict=True):
            at, way = _model(key, at, way, last=len(steps) - 1)
            assert (player.index(state), state["playing"]) == (at, way != ""), keys
        player.settle()
        assert np.array_equal(pixels(player.page), pictures[at]), keys


def _model(key: str, at: int, way: str, *, last: int) -> tuple[int, str]:
    """Return where a key leads to from a pause and the way that plays to it, ``forward``, ``back`` or none."""
    if key in {"Home", "End"}:
        return (0 if key == "Home" else last), ""
    if way == "back" or (way and key == "ArrowRight"):
        return at, ""
    if key == "ArrowRight":
        return min(at + 1, last), ("forward" if at < last else "")
    return max(at - 1, 0), ("back" if key.startswith("Shift") and at else "")


def test_a_key_is_answered_within_two_frames_of_the_display(player: Player, steps: list[Step]) -> None:
    for index in range(len(steps) - 1):
        player.go_to(index)
        assert player.page.evaluate(ANSWER) <= 2


def test_backwards_from_the_middle_of_a_way_goes_on_from_there(open_player: OpenPlayer) -> None:
    player = open_player(pace=SLOW)
    player.press("ArrowRight")
    player.page.wait_for_function("() => deck.state().progress > 0.05")
    before, after = player.press_at_once("Shift+ArrowLeft")
    assert after["playing"]
    assert player.index(after) == 0
    player.page.wait_for_function("() => deck.state().progress > 0")
    assert player.state["progress"] >= 1 - before["progress"] - 0.1
    player.pace(FAST)
    player.finds(0)


def test_a_loop_plays_on_until_a_key_goes_on(deck: Deck, open_player: OpenPlayer, tmp_path: Path) -> None:
    path = tmp_path / "loop.html"
    html.write(looped(deck, "middle"), path, studio(tmp_path))
    player = open_player(path=path)
    player.press("ArrowRight")
    for _ in range(2):
        player.page.wait_for_function("() => deck.state().progress > 0.7")
        player.page.wait_for_function("() => deck.state().progress < 0.3")
    assert player.state["playing"]
    player.press("a")
    held = player.state
    assert not held["playing"]
    player.frames(20)
    assert player.state == held
    _, state = player.press_at_once("ArrowRight")
    assert player.index(state) == 2
    assert state["playing"]
    player.finds(2)
    player.step("ArrowLeft")
    player.finds(1)


def test_a_slide_asked_for_before_it_is_unpacked_leaves_what_was_there(player: Player, steps: list[Step]) -> None:
    """Recordings are unpacked one after the other; here some take until they are told to go on."""
    player.page.evaluate("""() => {
      const open = Slides.prototype.open;
      const wait = new Promise((resolve) => { window.unpackAll = resolve; });
      Slides.prototype.open = async function (slide) {
        if (slide > 0) await wait;
        return open.call(this, slide);
      };
    }""")
    before = pixels(player.page)
    _, state = player.press_at_once("End")
    assert state["progress"] == 0
    player.frames(20)
    assert np.array_equal(pixels(player.page), before)
    player.page.evaluate("unpackAll()")
    player.finds(len(steps) - 1)


def test_the_canvas_follows_the_window(player: Player, deck: Deck) -> None:
    recording = deck.slides[0].recording
    for width, height in ((800, 600), (500, 200), (640, 400)):
        player.page.set_viewport_size({"width": width, "height": height})
        wide = min(width, round(height * recording.width / recording.height))
        player.page.wait_for_function("wide => document.querySelector('.stage canvas').width === wide", arg=wide)
        drawn = Raster(recording, wide).frame(recording.reveals[0].last)
        assert likeness(pixels(player.page), drawn) >= 0.995
