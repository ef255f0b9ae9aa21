"""What is set and too high for a page, cut into strips between its lines."""

from __future__ import annotations

from bisect import bisect
from collections.abc import Sequence
from dataclasses import replace

from deck.typesetting.compiler import SetText
from deck.typesetting.galley import Galley
from deck.typesetting.pieces import Piece, SetPart

__all__ = ["cut"]


def cut(pieces: Sequence[Piece], texts: dict[str, SetText], galley: Galley, height: float) -> list[Piece]:
    """Return pieces of which none that is set is higher than a page; what is drawn of their strips is added."""
    found: list[Piece] = []
    for piece in pieces:
        text = texts.get(piece.id)
        if text is None or text.height <= height:
            found.append(piece)
            continue
        strips = _strips(text)
        names = [f"{piece.id}-{nth}" for nth in range(len(strips))]
        texts |= dict(zip(names, strips, strict=True))
        is_cramped = piece.is_cramped or len(strips) > piece.lines
        made = [
            replace(
                piece,
                id=name,
                parts=(SetPart(name),),
                gap=0.0,
                airy=False,
                step=None,
                keeps=nth in (0, len(strips) - 2),
                is_cramped=is_cramped,
                says=_says(strip, galley),
            )
            for nth, (name, strip) in enumerate(zip(names, strips, strict=True))
        ]
        made[0] = replace(made[0], gap=piece.gap, airy=piece.airy, step=piece.step)
        made[-1] = replace(made[-1], keeps=piece.keeps)
        found += made
    return found


def _strips(text: SetText) -> list[SetText]:
    """Return a text line by line."""
    ends = _ends(text)
    strips = [SetText(top, bottom) for top, bottom in zip([text.top, *ends], [*ends, text.bottom], strict=True)]
    for mark in text.marks:
        y = mark.y if mark.name else mark.middle
        strips[bisect(ends, y)].marks.append(mark)
    for word in text.words:
        strips[bisect(ends, (word.box[1] + word.box[3]) / 2)].words.append(word)
    for name, place in text.slots.items():
        strips[bisect(ends, place[1])].slots[name] = place
    return strips


def _ends(text: SetText) -> list[float]:
    """Return how far down each line ends but for the last: in the middle of what is free between it and the next."""
    spans = [(word.box[1], word.box[3]) for word in text.words]
    spans += [(top, top + height) for _, top, height in text.slots.values()]
    spans.sort()
    ends: list[float] = []
    below = spans[0][1] if spans else 0.0
    for top, bottom in spans:
        if top > below:
            ends.append((top + below) / 2)
        below = max(below, bottom)
    return ends


def _says(text: SetText, galley: Galley) -> str:
    """Return what a line says, formulas by their source."""
    said = [(word.box[0], galley.words[word.number].said) for word in text.words]
    said += [(x, f" {galley.slots[name].tex}") for name, (x, *_) in text.slots.items()]
    return " ".join("".join(text for _, text in sorted(said)).split())
