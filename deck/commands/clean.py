"""``deck clean``."""

from __future__ import annotations

import click

from deck.commands import common

__all__ = ["clean"]


@click.command()
def clean() -> None:
    """Remove what is kept from build to build; decks that were written stay."""
    from deck.cache import Store

    if Store(common.STORE).clear():
        click.echo(common.STORE)
