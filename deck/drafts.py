"""Sections in the making: what each piece of a document's Markdown does, and what may be wrong with it."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path

from deck import front_matter, markdown, yaml_lines
from deck.errors import DocumentError, FaultList, Location
from deck.front_matter import FrontMatter
from deck.markdown import Kind, Piece
from deck.names import nearest, slug
from deck.scene_code import CodeBlock, module_of, scenes
from deck.section import Note, SceneCode, Section, SlideBlock

__all__ = ["draft"]

HEADINGS: Mapping[Kind, str] = {"title": "#", "section": "##", "reveal": "###"}
NAMED = re.compile(r"(?P<title>.*?)\s*\{#(?P<id>[^{}]*)\}", re.DOTALL)
NOTES = {"notes", "{.notes}"}
NO_SLIDE_HINTS = {
    False: "put a fenced block under it: ```slide, `kind: …`, ```; or ```python with a manim Scene",
    True: "a line of --- right under text makes a heading: leave a blank line between, or add a slide block",
}


def draft(text: str, path: Path, faults: FaultList) -> tuple[str, FrontMatter, tuple[Section, ...]]:
    r"""Return a text's title, front matter and whole sections; the text has ``\n`` as line ends."""
    reading = _Reading(path, faults)
    sections = reading.sections(text)
    return reading.title or reading.front.title or path.stem, reading.front, sections


@dataclass(slots=True, kw_only=True)
class _Draft:
    """A section in the making; ``reveals`` has the line of each reveal's heading, ``""`` being the first reveal."""

    id: str
    title: str
    line: int
    underlined: bool
    reveals: dict[str, int]
    texts: dict[str, list[str]] = field(default_factory=dict)
    blocks: list[int] = field(default_factory=list)
    code: list[CodeBlock] = field(default_factory=list)
    bodies: list[SlideBlock | SceneCode] = field(default_factory=list)
    reveal: str = ""

    def sections(self) -> Iterator[Section]:
        texts = {reveal: "\n\n".join(self.texts.get(reveal, [])) for reveal in self.reveals}
        notes = {reveal: Note(text, self.reveals[reveal]) for reveal, text in texts.items() if reveal or text}
        for number, body in enumerate(self.bodies if self.id else (), start=1):
            name = self.id if number == 1 else f"{self.id}-{number}"
            yield Section(id=name, title=self.title, body=body, notes=notes if number == 1 else {}, line=self.line)


