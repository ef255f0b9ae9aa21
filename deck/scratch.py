"""
Temporary folders that do not stay.

A folder is locked by the process that it belongs to, and goes with it. Where a process was killed, nobody holds the
lock: the next one that needs a folder removes what is left.
"""

from __future__ import annotations

import fcntl
import os
import shutil
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

from deck.errors import OutputError
from deck.stopping import undone_by

__all__ = ["PREFIX", "scratch"]

PREFIX = "deck-scratch-"
"""What nobody would call a folder of their own: whatever is called so and not locked is removed."""


@contextmanager
def scratch() -> Iterator[Path]:
    """
    Yield a new folder in the system's temporary folder, which is removed at the end of the block.

    Raises
    ------
    OutputError
        If there is none to be had.
    """
    _sweep()
    try:
        folder, lock = _locked()
    except OSError as error:
        raise OutputError(
            f"cannot make a temporary folder: {(error.strerror or str(error)).lower()}",
            hint="free some space there, or name another folder with TMPDIR",
        ) from error
    try:
        with undone_by(lambda: shutil.rmtree(folder, ignore_errors=True)):
            yield folder
    finally:
        shutil.rmtree(folder, ignore_errors=True)
        os.close(lock)


def _locked() -> tuple[Path, int]:
    """Return a new folder, and its lock: between the two another process may have taken it for a left one."""
    while True:
        folder = Path(tempfile.mkdtemp(prefix=PREFIX))
        with suppress(FileNotFoundError):
            lock = os.open(folder, os.O_RDONLY | os.O_DIRECTORY)
            fcntl.flock(lock, fcntl.LOCK_EX)
            if folder.exists():
                return folder, lock
            os.close(lock)


def _sweep() -> None:
    """Remove folders whose processes are gone."""
    for folder in Path(tempfile.gettempdir()).glob(f"{PREFIX}*"):
        with suppress(OSError):  # another process's, or somebody else's
            lock = os.open(folder, os.O_RDONLY | os.O_DIRECTORY | os.O_NOFOLLOW)
            try:
                if os.fstat(lock).st_uid == os.geteuid():
                    fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
                    shutil.rmtree(folder, ignore_errors=True)
            finally:
                os.close(lock)
