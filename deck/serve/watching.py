"""
Which files a deck is made from, and waiting until one of them changes.

What the file system reports only wakes us up: what counts is whether files look different from how they looked before
the last build. So no change during a build is lost, and where nothing is reported, a look every second is enough.
"""

from __future__ import annotations

import hashlib
import os
import stat
import time
from collections.abc import Iterable, Iterator, Mapping
from contextlib import suppress
from pathlib import Path

from watchfiles import watch

from deck import limits

__all__ = ["Marks", "Watcher", "looked_at", "nearby"]

Marks = Mapping[str, object]
"""How files look, by their absolute paths: a file that changes looks different."""

MOST_NEARBY = 2000
"""Files below the document's folder that are watched, at most: the folder may be somebody's home."""

REST, LONGEST, GLANCE = 30, 300, 1000
"""Milliseconds: how long nothing must follow a change to end it, how long one may go on, and from look to look."""

PASSED_OVER = {"build", "dist", "node_modules", "__pycache__", "media"}


def nearby(document: Path) -> set[str]:
    """Return a document's file and those below its folder: a failed build may be waiting for any of them."""
    files = {str(document.absolute())}
    for file in _below(document.absolute().parent):
        files.add(file)
        if len(files) > MOST_NEARBY:
            break
    return files


def _below(folder: Path) -> Iterator[str]:
    for path, folders, files in os.walk(folder):
        folders[:] = [name for name in sorted(folders) if not _is_foreign(Path(path, name))]
        yield path  # a folder looks different when a file in it comes or goes
        yield from (str(Path(path, name)) for name in files if not _is_passing(name))


def _is_foreign(folder: Path) -> bool:
    """Return whether a folder's files are made by programs, and nothing that a deck is made from."""
    return folder.name.startswith(".") or folder.name in PASSED_OVER or (folder / "pyvenv.cfg").exists()


def looked_at(files: Iterable[str]) -> dict[str, object]:
    """Return how files look now; one that is not there looks like nothing."""
    return {file: _look(file) for file in files}


def _look(file: str) -> object:
    path = Path(file)
    try:
        if path.is_dir():
            return sorted(each.name for each in path.iterdir() if not _is_passing(each.name))
        facts = path.stat()
    except OSError:
        return None
    return facts.st_mtime_ns, facts.st_size, facts.st_ino


def _is_passing(name: str) -> bool:
    """Return whether a file is an editor's, and will be gone soon."""
    return name.startswith(".") or name.endswith("~") or name in PASSED_OVER


class Watcher:
    """
    Waits for files to change, and knows what was in those that have.

    A scene may write a file and then read it. Every build writes such a file again, with the same content, which must
    not start another build.
    """

    def __init__(self) -> None:
        self._contents: dict[str, object] = {}

    def wait(self, known: Marks) -> set[str]:
        """Return those files that no longer are as they were, as soon as there is one."""
        known = dict(known)
        for _ in _moments({folder for file in known if (folder := Path(file).parent).is_dir()}):
            now = {file: look for file, look in looked_at(known).items() if look != known[file]}
            known |= now
            if changed := {file for file, look in now.items() if self._is_new(file, look)}:
                return changed
        raise AssertionError

    def _is_new(self, file: str, look: object) -> bool:
        """Return whether a file's content is another than when it last changed."""
        try:
            content = _digest(Path(file)) or look
        except OSError:  # it is gone, or not to be read
            content = look
        before, self._contents[file] = self._contents.get(file, self), content
        return content != before


def _digest(path: Path) -> object:
    """Return what stands for a file's content; None if it is no plain file, or too large to be read time and again."""
    if not stat.S_ISREG(path.stat().st_mode):
        return None
    with os.fdopen(os.open(path, os.O_RDONLY | os.O_NONBLOCK | os.O_CLOEXEC), "rb") as content:
        facts = os.fstat(content.fileno())
        if not stat.S_ISREG(facts.st_mode) or facts.st_size > limits.DOCUMENT:
            return None
        return hashlib.file_digest(content, "sha256").digest()


def _moments(folders: set[Path]) -> Iterator[None]:
    """Yield at once, then whenever something has happened in one of the folders, and from time to time."""
    yield None
    with suppress(OSError, RuntimeError):  # a system may run out of watches, and a folder go away
        yield from (
            None
            for _ in watch(
                *folders,
                watch_filter=None,
                recursive=False,
                ignore_permission_denied=True,
                debounce=LONGEST,
                step=REST,
                rust_timeout=GLANCE,
                yield_on_timeout=True,
            )
        )
    while True:
        yield None
        time.sleep(GLANCE / 1000)
