"""
A hash of what is installed: all that a recording may depend on beside the document and the files that it reads.

Nothing is started to find it out: a program is known by its file, and so is a typeface.
"""

from __future__ import annotations

import hashlib
import os
import platform
import re
import shutil
import sys
import sysconfig
from collections.abc import Iterator, Mapping
from contextlib import suppress
from functools import cache
from pathlib import Path

__all__ = ["environment", "own_code"]

PROGRAMS = ("latex", "dvisvgm")
"""The programs that set the formulas of scenes, if they are installed."""

FIRST = "deck.build.jobs"
"""The module that makes recordings. What it imports of deck, directly or not, takes part as well."""
IMPORT = re.compile(r"import (?:\(([^)]*)\)|(.*))")
BEFORE = re.compile(r" *(?:from (deck[\w.]*) )?")
"""What stands before that on its line. One pattern that begins at every line would take five times as long."""

FONTS = ("/usr/share/fonts", "/usr/local/share/fonts", "/Library/Fonts", "/System/Library/Fonts", "/etc/fonts")
OWN_FONTS = (".fonts", ".local/share/fonts", ".config/fontconfig", "Library/Fonts")
"""Where typefaces and their settings are: the system's, and those in the user's home."""
FONT_VARIABLES = ("FONTCONFIG_FILE", "FONTCONFIG_PATH", "XDG_DATA_HOME", "XDG_CONFIG_HOME")


def environment() -> str:
    """Return a hash of all that is installed; what this process has loaded is looked at once only."""
    facts = [*_python(), *own_code().values(), *_programs(), *_typefaces()]
    return hashlib.sha256("\n".join(facts).encode(errors="surrogateescape")).hexdigest()


@cache
def own_code() -> Mapping[Path, str]:
    """
    Return the files of deck's own modules that take part in a recording, and a hash of each.

    There are none where deck is installed as a distribution: there its version stands for all of them.
    """
    top = Path(__file__).parents[2]
    if str(top) in {sysconfig.get_path(name) for name in ("purelib", "platlib")}:
        return {}
    modules = _modules(top)
    found, left = dict[Path, str](), {modules[FIRST]}
    while left:
        code = {path: path.read_bytes() for path in left}
        found |= {path: hashlib.sha256(data).hexdigest() for path, data in code.items()}
        named = {name for data in code.values() for name in _imported(data.decode())}
        left = {modules[name] for name in named if name in modules} - found.keys()
    templates = {path for folder in {path.parent for path in found} for path in folder.glob("*.typ")}
    found |= {path: hashlib.sha256(path.read_bytes()).hexdigest() for path in templates}
    return dict(sorted(found.items()))


def _modules(top: Path) -> Mapping[str, Path]:
    """Return the files of all of deck's modules by their names."""
    found = {}
    for folder, _, names in os.walk(top / "deck"):
        package = os.path.relpath(folder, top).replace(os.sep, ".")
        for name in names:
            if name.endswith(".py"):
                module = package if name == "__init__.py" else f"{package}.{name.removesuffix('.py')}"
                found[module] = Path(folder, name)
    return found


def _imported(code: str) -> Iterator[str]:
    """Yield the names in all import statements of some code that may be modules of deck."""
    for match in IMPORT.finditer(code):
        start = code.rfind("\n", 0, match.start()) + 1
        if before := BEFORE.fullmatch(code, start, match.start()):
            yield from _named(before[1], *match.groups())


def _named(module: str | None, in_brackets: str | None, in_line: str | None) -> Iterator[str]:
    """Yield the names in an import statement that may be modules of deck."""
    names = re.findall(r"[\w.]+", re.sub("#.*", "", in_brackets or in_line or ""))
    if module:
        yield module
        yield from (f"{module}.{name}" for name in names)
    else:
        yield from (name for name in names if name.partition(".")[0] == "deck")


@cache
def _python() -> tuple[str, ...]:
    """Return the version of Python, and of every distribution on its path."""
    found = {name for folder in sys.path for name in _names_in(folder) if name.endswith((".dist-info", ".egg-info"))}
    return platform.python_version(), platform.machine(), *sorted(found)


def _names_in(folder: str) -> list[str]:
    try:
        return os.listdir(folder or ".")
    except OSError:
        return []


def _programs() -> Iterator[str]:
    for program in PROGRAMS:
        path = shutil.which(program)
        yield f"{program}: {_look(os.path.realpath(path)) if path else 'missing'}"


def _typefaces() -> Iterator[str]:
    """Yield the files of all typefaces, sorted by their folders and names."""
    yield from (f"{name}: {os.environ.get(name, '')}" for name in FONT_VARIABLES)
    data, config = (os.environ.get(name) for name in ("XDG_DATA_HOME", "XDG_CONFIG_HOME"))
    named = [f"{data}/fonts"] * bool(data) + [f"{config}/fontconfig"] * bool(config)
    for top in (*FONTS, *(os.path.expanduser(f"~/{name}") for name in OWN_FONTS), *named):
        for folder, folders, names in os.walk(top):
            folders.sort()
            yield from (_look(os.path.join(folder, name)) for name in sorted(names))


def _look(path: str) -> str:
    """Return a file's path, size and time, which differ once it is written to."""
    with suppress(OSError):
        facts = os.stat(path)
        return f"{path} {facts.st_size} {facts.st_mtime_ns}"
    return path
