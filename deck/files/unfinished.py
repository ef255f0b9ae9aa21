"""
Files that are being written: what they are called, and what becomes of those whose process was killed.

Each is locked by its process until that ends, in whatever way. A file that nobody has locked any more is removed by the
next process that writes to the same folder.
"""

from __future__ import annotations

import fcntl
import os
import re
import secrets
import stat
from collections.abc import Iterator
from contextlib import contextmanager, suppress

from deck.process.stopping import undone_by

__all__ = ["NAME", "sweep", "unfinished"]

NAME = re.compile(r"\.deck-[0-9a-f]{16}(\.\w+)?")

CLOSED = os.O_CLOEXEC | os.O_NOFOLLOW
MAKING = os.O_WRONLY | os.O_CREAT | os.O_EXCL | CLOSED
LOOKING = os.O_RDONLY | os.O_NONBLOCK | CLOSED


@contextmanager
def unfinished(folder: int, *, suffix: str = "", mode: int = 0o666) -> Iterator[tuple[str, int]]:
    """
    Yield the name of a new file in a folder, and the file; whatever has that name at the end of the block is removed.

    Parameters
    ----------
    folder
        The folder, open.
    suffix
        What the name ends with.
    mode
        The file's permissions, from which the user's umask is taken off.
    """
    name, file = _begun(folder, suffix, mode)
    try:
        with undone_by(lambda: os.unlink(name, dir_fd=folder)):
            yield name, file
    finally:
        with suppress(OSError):
            os.unlink(name, dir_fd=folder)
        os.close(file)


def _begun(folder: int, suffix: str, mode: int) -> tuple[str, int]:
    """Make a file, and lock it; before it is locked, another process may remove it as one left behind."""
    while True:
        name = f".deck-{secrets.token_hex(8)}{suffix}"
        file = os.open(name, MAKING, mode, dir_fd=folder)
        with suppress(OSError):  # a file system without locks
            fcntl.flock(file, fcntl.LOCK_EX)
        if os.fstat(file).st_nlink:
            return name, file
        os.close(file)


def sweep(folder: int) -> None:
    """Remove from a folder, which is open, the files that nobody will finish."""
    for name in filter(NAME.fullmatch, os.listdir(folder)):
        with suppress(OSError):  # another process's, or somebody else's
            file = os.open(name, LOOKING, dir_fd=folder)
            try:
                facts = os.fstat(file)
                if stat.S_ISREG(facts.st_mode) and facts.st_uid == os.geteuid():
                    fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
                    os.unlink(name, dir_fd=folder)
            finally:
                os.close(file)
