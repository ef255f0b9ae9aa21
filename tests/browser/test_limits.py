"""What the page does with recordings of more than 65,535 of anything, and with damaged ones."""

from __future__ import annotations

import base64
import io
from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np
import pytest
from PIL import Image as Pillow

from deck.build import Deck
from deck.capture.record import record
from deck.errors import RecordingError
from deck.formats import html
from deck.recording.codec import decode, encode
from deck.recording.sharing import share
from deck.recording.timeline import FULL, Image, Outline, Paint, Recording, Style
from deck.render.raster import Raster
from tests.browser.hands import Player, Step, likeness, pixels
from tests.browser.studio import studio
from tests.recording.drawing import difference, drawn
from tests.recording.large import CLOUDS, LARGE
from tests.recording.scenes import Shown
from tests.recording.small import altered, everything, outline, recording, segment

if TYPE_CHECKING:
    from numpy.typing import NDArray
    from playwright.sync_api import Browser, Page

MANY = 70_000

LETTERS = [outline((9, 4), seed=nth) for nth in range(3)]

DRAW = """async ([data, width]) => {
  const recording = await Recording.open(decodeBase64(data));
  const canvas = Object.assign(document.createElement("canvas"), { width, height: (width * 9) / 16 });
  new Painter(canvas).draw(recording, recording.frames - 1);
  return canvas.toDataURL().split(",")[1];
}"""

READ = """async (all) => {
  const canvas = Object.assign(document.createElement("canvas"), { width: 64, height: 36 });
  const found = [];
  for (const [data, library] of all) {
    let recording;
    try {
      const known = library && (await Recording.open(decodeBase64(library)));
      recording = await Recording.open(decodeBase64(data), known);
    } catch {
      found.push(false);
      continue;
    }
    const painter = new Painter(canvas);
    for (let frame = 0; frame < Math.min(recording.frames, 5); frame += 1) painter.draw(recording, frame);
    found.push(true);
  }
  return found;
}"""


@pytest.fixture(scope="module")
def page(browser: Browser, pages: Callable[[str], Path]) -> Iterator[Page]:
    page = browser.new_page()
    page.goto(pages("canvas").as_uri())
    page.evaluate("deck.ready")
    yield page
    page.close()


