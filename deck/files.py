"""Writing so that a reader finds the old file or the new one, whole, and never anything between."""

from __future__ import annotations

import errno
import os
import secrets
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from deck.errors import OutputError

__all__ = ["replacing", "writing"]

REASONS = {
    errno.EEXIST: "a file stands where a folder should be",
    errno.ENOTDIR: "a file stands where a folder should be",
}
HINTS = {
    errno.ENOSPC: "free some space there, or write elsewhere",
    errno.EDQUOT: "free some space there, or write elsewhere",
    errno.EFBIG: "raise the limit on the size of files, or write elsewhere",
    errno.ENAMETOOLONG: "choose a shorter name",
}


@contextmanager
def writing(path: Path) -> Iterator[None]:
    """
    Say of any failure of the block to write that ``path`` cannot be written.

    Raises
    ------
    OutputError
        For an `OSError` in the block.
    """
    try:
        yield
    except OSError as error:
        number = error.errno or 0
        reason = REASONS.get(number) or (error.strerror or str(error)).lower()
        hint = HINTS.get(number, "choose a place that you may write to")
        raise OutputError(f"cannot write {path}: {reason}", hint=hint) from error


@contextmanager
def replacing(path: Path) -> Iterator[Path]:
    """
    Yield a path to write to, beside ``path`` and with its suffix, and move it there when the block is done.

    Missing folders are made. A failure leaves what stood at ``path`` as it was, and nothing beside it.

    Raises
    ------
    OutputError
        If the block or the move meets an `OSError`, or if ``path`` is there and is no plain file.
    """
    target = path.resolve()
    beside = target.with_name(f".{secrets.token_hex(8)}{target.suffix}")
    with writing(path):
        if target.exists() and not target.is_file():
            raise OutputError(f"cannot write {path}: it is no plain file", hint="choose another name")
        target.parent.mkdir(parents=True, exist_ok=True)
        try:
            yield beside
            _flush(beside)
            beside.replace(target)
        finally:
            beside.unlink(missing_ok=True)


def _flush(path: Path) -> None:
    with path.open("rb+") as file:
        os.fsync(file.fileno())
