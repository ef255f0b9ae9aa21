"""Vector mobjects' points as outlines of a recording."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING, Any

import numpy as np
from numpy.typing import NDArray

from deck.capture.cropping import cropped
from deck.capture.projection import FARTHEST
from deck.recording.shelf import Shelf, shrunk
from deck.recording.timeline import Outline

if TYPE_CHECKING:
    from manim import VMobject

__all__ = ["Traced", "polygon", "trace"]

REACH = 2**30
FAR = 2**16
"""An outline that reaches further from its place, in units, is cropped: else it would be rounded to quarter pixels."""

Traced = tuple[int, int, int]
"""The place of an outline among the shapes, and its own x and y."""


def trace(
    mobjects: list[VMobject], seen: list[NDArray[np.float64]], units: NDArray[np.float64], shelf: Shelf
) -> list[Traced]:
    """
    Put mobjects' outlines on the shelf; all points are rounded at once.

    Parameters
    ----------
    mobjects
        Vector mobjects, each of which knows where its subpaths end and whether they are closed.
    seen
        The points of each as the camera sees them, (N, 2 or 3), four for each curve.
    units
        (sum of N, 2), the same on the grid.
    shelf
        Where the outlines go.
    """
    counts = np.array([len(points) for points in seen])
    ends = np.cumsum(counts)
    starts = ends - counts
    first = np.clip(units[starts], -FARTHEST, FARTHEST)
    # The unrounded first point is taken out, so that moving a mobject changes no bit of what is left.
    relative = np.rint(np.clip(units - np.repeat(first, counts, axis=0), -REACH, REACH)).astype(np.int32)
    raw = relative.tobytes()
    places = np.rint(first).astype(int).tolist()
    traced = []
    some_far = bool((np.abs(relative) > FAR).any())
    for mobject, points, (x, y), start, end in zip(mobjects, seen, places, starts.tolist(), ends.tolist(), strict=True):
        if some_far and (np.abs(relative[start:end]) > FAR).any():
            traced.append((_cropped(mobject, points, units[start:end], shelf), 0, 0))
            continue
        key = raw[start * 8 : end * 8]
        shape = shelf.known(key)
        if shape is None:
            shape = shelf.add(key, outline(mobject, points, relative[start:end]))
        traced.append((shape, x, y))
    return traced


def outline(mobject: VMobject, points: NDArray[np.float64], relative: NDArray[np.int32]) -> Outline:
    """
    Return the outline of a vector mobject.

    Parameters
    ----------
    mobject
        It knows where its subpaths end and whether they are closed.
    points
        (N, 2 or 3), as the camera sees them.
    relative
        (N, 2), the same in units, less the first and rounded.
    """
    return _outline([(relative[own], closed) for own, closed in _subpaths(mobject, points)])


def _cropped(mobject: VMobject, points: NDArray[np.float64], units: NDArray[np.float64], shelf: Shelf) -> int:
    """Put on the shelf the outline of a mobject that reaches far out of the frame; its place is the frame's centre."""
    key = ("cropped", units.tobytes())
    shape = shelf.known(key)
    if shape is None:
        subpaths = [(np.rint(cropped(units[own])), closed) for own, closed in _subpaths(mobject, points)]
        shape = shelf.add(key, _outline(subpaths))
    return shape


def _subpaths(mobject: VMobject, points: NDArray[np.float64]) -> Iterator[tuple[NDArray[np.intp], bool]]:
    """Yield for each subpath the places of its points, (curves, 4), and whether it is closed."""
    for start, end in mobject.get_subpath_split_indices_from_points(points, n_dims=2).tolist():
        curves = (end - start) // 4
        if curves:
            places = np.arange(start, start + 4 * curves).reshape(curves, 4)
            yield places, bool(mobject.consider_points_equals_2d(points[start], points[end - 1]))


def _outline(subpaths: list[tuple[NDArray[Any], bool]]) -> Outline:
    """Return an outline of subpaths, each (curves, 4, 2) and whether it is closed."""
    kept = [part for curves, _ in subpaths for part in (curves[:1, 0], curves[:, 1:].reshape(-1, 2))]
    lengths = [2 * len(curves) + closed for curves, closed in subpaths]
    short, exponent = shrunk(np.concatenate(kept) if kept else np.zeros((0, 2)))
    return Outline(short, np.array(lengths, np.uint32), exponent)


def polygon(corners: NDArray[np.float64], shelf: Shelf) -> Traced:
    """Put the closed polygon through corners, (N, 2) in units, on the shelf."""
    first = np.rint(np.clip(corners[0], -FARTHEST, FARTHEST))
    relative = np.rint(corners - first).astype(np.int32)
    key = ("polygon", relative.tobytes())
    shape = shelf.known(key)
    if shape is None:
        around = np.vstack([relative, relative[:1]])
        edges = np.stack([around[:-1], around[1:], around[1:]], axis=1).reshape(-1, 2)
        straight = np.vstack([relative[:1], edges])
        points, exponent = shrunk(straight)
        shape = shelf.add(key, Outline(points, np.array([2 * len(corners) + 1], np.uint32), exponent))
    return shape, int(first[0]), int(first[1])
