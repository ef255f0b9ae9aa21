"""The window on the lecturer's own screen."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from playwright.sync_api import Page

    from tests.browser.conftest import Player, Step

NOTES = ".speaker-controls-notes .value"


@pytest.fixture
def speaker(player: Player) -> Page:
    """Open the speaker view at the third pause."""
    player.step("ArrowRight", "ArrowRight")
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


def test_it_shows_the_pause_the_next_one_and_the_notes(player: Player, speaker: Page, steps: list[Step]) -> None:
    _agree(player, speaker, 2, steps)
    player.press_at_once("ArrowRight", "ArrowRight")
    _agree(player, speaker, 3, steps)
    player.press("Home")
    _agree(player, speaker, 0, steps)


def test_its_keys_are_those_of_the_page(player: Player, speaker: Page, steps: list[Step]) -> None:
    _agree(player, speaker, 2, steps)
    speaker.wait_for_timeout(1200)
    speaker.keyboard.press("ArrowRight")
    _agree(player, speaker, 3, steps)
    speaker.keyboard.press("Shift+Space")
    _agree(player, speaker, 2, steps)
    for _ in range(6):
        speaker.keyboard.down("PageUp")
    speaker.keyboard.up("PageUp")
    _agree(player, speaker, 1, steps)
    speaker.frames[1].locator("body").click()
    speaker.keyboard.press("ArrowLeft")
    _agree(player, speaker, 0, steps)
    speaker.keyboard.press("End")
    _agree(player, speaker, len(steps) - 1, steps)


def test_it_stays_when_the_page_is_reloaded(player: Player, speaker: Page, steps: list[Step]) -> None:
    _agree(player, speaker, 2, steps)
    player.page.reload()
    player.page.evaluate("deck.ready")
    speaker.wait_for_timeout(1500)
    speaker.keyboard.press("ArrowLeft")
    _agree(player, speaker, 1, steps)
