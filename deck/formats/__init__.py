"""What a deck can be written to: one writer for each suffix, and for a folder, which has none."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

from deck.formats import html, pictures, video

if TYPE_CHECKING:
    from deck.build import Deck
    from deck.films import Studio

__all__ = ["WRITERS", "Writer"]

Writer = Callable[["Deck", Path, "Studio"], None]

WRITERS: dict[str, Writer] = {
    "": pictures.write,
    ".html": html.write,
    ".mp4": video.write,
    ".png": pictures.write_sheet,
}
