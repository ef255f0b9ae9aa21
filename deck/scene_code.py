"""
The Python in a document, read without running it: which blocks are programs, which classes are scenes, and what each of
them stands on.

All blocks of a document are one module. For a scene it is what a notebook would have run by then: the blocks down to
its own, and of later ones what defines names that are not there yet. So two scenes may share a name, and a helper may
follow what it helps. Lines keep their numbers: a traceback points into the document.
"""

from __future__ import annotations

import ast
import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Literal

__all__ = ["CodeBlock", "SceneClass", "Statement", "foundation", "kind_of", "program", "scenes"]

SCENES = ("Scene", "Slide")
"""How the names of manim's and manim-slides' own scene classes end."""
SCENE = re.compile(r"^class[ \t]+(\w+)[ \t]*\([^)]*(?:Scene|Slide)\b", re.MULTILINE)
BARE = {
    *("Scene", "MovingCameraScene", "ZoomedScene", "ThreeDScene", "SpecialThreeDScene"),
    *("VectorScene", "LinearTransformationScene", "Slide", "ThreeDSlide", "ABC"),
}
"""Classes that play nothing by themselves."""
MAGIC = re.compile(r"^[%!].*$", re.MULTILINE)
"""Lines that are for a notebook, not for Python."""

DEFINITIONS = (ast.ClassDef, ast.FunctionDef, ast.AsyncFunctionDef, ast.Import, ast.ImportFrom)
ASSIGNMENTS = (ast.Assign, ast.AnnAssign)

Kind = Literal["scenes", "definitions", "listing"]


@dataclass(frozen=True, slots=True, kw_only=True)
class CodeBlock:
    """A fenced ``python`` block; ``line`` is that of its fence, its code starts on the next; ``raw`` is all of it."""

    code: str
    line: int
    raw: str = ""


@dataclass(frozen=True, slots=True)
class SceneClass:
    """A class that is a scene, the line of its ``class``, and the block that it is in."""

    name: str
    line: int
    block: CodeBlock


@dataclass(frozen=True, slots=True)
class Statement:
    """
    A statement of the module.

    Attributes
    ----------
    node
        With the document's line numbers.
    source
        Its text.
    defined
        The names that it gives a meaning.
    used
        The names that it makes use of.
    """

    node: ast.stmt
    source: str
    defined: frozenset[str]
    used: frozenset[str]


@lru_cache(maxsize=1024)
def parse(block: CodeBlock) -> ast.Module:
    """
    Return a block's syntax tree, with the document's lines.

    Raises
    ------
    SyntaxError
        With the document's line.
    """
    try:
        tree = ast.parse(MAGIC.sub("", block.code))
    except (ValueError, RecursionError, MemoryError) as error:  # a null byte; far too many brackets
        raise SyntaxError(str(error) or "it is nested too deeply", ("", block.line + 1, 0, "")) from None
    except SyntaxError as error:
        error.lineno = (error.lineno or 1) + block.line
        error.end_lineno = None
        raise
    return ast.increment_lineno(tree, block.line)


def kind_of(block: CodeBlock) -> Kind:
    """
    Return what a block is for.

    One with a scene is run, be there a mistake in it or not. One that defines something is run for the others' sake.
    All else is there to be read: what is no Python, a piece out of a method, calls without a definition.
    """
    if SCENE.search(block.code):
        return "scenes"
    statements = _statements(block)
    if not statements or any("self" in each.used and not isinstance(each.node, DEFINITIONS) for each in statements):
        return "listing"
    defines = any(isinstance(each.node, DEFINITIONS) for each in statements)
    return "definitions" if defines or all(isinstance(each.node, ASSIGNMENTS) for each in statements) else "listing"


