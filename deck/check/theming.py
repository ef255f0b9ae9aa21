"""The rule of the theme's own colours."""

from __future__ import annotations

from collections.abc import Iterator

from deck.check.talk import Finding, Talk
from deck.themes import faint

__all__ = ["faint_theme"]


def faint_theme(talk: Talk) -> Iterator[Finding]:
    """Speak of the roles of a theme that cannot be read, whether or not any slide has text of them yet."""
    for pair in faint(talk.theme):
        yield Finding(
            rule="faint-theme",
            slide="",
            reveal="",
            line=talk.theme_line,
            sentence=f"in the theme '{talk.theme.name}' {pair}",
            hint=f"`deck theme {talk.theme.name} -o preview.png` shows all roles: give this one another colour",
        )
