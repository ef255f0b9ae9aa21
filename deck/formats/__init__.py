"""What a deck can be written to: one writer for each suffix, and for a folder, which has none."""

from __future__ import annotations

from collections.abc import Callable
from importlib import import_module
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from deck.build import Deck
    from deck.build.films import Studio

__all__ = [
    "WRITERS",
    "Writer",
    "html",
    "lighter",
    "pictures",
]

Writer = Callable[["Deck", Path, "Studio"], None]


def _writer(module: str, name: str = "write") -> Writer:
    """Return a writer that is imported when it writes: a page needs nothing of what films and pictures do."""

    def write(deck: Deck, path: Path, studio: Studio) -> None:
        getattr(import_module(f"deck.formats.{module}"), name)(deck, path, studio)

    return write


WRITERS: dict[str, Writer] = {
    "": _writer("pictures"),
    ".html": _writer("html"),
    ".mp4": _writer("video"),
    ".png": _writer("pictures", "write_sheet"),
}
