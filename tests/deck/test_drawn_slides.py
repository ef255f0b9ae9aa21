"""A text's slide as manim films it shows the same pictures as its own recording."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest
from numpy.typing import NDArray
from PIL import Image
from skimage.metrics import structural_similarity

from deck.capture.record import record
from deck.document.outline import Job
from deck.document.section import TitlePage
from deck.recording.timeline import Recording
from deck.render.raster import Raster
from deck.sections.text import text_slides
from tests.deck.typeset import job_of, recorded

TEXT = """\
Kernels *slide* over **images**, see [notes](https://example.org); $\\frac{\\partial f}{\\partial x} > 0$ as ~~before~~.

- An item with `code`
  - and one in it

1. Another, done by <u>hand</u>
2. 数え上げ и дальше

- [x] done
- [ ] open

---

| Layer | Size | Maps |
|:------|-----:|:----:|
| conv1 | 3×3  | 64   |
| conv2 | 5×5  | 128  |

> Somebody said so.

$$ y_{ij} = \\sum_{k} w_k x_{i+k} $$

. . .

```python
def relu(x):
    # nothing below zero
    return max(0.0, x)
```

---

![A photo](photo.jpg "With a caption")

![A drawing](drawing.svg)

![](https://example.org/far.png)
"""
DRAWING = """\
<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 200 100"><rect width="200" height="100" fill="#203040"/>
<g opacity="0.6"><circle cx="60" cy="50" r="35" fill="#e06020" stroke="white" stroke-width="4"/></g>
<path d="M110 80C130 0 150 0 180 80" fill="none" stroke="#40e0a0" stroke-width="7" stroke-linecap="round"/>
<path d="M120 20h40l-20 30z" fill="lime" fill-opacity="0.5"/></svg>
"""
WIDTH = 960


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """Return a folder with a photo and a drawing."""
    down, right = np.mgrid[0:600, 0:900]
    planes = [127 + 90 * np.sin(right / 60 + down / 90), 127 + 90 * np.cos(down / 30), right % 256]
    Image.fromarray(np.dstack(planes).astype(np.uint8)).save(tmp_path / "photo.jpg", quality=90)
    (tmp_path / "drawing.svg").write_text(DRAWING)
    return tmp_path


def likeness(one: NDArray[np.uint8], other: NDArray[np.uint8]) -> float:
    return float(structural_similarity(one, other, channel_axis=2))  # type: ignore[no-untyped-call] # it has no types


def compared(job: Job) -> list[tuple[Recording, Recording]]:
    """Return each page as deck has set it, and as manim has played its slide class."""
    pages = recorded(job)
    return list(zip(pages, (record(slide, frame_rate=10) for slide in text_slides(job)), strict=True))


def test_a_slide_that_manim_plays_shows_the_same_at_each_pause(folder: Path) -> None:
    pages = compared(job_of(TEXT, path=folder / "talk.md", title="A title with $x^2$"))

    assert len(pages) > 2
    for own, played in pages:
        assert [(reveal.id, reveal.title, reveal.description) for reveal in own.reveals] == [
            (reveal.id, reveal.title, reveal.description) for reveal in played.reveals
        ]
        first, second = Raster(own, WIDTH), Raster(played, WIDTH)
        for one, other in zip(own.reveals, played.reveals, strict=True):
            expected, shown = first.frame(one.last).copy(), second.frame(other.last).copy()
            assert likeness(expected, shown) >= 0.99, one.id
            assert np.ptp(expected.astype(int)) > 100


def test_title_pages_and_failures_are_played_as_well() -> None:
    page = TitlePage(subtitle="How they see", author="Ada Lovelace", date="today", line=1)
    text = job_of("")
    jobs = [
        replace(text, section=replace(text.section, body=page)),
        replace(text, failed="there is *no* such thing"),
        text,
    ]

    for job in jobs:
        [(own, played)] = compared(job)
        expected = Raster(own, WIDTH).frame(own.frames - 1)
        assert likeness(expected, Raster(played, WIDTH).frame(played.frames - 1)) >= 0.99


def test_nothing_of_the_next_reveal_is_seen_before(folder: Path) -> None:
    [(own, played)] = compared(job_of("- First\n- Second\n\n![](photo.jpg)", path=folder / "talk.md"))

    for recording in (own, played):
        raster = Raster(recording, WIDTH)
        shown = [raster.frame(reveal.last).astype(int) for reveal in recording.reveals]
        inked = [int((np.abs(frame - frame[0, 0]).max(axis=2) > 30).sum()) for frame in shown]
        assert inked == sorted(set(inked))
        assert len(inked) == 3
