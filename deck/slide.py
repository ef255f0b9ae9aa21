"""
What a slide's author imports: the ``Slide`` class, its options, its reveals.

A slide stays an ordinary manim-slides ``Slide``. It adds names to the pauses::

    class Hello(Slide):
        class Options(SlideOptions):
            greeting: str = "Hello"

        def construct(self) -> None:
            text = Text(self.options.greeting)

            with self.reveal("greet", title="A greeting", description="The word Hello appears."):
                self.play(FadeIn(text))
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path
from types import MappingProxyType
from typing import Any, ClassVar

from manim import Camera, ManimColor
from PIL.Image import Image
from pydantic import BaseModel, ConfigDict, ValidationInfo

from deck.adapters.manim_slides import Slide as ManimSlide
from deck.errors import SlideError
from deck.identifiers import slug
from deck.images import ImageError, opened, plain_file, shown, upright
from deck.reveal import Reveal, notes_of
from deck.themes import DARK, Theme

__all__ = [
    "ImageError",
    "OptionError",
    "Reveal",
    "Slide",
    "SlideOptions",
    "bind",
    "document_file",
    "document_folder",
    "opened_image",
    "shown",
    "upright",
]

HOLD_SECONDS = 0.1
"""How long a reveal rests at its end: the last frame that manim draws of an animation is one step short of the end."""


class OptionError(ValueError):
    """An option's value is wrong; ``hint`` says what would do. Raised from a validator of ``SlideOptions``."""

    def __init__(self, message: str, *, hint: str = "") -> None:
        super().__init__(message)
        self.hint = hint


class SlideOptions(BaseModel):
    """
    The options of one kind of slide, checked against its section's YAML.

    Keys are kebab-case in the document and snake_case here. Values are strict: ``"2"`` is no number. An option that the
    package also names in the group ``deck.front_matter`` of its entry points takes the front matter's value where the
    section gives none.
    """

    model_config = ConfigDict(
        alias_generator=lambda name: name.replace("_", "-"),
        extra="forbid",
        frozen=True,
        populate_by_name=True,
        strict=True,
        validate_default=True,
    )


def document_folder(info: ValidationInfo) -> Path:
    """Return the folder that relative paths in options start from: the document's, or the working folder."""
    return Path((info.context or {}).get("folder", "."))


def document_file(name: str, info: ValidationInfo) -> Path:
    """
    Return the file that an option names, its path made absolute from the document's folder.

    Raises
    ------
    OptionError
        If it is outside of that folder, and the document is not trusted.
    """
    folder, trust = document_folder(info), (info.context or {}).get("trust", True)
    path = (folder / name).absolute()
    if not trust and not _is_below(path, folder):
        raise OptionError(f"'{name}' is outside of the document's folder", hint="move it there, or build with --trust")
    return path


@contextmanager
def opened_image(path: Path) -> Iterator[Image]:
    """
    Open a picture's file as Pillow does: its pixels are read later.

    Only a few formats are read, and a picture's size has a limit: neither it nor the document need be honest.

    Raises
    ------
    ImageError
        If it is no picture, is too large, or turns out damaged while the block reads it.
    OSError
        If it cannot be opened.
    """
    with plain_file(path) as file, opened(file) as image:
        yield image


def _is_below(path: Path, folder: Path) -> bool:
    try:
        return path.resolve().is_relative_to(folder.resolve())
    except (OSError, ValueError, RuntimeError):  # no file has such a name; links lead in a circle
        return False


