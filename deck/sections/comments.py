"""What a scene's own comments call its pauses."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cache

from deck.document.scene_code import CodeBlock, parse

__all__ = ["Comment", "comment_above"]

LONGEST = 60
"""Characters of a comment that make a name."""
NUMBER = re.compile(r"^\d+(?:[.)]|\s*[-–—:])\s+")
"""What counts the steps, and says nothing of them."""
ASIDE = re.compile(r"(?:TODO|FIXME|XXX|HACK|noqa|fmt|isort|mypy|pylint|ruff|type)\b\s*(?:[:(!]|$)", re.IGNORECASE)
"""How comments begin that are for programmers and their tools."""


@dataclass(frozen=True, slots=True)
class Comment:
    """Lines of comment that stand together: the last one's number, the column they start in, and what they say."""

    line: int
    column: int
    words: tuple[str, ...]

    @property
    def text(self) -> str:
        """All of it."""
        return "\n".join(self.words)

    @property
    def name(self) -> str:
        """Its first sentence or line, cut where it is long."""
        sentence = NUMBER.sub("", self.words[0], count=1).split(". ")[0].rstrip(".:;,!").strip()
        return sentence if len(sentence) <= LONGEST else f"{sentence[:LONGEST].rsplit(' ', 1)[0]} …"


def comment_above(blocks: tuple[CodeBlock, ...], line: int, after: int) -> Comment | None:
    """
    Return the comment that stands above a line of the document, below the pause before it.

    The nearest one that is indented no deeper than the statement is taken, or else the nearest of all.

    Parameters
    ----------
    blocks
        The document's Python.
    line
        Of a pause, or of what is played last before it.
    after
        The line of the pause before, or 0; what is not in the same function does not count.
    """
    block = next((block for block in blocks if block.line < line <= block.line + block.code.count("\n") + 1), None)
    if block is None:
        return None
    first, column = _statement(block, line)
    start = after if first < after < line else first
    found = [comment for comment in _comments(block) if start < comment.line < line]
    near = [comment for comment in found if comment.column <= column]
    return (near or found)[-1] if found else None


def _statement(block: CodeBlock, line: int) -> tuple[int, int]:
    """Return the line of the function that a line is in, and the column of the statement that it is part of."""
    around = [
        node
        for node in ast.walk(parse(block))
        if isinstance(node, ast.stmt) and node.lineno <= line <= (node.end_lineno or 0)
    ]
    functions = [node.lineno for node in around if isinstance(node, ast.FunctionDef)]
    return max(functions, default=block.line), max((node.col_offset for node in around), default=0)


@cache
def _comments(block: CodeBlock) -> Sequence[Comment]:
    """Return the block's comments that stand on lines of their own."""
    return tuple(_joined(block.line + 1, block.code.splitlines()))


def _joined(first: int, lines: Sequence[str]) -> Iterator[Comment]:
    words: list[str] = []
    column = 0
    for number, text in enumerate([*lines, ""], start=first):
        bare = text.strip()
        if bare.startswith("#"):
            column = column if words else len(text) - len(text.lstrip())
            words.append(bare.lstrip("#").strip(" -=*#"))
        else:
            said = tuple(word for word in words if word and not ASIDE.match(word) and not _is_code(word))
            if said:
                yield Comment(number - 1, column, said)
            words = []


def _is_code(line: str) -> bool:
    """Return whether a comment is a statement that somebody has switched off."""
    try:
        statements = ast.parse(line).body
    except (SyntaxError, ValueError):
        return False
    return any(not isinstance(each, ast.Expr) or isinstance(each.value, ast.Call) for each in statements)
