"""One pass over a document's pieces: which section, reveal or notes each belongs to, and what may be wrong with it."""

from __future__ import annotations

import os
import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import replace
from pathlib import Path
from typing import NamedTuple

from deck import limits
from deck.document import front_matter, markdown, yaml_lines
from deck.document.front_matter import FrontMatter
from deck.document.markdown import Kind, MarkdownPiece, are_notes, attributed
from deck.document.oversize import TOO_LONG, TOO_MANY, TOO_MUCH_CODE, too_long, too_much_code
from deck.document.scene_code import CodeBlock
from deck.document.section import Section, SlideBlock, TitlePage
from deck.document.section_bodies import Draft, Heading, PlacedPiece, Program, code_block, notes_of
from deck.document.settings import KEYS, settings_of
from deck.document.yaml_lines import YamlBlock
from deck.errors import DocumentError, FaultList, Location
from deck.identifiers import nearest, slug, unique

__all__ = ["Drafted", "draft"]

HEADINGS: Mapping[Kind, str] = {"title": "#", "section": "##", "reveal": "###"}


class Drafted(NamedTuple):
    """What stands in a text: ``code`` is the Python that is run for its scenes; a title slide is the first section."""

    title: str
    front: FrontMatter
    sections: tuple[Section, ...]
    code: tuple[CodeBlock, ...]


def draft(text: str, path: Path, faults: FaultList) -> Drafted:
    r"""Return what stands in a text with ``\n`` as line ends; what is wrong with it goes into ``faults``."""
    reading = _Reading(text, path, faults)
    code = reading.program.blocks if reading.program.scenes else ()
    return Drafted(reading.title, reading.front, reading.sections, code)


