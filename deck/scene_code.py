"""
The Python in a document, read without running it: which classes are scenes, and what each of them stands on.

All fenced ``python`` blocks of a document are one module. Its lines keep their numbers: where the document has prose,
the module has empty lines, so that a traceback points into the document.
"""

from __future__ import annotations

import ast
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

__all__ = ["CodeBlock", "foundation", "module_of", "scenes"]

SCENES = ("Scene", "Slide")
"""How the names of manim's and manim-slides' own scene classes end."""


@dataclass(frozen=True, slots=True, kw_only=True)
class CodeBlock:
    """A fenced ``python`` block; ``line`` is that of its fence, its code starts on the next; ``raw`` is all of it."""

    code: str
    line: int
    raw: str = ""


def module_of(blocks: Iterable[CodeBlock]) -> str:
    """Return the module that the blocks make; those that are no Python are left out."""
    lines: list[str] = []
    for block in blocks:
        if _statements(block.code) is not None:
            lines += [""] * (block.line - len(lines)) + block.code.splitlines()
    return "\n".join(lines) + "\n"


def scenes(module: str) -> Mapping[str, int]:
    """Return the line of each class that is a scene, or stands on one in the module, by its name."""
    found: dict[str, int] = {}
    for statement in _statements(module) or ():
        if isinstance(statement, ast.ClassDef):
            bases = [ast.unparse(base).rpartition(".")[2] for base in statement.bases]
            if any(base.endswith(SCENES) or base in found for base in bases):
                found[statement.name] = statement.lineno
    return found


def foundation(module: str, name: str) -> str:
    """
    Return those statements of a module that one of its classes stands on, one after the other.

    They are the class, what defines the names that these statements use, and all that defines no name: what is
    imported with a star, settings, seeds. A class that stands on none of an edited block stays as it was.
    """
    statements = _statements(module) or []
    defined = [_defined(statement) for statement in statements]
    used = [_used(statement) for statement in statements]
    wanted, chosen = {name}, {index for index, names in enumerate(defined) if not names}
    wanted |= {each for index in chosen for each in used[index]}
    while more := {index for index, names in enumerate(defined) if index not in chosen and names & wanted}:
        chosen |= more
        wanted |= {each for index in more for each in used[index]}
    lines = module.splitlines()
    return "\n".join(_source(statements[index], lines) for index in sorted(chosen))


def _statements(code: str) -> Sequence[ast.stmt] | None:
    try:
        return ast.parse(code).body
    except (SyntaxError, ValueError):
        return None


def _defined(statement: ast.stmt) -> set[str]:
    if isinstance(statement, ast.ClassDef | ast.FunctionDef | ast.AsyncFunctionDef):
        return {statement.name}
    return set(_bound(statement))


def _bound(statement: ast.stmt) -> Iterator[str]:
    for node in ast.walk(statement):
        if isinstance(node, ast.Name) and isinstance(node.ctx, ast.Store):
            yield node.id
        elif isinstance(node, ast.alias) and node.name != "*":
            yield (node.asname or node.name).partition(".")[0]


def _used(statement: ast.stmt) -> set[str]:
    return {node.id for node in ast.walk(statement) if isinstance(node, ast.Name)}


def _source(statement: ast.stmt, lines: Sequence[str]) -> str:
    decorators = getattr(statement, "decorator_list", [])
    first = min(node.lineno for node in (statement, *decorators))
    return "\n".join(lines[first - 1 : statement.end_lineno])
