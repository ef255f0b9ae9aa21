"""A lecturer's hands on the keyboard, and eyes on the screen."""

from __future__ import annotations

import base64
import io
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING, Any

import numpy as np
import pytest
from PIL import Image
from skimage.metrics import structural_similarity

from deck.render.raster import Raster

if TYPE_CHECKING:
    from numpy.typing import NDArray
    from playwright.sync_api import Page

    from deck.build import Deck

__all__ = [
    "CANVAS",
    "DRAWN",
    "FAST",
    "LAG",
    "PATIENCE",
    "SLOW",
    "Player",
    "Step",
    "cells",
    "likeness",
    "pixels",
    "steps_of",
]

CELLS = (64, 36)
"""Pictures are compared by the means of this many cells, no matter how large the screen is."""

WIDTH = 1280
"""Of the pictures that pauses are compared with."""

DRAWN, FILMED = 12, 24
"""What another renderer, or a clip's compression, may do to the mean of a cell, in levels of 255."""

FAST, SLOW = 8, 0.1
"""Paces: a lecture of 30 pauses takes 15 seconds; and the middle of a clip is there to be seen on any machine."""

PATIENCE = 120_000
"""How many milliseconds a page may take for what comes at once on a machine with nothing else to do."""

LAG = 300
"""How many frames of the display the screen may be behind."""

CANVAS = ".stage canvas"

PRESS = """(keys) => [deck.state(), ...keys.map((typed) => {
  const key = typed.split("+").at(-1);
  const shiftKey = typed.startsWith("Shift+");
  document.body.dispatchEvent(new KeyboardEvent("keydown", { key, shiftKey, bubbles: true, cancelable: true }));
  return deck.state();
})]"""

FRONT = """() => {
  const videos = [...document.querySelectorAll(".stage video")];
  const front = videos.reduce((one, other) => (Number(one.style.zIndex) > Number(other.style.zIndex) ? one : other));
  return { now: front.currentTime, end: front.duration };
}"""

FRAMES = """(count) => new Promise((resolve) => {
  const next = () => (count-- > 0 ? requestAnimationFrame(next) : resolve());
  next();
})"""

GO = """(address) => new Promise((resolve) => {
  const before = location.href;
  addEventListener("hashchange", resolve, { once: true });
  location.hash = address;
  if (location.href === before) resolve();
})"""

PIXELS = """(canvas) => canvas.toDataURL("image/png").split(",")[1]"""


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Step:
    """What the audience is to find at one pause: ``place`` counts slides and reveals from 0; a (H, W, 3) picture."""

    slide: str
    reveal: str
    place: list[int]
    says: str
    notes: str
    picture: NDArray[np.uint8]


def steps_of(deck: Deck) -> list[Step]:
    """Return every pause of a deck, in order."""
    steps = []
    for h, slide in enumerate(deck.slides):
        raster = Raster(slide.recording, WIDTH)
        for r, (reveal, recorded) in enumerate(zip(slide.reveals, slide.recording.reveals, strict=True)):
            step = Step(
                slide=slide.id,
                reveal=reveal.id,
                place=[h, r],
                says=f"{reveal.title}. {reveal.description}",
                notes=reveal.notes,
                picture=np.array(raster.frame(recorded.last)),
            )
            steps.append(step)
    return steps


def cells(image: Image.Image | NDArray[np.uint8]) -> NDArray[np.float64]:
    """Return an image as the means of its cells: rows × columns × RGB in levels of 255."""
    whole = image if isinstance(image, Image.Image) else Image.fromarray(image)
    return np.asarray(whole.convert("RGB").resize(CELLS, Image.Resampling.BOX), dtype=np.float64)


def pixels(page: Page, selector: str = CANVAS, nth: int = 0) -> NDArray[np.uint8]:
    """Return what is on a canvas: (H, W, 3)."""
    png = page.locator(selector).nth(nth).evaluate(PIXELS)
    return np.array(Image.open(io.BytesIO(base64.b64decode(png))).convert("RGB"))


