"""Python as a tree, or a sentence that says where it is none; nothing that a document can hold makes it fail."""

from __future__ import annotations

import ast
import re

from deck import limits

__all__ = ["MAGIC", "tree_of"]

TOO_DEEP = "it is nested too deeply"
MAGIC = re.compile(r"^(?:[%!]|:[\w-]+:).*$", re.MULTILINE)
"""Lines that are for a notebook, not for Python."""


def tree_of(code: str) -> ast.Module:
    """
    Return the syntax tree of Python, or else of what is left of it without the magic.

    Raises
    ------
    SyntaxError
        If there is none; with its line.
    """
    try:
        tree = _parsed(code)
    except (ArithmeticError, ValueError, RecursionError, MemoryError, SystemError) as error:
        # A null byte, half of a character, far too many brackets: whatever the compiler cannot cope with.
        raise SyntaxError(str(error) or TOO_DEEP, ("", 1, 0, "")) from None
    if (line := _too_deep(tree)) is not None:
        raise SyntaxError(TOO_DEEP, ("", line, 0, ""))
    return tree


def _parsed(code: str) -> ast.Module:
    try:
        return ast.parse(code)
    except SyntaxError:
        if not MAGIC.search(code):
            raise
    return ast.parse(MAGIC.sub("", code))


def _too_deep(tree: ast.AST) -> int | None:
    """Return the line of what is nested more deeply than all that goes through it again can follow."""
    inner: list[ast.AST] = [tree]
    for _ in range(limits.CODE_NESTING):
        inner = [child for node in inner for child in ast.iter_child_nodes(node)]
    return next((getattr(node, "lineno", 1) for node in inner), None)
