"""
A folder whose files are deck's own: opened by their names, and never through a link.

Whoever can write to a folder can put a link in it that leads to somebody's files. So each file is opened from the
folder itself (``dir_fd``), which was opened without following links (``O_NOFOLLOW``), and only if it is a plain file: a
pipe would keep its reader waiting.
"""

from __future__ import annotations

import os
import secrets
import stat
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import NamedTuple

from deck.errors import OutputError
from deck.files.unfinished import sweep, unfinished
from deck.files.writing import writing

__all__ = ["Entry", "Folder", "refuse_link"]

CLOSED = os.O_CLOEXEC | os.O_NOFOLLOW
READING = os.O_RDONLY | os.O_NONBLOCK | CLOSED


class Entry(NamedTuple):
    """A plain file of a folder: when it was used last, in seconds of the clock, and how large it is, in bytes."""

    name: str
    seen: float
    size: int


class Folder:
    """A folder at ``path``, which is made when the first file is written."""

    def __init__(self, path: Path) -> None:
        self.path = path

    def names(self) -> list[str]:
        """Return the names of all that is in it, whatever it is; none if there is no such folder."""
        with suppress(OSError), self._opened() as folder:
            return sorted(os.listdir(folder))
        return []

    def links(self) -> list[str]:
        """Return the names of the symbolic links that are in it."""
        with suppress(OSError), self._opened() as folder, os.scandir(folder) as entries:
            return [entry.name for entry in entries if entry.is_symlink()]
        return []

    def entries(self) -> Iterator[Entry]:
        """Yield its plain files."""
        for name in self.names():
            with suppress(OSError):
                facts = (self.path / name).lstat()
                if stat.S_ISREG(facts.st_mode):
                    yield Entry(name, facts.st_mtime, facts.st_size)

    def read(self, name: str, *, at_most: int | None = None) -> bytes:
        """
        Return what is in a file.

        Raises
        ------
        OSError
            If there is no plain file of that name, or a larger one than is wanted.
        """
        with self._opened() as folder, open(os.open(name, READING, dir_fd=folder), "rb") as file:
            facts = os.fstat(file.fileno())
            if not stat.S_ISREG(facts.st_mode) or (at_most is not None and facts.st_size > at_most):
                raise OSError(f"{name} is no file of ours")
            return file.read()

    def write(self, name: str, data: bytes) -> None:
        """
        Put a file in the place of whatever has its name, whole or not at all; a folder there is moved aside.

        Raises
        ------
        OutputError
            If that cannot be done.
        """
        with writing(self.path):
            self._make()
            with self._opened() as folder, unfinished(folder) as (beside, file):
                _write_all(file, data)
                os.fsync(file)
                if (self.path / name).is_dir():
                    _move_aside(self.path / name)
                os.replace(beside, name, src_dir_fd=folder, dst_dir_fd=folder)

    def sweep(self) -> None:
        """Remove files that were left unfinished because their process was killed."""
        with suppress(OSError), self._opened() as folder:
            sweep(folder)

    def remove(self, name: str) -> None:
        """
        Remove a file, never a folder; of a link only the link itself, never the file it leads to.

        Raises
        ------
        OSError
            If that cannot be done; a file that is gone already is no failure.
        """
        with suppress(FileNotFoundError), self._opened() as folder:
            os.unlink(name, dir_fd=folder)

    def touch(self, name: str) -> None:
        """Set a file's time to now, because it was used; nothing happens if that is not allowed."""
        with suppress(OSError), self._opened() as folder:  # a read-only store works, too
            os.utime(name, dir_fd=folder, follow_symlinks=False)

    def _make(self) -> None:
        if not self.path.is_dir():
            _move_aside(self.path)
            self.path.mkdir(parents=True, exist_ok=True)

    @contextmanager
    def _opened(self) -> Iterator[int]:
        folder = os.open(self.path, os.O_RDONLY | os.O_DIRECTORY | CLOSED)
        try:
            yield folder
        finally:
            os.close(folder)


def _write_all(file: int, data: bytes) -> None:
    rest = memoryview(data)
    while rest:
        rest = rest[os.write(file, rest) :]


def _move_aside(path: Path) -> None:
    """Rename what is in the way instead of removing it: it may belong to somebody."""
    with suppress(FileNotFoundError):
        path.rename(path.with_name(f"{path.name}.{secrets.token_hex(4)}.foreign"))


def refuse_link(path: Path, *, hint: str) -> None:
    """
    Refuse a path that is a symbolic link or, if it is relative, leads through one.

    Of an absolute path only the last part is looked at: the system may well have links on the way there.

    Raises
    ------
    OutputError
        If it does.
    """
    for part in (path, *path.parents) if not path.is_absolute() else (path,):
        if part.is_symlink():
            raise OutputError(f"cannot use {path}: {part} is a symbolic link", hint=hint)
