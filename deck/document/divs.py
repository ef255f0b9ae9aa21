"""Blocks between lines of colons, ``::: name`` and ``:::``, one in another, for markdown-it."""

from __future__ import annotations

import re
from collections.abc import Iterator

from markdown_it import MarkdownIt
from markdown_it.rules_block import StateBlock

__all__ = ["divs_plugin"]

OPEN = re.compile(r"(:{3,})[ \t]*([^\s:].*?)[ \t]*:*[ \t]*")
CLOSE = re.compile(r":{3,}[ \t]*")
CODE = re.compile(r"(`{3,}|~{3,})(.*)", re.DOTALL)
FLAT = re.compile(r"[{.\s]*notes\b")
"""What ends with the first line of colons: nothing stands in notes, and who forgets their end is told so."""


def divs_plugin(parser: MarkdownIt) -> None:
    """
    Make a parser read them, as tokens ``container_any_open`` and ``container_any_close``.

    Unlike markdown-it's own plugin, but like pandoc, it pairs the lines: how many colons they have does not matter.
    """
    parser.block.ruler.before("fence", "container_any", _div, {"alt": ["paragraph", "reference", "blockquote", "list"]})


def _div(state: StateBlock, start: int, end: int, silent: bool) -> bool:  # noqa: FBT001 - as markdown-it calls it
    opened = None if state.is_code_block(start) else OPEN.fullmatch(_line(state, start))
    if not opened:
        return False
    if silent:
        return True
    last, closed = _last(state, start, end, flat=bool(FLAT.match(opened[2])))
    parent, line_max = state.parentType, state.lineMax
    state.parentType, state.lineMax = "container", last
    token = state.push("container_any_open", "div", 1)
    token.markup, token.info, token.block, token.map = opened[1], f" {opened[2]}", True, [start, last]
    state.md.block.tokenize(state, start + 1, last)
    state.push("container_any_close", "div", -1).block = True
    state.parentType, state.lineMax = parent, line_max
    state.line = last + closed
    return True


def _line(state: StateBlock, number: int) -> str:
    return state.src[state.bMarks[number] + state.tShift[number] : state.eMarks[number]]


def _last(state: StateBlock, start: int, end: int, *, flat: bool) -> tuple[int, bool]:
    """Return the line that closes what a line opens, and whether it is there."""
    depth = 1
    for number, line in _uncoded(state, start + 1, end):
        if not state.isEmpty(number) and state.sCount[number] < state.blkIndent:
            return number, False
        if CLOSE.fullmatch(line):
            depth -= 1
        elif not flat and OPEN.fullmatch(line):
            depth += 1
        if not depth:
            return number, True
    return end, False


def _uncoded(state: StateBlock, start: int, end: int) -> Iterator[tuple[int, str]]:
    """Yield lines with their numbers, but not those of fenced code, whose colons do not count."""
    fence = ""
    for number in range(start, end):
        line = _line(state, number)
        code = CODE.match(line)
        if not fence:
            yield number, line
            fence = code[1] if code else ""
        elif code and code[1].startswith(fence) and not code[2].strip():
            fence = ""
