"""What a recording's bytes have of its numbers, block by block: see `deck.recording.codec`."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import numpy as np
from numpy.typing import DTypeLike, NDArray

from deck.recording.envelope import MOST_BYTES
from deck.recording.facts import BLOCKS
from deck.recording.soundness import IMAGE, require
from deck.recording.timeline import COLUMNS, Image, Outline, Recording, Segment, Shape

__all__ = ["Blocks", "blocks_of", "differences", "exactly", "require_room", "type_of"]

Blocks = dict[str, NDArray[Any]]


def blocks_of(recording: Recording) -> Blocks:
    """
    Return the blocks of a recording.

    Raises
    ------
    ValueError
        If there is something that they cannot say.
    """
    most = [array.nbytes for each in recording.segments for array in (each.items, each.tracks)]
    size = sum(most) + sum(picture.nbytes for picture in recording.pictures) + len(recording.film)
    require_room(size)
    outlines = [shape for shape in recording.shapes if isinstance(shape, Outline)]
    for outline in outlines:
        require(len(outline.points) == _points(outline.subpaths), "an outline has points that are no curve's")
    for segment in recording.segments:
        moving = len(segment.moving)
        require(
            segment.items.ndim == 2
            and len(segment.items) == len(COLUMNS)
            and segment.tracks.shape == (len(COLUMNS), moving, segment.frames),
            "a segment has items of another form",
        )
    for picture in recording.pictures:
        require(picture.ndim == 3 and picture.shape[2] == 4, "a picture has other channels than four")
    corners = [shape.corners for shape in recording.shapes if isinstance(shape, Image)]
    points = exactly(_join([outline.points for outline in outlines], (0, 2)), "i2")
    exponents = [shape.exponent if isinstance(shape, Outline) else 0 for shape in recording.shapes]
    blocks = {
        "points": differences(points, axis=0),
        "subpaths": exactly(_join([outline.subpaths for outline in outlines]), "u4"),
        "shapes": exactly(np.array([_subpaths(shape) for shape in recording.shapes], np.int64), "u4"),
        "exponents": exactly(np.array(exponents, np.int64), "u1"),
        "items": _join([differences(exactly(segment.items, "i4"), axis=1) for segment in recording.segments]),
        "moving": _join([differences(exactly(segment.moving, "u4"), axis=0) for segment in recording.segments]),
        "tracks": _join([_track_steps(segment) for segment in recording.segments]),
        "corners": exactly(_join(corners), "i4"),
        "pixels": exactly(_join(recording.pictures), "u1"),
        "film": np.frombuffer(recording.film, np.uint8),
    }
    return {name: np.ascontiguousarray(array).astype(type_of(name), copy=False) for name, array in blocks.items()}


def require_room(size: int) -> None:
    """
    See that so many bytes are not too many.

    Raises
    ------
    ValueError
        If they are.
    """
    require(size <= MOST_BYTES, f"it takes {size // 10**6} MB, and there is room for {MOST_BYTES // 10**6}")


def type_of(block: str) -> np.dtype[Any]:
    """Return the type of a block's numbers."""
    return np.dtype(BLOCKS[block]).newbyteorder("<")


def exactly(values: NDArray[Any], kind: DTypeLike) -> NDArray[Any]:
    """
    Return values as a type of whole numbers.

    Raises
    ------
    ValueError
        If one of them would become another.
    """
    limits = np.iinfo(kind)
    if values.size and values.dtype != kind:
        require(values.dtype.kind in "iu", "a number is not whole")
        low, high = int(values.min()), int(values.max())
        require(limits.min <= low and high <= limits.max, f"{low if low < limits.min else high} is too large a number")
    return values.astype(kind, copy=False)


def differences(values: NDArray[Any], axis: int) -> NDArray[Any]:
    """Return each value less the one before it along an axis, the first less 0, modulo their type's size."""
    steps = values.copy()
    later, earlier = [slice(None)] * values.ndim, [slice(None)] * values.ndim
    later[axis], earlier[axis] = slice(1, None), slice(None, -1)
    steps[tuple(later)] -= values[tuple(earlier)]
    return steps


def _track_steps(segment: Segment) -> NDArray[Any]:
    steps = differences(exactly(segment.tracks, "i4"), axis=2)
    steps[:, :, 0] -= exactly(segment.items, "i4")[:, segment.moving]
    return steps


def _subpaths(shape: Shape) -> int:
    return IMAGE if isinstance(shape, Image) else len(shape.subpaths)


def _points(subpaths: NDArray[Any]) -> int:
    """Return how many points an outline of these subpaths has."""
    return 3 * int((subpaths >> 1).sum(dtype=np.int64)) + len(subpaths)


def _join(arrays: Sequence[NDArray[Any]], empty: tuple[int, ...] = (0,)) -> NDArray[Any]:
    """Return arrays one after the other; flat, unless an empty one would have more dimensions."""
    if not arrays:
        return np.zeros(empty, np.uint8)
    return np.concatenate([array.reshape(-1, *empty[1:]) for array in arrays])
