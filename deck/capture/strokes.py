"""How mobjects are painted, as styles of a recording."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

import numpy as np
from manim import CapStyleType, LineJointType
from numpy.typing import NDArray

from deck.adapters.manim import Camera, ThreeDCamera
from deck.capture.projection import Projection
from deck.recording.shelf import Shelf
from deck.recording.timeline import FULL, OPAQUE, Paint, Style

if TYPE_CHECKING:
    from manim import VMobject

__all__ = ["FRESH", "Pen", "StrokeLook", "Styler", "appearance"]

Pen = tuple[str, str]
"""The join and the cap that a cairo context has."""
FRESH: Pen = ("miter", "butt")

JOINS = {LineJointType.ROUND: "round", LineJointType.BEVEL: "bevel", LineJointType.MITER: "miter"}
CAPS = {CapStyleType.ROUND: "round", CapStyleType.BUTT: "butt", CapStyleType.SQUARE: "square"}
ONE_COLOR = 32
"""How many bytes one colour takes."""
FAR = 2**24


@dataclass(slots=True)
class StrokeLook:
    """
    How a mobject is painted, whatever the cairo context's pen may be.

    manim sets a join or a cap on the context only where a mobject asks for one, and the context keeps it: mobjects that
    are drawn later have it too. The same is done here, or corners would look different.
    """

    shelf: Shelf
    style: Style
    fill: int
    stroke: int
    join: str | None
    cap: str | None
    places: dict[Pen, int] = field(default_factory=dict)

    def take(self, pen: Pen) -> Pen:
        """Return the pen that the context has after a mobject of this look is drawn."""
        if self.style.width or self.style.behind_width:
            return self.join or pen[0], self.cap or pen[1]
        return pen

    def place(self, pen: Pen) -> int:
        """Return the place of the style for this look and a pen."""
        place = self.places.get(pen)
        if place is None:
            style = self.style
            join, cap = pen if style.width or style.behind_width else FRESH
            place = self.places[pen] = self.shelf.style(
                Style(
                    fill=style.fill,
                    stroke=style.stroke,
                    behind=style.behind,
                    width=style.width,
                    behind_width=style.behind_width,
                    join=join,
                    cap=cap,
                )
            )
        return place


def appearance(mobject: VMobject) -> tuple[Any, ...]:
    """Return all that a mobject's look depends on, except for its points and the camera; equal for equal looks."""
    try:
        fills, strokes = mobject.fill_rgbas.tobytes(), mobject.stroke_rgbas.tobytes()
        backs = mobject.background_stroke_rgbas.tobytes()
    except AttributeError:  # a mobject whose colours were never set; manim takes them for transparent
        fills, strokes = mobject.get_fill_rgbas().tobytes(), mobject.get_stroke_rgbas().tobytes()
        backs = mobject.get_stroke_rgbas(background=True).tobytes()
    direction = None
    if max(len(fills), len(strokes), len(backs)) > ONE_COLOR:
        direction = tuple(mobject.sheen_direction)
    return (
        fills, strokes, backs, mobject.stroke_width, mobject.background_stroke_width, mobject.joint_type,
        mobject.cap_style, mobject.background_image is None, direction,
    )  # fmt: skip


Colors = tuple[NDArray[np.float64], NDArray[np.float64], NDArray[np.float64]]
"""Of the inside, the stroke and the stroke behind, (N, 4) each."""


