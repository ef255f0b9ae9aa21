"""Frames drawn over each other are those drawn from nothing, bit for bit, in any order and at any size."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from itertools import pairwise

import numpy as np
import pytest
from numpy.typing import NDArray

from deck.recording.timeline import FINER, Image, Outline, Paint, Recording, Segment, Shape, Style
from deck.render.raster import Raster, Rect

WHITE, RED, BLUE = Paint(((255, 255, 255, 255),)), Paint(((255, 0, 0, 255),)), Paint(((0, 0, 255, 255),))
FADE = Paint(((255, 0, 0, 255), (0, 0, 4080, 0)), (-4000, 0, 4000, 0))
RANDOM = np.random.default_rng(3)
PIXELS = RANDOM.integers(0, 256, (9, 7, 4), dtype=np.uint8)
STYLES = (
    Style(fill=WHITE, stroke=RED, width=90),
    Style(fill=FADE, stroke=BLUE, width=40, join="round", cap="square"),
    Style(stroke=WHITE, behind=BLUE, width=20, behind_width=120),
    Style(clip="start"),
    Style(clip="end"),
)

Items = list[tuple[int, int, int, int, int, int]]


def outline(seed: int) -> Outline:
    """Return two subpaths of wild curves, one of them closed."""
    points = np.random.default_rng(seed).integers(-4000, 4000, (13 + 7, 2)).astype(np.int16)
    return Outline(points, np.array([2 * 4 + 1, 2 * 2], np.uint32))


def square(half: int) -> Outline:
    """Return a square with straight sides."""
    corners = half * np.array([(-1, -1), (1, -1), (1, 1), (-1, 1), (-1, -1)])
    points = [corners[:1], *(np.array([a, b, b]) for a, b in pairwise(corners))]
    return Outline(np.concatenate(points).astype(np.int16), np.array([9], np.uint32))


SHAPES: tuple[Shape, ...] = (
    *(outline(seed) for seed in range(6)),
    square(2500),
    Image(0, np.array([(0, 0), (3111, 0), (0, 2999), (3111, 2999)], np.int32) * FINER, kernel="cubic"),
    Image(0, np.array([(0, 0), (3111, 200), (-300, 2999), (3000, 3300)], np.int32) * FINER, kernel="box"),
)


def random_items(count: int) -> Items:
    return [
        (
            int(RANDOM.integers(len(SHAPES))),
            int(RANDOM.integers(3)),
            *RANDOM.integers(-12000, 12000, 2).tolist(),
            *RANDOM.choice([0, 1234, 4080], 2).tolist(),
        )
        for _ in range(count)
    ]


def recording(frames: list[Items]) -> Recording:
    """Return a recording with one segment for each frame."""
    none = np.zeros(0, np.uint32)
    segments = [
        Segment(
            frames=1,
            items=np.array(items, np.int32).reshape(-1, 6).T,
            moving=none,
            tracks=np.zeros((6, 0, 1), np.int32),
        )
        for items in frames
    ]
    return Recording(
        width=1920, height=1080, frame_rate=15, background="#0E1116", pictures=(PIXELS,), shapes=SHAPES, styles=STYLES,
        segments=tuple(segments), reveals=(),
    )  # fmt: skip


def wandering() -> list[Items]:
    """Return frames in which a few of many items move, fade, change, come and go."""
    items, frames = random_items(12), []
    for number in range(24):
        for place in RANDOM.integers(len(items), size=2).tolist():
            (items[place],) = random_items(1)
        if number % 6 == 4:
            items = items[:5] + random_items(2) + items[5:]
        if number % 6 == 5:
            items = items[:3] + items[5:]
        frames.append(list(items))
    return frames


def clipped() -> list[Items]:
    """Return frames in which a window moves over a drawing, opens and shuts."""
    back, front = random_items(4), random_items(4)
    start = [(6, 3, x, 500, 4080, 0) for x in (-6000, -5000, 0, 3000)]
    end = (6, 4, 0, 0, 4080, 0)
    frames = [[*back, each, *front, end] for each in start]
    return [*frames, [*back, *front], [*back, start[0], *front[:2], end, *front[2:]]]


@pytest.mark.parametrize("width", [1920, 854, 333])
@pytest.mark.parametrize("scene", [wandering, clipped])
def test_a_frame_is_the_same_whatever_was_drawn_before(scene: Callable[[], list[Items]], width: int) -> None:
    made = recording(scene())
    fresh = [Raster(made, width).frame(frame) for frame in range(made.frames)]
    raster = Raster(made, width)

    for frame in [*range(made.frames), *RANDOM.integers(made.frames, size=2 * made.frames).tolist()]:
        np.testing.assert_array_equal(raster.frame(frame), fresh[frame])


def test_what_is_told_to_have_changed_is_all_that_has() -> None:
    made = recording(wandering())
    raster = Raster(made, 854)
    before = raster.frame(0)
    for frame in range(1, made.frames):
        rects = raster.draw(frame)
        now = raster.frame(frame)
        assert_same_outside(before, now, rects)
        assert all((before != now)[top:bottom, left:right].any() for left, top, right, bottom in rects)
        before = now


def assert_same_outside(before: NDArray[np.uint8], now: NDArray[np.uint8], rects: tuple[Rect, ...]) -> None:
    inside = np.zeros(before.shape[:2], bool)
    for left, top, right, bottom in rects:
        assert not inside[top:bottom, left:right].any(), "two of the rectangles overlap"
        inside[top:bottom, left:right] = True
    np.testing.assert_array_equal(before[~inside], now[~inside])


def test_nothing_has_changed_between_frames_that_look_the_same() -> None:
    items = random_items(3)
    unseen = (6, 0, 100, 100, 0, 0)

    raster = Raster(recording([items, items, [*items, unseen]]), 854)

    assert raster.draw(0) == (Rect(0, 0, 854, 480),)
    assert raster.draw(1) == ()
    assert raster.draw(2) == ()


def test_things_far_apart_are_drawn_apart() -> None:
    still, left, right = (6, 0, 0, 0, 255, 255), (6, 0, -11000, 0, 255, 255), (6, 0, 11000, 0, 255, 255)
    moved = [(*item[:3], 1000, *item[4:]) for item in (left, right)]

    raster = Raster(recording([[still, left, right], [still, *moved]]), 1920)
    raster.draw(0)

    assert len(raster.draw(1)) == 2


def test_a_clip_hides_what_is_outside_and_ends() -> None:
    frame: Items = [
        (6, 3, -6000, 0, 4080, 0),
        (6, 0, -3000, 0, 4080, 0),
        (6, 4, 0, 0, 4080, 0),
        (6, 0, 9000, 0, 4080, 0),
    ]

    drawn = Raster(recording([frame]), 1920).frame(0)

    middle, scale = drawn[540], 16
    assert middle[960 - 4500 // scale].tolist() == [255, 255, 255]
    assert middle[960 - 2500 // scale].tolist() == [14, 17, 22], "it is outside of the clip"
    assert middle[960 + 9000 // scale].tolist() == [255, 255, 255], "the clip has ended"


def test_a_pointed_corner_is_redrawn_whole() -> None:
    needle = np.array([(0, 0), (0, 0), (4000, 250), (4000, 250), (4000, 250), (0, 500), (0, 500)], np.int16)
    made = replace(recording([[(0, 0, 0, 0, 0, 4080)], []]), shapes=(Outline(needle, np.array([4], np.uint32)),))
    raster = Raster(made, 1920)
    raster.draw(0)

    np.testing.assert_array_equal(raster.frame(1), Raster(made, 1920).frame(1))
