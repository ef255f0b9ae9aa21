"""Modules, packages and settings beside a document, and variables that point there: nothing of it is anyone's business."""

from __future__ import annotations

import importlib.util
import marshal
import sys
from importlib.machinery import EXTENSION_SUFFIXES
from pathlib import Path

from tests.hostile.attack import DOCUMENT, PLAIN, Attack, Place, beside

__all__ = ["ATTACKS"]

MODULES = (
    "IPython lxml defusedxml numpy signal random types json click yaml manim encodings deck slides linkify_it sitecustomize "
    "usercustomize readline _ctypes PIL typing_extensions olefile cffi brotli curses"
).split()
"""What is imported, or would be if it were there; some of it by a process's start."""

ONE_BY_ONE = "IPython lxml numpy random types click sitecustomize linkify_it".split()

GROUPS = "deck.slides deck.rules deck.formats deck.themes pydantic manim.plugins manim_slides pygments.lexers skimage".split()
POINTS = "".join(f"[{group}]\nevil = evil:run\nsingle-feature-map = evil:run\n" for group in GROUPS)
METADATA = "Metadata-Version: 2.1\nName: evil\nVersion: 1.0\n"
EVIL = "## One\n\n```slide\nkind: evil\n```\n"


def compiled(place: Place) -> bytes:
    """Return a compiled module that is valid whatever its source."""
    code = compile(place.code, "evil.py", "exec")
    return importlib.util.MAGIC_NUMBER + (0b01).to_bytes(4, "little") + bytes(8) + marshal.dumps(code)


def code(place: Place) -> str:
    return place.code


def everything(place: Place) -> None:
    """Put all modules there at once, and those of the standard library that need not be there from the start."""
    place.write(DOCUMENT, PLAIN)
    for name in {*MODULES, *sys.stdlib_module_names}:
        place.write(f"{name}.py", place.code)


def distribution(kind: str) -> Attack:
    """Return a distribution beside the document that offers something."""

    def write(place: Place) -> None:
        place.write(DOCUMENT, PLAIN)
        place.write("evil.py", place.code)
        place.write(f"evil-1.0.{kind}/{'METADATA' if kind == 'dist-info' else 'PKG-INFO'}", METADATA)
        place.write(f"evil-1.0.{kind}/entry_points.txt", POINTS)

    return Attack(write=write, alone=True, harmless=True)


def evil_kind(place: Place) -> None:
    place.write("evil.py", place.code)
    place.write("evil-1.0.dist-info/METADATA", METADATA)
    place.write("evil-1.0.dist-info/entry_points.txt", POINTS)
    place.write(DOCUMENT, EVIL)


def cached(place: Place) -> None:
    place.write(DOCUMENT, PLAIN)
    for name in ("lxml", "IPython", "talk", "linkify_it"):
        place.write(f"{name}.py", "")
        place.write(f"__pycache__/{name}.{sys.implementation.cache_tag}.pyc", compiled(place))


def sourceless(place: Place) -> None:
    place.write(DOCUMENT, PLAIN)
    for name in ("lxml", "IPython", "random", "linkify_it"):
        place.write(f"{name}.pyc", compiled(place))


def binaries(place: Place) -> None:
    place.write(DOCUMENT, PLAIN)
    for name in ("lxml", "IPython", "linkify_it", "_ssl", "libcairo", "libpango-1.0", "libc"):
        for suffix in (*EXTENSION_SUFFIXES, ".so.2", ".so.6"):
            place.write(f"{name}{suffix}", b"\x7fELF no library")


def path_files(place: Place) -> None:
    place.write(DOCUMENT, PLAIN)
    line = f"import os; os.close(os.open({str(place.ran)!r}, os.O_CREAT))\n"
    for name in ("evil.pth", "site-packages/evil.pth", "lib/python3/site-packages/evil.pth"):
        place.write(name, line)
    for name in ("python._pth", "pyvenv.cfg", "pybuilddir.txt", "python311._pth", "deck._pth"):
        place.write(name, "home = .\nimport site\n")


def programs(place: Place) -> None:
    place.write(DOCUMENT, PLAIN)
    for name in "python python3 deck latex dvisvgm gs ldconfig gcc uname sh ffmpeg fc-list typst".split():
        script = place.write(name, f"#!/bin/sh\n: > '{place.ran}'\n")
        script.chmod(0o755)


def variable(name: str, value: str, *, document: str = "evil.py") -> Attack:
    return beside(document, code, environment={name: value})


def _modules_by_path(name: str, value: str) -> Attack:
    def write(place: Place) -> None:
        place.write(DOCUMENT, PLAIN)
        for module in ("lxml", "IPython", "random", "numpy", "click", "defusedxml", "linkify_it", "yaml"):
            place.write(f"{module}.py", place.code)

    return Attack(write=write, environment={name: value}, alone=True, harmless=True)


ATTACKS: dict[str, Attack] = {
    **{f"module-{name}": beside(f"{name}.py", code) for name in ONE_BY_ONE},
    **{f"package-{name}": beside(f"{name}/__init__.py", code) for name in ("lxml", "PIL")},
    "module-everything": Attack(write=everything, alone=True, harmless=True),
    # Python itself imports some of its library before it comes to -m, and looks for what -m names in the working folder.
    "module-everything-and-m": Attack(
        write=lambda place: (
            [place.write(DOCUMENT, PLAIN)]
            + [
                place.write(f"{name}.py", place.code)
                for name in MODULES
                if name not in {"deck", *sys.stdlib_module_names}
            ]
        ),
        alone=True,
        harmless=True,
        module=True,
    ),
    "module-everything-elsewhere": Attack(write=everything, alone=True, harmless=True, elsewhere=True),
    "module-cached": Attack(write=cached, alone=True, harmless=True),
    "module-without-source": Attack(write=sourceless, alone=True, harmless=True),
    "module-binaries": Attack(write=binaries, alone=True, harmless=True),
    "module-main": beside("__main__.py", code),
    "module-init": beside("__init__.py", code, elsewhere=True),
    "path-files": Attack(write=path_files, alone=True, harmless=True),
    "zip-of-the-library": beside("python311.zip", b"PK\x05\x06" + bytes(18)),
    "distribution": distribution("dist-info"),
    "distribution-egg": distribution("egg-info"),
    "distribution-kind": Attack(write=evil_kind, alone=True),
    "distribution-kind-elsewhere": Attack(write=evil_kind, alone=True, elsewhere=True),
    "programs": Attack(write=programs, alone=True, harmless=True),
    "variable-path-dot": _modules_by_path("PYTHONPATH", "."),
    "variable-path-whole": _modules_by_path("PYTHONPATH", "{folder}"),
    "variable-path-empty": _modules_by_path("PYTHONPATH", ":"),
    "variable-path-around": _modules_by_path("PYTHONPATH", "{folder}/x/..:/usr"),
    "variable-startup": variable("PYTHONSTARTUP", "evil.py"),
    "variable-breakpoint": variable("PYTHONBREAKPOINT", "evil.run"),
    "variable-warnings": variable("PYTHONWARNINGS", "error::evil.Warned"),
    "variable-user-base": beside(
        "lib/python3.11/site-packages/usercustomize.py", code, environment={"PYTHONUSERBASE": "{folder}"}
    ),
    "variable-inspect": variable("PYTHONINSPECT", "1"),
    "variable-programs-first": Attack(
        write=programs, environment={"PATH": ".:{folder}:/usr/bin:/bin"}, alone=True, harmless=True
    ),
}
"""The name of each says what lies there."""

assert Path(DOCUMENT).suffix == ".md"
