"""What each key does, beyond going forward and back."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from tests.browser.hands import FAST, SLOW

if TYPE_CHECKING:
    from tests.browser.conftest import OpenPlayer
    from tests.browser.hands import Player, Step

SEEN_PICTURES = """() => [...document.querySelectorAll(".pause")].filter((pause) => {
  const picture = pause.querySelector(".picture");
  const { left, right, width } = picture.getBoundingClientRect();
  return (picture.naturalWidth ?? picture.width) > 40 && width > 40 && left >= 0 && right <= innerWidth;
}).length"""


def test_home_and_end(player: Player, steps: list[Step]) -> None:
    last = len(steps) - 1
    player.press("End")
    player.finds(last)
    player.press("Home")
    player.finds(0)
    assert not player.press_at_once("ArrowRight", "Home")[-1]["playing"]
    player.finds(0)


def test_a_number_goes_to_a_slide_or_to_one_of_its_pauses(player: Player, steps: list[Step]) -> None:
    places = [step.place for step in steps]
    player.press("2", "Enter")
    player.finds(places.index([1, 0]))
    player.press("2", ".", "2", "Enter")
    player.finds(places.index([1, 1]))
    player.press("g", "1", "7", "Backspace", "Enter")
    player.finds(0)
    prompt = player.page.locator(".prompt")
    player.press("9", "9")
    assert prompt.inner_text() == "Go to slide 99"
    player.press("Enter")
    assert player.at == 0
    player.press("3", "Escape", "Enter")
    assert prompt.is_hidden()
    assert player.at == 0
    player.press("g", "ArrowRight")
    assert prompt.is_hidden()
    assert player.at == 1


def test_r_plays_the_clip_again(open_player: OpenPlayer) -> None:
    player = open_player(pace=SLOW)
    state = player.press_at_once("r")[-1]
    assert state["playing"]
    assert state["progress"] < 1
    player.pace(FAST)
    player.finds(0)


def test_a_holds_the_clip_and_lets_it_go_on(open_player: OpenPlayer) -> None:
    player = open_player(pace=SLOW)
    player.press("a")
    assert player.state["playing"] is False
    player.press("ArrowRight")
    player.page.wait_for_function("() => deck.state().progress > 0.05")
    player.press("a")
    held = player.state
    assert held["playing"] is False
    assert 0 < held["progress"] < 1
    player.pace(FAST)
    player.frames(30)
    assert player.state == held
    assert player.press_at_once("a")[-1]["playing"]
    player.finds(1)


def test_forward_brings_the_end_of_a_clip_on_hold(open_player: OpenPlayer) -> None:
    player = open_player()
    player.press_at_once("ArrowRight", "a")
    player.frames(30)
    assert player.state["playing"] is False
    assert player.state["progress"] < 1
    player.press("ArrowRight")
    player.finds(1)


def test_b_and_full_stop_make_the_screen_black_until_the_next_key(player: Player) -> None:
    for key in ("b", "."):
        player.press(key)
        assert np.asarray(player.screen()).max() == 0
        player.press("ArrowRight")
        player.finds(0)


def test_the_overview_shows_every_pause_and_lets_you_choose(player: Player, steps: list[Step]) -> None:
    assert player.page.evaluate(SEEN_PICTURES) == 0
    player.step("ArrowRight")
    player.press("o")
    # They are drawn one by one, when the browser has time.
    player.page.wait_for_function(f"count => ({SEEN_PICTURES})() === count", arg=len(steps))
    for index in (2, 3, 4, 3):
        state = player.press_at_once("ArrowRight" if index != 3 or player.at == 2 else "ArrowLeft")[-1]
        assert state["playing"] is False
        assert player.at == index
    player.press("Enter")
    player.finds(3)
    player.press("Escape")
    player.page.locator(".pause").nth(len(steps) - 2).click()
    player.finds(len(steps) - 2)
    assert player.page.evaluate(SEEN_PICTURES) == 0
    player.press("Escape", "Escape")
    assert player.page.evaluate(SEEN_PICTURES) == 0


def test_the_help_lists_the_keys_and_goes_with_any_of_them(player: Player) -> None:
    dialog = player.page.get_by_role("dialog")
    player.press("?")
    assert {"Space", "PgDn", "Home", "End", "Esc"} <= set(dialog.inner_text().split())
    player.press("ArrowRight")
    assert dialog.is_hidden()
    assert player.at == 0
    player.press("?", "Escape")
    assert dialog.is_hidden()
    assert player.page.evaluate("Reveal.isOverview()") is False


def test_f_fills_the_screen(player: Player) -> None:
    player.press("f")
    player.page.wait_for_function("() => document.fullscreenElement === document.documentElement")
    player.finds(0)
    player.press("f")
    player.page.wait_for_function("() => document.fullscreenElement === null")


def test_f5_does_not_reload_and_the_browser_keeps_its_own_keys(player: Player) -> None:
    player.page.evaluate(
        "() => { window.kept = []; addEventListener('keydown', (e) => kept.push([e.code, e.defaultPrevented])); }"
    )
    player.press("F5", "Shift+F5", "Control+KeyR", "Control+Shift+KeyR", "Alt+ArrowLeft", "F12", "Tab")
    assert [code for code, prevented in player.page.evaluate("kept") if prevented] == ["F5", "F5"]
    assert player.at == 0