class Slide(ManimSlide):
    """
    A manim-slides slide with named reveals.

    Attributes
    ----------
    Options
        The model of the options that a document may set; ``options`` is a checked instance.
    depends
        What the slides of a kind are made from besides Python modules and the files that Python opens, such as what a
        library in C reads: patterns as in ``data/*.bin``, relative to the folder of the kind's module.
    title
        The section's heading; by default the class's own.
    notes
        The document's speaker notes, by reveal id; those under ``""`` belong to the first.
    theme
        The deck's colours by what they are for, such as ``theme["accent"]``; by default those of a dark hall.
    background
        What is behind everything, ``#RRGGBB``; a kind that is drawn in the theme has the theme's.
    reveals
        What ``construct`` has shown so far.
    at_pause
        Called with the slide and the reveal at each pause, with the stage as the audience sees it.
    """

    skip_reversing = True  # reversed clips cost a third of the render time, and only the Qt window plays them
    max_duration_before_split_reverse = None  # the pieces of a split clip come back in the wrong order

    Options: ClassVar[type[SlideOptions]] = SlideOptions
    depends: ClassVar[tuple[str, ...]] = ()
    options: Any
    title: str = ""
    notes: Mapping[str, str] = MappingProxyType({})
    theme: Theme = DARK
    background: str = "#000000"
    at_pause: Callable[[Slide, Reveal], None] | None = None

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if not hasattr(self, "options"):
            self.options = self.Options()
        self.reveals: list[Reveal] = []
        self._playing: str = ""
        if isinstance(self.camera, Camera):  # the OpenGL renderer has no say here: the deck is drawn by cairo
            self.camera.background_color = ManimColor(self.background)

    @contextmanager
    def reveal(self, id: str, *, title: str, description: str, loop: bool = False) -> Iterator[None]:
        """
        Play the block's animations as one reveal and pause at its end.

        Parameters
        ----------
        id
            Unique in the slide, kebab-case; part of links and of the document's headings.
        title, description, loop
            See `Reveal`. The notes come from the document.

        Raises
        ------
        SlideError
            If the slide has a reveal of that name already, if the name is no id, or if this one stands inside another.
        """
        self._begin(id, title=title, description=description, loop=loop)
        yield
        self._end()

    def play(self, *args: Any, **kwargs: Any) -> None:
        """
        Play animations, as manim does.

        Raises
        ------
        SlideError
            If it is called outside of a reveal: the clip would have no pause to belong to.
        """
        if not self._playing:
            raise SlideError(
                f"slide class {type(self).__name__} plays something outside of its reveals",
                hint="put every play() and wait() into a `with self.reveal(...)` block",
            )
        super().play(*args, **kwargs)

    def _begin(self, id: str, *, title: str, description: str, loop: bool) -> None:
        name = type(self).__name__
        if self._playing:
            raise SlideError(
                f"slide class {name} has reveal '{id}' inside of reveal '{self._playing}'",
                hint="end one before the other starts",
            )
        if any(shown.id == id for shown in self.reveals):
            raise SlideError(
                f"slide class {name} reveals '{id}' twice",
                hint="give each reveal of a slide a name of its own",
            )
        if slug(id) != id:
            hint = f"ids are lower-case letters, digits and hyphens, such as '{slug(id) or 'some-id'}'"
            raise SlideError(f"slide class {name} has a reveal '{id}', which is no id", hint=hint)
        notes = notes_of(self.notes, id, first=not self.reveals)
        self._shown = Reveal(id=id, title=title, notes=notes, description=description, loop=loop)
        super().next_slide(notes=notes)
        self._playing = id

    def _end(self, **facts: Any) -> None:
        """End a reveal; ``facts`` replace what was said of it at its start."""
        super().wait(HOLD_SECONDS)
        self._playing = ""
        self.reveals.append(replace(self._shown, **facts))
        if self.at_pause is not None:
            self.at_pause(self, self.reveals[-1])


def bind(
    kind: type[Slide],
    *,
    name: str,
    title: str,
    options: SlideOptions,
    notes: Mapping[str, str],
    theme: Theme = DARK,
) -> type[Slide]:
    """
    Return the slide class of one section: a subclass of its kind under a name of its own.

    manim-slides files everything under the class's name, so two sections of one kind need two names.
    """
    attributes = {
        "title": title,
        "options": options,
        "notes": notes,
        "theme": theme,
        "__module__": kind.__module__,
        "__doc__": kind.__doc__,
    }
    return type(name, (kind,), attributes)
