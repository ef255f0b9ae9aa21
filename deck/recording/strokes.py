"""How mobjects are painted, as styles of a recording."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np
from manim import CapStyleType, LineJointType
from numpy.typing import NDArray

from deck.recording.shelf import Shelf
from deck.recording.timeline import OPAQUE, Paint, Style

if TYPE_CHECKING:
    from manim import VMobject

    from deck.recording.outlines import Projection

__all__ = ["Styler"]

LINE_WIDTH = 0.01
"""manim's strokes are a hundredth of a frame unit for each unit of width."""
JOINS = {LineJointType.ROUND: "round", LineJointType.BEVEL: "bevel", LineJointType.MITER: "miter"}
CAPS = {CapStyleType.ROUND: "round", CapStyleType.BUTT: "butt", CapStyleType.SQUARE: "square"}


class Styler:
    """
    Finds mobjects' styles.

    manim sets a join or a cap on the cairo context only where a mobject asks for one, and the context keeps it: those
    drawn later have it too. This is followed here, or corners would differ.
    """

    def __init__(self, shelf: Shelf) -> None:
        self.shelf = shelf
        self.join, self.cap = "miter", "butt"
        self._known: dict[Any, tuple[int, int, int]] = {}

    def style(self, mobject: VMobject, projection: Projection, origin: NDArray[np.float64]) -> tuple[int, int, int]:
        """Return the place of a mobject's style, and its fill and stroke opacities."""
        width, behind = max(0.0, mobject.stroke_width), max(0.0, mobject.background_stroke_width)
        if width or behind:
            self.join = JOINS.get(mobject.joint_type, self.join)
            self.cap = CAPS.get(mobject.cap_style, self.cap)
        fills, strokes, backs = (
            mobject.get_fill_rgbas(),
            mobject.get_stroke_rgbas(),
            mobject.get_stroke_rgbas(background=True),
        )
        line: tuple[int, ...] = ()
        if max(len(fills), len(strokes), len(backs)) > 1:
            ends = projection.points(mobject, np.array(mobject.get_gradient_start_and_end_points()))
            line = tuple(np.rint(ends - origin).astype(int).ravel().tolist())
        key = (
            fills.tobytes(), strokes.tobytes(), backs.tobytes() if behind else b"",
            width, behind, self.join, self.cap, line, projection.scale,
        )  # fmt: skip
        known = self._known.get(key)
        if known is None:
            fill, fill_opacity = paint(fills, line)
            stroke, stroke_opacity = paint(strokes, line) if width else (None, 0)
            known = self._known[key] = (
                self.shelf.style(
                    Style(
                        fill=fill,
                        stroke=stroke,
                        behind=whole(backs, line) if behind else None,
                        width=round(width * LINE_WIDTH * projection.scale) if stroke else 0,
                        behind_width=round(behind * LINE_WIDTH * projection.scale),
                        join=self.join if stroke else "miter",
                        cap=self.cap if stroke else "butt",
                    )
                ),
                fill_opacity,
                stroke_opacity,
            )
        return known


def paint(rgbas: NDArray[np.float64], line: tuple[int, ...]) -> tuple[Paint | None, int]:
    """Return what colours paint and their opacity; a gradient's stops keep their own and it counts as opaque."""
    if not rgbas[:, 3].any():
        return None, 0
    if len(rgbas) > 1:
        return whole(rgbas, line), OPAQUE
    red, green, blue, alpha = levels(rgbas)[0]
    return Paint(((red, green, blue, OPAQUE),)), alpha


def whole(rgbas: NDArray[np.float64], line: tuple[int, ...]) -> Paint | None:
    """Return what colours paint, their opacities included."""
    if not rgbas[:, 3].any():
        return None
    return Paint(tuple(levels(rgbas)), line if len(rgbas) > 1 else ())  # type: ignore[arg-type]


def levels(rgbas: NDArray[np.float64]) -> list[tuple[int, int, int, int]]:
    """Return colours from 0..1 as 0..255."""
    return [tuple(row) for row in np.rint(np.clip(rgbas, 0, 1) * OPAQUE).astype(int).tolist()]
