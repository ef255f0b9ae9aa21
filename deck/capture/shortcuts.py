"""
What is changed in manim while it records, and why.

- `VMobjectFromSVGPath` keeps the parsed path that its points were made from, and never looks at it again. manim copies
  a mobject at the start of each animation, and with it the path of each glyph: hundreds of small objects, which takes
  as long as all else that it does in an animation of text. Here copies share the path.
- At each frame of an animation a mobject's points, colours and pixels are mixed from what they were and what they will
  be, though most of them stay the same. Here what is equal is copied. Mixed, it would differ in the last digit from
  frame to frame, and would have to be looked at again; two equal pixels may even get darker by one level.
- A mobject that takes on another's style, as each glyph does at each frame in which it is written, turns colours into
  objects and back again. Here they are copied where each is one colour.
- A family is gathered by many small lists, each searched for what occurs twice. Here it is gathered in one.
- An image whose pixels were mixed does not know from what. Here it is noted.
- A mobject that becomes another, as one that is always redrawn does, looks like the other one but keeps its own text.
  Here it is noted that it has the other one's text.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from copy import copy
from functools import cache
from typing import Any, cast

import numpy as np
from manim import ImageMobject, Mobject, VMobject, interpolate
from numpy.typing import NDArray

from deck.adapters.manim import COLORS, RGBAS, STYLING, VMobjectFromSVGPath, remove_list_redundancies
from deck.capture.images import note_fading, note_mix
from deck.capture.texts import follow

__all__ = ["shortcuts"]

STILL = 1e-9
"""A point that moves by less than this, in manim's units, cannot be seen to move."""
Pixels = NDArray[np.uint8]


@contextmanager
def shortcuts() -> Iterator[None]:
    """Let manim take these shortcuts within the block."""
    changed: list[tuple[Any, str, Any]] = [
        (VMobjectFromSVGPath, "__deepcopy__", _copy_glyph),
        (ImageMobject, "interpolate_color", _mixes_pixels(ImageMobject.interpolate_color)),
        (VMobject, "interpolate_color", _mix_colors),
        (VMobject, "match_style", _matches(VMobject.match_style)),
        (Mobject, "interpolate", _moves(Mobject.interpolate)),
        (Mobject, "get_family", _family),
        (Mobject, "become", _becomes(Mobject.become)),
    ]
    before = [vars(owner).get(name) for owner, name, _ in changed]
    for owner, name, new in changed:
        setattr(owner, name, new)
    try:
        yield
    finally:
        for (owner, name, _), old in zip(changed, before, strict=True):
            if old is None:
                delattr(owner, name)
            else:
                setattr(owner, name, old)


def _copy_glyph(glyph: VMobjectFromSVGPath, copies: dict[int, Any]) -> VMobject:
    path = vars(glyph).get("path_obj")
    if path is not None:
        copies[id(path)] = path
    return VMobject.__deepcopy__(glyph, copies)


def _moves(move: Any) -> Any:
    def move_unless_equal(
        mobject: Mobject, first: Mobject, second: Mobject, alpha: float, path_func: Any = interpolate
    ) -> Mobject:
        if path_func is interpolate and np.abs(first.points - second.points).max(initial=0) < STILL:
            path_func = _stay
        moved: Mobject = move(mobject, first, second, alpha, path_func)
        return moved

    return move_unless_equal


def _stay(points: NDArray[np.float64], _end: NDArray[np.float64], _alpha: float) -> NDArray[np.float64]:
    return points.copy()


def _mix_colors(mobject: VMobject, first: VMobject, second: VMobject, alpha: float) -> VMobject:
    for name in COLORS:
        start, end = getattr(first, name), getattr(second, name)
        if isinstance(start, np.ndarray) and isinstance(end, np.ndarray):
            same = start.shape == end.shape and start.tobytes() == end.tobytes()
        else:
            same = isinstance(start, float | int) and start == end
        setattr(mobject, name, copy(start) if same else copy(end) if alpha == 1 else interpolate(start, end, alpha))
    return mobject


