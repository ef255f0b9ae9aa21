"""The document's Python as it is run for a scene: what it finds, what it does not do, and what is said of mistakes."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import manim
import pytest

from deck.build import Deck, build
from deck.document import parse
from deck.errors import Faults
from deck.sections.renamed import ARGUMENTS, METHODS, NAMES, renamed
from tests.wording import assert_told

Build = Callable[[str], Deck]


@pytest.fixture
def build_text(tmp_path: Path) -> Build:
    return lambda text: build(parse(text, tmp_path / "talk.md"), frame_rate=10, store=tmp_path / "store", trust=True)


def scene(name: str, *body: str, base: str = "Scene") -> str:
    lines = "\n".join(f"        {line}" for line in body)
    return f"class {name}({base}):\n    def construct(self):\n{lines}\n"


def document(*blocks: str) -> str:
    return "".join(f"## Section\n\n```python\n{block.strip()}\n```\n\n" for block in blocks)


def test_helpers_and_their_constants_may_follow_and_take_no_name_of_manims(build_text: Build, tmp_path: Path) -> None:
    first = scene("A", "assert len(dots()) == 3", "self.add(*dots(), Square(), Circle(radius=min(RADIUS, 3)))")
    helpers = (
        "RADIUS = 2\nSPOTS = {}\nmin = Square = Circle = None\n"
        "for color in (0, 1, 2):\n    SPOTS[color] = LEFT\n"
        "class Dot(VGroup): pass\ndef dots(): return [Dot(SPOTS[n], radius=1) for n in SPOTS]\n"
        f"spare = open({str(tmp_path / 'ran')!r}, 'w')\n"
    )

    deck = build_text(document(first, helpers))

    assert len(deck.slides[0].reveals) == 1
    assert not (tmp_path / "ran").exists()


def test_a_scene_that_the_document_renders_is_not_rendered(build_text: Build, tmp_path: Path) -> None:
    fails = scene("A", "open(MARK, 'a').write('x')", "self.add(Dot())")
    rendering = (
        f"from manim import *\nMARK = {str(tmp_path / 'mark')!r}\n{fails}A().render()\n"
        "with tempconfig({'quality': 'low_quality', 'media_dir': MARK + '-media'}):\n    A().render(preview=True)\n"
    )
    slides = "from manim_slides import Slide\n" + scene("B", "self.add(Dot())", base="Slide") + "B().render()\n"

    deck = build_text(document(rendering, slides, scene("C", "self.add(Dot())")))

    assert len(deck.slides) == 3
    assert (tmp_path / "mark").read_text() == "x"
    assert {path.name for path in tmp_path.iterdir()} == {"mark", "store"}


def test_what_a_scene_prints_is_no_result(tmp_path: Path) -> None:
    body = ("print('said')", "import os; os.system('echo below')", "console.print('rich')", "self.add(Dot())")
    (tmp_path / "talk.md").write_text(document(scene("A", *body)))
    command = [sys.executable, "-m", "deck", "list", "talk.md", "--trust", "--json", "-q", "--quality", "draft"]

    done = subprocess.run(command, cwd=tmp_path, capture_output=True, text=True, check=True)

    assert done.stdout.startswith("{\n")
    assert done.stderr.split() == ["said", "below", "rich"]


def test_a_slide_that_is_filmed_says_why(build_text: Build) -> None:
    picture = "from PIL import Image; picture = Image.new('RGBA', (4, 4), 'red')"
    body = "self.add(Square(fill_opacity=1).color_using_background_image(picture))"

    (slide,) = build_text(document(scene("A", picture, body))).slides

    assert slide.filmed == "manim alone can draw what it shows"


MISTAKES = {
    "self.add(Dot(SIDE))": "define or import it in a block of Python in the document",
    "self.play(ShowCreation(Dot()))": "manim has Create in its place",
    "self.embed()": "take embed() out of the scene",
    "self.interactive_embed()": "take interactive_embed() out of the scene",
    "Axes().get_graph(lambda x: x)": "manim has plot() of Axes in its place",
    "Axes(x_min=1)": "manim has x_range=[min, max, step] in its place",
    "Code(code='x')": "manim has code_string in its place",
    "self.move_camera(phi=1)": "let the scene stand on ThreeDScene, which has move_camera()",
    "self.camera.frame.scale(2)": "let the scene stand on MovingCameraScene, which has self.camera.frame",
    "self.play(Square().shift(UP))": "play() takes animations: Create(square), or square.animate.shift(RIGHT)",
    "import manimlib": "that is another manim; here it is `from manim import *`",
}


def test_each_mistake_has_its_hint_and_an_import_below_it_is_not_to_blame(build_text: Build) -> None:
    blocks = [scene(f"A{nth}", line) for nth, line in enumerate(MISTAKES)]
    late = "from manimlib.imports import *\nfrom lost_2023 import *\n" + scene("Late", "self.add(made())")
    config = (
        "class Old(Scene):\n    CONFIG = {'side': 3}\n    def construct(self):\n        self.add(Square(self.side))\n"
    )
    waits = "class Waits(Scene):\n    async def construct(self):\n        pass\n    def setup(self): pass\n"

    with pytest.raises(Faults) as caught:
        build_text(document(*blocks, late, config, waits))

    hints = [error.hint for error in caught.value.errors]
    expected = [
        *MISTAKES.values(),
        "the import with a star on line 93 has failed: ModuleNotFoundError: …'lost_2023'",
        "manim reads no CONFIG: write `side = …` in the class instead",
        "take `async` out of its construct(), which manim does not wait for",
    ]
    assert_told(expected, hints)


def test_what_is_in_the_place_of_old_names_is_there() -> None:
    known = vars(manim)
    news = [new.partition("(")[0].partition(" and ")[0] for new in NAMES.values()]

    assert [name for name in NAMES if name in known] == []
    assert [new for new in news if "." not in new and new not in known] == []
    assert all(hasattr(manim.config, new.removeprefix("config.")) for new in news if new.startswith("config."))
    owners = (manim.Axes, manim.MathTex, manim.ThreeDScene)
    methods = [new.removeprefix("self.").partition("(")[0] for new in METHODS.values()]
    assert [new for new in methods if new not in known and not any(hasattr(owner, new) for owner in owners)] == []
    parameters = manim.Code.__init__.__annotations__
    assert [(old, new) for old, new in ARGUMENTS.items() if old in parameters or new not in parameters] == []


def test_what_is_no_matter_of_names_has_no_hint_of_them() -> None:
    assert renamed(ModuleNotFoundError("No module named 'x'", name="x"), "import x") == ""
    assert renamed(NameError("name 'x' is not defined", name="x"), "x") == ""
    assert renamed(AttributeError("no 'x'", name="x", obj=manim.Square()), "square.x") == ""
    assert renamed(TypeError("Mobject.__getattr__.<locals>.getter() takes 1 positional argument"), "a.get_x(1)") == ""
    assert renamed(TypeError("Mobject.__init__() got an unexpected keyword argument 'colour'"), "Dot(colour=1)") == ""
    assert renamed(ValueError("Unexpected argument"), "self.play(1)") == ""
