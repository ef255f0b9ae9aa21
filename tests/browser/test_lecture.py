"""The built-in lecture in a real browser, every pause of it."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from deck.formats import html
from tests.browser.hands import Step, steps_of
from tests.browser.studio import studio

if TYPE_CHECKING:
    from deck.build import Deck
    from tests.browser.conftest import OpenPlayer

pytestmark = pytest.mark.xdist_group("lecture")


@pytest.fixture(scope="module")
def page_file(lecture_deck: Deck, tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("lecture") / "feature-maps.html"
    html.write(lecture_deck, path, studio(path.parent))
    return path


@pytest.fixture(scope="module")
def steps(lecture_deck: Deck) -> list[Step]:
    return steps_of(lecture_deck)


def test_the_lecture_steps_through_every_pause_and_back(open_player: OpenPlayer, steps: list[Step]) -> None:
    player = open_player(screen=(1280, 800))
    player.finds(0)
    for index in range(1, len(steps)):
        player.press("PageDown")
        player.finds(index)
    for index in reversed(range(len(steps) - 1)):
        player.press("PageUp")
        player.finds(index)