def _matches(match: Any) -> Any:
    def match_or_copy(mobject: VMobject, other: VMobject, family: bool = True) -> VMobject:  # noqa: FBT001, FBT002
        if mobject.submobjects or not (_is_plain(mobject) and _is_plain(other)):
            matched: VMobject = match(mobject, other, family)
            return matched
        for name in RGBAS:
            getattr(mobject, name)[:] = getattr(other, name)
        vars(mobject)["fill_opacity"] = other.get_fill_opacities()
        mobject.stroke_opacity = other.get_stroke_opacity()
        mobject.stroke_width = other.get_stroke_width()
        mobject.background_stroke_opacity = other.get_stroke_opacity(background=True)
        mobject.background_stroke_width = other.get_stroke_width(background=True)
        return mobject

    return match_or_copy


def _is_plain(mobject: VMobject) -> bool:
    """Return whether a mobject has a single colour of each kind, and no style of its own."""
    own, kind = vars(mobject), cast("Any", type(mobject))  # which mypy does not take for hashable
    plain = all(name in own and len(own[name]) == 1 for name in RGBAS)
    return plain and not mobject.sheen_factor and not mobject.get_background_image() and _is_usual(kind)


@cache  # asked of each glyph at each frame
def _is_usual(kind: Any) -> bool:
    return all(getattr(kind, name) is getattr(VMobject, name) for name in STYLING)


def _mixes_pixels(mix: Any) -> Any:
    def mix_what_differs(image: ImageMobject, first: ImageMobject, second: ImageMobject, alpha: float) -> ImageMobject:
        own, other = first.pixel_array, second.pixel_array
        is_equal = own.dtype == np.uint8 and np.array_equal(own, other)
        if not is_equal and not _only_fades(own, other):
            mixed: ImageMobject = mix(image, first, second, alpha)
            note_mix(image, first, second, alpha)
            return mixed
        image.fill_opacity = interpolate(first.fill_opacity, second.fill_opacity, alpha)
        image.stroke_opacity = interpolate(first.stroke_opacity, second.stroke_opacity, alpha)
        image.pixel_array = own.copy()
        if not is_equal:
            first_opacity, second_opacity = (each[0, 0, 3:].astype(np.float64) for each in (own, other))
            image.pixel_array[..., 3:] = interpolate(first_opacity, second_opacity, alpha).astype(np.uint8)
            note_fading(image, own if first_opacity > second_opacity else other)
        return image

    return mix_what_differs


def _only_fades(own: Pixels, other: Pixels) -> bool:
    """Return whether two pictures have the same colours, and each an opacity that is the same all over it."""
    if own.dtype != np.uint8 or other.dtype != np.uint8 or own.shape != other.shape or not own.size:
        return False
    is_even = all(each[..., 3].min() == each[..., 3].max() for each in (own, other))
    return is_even and all((own[..., color] == other[..., color]).all() for color in range(3))


def _family(mobject: Mobject, recurse: bool = True) -> list[Mobject]:  # noqa: ARG001, FBT001, FBT002 - as manim has it
    if not mobject.submobjects:
        return [mobject]
    found = [mobject]  # even if its class has a get_family of its own, for that one calls this
    todo = mobject.submobjects[::-1]
    while todo:
        one = todo.pop()
        if type(one).get_family is _family:
            found.append(one)
            todo += one.submobjects[::-1]
        else:
            found += one.get_family()
    return found if len(set(found)) == len(found) else remove_list_redundancies(found)


def _becomes(become: Any) -> Any:
    def become_and_note(mobject: Mobject, other: Mobject, *args: Any, **kwargs: Any) -> Mobject:
        result: Mobject = become(mobject, other, *args, **kwargs)
        follow(mobject, other)
        return result

    return become_and_note
