"""What is on the screen stays until what comes next is there: no flash, no empty frame, nothing from elsewhere."""

from __future__ import annotations

import base64
import io
from collections.abc import Sequence
from functools import cache
from itertools import pairwise
from typing import TYPE_CHECKING, Any

import numpy as np
import pytest
from PIL import Image

from deck.render.raster import Raster
from tests.browser.conftest import PLAYERS
from tests.browser.hands import DRAWN, LAG, cells

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from deck.build import Deck
    from tests.browser.conftest import OpenPlayer
    from tests.browser.hands import Player, Step

SMALL = (320, 240)
"""The stage is 320×180 in the middle, clear of the number and the progress bar."""

STACK = """() => {
  window.stacks = [];
  const names = new Map();
  const name = (video) => names.get(video) ?? names.set(video, names.size).get(video);
  const look = () => {
    const videos = [...document.querySelectorAll(".stage video")];
    stacks.push(videos.sort((one, other) => other.style.zIndex - one.style.zIndex).map(name));
    requestAnimationFrame(look);
  };
  look();
}"""


class Film:
    """What every frame of a deck looks like."""

    def __init__(self, deck: Deck) -> None:
        self.slides = [slide.recording for slide in deck.slides]
        self.rasters = [Raster(recording, SMALL[0]) for recording in self.slides]
        self.frame = cache(self._frame)

    def _frame(self, slide: int, frame: int) -> NDArray[np.float64]:
        return cells(self.rasters[slide].frame(frame))

    def way(self, step: Step) -> list[NDArray[np.float64]]:
        """Return all frames of the way to a pause, from the pause before it in the same slide."""
        slide, reveal = step.place
        recorded = self.slides[slide].reveals[reveal]
        return [self.frame(slide, frame) for frame in range(max(0, recorded.first - 1), recorded.last + 1)]

    def pause(self, step: Step) -> NDArray[np.float64]:
        return self.way(step)[-1]


@pytest.fixture(scope="module")
def film(deck: Deck) -> Film:
    return Film(deck)


@pytest.mark.parametrize("page_file", PLAYERS, indirect=True)
def test_every_frame_on_the_way_is_one_of_the_recording(open_player: OpenPlayer, film: Film, steps: list[Step]) -> None:
    """Forward, and back at once: what is seen is always the pause before, the pause after, or of the way."""
    player = open_player(screen=SMALL)
    ways = list(pairwise(range(len(steps))))
    for before, after in ways if player.alike == DRAWN else ways[2:8]:
        known = [film.pause(steps[before]), *film.way(steps[after])]
        for key in ("ArrowRight", "ArrowLeft", "Shift+ArrowLeft"):
            player.go_to(before if key == "ArrowRight" else after)
            player.frames(4)
            for seen in _watch(player, key):
                stray = min(float(np.abs(seen - frame).max()) for frame in known)
                assert stray < 2 * player.alike, (key, steps[after].place)
            player.finds(after if key == "ArrowRight" else before)


def test_backwards_the_frames_come_in_reverse(open_player: OpenPlayer, film: Film, steps: list[Step]) -> None:
    player = open_player(screen=SMALL, pace=1)
    after = next(index for index, step in enumerate(steps) if step.reveal == "middle")
    player.go_to(after)
    way = film.way(steps[after])

    frames = _watch(player, "Shift+ArrowLeft")

    distances = [np.array([np.abs(seen - frame).max() for frame in way]) for seen in frames]
    nearest = [int(np.argmin(each)) for each in distances]
    assert len({place for place in nearest if 0 < place < len(way) - 10}) > 1  # a busy machine shows few
    place = len(way) - 1
    for each in distances:
        # Frames near each other look the same at this size: of all that it may be, the first that is no step forward.
        alike = np.flatnonzero(each <= each.min() + player.alike)
        assert alike[0] <= place
        place = int(alike[alike <= place][-1])
    assert alike[0] == 0
    player.finds(after - 1)


@pytest.mark.parametrize("page_file", ["video"], indirect=True)
def test_what_was_seen_stays_right_behind_what_is_seen_now(player: Player) -> None:
    """A video that lay hidden may come up empty for one frame of the display, too seldom for a test to wait for it."""
    player.page.evaluate(STACK)
    for keys in (["ArrowRight"], ["ArrowRight"], ["ArrowRight", "ArrowRight"], ["ArrowLeft"], ["r"], ["End"], ["Home"]):
        player.press_at_once(*keys)
        player.settle()
        player.frames(6)
    stacks = player.page.evaluate("stacks")
    changes = [(before[0], now) for before, now in pairwise(stacks) if before[0] != now[0]]
    assert len(changes) >= 7
    for seen, now in changes:
        assert seen in now[1:3]


def _watch(player: Player, *keys: str) -> Sequence[NDArray[np.float64]]:
    """Return every frame of the screen while keys take effect, until what they lead to has been seen for a while."""
    frames: list[tuple[float, bytes]] = []
    session = player.page.context.new_cdp_session(player.page)

    def keep(frame: dict[str, Any]) -> None:
        frames.append((frame["metadata"]["timestamp"], base64.b64decode(frame["data"])))
        session.send("Page.screencastFrameAck", {"sessionId": frame["sessionId"]})

    session.on("Page.screencastFrame", keep)
    session.send("Page.startScreencast", {"format": "png", "everyNthFrame": 1})
    player.press_at_once(*keys)
    player.settle()
    rest = cells(player.stage())
    for _ in range(LAG):
        player.frames(4)
        if frames and np.abs(_seen(player, frames[-1][1]) - rest).max() < 1:
            break
    player.frames(4)
    session.remove_listener("Page.screencastFrame", keep)
    session.send("Page.stopScreencast")
    session.detach()
    assert frames
    # Each is compressed by a thread of its own, and on a busy machine overtakes the one before. Further it cannot get,
    # since at most two are under way; and the clock that dates them may be set while we look.
    for place in range(1, len(frames)):
        if -0.1 < frames[place][0] - frames[place - 1][0] < 0:
            frames[place - 1 : place + 1] = frames[place], frames[place - 1]
    return [_seen(player, png) for _, png in frames]


def _seen(player: Player, png: bytes) -> NDArray[np.float64]:
    return cells(player.stage_of(Image.open(io.BytesIO(png)).convert("RGB")))
