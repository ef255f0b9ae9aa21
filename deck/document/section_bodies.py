"""What a section becomes: a slide of some kind, scenes, or text; and which of its words are notes."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import groupby
from typing import NamedTuple

from deck.document.markdown import MarkdownPiece
from deck.document.scene_classes import SceneClass, scenes
from deck.document.scene_code import CodeBlock, kind_of
from deck.document.section import Body, Note, Prose, SceneCode, SlideBlock
from deck.document.yaml_lines import YamlBlock

__all__ = ["Draft", "Heading", "Made", "PlacedPiece", "Program", "code_block", "notes_of"]

RULES = re.compile(r"[\s*_.-]*")
"""Text that is nothing but rules and pauses."""


@dataclass(frozen=True, slots=True)
class Heading:
    """A heading's title, the id that is made of it or ``given``, and its line."""

    title: str
    id: str
    line: int
    given: bool = False


class PlacedPiece(NamedTuple):
    """A piece of a section, and the reveal's heading that it is or stands under; None above the first of these."""

    piece: MarkdownPiece
    under: Heading | None


class Made(NamedTuple):
    """A slide to be made: its heading, what it shows, and its notes by the id of their reveal."""

    heading: Heading
    body: Body
    notes: Mapping[str, Note]


class Program:
    """
    All the Python of a document.

    Parameters
    ----------
    blocks
        In their order.
    """

    def __init__(self, blocks: Iterable[CodeBlock]) -> None:
        kinds = [(block, kind_of(block)) for block in blocks]
        self.blocks = tuple(block for block, kind in kinds if kind in {"scenes", "definitions"})
        found: dict[int, list[SceneClass]] = {}
        for scene in scenes(self.blocks):
            found.setdefault(scene.block.line, []).append(scene)
        # A block of nothing but sketches is there to be read.
        self.scenes = {line: own for line, own in found.items() if not all(scene.is_sketch for scene in own)}
        read = {block.line for block, kind in kinds if kind == "listing"} | (found.keys() - self.scenes.keys())
        # Where there is no scene nothing is run, and all code is there to be read.
        shown = read if self.scenes else {block.line for block, _ in kinds}
        self.listings = frozenset(block.line for block, _ in kinds if block.line in shown and block.code.strip())


@dataclass(slots=True, kw_only=True)
class Draft:
    """
    A section in the making.

    Attributes
    ----------
    blocks
        The lines of its slide blocks.
    said
        The YAML of the first of them.
    block
        The slide that this YAML asks for.
    """

    heading: Heading
    parts: list[PlacedPiece] = field(default_factory=list)
    blocks: list[int] = field(default_factory=list)
    said: YamlBlock | None = None
    block: SlideBlock | None = None

    def slides(self, program: Program, lines: Sequence[str]) -> list[Made]:
        """Return the slides that the section makes; ``lines`` are the document's."""
        if self.blocks and not self.said:
            return []  # its fault is reported already
        if self.block:
            return [Made(self.heading, self.block, notes_of(self.parts, self.heading, lines))]
        if any(part.piece.line in program.scenes for part in self.parts):
            return list(self._scenes(program, lines))
        return [self._prose(program, lines)]

    def _scenes(self, program: Program, lines: Sequence[str]) -> Iterator[Made]:
        """
        Yield a slide for each scene, and for each piece of code that is there to be read.

        A scene below a ``###`` heading takes that heading; then the text below each further heading makes a slide, too.
        All other text is notes.
        """
        before: list[PlacedPiece] = []
        slides: list[tuple[Heading, Body, list[PlacedPiece]]] = []
        groups = [(under, list(group)) for under, group in groupby(self.parts, key=lambda part: part.under)]
        are_slides = any(under and part.piece.line in program.scenes for under, parts in groups for part in parts)
        for under, parts in groups:
            if are_slides and under and not any(part.piece.line in program.scenes for part in parts):
                if text := _text_of([part.piece for part in parts if part.piece.kind != "reveal"], program, lines):
                    notes = [PlacedPiece(piece, None) for piece, _ in parts if piece.kind == "container"]
                    slides.append((under, text, notes))
                continue
            bodies = [body for part in parts for body in _shown(part.piece, program, lines)]
            is_own = under is not None and any(isinstance(body, SceneCode) for body in bodies)
            heading = under if under and is_own else slides[-1][0] if slides else self.heading
            fresh: list[tuple[Heading, Body, list[PlacedPiece]]] = [(heading, body, []) for body in bodies]
            speakers = [slide for slide in fresh if isinstance(slide[1], SceneCode)][:1] or slides[-1:]
            said = speakers[0][2] if speakers else before
            for piece, _ in parts:
                if piece.kind != "code" and not (is_own and piece.kind == "reveal"):
                    said.append(PlacedPiece(piece, None if is_own else under))
            slides += fresh
        slides[0][2][:0] = before
        for heading, body, parts in slides:
            yield Made(heading, body, notes_of(parts, heading, lines))

    def _prose(self, program: Program, lines: Sequence[str]) -> Made:
        """Return the slide of the section's text; code of definitions is shown only if nothing else is there."""
        notes = [part for part in self.parts if part.piece.kind == "container"]
        text = _text_of([part.piece for part in self.parts], program, lines) or Prose(text="", line=self.heading.line)
        return Made(self.heading, text, notes_of(notes, self.heading, lines))


