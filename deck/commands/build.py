"""``deck build``."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from deck.commands import common
from deck.commands.common import Player
from deck.commands.targets import Target, default, target
from deck.commands.terminal import say, say_path, show_path
from deck.errors import Faults

if TYPE_CHECKING:
    from deck.build import AtFault, Deck
    from deck.build.films import Studio

__all__ = ["build"]


@click.command()
@common.document
@click.option(
    "-o",
    "--output",
    "outputs",
    multiple=True,
    metavar="FILE",
    help="A file, its format by its suffix, FOLDER/ for pictures, or - for HTML to stdout; repeatable. "
    "By default build/DOCUMENT.html.",
)
@click.option(
    "--player",
    type=click.Choice(["canvas", "video"]),
    default="canvas",
    show_default=True,
    help="What plays the slides in HTML: drawings, sharp at any size, or video.",
)
@click.option(
    "--keep-going",
    is_flag=True,
    help="Put a slide that says so in the place of a section that cannot be built; the exit code is 1 all the same.",
)
@common.quality
@common.trust
@common.jobs
@common.timeout
@common.quiet
@common.verbose
def build(*, document: Path | None, outputs: Sequence[str], player: Player, keep_going: bool, **how: Any) -> None:
    """Build a deck, by default into one HTML file that works without a network."""
    source = document or common.lecture()
    common.warm_up(source)
    common.check_store()
    targets = [target(output, source) for output in outputs] or [default(source)]
    at_fault: AtFault = "replace" if keep_going else "refuse"
    with common.built(source, player=player, at_fault=at_fault, **how) as (deck, studio):
        light = _lightened(deck, studio) if any(each.is_page for each in targets) else deck
        show = _path_printer(targets)
        for each in targets:
            each.write(light, each.path, studio)
            if not each.is_stdout:
                show(each.path)
    common.say_framed(deck)
    if deck.faults:
        raise Faults(deck.faults)


def _path_printer(targets: Sequence[Target]) -> Callable[[Path], None]:
    """Return what prints the paths that were written: to stderr if a page goes to stdout, where it must be alone."""
    return say_path if any(each.is_stdout for each in targets) else show_path


def _lightened(deck: Deck, studio: Studio) -> Deck:
    """Mark slides that are lighter as video, so that they travel as video, and say which."""
    from deck.formats.lighter import lightened

    deck = lightened(deck, studio)
    for slide in deck.slides:
        if slide.filmed:
            say(f"slide '{slide.id}' travels as video: {slide.filmed}")
    return deck
