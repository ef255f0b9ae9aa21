"""The rule on what the frame cuts off."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from deck.check.camera import at_rest
from deck.check.colors import hue_name
from deck.check.geometry import Box
from deck.check.phrases import among
from deck.check.stage import Part, Stage
from deck.check.talk import Finding, Pause, Shown, Talk
from deck.document import SceneCode
from deck.frames import frame_of

__all__ = ["off_frame"]

HAIR = 3.0
"""Pixels that may be cut off."""


def off_frame(talk: Talk) -> Iterator[Finding]:
    """Report what the frame cuts off, unless the camera has moved there."""
    for slide in talk.slides:
        rests = list(at_rest(slide.recording)) if not slide.is_film else [True] * len(slide.pauses)
        for pause, rest in zip(slide.pauses, rests, strict=True):
            if rest:
                yield from _cut_off(slide, pause)


def _cut_off(slide: Shown, pause: Pause) -> Iterator[Finding]:
    frame = pause.stage.frame
    texts = [text for text in pause.stage.texts if sides(text.box, frame)]
    if texts:
        names = among([text.text for text in texts])
        yield _finding(slide, pause, names, [text.box for text in texts], text=texts[0].text)
    if shapes := [] if slide.is_spatial else list(_shapes(pause.stage)):
        colors = {hue_name(part.color) for part in shapes if part.color}
        color = f"{colors.pop()} " if len(colors) == 1 else ""
        one = "an image" if shapes[0].is_image else f"a {color}shape"
        yield _finding(
            slide, pause, one if len(shapes) == 1 else f"{len(shapes)} shapes", [part.extent for part in shapes]
        )


def _finding(slide: Shown, pause: Pause, names: str, boxes: Sequence[Box], *, text: str = "") -> Finding:
    edges = " and the ".join(dict.fromkeys(side for box in boxes for side in sides(box, pause.stage.frame)))
    sentence = f"{names} {'is' if len(boxes) == 1 else 'are'} cut off at the {edges} of the frame"
    is_scene = isinstance(slide.section.body, SceneCode)
    width, height = frame_of(slide.recording.height).lengths(is_scene=is_scene)
    size = f"{width:.3g} by {height:.3g}"
    hint = f"move it in, or make it smaller: the frame is {size} of manim's lengths"
    return slide.finding("off-frame", sentence, hint, reveal=pause.reveal.id, text=text)


def sides(box: Box, frame: Box) -> list[str]:
    """Return the sides of the frame at which a box is cut; none if nothing of it is on the frame at all."""
    if not frame.meets(box):
        return []
    over = {
        "left": frame.left - box.left,
        "right": box.right - frame.right,
        "top": frame.top - box.top,
        "bottom": box.bottom - frame.bottom,
    }
    return [side for side, by in over.items() if by > HAIR]


def _shapes(stage: Stage) -> Iterator[Part]:
    """Yield shapes that are cut; not those that reach from edge to edge, which are meant to be cut."""
    for part in stage.shapes:
        cut = sides(part.extent, stage.frame) if part.nth not in stage.lattice else []
        reached = set(sides(part.extent.grown(2 * HAIR), stage.frame)) if cut else set()
        if cut and not ({"left", "right"} <= reached or {"top", "bottom"} <= reached):
            yield part
