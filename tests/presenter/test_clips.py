"""Clips in the middle: held, left, played again, broken; and nothing of one is seen in another."""

from __future__ import annotations

import gc
import sys
from dataclasses import replace
from typing import TYPE_CHECKING

import pytest

from tests.presenter.conftest import FAST, SLOW

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence
    from pathlib import Path

    from deck.build.films import Film
    from tests.presenter.conftest import Lecture


FRAMES = 2000
"""As many as a minute of clips has."""


def test_back_from_a_clip_that_plays(open_lecture: Callable[..., Lecture]) -> None:
    lecture = open_lecture(rate=SLOW)
    lecture.press("Right")
    lecture.watch(lecture.shows_clip)
    lecture.fall_behind()

    lecture.press("Left")
    lecture.rest()

    assert lecture.state == (*lecture.pauses[0], False)
    assert lecture.shows(0)


@pytest.mark.parametrize("keys", [["Right", "Right"], ["R"], ["V"]])
def test_no_frame_of_a_clip_flashes_up_in_the_next(open_lecture: Callable[..., Lecture], keys: list[str]) -> None:
    lecture = open_lecture(rate=SLOW)
    lecture.press("Right")
    lecture.watch(lambda: lecture.milliseconds() > 400)
    seen = lecture.window.video_sink.videoFrame().startTime()  # in microseconds from the start of its clip
    lecture.fall_behind()

    lecture.press(*keys[:-1])
    frames = lecture.record()
    lecture.press(keys[-1])
    lecture.watch(lambda: bool(frames))

    assert frames[0].startTime() < seen


def test_r_plays_the_reveal_again(open_lecture: Callable[..., Lecture]) -> None:
    lecture = open_lecture(pause=1, rate=SLOW)

    for _ in range(2):
        lecture.press("R")
        assert lecture.state == (*lecture.pauses[1], True)
        assert lecture.milliseconds() == 0
        lecture.watch(lambda: lecture.milliseconds() > 200)
        assert not lecture.shows(1)
    lecture.pace(FAST)
    lecture.finish()

    assert lecture.state == (*lecture.pauses[1], False)
    assert lecture.shows(1)


def test_a_holds_and_goes_on(open_lecture: Callable[..., Lecture]) -> None:
    lecture = open_lecture(rate=SLOW)
    lecture.press("Right")
    lecture.watch(lecture.shows_clip)

    lecture.press("A")
    lecture.rest()
    assert lecture.state == (*lecture.pauses[1], False)
    assert not lecture.shows(1)

    lecture.press("A")
    assert lecture.state == (*lecture.pauses[1], True)
    lecture.pace(FAST)
    lecture.finish()
    assert lecture.shows(1)


def test_next_on_a_held_clip_shows_its_end(open_lecture: Callable[..., Lecture]) -> None:
    lecture = open_lecture(rate=SLOW)
    lecture.press("Right")
    lecture.watch(lecture.shows_clip)

    lecture.press("A", "Right")

    assert lecture.state == (*lecture.pauses[1], False)
    assert lecture.shows(1)


def test_a_clip_that_cannot_be_played_leaves_its_picture(
    open_lecture: Callable[..., Lecture], films: Sequence[Film], tmp_path: Path
) -> None:
    broken = tmp_path / "broken.mp4"
    broken.write_bytes(b"no film")
    lecture = open_lecture(films=[replace(film, clips=(broken,) * len(film.clips)) for film in films])

    lecture.press("Right")
    lecture.finish()

    assert lecture.state == (*lecture.pauses[1], False)
    assert lecture.shows(1)


def test_v_without_reversed_clips_goes_back(open_lecture: Callable[..., Lecture], films: Sequence[Film]) -> None:
    lecture = open_lecture(films=[replace(film, reversed=()) for film in films], pause=1)

    lecture.press("V")

    assert lecture.state == (*lecture.pauses[0], False)
    assert lecture.shows(0)


def show_many_frames(lecture: Lecture, count: int) -> None:
    frame = lecture.window.video_sink.videoFrame()
    for _ in range(count):
        lecture.window.show_frame(frame)
        lecture.window.video_sink.setVideoFrame(frame)


def test_frames_leave_nothing_behind(lecture: Lecture) -> None:
    show_many_frames(lecture, 100)
    lecture.rest()
    gc.collect()
    before = sys.getallocatedblocks()

    show_many_frames(lecture, FRAMES)
    lecture.rest()
    gc.collect()

    assert sys.getallocatedblocks() - before < FRAMES


@pytest.mark.skipif(
    sys.version_info >= (3, 12), reason="None is not counted from Python 3.12 on, and cannot be used up"
)
def test_frames_do_not_wear_out_none(lecture: Lecture) -> None:
    """With PySide6 6.12.0 each call into Qt takes a None too many, which ends Python 3.11 after minutes of clips."""
    before = sys.getrefcount(None)

    show_many_frames(lecture, FRAMES)

    assert sys.getrefcount(None) > before - FRAMES
