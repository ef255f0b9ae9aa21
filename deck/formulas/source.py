r"""
TeX as tokens, each of which knows the group of the picture that it is drawn in.

manim marks the strings of a formula by raw SVG: ``\special{dvisvgm:raw <g id='unique000'>}`` before and ``</g>`` after.
Such marks may stand anywhere, so they are no part of the formula here: they say what the tokens between them belong to.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

__all__ = ["ENDS", "ROOT", "Group", "Source", "Token", "UnsetError", "plain", "read"]

ENDS = "it ends where something has to follow"
ROOT = 0
"""The group of what stands in no other."""

LEXER = re.compile(
    r"""
    \\special\s*\{dvisvgm:raw\s*<g\sid='(?P<opened>[^']*)'>\}
    | (?P<closed>\\special\s*\{dvisvgm:raw\s*</g>\})
    | (?P<comment>%[^\n]*\n?)
    | (?P<command>\\[a-zA-Z]+)\s*
    | (?P<escaped>\\.)
    | (?P<paragraph>[ \t]*\n[ \t]*\n\s*)
    | (?P<space>\s+)
    | (?P<character>.)
    """,
    re.VERBOSE | re.DOTALL,
)


class UnsetError(Exception):
    """What cannot be set; its words go on after "the formula ... cannot be set: "."""


@dataclass(frozen=True, slots=True)
class Token:
    r"""A command with its backslash, a character, or a space for any number of them; ``\par`` for an empty line."""

    text: str
    group: int = ROOT


@dataclass(frozen=True, slots=True)
class Group:
    """What becomes one group in the picture, and the group that it stands in."""

    id: str
    parent: int


@dataclass(frozen=True, slots=True)
class Source:
    """A formula's tokens, and its groups by their numbers; the first is `ROOT`."""

    tokens: tuple[Token, ...]
    groups: tuple[Group, ...]


def plain(tex: str) -> str:
    """Return TeX as its author wrote it, on one line."""
    return " ".join(re.sub(r"\\special\s*\{dvisvgm:raw[^}\\]*\}", "", tex).split())


def read(tex: str) -> Source:
    """Return TeX as tokens."""
    groups = [Group("", ROOT)]
    tokens: list[Token] = []
    group = ROOT
    for match in LEXER.finditer(tex):
        kind = match.lastgroup or ""
        if kind == "opened":
            groups.append(Group(match["opened"], group))
            group = len(groups) - 1
        elif kind == "closed":
            group = groups[group].parent
        elif kind == "paragraph":
            tokens.append(Token(r"\par", group))
        elif kind == "space":
            tokens.append(Token(" ", group))
        elif kind != "comment":
            tokens.append(Token(match[kind], group))
    return Source(tuple(tokens), tuple(groups))