def scenes(blocks: Iterable[CodeBlock]) -> list[SceneClass]:
    """
    Return the classes that are scenes, or stand on one; in a block that is no Python, those that look like it.

    A class that plays nothing is none if another stands on it.
    """
    found: list[SceneClass] = []
    known, bare, parents = set[str](), set(BARE), set[str]()
    for block in blocks:
        statements = _statements(block)
        for each in statements:
            if isinstance(each.node, ast.ClassDef) and _is_scene(each.node, known):
                bases = _bases(each.node)
                if bare.issuperset(bases) and not _constructs(each.node):
                    bare.add(each.node.name)
                known.add(each.node.name)
                parents.update(bases)
                found.append(SceneClass(each.node.name, each.node.lineno, block))
        if not statements:
            for match in SCENE.finditer(block.code):
                line = block.line + 1 + block.code.count("\n", 0, match.start())
                found.append(SceneClass(match[1], line, block))
    return [scene for scene in found if scene.name not in bare & parents]


def program(blocks: Sequence[CodeBlock], line: int) -> list[Statement]:
    """Return the statements of the module as a scene in a block that holds a line finds it; broken blocks have none."""
    chosen: list[Statement] = []
    known: set[str] = set()
    for block in blocks:
        is_later = block.line >= line
        for each in _statements(block) if kind_of(block) != "listing" else ():
            is_new = isinstance(each.node, DEFINITIONS) and not each.defined & known
            if not is_later or is_new:
                chosen.append(each)
                known |= each.defined
    return chosen


def foundation(blocks: Sequence[CodeBlock], name: str, line: int) -> str:
    """
    Return those statements that a scene stands on, one after the other.

    They are the class, what defines or changes the names that these statements use, and all that defines no name: what
    is imported with a star, settings, seeds. A class that stands on none of an edited block stays as it was. Of a block
    that is no Python all is returned, since nothing is known of it.
    """
    broken = [block for block in blocks if block.line < line <= _end(block) and not _statements(block)]
    if broken:
        return broken[0].code
    statements = program(blocks, line)
    wanted = {name}
    chosen = {nth for nth, each in enumerate(statements) if not each.defined}
    wanted |= {used for nth in chosen for used in statements[nth].used}
    while more := {nth for nth, each in enumerate(statements) if nth not in chosen and _matters(each, wanted)}:
        chosen |= more
        wanted |= {used for nth in more for used in statements[nth].used}
    return "\n".join(statements[nth].source for nth in sorted(chosen))


def _matters(statement: Statement, wanted: set[str]) -> bool:
    is_plain = isinstance(statement.node, (*DEFINITIONS, *ASSIGNMENTS))
    return bool(statement.defined & wanted or (not is_plain and statement.used & wanted))


@lru_cache(maxsize=1024)
def _statements(block: CodeBlock) -> tuple[Statement, ...]:
    """Return a block's statements, none if it is no Python."""
    try:
        tree = parse(block)
    except SyntaxError:
        return ()
    lines = block.code.splitlines()
    return tuple(Statement(node, _source(node, lines, block.line), _defined(node), _used(node)) for node in tree.body)


def _is_scene(node: ast.ClassDef, known: set[str]) -> bool:
    return any(base.endswith(SCENES) or base in known for base in _bases(node))


def _bases(node: ast.ClassDef) -> list[str]:
    return [ast.unparse(base).rpartition(".")[2] for base in node.bases]


def _constructs(node: ast.ClassDef) -> bool:
    return any(isinstance(each, ast.FunctionDef) and each.name == "construct" for each in node.body)


def _defined(statement: ast.stmt) -> frozenset[str]:
    if isinstance(statement, ast.ClassDef | ast.FunctionDef | ast.AsyncFunctionDef):
        return frozenset({statement.name})
    return frozenset(_bound(statement))


def _used(statement: ast.stmt) -> frozenset[str]:
    return frozenset(node.id for node in ast.walk(statement) if isinstance(node, ast.Name))


def _bound(statement: ast.stmt) -> Iterator[str]:
    for node in ast.walk(statement):
        if isinstance(node, ast.Name) and isinstance(node.ctx, ast.Store):
            yield node.id
        elif isinstance(node, ast.alias) and node.name != "*":
            yield (node.asname or node.name).partition(".")[0]


def _source(node: ast.stmt, lines: Sequence[str], before: int) -> str:
    decorators = getattr(node, "decorator_list", [])
    first = min(each.lineno for each in (node, *decorators))
    return "\n".join(lines[first - before - 1 : (node.end_lineno or first) - before])


def _end(block: CodeBlock) -> int:
    return block.line + block.code.count("\n")
