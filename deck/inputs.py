"""
What a recording is made from, found out while it is made.

Nobody declares it: Python tells an audit hook of every file that it opens, and the modules that were imported are
there to be counted. A file is known by its SHA-256. What comes from an installed distribution is not looked at file by
file: the names and versions of all that is installed are one word, the `environment`.
"""

from __future__ import annotations

import hashlib
import os
import platform
import sys
import sysconfig
import time
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from functools import cache
from importlib.metadata import entry_points
from pathlib import Path

__all__ = ["Inputs", "are_unchanged", "environment", "watched"]

MAKERS = (
    *("deck.formulas", "deck.options", "deck.recording", "deck.reveal", "deck.sections", "deck.slide", "deck.theme"),
    "deck.typesetting",
)
"""The modules of `deck` that leave a mark on a recording; it passes through others without one."""

PIXELS = "clips extents footage painter raster stretching video yuv"
NOT_MAKERS = tuple(f"deck.recording.{name}" for name in PIXELS.split())


@dataclass(slots=True)
class Inputs:
    """
    The files that were used.

    Attributes
    ----------
    files
        The SHA-256 of each by its absolute path, empty for one that was looked for and is not there.
    stable
        Whether none of them was written to in the meantime.
    """

    files: dict[str, str] = field(default_factory=dict)
    stable: bool = True


_opened: list[dict[str, bool]] = []
"""While something is watched: the paths opened for reading so far, and whether there was a file."""


@contextmanager
def watched() -> Iterator[Inputs]:
    """Yield what is filled in at the end of the block with all that the block has used."""
    began = time.time_ns()
    inputs, opened = Inputs(), dict[str, bool]()
    _listen()
    _opened.append(opened)
    try:
        yield inputs
    finally:
        _opened.remove(opened)
    modules = {getattr(module, "__file__", None) for module in list(sys.modules.values())}
    kept = {path for path, was_there in opened.items() if was_there == os.path.isfile(path) and _is_in_a_folder(path)}
    for path in sorted((kept - modules) | set(_modules())):
        inputs.files[path] = fingerprint(path)
        inputs.stable &= not inputs.files[path] or os.stat(path).st_mtime_ns < began


def _is_in_a_folder(path: str) -> bool:
    """Return whether a path's folder is there, which those made for a while are not."""
    return os.path.isdir(os.path.dirname(path))


def are_unchanged(files: Mapping[str, str]) -> bool:
    """Return whether all files are as they were."""
    return all(fingerprint(path) == known for path, known in files.items())


def fingerprint(path: str) -> str:
    """Return a file's SHA-256, empty if there is no file to be read."""
    try:
        return hashlib.sha256(Path(path).read_bytes()).hexdigest()
    except OSError:
        return ""


@cache
def environment() -> str:
    """Return a word for what is installed: the version of Python, and of every distribution on its path."""
    found = {name for folder in sys.path for name in _names_in(folder) if name.endswith((".dist-info", ".egg-info"))}
    facts = [platform.python_version(), platform.machine(), *sorted(found)]
    return hashlib.sha256("\n".join(facts).encode()).hexdigest()


def _names_in(folder: str) -> list[str]:
    try:
        return os.listdir(folder or ".")
    except OSError:
        return []


@cache
def _listen() -> None:
    """Add the hook, once and for good: Python lets none of them go."""
    sys.addaudithook(_hear)


def _hear(event: str, arguments: tuple[object, ...]) -> None:
    if event != "open" or not _opened:
        return
    path, _, flags = arguments
    reads = not (isinstance(flags, int) and flags & (os.O_WRONLY | os.O_RDWR))
    if reads and isinstance(path, str) and not path.endswith(".pyc"):
        name = os.path.abspath(path)
        if not name.startswith(_foreign()) and not os.path.isdir(name):
            _opened[-1].setdefault(name, os.path.isfile(name))


@cache
def _foreign() -> tuple[str, ...]:
    """Return the folders of what is installed, and those of the system."""
    installed = {sysconfig.get_path(name) for name in ("stdlib", "platstdlib", "purelib", "platlib")}
    installed |= {os.path.dirname(folder) for folder in installed}  # a zip of the library may stand there
    return (*sorted(f"{folder}{os.sep}" for folder in installed), "/dev/", "/etc/", "/proc/", "/sys/", "/usr/")


def _modules() -> Iterator[str]:
    """Yield the files of the imported modules that may change from one build to the next."""
    kinds = {offer.module.partition(".")[0] for offer in entry_points(group="deck.slides")}
    for name, module in list(sys.modules.items()):
        path = getattr(module, "__file__", None)
        if not isinstance(path, str) or not path.endswith(".py") or not os.path.isfile(path):
            continue
        if name in {"__main__", "__mp_main__"}:  # the command, or whatever else asked for the build
            continue
        if _within(name, ("deck",)):
            wanted = _within(name, MAKERS) and not _within(name, NOT_MAKERS)
        else:
            wanted = not path.startswith(_foreign()) or name.partition(".")[0] in kinds
        if wanted:
            yield os.path.abspath(path)


def _within(name: str, prefixes: tuple[str, ...]) -> bool:
    return any(name == prefix or name.startswith(f"{prefix}.") for prefix in prefixes)
