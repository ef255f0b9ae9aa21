"""
A recording's bytes.

::

    "DECK" · version (1 byte) · the rest in zlib's format (RFC 1950):
        length of the header (uint32, little-endian) · header (JSON, UTF-8) · blocks

The header lists the blocks under ``blocks`` as ``[name, type, count]``, in the order in which they follow; each starts
at a multiple of 4 bytes from the end of the header, which is padded with spaces. Types are little-endian. Numbers that
change little from one to the next are stored as differences, modulo the type's size:

==============  =======  =====================================================================================
``points``      int16    all outlines' points, x and y in turn, each less the point before, from (0, 0) on
``subpaths``    uint16   twice the curves of each subpath, plus one if it is closed
``shapes``      uint16   for each shape how many subpaths it has; 65535 stands for an image
``exponents``   uint8    for each shape; 0 for an image
``items``       int32    for each segment, row by row of its items: the values, each less the one before in its row
``moving``      uint32   for each segment which items change, each less the one before
``tracks``      int32    for each segment, row and moving item: its value in all frames, each less the one in the
                         frame before, the first less the value in ``items``
``corners``     int32    for each image four points, x and y in turn
``pixels``      uint8    for each image its pixels, row by row
``film``        uint8    an MP4 file of all frames, for a slide that has no items; usually empty
==============  =======  =====================================================================================

Outlines and images take what is theirs from the blocks in the order in which they occur in ``shapes``: an outline as
many subpaths, and for a subpath of n curves 3 n + 1 points; an image the next four corners.

The header's other keys are the fields of `Recording`:

============  ================================================================================================
``styles``    ``[fill, stroke, behind, width, behind_width, join, cap, clip]`` of each, where a paint is null or
              ``[colors, line]``: ``[red, green, blue, alpha]`` of each stop, and ``[x1, y1, x2, y2]`` or ``[]``
``segments``  ``[frames, items, moving]`` of each: how many it has
``images``    ``[picture, kernel]`` of each shape that is one
``pictures``  ``[height, width]`` of each
``reveals``   ``{id, title, description, first, last, loop, comment, texts, type}``, where a text is ``[text, left,
              top, right, bottom]``, and its type ``[size, missing font]``
============  ================================================================================================

Equal recordings have equal bytes. What the numbers mean is said in `deck.recording.timeline`.
"""

from __future__ import annotations

import json
import zlib
from collections.abc import Iterable, Iterator, Sequence
from typing import Any

import numpy as np
from numpy.typing import NDArray

from deck.errors import RecordingError
from deck.recording.envelope import MAGIC, VERSION, body_of
from deck.recording.facts import reveal_from_json, reveal_to_json, style_from_json, style_to_json
from deck.recording.timeline import COLUMNS, Image, Outline, Recording, Segment, Shape

__all__ = ["decode", "encode"]

IMAGE = 65535
COMPRESSION = 6
TYPES = {
    "points": "<i2",
    "subpaths": "<u2",
    "shapes": "<u2",
    "exponents": "u1",
    "items": "<i4",
    "moving": "<u4",
    "tracks": "<i4",
    "corners": "<i4",
    "pixels": "u1",
    "film": "u1",
}


def encode(recording: Recording) -> bytes:
    """Return a recording's bytes."""
    outlines = [shape for shape in recording.shapes if isinstance(shape, Outline)]
    images = [shape for shape in recording.shapes if isinstance(shape, Image)]
    segments = recording.segments
    blocks = {
        "points": differences(_join([outline.points.astype(np.int64) for outline in outlines], (0, 2)), axis=0),
        "subpaths": _join([outline.subpaths for outline in outlines], (0,)),
        "shapes": np.array([_subpaths(shape) for shape in recording.shapes]),
        "exponents": np.array([getattr(shape, "exponent", 0) for shape in recording.shapes]),
        "items": _join([differences(segment.items, axis=1).ravel() for segment in segments], (0,)),
        "moving": _join([differences(segment.moving.astype(np.int64), axis=0) for segment in segments], (0,)),
        "tracks": _join([_track_steps(segment).ravel() for segment in segments], (0,)),
        "corners": _join([image.corners for image in images], (0, 2)),
        "pixels": _join([picture.ravel() for picture in recording.pictures], (0,)),
        "film": np.frombuffer(recording.film, np.uint8),
    }
    arrays = {name: np.ascontiguousarray(array).astype(TYPES[name]) for name, array in blocks.items()}
    header = {
        "width": recording.width,
        "height": recording.height,
        "frame_rate": recording.frame_rate,
        "background": recording.background,
        "styles": [style_to_json(style) for style in recording.styles],
        "segments": [[segment.frames, segment.items.shape[1], len(segment.moving)] for segment in segments],
        "images": [[image.picture, image.kernel] for image in images],
        "pictures": [list(picture.shape[:2]) for picture in recording.pictures],
        "reveals": [reveal_to_json(reveal) for reveal in recording.reveals],
        "blocks": [[name, TYPES[name].lstrip("<"), array.size] for name, array in arrays.items()],
    }
    text = json.dumps(header, ensure_ascii=False, separators=(",", ":")).encode()
    text += b" " * (-len(text) % 4)
    body = [len(text).to_bytes(4, "little"), text, *(_padded(array.tobytes()) for array in arrays.values())]
    return MAGIC + bytes([VERSION]) + zlib.compress(b"".join(body), COMPRESSION)


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
    except (ValueError, KeyError, IndexError, TypeError) as error:
        raise RecordingError("the recording is damaged", hint="build the deck again") from error


