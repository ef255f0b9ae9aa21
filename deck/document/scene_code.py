"""
The Python in a document, read without running it: which blocks are programs, and what each scene depends on.

All blocks of a document are one module. A scene finds in it what a notebook would have run by then, which is the blocks
down to its own, and what later blocks define under names that are not taken yet. So two scenes may share a name, and a
helper and its constants may stand below the scene that uses them. Lines keep their numbers: a traceback points into the
document.
"""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Literal

from deck.document.syntax import MAGIC, tree_of

__all__ = [
    "CodeBlock",
    "Statement",
    "after",
    "foundation",
    "kind_of",
    "look_alikes",
    "parse",
    "program",
    "statements",
]

CLASS = re.compile(r"^class[ \t]+(\w+)[ \t]*\(([^)]*)", re.MULTILINE)
BASE = re.compile(r"(?:Scene|Slide)\b")

DEFINITIONS = (ast.ClassDef, ast.FunctionDef, ast.AsyncFunctionDef, ast.Import, ast.ImportFrom)
ASSIGNMENTS = (ast.Assign, ast.AnnAssign)
FILLING = (ast.For, ast.AugAssign, ast.Expr, *ASSIGNMENTS)
"""Statements that may fill a constant, as a loop fills a table."""
SCOPES = (ast.Lambda, ast.ListComp, ast.SetComp, ast.DictComp, ast.GeneratorExp)
"""Expressions whose names are their own."""

Kind = Literal["scenes", "definitions", "listing", "nothing"]


@dataclass(frozen=True, slots=True, kw_only=True)
class CodeBlock:
    """A fenced ``python`` block; ``line`` is that of its fence, its code starts on the next."""

    code: str
    line: int
    raw: str = ""


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
        The names that it defines.
    used
        The names that it uses.
    """

    node: ast.stmt
    source: str
    defined: frozenset[str]
    used: frozenset[str]

    @property
    def lasting(self) -> frozenset[str]:
        """The names that it defines for the statements after it: a loop's own variables are not among them."""
        own = _bound(self.node.target) if isinstance(self.node, ast.For) else ()
        return self.defined.difference(own)


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
        tree = tree_of(block.code)
    except SyntaxError as error:
        error.lineno = (error.lineno or 1) + block.line
        error.end_lineno = None
        raise
    return ast.increment_lineno(tree, block.line)


def kind_of(block: CodeBlock) -> Kind:
    """
    Return what a block is for.

    A block with a scene is run, even if there is a mistake in it. One that defines something is run too, since others
    may use it. All else is a listing, there to be read: what is no Python, a piece of a method, calls without a
    definition. A block that is empty, or has nothing but a notebook's commands in it, is nothing.
    """
    if any(look_alikes(block.code)):
        return "scenes"
    if not MAGIC.sub("", block.code).strip():
        return "nothing"
    found = statements(block)
    if not found or any("self" in each.used and not _defines(each.node) for each in found):
        return "listing"
    defines = any(_defines(each.node) for each in found)
    return "definitions" if defines or all(isinstance(each.node, ASSIGNMENTS) for each in found) else "listing"


def look_alikes(code: str) -> Iterator[re.Match[str]]:
    """Yield what looks like the head of a scene's class, its name as the first group, even where it is no Python."""
    return (found for found in CLASS.finditer(code) if BASE.search(found[2]))


def _defines(node: ast.stmt) -> bool:
    """Return whether a statement defines something, be it in the branches of an ``if`` or a ``try``."""
    if not isinstance(node, ast.If | ast.Try):
        return isinstance(node, DEFINITIONS)
    inner = [each for each in ast.iter_child_nodes(node) if isinstance(each, ast.stmt)]
    inner += [each for handler in getattr(node, "handlers", ()) for each in handler.body]
    return all(_defines(each) or isinstance(each, (*ASSIGNMENTS, ast.Pass)) for each in inner)


