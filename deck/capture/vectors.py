"""Vector mobjects as a camera shows them, from frame to frame."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import numpy as np
from numpy.typing import NDArray

from deck.adapters.manim import Camera, MovingCamera, ThreeDCamera
from deck.capture.images import Item
from deck.capture.outlines import Traced, trace
from deck.capture.projection import Projection, Unrecordable
from deck.capture.strokes import FRESH, Pen, StrokeLook, Styler, appearance
from deck.recording.shelf import Shelf

if TYPE_CHECKING:
    from manim import VMobject

__all__ = ["Vectors"]

Points = NDArray[np.float64]


@dataclass(slots=True)
class Memo:
    """A mobject as it was seen last; what has not changed since need not be found out again."""

    mobject: VMobject
    state: Any
    turn: int = 0
    points: bytes = b""
    place: tuple[int, int, int] = (0, 0, 0)
    origin: tuple[float, float] = (0.0, 0.0)
    known_as: tuple[Any, ...] = ()
    look: StrokeLook | None = None
    pen: Pen | None = None
    item: Item = (0, 0, 0, 0, 0, 0)

    def draw(self, pen: Pen) -> Item:
        """Return the item, drawn with a pen."""
        if pen != self.pen:
            assert self.look is not None
            shape, x, y = self.place
            self.pen = pen
            self.item = (shape, self.look.place(pen), x, y, self.look.fill, self.look.stroke)
        return self.item


class Vectors:
    """
    Finds the items of vector mobjects; what did not change since the last frame is not looked at again.

    Parameters
    ----------
    camera
        The camera that shows them.
    shelf
        Where shapes and styles go.
    """

    def __init__(self, camera: Camera, shelf: Shelf) -> None:
        self.camera = camera
        self.shelf = shelf
        # A moving camera has a new pen for each run of vector mobjects; all other cameras keep theirs.
        self._keeps_pen = not isinstance(camera, MovingCamera)
        self._flat = type(camera).transform_points_pre_display is Camera.transform_points_pre_display
        self._styler = Styler(camera, shelf)
        self._pen = FRESH
        self._first: Projection | None = None
        self._state: Any = None
        self._turn = 0
        self._memos: dict[int, Memo] = {}

    def forget(self) -> None:
        """Forget the mobjects that were not seen since the last call."""
        self._memos = {key: memo for key, memo in self._memos.items() if memo.turn == self._turn}
        self._turn += 1
        self._styler.forget()

    def items(self, mobjects: list[VMobject], projection: Projection) -> list[Item]:
        """
        Return the items of vector mobjects that are drawn in one go.

        Raises
        ------
        Unrecordable
            If one of them is coloured by an image.
        """
        if self._keeps_pen:
            # The cairo context that keeps the pen keeps the camera's frame as well, as it was at first.
            projection = self._first = self._first or projection
        state = self._seeing(projection)
        turned = self.camera.fixed_orientation_mobjects if isinstance(self.camera, ThreeDCamera) else ()
        memos, moved, painted = [], [], []
        for mobject in mobjects:
            points, known_as = mobject.points.tobytes(), appearance(mobject)
            memo = self._memos.get(id(mobject))
            if memo is None or memo.state is not state or mobject in turned:
                memo = self._memos[id(mobject)] = Memo(mobject, state)
            if memo.points != points:
                memo.points, memo.pen = points, None
                moved.append(memo)
                if memo.known_as == known_as and (known_as[-1] or mobject.shade_in_3d):
                    painted.append(memo)  # its gradient, or its light, goes by its points
            if memo.known_as != known_as:
                memo.known_as, memo.pen = known_as, None
                painted.append(memo)
            memo.turn = self._turn
            memos.append(memo)
        self._trace(moved, projection)
        self._paint(painted, projection)
        return self._drawn(memos)

    def _drawn(self, memos: list[Memo]) -> list[Item]:
        pen = self._pen if self._keeps_pen else FRESH
        items = []
        for memo in memos:
            assert memo.look is not None
            pen = memo.look.take(pen)
            items.append(memo.draw(pen))
        self._pen = pen
        return items

    def _seeing(self, projection: Projection) -> Any:
        """Return an object that stays the same one as long as the camera's way of seeing points does not change."""
        camera = self.camera
        state: Any = projection
        if isinstance(camera, ThreeDCamera):
            state = (
                projection, camera.rotation_matrix.tobytes(), camera.frame_center.tobytes(), camera.get_zoom(),
                camera.get_focal_distance(), camera.exponential_projection, camera.light_source.points.tobytes(),
                camera.should_apply_shading, len(camera.fixed_in_frame_mobjects),
                len(camera.fixed_orientation_mobjects),
            )  # fmt: skip
        elif not self._flat:
            state = object()
        if state != self._state:
            self._state = state
        return self._state

    def _trace(self, memos: list[Memo], projection: Projection) -> None:
        """Note the new places and shapes of mobjects whose points have changed."""
        if not memos:
            return
        mobjects = [memo.mobject for memo in memos]
        seen = self._seen(mobjects)
        units = projection.units(np.concatenate(seen))
        start = 0
        for memo, points, place in zip(memos, seen, trace(mobjects, seen, units, self.shelf), strict=True):
            memo.place, memo.origin = place, _unrounded(place, units[start])
            start += len(points)

    def _paint(self, memos: list[Memo], projection: Projection) -> None:
        """Note the new looks of mobjects that look different now."""
        for memo in memos:
            if memo.mobject.background_image:
                raise Unrecordable("a mobject coloured by an image")
            memo.look = self._styler.look(memo.mobject, memo.points, memo.known_as, projection, memo.origin)

    def _seen(self, mobjects: list[VMobject]) -> list[Points]:
        """Return mobjects' points as the camera transforms them before it draws."""
        camera = self.camera
        points = [mobject.points for mobject in mobjects]
        if not (self._flat or type(camera) is ThreeDCamera) or not np.isfinite(np.concatenate(points)).all():
            return [camera.transform_points_pre_display(each, each.points) for each in mobjects]
        if self._flat:
            return points
        assert isinstance(camera, ThreeDCamera)
        fixed = [
            each in camera.fixed_in_frame_mobjects or each in camera.fixed_orientation_mobjects for each in mobjects
        ]
        free = [own for own, holds in zip(points, fixed, strict=True) if not holds]
        ends = np.cumsum([len(own) for own in free])
        split = iter(np.split(camera.project_points(np.concatenate(free)), ends[:-1]) if free else ())
        return [
            camera.transform_points_pre_display(each, each.points) if holds else next(split)
            for each, holds in zip(mobjects, fixed, strict=True)
        ]


def _unrounded(place: Traced, first: Points) -> tuple[float, float]:
    """Return a mobject's place before rounding: its first point, or the place itself if that is another point."""
    _, x, y = place
    own = float(first[0]), float(first[1])
    return own if max(abs(own[0] - x), abs(own[1] - y)) < 1 else (float(x), float(y))
