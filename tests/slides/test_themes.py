"""The lecture in other themes than the dark one: recorded, and looked at as the audience sees it."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from pathlib import Path

import numpy as np
import pytest
from cmap import Colormap

from deck import themes
from deck.build import DeckSlide
from deck.capture.record import record
from deck.check.rules import rules as checks
from deck.check.stage import Part
from deck.check.talk import Pause, Shown, Talk
from deck.document import Section, SlideBlock
from deck.document.section import Settings
from deck.recording.codec import encode
from deck.recording.timeline import Recording
from deck.render.raster import Raster
from deck.reveal import Reveal
from deck.slide import bind
from deck.themes import DARK, Theme
from slides import theme as look
from slides.mobjects.color_scale import ColorScale
from slides.mobjects.label import Label
from tests.slides.lecture import PAUSES, kind

NAMES = ("light", "paper", "contrast")


def named(name: str) -> Theme:
    return themes.find(name, Path(), trust=False)


@pytest.fixture(autouse=True)
def _undressed() -> Iterator[None]:
    """Let no other test be in the theme of this one."""
    yield
    look.wear(DARK)


def shown(name: str, theme: Theme) -> Shown:
    """Return a slide of the lecture, recorded in a theme."""
    of_kind = kind(name)
    bound = bind(of_kind, name="Shown", title=of_kind.title, options=of_kind.Options(), notes={}, theme=theme)
    recording = record(bound, frame_rate=1)
    reveals = tuple(Reveal(id=r.id, title=r.title, description=r.description, notes="-") for r in recording.reveals)
    slide = DeckSlide(id=name, title=of_kind.title, class_name="Shown", reveals=reveals, data=encode(recording))
    body = SlideBlock(kind=name, options={}, lines={("kind",): 1}, line=1)
    return Shown(slide, Section(id=name, title=of_kind.title, body=body, notes={}, line=1, settings=Settings()))


def named_so(color: Sequence[int]) -> str:
    """Return red, green and blue as ``#RRGGBB``."""
    return f"#{bytes(color).hex().upper()}"


def paints(recording: Recording) -> set[str]:
    """Return the colours of all outlines."""
    found = {paint for style in recording.styles for paint in (style.fill, style.stroke, style.behind) if paint}
    return {named_so(color[:3]) for paint in found for color in paint.colors}


@pytest.mark.parametrize("name", [pytest.param(each, marks=pytest.mark.xdist_group(each)) for each in PAUSES])
def test_each_slide_is_drawn_in_the_colours_of_its_theme(name: str) -> None:
    theme = named("light")
    slide = shown(name, theme)
    recording = slide.recording
    used, other = paints(recording), {DARK[role] for role in ("text", "quiet", "line", "accent")} | {DARK.background}
    assert recording.background == theme.background
    assert {theme[role] for role in ("text", "quiet", "line", "accent")} <= used
    assert not used & other
    talk = Talk((slide,))
    assert [found.sentence for rule in ("low-contrast", "overlap") for found in checks()[rule].broken(talk)] == []


def test_a_mark_is_seen_on_the_hottest_cell_in_any_theme() -> None:
    for name in NAMES:
        theme = named(name)
        slide = shown("activation-heatmap", theme)
        ring = next(part for part in ring_of(slide.pauses[3], theme))
        assert ring.style.behind is not None
        halo = named_so(ring.style.behind.colors[0][:3])
        hottest = slide.ground.behind(3, ring.extent.grown(-12)).mean(axis=0)
        cell = named_so(tuple(np.rint(hottest).astype(int)))
        assert max(themes.contrast(color, cell) for color in (halo, theme["accent"])) >= 3, name


def ring_of(pause: Pause, theme: Theme) -> Iterator[Part]:
    """Yield the squares in the accent's colour."""
    for part in pause.stage.shapes:
        paint = part.style.stroke
        if part.stroke and paint and part.is_rectangle and named_so(paint.colors[0][:3]) == theme["accent"]:
            yield part


@pytest.mark.parametrize("name", ["dark", *NAMES])
def test_zero_has_the_colour_of_a_map_that_is_nearest_to_the_ground(name: str) -> None:
    look.wear(named(name))
    ground = look.color("background")
    for scale in (ColorScale.rectified(np.array([0.0, 1.0]), ""), ColorScale.signed(np.array([-1.0, 1.0]), "")):
        steps = [themes.contrast(scale.hex(value), ground) for value in np.linspace(0, scale.high, 9)]
        assert steps[0] < 1.25
        assert steps[1:] == sorted(steps[1:]), "the further from zero, the further from the ground"


@pytest.mark.parametrize("name", ["dark", *NAMES])
def test_equal_steps_look_equal_in_every_map(name: str) -> None:
    look.wear(named(name))
    for colors in (look.rectified(), look.signed()):
        table = Colormap(colors)(np.linspace(0, 1, 65))[:, :3]
        light = lightness(table)
        half = light if colors == look.rectified() else light[32:]
        steps = np.abs(np.diff(half))
        assert np.all(np.diff(half) > 0) or np.all(np.diff(half) < 0)
        assert steps.max() < 3 * steps.mean()


def lightness(colors: np.ndarray) -> np.ndarray:
    """Return CIE L*, 0 to 100."""
    linear = np.where(colors <= 0.04045, colors / 12.92, ((colors + 0.055) / 1.055) ** 2.4)
    y = linear @ np.array([0.2126, 0.7152, 0.0722])
    return np.asarray(np.where(y > 0.008856, 116 * np.cbrt(y) - 16, 903.3 * y))


def test_a_class_alone_is_drawn_in_the_dark_theme() -> None:
    of_kind = kind("single-feature-map")
    assert of_kind.theme is DARK
    look.wear(named("light"))
    assert Label("words")[0].get_fill_color().to_hex() == named("light")["text"]
    recording = record(type("Alone", (of_kind,), {}), frame_rate=1)
    assert recording.background == DARK.background
    assert DARK["text"] in paints(recording)
    pixels = Raster(recording, 320).frame(0)
    assert tuple(pixels[-1, -1]) == tuple(int(DARK.background[at : at + 2], 16) for at in (1, 3, 5))
