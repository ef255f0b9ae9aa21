"""``deck list``."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import click

from deck.commands import common

__all__ = ["list_"]


@click.command("list")
@common.document
@click.option("--json", "as_json", is_flag=True, help="Print JSON.")
@common.quality
@common.trust
@common.jobs
@common.timeout
@common.quiet
@common.verbose
def list_(*, document: Path | None, as_json: bool, **how: Any) -> None:
    """List a deck's slides and reveals, with notes and descriptions."""
    from deck.commands import contents as listing

    show = listing.as_json if as_json else listing.as_text
    with common.built(document or common.lecture(), at_fault="leave out", **how) as (deck, _):
        common.report(deck, lambda: show(deck))
