"""Mobjects with numbers that are none, that are infinite, or far out of all bounds: drawn as by manim, or left out."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np
import pytest
from manim import BLUE, RED, RIGHT, Dot, ImageMobject, Mobject, PMobject, Square, Text, VMobject

from deck.capture.record import record
from deck.recording.codec import decode, encode
from deck.render.raster import Raster
from tests.recording.drawing import difference, drawn
from tests.recording.scenes import Shown

RATE = 10
NAN, INFINITE = float("nan"), float("inf")


def _line(end: float) -> Mobject:
    line = VMobject(stroke_width=6)
    line.points = np.array([(0, 0, 0), (1, 1, 0), (2, 0, 0), (end, 0, 0)], float)
    return line


def _gradient(corner: float) -> Mobject:
    square = Square().set_fill([RED, BLUE], 1)  # type: ignore[arg-type]  # manim says one colour, and takes several
    square.points[0, 0] = corner
    return square


def _image(corner: float) -> Mobject:
    image = ImageMobject(np.full((4, 4), 200, np.uint8)).scale(20)
    image.points[0, 0] = corner
    return image


def _cloud(place: float) -> Mobject:
    cloud = PMobject(stroke_width=8)
    cloud.add_points(np.array([(place, 0, 0), (0, 1, 0), (1, 1, 0)]), color=RED)
    return cloud


def _text(place: float) -> Mobject:
    text = Text("hello")
    text.submobjects[0].points[0, 0] = place
    return text


def _filled(opacity: float) -> Mobject:
    return Square(stroke_width=0).set_fill(BLUE, opacity=opacity)


def _wide(width: float) -> Mobject:
    return Square(stroke_width=width)


def _moved(by: float) -> Mobject:
    return Square().shift((by, 0, 0))


def _shown(mobject: Mobject) -> type[Shown]:
    class Odd(Shown):
        def construct(self) -> None:
            with self.step("one"):
                self.add(mobject.copy(), Dot().shift(3 * RIGHT))

    return Odd


AS_MANIM: tuple[tuple[Callable[[float], Mobject], float], ...] = (
    *((make, value) for make in (_line, _text, _moved) for value in (NAN, INFINITE, -INFINITE)),
    (_filled, -3.0),
    (_filled, 1e9),
    (_wide, NAN),
    (_wide, -5.0),
    (_wide, -INFINITE),
    (_cloud, 1e9),
    (_moved, 1e9),
    (_moved, 1e300),
)


def _called(value: object) -> str:
    return getattr(value, "__name__", str(value)).strip("_")


@pytest.mark.parametrize(("make", "value"), AS_MANIM, ids=_called)
def test_what_manim_leaves_out_is_left_out(make: Callable[[float], Mobject], value: float) -> None:
    slide = _shown(make(value))
    recording = decode(encode(record(slide, frame_rate=RATE)))
    ours, theirs = Raster(recording, 1920).frame(0), drawn(slide, RATE)[0]
    assert (theirs != theirs[0, 0]).any()
    assert difference(ours, theirs).alike > 0.995


ODD = (NAN, INFINITE, -INFINITE)
FAR = (1e9, 1e15, 1e300)
REST = (
    *((make, value) for make in (_line, _text, _filled, _wide) for value in (*ODD, *FAR)),
    # Of those that are no numbers manim has errors of its own.
    *((make, value) for make in (_gradient, _image) for value in FAR),
)


@pytest.mark.parametrize(("make", "value"), REST, ids=_called)
def test_the_rest_of_a_slide_is_there(make: Callable[[float], Mobject], value: float) -> None:
    """Where what cairo makes of such numbers is nothing that one could want."""
    recording = decode(encode(record(_shown(make(value)), frame_rate=RATE)))
    frame = Raster(recording, 1920).frame(0)
    if make is not _wide or not value > 1000:
        assert (frame[535:545, 960 + 400 : 960 + 410] > 200).all()  # the dot
