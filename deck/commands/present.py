"""``deck present``."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import click

from deck.commands import common

__all__ = ["present"]


@click.command()
@common.document
@click.option("--start", metavar="SLIDE[/REVEAL]", help="Open on this pause.")
@click.option("--full-screen", is_flag=True, help="Open in full screen.")
@common.quality
@common.trust
@common.jobs
@common.timeout
@common.quiet
@common.verbose
def present(*, document: Path | None, start: str | None, full_screen: bool, **how: Any) -> None:
    """Show a deck in a window, stepped by keyboard."""
    from deck.present import present, require_display, require_qt

    require_qt()
    require_display()
    with common.built(document or common.lecture(), **how) as (deck, studio):
        show = present(deck, studio, full_screen=full_screen, start=start)
    click.get_current_context().exit(show())
