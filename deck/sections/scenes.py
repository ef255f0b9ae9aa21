"""
Scenes in a document: manim classes that know nothing of decks.

A scene becomes a slide by a class that stands before it in the order of inheritance, and opens and ends reveals as the
scene plays: each bare ``self.wait()`` and each ``self.next_slide()`` ends one, with ``pauses: play`` each animation,
and so does the end of the scene. The comment above names it.
"""

from __future__ import annotations

import sys
from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass, replace
from inspect import getattr_static, iscoroutinefunction
from pathlib import Path
from types import FrameType, MappingProxyType
from typing import TYPE_CHECKING, Any, Literal

from manim import Scene, Text, Wait, config

from deck.document.scene_classes import CONSTRUCT, misspelled
from deck.document.section import SceneCode
from deck.errors import Location, SlideError
from deck.identifiers import slug, unique
from deck.reveal import Reveal, notes_of
from deck.sections.comments import comment_above
from deck.sections.module import MODULE, run
from deck.slide import HOLD_SECONDS, Slide

if TYPE_CHECKING:
    from deck.document.outline import Job

__all__ = ["SceneSlide", "scene_slide"]


NAMES = ("Options", "notes", "options", "reveal", "reveals", "theme", "title")
"""What a slide's author finds in its class, and a scene may call things of its own."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Source:
    """Where a scene comes from: its code, the document's path, its notes, and the `pauses` of its settings."""

    code: SceneCode
    path: str
    notes: Mapping[str, str]
    pauses: Literal["wait", "play"]


class SceneSlide(Slide):
    """
    What makes a slide of a scene; it comes first among the bases.

    Scenes have a ``self.title``, a ``self.code``, a ``self.path`` of their own. So what is kept here has other names.
    """

    _source: Source
    _next: Mapping[str, Any] = MappingProxyType({})
    _last_pause = _last_play = 0

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self._done: list[Reveal] = []
        self._named_so: Counter[str] = Counter()

    @property
    def wait_time_between_slides(self) -> float:
        """Nothing, whatever a scene says: each reveal rests at its end, and a wait would begin another."""
        return 0.0

    @wait_time_between_slides.setter
    def wait_time_between_slides(self, _seconds: float) -> None:
        """Leave it as it is."""

    def construct(self) -> None:
        """Play the scene, and end what is open at its end; a scene without a pause has one there."""
        super().construct()
        if not self._playing and not self._done and not self.mobjects and not self.foreground_mobjects:
            raise SlideError(
                f"scene '{self._source.code.name}' shows nothing: it neither plays nor adds anything",
                hint=self._misspelled() or "give it a construct() that does, or take the class out of the document",
                where=Location(Path(self._source.path), self._source.code.line),
            )
        if self._playing or not self._done:
            self._end_reveal(self._last_play)

    def play(self, *args: Any, **kwargs: Any) -> None:
        """Play animations, in a new reveal if none is open."""
        line = self._line()
        if not self._playing:
            self._open_reveal()
        super().play(*args, **kwargs)
        self._last_play = line
        if self._source.pauses == "play" and not any(isinstance(each, Wait) for each in args):  # as which manim waits
            self._end_reveal(line)

    def wait(self, *args: Any, **kwargs: Any) -> None:
        """Wait, if it is said how long or until when; else end the reveal."""
        if args or kwargs:
            super().wait(*args, **kwargs)
        elif self._source.pauses == "wait" or self._playing:
            self._end_reveal(self._line())

    def pause(self, *args: Any, **kwargs: Any) -> None:
        """Do as `wait` does."""
        if args or kwargs:
            super().pause(*args, **kwargs)
        else:
            self.wait()

    def next_slide(self, *_args: Any, **kwargs: Any) -> None:
        """End the reveal, if one is open: manim-slides' scenes say so, in these words."""
        if self._playing:
            self._end_reveal(self._line())
        self._next = kwargs

    def interactive_embed(self) -> None:
        """Say that a deck has no console, which manim opens in a window of OpenGL."""
        self._refuse_console("interactive_embed")

    def embed(self, *_args: Any, **_kwargs: Any) -> None:
        """Say so, as `interactive_embed` does."""
        self._refuse_console("embed")

    def _refuse_console(self, asked: str) -> None:
        raise SlideError(
            f"scene '{self._source.code.name}' opens a console, which a deck has not",
            hint=f"take {asked}() out of the scene",
            where=Location(Path(self._source.path), self._line()),
        )

    def _misspelled(self) -> str:
        """Return what to do about a ``construct`` that is none, as far as one can tell."""
        if iscoroutinefunction(super().construct):
            return f"take `async` out of its {CONSTRUCT}(), which manim does not wait for"
        own = {name for kind in type(self).__mro__ if kind.__module__ == MODULE for name in vars(kind)}
        near = misspelled(own)
        return f"rename {near}() to {CONSTRUCT}(), which is what manim calls" if near else ""

    def _line(self) -> int:
        """Return the document's line that is being run, or 0."""
        frame: FrameType | None = sys._getframe(1)  # noqa: SLF001 - the one way to know who called
        while frame is not None and frame.f_code.co_filename != self._source.path:
            frame = frame.f_back
        return 0 if frame is None else frame.f_lineno

    def _open_reveal(self) -> None:
        number = len(self._done) + 1
        name = unique(f"step-{number}", [reveal.id for reveal in self._done])
        loop = bool(self._next.get("loop", False))
        self._shown = Reveal(id=name, title=f"Step {number}", notes="", description="", loop=loop)
        super().next_slide()
        self._playing = name

    def _end_reveal(self, line: int) -> None:
        if not self._playing:
            self._open_reveal()
        told, self._next = self._next.get("notes") or "", {}
        comment = comment_above(self._source.code.blocks, line, self._last_pause)
        self._last_pause = line
        facts = {"description": self._description(), "comment": told}
        if comment and slug(comment.name):
            facts |= self._named(comment.name) | {"comment": "\n\n".join(filter(None, (comment.text, told)))}
        notes = notes_of(self._source.notes, facts.get("id", self._shown.id), first=not self._done)
        facts["notes"] = "\n\n".join(filter(None, (facts["comment"], notes)))
        super().wait(HOLD_SECONDS)
        self._playing = ""
        self._done.append(replace(self._shown, **facts))  # type: ignore[arg-type]  # all of them are text
        if self.at_pause is not None:
            self.at_pause(self, self._done[-1])

    def _named(self, name: str) -> dict[str, str]:
        """Return the id and the title that a name makes; one that comes again, as in a loop, has a number."""
        self._named_so[name] += 1
        made = unique(slug(name), [reveal.id for reveal in self._done])
        number = self._named_so[name]
        return {"id": made, "title": f"{name} ({number})" if number > 1 else name}

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
    scene = run(code, str(job.path))
    if not (isinstance(scene, type) and issubclass(scene, Scene)):
        raise SlideError(
            f"'{code.name}' is no scene once the code has run",
            hint="let it be a class that stands on one of manim's scenes",
            where=Location(job.path, code.line),
        )
    bases = (scene,) if issubclass(scene, SceneSlide) else (SceneSlide, scene)
    source = Source(
        code=code,
        path=str(job.path),
        notes={reveal: note.text for reveal, note in job.section.notes.items()},
        pauses=job.section.settings.pauses,
    )
    facts = {name: getattr_static(scene, name) for name in NAMES if hasattr(scene, name)} | {
        "background": config.background_color.to_hex(),
        "_source": source,
        "__module__": MODULE,
        "__doc__": scene.__doc__,
    }
    return type(code.name, bases, facts)
