"""``deck init``."""

from __future__ import annotations

from pathlib import Path

import click

from deck.commands.terminal import say, show_path

__all__ = ["init"]


@click.command()
@click.argument("name", type=click.Path(path_type=Path))
def init(*, name: Path) -> None:
    """Start a deck: a folder NAME with a document to write on, and what publishes it."""
    from deck.scaffold import start

    for path in start(name):
        show_path(path)
    here = name.absolute() == Path.cwd()
    say(f"Now: {'' if here else f'cd {name} && '}deck serve")
