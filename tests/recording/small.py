"""Recordings made by hand: as small, or of as many parts, as a test needs."""

from __future__ import annotations

import json
import struct
from collections.abc import Iterator, Sequence
from copy import deepcopy
from typing import Any

import numpy as np
from numpy.typing import NDArray

from deck.recording.header import BLOCKS, HEAD_BLOCKS
from deck.recording.streams import MAGIC, MOST_BYTES, inflated, packed, streams
from deck.recording.timeline import FULL, Image, Outline, Paint, RecordedReveal, Recording, Segment, Style, TextBox

__all__ = ["altered", "everything", "outline", "recording", "segment"]

CORNERS = np.array([(0, 0), (960, 0), (0, 540), (960, 540)], np.int32) * 256
PICTURE = np.arange(4 * 3 * 4, dtype=np.uint8).reshape(4, 3, 4)

STYLE = Style(fill=Paint(((200, 100, 50, 255),)), stroke=Paint(((20, 200, 250, 255),)), width=32)


def outline(curves: Sequence[int] = (4,), *, seed: int = 0) -> Outline:
    """Return an outline of subpaths of so many curves, every other one closed, that go all over the frame."""
    chance = np.random.default_rng(seed)
    points = chance.integers(-8000, 8000, (sum(3 * count + 1 for count in curves), 2))
    subpaths = [2 * count + nth % 2 for nth, count in enumerate(curves)]
    return Outline(points.astype(np.int16), np.array(subpaths, np.uint32))


def segment(items: Sequence[Sequence[int]], *, frames: int = 1, moving: Sequence[int] = ()) -> Segment:
    """Return frames of items, each six numbers, of which some move to the right."""
    rows = np.array(items, np.int32).reshape(-1, 6).T.copy()
    tracks = np.broadcast_to(rows[:, list(moving), None], (6, len(moving), frames)).copy()
    if moving:
        tracks[2] += 160 * np.arange(frames, dtype=np.int32)
    return Segment(frames, rows, np.array(moving, np.uint32), tracks)


def recording(
    shapes: Sequence[Outline | Image] = (),
    segments: Sequence[Segment] = (),
    *,
    pictures: Sequence[NDArray[np.uint8]] = (),
    styles: Sequence[Style] = (STYLE,),
    **facts: Any,
) -> Recording:
    """Return a recording of one reveal; by default all shapes are drawn, once."""
    drawn = segments or (segment([(nth, 0, 0, 0, FULL, FULL) for nth in range(len(shapes))]),)
    frames = sum(each.frames for each in drawn)
    known: dict[str, Any] = {
        "width": 1920,
        "height": 1080,
        "frame_rate": 60,
        "background": "#102030",
        "reveals": (RecordedReveal(id="all", title="All", description="All.", first=0, last=frames - 1),),
    }
    return Recording(
        pictures=tuple(pictures),
        shapes=tuple(shapes),
        styles=tuple(styles),
        segments=tuple(drawn),
        **(known | facts),
    )


