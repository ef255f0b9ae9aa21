"""What can be told of a recording's bytes without reading all of it: see `deck.recording.codec`."""

from __future__ import annotations

import json
import zlib
from collections.abc import Sequence
from itertools import accumulate, pairwise
from typing import Any, NoReturn

from deck.errors import RecordingError
from deck.recording.facts import check_header

__all__ = ["DAMAGED", "MAGIC", "MOST_BYTES", "VERSION", "bind", "body_of", "header", "header_of", "unbind"]

MAGIC = b"DECK"
VERSION = 5
START = len(MAGIC) + 1
"""Where the zlib stream begins."""

MOST_BYTES = 2**30
"""What is in the zlib stream at most: more is none of ours, and would fill memory."""
DAMAGED = (zlib.error, ValueError, KeyError, IndexError, TypeError, RecursionError, OverflowError)
"""What is raised where bytes are not what they should be."""


def header(data: bytes) -> dict[str, Any]:
    """
    Return what a recording's bytes say of it, and leave the rest unread.

    Raises
    ------
    RecordingError
        As `body_of` does, or if it is not what a header says.
    """
    _check(data)
    stream = zlib.decompressobj()
    try:
        length = int.from_bytes(stream.decompress(data[START:], 4), "little")
        return header_of(stream.decompress(stream.unconsumed_tail, max(1, min(length, MOST_BYTES))))
    except DAMAGED as error:
        _refuse(error)


def header_of(text: bytes) -> dict[str, Any]:
    """
    Return the header that stands in bytes, which are JSON.

    Raises
    ------
    ValueError, RecursionError
        If they are none.
    """
    facts: dict[str, Any] = json.loads(text)
    check_header(facts)
    return facts


def bind(recordings: Sequence[bytes]) -> bytes:
    """Return several recordings' bytes as one: how many, the length of each (uint32, little-endian), and they."""
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


def body_of(data: bytes) -> bytes:
    """
    Return what is in the zlib stream.

    Raises
    ------
    RecordingError
        If the bytes are no recording, one of another version, or damaged.
    """
    _check(data)
    stream = zlib.decompressobj()
    try:
        body = stream.decompress(data[START:], MOST_BYTES)
    except zlib.error as error:
        _refuse(error)
    if not stream.eof or stream.unused_data:
        _refuse(ValueError("the stream does not end where the bytes do"))
    return body


def _check(data: bytes) -> None:
    if data[: len(MAGIC)] != MAGIC:
        raise RecordingError("this is no recording of a slide", hint="build the deck again")
    if data[len(MAGIC) : START] != bytes([VERSION]):
        version = data[len(MAGIC)] if len(data) > len(MAGIC) else 0
        raise RecordingError(f"a recording of version {version}", hint="build the deck again")


def _refuse(error: Exception) -> NoReturn:
    raise RecordingError("the recording is damaged", hint="empty the store with `deck clean`") from error
