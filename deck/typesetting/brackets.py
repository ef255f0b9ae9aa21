r"""Formulas between brackets, ``\(a\)`` in a line and ``\[a\]`` by themselves, for markdown-it."""

from __future__ import annotations

from markdown_it import MarkdownIt
from markdown_it.rules_block import StateBlock
from markdown_it.rules_inline import StateInline

__all__ = ["brackets_plugin"]


def brackets_plugin(parser: MarkdownIt) -> None:
    r"""Make a parser read them, as the tokens that formulas between dollars are; other ``\[`` stay as they are."""
    parser.inline.ruler.before("escape", "math_brackets", _in_line)
    parser.block.ruler.before("fence", "math_brackets", _by_itself, {"alt": ["paragraph", "blockquote", "list"]})


def _in_line(state: StateInline, silent: bool) -> bool:  # noqa: FBT001 - as markdown-it calls it
    if not state.src.startswith(r"\(", state.pos):
        return False
    end = state.src.find(r"\)", state.pos + 2, state.posMax)
    content = state.src[state.pos + 2 : end].strip()
    if end < 0 or not content:
        return False
    if not silent:
        state.push("math_inline", "math", 0).content = content
    state.pos = end + 2
    return True


def _by_itself(state: StateBlock, start: int, end: int, silent: bool) -> bool:  # noqa: FBT001 - as markdown-it calls it
    if state.is_code_block(start) or not state.src.startswith(r"\[", state.bMarks[start] + state.tShift[start]):
        return False
    last = start
    while (
        last < end
        and not state.isEmpty(last)
        and not state.src[state.bMarks[last] : state.eMarks[last]].rstrip().endswith(r"\]")
    ):
        last += 1
    if last == end or state.isEmpty(last):
        return False
    content = state.getLines(start, last + 1, state.blkIndent, keepLastLF=False).strip()[2:-2]
    if not content.strip() or r"\]" in content:
        return False
    if not silent:
        token = state.push("math_block", "math", 0)
        token.content, token.map, token.block = content, [start, last + 1], True
        state.line = last + 1
    return True
