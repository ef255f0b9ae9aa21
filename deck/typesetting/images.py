"""Images as they are read, and as they are drawn."""

from __future__ import annotations

import io
import warnings
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from tempfile import TemporaryDirectory
from urllib.parse import unquote

import numpy as np
from manim import UL, Group, ImageMobject, Mobject, SVGMobject
from numpy.typing import NDArray
from PIL import Image, ImageOps, UnidentifiedImageError

from deck.errors import Location, SlideError
from deck.typesetting.addresses import embedded, short
from deck.typesetting.blocks import Picture
from deck.typesetting.ink import rectangle
from deck.typesetting.setup import Setup

__all__ = ["Loaded", "drawn", "load"]

WIDEST = 1920
"""Pixels that a picture keeps: the frame has no more."""
UNIT = 135
"""Pixels in one of manim's units."""
PAPER, PAPER_EDGE = "#F4F5F7", 0.12
DARK = 0.35
"""A see-through picture that is darker than this stands on paper, for that is what it was drawn for."""


@dataclass(frozen=True, slots=True, eq=False)
class Loaded:
    """A picture: its pixels or its drawing, how large it is by itself, and whether it needs paper behind it."""

    pixels: NDArray[np.uint8]
    drawing: SVGMobject | None
    width: float
    height: float
    on_paper: bool


def load(picture: Picture, setup: Setup) -> Loaded:
    """
    Return a picture that is a file, or that its address has in itself.

    Raises
    ------
    SlideError
        If it is not there, is no image, or stands where it may not be read from.
    """
    if data := embedded(picture.source):
        return _pixels(io.BytesIO(data))
    file, where = _file(picture, setup)
    try:
        return _loaded(file, file.stat().st_mtime_ns)
    except SlideError:
        raise
    except Exception as error:  # a damaged file may make a decoder raise anything
        hint = "save it as PNG, JPEG, WebP or SVG"
        reason = (
            "" if isinstance(error, UnidentifiedImageError) else f": {str(error).splitlines()[0] if str(error) else ''}"
        )
        raise SlideError(
            f"the image '{file.name}' cannot be read{reason.rstrip(': ')}", hint=hint, where=where
        ) from error


def _file(picture: Picture, setup: Setup) -> tuple[Path, Location]:
    """Return the file of a picture that may be read."""
    where = Location(setup.path, picture.line)
    folder = setup.path.parent.resolve()
    name = unquote(picture.source).partition("?")[0]
    try:
        file = (folder / name).resolve()
        known = file if file.is_file() else (folder / picture.source).resolve()
        is_there = known.is_file()
    except (OSError, ValueError, RuntimeError):  # a null byte, far too long, links in a circle
        known, is_there = folder, False
    if not setup.trust and not known.is_relative_to(folder):
        hint = "move it there, or build with --trust"
        raise SlideError(
            f"the image '{short(picture.source)}' is outside of the document's folder", hint=hint, where=where
        )
    if not is_there:
        hint = f"images are looked for from {setup.path.parent.absolute()}"
        raise SlideError(f"no such image: '{short(picture.source)}'", hint=hint, where=where)
    return known, where


@lru_cache(maxsize=32)
def _loaded(file: Path, _changed: int) -> Loaded:
    if file.suffix.lower() == ".svg":
        return _drawing(file)
    return _pixels(file)


def _pixels(file: Path | io.BytesIO) -> Loaded:
    with warnings.catch_warnings():
        warnings.simplefilter("error", Image.DecompressionBombWarning)
        with Image.open(file) as image:
            image.thumbnail((WIDEST, WIDEST))
            pixels = np.asarray(ImageOps.exif_transpose(image).convert("RGBA"))
    height, width = pixels.shape[:2]
    alpha = pixels[..., 3:] / 255
    light = float((pixels[..., :3] * alpha).sum() / max(3 * 255 * alpha.sum(), 1))
    return Loaded(pixels, None, width / UNIT, height / UNIT, bool(alpha.min() < 0.5 and light < DARK))


def _drawing(file: Path) -> Loaded:
    with TemporaryDirectory() as folder:
        copy = Path(folder, "drawing.svg")  # beside which manim writes another one
        copy.write_bytes(file.read_bytes())
        drawing = SVGMobject(str(copy), height=None, width=None, use_svg_cache=False)
    if not drawing.family_members_with_points() or not (drawing.width and drawing.height):
        raise ValueError("there are no shapes in it")
    colors = [part.get_color().to_rgb() for part in drawing.family_members_with_points()]
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
