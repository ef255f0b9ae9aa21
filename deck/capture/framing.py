"""manim's frame, in the shape of a document's slides."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from inspect import signature
from typing import Any

from manim import Axes, NumberPlane, PolarPlane, ThreeDAxes, tempconfig

from deck.frames import SLIDE_WIDTH, Frame
from deck.recording.timeline import GRID_WIDTH

__all__ = ["framed"]

WIDE_HEIGHT = 8.0
"""Of manim's frame, where nobody has changed it."""


@contextmanager
def framed(frame: Frame, *, is_scene: bool) -> Iterator[None]:
    """Give manim's frame a shape, as a scene or a kind of slide has it; the code of a scene may then give it others."""
    width, height = frame.lengths(is_scene=is_scene)
    sizes = {"frame_width": width, "frame_height": height, "pixel_width": GRID_WIDTH, "pixel_height": frame.height}
    fitting = _fitting(width, height) if is_scene else {}
    before = {kind: kind.__init__.__defaults__ for kind in fitting}
    with tempconfig(sizes):
        for kind, defaults in fitting.items():
            _set_defaults(kind, defaults)
        try:
            yield
        finally:
            for kind, values in before.items():
                kind.__init__.__defaults__ = values


def _fitting(width: float, height: float) -> dict[type[Any], Mapping[str, object]]:
    """Return how large axes and planes are by themselves: manim has worked it out for its own frame, when imported."""
    wide, high = width / SLIDE_WIDTH, height / WIDE_HEIGHT
    if wide == high == 1:
        return {}
    return {
        Axes: {"x_length": 12 * wide, "y_length": 6 * high},
        ThreeDAxes: {"x_length": 10.5 * wide, "y_length": 10.5 * wide, "z_length": 6.5 * wide},
        NumberPlane: {"x_range": (-width / 2, width / 2, 1), "y_range": (-height / 2, height / 2, 1)},
        PolarPlane: {"radius_max": min(width, height) / 2},
    }


def _set_defaults(kind: type[Any], defaults: Mapping[str, object]) -> None:
    """Change what some arguments of a class are if they are not given."""
    given = {
        name: parameter.default
        for name, parameter in signature(kind.__init__).parameters.items()
        if parameter.default is not parameter.empty
    }
    kind.__init__.__defaults__ = tuple({**given, **defaults}.values())