def likeness(one: NDArray[np.uint8], other: NDArray[np.uint8]) -> float:
    """Return how alike two pictures, (H, W, 3), look: 1 if they are the same."""
    return float(structural_similarity(one, other, channel_axis=2))  # type: ignore[no-untyped-call]


class Player:
    """
    A page at work.

    Attributes
    ----------
    alike
        How far from a pause's picture a cell of the screen may be.
    """

    def __init__(self, page: Page, steps: list[Step], *, clips: bool) -> None:
        self.page = page
        self.steps = steps
        self.alike = FILMED if clips else DRAWN

    @property
    def state(self) -> dict[str, Any]:
        state = self.page.evaluate("deck.state()")
        assert isinstance(state, dict)
        return state

    @property
    def at(self) -> int:
        """Which of the deck's pauses we are at."""
        return self.index(self.state)

    def index(self, state: Mapping[str, Any]) -> int:
        """Return which of the deck's pauses a state is at."""
        return [step.place for step in self.steps].index(state["step"])

    def press(self, *keys: str) -> None:
        for key in keys:
            self.page.keyboard.press(key)

    def press_at_once(self, *keys: str) -> list[dict[str, Any]]:
        """Press keys faster than anything can happen between them; return the states before, between and after."""
        states = self.page.evaluate(PRESS, list(keys))
        assert isinstance(states, list)
        return states

    def pace(self, times: float) -> None:
        """Let all go on so many times as fast as it was recorded."""
        self.page.evaluate("setPace", times)

    def frames(self, count: int) -> None:
        """Let so many frames of the display go by, however long they take."""
        self.page.evaluate(FRAMES, count)

    def go(self, address: str) -> None:
        """Type another fragment into the page's address; when this returns the page has heard of it."""
        self.page.evaluate(GO, address)

    def go_to(self, pause: int) -> None:
        """Open a pause by its address."""
        step = self.steps[pause]
        self.go(f"#/{step.slide}/{step.reveal}")
        self.page.wait_for_function(
            "place => JSON.stringify(deck.state().step) === place", arg=str(step.place).replace(" ", "")
        )
        self.settle()

    def settle(self) -> None:
        """Let what plays play to its end, and what is asked for come."""
        self.page.wait_for_function("() => { const s = deck.state(); return !s.playing && s.progress === 1; }")

    def step(self, *keys: str) -> None:
        """Press keys, and let each one's effect come to its end."""
        for key in keys:
            self.press(key)
            self.settle()

    def stage(self) -> Image.Image:
        """Return what is where the slide should be: as large as fits, in the middle."""
        return self.stage_of(self.screen())

    def stage_of(self, screen: Image.Image) -> Image.Image:
        """Return the part of a screen where the slide should be."""
        high, wide = self.steps[0].picture.shape[:2]
        width, height = min(screen.width, screen.height * wide / high), min(screen.height, screen.width * high / wide)
        left, top = (screen.width - width) / 2, (screen.height - height) / 2
        return screen.crop((round(left), round(top), round(left + width), round(top + height)))

    def screen(self) -> Image.Image:
        return Image.open(io.BytesIO(self.page.screenshot())).convert("RGB")

    @cached_property
    def pictures(self) -> list[NDArray[np.float64]]:
        return [cells(step.picture) for step in self.steps]

    def finds(self, pause: int) -> None:
        """Let things come to rest; then we are at this pause, and its end is what is on the screen."""
        self.settle()
        assert self.at == pause
        strays = self._strays()
        for _ in range(LAG):
            if strays[pause] < self.alike and strays[pause] == min(strays):
                return
            self.frames(1)
            strays = self._strays()
        assert strays[pause] < self.alike, f"the screen is {strays[pause]:.0f} levels off {self.steps[pause].place}"
        pytest.fail(f"the screen looks more like {self.steps[strays.index(min(strays))].place}")

    def _strays(self) -> list[float]:
        """Return how far the screen is from the end of each pause, in levels of 255 at the worst place."""
        seen = cells(self.stage())
        return [float(np.abs(seen - picture).max()) for picture in self.pictures]

    def front(self) -> Mapping[str, float]:
        """Return the times of the clip that is seen."""
        times = self.page.evaluate(FRONT)
        assert isinstance(times, dict)
        return times
