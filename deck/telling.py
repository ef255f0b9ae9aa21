"""What the command line says beside its results: failures, messages, progress. All of it goes to stderr."""

from __future__ import annotations

import os
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

import click

from deck.errors import DeckError, ElsewhereError, Location

if TYPE_CHECKING:
    from deck.progress import Progress

__all__ = ["progress_told", "say", "short", "tell"]


def tell(error: DeckError, *, cause: bool) -> None:
    """Tell of a failure: where, what, a cure, and on request what is behind it."""
    place = f"{Location(short(error.where.file), error.where.line)}: " if error.where else ""
    say(f"{click.style(place, bold=True) if place else ''}{error.message}")
    if error.hint:
        say(f"{click.style('Hint:', fg='yellow')} {error.hint}")
    if cause and error.__cause__:
        import traceback

        behind = error.__cause__
        is_text = isinstance(behind, ElsewhereError)
        say(str(behind).strip("\n") if is_text else "".join(traceback.format_exception(behind)))


def say(message: str) -> None:
    """Write to stderr, in colour where NO_COLOR and FORCE_COLOR or else the terminal allow it."""
    color = False if os.environ.get("NO_COLOR") else True if os.environ.get("FORCE_COLOR") else None
    click.echo(message, err=True, color=color)


def short(path: Path) -> Path:
    """Return a path as seen from the working folder, if it is below that."""
    try:
        return path.absolute().relative_to(Path.cwd())
    except ValueError:
        return path


@contextmanager
def progress_told(*, quiet: bool, verbose: bool) -> Iterator[Callable[[Progress], None]]:
    """Yield what tells of progress: bars on a terminal, lines if verbose, otherwise nothing."""
    if verbose:
        yield lambda news: say(f"{news.slide}: {news.words}") if news.done else None
    elif quiet or not sys.stderr.isatty():
        yield lambda _: None
    else:
        with _bars() as progress:
            yield progress


@contextmanager
def _bars() -> Iterator[Callable[[Progress], None]]:
    """Yield what shows a bar for each slide; where nothing is to be done, none is seen."""
    from rich import progress as bars
    from rich.console import Console

    columns = (bars.TextColumn("{task.description}"), bars.BarColumn(), bars.TimeElapsedColumn())
    with bars.Progress(*columns, console=Console(stderr=True), transient=True) as bar:
        tasks: dict[str, bars.TaskID] = {}

        def show(news: Progress) -> None:
            if news.slide not in tasks:
                tasks[news.slide] = bar.add_task(news.slide, total=None)
            bar.update(tasks[news.slide], completed=news.done, total=news.total or None)

        yield show
