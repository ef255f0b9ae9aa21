"""Writing so that a reader finds the old file or the new one, whole, and never anything between."""

from __future__ import annotations

import errno
import os
import stat
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

from deck.errors import OutputError
from deck.files.scratch import PREFIX, temporary_place
from deck.files.unfinished import sweep, unfinished

__all__ = ["full_temporary", "replacing", "writing"]

FULL = (errno.ENOSPC, errno.EDQUOT)
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
    Turn failures to write in the block into an error which says that ``path`` cannot be written.

    Raises
    ------
    OutputError
        For an `OSError` in the block, except for a broken pipe.
    """
    try:
        yield
    except BrokenPipeError:  # nobody reads any more, which is no failure of ours
        raise
    except OSError as error:
        number = error.errno or 0
        if number in FULL and _is_elsewhere(path) and (fault := full_temporary(error)):
            raise fault from error
        reason = REASONS.get(number) or (error.strerror or str(error)).lower()
        hint = HINTS.get(number, "choose a place that you may write to")
        raise OutputError(f"cannot write {path}: {reason}", hint=hint) from error


def full_temporary(error: Exception) -> OutputError | None:
    """Return the error to report instead, if a failure was caused by a lack of room for temporary files."""
    try:
        folder = temporary_place()
        if not _is_full(folder) and not _is_about(error, folder):
            return None
    except OSError:
        return None
    system = next((each.parent for each in (folder, *folder.parents) if each.name.startswith(PREFIX)), folder)
    hint = "free some space there, or name another one with TMPDIR"
    return OutputError(f"the temporary folder {system} is full", hint=hint)


def _is_full(folder: Path) -> bool:
    room = os.statvfs(folder)
    return not room.f_bavail or (room.f_files > 0 and not room.f_favail)


def _is_about(error: Exception, folder: Path) -> bool:
    """Return whether an error says that there was no room in a folder; there may be room again by now."""
    if not isinstance(error, OSError) or error.errno not in FULL:
        return False
    if isinstance(error.filename, str):
        return Path(error.filename).is_relative_to(folder)
    here = Path.cwd()
    return not _is_on_same_disk(here, folder) and not _is_full(here)


def _is_on_same_disk(path: Path, other: Path) -> bool:
    there = next(parent for parent in (path.absolute(), *path.absolute().parents) if parent.exists())
    return there.stat().st_dev == other.stat().st_dev


def _is_elsewhere(path: Path) -> bool:
    """Return whether temporary files are kept on another disk than a path."""
    with suppress(OSError):
        return not _is_on_same_disk(path, temporary_place())
    return False


@contextmanager
def replacing(path: Path) -> Iterator[Path]:
    """
    Yield a path to write to, beside ``path`` and with its suffix, and move it there when the block is done.

    Missing folders are made. Who may read and write the file stays as it was. A failure leaves what stood at ``path``
    as it was, and nothing beside it.

    Raises
    ------
    OutputError
        If the block or the move meets an `OSError`, or if ``path`` is there and is no plain file.
    """
    target = Path(os.path.realpath(path))  # Path.resolve() raises where links lead in a circle
    with writing(path):
        if target.exists() and not target.is_file():
            raise OutputError(f"cannot write {path}: it is no plain file", hint="choose another name")
        target.parent.mkdir(parents=True, exist_ok=True)
        known = target.stat() if target.exists() else None
        with _opened(target.parent) as folder:
            sweep(folder)
            with unfinished(folder, suffix=target.suffix, mode=0o600 if known else 0o666) as (name, _):
                beside = target.with_name(name)
                yield beside
                if known:
                    _keep_rights(beside, known)
                _flush(beside)
                beside.replace(target)


@contextmanager
def _opened(folder: Path) -> Iterator[int]:
    opened = os.open(folder, os.O_RDONLY | os.O_DIRECTORY | os.O_CLOEXEC)
    try:
        yield opened
    finally:
        os.close(opened)


def _keep_rights(path: Path, known: os.stat_result) -> None:
    """Give a new file the permissions of the one that it replaces and, as far as that is allowed, its owners."""
    for owner in (known.st_uid, -1):
        with suppress(OSError):
            os.chown(path, owner, known.st_gid)
            break
    path.chmod(stat.S_IMODE(known.st_mode))


def _flush(path: Path) -> None:
    with path.open("rb+") as file:
        os.fsync(file.fileno())
