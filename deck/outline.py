"""
The outline: what is to be recorded, section by section, as plain data.

A `Job` has everything that its recording depends on, but for what is found out while it is recorded: the modules and
files that are used on the way, see `deck.inputs`.
"""

from __future__ import annotations

import hashlib
import json
from dataclasses import dataclass
from pathlib import Path

from deck.document import Document, FrontMatter, SceneCode, Section
from deck.errors import Location
from deck.names import class_names
from deck.scene_code import foundation

__all__ = ["SHARED", "Job", "outline"]

SHARED = ("image", "model")
"""Front matter keys that stand in for options of these names."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Job:
    """
    One section, to be recorded as a slide; it can travel to another process, or another machine.

    Attributes
    ----------
    section, front, path
        The section, and the document that it is from.
    class_name
        What the slide's class is called: a name of its own in the deck.
    frame_rate
        Frames a second.
    """

    section: Section
    front: FrontMatter
    path: Path
    class_name: str
    frame_rate: int

    @property
    def where(self) -> Location:
        """The line that a failure of the whole slide belongs to."""
        body = self.section.body
        return Location(self.path, body.line if isinstance(body, SceneCode) else body.lines["kind",])

    def key(self, environment: str) -> str:
        """
        Return the name under which its recording is kept: lines and notes are not in it, for they are not drawn.

        Parameters
        ----------
        environment
            What else there is, in a word: see `deck.inputs.environment`.
        """
        body = self.section.body
        facts = {
            "environment": environment,
            "name": self.class_name,
            "title": self.section.title,
            "frame rate": self.frame_rate,
            "folder": str(self.path.parent.absolute()),
        }
        if isinstance(body, SceneCode):
            facts |= {"scene": body.name, "code": foundation(body.module, body.name)}
        else:
            shared = {key: getattr(self.front, key) for key in SHARED}
            facts |= {"kind": body.kind, "options": json.dumps({**shared, **body.options}, default=str)}
        return hashlib.sha256(json.dumps(facts, sort_keys=True).encode()).hexdigest()


def outline(document: Document, *, frame_rate: int) -> tuple[Job, ...]:
    """Return what is to be recorded for a document, in its order."""
    names = class_names(section.id for section in document.sections)
    return tuple(
        Job(section=section, front=document.front, path=document.path, class_name=name, frame_rate=frame_rate)
        for section, name in zip(document.sections, names, strict=True)
    )
