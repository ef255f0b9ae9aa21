"""Which classes of a document are scenes, which are bases of others, and which are there to be read."""

from __future__ import annotations

from pathlib import Path

import pytest

from deck.document import Prose, SceneCode, parse
from deck.document.scene_classes import misspelled, scenes
from deck.document.scene_code import CodeBlock

PLAYS = "\n    def construct(self):\n        self.play(Create(Dot()))\n"


def kinds(code: str) -> dict[str, str]:
    """Return the scenes of a block, and which of them are sketches."""
    return {scene.name: "sketch" if scene.is_sketch else "" for scene in scenes([CodeBlock(code=code, line=1)])}


@pytest.mark.parametrize(
    "body",
    [
        "pass",
        "...",
        '"""What it would be."""',
        "x = 1",
        "def construct(self): pass",
        "def construct(self): ...",
        'def construct(self):\n        """Show it."""\n        # your code\n        pass',
        "def construct(self):\n        raise NotImplementedError('later')",
        "def construct(self):\n        self.play(...)",
        "def construct(self):\n        self.show()\n    def show(self):\n        self.play(Create(...))",
        "def construct(self):\n        # your code here\n",
        "def show(self):\n        self.play(Create(Dot()))",
        f"@abstractmethod\n    def steps(self): ...{PLAYS}",
    ],
)
def test_a_sketch_is_there_to_be_read(body: str) -> None:
    assert kinds(f"class A(Scene):\n    {body}\n") == {"A": "sketch"}


@pytest.mark.parametrize(
    "body",
    [
        "def construct(self): self.add(Dot())",
        "def construct(self):\n        dot = Dot()\n        ...\n        self.add(dot)",
        "def construct(self):\n        self.add(ImageMobject(np.zeros((2, 2))[..., None]))",
        "def construct(self):\n        self.play(note=field(default=...))",
        "def construct(self):\n        raise SystemExit",
        "def construct(self):\n        return self.show()",
        "def setup(self): self.add(Dot())",
        "def setup(self): self.add(Dot())\n    def construct(self): pass",
        "async def construct(self): self.wait()",
        "construct = shown",
        "def constuct(self): self.wait()",
        "def draw(self): raise NotImplementedError\n    def construct(self): self.draw()",
        "def construct(self):\nself.wait()",
    ],
)
def test_all_else_is_a_scene_be_there_a_mistake_in_it_or_not(body: str) -> None:
    assert kinds(f"class A(Scene):\n    {body}\n") == {"A": ""}


@pytest.mark.parametrize(
    ("base", "child", "found"),
    [
        ("class Base(Scene):\n    def construct(self): raise NotImplementedError", "", {"Child": ""}),
        ("class Base(Scene):\n    def construct(self): raise TypeError('no')", "", {"Child": ""}),
        (f"class Base(Scene, ABC):\n    @abstractmethod\n    def steps(self): ...{PLAYS}", "", {"Child": ""}),
        (f"class Base(Scene):\n    @abc.abstractproperty\n    def steps(self): ...{PLAYS}", "", {"Child": ""}),
        (
            "class Base(Scene):\n    def steps(self): raise NotImplementedError\n    def construct(self): self.steps()",
            "    def steps(self): return 1",
            {"Child": ""},
        ),
        (f"class Base(Scene):{PLAYS}", "    x = 1", {"Base": "", "Child": ""}),
        ("class Base(Scene):\n    def setup(self): self.add(Dot())", "    x = 1", {"Child": ""}),
        ("class Base(Scene):\n    def help(self): pass", "    x = 1", {"Child": "sketch"}),
        (
            "class Base(Scene):\n    @abstractmethod\n    def steps(self): ...",
            "    def other(self): ...",
            {"Child": "sketch"},
        ),
    ],
)
def test_a_base_that_cannot_stand_alone_is_none_if_another_stands_on_it(
    base: str, child: str, found: dict[str, str]
) -> None:
    body = child or PLAYS + "    steps = ()\n"

    assert kinds(f"{base}\n\nclass Child(Base):\n{body}") == found


def test_what_is_missing_may_come_from_a_class_beside_the_base() -> None:
    base = f"class Base(Scene):\n    @abstractmethod\n    def steps(self): ...{PLAYS}"
    mixin = "class Mixin:\n    def steps(self): return 1"

    assert kinds(f"{base}\n{mixin}\nclass A(Mixin, Base): pass\nclass B(Imported, Base): pass\n") == {"A": "", "B": ""}
    assert kinds(f"class Mixin:{PLAYS}\nclass A(Mixin, Scene): pass\nclass B(TalkScene): pass") == {"A": "", "B": ""}


def test_of_two_classes_of_one_name_each_is_what_it_is() -> None:
    code = f"class A(Scene): pass\nclass A(Scene):{PLAYS}\nclass B(A): pass\n"

    assert [(scene.line, scene.is_sketch) for scene in scenes([CodeBlock(code=code, line=1)])] == [
        *((2, True), (3, False), (7, False)),
    ]


def test_sketches_are_shown_as_they_are_written() -> None:
    sketch = "class A(Scene):\n    def construct(self):\n        # your code\n        pass"
    text = (
        f"## Alone\n\n```python\n{sketch}\n```\n\n## Both\n\n```python\nfrom manim import *\n\n{sketch}\n\n"
        f"class B(Scene):{PLAYS}```\n\n## Base\n\nText.\n\n"
        f"```python\nclass C(Scene):\n    pass\n\nclass D(C):{PLAYS}```\n"
    )

    sections = parse(text, Path("talk.md")).sections

    assert [(each.id, each.body.line) for each in sections] == [
        ("alone", 3),
        ("both", 14),
        ("both-2", 20),
        ("base", 33),
    ]
    assert [body.text for each in sections if isinstance(body := each.body, Prose)] == [f"```python\n{sketch}\n```"] * 2
    assert [body.name for each in sections if isinstance(body := each.body, SceneCode)] == ["B", "D"]


def test_a_document_of_sketches_runs_nothing() -> None:
    document = parse("## A\n\n```python\nimport os\nclass A(Scene): ...\n```\n", Path("talk.md"))

    assert document.code == ()
    assert isinstance(document.sections[0].body, Prose)


def test_cells_without_python_make_no_slide_beside_scenes_and_empty_ones_none_at_all() -> None:
    scene = f"```python\nclass A(Scene):{PLAYS}```\n"
    magic, empty = "```python\n!ls\n%time\n```\n", "```python\n\n```\n"

    def bodies(text: str) -> list[str]:
        sections = parse(text, Path("talk.md")).sections
        return [body.text if isinstance(body := each.body, Prose) else each.title for each in sections]

    assert bodies(f"## One\n\n{scene}\n{magic}\n{empty}\n## Two\n\nText.\n\n{magic}\n## Three\n\n{magic}") == [
        *("One", "Text.", magic.strip()),
    ]
    assert bodies(f"## One\n\nText.\n\n{empty}\n## Two\n\n{empty}\n## Three\n\n{magic}") == ["Text.", "", magic.strip()]


def test_the_name_of_construct_is_often_misspelled() -> None:
    assert [misspelled([name]) for name in ("constract", "consturct", "contruct", "draw", "construct")] == [
        *("constract", "consturct", "contruct", "", ""),
    ]
    assert misspelled(["constract", "construct"]) == ""
