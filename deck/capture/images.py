"""Image mobjects' pixels as pictures of a recording."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray
from PIL.Image import Resampling

from deck.capture.projection import FARTHEST
from deck.recording.shelf import Shelf
from deck.recording.timeline import FULL, OPAQUE, Kernel

if TYPE_CHECKING:
    from manim import ImageMobject

    from deck.adapters.manim import AbstractImageMobject

__all__ = ["Fading", "Item", "Mix", "fading_of", "mix_of", "note_fading", "note_mix", "place_picture", "sorted_out"]

NOTE = "deck_mix"
"""The attribute of an image whose pixels were mixed: a `Mix` or a `Fading`."""

KERNELS: dict[Resampling, Kernel] = {
    Resampling.NEAREST: "box",
    Resampling.BOX: "box",
    Resampling.BILINEAR: "linear",
}
"""Resamplings that are not in this table are cubic, or close to it."""

Item = tuple[int, int, int, int, int, int]
"""A value for each of the timeline's `COLUMNS`."""


@dataclass(frozen=True, slots=True, eq=False)
class Mix:
    """
    What an image's pixels were mixed from.

    Attributes
    ----------
    first, second, result
        (H, W, 4) each.
    share
        Of the second, from 0 to 1.
    """

    first: NDArray[np.uint8]
    second: NDArray[np.uint8]
    share: float
    result: NDArray[np.uint8]

    def __deepcopy__(self, _copies: dict[int, object]) -> Mix:
        return self


@dataclass(frozen=True, slots=True, eq=False)
class Fading:
    """
    What a fading image looks like, and how opaque it is now.

    Attributes
    ----------
    whole
        (H, W, 4): the image at the end of the fading where it is more opaque.
    opacity
        Of all its pixels now, from 0 to 255.
    result
        (H, W, 4): its pixels now; once it has others, this note is out of date.
    """

    whole: NDArray[np.uint8]
    opacity: int
    result: NDArray[np.uint8]

    def __deepcopy__(self, _copies: dict[int, object]) -> Fading:
        return self


def note_mix(image: ImageMobject, first: ImageMobject, second: ImageMobject, share: float) -> None:
    """Note what an image's pixels have just been mixed from."""
    setattr(image, NOTE, Mix(first.pixel_array, second.pixel_array, share, image.pixel_array))


def note_fading(image: ImageMobject, whole: NDArray[np.uint8]) -> None:
    """Note that an image has just got the colours of ``whole``, and one opacity for all of its pixels."""
    setattr(image, NOTE, Fading(whole, int(image.pixel_array[0, 0, 3]), image.pixel_array))


def fading_of(image: AbstractImageMobject) -> Fading | None:
    """Return how an image fades, if that was noted and its opacity is all that changes."""
    fading = getattr(image, NOTE, None)
    pixels: object = image.get_pixel_array()
    if not isinstance(fading, Fading) or fading.result is not pixels:
        return None
    return fading if (image.orig_alpha_pixel_array == fading.whole[0, 0, 3]).all() else None


def mix_of(image: AbstractImageMobject) -> Mix | None:
    """
    Return what an image's pixels were mixed from, if that can be drawn as one opaque picture over another.

    Else a long change from one photo to another would need a picture for each frame, and these would fill memory.
    """
    mix = getattr(image, NOTE, None)
    pixels: object = image.get_pixel_array()
    if not isinstance(mix, Mix) or mix.result is not pixels or not 0 <= mix.share < 1:
        return None
    opaque = all((each[..., 3] == OPAQUE).all() for each in (mix.first, mix.second))
    return mix if opaque else None


def sorted_out(mobject: AbstractImageMobject, shelf: Shelf) -> tuple[int, int]:
    """Return the place of an image's picture, and its opacity: `FULL` unless all pixels have faded alike."""
    pixels = np.asarray(mobject.get_pixel_array())
    alpha = pixels[..., 3]
    opacity = int(alpha.max(initial=0))
    original = getattr(mobject, "orig_alpha_pixel_array", alpha)
    whole = int(original.max(initial=0))
    if whole and np.abs(alpha - original * (opacity / whole)).max(initial=0) <= 1:
        pixels = pixels.copy()
        pixels[..., 3] = original
    else:
        whole = opacity
    return shelf.picture(pixels.astype(np.uint8, copy=False)), round(FULL * opacity / max(whole, 1))


def place_picture(
    mobject: AbstractImageMobject, units: NDArray[np.float64], picture: int, opacity: int, shelf: Shelf
) -> Item:
    """
    Return an image's item.

    Parameters
    ----------
    mobject
        The image, which knows how it is resampled.
    units
        (4, 2): its corners.
    picture, opacity
        As `sorted_out` returns them.
    shelf
        Where the shape goes.
    """
    place = np.rint(np.clip(units[0], -FARTHEST, FARTHEST))
    kernel = KERNELS.get(Resampling(mobject.resampling_algorithm), "cubic")
    shape = shelf.image(picture, units[:4] - place, kernel=kernel)
    return shape, 0, int(place[0]), int(place[1]), opacity, 0
