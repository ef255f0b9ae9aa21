"""
A recording's bytes, described here and nowhere else.

::

    "DECK" · version (1 byte) · the rest, up to the end, in zlib's format (RFC 1950):
        length of the header (uint32, little-endian) · header (JSON, UTF-8) · blocks

The header lists the blocks under ``blocks`` as ``[name, type, count]``, in the order in which they follow; each starts
at a multiple of 4 bytes from the end of the header, which is padded with spaces. Types are little-endian: ``i2`` is
int16, ``u4`` uint32. Numbers that change little from one to the next are stored as differences, modulo the type's size:

==============  =======  =====================================================================================
``points``      int16    all outlines' points, x and y in turn, each less the point before, the first less (0, 0)
``subpaths``    uint32   twice the curves of each subpath, at least one, plus one if it is closed
``shapes``      uint32   for each shape how many subpaths it has; 4294967295 (2**32 - 1) stands for an image
``exponents``   uint8    for each shape, up to 16; 0 for an image
``items``       int32    for each segment the values of its items, a row for each of `COLUMNS`, each value less the one
                         before in its row
``moving``      uint32   for each segment which items change, each less the one before
``tracks``      int32    for each segment, row and moving item: its value in all frames, each less the one in the
                         frame before, the first less the value in ``items``
``corners``     int32    for each image four points, x and y in turn: upper left and right, lower left and right
``pixels``      uint8    for each picture its pixels, row by row: red, green, blue, alpha, not premultiplied
``film``        uint8    an MP4 file of all frames, if the slide is filmed; then its segments have no items. Empty for
                         all other slides
==============  =======  =====================================================================================

Outlines and images take their data from the blocks in the order in which they occur in ``shapes``: an outline takes as
many subpaths as stands there, and 3 n + 1 points for a subpath of n curves; an image takes the next four corners.

The header's other keys are the fields of `Recording`:

==============  ==============================================================================================
``width``       1920
``height``      from 120 to 7680
``frame_rate``  up to 1000
``background``  ``"#RRGGBB"``
``styles``      ``[fill, stroke, behind, width, behind_width, join, cap, clip]`` of each, where a paint is null or
                ``[colors, line]``: ``[red, green, blue, alpha]`` of each stop, and ``[x1, y1, x2, y2]`` or, for
                one colour, ``[]``; the names of joins, caps and clips are those of `Style`
``segments``    ``[frames, items, moving]`` of each: how many it has, at least one frame
``images``      ``[picture, kernel]`` of each shape that is an image
``pictures``    ``[height, width]`` of each
``reveals``     ``{id, title, description, first, last, loop, comment, texts, type}`` of each, in their order, where
                a text is ``[text, left, top, right, bottom]``, and its type ``[size, missing font]``
==============  ==============================================================================================

Whole numbers of the header are up to 2**31 - 1, and so is the number of frames; the blocks and the header take up to
2**30 bytes. No value is changed so that it fits: what does not fit is refused, in writing and in reading.
Equal recordings have equal bytes. What the numbers mean is said in `deck.recording.timeline`, and what must hold
between them in `deck.recording.soundness`. A test compares the constants of the format here and in the player
(``deck/player/format.js``).
"""

from __future__ import annotations

import json
import zlib
from collections.abc import Iterable, Iterator, Sequence
from math import prod
from typing import Any

import numpy as np
from numpy.typing import DTypeLike, NDArray

from deck.errors import RecordingError
from deck.recording.header import (
    BLOCKS,
    DAMAGED,
    MAGIC,
    MOST_BYTES,
    VERSION,
    body_of,
    check_header,
    header_of,
    reveal_from_json,
    reveal_to_json,
    style_from_json,
    style_to_json,
)
from deck.recording.soundness import IMAGE, check_blocks, check_segments, require
from deck.recording.timeline import COLUMNS, Image, Outline, Recording, Segment, Shape

__all__ = ["Blocks", "blocks_of", "decode", "differences", "encode", "exactly", "require_room", "type_of"]

COMPRESSION = 6


def encode(recording: Recording) -> bytes:
    """
    Return a recording's bytes.

    Raises
    ------
    RecordingError
        If there is something in it that does not fit the format.
    """
    try:
        body = _written(recording)
    except DAMAGED as error:
        message = f"what the slide shows cannot be kept: {error}"
        raise RecordingError(message, hint="show less of it, or in several slides") from error
    return MAGIC + bytes([VERSION]) + zlib.compress(body, COMPRESSION)


def decode(data: bytes) -> Recording:
    """
    Return the recording that bytes stand for.

    Raises
    ------
    RecordingError
        If they are no recording, one of another version, or damaged.
    """
    body = body_of(data)
    try:
        return _read(body)
    except DAMAGED as error:
        raise RecordingError("the recording is damaged", hint="empty the store with `deck clean`") from error


