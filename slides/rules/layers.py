"""The lecture's rules on a network's layers: how maps change through them, and how much of the photo a layer sees."""

from __future__ import annotations

import math
import re
from collections.abc import Iterator, Sequence
from typing import NamedTuple

from deck.check.phrases import quoted
from deck.check.stage import Written
from deck.check.talk import Finding, Shown, Talk
from slides.rules.map_rules import map_slides
from slides.rules.maps import NEAR, Maps, Size

__all__ = ["Layers", "field_too_small", "layers_of", "no_progression"]

STATED = re.compile(r"receptive|\d+ ?(?:px|pixels)\b", re.IGNORECASE)
NO_LAYER = {0, 1, 3}
"""Numbers of channels that belong to no layer: 0 if a text gives none, 1 of a single map, 3 of a photo."""
MAPS = re.compile(r"feature[- ]?maps?", re.IGNORECASE)
CLAIMS = (
    (re.compile(r"\bparts?\b", re.IGNORECASE), "parts of objects", 8),
    (re.compile(r"\bobjects?\b", re.IGNORECASE), "objects", 4),
)
"""What a layer may be said to see, and the part of the input's side that this takes at least, as a divisor."""


class Layers(NamedTuple):
    """Whether a slide is about feature maps, and whether it shows how they change from layer to layer."""

    are_meant: bool
    are_shown: bool


def no_progression(talk: Talk) -> Iterator[Finding]:
    """Report a deck that is about feature maps and never shows them layer by layer."""
    known = [(slide, talk.known.get(("no-progression", slide.id))) for slide in talk.slides]
    found = [(slide, layers if isinstance(layers, Layers) else layers_of(slide)) for slide, layers in known]
    speaks = [slide for slide, layers in found if layers.are_meant]
    if speaks and not any(layers.are_shown for _, layers in found):
        sentence = "no slide shows how the maps change through the layers"
        hint = "show some layers side by side, each with its size: height and width fall, channels grow"
        yield speaks[0].finding("no-progression", sentence, hint)


def layers_of(slide: Shown) -> Layers:
    """Return what a slide says of layers; that is small enough to keep, unlike all that is drawn on it."""
    for _, pauses in map_slides(Talk((slide,))):
        are_shown = any(_is_progression(maps.sizes()) for _, maps in pauses)
        return Layers(are_meant=MAPS.search(slide.words) is not None, are_shown=are_shown)
    return Layers(are_meant=False, are_shown=False)


def _is_progression(sizes: Sequence[tuple[Written, Size]]) -> bool:
    """Return whether sizes on a stage tell of layers: smaller and smaller maps, the smallest with the most channels."""
    layers = sorted({size for _, size in sizes if size[2] not in NO_LAYER}, reverse=True)
    heights = {height for height, _, _ in layers}
    return len(heights) > 1 and layers[-1][2] == max(channels for _, _, channels in layers)


def field_too_small(talk: Talk) -> Iterator[Finding]:
    """
    Report layers that are said to see more than they can.

    Where the slide does not give a layer's field, each halving of the height is taken for a plain 3×3 convolution of
    stride 2: the field is then 3, 7, 15, 31 pixels and so on (Araujo et al., Distill 2019, doi 10.23915/distill.00021).
    """
    for slide, pauses in map_slides(talk):
        if STATED.search(slide.words):
            continue
        known: set[str] = set()
        for pause, maps in pauses:
            for text, layer, sees, needs, what in _overstated(maps):
                if text.text not in known:
                    known.add(text.text)
                    sentence = (
                        f"{quoted(text.text)} claims {what} of a layer {layer}, whose cells see {sees} pixels "
                        f"if its layers are plain 3×3 ones of stride 2"
                    )
                    hint = f"say less, or say how large its receptive field is; this would take about {needs} pixels"
                    yield slide.finding("field-too-small", sentence, hint, reveal=pause.reveal.id, text=text.text)


def _overstated(maps: Maps) -> Iterator[tuple[Written, str, int, int, str]]:
    """Yield claims that are too large: the text, its layer's size, the pixels it sees and needs, and what it claims."""
    sizes = maps.sizes()
    photo = max((size for _, size in sizes), default=(0, 0, 0))
    if photo[2] not in {1, 3} or len(sizes) < 2:
        return
    for text in maps.stage.texts:
        claim = next(((what, part) for words, what, part in CLAIMS if words.search(text.text)), None)
        layer = _layer_of(text, sizes)
        if claim and layer and layer != photo:
            halvings = round(math.log2(photo[0] / layer[0]))
            sees, needs = 2 ** (halvings + 1) - 1, photo[0] // claim[1]
            if halvings > 0 and sees < needs:
                yield text, "×".join(map(str, layer)), sees, needs, claim[0]


def _layer_of(text: Written, sizes: Sequence[tuple[Written, Size]]) -> Size | None:
    """Return the size that stands over or under a text, the nearest."""
    level = [
        (label.box.gap(text.box), size)
        for label, size in sizes
        if abs(label.box.center[0] - text.box.center[0]) < (label.box.width + text.box.width) / 4
        and label.box.gap(text.box) < 3 * NEAR
    ]
    return min(level)[1] if level else None
