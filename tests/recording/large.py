"""Scenes of more than 65,535 of something, or of as many things as a scene can have in seconds."""

from __future__ import annotations

import numpy as np
from manim import (
    DOWN,
    LEFT,
    ORIGIN,
    RED,
    RIGHT,
    UP,
    YELLOW,
    Dot,
    ImageMobject,
    ParametricFunction,
    PMobject,
    Square,
    Text,
    VGroup,
    VMobject,
)
from numpy.typing import NDArray

from tests.recording.scenes import Shown

__all__ = ["CLOUDS", "LARGE"]


def _points(across: int, along: int, *, top: float = 3.5) -> NDArray[np.float64]:
    xs, ys = np.linspace(-6, 6, across), np.linspace(-3.5, top, along)
    return np.array([(x, y, 0) for x in xs for y in ys])


def _cloud(points: NDArray[np.float64], width: int) -> PMobject:
    cloud = PMobject(stroke_width=width)
    cloud.add_points(points, color=RED)
    return cloud


class Cloud(Shown):
    """70,000 points."""

    def construct(self) -> None:
        with self.step("one"):
            self.add(_cloud(_points(350, 200), 1))


class Exact(Shown):
    """As many points as once stood for a picture, and then they move."""

    def construct(self) -> None:
        cloud = _cloud(_points(257, 255), 4)
        with self.step("one"):
            self.add(cloud)
            self.play(cloud.animate.shift(RIGHT), run_time=0.2)


class Twice(Shown):
    """65,536 points in each of two clouds."""

    def construct(self) -> None:
        with self.step("one"):
            self.add(
                _cloud(_points(256, 256, top=-1), 1), _cloud(_points(256, 256, top=1) + 2 * UP, 2).set_color(YELLOW)
            )


class CloudAndWords(Shown):
    """What follows a cloud is there."""

    def construct(self) -> None:
        with self.step("one"):
            self.add(_cloud(_points(350, 200, top=0), 1), Text("These words follow the cloud").shift(2 * UP))


class Subpaths(Shown):
    """70,000 dashes in one mobject."""

    def construct(self) -> None:
        nth = np.arange(70_000)
        starts = np.stack([nth % 350 / 30 - 5.8, nth // 350 / 30 - 3.3, 0 * nth], axis=1)
        dashes = VMobject(stroke_width=1)
        dashes.points = (starts[:, None] + np.linspace(0, 0.02, 4)[:, None] * np.array(RIGHT)).reshape(-1, 3)
        with self.step("one"):
            self.add(dashes, Dot(3.7 * UP))


class Curves(Shown):
    """40,000 curves in one subpath, and something behind them in the list."""

    def construct(self) -> None:
        def wave(t: float) -> NDArray[np.float64]:
            return np.array([t, np.sin(5 * t), 0])

        with self.step("one"):
            self.add(ParametricFunction(wave, t_range=(-6, 6, 12 / 40_000), use_smoothing=False), Dot(2 * UP))


class Filled(Shown):
    """An inside with an edge of 66,000 curves."""

    def construct(self) -> None:
        turn = np.linspace(0, 2 * np.pi, 66_001)
        edge = (3 + 0.2 * np.sin(20 * turn))[:, None] * np.stack([np.cos(turn), np.sin(turn), 0 * turn], axis=1)
        coast = VMobject(fill_opacity=1, stroke_width=0).set_points_as_corners(edge)
        with self.step("one"):
            self.add(coast, Dot(ORIGIN, color=RED))


class Shapes(Shown):
    """2,000 squares, each of a size of its own."""

    def construct(self) -> None:
        squares = [Square(0.02 + nth * 2e-5, stroke_width=1) for nth in range(2000)]
        group = VGroup(*squares).arrange_in_grid(20, 100, buff=0.03)
        with self.step("one"):
            self.add(group, Dot(3.8 * UP))


class Photographs(Shown):
    """120 pictures that are all different."""

    def construct(self) -> None:
        with self.step("one"):
            for nth in range(120):
                pixels = np.full((2, 2), (7 * nth) % 250 + 3, np.uint8)
                pixels[0, 0] = nth % 128
                image = ImageMobject(pixels).stretch_to_fit_width(0.4).stretch_to_fit_height(0.4)
                self.add(image.move_to((nth % 20 * 0.5 - 4.75, nth // 20 * 0.5 - 3.5, 0)))


class Loop(Shown):
    """150 times something comes and something goes."""

    def construct(self) -> None:
        with self.step("one"):
            dots = [Dot((nth % 30 / 2.5 - 6, nth // 30 / 2 - 1, 0)) for nth in range(150)]
            for nth, dot in enumerate(dots):
                self.add(dot)
                if nth % 3 == 2:
                    self.remove(dots[nth - 1])
                self.wait(0.1)


class Words(Shown):
    """A thousand letters."""

    def construct(self) -> None:
        line = "the quick brown fox jumps over the lazy dog " * 2
        with self.step("one"):
            self.add(Text("\n".join(f"{nth} {line}" for nth in range(12)), font_size=10).shift(0.1 * (LEFT + DOWN)))


CLOUDS = (Cloud, Exact, Twice)
LARGE = (*CLOUDS, CloudAndWords, Subpaths, Curves, Filled, Shapes, Photographs, Loop, Words)
