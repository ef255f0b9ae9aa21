"""
Photos that a document may name: packaged ones, and files.

Every photo ends as the 224×224 pixels that ImageNet's networks look at: the middle 7/8 of the shorter side.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from importlib.resources import as_file, files
from pathlib import Path
from types import MappingProxyType
from typing import Annotated

import numpy as np
from numpy.typing import NDArray
from PIL import Image
from pydantic import AfterValidator, ValidationInfo

from deck.slide import ImageError, OptionError, document_file, opened_image, shown, upright
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
            return _decoded(photo, path)
    _require_suffix(photo)
    return _decoded(photo, Path(photo).absolute())


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


def _decoded(photo: str, path: Path) -> NDArray[np.uint8]:
    """Return the middle of a photo; its size is checked before its pixels take memory."""
    try:
        with opened_image(path) as image:
            _check_size(*image.size)
            return _middle(upright(image))
    except ImageError as error:
        what = str(error) if error.hint else "is damaged or not a picture"
        raise OptionError(f"image '{photo}' {what}", hint=error.hint or FORMATS_HINT) from error
    except (FileNotFoundError, ValueError) as error:  # ValueError: no file can be called so
        raise _not_opened(photo, path, "no such file") from error
    except OSError as error:
        raise _not_opened(photo, path, error.strerror or "there is an error") from error


def _not_opened(photo: str, path: Path, reason: str) -> OptionError:
    return OptionError(f"image '{photo}' cannot be opened: {reason}", hint=f"it is looked for at {path}")


def _check_size(width: int, height: int) -> None:
    if max(width, height) > LARGEST_SIDE:
        raise ImageError(
            f"is {width}×{height} pixels large", hint=f"scale it down to at most {LARGEST_SIDE} pixels on both sides"
        )
    if min(width, height) < LEAST_SIDE:
        raise ImageError(
            f"is only {width}×{height} pixels large", hint=f"use one of at least {LEAST_SIDE} pixels on both sides"
        )


def _middle(image: Image.Image) -> NDArray[np.uint8]:
    side = int(min(image.size) * CROP)
    left, top = ((length - side) // 2 for length in image.size)
    # cropped first: resize(box=...) would let pixels from outside the box into the outermost ones
    middle = _rgb(image.crop((left, top, left + side, top + side)))
    return np.asarray(middle.resize((SIZE, SIZE), Image.Resampling.BICUBIC))


def _rgb(image: Image.Image) -> Image.Image:
    image = shown(image)
    if image.mode == "RGBA":
        page = Image.new("RGBA", image.size, "white")
        page.alpha_composite(image)
        image = page
    return image.convert("RGB")
