"""Clips in the middle: held, left, played again, broken; and nothing of one is seen in another."""

from __future__ import annotations

import sys
import time
from dataclasses import replace
from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence
    from pathlib import Path

    from deck.films import Film
    from tests.presenter.conftest import Lecture

SLOW = 0.5
"""For looking at the middle of a clip, on a machine that has other things to do."""


def test_back_from_a_clip_that_plays(open_lecture: Callable[..., Lecture]) -> None:
    lecture = open_lecture(rate=SLOW)
    lecture.press("Right")
    lecture.watch(until=lecture.shows_clip, seconds=30)
    time.sleep(0.4)  # a busy machine: frames wait to be shown

    lecture.press("Left")
    lecture.watch()

    assert lecture.state == (*lecture.pauses[0], False)
    assert lecture.shows(0)


@pytest.mark.parametrize("keys", [["Right", "Right"], ["R"], ["V"]])
def test_no_frame_of_a_clip_flashes_up_in_the_next(open_lecture: Callable[..., Lecture], keys: list[str]) -> None:
    lecture = open_lecture(rate=SLOW)
    lecture.press("Right")
    lecture.watch(until=lambda: lecture.milliseconds() > 400, seconds=30)
    time.sleep(0.4)

    lecture.press(*keys[:-1])
    frames = lecture.record()
    lecture.press(keys[-1])
    lecture.watch(until=lambda: bool(frames), seconds=30)

    assert frames[0].startTime() < 200_000  # microseconds from the start of its clip


def test_r_plays_the_reveal_again(open_lecture: Callable[..., Lecture]) -> None:
    lecture = open_lecture(pause=1, rate=SLOW)

    for _ in range(2):
        lecture.press("R")
        assert lecture.state == (*lecture.pauses[1], True)
        assert lecture.milliseconds() == 0
        lecture.watch(until=lambda: lecture.milliseconds() > 400, seconds=30)
        assert not lecture.shows(1)
    lecture.finish()

    assert lecture.state == (*lecture.pauses[1], False)
    assert lecture.shows(1)


def test_a_holds_and_goes_on(open_lecture: Callable[..., Lecture]) -> None:
    lecture = open_lecture(rate=SLOW)
    lecture.press("Right")
    lecture.watch(until=lecture.shows_clip, seconds=30)

    lecture.press("A")
    lecture.watch()
    assert lecture.state == (*lecture.pauses[1], False)
    assert not lecture.shows(1)

    lecture.press("A")
    assert lecture.state == (*lecture.pauses[1], True)
    lecture.finish()
    assert lecture.shows(1)


def test_next_on_a_held_clip_shows_its_end(open_lecture: Callable[..., Lecture]) -> None:
    lecture = open_lecture(rate=SLOW)
    lecture.press("Right")
    lecture.watch(until=lecture.shows_clip, seconds=30)

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


def test_frames_do_not_wear_out_none(lecture: Lecture) -> None:
    """With PySide6 6.12.0 each call into Qt takes a None too many, which ends Python 3.11 after minutes of clips."""
    frame = lecture.window.video_sink.videoFrame()
    before = sys.getrefcount(None)

    for _ in range(1000):
        lecture.window.show_frame(frame)
        lecture.window.video_sink.setVideoFrame(frame)

    assert sys.getrefcount(None) > before - 100
