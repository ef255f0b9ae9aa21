"""
Which classes of a document are scenes, read without running them.

Texts that teach also hold classes that are no scenes to show: bases, which other classes derive from, and sketches,
which outline a scene and leave the rest to the reader. A base makes no slide; a sketch is shown as code.
"""

from __future__ import annotations

import ast
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from difflib import get_close_matches

from deck.document.scene_code import CodeBlock, look_alikes, parse, statements

__all__ = ["CONSTRUCT", "SceneClass", "misspelled", "scenes"]

CONSTRUCT = "construct"
SCENES = ("Scene", "Slide")
"""How the names of manim's and manim-slides' own scene classes end."""
BARE = {
    *("Scene", "MovingCameraScene", "ZoomedScene", "ThreeDScene", "SpecialThreeDScene"),
    *("VectorScene", "LinearTransformationScene", "Slide", "ThreeDSlide", "ABC", "object"),
}
"""Classes that play nothing by themselves."""

FUNCTIONS = (ast.FunctionDef, ast.AsyncFunctionDef)


@dataclass(frozen=True, slots=True)
class SceneClass:
    """
    A class that is a scene.

    Attributes
    ----------
    name, line, block
        What it is called, the line of its ``class``, and the block that it is in.
    source
        Its text; empty in a block that is no Python.
    is_sketch
        Whether it is there to be read rather than run.
    """

    name: str
    line: int
    block: CodeBlock
    source: str = ""
    is_sketch: bool = False


@dataclass(frozen=True, slots=True)
class _Class:
    """
    What can be known of a class.

    Attributes
    ----------
    is_scene
        Whether it derives from a scene.
    plays
        Whether its ``construct`` may play something.
    is_sketch
        Whether it is a sketch, unless another class derives from it.
    is_base
        Whether it is no more than a base, if another class derives from it.
    given, missing
        The methods and attributes that it has, and those that it leaves to classes derived from it.
    """

    is_scene: bool
    plays: bool
    is_sketch: bool
    is_base: bool
    given: frozenset[str]
    missing: frozenset[str]


def scenes(blocks: Iterable[CodeBlock]) -> list[SceneClass]:
    """
    Return the classes that derive from a scene; in a block that is no Python, those that look like it.

    A class that is no more than a base is left out if another derives from it.
    """
    found: list[tuple[SceneClass, _Class | None]] = []
    known, parents = dict[str, _Class](), set[int]()
    for block in blocks:
        for each in statements(block):
            if isinstance(each.node, ast.ClassDef):
                parents |= {id(known[base]) for base in _bases(each.node) if base in known}
                made = known[each.node.name] = _class(each.node, known)
                found.append((SceneClass(each.node.name, each.node.lineno, block, each.source), made))
        if not statements(block):
            found += ((scene, None) for scene in _look_alikes(block))
    return [
        scene if about is None else replace(scene, is_sketch=about.is_sketch and id(about) not in parents)
        for scene, about in found
        if about is None or (about.is_scene and not (about.is_base and id(about) in parents))
    ]


def misspelled(methods: Iterable[str]) -> str:
    """Return the method whose name is probably a misspelt ``construct``; empty if there is none."""
    names = set(methods)
    near = [] if CONSTRUCT in names else get_close_matches(CONSTRUCT, sorted(names), n=1, cutoff=0.8)
    return near[0] if near else ""


def _look_alikes(block: CodeBlock) -> Iterator[SceneClass]:
    line, start, is_sketch = block.line + 1, 0, _is_unwritten(block)
    for match in look_alikes(block.code):
        line += block.code.count("\n", start, match.start())
        start = match.start()
        yield SceneClass(match[1], line, block, is_sketch=is_sketch)


def _is_unwritten(block: CodeBlock) -> bool:
    """Return whether a block is no Python because a comment stands where a function's statements should be."""
    try:
        parse(block)
    except SyntaxError as error:
        above = [line.strip() for line in block.code.splitlines()[: (error.lineno or 0) - block.line - 1]]
        lines = [line for line in above if line]
        is_last = bool(lines) and lines[-1].startswith("#")
        return is_last and (error.msg or "").startswith("expected an indented block after function definition")
    return False


