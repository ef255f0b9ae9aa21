"""
The command line: parse, call, print.

Data and paths go to stdout; progress, messages and errors to stderr. Exit codes: 0 done, 1 a failure that the message
explains, 2 a wrong use of the command, 130 stopped by Ctrl-C. Nothing heavy is imported before a command needs it.
"""

from __future__ import annotations

import os
import sys
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple

import click

from deck.errors import DeckError, Faults, Location, OutputError

if TYPE_CHECKING:
    from deck.build import Deck, Progress
    from deck.formats import Writer

__all__ = ["main"]

STORE = Path("build", ".deck")
"""Where finished slides are kept from build to build, in the working folder."""

VERBOSE = "deck.verbose"


class _Target(NamedTuple):
    """Where to write, the folder that has to be writable for it, and what with."""

    path: Path
    folder: Path
    write: Writer


class _Deck(click.Group):
    """Commands whose failures are told in a sentence each."""

    def invoke(self, ctx: click.Context) -> Any:
        try:
            return super().invoke(ctx)
        except DeckError as error:
            for fault in error.errors if isinstance(error, Faults) else [error]:
                _tell(fault, cause=ctx.meta.get(VERBOSE, False))
            ctx.exit(1)
        except KeyboardInterrupt:
            click.echo("stopped", err=True)
            ctx.exit(130)


def _tell(error: DeckError, *, cause: bool) -> None:
    place = f"{Location(_short(error.where.file), error.where.line)}: " if error.where else ""
    _say(f"{click.style(place, bold=True) if place else ''}{error.message}")
    if error.hint:
        _say(f"{click.style('Hint:', fg='yellow')} {error.hint}")
    if cause and error.__cause__:
        import traceback

        _say("".join(traceback.format_exception(error.__cause__)))


def _say(message: str) -> None:
    """Write to stderr, in colour where NO_COLOR and FORCE_COLOR or else the terminal allow it."""
    color = False if os.environ.get("NO_COLOR") else True if os.environ.get("FORCE_COLOR") else None
    click.echo(message, err=True, color=color)


def _short(path: Path) -> Path:
    """Return a path as seen from the working folder, if it is below that."""
    try:
        return path.absolute().relative_to(Path.cwd())
    except ValueError:
        return path


