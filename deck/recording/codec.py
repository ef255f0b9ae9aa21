"""
A recording's bytes, described here and nowhere else.

::

    "DECK" · version (1 byte) · length of the first stream (uint32, little-endian) · first stream · second stream

    first stream, in zlib's format (RFC 1950):
        length of the header (uint32, little-endian) · header (JSON, UTF-8) · the blocks up to ``exponents``

    second stream, the same, up to the end:
        all other blocks

The header lists the blocks under ``blocks`` as ``[name, type, count]``, in the order in which they follow; each starts
at a multiple of 4 bytes from the end of the header, which is padded with spaces, or from the second stream's start.
Types are little-endian: ``i2`` is int16, ``u4`` uint32. Numbers that change little from one to the next are stored as
differences, modulo the type's size:

==============  =======  =====================================================================================
``points``      int16    all outlines' points, x and y in turn, each less the one before it in its outline, the
                         first as it is
``subpaths``    uint32   twice the curves of each subpath, at least one, plus one if it is closed
``shapes``      uint32   for each shape how many subpaths it has; 4294967295 (2**32 - 1) stands for an image,
                         2147483648 + n (2**31 + n) for shape n of the library, which is an outline
``exponents``   uint8    for each shape, up to 16; 0 for an image and for a shape of the library
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

Recordings that travel together, as those of a page, may have outlines in common: a library is a recording of shapes
alone, and they name what they take from it. Nothing else is different in them, and so the first stream is all that has
to be written anew: see `deck.recording.sharing`. A recording by itself, like those in the store, has no library.

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
                a text is ``[text, left, top, right, bottom]``, and its type ``[size, missing font, role,
                link]``
==============  ==============================================================================================

Whole numbers of the header are up to 2**31 - 1, and so is the number of frames; the streams hold up to 2**30 bytes. No
value is changed so that it fits: what does not fit is refused, in writing and in reading. Equal recordings have equal
bytes. What the numbers mean is said in `deck.recording.timeline`, and what must hold
between them in `deck.recording.soundness`. A test compares the constants of the format here and in the player
(``deck/player/format.js``).
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from math import prod
from typing import Any

import numpy as np
from numpy.typing import DTypeLike, NDArray

from deck.errors import RecordingError
from deck.recording.header import (
    BLOCKS,
    HEAD_BLOCKS,
    IMAGE,
    SHARED,
    block_bytes,
    check_header,
    head_bytes,
    header_of,
    padded,
    reveal_from_json,
    reveal_to_json,
    style_from_json,
    style_to_json,
)
from deck.recording.soundness import check_blocks, check_segments, require
from deck.recording.streams import DAMAGED, MOST_BYTES, inflated, packed, refuse, streams
from deck.recording.timeline import COLUMNS, Image, Outline, Recording, Segment, Shape

__all__ = ["Blocks", "blocks_of", "decode", "differences", "encode", "exactly", "require_room", "type_of"]


def encode(recording: Recording) -> bytes:
    """
    Return a recording's bytes.

    Raises
    ------
    RecordingError
        If there is something in it that does not fit the format.
    """
    try:
        return packed(*_written(recording))
    except DAMAGED as error:
        message = f"what the slide shows cannot be kept: {error}"
        raise RecordingError(message, hint="show less of it, or in several slides") from error


def decode(data: bytes, library: Recording | None = None) -> Recording:
    """
    Return the recording that bytes stand for.

    Parameters
    ----------
    data
        The bytes.
    library
        What has the outlines that it shares with others; None for a recording by itself.

    Raises
    ------
    RecordingError
        If they are no recording, one of another version, damaged, or of another library.
    """
    try:
        first, second = streams(data)
        head = inflated(first, MOST_BYTES)
        return _read(head, inflated(second, MOST_BYTES - len(head)), library.shapes if library else ())
    except DAMAGED as error:
        refuse(error)


def _written(recording: Recording) -> tuple[bytes, bytes]:
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
    parts = [array.tobytes() for array in blocks.values()]
    head = head_bytes(header, parts[:HEAD_BLOCKS])
    rest = b"".join(map(block_bytes, parts[HEAD_BLOCKS:]))
    require_room(len(head) + len(rest))
    return head, rest


def _read(head: bytes, rest: bytes, library: Sequence[Shape]) -> Recording:
    start = 4 + int.from_bytes(head[:4], "little")
    header = header_of(head[4:start])
    table = header["blocks"]
    blocks = _blocks_in(table[:HEAD_BLOCKS], head, start) | _blocks_in(table[HEAD_BLOCKS:], rest, 0)
    check_blocks(header, blocks, len(library))
    styles = tuple(map(style_from_json, header["styles"]))
    segments = tuple(_segments(header["segments"], blocks))
    check_segments(segments, blocks["shapes"], styles)
    return Recording(
        width=header["width"],
        height=header["height"],
        frame_rate=header["frame_rate"],
        background=header["background"],
        pictures=tuple(_pictures(header["pictures"], blocks["pixels"])),
        shapes=tuple(_shapes(header["images"], blocks, library)),
        styles=styles,
        segments=segments,
        reveals=tuple(map(reveal_from_json, header["reveals"])),
        film=blocks["film"].tobytes(),
    )


def _blocks_in(table: Sequence[Sequence[Any]], body: bytes, start: int) -> Blocks:
    """Return the blocks that a table lists; the last of them must end where the stream's body does."""
    blocks = {}
    for name, _, count in table:
        array = blocks[name] = np.frombuffer(body, type_of(name), count, start)
        start += padded(array.nbytes)
    require(start == len(body), "the blocks end elsewhere")
    return blocks


