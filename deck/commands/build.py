"""``deck build``."""

from __future__ import annotations

import os
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple

import click

from deck.commands import common
from deck.commands.common import Player
from deck.errors import Faults
from deck.telling import say

if TYPE_CHECKING:
    from deck.build import Deck
    from deck.films import Studio
    from deck.formats import Writer

__all__ = ["build"]


class _Target(NamedTuple):
    """Where to write, the folder that has to be writable for it, and what with."""

    path: Path
    folder: Path
    write: Writer


@click.command()
@common.document
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
def build(*, document: Path | None, outputs: Sequence[str], player: Player, **how: Any) -> None:
    """Build a deck, by default into one HTML file that works without a network."""
    source = document or common.lecture()
    common.warm_up(source)
    targets = [_target(output) for output in outputs or [f"build/{source.stem.replace('_', '-')}.html"]]
    common.check_store()
    for target in targets:
        common.check_folder(target.folder)
    with common.built(source, player=player, **how) as (deck, studio):
        is_page = any(target.path.suffix == ".html" for target in targets)
        light = _lightened(deck, studio) if is_page else deck
        for target in targets:
            target.write(light, target.path, studio)
            click.echo(target.path)
    common.say_framed(deck)
    if deck.faults:
        raise Faults(deck.faults)


def _lightened(deck: Deck, studio: Studio) -> Deck:
    """Let slides travel as video that are lighter so, and say which."""
    from deck.weight import lightened

    deck = lightened(deck, studio)
    for slide in deck.slides:
        if slide.filmed:
            say(f"slide '{slide.id}' travels as video: {slide.filmed}")
    return deck


def _target(output: str) -> _Target:
    from deck.formats import WRITERS

    path = Path(output)
    is_folder = output.endswith(("/", os.sep)) or path.is_dir()
    suffix = "" if is_folder else path.suffix.lower()
    if not output or suffix not in WRITERS:
        known = ", ".join(known for known in WRITERS if known)
        raise click.BadParameter(f"'{output}' has no known format; use {known} or a FOLDER/.", param_hint="'-o'")
    return _Target(path=path, folder=path.parent if suffix else path, write=WRITERS[suffix])
