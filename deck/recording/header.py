"""The header of a recording's bytes, read and checked without what follows it: see `deck.recording.codec`."""

from __future__ import annotations

import json
import math
import re
import zlib
from collections.abc import Iterable, Sequence
from functools import lru_cache
from itertools import accumulate, pairwise
from typing import Any

from deck.errors import RecordingError
from deck.recording.parts import GRID_WIDTH, OPAQUE, ROLES, Paint, RecordedReveal, Style, TextBox
from deck.recording.streams import DAMAGED, MOST_BYTES, refuse, streams

__all__ = [
    "BLOCKS",
    "HEAD_BLOCKS",
    "IMAGE",
    "LARGEST",
    "SHARED",
    "bind",
    "block_bytes",
    "check_header",
    "head_bytes",
    "header",
    "header_of",
    "padded",
    "reveal_from_json",
    "reveal_to_json",
    "style_from_json",
    "style_to_json",
    "unbind",
]

LARGEST = 2**31 - 1
"""The largest whole number in a header, and the largest number of frames that a recording has."""

LOWEST, HIGHEST = GRID_WIDTH // 16, 4 * GRID_WIDTH
FASTEST = 1000
COLOR = re.compile(r"#[0-9A-Fa-f]{6}")
NAME = re.compile(r"[^\s/\\\x00-\x20\x7f]{1,255}")
JOINS = ("miter", "round", "bevel")
CAPS = ("butt", "round", "square")
CLIPS = ("", "start", "end")
KERNELS = ("box", "linear", "cubic")

HEADER = {
    "width", "height", "frame_rate", "background", "styles", "segments", "images", "pictures", "reveals", "blocks",
}  # fmt: skip
BLOCKS = {
    "points": "i2", "subpaths": "u4", "shapes": "u4", "exponents": "u1", "items": "i4", "moving": "u4", "tracks": "i4",
    "corners": "i4", "pixels": "u1", "film": "u1",
}  # fmt: skip
"""The names and types of what follows a header, in its order."""
HEAD_BLOCKS = 4
"""How many of them are in the first stream."""
IMAGE = 2**32 - 1
"""Marks an image where an outline has its number of subpaths: no block is long enough for so many."""
SHARED = 2**31
"""Marks an outline of the library: this is its first, and so on up to `IMAGE`."""
PLAIN = ("id", "title", "description", "first", "last", "loop", "comment")


def check_header(header: Any) -> None:
    """
    Check a header against `deck.recording.codec`, except for its styles: `style_from_json` checks these.

    Raises
    ------
    ValueError
        If it is not; the text says what is wrong.
    """
    _table(header, HEADER)
    _whole(header["width"], GRID_WIDTH, GRID_WIDTH)
    _whole(header["height"], LOWEST, HIGHEST)
    _real(header["frame_rate"], FASTEST)
    _require(bool(COLOR.fullmatch(_text(header["background"]))), "a background that is no colour")
    _list(header["styles"])
    _check_images(header["images"], header["pictures"])
    _check_reveals(header["reveals"], _frames(header["segments"]))
    for block, known in zip(_list(header["blocks"], len(BLOCKS)), BLOCKS.items(), strict=True):
        name, kind, count = _list(block, 3)
        _require((name, kind) == known, "a block of another name or type")
        _whole(count, 0)


def style_to_json(style: Style) -> list[Any]:
    """
    Return a style as the header has it.

    Raises
    ------
    ValueError
        If it has something that it may not have.
    """
    paints = [_paint_to_json(paint) for paint in (style.fill, style.stroke, style.behind)]
    values = [*paints, style.width, style.behind_width, style.join, style.cap, style.clip]
    _check_style(values)
    return values


def style_from_json(values: Any) -> Style:
    """
    Return the style that a header gives.

    Raises
    ------
    ValueError
        If the values are no style.
    """
    _check_style(values)
    fill, stroke, behind = map(_paint_from_json, values[:3])
    names = ("width", "behind_width", "join", "cap", "clip")
    return Style(fill=fill, stroke=stroke, behind=behind, **dict(zip(names, values[3:], strict=True)))


def reveal_to_json(reveal: RecordedReveal) -> dict[str, Any]:
    """Return a reveal as the header has it."""
    texts = [[text.text, *text.box] for text in reveal.texts]
    plain = {name: getattr(reveal, name) for name in PLAIN}
    type_ = [[text.size, text.missing_font, text.role, text.link] for text in reveal.texts]
    return plain | {"texts": texts, "type": type_}


def reveal_from_json(values: dict[str, Any]) -> RecordedReveal:
    """Return the reveal that a header gives; the header must have been checked."""
    plain = {name: values[name] for name in PLAIN}
    pairs = zip(values["texts"], values["type"], strict=True)
    texts = (TextBox(text, tuple(box), *own) for (text, *box), own in pairs)
    return RecordedReveal(**plain, texts=tuple(texts))


def _paint_to_json(paint: Paint | None) -> Any:
    return None if paint is None else [list(map(list, paint.colors)), list(paint.line)]


def _paint_from_json(paint: Any) -> Paint | None:
    return None if paint is None else Paint(tuple(tuple(color) for color in paint[0]), tuple(paint[1]))


def _check_style(style: Any) -> None:
    fill, stroke, behind, width, behind_width, join, cap, clip = _list(style, 8)
    for paint in (fill, stroke, behind):
        if paint is not None:
            _check_paint(paint)
    _whole(width, 0)
    _whole(behind_width, 0)
    _require(join in JOINS and cap in CAPS and clip in CLIPS, "an unknown join, cap or clip")


