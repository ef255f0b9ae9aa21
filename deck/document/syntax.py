"""Python as a syntax tree, or a ``SyntaxError`` with its line; no text makes the parser fail in another way."""

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
    Return the syntax tree of code; if it is no Python, that of the code without a notebook's commands.

    Raises
    ------
    SyntaxError
        If that is no Python either; the error has the line.
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
    """Return the line of a node that is nested too deeply for those who walk the tree; None if there is none."""
    inner: list[ast.AST] = [tree]
    for _ in range(limits.CODE_NESTING):
        inner = [child for node in inner for child in ast.iter_child_nodes(node)]
    return next((getattr(node, "lineno", 1) for node in inner), None)
