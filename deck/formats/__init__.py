"""What a deck can be written to: the table from a file's suffix to its writer, to which packages add."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from importlib import import_module
from pathlib import Path
from typing import TYPE_CHECKING, cast

from deck import plugins

if TYPE_CHECKING:
    from deck.build import Deck
    from deck.build.films import Studio

__all__ = [
    "Writer",
    "html",
    "lighter",
    "pictures",
    "suffixes",
    "writer",
]

Writer = Callable[["Deck", Path, "Studio"], None]


def _writer(module: str, name: str = "write") -> Writer:
    """Return a writer whose module is imported when it writes: a page does not need what films and pictures need."""

    def write(deck: Deck, path: Path, studio: Studio) -> None:
        getattr(import_module(f"deck.formats.{module}"), name)(deck, path, studio)

    return write


OWN: Mapping[str, Writer] = {
    "": _writer("pictures"),
    ".html": _writer("html"),
    ".mp4": _writer("video"),
    ".png": _writer("pictures", "write_sheet"),
}


def suffixes() -> list[str]:
    """Return the suffixes that can be written: deck's own, then those that installed packages add."""
    added = (f".{name}" for name in plugins.names(plugins.FORMATS))
    return [suffix for suffix in OWN if suffix] + [suffix for suffix in added if suffix not in OWN]


def writer(suffix: str) -> Writer | None:
    """
    Return what writes files of a suffix, or a folder if that is empty; None if nothing does.

    Raises
    ------
    SlideError
        If what a package offers cannot be loaded, or called.
    """
    if suffix in OWN:
        return OWN[suffix]
    if suffix not in suffixes():
        return None
    found = plugins.load(plugins.FORMATS, suffix.removeprefix("."), what="format")
    if not callable(found):
        wanted = "function of a deck, a path and a studio"
        raise plugins.refused(plugins.FORMATS, suffix.removeprefix("."), what="format", wanted=wanted)
    return cast("Writer", found)
