"""
Temporary folders that do not stay.

A folder is locked by the process that it belongs to, which removes it in the end. If that process was killed, nobody
holds the lock any more, and the next process that needs a folder removes this one.
"""

from __future__ import annotations

import fcntl
import os
import shutil
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from functools import cache
from multiprocessing.util import Finalize
from pathlib import Path

from deck.errors import OutputError
from deck.process.stopping import at_the_end, undone_by

__all__ = ["PREFIX", "scratch", "temporary_place"]

PREFIX = "deck-scratch-"
"""How names of these folders begin. Nobody else would name a folder so: one that is not locked is removed."""

LONGEST_PLACE, SHORT_PLACE = 50, Path("/tmp")  # noqa: S108 - its folders are made by mkdtemp
"""A socket's address has at most 104 bytes, and its name takes half of them: for a longer path ``/tmp`` is taken."""

PLACES = ("/tmp", "/var/tmp", "/usr/tmp")  # noqa: S108
"""Where temporary files go if no variable says so, as `tempfile` has it."""

AFTER_SOCKETS = -200
"""A priority later than -100, with which multiprocessing removes its own folder of sockets."""


@contextmanager
def scratch(within: Path | None = None) -> Iterator[Path]:
    """
    Yield a new folder, which is removed at the end of the block.

    Parameters
    ----------
    within
        The folder that it is made in, hidden; by default the system's temporary one.

    Raises
    ------
    OutputError
        If the folder cannot be made.
    """
    place, prefix = (within, f".{PREFIX}") if within else (temporary_place(), PREFIX)
    folder, lock = _locked(place, prefix)
    try:
        with undone_by(lambda: shutil.rmtree(folder, ignore_errors=True)):
            yield folder
    finally:
        shutil.rmtree(folder, ignore_errors=True)
        os.close(lock)


@contextmanager
def sockets_in_scratch() -> Iterator[None]:
    """
    Let `multiprocessing` put the sockets that it makes in the block into a folder that is removed with this process.

    Raises
    ------
    OutputError
        If the folder cannot be made.
    """
    folder = str(_lasting(os.getpid()))
    before, tempfile.tempdir = tempfile.tempdir, folder
    try:
        yield
    finally:
        tempfile.tempdir = before


@cache
def _lasting(_process: int) -> Path:
    """Return a folder of this process's own, which stays locked until it ends."""
    place = temporary_place()
    folder, _ = _locked(place if len(str(place)) <= LONGEST_PLACE else SHORT_PLACE, PREFIX)
    at_the_end(lambda: shutil.rmtree(folder, ignore_errors=True))
    Finalize(None, shutil.rmtree, args=(folder, True), exitpriority=AFTER_SOCKETS)  # for programs that import deck
    return folder


def temporary_place() -> Path:
    """Return the folder for temporary files. Python would try it with a file, which stays if the process is killed."""
    if tempfile.tempdir is None:
        named = [os.environ.get(name) for name in ("TMPDIR", "TEMP", "TMP")]
        usable = (place for place in (*named, *PLACES) if place and os.access(place, os.W_OK | os.X_OK))
        tempfile.tempdir = str(Path(next(usable, None) or tempfile.gettempdir()).absolute())
    return Path(tempfile.tempdir)


def _locked(place: Path, prefix: str) -> tuple[Path, int]:
    """Return a new folder, and its lock; before it is locked, another process may remove it as one left behind."""
    try:
        _sweep(place, prefix)
        while True:
            folder = Path(tempfile.mkdtemp(dir=place, prefix=prefix))
            with suppress(FileNotFoundError):
                lock = os.open(folder, os.O_RDONLY | os.O_DIRECTORY)
                fcntl.flock(lock, fcntl.LOCK_EX)
                if folder.exists():
                    return folder, lock
                os.close(lock)
    except OSError as error:
        raise OutputError(
            f"cannot make a temporary folder in {place}: {(error.strerror or str(error)).lower()}",
            hint=f"free some space there, or name another folder{'' if prefix.startswith('.') else ' with TMPDIR'}",
        ) from error


def _sweep(place: Path, prefix: str) -> None:
    """Remove folders whose processes are gone."""
    for folder in place.glob(f"{prefix}*"):
        with suppress(OSError):  # another process's, or somebody else's
            lock = os.open(folder, os.O_RDONLY | os.O_DIRECTORY | os.O_NOFOLLOW)
            try:
                if os.fstat(lock).st_uid == os.geteuid():
                    fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
                    shutil.rmtree(folder, ignore_errors=True)
            finally:
                os.close(lock)
