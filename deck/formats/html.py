"""
HTML: one page that plays the deck in a browser and asks nothing of any network.

The page holds everything: the clips, their pictures, the notes, reveal.js and the player (``deck/player``). Its
content security policy lets nothing else run: scripts are named by their hashes, and the only address that may be
opened is a copy of the page itself, which reveal.js's speaker view does to show the slides.
"""

from __future__ import annotations

import re
from base64 import b64encode
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cache
from hashlib import sha256
from importlib.resources import files
from io import BytesIO
from pathlib import Path
from typing import TYPE_CHECKING

from deck.files import replacing

if TYPE_CHECKING:
    from deck.build import Deck
    from deck.rendering import Rendering

__all__ = ["write"]

PLAYER_SCRIPTS = ("stage.js", "shell.js", "input.js", "main.js")
PAGE_WIDTH = 1280  # 13⅓ inches on paper, as wide as slides are
PICTURE_WIDTH = 960
PICTURE_QUALITY = 80
MOST_COLUMNS = 10  # of the overview


@dataclass(frozen=True, slots=True, kw_only=True)
class PagePause:
    """What the page holds of one reveal: ``notes`` are HTML, ``picture`` an address, ``clip`` an MP4 file in base64."""

    id: str
    title: str
    description: str
    notes: str
    picture: str
    clip: str


@dataclass(frozen=True, slots=True, kw_only=True)
class PageSlide:
    """What the page holds of one slide."""

    id: str
    title: str
    pauses: tuple[PagePause, ...]


def write(deck: Deck, path: Path) -> None:
    """
    Write the deck as a single HTML file.

    Raises
    ------
    OutputError
        If the file cannot be written; what was there before is untouched.
    """
    from deck.formats.revealjs import Page, presentation  # takes a second to import, and only HTML needs it

    presentations = [presentation(slide.presentation) for slide in deck.slides]
    width, height = presentations[0].resolution
    styles, scripts = _styles(), [*_vendor_scripts(), *_player_scripts()]
    page = Page(
        presentation_configs=presentations,
        one_file=True,
        title=deck.document.title,
        author=deck.document.front.author,
        description=deck.document.front.description,
        lang=deck.document.front.lang,
        width=PAGE_WIDTH,
        height=round(PAGE_WIDTH * height / width),
        background_color=presentations[0].background_color,
        slides=[
            _slide(slide, [clip.file for clip in clips.slides])
            for slide, clips in zip(deck.slides, presentations, strict=True)
        ],
        columns=min(MOST_COLUMNS, max(len(slide.reveals) for slide in deck.slides)),
        policy=_policy([*scripts, _speaker_script()]),
        styles=styles,
        scripts=scripts,
    )
    with replacing(path) as beside:
        page.convert_to(beside)


def _slide(slide: Rendering, clips: Sequence[Path]) -> PageSlide:
    return PageSlide(
        id=slide.id,
        title=slide.title,
        pauses=tuple(
            PagePause(
                id=reveal.id,
                title=reveal.title,
                description=reveal.description,
                notes=_notes(reveal.notes),
                picture=_picture(picture),
                clip=b64encode(clip.read_bytes()).decode("ascii"),
            )
            for reveal, picture, clip in zip(slide.reveals, slide.pictures, clips, strict=True)
        ),
    )


def _notes(text: str) -> str:
    """Return the HTML of notes; HTML in them stays text, and a picture, which would have to be fetched, its address."""
    from markdown_it import MarkdownIt

    return str(MarkdownIt("commonmark", {"html": False}).disable("image").render(text))


def _picture(path: Path) -> str:
    """Return a pause's picture as an address, small enough for the overview and good enough for paper."""
    from PIL import Image

    with Image.open(path) as image:
        picture = image.convert("RGB")
    picture.thumbnail((PICTURE_WIDTH, PICTURE_WIDTH), Image.Resampling.LANCZOS)
    file = BytesIO()
    picture.save(file, format="WEBP", quality=PICTURE_QUALITY)
    return f"data:image/webp;base64,{b64encode(file.getvalue()).decode('ascii')}"


def _styles() -> list[str]:
    return [_vendor("dist/reveal.css"), _player("style.css")]


def _vendor_scripts() -> Iterator[str]:
    yield _inline(_vendor("dist/reveal.js"))
    yield _inline(_vendor("dist/plugin/notes.js"))


def _player_scripts() -> Iterator[str]:
    yield from (_inline(_player(name)) for name in PLAYER_SCRIPTS)


def _speaker_script() -> str:
    """Return the script of the speaker view's window, which lives under the policy of the page that opens it."""
    script = re.search("<script>(.*?)</script>", _vendor("plugin/notes/speaker-view.html"), re.DOTALL)
    assert script is not None
    return script[1]


def _inline(script: str) -> str:
    """Return a script that means the same and can stand between script tags: these signs may only be in literals."""
    return re.sub("<(?=!--|/?script)", r"\\x3C", script, flags=re.IGNORECASE)


def _policy(scripts: Sequence[str]) -> str:
    hashes = (b64encode(sha256(script.encode()).digest()).decode("ascii") for script in scripts)
    rules = {
        "default-src": "'none'",
        "script-src": " ".join(f"'sha256-{digest}'" for digest in hashes),
        "style-src": "'unsafe-inline'",
        "img-src": "data:",
        "media-src": "blob:",
        "frame-src": "'self' file:",
        "base-uri": "'none'",
        "form-action": "'none'",
    }
    return "; ".join(f"{name} {sources}" for name, sources in rules.items())


@cache
def _vendor(name: str) -> str:
    return files("pyreveal").joinpath("revealjs", name).read_text(encoding="utf-8")


def _player(name: str) -> str:
    return files("deck").joinpath("player", name).read_text(encoding="utf-8")
