"""
Photos that a document may name: packaged ones, and files.

Every photo ends as the 224×224 pixels that ImageNet's networks look at: the middle 7/8 of the shorter side.
"""

from __future__ import annotations

import warnings
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from importlib.resources import as_file, files
from pathlib import Path
from types import MappingProxyType
from typing import Annotated, BinaryIO

import numpy as np
from numpy.typing import NDArray
from PIL import Image, ImageOps
from pydantic import AfterValidator, ValidationInfo

from deck.slide import OptionError, document_file
from slides.network.errors import suggestion

SIZE = 224
CROP = SIZE / 256
LEAST_SIDE, LARGEST_SIDE = 64, 10_000

FORMATS_HINT = "save it as PNG, JPEG or WebP with 8 bits a channel"


@dataclass(frozen=True, slots=True)
class Packaged:
    """A photo in scikit-image's wheel, there without a network."""

    file: str
    credit: str


PHOTOS: Mapping[str, Packaged] = MappingProxyType(
    {
        "astronaut": Packaged("astronaut.png", "NASA, public domain"),
        "chelsea": Packaged("chelsea.png", "Stéfan van der Walt, CC0"),
        "coffee": Packaged("coffee.png", "Rachel Michetti, CC0"),
        "rocket": Packaged("rocket.jpg", "SpaceX, public domain"),
    }
)


def load(photo: str) -> NDArray[np.uint8]:
    """
    Return the middle of a photo as the network takes it.

    Parameters
    ----------
    photo
        A name of `PHOTOS`, or a path.

    Returns
    -------
    ndarray
        (224, 224, 3), 0 to 255. Transparency is laid on white, a camera's rotation undone, grey made RGB.

    Raises
    ------
    OptionError
        If there is no such photo, or it is unreadable, below 64 or above 10,000 pixels on a side.

    Notes
    -----
    The crop of 224/256, rounded down, and the bicubic scaling are those of the weights' authors.
    """
    if photo in PHOTOS:
        with as_file(files("skimage.data") / PHOTOS[photo].file) as path:
            return _cropped(_decoded(photo, path))
    _require_suffix(photo)
    return _cropped(_decoded(photo, Path(photo).absolute()))


def _checked(photo: str, info: ValidationInfo) -> str:
    if photo in PHOTOS:
        return photo
    _require_suffix(photo)
    path = document_file(photo, info)
    _decoded(photo, path)
    return str(path)


Photo = Annotated[str, AfterValidator(_checked)]
"""An option that names a photo; checked to the last pixel, a path made absolute from the document's folder."""


def _require_suffix(photo: str) -> None:
    if Path(photo).suffix or "/" in photo or "\\" in photo:
        return
    names = ", ".join(PHOTOS)
    raise OptionError(
        f"no packaged photo '{photo}'",
        hint=suggestion(photo, PHOTOS, otherwise=f"use {names}, or a file with its suffix, such as cat.png"),
    )


def _opened(photo: str, path: Path) -> BinaryIO:
    try:
        if path.is_file():
            return path.open("rb")
        reason = "it is a folder" if path.is_dir() else "no such file"
    except OSError as error:
        reason = error.strerror or str(error)
    raise OptionError(f"image '{photo}' cannot be opened: {reason}", hint=f"it is looked for at {path}")


def _decoded(photo: str, path: Path) -> Image.Image:
    """Return the whole photo in RGB; its size is checked before its pixels take memory."""
    with _opened(photo, path) as file, warnings.catch_warnings():
        warnings.simplefilter("ignore")  # Pillow warns of large pictures and odd metadata; neither matters here
        with _damage_reported(photo):
            image = Image.open(file)
        _check_size(photo, *image.size)
        with _damage_reported(photo):
            return _rgb(image)


@contextmanager
def _damage_reported(photo: str) -> Iterator[None]:
    try:
        yield
    except Image.DecompressionBombError as error:
        # raised from 179 million pixels on, which no picture within the limit has
        raise _too_large(photo, "far too large") from error
    except Exception as error:  # Pillow's decoders raise whatever their parsers stumble over
        raise OptionError(f"image '{photo}' is damaged or not a picture", hint=FORMATS_HINT) from error


def _check_size(photo: str, width: int, height: int) -> None:
    if max(width, height) > LARGEST_SIDE:
        raise _too_large(photo, f"{width}×{height} pixels large")
    if min(width, height) < LEAST_SIDE:
        raise OptionError(
            f"image '{photo}' is only {width}×{height} pixels large",
            hint=f"use one of at least {LEAST_SIDE} pixels on both sides",
        )


def _too_large(photo: str, how: str) -> OptionError:
    return OptionError(
        f"image '{photo}' is {how}", hint=f"scale it down to at most {LARGEST_SIDE} pixels on both sides"
    )


def _rgb(image: Image.Image) -> Image.Image:
    image = ImageOps.exif_transpose(image)
    if image.mode.startswith("I;16"):
        image = Image.fromarray((np.asarray(image) >> 8).astype(np.uint8))
    if image.mode in ("I", "F"):
        raise ValueError("32 bits a pixel say nothing about which value is white")
    if image.has_transparency_data:
        page = Image.new("RGBA", image.size, "white")
        image = Image.alpha_composite(page, image.convert("RGBA"))
    return image.convert("RGB")


def _cropped(image: Image.Image) -> NDArray[np.uint8]:
    side = int(min(image.size) * CROP)
    left, top = ((length - side) // 2 for length in image.size)
    # cropped first: resize(box=...) would let pixels from outside the box into the outermost ones
    middle = image.crop((left, top, left + side, top + side))
    return np.asarray(middle.resize((SIZE, SIZE), Image.Resampling.BICUBIC))
