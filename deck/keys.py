"""The keys of the Qt window: one table, which the window obeys and its help page shows."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from deck.window import Window

__all__ = ["BY_KEY", "COMMANDS", "Command", "help_page"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Command:
    """
    What some keys do.

    ``keys`` are Qt's portable names. ``steps`` says that the command moves the lecture; behind a black screen or the
    help such a key only brings the slide back.
    """

    keys: tuple[str, ...]
    does: str
    act: Callable[[Window], None]
    steps: bool = False


COMMANDS = (
    Command(keys=("Right", "Down", "Space", "PgDown", "N"), does="next", act=lambda w: w.next(), steps=True),
    Command(keys=("Left", "Up", "Shift+Space", "PgUp", "P"), does="back", act=lambda w: w.previous(), steps=True),
    Command(keys=("Home",), does="first", act=lambda w: w.go(0), steps=True),
    Command(keys=("End",), does="last", act=lambda w: w.go(-1), steps=True),
    Command(keys=("R",), does="replay", act=lambda w: w.play_clip(), steps=True),
    Command(keys=("V",), does="play backwards", act=lambda w: w.reverse(), steps=True),
    Command(keys=("A",), does="hold or go on", act=lambda w: w.play_pause(), steps=True),
    Command(keys=("B", "."), does="black screen", act=lambda w: w.cover(w.black)),
    Command(keys=("F",), does="full screen, or not", act=lambda w: w.fill_screen(on=not w.isFullScreen())),
    Command(keys=("F5",), does="full screen", act=lambda w: w.fill_screen(on=True)),
    Command(keys=("Esc",), does="leave full screen", act=lambda w: w.escape()),
    Command(keys=("H",), does="hide or show the mouse", act=lambda w: w.hide_mouse()),
    Command(keys=("?",), does="these keys", act=lambda w: w.cover(w.help)),
    Command(keys=("Q",), does="quit", act=lambda w: w.close()),
)

BY_KEY: Mapping[str, Command] = {key: command for command in COMMANDS for key in command.keys}

GLYPHS = {"Right": "→", "Left": "←", "Up": "↑", "Down": "↓", "PgDown": "Page Down", "PgUp": "Page Up"}


def help_page() -> str:
    """Return the table as HTML."""
    rows = (
        f"<tr><td align='right'>{' &nbsp; '.join(GLYPHS.get(key, key) for key in command.keys)}</td>"
        f"<td>&nbsp;&nbsp;&nbsp;{command.does}</td></tr>"
        for command in COMMANDS
    )
    return f"<table align='center' cellpadding='3'>{''.join(rows)}</table>"
