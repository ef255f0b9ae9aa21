"""What a command may do for a document that nobody trusts."""

from __future__ import annotations

import os
import re
import sys
import sysconfig
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cache, cached_property
from pathlib import Path

from tests.hostile.tracing import Event

__all__ = ["Policy"]

ROOT = Path(__file__).parents[2]
INSTALLED = (
    *(sys.prefix, sys.base_prefix, str(Path(sys.prefix).resolve())),
    *(sysconfig.get_path(name) for name in ("stdlib", "purelib", "platlib")),
    *(str(ROOT / name) for name in ("deck", "slides", "pyproject.toml", "tests/hostile")),
)
SYSTEM = (
    "/usr",
    "/lib",
    "/lib64",
    "/opt",
    "/proc",
    "/sys",
    "/var/cache/fontconfig",
    "/Library/Fonts",
    "/System/Library/Fonts",
)
SETTINGS = re.compile(
    r"/etc/(ld\.so\..*|fonts(/.*)?|locale.*|localtime|nsswitch\.conf|ssl/openssl\.cnf|passwd|group|mime\.types|os-release)"
    r"|/etc/(apache2?|httpd|nginx)/.*mime\.types"
)
DEVICES = re.compile(r"/dev/(null|zero|urandom|tty|pts/.*|shm(/.*)?)")
OWN_FONTS = (
    ".fontconfig",
    ".fonts",
    ".fonts.conf",
    ".fonts.conf.d",
    ".config/fontconfig",
    ".local/share/fonts",
    "Library/Fonts",
)
LIBRARIES = "/sbin/ldconfig"
"""The C library's list, which Python asks by this name where a library of Python's wants one of the system's."""

CODE = re.compile(
    r".*\.(py|pyc|pyo|so|pth|egg-link|zip|cfg|toml|ini|ya?ml|conf|env|pdbrc|tex|sty|sh)"
    r"|matplotlibrc|entry_points\.txt|METADATA|PKG-INFO|\.env|\.pdbrc|\.python-version"
)
"""Names of files that nobody has to look into, wherever they lie in the document's folder."""


@dataclass(frozen=True, kw_only=True)
class Policy:
    """
    Where a run may look and write.

    Attributes
    ----------
    folders
        The documents' own; the default output goes to ``build`` in each.
    temporary, home
        Folders made for the run.
    asked
        A file that the command was asked for by name.
    """

    folders: tuple[Path, ...]
    temporary: Path
    home: Path
    asked: Path | None = None

    def faults(self, events: Iterable[Event]) -> Iterator[str]:
        """Yield a few words for each event that is not allowed."""
        allowed = {"start": self._starts, "connect": self._connects, "read": self._reads, "write": self._writes}
        for event in events:
            if not allowed[event.kind](event.path):
                yield f"{event.kind}: {event.path}{'' if event.done else ' (in vain)'}"

    @staticmethod
    def _starts(path: str) -> bool:
        is_python = Path(path).name.startswith("python") and _is_in(path, INSTALLED)
        return is_python or path in (f"{sys.prefix}/bin/deck", LIBRARIES)

    def _connects(self, path: str) -> bool:
        return _is_in(path, (str(self.temporary),)) or path == "/var/run/nscd/socket"

    def _reads(self, path: str) -> bool:
        if path == str(self.asked):
            return True
        if _is_in(path, self._own):
            return _is_in(path, self._builds) or not CODE.fullmatch(Path(path).name)
        return (
            _is_in(path, self._common) or path in _above() or bool(SETTINGS.fullmatch(path) or DEVICES.fullmatch(path))
        )

    def _writes(self, path: str) -> bool:
        on_the_way = (str(self.home), f"{self.home}/.cache")
        return _is_in(path, self._made) or path in on_the_way or bool(DEVICES.fullmatch(path))

    @cached_property
    def _own(self) -> tuple[str, ...]:
        return tuple(map(str, self.folders))

    @cached_property
    def _builds(self) -> tuple[str, ...]:
        return tuple(str(folder / "build") for folder in self.folders)

    @cached_property
    def _caches(self) -> tuple[str, ...]:
        return f"{self.home}/.cache/fontconfig", f"{self.home}/.fontconfig", "/var/cache/fontconfig"

    @cached_property
    def _common(self) -> tuple[str, ...]:
        fonts = (f"{self.home}/{name}" for name in OWN_FONTS)
        return (*INSTALLED, *SYSTEM, str(self.temporary), *fonts, *self._caches)

    @cached_property
    def _made(self) -> tuple[str, ...]:
        return (*self._builds, str(self.temporary), *self._caches)


def _is_in(path: str, folders: Iterable[str]) -> bool:
    return any(path.startswith(folder) and path[len(folder) :][:1] in ("", os.sep) for folder in folders)


@cache
def _above() -> set[str]:
    """Return the folders that what is installed is below: their names are looked at on the way."""
    return {str(parent) for place in INSTALLED for parent in Path(place).parents}
