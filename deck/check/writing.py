"""Rules on texts: where they stand, how large they are, how well they can be read."""

from __future__ import annotations

import math
from collections.abc import Iterable, Iterator
from itertools import combinations, groupby

import numpy as np
from numpy.typing import NDArray

from deck.check.colors import contrast, hue_name
from deck.check.geometry import Box
from deck.check.phrases import among, quoted
from deck.check.stage import Part, Stage, Written
from deck.check.talk import Finding, Pause, Shown, Talk
from deck.frames import frame_of

__all__ = ["font_missing", "low_contrast", "overlap", "small_text"]

SMALLEST = 24
ROUNDING = 0.5
CONTRAST, NEARLY = 4.5, 4.4
"""What is asked for, and what is let pass: nobody sees the difference."""
TOUCH = 2.0
"""Pixels by which a text may lie on something and nobody sees it."""
SEEN = 16
"""Levels of 255 by which a line must differ from what is around it, to be seen."""
COVERS = 0.5
"""How opaque the ground of a text is at least, so that what is below it hardly disturbs."""
MARK = 1.5
"""A line through a text, at most this many times as large as the text, is meant to strike it out, or to mark it."""


def small_text(talk: Talk) -> Iterator[Finding]:
    """Report texts that cannot be read from the back row, or on a phone."""
    for slide in talk.slides:
        known: set[str] = set()
        for pause in slide.pauses:
            small = [
                text for text in pause.stage.texts if 0 < text.size < SMALLEST - ROUNDING and text.text not in known
            ]
            known |= {text.text for text in small}
            for size, texts in groupby(sorted(small, key=lambda text: text.size), key=lambda text: round(text.size)):
                alike = [text.text for text in texts]
                are = "is" if len(alike) == 1 else "are"
                sentence = f"{among(alike)} {are} in {size} pt type, which the back row cannot read"
                hint = f"give it font_size={SMALLEST} or more, and scale nothing that is written"
                if frame_of(slide.recording.height).is_upright:
                    sentence = f"{among(alike)} {are} as small as {size} pt type on a wide frame"
                    hint = f"make it {math.ceil(10 * SMALLEST / size) / 10:g} times as large, to be read on a phone"
                yield slide.finding("small-text", sentence, hint, reveal=pause.reveal.id, text=alike[0])


def font_missing(talk: Talk) -> Iterator[Finding]:
    """Report typefaces that are not installed."""
    for slide in talk.slides:
        for pause in slide.pauses:
            for text in pause.stage.texts:
                if text.missing_font:
                    sentence = f"the typeface '{text.missing_font}' is not installed, and another stands in for it"
                    hint = "install it, or ask for one that is there: deck's own is Inter"
                    where = {"reveal": pause.reveal.id, "text": text.missing_font}
                    yield slide.finding("font-missing", sentence, hint, **where)


def low_contrast(talk: Talk) -> Iterator[Finding]:
    """Report texts that stand out at no pause from what is behind them; at others they may be dimmed."""
    for slide in talk.slides:
        best: dict[str, tuple[float, Pause]] = {}
        for pause in () if slide.is_film else slide.pauses:
            for text in pause.stage.readable:
                ratio = _ratio(slide, pause, text)
                known = best.setdefault(text.text, (ratio, pause))
                best[text.text] = max(known[0], ratio), known[1]
        for name, (ratio, pause) in best.items():
            if ratio < NEARLY:
                sentence = f"{quoted(name)} stands out by {ratio:.1f} : 1 from what is behind it"
                hint = f"a projector in a lit room needs {CONTRAST} : 1: take a lighter colour, or a darker ground"
                yield slide.finding("low-contrast", sentence, hint, reveal=pause.reveal.id, text=name)


def _ratio(slide: Shown, pause: Pause, text: Written) -> float:
    """Return the contrast of a text's least clear glyph, which is the median over the pixels behind that glyph."""
    ratios = [np.inf]
    for part in text.parts:
        behind = _halo(part) if part.style.behind else slide.ground.behind(pause.nth, part.box)
        ratios += [float(np.median(found)) for found in _contrasts(part, behind)]
    return min(ratios)


def _contrasts(part: Part, behind: NDArray[np.float64]) -> Iterator[NDArray[np.float64]]:
    """Yield the contrasts of a glyph with the pixels behind it, if it is painted and there are any."""
    paint = part.style.fill if part.fill else part.style.stroke
    if paint and len(behind):
        colors = np.array([color[:3] for color in paint.colors], float).mean(axis=0)
        opacity = (part.fill or part.stroke) * float(np.mean([color[3] for color in paint.colors])) / 255
        yield contrast(opacity * colors + (1 - opacity) * behind, behind)


