"""The window has the deck's shape."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from deck.build.films import Studio
from deck.build.quality import QUALITIES
from deck.frames import FRAMES
from tests.presenter.conftest import Lecture
from tests.shaped import RATIOS, shaped_deck


@pytest.mark.parametrize("ratio", RATIOS)
def test_the_window_opens_in_the_decks_shape_and_shows_whole_pauses(
    ratio: str, tmp_path: Path, open_lecture: Callable[..., Lecture]
) -> None:
    deck = shaped_deck(ratio, tmp_path)
    quality = QUALITIES["hd"].on(FRAMES[ratio])
    films = Studio(store=tmp_path / "films", quality=quality).films(deck.slides, reversed=True)
    lecture = open_lecture(deck=deck, films=films, width=quality.width, screens=2)
    across, down = RATIOS[ratio]

    window, screen = lecture.window.size(), lecture.window.screen().availableSize()
    assert window.height() / window.width() == pytest.approx(down / across, rel=0.01)
    assert window.boundedTo(screen) == window
    for pause in range(len(lecture.pauses)):
        lecture.window.go(pause)
        assert lecture.shows(pause)
    lecture.window.go(len(lecture.pauses) - 2)
    lecture.press("Right")
    lecture.finish()
    assert lecture.shows(len(lecture.pauses) - 1)
    frame = lecture.window.video_sink.videoFrame()
    assert (frame.width(), frame.height()) == (quality.width, quality.height)