def _grid() -> NDArray[np.int16]:
    """Return as many places all over the frame, in rows."""
    nth = np.arange(MANY)
    return np.stack([nth % 350 * 80 - 14000, nth // 350 * 80 - 8000], axis=1).astype(np.int16)


def _dashes(places: NDArray[np.int16]) -> NDArray[np.int16]:
    """Return a straight curve of two pixels at each place, (N, 4, 2)."""
    dashes: NDArray[np.int16] = places[:, None] + np.array([(0, 0), (11, 0), (21, 0), (32, 0)], np.int16)
    return dashes


def _many_subpaths() -> Recording:
    dashes = Outline(_dashes(_grid()).reshape(-1, 2), np.full(MANY, 2, np.uint32))
    return recording([dashes], styles=[Style(stroke=Paint(((250, 250, 90, 255),)), width=32)])


def _many_curves() -> Recording:
    places = np.linspace(0, 20 * np.pi, 3 * MANY + 1)
    points = np.stack([np.linspace(-14000, 14000, 3 * MANY + 1), 7000 * np.sin(places)], axis=1)
    line = Outline(points.astype(np.int16), np.array([2 * MANY], np.uint32))
    return recording([line], styles=[Style(stroke=Paint(((90, 250, 250, 255),)), width=96)])


def _many_shapes() -> Recording:
    """Return as many shapes, each drawn once, in nine lengths."""
    dash = _dashes(np.zeros((1, 2), np.int16))[0]
    shapes = [Outline((dash * (1 + nth // 8000)).astype(np.int16), np.array([2], np.uint32)) for nth in range(MANY)]
    items = [(nth, 0, x, y, 0, FULL) for nth, (x, y) in enumerate(_grid().tolist())]
    return recording(shapes, [segment(items)], styles=[Style(stroke=Paint(((250, 90, 250, 255),)), width=32)])


def _many_pictures() -> Recording:
    """Return as many pictures of a pixel, of which every hundredth is drawn, and the last ones."""
    levels = np.arange(MANY) % 251
    pictures = [np.array([[(level, 255 - level, 128, 255)]], np.uint8) for level in levels.tolist()]
    corners = np.array([(0, 0), (640, 0), (0, 640), (640, 640)], np.int32) * 256  # whole pixels of the screen
    drawn = [*range(0, MANY, 100), *range(MANY - 8, MANY)]
    items = [(nth, 0, nth % 30 * 960 - 14400, nth // 30 * 640 - 8000, FULL, 0) for nth in range(len(drawn))]
    return recording([Image(place, corners, "box") for place in drawn], [segment(items)], pictures=pictures)


def _many_segments() -> Recording:
    dash = Outline(_dashes(np.zeros((1, 2), np.int16))[0] * 120, np.array([2], np.uint32))
    segments = [segment([(0, 0, -2000, nth % 4000, 0, FULL)]) for nth in range(MANY)]
    return recording([dash], segments, styles=[Style(stroke=Paint(((250, 250, 90, 255),)), width=800)])


CASES = {
    "subpaths": _many_subpaths,
    "curves": _many_curves,
    "shapes": _many_shapes,
    "pictures": _many_pictures,
    "segments": _many_segments,
}


def _seen(page: Page, data: bytes, width: int) -> NDArray[np.uint8]:
    """Return a recording's last frame as the page draws it."""
    png = page.evaluate(DRAW, [base64.b64encode(data).decode(), width])
    return np.array(Pillow.open(io.BytesIO(base64.b64decode(png))).convert("RGB"))


@pytest.mark.parametrize("case", CASES)
def test_seventy_thousand_of_anything_are_drawn_whole(page: Page, case: str) -> None:
    made = CASES[case]()
    seen = _seen(page, encode(made), 960)
    drawn = Raster(made, 960).frame(made.frames - 1)
    assert (drawn != drawn[0, 0]).any(axis=2).mean() > 0.001
    assert likeness(seen, drawn) >= 0.99
    # In each part of the frame as much is drawn, so that no part of it is missing.
    ground = drawn[0, 0].astype(int)
    ours, theirs = (np.abs(picture - ground).reshape(18, 30, 12, -1).mean(axis=(1, 3)) for picture in (seen, drawn))
    np.testing.assert_allclose(ours, theirs, atol=3)


@pytest.mark.filterwarnings("ignore:'mode' parameter:DeprecationWarning")  # manim's own
@pytest.mark.parametrize("slide", LARGE, ids=lambda slide: slide.__name__)
def test_a_large_scene_is_drawn_whole_as_manim_draws_it(page: Page, slide: type[Shown]) -> None:
    theirs = drawn(slide, 10)[-1]
    recording = record(slide, frame_rate=10)
    data = encode(recording)
    ours = Raster(decode(data), 1920).frame(recording.frames - 1)
    assert difference(ours, theirs).alike >= 0.99
    seen = _seen(page, data, 1920)
    # Points are on a grid of a sixteenth of a pixel, and of a path of many curves Chromium takes four samples a pixel.
    for picture, loss in ((ours, 0.15), (seen, 0.2)):
        lit, expected = (each.reshape(27, 40, 48, 40, 3).mean(axis=(1, 3)) for each in (picture, theirs))
        np.testing.assert_allclose(lit, expected, atol=4, rtol=loss)


@pytest.mark.filterwarnings("ignore:'mode' parameter:DeprecationWarning")  # manim's own
@pytest.mark.parametrize("slide", CLOUDS, ids=lambda slide: slide.__name__)
def test_a_large_cloud_has_all_its_light(page: Page, slide: type[Shown]) -> None:
    recording = record(slide, frame_rate=10)
    data = encode(recording)
    np.testing.assert_array_equal(_seen(page, data, 1920), drawn(slide, 10)[-1])
    # Of points that are smaller than a pixel Chromium counts the edges.
    exact = Raster(decode(data), 1280).frame(recording.frames - 1)
    assert _seen(page, data, 1280).sum() == pytest.approx(exact.sum(), rel=0.04)


@pytest.mark.parametrize("closed", [0, 1], ids=["open", "closed"])
def test_lines_without_a_length_are_dots(page: Page, closed: int) -> None:
    places = np.repeat(np.array([(0, 0), (4000, 0)], np.int16), 4, axis=0)
    dots = Outline(places, np.full(2, 2 + closed, np.uint32))
    style = Style(stroke=Paint(((250, 250, 90, 255),)), width=1600, cap="round")
    made = recording([dots], styles=[style])
    seen, exact = (
        (each != each[0, 0]).any(axis=2).sum() for each in (_seen(page, encode(made), 960), Raster(made, 960).frame(0))
    )
    assert seen == pytest.approx(exact, rel=0.05)


def _sharing() -> Iterator[tuple[str, bytes, bytes]]:
    """Yield recordings and libraries of which one is changed, or not the other's; and what it is."""
    slides = [replace(everything(), background=color) for color in ("#000000", "#ffffff")]
    library, (data, _) = share([encode(replace(slide, shapes=(*slide.shapes, *LETTERS))) for slide in slides])
    assert library
    yield "of each other", data, library
    yield "no library", data, b""
    yield "another library", data, encode(recording([outline()]))
    yield "a slide as its own library", data, data
    yield "images as a library", data, encode(everything())
    for name, changed in altered(data):
        yield name, changed, library
    for name, changed in altered(library):
        yield f"in the library {name}", data, changed


CHANGED = {
    "alone": lambda: ((name, data, b"") for name, data in altered(encode(everything()))),
    "with a library": _sharing,
}


@pytest.mark.parametrize("case", CHANGED)
def test_the_page_refuses_what_python_refuses(page: Page, case: str) -> None:
    """Of texts, which it takes from elsewhere, it knows nothing."""
    changed = list(CHANGED[case]())
    sent = [[base64.b64encode(part).decode() for part in (data, library)] for _, data, library in changed]
    read = page.evaluate(READ, sent)
    differing = []
    for (name, data, library), ours in zip(changed, read, strict=True):
        try:
            theirs = bool(decode(data, decode(library) if library else None))
        except RecordingError:
            theirs = False
        if ours != theirs and not (ours and _is_of_texts(name)):
            differing.append((name, ours, theirs))
    assert not differing
    assert any(read)


def _is_of_texts(name: str) -> bool:
    return "('reveals'" in name and not any(f"'{key}') is" in name for key in ("first", "last"))


@pytest.mark.parametrize("damaged", [0, 1], ids=["first", "second"])
def test_a_slide_that_is_damaged_says_so_and_the_others_are_there(
    browser: Browser, deck: Deck, steps: list[Step], tmp_path: Path, damaged: int
) -> None:
    slides = list(deck.slides)
    slides[damaged] = replace(slides[damaged], data=slides[damaged].data[:-7] + bytes(7))
    path = tmp_path / "damaged.html"
    # The page's own facts are the first slide's.
    html.write(replace(deck, slides=tuple(slides)), path, studio(tmp_path))
    with browser.new_context(viewport={"width": 640, "height": 400}) as context:
        page = context.new_page()
        told: list[str] = []
        page.on("console", lambda message: told.append(message.text))
        page.on("pageerror", lambda error: told.append(f"thrown: {error}"))
        page.goto(path.as_uri())
        page.evaluate("deck.ready")
        player = Player(page, steps, clips=False)
        for index, step in enumerate(steps):
            player.go_to(index)
            if step.place[0] == damaged:
                shown = pixels(page)
                assert 0 < (shown != shown[0, 0]).any(axis=2).mean() < 0.1  # a line of words
            else:
                player.finds(index)
        player.step("Home", "ArrowRight", "ArrowLeft", "End")
        assert player.at == len(steps) - 1
        assert len(told) == 1
        assert "This slide cannot be shown" in told[0]
