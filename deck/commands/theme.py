"""``deck theme``."""

from __future__ import annotations

from dataclasses import replace
from importlib.resources import files
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from deck.commands import common
from deck.commands.targets import target
from deck.commands.terminal import say, show, show_path
from deck.errors import DeckError, Location
from deck.printable import line

if TYPE_CHECKING:
    from deck.document import Document
    from deck.themes import Theme

__all__ = ["theme"]

PREVIEW = "preview.md"


@click.command()
@click.argument("name", required=False)
@click.option("-o", "--output", metavar="FILE", help="Show a small document in it: preview.png, preview.html.")
@common.quality
@common.jobs
@common.timeout
@common.quiet
@common.verbose
@click.pass_context
def theme(ctx: click.Context, /, *, name: str | None, output: str | None, **how: Any) -> None:
    """
    List the themes, or say of the one called NAME, such as my-theme.yaml, whether all of it can be read.

    Exit with 1 if not.
    """
    if name is None:
        if output is not None:
            raise click.UsageError("Name the theme that is to be shown.")
        show(_table())
        return
    found = _found(name)
    if output is not None:
        written = target(output, Path(PREVIEW))
        common.check_store()
        with common.built(_preview(name), trust=True, **how) as (deck, studio):
            written.write(deck, written.path, studio)
        if not written.is_stdout:
            show_path(written.path)
    if not _say(found, beside_output=output is not None):
        ctx.exit(1)


def _say(found: Theme, *, beside_output: bool) -> bool:
    """Say what of a theme is hard to see, and return whether all text can be read."""
    from deck.themes import LEGIBLE, faint, pairs

    tell = say if beside_output else show
    unreadable = faint(found)
    for pair in unreadable:
        tell(line(f"{found.name}: {pair}"))
    for pair in pairs(found):
        if pair.ratio < pair.wanted < LEGIBLE:
            tell(line(f"{found.name}: {pair}, which only matters where a line says something"))
    if not unreadable and not beside_output:
        tell(line(f"{found.name}: all text can be read; {_contrasts(found)}"))
    return not unreadable


def _table() -> str:
    """Return a line for each theme: its name, what it is for, and how well it is read; or why there is none."""
    from deck.themes import ThemeError, find, names

    rows: dict[str, tuple[str, str]] = {}
    for name in names():
        try:
            each = find(name, Path(), trust=True)
            rows[name] = each.about, _contrasts(each)
        except ThemeError as error:
            rows[name] = str(error), ""
    across = max(map(len, rows))
    about = max(len(words) for words, seen in rows.values() if seen)
    return "\n".join(line(f"{name:{across}}  {words:{about}}  {seen}".rstrip()) for name, (words, seen) in rows.items())


def _contrasts(found: Theme) -> str:
    from deck.themes import LEGIBLE, contrast, pairs

    least = min((pair for pair in pairs(found) if pair.wanted == LEGIBLE), key=lambda pair: pair.ratio)
    text = contrast(found["text"], found.background)
    return f"text {text:.1f} : 1, the quietest ({least.role} on {least.ground}) {least.ratio:.1f} : 1"


def _found(name: str) -> Theme:
    from deck.themes import ThemeError, find

    try:
        return find(name, Path(), trust=True)
    except ThemeError as error:
        where = Location(error.file, error.line) if error.file else None
        raise DeckError(error.message, hint=error.hint, where=where) from error


def _preview(name: str) -> Document:
    """Return the built-in document that shows a theme."""
    from deck.document import parse

    text = files("deck.themes").joinpath(PREVIEW).read_text(encoding="utf-8")
    document = parse(text, Path(PREVIEW))
    return replace(document, front=replace(document.front, theme=name))
