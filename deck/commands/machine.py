"""
What this machine has of all that decks are made and shown with, and what each missing piece costs.

Nothing heavy is imported: versions are those that the packages were installed with. Only the two libraries that are
looked for outside of Python, cairo and Pango, are loaded, for that is the only way to know.
"""

from __future__ import annotations

import os
import platform
import shutil
import sys
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from importlib import import_module
from importlib.metadata import PackageNotFoundError, requires, version
from importlib.util import find_spec
from pathlib import Path

from packaging.requirements import Requirement

from deck.errors import words_of
from deck.process.processors import processors

__all__ = ["Finding", "examine"]

NAME = "feature-map-deck"
SETUP = "run 'make setup', or: pip install --upgrade feature-map-deck"

SHOWN = ("manim", "manim-slides", "av", "ziamath", "numpy", "pillow", "scikit-image", "starlette")
"""Packages whose versions are worth a line even if all is well."""

BROWSERS = ("chromium", "chromium-browser", "google-chrome", "microsoft-edge", "brave-browser", "firefox", "safari")
APPLICATIONS = ("Chromium", "Google Chrome", "Microsoft Edge", "Brave Browser", "Firefox", "Safari")

TYPEFACES = {
    "Inter": "fontpkg_inter",
    "JetBrains Mono": "fontpkg_jetbrains_mono",
    "Noto Sans": "manimgx_fonts",
    "Noto Sans CJK": "manimgx_fonts_cjk",
}
"""The package that brings each typeface."""

STORE_BYTES = 1_000_000_000
LEAST_BYTES = 100_000_000


@dataclass(frozen=True, slots=True, kw_only=True)
class Finding:
    """
    One piece, and the state that it is in.

    Attributes
    ----------
    name
        What it is called.
    found
        Its version, its place or its size; empty if it is not there.
    needed
        Whether nothing can be built without it.
    fine
        Whether it is there and will do.
    cost
        What cannot be done in this state; empty if everything can.
    hint
        What to do about it.
    """

    name: str
    found: str
    needed: bool = False
    fine: bool = True
    cost: str = ""
    hint: str = ""


def examine(store: Path) -> tuple[Finding, ...]:
    """Look at everything; ``store`` is the folder that recordings are kept in."""
    checks: tuple[Callable[[], Iterator[Finding]], ...] = (
        _python,
        _packages,
        _libraries,
        _fonts,
        _typst,
        _latex,
        _qt,
        _browser,
        lambda: _folder(store),
        _cores,
    )
    return tuple(finding for check in checks for finding in check())


def _python() -> Iterator[Finding]:
    fine = sys.version_info >= (3, 11)
    cost = "" if fine else "deck needs Python 3.11 or newer"
    yield Finding(name="Python", found=platform.python_version(), needed=True, fine=fine, cost=cost)
    yield Finding(name="deck", found=_version(NAME), needed=True)


def _packages() -> Iterator[Finding]:
    """Yield the packages that deck asks for: those worth a line, those that are wrong, and how many others."""
    others = 0
    for wish in map(Requirement, requires(NAME) or ()):
        if wish.marker and not wish.marker.evaluate({"extra": ""}):
            continue
        found = _version(wish.name)
        if not found or not wish.specifier.contains(found, prereleases=True):
            wrong = f"{found} is installed, which is not {wish.specifier}" if found else "it is not installed"
            yield Finding(name=wish.name, found=found, needed=True, fine=False, cost=wrong, hint=SETUP)
        elif wish.name in SHOWN:
            yield Finding(name=wish.name, found=found, needed=True)
        else:
            others += 1
    yield Finding(name="other packages", found=str(others), needed=True)


def _libraries() -> Iterator[Finding]:
    """Yield the libraries that draw outlines and set text, after loading them."""
    for name, module, asked in (("cairo", "cairo", "cairo_version_string"), ("Pango", "manimpango", "pango_version")):
        try:
            found = str(getattr(import_module(module), asked)())
        except Exception as error:  # noqa: BLE001 - an extension that cannot be loaded may raise anything
            cost, hint = (
                f"it cannot be loaded: {words_of(error)}",
                "install the system's cairo and Pango, then run 'make setup'",
            )
            yield Finding(name=name, found="", needed=True, fine=False, cost=cost, hint=hint)
        else:
            yield Finding(name=name, found=found, needed=True)


