"""
HTML: one page that plays the deck in a browser and asks nothing of any network.

The page holds everything: the recordings and the outlines that they share, or clips where a slide is filmed, the
notes, reveal.js and the player (``deck/player``). Its content security policy lets nothing else run: scripts are named
by their hashes, and the only address that may be opened is a copy of the page itself, which reveal.js's speaker view
does to show the slides.
"""

from __future__ import annotations

import re
import zlib
from base64 import b64encode
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from hashlib import sha256
from importlib.resources import files
from importlib.util import find_spec
from io import BytesIO
from pathlib import Path
from typing import TYPE_CHECKING, Any

from jinja2 import Environment

from deck.files.writing import replacing
from deck.recording.header import header
from deck.recording.sharing import share
from deck.themes import find, is_light

if TYPE_CHECKING:
    from deck.build import Deck, DeckSlide
    from deck.build.films import Film, Studio
    from deck.reveal import Reveal
    from deck.themes import Theme

__all__ = ["write"]

PLAYER_SCRIPTS = (
    "page.js", "bytes.js", "format.js", "enlarging.js", "soundness.js", "recording.js", "stretching.js", "painter.js",
    "slides.js", "canvas-stage.js", "video-stage.js", "stage.js", "pictures.js", "shell.js", "input.js", "main.js",
)  # fmt: skip
PAGE_SIDE = 1280  # the longer one: 13⅓ inches on paper, as wide as slides are
PICTURE_SIDE = 960
PICTURE_QUALITY = 80
MOST_COLUMNS = 10  # of the overview
UPRIGHT_COLUMNS = 4  # at least so many, where a picture as wide as the window would be several times as high
PACKING = 9
SHELL = ("text", "quiet", "line", "accent", "surface", "code")
"""The roles of the theme that the page itself uses, beside the background."""


@dataclass(frozen=True, slots=True, kw_only=True)
class PagePause:
    """What the page holds of one reveal: ``notes`` are HTML; ``clip`` is an MP4 file in base64, ``picture`` its end."""

    id: str
    title: str
    description: str
    notes: str
    clip: str
    picture: str


@dataclass(frozen=True, slots=True, kw_only=True)
class PageSlide:
    """
    What the page holds of one slide: its recording in base64, empty where its pauses have clips.

    ``apart`` is one whose ground is dark in a light theme, or light in a dark one.
    """

    id: str
    title: str
    recording: str
    pauses: tuple[PagePause, ...]
    apart: bool


def write(deck: Deck, path: Path, studio: Studio) -> None:
    """
    Write the deck as a single HTML file.

    Parameters
    ----------
    deck
        What to show.
    path
        Where to.
    studio
        Makes the clips of slides that are filmed, and of all slides if its player is ``video``.

    Raises
    ------
    OutputError
        If the file cannot be written; what was there before is untouched.
    """
    text = page(deck, studio)
    with replacing(path) as beside:
        beside.write_text(text, encoding="utf-8")


def page(deck: Deck, studio: Studio, *, live: str = "") -> str:
    """Return the page's HTML; ``live`` is a script for a page that may ask the server that it comes from for news."""
    filmed = [slide for slide in deck.slides if studio.player == "video" or slide.filmed]
    films = dict(zip((slide.id for slide in filmed), studio.films(filmed) if filmed else (), strict=True))
    drawn = [slide for slide in deck.slides if slide.id not in films]
    library, recordings = share([slide.data for slide in drawn])
    recorded = dict(zip((slide.id for slide in drawn), map(_base64, recordings), strict=True))
    facts = header(deck.slides[0].data)
    colors = _colors(deck)
    notes_plugin = _speaker_view(colors)
    own = [live] if live else []
    scripts = [_inline(script) for script in (_vendor("dist/reveal.js"), *own, *map(_script, PLAYER_SCRIPTS))]
    front = deck.document.front
    width, height = _fitted(facts["width"], facts["height"], PAGE_SIDE)
    template = Environment(autoescape=True, trim_blocks=True).from_string(_player("page.html"))
    return template.render(
        title=deck.document.title,
        author=front.author,
        description=front.description,
        lang=front.lang,
        width=width,
        height=height,
        theme=deck.theme,
        colors=colors,
        columns=_columns(deck, is_upright=height > width),
        policy=_policy([*scripts, notes_plugin, _speaker_script()], clips=bool(filmed), live=bool(live)),
        slides=[
            _slide(slide, recorded.get(slide.id, ""), films.get(slide.id), apart=_is_apart(slide, deck.theme))
            for slide in deck.slides
        ],
        library=_base64(library),
        packed_styles=[_packed(_vendor("dist/reveal.css"))],
        packed_scripts=[_packed(notes_plugin)],
        style=_player("style.css"),
        scripts=scripts,
    )


def _fitted(width: int, height: int, side: int) -> tuple[int, int]:
    """Return the sides of a frame of which the longer one has so many pixels."""
    longer = max(width, height)
    return round(side * width / longer), round(side * height / longer)


def _columns(deck: Deck, *, is_upright: bool) -> int:
    """Return how many pictures stand side by side in the overview."""
    most = max(len(slide.reveals) for slide in deck.slides)
    return min(MOST_COLUMNS, max(most, UPRIGHT_COLUMNS if is_upright else 1))


