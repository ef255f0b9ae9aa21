"""
manim-slides' RevealJS converter, with a page of our own.

Upstream calls its converters not public, so only this module uses them.
"""

from __future__ import annotations

from importlib.resources import files
from pathlib import Path

from manim_slides.config import PresentationConfig
from manim_slides.convert import RevealJS

from deck.formats.html import PageSlide

__all__ = ["Page", "presentation"]


class Page(RevealJS):
    """The converter, and what the page holds beyond what manim-slides knows of: see `deck.formats.html`."""

    author: str
    description: str
    lang: str
    slides: list[PageSlide]
    columns: int
    policy: str
    styles: list[str]
    scripts: list[str]

    def load_template(self) -> str:
        """Return the page, to be filled in with jinja."""
        return files("deck").joinpath("player", "page.html").read_text(encoding="utf-8")


def presentation(path: Path) -> PresentationConfig:
    """Read what manim-slides wrote of one slide."""
    return PresentationConfig.from_file(path)
