"""
Scenes in a document: manim classes that know nothing of decks.

A scene becomes a slide by a class that stands before it in the order of inheritance, and opens and ends reveals as the
scene plays: each bare ``self.wait()`` and each ``self.next_slide()`` ends one, and so does the end of the scene.
"""

from __future__ import annotations

import linecache
import sys
from functools import cache
from types import ModuleType
from typing import TYPE_CHECKING, Any

from manim import Scene, Text, config

from deck.errors import Location, SlideError
from deck.slide import Slide

if TYPE_CHECKING:
    from deck.document import SceneCode
    from deck.outline import Job

__all__ = ["SceneSlide", "scene_slide"]

MODULE = "deck_document"
"""Under which name the document's Python can be found among the modules."""


class SceneSlide(Slide):
    """What makes a slide of a scene; it comes first among the bases."""

    _loops = False

    def construct(self) -> None:
        """Play the scene, and end what is open at its end; a scene without a pause has one there."""
        super().construct()
        if self._playing or not self.reveals:
            self._end_reveal()

    def play(self, *args: Any, **kwargs: Any) -> None:
        """Play animations, in a new reveal if none is open."""
        if not self._playing:
            self._open_reveal()
        super().play(*args, **kwargs)

    def wait(self, *args: Any, **kwargs: Any) -> None:
        """Wait, if it is said how long or until when; else end the reveal."""
        if args or kwargs:
            super().wait(*args, **kwargs)
        else:
            self._end_reveal()

    def next_slide(self, *_args: Any, **kwargs: Any) -> None:
        """End the reveal, if one is open: manim-slides' scenes say so, in these words."""
        if self._playing:
            self._end_reveal()
        self._loops = bool(kwargs.get("loop", False))

    def _open_reveal(self) -> None:
        number = len(self.reveals) + 1
        self._begin(f"step-{number}", title=f"Step {number}", description="", loop=self._loops)
        self._loops = False

    def _end_reveal(self) -> None:
        if not self._playing:
            self._open_reveal()
        self._end(description=self._description())

    def _description(self) -> str:
        """Say which words can be read now."""
        shown = (member for mobject in self.mobjects for member in mobject.get_family())
        words = [member.original_text for member in shown if isinstance(member, Text)]
        return f"It reads: {', '.join(dict.fromkeys(words))}." if words else "Shapes without words."


def scene_slide(job: Job, code: SceneCode) -> type[Slide]:
    """
    Return the slide class of a scene in a document; this runs the document's Python.

    Raises
    ------
    SlideError
        If the code defines no such scene.
    """
    module = _module(code.module, str(job.path))
    scene = getattr(module, code.name, None)
    if not (isinstance(scene, type) and issubclass(scene, Scene)):
        raise SlideError(
            f"'{code.name}' is no scene once the code has run",
            hint="let it be a class that stands on one of manim's scenes",
            where=Location(job.path, code.line),
        )
    bases = (scene,) if issubclass(scene, SceneSlide) else (SceneSlide, scene)
    notes = {reveal: note.text for reveal, note in job.section.notes.items()}
    facts = {
        "title": job.section.title,
        "notes": notes,
        "background": config.background_color.to_hex(),
        "__module__": MODULE,
        "__doc__": scene.__doc__,
    }
    return type(job.class_name, bases, facts)


@cache
def _module(code: str, path: str) -> ModuleType:
    """Run the document's Python once in a process, as a module whose lines are the document's."""
    module = ModuleType(MODULE)
    module.__file__ = path
    sys.modules[MODULE] = module
    linecache.cache[path] = (len(code), None, code.splitlines(keepends=True), path)
    exec(compile(code, path, "exec"), module.__dict__)  # noqa: S102 - what a document asks for, and trust allows
    return module