def _text_of(pieces: Sequence[MarkdownPiece], program: Program, lines: Sequence[str]) -> Prose | None:
    """Return the text to show, None if there is none; code of definitions counts only if nothing else is there."""
    shown = [piece for piece in pieces if piece.kind != "container" and not _is_empty(piece)]
    chosen = [piece for piece in shown if piece.kind != "code" or piece.line in program.listings]
    if all(RULES.fullmatch(piece.text) for piece in chosen):
        chosen = shown
    kept = {number for piece in chosen for number in range(piece.line, piece.end + 1) if lines[number - 1].strip()}
    if not kept:
        return None
    text = "\n".join(lines[number - 1] if number in kept else "" for number in range(min(kept), max(kept) + 1))
    return Prose(text=text, line=min(kept))


def _is_empty(piece: MarkdownPiece) -> bool:
    """Return whether a piece is a block of code with nothing in it."""
    return piece.kind == "code" and not piece.text.strip()


def code_block(piece: MarkdownPiece) -> CodeBlock:
    """Return the block of Python that a piece is."""
    return CodeBlock(code=piece.text, line=piece.line)


def _shown(piece: MarkdownPiece, program: Program, lines: Sequence[str]) -> Iterator[Body]:
    if piece.kind == "code" and piece.line in program.listings:
        yield Prose(text=_raw(piece, lines), line=piece.line)
    for scene in program.scenes.get(piece.line, ()):
        if scene.is_sketch:
            yield Prose(text=f"```python\n{scene.source}\n```", line=scene.line - 1)
            continue
        yield SceneCode(name=scene.name, blocks=program.blocks, line=scene.line)


def _raw(piece: MarkdownPiece, lines: Sequence[str]) -> str:
    return "\n".join(lines[piece.line - 1 : piece.end])


def notes_of(parts: Iterable[PlacedPiece], heading: Heading, lines: Sequence[str]) -> dict[str, Note]:
    """Return the notes of each reveal; those above its first heading are under ``""``."""
    texts: dict[str, list[str]] = {}
    places: dict[str, int] = {}
    for piece, under in parts:
        name = under.id if under else ""
        places.setdefault(name, under.line if under else heading.line)
        texts.setdefault(name, [])
        if piece.kind != "reveal":
            texts[name].append(_raw(piece, lines) if piece.kind == "code" else piece.text)
    joined = {name: "\n\n".join(text for text in own if text.strip()) for name, own in texts.items()}
    return {name: Note(text, places[name]) for name, text in joined.items() if name or text}
