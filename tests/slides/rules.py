"""The geometry of a pause, as pure checks: a stage in, a sentence a fault out. What maps must be is `slides.rules`."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from itertools import combinations

import numpy as np
from manim import ImageMobject, ManimColor, Mobject, VMobject

from slides import theme
from slides.mobjects.color_bar import ColorBar
from slides.mobjects.marks import Flow
from slides.mobjects.picture import Picture
from slides.mobjects.stack import ChannelStack
from tests.slides.measures import contrast, smallest
from tests.slides.stage import Box, Stage, Written, edges, family, is_inked, leaves_of, pixels

Faults = list[str]

FRAME = Box(-64 / 9, -4, 64 / 9, 4)
MARGIN = 0.35
GAP = 0.03
"""The least space between two texts; numbers in neighbouring cells have a line between them, too."""
SMALLEST_GLYPH = 0.98
"""Glyphs of labels at 24 pt come within 2 % of each other, rounding and neighbours' kerning included."""
CONTRAST = 4.5
UNDER, BESIDE = 0.7, 0.1
"""How far below a map its size may stand, and how far off its middle."""
LEAST_STEP = 0.05


def off_the_frame(stage: Stage) -> Faults:
    """Nothing is cut off, and no text stands near the edge, which a projector may swallow."""
    words = [f"'{each.text}'" for each in stage.texts if not FRAME.grown(-MARGIN).holds(each.box)]
    shapes = [name(leaf) for leaf in stage.shapes if not FRAME.holds(Box.of(leaf))]
    return [f"{what} is off the frame" for what in words + shapes]


def overlapping(stage: Stage) -> Faults:
    """No text is written over another, nor so close that both read as one."""
    pairs = combinations(stage.texts, 2)
    return [f"'{a.text}' lies on or close to '{b.text}'" for a, b in pairs if a.box.grown(GAP).meets(b.box)]


def crossed(stage: Stage) -> Faults:
    """No text lies on a picture or across any line: it stands beside what it names, or inside a cell of its own."""
    outlines = [(leaf, edges(leaf)) for leaf in stage.shapes]
    lines = np.vstack([segments for _, segments in outlines] or [np.empty((0, 4))])
    found = []
    for each in stage.texts:
        under = ground(stage, each)
        if isinstance(under, ImageMobject):
            found.append(f"'{each.text}' lies on a picture")
        if each.box.crossed_by(lines):
            covered_before = stage.places[id(under)] if under else 0
            across = [
                leaf for leaf, own in outlines if stage.places[id(leaf)] >= covered_before and each.box.crossed_by(own)
            ]
            found += [f"'{each.text}' lies across {name(leaf)}" for leaf in across]
    return found


def buried(stage: Stage) -> Faults:
    """Nothing lies unseen under something drawn later, but a picture under another view of it."""
    seen = {id(leaf) for leaf in stage.leaves}
    pictures = {id(leaf) for mobject in stage.mobjects for leaf in leaves_of(family(mobject, Picture))}
    hidden = [leaf for leaf in leaves_of(stage.mobjects) if is_inked(leaf) and id(leaf) not in seen | pictures]
    return [f"{name(leaf)} is hidden" for leaf in hidden]


def taken_apart(stage: Stage) -> Faults:
    """Every glyph belongs to a text, and every image to a picture or a legend."""
    owners: Iterable[Mobject] = [*stage.all(Picture), *stage.all(ColorBar)]
    owned = {id(leaf) for owner in owners for leaf in leaves_of([owner])}
    images = [leaf for leaf in stage.shapes if isinstance(leaf, ImageMobject) and id(leaf) not in owned]
    return [f"{name(leaf)} belongs to nothing" for leaf in [*stage.strays, *images]]


def small(stage: Stage) -> Faults:
    """Every glyph is at least as large as the same letter at 24 points."""
    found = []
    for each in stage.texts:
        size = smallest(each.mobject)
        if size < SMALLEST_GLYPH * theme.LABEL_SIZE:
            found.append(f"'{each.text}' is as small as {size:.1f} pt")
    return found


