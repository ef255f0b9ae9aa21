"""All that a recording may hold, drawn by the browser as Python draws it."""

from __future__ import annotations

import base64
import io
from itertools import pairwise
from typing import TYPE_CHECKING

import numpy as np
import pytest
from PIL import Image as Pillow

from deck.recording.codec import encode
from deck.recording.timeline import FINER, FULL, Image, Outline, Paint, RecordedReveal, Recording, Segment, Shape, Style
from deck.render.raster import Raster
from tests.browser.hands import likeness

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator
    from pathlib import Path

    from numpy.typing import NDArray
    from playwright.sync_api import Browser, Page

DRAW = """async ([data, frames, width]) => {
  const recording = await Recording.open(decodeBase64(data));
  const canvas = Object.assign(document.createElement("canvas"), { width, height: (width * 9) / 16 });
  const painter = new Painter(canvas);
  for (const frame of frames) painter.draw(recording, frame);
  return canvas.toDataURL().split(",")[1];
}"""

WIDTH = 960
RED, BLUE, WHITE = (255, 80, 60, 255), (60, 120, 255, 255), (240, 240, 240, 255)


def _polygon(*points: tuple[int, int], closed: bool = True, exponent: int = 0) -> Outline:
    """Return straight lines as curves; the points are in pixels of the grid."""
    corners = np.array([*points, points[0]] if closed else points) * 16 / 2**exponent
    thirds = [start + (end - start) * part for start, end in pairwise(corners) for part in (1 / 3, 2 / 3, 1)]
    curves = len(corners) - 1
    return Outline(
        np.rint([corners[0], *thirds]).astype(np.int16), np.array([2 * curves + closed], np.uint32), exponent
    )


def _picture() -> NDArray[np.uint8]:
    y, x = np.mgrid[0:12, 0:16]
    checks = ((x + y) % 2 * 120).astype(np.uint8)
    return np.stack([checks + 100, (x * 15).astype(np.uint8), (y * 20).astype(np.uint8), 255 - 0 * checks], axis=-1)


SQUARE = _polygon((0, 0), (200, 0), (200, 200), (0, 200))
ZIGZAG = _polygon((0, 0), (60, 150), (120, 0), (180, 150), closed=False)
HUGE = _polygon((0, 0), (5000, 0), (5000, 40), (0, 40), exponent=2)
UPRIGHT = np.array([(0, 0), (240, 0), (0, 180), (240, 180)]) * 16
SHEARED = np.array([(60, 0), (280, 40), (0, 160), (220, 200)]) * 16
RECEDING = np.array([(0, 0), (220, 50), (0, 200), (220, 150)]) * 16

CASES: dict[str, tuple[list[Shape], list[Style]]] = {
    "a fill and a stroke": ([SQUARE], [Style(fill=Paint((RED,)), stroke=Paint((WHITE,)), width=128)]),
    "a gradient": ([SQUARE], [Style(fill=Paint((RED, BLUE, (*WHITE[:3], 60)), (0, 0, 3200, 1600)))]),
    "a gradient's stroke": ([ZIGZAG], [Style(stroke=Paint((RED, BLUE), (0, 0, 2880, 0)), width=300)]),
    "a stroke behind": (
        [ZIGZAG],
        [Style(stroke=Paint((WHITE,)), width=100, behind=Paint(((*BLUE[:3], 150),)), behind_width=500, join="round")],
    ),
    "round joins and caps": ([ZIGZAG], [Style(stroke=Paint((WHITE,)), width=400, join="round", cap="round")]),
    "bevels and squares": ([ZIGZAG], [Style(stroke=Paint((WHITE,)), width=400, join="bevel", cap="square")]),
    "mitres": ([ZIGZAG], [Style(stroke=Paint((WHITE,)), width=400)]),
    "an outline larger than the frame": ([HUGE], [Style(fill=Paint((RED,)), stroke=Paint((WHITE,)), width=64)]),
    "a smooth picture": ([Image(0, UPRIGHT.astype(np.int32) * FINER, "cubic")], [Style()]),
    "a softer picture": ([Image(0, UPRIGHT.astype(np.int32) * FINER, "linear")], [Style()]),
    "a smooth picture, sheared": ([Image(0, SHEARED.astype(np.int32) * FINER, "cubic")], [Style()]),
    "pixels": ([Image(0, UPRIGHT.astype(np.int32) * FINER, "box")], [Style()]),
    "a sheared picture": ([Image(0, SHEARED.astype(np.int32) * FINER, "box")], [Style()]),
    "a picture in perspective": ([Image(0, RECEDING.astype(np.int32) * FINER, "box")], [Style()]),
    "an inside seen through an outline": (
        [ZIGZAG, SQUARE, SQUARE],
        [Style(clip="start"), Style(fill=Paint((RED,))), Style(clip="end")],
    ),
}


