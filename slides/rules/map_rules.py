"""The lecture's rules on single maps: a map varies and has a size, a few stand for many, colours have a scale."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from deck.check.colors import hue_name
from deck.check.geometry import Box
from deck.check.phrases import joined, quoted
from deck.check.stage import Written
from deck.check.talk import Finding, Pause, Shown, Talk
from slides.rules.maps import NEAR, Map, Maps, is_about_maps, is_even, size_of

__all__ = ["all_channels", "flat_map", "map_slides", "missing_size", "no_color_bar"]

MOST_ALIKE = 16
NAMES = re.compile(r"input|image|photo|maps?\b|\bconv|layer|channel|filter|feature|activation|pool", re.IGNORECASE)
"""Words that call a thing a map, or what a map is made of."""
KERNEL = re.compile(r"kernel|filter|weight|window|patch", re.IGNORECASE)
PART_OF = re.compile(r"\d+ of (?:the )?\d+")
ENDS = re.compile(r"low|high|min|max|weak|strong|[-−]?\d+(?:\.\d+)?", re.IGNORECASE)
HEAT = re.compile(r"heat[- ]?map|activation[- ]?map|\bcam\b", re.IGNORECASE)


def map_slides(talk: Talk) -> Iterator[tuple[Shown, list[tuple[Pause, Maps]]]]:
    """Yield the slides that are drawn and speak of maps, each with what may be maps at each pause."""
    for slide in talk.slides:
        if not (slide.is_film or slide.is_set) and is_about_maps(slide.words):
            yield slide, [(pause, pause.seen(Maps)) for pause in slide.pauses]


def flat_map(talk: Talk) -> Iterator[Finding]:
    """Report maps that are drawn as one flat colour, or not drawn at all."""
    for slide, pauses in map_slides(talk):
        known: set[str] = set()
        for pause, maps in pauses:
            flat = [*maps.flats, *filter(is_even, maps.images)]
            named = {_name(maps, thing): thing for thing in flat if _is_map(maps, thing)}
            if fresh := [name for name in named if name not in known]:
                known |= set(fresh)
                sentence = f"{joined(fresh)} {'is' if len(fresh) == 1 else 'are'} drawn in one flat colour"
                hint = "let its cells vary as real activations do: a map of one colour shows nothing"
                text = _first_text(maps, named[fresh[0]])
                yield slide.finding("flat-map", sentence, hint, reveal=pause.reveal.id, text=text)
            for size in _bare(maps):
                names = [quoted(text.text) for text in maps.stage.texts if _is_above(text, size)]
                sentence = f"no map is drawn{f' for {names[0]}' if names else ''}, where {quoted(size.text)} stands"
                hint = "draw the map, or take its size away"
                yield slide.finding("flat-map", sentence, hint, reveal=pause.reveal.id, text=size.text)


def missing_size(talk: Talk) -> Iterator[Finding]:
    """Report maps whose size is written beside them at no pause."""
    for slide, pauses in map_slides(talk):
        sized = {_place(thing) for _, maps in pauses for thing in maps.all if maps.is_sized(thing)}
        known: set[tuple[int, ...]] = set()
        for pause, maps in pauses:
            lacking = [thing for thing in maps.all if _is_map(maps, thing) and _place(thing) not in sized | known]
            known |= {_place(thing) for thing in lacking}
            if lacking:
                names = list(dict.fromkeys(_name(maps, thing) for thing in lacking))
                sentence = f"nothing says how large {joined(names)} {'is' if len(names) == 1 else 'are'}"
                hint = "write its height × width × channels right under it"
                text = _first_text(maps, lacking[0])
                yield slide.finding("missing-size", sentence, hint, reveal=pause.reveal.id, text=text)


def all_channels(talk: Talk) -> Iterator[Finding]:
    """Report layers that are shown with all their channels."""
    for slide, pauses in map_slides(talk):
        for pause, maps in pauses:
            counts: dict[tuple[object, ...], int] = {}
            for thing in maps.all:
                box = thing.parts[0].extent
                alike = thing.kind, round(box.width / 4), round(box.height / 4)
                counts[alike] = counts.get(alike, 0) + thing.layers
            most = max(counts.values(), default=0)
            if most > MOST_ALIKE and not any(PART_OF.search(text.text) for text in maps.stage.texts):
                sentence = f"{most} maps are shown at once, one by one"
                hint = "show a few that differ, and say how many there are, as in '6 of 64'"
                yield slide.finding("all-channels", sentence, hint, reveal=pause.reveal.id)


def no_color_bar(talk: Talk) -> Iterator[Finding]:
    """Report heatmaps that do not say what their colours stand for."""
    for slide, pauses in map_slides(talk):
        heated = [(pause, maps) for pause, maps in pauses if _is_heatmap(slide, maps)]
        bars = [(maps, bar) for _, maps in pauses for bar in maps.bars]
        if heated and not any(_ends(maps, bar) > 1 for maps, bar in bars):
            what = "the colour bar does not say what its ends are" if bars else "the heatmap has no colour bar"
            hint = "put a bar of the colours beside it, with the lowest and the highest value at its ends"
            yield slide.finding("no-color-bar", what, hint, reveal=heated[0][0].reveal.id)


def _is_map(maps: Maps, thing: Map) -> bool:
    """Return whether a thing is a map: a grid of colours, a stack, or what a text beside it calls one."""
    texts = [text.text for text in maps.labels(thing)]
    if thing.kind == "grid":
        return not any(KERNEL.search(text) for text in texts)
    return thing.layers > 1 or any(NAMES.search(text) for text in texts)


def _name(maps: Maps, thing: Map) -> str:
    """Return what a thing is called by the text beside it, or else what it looks like."""
    called = [text for text in maps.labels(thing) if not size_of(text.text) and not text.box.meets(thing.box)]
    named = [text for text in called if NAMES.search(text.text)] or called[: thing.kind == "image"]
    if named:
        return quoted(named[0].text)
    if thing.kind == "grid":
        return f"the grid of {len(thing.parts)} cells"
    color = thing.parts[0].color
    one = f"{hue_name(color)} " if color and thing.layers == 1 else ""
    return (
        f"a stack of {thing.layers}" if thing.layers > 1 else f"a {one}{'image' if thing.kind == 'image' else 'square'}"
    )


def _first_text(maps: Maps, thing: Map) -> str:
    return next((text.text for text in maps.labels(thing)), "")


def _place(thing: Map) -> tuple[int, ...]:
    return tuple(round(side / 8) for side in (*thing.box.center, thing.box.width, thing.box.height))


def _bare(maps: Maps) -> Iterable[Written]:
    """Yield sizes without a map above or below, if others on the stage have one, or if a map's name is over them."""
    sizes = [text for text, _ in maps.sizes()]
    held = [text for text in sizes if _has_thing(maps, text)]
    for text in sizes:
        if text not in held and (held or any(_is_above(name, text) for name in maps.stage.texts)):
            yield text


