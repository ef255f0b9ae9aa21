"""Scenes in a document: they know nothing of decks, and become slides."""

from __future__ import annotations

import traceback
from collections.abc import Callable
from pathlib import Path

import pytest

from deck.build import Deck, build
from deck.document import parse
from deck.errors import Faults
from deck.outline import outline
from deck.take import take

Build = Callable[[str], Deck]

SEVERAL = """\
## Squares

```python
from manim import *
from beside import SIDE

class Squares(Scene):
    def construct(self):
        square = Square(SIDE)
        self.play(Create(square), run_time=0.2)
        self.wait(0.2)
        self.wait()
        self.play(Write(Text("Two words")), run_time=0.2)
```

### Step 2

What to say at the second.

## Zoomed

```python
class Zoom(MovingCameraScene):
    def construct(self):
        self.add(Dot())
        self.wait()
        self.play(self.camera.frame.animate.scale(0.5), run_time=0.2)
        self.wait()

class Turned(ThreeDScene):
    def construct(self):
        self.set_camera_orientation(phi=1)
        self.add(Square())

class Stepped(Scene):
    def next_slide(self, **_):
        raise AssertionError

    def construct(self):
        self.play(Create(Dot()), run_time=0.2)
        self.next_slide(loop=True)
        self.play(Create(Dot()), run_time=0.2)
        self.next_slide()
```
"""


@pytest.fixture
def build_text(tmp_path: Path) -> Build:
    (tmp_path / "beside.py").write_text("SIDE = 2\n")
    return lambda text: build(parse(text, tmp_path / "talk.md"), frame_rate=10, store=tmp_path / "store", trust=True)


def test_each_bare_wait_and_the_end_of_a_scene_end_a_reveal(build_text: Build) -> None:
    deck = build_text(SEVERAL)
    squares, zoom, turned, stepped = deck.slides

    assert [(slide.id, slide.class_name) for slide in deck.slides] == [
        ("squares", "Squares"),
        ("zoomed", "Zoomed"),
        ("zoomed-2", "Zoomed2"),
        ("zoomed-3", "Zoomed3"),
    ]
    assert [(reveal.id, reveal.notes) for reveal in squares.reveals] == [
        ("step-1", ""),
        ("step-2", "What to say at the second."),
    ]
    assert squares.reveals[1].description == "It reads: Two words."
    assert [reveal.last - reveal.first + 1 for reveal in squares.recording.reveals] == [2 + 2 + 1, 2 + 1]
    assert [len(slide.reveals) for slide in (zoom, turned, stepped)] == [2, 1, 2]
    assert [reveal.loop for reveal in stepped.reveals] == [False, True]
    assert [reveal.loop for reveal in stepped.recording.reveals] == [False, True]


def test_a_traceback_points_into_the_document(tmp_path: Path) -> None:
    code = "from manim import *\nclass A(Scene):\n    def construct(self):\n        1 / 0\n"
    text = f"## A\n\nProse.\n\n```python\n{code}```\n"
    (job,) = outline(parse(text, tmp_path / "talk.md"), frame_rate=10)

    with pytest.raises(ZeroDivisionError) as caught:
        take(job)

    last = traceback.extract_tb(caught.value.__traceback__)[-1]
    assert (last.filename, last.lineno, last.line) == (str(tmp_path / "talk.md"), 9, "1 / 0")


def test_a_class_that_is_no_scene_after_all_is_told_at_its_line(build_text: Build) -> None:
    with pytest.raises(Faults, match=r"talk\.md:6: 'A' is no scene once the code has run"):
        build_text("## A\n\n```python\nclass MyScene:\n    pass\nclass A(MyScene):\n    pass\n```\n")


def test_the_background_is_what_the_document_has_set(build_text: Build) -> None:
    text = "## A\n\n```python\nfrom manim import *\nconfig.background_color = WHITE\nclass A(Scene):\n    pass\n```\n"

    assert build_text(text).slides[0].recording.background == "#FFFFFF"