def faint(stage: Stage) -> Faults:
    """Every text stands out from what is behind it by 4.5 : 1, as WCAG 2 asks for text of any size."""
    found = []
    for each in stage.texts:
        under = ground(stage, each)
        behind = under.get_fill_color().to_hex() if isinstance(under, VMobject) else theme.color("background")
        ratios = [contrast(glyph.get_fill_color().to_hex(), behind) for glyph in each.mobject]
        if min(ratios) < CONTRAST or any(glyph.get_fill_opacity() < 1 for glyph in each.mobject):
            found.append(f"'{each.text}' has a contrast of {min(ratios):.2f} : 1")
    return found


def ground(stage: Stage, text: Written) -> Mobject | None:
    """Return what a text is written on; None for the background."""
    place = stage.places[id(leaves_of([text.mobject])[0])]
    below = (leaf for leaf, box in stage.grounds if stage.places[id(leaf)] < place and box.holds(text.box))
    return next(below, None)


def says(stage: Stage, thing: Box, pattern: str) -> bool:
    """Return whether a text that matches stands right under a thing."""
    return any(
        re.fullmatch(pattern, each.text)
        and 0 <= thing.bottom - each.box.top <= UNDER
        and abs(each.box.center[0] - thing.center[0]) <= BESIDE
        for each in stage.texts
    )


def badly_stacked(stage: Stage) -> Faults:
    """Slices step up to the right by one visible step, and where some are left out, the stack says so."""
    found = []
    for stack in stage.all(ChannelStack):
        centers = np.array([Box.of(one.frame).center for one in stack.maps])
        steps = np.diff(centers, axis=0)
        if len(steps) and (steps.min() < LEAST_STEP or np.ptp(steps, axis=0).max() > 1e-6):
            found.append(f"{name(stack)} has the steps {steps.round(3).tolist()}")
        count = f"{len(centers)} of {stack.total}"
        if len(centers) < stack.total and not says(stage, Box.of(stack.size_label), count):
            found.append(f"no '{count}' under {name(stack)}")
    return found


def misled(stage: Stage) -> Faults:
    """Each arrow leaves 0.1 after one thing, ends 0.1 before the next, and meets nothing between."""
    flows = stage.all(Flow)
    own = {id(leaf) for flow in flows for leaf in leaves_of([flow.arrow])}
    boxes = [Box.of(leaf) for leaf in stage.shapes if id(leaf) not in own] + [each.box for each in stage.texts]
    found = []
    for flow in flows:
        (start, level), end = flow.arrow.get_start()[:2], flow.arrow.get_end()[0]
        level_with = [box for box in boxes if box.bottom < level < box.top]
        before = start - max((box.right for box in level_with if box.right < end), default=-np.inf)
        after = min((box.left for box in level_with if box.left > start), default=np.inf) - end
        if not np.allclose([before, after], theme.ARROW_GAP, atol=0.005):
            found.append(f"{name(flow)} at {start:.2f} stands {before:.2f} after and ends {after:.2f} before a thing")
    return found


def unchanged(before: Stage, after: Stage) -> bool:
    """Return whether two pauses look the same."""
    return set(looks(before.leaves)) == set(looks(after.leaves))


def looks(leaves: Sequence[Mobject]) -> Iterator[tuple[object, ...]]:
    """Yield for each part where it is and what it is coloured with."""
    for leaf in leaves:
        box = Box.of(leaf)
        place = tuple(round(value, 2) for value in (box.left, box.bottom, box.right, box.top))
        if isinstance(leaf, VMobject):
            colors = (ManimColor(color).to_hex() for color in (leaf.get_fill_color(), leaf.get_stroke_color()))
            yield *place, *colors, leaf.get_fill_opacity()
        elif isinstance(leaf, ImageMobject):
            yield *place, pixels(leaf).tobytes()


def name(thing: Mobject) -> str:
    """Say which thing is meant."""
    x, y = Box.of(thing).center
    return f"{type(thing).__name__} at ({x:.2f}, {y:.2f})"
