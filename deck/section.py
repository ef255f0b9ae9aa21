"""What a document is made of, once it is read."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from deck.yaml_lines import Steps

__all__ = ["Note", "SceneCode", "Section", "SlideBlock"]


@dataclass(frozen=True, slots=True)
class Note:
    """What to say at one reveal, in Markdown; ``line`` is that of the heading it stands under."""

    text: str
    line: int


@dataclass(frozen=True, slots=True, kw_only=True)
class SlideBlock:
    """A kind of slide and its unchecked options; ``lines`` has the line of every key, ``("kind",)`` among them."""

    kind: str
    options: Mapping[str, object]
    lines: Mapping[Steps, int]
    line: int


@dataclass(frozen=True, slots=True, kw_only=True)
class SceneCode:
    """A scene class in the document's module; ``line`` is that of its ``class``."""

    name: str
    module: str
    line: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Section:
    """A slide's part of the document; ``notes[""]`` are those of the first reveal. Two scenes make two of it."""

    id: str
    title: str
    body: SlideBlock | SceneCode
    notes: Mapping[str, Note]
    line: int
