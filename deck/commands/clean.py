"""``deck clean``."""

from __future__ import annotations

import click

from deck.commands import common
from deck.commands.terminal import say, show_path

__all__ = ["clean"]


@click.command()
def clean() -> None:
    """Remove what is kept from build to build; decks that were written stay."""
    from deck.build.store import Store

    store = Store(common.STORE)
    if store.clear():
        show_path(common.STORE)
    if left := store.left():
        say(f"what is not deck's own stays in {common.STORE}: {', '.join(map(str, left))}")