def _class(node: ast.ClassDef, known: dict[str, _Class]) -> _Class:
    bases = _bases(node)
    parents = [known[base] for base in bases if base in known]
    is_scene = any(parent.is_scene for parent in parents) or any(base.endswith(SCENES) for base in bases)
    own = {each.name: each for each in node.body if isinstance(each, FUNCTIONS)}
    abstract = {name for name, method in own.items() if _is_abstract(method)}
    given = {name for each in node.body for name in _names(each)} - abstract
    inherited = {name for parent in parents for name in parent.given}
    missing = (abstract | {name for parent in parents for name in parent.missing}) - given - inherited
    if any(base not in known and base not in BARE for base in bases):
        missing = set()  # an imported class may have any of them
    construct = own.get(CONSTRUCT)
    if construct or CONSTRUCT in given:
        plays = not construct or not (_is_empty(construct) or _raised(construct))
    else:
        plays = any(known[base].plays if base in known else base not in BARE and is_scene for base in bases)
    shows = plays or "setup" in given | inherited
    is_mistake = bool(construct and _raised(construct) not in {"", NOT_IMPLEMENTED}) or bool(misspelled(own))
    is_dotted = any(_has_dots(method) for method in own.values())
    left = {name for name, method in own.items() if _raised(method) == NOT_IMPLEMENTED}
    return _Class(
        is_scene=is_scene,
        plays=plays,
        is_sketch=bool(missing) or is_dotted or not (shows or is_mistake),
        is_base=bool(missing) or is_dotted or not plays or _uses(node, left),
        given=frozenset(given | inherited),
        missing=frozenset(missing),
    )


NOT_IMPLEMENTED = "NotImplementedError"


def _bases(node: ast.ClassDef) -> list[str]:
    return [ast.unparse(base).rpartition(".")[2] for base in node.bases]


def _names(statement: ast.stmt) -> Iterator[str]:
    """Yield the names that a statement in a class defines."""
    if isinstance(statement, FUNCTIONS):
        yield statement.name
    elif isinstance(statement, ast.Assign | ast.AnnAssign) and statement.value:
        yield from (each.id for each in ast.walk(statement) if isinstance(each, ast.Name) and _is_stored(each))


def _is_stored(name: ast.Name) -> bool:
    return isinstance(name.ctx, ast.Store)


def _is_abstract(method: ast.FunctionDef | ast.AsyncFunctionDef) -> bool:
    return any(ast.unparse(each).rpartition(".")[2].startswith("abstract") for each in method.decorator_list)


def _body(method: ast.FunctionDef | ast.AsyncFunctionDef) -> list[ast.stmt]:
    """Return the statements of a method that do something."""
    return [
        each
        for each in method.body
        if not isinstance(each, ast.Pass) and not (isinstance(each, ast.Expr) and isinstance(each.value, ast.Constant))
    ]


def _is_empty(method: ast.FunctionDef | ast.AsyncFunctionDef) -> bool:
    return not _body(method)


def _raised(method: ast.FunctionDef | ast.AsyncFunctionDef) -> str:
    """Return the error that a method raises, if it does nothing else; otherwise an empty text."""
    match _body(method):
        case [ast.Raise(exc=ast.Name(id=name) | ast.Call(func=ast.Name(id=name)))]:
            return name
        case [ast.Raise()]:
            return "Exception"
    return ""


def _has_dots(method: ast.FunctionDef | ast.AsyncFunctionDef) -> bool:
    """Return whether a call has ``...`` where the reader is to think of an argument."""
    calls = (each for each in ast.walk(method) if isinstance(each, ast.Call))
    return any(isinstance(value, ast.Constant) and value.value is ... for each in calls for value in each.args)


def _uses(node: ast.ClassDef, names: set[str]) -> bool:
    """Return whether a class uses methods of these names."""
    return any(isinstance(each, ast.Attribute) and each.attr in names for each in ast.walk(node))