def _colors(deck: Deck) -> str:
    """Return the properties by which styles know the theme's colours, and those of slides on a ground of their own."""
    theme, grounds = deck.theme, {_is_apart(slide, deck.theme): _ground(slide) for slide in reversed(deck.slides)}
    other = find("dark" if theme.is_light else "light", Path(), trust=False)
    colors = {
        **{role: theme[role] for role in SHELL},
        "background": grounds.get(False, theme.background),
        "apart-background": grounds.get(True, other.background),
        "apart-quiet": other["quiet"],
        "apart-accent": other["accent"],
    }
    return "; ".join(f"--{name}: {color}" for name, color in colors.items())


def _is_apart(slide: DeckSlide, theme: Theme) -> bool:
    return is_light(_ground(slide)) != theme.is_light


def _ground(slide: DeckSlide) -> str:
    return str(header(slide.data)["background"])


def _slide(slide: DeckSlide, recording: str, film: Film | None, *, apart: bool) -> PageSlide:
    if film is None:
        pauses = [_pause(reveal) for reveal in slide.reveals]
    else:
        clips = [_base64(clip.read_bytes()) for clip in film.clips]
        pauses = [
            _pause(reveal, clip=clip, picture=picture)
            for reveal, clip, picture in zip(slide.reveals, clips, _pictures(slide), strict=True)
        ]
    return PageSlide(id=slide.id, title=slide.title, recording=recording, pauses=tuple(pauses), apart=apart)


def _pause(reveal: Reveal, *, clip: str = "", picture: str = "") -> PagePause:
    return PagePause(
        id=reveal.id,
        title=reveal.title,
        description=reveal.description,
        notes=_notes(reveal.notes),
        clip=clip,
        picture=picture,
    )


def _notes(text: str) -> str:
    """Return notes as HTML; HTML in them stays text, and a picture, which would have to be fetched, becomes a link."""
    return str(_markdown().render(text)) if text else ""


@cache
def _markdown() -> Any:
    from markdown_it import MarkdownIt

    return MarkdownIt("commonmark", {"html": False}).disable("image")


def _pictures(slide: DeckSlide) -> list[str]:
    """Return the address of each pause's picture, small enough for the overview and good enough for paper."""
    from PIL import Image

    from deck.render.raster import Raster

    recording = slide.recording
    raster = Raster(recording, _fitted(recording.width, recording.height, PICTURE_SIDE)[0])
    pictures = []
    for reveal in raster.recording.reveals:
        file = BytesIO()
        Image.fromarray(raster.frame(reveal.last)).save(file, format="WEBP", quality=PICTURE_QUALITY)
        pictures.append(f"data:image/webp;base64,{_base64(file.getvalue())}")
    return pictures


def _base64(data: bytes) -> str:
    return b64encode(data).decode("ascii")


@cache
def _packed(text: str) -> str:
    """Return a script or a style compressed, as the page carries what can wait; the policy has the hash of the text."""
    return _base64(zlib.compress(text.encode(), PACKING))


def _speaker_view(colors: str) -> str:
    """Return the script that writes the speaker view's window, which has the theme's colours."""
    style = f":root {{ {colors} }}\n{_player('speaker.css')}"
    return _vendor("dist/plugin/notes.js").replace("</style>", f"{style}</style>")


def _speaker_script() -> str:
    """Return the script of the speaker view's window, which lives under the policy of the page that opens it."""
    script = re.search("<script>(.*?)</script>", _vendor("plugin/notes/speaker-view.html"), re.DOTALL)
    assert script is not None
    return script[1]


def _inline(script: str) -> str:
    """Return a script that means the same and can stand between script tags; what is escaped stands in literals."""
    return re.sub("<(?=!--|/?script)", r"\\x3C", script, flags=re.IGNORECASE)


def _policy(scripts: Sequence[str], *, clips: bool, live: bool) -> str:
    hashes = (_base64(sha256(script.encode()).digest()) for script in scripts)
    rules = {
        "default-src": "'none'",
        "script-src": " ".join(f"'sha256-{digest}'" for digest in hashes),
        "style-src": "'unsafe-inline'",
        "img-src": "data:",
        "media-src": "blob:" if clips else "'none'",
        "connect-src": "'self'" if live else "'none'",
        "frame-src": "'self' file:",
        "base-uri": "'none'",
        "form-action": "'none'",
    }
    return "; ".join(f"{name} {sources}" for name, sources in rules.items())


@cache
def _vendor(name: str) -> str:
    package = find_spec("pyreveal")  # only its files are wanted; it is not imported
    assert package is not None
    assert package.origin is not None
    return Path(package.origin).with_name("revealjs").joinpath(name).read_text(encoding="utf-8")


def _script(name: str) -> str:
    """Return a script of the player without the comments that have lines of their own: they would be a third of it."""
    return re.sub(r"^ */\*(?:(?!\*/).)*\*/\n", "", _player(name), flags=re.MULTILINE | re.DOTALL)


def _player(name: str) -> str:
    return files("deck").joinpath("player", name).read_text(encoding="utf-8")