def _halo(part: Part) -> NDArray[np.float64]:
    """Return the colour of the wide stroke behind a glyph, (1, 3)."""
    assert part.style.behind
    return np.array([color[:3] for color in part.style.behind.colors[:1]], float)


def overlap(talk: Talk) -> Iterator[Finding]:
    """Report texts that lie on each other, or across the edge of something."""
    for slide, pause in talk.drawn:
        for one, other in combinations(pause.stage.readable, 2):
            if _collide(one, other):
                yield _lies(slide, pause, one, f"on {quoted(other.text)}")
        for text in pause.stage.readable:
            if across := [part for part in _across(text, pause.stage) if _is_seen(slide, pause, text, part)]:
                yield _lies(slide, pause, text, f"across {_names(across)}")


def _lies(slide: Shown, pause: Pause, text: Written, where: str) -> Finding:
    sentence = f"{quoted(text.text)} lies {where}"
    hint = "move it beside what it names, or give it a ground of its own"
    return slide.finding("overlap", sentence, hint, reveal=pause.reveal.id, text=text.text)


def _collide(one: Written, other: Written) -> bool:
    if not one.box.meets(other.box) or _is_twice(one, other):
        return False
    return any(word.grown(-TOUCH / 2).meets(own.grown(-TOUCH / 2)) for word in one.words for own in other.words)


def _is_twice(one: Written, other: Written) -> bool:
    """Return whether one text stands twice in the same place, which nobody sees."""
    ends = zip((one.box.left, one.box.top), (other.box.left, other.box.top), strict=True)
    return one.text == other.text and all(abs(a - b) < TOUCH for a, b in ends)


def _across(text: Written, stage: Stage) -> Iterator[Part]:
    """Yield what has an edge or a line that runs through a text's words."""
    for part in stage.shapes:
        reach = max(part.style.width / 32 - TOUCH, 0) if part.stroke else 0
        if part.nth in stage.lattice or text.box.grown(1).holds(part.box) or not text.box.grown(reach).meets(part.box):
            continue
        if _is_mark(part, text.box):
            continue
        if any(word.grown(reach - TOUCH / 2).crossed_by(part.lines) for word in text.words):
            yield part


def _is_mark(part: Part, box: Box) -> bool:
    """Return whether a line is drawn through a text to strike it out."""
    (x, y), (middle, level) = part.box.center, box.center
    centered = abs(x - middle) < 0.1 * box.width and abs(y - level) < 0.3 * box.height
    small = part.box.width < MARK * box.width and part.box.height < MARK * box.height
    return centered and small and not part.fill and not part.is_rectangle


def _is_seen(slide: Shown, pause: Pause, text: Written, part: Part) -> bool:
    """
    Return whether an edge that runs behind a text's words can be seen: it may be covered, or as dark as what is around.

    Where the text has a ground of its own that lets the edge shine through, the edge only counts if it makes the text
    hard to read.
    """
    has_ground = _has_ground(text, part, pause.stage)
    for word in text.words:
        if word.grown(TOUCH).crossed_by(part.lines):
            behind = slide.ground.behind(pause.nth, word)
            differs = bool(len(behind)) and float(np.ptp(behind, axis=0).max()) >= SEEN
            if differs and (not has_ground or _is_hard_to_read(slide, pause, text, word)):
                return True
    return False


def _has_ground(text: Written, part: Part, stage: Stage) -> bool:
    """Return whether something well filled lies between a text and an edge, under all of the text's words."""
    first = text.parts[0].nth if text.parts else 0
    between = (panel for panel in stage.shapes if part.nth < panel.nth < first and panel.fill >= COVERS)
    return any(all(panel.extent.grown(1).holds(word) for word in text.words) for panel in between)


def _is_hard_to_read(slide: Shown, pause: Pause, text: Written, word: Box) -> bool:
    """Return whether any glyph stands out too little from any of the pixels well within a word's box."""
    inner = word.grown(-min(TOUCH, word.width / 3, word.height / 3))
    behind = slide.ground.behind(pause.nth, inner)
    return any(float(found.min()) < NEARLY for part in text.parts for found in _contrasts(part, behind))


def _names(parts: Iterable[Part]) -> str:
    found = list(parts)
    if len(found) > 1:
        return f"the edges of {len(found)} things"
    (part,) = found
    if part.is_image:
        return "the edge of an image"
    color = hue_name(part.color) if part.color else ""
    return f"the edge of a {color} shape" if part.fill else f"a {color} line"
