"""Attributes in braces, as pandoc and Quarto write them behind what they belong to: ``{.class #id width=50%}``."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field

from markdown_it import MarkdownIt
from markdown_it.rules_inline import StateInline
from markdown_it.token import Token

__all__ = ["Attributes", "attributes_plugin", "parsed", "stripped"]

ONE = r"""(?:[.#][\w:.-]+|[\w:-]+=(?:"[^"{}]*"|'[^'{}]*'|[^\s"'{}]+)|-)"""
BRACES = re.compile(rf"\{{:?\s*{ONE}(?:\s+{ONE})*\s*\}}")
PART = re.compile(
    r"""\.(?P<kind>[\w-]+) | \#(?P<id>[\w:.-]+) | (?P<word>[\w-]+)(?![\w:=-])
    | (?P<key>[\w:-]+)=(?P<value>"[^"]*"|'[^']*'|[^\s"'{}]+)""",
    re.VERBOSE,
)
LONGEST = 500
"""Signs of attributes that are looked at."""
KEY = "attributes"
"""Under which name a token keeps its own."""
MARKED = re.compile(r"==(?=[^\s=])(.{1,500}?)(?<=[^\s=])==(?![\w=])", re.DOTALL)
CARRIERS = ("image", "code_inline", "link_close", "span_close")


@dataclass(frozen=True, slots=True)
class Attributes:
    """What is said of something: its classes, its id, and values by their keys."""

    kinds: tuple[str, ...] = ()
    id: str = ""
    values: Mapping[str, str] = field(default_factory=dict)

    def share(self, key: str) -> float | None:
        """Return a value that is a share of what there is, as ``50%``; None for anything else."""
        found = re.fullmatch(r"([0-9]{1,3}(?:\.[0-9]{1,4})?)%", self.values.get(key, ""))
        return min(max(float(found[1]) / 100, 0.01), 1.0) if found else None


NONE = Attributes()


def parsed(text: str) -> Attributes:
    """Return the attributes that a text names; a word by itself is a class."""
    kinds: list[str] = []
    values: dict[str, str] = {}
    own = ""
    for part in PART.finditer(text[:LONGEST]):
        if part["key"]:
            values.setdefault(part["key"], part["value"].strip("\"'"))
        elif part["id"]:
            own = own or part["id"]
        else:
            kinds.append(part["kind"] or part["word"])
    return Attributes(tuple(kinds), own, values)


def stripped(text: str) -> tuple[str, Attributes]:
    """Return a text without the attributes at its end, and these."""
    start = text.rfind("{")
    found = BRACES.fullmatch(text.rstrip(), start) if start >= 0 and len(text) - start <= LONGEST else None
    return (text[:start].rstrip(), parsed(found[0])) if found else (text, NONE)


def of(token: Token) -> Attributes:
    """Return the attributes of a token."""
    known: Attributes = token.meta.get(KEY, NONE)
    return known


def attributes_plugin(parser: MarkdownIt) -> None:
    """
    Make a parser read attributes behind images, links, code and words in brackets; elsewhere they are dropped.

    What stands between two ``==`` is as if it had the attribute ``.mark``.
    """
    parser.inline.ruler.before("link", "span", _span)
    parser.inline.ruler.before("link", "marked", _marked)
    parser.inline.ruler.push("attributes", _behind)


def _span(state: StateInline, silent: bool) -> bool:  # noqa: FBT001 - as markdown-it calls it
    if state.src[state.pos] != "[":
        return False
    end = state.md.helpers.parseLinkLabel(state, state.pos)
    found = BRACES.match(state.src, end + 1, min(state.posMax, end + 1 + LONGEST)) if end > state.pos else None
    if not found:
        return False
    _push(state, end, found.end(), parsed(found[0]), skip=1, silent=silent)
    return True


def _marked(state: StateInline, silent: bool) -> bool:  # noqa: FBT001 - as markdown-it calls it
    before = state.src[state.pos - 1] if state.pos else " "
    found = MARKED.match(state.src, state.pos, state.posMax) if state.src[state.pos] == "=" else None
    if not found or before.isalnum() or before == "=":
        return False
    _push(state, found.end(1), found.end(), Attributes(("mark",)), skip=2, silent=silent)
    return True


def _push(state: StateInline, end: int, last: int, said: Attributes, *, skip: int, silent: bool) -> None:
    """Read a span that ends there, after so many signs that open it, and go on behind what closes it."""
    if not silent:
        start, most = state.pos + skip, state.posMax
        state.push("span_open", "span", 1).meta = {KEY: said}
        state.pos, state.posMax = start, end
        state.md.inline.tokenize(state)
        state.push("span_close", "span", -1)
        state.posMax = most
    state.pos = last


def _behind(state: StateInline, silent: bool) -> bool:  # noqa: FBT001 - as markdown-it calls it
    is_behind = state.pos > 0 and not state.src[state.pos - 1].isspace()
    found = BRACES.match(state.src, state.pos, min(state.posMax, state.pos + LONGEST)) if is_behind else None
    if state.src[state.pos] != "{" or not found:
        return False
    if not silent and not state.pending and state.tokens and state.tokens[-1].type in CARRIERS:
        state.tokens[-1].meta = {**state.tokens[-1].meta, KEY: parsed(found[0])}
    state.pos = found.end()
    return True
