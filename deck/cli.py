"""
The command line: parse, call, print.

Data and paths go to stdout; progress, messages and errors to stderr. Exit codes: 0 done, 1 a failure that the message
explains, 2 a wrong use of the command, 130 stopped by Ctrl-C. Nothing heavy is imported before a command needs it.
"""

from __future__ import annotations

import os
from collections.abc import Iterator, Sequence
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import TYPE_CHECKING, Any, Literal, NamedTuple

import click

from deck.errors import DeckError, FaultList, Faults, OutputError
from deck.telling import progress_told, say, short, tell

if TYPE_CHECKING:
    from deck.build import Deck
    from deck.films import Studio
    from deck.formats import Writer

__all__ = ["main"]

STORE = Path("build", ".deck")
"""Where finished slides are kept from build to build, in the working folder."""

VERBOSE = "deck.verbose"

Player = Literal["canvas", "video"]


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
                tell(fault, cause=ctx.meta.get(VERBOSE, False))
            ctx.exit(1)
        except KeyboardInterrupt:
            click.echo("stopped", err=True)
            ctx.exit(130)


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
jobs = click.option("-j", "--jobs", type=click.IntRange(min=1), metavar="N", help="Work on so many slides at once.")
trust = click.option("--trust", is_flag=True, envvar="DECK_TRUST", help="Run the Python that stands in the document.")
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
@click.option(
    "--player",
    type=click.Choice(["canvas", "video"]),
    default="canvas",
    show_default=True,
    help="What plays the slides in HTML: drawings, sharp at any size, or video.",
)
@quality
@trust
@jobs
@quiet
@verbose
def build(*, document: Path | None, outputs: Sequence[str], player: Player, **how: Any) -> None:
    """Build a deck, by default into one HTML file that works without a network."""
    source = document or _lecture()
    _warm_up(source)
    targets = [_target(output) for output in outputs or [f"build/{source.stem.replace('_', '-')}.html"]]
    _check_folder(STORE, hint="run deck in a folder that you may write to")
    for target in targets:
        _check_folder(target.folder)
    with _built(source, player=player, **how) as (deck, studio):
        is_page = any(target.path.suffix == ".html" for target in targets)
        light = _lightened(deck, studio) if is_page else deck
        for target in targets:
            target.write(light, target.path, studio)
            click.echo(target.path)


@main.command()
@document
@click.option("--start", metavar="SLIDE[/REVEAL]", help="Open on this pause.")
@click.option("--full-screen", is_flag=True, help="Open in full screen.")
@quality
@trust
@jobs
@quiet
@verbose
def present(*, document: Path | None, start: str | None, full_screen: bool, **how: Any) -> None:
    """Show a deck in a window, stepped by keyboard."""
    from deck.present import present, require_display, require_qt

    require_qt()
    require_display()
    with _built(document or _lecture(), **how) as (deck, studio):
        show = present(deck, studio, full_screen=full_screen, start=start)
    click.get_current_context().exit(show())


@main.command("list")
@document
@click.option("--json", "as_json", is_flag=True, help="Print JSON.")
@quality
@trust
@jobs
@quiet
@verbose
def list_(*, document: Path | None, as_json: bool, **how: Any) -> None:
    """List a deck's slides and reveals, with notes and descriptions."""
    from deck import listing

    show = listing.as_json if as_json else listing.as_text
    with _built(document or _lecture(), **how) as (deck, _):
        click.echo(show(deck))


@main.command()
def clean() -> None:
    """Remove what is kept from build to build; decks that were written stay."""
    from deck.cache import Store

    if Store(STORE).clear():
        click.echo(STORE)


def _warm_up(source: Path) -> None:
    """For a document that was edited since the last build, have manim imported while the document is read."""
    with suppress(OSError):
        last = STORE / "seconds.json"
        if not last.exists() or source.stat().st_mtime > last.stat().st_mtime:
            from deck.warmth import warm_up

            warm_up()


def _lightened(deck: Deck, studio: Studio) -> Deck:
    """Let slides travel as video that are lighter so, and say which."""
    from deck.weight import lightened

    deck = lightened(deck, studio)
    for slide in deck.slides:
        if slide.filmed:
            say(f"slide '{slide.id}' travels as video: {slide.filmed}")
    return deck


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
        raise OutputError(f"cannot write into {folder}: {short(there)} is no folder", hint=hint)
    if not os.access(there, os.W_OK | os.X_OK):
        raise OutputError(f"cannot write into {folder}: permission denied", hint=hint)


@contextmanager
def _built(
    source: Path, *, quality: str, trust: bool, jobs: int | None, quiet: bool, player: Player = "canvas"
) -> Iterator[tuple[Deck, Studio]]:
    """Yield the deck of a document, and what makes films of it; progress is told as long as the block runs."""
    from deck.build import build
    from deck.document import gather, read_text
    from deck.films import Studio
    from deck.quality import QUALITIES

    verbose = click.get_current_context().meta[VERBOSE]
    with progress_told(quiet=quiet, verbose=verbose) as progress:
        size, faults = QUALITIES[quality], FaultList()
        document = gather(read_text(source), source, faults)
        deck = build(
            document,
            store=STORE,
            frame_rate=size.frame_rate,
            trust=trust,
            processes=jobs,
            faults=faults,
            progress=progress,
        )
        yield deck, Studio(store=STORE, quality=size, jobs=jobs, player=player, progress=progress)