class _Reading:
    """One pass over the pieces of one text."""

    def __init__(self, text: str, path: Path, faults: FaultList) -> None:
        self.path, self.faults = path, faults
        self.front = FrontMatter()
        self.preamble = Draft(heading=Heading("", "", 1))
        self.drafts: list[Draft] = []
        self.reveal: Heading | None = None
        self.given: dict[str, int] = {}
        steps: dict[Kind, Callable[[MarkdownPiece], None]] = {
            "front matter": self.take_front_matter,
            "title": self.take_title,
            "section": self.take_section,
            "reveal": self.take_reveal,
            "slide": self.take_slide,
            "nested slide": self.refuse_slide,
            "code": self.take,
            "container": self.take_container,
            "text": self.take,
        }
        pieces, lines = markdown.cut(text)
        self.titles = sum(piece.kind == "title" for piece in pieces)
        for piece in pieces:
            steps[piece.kind](piece)
        named = self.preamble.heading.title or self.front.title
        self.title, self.has_title = named or _stem(path), bool(named)
        drafts = [self.preamble, *self.drafts]
        parts = [part for draft in drafts for part in draft.parts]
        self.program = Program(self.code_of([piece for piece, _ in parts if piece.kind == "code"]))
        self.sections = tuple(self.sections_of(self.spoken(), lines))

    def code_of(self, pieces: Sequence[MarkdownPiece]) -> tuple[CodeBlock, ...]:
        """Return the blocks of Python; none if together they are too long."""
        line = too_much_code(pieces)
        if line:
            self.fault(line, *TOO_MUCH_CODE)
        return () if line else tuple(map(code_block, pieces))

    def spoken(self) -> list[Draft]:
        """Return what makes slides. Text above the first section does if it has a scene, or no section follows."""
        shown = [piece for piece, _ in self.preamble.parts if piece.kind != "container"]
        if any(piece.line in self.program.scenes for piece in shown) or (shown and not self.drafts):
            heading = self.preamble.heading
            self.preamble.heading = replace(heading, title=self.title, id=heading.id or slug(self.title))
            return [self.preamble, *self.drafts]
        return self.drafts

    def sections_of(self, drafts: list[Draft], lines: list[str]) -> Iterator[Section]:
        taken = {draft.heading.id for draft in drafts if draft.heading.given}
        given: set[Heading] = set()
        count = 0
        if first := self.title_slide(taken, lines):
            taken.add(first.id)
            yield first
        elif not drafts:
            self.fault(1, "the document has no sections", "start one with a line `## Title` and something under it")
        else:
            self.check_lost_notes(drafts)
        for draft in drafts:
            self.check_reveals(draft)
            settings = settings_of(draft.said, self.front, self.path, self.faults)
            for heading, body, notes in draft.slides(self.program, lines):
                if count == limits.SECTIONS:
                    message, hint = TOO_MANY
                    raise DocumentError(message, hint=hint, where=Location(self.path, heading.line))
                count += 1
                is_first = heading.given and heading not in given
                given.add(heading)
                if line := too_long(body, notes):
                    self.fault(line, *TOO_LONG)
                    continue
                name = heading.id if is_first else unique(heading.id or f"slide-{len(taken) + 1}", taken)
                taken.add(name)
                title = heading.title or draft.heading.title
                yield Section(id=name, title=title, body=body, notes=notes, line=heading.line, settings=settings)

    def check_lost_notes(self, drafts: list[Draft]) -> None:
        lost = [piece for piece, _ in self.preamble.parts if piece.kind == "container"]
        if lost and self.preamble not in drafts:
            self.fault(lost[0].line, "notes stand above the first section", "put a `## Title` above them")

    def check_reveals(self, draft: Draft) -> None:
        """Report reveals without an id, or with one that is taken; beside a slide block each ``###`` is a reveal."""
        seen: dict[str, int] = {}
        for piece, heading in draft.parts if draft.blocks else ():
            if piece.kind != "reveal" or heading is None or not heading.title:
                continue
            if heading.id in seen:
                hint = f"the first is on line {seen[heading.id]}; put its notes under one heading"
                self.fault(piece.line, f"the reveal '{heading.id}' is given twice in this section", hint)
            elif not heading.id and not heading.given:
                hint = f"write `### {heading.title} {{#some-id}}`"
                self.fault(piece.line, f"the heading '{heading.title}' has no letter to make an id of", hint)
            else:
                seen[heading.id] = piece.line

    def title_slide(self, taken: set[str], lines: list[str]) -> Section | None:
        """Return the section of the title slide; notes above the first section are notes of it."""
        front, heading = self.front, self.preamble.heading
        if front.title_slide != "true" or not self.has_title:
            return None
        page = TitlePage(
            subtitle=front.subtitle or front.description, author=front.author, date=front.date, line=heading.line
        )
        notes = notes_of([part for part in self.preamble.parts if part.piece.kind == "container"], heading, lines)
        return Section(id=unique("title", taken), title=self.title, body=page, notes=notes, line=heading.line)

    def take_front_matter(self, piece: MarkdownPiece) -> None:
        if not piece.closed:
            self.fault(1, "the front matter is never closed", "end it with a line of ---")
            return
        text = front_matter.quoted(piece.text) if len(piece.text) <= limits.YAML else piece.text
        if block := yaml_lines.load(text, self.path, 2, self.faults):
            self.front = front_matter.check(block, self.path, self.faults)

    def take_title(self, piece: MarkdownPiece) -> None:
        """Take a ``#`` heading: it is the deck's title or, where it cannot be that, starts a section as ``##`` does."""
        is_one_of_many = self.titles > 1 and bool(self.front.title)
        if self.preamble.heading.title or self.drafts or is_one_of_many:
            self.take_section(piece)
        else:
            self.preamble.heading = replace(self.heading(piece), given=False)

    def take_section(self, piece: MarkdownPiece) -> None:
        if len(self.drafts) > limits.SECTIONS:
            return  # the document is refused for having so many
        heading = self.heading(piece)
        first = self.given.setdefault(heading.id, heading.line) if heading.given else heading.line
        if first != heading.line:
            hint = f"the first is on line {first}; name this one as in `## {heading.title} {{#other-id}}`"
            self.fault(piece.line, f"the section id '{heading.id}' is given twice", hint)
        self.drafts.append(Draft(heading=heading))
        self.reveal = None

    def take_reveal(self, piece: MarkdownPiece) -> None:
        self.reveal = self.heading(piece)
        self.take(piece)

    def take(self, piece: MarkdownPiece) -> None:
        draft = self.drafts[-1] if self.drafts else self.preamble
        draft.parts.append(PlacedPiece(piece, self.reveal))

    def take_slide(self, piece: MarkdownPiece) -> None:
        if not self.drafts:
            self.fault(piece.line, "a slide block stands above the first section", "put a `## Title` above it")
            return
        draft = self.drafts[-1]
        draft.blocks.append(piece.line)
        if len(draft.blocks) > 1:
            hint = f"the first is on line {draft.blocks[0]}; start another section with ##"
            self.fault(piece.line, f"section '{draft.heading.title}' has a second slide block", hint)
        elif not piece.closed:
            self.fault(piece.line, "the slide block is never closed", "end it with a line of ```")
        elif piece.mark != "slide":
            hint = f"write `kind: {piece.mark.split()[-1]}` on a line below"
            self.fault(piece.line, "the slide block's kind stands beside its name", hint)
        elif block := yaml_lines.load(piece.text, self.path, piece.line + 1, self.faults):
            draft.said = block
            draft.block = self.slide_block(piece, block)

    def slide_block(self, piece: MarkdownPiece, block: YamlBlock) -> SlideBlock | None:
        """Return the slide that a block asks for; one without a kind may still say how to treat the section."""
        kind = block.spelled.get("kind", "")
        options = {key: value for key, value in block.values.items() if key not in {"kind", *KEYS}}
        if not kind and (options or not block.values or "kind" in block.values):
            hint = "add a line such as `kind: single-feature-map`"
            self.fault(block.lines.get(("kind",), piece.line), "the slide block names no kind", hint)
        return SlideBlock(kind=kind, options=options, lines=block.lines, line=piece.line) if kind else None

    def refuse_slide(self, piece: MarkdownPiece) -> None:
        self.fault(piece.line, "a slide block stands in a list or a quote", "move it to the left margin")

    def take_container(self, piece: MarkdownPiece) -> None:
        if not are_notes(piece):
            hint = nearest(f"::: {piece.mark}", ["::: notes"], what="blocks")
            self.fault(piece.line, f"no block '::: {piece.mark}'", hint)
        elif not piece.closed:
            self.fault(piece.line, "the notes are never closed", "end them with a line of :::")
        elif piece.stray:
            hint = f"close the notes that start on line {piece.line} with a line of ::: above it"
            self.fault(piece.stray, "a heading or block stands inside ::: notes", hint)
        else:
            self.take(piece)

    def heading(self, piece: MarkdownPiece) -> Heading:
        """Return a heading's title and its id, which is empty if the title has no letter to make one of."""
        title, given = attributed(piece.text[: limits.HEADING])
        if len(piece.text) > limits.HEADING:
            message = f"the heading has more than {limits.HEADING:,} characters"
            self.fault(piece.line, message, "make it shorter, and put the rest below it")
        elif not title:
            self.fault(piece.line, "the heading has no text", f"write one, as in `{HEADINGS[piece.kind]} Title`")
        elif given is not None and (not slug(given) or re.search(r"\s", given)):
            example = f"{HEADINGS[piece.kind]} {title} {{#{slug(given) or 'some-id'}}}"
            hint = f"ids are lower-case letters, digits and hyphens, as in `{example}`"
            self.fault(piece.line, f"'{given}' is no id", hint)
        return Heading(title, slug(title if given is None else given), piece.line, given=given is not None)

    def fault(self, line: int, message: str, hint: str) -> None:
        self.faults.add(DocumentError(message, hint=hint, where=Location(self.path, line)))


def _stem(path: Path) -> str:
    """Return a file's name without its ending, as text: a name may have bytes that are not UTF-8."""
    return os.fsencode(path.stem).decode("utf-8", "replace")
