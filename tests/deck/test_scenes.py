"""Scenes in a document: they know nothing of decks, and become slides."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from deck.build import Deck, build
from deck.document import parse
from deck.errors import Faults, TrustError
from tests.wording import assert_told, is_told

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


FAULTY = """\
```python
def helper(x):
    return x.lost

COLOR = undefined
```

## A

```python
class A(Scene):
    def construct(self):
        self.play(Create(circl))
```

## B

```python
class B(Scene):
    def construct(self)
        pass
```

## C

```python
class C(Scene):
    def construct(self):
        helper(3)
```

## D

```python
class D(Scene):
    def construct(self):
        self.play(Square())
```

## E

```python
class E(Scene):
    def constuct(self):
        self.add(Dot())
```

## F

```python
class F(Scene):
    def construct(self):
        self.add(Dot(color=COLOR))
```

## G

```python
class G(Scene):
    def construct(self):
        self.construct()
```

## H

```python
class H(Scene):
    def construct(self):
        raise SystemExit
```

## I

```python
import beside_nothing
from beside_nothing import Base

class I(Scene, Base):
    pass
```

## Fine

```python
class Fine(Scene):
    def construct(self):
        self.add(Square())
```
"""

SAID = """\
talk.md:3: scene 'C' fails: …'lost'… (AttributeError)
talk.md:13: scene 'A' fails: …'circl'… (NameError)
talk.md:20: scene 'B' is no Python: …
talk.md:37: scene 'D' fails: Unexpected argument Square passed to Scene.play(). (TypeError)
talk.md:43: scene 'E' shows nothing: it neither plays nor adds anything
talk.md:53: scene 'F' fails: …'COLOR'… (NameError)
talk.md:61: scene 'G' fails: … (RecursionError)
talk.md:69: scene 'H' fails: SystemExit at `raise SystemExit`
talk.md:78: scene 'I' fails: …'Base'… (NameError)"""


def test_texts_in_scenes_have_every_script(build_text: Build) -> None:
    text = "## A\n\n```python\nclass A(Scene):\n    def construct(self):\n        sign = Text('{}')\n"
    text += "        assert len(sign.submobjects) == 1, 'a frame with a number in it'\n        self.add(sign)\n```\n"
    for sign in "🚀✅中한":
        assert len(build_text(text.format(sign)).slides) == 1
    with pytest.raises(Faults, match="a frame with a number in it"):
        build_text(text.format(chr(0xF8D0)))


def test_all_failing_scenes_are_told_together_at_the_lines_of_the_document(build_text: Build, tmp_path: Path) -> None:
    with pytest.raises(Faults) as caught:
        build_text(FAULTY)

    assert_told(SAID.splitlines(), [str(error).removeprefix(f"{tmp_path}/") for error in caught.value.errors])
    hints = {str(error.where): error.hint for error in caught.value.errors}
    assert hints[f"{tmp_path}/talk.md:43"] == "rename constuct() to construct(), which is what manim calls"
    assert is_told("what defines it has failed: NameError: …'undefined'…", hints[f"{tmp_path}/talk.md:53"])
    assert is_told("…ModuleNotFoundError: …'beside_nothing'", hints[f"{tmp_path}/talk.md:78"])


def test_a_traceback_has_the_frames_of_the_document_alone(build_text: Build, tmp_path: Path) -> None:
    code = "def helper():\n    1 / 0\nclass A(Scene):\n    def construct(self):\n        helper()\n"

    with pytest.raises(Faults) as caught:
        build_text(f"## A\n\nProse.\n\n```python\n{code}```\n")

    (error,) = caught.value.errors
    frames = [line.strip() for line in str(error.__cause__).splitlines() if line.strip().startswith("File")]
    assert frames == [
        f'File "{tmp_path}/talk.md", line {line}, in {name}' for line, name in ((10, "construct"), (7, "helper"))
    ]


def test_with_keep_going_a_slide_says_what_could_not_be_built(tmp_path: Path) -> None:
    document = parse(FAULTY, tmp_path / "talk.md")

    deck = build(document, frame_rate=10, store=tmp_path / "store", trust=True, at_fault="replace")

    assert [slide.id for slide in deck.slides] == [section.id for section in document.sections]
    assert len(deck.faults) == 9
    texts = [text.text for text in deck.slides[0].recording.reveals[0].texts]
    assert "This section could not be built" in " ".join(texts)
    assert is_told("…scene 'A' fails: …'circl'…", " ".join(texts))


def test_a_scene_that_does_not_end_is_told(tmp_path: Path) -> None:
    text = "## A\n\n```python\nclass A(Scene):\n    def construct(self):\n        while True: pass\n```\n"

    with pytest.raises(Faults, match=r"talk\.md:4: 'a' was not recorded within 2 s"):
        build(parse(text, tmp_path / "talk.md"), frame_rate=10, store=tmp_path / "store", trust=True, timeout=2)


def test_without_trust_the_blocks_are_named_and_nothing_is_run(tmp_path: Path) -> None:
    text = (
        "## A\n\n```python\nopen('ran', 'w')\n```\n\n```python\nimport os\n\nclass A(Scene): x = construct = 1\n```\n"
    )

    with pytest.raises(TrustError) as caught:
        build(parse(text, tmp_path / "talk.md"), frame_rate=10, store=tmp_path / "store")

    assert str(caught.value).endswith("which building it would run, on lines 7–11")
    assert "--trust" in caught.value.hint
    assert "DECK_TRUST=1" in caught.value.hint


NAMED = """\
## A