def _written(recording: Recording) -> bytes:
    blocks = blocks_of(recording)
    header = {
        "width": recording.width,
        "height": recording.height,
        "frame_rate": recording.frame_rate,
        "background": recording.background,
        "styles": [style_to_json(style) for style in recording.styles],
        "segments": [[segment.frames, segment.items.shape[1], len(segment.moving)] for segment in recording.segments],
        "images": [[shape.picture, shape.kernel] for shape in recording.shapes if isinstance(shape, Image)],
        "pictures": [list(picture.shape[:2]) for picture in recording.pictures],
        "reveals": [reveal_to_json(reveal) for reveal in recording.reveals],
        "blocks": [[name, BLOCKS[name], array.size] for name, array in blocks.items()],
    }
    check_header(header)
    check_blocks(header, blocks)
    check_segments(recording.segments, blocks["shapes"], recording.styles)
    text = json.dumps(header, ensure_ascii=False, allow_nan=False, separators=(",", ":")).encode()
    text += b" " * (-len(text) % 4)
    parts = [array.tobytes().ljust(_padded(array.nbytes), b"\0") for array in blocks.values()]
    body = b"".join([len(text).to_bytes(4, "little"), text, *parts])
    require_room(len(body))
    return body


def _padded(size: int) -> int:
    return size + -size % 4


def _read(body: bytes) -> Recording:
    start = 4 + int.from_bytes(body[:4], "little")
    header = header_of(body[4:start])
    blocks = _blocks_in(header["blocks"], body, start)
    check_blocks(header, blocks)
    styles = tuple(map(style_from_json, header["styles"]))
    segments = tuple(_segments(header["segments"], blocks))
    check_segments(segments, blocks["shapes"], styles)
    return Recording(
        width=header["width"],
        height=header["height"],
        frame_rate=header["frame_rate"],
        background=header["background"],
        pictures=tuple(_pictures(header["pictures"], blocks["pixels"])),
        shapes=tuple(_shapes(header["images"], blocks)),
        styles=styles,
        segments=segments,
        reveals=tuple(map(reveal_from_json, header["reveals"])),
        film=blocks["film"].tobytes(),
    )


def _blocks_in(table: Sequence[Sequence[Any]], body: bytes, start: int) -> Blocks:
    """Return the blocks that a table lists; the last of them must end where the body does."""
    blocks = {}
    for name, _, count in table:
        array = blocks[name] = np.frombuffer(body, type_of(name), count, start)
        start += _padded(array.nbytes)
    require(start == len(body), "the blocks end elsewhere")
    return blocks


def _shapes(images: Sequence[Sequence[Any]], blocks: Blocks) -> Iterator[Shape]:
    points = np.cumsum(blocks["points"].reshape(-1, 2), axis=0, dtype=np.int16)
    subpaths, corners = blocks["subpaths"], blocks["corners"].reshape(-1, 4, 2)
    ends = np.cumsum(3 * (subpaths >> 1).astype(np.int64) + 1)
    image, subpath, point = 0, 0, 0
    for count, exponent in zip(blocks["shapes"].tolist(), blocks["exponents"].tolist(), strict=True):
        if count == IMAGE:
            picture, kernel = images[image]
            yield Image(picture, corners[image], kernel)
            image += 1
        else:
            before, point, subpath = point, int(ends[subpath + count - 1]) if count else point, subpath + count
            yield Outline(points[before:point], subpaths[subpath - count : subpath], exponent)


def _pictures(sizes: Iterable[Sequence[int]], pixels: NDArray[np.uint8]) -> Iterator[NDArray[np.uint8]]:
    start = 0
    for height, width in sizes:
        size = height * width * 4
        yield pixels[start : start + size].reshape(height, width, 4)
        start += size


def _segments(table: Iterable[Sequence[int]], blocks: Blocks) -> Iterator[Segment]:
    places = dict.fromkeys(("items", "moving", "tracks"), 0)

    def take(name: str, *shape: int) -> NDArray[Any]:
        start = places[name]
        places[name] += prod(shape)
        return blocks[name][start : places[name]].reshape(shape)

    for frames, count, moving in table:
        items = np.cumsum(take("items", len(COLUMNS), count), axis=1, dtype=np.int32)
        which = np.cumsum(take("moving", moving), dtype=np.uint32)
        steps = take("tracks", len(COLUMNS), moving, frames)
        tracks = np.cumsum(steps, axis=2, dtype=np.int32) + items[:, which, None]
        yield Segment(frames=frames, items=items, moving=which, tracks=tracks)


Blocks = dict[str, NDArray[Any]]


def blocks_of(recording: Recording) -> Blocks:
    """
    Return the blocks of a recording.

    Raises
    ------
    ValueError
        If there is something in it that does not fit them.
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
    Check that a recording of ``size`` bytes is not too large.

    Raises
    ------
    ValueError
        If it is.
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
        If the type cannot hold one of them.
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
    """Return arrays one after the other, with as many dimensions as ``empty``, the shape if there are none."""
    if not arrays:
        return np.zeros(empty, np.uint8)
    return np.concatenate([array.reshape(-1, *empty[1:]) for array in arrays])