class _Reading:
    """One pass over the pieces of one text; ``steps`` says which method takes which."""

    def __init__(self, path: Path, faults: FaultList) -> None:
        self.path, self.faults = path, faults
        self.front = FrontMatter()
        self.title = ""
        self.title_line = 0
        self.drafts: list[_Draft] = []
        self.steps: dict[Kind, Callable[[Piece], None]] = {
            "front matter": self.take_front_matter,
            "title": self.take_title,
            "section": self.take_section,
            "reveal": self.take_reveal,
            "slide": self.take_slide,
            "nested slide": self.refuse_slide,
            "code": self.take_code,
            "container": self.take_container,
            "text": self.take_text,
        }

    def sections(self, text: str) -> tuple[Section, ...]:
        for piece in markdown.cut(text):
            self.steps[piece.kind](piece)
        if not self.drafts:
            self.fault(1, "the document has no sections", "start one with a line `## Title` and a slide block under it")
        module = module_of(block for draft in self.drafts for block in draft.code)
        found = scenes(module)
        for draft in self.drafts:
            if not draft.blocks:
                draft.bodies += self.scenes_of(draft, module, found)
            if not draft.blocks and not draft.bodies:
                self.fault(draft.line, f"section '{draft.title}' has no slide block", NO_SLIDE_HINTS[draft.underlined])
        return tuple(section for draft in self.drafts for section in draft.sections())

    def scenes_of(self, draft: _Draft, module: str, found: Mapping[str, int]) -> Iterator[SceneCode]:
        """Yield the scenes in a section's own blocks; the blocks are no notes then."""
        for block in draft.code:
            last = block.line + block.code.count("\n")
            names = [name for name, line in found.items() if block.line < line <= last]
            yield from (SceneCode(name=name, module=module, line=found[name]) for name in names)
            if names:
                draft.texts = {
                    key: [text for text in texts if text is not block.raw] for key, texts in draft.texts.items()
                }

    def take_front_matter(self, piece: Piece) -> None:
        if not piece.closed:
            self.fault(1, "the front matter is never closed", "end it with a line of ---")
        elif block := yaml_lines.load(piece.text, self.path, 2, self.faults):
            self.front = front_matter.check(block, self.path, self.faults)

    def take_title(self, piece: Piece) -> None:
        if self.title_line:
            hint = f"the first is on line {self.title_line}; sections start with ##"
            self.fault(piece.line, "the document has a second title", hint)
        elif self.drafts:
            self.fault(piece.line, "the deck's title stands below a section", "move it above the first ##")
        else:
            self.title, self.title_line = _named(piece)[0], piece.line

    def take_section(self, piece: Piece) -> None:
        title, name = self.name(piece)
        before = [draft.line for draft in self.drafts if draft.id == name]
        if name and before:
            hint = f"the first is on line {before[0]}; name this one as in `## {title} {{#other-id}}`"
            self.fault(piece.line, f"the section id '{name}' is given twice", hint)
        underlined, reveals = piece.mark == "-", {"": piece.line}
        self.drafts.append(_Draft(id=name, title=title, line=piece.line, underlined=underlined, reveals=reveals))

    def take_reveal(self, piece: Piece) -> None:
        if not self.drafts:
            self.fault(piece.line, "a reveal stands above the first section", "put a `## Title` above it")
            return
        draft = self.drafts[-1]
        _, draft.reveal = self.name(piece)
        if draft.reveal in draft.reveals and draft.reveal:
            hint = f"the first is on line {draft.reveals[draft.reveal]}; put its notes under one heading"
            self.fault(piece.line, f"the reveal '{draft.reveal}' is given twice in this section", hint)
        draft.reveals.setdefault(draft.reveal, piece.line)

    def take_slide(self, piece: Piece) -> None:
        if not self.drafts:
            self.fault(piece.line, "a slide block stands above the first section", "put a `## Title` above it")
            return
        draft = self.drafts[-1]
        draft.blocks.append(piece.line)
        if len(draft.blocks) > 1:
            hint = f"the first is on line {draft.blocks[0]}; start another section with ##"
            self.fault(piece.line, f"section '{draft.title}' has a second slide block", hint)
        elif not piece.closed:
            self.fault(piece.line, "the slide block is never closed", "end it with a line of ```")
        elif body := self.slide_block(piece):
            draft.bodies.append(body)

    def slide_block(self, piece: Piece) -> SlideBlock | None:
        if piece.mark != "slide":
            hint = f"write `kind: {piece.mark.split()[-1]}` on a line below"
            self.fault(piece.line, "the slide block's kind stands beside its name", hint)
            return None
        block = yaml_lines.load(piece.text, self.path, piece.line + 1, self.faults)
        if block is None:
            return None
        kind = block.spelled.get("kind", "")
        if not kind:
            hint = "add a line such as `kind: single-feature-map`"
            self.fault(block.lines.get(("kind",), piece.line), "the slide block names no kind", hint)
            return None
        options = {key: value for key, value in block.values.items() if key != "kind"}
        return SlideBlock(kind=kind, options=options, lines=block.lines, line=piece.line)

    def take_code(self, piece: Piece) -> None:
        """Keep a block of Python, as a program and, should no scene be in it, as notes."""
        if self.drafts:
            draft = self.drafts[-1]
            draft.code.append(CodeBlock(code=piece.text, line=piece.line, raw=piece.raw))
            draft.texts.setdefault(draft.reveal, []).append(piece.raw)

    def refuse_slide(self, piece: Piece) -> None:
        self.fault(piece.line, "a slide block stands in a list or a quote", "move it to the left margin")

    def take_container(self, piece: Piece) -> None:
        if piece.mark not in NOTES:
            hint = nearest(f"::: {piece.mark}", ["::: notes"], what="blocks")
            self.fault(piece.line, f"no block '::: {piece.mark}'", hint)
        elif not piece.closed:
            self.fault(piece.line, "the notes are never closed", "end them with a line of :::")
        elif piece.stray:
            hint = f"close the notes that start on line {piece.line} with a line of ::: above it"
            self.fault(piece.stray, "a heading or block stands inside ::: notes", hint)
        elif not self.drafts:
            self.fault(piece.line, "notes stand above the first section", "put a `## Title` above them")
        else:
            self.take_text(piece)

    def take_text(self, piece: Piece) -> None:
        if self.drafts and piece.text.strip():
            draft = self.drafts[-1]
            draft.texts.setdefault(draft.reveal, []).append(piece.text)

    def name(self, piece: Piece) -> tuple[str, str]:
        """Return a heading's title and its id, which is empty when there is none to be had."""
        title, given = _named(piece)
        line, example = piece.line, f"{HEADINGS[piece.kind]} {title}"
        if not title:
            self.fault(line, "the heading has no text", f"write one, as in `{HEADINGS[piece.kind]} Title`")
        elif given is None and not slug(title):
            self.fault(line, f"the heading '{title}' has no letter to make an id of", f"write `{example} {{#some-id}}`")
        elif given is not None and slug(given) != (given or None):
            hint = f"ids are lower-case letters, digits and hyphens, as in `{example} {{#{slug(given) or 'some-id'}}}`"
            self.fault(line, f"'{given}' is no id", hint)
        return title, slug(title if given is None else given)

    def fault(self, line: int, message: str, hint: str) -> None:
        self.faults.add(DocumentError(message, hint=hint, where=Location(self.path, line)))


def _named(piece: Piece) -> tuple[str, str | None]:
    match = NAMED.fullmatch(piece.text)
    return (match["title"], match["id"]) if match else (piece.text, None)