def _check_paint(paint: Any) -> None:
    colors, line = _list(paint, 2)
    for color in _list(colors):
        for level in _list(color, 4):
            _whole(level, 0, OPAQUE)
    for length in _list(line):
        _whole(length, -LARGEST)
    _require(bool(colors) and (len(line) == 4 if len(colors) > 1 else not line), "colours that are no paint")


def _check_images(images: Any, pictures: Any) -> None:
    for picture in _list(pictures):
        for side in _list(picture, 2):
            _whole(side, 1)
    for image in _list(images):
        place, kernel = _list(image, 2)
        _whole(place, 0, len(pictures) - 1)
        _require(kernel in KERNELS, "an unknown kernel")


def _frames(segments: Any) -> int:
    """Return how many frames segments have."""
    frames = 0
    for segment in _list(segments):
        length, items, moving = _list(segment, 3)
        frames += _whole(length, 1)
        _whole(moving, 0, _whole(items, 0))
    _require(frames <= LARGEST, f"{frames} frames")
    return frames


def _check_reveals(reveals: Any, frames: int) -> None:
    """Check that reveals follow one after the other and end within ``frames`` frames."""
    for reveal in _list(reveals):
        _check_reveal(reveal, frames)
    for before, after in pairwise(reveals):
        _require(before["last"] < after["first"], "reveals that are out of order")


def _check_reveal(reveal: Any, frames: int) -> None:
    _table(reveal, {*PLAIN, "texts", "type"})
    _require(bool(NAME.fullmatch(_text(reveal["id"]))), "a reveal without a name")
    for name in ("title", "description", "comment"):
        _text(reveal[name])
    _require(type(reveal["loop"]) is bool, "a text where yes or no should be")
    _whole(reveal["last"], _whole(reveal["first"], 0), frames - 1)
    texts, types = _list(reveal["texts"]), _list(reveal["type"])
    _require(len(texts) == len(types), "texts without a type")
    for text, type_ in zip(texts, types, strict=True):
        says, *box = _list(text, 5)
        size, font, role, link = _list(type_, 4)
        _text(says), _text(font), _text(link), _real(size, LARGEST)
        _require(role in ROLES, "a text of no known role")
        for edge in box:
            _whole(edge, -LARGEST)


def _require(holds: bool, otherwise: str) -> None:  # noqa: FBT001 - it reads like an assertion
    if not holds:
        raise ValueError(otherwise)


def _table(value: Any, keys: set[str]) -> None:
    _require(type(value) is dict and value.keys() == keys, "a table of other keys")


def _list(value: Any, length: int | None = None) -> list[Any]:
    _require(type(value) is list and (length is None or len(value) == length), "a list of another length, or none")
    found: list[Any] = value
    return found


def _whole(value: Any, low: int, high: int = LARGEST) -> int:
    _require(type(value) is int and low <= value <= high, f"no whole number from {low} to {high}")
    return int(value)


def _real(value: Any, high: float) -> float:
    _require(type(value) in (int, float) and 0 <= value <= high and math.isfinite(value), f"no number up to {high}")
    return float(value)


def _text(value: Any) -> str:
    _require(type(value) is str, "something else where a text should be")
    value.encode()  # fails for half of a surrogate pair, which is no character
    return str(value)


@lru_cache(maxsize=2048)
def header(data: bytes) -> dict[str, Any]:
    """
    Return the header of a recording's bytes, and leave the rest unread.

    It is read once, and is nobody's to change.

    Raises
    ------
    RecordingError
        If the bytes are no recording, one of another version, or if their header is damaged.
    """
    unpacking = zlib.decompressobj()
    try:
        length = int.from_bytes(unpacking.decompress(streams(data)[0], 4), "little")
        return header_of(unpacking.decompress(unpacking.unconsumed_tail, max(1, min(length, MOST_BYTES))))
    except DAMAGED as error:
        refuse(error)


def header_of(text: bytes) -> dict[str, Any]:
    """
    Return the header that stands in bytes, which are JSON.

    Raises
    ------
    ValueError, RecursionError
        If the bytes are no header.
    """
    facts: dict[str, Any] = json.loads(text)
    check_header(facts)
    return facts


def head_bytes(facts: dict[str, Any], blocks: Iterable[bytes]) -> bytes:
    """Return what the first stream holds: a header and the blocks that follow it."""
    text = json.dumps(facts, ensure_ascii=False, allow_nan=False, separators=(",", ":")).encode()
    text = text.ljust(padded(len(text)))
    return b"".join([len(text).to_bytes(4, "little"), text, *map(block_bytes, blocks)])


def block_bytes(block: bytes) -> bytes:
    """Return a block so that the next one can follow it."""
    return block.ljust(padded(len(block)), b"\0")


def padded(size: int) -> int:
    """Return how many bytes a block of so many takes."""
    return size + -size % 4


def bind(recordings: Sequence[bytes]) -> bytes:
    """Return recordings as one: how many there are, the length of each (uint32, little-endian), and their bytes."""
    numbers = (len(recordings), *map(len, recordings))
    return b"".join([*(number.to_bytes(4, "little") for number in numbers), *recordings])


def unbind(data: bytes) -> tuple[bytes, ...]:
    """
    Return the recordings that were bound, of which there is at least one.

    Raises
    ------
    RecordingError
        If the bytes are something else.
    """
    count = min(int.from_bytes(data[:4], "little"), len(data) // 4)
    lengths = [int.from_bytes(data[at : at + 4], "little") for at in range(4, 4 + 4 * count, 4)]
    if not count or 4 + 4 * count + sum(lengths) != len(data):
        raise RecordingError("these are no recordings of slides", hint="empty the store with `deck clean`")
    ends = list(accumulate(lengths, initial=4 + 4 * count))
    return tuple(data[start:end] for start, end in pairwise(ends))