@click.group(cls=_Deck, context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(None, "-V", "--version", package_name="feature-map-deck", prog_name="deck")
def main() -> None:
    """
    Turn a Markdown document into a deck of animated slides.

    DOCUMENT is by default the built-in lecture on the feature maps of convolutional networks.
    """


def _remember_verbose(ctx: click.Context, _param: click.Parameter, value: bool) -> None:
    ctx.meta[VERBOSE] = value


document = click.argument("document", required=False, type=click.Path(path_type=Path))
quality = click.option(
    "--quality",
    type=click.Choice(["draft", "hd", "full"]),
    default="full",
    show_default=True,
    help="480p15, 720p30 or 1080p60.",
)
jobs = click.option("-j", "--jobs", type=click.IntRange(min=1), metavar="N", help="Draw so many slides at once.")
quiet = click.option("-q", "--quiet", is_flag=True, help="Show no progress.")
verbose = click.option(
    "-v",
    "--verbose",
    is_flag=True,
    expose_value=False,
    callback=_remember_verbose,
    help="Tell each step, and what is behind a failure.",
)


@main.command()
@document
@click.option(
    "-o",
    "--output",
    "outputs",
    multiple=True,
    metavar="FILE",
    help="A file, its format by its suffix, or FOLDER/ for pictures; repeatable. By default build/DOCUMENT.html.",
)
@quality
@jobs
@quiet
@verbose
def build(*, document: Path | None, outputs: Sequence[str], quality: str, jobs: int | None, quiet: bool) -> None:
    """Build a deck, by default into one HTML file that works without a network."""
    source = document or _lecture()
    targets = [_target(output) for output in outputs or [f"build/{source.stem.replace('_', '-')}.html"]]
    _check_folder(STORE, hint="run deck in a folder that you may write to")
    for target in targets:
        _check_folder(target.folder)
    deck = _build(source, quality=quality, jobs=jobs, quiet=quiet)
    for target in targets:
        target.write(deck, target.path)
        click.echo(target.path)


@main.command()
@document
@click.option("--start", metavar="SLIDE[/REVEAL]", help="Open on this pause.")
@click.option("--full-screen", is_flag=True, help="Open in full screen.")
@quality
@jobs
@quiet
@verbose
def present(
    *, document: Path | None, start: str | None, full_screen: bool, quality: str, jobs: int | None, quiet: bool
) -> None:
    """Show a deck in a window, stepped by keyboard."""
    from deck.present import present, require_display, require_qt

    require_qt()
    require_display()
    deck = _build(document or _lecture(), quality=quality, jobs=jobs, quiet=quiet, reversed=True)
    click.get_current_context().exit(present(deck, full_screen=full_screen, start=start))


@main.command("list")
@document
@click.option("--json", "as_json", is_flag=True, help="Print JSON.")
@verbose
def list_(*, document: Path | None, as_json: bool) -> None:
    """List a deck's slides and reveals, with notes and descriptions."""
    from deck import listing
    from deck.outline import read

    show = listing.as_json if as_json else listing.as_text
    click.echo(show(read(document or _lecture())))


def _lecture() -> Path:
    """Return the built-in lecture."""
    from importlib.resources import files

    return Path(str(files("slides") / "feature_maps.md"))


def _target(output: str) -> _Target:
    from deck.formats import WRITERS

    path = Path(output)
    is_folder = output.endswith(("/", os.sep)) or path.is_dir()
    suffix = "" if is_folder else path.suffix.lower()
    if not output or suffix not in WRITERS:
        known = ", ".join(known for known in WRITERS if known)
        raise click.BadParameter(f"'{output}' has no known format; use {known} or a FOLDER/.", param_hint="'-o'")
    return _Target(path=path, folder=path.parent if suffix else path, write=WRITERS[suffix])


def _check_folder(folder: Path, *, hint: str = "choose a place that you may write to with -o") -> None:
    """Find out before anything is drawn that there will be no writing, as far as one can tell without trying."""
    there = next(parent for parent in (folder.absolute(), *folder.absolute().parents) if parent.exists())
    if not there.is_dir():
        raise OutputError(f"cannot write into {folder}: {_short(there)} is no folder", hint=hint)
    if not os.access(there, os.W_OK | os.X_OK):
        raise OutputError(f"cannot write into {folder}: permission denied", hint=hint)


def _build(source: Path, *, quality: str, jobs: int | None, quiet: bool, reversed: bool = False) -> Deck:
    with _progress(quiet=quiet) as progress:
        from deck.build import build
        from deck.outline import read
        from deck.rendering import QUALITIES

        outline = read(source)
        return build(outline, quality=QUALITIES[quality], store=STORE, reversed=reversed, jobs=jobs, progress=progress)


@contextmanager
def _progress(*, quiet: bool) -> Iterator[Callable[[Progress], None]]:
    """Yield what tells of progress: a bar on a terminal, lines if verbose, otherwise nothing."""
    if click.get_current_context().meta[VERBOSE]:
        yield lambda news: _say(f"{news.slide}: {news.done} of {news.total} reveals drawn")
    elif quiet or not sys.stderr.isatty():
        yield lambda _: None
    else:
        with _bar() as progress:
            yield progress


@contextmanager
def _bar() -> Iterator[Callable[[Progress], None]]:
    from rich import progress as bars
    from rich.console import Console

    columns = (
        bars.TextColumn("{task.description}"),
        bars.BarColumn(),
        bars.MofNCompleteColumn(),
        bars.TimeElapsedColumn(),
    )
    with bars.Progress(*columns, console=Console(stderr=True), transient=True) as bar:
        task = bar.add_task("reading", total=None)
        slides: dict[str, Progress] = {}

        def show(news: Progress) -> None:
            slides[news.slide] = news
            done, total = (sum(getattr(slide, part) for slide in slides.values()) for part in ("done", "total"))
            bar.update(task, description=f"drawing {news.slide}", completed=done, total=total)

        yield show
