"""
What a recording is made from, found out while it is made.

Nobody declares it: Python tells an audit hook of every file that it opens, and ``sys.modules`` has the modules that
were imported. A file is known by its SHA-256. The files of installed distributions are not looked at one by one: one
hash stands for all that is installed, see `deck.build.installed`.

The hook does not hear of some files, such as those that a library in C opens. A document, or a kind of slide, names
these by a pattern.
"""

from __future__ import annotations

import hashlib
import os
import re
import stat
import sys
import sysconfig
import tempfile
import time
from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from functools import cache
from importlib.metadata import entry_points

from deck.build.patterns import MARK, contents, named, watched_for
from deck.files.scratch import PREFIX
from deck.plugins import KINDS

__all__ = ["Inputs", "are_unchanged", "files_of", "fingerprint", "read_since", "watched"]

TICKS = 20_000_000
"""How far the times of files may be behind the clock, in nanoseconds."""


@dataclass(slots=True)
class Inputs:
    """
    The files that were used.

    Attributes
    ----------
    files
        The SHA-256 of each by its absolute path, empty for one that was looked for and is not there.
    stable
        Whether none of them was written to while they were in use.
    """

    files: dict[str, str] = field(default_factory=dict)
    stable: bool = True

    def declare(self, folder: str, patterns: Iterable[str]) -> None:
        """Add the files that match patterns, which are relative to a folder: see `deck.build.patterns`."""
        for pattern in patterns:
            name = named(folder, pattern)
            self.files[name] = fingerprint(name)


@dataclass(slots=True)
class _Heard:
    """What the hook has heard of: each path opened for reading, and whether it was a file; and each file made anew."""

    read: dict[str, bool] = field(default_factory=dict)
    written: set[str] = field(default_factory=set)


_hearing: list[_Heard] = []
"""While something is watched: what was heard so far."""


@contextmanager
def watched() -> Iterator[Inputs]:
    """Yield inputs, to which all files that the block has used are added at its end."""
    began = time.time_ns() - TICKS
    inputs, heard = Inputs(), _Heard()
    _listen()
    _hearing.append(heard)
    try:
        yield inputs
    finally:
        _hearing.remove(heard)
    inputs.stable = all(fingerprint(name) == known for name, known in inputs.files.items())
    modules = {getattr(module, "__file__", None) for module in list(sys.modules.values())}
    kept = {path for path, was_there in heard.read.items() if was_there == os.path.isfile(path) and _may_stay(path)}
    for path in sorted((kept - modules) | set(_modules())):
        known = fingerprint(path)
        if known or not heard.read.get(path):  # else it cannot be read, and the block could not read it either
            inputs.files[path] = known
            inputs.stable &= not known or _is_older(path, began)


def read_since(moment: int, files: Iterable[str]) -> Inputs:
    """Return as inputs files that were read since a moment, in nanoseconds of the clock."""
    inputs = Inputs()
    for file in files:
        inputs.files[file] = known = fingerprint(file)
        inputs.stable &= bool(known) and _is_older(file, moment - TICKS)
    return inputs


def _is_older(path: str, moment: int) -> bool:
    """Return whether a file was written before a moment, in nanoseconds of the clock."""
    try:
        return os.stat(path).st_mtime_ns < moment
    except OSError:
        return False


def _may_stay(path: str) -> bool:
    """Return whether a path may be an input: nothing temporary, and no bytecode, which is made from other files."""
    folder = os.path.dirname(path)
    temporary = os.path.join(os.path.abspath(tempfile.gettempdir()), "")
    is_scratch = PREFIX in temporary and path.startswith(temporary)
    return os.path.isdir(folder) and os.path.basename(folder) != "__pycache__" and not is_scratch


def files_of(name: str) -> Iterator[str]:
    """Yield the files and folders that have to be watched to see that an input has changed."""
    yield from watched_for(name) if name.startswith(MARK) else (name,)


def are_unchanged(files: Mapping[str, str]) -> bool:
    """Return whether all files are as they were."""
    return all(fingerprint(path) == known for path, known in files.items())


def fingerprint(path: str) -> str:
    """Return a file's SHA-256, empty if there is no plain file to read; for a pattern, one of all files that match."""
    if path.startswith(MARK):
        found = contents(path, fingerprint)
        return hashlib.sha256(found.encode(errors="surrogateescape")).hexdigest() if found else ""
    try:
        if not stat.S_ISREG(os.stat(path).st_mode):  # a pipe would keep us waiting, and a device may do anything
            return ""
        with open(os.open(path, os.O_RDONLY | os.O_NONBLOCK | os.O_CLOEXEC), "rb") as file:
            return hashlib.file_digest(file, "sha256").hexdigest()
    except (OSError, ValueError):  # ValueError: no file can be called so
        return ""


@cache
def _listen() -> None:
    """Add the hook, once and for good: Python has no way to remove one."""
    sys.addaudithook(_hear)


def _hear(event: str, arguments: tuple[object, ...]) -> None:
    if event in HEARD and _hearing:
        HEARD[event](_hearing[-1], *arguments)


def _hear_opened(heard: _Heard, path: object, _mode: object, flags: object, *_: object) -> None:
    name = _name(path)
    if not name or not isinstance(flags, int):
        return
    if flags & (os.O_WRONLY | os.O_RDWR):
        if flags & (os.O_TRUNC | os.O_EXCL) and name not in heard.read:
            heard.written.add(name)  # whatever is read from it has been written by the block itself
    elif name not in heard.written and not os.path.isdir(name):
        heard.read.setdefault(name, os.path.isfile(name))


def _hear_renamed(heard: _Heard, source: object, target: object, *_: object) -> None:
    if _name(source) in heard.written and (name := _name(target)) and name not in heard.read:
        heard.written.add(name)


HEARD: Mapping[str, Callable[..., None]] = {"open": _hear_opened, "os.rename": _hear_renamed}


def _name(path: object) -> str:
    """Return the absolute path of a file that a recording may depend on, or nothing."""
    if not isinstance(path, (str, bytes)):
        return ""
    name = os.path.abspath(os.fsdecode(path))
    return "" if name.endswith((".pyc", ">")) or name.startswith(_foreign()) else name  # <string> is no file


@cache
def _foreign() -> tuple[str, ...]:
    """Return the folders of what is installed, and those of the system."""
    installed = {sysconfig.get_path(name) for name in ("stdlib", "platstdlib", "purelib", "platlib")}
    installed |= {os.path.dirname(folder) for folder in installed}  # a zip of the library may stand there
    return (*sorted(f"{folder}{os.sep}" for folder in installed), "/dev/", "/etc/", "/proc/", "/sys/", "/usr/")


def _modules() -> Iterator[str]:
    """Yield the files of the imported modules that may change from one build to the next."""
    kinds = {re.split(r"[.:\s]", offer.value)[0] for offer in entry_points(group=KINDS)}
    for name, module in list(sys.modules.items()):
        path = getattr(module, "__file__", None)
        if not isinstance(path, str) or not path.endswith(".py") or not os.path.isfile(path):
            continue
        if name in {"__main__", "__mp_main__"}:  # the command, or whatever else asked for the build
            continue
        package = name.partition(".")[0]
        if package != "deck" and (package in kinds or not path.startswith(_foreign())):
            yield os.path.abspath(path)
