"""Which parts of a document are longer than `deck.limits` allows."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from itertools import accumulate
from pathlib import Path

from deck import limits
from deck.document.markdown import MarkdownPiece, size_of
from deck.document.section import Body, Note, Prose
from deck.errors import DocumentError, Location

__all__ = ["TOO_LONG", "TOO_MANY", "TOO_MUCH_CODE", "check", "too_long", "too_much_code"]

TOO_LONG = (
    f"the section has more than {limits.TEXT:,} characters",
    "start another section with ##, or leave out what nobody will read",
)
TOO_MANY = (f"the document has more than {limits.SECTIONS:,} sections or scenes", "make several documents of it")
TOO_MUCH_CODE = (
    f"the document has more than {limits.CODE:,} characters of Python",
    "put some of it into a module, or into other documents",
)


def check(text: str, path: Path) -> None:
    """
    Refuse a text that would take very long to read, before it is read.

    Raises
    ------
    DocumentError
        If it has too many lines or characters.
    """
    if text.count("\n") > limits.LINES:
        message, line = f"the document has more than {limits.LINES:,} lines", limits.LINES + 1
    elif size_of(text) > limits.SIGNS:
        message, line = f"the document has more than {limits.SIGNS:,} characters", 0
    else:
        return
    raise DocumentError(message, hint=TOO_MANY[1], where=Location(path, line))


def too_long(body: Body, notes: Mapping[str, Note]) -> int:
    """Return the line of the text or the note that makes a section too long, or 0."""
    texts = [(body.text, body.line)] if isinstance(body, Prose) else []
    texts += [(note.text, note.line) for note in notes.values()]
    return _first_beyond(((size_of(text), line) for text, line in texts), limits.TEXT)


def too_much_code(pieces: Iterable[MarkdownPiece]) -> int:
    """Return the line of the piece of Python that makes the code of a document too long, or 0."""
    return _first_beyond(((len(piece.text), piece.line) for piece in pieces), limits.CODE)


def _first_beyond(sizes: Iterator[tuple[int, int]], most: int) -> int:
    sums = accumulate(sizes, lambda before, own: (before[0] + own[0], own[1]))
    return next((max(line, 1) for size, line in sums if size > most), 0)
