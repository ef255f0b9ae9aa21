"""
Outlines that several recordings have, written once: see the library in `deck.recording.codec`.

The same letters are on every slide of a talk. Here recordings are taken apart no further than to know which bytes are
an outline; whatever else is in them stays as it is, packed, so that this takes next to no time. It needs no numpy.
"""

from __future__ import annotations

import struct
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, NamedTuple

from deck.errors import RecordingError
from deck.recording.header import BLOCKS, HEAD_BLOCKS, IMAGE, SHARED, head_bytes, header_of, padded
from deck.recording.streams import DAMAGED, inflated, packed, streams, with_head

__all__ = ["share"]

MOST_BYTES = 2**20
"""Outlines that take more than that are no letters: it is not worth the time to look through them."""
SIZES = {name: int(kind[1:]) for name, kind in BLOCKS.items()}
"""How many bytes a number of each block takes."""


class _Outline(NamedTuple):
    """One outline's part of each block."""

    points: bytes
    subpaths: bytes
    exponent: int


@dataclass(frozen=True, slots=True)
class _Head:
    """A recording's header and its shapes, of which images are None."""

    facts: dict[str, Any]
    shapes: tuple[_Outline | None, ...]


def share(recordings: Sequence[bytes]) -> tuple[bytes, list[bytes]]:
    """
    Return a library, and recordings that take from it what several of them have.

    The library is empty, and the recordings are the same as before, where all that would be no smaller. Recordings that
    are damaged stay so.
    """
    heads = [_head(data) for data in recordings]
    counts = Counter(outline for head in heads if head for outline in dict.fromkeys(head.shapes) if outline)
    common = [outline for outline, count in counts.items() if count > 1]
    if not common:
        return b"", list(recordings)
    numbers = {outline: number for number, outline in enumerate(common)}
    facts = next(head.facts for head in heads if head and not numbers.keys().isdisjoint(head.shapes))
    nothing: dict[str, Any] = {key: [] for key in ("styles", "segments", "images", "pictures", "reveals")}
    none_of_it = [[name, kind, 0] for name, kind in BLOCKS.items()]
    library = packed(_written(_Head(facts | nothing | {"blocks": none_of_it}, tuple(common)), {}), b"")
    made = [
        with_head(data, _written(head, numbers)) if head and not numbers.keys().isdisjoint(head.shapes) else data
        for data, head in zip(recordings, heads, strict=True)
    ]
    if len(library) + sum(map(len, made)) >= sum(map(len, recordings)):
        return b"", list(recordings)
    return library, made


def _head(data: bytes) -> _Head | None:
    """Return what the first stream holds; None if there is too much in it, or something is wrong with it."""
    try:
        head = inflated(streams(data)[0], MOST_BYTES)
        end = 4 + int.from_bytes(head[:4], "little")
        facts = header_of(head[4:end])
        blocks = {}
        for name, _, count in facts["blocks"][:HEAD_BLOCKS]:
            start, end = end, end + count * SIZES[name]
            blocks[name] = head[start:end]
            end = start + padded(end - start)
        return _Head(facts, _shapes(blocks)) if end == len(head) else None
    except (*DAMAGED, RecordingError):
        return None


def _shapes(blocks: Mapping[str, bytes]) -> tuple[_Outline | None, ...]:
    """
    Return a recording's shapes.

    Raises
    ------
    ValueError
        If the blocks do not belong together, or if it has a library already.
    """
    curves = [subpath >> 1 for subpath in _numbers(blocks["subpaths"])]
    shapes: list[_Outline | None] = []
    point, subpath = 0, 0
    for count, exponent in zip(_numbers(blocks["shapes"]), blocks["exponents"], strict=True):
        if count == IMAGE:
            shapes.append(None)
            continue
        begin, subpath = subpath, subpath + count
        start, point = point, point + 3 * sum(curves[begin:subpath]) + count
        points = blocks["points"][2 * SIZES["points"] * start : 2 * SIZES["points"] * point]
        own = blocks["subpaths"][SIZES["subpaths"] * begin : SIZES["subpaths"] * subpath]
        shapes.append(_Outline(points, own, exponent))
    if subpath != len(curves) or 2 * SIZES["points"] * point != len(blocks["points"]):
        raise ValueError("outlines without their points")
    return tuple(shapes)


def _numbers(block: bytes) -> tuple[int, ...]:
    return struct.unpack(f"<{len(block) // 4}I", block)


def _written(head: _Head, numbers: Mapping[_Outline, int]) -> bytes:
    """Return what the first stream is to hold, where some outlines are named by their numbers."""
    own = [shape for shape in head.shapes if shape and shape not in numbers]
    marks = [_mark(shape, numbers) for shape in head.shapes]
    blocks = {
        "points": b"".join(shape.points for shape in own),
        "subpaths": b"".join(shape.subpaths for shape in own),
        "shapes": struct.pack(f"<{len(marks)}I", *marks),
        "exponents": bytes(shape.exponent if shape and shape not in numbers else 0 for shape in head.shapes),
    }
    counts = {name: len(block) // SIZES[name] for name, block in blocks.items()}
    table = [[name, kind, counts.get(name, count)] for name, kind, count in head.facts["blocks"]]
    return head_bytes(head.facts | {"blocks": table}, blocks.values())


def _mark(shape: _Outline | None, numbers: Mapping[_Outline, int]) -> int:
    """Return what stands for a shape in the block of that name."""
    if shape is None:
        return IMAGE
    number = numbers.get(shape)
    return len(shape.subpaths) // SIZES["subpaths"] if number is None else SHARED + number