def _fonts() -> Iterator[Finding]:
    """Yield the typefaces that packages bring along."""
    for name, package in TYPEFACES.items():
        spec = find_spec(package)
        files = sorted(Path(spec.origin).parent.rglob("*.[to]t[fc]")) if spec and spec.origin else []
        cost = "" if files else "text and code on slides cannot be set"
        found = f"{len(files)} file{'s' * (len(files) > 1)} of {package}" if files else ""
        yield Finding(name=f"{name} typeface", found=found, needed=True, fine=bool(files), cost=cost, hint=SETUP)


def _typst() -> Iterator[Finding]:
    found = _version("typst")
    cost = "" if found else "scenes and kinds of slide that set their formulas with Typst fail"
    hint = "" if found else "run 'make setup', or: pip install typst"
    yield Finding(name="Typst", found=found, fine=bool(found), cost=cost, hint=hint)


def _latex() -> Iterator[Finding]:
    found, cost = shutil.which("latex") or "", ""
    if not found:
        cost = "formulas in scenes are set by ziamath, which knows LaTeX's maths and some of its packages"
    elif not shutil.which("dvisvgm"):
        cost = "dvisvgm is missing, which it takes to draw what LaTeX sets: scenes with formulas fail"
    hint = "on Debian: sudo apt-get install texlive-latex-extra dvisvgm" if cost else ""
    yield Finding(name="LaTeX", found=found, fine=not cost, cost=cost, hint=hint)


def _qt() -> Iterator[Finding]:
    found = _version("PySide6-Addons")
    cost = "" if found else "'deck present' has no window; any browser shows the HTML"
    hint = "" if found else f"run 'make present', or: pip install '{NAME}[qt]'"
    yield Finding(name="Qt (PySide6)", found=found, fine=bool(found), cost=cost, hint=hint)
    if sys.platform.startswith("linux"):
        display = os.environ.get("WAYLAND_DISPLAY") or os.environ.get("DISPLAY") or ""
        cost = "" if display else "windows cannot be opened here: 'deck present' waits for a desktop session"
        yield Finding(name="display", found=display, fine=bool(display), cost=cost)


def _browser() -> Iterator[Finding]:
    places = [where for name in BROWSERS if (where := shutil.which(name))]
    places += [str(app) for name in APPLICATIONS if (app := Path(f"/Applications/{name}.app")).exists()]
    found = places[0] if places else ""
    cost = "" if found else "decks cannot be looked at on this machine, and deck's own tests need a Chromium"
    hint = "" if found else "on Debian: sudo apt-get install chromium"
    yield Finding(name="browser", found=found, fine=bool(found), cost=cost, hint=hint)


def _folder(store: Path) -> Iterator[Finding]:
    """Yield whether there is room for a store, and whether one may write there."""
    there = next(parent for parent in (store.absolute(), *store.absolute().parents) if parent.exists())
    fine = there.is_dir() and os.access(there, os.W_OK | os.X_OK)
    cost = "" if fine else "nothing can be built here"
    hint = "" if fine else "change to a folder that you may write to"
    found = str(there) if fine else ""
    yield Finding(name="writable folder", found=found, needed=True, fine=fine, cost=cost, hint=hint)
    free = shutil.disk_usage(there).free
    cost = hint = ""
    if free < STORE_BYTES:
        cost = "recordings are kept from build to build, up to 1 GB, and there is not that much room"
        hint = "free some space; 'deck clean' removes what is kept"
    is_needed = free < LEAST_BYTES
    yield Finding(name="free space", found=_size(free), needed=is_needed, fine=not cost, cost=cost, hint=hint)


def _cores() -> Iterator[Finding]:
    count = processors()
    cost = "" if count > 1 else "slides are recorded one after the other"
    yield Finding(name="processors", found=str(count), fine=count > 1, cost=cost)


def _size(count: int) -> str:
    return f"{count / 1e9:,.0f} GB" if count >= 1e10 else f"{count / 1e9:.1f} GB"


def _version(package: str) -> str:
    """Return what version of a package is installed, or nothing."""
    try:
        return version(package)
    except PackageNotFoundError:
        return ""
