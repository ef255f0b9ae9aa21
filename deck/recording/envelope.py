"""What can be told of a recording's bytes without reading all of it: see `deck.recording.codec`."""

from __future__ import annotations

import json
import zlib
from collections.abc import Sequence
from itertools import accumulate, pairwise
from typing import Any

from deck.errors import RecordingError

__all__ = ["MAGIC", "VERSION", "bind", "body_of", "header", "unbind"]

MAGIC = b"DECK"
VERSION = 4


def header(data: bytes) -> dict[str, Any]:
    """
    Return what a recording's bytes say of it, and leave the rest unread.

    Raises
    ------
    RecordingError
        As `body_of` does.
    """
    _check(data)
    stream = zlib.decompressobj()
    try:
        length = int.from_bytes(stream.decompress(data[5:], 4), "little")
        facts: dict[str, Any] = json.loads(stream.decompress(stream.unconsumed_tail, length))
    except (zlib.error, ValueError) as error:
        raise RecordingError("the recording is damaged", hint="build the deck again") from error
    return facts


def bind(recordings: Sequence[bytes]) -> bytes:
    """Return several recordings' bytes as one: how many, the length of each (uint32, little-endian), and they."""
    numbers = (len(recordings), *map(len, recordings))
    return b"".join([*(number.to_bytes(4, "little") for number in numbers), *recordings])


def unbind(data: bytes) -> tuple[bytes, ...]:
    """
    Return the recordings that were bound.

    Raises
    ------
    RecordingError
        If the bytes are something else.
    """
    count = min(int.from_bytes(data[:4], "little"), len(data) // 4)
    lengths = [int.from_bytes(data[at : at + 4], "little") for at in range(4, 4 + 4 * count, 4)]
    if 4 + 4 * count + sum(lengths) != len(data):
        raise RecordingError("these are no recordings of slides", hint="empty the store with `deck clean`")
    ends = list(accumulate(lengths, initial=4 + 4 * count))
    return tuple(data[start:end] for start, end in pairwise(ends))


def body_of(data: bytes) -> bytes:
    """
    Return what is in the zlib stream.

    Raises
    ------
    RecordingError
        If the bytes are no recording, one of another version, or damaged.
    """
    _check(data)
    try:
        return zlib.decompress(data[5:])
    except zlib.error as error:
        raise RecordingError("the recording is damaged", hint="build the deck again") from error


def _check(data: bytes) -> None:
    if data[:4] != MAGIC:
        raise RecordingError("this is no recording of a slide", hint="build the deck again")
    if data[4:5] != bytes([VERSION]):
        raise RecordingError(f"a recording of version {data[4] if data[4:] else 0}", hint="build the deck again")
