"""
What a worker tells its leader: how far it is, and in the end what has become of its job.

A message is a letter, a length (uint64, little-endian) and that many bytes: JSON, a line break, and the recordings as
they are. Nothing in it is trusted: the document's own code may write into the pipe as well, or end the process in the
middle of a message.
"""

from __future__ import annotations

import builtins
import json
from collections.abc import Callable, Iterator, Mapping
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from deck.build.dependencies import Inputs
from deck.build.jobs import Take
from deck.errors import (
    DeckError,
    DocumentError,
    ElsewhereError,
    Faults,
    Location,
    MissingError,
    OutputError,
    RecordingError,
    SlideError,
    TrustError,
    words_of,
)

__all__ = ["Checked", "Failed", "Mailbox", "Message", "Paused", "UnreadableError", "failed", "packed"]

HEAD = 9
MOST_BYTES = 4_000_000_000
MOST_FAILURE_BYTES = 1_000_000
MOST_SIGNS = 100_000
"""Characters that the text of an error, or a traceback, has at most."""


@dataclass(frozen=True, slots=True)
class Paused:
    """The slide is at a pause, and has so many reveals recorded."""

    reveals: int


@dataclass(frozen=True, slots=True)
class Checked:
    """The job was only to be checked, and nothing is wrong with it."""


@dataclass(frozen=True, slots=True)
class Failed:
    """
    The job has failed.

    Attributes
    ----------
    error
        A `DeckError` if the document is at fault; all else is a bug. Its cause has the traceback, if there is one.
    """

    error: Exception


Message = Paused | Checked | Failed | Take


class UnreadableError(Exception):
    """What came is no message."""


def packed(message: Message) -> bytes:
    """Return a message's bytes."""
    if isinstance(message, Take):
        inputs = message.inputs
        facts = {
            "files": inputs.files,
            "stable": inputs.stable,
            "seconds": message.seconds,
            "lacks_latex": message.lacks_latex,
            "pages": [len(page) for page in message.pages],
        }
        return _framed(b"T", facts, *message.pages)
    if isinstance(message, Failed):
        return _framed(b"F", _facts(message.error))
    return _framed(b"P", message.reveals) if isinstance(message, Paused) else _framed(b"C", None)


def _framed(letter: bytes, facts: object, *more: bytes) -> bytes:
    body = b"".join([json.dumps(facts).encode(), b"\n", *more])
    return letter + len(body).to_bytes(HEAD - 1, "little") + body


def failed(error: BaseException, behind: str) -> Failed:
    """Return a failure; ``behind`` is the traceback of what has caused it, as text."""
    failure = error if isinstance(error, Exception) else SlideError(type(error).__name__)
    failure.__cause__ = ElsewhereError(behind) if behind else None
    return Failed(failure)


def _facts(error: Exception) -> dict[str, Any]:
    leaves = error.errors if isinstance(error, Faults) else [error] if isinstance(error, DeckError) else []
    return {
        "errors": [_leaf(leaf) for leaf in leaves],
        "bug": [] if isinstance(error, DeckError) else [type(error).__name__, words_of(error)],
        "behind": str(error.__cause__ or "")[:MOST_SIGNS],
    }


def _leaf(error: DeckError) -> list[object]:
    where = error.where or Location(Path())
    words = (error.message[:MOST_SIGNS], error.hint[:MOST_SIGNS])
    return [type(error).__name__, *words, str(where.file), where.line]


class Mailbox:
    """Takes bytes as they come, and gives messages."""

    def __init__(self) -> None:
        self._bytes = bytearray()

    def put(self, data: bytes) -> None:
        """Take some bytes."""
        self._bytes += data

    def messages(self) -> Iterator[Message]:
        """
        Yield the messages that are whole.

        Raises
        ------
        UnreadableError
            If the bytes are no message.
        """
        while len(self._bytes) >= HEAD:
            letter, length = bytes(self._bytes[:1]), int.from_bytes(self._bytes[1:HEAD], "little")
            if letter not in READERS or length > (MOST_BYTES if letter == b"T" else MOST_FAILURE_BYTES):
                raise UnreadableError
            if len(self._bytes) < HEAD + length:
                return
            body = bytes(self._bytes[HEAD : HEAD + length])
            del self._bytes[: HEAD + length]
            try:
                head, _, rest = body.partition(b"\n")
                yield READERS[letter](json.loads(head), rest)
            except (ValueError, TypeError, KeyError, AttributeError, RecursionError) as error:
                raise UnreadableError from error


def _take(facts: Mapping[str, Any], rest: bytes) -> Take:
    pages, start = [], 0
    for length in map(int, facts["pages"]):
        pages.append(rest[start : start + length])
        start += length
    if start != len(rest):
        raise ValueError(start)
    inputs = Inputs(files={str(path): str(seen) for path, seen in facts["files"].items()}, stable=bool(facts["stable"]))
    return Take(
        pages=tuple(pages),
        inputs=inputs,
        seconds=float(facts["seconds"]),
        lacks_latex=bool(facts["lacks_latex"]),
    )


def _failure(facts: Mapping[str, Any], _rest: bytes) -> Failed:
    leaves = [_error(*each) for each in facts["errors"]]
    # There may be no leaves: all that is wrong may be in the front matter, and be reported already.
    error = _bug(*facts["bug"]) if facts["bug"] else leaves[0] if len(leaves) == 1 else Faults(leaves)
    return failed(error, str(facts["behind"]))


def _error(name: str, message: str, hint: str, file: str, line: int) -> DeckError:
    where = Location(Path(file), int(line)) if file != str(Path()) else None
    return KINDS.get(name, SlideError)(str(message), hint=str(hint), where=where)


def _bug(name: str, words: str) -> Exception:
    """Return a built-in exception of that name, or if there is none, one whose text says the name."""
    kind: Any = getattr(builtins, name, None)
    if isinstance(kind, type) and issubclass(kind, Exception):
        with suppress(TypeError):  # an exception that takes other arguments
            made: Exception = kind(words)
            return made
    return RuntimeError(f"{name}: {words}")


KINDS: Mapping[str, type[DeckError]] = {
    kind.__name__: kind for kind in (DocumentError, MissingError, OutputError, RecordingError, SlideError, TrustError)
}

READERS: Mapping[bytes, Callable[[Any, bytes], Message]] = {
    b"P": lambda facts, _: Paused(int(facts)),
    b"C": lambda _facts, _: Checked(),
    b"F": _failure,
    b"T": _take,
}