def _shapes(images: Sequence[Sequence[Any]], blocks: Blocks, library: Sequence[Shape]) -> Iterator[Shape]:
    subpaths, corners = blocks["subpaths"], blocks["corners"].reshape(-1, 4, 2)
    ends = _ends(blocks["shapes"], subpaths)
    points = _sums(blocks["points"].reshape(-1, 2), ends)
    image, subpath, point = 0, 0, 0
    for count, exponent, end in zip(
        blocks["shapes"].tolist(), blocks["exponents"].tolist(), ends.tolist(), strict=True
    ):
        if count == IMAGE:
            picture, kernel = images[image]
            yield Image(picture, corners[image], kernel)
            image += 1
        elif count >= SHARED:
            shared = library[count - SHARED]
            require(isinstance(shared, Outline), "what the library has there is no outline")
            yield shared
        else:
            before, point, subpath = point, end, subpath + count
            yield Outline(points[before:point], subpaths[subpath - count : subpath], exponent)


def _ends(shapes: NDArray[Any], subpaths: NDArray[Any]) -> NDArray[np.int64]:
    """Return for each shape where its points end; those that have none end where the shape before does."""
    counts = np.where(shapes < SHARED, shapes, 0).astype(np.int64)
    ends = np.concatenate([[0], np.cumsum(3 * (subpaths >> 1).astype(np.int64) + 1)])
    where: NDArray[np.int64] = ends[np.cumsum(counts)]
    return where


def _sums(steps: NDArray[Any], ends: NDArray[np.int64]) -> NDArray[np.int16]:
    """Return points, (N, 2), from their differences within each outline."""
    sums = np.cumsum(np.concatenate([np.zeros_like(steps[:1], shape=(1, 2)), steps]), axis=0, dtype=np.int16)
    starts = np.concatenate([[0], ends[:-1]])[: len(ends)]
    points: NDArray[np.int16] = sums[1:] - np.repeat(sums[starts], ends - starts, axis=0)
    return points


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
        "points": _steps(points, [len(outline.points) for outline in outlines]),
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


def _steps(points: NDArray[np.int16], lengths: Sequence[int]) -> NDArray[np.int16]:
    """Return points, (N, 2), as differences within each outline, of which there are so many of these lengths."""
    steps = differences(points, axis=0)
    starts = np.cumsum([0, *lengths])[:-1][np.array(lengths, bool)]
    steps[starts] = points[starts]
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
