"""
What must hold between a recording's numbers.

Code that draws relies on it: each index names something, each outline has its points, and every clip that begins ends.
It is checked when a recording is written and when one is read, and the player checks the same
(``deck/player/soundness.js``).
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

import numpy as np
from numpy.typing import NDArray

from deck.recording.header import IMAGE, SHARED
from deck.recording.parts import FULL, Style
from deck.recording.timeline import COLUMNS, Segment

__all__ = ["check_blocks", "check_segments", "require"]

MOST_EXPONENT = 16

CLIPS = {"": 0, "start": 1, "end": -1}
SHAPE, STYLE = COLUMNS.index("shape"), COLUMNS.index("style")
OPACITIES = COLUMNS.index("fill"), COLUMNS.index("stroke")


def require(holds: bool, otherwise: str) -> None:  # noqa: FBT001 - it reads like an assertion
    """
    Check a condition.

    Raises
    ------
    ValueError
        If it does not hold; its text is ``otherwise``.
    """
    if not holds:
        raise ValueError(otherwise)


def check_blocks(header: Mapping[str, Any], blocks: Mapping[str, NDArray[Any]], library: int = 0) -> None:
    """
    See whether blocks have as many numbers as the header and the other blocks say.

    Parameters
    ----------
    header, blocks
        As `deck.recording.codec` has them; the header has passed `check_header`.
    library
        How many shapes the library has.

    Raises
    ------
    ValueError
        If not.
    """
    shapes, subpaths, exponents = blocks["shapes"], blocks["subpaths"], blocks["exponents"]
    images, own = shapes == IMAGE, shapes < SHARED
    curves = subpaths >> 1
    require(len(exponents) == len(shapes), "shapes without exponents")
    require(not exponents[~own].any() and not (exponents > MOST_EXPONENT).any(), "an exponent is too large")
    require(int(images.sum()) == len(header["images"]), "images without pictures")
    require(not (shapes[~own & ~images] >= SHARED + library).any(), "an outline that the library does not have")
    require(int(shapes[own].sum(dtype=np.int64)) == len(subpaths), "outlines without their subpaths")
    require(bool(curves.all()), "a subpath has no curves")
    require(blocks["points"].size == 2 * (3 * int(curves.sum(dtype=np.int64)) + len(subpaths)), "curves without points")
    require(blocks["corners"].size == 8 * len(header["images"]), "images without corners")
    pixels = sum(4 * height * width for height, width in header["pictures"])
    require(blocks["pixels"].size == pixels, "pictures without their pixels")
    columns, segments = len(COLUMNS), header["segments"]
    require(blocks["items"].size == columns * sum(items for _, items, _ in segments), "segments without their items")
    require(blocks["moving"].size == sum(moving for *_, moving in segments), "segments without what moves")
    tracks = columns * sum(frames * moving for frames, _, moving in segments)
    require(blocks["tracks"].size == tracks, "segments without their tracks")


def check_segments(segments: Sequence[Segment], shapes: NDArray[Any], styles: Sequence[Style]) -> None:
    """
    See whether all items are of shapes and styles that are there, and clips go in pairs.

    Parameters
    ----------
    segments
        Of one recording.
    shapes
        The block of that name.
    styles
        The recording's.

    Raises
    ------
    ValueError
        If not.
    """
    for column, limit in ((SHAPE, len(shapes)), (STYLE, len(styles)), *((each, FULL + 1) for each in OPACITIES)):
        values = [part.ravel() for segment in segments for part in (segment.items[column], segment.tracks[column])]
        _require_below(np.concatenate(values) if values else np.zeros(0, np.int32), limit, COLUMNS[column])
    for segment in segments:
        _require_below(segment.moving, segment.items.shape[1], "item that moves")
        require(bool((segment.moving[1:] > segment.moving[:-1]).all()), "what moves is out of order")
    edges = np.array([CLIPS[style.clip] for style in styles], np.int8)
    if edges.any():
        for segment in segments:
            _check_clips(segment, shapes != IMAGE, edges)


def _require_below(values: NDArray[Any], limit: int, name: str) -> None:
    if values.size:
        low, high = int(values.min()), int(values.max())
        require(low >= 0 and high < limit, f"there is no {name} {low if low < 0 else high}")


def _check_clips(segment: Segment, outlines: NDArray[np.bool_], edges: NDArray[np.int8]) -> None:
    """Check that in each frame clips start and end in turn; the style of an image does not count."""
    first = edges[segment.items[STYLE]] * outlines[segment.items[SHAPE]]
    _require_pairs(first)
    tracks = edges[segment.tracks[STYLE]] * outlines[segment.tracks[SHAPE]]
    if (tracks != first[segment.moving, None]).any():
        for frame in tracks.T:
            now = first.copy()
            now[segment.moving] = frame
            _require_pairs(now)


def _require_pairs(edges: NDArray[np.int8]) -> None:
    depths = np.cumsum(edges, dtype=np.int64)
    paired = not len(depths) or (depths.min() >= 0 and depths.max() <= 1 and depths[-1] == 0)
    require(bool(paired), "clips do not start and end in turn")
