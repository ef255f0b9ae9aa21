"""Styles and reveals as they stand in the header of a recording's bytes: see `deck.recording.codec`."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from deck.recording.styles import Paint, Style
from deck.recording.timeline import RecordedReveal, TextBox

__all__ = ["reveal_from_json", "reveal_to_json", "style_from_json", "style_to_json"]


def _paint_to_json(paint: Paint | None) -> Any:
    return None if paint is None else [list(map(list, paint.colors)), list(paint.line)]


def _paint_from_json(paint: Any) -> Paint | None:
    return None if paint is None else Paint(tuple(tuple(color) for color in paint[0]), tuple(paint[1]))


def style_to_json(style: Style) -> list[Any]:
    """Return a style as the header has it."""
    paints = [_paint_to_json(paint) for paint in (style.fill, style.stroke, style.behind)]
    return [*paints, style.width, style.behind_width, style.join, style.cap, style.clip]


def style_from_json(values: Sequence[Any]) -> Style:
    """Return the style that the header gives."""
    fill, stroke, behind = map(_paint_from_json, values[:3])
    names = ("width", "behind_width", "join", "cap", "clip")
    return Style(fill=fill, stroke=stroke, behind=behind, **dict(zip(names, values[3:], strict=True)))


def reveal_to_json(reveal: RecordedReveal) -> dict[str, Any]:
    """Return a reveal as the header has it."""
    texts = [[text.text, *text.box] for text in reveal.texts]
    plain = {name: getattr(reveal, name) for name in ("id", "title", "description", "first", "last", "loop", "comment")}
    type_ = [[text.size, text.missing_font] for text in reveal.texts]
    return plain | {"texts": texts, "type": type_}


def reveal_from_json(values: dict[str, Any]) -> RecordedReveal:
    """Return the reveal that the header gives."""
    boxes, type_ = values.pop("texts"), values.pop("type")
    texts = (TextBox(text, tuple(box), *own) for (text, *box), own in zip(boxes, type_, strict=True))
    return RecordedReveal(**values, texts=tuple(texts))
