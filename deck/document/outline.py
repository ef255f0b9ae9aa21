"""
The outline: what is to be recorded, section by section, as plain data.

A `Job` has everything that its recording depends on, except for the modules and files that turn out to be used while
it is recorded: see `deck.build.dependencies`.
"""

from __future__ import annotations

import hashlib
import json
import os
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import TYPE_CHECKING

from deck import themes
from deck.document.labels import cited, labels
from deck.document.scene_code import foundation
from deck.document.section import Prose, SceneCode, Section, SlideBlock, TitlePage
from deck.errors import DocumentError, Location
from deck.frames import FRAMES, Frame
from deck.identifiers import class_names, unique
from deck.themes import DARK, ROLES, Theme, ThemeError

if TYPE_CHECKING:
    from deck.document import Document
    from deck.document.front_matter import FrontMatter

__all__ = ["Job", "outline"]

BLACK = "#000000"
LISTED = re.compile(r"^:{3,}[^\n]*#refs\b", re.MULTILINE)
"""Where a document lists the works itself."""
REFERENCES = {
    "de": "Literatur",
    "en": "References",
    "es": "Referencias",
    "fr": "Références",
    "it": "Riferimenti",
    "nl": "Literatuur",
    "pt": "Referências",
}


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
    theme
        The colours of what deck draws itself.
    background
        Behind it, ``#RRGGBB``.
    trust
        Whether files from anywhere may be shown.
    failed
        Why the section cannot be built, which a slide in its place is to say.
    numbers
        Those of the formulas that the section names or refers to, by their labels.
    cited
        The keys of the works that it cites.
    listed
        Those of the works that it lists.
    type_size
        The largest size that text is set in, in points; 0 for whatever fits.
    """

    section: Section
    front: FrontMatter
    path: Path
    class_name: str
    frame_rate: int
    theme: Theme = DARK
    background: str = DARK.background
    trust: bool = False
    failed: str = ""
    numbers: Mapping[str, int] = field(default_factory=dict)
    cited: tuple[str, ...] = ()
    listed: tuple[str, ...] = ()
    type_size: float = 0.0

    @property
    def is_text(self) -> bool:
        """Whether it is set, and needs no manim."""
        return bool(self.failed) or isinstance(self.section.body, Prose | TitlePage)

    @property
    def frame(self) -> Frame:
        """The shape of its slides."""
        return FRAMES[self.front.aspect_ratio]

    @property
    def where(self) -> Location:
        """The line that a failure of the whole slide belongs to."""
        body = self.section.body
        return Location(self.path, body.lines["kind",] if isinstance(body, SlideBlock) else body.line)

    @property
    def _colors(self) -> list[str]:
        """Those of the theme, the ground's first."""
        return [self.theme.background, *(self.theme[role] for role in ROLES)]

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
            "frame": self.front.aspect_ratio,
        }
        if isinstance(body, SlideBlock):
            options = json.dumps({**self.front.options, **body.options}, default=str)
            facts |= {"kind": body.kind, "options": options, "trust": self.trust, "theme": self._colors}
        elif isinstance(body, SceneCode):
            code = foundation(body.blocks, body.name, body.line)
            facts |= {"scene": body.name, "code": code, "pauses": self.section.settings.pauses}
        else:
            facts |= {"background": self.background, "theme": self._colors, "failed": self.failed}
            facts |= {"size": self.type_size, "language": self.front.lang}
            facts |= {"numbers": dict(self.numbers), "cited": self.cited, "listed": self.listed}
            facts |= {"bibliography": self.front.bibliography if self.cited or self.listed else ""}
            facts |= self._text_facts(body)
        if self.section.settings.depends:
            facts["depends"] = sorted(self.section.settings.depends)
        facts |= self._places(facts)
        return hashlib.sha256(json.dumps(facts, sort_keys=True).encode()).hexdigest()


def outline(document: Document, *, frame_rate: int, trust: bool = False) -> tuple[Job, ...]:
    """
    Return what is to be recorded for a document, in its order.

    Where there are scenes, which manim draws on black, text of a dark theme is set on black, too.

    Raises
    ------
    DocumentError
        If the theme that the document names is not there, or not sound.
    """
    theme = _theme(document, trust=trust)
    sections = (*document.sections, *_references(document))
    names = class_names(section.id for section in sections)
    is_black = not theme.is_light and any(isinstance(section.body, SceneCode) for section in sections)
    texts = [section.body.text for section in sections if isinstance(section.body, Prose)]
    numbers = labels(texts)
    works = tuple(sorted({key for text in texts for key in cited(text)} - numbers.keys()))
    jobs = (
        Job(
            section=section,
            front=document.front,
            path=document.path,
            class_name=name,
            frame_rate=frame_rate,
            theme=theme,
            type_size=float(document.front.font_size.removesuffix("pt") or 0),
            background=BLACK if is_black else theme.background,
            trust=trust,
        )
        for section, name in zip(sections, names, strict=True)
    )
    return tuple(_referring(job, numbers, works) for job in jobs)


def _referring(job: Job, numbers: Mapping[str, int], works: tuple[str, ...]) -> Job:
    """Return a job with what its text refers to."""
    body = job.section.body
    if not isinstance(body, Prose) or not (numbers or works):
        return job
    found = set(cited(body.text))
    own = {label: number for label, number in numbers.items() if label in found or f"{{#{label}}}" in body.text}
    if not job.front.bibliography:
        return replace(job, numbers=own)
    listed = works if LISTED.search(body.text) else ()
    return replace(job, numbers=own, cited=tuple(key for key in works if key in found), listed=listed)


def _references(document: Document) -> Iterator[Section]:
    """Yield the section of the works that are cited, if the document has none of its own."""
    bodies = [section.body for section in document.sections]
    texts = [body.text for body in bodies if isinstance(body, Prose)]
    if not document.front.bibliography or any(LISTED.search(text) for text in texts):
        return
    if any(True for text in texts for _ in cited(text)):
        title = REFERENCES.get(document.front.lang.partition("-")[0].lower(), REFERENCES["en"])
        taken = {section.id for section in document.sections}
        line = document.front.lines.get("bibliography", 1)
        body = Prose(text="::: {#refs}\n:::", line=line)
        yield Section(id=unique("references", taken), title=title, body=body, notes={}, line=line)


def _theme(document: Document, *, trust: bool) -> Theme:
    """Return the theme that a document names."""
    try:
        return themes.find(document.front.theme, document.path.parent, trust=trust)
    except ThemeError as error:
        own = Location(document.path, document.front.lines.get("theme", 1))
        where = Location(error.file, error.line) if error.file else own
        raise DocumentError(error.message, hint=error.hint, where=where) from error