def differences(values: NDArray[Any], axis: int) -> NDArray[np.int64]:
    """Return each value less the one before it along an axis, the first less 0."""
    return np.diff(values, axis=axis, prepend=0).astype(np.int64)


def _track_steps(segment: Segment) -> NDArray[np.int64]:
    return np.diff(segment.tracks, axis=2, prepend=segment.items[:, segment.moving, None]).astype(np.int64)


def _subpaths(shape: Shape) -> int:
    return IMAGE if isinstance(shape, Image) else len(shape.subpaths)


def _join(arrays: Sequence[NDArray[Any]], empty: tuple[int, ...]) -> NDArray[Any]:
    return np.concatenate(arrays) if arrays else np.zeros(empty, np.int64)


def _padded(data: bytes) -> bytes:
    return data + bytes(-len(data) % 4)


def _read(body: bytes) -> Recording:
    start = 4 + int.from_bytes(body[:4], "little")
    header = json.loads(body[4:start])
    blocks = dict(_blocks(header["blocks"], body, start))
    return Recording(
        width=header["width"],
        height=header["height"],
        frame_rate=header["frame_rate"],
        background=header["background"],
        pictures=tuple(_pictures(header["pictures"], blocks["pixels"])),
        shapes=tuple(_shapes(header["images"], blocks)),
        styles=tuple(map(style_from_json, header["styles"])),
        segments=tuple(_segments(header["segments"], blocks)),
        reveals=tuple(map(reveal_from_json, header["reveals"])),
        film=blocks["film"].tobytes(),
    )


def _blocks(table: Iterable[tuple[str, str, int]], body: bytes, start: int) -> Iterator[tuple[str, NDArray[Any]]]:
    for name, _, count in table:
        array = np.frombuffer(body, TYPES[name], count, start)
        yield name, array
        start += len(_padded(array.tobytes()))


def _shapes(images: Sequence[Sequence[Any]], blocks: dict[str, NDArray[Any]]) -> Iterator[Shape]:
    points = np.cumsum(blocks["points"].reshape(-1, 2), axis=0, dtype=np.int16)
    subpaths, corners = blocks["subpaths"], blocks["corners"].reshape(-1, 4, 2)
    image, subpath, point = 0, 0, 0
    for count, exponent in zip(blocks["shapes"].tolist(), blocks["exponents"].tolist(), strict=True):
        if count == IMAGE:
            picture, kernel = images[image]
            yield Image(picture, corners[image], kernel)
            image += 1
        else:
            own = subpaths[subpath : subpath + count]
            size = int(np.sum(3 * (own.astype(np.int64) >> 1) + 1))
            yield Outline(points[point : point + size], own, exponent)
            subpath, point = subpath + count, point + size


def _pictures(sizes: Iterable[tuple[int, int]], pixels: NDArray[np.uint8]) -> Iterator[NDArray[np.uint8]]:
    start = 0
    for height, width in sizes:
        size = height * width * 4
        yield pixels[start : start + size].reshape(height, width, 4)
        start += size


def _segments(table: Iterable[tuple[int, int, int]], blocks: dict[str, NDArray[Any]]) -> Iterator[Segment]:
    places = dict.fromkeys(("items", "moving", "tracks"), 0)

    def take(name: str, *shape: int) -> NDArray[Any]:
        start = places[name]
        places[name] += int(np.prod(shape))
        return blocks[name][start : places[name]].reshape(shape)

    for frames, count, moving in table:
        items = np.cumsum(take("items", len(COLUMNS), count), axis=1, dtype=np.int32)
        which = np.cumsum(take("moving", moving), dtype=np.uint32)
        steps = take("tracks", len(COLUMNS), moving, frames)
        tracks = np.cumsum(steps, axis=2, dtype=np.int32) + items[:, which, None]
        yield Segment(frames=frames, items=items, moving=which, tracks=tracks)
