"""How a recording's bytes are packed, whatever is in them: see `deck.recording.codec`."""

from __future__ import annotations

import zlib
from typing import NoReturn

from deck.errors import RecordingError

__all__ = ["DAMAGED", "MAGIC", "MOST_BYTES", "VERSION", "inflated", "packed", "refuse", "streams", "with_head"]

MAGIC = b"DECK"
VERSION = 7
START = len(MAGIC) + 1 + 4
"""Where the first stream begins, after its length."""
COMPRESSION = 6

MOST_BYTES = 2**30
"""How many bytes the streams may hold: deck writes no more than that, and more would fill memory."""
DAMAGED = (zlib.error, ValueError, KeyError, IndexError, TypeError, RecursionError, OverflowError)
"""What is raised where bytes are not what they should be."""


def packed(head: bytes, rest: bytes) -> bytes:
    """Return the bytes of a recording, from what its two streams hold."""
    return _joined(head, zlib.compress(rest, COMPRESSION))


def with_head(data: bytes, head: bytes) -> bytes:
    """
    Return a recording's bytes with something else in the first stream; the second, however large, is only copied.

    Raises
    ------
    RecordingError
        If the bytes are no recording, or one of another version.
    ValueError
        If they end within the first stream.
    """
    return _joined(head, streams(data)[1])


def streams(data: bytes) -> tuple[memoryview, memoryview]:
    """
    Return the two streams of a recording's bytes, as they are.

    Raises
    ------
    RecordingError
        If the bytes are no recording, or one of another version.
    ValueError
        If they end within the first stream.
    """
    begin = len(MAGIC)
    if data[:begin] != MAGIC:
        raise RecordingError("this is no recording of a slide", hint="build the deck again")
    if data[begin : begin + 1] != bytes([VERSION]):
        version = data[begin] if len(data) > begin else 0
        raise RecordingError(f"a recording of version {version}", hint="build the deck again")
    end = START + int.from_bytes(data[begin + 1 : START], "little")
    if end > len(data):
        raise ValueError("the bytes end within the first stream")
    view = memoryview(data)
    return view[START:end], view[end:]


def inflated(stream: memoryview, most: int) -> bytes:
    """
    Return what is in a stream.

    Raises
    ------
    zlib.error, ValueError
        If that is more than ``most`` bytes, or if the stream is damaged or does not end where its bytes do.
    """
    unpacking = zlib.decompressobj()
    body = unpacking.decompress(stream, most + 1)
    if len(body) > most or not unpacking.eof or unpacking.unused_data:
        raise ValueError("the stream does not end where the bytes do")
    return body


def refuse(error: Exception) -> NoReturn:
    """Raise what is said of damaged bytes."""
    raise RecordingError("the recording is damaged", hint="empty the store with `deck clean`") from error


def _joined(head: bytes, rest: bytes | memoryview) -> bytes:
    stream = zlib.compress(head, COMPRESSION)
    return b"".join([MAGIC, bytes([VERSION]), len(stream).to_bytes(4, "little"), stream, rest])
