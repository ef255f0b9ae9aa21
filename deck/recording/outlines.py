"""Mobjects' points and pixels as items of a recording."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial
from typing import TYPE_CHECKING, Any

import numpy as np
from manim.camera.camera import Camera
from manim.camera.three_d_camera import ThreeDCamera
from numpy.typing import NDArray
from PIL.Image import Resampling

from deck.recording.shelf import Shelf, shrunk
from deck.recording.timeline import GRID_WIDTH, OPAQUE, UNITS, Image, Outline

if TYPE_CHECKING:
    from manim import VMobject
    from manim.mobject.types.image_mobject import AbstractImageMobject

    from deck.recording.strokes import Styler

__all__ = ["Projection", "image_items", "outline_items"]

FARTHEST = 30000


class Projection:
    """From manim's space to units on the grid, as a camera sees it at one moment."""

    def __init__(self, camera: Camera) -> None:
        self.camera = camera
        self.center = np.asarray(camera.frame_center, dtype=np.float64)[:2]
        self.scale = GRID_WIDTH * UNITS / camera.frame_width
        self.flat = not isinstance(camera, ThreeDCamera)

    def points(self, mobject: Any, points: NDArray[np.float64]) -> NDArray[np.float64]:
        """Return points, (N, 3), as the camera puts them before it draws: (N, 2) in units."""
        seen = self.camera.transform_points_pre_display(mobject, points)
        return self.flatten(seen)

    def flatten(self, points: NDArray[np.float64]) -> NDArray[np.float64]:
        """Return points in front of the camera, (N, 3), in units: (N, 2), y down."""
        flat = (points[:, :2] - self.center) * self.scale
        flat[:, 1] *= -1
        return flat


def outline_items(
    mobjects: Sequence[VMobject], projection: Projection, shelf: Shelf, styler: Styler
) -> NDArray[np.int32]:
    """Return the items of vector mobjects, (N, 6); all points are projected and rounded at once."""
    if projection.flat:
        units = projection.flatten(np.concatenate([mobject.points for mobject in mobjects]))
    else:
        units = np.concatenate([projection.points(mobject, mobject.points) for mobject in mobjects])
    counts = np.array([len(mobject.points) for mobject in mobjects])
    ends = np.cumsum(counts)
    starts = ends - counts
    places = np.rint(np.clip(units[starts], -FARTHEST, FARTHEST))
    # The unrounded first point is taken out, so that moving a mobject changes no bit of what is left.
    relative = units - np.repeat(np.clip(units[starts], -FARTHEST, FARTHEST), counts, axis=0)
    data = np.rint(relative).astype(np.int32)
    raw = data.tobytes()
    rows = np.empty((len(mobjects), 6), np.int32)
    rows[:, 2:4] = places
    for index, (mobject, start, end) in enumerate(zip(mobjects, starts.tolist(), ends.tolist(), strict=True)):
        make = partial(outline, mobject, units[start:end], data[start:end])
        rows[index, 0] = shelf.shape(raw[start * 8 : end * 8], make)
        rows[index, 1], rows[index, 4], rows[index, 5] = styler.style(mobject, projection, units[start])
    return rows


def outline(mobject: VMobject, units: NDArray[np.float64], relative: NDArray[np.int32]) -> Outline:
    """
    Return the outline of a vector mobject.

    Parameters
    ----------
    mobject
        Whose rule tells where a subpath ends and whether it is closed.
    units
        (N, 2), its points, four for each curve.
    relative
        (N, 2), the same, less the first and rounded.
    """
    lengths, kept = [], []
    for start, end in mobject.get_subpath_split_indices_from_points(units, n_dims=2).tolist():
        curves = (end - start) // 4
        if curves:
            closed = mobject.consider_points_equals_2d(units[start], units[end - 1])
            lengths.append(2 * curves + closed)
            own = relative[start : start + 4 * curves].reshape(curves, 4, 2)
            kept += [own[:1, 0], own[:, 1:].reshape(-1, 2)]
    points, exponent = shrunk(np.concatenate(kept) if kept else np.zeros((0, 2)))
    return Outline(points, np.array(lengths, np.uint16), exponent)


def image_items(mobject: AbstractImageMobject, projection: Projection, shelf: Shelf) -> tuple[int, ...]:
    """Return an image's item; a uniform fading of its alpha becomes the item's opacity."""
    pixels = np.asarray(mobject.get_pixel_array())
    units = projection.points(mobject, mobject.points)
    place = np.clip(units[0], -FARTHEST, FARTHEST)
    corners, exponent = shrunk(units[:4] - place)
    alpha = pixels[..., 3]
    opacity = int(alpha.max(initial=0))
    original = getattr(mobject, "orig_alpha_pixel_array", alpha)
    whole = int(original.max(initial=0))
    if np.abs(alpha - original * (opacity / max(whole, 1))).max(initial=0) <= 1:
        pixels = pixels.copy()
        pixels[..., 3] = original
    else:
        whole = opacity
    smooth = mobject.resampling_algorithm not in {Resampling.NEAREST, Resampling.BOX}
    picture = shelf.picture(pixels.astype(np.uint8))
    shape = shelf.shape(
        (picture, corners.tobytes(), exponent, smooth), lambda: Image(picture, corners, smooth, exponent)
    )
    return (shape, 0, *np.rint(place).astype(int), round(OPAQUE * opacity / max(whole, 1)), 0)
