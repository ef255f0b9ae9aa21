"""Images from the document's folder, scaled to the room there is, with captions."""

from __future__ import annotations

import warnings
from dataclasses import dataclass
from functools import lru_cache, partial
from pathlib import Path
from urllib.parse import unquote, urlsplit

import numpy as np
from manim import UL, Group, ImageMobject, Mobject, SVGMobject
from numpy.typing import NDArray
from PIL import Image, ImageOps, UnidentifiedImageError

from deck import theme
from deck.errors import Location, SlideError
from deck.typesetting.blocks import Figures, Picture, Span, Style
from deck.typesetting.ink import draw_line, rectangle
from deck.typesetting.lines import Line, break_lines
from deck.typesetting.palette import LEADING
from deck.typesetting.pieces import Part, Piece
from deck.typesetting.setup import Setup

__all__ = ["pieces"]

WIDEST = 1920
"""Pixels that a picture keeps: the frame has no more."""
UNIT = 135
"""Pixels in one of manim's units."""
LARGEST = 2.5
"""By what a picture is enlarged at most."""
BETWEEN, CAPTION_GAP = 0.4, 0.18
LEAST_HEIGHT = 0.8
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


def pieces(block: Figures, setup: Setup, x: float, width: float) -> list[Piece]:
    """
    Return images side by side, as one piece, equally high, and as large as there is room for.

    Raises
    ------
    SlideError
        If one is not there, is no image, or stands where it may not be read from.
    """
    loaded = [_load(*_file(picture, setup)) for picture in block.pictures]
    captions = [_caption(picture, setup, width / len(loaded)) for picture in block.pictures]
    below = max((_height(lines) for lines in captions), default=0.0)
    room = setup.share * (theme.CONTENT_TOP - theme.CONTENT_BOTTOM) - below
    free = width - BETWEEN * (len(loaded) - 1)
    tall = min([max(room, LEAST_HEIGHT), free / sum(each.width / each.height for each in loaded)])
    tall = min([tall, *(each.height * LARGEST for each in loaded)])
    wide = [each.width / each.height * tall for each in loaded]
    left = x + (0.0 if x else (width - sum(wide) - BETWEEN * (len(loaded) - 1)) / 2)
    parts: list[Part] = []
    for each, lines, own in zip(loaded, captions, wide, strict=True):
        parts.append(Part(x=left, depth=0.0, make=partial(_drawn, each, own, tall)))
        parts += _below(lines, setup, left + own / 2, tall)
        left += own + BETWEEN
    says = " ".join(f"{picture.alt or 'An image'}{_stop(picture.alt)} {picture.caption}" for picture in block.pictures)
    return [Piece(height=tall + below, baseline=0.0, parts=tuple(parts), says=says.strip())]


def _stop(text: str) -> str:
    return "" if text.endswith((".", "!", "?")) else "."


def _caption(picture: Picture, setup: Setup, width: float) -> list[Line]:
    size = max(theme.SMALLEST_SIZE, setup.size * 0.8)
    span = Span(picture.caption, Style(tone=theme.QUIET))
    return break_lines((span,), setup, width - BETWEEN, size=size) if picture.caption.strip() else []


def _height(lines: list[Line]) -> float:
    return CAPTION_GAP + sum(line.ascent + line.descent + LEADING * line.size / 72 for line in lines) if lines else 0.0


def _below(lines: list[Line], setup: Setup, middle: float, top: float) -> list[Part]:
    parts = []
    depth = top + CAPTION_GAP
    for line in lines:
        x = middle - line.width / 2
        parts.append(Part(x=x, depth=depth + line.ascent, make=partial(draw_line, line, setup)))
        depth += line.ascent + line.descent + LEADING * line.size / 72
    return parts


def _file(picture: Picture, setup: Setup) -> tuple[Path, Location]:
    """Return the file of a picture that may be read."""
    where = Location(setup.path, picture.line)
    parts = urlsplit(picture.source) if "://" in picture.source or ":" in picture.source[:6] else None
    if parts and len(parts.scheme) > 1:
        hint = "save it beside the document and name the file"
        raise SlideError(f"the image '{_short(picture.source)}' is an address, not a file", hint=hint, where=where)
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
            f"the image '{_short(picture.source)}' is outside of the document's folder", hint=hint, where=where
        )
    if not is_there:
        hint = f"images are looked for from {setup.path.parent.absolute()}"
        raise SlideError(f"no such image: '{_short(picture.source)}'", hint=hint, where=where)
    return known, where


def _short(source: str) -> str:
    return source if len(source) <= 80 else f"{source[:79]}…"


def _load(file: Path, where: Location) -> Loaded:
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


@lru_cache(maxsize=32)
def _loaded(file: Path, _changed: int) -> Loaded:
    if file.suffix.lower() == ".svg":
        return _drawing(file)
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
    drawing = SVGMobject(str(file), height=None, width=None, use_svg_cache=False)
    if not drawing.family_members_with_points() or not (drawing.width and drawing.height):
        raise ValueError("there are no shapes in it")
    colors = [part.get_color().to_rgb() for part in drawing.family_members_with_points()]
    return Loaded(np.zeros((0, 0, 4), np.uint8), drawing, drawing.width, drawing.height, bool(np.mean(colors) < DARK))


def _drawn(each: Loaded, width: float, height: float) -> Mobject:
    """Return a picture at its size, its upper left corner in the origin."""
    edge = PAPER_EDGE if each.on_paper else 0.0
    picture: Mobject = each.drawing.copy() if each.drawing is not None else ImageMobject(each.pixels)
    picture.stretch_to_fit_width(max(width - 2 * edge, 0.01)).stretch_to_fit_height(max(height - 2 * edge, 0.01))
    picture.move_to((edge, -edge, 0), aligned_edge=UL)
    if not each.on_paper:
        return picture
    return Group(rectangle(width, height, PAPER), picture)