def _recording(shapes: list[Shape], styles: list[Style]) -> Recording:
    """Return a recording in which the shapes move over a square, fading."""
    ground = (len(shapes), len(styles), -2400, -1600, FULL, FULL)
    frames = 12
    rows = []
    for nth in range(frames):
        place = (-3000 + 250 * nth, -1000 + 70 * nth, FULL - 160 * nth, FULL - 160 * nth)
        rows.append([ground, *((index, min(index, len(styles) - 1), *place) for index in range(len(shapes)))])
    items = np.array(rows, np.int32).transpose(0, 2, 1)
    moving = np.arange(1, len(shapes) + 1, dtype=np.uint32)
    return Recording(
        width=1920,
        height=1080,
        frame_rate=60,
        background="#102030",
        pictures=(_picture(),),
        shapes=(*shapes, SQUARE),
        styles=(*styles, Style(fill=Paint(((90, 110, 90, 255),)))),
        segments=(Segment(frames, items[0], moving, items[:, :, moving].transpose(1, 2, 0)),),
        reveals=(RecordedReveal(id="all", title="All", description="All.", first=0, last=frames - 1),),
    )


@pytest.fixture(scope="module")
def page(browser: Browser, pages: Callable[[str], Path]) -> Iterator[Page]:
    page = browser.new_page()
    page.goto(pages("canvas").as_uri())
    page.evaluate("deck.ready")
    yield page
    page.close()


@pytest.mark.parametrize("case", CASES)
def test_the_browser_draws_as_python_does(page: Page, case: str) -> None:
    recording = _recording(*CASES[case])
    raster = Raster(recording, WIDTH)
    for frame in (0, 7):
        _agree(_drawn(page, recording, [frame]), raster.frame(frame))


@pytest.mark.parametrize("case", CASES)
def test_nothing_is_left_of_the_frames_before(page: Page, case: str) -> None:
    """Where only what changes is drawn again, and only in some places."""
    recording = _recording(*CASES[case])
    whole = _drawn(page, recording, [9]).astype(int)
    for frames in (range(10), (11, 3, 9), (11, 10, 9)):
        stray = np.abs(_drawn(page, recording, frames).astype(int) - whole)
        assert stray.max() < 60  # an outline that an edge has cut is smoothed otherwise
        assert (stray > 10).any(axis=2).sum() < 40


def _drawn(page: Page, recording: Recording, frames: Iterable[int]) -> NDArray[np.uint8]:
    data = base64.b64encode(encode(recording)).decode()
    png = page.evaluate(DRAW, [data, list(frames), WIDTH])
    return np.array(Pillow.open(io.BytesIO(base64.b64decode(png))).convert("RGB"))


def _agree(seen: NDArray[np.uint8], drawn: NDArray[np.uint8]) -> None:
    assert seen.shape == drawn.shape
    assert likeness(seen, drawn) >= 0.995
    assert np.abs(seen.astype(int) - drawn).mean() < 0.2
