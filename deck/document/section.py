"""What a document is made of, once it is read."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Literal

from deck.document.scene_code import CodeBlock
from deck.document.yaml_lines import Steps

__all__ = ["Body", "Note", "Prose", "SceneCode", "Section", "Settings", "SlideBlock", "TitlePage"]


@dataclass(frozen=True, slots=True)
class Note:
    """What to say at one reveal, in Markdown; ``line`` is that of the heading it stands under."""

    text: str
    line: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Settings:
    """
    How a section is to be treated, whatever stands in it.

    Attributes
    ----------
    pauses
        Whether a scene pauses at each ``wait()`` without a duration, or after each of its animations.
    incremental
        Whether the items of lists appear one by one.
    ignore
        Rules of `deck.check` that say nothing here, each with the reason.
    depends
        Patterns of the files that it is made from, besides those that deck sees it open; each with its line.
    """

    pauses: Literal["wait", "play"] = "wait"
    incremental: bool = True
    ignore: Mapping[str, str] = field(default_factory=dict)
    depends: Mapping[str, int] = field(default_factory=dict)


@dataclass(frozen=True, slots=True, kw_only=True)
class SlideBlock:
    """A kind of slide and its unchecked options; ``lines`` has the line of every key, ``("kind",)`` among them."""

    kind: str
    options: Mapping[str, object]
    lines: Mapping[Steps, int]
    line: int


@dataclass(frozen=True, slots=True, kw_only=True)
class SceneCode:
    """A scene class in the document's module, which all its blocks make; ``line`` is that of its ``class``."""

    name: str
    blocks: tuple[CodeBlock, ...]
    line: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Prose:
    """
    Markdown that is to be set as slides.

    Attributes
    ----------
    text
        Line by line as in the document, with empty lines for what is not shown.
    line
        The document's line that the text starts on.
    """

    text: str
    line: int


@dataclass(frozen=True, slots=True, kw_only=True)
class TitlePage:
    """What stands on the title slide beside the title; ``line`` is that of the heading."""

    subtitle: str
    author: str
    date: str
    line: int


Body = SlideBlock | SceneCode | Prose | TitlePage


@dataclass(frozen=True, slots=True, kw_only=True)
class Section:
    """A slide's part of the document; ``notes[""]`` are those of the first reveal. Two scenes make two sections."""

    id: str
    title: str
    body: Body
    notes: Mapping[str, Note]
    line: int
    settings: Settings = field(default_factory=Settings)
