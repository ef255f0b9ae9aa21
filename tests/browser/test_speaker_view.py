"""The window on the lecturer's own screen."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from playwright.sync_api import Page

    from tests.browser.hands import Player, Step

HEARTBEAT = """() => new Promise((resolve) => addEventListener("message", function listen({ data }) {
  if (!String(data).includes('"heartbeat"')) return;
  removeEventListener("message", listen);
  resolve();
}))"""
"""The view tells the page that it is there, again and again."""

NOTES = ".speaker-controls-notes .value"


@pytest.fixture
def start(steps: list[Step]) -> int:
    """The pause at which the speaker view is opened: the second one of the second slide."""
    return [step.place for step in steps].index([1, 1])


@pytest.fixture
def speaker(player: Player) -> Page:
    player.step("2", ".", "2", "Enter")
    with player.page.context.expect_page() as opened:
        player.press("s")
    opened.value.wait_for_function("() => document.querySelectorAll('iframe').length === 2")
    for frame in opened.value.frames[1:]:
        frame.wait_for_function("() => window.deck")
        frame.evaluate("deck.ready")
    return opened.value


def _agree(player: Player, speaker: Page, at: int, steps: list[Step]) -> None:
    """See that the page and its two previews come to where they should be, and the notes with them."""
    current, upcoming = speaker.frames[1:]
    for frame, index in ((player.page, at), (current, at), (upcoming, min(at + 1, len(steps) - 1))):
        place = str(steps[index].place).replace(" ", "")
        frame.wait_for_function("place => JSON.stringify(deck.state().step) === place", arg=place)
    assert not current.evaluate("deck.state().playing")
    assert not upcoming.evaluate("deck.state().playing")
    notes = player.page.locator("aside.notes").nth(at).inner_html()
    speaker.wait_for_function(f"notes => document.querySelector('{NOTES}').innerHTML === notes", arg=notes)


def test_it_shows_the_pause_the_next_one_and_the_notes(
    player: Player, speaker: Page, start: int, steps: list[Step]
) -> None:
    _agree(player, speaker, start, steps)
    player.press_at_once("ArrowRight", "ArrowRight")
    _agree(player, speaker, start + 1, steps)
    player.press("Home")
    _agree(player, speaker, 0, steps)


def test_its_keys_are_those_of_the_page(player: Player, speaker: Page, start: int, steps: list[Step]) -> None:
    _agree(player, speaker, start, steps)
    player.page.evaluate(HEARTBEAT)
    speaker.keyboard.press("ArrowRight")
    _agree(player, speaker, start + 1, steps)
    speaker.keyboard.press("Shift+Space")
    _agree(player, speaker, start, steps)
    for _ in range(6):
        speaker.keyboard.down("PageUp")
    speaker.keyboard.up("PageUp")
    _agree(player, speaker, start - 1, steps)
    speaker.frames[1].locator("body").click()
    speaker.keyboard.press("ArrowLeft")
    _agree(player, speaker, start - 2, steps)
    speaker.keyboard.press("End")
    _agree(player, speaker, len(steps) - 1, steps)


def test_it_stays_when_the_page_is_reloaded(player: Player, speaker: Page, start: int, steps: list[Step]) -> None:
    _agree(player, speaker, start, steps)
    player.page.reload()
    player.page.evaluate("deck.ready")
    player.page.evaluate(HEARTBEAT)
    speaker.keyboard.press("ArrowLeft")
    _agree(player, speaker, start - 1, steps)