def _has_thing(maps: Maps, text: Written) -> bool:
    """Return whether a shape with an area stands above or below a size, or beside it and has no other size."""
    wide = [part.extent for part in maps.stage.shapes if min(part.extent.width, part.extent.height) > 8]
    near = [box for box in wide if text.box.gap(box) < NEAR]
    level = [box for box in near if box.left - 4 <= text.box.center[0] <= box.right + 4]
    others = [other.box.center[0] for other, _ in maps.sizes() if other is not text]
    beside = [box for box in near if box.top <= text.box.center[1] <= box.bottom]
    return bool(level) or any(not any(box.left <= x <= box.right for x in others) for box in beside)


def _is_above(name: Written, size: Written) -> bool:
    """Return whether a map's name stands right over its size."""
    apart = size.box.top - name.box.bottom
    level = abs(name.box.center[0] - size.box.center[0]) < size.box.width / 4
    return NAMES.search(name.text) is not None and not size_of(name.text) and level and 0 <= apart < NEAR


def _is_heatmap(slide: Shown, maps: Maps) -> bool:
    grids = any(_is_map(maps, grid) for grid in maps.grids)
    return grids or (bool(maps.images) and HEAT.search(slide.words) is not None)


def _ends(maps: Maps, bar: Box) -> int:
    """Return how many texts beside a bar name an end of it."""
    return sum(ENDS.match(text.text) is not None and text.box.gap(bar) < NEAR for text in maps.stage.texts)
