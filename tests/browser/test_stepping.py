"""Going through the deck: every pause is reached, is seen, and looks as it should."""

from __future__ import annotations

import random
from typing import TYPE_CHECKING

import pytest

from tests.browser.hands import FAST, SLOW

if TYPE_CHECKING:
    from tests.browser.conftest import OpenPlayer
    from tests.browser.hands import Player, Step

pytestmark = pytest.mark.parametrize("page_file", ["canvas", "video"], indirect=True)

FORWARD = ("ArrowRight", "ArrowDown", "Space", "PageDown", "n", "N")
BACK = ("ArrowLeft", "ArrowUp", "Shift+Space", "PageUp", "p", "P")


def test_the_page_opens_at_the_first_pause_and_plays_nothing(player: Player) -> None:
    assert player.state["playing"] is False
    assert player.state["progress"] == 1
    player.finds(0)


def test_forward_plays_every_clip_to_its_end(player: Player, steps: list[Step]) -> None:
    for index, step in enumerate(steps[1:], start=1):
        _, state = player.press_at_once("ArrowRight")
        assert (state["slide"], state["reveal"], state["step"]) == (step.slide, step.reveal, step.place)
        assert state["playing"]
        player.finds(index)


def test_back_shows_the_end_of_every_earlier_pause_and_plays_nothing(player: Player, steps: list[Step]) -> None:
    player.step("End")
    for index in reversed(range(len(steps) - 1)):
        _, state = player.press_at_once("ArrowLeft")
        assert state["playing"] is False
        player.finds(index)


def test_neither_end_can_be_passed(player: Player, steps: list[Step]) -> None:
    player.step("ArrowLeft")
    player.finds(0)
    player.step("End", "ArrowRight")
    player.finds(len(steps) - 1)


def test_forward_while_a_clip_plays_jumps_to_its_end(open_player: OpenPlayer) -> None:
    player = open_player(pace=SLOW)
    player.press("ArrowRight")
    player.page.wait_for_function("() => deck.state().progress > 0.05")
    before, after = player.press_at_once("ArrowRight")
    assert before["playing"]
    assert not after["playing"]
    player.pace(FAST)
    player.finds(1)
    player.step("ArrowRight")
    player.finds(2)


def test_back_while_a_clip_plays_goes_to_the_pause_before(open_player: OpenPlayer) -> None:
    player = open_player(pace=SLOW)
    player.press("ArrowRight")
    player.page.wait_for_function("() => deck.state().progress > 0.05")
    before, after = player.press_at_once("ArrowLeft")
    assert before["playing"]
    assert not after["playing"]
    player.finds(0)


def test_quick_presses_are_neither_lost_nor_doubled(player: Player) -> None:
    """A press while a clip plays, or is yet to start, brings its end; the next one goes on."""
    for keys, pause in {
        "> >": 1,
        "> > >": 2,
        "> > > >": 2,
        "> > > > > >": 3,
        "> <": 0,
        "> > > > < <": 0,
        "> > < > >": 1,
        "< < > >": 1,
        "> > > > < >": 2,
    }.items():
        player.step("Home")
        player.press_at_once(*({">": "ArrowRight", "<": "ArrowLeft"}[key] for key in keys.split()))
        player.finds(pause)


def test_every_key_for_forward_and_back_moves_one_pause(player: Player) -> None:
    for forward, back in zip(FORWARD, BACK, strict=True):
        player.step(forward)
        assert player.at == 1, forward
        player.step(back)
        assert player.at == 0, back


def test_a_key_held_down_is_one_press(player: Player) -> None:
    for _ in range(8):
        player.page.keyboard.down("PageDown")
    player.page.keyboard.up("PageDown")
    player.settle()
    assert player.at == 1


def test_a_random_walk_agrees_with_a_model(player: Player, steps: list[Step]) -> None:
    chance = random.Random(60)  # noqa: S311
    last = len(steps) - 1
    at, held = 0, False
    for _ in range(60):
        key = chance.choices(("ArrowRight", "ArrowLeft", "Home", "End", "r", "a"), (12, 6, 1, 1, 2, 2))[0]
        before, _ = player.press_at_once(key)
        unfinished = before["playing"] or held
        if key == "a":
            held = unfinished and before["playing"]
        else:
            held = False
        if not (key == "ArrowRight" and unfinished):
            at = {"ArrowRight": min(at + 1, last), "ArrowLeft": max(at - 1, 0), "Home": 0, "End": last}.get(key, at)
        assert player.at == at
        if not held and chance.random() < 0.3:
            player.finds(at)
    if held:
        player.press("a")
    player.finds(at)


def test_with_reduced_motion_forward_shows_the_end_at_once(open_player: OpenPlayer) -> None:
    player = open_player(reduced_motion="reduce")
    for index in (1, 2, 3):
        _, state = player.press_at_once("ArrowRight")
        assert state["playing"] is False
        player.finds(index)


def test_a_swipe_turns_a_pause(open_player: OpenPlayer) -> None:
    player = open_player(has_touch=True)
    touch = player.page.context.new_cdp_session(player.page)

    def swipe(*across: int) -> None:
        kinds = ("touchStart", *("touchMove" for _ in across[1:]), "touchEnd")
        for kind, x in zip(kinds, (*across, None), strict=True):
            points = [] if x is None else [{"x": x, "y": 200}]
            touch.send("Input.dispatchTouchEvent", {"type": kind, "touchPoints": points})

    swipe(500, 400, 300)
    player.finds(1)
    swipe(300, 310)
    player.finds(1)
    swipe(200, 300, 400)
    player.finds(0)