def program(blocks: Sequence[CodeBlock], line: int) -> list[Statement]:
    """
    Return the statements of the module that a scene finds, whose block holds ``line``; broken blocks have none.

    A later block adds its functions, classes and imports, and those of its constants that something uses.
    """
    late = after(blocks, line)
    run = [statements(block) if kind_of(block) != "listing" else () for block in blocks]
    chosen = [each for block, own in zip(blocks, run, strict=True) if block.line < late for each in own]
    known = {name for each in chosen for name in each.defined}
    fresh: list[Statement] = []
    for block, own in zip(blocks, run, strict=True):
        if block.line >= late:
            fresh += (each for each in own if not each.lasting & known)
            known |= {name for each in own for name in each.defined}
    kept = {nth for nth, each in enumerate(fresh) if _defines(each.node)}
    wanted = {name for each in (*chosen, *(fresh[nth] for nth in kept)) for name in each.used}
    while more := {nth for nth, each in enumerate(fresh) if nth not in kept and _gives(each, wanted, fresh, kept)}:
        kept |= more
        wanted |= {name for nth in more for name in fresh[nth].used}
    return chosen + [fresh[nth] for nth in sorted(kept)]


def after(blocks: Sequence[CodeBlock], line: int) -> float:
    """Return the line of the first block below the one that holds a line; infinity if there is none."""
    return min((block.line for block in blocks if block.line >= line), default=float("inf"))


def _gives(statement: Statement, wanted: set[str], fresh: Sequence[Statement], kept: set[int]) -> bool:
    """Return whether a statement of a later block defines a wanted name, or fills a constant that is kept."""
    if isinstance(statement.node, ASSIGNMENTS) and statement.defined:
        return bool(statement.defined & wanted)
    constants = {name for nth in kept if isinstance(fresh[nth].node, ASSIGNMENTS) for name in fresh[nth].defined}
    return isinstance(statement.node, FILLING) and bool(statement.used & constants & wanted)


def foundation(blocks: Sequence[CodeBlock], name: str, line: int) -> str:
    """
    Return the source of the statements that a scene depends on, one after the other.

    They are its class, all that defines or changes a name which one of these statements uses, and all that defines no
    name: imports with a star, settings, seeds. So a scene that uses nothing of an edited block is not recorded again.
    If the scene's own block is no Python, all of that block is returned, since nothing more is known of it.
    """
    broken = [block for block in blocks if block.line < line <= _end(block) and not statements(block)]
    if broken:
        return broken[0].code
    module = program(blocks, line)
    wanted = {name}
    chosen = {nth for nth, each in enumerate(module) if not each.defined}
    wanted |= {used for nth in chosen for used in module[nth].used}
    while more := {nth for nth, each in enumerate(module) if nth not in chosen and _matters(each, wanted)}:
        chosen |= more
        wanted |= {used for nth in more for used in module[nth].used}
    return "\n".join(module[nth].source for nth in sorted(chosen))


def _matters(statement: Statement, wanted: set[str]) -> bool:
    is_plain = isinstance(statement.node, (*DEFINITIONS, *ASSIGNMENTS))
    return bool(statement.defined & wanted or (not is_plain and statement.used & wanted))


@lru_cache(maxsize=1024)
def statements(block: CodeBlock) -> tuple[Statement, ...]:
    """Return a block's statements, none if it is no Python."""
    try:
        tree = parse(block)
    except SyntaxError:
        return ()
    lines = block.code.splitlines()
    return tuple(
        Statement(node, _source(node, lines, block.line), frozenset(_bound(node)), _used(node)) for node in tree.body
    )


def _used(statement: ast.stmt) -> frozenset[str]:
    return frozenset(node.id for node in ast.walk(statement) if isinstance(node, ast.Name))


def _bound(node: ast.AST) -> Iterator[str]:
    """Yield the names that a statement defines in the module."""
    if isinstance(node, ast.ClassDef | ast.FunctionDef | ast.AsyncFunctionDef):
        yield node.name
    elif isinstance(node, ast.Name):
        yield from [node.id] if isinstance(node.ctx, ast.Store) else []
    elif isinstance(node, ast.alias):
        yield from [(node.asname or node.name).partition(".")[0]] if node.name != "*" else []
    elif not isinstance(node, SCOPES):
        for child in ast.iter_child_nodes(node):
            yield from _bound(child)


def _source(node: ast.stmt, lines: Sequence[str], before: int) -> str:
    decorators = getattr(node, "decorator_list", [])
    first = min(each.lineno for each in (node, *decorators))
    return "\n".join(lines[first - before - 1 : (node.end_lineno or first) - before])


def _end(block: CodeBlock) -> int:
    return block.line + block.code.count("\n")