def everything() -> Recording:
    """Return a small recording that has some of all there is."""
    styles = (
        STYLE,
        Style(fill=Paint(((255, 0, 0, 255), (0, 0, 255, 60)), (0, 0, 3200, 1600)), join="round", cap="square"),
        Style(clip="start"),
        Style(clip="end"),
        Style(behind=Paint(((9, 8, 7, 150),)), behind_width=90, join="bevel"),
    )
    shapes = (outline((4, 2)), Image(0, CORNERS, "cubic"), outline((1,), seed=1), Image(0, CORNERS // 2, "box"))
    clipped = [(2, 2, 0, 0, 0, 0), (0, 0, 10, -20, FULL, 7), (2, 3, 0, 0, 0, 0)]
    first = segment([(1, 0, -5, 5, FULL, 0), *clipped, (0, 1, 0, 0, FULL, FULL)], frames=3, moving=(0, 2, 4))
    second = segment([(3, 0, 0, 0, 2000, 0), (2, 4, 5, 5, 0, 0)], frames=2)
    told: dict[str, Any] = {"title": "One, zwei, 三", "description": "Both.", "comment": "Say it."}
    texts = (TextBox("text", (-10, -20, 30, 40), 48.5, "Lost Font", "title", "https://example.org"),)
    reveals = (
        RecordedReveal(id="one", first=0, last=1, texts=texts, **told),
        RecordedReveal(id="zwei", first=2, last=4, loop=True, **told),
    )
    return recording(shapes, (first, second), pictures=(PICTURE,), styles=styles, reveals=reveals, frame_rate=29.97)


VALUES: tuple[Any, ...] = (
    None, True, -1, 0, 1, 2, 7, 65535, 65536, 2**31, 2**32, 2**63, 10**400, 0.5, 1e308, float("nan"), "", "0", "start",
    "\x00", "#00000g", "../..", [], [[]], [0, 0], [None], {}, {"id": 1},
)  # fmt: skip
"""What may stand in a header where something else should."""

TEXTS = (
    b"", b"{}", b"[]", b"null", b"1", b'{"width":NaN}', 100_000 * b"[", b"\xff", b'{"a":"\\ud800"}', b"\x00",
)  # fmt: skip
"""What may stand in the place of a header."""

NUMBERS = (0, 1, -1, 127, -128, 32767, -32768, 2**31 - 1, -(2**31), 2**32 - 1)


def altered(data: bytes) -> Iterator[tuple[str, bytes]]:
    """Yield a recording's bytes with one thing changed in the header or in a block, all else sound; and what it is."""
    head, rest = (inflated(stream, MOST_BYTES) for stream in streams(data))
    start = 4 + struct.unpack("<I", head[:4])[0]
    header, blocks = json.loads(head[4:start]), head[start:]
    for what, changed in _changed_headers(header):
        yield what, packed(_head(changed, blocks), rest)
    for what, made in _changed_blocks(header["blocks"][:HEAD_BLOCKS], blocks):
        yield what, packed(_head(_text(header), made), rest)
    for what, made in _changed_blocks(header["blocks"][HEAD_BLOCKS:], rest):
        yield what, packed(head, made)
    for length in (0, 3, 4, len(head) - 4, 2**31, 2**32 - 1):
        yield f"the header has {length} bytes", packed(struct.pack("<I", length) + head[4:], rest)
    for what, made in _changed_length(head):
        yield f"{what} in the first stream", packed(made, rest)
    for what, made in _changed_length(rest):
        yield f"{what} in the second stream", packed(head, made)
    yield "all is in the first stream", packed(head + rest, b"")
    yield from _changed_packing(data)


def _changed_headers(header: dict[str, Any]) -> Iterator[tuple[str, bytes]]:
    for path in _paths(header):
        for value in VALUES:
            yield f"{path} is {str(value)[:20]!r}", _text(_changed(header, path, value))
        yield f"{path} is not there", _text(_changed(header, path, ...))
    for text in TEXTS:
        yield f"the header is {text[:20]!r}", text


def _changed_length(body: bytes) -> Iterator[tuple[str, bytes]]:
    for other in (body[:-4], body + bytes(4), b"", body[:3]):
        yield f"there are {len(other) - len(body):+} bytes", other


def _changed_packing(data: bytes) -> Iterator[tuple[str, bytes]]:
    at = len(MAGIC) + 1
    first = struct.unpack("<I", data[at : at + 4])[0]
    for length in (0, 1, first - 1, first + 1, len(data), 2**32 - 1):
        yield f"the first stream has {length} bytes", data[:at] + struct.pack("<I", length) + data[at + 4 :]
    for length in (*range(at + 5), at + 4 + first, len(data) - 1):
        yield f"there are {length} bytes", data[:length]
    yield "something follows", data + b"\0"


def _changed_blocks(table: list[Any], blocks: bytes) -> Iterator[tuple[str, bytes]]:
    at = 0
    for name, _, count in table:
        kind = np.dtype(BLOCKS[name]).newbyteorder("<")
        for place in {0, count // 2, count - 1} if count else ():
            for number in NUMBERS:
                changed = bytearray(blocks)
                where = at + place * kind.itemsize
                changed[where : where + kind.itemsize] = np.array([number]).astype(kind).tobytes()
                yield f"{name} {place} is {number}", bytes(changed)
        at += -(-count * kind.itemsize // 4) * 4


def _paths(value: Any, path: tuple[Any, ...] = ()) -> Iterator[tuple[Any, ...]]:
    """Yield the way to each thing in a header; of long lists only to the first few."""
    if path:
        yield path
    if isinstance(value, dict):
        for key in value:
            yield from _paths(value[key], (*path, key))
    elif isinstance(value, list):
        for nth in range(min(len(value), 12 if path == ("blocks",) else 5)):
            yield from _paths(value[nth], (*path, nth))


def _changed(header: dict[str, Any], path: tuple[Any, ...], value: Any) -> dict[str, Any]:
    made = deepcopy(header)
    parent: Any = made
    for key in path[:-1]:
        parent = parent[key]
    if value is ...:
        del parent[path[-1]]
    else:
        parent[path[-1]] = value
    return made


def _text(header: dict[str, Any]) -> bytes:
    return json.dumps(header, separators=(",", ":")).encode()


def _head(text: bytes, blocks: bytes) -> bytes:
    text += b" " * (-len(text) % 4)
    return struct.pack("<I", len(text)) + text + blocks
