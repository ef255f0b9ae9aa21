"""One picture: read from its file or address, made as small as is needed, and drawn."""

from __future__ import annotations

import io
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import BinaryIO
from urllib.parse import unquote

import numpy as np
from numpy.typing import NDArray

from deck.errors import Location, SlideError
from deck.images import ImageError, opened, plain_file, shrunk
from deck.typesetting.addresses import embedded, short
from deck.typesetting.blocks import Picture
from deck.typesetting.drawings import Drawing, drawing
from deck.typesetting.setup import Setup

__all__ = ["PAPER_EDGE", "WIDEST", "Loaded", "load"]

WIDEST = 1920
"""Pixels that a picture keeps at most, across and, where the frame has so many, down."""
PAPER_EDGE = 16.0
"""How far the paper that a picture stands on reaches beyond it, in pixels."""
DARK, CLEAR, SHARE = 0.2, 128, 0.02
"""How light ink on a dark ground has to be, from which alpha on it is ink, and which share of it may be darker."""
SUFFIXES = {".svg", ".svgz"}
SECTION_PIXELS = 300_000_000
"""How many pixels are decoded for a section, give or take a picture: thirty screens full at 4K."""
FORMATS_HINT = "save it as PNG, JPEG, WebP or SVG"


@dataclass(frozen=True, slots=True, eq=False)
class Loaded:
    """A picture: its pixels or its drawing, how large it is by itself, and whether it needs paper behind it."""

    pixels: NDArray[np.uint8]
    drawing: Drawing | None
    width: float
    height: float
    on_paper: bool
    decoded: int = 0
    """How many pixels took part in it."""


def load(picture: Picture, setup: Setup, *, widest: int = WIDEST) -> Loaded:
    """
    Return a picture that is a file, or that its address has in itself, with ``widest`` pixels across at most.

    Raises
    ------
    SlideError
        If it is not there, is no image, or stands where it may not be read from.
    """
    where = Location(setup.path, picture.line)
    most = widest, setup.measures.most_pixels
    data = embedded(picture.source)
    source = hash(data) if data else _file(picture, setup, where)
    known = setup.decoded
    if source not in known and sum(known.values()) > SECTION_PIXELS:
        raise SlideError(
            f"the images up to here have more than {SECTION_PIXELS // 1_000_000} million pixels",
            hint="scale them down to what a screen shows, or show fewer in a section",
            where=where,
        )
    name = f"the image '{short(source.name)}'" if isinstance(source, Path) else "the image in the text"
    with _told(name, where):
        if isinstance(source, Path):
            loaded = _loaded(source, source.stat().st_mtime_ns, most)
        else:
            loaded = _pixels(io.BytesIO(data), most)
    known[source] = loaded.decoded
    return loaded


@contextmanager
def _told(name: str, where: Location) -> Iterator[None]:
    """Say of what is wrong with a picture which one it is."""
    try:
        yield
    except ImageError as error:
        raise SlideError(f"{name} {error}", hint=error.hint or FORMATS_HINT, where=where) from error
    except OSError as error:
        reason = (error.strerror or "there is an error").lower()
        raise SlideError(f"{name} cannot be read: {reason}", hint=FORMATS_HINT, where=where) from error


def _file(picture: Picture, setup: Setup, where: Location) -> Path:
    """Return the file of a picture that may be read."""
    folder = setup.path.parent.resolve()
    name = unquote(picture.source).partition("?")[0]
    try:
        file = (folder / name).resolve()
        known = file if file.exists() else (folder / picture.source).resolve()
        is_there = known.exists()
    except (OSError, ValueError, RuntimeError):  # a null byte, far too long, links in a circle
        known, is_there = folder, False
    if not setup.trust and not known.is_relative_to(folder):
        hint = "move it there, or build with --trust"
        raise SlideError(
            f"the image '{short(picture.source)}' is outside of the document's folder", hint=hint, where=where
        )
    if not is_there or known.is_dir():
        hint = f"images are looked for from {setup.path.parent.absolute()}"
        raise SlideError(f"no such image: '{short(picture.source)}'", hint=hint, where=where)
    return known


@lru_cache(maxsize=32)
def _loaded(path: Path, _changed: int, most: tuple[int, int]) -> Loaded:
    with plain_file(path) as file:
        return _drawing(file.read()) if path.suffix.lower() in SUFFIXES else _pixels(file, most)


def _pixels(file: BinaryIO, most: tuple[int, int]) -> Loaded:
    with opened(file) as image:
        width, height = image.size
        small = shrunk(image, most)
        decoded = image.width * image.height  # fewer than it has, where it could be decoded smaller
    if (width > height) != (small.width > small.height):  # the camera was held upright
        width, height = height, width
    scale = max(width / WIDEST, height / WIDEST, 1)
    pixels = np.asarray(small.convert("RGBA"))
    return Loaded(pixels, None, width / scale, height / scale, lost(pixels), decoded)


def lost(pixels: NDArray[np.uint8]) -> bool:
    """Return whether a see-through picture has ink that cannot be told from a dark ground: it was drawn for paper."""
    alpha = pixels[..., 3]
    if alpha.min(initial=255) >= CLEAR:
        return False
    inked = pixels[alpha >= CLEAR]
    lightness = inked[:, :3] @ np.array([0.2126, 0.7152, 0.0722])
    return bool(len(inked)) and float((lightness < DARK * 255).mean()) > SHARE


def _drawing(data: bytes) -> Loaded:
    drawn = drawing(data)
    return Loaded(np.zeros((0, 0, 4), np.uint8), drawn, drawn.width, drawn.height, drawn.is_dark)
