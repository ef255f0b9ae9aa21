"""
What a process may not do while it works for a document that nobody has trusted.

None of our own code does any of this. The guard is there for what our libraries might be talked into by a picture, a
formula or an option: to start a program, to reach a network, to read or write where they have no business. Python
tells an audit hook of each attempt before it is made, and the hook refuses. It cannot be taken out again.
"""

from __future__ import annotations

import errno
import os
import sys
import sysconfig
from collections.abc import Iterable
from functools import cache
from typing import Any

__all__ = ["DeniedError", "guard"]

SYSTEM = ("/usr", "/lib", "/lib64", "/etc/fonts", "/System/Library", "/Library/Fonts", "/opt/homebrew")
"""Where libraries, and typefaces with their settings, are installed beside Python."""
OWN_TYPEFACES = ("~/.fonts", "~/.local/share/fonts", "~/.config/fontconfig", "~/.cache/fontconfig", "~/Library/Fonts")
DEVICES = ("/dev/null", "/dev/urandom")

FORBIDDEN = {
    **dict.fromkeys(("subprocess.Popen", "os.system", "os.exec", "os.posix_spawn", "os.spawn"), "start a program"),
    **dict.fromkeys(("os.fork", "os.forkpty", "pty.spawn"), "start a process"),
    **dict.fromkeys(("os.kill", "os.killpg", "signal.pthread_kill"), "end a process"),
    **dict.fromkeys(("os.chdir", "os.fchdir"), "leave its folder"),
}
"""Events that are refused whatever they are about."""

Places = tuple[tuple[int, int | None], ...]

READS: dict[str, Places] = {"os.listdir": ((0, None),), "os.scandir": ((0, None),)}
WRITES: dict[str, Places] = {
    **dict.fromkeys(("os.remove", "os.rmdir"), ((0, 1),)),
    **dict.fromkeys(("os.mkdir", "os.chmod"), ((0, 2),)),
    **dict.fromkeys(("os.utime", "os.chown"), ((0, 3),)),
    **dict.fromkeys(("os.rename", "os.link"), ((0, 2), (1, 3))),
    **dict.fromkeys(("os.truncate", "os.setxattr", "os.removexattr", "os.chflags", "sqlite3.connect"), ((0, None),)),
    "os.symlink": ((1, 2),),
}
"""Events about paths: the position of each path among the arguments, and of the open folder it is relative to."""

WRITING = os.O_WRONLY | os.O_RDWR | os.O_CREAT | os.O_TRUNC | os.O_APPEND


class DeniedError(PermissionError):
    """Something was refused; libraries that only try to open a file take this for any file that cannot be read."""

    def __init__(self, what: str, path: str | None = None) -> None:
        super().__init__(errno.EACCES, f"it would {what}", path)


def guard(*, readable: Iterable[str], writable: str) -> None:
    """
    Refuse from now on, in this process and for good, whatever recording an untrusted document does not need.

    Parameters
    ----------
    readable
        Folders that may be read beside what is installed.
    writable
        The folder that may be written to, and read.
    """
    sys.addaudithook(_Guard(map(os.path.realpath, readable), os.path.realpath(writable)))


class _Guard:
    """An audit hook: it raises an error to refuse an event, and returns to let it pass."""

    def __init__(self, readable: Iterable[str], writable: str) -> None:
        self._readable = _prefixes([writable, *readable, *_installed()])
        self._importable = _prefixes(_installed())
        self._writable = _prefixes([writable])

    def __call__(self, event: str, arguments: tuple[Any, ...]) -> None:
        if event == "open":
            path, _, flags = arguments
            is_writing = isinstance(flags, int) and flags & WRITING
            self._check(path, *((self._writable, "write") if is_writing else (self._readable, "read")))
        elif event == "import" and arguments[1]:
            self._check(arguments[1], self._importable, "import")
        elif event == "ctypes.dlopen" and isinstance(arguments[0], str) and os.sep in arguments[0]:
            self._check(arguments[0], self._importable, "load")
        elif event in READS:
            self._check_all(READS[event], arguments, self._readable, "read")
        elif event in WRITES:
            self._check_all(WRITES[event], arguments, self._writable, "write")
        elif event in FORBIDDEN or event.startswith("socket."):
            raise DeniedError(FORBIDDEN.get(event, "reach a network"))

    def _check_all(self, places: Places, arguments: tuple[Any, ...], prefixes: tuple[str, ...], what: str) -> None:
        for path, folder in places:
            self._check(arguments[path], prefixes, what, -1 if folder is None else arguments[folder])

    def _check(self, path: Any, prefixes: tuple[str, ...], what: str, folder: int | None = None) -> None:
        if path is None or isinstance(path, int):  # a file that is open already
            return
        name = os.path.realpath(os.path.join(_opened(folder), os.fsdecode(path)))
        if not f"{name}{os.sep}".startswith(prefixes) and name not in DEVICES:
            raise DeniedError(f"{what} {name}", name)


def _opened(folder: int | None) -> str:
    """Return the path of a folder that is open, or nothing if there is none."""
    if folder is None or folder < 0:
        return ""
    try:
        return os.readlink(f"/proc/self/fd/{folder}")
    except OSError:  # another system than Linux
        return ""


@cache
def _installed() -> tuple[str, ...]:
    """Return the folders of what is installed."""
    paths = [sysconfig.get_path(name) for name in ("stdlib", "platstdlib", "purelib", "platlib")]
    places = [sys.prefix, sys.base_prefix, *paths, *sys.path, *SYSTEM, *map(os.path.expanduser, OWN_TYPEFACES)]
    return tuple({os.path.realpath(place) for place in places if place})


def _prefixes(folders: Iterable[str]) -> tuple[str, ...]:
    return tuple({folder.rstrip(os.sep) + os.sep for folder in folders})