```python
class A(Scene):
    def construct(self):
        # Not this one
        dot = Dot()

        # First a dot.
        # Slowly.
        self.play(
            Create(dot), run_time=0.1,
        )
        self.wait()
        for side in (1, 2):
            # Next square
            self.play(Create(Square(side)), run_time=0.1)
            self.wait()
        self.fade()

    def fade(self):
        # Step 5
        # self.play(Uncreate(self.mobjects[0]))
        self.play(FadeOut(self.mobjects[0]), run_time=0.1)
```

### next-square

Said by the document.
"""


def test_comments_name_the_pauses_below_them(build_text: Build) -> None:
    (slide,) = build_text(NAMED).slides

    assert [(reveal.id, reveal.title, reveal.notes) for reveal in slide.reveals] == [
        ("first-a-dot", "First a dot", "First a dot.\nSlowly."),
        ("next-square", "Next square", "Next square\n\nSaid by the document."),
        ("next-square-2", "Next square (2)", "Next square"),
        ("step-5", "Step 5", "Step 5"),
    ]


def test_each_animation_may_be_a_pause(build_text: Build) -> None:
    (slide,) = build_text(f"---\npauses: play\n---\n{NAMED}").slides
    (waited,) = build_text(NAMED).slides

    assert len(slide.reveals) == len(waited.reveals) == 4
    text = "## A\n\n```slide\npauses: play\n```\n\n```python\nclass A(Scene):\n    def construct(self):\n"
    plays = "        self.play(Create(Dot()), run_time=0.1)\n" * 3 + "        self.wait(0.2)\n"
    assert [len(slide.reveals) for slide in build_text(f"{text}{plays}```\n").slides] == [4]


def test_a_scene_may_be_one_of_manim_slides_and_name_what_it_stands_on_later(build_text: Build) -> None:
    code = (
        "from __future__ import annotations\nfrom manim_slides import Slide\n\nclass A(Slide):\n"
        "    def construct(self):\n        self.play(Create(shape()), run_time=0.1)\n"
        "        self.next_slide(notes='Now what')\n        self.play(FadeOut(self.mobjects[0]), run_time=0.1)\n"
    )

    (slide,) = build_text(
        f"## A\n\n```python\n{code}```\n\n```python\ndef shape() -> NoSuchName: return Dot()\n```\n"
    ).slides

    assert [reveal.notes for reveal in slide.reveals] == ["", "Now what"]


def test_a_class_that_is_no_scene_after_all_is_told_at_its_line(build_text: Build) -> None:
    with pytest.raises(Faults, match=r"talk\.md:6: 'A' is no scene once the code has run"):
        build_text("## A\n\n```python\nclass MyScene:\n    pass\nclass A(MyScene):\n    x = construct = 1\n```\n")


def test_the_background_is_what_the_document_has_set(build_text: Build) -> None:
    scene = "class A(Scene):\n    def construct(self): self.add(Dot())\n"
    text = f"## A\n\n```python\nfrom manim import *\nconfig.background_color = WHITE\n{scene}```\n"

    assert build_text(text).slides[0].recording.background == "#FFFFFF"
