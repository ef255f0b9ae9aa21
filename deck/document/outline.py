"""
The outline: what is to be recorded, section by section, as plain data.

A `Job` has everything that its recording depends on, except for the modules and files that turn out to be used while
it is recorded: see `deck.build.dependencies`.
"""

from __future__ import annotations

import hashlib
import json
import os
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from deck.document.scene_code import foundation
from deck.document.section import Prose, SceneCode, Section, SlideBlock, TitlePage
from deck.errors import Location
from deck.identifiers import class_names

if TYPE_CHECKING:
    from deck.document import Document
    from deck.document.front_matter import FrontMatter

__all__ = ["Job", "outline"]

DARK, BLACK = "#0E1116", "#000000"


@dataclass(frozen=True, slots=True, kw_only=True)
class Job:
    """
    One section, to be recorded as a slide; it can travel to another process, or another machine.

    Attributes
    ----------
    section, front, path
        The section, and the document that it is from.
    class_name
        The name of the slide's class, which no other in the deck has.
    frame_rate
        Frames a second.
    background
        Behind the text that deck sets, ``#RRGGBB``.
    trust
        Whether files from anywhere may be shown.
    failed
        Why the section cannot be built, for the slide in its place to say; empty if it can.
    """

    section: Section
    front: FrontMatter
    path: Path
    class_name: str
    frame_rate: int
    background: str = DARK
    trust: bool = False
    failed: str = ""

    @property
    def where(self) -> Location:
        """The line that a failure of the whole slide belongs to."""
        body = self.section.body
        return Location(self.path, body.lines["kind",] if isinstance(body, SlideBlock) else body.line)

    def _text_facts(self, body: Prose | TitlePage) -> dict[str, object]:
        if isinstance(body, TitlePage):
            return {"page": [body.subtitle, body.author, body.date]}
        return {"text": body.text, "incremental": self.section.settings.incremental, "trust": self.trust}

    def _places(self, facts: Mapping[str, object]) -> dict[str, str]:
        """
        Return as much of the document's place as the recording depends on, so that a copy elsewhere may share it.

        It is the document's folder if one of the facts names it; and for a scene, which runs in the working folder, the
        way from there to the document's folder if that is another one.
        """
        folder, here = str(self.path.parent.absolute()), str(Path.cwd())
        places = {"folder": folder} if folder in json.dumps(facts, ensure_ascii=False) else {}
        if isinstance(self.section.body, SceneCode) and folder != here:
            places["seen from"] = os.path.relpath(folder, here) if folder.startswith(f"{here}{os.sep}") else folder
        return places

    def key(self, environment: str) -> str:
        """
        Return the key under which its recording is kept; it ignores lines and notes, since they are not drawn.

        Parameters
        ----------
        environment
            Stands for all that is installed: see `deck.build.installed`.
        """
        body = self.section.body
        facts = {
            "environment": environment,
            "name": self.class_name,
            "title": self.section.title,
            "frame rate": self.frame_rate,
        }
        if isinstance(body, SlideBlock):
            options = json.dumps({**self.front.options, **body.options}, default=str)
            facts |= {"kind": body.kind, "options": options, "trust": self.trust}
        elif isinstance(body, SceneCode):
            code = foundation(body.blocks, body.name, body.line)
            facts |= {"scene": body.name, "code": code, "pauses": self.section.settings.pauses}
        else:
            facts |= {"background": self.background, "failed": self.failed}
            facts |= self._text_facts(body)
        if self.section.settings.depends:
            facts["depends"] = sorted(self.section.settings.depends)
        facts |= self._places(facts)
        return hashlib.sha256(json.dumps(facts, sort_keys=True).encode()).hexdigest()


def outline(document: Document, *, frame_rate: int, trust: bool = False) -> tuple[Job, ...]:
    """
    Return what is to be recorded for a document, in its order.

    Where there are scenes, which manim draws on black, text is set on black, too.
    """
    names = class_names(section.id for section in document.sections)
    is_black = any(isinstance(section.body, SceneCode) for section in document.sections)
    return tuple(
        Job(
            section=section,
            front=document.front,
            path=document.path,
            class_name=name,
            frame_rate=frame_rate,
            background=BLACK if is_black else DARK,
            trust=trust,
        )
        for section, name in zip(document.sections, names, strict=True)
    )
