"""The texts that can be read on the stage, and where."""

from __future__ import annotations

import html
import re
from collections.abc import Callable, Iterable, Iterator
from typing import Any

import numpy as np
from manim import AnimationGroup, Mobject, Scene, Transform, VMobject
from numpy.typing import NDArray

from deck.adapters.manim import (
    Camera,
    Code,
    DecimalNumber,
    MarkupText,
    MathTexPart,
    MathTypst,
    Paragraph,
    SingleStringMathTex,
    Text,
    Typst,
    digits,
    list_update,
    source_code,
)
from deck.capture.projection import onto
from deck.capture.type_sizes import UNIT, missing_font, note_points, points_of
from deck.recording.timeline import UNITS, TextBox

__all__ = ["follow", "follow_all", "texts", "words"]

NOTE = "deck_words"
"""The attribute of a mobject that has become another, with its new text."""
FAR = 2**24
"""How far the edges of a text's box are from the frame's centre at most, in units."""
TAG = re.compile(r"<[^>]*>")


def texts(scene: Scene, larger: float = 1.0) -> tuple[TextBox, ...]:
    """
    Return the texts on a scene's stage, in the order in which they are drawn.

    Left out are those that are transparent or out of the frame. A formula's text is its source.

    Parameters
    ----------
    scene
        The scene.
    larger
        How many times as large as on a wide frame type has to be; the sizes are those that are read as well there.
    """
    stage = list_update(scene.mobjects, scene.foreground_mobjects)
    found = [(owner, text) for mobject in stage for owner, text in _owners(mobject)]
    found.sort(key=lambda each: each[0].z_index)
    camera: Any = scene.camera
    boxes = ((text, owner, _box(owner, camera)) for owner, text in found if text)
    return tuple(
        TextBox(text, box, round(points_of(owner) * zoom / larger, 1), missing_font(owner))
        for text, owner, (box, zoom) in boxes
        if box
    )


def words(mobject: Mobject) -> str | None:
    """Return the text that a mobject stands for, if it stands for one."""
    noted: str | None = getattr(mobject, NOTE, None)
    if noted is not None:
        return noted or None
    for kind, read in READ.items():
        if isinstance(mobject, kind):
            return str(read(mobject)).strip()
    return None


def follow(mobject: Mobject, other: Mobject) -> None:
    """Note that a mobject has become another, whose text it has from now on; their families have the same size."""
    text = words(other)
    if text is not None or words(mobject) is not None:
        setattr(mobject, NOTE, text or "")
        note_points(mobject, other)
    else:
        for own, its in zip(mobject.submobjects, other.submobjects, strict=False):
            follow(own, its)


def follow_all(animations: Iterable[Any]) -> None:
    """Note which mobjects have become others by animations that are over."""
    for animation in animations:
        if isinstance(animation, AnimationGroup):
            follow_all(animation.animations)
        elif isinstance(animation, Transform) and not animation.replace_mobject_with_target_in_scene:
            became: tuple[Any, Any] = animation.mobject, getattr(animation, "target_copy", None)
            if became[1] is not None:
                follow(*became)


def _owners(mobject: Mobject) -> Iterator[tuple[Mobject, str]]:
    """Yield the members of a mobject's family that stand for texts, each with its text; parts of these are left out."""
    text = words(mobject)
    if text is not None:
        yield mobject, text
    else:
        for part in mobject.submobjects:
            yield from _owners(part)


def _box(owner: Mobject, camera: Camera) -> tuple[tuple[int, int, int, int] | None, float]:
    """Return a mobject's box in units (None if nothing of it can be seen), and how much the camera enlarges it."""
    parts = [part for part in owner.family_members_with_points() if isinstance(part, VMobject) and _shows(part)]
    if not parts:
        return None, 1.0
    size = int(camera.pixel_width), int(camera.pixel_height)
    projection = onto(np.asarray(camera.frame_center), camera.frame_width, camera.frame_height, size)
    # A part may be at any distance; the camera replaces points that are not finite.
    units = np.clip(projection.units(np.concatenate([_seen(part, camera) for part in parts])), -FAR, FAR)
    (left, top), (right, bottom) = np.floor(units.min(axis=0)).tolist(), np.ceil(units.max(axis=0)).tolist()
    across, along = size[0] * UNITS / 2, size[1] * UNITS / 2
    if right <= -across or left >= across or bottom <= -along or top >= along:
        return None, 1.0
    height = float(np.ptp(np.concatenate([part.points for part in parts])[:, 1]))
    zoom = float(np.ptp(units[:, 1])) / (height * UNIT) if height else 1.0
    return (int(left), int(top), int(right), int(bottom)), zoom


def _seen(part: Mobject, camera: Camera) -> NDArray[np.float64]:
    seen: NDArray[np.float64] = camera.transform_points_pre_display(part, part.points)
    return seen


def _shows(part: VMobject) -> bool:
    strokes = any(
        part.get_stroke_width(behind) > 0 and part.get_stroke_rgbas(behind)[:, 3].any() for behind in (False, True)
    )
    return strokes or bool(part.get_fill_rgbas()[:, 3].any())


def _plain(text: MarkupText) -> str:
    return html.unescape(TAG.sub("", text.original_text))


READ: dict[type[Mobject], Callable[[Any], str]] = {
    Code: source_code,
    Paragraph: lambda paragraph: paragraph.lines_text.original_text,
    MarkupText: _plain,
    Text: lambda text: text.original_text,
    MathTypst: lambda formula: formula.typst_code.strip().strip("$"),
    Typst: lambda text: text.typst_code,
    SingleStringMathTex: lambda formula: formula.tex_string,
    MathTexPart: lambda part: getattr(part, "tex_string", ""),
    DecimalNumber: lambda number: digits(number) + (number.unit or ""),
}
