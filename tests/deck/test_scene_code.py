"""The Python in a document, read without running it."""

import pytest

from deck.document.scene_classes import scenes
from deck.document.scene_code import CodeBlock, foundation, kind_of, parse, program

MODULE = """\
from manim import *
import numpy as np
SIZE = 3
OTHER = 4
POINTS = []
np.random.seed(0)

for i in range(3):
    POINTS.append(i)

def half(x):
    return x / 2

def quarter(x):
    return half(half(x))

class Base(Scene):
    def construct(self):
        self.add(Square(quarter(SIZE)))

class Child(Base):
    pass

class Alone(MovingCameraScene):
    def construct(self):
        self.wait(OTHER, POINTS)

class Helper:
    pass
"""


def block(code: str, line: int = 1) -> CodeBlock:
    return CodeBlock(code=code, line=line)


def line_of(name: str) -> int:
    return next(scene.line for scene in scenes([block(MODULE)]) if scene.name == name)


def test_scenes_are_found_by_what_they_stand_on() -> None:
    assert [scene.name for scene in scenes([block(MODULE), block("class Late(Child): pass", 90)])] == [
        *("Base", "Child", "Alone"),
        "Late",
    ]


def test_scenes_in_a_block_that_is_no_python_are_found_by_their_looks() -> None:
    broken = block("\nclass A(Scene):\n    x = (\n\nclass B(manim.ThreeDScene):\n    pass\n", 4)

    assert [(scene.name, scene.line) for scene in scenes([broken])] == [("A", 6), ("B", 9)]
    with pytest.raises(SyntaxError) as caught:
        parse(broken)
    assert caught.value.lineno == 7


@pytest.mark.parametrize(
    ("code", "kind"),
    [
        ("class A(Scene): pass", "scenes"),
        ("class A(Scene)\n    pass", "scenes"),
        ("%%manim -ql A\nclass A(Scene): pass", "scenes"),
        (":tags: [hide-input]\n\nclass A(Scene): pass", "scenes"),
        ("import numpy as np\nnp.random.seed(1)", "definitions"),
        ("SIZE = 3", "definitions"),
        ("def f(self): pass", "definitions"),
        ("self.play(x)", "listing"),
        ("x = self.camera", "listing"),
        ("circle = Circle()\ncircle.shift(UP)", "listing"),
        (">>> 1", "listing"),
        ("x = (", "listing"),
        ("", "nothing"),
        (" \n\n", "nothing"),
        ("!pip install manim\n\n%load_ext manim", "nothing"),
        ("# nothing", "listing"),
        ("try:\n    import a\nexcept ImportError:\n    a = None", "definitions"),
        ("if True:\n    print(1)", "listing"),
        ("x = '\0'", "listing"),
        ("(" * 300, "listing"),
    ],
)
def test_what_a_block_is_for(code: str, kind: str) -> None:
    assert kind_of(block(code)) == kind


@pytest.mark.parametrize(
    ("name", "edit", "matters"),
    [
        ("Child", ("x / 2", "x / 3"), True),
        ("Child", ("SIZE = 3", "SIZE = 5"), True),
        ("Child", ("seed(0)", "seed(1)"), True),
        ("Child", ("import *", "import Square, Scene"), True),
        ("Child", ("OTHER = 4", "OTHER = 5"), False),
        ("Child", ("append(i)", "append(-i)"), False),
        ("Child", ("self.wait(OTHER,", "self.wait(1,"), False),
        ("Alone", ("x / 2", "x / 3"), False),
        ("Alone", ("OTHER = 4", "OTHER = 5"), True),
        ("Alone", ("append(i)", "append(-i)"), True),
        ("Alone", ("class Helper:\n", "\n\n# a helper\nclass Helper:\n"), False),
    ],
)
def test_an_edit_matters_to_the_scenes_that_stand_on_it(name: str, edit: tuple[str, str], matters: bool) -> None:
    line = line_of(name)
    before, after = (foundation([block(code)], name, line) for code in (MODULE, MODULE.replace(*edit)))

    assert (before != after) == matters


def test_magic_is_no_python_and_python_no_magic() -> None:
    (statement,) = program([block("NOTE = '''\n% a comment of TeX\n'''", 1)], 2)
    (after_magic,) = program([block("%%time\nx = 1", 1)], 2)

    assert "% a comment" in statement.source
    assert "% a comment" in statement.node.value.value  # type: ignore[attr-defined]
    assert after_magic.source == "x = 1"


def test_constants_may_follow_where_something_makes_use_of_them() -> None:
    late = (
        "SIDES = {}\nSPARE = slow()\nfor n in range(3):\n    SIDES[n] = DOUBLE(n)\nDOUBLE = lambda n: 2 * n\n"
        "KNOWN = 2\nconfig.background_color = WHITE\nSPARE.go()\ntotal = [n for n in SIDES]\ndef late(): return SIDES\n"
        "try:\n    import a\nexcept ImportError:\n    a = None\n"
    )
    blocks = [block("KNOWN = n = 1\nclass A(Scene):\n    x = late(KNOWN)", 1), block(late, 10), block("SIDES = 3", 40)]

    sources = [statement.source.split("\n")[0] for statement in program(blocks, 3)]

    assert sources == [
        *("KNOWN = n = 1", "class A(Scene):", "SIDES = {}", "for n in range(3):", "DOUBLE = lambda n: 2 * n"),
        *("def late(): return SIDES", "try:"),
    ]
    edited = [blocks[0], block(late.replace("2 * n", "3 * n"), 10)]
    assert foundation(blocks, "A", 3) != foundation(edited, "A", 3)


def test_two_scenes_may_share_a_name_and_a_helper_may_follow() -> None:
    blocks = [
        block("class A(Scene):\n    x = late()", 1),
        block("X = 1\nclass A(Scene):\n    y = X", 10),
        block("X = 2\nX.real\ndef late(): pass\ndef A(): pass", 20),
    ]

    def sources(line: int) -> list[str]:
        return [statement.source.split("\n")[0] for statement in program(blocks, line)]

    assert sources(2) == ["class A(Scene):", "def late(): pass"]
    assert sources(12) == ["class A(Scene):", "X = 1", "class A(Scene):", "def late(): pass"]
    assert foundation(blocks, "A", 2) == "class A(Scene):\n    x = late()\ndef late(): pass"