class Styler:
    """Finds the looks of mobjects that a camera shows."""

    def __init__(self, camera: Camera, shelf: Shelf) -> None:
        self.camera = camera
        self.shelf = shelf
        self._known: dict[Any, StrokeLook] = {}
        self._shaded: dict[Any, Colors] = {}

    def forget(self) -> None:
        """Forget which mobjects were shaded how."""
        self._shaded.clear()

    def look(
        self,
        mobject: VMobject,
        points: bytes,
        known_as: tuple[Any, ...],
        projection: Projection,
        origin: tuple[float, float],
    ) -> StrokeLook:
        """
        Return a mobject's look.

        Parameters
        ----------
        mobject, points, known_as
            The mobject, the bytes of its points, and its `appearance`.
        projection
            Where the camera puts it.
        origin
            The mobject's place, in units.
        """
        key: tuple[Any, ...] = known_as
        colors = None
        if isinstance(self.camera, ThreeDCamera) and mobject.shade_in_3d:
            colors = self._shade(self.camera, mobject, points, known_as)
            key = (*(each.tobytes() for each in colors), *known_as[3:])
        line: tuple[int, ...] = ()
        if colors or known_as[-1] is not None:
            ends = np.array(mobject.get_gradient_start_and_end_points())
            seen = self.camera.transform_points_pre_display(mobject, ends)
            ends = np.nan_to_num(np.clip(projection.units(seen) - origin, -FAR, FAR))
            line = tuple(np.rint(ends).astype(int).ravel().tolist())
        key = (key, line, projection.scale)
        look = self._known.get(key)
        if look is None:
            unit = projection.scale * self.camera.cairo_line_width_multiple
            widths = [_whole(float(mobject.get_stroke_width(behind)) * unit, FAR) for behind in (False, True)]
            look = self._known[key] = self._make(mobject, colors or self._colors(mobject), widths, line)
        return look

    def _shade(self, camera: ThreeDCamera, mobject: VMobject, points: bytes, known_as: tuple[Any, ...]) -> Colors:
        """Return the colours of a mobject in its light; they stay the same when only the camera moves."""
        key = (points, known_as, camera.light_source.points.tobytes(), camera.should_apply_shading)
        if key not in self._shaded:
            self._shaded[key] = self._colors(mobject)
        return self._shaded[key]

    def _colors(self, mobject: VMobject) -> Colors:
        camera = self.camera
        return (
            camera.get_fill_rgbas(mobject),
            camera.get_stroke_rgbas(mobject),
            camera.get_stroke_rgbas(mobject, background=True),
        )

    def _make(self, mobject: VMobject, colors: Colors, widths: list[int], line: tuple[int, ...]) -> StrokeLook:
        fills, strokes, backs = colors
        width, behind = widths
        fill, fill_opacity = paint(fills, line)
        stroke, stroke_opacity = paint(strokes, line) if width else (None, 0)
        style = Style(
            fill=fill,
            stroke=stroke,
            behind=whole(backs, line) if behind else None,
            width=width,
            behind_width=behind,
        )
        join, cap = JOINS.get(mobject.joint_type), CAPS.get(mobject.cap_style)
        return StrokeLook(self.shelf, style, fill_opacity, stroke_opacity, join, cap)


def paint(rgbas: NDArray[np.float64], line: tuple[int, ...]) -> tuple[Paint | None, int]:
    """Return the paint for colours, and its opacity; a gradient counts as opaque, for its stops have their alphas."""
    stops = levels(rgbas)
    if all(_alike(stop, stops[0]) for stop in stops[1:]):
        red, green, blue, alpha = stops[0]
        # Less than half a level is nothing: no renderer shows it.
        return Paint(((red, green, blue, OPAQUE),)), alpha and _whole(float(rgbas[0, 3]) * FULL, FULL)
    if not any(alpha for *_, alpha in stops):
        return None, 0
    return Paint(tuple(stops), line), FULL  # type: ignore[arg-type]


def whole(rgbas: NDArray[np.float64], line: tuple[int, ...]) -> Paint | None:
    """Return the paint for colours, which includes their opacities."""
    stops = levels(rgbas)
    if not any(alpha for *_, alpha in stops):
        return None
    return Paint(tuple(stops), line if len(stops) > 1 else ())  # type: ignore[arg-type]


def levels(rgbas: NDArray[np.float64]) -> list[tuple[int, int, int, int]]:
    """Return colours from 0..1 as 0..255."""
    return [tuple(_whole(level * OPAQUE, OPAQUE) for level in row) for row in rgbas.tolist()]  # type: ignore[misc]  # four


def _whole(value: float, most: int) -> int:
    """Return a number rounded, from 0 to ``most``; 0 for NaN."""
    return round(min(max(value, 0), most)) if value == value else 0  # noqa: PLR0124 - only NaN is not itself


def _alike(stop: tuple[int, ...], other: tuple[int, ...]) -> bool:
    return all(abs(level - known) <= 1 for level, known in zip(stop, other, strict=True))
