"""
Whatever the command line says: results to stdout; failures, messages and progress to stderr.

Nothing else in deck writes to a terminal, and whatever is written here goes through `deck.printable` first: whatever
documents, paths, options, packages and errors say, a terminal obeys nothing of it.
"""

from __future__ import annotations

import os
import sys
import traceback
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from types import TracebackType
from typing import TYPE_CHECKING

import click

from deck.errors import DeckError, ElsewhereError, Location
from deck.printable import cut, escaped, line, passage, printable
from deck.process.stopping import undone_by

if TYPE_CHECKING:
    from deck.build.progress import Progress

__all__ = [
    "break_down",
    "misuse_cleaned",
    "progress_shown",
    "say",
    "say_path",
    "send",
    "short",
    "show",
    "show_error",
    "show_path",
]

NAME_LENGTH = 60
"""Characters of a slide's name beside its bar."""


def show_error(error: DeckError, *, cause: bool) -> None:
    """Tell of a failure: where, what, a cure, and on request what is behind it."""
    where = error.where
    place = f"{cut(escaped(str(Location(short(where.file), where.line))))}: " if where else ""
    _say(click.style(place, bold=True) if place else "", line(error.message))
    if error.hint:
        _say(f"{click.style('Hint:', fg='yellow')} ", line(error.hint))
    if cause and error.__cause__:
        behind = error.__cause__
        is_text = isinstance(behind, ElsewhereError)
        _say(passage(str(behind).strip("\n") if is_text else "".join(traceback.format_exception(behind))))


def break_down(kind: type[BaseException], error: BaseException, trace: TracebackType | None) -> None:
    """Tell of an error that nobody foresaw, as `sys.excepthook` does, with its traceback."""
    _say(passage("".join(traceback.format_exception(kind, error, trace)).strip("\n")))


def say(message: str) -> None:
    """Write a line to stderr."""
    _say(line(message))


def show(result: str) -> None:
    """Write a result to stdout, in as many lines as it has."""
    _write(printable(result), err=False)


def show_path(path: Path) -> None:
    """Write the path of what was made to stdout, whole and in one line, for the next program to read."""
    _write(escaped(str(path)), err=False)


def say_path(path: Path) -> None:
    """Write the same to stderr, where something else goes to stdout."""
    _write(escaped(str(path)), err=True)


def send(data: bytes) -> None:
    """Write a whole file to stdout as it is, for the next program; the caller makes sure that there is one."""
    click.echo(data, nl=False)


def _say(*printable: str) -> None:
    _write("".join(printable), err=True)


def _write(text: str, *, err: bool) -> None:
    """Write, in colour where NO_COLOR and FORCE_COLOR or else the terminal allow it."""
    color = False if os.environ.get("NO_COLOR") else True if os.environ.get("FORCE_COLOR") else None
    encoding = getattr(sys.stderr if err else sys.stdout, "encoding", None) or "utf-8"
    click.echo(text.encode(encoding, "backslashreplace").decode(encoding), err=err, color=color)


@contextmanager
def misuse_cleaned() -> Iterator[None]:
    """Have click report a wrong use of the command in one printable line, since it repeats what was typed."""
    try:
        yield
    except click.exceptions.NoArgsIsHelpError:  # it shows the help, in which nothing was typed
        raise
    except click.UsageError as error:
        raise click.UsageError(line(error.format_message()), error.ctx) from error


def short(path: Path) -> Path:
    """Return a path as seen from the working folder, if it is below that."""
    try:
        return path.absolute().relative_to(Path.cwd())
    except ValueError:
        return path


@contextmanager
def progress_shown(*, quiet: bool, verbose: bool) -> Iterator[Callable[[Progress], None]]:
    """Yield what shows progress: bars on a terminal, lines if verbose, otherwise nothing."""
    if verbose:
        yield lambda news: say(f"{news.slide}: {news.words}") if news.done else None
    elif quiet or not sys.stderr.isatty():
        yield lambda _: None
    else:
        with _bars() as progress:
            yield progress


@contextmanager
def _bars() -> Iterator[Callable[[Progress], None]]:
    """Yield what shows a bar for each slide that is worked on; names of slides are not read as markup."""
    from rich import progress as bars
    from rich.console import Console

    columns = (bars.TextColumn("{task.description}", markup=False), bars.BarColumn(), bars.TimeElapsedColumn())
    with undone_by(_leave_bars), bars.Progress(*columns, console=Console(stderr=True), transient=True) as bar:
        tasks: dict[str, bars.TaskID] = {}

        def show(news: Progress) -> None:
            if news.slide not in tasks:
                tasks[news.slide] = bar.add_task(line(news.slide, NAME_LENGTH), total=None)
            bar.update(tasks[news.slide], completed=news.done, total=news.total or None)

        yield show


def _leave_bars() -> None:
    """Give a terminal its cursor back, below the bars; they stay, since removing them needs locks that may be held."""
    os.write(2, b"\r\n\x1b[?25h")
