"""One picture: read from its file or address, made as small as is needed, and drawn."""

from __future__ import annotations

import io
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import BinaryIO
from urllib.parse import unquote

import numpy as np
from manim import UL, Group, ImageMobject, Mobject, SVGMobject
from numpy.typing import NDArray

from deck.errors import Location, SlideError
from deck.images import ImageError, opened, plain_file, shrunk
from deck.typesetting.addresses import embedded, short
from deck.typesetting.blocks import Picture
from deck.typesetting.ink import rectangle
from deck.typesetting.setup import Setup
from deck.typesetting.svg import harmless

__all__ = ["HIGHEST", "WIDEST", "Loaded", "drawn", "load"]

WIDEST, HIGHEST = 1920, 1080
"""Pixels that a picture keeps at most, across and down: the frame has no more."""
UNIT = 135
"""Pixels in one of manim's units."""
PAPER, PAPER_EDGE = "#F4F5F7", 0.12
DARK, CLEAR = 0.35, 128
"""A see-through picture that is darker than this stands on paper, for that is what it was drawn for."""
SUFFIXES = {".svg", ".svgz"}
FARTHEST = 1e9
"""What a drawing may measure, in its own units."""
SECTION_PIXELS = 300_000_000
"""How many pixels are decoded for a section, give or take a picture: thirty screens full at 4K."""
FORMATS_HINT = "save it as PNG, JPEG, WebP or SVG"


@dataclass(frozen=True, slots=True, eq=False)
class Loaded:
    """A picture: its pixels or its drawing, how large it is by itself, and whether it needs paper behind it."""

    pixels: NDArray[np.uint8]
    drawing: SVGMobject | None
    width: float
    height: float
    on_paper: bool
    decoded: int = 0
    """How many pixels took part in it."""


_DECODED: dict[Path, dict[Path | int, int]] = {}
"""How many pixels the pictures of a document had that this process, which works on one section of it, has decoded: each
by its file, or the hash of what its address holds."""


def load(picture: Picture, setup: Setup, *, widest: int = WIDEST) -> Loaded:
    """
    Return a picture that is a file, or that its address has in itself, with ``widest`` pixels across at most.

    Raises
    ------
    SlideError
        If it is not there, is no image, or stands where it may not be read from.
    """
    where = Location(setup.path, picture.line)
    data = embedded(picture.source)
    source = hash(data) if data else _file(picture, setup, where)
    known = _DECODED.setdefault(setup.path, {})
    if source not in known and sum(known.values()) > SECTION_PIXELS:
        raise SlideError(
            f"the images up to here have more than {SECTION_PIXELS // 1_000_000} million pixels",
            hint="scale them down to what a screen shows, or show fewer in a section",
            where=where,
        )
    name = f"the image '{short(source.name)}'" if isinstance(source, Path) else "the image in the text"
    with _told(name, where):
        if isinstance(source, Path):
            loaded = _loaded(source, source.stat().st_mtime_ns, widest)
        else:
            loaded = _pixels(io.BytesIO(data), widest)
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
def _loaded(path: Path, _changed: int, widest: int) -> Loaded:
    with plain_file(path) as file:
        return _drawing(file.read()) if path.suffix.lower() in SUFFIXES else _pixels(file, widest)


def _pixels(file: BinaryIO, widest: int) -> Loaded:
    with opened(file) as image:
        width, height = image.size
        small = shrunk(image, (widest, HIGHEST))
        decoded = image.width * image.height  # fewer than it has, where it could be decoded smaller
    if (width > height) != (small.width > small.height):  # the camera was held upright
        width, height = height, width
    unit = UNIT * max(width / WIDEST, height / WIDEST, 1)
    pixels = np.asarray(small.convert("RGBA"))
    dark = False
    if pixels[..., 3].min() < CLEAR:
        alpha = pixels[..., 3].astype(np.float32)
        light = sum(float((pixels[..., channel] * alpha).sum()) for channel in range(3))
        dark = light / max(3 * 255 * float(alpha.sum()), 1) < DARK
    return Loaded(pixels, None, width / unit, height / unit, dark, decoded)


def _drawing(data: bytes) -> Loaded:
    with TemporaryDirectory() as folder:
        copy = Path(folder, "drawing.svg")  # beside which manim writes another one
        copy.write_bytes(harmless(data))
        try:
            drawing = SVGMobject(str(copy), height=None, width=None, use_svg_cache=False)
        except MemoryError:
            raise
        except Exception as error:  # whatever the parsers stumble over
            raise ImageError("cannot be read") from error
    parts = drawing.family_members_with_points()
    if not parts or not (drawing.width and drawing.height):
        raise ImageError("cannot be read: there are no shapes in it")
    if not all(np.isfinite(part.points).all() for part in parts) or max(drawing.width, drawing.height) > FARTHEST:
        raise ImageError("cannot be read: its shapes reach beyond any measure")
    colors = [part.get_color().to_rgb() for part in parts]
    return Loaded(np.zeros((0, 0, 4), np.uint8), drawing, drawing.width, drawing.height, bool(np.mean(colors) < DARK))


def drawn(each: Loaded, width: float, height: float) -> Mobject:
    """Return a picture at its size, its upper left corner in the origin."""
    edge = PAPER_EDGE if each.on_paper else 0.0
    picture: Mobject = each.drawing.copy() if each.drawing is not None else ImageMobject(each.pixels)
    picture.stretch_to_fit_width(max(width - 2 * edge, 0.01)).stretch_to_fit_height(max(height - 2 * edge, 0.01))
    picture.move_to((edge, -edge, 0), aligned_edge=UL)
    if not each.on_paper:
        return picture
    return Group(rectangle(width, height, PAPER), picture)
