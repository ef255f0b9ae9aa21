"""
Pictures that a document names, opened so that they can do no harm.

Only the formats of a short list are tried: of Pillow's others, some start programs, and some take Python minutes to
decode. A picture's size is checked before its pixels take memory.
"""

from __future__ import annotations

import os
import stat
import warnings
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import BinaryIO

from PIL import Image

__all__ = ["BYTES", "ImageError", "opened", "plain_file", "shown", "shrunk", "upright"]

FORMATS = ("PNG", "JPEG", "GIF", "WEBP", "BMP", "TIFF")
"""What is read. A file may hold several pictures, as JPEGs of some phones do; the first is shown."""

BYTES = 200_000_000
"""Bytes of a picture's file, at most."""
PIXELS = 120_000_000
"""Pixels of a picture, at most: the largest sensors of most phones have 108 million."""
SCANS = 100
"""Scans of a JPEG, at most: a progressive one has ten, and each takes as long as a whole picture."""
SCAN = b"\xff\xda"

FINER = 1.25
"""A picture is made smaller in a quick way down to this many times the size asked for, then in a good way."""
STRIP = 4_000_000
"""Pixels that are made smaller at once: where some are transparent, they are copied twice for it."""

ORIENTATION = 0x0112
TURNS = {
    2: Image.Transpose.FLIP_LEFT_RIGHT,
    3: Image.Transpose.ROTATE_180,
    4: Image.Transpose.FLIP_TOP_BOTTOM,
    5: Image.Transpose.TRANSPOSE,
    6: Image.Transpose.ROTATE_270,
    7: Image.Transpose.TRANSVERSE,
    8: Image.Transpose.ROTATE_90,
}
"""How to turn a picture upright, by the orientation that its camera has noted."""
ASIDE = {TURNS[orientation] for orientation in (5, 6, 7, 8)}
"""Those that swap a picture's height and width."""


class ImageError(Exception):
    """A picture that cannot be shown; the message goes on after the picture's name, and ``hint`` says what would do."""

    def __init__(self, message: str, *, hint: str = "") -> None:
        super().__init__(message)
        self.hint = hint


@contextmanager
def plain_file(path: Path) -> Iterator[BinaryIO]:
    """
    Open a file that is a picture, and nothing that keeps its reader waiting.

    Raises
    ------
    ImageError
        If it is a pipe, a device or the like, or larger than any picture.
    OSError
        If it cannot be opened.
    """
    _require_plain(path.stat())  # to open a device may do something already
    with os.fdopen(os.open(path, os.O_RDONLY | os.O_NONBLOCK | os.O_NOCTTY | os.O_CLOEXEC), "rb") as file:
        _require_plain(os.fstat(file.fileno()))
        yield file


def _require_plain(known: os.stat_result) -> None:
    if not stat.S_ISREG(known.st_mode):
        raise ImageError("is no plain file", hint="name a file with a picture in it")
    if known.st_size > BYTES:
        raise ImageError(
            f"has {known.st_size // 1_000_000} MB", hint=f"scale it down to at most {BYTES // 1_000_000} MB"
        )


@contextmanager
def opened(file: BinaryIO) -> Iterator[Image.Image]:
    """
    Open a picture of one of the formats. Its pixels are read later, and an error in them is an `ImageError` too.

    Raises
    ------
    ImageError
        If it is no such picture, has too many pixels, or turns out damaged while the block reads it.
    """
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # of large pictures, which have a limit here, and of odd metadata
        try:
            with Image.open(file, formats=FORMATS) as image:
                _check(image, file)
                yield image
        except (ImageError, MemoryError):
            raise
        except Image.DecompressionBombError as error:  # Pillow has a limit of its own, above this one
            raise _too_large("far too large") from error
        except Exception as error:  # a damaged file may make a decoder raise anything
            raise ImageError("cannot be read") from error


def _check(image: Image.Image, file: BinaryIO) -> None:
    width, height = image.size
    if width * height > PIXELS:
        raise _too_large(f"{width}×{height} pixels large")
    if any(tile.codec_name in Image.DECODERS for tile in getattr(image, "tile", ())):
        raise ImageError("is compressed in a way that is rarely used", hint="save it as PNG, JPEG or WebP")
    if image.format in {"JPEG", "MPO"} and _count(file, SCAN) > SCANS:
        raise ImageError("cannot be read: it has more scans than any picture needs")


def _too_large(how: str) -> ImageError:
    return ImageError(f"is {how}", hint=f"scale it down to at most {PIXELS // 1_000_000} million pixels")


def _count(file: BinaryIO, mark: bytes) -> int:
    """Return how often a mark is in a file; reading goes on where it was."""
    place, found, before = file.tell(), 0, b""
    file.seek(0)
    while block := file.read(1 << 20):
        found += (before + block).count(mark)
        before = block[-1:]
    file.seek(place)
    return found


def shrunk(image: Image.Image, size: tuple[int, int]) -> Image.Image:
    """
    Return a picture no larger than ``size``, its width and height in pixels, upright, in RGB or RGBA.

    A JPEG is decoded at a reduced size already, and no picture is ever in memory twice in full size.

    Raises
    ------
    ValueError
        If its values have 32 bits, which say nothing about which is white.
    """
    turn = _turn(image)
    box = size[::-1] if turn in ASIDE else size
    factor = _times(image, box)
    if factor > FINER:
        width, height = (max(1, round(length * FINER / factor)) for length in image.size)
        image.draft(None, (width, height))
    image.load()
    smaller = _reduced(image, max(1, int(_times(image, box) / FINER)))
    smaller.thumbnail(box, reducing_gap=None)
    return smaller.transpose(turn) if turn is not None else smaller


def _times(image: Image.Image, box: tuple[int, int]) -> float:
    """Return how many times as large as a box a picture is."""
    return max(length / room for length, room in zip(image.size, box, strict=True))


def upright(image: Image.Image) -> Image.Image:
    """Return a picture upright, however its camera was held."""
    turn = _turn(image)
    return image.transpose(turn) if turn is not None else image


def _turn(image: Image.Image) -> Image.Transpose | None:
    try:
        return TURNS.get(image.getexif().get(ORIENTATION, 1))
    except Exception:  # noqa: BLE001 - metadata may be damaged in any way, and the picture still be sound
        return None


def _reduced(image: Image.Image, factor: int) -> Image.Image:
    """Return a picture made smaller by a whole number, strip by strip, with the colours that are shown."""
    width, height = image.size
    step = max(1, STRIP // (width * factor)) * factor
    if step >= height:
        return shown(image).reduce(factor)
    whole: Image.Image | None = None
    for top in range(0, height, step):
        strip = shown(image.crop((0, top, width, min(top + step, height)))).reduce(factor)
        if whole is None:
            whole = Image.new(strip.mode, (strip.width, -(-height // factor)))
        whole.paste(strip, (0, top // factor))
    assert whole is not None
    return whole


def shown(image: Image.Image) -> Image.Image:
    """
    Return a picture in RGB or RGBA.

    Raises
    ------
    ValueError
        If its values have 32 bits, which say nothing about which is white.
    """
    if image.mode.startswith("I;16"):
        from numpy import asarray, uint8

        image = Image.fromarray((asarray(image) >> 8).astype(uint8))
    if image.mode in {"I", "F"}:
        raise ValueError("32 bits a pixel say nothing about which value is white")
    return image.convert("RGBA" if image.has_transparency_data else "RGB")
