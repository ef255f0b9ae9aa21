"""The Python in a document, read without running it."""

from pathlib import Path

import pytest

from deck.document import SceneCode, parse
from deck.scene_code import CodeBlock, foundation, module_of, scenes

MODULE = """\
from manim import *
import numpy as np
SIZE = 3
OTHER = 4
np.random.seed(0)

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
        self.wait(OTHER)

class Helper:
    pass
"""


def test_lines_of_the_module_are_those_of_the_document() -> None:
    module = module_of([CodeBlock(code="a = 1\n", line=3), CodeBlock(code="b = 2\nc = 3\n", line=8)])

    assert [module.splitlines().index(line) + 1 for line in ("a = 1", "b = 2", "c = 3")] == [4, 9, 10]


def test_a_block_that_is_no_program_is_left_out() -> None:
    blocks = [CodeBlock(code="x = (\n", line=1), CodeBlock(code="y = 1\n", line=4)]

    assert module_of(blocks).split() == ["y", "=", "1"]


def test_scenes_are_found_by_what_they_stand_on() -> None:
    assert list(scenes(MODULE)) == ["Base", "Child", "Alone"]


@pytest.mark.parametrize(
    ("name", "edit", "matters"),
    [
        ("Child", ("x / 2", "x / 3"), True),
        ("Child", ("SIZE = 3", "SIZE = 5"), True),
        ("Child", ("seed(0)", "seed(1)"), True),
        ("Child", ("import *", "import Square, Scene"), True),
        ("Child", ("OTHER = 4", "OTHER = 5"), False),
        ("Child", ("self.wait(OTHER)", "self.wait(1)"), False),
        ("Alone", ("x / 2", "x / 3"), False),
        ("Alone", ("OTHER = 4", "OTHER = 5"), True),
        ("Alone", ("import numpy as np", "\n\n# numbers\nimport numpy as np"), False),
    ],
)
def test_an_edit_matters_to_the_scenes_that_stand_on_it(name: str, edit: tuple[str, str], matters: bool) -> None:
    assert (foundation(MODULE, name) != foundation(MODULE.replace(*edit), name)) == matters


def test_each_scene_of_a_document_becomes_a_section_of_its_own() -> None:

    text = """\
## One

Say this.

```python
from manim import *

class First(Scene):
    pass

class Second(Scene):
    pass
```

## Three

```py
class Third(First):
    pass
```

```python
print("an example")
```
"""
    sections = parse(text, Path("talk.md")).sections
    bodies = [section.body for section in sections]

    assert [section.id for section in sections] == ["one", "one-2", "three"]
    assert [(body.name, body.line) for body in bodies if isinstance(body, SceneCode)] == [
        ("First", 8),
        ("Second", 11),
        ("Third", 18),
    ]
    assert sections[0].notes[""].text == "Say this."
    assert sections[1].notes == {}
    assert sections[2].notes[""].text == '```python\nprint("an example")\n```'
