"""
Present a deck in the Qt window.

Nothing of Qt is imported before `present` has seen that Qt can start: without a display or one of its libraries
Qt does not raise, it ends the process.
"""

from __future__ import annotations

import ctypes
import os
import re
import sys
from collections.abc import Callable
from functools import partial
from importlib import import_module
from pathlib import Path
from typing import TYPE_CHECKING

from deck.adapters.qt import FFMPEG, QUIET, X11
from deck.errors import DeckError, MissingError
from deck.identifiers import nearest

if TYPE_CHECKING:
    from deck.build import Deck
    from deck.build.films import Studio

__all__ = ["present", "require_display", "require_qt"]

DEBIAN_PACKAGES = (
    "libegl1 libgl1 libpulse0 libwayland-cursor0 libxcb-cursor0 libxcb-icccm4 libxcb-keysyms1 libxcb-shape0 "
    "libxkbcommon-x11-0 libxrandr2"
)
"""What Qt's wheels expect of a Debian 12 that has cairo and Pango already."""


def present(deck: Deck, studio: Studio, *, full_screen: bool = False, start: str | None = None) -> Callable[[], int]:
    """
    Make ready to show a deck.

    Parameters
    ----------
    deck
        What to show.
    studio
        Makes the clips, forwards and backwards.
    full_screen
        Whether the window opens in full screen.
    start
        The pause to open on: ``slide`` or ``slide/reveal``, by id; by default the first of the deck.

    Returns
    -------
    callable
        It shows the deck until its window is closed, and returns Qt's exit code, 0 unless something went wrong.

    Raises
    ------
    DeckError
        If the deck has no such pause, or its clips cannot be made.
    MissingError
        If PySide6, a system library or a display is missing.
    """
    pause = find_pause(deck, start)
    require_qt()
    require_display()
    films = studio.films(deck.slides, reversed=True)
    from deck.present.window import run

    return partial(run, deck, films, width=studio.quality.width, pause=pause, full_screen=full_screen)


def find_pause(deck: Deck, start: str | None) -> int:
    """
    Return the number of a pause, counted from 0 through the whole deck.

    Raises
    ------
    DeckError
        If no pause has that name.
    """
    names = [(slide.id, f"{slide.id}/{reveal.id}") for slide in deck.slides for reveal in slide.reveals]
    if start is None:
        return 0
    for index, aliases in enumerate(names):
        if start in aliases:
            return index
    known = {alias for aliases in names for alias in aliases}
    raise DeckError(f"the deck has no pause '{start}'", hint=nearest(start, known, what="pauses"))


def require_qt() -> None:
    """
    See that PySide6 and the system libraries below it can be loaded.

    Raises
    ------
    MissingError
        If one is not there.
    """
    os.environ["QT_API"] = "pyside6"  # manim-slides takes any binding; its window here is tested with this one
    try:
        from PySide6.QtCore import QLoggingCategory

        QLoggingCategory.setFilterRules(QUIET)
        import_module("PySide6.QtMultimediaWidgets")
        _load_plugin(FFMPEG)
    except ModuleNotFoundError as error:
        raise MissingError(
            "PySide6, which draws the window, is not installed",
            hint="run 'make present', or: pip install 'feature-map-deck[qt]'",
        ) from error
    except (ImportError, OSError) as error:
        raise _missing_library(error) from error


def require_display() -> None:
    """
    See that a window can open; only Linux can be without a display.

    Raises
    ------
    MissingError
        If there is no display, or Qt's way to it lacks a library.
    """
    if not sys.platform.startswith("linux"):
        return
    platform = os.environ.get("QT_QPA_PLATFORM") or _session_platform()
    hint = "run it in a desktop session, or 'deck build' and open the HTML in a browser"
    if not platform:
        raise MissingError("there is no display to open a window on", hint=hint)
    if platform != "xcb":
        return
    try:
        _load_plugin(X11)
        x11 = ctypes.CDLL("libX11.so.6")
    except OSError as error:
        raise _missing_library(error) from error
    x11.XOpenDisplay.restype = ctypes.c_void_p
    display = x11.XOpenDisplay(None)
    if display is None:
        raise MissingError(f"the display '{os.environ.get('DISPLAY', '')}' refuses a window", hint=hint)
    x11.XCloseDisplay(ctypes.c_void_p(display))


def _session_platform() -> str:
    """Return the plugin Qt will choose, "" if there is nothing to show a window on."""
    if os.environ.get("WAYLAND_DISPLAY"):
        return "wayland"
    return "xcb" if os.environ.get("DISPLAY") else ""


def _load_plugin(name: str) -> None:
    """Load one of Qt's plugins as Qt would; where Qt is silent about a missing library, the loader names it."""
    from PySide6.QtCore import QLibraryInfo

    plugin = Path(QLibraryInfo.path(QLibraryInfo.LibraryPath.PluginsPath), name)
    if plugin.exists():
        ctypes.CDLL(str(plugin))


def _missing_library(error: Exception) -> MissingError:
    found = re.search(r"[\w.+-]+\.so[.\d]*", str(error))
    library = found[0] if found else str(error)
    return MissingError(
        f"Qt cannot load the system library {library}",
        hint=f"run 'make present', or on Debian: sudo apt-get install {DEBIAN_PACKAGES}",
    )
