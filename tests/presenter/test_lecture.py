"""The built-in lecture in a real window, every pause of it."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from collections.abc import Callable

    from deck.build import Deck
    from deck.build.films import Studio
    from tests.presenter.conftest import Lecture

pytestmark = pytest.mark.xdist_group("lecture")

ALIKE = 32
"""What compression does at draft quality to maps as fine as fur, in levels of 255."""


def sees(lecture: Lecture, pause: int) -> bool:
    """Whether the screen looks like the end of a pause, and less like those beside it."""
    strays = {
        other: lecture.strays(other) for other in (pause - 1, pause, pause + 1) if other in range(len(lecture.pauses))
    }
    return strays[pause] < ALIKE and strays[pause] == min(strays.values())


def test_the_lecture_steps_through_every_pause_and_back(
    open_lecture: Callable[..., Lecture], lecture_deck: Deck, studio: Studio
) -> None:
    lecture = open_lecture(deck=lecture_deck, films=studio.films(lecture_deck.slides))
    for index, pause in enumerate(lecture.pauses[1:], start=1):
        lecture.press("PgDown")
        lecture.finish()

        assert lecture.state == (*pause, False)
        assert sees(lecture, index), f"{pause} ends {lecture.strays(index):.0f} levels from its picture"
    for index in reversed(range(len(lecture.pauses) - 1)):
        lecture.press("PgUp")

        assert lecture.state == (*lecture.pauses[index], False)
        assert sees(lecture, index)
