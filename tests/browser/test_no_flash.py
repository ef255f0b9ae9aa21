"""What is on the screen stays until what comes next is there: no flash, no empty frame."""

from __future__ import annotations

import base64
import io
from itertools import pairwise
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np
from PIL import Image

if TYPE_CHECKING:
    from tests.browser.conftest import OpenPlayer, Player, Step

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

UNCHANGED = 10  # levels of 255
SOME = 8


def test_the_stage_never_shows_an_empty_frame(open_player: OpenPlayer, steps: list[Step]) -> None:
    """Of what two neighbouring pauses have in common, most is there in every single frame of the way between them."""
    player = open_player(screen=(320, 180))
    neighbours = [index for index in range(1, len(steps)) if steps[index].slide == steps[index - 1].slide]
    for index in neighbours[:: -(-len(neighbours) // SOME)]:
        pair = [_lit(steps[i].picture) for i in (index - 1, index)]
        common = (np.abs(pair[0] - pair[1]) < UNCHANGED) & (pair[0] > pair[0].min() + 4 * UNCHANGED)
        assert common.any()
        before = steps[index - 1]
        player.page.evaluate("address => { location.hash = address; }", f"#/{before.slide}/{before.reveal}")
        player.page.wait_for_timeout(300)

        frames = _watch(player, ["ArrowRight", "ArrowRight"], ["ArrowLeft"], ["ArrowRight"], ["r"])

        assert len(frames) > 10
        for frame in frames:
            seen = _lit(io.BytesIO(frame))
            assert (np.abs(seen - pair[0]) < 6 * UNCHANGED)[common].mean() > 0.5, steps[index]


def test_what_was_seen_stays_right_behind_what_is_seen_now(player: Player) -> None:
    """A video that lay hidden may come up empty for one frame of the display, too seldom for a test to wait for it."""
    player.page.evaluate(STACK)
    for keys in (["ArrowRight"], ["ArrowRight"], ["ArrowRight", "ArrowRight"], ["ArrowLeft"], ["r"], ["End"], ["Home"]):
        player.press_at_once(*keys)
        player.settle()
        player.page.wait_for_timeout(100)
    stacks = player.page.evaluate("stacks")
    changes = [(before[0], now) for before, now in pairwise(stacks) if before[0] != now[0]]
    assert len(changes) >= 7
    for seen, now in changes:
        assert seen in now[1:3]


def _watch(player: Player, *presses: list[str]) -> list[bytes]:
    """Return every frame of the screen, as PNG, while keys are pressed."""
    frames: list[bytes] = []
    session = player.page.context.new_cdp_session(player.page)

    def keep(frame: dict[str, Any]) -> None:
        frames.append(base64.b64decode(frame["data"]))
        session.send("Page.screencastFrameAck", {"sessionId": frame["sessionId"]})

    session.on("Page.screencastFrame", keep)
    session.send("Page.startScreencast", {"format": "png", "everyNthFrame": 1})
    for keys in presses:
        player.press_at_once(*keys)
        player.page.wait_for_timeout(60)
    player.settle()
    player.page.wait_for_timeout(60)
    session.remove_listener("Page.screencastFrame", keep)
    session.send("Page.stopScreencast")
    return frames


def _lit(picture: Path | io.BytesIO) -> np.ndarray[Any, np.dtype[np.int64]]:
    """Return the brightness of a picture's cells."""
    with Image.open(picture) as image:
        return np.asarray(image.convert("L").resize((160, 90), Image.Resampling.BOX)).astype(np.int64)
