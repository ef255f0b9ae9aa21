"""``deck serve``."""

from __future__ import annotations

import os
import webbrowser
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import click

from deck.commands import common
from deck.commands.terminal import say, show, show_error
from deck.errors import DeckError
from deck.printable import line

__all__ = ["serve"]


@click.command()
@common.document
@click.option("--host", default="127.0.0.1", show_default=True, help="Where to be reached; 0.0.0.0 is from anywhere.")
@click.option(
    "--port",
    type=click.IntRange(0, 65535),
    metavar="N",
    help="The port; by default the first from 8000 on that is free.",
)
@click.option("--open", "opens", is_flag=True, help="Open the deck in a browser.")
@common.quality
@common.trust
@common.jobs
@common.timeout
@common.quiet
@common.verbose
def serve(*, document: Path | None, host: str, port: int | None, opens: bool, **how: Any) -> None:
    """Show a deck in the browser while you write it: what you save is seen at once, at the same pause."""
    _settle()
    from deck.serve import serve

    source = document or common.lecture()
    common.check_store()
    verbose = click.get_current_context().meta[common.VERBOSE]
    reporter = _Reporter(quiet=how["quiet"], verbose=verbose, opens=opens)
    serve(
        source,
        lambda script: _page(source, script, **how),
        store=common.STORE,
        host=host,
        port=port,
        announce=reporter.announce,
        report=reporter.report,
    )


def _settle() -> None:
    """Prepare this process for building again and again."""
    # Two edits of a module within a second may look the same to Python's own cache.
    os.environ["PYTHONDONTWRITEBYTECODE"] = "1"
    from deck.build.forkserver import warm_up

    warm_up()


def _page(source: Path, script: str, **how: Any) -> str:
    """Return the page of a document's deck, with the server's script in it."""
    from deck.formats.html import page

    with common.built(source, **how) as (deck, studio):
        return page(deck, studio, live=script)


class _Reporter:
    """Says what goes on, and each fault once: to repeat it in a log beside the document would start another build."""

    def __init__(self, *, quiet: bool, verbose: bool, opens: bool) -> None:
        self._quiet, self._verbose, self._opens = quiet, verbose, opens
        self._known: list[str] = []

    def announce(self, address: str) -> None:
        show(line(address))
        if not self._quiet:
            say("Whatever you save is shown at once; Ctrl-C ends this.")
        if self._opens:
            webbrowser.open(address)

    def report(self, errors: Sequence[DeckError], seconds: float) -> None:
        known, self._known = self._known, [str(error) for error in errors]
        for error in errors if self._known != known else ():
            show_error(error, cause=self._verbose or type(error) is DeckError)
        if not errors and not self._quiet:
            say(f"built in {seconds:.1f} s")
